//! Buttons of this screen.

use crate::icons::{self, Icon};
use crate::tokens::{self, radius, size};
use egui::{
    CornerRadius, Rect, Response, Sense, Stroke, StrokeKind, Ui, WidgetInfo, accesskit::Role, vec2,
};

/// A square button with an icon, a name for a screen reader and a tooltip.
pub(crate) fn button(ui: &mut Ui, icon: Icon, name: &str, tip: &str) -> Response {
    let side = size::CONTROL - 4.0;
    let (rect, response) = ui.allocate_exact_size(vec2(side, side), Sense::click());
    square(ui, rect, &response, icon, name);
    response.on_hover_text(tip)
}

/// The same, where it is to be.
pub(crate) fn square(ui: &Ui, rect: Rect, response: &Response, icon: Icon, name: &str) {
    let t = tokens::of(ui.ctx());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), name));
    if response.hovered() {
        ui.painter().rect_filled(rect, CornerRadius::same(radius::CONTROL), t.raised);
    }
    focus(ui, rect, radius::CONTROL, response);
    let colour = if response.hovered() { t.text } else { t.muted };
    let inner = Rect::from_center_size(rect.center(), vec2(size::ICON, size::ICON));
    icons::paint(ui.painter(), inner, icon, colour);
}

/// Shows where the keyboard is.
pub(crate) fn focus(ui: &Ui, rect: Rect, corner: u8, response: &Response) {
    if response.has_focus() {
        let line = Stroke::new(2.0, tokens::of(ui.ctx()).accent);
        ui.painter().rect_stroke(rect, corner, line, StrokeKind::Inside);
    }
}

/// The keys that belong to a field for one line. Without Escape among them egui would take the
/// focus away before the field hears of it.
pub(crate) fn field_filter() -> egui::EventFilter {
    egui::EventFilter { horizontal_arrows: true, vertical_arrows: true, tab: false, escape: true }
}

/// A button of a few words in a line of text.
pub(crate) fn quiet(ui: &mut Ui, text: &str) -> Response {
    let t = tokens::of(ui.ctx());
    let text = egui::RichText::new(text).small().color(t.accent_hover);
    let tall = std::mem::replace(&mut ui.spacing_mut().interact_size.y, 24.0);
    let padding = std::mem::replace(&mut ui.spacing_mut().button_padding, vec2(6.0, 2.0));
    let response = ui.add(egui::Button::new(text).frame_when_inactive(false));
    ui.spacing_mut().interact_size.y = tall;
    ui.spacing_mut().button_padding = padding;
    response
}
