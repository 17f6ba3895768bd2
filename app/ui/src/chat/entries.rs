//! The entries of the open conversation: which are seen, and how they are moved.

use super::approval::Cards;
use super::find::Found;
use super::layout::{Frame, Kept, LABEL, Laid, Measurer, Parts, Side};
use super::paint::{self, Around, Asked, Held, Scene};
use super::rows::Rows;
use crate::conversations::marks;
use crate::conversations::pictures::Pictures;
use crate::icons::{self, Icon};
use crate::scroll::flow::{Flow, Measure as _};
use crate::tokens::{self, radius, size, space};
use egui::{
    Align2, CursorIcon, EventFilter, FontId, Id, Key, Modifiers, Rect, Sense, Stroke, StrokeKind,
    Ui, UiBuilder, WidgetInfo, accesskit::Role, pos2, vec2,
};
use multiclaw_core::Command;
use multiclaw_core::model::{Approval, ChatThread, Entry, EntryKind};
use multiclaw_core::tr;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// Widest column, in points.
const COLUMN: f32 = 800.0;
/// Left and right of the column, at least.
const MARGIN: f32 = 20.0;
/// The same in a very narrow pane.
const THIN: f32 = 12.0;
/// Width of the scroll bar.
const BAR: f32 = 10.0;
/// Above the first row.
const TOP: f32 = 18.0;
/// The same, while something is said there.
const TOP_NOTE: f32 = 56.0;
/// Below the last row.
const BOTTOM: f32 = 18.0;
/// A press of an arrow key.
const STEP: f64 = 48.0;

/// The width of the column in a pane of this width.
pub(super) fn column(width: f32) -> f32 {
    let margin = if width < 480.0 { THIN } else { MARGIN };
    (width - 2.0 * margin).clamp(120.0, COLUMN)
}

/// The entries as they are scrolled and opened.
#[derive(Default)]
pub(super) struct Entries {
    rows: Rows,
    flow: Flow,
    kept: Kept,
    pictures: Pictures,
    pub(super) cards: Cards,
    /// Entries that are shown whole.
    open: HashSet<String>,
    /// Grows when others are.
    generation: u64,
    /// Arrived below while older ones were read.
    unseen: usize,
    /// The list for which older entries were asked for.
    asked: Option<Arc<Vec<Arc<Entry>>>>,
    /// From the top of the thumb to the pointer that drags it.
    grip: Option<f32>,
    /// It was opened: what can be of it is brought on the screen.
    opened: Option<usize>,
    /// A place to show as soon as its row can be laid out.
    show: Option<Found>,
    /// What the keyboard asks for from elsewhere, in pages.
    pages: f64,
    /// What scrolls by itself within the rows that were seen.
    boxes: Vec<Rect>,
    /// Approvals whose card was on the screen.
    shown: Vec<String>,
    /// Rows that were laid out for the last frame.
    laid: usize,
}

impl Entries {
    /// How much was laid out for the last frame, and how much text is kept read.
    #[cfg(test)]
    pub(super) fn load(&self) -> (usize, (usize, usize)) {
        (self.laid, self.kept.docs.load())
    }

    /// Goes to the newest.
    pub(super) fn follow_bottom(&mut self) {
        self.flow.follow_bottom();
    }

    /// Shows a place that was found.
    pub(super) fn reveal(&mut self, place: Found) {
        self.show = Some(place);
    }

    /// Shows the tool call that this command belongs to; whether it is there.
    pub(super) fn has_tool(&self, approval: &Approval) -> bool {
        let is = |entry: &Arc<Entry>| matches!(&entry.kind, EntryKind::Tool(call) if call.id == approval.tool_call);
        // A command that waits belongs to the turn that runs, or to what came last.
        !approval.tool_call.is_empty()
            && (self.rows.live().iter().any(is)
                || self.rows.settled().iter().rev().take(200).any(is))
    }

    /// Shows it.
    pub(super) fn show_tool(&mut self, approval: &Approval) {
        let row = (0..self.rows.len()).rev().take(400).find(|row| {
            self.rows.get(*row).is_some_and(|entry| {
                matches!(&entry.kind, EntryKind::Tool(call) if call.id == approval.tool_call)
            })
        });
        if let Some(row) = row {
            self.flow.show(row, 60.0);
        }
    }

