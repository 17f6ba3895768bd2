//! Text fields.

use crate::icons::{self, Icon};
use crate::tokens::{self, size, space};
use egui::{Margin, Response, RichText, TextEdit, Ui, WidgetInfo, accesskit::Role, pos2, vec2};

/// A field to search with.
pub(crate) fn search_field(ui: &mut Ui, text: &mut String, name: &str, width: f32) -> Response {
    let margin = Margin { left: 36, right: 12, top: 9, bottom: 9 };
    let field = TextEdit::singleline(text).hint_text(name).margin(margin).desired_width(width);
    let response = ui.add(field);
    response.widget_info(|| WidgetInfo::labeled(Role::TextInput, ui.is_enabled(), name));
    let at = pos2(response.rect.min.x + 20.0, response.rect.center().y);
    let tile = egui::Rect::from_center_size(at, vec2(size::ICON - 1.0, size::ICON - 1.0));
    icons::paint(ui.painter(), tile, Icon::Search, tokens::of(ui.ctx()).muted);
    response
}

/// A field with its name above it, as wide as there is room.
pub(crate) fn field(ui: &mut Ui, name: &str, text: &mut String, hint: &str) -> Response {
    named(ui, name, TextEdit::singleline(text).hint_text(hint))
}

/// The same for a secret.
pub(crate) fn secret_field(
    ui: &mut Ui,
    name: &str,
    text: &mut String,
    hint: &str,
    reveal: bool,
) -> Response {
    named(ui, name, TextEdit::singleline(text).hint_text(hint).password(!reveal))
}

fn named(ui: &mut Ui, name: &str, field: TextEdit<'_>) -> Response {
    let gap = std::mem::replace(&mut ui.spacing_mut().item_spacing.y, space::XS);
    let label = ui.label(RichText::new(name).small().weak());
    let width = ui.available_width();
    let field = field.desired_width(width).margin(Margin::symmetric(12, 9));
    let response = ui.add(field).labelled_by(label.id);
    ui.spacing_mut().item_spacing.y = gap;
    response
}
