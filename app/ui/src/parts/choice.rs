//! Choosing one of a few, or one of a menu.

use super::button::{Act, focus_ring};
use super::paint::{elided, line};
use crate::icons::{self, Icon};
use crate::tokens::{self, radius, size, space};
use egui::{
    Align, FontId, Popup, Rect, RectAlign, Response, ScrollArea, Sense, Stroke, StrokeKind, Ui,
    WidgetInfo, accesskit::Role, vec2,
};

/// One of a few.
pub(crate) struct Segment<'a> {
    /// What it says.
    pub(crate) text: &'a str,
    /// How many there are of it.
    pub(crate) count: Option<usize>,
}

/// A row of choices of which one is taken; the one that was clicked. `role` is `RadioButton` for
/// a form and `Tab` for a screen.
pub(crate) fn segments(
    ui: &mut Ui,
    role: Role,
    all: &[Segment<'_>],
    current: usize,
) -> Option<usize> {
    let t = tokens::of(ui.ctx());
    let mut clicked = None;
    // The ground is painted below what is measured after it.
    let ground = ui.painter().add(egui::Shape::Noop);
    let row = ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        for (n, segment) in all.iter().enumerate() {
            let response = one(ui, role, segment, n == current);
            if response.clicked() {
                clicked = Some(n);
            }
        }
    });
    let rect = row.response.rect;
    ui.painter().set(ground, egui::Shape::rect_filled(rect, radius::CONTROL, t.raised));
    clicked
}

fn one(ui: &mut Ui, role: Role, segment: &Segment<'_>, selected: bool) -> Response {
    let t = tokens::of(ui.ctx());
    let font = || FontId::proportional(size::BODY - 0.5);
    let text = elided(ui, segment.text, font(), 200.0);
    let count =
        segment.count.map(|n| elided(ui, &n.to_string(), FontId::proportional(size::SMALL), 80.0));
    let beside = count.as_ref().map_or(0.0, |g| g.size().x + 6.0);
    let wanted = vec2(text.size().x + beside + 2.0 * space::M, size::CONTROL - 2.0);
    let (rect, response) = ui.allocate_exact_size(wanted, Sense::click());
    let name = match segment.count {
        Some(n) => format!("{}, {n}", segment.text),
        None => segment.text.to_owned(),
    };
    response.widget_info(|| WidgetInfo::selected(role, ui.is_enabled(), selected, &name));
    let inner = rect.shrink(3.0);
    if selected {
        ui.painter().rect_filled(inner, radius::CONTROL - 2, t.surface);
        let edge = Stroke::new(1.0, t.line);
        ui.painter().rect_stroke(inner, radius::CONTROL - 2, edge, StrokeKind::Inside);
    }
    if response.has_focus() {
        focus_ring(ui, inner.shrink(1.0));
    }
    let ink = if selected || response.hovered() { t.text } else { t.muted };
    let at = egui::pos2(rect.min.x + space::M, rect.center().y - text.size().y / 2.0);
    let x = at.x + text.size().x + 6.0;
    ui.painter().galley(at, text, ink);
    if let Some(count) = count {
        let y = rect.center().y - count.size().y / 2.0;
        ui.painter().galley(egui::pos2(x, y), count, t.muted);
    }
    response
}

/// A button with the present choice that opens a menu. `name` is what is chosen, for a screen
/// reader.
pub(crate) fn drop_down(
    ui: &mut Ui,
    name: &str,
    text: &str,
    width: f32,
    blocked: Option<&str>,
    add: impl FnOnce(&mut Ui),
) {
    let button = Act::plain(text).name(name).menu().width(width).blocked(blocked).show(ui);
    Popup::menu(&button)
        .align(RectAlign::BOTTOM_START)
        .gap(4.0)
        .width(width.max(200.0))
        .accessible_name(name)
        .show(|ui| {
            ui.set_min_width(width.max(200.0) - 12.0);
            ui.spacing_mut().item_spacing.y = 2.0;
            ScrollArea::vertical().max_height(300.0).show(ui, add);
        });
}

/// A line of a menu; whether it was chosen.
pub(crate) fn item(ui: &mut Ui, text: &str, selected: bool) -> bool {
    let t = tokens::of(ui.ctx());
    let wanted = vec2(ui.available_width(), 32.0);
    let (rect, response) = ui.allocate_exact_size(wanted, Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::MenuItem, true, selected, text));
    if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect, radius::CONTROL, t.raised);
    }
    if response.has_focus() {
        focus_ring(ui, rect.shrink(2.0));
    }
    let mut inner = rect.shrink2(vec2(10.0, 0.0));
    inner.max.x -= 24.0;
    line(ui, inner, text, size::BODY, t.text, Align::Min);
    if selected {
        let at = egui::pos2(rect.max.x - 16.0, rect.center().y);
        let side = Rect::from_center_size(at, vec2(12.0, 12.0));
        icons::paint(ui.painter(), side, Icon::Check, t.accent_hover);
    }
    if response.clicked() {
        ui.close();
        return true;
    }
    false
}
