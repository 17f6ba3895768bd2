//! What went wrong, and notices.

use super::{floating, icon_button};
use crate::icons::Icon;
use crate::sentence;
use crate::tokens::{self, radius, size, space};
use egui::{
    Align2, Area, Context, Frame, Id, Margin, Order, RichText, Ui, WidgetInfo, accesskit::Role,
    vec2,
};
use multiclaw_core::model::Problem;
use multiclaw_core::tr;

/// What happened and what to do next, in a box.
pub(crate) fn banner(ui: &mut Ui, problem: &Problem) {
    let t = tokens::of(ui.ctx());
    let shown = Frame::new()
        .fill(t.bad_surface)
        .corner_radius(radius::CONTROL)
        .inner_margin(Margin::symmetric(14, 11))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = space::XS;
            ui.label(RichText::new(&problem.what).color(t.bad));
            if !problem.next.is_empty() {
                ui.label(RichText::new(&problem.next).color(t.text).size(size::SMALL));
            }
        });
    let text = sentence(problem);
    shown.response.widget_info(|| WidgetInfo::labeled(Role::Alert, true, &text));
}

/// A notice at the bottom; whether it was dismissed.
pub(crate) fn toast(ctx: &Context, problem: &Problem) -> bool {
    Area::new(Id::unique("notice"))
        .order(Order::Tooltip)
        .anchor(Align2::CENTER_BOTTOM, vec2(0.0, -space::L))
        .show(ctx, |ui| {
            let frame = floating(ui).inner_margin(Margin::symmetric(16, 12));
            frame
                .show(ui, |ui| {
                    ui.set_max_width(460.0);
                    let dismissed = ui.horizontal_top(|ui| {
                        ui.vertical(|ui| {
                            ui.set_max_width(390.0);
                            ui.label(&problem.what);
                            if !problem.next.is_empty() {
                                ui.label(RichText::new(&problem.next).weak().size(size::SMALL));
                            }
                        });
                        icon_button(ui, Icon::Close, tr!("shell-dismiss"), false).clicked()
                    });
                    dismissed.inner
                })
                .inner
        })
        .inner
}
