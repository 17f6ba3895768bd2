//! Conversations, on this machine and in the workspace.

use egui::Ui;
use multiclaw_core::Command;
use multiclaw_core::model::{Model, Person};

/// State of the screen.
#[derive(Default)]
pub(crate) struct View;

impl View {
    /// `person` is `None` while somebody works without an account.
    pub(crate) fn show(
        &mut self,
        ui: &mut Ui,
        _person: Option<&Person>,
        _model: &Model,
        _commands: &mut Vec<Command>,
    ) {
        ui.label("Conversations");
    }
}
