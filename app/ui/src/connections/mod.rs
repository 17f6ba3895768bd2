//! What MultiClaw connects to, and what it has connected to.

mod inventory;
mod log;

use crate::tokens::space;
use crate::widgets::{page_header, segmented};
use egui::{Label, RichText, Ui};
use multiclaw_core::model::Connections;

/// State of the page.
#[derive(Default)]
pub(crate) struct View {
    inventory: bool,
    log: log::Log,
}

impl View {
    pub(crate) fn show(&mut self, ui: &mut Ui, connections: &Connections) {
        let subtitle = "Every connection of this app, and all that it may make.";
        page_header(ui, "Network", subtitle, |_| {});
        ui.add_space(space::XS);
        let names = ["Log", "What MultiClaw connects to"];
        if let Some(n) = segmented(ui, &names, usize::from(self.inventory)) {
            self.inventory = n == 1;
        }
        if !connections.proxy.is_empty() {
            ui.add(Label::new(RichText::new(&connections.proxy).weak().small()).wrap());
        }
        ui.add_space(space::XS);
        if self.inventory {
            inventory::show(ui, &connections.inventory);
        } else {
            self.log.show(ui, &connections.log);
        }
    }
}
