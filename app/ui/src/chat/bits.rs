//! Small things that rows are made of.

use super::layout::{CARD, MOST_CARDS};
use super::paint::{Held, Scene};
use super::words::one_line;
use crate::conversations::marks;
use crate::conversations::pictures::Pictures;
use crate::icons::{self, Icon};
use crate::tokens::{self, radius, size, space};
use egui::{
    Align, CursorIcon, Id, Layout, Rect, Sense, Stroke, StrokeKind, Ui, UiBuilder, WidgetInfo,
    accesskit::Role, emath::GuiRounding as _, pos2, vec2,
};
use multiclaw_core::Command;
use multiclaw_core::model::Link;

/// Which way something opens.
pub(super) fn chevron(ui: &Ui, centre: egui::Pos2, open: bool) {
    let t = tokens::of(ui.ctx());
    let mark = Rect::from_center_size(centre, vec2(10.0, 10.0));
    if open {
        icons::paint(ui.painter(), mark, Icon::Down, t.muted);
    } else {
        let line = Stroke::new(1.2, t.muted);
        let points = [(-2.0, -4.0), (2.0, 0.0), (-2.0, 4.0)].map(|(x, y)| centre + vec2(x, y));
        ui.painter().add(egui::Shape::line(points.to_vec(), line));
    }
}

/// A line of widgets in its place.
pub(super) fn in_row<R>(
    ui: &mut Ui,
    rect: Rect,
    align: Align,
    add: impl FnOnce(&mut Ui) -> R,
) -> R {
    let layout = match align {
        Align::Max => Layout::right_to_left(Align::Center),
        _ => Layout::left_to_right(Align::Center),
    };
    let salt = ui.next_auto_id();
    let builder = UiBuilder::new().max_rect(rect).layout(layout).id_salt(salt);
    ui.scope_builder(builder, add).inner
}

/// A small button of a message. It is there for the keyboard, and seen when it is of use.
pub(super) fn action(
    ui: &Ui,
    rect: Rect,
    id: (&str, &String),
    icon: Icon,
    name: &str,
    seen: bool,
) -> bool {
    let t = tokens::of(ui.ctx());
    let response = ui.interact(rect, Id::unique(("chat action", id)), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
    if seen || response.has_focus() {
        if response.hovered() {
            ui.painter().rect_filled(rect, radius::CONTROL, t.raised);
        }
        let ink = if response.hovered() { t.text } else { t.muted };
        icons::paint(ui.painter(), rect.shrink(6.5), icon, ink);
        marks::focus(ui, rect, radius::CONTROL, &response);
    }
    response.on_hover_text(name).clicked()
}

/// The links of a message.
pub(super) fn cards(
    ui: &Ui,
    scene: &Scene<'_>,
    top: f32,
    links: &[Link],
    right: bool,
    held: &mut Held<'_>,
    commands: &mut Vec<Command>,
) {
    let column = scene.column;
    let mut y = column.top() + top;
    for (n, link) in links.iter().take(MOST_CARDS).enumerate() {
        let width = column.width().min(360.0);
        let left = if right { column.right() - width } else { column.left() };
        let rect = Rect::from_min_size(pos2(left, y), vec2(width, CARD));
        if rect.intersects(ui.clip_rect()) {
            let id = Id::unique(("chat link", &scene.entry.id, n));
            card(ui, id, rect, link, held.pictures, commands);
        }
        y += CARD + space::S;
    }
}

/// A link with its title and its site's icon.
pub(super) fn card(
    ui: &Ui,
    id: Id,
    rect: Rect,
    link: &Link,
    pictures: &mut Pictures,
    commands: &mut Vec<Command>,
) {
    let t = tokens::of(ui.ctx());
    let response = ui.interact(rect, id, Sense::click());
    let title = link.title.as_deref().filter(|title| !title.trim().is_empty());
    response.widget_info(|| {
        let name = match title {
            Some(title) => format!("{title}, {}", link.host),
            None => link.host.clone(),
        };
        WidgetInfo::labeled(Role::Link, true, name)
    });
    let rect = rect.round_to_pixels(ui.pixels_per_point());
    let fill = if response.hovered() { t.raised } else { t.surface };
    ui.painter().rect_filled(rect, radius::CONTROL, fill);
    ui.painter().rect_stroke(rect, radius::CONTROL, Stroke::new(1.0, t.line), StrokeKind::Inside);
    marks::focus(ui, rect, radius::CONTROL, &response);
    let icon = Rect::from_center_size(pos2(rect.left() + 25.0, rect.center().y), vec2(20.0, 20.0));
    site(ui, icon, link, pictures);
    let left = rect.left() + 48.0;
    let room = rect.right() - space::M - left;
    let second = if title.is_some() { link.host.as_str() } else { &link.url };
    let first = one_line(ui, title.unwrap_or(&link.host), size::BODY, t.text, room);
    let second = one_line(ui, second, size::SMALL, t.muted, room);
    let top = rect.center().y - (first.size().y + second.size().y) / 2.0;
    let below = pos2(left, top + first.size().y);
    ui.painter().galley(pos2(left, top), first, t.text);
    ui.painter().galley(below, second, t.muted);
    if response.on_hover_cursor(CursorIcon::PointingHand).on_hover_text(&link.url).clicked() {
        commands.push(Command::OpenLink(link.url.clone()));
    }
}

/// A site's icon, or a globe.
pub(super) fn site(ui: &Ui, rect: Rect, link: &Link, pictures: &mut Pictures) {
    let t = tokens::of(ui.ctx());
    match link.icon.as_ref().and_then(|image| pictures.texture(ui.ctx(), image)) {
        Some(texture) => {
            let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
            ui.painter().image(texture, rect, whole, t.on_accent);
        }
        None => icons::paint(ui.painter(), rect.shrink(1.0), Icon::Globe, t.muted),
    }
}
