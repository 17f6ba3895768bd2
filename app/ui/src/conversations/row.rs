//! A row of the list.

use super::find::Needle;
use super::layout::{day_and_time, one_line};
use super::marks;
use crate::icons::{self, Icon};
use crate::tokens::{self, Tokens, radius, size, space};
use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{
    Align2, FontId, Galley, Rect, Response, Ui, WidgetInfo, accesskit::Role,
    emath::GuiRounding as _, pos2, vec2,
};
use multiclaw_core::model::{Conversation, Hit, Place};
use multiclaw_core::tr;
use std::sync::Arc;

/// Height of a row, in points.
pub(crate) const HEIGHT: f32 = 66.0;
/// Between the edge of the list and the surface of a row.
const EDGE: f32 = 8.0;

/// A conversation.
pub(crate) fn conversation(
    ui: &Ui,
    place: Rect,
    response: &Response,
    row: &Conversation,
    selected: bool,
) {
    let t = tokens::of(ui.ctx());
    response.widget_info(|| {
        let mut name = format!("{}, {}, {}", row.title, row.when, where_it_is(row.place));
        if let Some(author) = &row.author {
            name.push_str(", ");
            name.push_str(&tr!("conversations-row-by", author = author.as_str()));
        }
        let name = format!("{name}: {}", row.last);
        WidgetInfo::selected(Role::ListItem, true, selected, name)
    });
    let inner = surface(ui, &t, place, response, selected);
    let room = first_line(ui, &t, inner, &row.when);
    let title = one_line(ui, &flat(&row.title), size::BODY, t.text, room);
    ui.painter().galley(inner.min, title, t.text);
    let mark =
        Rect::from_min_size(pos2(inner.right() - 15.0, inner.bottom() - 18.0), vec2(15.0, 15.0));
    let picture = match row.place {
        Place::Local => Icon::Here,
        Place::Synced => Icon::Synced,
        Place::Workspace => Icon::Cloud,
    };
    icons::paint(ui.painter(), mark, picture, t.muted.gamma_multiply(0.8));
    let mut at = pos2(inner.left(), inner.bottom() - 19.0);
    let mut room = inner.width() - 15.0 - space::M;
    if let Some(author) = &row.author {
        let name = one_line(ui, &format!("{author}  ·  "), size::SMALL, t.text, room * 0.5);
        let width = name.size().x;
        ui.painter().galley(at, name, t.text);
        at.x += width;
        room -= width;
    }
    let last = if row.last.is_empty() { tr!("conversations-row-empty") } else { &row.last };
    let last = one_line(ui, &flat(last), size::SMALL, t.muted, room);
    ui.painter().galley(at, last, t.muted);
    if response.contains_pointer() {
        let pointer = ui.input(|i| i.pointer.hover_pos());
        if pointer.is_some_and(|p| mark.expand(4.0).contains(p)) {
            response.clone().on_hover_text(where_it_is(row.place));
        }
    }
}

/// A conversation that was found.
pub(crate) fn hit(
    ui: &Ui,
    place: Rect,
    response: &Response,
    hit: &Hit,
    needle: &Needle,
    selected: bool,
) {
    let t = tokens::of(ui.ctx());
    response.widget_info(|| {
        let name = format!("{}, {}: {}", hit.title, hit.when, hit.excerpt);
        WidgetInfo::selected(Role::ListItem, true, selected, name)
    });
    let inner = surface(ui, &t, place, response, selected);
    let room = first_line(ui, &t, inner, &hit.when);
    let title = emphasised(ui, &t, &flat(&hit.title), needle, size::BODY, t.text, room);
    ui.painter().galley(inner.min, title, t.text);
    let at = pos2(inner.left(), inner.bottom() - 19.0);
    let text = flat(&hit.excerpt);
    let excerpt = emphasised(ui, &t, &text, needle, size::SMALL, t.muted, inner.width());
    ui.painter().galley(at, excerpt, t.muted);
}

/// While older conversations are on their way.
pub(crate) fn loading(ui: &Ui, place: Rect) {
    let t = tokens::of(ui.ctx());
    let font = FontId::proportional(size::SMALL);
    let text = tr!("conversations-list-loading-earlier");
    ui.painter().text(place.center(), Align2::CENTER_CENTER, text, font, t.muted);
}

/// Where a conversation lives, in words.
pub(crate) fn where_it_is(place: Place) -> &'static str {
    match place {
        Place::Local => tr!("conversations-place-local"),
        Place::Synced => tr!("conversations-place-synced"),
        Place::Workspace => tr!("conversations-place-workspace"),
    }
}

fn surface(ui: &Ui, t: &Tokens, place: Rect, response: &Response, selected: bool) -> Rect {
    let rect = place.shrink2(vec2(EDGE, 1.0));
    let fill = match (selected, response.hovered() || response.context_menu_opened()) {
        (true, _) => Some(t.tint),
        (false, true) => Some(t.raised),
        (false, false) => None,
    };
    if let Some(fill) = fill {
        ui.painter().rect_filled(rect, radius::CONTROL, fill);
    }
    marks::focus(ui, rect, radius::CONTROL, response);
    rect.shrink2(vec2(space::M, 11.0)).round_to_pixels(ui.pixels_per_point())
}

/// The time at the right; the room that is left of it.
fn first_line(ui: &Ui, t: &Tokens, inner: Rect, when: &str) -> f32 {
    let (day, time) = day_and_time(when);
    let when = if day.is_empty() { time } else { day };
    let font = FontId::proportional(size::SMALL);
    let at = pos2(inner.right(), inner.top() + 2.0);
    let time = ui.painter().text(at, Align2::RIGHT_TOP, when, font, t.muted);
    inner.width() - time.width() - space::M
}

/// One line of a text.
fn flat(text: &str) -> String {
    text.chars().take(400).map(|c| if c.is_control() { ' ' } else { c }).collect()
}

fn emphasised(
    ui: &Ui,
    t: &Tokens,
    text: &str,
    needle: &Needle,
    points: f32,
    colour: egui::Color32,
    room: f32,
) -> Arc<Galley> {
    let mut job = LayoutJob { wrap: TextWrapping::truncate_at_width(room), ..Default::default() };
    let format = |colour, background| TextFormat {
        font_id: FontId::proportional(points),
        color: colour,
        background,
        expand_bg: 1.0,
        ..TextFormat::default()
    };
    let plain = format(colour, egui::Color32::TRANSPARENT);
    let found = format(t.text, t.warning.gamma_multiply(0.35));
    let mut at = 0;
    for place in needle.all(text, 20) {
        job.append(text.get(at..place.start).unwrap_or_default(), 0.0, plain.clone());
        job.append(text.get(place.clone()).unwrap_or_default(), 0.0, found.clone());
        at = place.end;
    }
    job.append(text.get(at..).unwrap_or_default(), 0.0, plain);
    ui.fonts_mut(|fonts| fonts.layout_job(job))
}
