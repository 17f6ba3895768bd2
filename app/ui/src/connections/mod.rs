//! What MultiClaw connects to, and what it has connected to.

mod inventory;
mod log;

use crate::tokens::space;
use crate::widgets::{page_header, segmented};
use egui::{Label, RichText, Ui};
use multiclaw_core::model::Connections;
use multiclaw_core::tr;

/// State of the page.
#[derive(Default)]
pub(crate) struct View {
    inventory: bool,
    log: log::Log,
}

impl View {
    pub(crate) fn show(&mut self, ui: &mut Ui, connections: &Connections) {
        page_header(ui, tr!("connections-title"), tr!("connections-subtitle"), |_| {});
        ui.add_space(space::XS);
        let names = [tr!("connections-tab-log"), tr!("connections-tab-inventory")];
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
