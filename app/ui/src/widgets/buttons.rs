//! Buttons.

use crate::icons::{self, Icon};
use crate::tokens::{self, radius, size, space};
use egui::{
    Button, Color32, CornerRadius, Rect, Response, RichText, Sense, Stroke, StrokeKind, Ui,
    WidgetInfo, accesskit::Role, vec2,
};

/// The button of a screen.
pub(crate) fn primary(ui: &mut Ui, text: &str, enabled: bool, width: f32) -> Response {
    let t = tokens::of(ui.ctx());
    filled(ui, text, enabled, width, t.accent, t.accent_hover, t.on_accent)
}

fn filled(
    ui: &mut Ui,
    text: &str,
    enabled: bool,
    width: f32,
    fill: Color32,
    hover: Color32,
    ink: Color32,
) -> Response {
    let t = tokens::of(ui.ctx());
    let response = ui.scope(|ui| {
        let w = &mut ui.visuals_mut().widgets;
        for (visuals, fill) in [
            (&mut w.inactive, if enabled { fill } else { t.raised }),
            (&mut w.hovered, hover),
            (&mut w.active, hover),
        ] {
            visuals.weak_bg_fill = fill;
            visuals.bg_stroke = Stroke::NONE;
        }
        w.noninteractive.weak_bg_fill = t.raised;
        let text = RichText::new(text).color(if enabled { ink } else { t.muted });
        let size = vec2(width, size::CONTROL + 2.0);
        ui.add_enabled_ui(enabled, |ui| ui.add_sized(size, Button::new(text))).inner
    });
    focus_ring(ui, response.inner.rect.expand(2.0), &response.inner);
    response.inner
}

/// Another button.
pub(crate) fn secondary(ui: &mut Ui, text: &str) -> Response {
    let response = ui.add(Button::new(text).min_size(vec2(0.0, size::CONTROL)));
    focus_ring(ui, response.rect, &response);
    response
}

/// A text that acts, in the accent's colour.
pub(crate) fn quiet(ui: &mut Ui, text: &str) -> Response {
    let t = tokens::of(ui.ctx());
    let text = RichText::new(text).color(t.accent_hover);
    let response = ui.add(Button::new(text).frame(false));
    focus_ring(ui, response.rect.expand(2.0), &response);
    response
}

/// A square button with an icon, a name for a screen reader and a tooltip.
pub(crate) fn icon_button(ui: &mut Ui, icon: Icon, name: &str, selected: bool) -> Response {
    let t = tokens::of(ui.ctx());
    let side = size::CONTROL - 4.0;
    let (rect, response) = ui.allocate_exact_size(vec2(side, side), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Button, ui.is_enabled(), selected, name));
    let fill = match (selected, response.hovered()) {
        (true, _) => t.accent,
        (false, true) => t.raised,
        (false, false) => t.surface,
    };
    ui.painter().rect_filled(rect, CornerRadius::same(radius::CONTROL), fill);
    focus_ring(ui, rect, &response);
    let colour = if selected { t.on_accent } else { t.text };
    icons::paint(ui.painter(), icon_rect(rect), icon, colour);
    response.on_hover_text(name)
}

/// A button with an icon and a text.
pub(crate) fn icon_text(ui: &mut Ui, icon: Icon, text: &str, enabled: bool) -> Response {
    let t = tokens::of(ui.ctx());
    let response = ui
        .add_enabled_ui(enabled, |ui| {
            let ink = if enabled { t.text } else { t.muted };
            let galley = ui.painter().layout_no_wrap(
                text.to_owned(),
                egui::FontId::proportional(size::BODY),
                ink,
            );
            let width = galley.size().x + size::ICON + space::S + 2.0 * space::M;
            let sense = if enabled { Sense::click() } else { Sense::hover() };
            let (rect, response) = ui.allocate_exact_size(vec2(width, size::CONTROL), sense);
            response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, text));
            let fill = if response.hovered() && enabled { t.line } else { t.raised };
            ui.painter().rect_filled(rect, CornerRadius::same(radius::CONTROL), fill);
            let at = egui::pos2(rect.min.x + space::M + size::ICON / 2.0, rect.center().y);
            let tile = Rect::from_center_size(at, vec2(size::ICON, size::ICON));
            icons::paint(ui.painter(), tile, icon, ink);
            let text = egui::pos2(tile.max.x + space::S, rect.center().y - galley.size().y / 2.0);
            ui.painter().galley(text, galley, ink);
            response
        })
        .inner;
    focus_ring(ui, response.rect, &response);
    response
}

/// Where an icon goes in a button.
pub(crate) fn icon_rect(rect: Rect) -> Rect {
    Rect::from_center_size(rect.center(), vec2(size::ICON, size::ICON))
}

/// Shows where the keyboard is.
pub(crate) fn focus_ring(ui: &Ui, rect: Rect, response: &Response) {
    if response.has_focus() {
        let line = Stroke::new(2.0, tokens::of(ui.ctx()).accent);
        ui.painter().rect_stroke(rect, radius::CONTROL, line, StrokeKind::Inside);
    }
}
