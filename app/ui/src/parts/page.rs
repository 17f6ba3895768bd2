//! The frame of a screen: its title, its states, its two panes.

use super::button::Act;
use super::paint::pill_label;
use crate::icons::Icon;
use crate::tokens::{self, radius, size, space};
use crate::widgets::{empty_state, error_state, page_header};
use egui::{
    Align, Context, Frame, Key, Label, Layout, Margin, Popup, Rect, RichText, ScrollArea, Sense,
    Stroke, Ui, UiBuilder, pos2, vec2,
};
use multiclaw_core::Command;
use multiclaw_core::model::{CloudLink, Model, Problem};
use multiclaw_core::tr;

/// Below this much room, in points, a detail takes the place of its list.
const NARROW: f32 = 760.0;

/// Why nothing that needs the cloud can be done now.
pub(crate) fn blocked(model: &Model) -> Option<&'static str> {
    matches!(model.cloud, CloudLink::Waiting { .. }).then_some(tr!("shell-works-again"))
}

/// The screen's margin.
pub(crate) fn page<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> R {
    crate::widgets::page(ui, |ui| {
        ui.spacing_mut().item_spacing = vec2(space::S, space::S);
        add(ui)
    })
}

/// Title, a quiet word below it, and the screen's acts at the right.
pub(crate) fn header(
    ui: &mut Ui,
    title: &str,
    note: &str,
    offline: bool,
    acts: impl FnOnce(&mut Ui),
) {
    let t = tokens::of(ui.ctx());
    page_header(ui, title, note, |ui| {
        ui.spacing_mut().item_spacing.x = space::M;
        acts(ui);
        if offline {
            pill_label(ui, tr!("shell-offline"), t.warning).on_hover_text(tr!("shell-offline-why"));
        }
    });
    ui.add_space(space::XS);
}

/// How a list and the detail beside it share the room.
pub(crate) struct Split {
    /// Where the list is; `None` where the detail takes its place.
    pub(crate) list: Option<Rect>,
    /// Where the detail is, while one is open.
    pub(crate) detail: Option<Rect>,
}

impl Split {
    /// A detail takes the place of the list on a screen with this much room. To be asked before
    /// [`page`] takes its margin.
    pub(crate) fn narrow(ui: &Ui) -> bool {
        ui.max_rect().width() < NARROW
    }

    /// Of all the room that is left.
    pub(crate) fn of(ui: &Ui, open: bool, narrow: bool) -> Self {
        let room = ui.available_rect_before_wrap();
        match (open, narrow) {
            (false, _) => Self { list: Some(room), detail: None },
            (true, true) => Self { list: None, detail: Some(room) },
            (true, false) => {
                let width = (room.width() * 0.46).clamp(360.0, 640.0);
                let edge = room.max.x - width;
                let mut list = room;
                list.max.x = edge - space::M;
                let detail = Rect::from_min_max(pos2(edge, room.min.y), room.max);
                Self { list: Some(list), detail: Some(detail) }
            }
        }
    }

    /// Adds to one of the panes, on a surface.
    pub(crate) fn pane<R>(
        ui: &mut Ui,
        rect: Rect,
        salt: &str,
        add: impl FnOnce(&mut Ui) -> R,
    ) -> R {
        let t = tokens::of(ui.ctx());
        ui.painter().rect(
            rect,
            radius::CARD,
            t.surface,
            Stroke::new(1.0, t.line),
            egui::StrokeKind::Inside,
        );
        let inner = rect.shrink2(vec2(2.0, 4.0));
        let builder =
            UiBuilder::new().id_salt(salt).max_rect(inner).layout(Layout::top_down(Align::Min));
        let mut child = ui.new_child(builder);
        child.shrink_clip_rect(inner);
        add(&mut child)
    }
}

/// The head of a detail: what `add` adds, the title, and the way out with these two names; whether
/// that was taken.
pub(crate) fn crown(
    ui: &mut Ui,
    narrow: bool,
    [back, close]: [&str; 2],
    title: &str,
    add: impl FnOnce(&mut Ui),
) -> bool {
    let mut left = false;
    let margin = Margin { left: 18, right: 10, top: 8, bottom: 4 };
    Frame::new().inner_margin(margin).show(ui, |ui| {
        ui.set_width(ui.available_width());
        let room = vec2(ui.available_width(), size::CONTROL - 4.0);
        ui.allocate_ui_with_layout(room, Layout::left_to_right(Align::Center), |ui| {
            if narrow {
                left |= super::tool(ui, Icon::Back, back, None).clicked();
            }
            add(ui);
            if !narrow {
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    left |= super::tool(ui, Icon::Close, close, None).clicked();
                });
            }
        });
        ui.add_space(space::XS);
        ui.add(Label::new(RichText::new(title).size(size::STRONG)).wrap());
    });
    left
}

