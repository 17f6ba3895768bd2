//! A group of settings, and a row of it.

use crate::tokens::{self, size, space};
use crate::widgets::card;
use egui::{Align, Label, Layout, Rect, RichText, Sense, Ui, UiBuilder, pos2, vec2};

/// Below this width a control of more than a switch is under the words, in points.
const NARROW: f32 = 520.0;
/// So much is left to the words beside a control, in points.
const WORDS: f32 = 200.0;

/// A card with a caption.
pub(super) fn group(ui: &mut Ui, name: &str, add: impl FnOnce(&mut Ui)) {
    if !name.is_empty() {
        ui.label(RichText::new(name).weak());
    }
    card(ui, 0).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 0.0;
        add(ui);
    });
    ui.add_space(space::L);
}

/// The rows of a group that are left to the person, with lines between them.
#[derive(Default)]
pub(super) struct Rows {
    shown: bool,
}

impl Rows {
    /// Before a row: whether it is to be painted. What the administrator has fixed is not.
    pub(super) fn next(&mut self, ui: &mut Ui, fixed: bool) -> bool {
        if !fixed && std::mem::replace(&mut self.shown, true) {
            divider(ui);
        }
        !fixed
    }
}

/// A line between two rows.
pub(super) fn divider(ui: &mut Ui) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 1.0), Sense::hover());
    let line = (1.0, tokens::of(ui.ctx()).line);
    ui.painter().hline(rect.x_range(), rect.center().y, line);
}

/// Words at the left, `wide` points of control at the right, or below where there is no room.
pub(super) fn row(ui: &mut Ui, title: &str, text: &str, wide: f32, control: impl FnOnce(&mut Ui)) {
    let pad = space::L - 4.0;
    let full = ui.available_width();
    let beside = full - 2.0 * pad - wide - space::L;
    let below = wide > 80.0 && (full < NARROW || beside < WORDS);
    let words = if below { full - 2.0 * pad } else { beside };
    let top = ui.cursor().min;
    let rect = Rect::from_min_size(top + vec2(pad, pad - 2.0), vec2(words.max(80.0), 10.0));
    let layout = Layout::top_down(Align::Min);
    let mut left = ui.new_child(UiBuilder::new().max_rect(rect).layout(layout));
    left.spacing_mut().item_spacing.y = 3.0;
    left.label(RichText::new(title).size(size::BODY));
    if !text.is_empty() {
        left.add(Label::new(RichText::new(text).weak().small()).wrap());
    }
    let words = left.min_rect();
    let place = if below {
        let at = pos2(top.x + pad, words.max.y + space::S);
        Rect::from_min_size(at, vec2(full - 2.0 * pad, size::CONTROL))
    } else {
        let at = pos2(top.x + full - pad - wide, words.center().y - size::CONTROL / 2.0);
        Rect::from_min_size(at, vec2(wide, size::CONTROL))
    };
    let layout = if below {
        Layout::left_to_right(Align::Center)
    } else {
        Layout::right_to_left(Align::Center)
    };
    let builder = UiBuilder::new().max_rect(place).layout(layout).id_salt(title);
    let mut right = ui.new_child(builder);
    control(&mut right);
    // It may have become taller: choices are stacked where there is little room.
    let bottom = if below { right.min_rect().max.y.max(place.max.y) } else { place.max.y };
    let end = if below { bottom } else { words.max.y.max(bottom - pad) };
    ui.allocate_exact_size(vec2(full, end + pad - 2.0 - top.y), Sense::hover());
}

/// A name at the left and its value at the right.
pub(super) fn fact(ui: &mut Ui, name: &str, text: &str) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 44.0), Sense::hover());
    let inner = rect.shrink2(vec2(space::L - 4.0, 0.0));
    let layout = Layout::left_to_right(Align::Center);
    let ui = &mut ui.new_child(UiBuilder::new().max_rect(inner).layout(layout).id_salt(name));
    ui.label(name);
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        ui.add(Label::new(RichText::new(text).weak()).truncate());
    });
}
