//! Surfaces, and where they go.

use crate::tokens::{self, radius, space};
use egui::{Align, Frame, Layout, Margin, Shadow, Stroke, Ui, UiBuilder, vec2};

/// A frame that floats above the picture.
pub(crate) fn floating(ui: &Ui) -> Frame {
    let t = tokens::of(ui.ctx());
    Frame::new()
        .fill(t.surface)
        .stroke(Stroke::new(1.0, t.line))
        .corner_radius(radius::CARD)
        .shadow(Shadow { offset: [0, 6], blur: 20, spread: 0, color: t.shadow })
}

/// A surface on the screen, as wide as what is in it.
pub(crate) fn card(ui: &Ui, margin: i8) -> Frame {
    let t = tokens::of(ui.ctx());
    Frame::new()
        .fill(t.surface)
        .stroke(Stroke::new(1.0, t.line))
        .corner_radius(radius::CARD)
        .inner_margin(Margin::same(margin))
}

/// The room of a screen without its margin, which is smaller in a small window.
pub(crate) fn page<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> R {
    let room = ui.max_rect();
    let margin = if room.width() < 760.0 { space::L } else { space::XL };
    let inner = room.shrink2(vec2(margin, space::L));
    let layout = Layout::top_down(Align::Min);
    ui.scope_builder(UiBuilder::new().max_rect(inner).layout(layout), add).inner
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
