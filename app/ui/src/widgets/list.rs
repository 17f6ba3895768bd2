//! Heads of pages, rows of lists, heads of tables, items of menus.

use super::focus_ring;
use crate::icons::{self, Icon};
use crate::tokens::{self, radius, size, space};
use egui::{
    Align, Align2, FontId, Label, Layout, Rect, Response, RichText, Sense, Ui, UiBuilder,
    WidgetInfo, accesskit::Role, pos2, vec2,
};

/// Title and subtitle of a page; `actions` are laid out from the right.
pub(crate) fn page_header<R>(
    ui: &mut Ui,
    title: &str,
    subtitle: &str,
    actions: impl FnOnce(&mut Ui) -> R,
) -> R {
    let height = if subtitle.is_empty() { 36.0 } else { 52.0 };
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    let layout = Layout::right_to_left(Align::Center);
    let mut right = ui.new_child(UiBuilder::new().max_rect(rect).layout(layout));
    let inner = actions(&mut right);
    let edge = if right.min_rect().width() > 0.0 { right.min_rect().min.x } else { rect.max.x };
    let left = Rect::from_min_max(rect.min, pos2(edge - space::M, rect.max.y));
    let layout = Layout::top_down(Align::Min);
    let mut left = ui.new_child(UiBuilder::new().max_rect(left).layout(layout));
    left.spacing_mut().item_spacing.y = 2.0;
    let head = left.add(Label::new(RichText::new(title).size(size::TITLE)).truncate());
    head.widget_info(|| WidgetInfo::labeled(Role::Heading, true, title));
    if !subtitle.is_empty() {
        left.add(Label::new(RichText::new(subtitle).weak()).truncate());
    }
    inner
}

/// An item of a menu: icon, text, and at the right a tick or a shortcut.
pub(crate) fn menu_item(
    ui: &mut Ui,
    icon: Option<Icon>,
    text: &str,
    ticked: bool,
    shortcut: &str,
) -> Response {
    let t = tokens::of(ui.ctx());
    let enabled = ui.is_enabled();
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 34.0), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::MenuItem, enabled, ticked, text));
    if (response.hovered() || response.has_focus()) && enabled {
        ui.painter().rect_filled(rect, radius::CONTROL, t.raised);
    }
    focus_ring(ui, rect, &response);
    let ink = if enabled { t.text } else { t.muted };
    let mut x = rect.min.x + 10.0;
    if let Some(icon) = icon {
        let at = pos2(x + size::ICON / 2.0, rect.center().y);
        let tile = Rect::from_center_size(at, vec2(size::ICON, size::ICON));
        icons::paint(ui.painter(), tile, icon, t.muted);
        x += size::ICON + 10.0;
    }
    let mut edge = rect.max.x - 10.0;
    if ticked {
        let tile = Rect::from_center_size(pos2(edge - 7.0, rect.center().y), vec2(14.0, 14.0));
        icons::paint(ui.painter(), tile, Icon::Check, t.accent_hover);
        edge -= 22.0;
    } else if !shortcut.is_empty() {
        let font = FontId::proportional(size::SMALL);
        let at = pos2(edge, rect.center().y);
        let used = ui.painter().text(at, Align2::RIGHT_CENTER, shortcut, font, t.muted);
        edge = used.min.x - space::S;
    }
    line(
        ui,
        text,
        FontId::proportional(size::BODY),
        ink,
        Rect::from_x_y_ranges(x..=edge, rect.y_range()),
    );
    response
}

/// One line of text, cut where the room ends, in the middle of the height.
pub(crate) fn line(ui: &Ui, text: &str, font: FontId, ink: egui::Color32, room: Rect) {
    let mut job = egui::text::LayoutJob::simple_singleline(text.to_owned(), font, ink);
    job.wrap = egui::text::TextWrapping::truncate_at_width(room.width().max(1.0));
    let galley = ui.fonts_mut(|f| f.layout_job(job));
    let at = pos2(room.min.x, room.center().y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, ink);
}

/// A column of a table: its name, and its part of the width. Parts below 1 share what fixed
/// columns leave; from 1 on it is a width in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Column {
    pub name: &'static str,
    pub width: f32,
}

/// The columns' places in `rect`.
pub(crate) fn columns(rect: Rect, columns: &[Column]) -> Vec<Rect> {
    let gaps = space::M * f32::from(u8::try_from(columns.len().saturating_sub(1)).unwrap_or(0));
    let fixed: f32 = columns.iter().map(|c| c.width).filter(|w| *w >= 1.0).sum();
    let shares: f32 = columns.iter().map(|c| c.width).filter(|w| *w < 1.0).sum();
    let free = (rect.width() - gaps - fixed).max(0.0);
    let mut x = rect.min.x;
    let place = |column: &Column| {
        let width =
            if column.width >= 1.0 { column.width } else { free * column.width / shares.max(0.01) };
        let place = Rect::from_x_y_ranges(x..=x + width, rect.y_range());
        x += width + space::M;
        place
    };
    columns.iter().map(place).collect()
}

/// The names of the columns, and a line below.
pub(crate) fn table_header(ui: &mut Ui, of: &[Column]) {
    let t = tokens::of(ui.ctx());
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 30.0), Sense::hover());
    let inner = rect.shrink2(vec2(space::M, 0.0));
    for (column, place) in of.iter().zip(columns(inner, of)) {
        let response =
            ui.interact(place, ui.scope_id().with(("column", column.name)), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::ColumnHeader, true, column.name));
        line(ui, column.name, FontId::proportional(size::SMALL), t.muted, place);
    }
    ui.painter().hline(rect.x_range(), rect.max.y, egui::Stroke::new(1.0, t.line));
}