    /// Whether its card was on the screen.
    pub(super) fn shows(&self, approval: &Approval) -> bool {
        self.shown.contains(&approval.id)
    }

    /// Moves by pages: up when positive.
    pub(super) fn page(&mut self, pages: f64) {
        self.pages += pages;
    }

    /// What a search looks through, which are open, and the row at the top of what is seen.
    pub(super) fn to_search(&self) -> (&Rows, &HashSet<String>, u64, usize) {
        (&self.rows, &self.open, self.generation, self.flow.first())
    }

    /// Follows the thread.
    pub(super) fn follow(&mut self, thread: &ChatThread, width: f32) {
        let bottom = self.flow.at_bottom();
        let arrived = self.rows.follow(thread, &mut self.flow, column(width));
        if arrived == 0 {
            return;
        }
        let last = self.rows.len().checked_sub(1).and_then(|row| self.rows.get(row));
        if last.is_some_and(|entry| matches!(entry.kind, EntryKind::Person { .. })) {
            self.flow.follow_bottom();
        } else if !bottom {
            self.unseen += arrived;
        }
    }

    /// Paints them; the entry that is to be changed and sent again, and its text.
    pub(super) fn show(
        &mut self,
        ui: &mut Ui,
        rect: Rect,
        thread: &ChatThread,
        around: &Around<'_>,
        approvals: &[Arc<Approval>],
        commands: &mut Vec<Command>,
    ) -> Option<(String, String)> {
        let width = column(rect.width());
        let left = rect.left() + ((rect.width() - width) / 2.0).max(0.0);
        self.kept.docs.turn();
        let ui = &mut ui.new_child(UiBuilder::new().max_rect(rect).id_salt("chat entries"));
        ui.set_clip_rect(rect.intersect(ui.clip_rect()));
        let view = f64::from((rect.height() - BOTTOM).max(1.0));
        self.keyboard(ui, rect, view);
        let pointed = self.grip.is_none() && ui.rect_contains_pointer(rect);
        let pointer = ui.input(|i| i.pointer.hover_pos());
        let inside = pointer.is_some_and(|p| self.boxes.iter().any(|b| b.contains(p)));
        if pointed && !inside {
            self.wheel(ui, view);
        }
        self.drag(ui, rect, view);

        let offline = around.blocked.is_some();
        let note = thread.older && (thread.loading || thread.problem.is_some() || offline);
        let frame = Frame {
            t: tokens::of(ui.ctx()),
            width,
            top: if note { TOP_NOTE } else { TOP },
            rows: &self.rows,
            open: &self.open,
            approvals,
        };
        let mut rows = Measurer { ui, frame, kept: &mut self.kept, laid: HashMap::new() };
        if let Some(place) = self.show.take() {
            place_on_screen(&mut self.flow, &mut rows, &place, view);
        }
        let mut seen = self.flow.arrange(view, &mut rows);
        if let Some(row) = self.opened.take()
            && let Some(placed) = seen.iter().find(|placed| placed.row == row)
        {
            let below = placed.top + placed.size.body - view;
            if below > 0.0 {
                self.flow.scroll(-below.min((placed.top - 12.0).max(0.0)), view);
                seen = self.flow.arrange(view, &mut rows);
            }
        }
        let laid = rows.laid;
        self.laid = laid.len();
        if self.flow.at_bottom() {
            self.unseen = 0;
        }
        self.boxes.clear();
        self.shown.clear();
        let (mut toggled, mut edit, mut pull) = (None, None, 0.0);
        for placed in &seen {
            let (Some(laid), Some(entry)) = (laid.get(&placed.row), self.rows.get(placed.row))
            else {
                continue;
            };
            #[expect(clippy::cast_possible_truncation, reason = "it is on the screen")]
            let (top, body) = (rect.top() + placed.top as f32, placed.size.body as f32);
            let column = Rect::from_min_size(pos2(left, top), vec2(width, body));
            let last = placed.row + 1 == self.rows.len();
            note_boxes(&mut self.boxes, &mut self.shown, laid, column, rect);
            let scene = Scene { column, entry, laid, around, last };
            let (pictures, cards) = (&mut self.pictures, &mut self.cards);
            let mut held = Held { kept: &mut self.kept, pictures, cards, pull };
            match paint::row(ui, &scene, &mut held, commands) {
                Some(Asked::Toggle) => toggled = Some(entry.id.clone()),
                Some(Asked::Edit(text)) => edit = Some((entry.id.clone(), text)),
                None => {}
            }
            pull = held.pull;
            if placed.row == 0 && note {
                #[expect(clippy::cast_possible_truncation, reason = "it is on the screen")]
                let top = top - placed.size.lead as f32;
                let rect = Rect::from_min_size(pos2(left, top), vec2(width, TOP_NOTE));
                top_note(ui, rect, thread, commands);
            }
        }
        if !offline {
            self.older(thread, view, commands);
        }
        self.pill(ui, rect, view, thread, commands);
        self.pictures.turn();
        if pull != 0.0 {
            self.flow.scroll((-pull).into(), view);
            ui.ctx().request_repaint();
        }
        if pointed && inside {
            // What the box under the pointer did not take.
            let before = self.flow.position(view);
            self.wheel(ui, view);
            if (self.flow.position(view) - before).abs() > 0.01 {
                ui.ctx().request_repaint();
            }
        }
        if let Some(id) = toggled {
            self.toggle(id);
            ui.ctx().request_repaint();
        }
        edit
    }

