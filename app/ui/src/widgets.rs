//! Widgets that several screens share.

use crate::icons::{self, Icon};
use crate::sentence;
use crate::tokens::{self, radius, size, space};
use egui::{
    Align, Align2, Area, Button, Context, CornerRadius, Frame, Id, Layout, Margin, Order, Response,
    RichText, Sense, Shadow, Stroke, Ui, UiBuilder, WidgetInfo, accesskit::Role, vec2,
};
use multiclaw_core::model::Problem;

/// The button of a screen.
pub(crate) fn primary(ui: &mut Ui, text: &str, enabled: bool, width: f32) -> Response {
    let t = tokens::of(ui.ctx());
    ui.scope(|ui| {
        let w = &mut ui.visuals_mut().widgets;
        for (visuals, fill) in [
            (&mut w.inactive, if enabled { t.accent } else { t.raised }),
            (&mut w.hovered, t.accent_hover),
            (&mut w.active, t.accent_hover),
        ] {
            visuals.weak_bg_fill = fill;
            visuals.bg_stroke = Stroke::NONE;
        }
        w.noninteractive.weak_bg_fill = t.raised;
        let text = RichText::new(text).color(if enabled { t.on_accent } else { t.muted });
        let size = vec2(width, size::CONTROL + 2.0);
        ui.add_enabled_ui(enabled, |ui| ui.add_sized(size, Button::new(text))).inner
    })
    .inner
}

/// Another button.
pub(crate) fn secondary(ui: &mut Ui, text: &str) -> Response {
    ui.add(Button::new(text).min_size(vec2(0.0, size::CONTROL)))
}

/// A square button with an icon, a name for a screen reader and a tooltip.
pub(crate) fn icon_button(ui: &mut Ui, icon: Icon, name: &str, selected: bool) -> Response {
    let t = tokens::of(ui.ctx());
    let side = size::CONTROL - 4.0;
    let (rect, response) = ui.allocate_exact_size(vec2(side, side), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Button, ui.is_enabled(), selected, name));
    let fill = match (selected, response.hovered()) {
        (true, _) => t.accent,
        (false, true) => t.raised,
        (false, false) => t.surface,
    };
    ui.painter().rect_filled(rect, CornerRadius::same(radius::CONTROL), fill);
    if response.has_focus() {
        let focus = Stroke::new(2.0, t.accent);
        ui.painter().rect_stroke(rect, radius::CONTROL, focus, egui::StrokeKind::Inside);
    }
    let colour = if selected { t.on_accent } else { t.text };
    let inner = egui::Rect::from_center_size(rect.center(), vec2(size::ICON, size::ICON));
    icons::paint(ui.painter(), inner, icon, colour);
    response.on_hover_text(name)
}

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

/// A frame that floats above the picture.
pub(crate) fn floating(ui: &Ui) -> Frame {
    let t = tokens::of(ui.ctx());
    Frame::new()
        .fill(t.surface)
        .stroke(Stroke::new(1.0, t.line))
        .corner_radius(radius::CARD)
        .shadow(Shadow { offset: [0, 6], blur: 20, spread: 0, color: t.shadow })
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
                        icon_button(ui, Icon::Close, "Dismiss", false).clicked()
                    });
                    dismissed.inner
                })
                .inner
        })
        .inner
}

/// A column of this width in the middle of the screen.
pub(crate) fn centred<R>(
    ui: &mut Ui,
    width: f32,
    height: f32,
    add: impl FnOnce(&mut Ui) -> R,
) -> R {
    let room = ui.max_rect();
    let width = width.min(room.width() - 2.0 * space::L);
    let top = ((room.height() - height) * 0.42).max(space::L);
    let at = room.min + vec2((room.width() - width) / 2.0, top);
    let rect = egui::Rect::from_min_size(at, vec2(width, room.max.y - at.y));
    let layout = Layout::top_down(Align::Min);
    ui.scope_builder(UiBuilder::new().max_rect(rect).layout(layout), add).inner
}

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
