//! Where a message to an agent is written.

use super::attach;
use super::entries::column;
use super::words::{self, one_line};
use crate::conversations::marks;
use crate::icons::{self, Icon};
use crate::parts::Act;
use crate::tokens::{self, radius, size, space};
use crate::widgets::menu_item;
use egui::{
    Align, Event, FontId, Id, Key, KeyboardShortcut, Layout, Margin, Modifiers, Popup, Rect,
    RectAlign, ScrollArea, Sense, Stroke, StrokeKind, TextEdit, Ui, UiBuilder, Vec2, WidgetInfo,
    accesskit::Role, pos2, vec2,
};
use multiclaw_core::Command;
use multiclaw_core::model::{ChatThread, Model, SendMode};
use multiclaw_core::tr;
use std::time::Duration;

/// Longest message, in bytes.
const LONGEST: usize = 256 * 1024;
/// Characters that the field takes; what is pasted beyond is cut off, and that is said.
const MOST: usize = 2 * LONGEST;
/// A draft is kept after it was not changed for this long, in seconds.
const STILL: f64 = 1.0;
/// Lines that are seen at once.
const LINES: f32 = 10.0;
/// Around the text.
const PAD: f32 = 12.0;
/// The row of buttons below the text.
const BAR: f32 = 40.0;
/// Below the field.
const FOOT: f32 = 26.0;
/// What says that a message is changed.
const EDIT: f32 = 34.0;

/// A message of the person's that is changed.
struct Edit {
    entry: String,
    /// What was in the field before.
    before: String,
}

/// State of the field.
#[derive(Default)]
pub(super) struct Composer {
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
    edit: Option<Edit>,
    mode: SendMode,
}

fn field_id() -> Id {
    Id::unique("chat composer")
}

impl Composer {
    /// Follows the open conversation: another one has another draft.
    pub(super) fn follow(&mut self, thread: &ChatThread) {
        if self.thread.as_ref() != Some(&thread.key) {
            *self = Self::default();
            self.thread = Some(thread.key.clone());
            self.text.clone_from(&thread.draft);
            self.kept.clone_from(&thread.draft);
            self.focus = true;
        }
    }

    /// Has core keep what was begun, if it does not yet. A message that is changed is no draft.
    pub(super) fn keep(&mut self, commands: &mut Vec<Command>) {
        self.changed = None;
        let text = self.edit.as_ref().map_or(&self.text, |edit| &edit.before);
        if self.thread.is_some() && *text != self.kept {
            self.kept.clone_from(text);
            commands.push(Command::KeepChatDraft(self.kept.clone()));
        }
    }

    /// A message is to be changed and sent again.
    pub(super) fn edit(&mut self, entry: &str, text: String) {
        let before = match self.edit.take() {
            Some(edit) => edit.before,
            None => std::mem::take(&mut self.text),
        };
        self.text = text;
        self.edit = Some(Edit { entry: entry.to_owned(), before });
        self.focus = true;
    }

    /// The entry that is changed.
    pub(super) fn edited(&self) -> Option<&str> {
        self.edit.as_ref().map(|edit| edit.entry.as_str())
    }

    fn leave_edit(&mut self) {
        if let Some(edit) = self.edit.take() {
            self.text = edit.before;
            self.focus = true;
        }
    }

    /// Whether the keyboard is in the field.
    pub(super) fn has_focus(ui: &Ui) -> bool {
        ui.memory(|m| m.has_focus(field_id()))
    }

    /// Puts the keyboard into the field.
    pub(super) fn take_focus(&mut self) {
        self.focus = true;
    }

    /// How tall it is in a pane of this size.
    pub(super) fn height(&mut self, ui: &Ui, room: Vec2, thread: &ChatThread) -> f32 {
        self.most = (room.y / 60.0).floor().clamp(1.0, LINES);
        let edit = if self.edit.is_some() { EDIT } else { 0.0 };
        let files = attach::height(&thread.attachments);
        edit + files + PAD + self.lines(ui, column(room.x)) + BAR + FOOT
    }

