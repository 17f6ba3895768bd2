//! The messages of the open thread: which are seen, and how they are moved.

use super::find::{Finder, Found};
use super::layout::{Frame, KEPT, Measurer, estimate, is_own};
use super::marks;
use super::paint;
use super::pictures::Pictures;
use super::rows::{Change, Rows};
use crate::icons::{self, Icon};
use crate::markdown::{Cache, Document};
use crate::scroll::flow::Flow;
use crate::tokens::{self, radius, size, space};
use egui::{
    Align2, CursorIcon, EventFilter, FontId, Id, Key, Modifiers, Rect, Sense, Stroke, StrokeKind,
    Ui, WidgetInfo, accesskit::Role, pos2, vec2,
};
use multiclaw_core::Command;
use multiclaw_core::model::{Message, Thread};
use multiclaw_core::tr;
use std::collections::HashMap;
use std::sync::Arc;

/// Left and right of the column of messages, at least.
const MARGIN: f32 = 20.0;
/// Width of the scroll bar.
const BAR: f32 = 10.0;
/// Above the first message.
const TOP: f32 = 16.0;
/// The same, while something is said there.
const TOP_NOTE: f32 = 56.0;
/// Below the last message.
const BOTTOM: f32 = 16.0;
/// A press of an arrow key.
const STEP: f64 = 48.0;

/// The messages as they are scrolled and opened.
pub(crate) struct Messages {
    rows: Rows,
    flow: Flow,
    /// Texts by the ids of their messages.
    docs: Cache<String>,
    pictures: Pictures,
    /// Arrived below while older ones were read.
    unseen: usize,
    /// The list for which older messages were asked for.
    asked: Option<Arc<Vec<Arc<Message>>>>,
    /// From the top of the thumb to the pointer that drags it.
    grip: Option<f32>,
    /// A place to show as soon as its row can be laid out.
    show: Option<Found>,
    /// What the keyboard asks of the thread from elsewhere, in pages.
    pages: f64,
}

/// What the screen knows beside the thread.
pub(crate) struct Around<'a> {
    pub finder: Option<&'a Finder>,
    /// Why a message was not sent.
    pub unsent: &'a str,
    /// The cloud cannot be asked for older messages.
    pub offline: bool,
}

impl Default for Messages {
    fn default() -> Self {
        Self {
            rows: Rows::default(),
            flow: Flow::default(),
            docs: Cache::new(KEPT),
            pictures: Pictures::default(),
            unseen: 0,
            asked: None,
            grip: None,
            show: None,
            pages: 0.0,
        }
    }
}

impl Messages {
    /// How many texts, and bytes of them, are kept read.
    #[cfg(test)]
    pub(crate) fn load(&self) -> (usize, usize) {
        self.docs.load()
    }

    /// Goes to the newest message.
    pub(crate) fn follow_bottom(&mut self) {
        self.flow.follow_bottom();
    }

    /// Shows a place that was found.
    pub(crate) fn reveal(&mut self, place: Found) {
        self.show = Some(place);
    }

    /// Moves by pages: up when positive.
    pub(crate) fn page(&mut self, pages: f64) {
        self.pages += pages;
    }

    /// The message at the top of what is seen.
    pub(crate) fn near(&self) -> usize {
        self.flow.first()
    }

