//! Conversations with the agents of the gateway on this machine.

mod agents;
mod approval;
mod attach;
mod bits;
mod composer;
mod entries;
mod export;
mod find;
mod found;
mod header;
mod layout;
mod link;
mod list;
mod media;
mod paint;
mod question;
mod row;
mod rows;
#[cfg(test)]
mod tests;
mod thread;
mod tool;
mod waiting;
mod words;

use crate::icons::Icon;
use crate::parts::Act;
use crate::tokens::{self, space};
use crate::widgets::{centred, empty_state};
use egui::{CursorIcon, Id, Key, Modifiers, Rect, Sense, Stroke, Ui, UiBuilder, pos2, vec2};
use multiclaw_core::Command;
use multiclaw_core::model::{GatewayLink, Load, Model};
use multiclaw_core::tr;

/// Below this width there is one pane at a time, in points.
const NARROW: f32 = 820.0;
/// Width of the list, at first.
const LIST: f32 = 310.0;
/// Narrowest and widest list.
const LIST_RANGE: (f32, f32) = (240.0, 460.0);

/// Commands that wait for a person's word, in all conversations: for a badge.
pub(crate) fn waiting(model: &Model) -> usize {
    model.chat.approvals.len()
}

/// State of the screen.
#[derive(Default)]
pub(crate) struct View {
    list: list::List,
    pane: thread::Pane,
    /// How much wider than at first the list is.
    wider: f32,
    question: Option<question::Question>,
    /// The keyboard is to come here.
    begin: bool,
}

impl View {
    /// Has core keep what was begun in the open conversation, if it does not yet.
    pub(crate) fn keep(&mut self, model: &Model, commands: &mut Vec<Command>) {
        if model.chat.open.as_ref().is_some_and(|thread| self.pane.shows(&thread.key)) {
            self.pane.keep(commands);
        }
    }

    /// The keyboard goes to the message, or to the list where nothing is open.
    pub(crate) fn begin_writing(&mut self) {
        self.begin = true;
    }

    /// Paints it into all the room there is: 360 points wide and more.
    pub(crate) fn show(&mut self, ui: &mut Ui, model: &Model, commands: &mut Vec<Command>) {
        let mut room = ui.max_rect();
        // Now or not at all: later somebody may be writing elsewhere.
        let begin = std::mem::take(&mut self.begin);
        let open = model.chat.open.as_ref();
        if open.is_none() {
            self.pane.close();
        }
        let known = matches!(&model.chat.list, Load::Ready(_)) || open.is_some();
        if !known && model.gateway.link != GatewayLink::Online {
            link::page(ui, model, commands);
            return;
        }
        room.min.y = link::strip(ui, room, model, commands);
        // What is under a dialog keeps still, and what is typed at a desktop is the desktop's.
        let desktop = crate::viewer::has_keyboard(ui.ctx());
        if !desktop && ui.memory(|m| m.top_modal_layer()).is_none() {
            self.shortcuts(ui, model, commands);
        }
        match open {
            Some(_) if begin => self.pane.take_focus(),
            None if begin => self.list.search(ui),
            _ => {}
        }
        let narrow = room.width() < NARROW;
        let width = if narrow {
            room.width()
        } else {
            (LIST + self.wider).clamp(LIST_RANGE.0, LIST_RANGE.1)
        };
        let list = Rect::from_min_size(room.min, vec2(width, room.height()));
        let mut question = None;
        if !narrow || open.is_none() {
            question = self.list(ui, list, model, commands);
        }
        let rest = if narrow { room } else { Rect::from_min_max(list.right_top(), room.max) };
        if let Some(thread) = open {
            let pane = &mut self.pane;
            let builder = UiBuilder::new().max_rect(rest).id_salt("chat thread");
            let asked = ui.scope_builder(builder, |ui| {
                ui.set_clip_rect(rest.intersect(ui.clip_rect()));
                pane.show(ui, thread, model, narrow, commands)
            });
            question = question.or(asked.inner.question);
        } else if !narrow {
            let builder = UiBuilder::new().max_rect(rest).id_salt("no chat");
            ui.scope_builder(builder, |ui| nothing_open(ui, model, commands));
        }
        if !narrow {
            self.divider(ui, list);
        }
        self.question = question.or(self.question.take());
        let blocked = link::blocked(model);
        if self.question.as_mut().is_some_and(|q| q.show(ui.ctx(), blocked, commands)) {
            self.question = None;
        }
        export::show(ui, room, model.chat.export.as_ref(), commands);
    }

    fn shortcuts(&mut self, ui: &Ui, model: &Model, commands: &mut Vec<Command>) {
        let pressed = |key| ui.input_mut(|i| i.consume_key(Modifiers::COMMAND, key));
        if pressed(Key::N) && link::blocked(model).is_none() {
            self.pane.keep(commands);
            commands.push(Command::NewChat(None));
        }
        if model.chat.open.is_some() && pressed(Key::F) {
            self.pane.find();
        } else if pressed(Key::F) {
            self.list.search(ui);
        }
    }

    fn list(
        &mut self,
        ui: &mut Ui,
        rect: Rect,
        model: &Model,
        commands: &mut Vec<Command>,
    ) -> Option<question::Question> {
        let t = tokens::of(ui.ctx());
        // The line at the left belongs to what stands there.
        let fill = Rect::from_min_max(rect.min + vec2(1.0, 0.0), rect.max);
        ui.painter().rect_filled(fill, 0, t.surface);
        let list = &mut self.list;
        let mut wanted = Vec::new();
        let builder = UiBuilder::new().max_rect(rect).id_salt("chat list");
        let asked = ui
            .scope_builder(builder, |ui| {
                ui.set_clip_rect(rect.intersect(ui.clip_rect()));
                list.show(ui, model, &mut wanted)
            })
            .inner;
        for command in wanted {
            // The draft belongs to the conversation that is open now.
            if matches!(command, Command::OpenChat(_) | Command::NewChat(_)) {
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
        let response = ui.interact(grip, Id::unique("chat divider"), Sense::DRAG);
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

/// No conversation is open.
fn nothing_open(ui: &mut Ui, model: &Model, commands: &mut Vec<Command>) {
    let none = matches!(&model.chat.list, Load::Ready(list) if list.is_empty());
    let (title, text) = if none {
        (tr!("chat-none-title"), tr!("chat-none-text"))
    } else {
        (tr!("chat-not-open-title"), tr!("chat-not-open-text"))
    };
    let why = link::blocked(model);
    centred(ui, 440.0, 220.0, |ui| {
        empty_state(ui, Icon::Chat, title, text);
        ui.add_space(space::M);
        ui.vertical_centered(|ui| {
            let act = Act::primary(tr!("chat-begin")).icon(Icon::Plus).blocked(why);
            if act.show(ui).clicked() {
                commands.push(Command::NewChat(None));
            }
        });
    });
}
