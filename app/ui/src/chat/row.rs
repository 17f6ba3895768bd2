//! A row of the list.

use super::found::Words;
use super::words::{day_and_time, flat, one_line};
use crate::conversations::marks;
use crate::icons::{self, Icon};
use crate::tokens::{self, Tokens, radius, size, space};
use egui::{
    Align2, FontId, Rect, Response, Ui, WidgetInfo, accesskit::Role, emath::GuiRounding as _, pos2,
    vec2,
};
use multiclaw_core::model::{ChatHit, ChatRow};
use multiclaw_core::tr;

/// Height of a row, in points.
pub(super) const HEIGHT: f32 = 62.0;
/// Between the edge of the list and the surface of a row.
const EDGE: f32 = 8.0;
/// Side of the button with the menu.
pub(super) const MENU: f32 = 26.0;

/// Where the button with the menu is.
pub(super) fn menu_place(place: Rect) -> Rect {
    let centre = pos2(place.right() - EDGE - 6.0 - MENU / 2.0, place.top() + 20.0);
    Rect::from_center_size(centre, vec2(MENU, MENU))
}

/// A conversation. `hovered`: its menu can be seen in place of the time.
pub(super) fn conversation(
    ui: &Ui,
    place: Rect,
    response: &Response,
    row: &ChatRow,
    selected: bool,
    hovered: bool,
) {
    let t = tokens::of(ui.ctx());
    response.widget_info(|| {
        let mut name = format!("{}, {}", row.title, row.when);
        for (is, word) in [
            (row.pinned, tr!("chat-row-pinned")),
            (row.unread, tr!("chat-row-unread")),
            (row.waiting, tr!("chat-row-waiting")),
            (row.running && !row.waiting, tr!("chat-row-running")),
        ] {
            if is {
                name.push_str(", ");
                name.push_str(word);
            }
        }
        WidgetInfo::selected(Role::ListItem, true, selected, format!("{name}: {}", row.last))
    });
    let inner = surface(ui, &t, place, response, selected, hovered);
    let mut right =
        if hovered { inner.right() - MENU + 4.0 } else { time(ui, &t, inner, &row.when) };
    if row.pinned {
        let mark = Rect::from_center_size(pos2(right - 14.0, inner.top() + 9.0), vec2(12.0, 12.0));
        icons::paint(ui.painter(), mark, Icon::Pin, t.muted);
        right -= 20.0;
    }
    let left = inner.left();
    let room = right - space::S - left;
    let title = one_line(ui, &flat(&row.title), size::BODY, t.text, room);
    ui.painter().galley(inner.min, title, t.text);
    let y = inner.bottom() - 9.0;
    let mut edge = inner.right();
    if row.waiting {
        edge = badge(ui, &t, edge, y, tr!("chat-row-approve"), t.warning) - space::S;
    } else if row.running {
        edge = badge(ui, &t, edge, y, tr!("chat-running"), t.accent_hover) - space::S;
    } else if row.unread {
        ui.painter().circle_filled(pos2(edge - 5.0, y), 4.5, t.accent);
        edge -= 10.0 + space::S;
    }
    let last = if row.last.is_empty() { tr!("chat-row-empty") } else { &row.last };
    let ink = if row.unread { t.text } else { t.muted };
    let last = one_line(ui, &flat(last), size::SMALL, ink, edge - left);
    let at = pos2(left, y - last.size().y / 2.0);
    ui.painter().galley(at, last, ink);
}

/// A word on a tint; where it begins.
fn badge(ui: &Ui, t: &Tokens, right: f32, y: f32, text: &str, colour: egui::Color32) -> f32 {
    let galley = one_line(ui, text, size::SMALL - 1.0, t.text, 100.0);
    let width = galley.size().x + 24.0;
    let rect = Rect::from_min_size(pos2(right - width, y - 9.0), vec2(width, 18.0));
    ui.painter().rect_filled(rect, radius::PILL, colour.gamma_multiply(0.18));
    ui.painter().circle_filled(pos2(rect.left() + 10.0, y), 3.0, colour);
    let at = pos2(rect.left() + 17.0, y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, t.text);
    rect.left()
}

/// A place that was found.
pub(super) fn hit(
    ui: &Ui,
    place: Rect,
    response: &Response,
    hit: &ChatHit,
    words: &Words,
    selected: bool,
) {
    let t = tokens::of(ui.ctx());
    response.widget_info(|| {
        let name = format!("{}, {}: {}", hit.title, hit.when, hit.excerpt);
        WidgetInfo::selected(Role::ListItem, true, selected, name)
    });
    let inner = surface(ui, &t, place, response, selected, false);
    let right = time(ui, &t, inner, &hit.when);
    let room = right - space::S - inner.left();
    let title = words.line(ui, &flat(&hit.title), size::BODY, t.text, (room, false));
    ui.painter().galley(inner.min, title, t.text);
    let room = (inner.width(), true);
    let excerpt = words.line(ui, &flat(&hit.excerpt), size::SMALL, t.muted, room);
    let at = pos2(inner.left(), inner.bottom() - 9.0 - excerpt.size().y / 2.0);
    ui.painter().galley(at, excerpt, t.muted);
}

/// While more conversations are on their way.
pub(super) fn loading(ui: &Ui, place: Rect) {
    let t = tokens::of(ui.ctx());
    let font = FontId::proportional(size::SMALL);
    let text = tr!("chat-list-loading-earlier");
    ui.painter().text(place.center(), Align2::CENTER_CENTER, text, font, t.muted);
}

fn surface(
    ui: &Ui,
    t: &Tokens,
    place: Rect,
    response: &Response,
    selected: bool,
    hovered: bool,
) -> Rect {
    let rect = place.shrink2(vec2(EDGE, 1.0));
    let lit = hovered || response.hovered() || response.context_menu_opened();
    let fill = match (selected, lit) {
        (true, _) => Some(t.tint),
        (false, true) => Some(t.raised),
        (false, false) => None,
    };
    if let Some(fill) = fill {
        ui.painter().rect_filled(rect, radius::CONTROL, fill);
    }
    marks::focus(ui, rect, radius::CONTROL, response);
    rect.shrink2(vec2(space::M, 9.0)).round_to_pixels(ui.pixels_per_point())
}

/// The time at the right; where it begins.
fn time(ui: &Ui, t: &Tokens, inner: Rect, when: &str) -> f32 {
    let (day, time) = day_and_time(when);
    let when = if day.is_empty() { time } else { day };
    let font = FontId::proportional(size::SMALL);
    let at = pos2(inner.right(), inner.top() + 2.0);
    ui.painter().text(at, Align2::RIGHT_TOP, when, font, t.muted).left()
}
