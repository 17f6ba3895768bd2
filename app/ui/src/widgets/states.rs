//! What a screen says when it has nothing else to show.

use super::{banner, secondary};
use crate::icons::{self, Icon};
use crate::tokens::{self, size, space};
use egui::{RichText, Sense, Ui, vec2};
use multiclaw_core::model::Problem;

/// What a screen says when it has nothing else to show.
pub(crate) fn empty_state(ui: &mut Ui, icon: Icon, title: &str, text: &str) {
    let t = tokens::of(ui.ctx());
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 64.0), Sense::hover());
    let tile = egui::Rect::from_center_size(rect.center(), vec2(40.0, 40.0));
    icons::paint(ui.painter(), tile, icon, t.muted);
    ui.vertical_centered(|ui| {
        ui.label(RichText::new(title).size(size::STRONG));
        ui.label(RichText::new(text).weak());
    });
}

/// While something is on its way.
pub(crate) fn loading_state(ui: &mut Ui, icon: Icon, title: &str) {
    ui.add_space(space::XL);
    empty_state(ui, icon, title, "This takes a moment.");
}

/// When something could not be loaded; whether to try again.
pub(crate) fn error_state(ui: &mut Ui, problem: &Problem) -> bool {
    banner(ui, problem);
    ui.add_space(space::S);
    secondary(ui, "Try again").clicked()
}