    pub(crate) fn show(
        &mut self,
        ui: &mut Ui,
        rect: Rect,
        thread: &Thread,
        around: &Around<'_>,
        commands: &mut Vec<Command>,
    ) {
        let width = (rect.width() - 2.0 * MARGIN).clamp(120.0, super::layout::COLUMN);
        let left = rect.left() + ((rect.width() - width) / 2.0).max(0.0);
        self.update(thread, width);
        self.docs.turn();
        let ui = &mut ui.new_child(egui::UiBuilder::new().max_rect(rect));
        ui.set_clip_rect(rect.intersect(ui.clip_rect()));
        let view = f64::from((rect.height() - BOTTOM).max(1.0));
        self.keyboard(ui, rect, view);
        if self.grip.is_none() && ui.rect_contains_pointer(rect) {
            let wheel = ui.input_mut(|i| std::mem::take(&mut i.smooth_scroll_delta.y));
            self.flow.scroll(wheel.into(), view);
        }
        self.drag(ui, rect, view);

        let note = thread.more && (thread.loading || thread.problem.is_some() || around.offline);
        if let Some(place) = self.show.clone() {
            self.uncover(&place);
        }
        let top = if note { TOP_NOTE } else { TOP };
        let frame = Frame { width, top, rows: &self.rows };
        let mut rows = Measurer { ui, frame, docs: &mut self.docs, laid: HashMap::new() };
        if let Some(Found { message, range }) = self.show.take() {
            let within = rows.place(message, range.start, view);
            self.flow.show(message, view * 0.35 - within);
        }
        let seen = self.flow.arrange(view, &mut rows);
        let laid = rows.laid;
        if self.flow.at_bottom() {
            self.unseen = 0;
        }
        let (mut toggled, mut pull) = (None, 0.0);
        for placed in &seen {
            let (Some(laid), Some(message)) = (laid.get(&placed.row), self.rows.get(placed.row))
            else {
                continue;
            };
            #[expect(clippy::cast_possible_truncation, reason = "it is on the screen")]
            let top = rect.top() + placed.top as f32;
            let column = Rect::from_min_size(pos2(left, top), vec2(width, laid.text));
            let open = self.rows.is_open(message) == Some(true);
            let marks = around.finder.map(|f| f.marks(placed.row)).unwrap_or_default();
            let scene =
                paint::Scene { column, message, laid, open, marks: &marks, unsent: around.unsent };
            let mut held = paint::Held { docs: &mut self.docs, pictures: &mut self.pictures };
            let done = paint::row(ui, &scene, &mut held, commands);
            if done.toggled {
                toggled = Some(placed.row);
            }
            pull += done.pull;
            if placed.row == 0 && note {
                #[expect(clippy::cast_possible_truncation, reason = "it is on the screen")]
                let top = top - placed.size.lead as f32;
                top_note(
                    ui,
                    Rect::from_min_size(pos2(left, top), vec2(width, TOP_NOTE)),
                    thread,
                    commands,
                );
            }
        }
        if !around.offline {
            self.older(thread, view, commands);
        }
        self.pill(ui, rect, view);
        self.pictures.turn();
        if let Some(row) = toggled {
            self.toggle(row);
            ui.ctx().request_repaint();
        }
        self.flow.scroll((-pull).into(), view);
    }

    /// Follows the thread: other messages are laid out, and the text that is read stays.
    fn update(&mut self, thread: &Thread, width: f32) {
        if self.rows.is_of(&thread.messages) {
            return;
        }
        let guess = |m: &Arc<Message>| estimate(m.text.len(), width);
        let new = &thread.messages;
        let before = self.rows.len();
        match self.rows.update(new) {
            Change::Around { .. } if before == 0 => {
                self.flow = Flow::new(new.iter().map(guess));
            }
            Change::Around { before: above, after } => {
                let old = (0..self.flow.len()).map(|row| self.flow.height(row));
                let heights: Vec<f64> = new
                    .iter()
                    .take(above)
                    .map(guess)
                    .chain(old)
                    .chain(new.iter().skip(new.len() - after).map(guess))
                    .collect();
                self.flow.replace(heights, Some(self.flow.first() + above));
                self.arrived(new, after);
            }
            Change::Other(places) => {
                let mut heights: Vec<f64> = new.iter().map(guess).collect();
                for (old, place) in places.iter().enumerate() {
                    if let Some(height) = place.and_then(|place| heights.get_mut(place)) {
                        *height = self.flow.height(old);
                    }
                }
                let anchor = places.iter().skip(self.flow.first()).find_map(|place| *place);
                self.flow.replace(heights, anchor);
            }
        }
    }

    fn arrived(&mut self, messages: &[Arc<Message>], count: usize) {
        let Some(last) = messages.last().filter(|_| count > 0) else { return };
        if is_own(last) {
            self.flow.follow_bottom();
        } else if !self.flow.at_bottom() {
            self.unseen += count;
        }
    }

