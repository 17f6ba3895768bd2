//! What came of writing a conversation into a file.

use crate::icons::Icon;
use crate::tokens::{self, size, space};
use crate::widgets::{floating, icon_button};
use egui::{
    Align2, Area, Id, Label, Margin, Order, Rect, RichText, Ui, WidgetInfo, accesskit::Role, pos2,
};
use multiclaw_core::Command;
use multiclaw_core::model::Export;
use multiclaw_core::tr;

pub(super) fn show(ui: &Ui, room: Rect, export: Option<&Export>, commands: &mut Vec<Command>) {
    let (title, text, bad) = match export {
        None => return,
        Some(Export::Busy(0)) => (tr!("chat-exporting").to_owned(), String::new(), false),
        Some(Export::Busy(n)) => {
            (tr!("chat-exporting").to_owned(), tr!("chat-export-so-far", count = *n), false)
        }
        Some(Export::Done(name)) => {
            (tr!("chat-exported", file = name.as_str()), String::new(), false)
        }
        Some(Export::Failed(problem)) => (problem.what.clone(), problem.next.clone(), true),
    };
    let busy = matches!(export, Some(Export::Busy(_)));
    let at = pos2(room.right() - space::L, room.top() + 92.0);
    let area = Area::new(Id::unique("chat export"))
        .order(Order::Middle)
        .pivot(Align2::RIGHT_TOP)
        .fixed_pos(at)
        .constrain_to(room);
    area.show(ui.ctx(), |ui| {
        let t = tokens::of(ui.ctx());
        floating(ui).inner_margin(Margin::symmetric(16, 10)).show(ui, |ui| {
            ui.set_max_width(340.0_f32.min(room.width() - 2.0 * space::L));
            ui.horizontal(|ui| {
                let ink = if bad { t.bad } else { t.text };
                let role = if bad { Role::Alert } else { Role::Status };
                let head = |ui: &mut Ui| {
                    let label = ui.add(Label::new(RichText::new(&title).color(ink)).wrap());
                    label.widget_info(|| WidgetInfo::labeled(role, true, &title));
                };
                if text.is_empty() {
                    head(ui);
                } else {
                    ui.vertical(|ui| {
                        ui.set_max_width(ui.available_width() - 44.0);
                        head(ui);
                        ui.label(RichText::new(&text).size(size::SMALL).color(t.muted));
                    });
                }
                if !busy && icon_button(ui, Icon::Close, tr!("chat-close"), false).clicked() {
                    commands.push(Command::ForgetExport);
                }
            });
        });
    });
}
