//! Dialogs above a screen.

use super::button::{Act, tool};
use crate::icons::Icon;
use crate::tokens::{self, radius, size, space};
use egui::{
    Align, Context, Frame, Id, Key, LayerId, Layout, Margin, Modal, Modifiers, Order, RichText,
    ScrollArea, Shadow, Stroke, Ui, UiBuilder, accesskit::Role, vec2,
};
use multiclaw_core::tr;

/// A dialog: a title, a way out, and what is added.
pub(crate) struct Dialog<'a> {
    /// Unique in the program.
    pub(crate) id: &'static str,
    /// Above it.
    pub(crate) title: &'a str,
    /// In points; less where the window is narrower.
    pub(crate) width: f32,
    /// A click beside it closes it.
    pub(crate) light: bool,
}

impl Dialog<'_> {
    /// Paints it; what `add` gave, and whether it was closed: by Escape or its cross.
    pub(crate) fn show<R>(self, ctx: &Context, add: impl FnOnce(&mut Ui) -> R) -> (R, bool) {
        let t = tokens::of(ctx);
        let width = self.width.min(ctx.content_rect().width() - 2.0 * space::L);
        let frame = Frame::new()
            .fill(t.surface)
            .stroke(Stroke::new(1.0, t.line))
            .corner_radius(radius::CARD)
            .shadow(Shadow { offset: [0, 10], blur: 32, spread: 0, color: t.shadow });
        let modal = Modal::new(Id::unique(self.id)).frame(frame).backdrop_color(t.dim);
        let shown = modal.show(ctx, |ui| {
            ui.set_width(width);
            let builder = UiBuilder::new()
                .accessibility_role(Role::Dialog)
                .accessibility_label(self.title.to_owned());
            ui.scope_builder(builder, |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                let closed = title(ui, self.title);
                (add(ui), closed)
            })
            .inner
        });
        let (inner, crossed) = shown.inner;
        let beside = self.light && shown.backdrop_response.clicked();
        let escaped = shown.is_top_modal
            && !shown.any_popup_open
            && ctx.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Escape));
        (inner, crossed || beside || escaped)
    }
}

fn title(ui: &mut Ui, text: &str) -> bool {
    let margin = Margin { left: 20, right: 12, top: 12, bottom: 8 };
    let frame = Frame::new().inner_margin(margin);
    frame
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.horizontal(|ui| {
                let room = ui.available_width() - 44.0;
                let label = egui::Label::new(RichText::new(text).size(size::STRONG)).truncate();
                ui.scope(|ui| {
                    ui.set_max_width(room);
                    ui.add(label);
                });
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    tool(ui, Icon::Close, tr!("shell-close"), None).clicked()
                })
                .inner
            })
            .inner
        })
        .inner
}

/// The part of a dialog that scrolls where the window is low.
pub(crate) fn body<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> R {
    // Title, buttons, and some air around the dialog.
    let most = (ui.ctx().content_rect().height() - 52.0 - 62.0 - 2.0 * space::L).max(96.0);
    ScrollArea::vertical()
        .id_salt("body")
        .max_height(most)
        .min_scrolled_height(most)
        .auto_shrink([false, true])
        .show(ui, |ui| {
            Frame::new()
                .inner_margin(Margin { left: 20, right: 20, top: 4, bottom: 10 })
                .show(ui, |ui| {
                    ui.set_width(ui.available_width());
                    add(ui)
                })
                .inner
        })
        .inner
}

/// The row of buttons, from the right.
pub(crate) fn footer<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> R {
    let t = tokens::of(ui.ctx());
    let top = ui.cursor().min.y;
    ui.painter().hline(ui.max_rect().x_range(), top, Stroke::new(1.0, t.line));
    Frame::new()
        .inner_margin(Margin::symmetric(20, 13))
        .show(ui, |ui| {
            let room = vec2(ui.available_width(), size::CONTROL - 2.0);
            let layout = Layout::right_to_left(Align::Center);
            ui.allocate_ui_with_layout(room, layout, |ui| {
                ui.spacing_mut().item_spacing.x = space::S;
                add(ui)
            })
            .inner
        })
        .inner
}

/// What was answered to a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// Nothing yet.
    None,
    /// Do it.
    Yes,
    /// Leave it.
    No,
}

/// A question before something that cannot be undone.
pub(crate) struct Confirm<'a> {
    /// Unique in the program.
    pub(crate) id: &'static str,
    /// The question.
    pub(crate) title: &'a str,
    /// What happens, in whole sentences.
    pub(crate) text: &'a str,
    /// The button that does it.
    pub(crate) act: &'a str,
    /// The button that does not.
    pub(crate) keep: &'a str,
    /// Why it cannot be done now.
    pub(crate) blocked: Option<&'a str>,
}

impl Confirm<'_> {
    /// Paints it. The keyboard begins at the button that leaves things as they are, so that
    /// neither Enter nor Escape destroys anything by accident.
    pub(crate) fn show(self, ctx: &Context) -> Answer {
        let layer = LayerId::new(Order::Foreground, Id::unique(self.id));
        let new = !ctx.memory(|m| m.areas().visible_last_frame(&layer));
        let dialog = Dialog { id: self.id, title: self.title, width: 420.0, light: true };
        let (answer, closed) = dialog.show(ctx, |ui| {
            body(ui, |ui| {
                let t = tokens::of(ui.ctx());
                ui.add(egui::Label::new(RichText::new(self.text).color(t.muted)).wrap());
                ui.add_space(space::XS);
            });
            footer(ui, |ui| {
                let act = Act::destroy(self.act).blocked(self.blocked).show(ui);
                let keep = Act::plain(self.keep).show(ui);
                if new || ui.memory(|m| m.focused().is_none()) {
                    keep.request_focus();
                }
                match (act.clicked(), keep.clicked()) {
                    (true, _) => Answer::Yes,
                    (_, true) => Answer::No,
                    _ => Answer::None,
                }
            })
        });
        if closed { Answer::No } else { answer }
    }
}
