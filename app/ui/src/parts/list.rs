//! A list of many rows of which only the visible ones are painted.

use super::button::focus_ring;
use crate::tokens::{self, radius, space};
use egui::style::ScrollAnimation;
use egui::{
    EventFilter, Key, Modifiers, Rect, ScrollArea, Sense, Stroke, Ui, WidgetInfo, accesskit::Role,
    pos2, vec2,
};
use std::sync::Arc;

/// Where the keyboard is in a list.
#[derive(Default)]
pub(crate) struct Cursor {
    at: usize,
    /// It was moved with the keyboard last: it is shown.
    shown: bool,
    /// A click is about to bring the focus.
    clicked: bool,
}

impl Cursor {
    /// To this row.
    pub(crate) fn set(&mut self, row: usize) {
        self.at = row;
    }
}

/// A list. It is one stop for Tab; arrows move in it, and Enter opens.
pub(crate) struct Rows<'a> {
    /// For a screen reader.
    pub(crate) name: &'a str,
    /// Of a row, in points.
    pub(crate) height: f32,
    /// How many rows there are.
    pub(crate) count: usize,
    /// The row whose detail is shown.
    pub(crate) selected: Option<usize>,
}

impl Rows<'_> {
    /// Paints what can be seen; the row that was opened. `label` says a row in words, `row`
    /// paints it.
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "rows are far below 2^23, and never negative"
    )]
    pub(crate) fn show(
        self,
        ui: &mut Ui,
        cursor: &mut Cursor,
        label: impl Fn(usize) -> String,
        mut row: impl FnMut(&mut Ui, usize, Rect),
    ) -> Option<usize> {
        let t = tokens::of(ui.ctx());
        let id = ui.make_persistent_id(self.name);
        let area = ui.available_rect_before_wrap();
        let list = ui.interact(area, id, Sense::focusable_noninteractive());
        list.widget_info(|| WidgetInfo::labeled(Role::ListBox, true, self.name));
        cursor.at = cursor.at.min(self.count.saturating_sub(1));
        let page = ((area.height() / self.height) as usize).max(1);
        let (moved, mut opened) =
            if list.has_focus() { self.keys(ui, id, cursor, page) } else { (false, None) };
        // Focus that a click brought is not shown.
        cursor.shown |= moved || (list.gained_focus() && !std::mem::take(&mut cursor.clicked));
        let focused = list.has_focus() && cursor.shown;
        ui.spacing_mut().item_spacing.y = 0.0;
        ScrollArea::vertical().id_salt(self.name).auto_shrink(false).show_viewport(
            ui,
            |ui, seen| {
                let top = ui.max_rect().min.y;
                let width = ui.max_rect().x_range();
                ui.set_height(self.height * self.count as f32);
                let place = |n: usize| {
                    let y = top + n as f32 * self.height;
                    Rect::from_x_y_ranges(width, y..=y + self.height)
                };
                if moved {
                    let to = place(cursor.at);
                    ui.scroll_to_rect_animation(to, None, ScrollAnimation::none());
                }
                let first = (seen.min.y / self.height).max(0.0) as usize;
                let last = ((seen.max.y / self.height).ceil() as usize).min(self.count);
                for n in first..last {
                    let rect = place(n);
                    let response = ui.interact(rect, id.with(n), Sense::CLICK);
                    let selected = self.selected == Some(n);
                    response.widget_info(|| {
                        WidgetInfo::selected(Role::ListBoxOption, true, selected, label(n))
                    });
                    let inner = rect.shrink2(vec2(space::XS, 1.0));
                    let ground = match (selected, response.hovered()) {
                        (true, _) => Some(t.tint),
                        (false, true) => Some(t.raised),
                        (false, false) => None,
                    };
                    if let Some(ground) = ground {
                        ui.painter().rect_filled(inner, radius::CONTROL, ground);
                    }
                    if n + 1 < self.count && !selected {
                        let y = rect.max.y - 0.5;
                        let from = pos2(rect.min.x + space::M, y);
                        let to = pos2(rect.max.x - space::M, y);
                        let line = Stroke::new(1.0, t.line.gamma_multiply(0.6));
                        ui.painter().line_segment([from, to], line);
                    }
                    if focused && n == cursor.at {
                        focus_ring(ui, inner.shrink(2.0));
                        ui.ctx().accesskit_node_builder(id, |node| {
                            node.set_active_descendant(id.with(n).accesskit_id());
                        });
                    }
                    row(ui, n, rect.shrink2(vec2(space::L - 2.0, 0.0)));
                    if response.clicked() {
                        cursor.at = n;
                        cursor.shown = false;
                        cursor.clicked = !list.has_focus();
                        opened = Some(n);
                        list.request_focus();
                    }
                }
            },
        );
        opened
    }

    /// Whether the cursor moved, and the row that was opened.
    fn keys(&self, ui: &Ui, id: egui::Id, at: &mut Cursor, page: usize) -> (bool, Option<usize>) {
        let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|m| m.set_focus_lock_filter(id, filter));
        let last = self.count.saturating_sub(1);
        let before = at.at;
        let mut opened = None;
        ui.input_mut(|i| {
            let mut key = |key| i.consume_key(Modifiers::NONE, key);
            if key(Key::ArrowDown) {
                at.at = (at.at + 1).min(last);
            }
            if key(Key::ArrowUp) {
                at.at = at.at.saturating_sub(1);
            }
            if key(Key::PageDown) {
                at.at = (at.at + page).min(last);
            }
            if key(Key::PageUp) {
                at.at = at.at.saturating_sub(page);
            }
            if key(Key::Home) {
                at.at = 0;
            }
            if key(Key::End) {
                at.at = last;
            }
            if self.count > 0 && key(Key::Enter) {
                opened = Some(at.at);
            }
        });
        (at.at != before, opened)
    }
}

/// Where a thing is in a long list. It is most often where it was last.
pub(crate) fn seek<T>(all: &[Arc<T>], last: &mut usize, is: impl Fn(&T) -> bool) -> Option<usize> {
    if !all.get(*last).is_some_and(|thing| is(thing)) {
        *last = all.iter().position(|thing| is(thing))?;
    }
    Some(*last)
}