    fn wheel(&mut self, ui: &Ui, view: f64) {
        let wheel = ui.input_mut(|i| std::mem::take(&mut i.smooth_scroll_delta.y));
        self.flow.scroll(wheel.into(), view);
    }

    /// Shows an entry whole, or in part again. It stays where it is.
    fn toggle(&mut self, id: String) {
        let row = self.rows.position(&id);
        if !self.open.remove(&id) {
            self.open.insert(id);
            self.opened = row;
        }
        self.generation += 1;
        if let Some(row) = row.filter(|_| self.flow.at_bottom()) {
            // Not followed to its end.
            let first = self.flow.first();
            if row > first || self.rows.len() == 1 {
                self.flow.scroll(0.5, 1.0);
            }
        }
    }

    fn older(&mut self, thread: &ChatThread, view: f64, commands: &mut Vec<Command>) {
        let near = self.flow.position(view) < view;
        let asked = self.asked.as_ref().is_some_and(|a| Arc::ptr_eq(a, &thread.entries));
        if near && thread.older && !thread.loading && thread.problem.is_none() && !asked {
            self.asked = Some(Arc::clone(&thread.entries));
            commands.push(Command::LoadOlderChat);
        }
    }

    fn keyboard(&mut self, ui: &Ui, rect: Rect, view: f64) {
        let id = Id::unique("chat entries");
        // A finger moves the text; with a mouse, dragging selects it.
        let touch = ui.input(|i| i.has_touch_screen());
        let sense = if touch { Sense::DRAG } else { Sense::empty() };
        let area = ui.interact(rect, id, sense | Sense::FOCUSABLE);
        if touch && area.dragged() {
            self.flow.scroll(area.drag_delta().y.into(), view);
        }
        area.widget_info(|| WidgetInfo::labeled(Role::Log, true, tr!("chat-conversation")));
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
        let bar = ui.interact(track, Id::unique("chat scroll bar"), Sense::DRAG | Sense::CLICK);
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
    fn pill(
        &mut self,
        ui: &Ui,
        rect: Rect,
        view: f64,
        thread: &ChatThread,
        commands: &mut Vec<Command>,
    ) {
        let far = self.flow.total() - view - self.flow.position(view) > view;
        let newer = thread.newer;
        if !newer && (self.flow.at_bottom() || (self.unseen == 0 && !far)) {
            return;
        }
        let t = tokens::of(ui.ctx());
        let text = match self.unseen {
            0 => tr!("chat-newest").to_owned(),
            n => tr!("chat-new-below", count = n),
        };
        let strong = self.unseen > 0;
        let (ink, fill) = if strong { (t.on_accent, t.accent) } else { (t.text, t.surface) };
        let font = FontId::proportional(size::SMALL);
        let galley = ui.painter().layout_no_wrap(text.clone(), font, ink);
        let centre = pos2(rect.center().x, rect.bottom() - 28.0);
        let pill = Rect::from_center_size(centre, vec2(galley.size().x + 48.0, 34.0));
        let button = ui.interact(pill, Id::unique("chat newest"), Sense::click());
        button.widget_info(|| WidgetInfo::labeled(Role::Button, true, &text));
        let shadow = egui::Shadow { offset: [0, 3], blur: 12, spread: 0, color: t.shadow };
        ui.painter().add(shadow.as_shape(pill, radius::PILL));
        let fill = match (button.hovered(), strong) {
            (true, true) => t.accent_hover,
            (true, false) => t.raised,
            _ => fill,
        };
        ui.painter().rect_filled(pill, radius::PILL, fill);
        if !strong {
            let line = Stroke::new(1.0, t.line);
            ui.painter().rect_stroke(pill, radius::PILL, line, StrokeKind::Inside);
        }
        marks::focus(ui, pill, radius::PILL, &button);
        let icon =
            Rect::from_center_size(pos2(pill.right() - 18.0, pill.center().y), vec2(12.0, 12.0));
        icons::paint(ui.painter(), icon, Icon::Down, ink);
        let text = pos2(pill.left() + 16.0, pill.center().y - galley.size().y / 2.0);
        ui.painter().galley(text, galley, ink);
        if button.on_hover_cursor(CursorIcon::PointingHand).clicked() {
            if newer {
                commands.push(Command::LoadNewestChat);
            }
            self.flow.follow_bottom();
            ui.ctx().request_repaint();
        }
    }
}

/// Remembers what scrolls by itself in a row, and which commands are asked about on the screen.
fn note_boxes(
    boxes: &mut Vec<Rect>,
    shown: &mut Vec<String>,
    laid: &Laid,
    column: Rect,
    view: Rect,
) {
    let Parts::Tool(parts) = &laid.parts else { return };
    if let Some((y, laid, approval)) = &parts.approval {
        let top = column.top() + y;
        let rect = Rect::from_x_y_ranges(column.x_range(), top..=top + laid.height);
        boxes.push(rect);
        // The question and the buttons are seen.
        if rect.top() >= view.top() - 8.0 && rect.bottom() <= view.bottom() + 8.0
            || rect.contains_rect(view)
        {
            shown.push(approval.id.clone());
        }
    }
    for pane in [parts.input, parts.output].into_iter().flatten() {
        let top = column.top() + pane.y + LABEL;
        boxes.push(Rect::from_x_y_ranges(column.x_range(), top..=top + pane.height));
    }
}

/// Moves the flow so that a place that was found is seen.
fn place_on_screen(flow: &mut Flow, rows: &mut Measurer<'_>, place: &Found, view: f64) {
    let _ = rows.measure(place.row);
    let within = match place.side {
        None => rows.kept.docs.get(&place.id).top_of(place.range.start),
        Some(side) => {
            if let Some(plain) = rows.kept.plains.get_mut(&(place.id.clone(), side)) {
                plain.reveal(place.range.start);
            }
            let pane = rows.laid.get(&place.row).and_then(|laid| match (&laid.parts, side) {
                (Parts::Tool(parts), Side::Input) => parts.input,
                (Parts::Tool(parts), Side::Output) => parts.output,
                _ => None,
            });
            // It scrolls the place to the upper part of itself.
            pane.map_or(0.0, |pane| pane.y + LABEL + pane.height * 0.4)
        }
    };
    flow.show(place.row, view * 0.3 - f64::from(within));
}

/// What stands above the first entry that is loaded.
fn top_note(ui: &mut Ui, rect: Rect, thread: &ChatThread, commands: &mut Vec<Command>) {
    let t = tokens::of(ui.ctx());
    if thread.loading || thread.problem.is_none() {
        let font = FontId::proportional(size::SMALL);
        let text =
            if thread.loading { tr!("chat-earlier-loading") } else { tr!("chat-earlier-offline") };
        ui.painter().text(rect.center(), Align2::CENTER_CENTER, text, font, t.muted);
        return;
    }
    let rect = rect.shrink2(vec2(0.0, space::M));
    ui.scope_builder(UiBuilder::new().max_rect(rect).id_salt("chat top note"), |ui| {
        ui.horizontal_centered(|ui| {
            let text = tr!("chat-earlier-failed");
            ui.label(egui::RichText::new(text).small().color(t.muted));
            if marks::quiet(ui, tr!("chat-try-again")).clicked() {
                commands.push(Command::LoadOlderChat);
            }
        });
    });
}
