//! Switches and segmented controls.

use super::focus_ring;
use crate::tokens::{self, radius, size, space};
use egui::{
    FontId, Galley, Rect, Response, Sense, Stroke, StrokeKind, Ui, WidgetInfo, accesskit::Role,
    pos2, vec2,
};
use std::sync::Arc;

/// An on/off switch. Clicked means: the other way.
pub(crate) fn switch(ui: &mut Ui, on: bool, name: &str) -> Response {
    let t = tokens::of(ui.ctx());
    let (rect, response) = ui.allocate_exact_size(vec2(38.0, 22.0), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Switch, ui.is_enabled(), on, name));
    let fill = match (on, response.hovered()) {
        (true, false) => t.accent,
        (true, true) => t.accent_hover,
        (false, false) => t.line,
        (false, true) => t.muted,
    };
    ui.painter().rect_filled(rect, radius::PILL, fill);
    let x = if on { rect.max.x - 11.0 } else { rect.min.x + 11.0 };
    ui.painter().circle_filled(pos2(x, rect.center().y), 8.0, t.on_accent);
    if response.has_focus() {
        let line = Stroke::new(2.0, t.accent_hover);
        ui.painter().rect_stroke(rect.expand(3.0), radius::PILL, line, StrokeKind::Inside);
    }
    response
}

fn galleys(ui: &Ui, names: &[&str]) -> Vec<Arc<Galley>> {
    let text = tokens::of(ui.ctx()).text;
    let font = FontId::proportional(size::BODY);
    let lay_out = |name: &&str| ui.painter().layout_no_wrap((*name).to_owned(), font.clone(), text);
    names.iter().map(lay_out).collect()
}

fn wide(galley: &Galley) -> f32 {
    galley.size().x + 2.0 * (space::M + 2.0)
}

fn width_of(galleys: &[Arc<Galley>]) -> f32 {
    galleys.iter().map(|galley| wide(galley)).sum::<f32>() + 4.0
}

/// Points that [`segmented`] needs for all names in one line.
pub(crate) fn segmented_width(ui: &Ui, names: &[&str]) -> f32 {
    width_of(&galleys(ui, names))
}

/// One of a few. Returns the number of the one that was clicked and is not chosen yet.
pub(crate) fn segmented(ui: &mut Ui, names: &[&str], chosen: usize) -> Option<usize> {
    let t = tokens::of(ui.ctx());
    let galleys = galleys(ui, names);
    let width = width_of(&galleys);
    // One below the other where there is no room for all.
    let stacked = width > ui.available_width() + 0.5;
    let rows = if stacked { f32::from(u8::try_from(names.len()).unwrap_or(u8::MAX)) } else { 1.0 };
    let width = if stacked { ui.available_width() } else { width };
    let (rect, _) = ui.allocate_exact_size(vec2(width, size::CONTROL * rows), Sense::hover());
    ui.painter().rect_filled(rect, radius::CONTROL, t.raised);
    let mut at = rect.min + vec2(2.0, 2.0);
    let mut clicked = None;
    for (n, (galley, name)) in galleys.into_iter().zip(names).enumerate() {
        let across = if stacked { width - 4.0 } else { wide(&galley) };
        let part = Rect::from_min_size(at, vec2(across, size::CONTROL - 4.0));
        at += if stacked { vec2(0.0, size::CONTROL) } else { vec2(across, 0.0) };
        let response = ui.interact(part, ui.scope_id().with((*name, n)), Sense::click());
        let selected = n == chosen;
        response.widget_info(|| {
            WidgetInfo::selected(Role::RadioButton, ui.is_enabled(), selected, *name)
        });
        let ink = if selected || response.hovered() { t.text } else { t.muted };
        if selected {
            ui.painter().rect_filled(part, radius::CONTROL - 2, t.surface);
            let line = Stroke::new(1.0, t.line);
            ui.painter().rect_stroke(part, radius::CONTROL - 2, line, StrokeKind::Inside);
        }
        focus_ring(ui, part, &response);
        let at = part.center() - galley.size() / 2.0;
        ui.painter().galley_with_override_text_color(at, galley, ink);
        if response.clicked() && !selected {
            clicked = Some(n);
        }
    }
    clicked
}