    fn lines(&self, ui: &Ui, column: f32) -> f32 {
        let font = FontId::proportional(size::BODY);
        let line = ui.fonts_mut(|f| f.row_height(&font));
        if self.text.len() > 4_000 {
            return line * self.most;
        }
        let width = column - 2.0 * PAD - 8.0;
        let colour = ui.visuals().text_color();
        let galley = ui.fonts_mut(|f| f.layout(self.text.clone(), font, colour, width));
        galley.size().y.clamp(line, line * self.most)
    }

    /// Paints it into `rect`.
    pub(super) fn show(
        &mut self,
        ui: &mut Ui,
        rect: Rect,
        thread: &ChatThread,
        model: &Model,
        files: &mut attach::Strip,
        commands: &mut Vec<Command>,
    ) {
        let t = tokens::of(ui.ctx());
        let width = column(rect.width());
        let left = rect.center().x - width / 2.0;
        let field =
            Rect::from_min_max(pos2(left, rect.top()), pos2(left + width, rect.bottom() - FOOT));
        let focused = Self::has_focus(ui);
        let line = if focused { Stroke::new(1.5, t.accent) } else { Stroke::new(1.0, t.line) };
        ui.painter().rect_filled(field, radius::CARD, t.surface);
        ui.painter().rect_stroke(field, radius::CARD, line, StrokeKind::Inside);
        let mut top = field.top();
        if self.edit.is_some() {
            self.edit_note(ui, Rect::from_min_size(field.min, vec2(width, EDIT)));
            top += EDIT;
        }
        let tall = attach::height(&thread.attachments);
        if tall > 0.0 {
            let place = Rect::from_min_size(pos2(left, top), vec2(width, tall));
            files.show(ui, place, &thread.attachments, commands);
            top += tall;
        }
        let lines = self.lines(ui, width);
        let place = Rect::from_min_size(
            pos2(left + PAD + 2.0, top + PAD),
            vec2(width - 2.0 * PAD - 4.0, lines),
        );
        let why_not = self.why_not(thread, model);
        let ready = why_not.is_none()
            && (!self.text.trim().is_empty()
                || self.edit.is_none() && !thread.attachments.is_empty());
        let entered = focused && enter(ui);
        if focused {
            self.keys(ui, commands);
        }
        self.field(ui, place, lines, commands);
        let bar = Rect::from_min_max(pos2(left, field.bottom() - BAR), field.max);
        let pressed = self.bar(ui, bar, thread, model, ready, why_not.as_deref(), commands);
        if (entered || pressed) && ready {
            self.send(thread, commands);
            ui.ctx().request_repaint();
        }
        let foot =
            Rect::from_min_max(field.left_bottom(), pos2(field.right(), field.bottom() + FOOT));
        self.foot(ui, foot, thread, model, why_not);
    }

    fn send(&mut self, thread: &ChatThread, commands: &mut Vec<Command>) {
        let text = std::mem::take(&mut self.text).trim().to_owned();
        if let Some(edit) = self.edit.take() {
            self.text = edit.before;
            commands.push(Command::ResendChat { entry: edit.entry, text });
        } else {
            let mode = if thread.run.is_some() { self.mode } else { SendMode::default() };
            commands.push(Command::SendChat { text, mode });
        }
        self.keep(commands);
        self.focus = true;
    }

    /// Why nothing can be sent, in a sentence.
    fn why_not(&self, thread: &ChatThread, model: &Model) -> Option<String> {
        let size = self.text.trim().len();
        if size > LONGEST {
            let cut = self.text.len() > LONGEST && self.text.chars().count() >= MOST;
            let [size, most] = [size, LONGEST].map(|n| words::bytes(n.try_into().unwrap_or(0)));
            return Some(if cut {
                tr!("chat-too-long-cut-off", size = size, most = most)
            } else {
                tr!("chat-too-long", size = size, most = most)
            });
        }
        if let Some(why) = super::link::blocked(model) {
            return Some(why.to_owned());
        }
        attach::why_not(&thread.attachments).filter(|_| self.edit.is_none())
    }