/// What scrolls in a detail.
pub(crate) fn scrolled<R>(ui: &mut Ui, salt: &str, add: impl FnOnce(&mut Ui) -> R) -> R {
    ScrollArea::vertical()
        .id_salt(salt)
        .auto_shrink(false)
        .show(ui, |ui| {
            Frame::new()
                .inner_margin(Margin { left: 18, right: 18, top: 2, bottom: 16 })
                .show(ui, |ui| {
                    ui.set_width(ui.available_width());
                    add(ui)
                })
                .inner
        })
        .inner
}

/// Escape was pressed for the screen, not for a dialog or a menu on it.
pub(crate) fn escape(ctx: &Context) -> bool {
    let free = ctx.memory(|m| m.top_modal_layer().is_none()) && !Popup::is_any_open(ctx);
    free && ctx.input(|i| i.key_pressed(Key::Escape))
}

/// What a screen says while its list is on the way.
pub(crate) fn loading(ui: &mut Ui, icon: Icon, what: &str, offline: bool) {
    let text = match offline {
        true => tr!("shell-continues"),
        false => tr!("shell-moment"),
    };
    ui.add_space(space::XL);
    empty_state(ui, icon, what, text);
}

/// What a screen says when its list could not be loaded.
pub(crate) fn failed(ui: &mut Ui, problem: &Problem, commands: &mut Vec<Command>) {
    if error_state(ui, problem) {
        commands.push(Command::RefreshWorkspace);
    }
}

/// What a screen says when there is nothing to list; whether `act` was clicked.
pub(crate) fn empty(
    ui: &mut Ui,
    icon: Icon,
    title: &str,
    text: &str,
    act: Option<Act<'_>>,
) -> bool {
    let height = ui.available_height();
    ui.add_space(((height - 220.0) * 0.35).clamp(space::M, 140.0));
    empty_state(ui, icon, title, text);
    let Some(act) = act else { return false };
    ui.add_space(space::M);
    ui.vertical_centered(|ui| act.show(ui)).inner.clicked()
}

/// A quiet note across the screen; whether it was taken away.
pub(crate) fn strip(ui: &mut Ui, text: &str) -> bool {
    let t = tokens::of(ui.ctx());
    let mut closed = false;
    Frame::new()
        .fill(t.tint)
        .corner_radius(radius::CONTROL)
        .inner_margin(Margin { left: 14, right: 6, top: 4, bottom: 4 })
        .show(ui, |ui| {
            let room = vec2(ui.available_width(), size::CONTROL - 4.0);
            ui.allocate_ui_with_layout(room, Layout::right_to_left(Align::Center), |ui| {
                closed = super::tool(ui, Icon::Close, tr!("shell-hide-note"), None).clicked();
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    ui.add(Label::new(text).truncate());
                });
            });
        });
    closed
}

/// A quiet heading within a detail.
pub(crate) fn section(ui: &mut Ui, text: &str) {
    let t = tokens::of(ui.ctx());
    ui.add_space(space::S);
    ui.label(RichText::new(text).size(size::SMALL).color(t.muted));
}

/// A line of facts: what, and how it is.
pub(crate) fn fact(ui: &mut Ui, what: &str, how: &str) {
    let t = tokens::of(ui.ctx());
    ui.horizontal_top(|ui| {
        ui.spacing_mut().interact_size.y = 20.0;
        let (rect, _) = ui.allocate_exact_size(vec2(96.0, 20.0), Sense::hover());
        super::line(ui, rect, what, size::SMALL + 0.5, t.muted, Align::Min);
        ui.vertical(|ui| {
            // The first line stands on the line of its name.
            ui.add_space(1.5);
            ui.add(Label::new(RichText::new(how).size(size::SMALL + 0.5)).wrap());
        });
    });
}
