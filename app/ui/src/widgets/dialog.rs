//! Dialogs: above everything, and the keyboard stays inside.

use super::{danger, icon_button, primary, secondary};
use crate::icons::Icon;
use crate::tokens::{self, radius, size, space};
use egui::{
    Align, Context, Frame, Id, Layout, Margin, Modal, RichText, ScrollArea, Sense, Stroke, Ui,
    UiBuilder, WidgetInfo, accesskit::Role, vec2,
};

/// Shows a dialog of at most `width` points, and whether it asks to be closed: Escape, a click
/// beside it, or its cross.
pub(crate) fn dialog<R>(
    ctx: &Context,
    id: &str,
    title: &str,
    width: f32,
    add: impl FnOnce(&mut Ui) -> R,
) -> (R, bool) {
    let t = tokens::of(ctx);
    let room = ctx.content_rect().size() - vec2(2.0, 2.0) * space::L;
    let frame = Frame::new()
        .fill(t.surface)
        .stroke(Stroke::new(1.0, t.line))
        .corner_radius(radius::CARD)
        .shadow(egui::Shadow { offset: [0, 10], blur: 36, spread: 0, color: t.shadow })
        .inner_margin(Margin::same(24));
    let modal = Modal::new(Id::unique(("dialog", id))).frame(frame).backdrop_color(t.dim);
    let shown = modal.show(ctx, |ui| {
        ui.set_width(width.min(room.x - 48.0));
        let closed = head(ui, title);
        ui.add_space(space::S);
        let height = (room.y - 48.0 - size::CONTROL - space::M).max(120.0);
        let area = ScrollArea::vertical().id_salt(id).auto_shrink([false, true]);
        // Focus rings reach over the edge of what they surround.
        let inner = area
            .max_height(height)
            .show(ui, |ui| Frame::new().inner_margin(Margin::same(2)).show(ui, add).inner);
        (inner.inner, closed)
    });
    let name = title.to_owned();
    shown.response.widget_info(|| WidgetInfo::labeled(Role::Dialog, true, &name));
    let outside = shown.should_close();
    let (inner, closed) = shown.inner;
    (inner, closed || outside)
}

fn head(ui: &mut Ui, title: &str) -> bool {
    ui.horizontal(|ui| {
        ui.label(RichText::new(title).size(size::STRONG));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            icon_button(ui, Icon::Close, "Close", false).clicked()
        })
        .inner
    })
    .inner
}

/// A row of buttons at the end of a dialog; the first one added is rightmost.
pub(crate) fn buttons<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> R {
    ui.add_space(space::M);
    let size = vec2(ui.available_width(), size::CONTROL + 6.0);
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let layout = Layout::right_to_left(Align::Center);
    add(&mut ui.new_child(UiBuilder::new().max_rect(rect).layout(layout)))
}

/// What a question was answered with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// Not yet.
    Open,
    /// Yes.
    Yes,
    /// No, or the dialog was closed.
    No,
}

/// A question before something that cannot be taken back. `yes` names the act.
pub(crate) fn confirm(ctx: &Context, id: &str, title: &str, text: &str, yes: &str) -> Answer {
    ask(ctx, id, title, text, yes, true)
}

/// A question before something that can be.
pub(crate) fn ask(
    ctx: &Context,
    id: &str,
    title: &str,
    text: &str,
    yes: &str,
    destroys: bool,
) -> Answer {
    let (answer, closed) = dialog(ctx, id, title, 420.0, |ui| {
        ui.label(RichText::new(text).weak());
        buttons(ui, |ui| {
            let button = if destroys { danger } else { primary };
            let width = 24.0 + 8.2 * f32::from(u8::try_from(yes.chars().count()).unwrap_or(30));
            let sure = button(ui, yes, true, width.max(96.0));
            let no = secondary(ui, "Cancel");
            // Enter must not destroy anything by accident.
            if ui.memory(|m| m.focused()).is_none() {
                no.request_focus();
            }
            match (sure.clicked(), no.clicked()) {
                (true, _) => Answer::Yes,
                (_, true) => Answer::No,
                _ => Answer::Open,
            }
        })
    });
    if closed && answer == Answer::Open { Answer::No } else { answer }
}
