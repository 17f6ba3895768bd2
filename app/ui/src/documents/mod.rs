//! SOPs and skills of the workspace.

use egui::Ui;
use multiclaw_core::Command;
use multiclaw_core::model::{Model, Person};

/// State of the screen.
#[derive(Default)]
pub(crate) struct View;

impl View {
    pub(crate) fn show(
        &mut self,
        ui: &mut Ui,
        _person: &Person,
        _model: &Model,
        _commands: &mut Vec<Command>,
    ) {
        ui.label("SOPs and skills");
    }
}
