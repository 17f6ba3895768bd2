//! What stands around code and tables: lines, buttons, bars to scroll.

use super::document::Wide;
use super::layout::PAD;
use super::table::Grid;
use crate::icons::{self, Icon};
use crate::tokens::{self, radius, size};
use egui::{
    Align2, CursorIcon, FontId, Id, Pos2, Rect, Response, Sense, Stroke, StrokeKind, Ui, Vec2,
    WidgetInfo, accesskit::Role, pos2, vec2,
};
use multiclaw_core::tr;

/// What was pressed in the row above code.
pub(super) struct Pressed {
    pub copy: bool,
    pub wrap: bool,
    /// The pointer is in that row.
    pub near: bool,
}

/// Shows where the keyboard is.
pub(super) fn focus(ui: &Ui, rect: Rect, corner: u8, response: &Response) {
    if response.has_focus() {
        let line = Stroke::new(2.0, tokens::of(ui.ctx()).accent);
        ui.painter().rect_stroke(rect, corner, line, StrokeKind::Inside);
    }
}

/// The row above code: its language, and what can be done with it.
pub(super) fn header(
    ui: &Ui,
    id: Id,
    rect: Rect,
    language: &str,
    wide: &Wide,
    overflows: bool,
) -> Pressed {
    let t = tokens::of(ui.ctx());
    let font = FontId::proportional(size::SMALL - 0.5);
    let copy = Rect::from_min_size(pos2(rect.right() - 30.0, rect.top() + 4.0), vec2(26.0, 24.0));
    let response = ui.interact(copy, id.with("copy"), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, tr!("chat-copy-code")));
    if response.hovered() {
        ui.painter().rect_filled(copy, radius::CONTROL - 1, t.raised);
    }
    let (icon, ink) = match (wide.copied, response.hovered()) {
        (true, _) => (Icon::Check, t.good),
        (_, true) => (Icon::Copy, t.text),
        (..) => (Icon::Copy, t.muted),
    };
    let mark = Rect::from_center_size(copy.center(), vec2(13.0, 13.0));
    icons::paint(ui.painter(), mark, icon, ink);
    focus(ui, copy, radius::CONTROL - 1, &response);
    let tip = if wide.copied { tr!("chat-copied") } else { tr!("chat-copy-code") };
    let copied = response.on_hover_text(tip).clicked();
    let mut end = copy.left() - 4.0;
    let mut wrapped = false;
    if overflows {
        let (text, name) = if wide.wrap {
            (tr!("chat-unwrap"), tr!("chat-unwrap-name"))
        } else {
            (tr!("chat-wrap"), tr!("chat-wrap-name"))
        };
        let galley = ui.painter().layout_no_wrap(text.to_owned(), font.clone(), t.muted);
        let width = galley.size().x + 16.0;
        let button = Rect::from_min_size(pos2(end - width, copy.top()), vec2(width, 24.0));
        let response = ui.interact(button, id.with("wrap"), Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
        if response.hovered() {
            ui.painter().rect_filled(button, radius::CONTROL - 1, t.raised);
        }
        focus(ui, button, radius::CONTROL - 1, &response);
        ui.painter().galley(button.center() - galley.size() / 2.0, galley, t.muted);
        wrapped = response.on_hover_text(name).clicked();
        end -= width;
    }
    let at = pos2(rect.left() + PAD, rect.top() + 16.0);
    let label = if language.is_empty() { tr!("chat-code") } else { language };
    let clip = Rect::from_min_max(rect.min, pos2(end, rect.bottom())).intersect(ui.clip_rect());
    ui.painter().with_clip_rect(clip).text(at, Align2::LEFT_CENTER, label, font, t.muted);
    Pressed { copy: copied, wrap: wrapped, near: ui.rect_contains_pointer(rect) }
}

/// The lines of a table.
pub(super) fn grid(ui: &Ui, grid: &Grid, at: Pos2, size: Vec2, first: bool) {
    let t = tokens::of(ui.ctx());
    let line = Stroke::new(1.0, t.line);
    let whole = Rect::from_min_size(at, size);
    if grid.head > 0.0 {
        let head = Rect::from_min_size(at, vec2(size.x, grid.head));
        let corners = egui::CornerRadius { nw: radius::CONTROL, ne: radius::CONTROL, sw: 0, se: 0 };
        ui.painter().rect_filled(head, corners, t.raised.gamma_multiply(0.7));
    }
    for y in grid.rows.iter().rev().skip(1) {
        ui.painter().hline(whole.x_range(), at.y + y, line);
    }
    for x in grid.columns.iter().rev().skip(1) {
        ui.painter().vline(at.x + x, whole.y_range(), Stroke::new(1.0, t.line.gamma_multiply(0.6)));
    }
    let corner = if first { radius::CONTROL } else { 0 };
    ui.painter().rect_stroke(whole, corner, line, StrokeKind::Inside);
}

/// Moves what is wider than there is room for: by the wheel, and by a bar below its last part.
pub(super) fn scroll(ui: &Ui, id: Id, place: Rect, room: f32, wide: &mut Wide, last: bool) {
    let most = (wide.width - room).max(0.0);
    if ui.rect_contains_pointer(place.intersect(ui.clip_rect())) {
        let wheel = ui.input_mut(|i| std::mem::take(&mut i.smooth_scroll_delta.x));
        wide.x -= wheel;
    }
    if last {
        let track = Rect::from_min_max(
            pos2(place.left() + 4.0, place.bottom() - 10.0),
            pos2(place.right() - 4.0, place.bottom()),
        );
        let track = track.with_max_x(track.right().min(place.left() + room + 2.0 * PAD - 4.0));
        let length = (track.width() * room / wide.width).max(28.0).min(track.width());
        let free = (track.width() - length).max(1.0);
        let bar = ui.interact(track, id, Sense::DRAG | Sense::CLICK);
        if bar.dragged() {
            wide.x += bar.drag_delta().x * most / free;
        } else if bar.clicked()
            && let Some(pointer) = bar.interact_pointer_pos()
        {
            wide.x = (pointer.x - track.left() - length / 2.0) * most / free;
        }
        let t = tokens::of(ui.ctx());
        let strong = bar.hovered() || bar.dragged();
        let left = track.left() + free * (wide.x / most.max(1.0)).clamp(0.0, 1.0);
        let shape = Rect::from_min_size(pos2(left, track.top() + 2.0), vec2(length, 4.0));
        ui.painter().rect_filled(shape, radius::PILL, if strong { t.muted } else { t.line });
        bar.on_hover_cursor(CursorIcon::Default);
    }
    wide.x = wide.x.clamp(0.0, most);
}
