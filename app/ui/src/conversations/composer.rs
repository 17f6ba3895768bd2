//! Where a message is written.

use super::layout::COLUMN;
use super::marks;
use super::paint::bytes;
use crate::icons::{self, Icon};
use crate::tokens::{self, radius, size, space};
use egui::{
    Align2, Event, FontId, Id, Key, KeyboardShortcut, Margin, Modifiers, Rect, ScrollArea, Sense,
    Stroke, StrokeKind, TextEdit, Ui, UiBuilder, Vec2, WidgetInfo, accesskit::Role, pos2, vec2,
};
use multiclaw_core::Command;
use multiclaw_core::model::Thread;
use multiclaw_core::tr;
use std::time::Duration;

/// Longest message, in bytes.
const LONGEST: usize = 128 * 1024;
/// Characters that the field takes; what is pasted beyond is cut off, and that is said.
const MOST: usize = 2 * LONGEST;
/// A draft is kept after it was not changed for this long, in seconds.
const STILL: f64 = 1.0;
/// Lines that are seen at once.
const LINES: f32 = 8.0;
/// Above and below the text.
const PAD: f32 = 11.0;
/// Right of the text, for the button.
const BUTTON: f32 = 44.0;
/// Below the field.
const FOOT: f32 = 26.0;

/// State of the field.
#[derive(Default)]
pub(crate) struct Composer {
    /// Of which conversation.
    thread: Option<String>,
    text: String,
    /// What core has.
    kept: String,
    /// When the text was changed last, in seconds of egui's clock.
    changed: Option<f64>,
    focus: bool,
    /// Lines that there is room for.
    most: f32,
}

fn field_id() -> Id {
    Id::unique("conversation composer")
}

impl Composer {
    /// Follows the open conversation: another one has another draft.
    pub(crate) fn follow(&mut self, thread: &Thread) {
        if self.thread.as_ref() != Some(&thread.id) {
            self.thread = Some(thread.id.clone());
            self.text.clone_from(&thread.draft);
            self.kept.clone_from(&thread.draft);
            self.changed = None;
            self.focus = true;
        }
    }

    /// Has core keep what was begun, if it does not yet.
    pub(crate) fn keep(&mut self, commands: &mut Vec<Command>) {
        self.changed = None;
        if self.thread.is_some() && self.text != self.kept {
            self.kept.clone_from(&self.text);
            commands.push(Command::KeepDraft(self.text.clone()));
        }
    }

    /// Forgets the conversation.
    pub(crate) fn close(&mut self) {
        *self = Self::default();
    }

    /// Whether the keyboard is in the field.
    pub(crate) fn has_focus(ui: &Ui) -> bool {
        ui.memory(|m| m.has_focus(field_id()))
    }

    /// Puts the keyboard into the field.
    pub(crate) fn take_focus(&mut self) {
        self.focus = true;
    }

    /// How tall it is in a pane of this size.
    pub(crate) fn height(&mut self, ui: &Ui, room: Vec2, writable: bool) -> f32 {
        if !writable {
            return 60.0;
        }
        self.most = (room.y / 60.0).floor().clamp(1.0, LINES);
        PAD * 2.0 + self.lines(ui, column(room.x)) + FOOT + space::XS
    }

    fn lines(&self, ui: &Ui, column: f32) -> f32 {
        let font = FontId::proportional(size::BODY);
        let line = ui.fonts_mut(|f| f.row_height(&font));
        if self.text.len() > 4_000 {
            return line * self.most;
        }
        let width = column - BUTTON - 16.0;
        let text = self.text.clone();
        let colour = ui.visuals().text_color();
        let galley = ui.fonts_mut(|f| f.layout(text, font, colour, width));
        galley.size().y.clamp(line, line * self.most)
    }

    /// Paints it into `rect`.
    pub(crate) fn show(
        &mut self,
        ui: &mut Ui,
        rect: Rect,
        thread: &Thread,
        why_not: &str,
        note: &str,
        commands: &mut Vec<Command>,
    ) {
        let t = tokens::of(ui.ctx());
        let width = column(rect.width());
        let left = rect.center().x - width / 2.0;
        if !thread.writable {
            let galley = super::layout::one_line(ui, why_not, size::SMALL, t.muted, width);
            let at = Align2::CENTER_CENTER.anchor_size(rect.center(), galley.size()).min;
            let id = field_id().with("why not");
            let label = ui.interact(Rect::from_min_size(at, galley.size()), id, Sense::hover());
            label.widget_info(|| WidgetInfo::labeled(Role::Label, true, why_not));
            ui.painter().galley(at, galley, t.muted);
            return;
        }
        let lines = self.lines(ui, width);
        let size = vec2(width, lines + 2.0 * PAD);
        let field = Rect::from_min_size(pos2(left, rect.top()), size);
        let focused = Self::has_focus(ui);
        let line = if focused { Stroke::new(1.5, t.accent) } else { Stroke::new(1.0, t.line) };
        ui.painter().rect_filled(field, radius::CARD, t.surface);
        ui.painter().rect_stroke(field, radius::CARD, line, StrokeKind::Inside);

        let too_long = self.text.trim().len() > LONGEST;
        let ready = !self.text.trim().is_empty() && !too_long;
        let mut send = focused && enter(ui);
        self.field(ui, field, lines, commands);
        let centre = pos2(field.right() - 23.0, field.bottom() - PAD - 8.0);
        send |= button(ui, Rect::from_center_size(centre, vec2(30.0, 30.0)), ready);
        if send && ready {
            let text = std::mem::take(&mut self.text).trim().to_owned();
            commands.push(Command::SendMessage(text));
            self.keep(commands);
            self.focus = true;
            ui.ctx().request_repaint();
        }
        let foot =
            Rect::from_min_max(field.left_bottom(), pos2(field.right(), field.bottom() + FOOT));
        self.foot(ui, foot, too_long, note);
    }