    /// Shows a long message whole, or its beginning again.
    fn toggle(&mut self, row: usize) {
        let Some(message) = self.rows.get(row).map(Arc::clone) else { return };
        let open = self.rows.is_open(&message) == Some(false);
        self.rows.set_open(&message, open);
        if !open && self.flow.first() == row {
            self.flow.show(row, 0.0);
        } else if self.flow.at_bottom() {
            // It is opened where it is, and not followed to its end.
            self.flow.scroll(0.5, 1.0);
        }
    }

    /// Opens a long message if the place is not in its beginning.
    fn uncover(&mut self, place: &Found) {
        let Some(message) = self.rows.get(place.message).map(Arc::clone) else { return };
        if self.rows.is_open(&message) == Some(false) {
            let mut beginning = Document::default();
            beginning.read(self.rows.text(&message));
            if place.range.end > beginning.text().len() {
                self.rows.set_open(&message, true);
            }
        }
    }

    fn older(&mut self, thread: &Thread, view: f64, commands: &mut Vec<Command>) {
        let near = self.flow.position(view) < view;
        let asked = self.asked.as_ref().is_some_and(|a| Arc::ptr_eq(a, &thread.messages));
        if near && thread.more && !thread.loading && thread.problem.is_none() && !asked {
            self.asked = Some(Arc::clone(&thread.messages));
            commands.push(Command::LoadOlderMessages);
        }
    }

    fn keyboard(&mut self, ui: &Ui, rect: Rect, view: f64) {
        let id = Id::unique("conversation messages");
        // A finger moves the text; with a mouse, dragging selects it.
        let touch = ui.input(|i| i.has_touch_screen());
        let sense = if touch { Sense::DRAG } else { Sense::empty() };
        let area = ui.interact(rect, id, sense | Sense::FOCUSABLE);
        if touch && area.dragged() {
            self.flow.scroll(area.drag_delta().y.into(), view);
        }
        area.widget_info(|| WidgetInfo::labeled(Role::Log, true, tr!("conversations-messages")));
        let mut pages = std::mem::take(&mut self.pages);
        if area.has_focus() {
            let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
            ui.memory_mut(|m| m.set_focus_lock_filter(id, filter));
            let pressed = |key| ui.input_mut(|i| i.consume_key(Modifiers::NONE, key));
            for (key, distance) in [(Key::ArrowUp, STEP), (Key::ArrowDown, -STEP)] {
                if pressed(key) {
                    self.flow.scroll(distance, view);
                }
            }
            for (key, by) in [(Key::PageUp, 1.0), (Key::PageDown, -1.0)] {
                if pressed(key) {
                    pages += by;
                }
            }
            if pressed(Key::Home) {
                self.flow.jump(0.0, view);
            }
            if pressed(Key::End) {
                self.flow.follow_bottom();
            }
            let line = Stroke::new(2.0, tokens::of(ui.ctx()).accent);
            ui.painter().rect_stroke(rect.shrink(1.0), 0, line, StrokeKind::Inside);
        }
        self.flow.scroll(pages * view * 0.9, view);
    }

    /// The scroll bar.
    fn drag(&mut self, ui: &Ui, rect: Rect, view: f64) {
        let total = self.flow.total();
        if total <= view {
            self.grip = None;
            return;
        }
        let track = Rect::from_min_max(
            pos2(rect.right() - BAR, rect.top() + 2.0),
            rect.max - vec2(0.0, 2.0),
        );
        let height = f64::from(track.height());
        let thumb = (height * view / total).max(36.0).min(height);
        let room = (height - thumb).max(1.0);
        let bar =
            ui.interact(track, Id::unique("conversation scroll bar"), Sense::DRAG | Sense::CLICK);
        #[expect(clippy::cast_possible_truncation, reason = "it is on the screen")]
        let at = |position: f64| track.top() + (room * position / (total - view)) as f32;
        #[expect(clippy::cast_possible_truncation, reason = "they are on the screen")]
        let thumb = thumb as f32;
        let mut top = at(self.flow.position(view));
        match bar.interact_pointer_pos().filter(|_| bar.is_pointer_button_down_on()) {
            Some(pointer) => {
                let on_thumb = (top..top + thumb).contains(&pointer.y);
                let grip =
                    *self.grip.get_or_insert(if on_thumb { pointer.y - top } else { thumb / 2.0 });
                let share = f64::from(pointer.y - grip - track.top()) / room;
                if bar.drag_delta().y != 0.0 || !on_thumb {
                    self.flow.jump(share.clamp(0.0, 1.0) * (total - view), view);
                    top = at(self.flow.position(view));
                }
            }
            None => self.grip = None,
        }
        let t = tokens::of(ui.ctx());
        let strong = bar.hovered() || self.grip.is_some();
        let thin = if strong { 2.0 } else { 3.5 };
        let shape = Rect::from_min_size(
            pos2(track.left() + thin - 1.0, top),
            vec2(BAR - 2.0 * thin + 1.0, thumb),
        );
        let colour = if strong { t.muted } else { t.line };
        ui.painter().rect_filled(shape, radius::PILL, colour);
    }

