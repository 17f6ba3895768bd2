//! Conversations, on this machine and in the workspace.

mod composer;
mod delete;
pub(crate) mod find;
mod layout;
mod list;
pub(crate) mod marks;
mod messages;
mod paint;
pub(crate) mod pictures;
mod row;
mod rows;
#[cfg(test)]
mod tests;
mod thread;

pub(crate) use find::Needle;

use crate::icons::Icon;
use crate::tokens::{self, space};
use crate::widgets::{centred, primary};
use egui::{CursorIcon, Id, Key, Modifiers, Rect, Sense, Stroke, Ui, UiBuilder, pos2, vec2};
use multiclaw_core::Command;
use multiclaw_core::model::{Load, Model, Person};
use multiclaw_core::tr;

/// Below this width there is one pane at a time, in points.
const NARROW: f32 = 820.0;
/// Width of the list, at first.
const LIST: f32 = 320.0;
/// Narrowest and widest list.
const LIST_RANGE: (f32, f32) = (240.0, 460.0);

/// What the panes show.
#[derive(Clone, Copy)]
pub(crate) struct Known<'a> {
    /// Who is signed in, if somebody is.
    pub person: Option<&'a Person>,
    pub model: &'a Model,
    /// There is room for the list or the thread, not both.
    pub one_pane: bool,
}

/// State of the screen.
#[derive(Default)]
pub(crate) struct View {
    list: list::List,
    pane: thread::Pane,
    /// How much wider than at first the list is.
    wider: f32,
    question: Option<delete::Question>,
}

impl View {
    /// Has core keep what was begun in the open conversation, if it does not yet.
    pub(crate) fn keep(&mut self, model: &Model, commands: &mut Vec<Command>) {
        if model.conversations.open.as_ref().is_some_and(|thread| self.pane.shows(&thread.id)) {
            self.pane.keep(commands);
        }
    }

    /// `person` is `None` while somebody works without an account.
    pub(crate) fn show(
        &mut self,
        ui: &mut Ui,
        person: Option<&Person>,
        model: &Model,
        commands: &mut Vec<Command>,
    ) {
        let room = ui.max_rect();
        let open = model.conversations.open.as_ref();
        if open.is_none() {
            self.pane.close();
        }
        // What is under a dialog keeps still.
        if ui.memory(|m| m.top_modal_layer()).is_none() {
            self.shortcuts(ui, open.is_some(), commands);
        }
        let narrow = room.width() < NARROW;
        let known = Known { person, model, one_pane: narrow };
        let width = if narrow {
            room.width()
        } else {
            (LIST + self.wider).clamp(LIST_RANGE.0, LIST_RANGE.1)
        };
        let list = Rect::from_min_size(room.min, vec2(width, room.height()));
        let mut asked = list::Asked::default();
        if !narrow || open.is_none() {
            asked = self.list(ui, list, known, commands);
        }
        let rest = if narrow { room } else { Rect::from_min_max(list.right_top(), room.max) };
        if let Some(thread) = open {
            let pane = &mut self.pane;
            let more = ui
                .scope_builder(UiBuilder::new().max_rect(rest).id_salt("thread"), |ui| {
                    pane.show(ui, thread, known, commands)
                })
                .inner;
            if asked.rename {
                self.pane.rename(&thread.title);
            }
            asked.delete = asked.delete.or(more.delete);
        } else if !narrow {
            ui.scope_builder(UiBuilder::new().max_rect(rest).id_salt("nothing"), |ui| {
                nothing_open(ui, known, commands);
            });
        }
        if !narrow {
            self.divider(ui, list);
        }
        if let Some(doomed) = asked.delete {
            self.question = Some(delete::Question::new(doomed));
        }
        if self.question.as_mut().is_some_and(|question| question.show(ui, commands)) {
            self.question = None;
        }
    }

    fn shortcuts(&mut self, ui: &Ui, open: bool, commands: &mut Vec<Command>) {
        let pressed = |key| ui.input_mut(|i| i.consume_key(Modifiers::COMMAND, key));
        if pressed(Key::N) {
            self.pane.keep(commands);
            commands.push(Command::NewConversation);
        }
        if open && pressed(Key::F) {
            self.pane.find();
        }
    }

    fn list(
        &mut self,
        ui: &mut Ui,
        rect: Rect,
        known: Known<'_>,
        commands: &mut Vec<Command>,
    ) -> list::Asked {
        let t = tokens::of(ui.ctx());
        // The line at the left belongs to what stands there.
        let fill = Rect::from_min_max(rect.min + vec2(1.0, 0.0), rect.max);
        ui.painter().rect_filled(fill, 0, t.surface);
        let list = &mut self.list;
        let mut wanted = Vec::new();
        let asked = ui
            .scope_builder(UiBuilder::new().max_rect(rect).id_salt("list"), |ui| {
                ui.set_clip_rect(rect.intersect(ui.clip_rect()));
                list.show(ui, known, &mut wanted)
            })
            .inner;
        for command in wanted {
            // The draft belongs to the conversation that is open now.
            if matches!(command, Command::OpenConversation(_) | Command::NewConversation) {
                self.pane.keep(commands);
            }
            commands.push(command);
        }
        asked
    }

    /// The line between the panes; it can be moved.
    fn divider(&mut self, ui: &Ui, list: Rect) {
        let t = tokens::of(ui.ctx());
        let x = list.right();
        let grip = Rect::from_min_max(pos2(x - 3.0, list.top()), pos2(x + 3.0, list.bottom()));
        let response = ui.interact(grip, Id::unique("conversation divider"), Sense::DRAG);
        let strong = response.hovered() || response.dragged();
        let line = if strong { Stroke::new(2.0, t.accent) } else { Stroke::new(1.0, t.line) };
        ui.painter().vline(x, list.y_range(), line);
        if let Some(pointer) = response.interact_pointer_pos().filter(|_| response.dragged()) {
            let width = (pointer.x - list.left()).clamp(LIST_RANGE.0, LIST_RANGE.1);
            self.wider = width - LIST;
        }
        response.on_hover_and_drag_cursor(CursorIcon::ResizeHorizontal);
    }
}

/// Where conversations live.
fn local_first(person: Option<&Person>) -> &'static str {
    if person.is_some_and(|person| !person.workspace.is_empty()) {
        tr!("conversations-live-workspace")
    } else {
        tr!("conversations-live-local")
    }
}

/// No conversation is open.
fn nothing_open(ui: &mut Ui, known: Known<'_>, commands: &mut Vec<Command>) {
    let none = matches!(&known.model.conversations.list, Load::Ready(list) if list.is_empty());
    let (title, text) = if none {
        (tr!("conversations-none-title"), local_first(known.person))
    } else {
        (tr!("conversations-not-open-title"), tr!("conversations-not-open-text"))
    };
    centred(ui, 440.0, 220.0, |ui| {
        crate::widgets::empty_state(ui, Icon::Chat, title, text);
        ui.add_space(space::M);
        ui.vertical_centered(|ui| {
            if primary(ui, tr!("conversations-new"), true, 180.0).clicked() {
                commands.push(Command::NewConversation);
            }
        });
    });
}