    /// Keys that belong to the field and are not text.
    fn keys(&mut self, ui: &Ui, commands: &mut Vec<Command>) {
        if self.edit.is_some() && ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Escape)) {
            self.leave_edit();
        }
        // A picture in the clipboard comes as an event of its own, or as the bare key.
        let picture = ui.input_mut(|i| {
            let text = i.events.iter().any(|e| matches!(e, Event::Paste(_)));
            let picture = i.events.iter().any(|e| matches!(e, Event::PasteImage(_)));
            i.events.retain(|e| !matches!(e, Event::PasteImage(_)));
            let key = i.key_pressed(Key::V) && i.modifiers.command && !i.modifiers.shift;
            picture || (key && !text)
        });
        if picture {
            commands.push(Command::AttachClipboard);
        }
    }

    fn edit_note(&mut self, ui: &mut Ui, rect: Rect) {
        let t = tokens::of(ui.ctx());
        ui.painter().hline(rect.x_range(), rect.bottom(), Stroke::new(1.0, t.line));
        let inner = rect.shrink2(vec2(PAD, 0.0));
        let layout = Layout::right_to_left(Align::Center);
        let builder = UiBuilder::new().max_rect(inner).layout(layout).id_salt("chat edit");
        let leave = ui.scope_builder(builder, |ui| {
            let leave = marks::quiet(ui, tr!("chat-cancel")).clicked();
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let text = egui::RichText::new(tr!("chat-changing")).small().color(t.muted);
                ui.add(egui::Label::new(text).truncate());
            });
            leave
        });
        if leave.inner {
            self.leave_edit();
        }
    }

    fn field(&mut self, ui: &mut Ui, inner: Rect, lines: f32, commands: &mut Vec<Command>) {
        let builder = UiBuilder::new().max_rect(inner).id_salt("chat composer");
        let hint = if self.edit.is_some() { tr!("chat-write-anew") } else { tr!("chat-write") };
        let response = ui
            .scope_builder(builder, |ui| {
                ui.spacing_mut().scroll.fade.strength = 0.0;
                let area = ScrollArea::vertical().max_height(lines).min_scrolled_height(lines);
                area.show(ui, |ui| {
                    let edit = TextEdit::multiline(&mut self.text)
                        .id(field_id())
                        .frame(egui::Frame::NONE)
                        .margin(Margin::ZERO)
                        .desired_rows(1)
                        .desired_width(inner.width())
                        .char_limit(MOST)
                        .return_key(KeyboardShortcut::new(Modifiers::SHIFT, Key::Enter))
                        .hint_text(hint);
                    ui.add(edit)
                })
                .inner
            })
            .inner;
        response.widget_info(|| {
            WidgetInfo::labeled(Role::MultilineTextInput, true, tr!("chat-message"))
        });
        if self.focus {
            self.focus = false;
            response.request_focus();
        }
        let now = ui.input(|i| i.time);
        if response.changed() && self.edit.is_none() {
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

    /// The row of buttons; whether to send.
    #[expect(clippy::too_many_arguments, reason = "what the row shows")]
    fn bar(
        &mut self,
        ui: &mut Ui,
        bar: Rect,
        thread: &ChatThread,
        model: &Model,
        ready: bool,
        why_not: Option<&str>,
        commands: &mut Vec<Command>,
    ) -> bool {
        let inner = bar.shrink2(vec2(6.0, 2.0));
        let layout = Layout::left_to_right(Align::Center);
        let builder = UiBuilder::new().max_rect(inner).layout(layout).id_salt("chat bar");
        let mut send = false;
        ui.scope_builder(builder, |ui| {
            ui.spacing_mut().item_spacing.x = 2.0;
            if self.edit.is_none() {
                let tip = attach::limits(model.gateway.facts.as_deref());
                if marks::button(ui, Icon::Clip, tr!("chat-attach"), &tip).clicked() {
                    commands.push(Command::PickAttachments);
                }
                if let Some(viewer) = &model.viewer {
                    let tip = tr!("chat-attach-desktop-tip", desktop = viewer.name.as_str());
                    if marks::button(ui, Icon::Desktop, tr!("chat-attach-desktop"), &tip).clicked()
                    {
                        commands.push(Command::AttachDesktop);
                    }
                }
                if thread.run.is_some() {
                    self.modes(ui);
                }
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.spacing_mut().item_spacing.x = 6.0;
                ui.add_space(2.0);
                let run = thread.run.as_ref();
                if run.is_none() || !self.text.trim().is_empty() || self.edit.is_some() {
                    let tip = why_not.unwrap_or(tr!("chat-send-tip"));
                    send = round(ui, tr!("chat-send"), Icon::Send, true, ready, tip);
                }
                if let Some(run) = run {
                    let name = if run.stopping { tr!("chat-stopping") } else { tr!("chat-stop") };
                    let strong = self.text.trim().is_empty();
                    if round(ui, name, Icon::Stop, strong, !run.stopping, name) {
                        commands.push(Command::StopChat);
                    }
                }
            });
        });
        send
    }

    /// When a message is sent that is written while a turn runs.
    fn modes(&mut self, ui: &mut Ui) {
        let text = match self.mode {
            SendMode::Steer => tr!("chat-send-now"),
            SendMode::FollowUp => tr!("chat-send-after"),
        };
        let name = tr!("chat-send-when", when = text);
        let button = Act::quiet(text).name(&name).small().menu().show(ui);
        Popup::menu(&button).align(RectAlign::TOP_START).gap(4.0).width(300.0).show(|ui| {
            ui.set_min_width(288.0);
            ui.spacing_mut().item_spacing.y = 2.0;
            for (mode, text, hint) in [
                (SendMode::Steer, tr!("chat-send-now"), tr!("chat-send-now-means")),
                (SendMode::FollowUp, tr!("chat-send-after"), tr!("chat-send-after-means")),
            ] {
                let ticked = mode == self.mode;
                let hint = if ticked { "" } else { hint };
                if menu_item(ui, None, text, ticked, hint).clicked() {
                    self.mode = mode;
                    ui.close();
                }
            }
        });
    }

    /// What is to be known about what is written.
    fn foot(
        &self,
        ui: &Ui,
        rect: Rect,
        thread: &ChatThread,
        model: &Model,
        why_not: Option<String>,
    ) {
        let t = tokens::of(ui.ctx());
        let long = self.text.trim().len() > LONGEST;
        let begun = Self::has_focus(ui) && !self.text.is_empty() && rect.width() > 360.0;
        let (text, colour) = if let Some(why) = why_not {
            // It is said already, above the screen.
            let offline = super::link::blocked(model).is_some() && !long;
            if offline && self.text.is_empty() {
                return;
            }
            (why, if long { t.bad } else { t.muted })
        } else if !thread.attachments.is_empty() {
            (attach::limits(model.gateway.facts.as_deref()), t.muted)
        } else if begun && self.text.starts_with('/') {
            (tr!("chat-foot-command").to_owned(), t.muted)
        } else if begun {
            (tr!("chat-foot-enter").to_owned(), t.muted)
        } else {
            return;
        };
        let galley = one_line(ui, &text, size::SMALL, colour, rect.width() - 24.0);
        let at = pos2(rect.left() + PAD, rect.center().y - galley.size().y / 2.0);
        let id = field_id().with("foot");
        let label = ui.interact(Rect::from_min_size(at, galley.size()), id, Sense::hover());
        label.widget_info(|| WidgetInfo::labeled(Role::Status, true, &text));
        ui.painter().galley(at, galley, colour);
    }
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

/// A round button; whether it was pressed.
fn round(ui: &mut Ui, name: &str, icon: Icon, strong: bool, ready: bool, tip: &str) -> bool {
    let t = tokens::of(ui.ctx());
    let sense = if ready { Sense::click() } else { Sense::hover() };
    let (rect, response) = ui.allocate_exact_size(vec2(30.0, 30.0), sense);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ready, name));
    let fill = match (ready, strong, response.hovered()) {
        (false, ..) | (true, false, false) => t.raised,
        (true, false, true) => t.line,
        (true, true, false) => t.accent,
        (true, true, true) => t.accent_hover,
    };
    ui.painter().circle_filled(rect.center(), rect.width() / 2.0, fill);
    marks::focus(ui, rect.expand(space::XS - 1.0), radius::PILL, &response);
    let ink = match (ready, strong) {
        (true, true) => t.on_accent,
        (true, false) => t.text,
        (false, _) => t.muted,
    };
    let mark = Rect::from_center_size(rect.center(), vec2(13.0, 13.0));
    if icon == Icon::Stop {
        ui.painter().rect_filled(mark.shrink(1.0), 2, ink);
    } else {
        icons::paint(ui.painter(), mark, icon, ink);
    }
    response.on_hover_text(tip).clicked() && ready
}