    /// A way back to the newest, and how many came meanwhile.
    fn pill(&mut self, ui: &Ui, rect: Rect, view: f64) {
        let far = self.flow.total() - view - self.flow.position(view) > view;
        if self.flow.at_bottom() || (self.unseen == 0 && !far) {
            return;
        }
        let t = tokens::of(ui.ctx());
        let text = match self.unseen {
            0 => String::new(),
            n => tr!("conversations-new-messages", count = n),
        };
        let (ink, fill) =
            if self.unseen > 0 { (t.on_accent, t.accent) } else { (t.text, t.surface) };
        let font = FontId::proportional(size::SMALL);
        let galley = ui.painter().layout_no_wrap(text.clone(), font, ink);
        let wide = if self.unseen > 0 { galley.size().x + 48.0 } else { 34.0 };
        let centre = pos2(rect.center().x, rect.bottom() - 30.0);
        let pill = Rect::from_center_size(centre, vec2(wide, 34.0));
        let button = ui.interact(pill, Id::unique("conversation newest"), Sense::click());
        let name = if text.is_empty() { tr!("conversations-newest") } else { text.as_str() };
        button.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
        let shadow = egui::Shadow { offset: [0, 3], blur: 12, spread: 0, color: t.shadow };
        ui.painter().add(shadow.as_shape(pill, radius::PILL));
        let fill = match (button.hovered(), self.unseen > 0) {
            (true, true) => t.accent_hover,
            (true, false) => t.raised,
            _ => fill,
        };
        ui.painter().rect_filled(pill, radius::PILL, fill);
        if self.unseen == 0 {
            let line = Stroke::new(1.0, t.line);
            ui.painter().rect_stroke(pill, radius::PILL, line, StrokeKind::Inside);
        }
        marks::focus(ui, pill, radius::PILL, &button);
        let icon = pos2(pill.right() - 17.0, pill.center().y);
        let icon = Rect::from_center_size(icon, vec2(12.0, 12.0));
        icons::paint(ui.painter(), icon, Icon::Down, ink);
        let text = pos2(pill.left() + 16.0, pill.center().y - galley.size().y / 2.0);
        ui.painter().galley(text, galley, ink);
        if button.on_hover_cursor(CursorIcon::PointingHand).clicked() {
            self.flow.follow_bottom();
            ui.ctx().request_repaint();
        }
    }
}

/// What stands above the first message that is loaded.
fn top_note(ui: &mut Ui, rect: Rect, thread: &Thread, commands: &mut Vec<Command>) {
    let t = tokens::of(ui.ctx());
    if thread.loading || thread.problem.is_none() {
        let font = FontId::proportional(size::SMALL);
        let text = if thread.loading {
            tr!("conversations-earlier-loading")
        } else {
            tr!("conversations-earlier-offline")
        };
        ui.painter().text(rect.center(), Align2::CENTER_CENTER, text, font, t.muted);
        return;
    }
    let rect = rect.shrink2(vec2(0.0, space::M));
    ui.scope_builder(egui::UiBuilder::new().max_rect(rect), |ui| {
        ui.horizontal_centered(|ui| {
            let text = tr!("conversations-earlier-failed");
            ui.label(egui::RichText::new(text).small().color(t.muted));
            if marks::quiet(ui, tr!("conversations-try-again")).clicked() {
                commands.push(Command::LoadOlderMessages);
            }
        });
    });
}
