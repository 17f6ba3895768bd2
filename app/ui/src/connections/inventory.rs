//! All kinds of connections there are.

use crate::icons::Icon;
use crate::tokens::{size, space};
use crate::widgets::{Tone, badge, card, empty_state};
use egui::{Align, Label, Layout, RichText, ScrollArea, Ui, WidgetInfo, accesskit::Role};
use multiclaw_core::model::InventoryRow;
use multiclaw_core::tr;

pub(super) fn show(ui: &mut Ui, rows: &[InventoryRow]) {
    if rows.is_empty() {
        ui.add_space(space::XL);
        let text = tr!("connections-takes-a-moment");
        empty_state(ui, Icon::Globe, tr!("connections-loading"), text);
        return;
    }
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        for row in rows {
            one(ui, row);
        }
        ui.add_space(space::L);
    });
}

fn one(ui: &mut Ui, row: &InventoryRow) {
    let shown = card(ui, 16).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = space::XS;
        ui.spacing_mut().interact_size.y = 22.0;
        ui.horizontal(|ui| {
            let name = RichText::new(&row.name).size(size::BODY + 1.0);
            ui.label(if row.off { name.weak() } else { name });
            badge(ui, &row.protocol, Tone::Neutral);
            if row.off {
                badge(ui, tr!("connections-switched-off"), Tone::Warning);
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let never = tr!("connections-never");
                let last = if row.last.is_empty() { never } else { row.last.as_str() };
                ui.label(RichText::new(last).weak().small());
                ui.label(RichText::new(tr!("connections-last")).weak().small());
            });
        });
        ui.add(Label::new(RichText::new(&row.hosts).monospace().weak()).wrap());
        ui.add_space(2.0);
        for (name, text) in [
            (tr!("connections-when"), &row.when),
            (tr!("connections-sends"), &row.sends),
            (tr!("connections-if-blocked"), &row.blocked),
        ] {
            ui.horizontal_top(|ui| {
                ui.allocate_ui(egui::vec2(70.0, 0.0), |ui| {
                    ui.set_width(70.0);
                    ui.label(RichText::new(name).size(size::SMALL + 0.5).weak());
                });
                let text = RichText::new(text).size(size::SMALL + 0.5);
                ui.add(Label::new(if row.off { text.weak() } else { text }).wrap());
            });
        }
    });
    let name = format!("{}: {}", row.name, row.hosts);
    shown.response.widget_info(|| WidgetInfo::labeled(Role::Group, true, &name));
}
