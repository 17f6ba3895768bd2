//! What a screen says when it has nothing else to show.

use super::{banner, secondary};
use crate::icons::{self, Icon};
use crate::tokens::{self, size, space};
use egui::{Label, RichText, Sense, Ui, vec2};
use multiclaw_core::model::Problem;
use multiclaw_core::tr;

/// What a screen says when it has nothing else to show.
pub(crate) fn empty_state(ui: &mut Ui, icon: Icon, title: &str, text: &str) {
    let t = tokens::of(ui.ctx());
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 60.0), Sense::hover());
    ui.painter().circle_filled(rect.center(), 28.0, t.raised);
    let tile = egui::Rect::from_center_size(rect.center(), vec2(24.0, 24.0));
    icons::paint(ui.painter(), tile, icon, t.muted);
    ui.add_space(space::XS);
    ui.vertical_centered(|ui| {
        ui.set_max_width(420.0_f32.min(ui.available_width()));
        ui.add(Label::new(RichText::new(title).size(size::STRONG)).wrap());
        if !text.is_empty() {
            ui.add(Label::new(RichText::new(text).weak()).wrap());
        }
    });
}

/// While something is on its way.
pub(crate) fn loading_state(ui: &mut Ui, icon: Icon, title: &str) {
    ui.add_space(space::XL);
    empty_state(ui, icon, title, tr!("shell-moment"));
}

/// When something could not be loaded; whether to try again.
pub(crate) fn error_state(ui: &mut Ui, problem: &Problem) -> bool {
    banner(ui, problem);
    ui.add_space(space::S);
    secondary(ui, tr!("shell-try-again")).clicked()
}