    fn field(&mut self, ui: &mut Ui, rect: Rect, lines: f32, commands: &mut Vec<Command>) {
        let inner = Rect::from_min_size(
            rect.min + vec2(16.0, PAD),
            vec2(rect.width() - BUTTON - 16.0, lines),
        );
        let builder = UiBuilder::new().max_rect(inner).id_salt("conversation composer");
        let id = field_id();
        let response = ui
            .scope_builder(builder, |ui| {
                ui.spacing_mut().scroll.fade.strength = 0.0;
                ScrollArea::vertical()
                    .max_height(lines)
                    .min_scrolled_height(lines)
                    .show(ui, |ui| {
                        let edit = TextEdit::multiline(&mut self.text)
                            .id(id)
                            .frame(egui::Frame::NONE)
                            .margin(Margin::ZERO)
                            .desired_rows(1)
                            .desired_width(inner.width())
                            .char_limit(MOST)
                            .return_key(KeyboardShortcut::new(Modifiers::SHIFT, Key::Enter))
                            .hint_text(tr!("conversations-write"));
                        ui.add(edit)
                    })
                    .inner
            })
            .inner;
        response.widget_info(|| {
            WidgetInfo::labeled(Role::MultilineTextInput, true, tr!("conversations-message"))
        });
        if self.focus {
            self.focus = false;
            response.request_focus();
        }
        let now = ui.input(|i| i.time);
        if response.changed() {
            self.changed = Some(now);
        }
        if response.lost_focus() {
            self.keep(commands);
        }
        if let Some(changed) = self.changed {
            let rest = STILL - (now - changed);
            if rest <= 0.0 {
                self.keep(commands);
            } else {
                ui.ctx().request_repaint_after(Duration::from_secs_f64(rest.min(STILL)));
            }
        }
    }

    /// What is to be known about what is written.
    fn foot(&self, ui: &Ui, rect: Rect, too_long: bool, note: &str) {
        let t = tokens::of(ui.ctx());
        let cut = self.text.len() > LONGEST && self.text.chars().count() >= MOST;
        let (text, colour) = if too_long {
            let (size, most) = (bytes(self.text.trim().len()), bytes(LONGEST));
            let text = if cut {
                tr!("conversations-too-long-cut-off", size = size, most = most)
            } else {
                tr!("conversations-too-long", size = size, most = most)
            };
            (text, t.bad)
        } else if !note.is_empty() {
            (note.to_owned(), t.muted)
        } else if Self::has_focus(ui) && !self.text.is_empty() && rect.width() > 360.0 {
            (tr!("conversations-foot-enter").to_owned(), t.muted)
        } else {
            return;
        };
        let galley = super::layout::one_line(ui, &text, size::SMALL, colour, rect.width() - 32.0);
        let at = pos2(rect.left() + 16.0, rect.center().y - galley.size().y / 2.0);
        let id = field_id().with("foot");
        let label = ui.interact(Rect::from_min_size(at, galley.size()), id, Sense::hover());
        label.widget_info(|| WidgetInfo::labeled(Role::Status, true, &text));
        ui.painter().galley(at, galley, colour);
    }
}

fn column(width: f32) -> f32 {
    (width - 2.0 * 20.0).clamp(120.0, COLUMN)
}

/// Enter without Shift, unless a word is being composed; taken away from the field.
fn enter(ui: &Ui) -> bool {
    ui.input_mut(|i| {
        if i.events.iter().any(|e| matches!(e, Event::Ime(_))) {
            return false;
        }
        let before = i.events.len();
        i.events.retain(|e| {
            !matches!(e, Event::Key { key: Key::Enter, pressed: true, modifiers, .. }
                if !modifiers.shift && !modifiers.alt)
        });
        i.events.len() < before
    })
}

fn button(ui: &Ui, rect: Rect, ready: bool) -> bool {
    let t = tokens::of(ui.ctx());
    let sense = if ready { Sense::click() } else { Sense::hover() };
    let response = ui.interact(rect, field_id().with("send"), sense);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ready, tr!("conversations-send")));
    let fill = match (ready, response.hovered()) {
        (false, _) => t.raised,
        (true, false) => t.accent,
        (true, true) => t.accent_hover,
    };
    ui.painter().circle_filled(rect.center(), rect.width() / 2.0, fill);
    marks::focus(ui, rect.expand(3.0), radius::PILL, &response);
    let ink = if ready { t.on_accent } else { t.muted };
    let mark = Rect::from_center_size(rect.center(), vec2(14.0, 14.0));
    icons::paint(ui.painter(), mark, Icon::Send, ink);
    ready && response.on_hover_text(tr!("conversations-send-tip")).clicked()
}
