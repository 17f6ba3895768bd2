//! The line above the screen while the cloud cannot be reached.

use crate::tokens::{self, space};
use crate::widgets::{Tone, dot, quiet};
use egui::{Align, Label, Layout, Rect, RichText, Stroke, Ui, UiBuilder, vec2};
use multiclaw_core::Command;
use multiclaw_core::model::Problem;
use multiclaw_core::tr;

/// Its height, in points.
const HEIGHT: f32 = 40.0;

/// Paints it at the top of `room`; returns where it ends.
pub(super) fn banner(
    ui: &mut Ui,
    room: Rect,
    problem: &Problem,
    seconds: u32,
    commands: &mut Vec<Command>,
) -> f32 {
    let t = tokens::of(ui.ctx());
    let rect = Rect::from_min_size(room.min, vec2(room.width(), HEIGHT));
    ui.painter().rect_filled(rect, 0, t.raised);
    ui.painter().hline(rect.x_range(), rect.max.y, Stroke::new(1.0, t.line));
    let inner = rect.shrink2(vec2(space::L, 0.0));
    let layout = Layout::right_to_left(Align::Center);
    let mut row = ui.new_child(UiBuilder::new().max_rect(inner).layout(layout).id_salt("offline"));
    if quiet(&mut row, tr!("shell-try-now")).clicked() {
        commands.push(Command::ReconnectCloud);
    }
    row.label(RichText::new(tr!("shell-trying-again", seconds = seconds)).weak());
    row.with_layout(Layout::left_to_right(Align::Center), |ui| {
        dot(ui, Tone::Warning);
        ui.add(Label::new(&problem.what).truncate()).on_hover_text(&problem.next);
    });
    rect.max.y
}
