//! What rows are painted with.

use crate::tokens::{self, radius, size};
use egui::text::{LayoutJob, TextWrapping};
use egui::{
    Align, Color32, FontId, Galley, Pos2, Rect, Response, Sense, Ui, WidgetInfo, accesskit::Role,
    pos2, vec2,
};
use std::sync::Arc;

/// One line of text, cut off with an ellipsis where the room ends.
pub(super) fn elided(ui: &Ui, text: &str, font: FontId, width: f32) -> Arc<Galley> {
    let mut job = LayoutJob::simple_singleline(text.to_owned(), font, Color32::PLACEHOLDER);
    job.wrap = TextWrapping::truncate_at_width(width.max(0.0));
    ui.painter().layout_job(job)
}

/// One line of text in the middle of `rect`'s height; where it was painted.
pub(crate) fn line(
    ui: &Ui,
    rect: Rect,
    text: &str,
    points: f32,
    colour: Color32,
    align: Align,
) -> Rect {
    let galley = elided(ui, text, FontId::proportional(points), rect.width());
    let size = galley.size();
    let x = match align {
        Align::Min => rect.min.x,
        Align::Center => rect.center().x - size.x / 2.0,
        Align::Max => rect.max.x - size.x,
    };
    let at = pos2(x, rect.center().y - size.y / 2.0);
    ui.painter().galley(at, galley, colour);
    Rect::from_min_size(at, size)
}

/// Height of a pill.
const PILL: f32 = 22.0;

/// A dot and a word on a tinted ground. It ends at `right`, or begins there with `Align::Min`;
/// where it was painted.
pub(crate) fn pill(ui: &Ui, at: Pos2, align: Align, text: &str, colour: Color32) -> Rect {
    let t = tokens::of(ui.ctx());
    let galley = elided(ui, text, FontId::proportional(size::SMALL), 240.0);
    let width = galley.size().x + 28.0;
    let x = if align == Align::Max { at.x - width } else { at.x };
    let rect = Rect::from_min_size(pos2(x, at.y - PILL / 2.0), vec2(width, PILL));
    let painter = ui.painter();
    painter.rect_filled(rect, radius::PILL, colour.gamma_multiply(0.16));
    painter.circle_filled(pos2(rect.min.x + 11.0, rect.center().y), 3.5, colour);
    let text = pos2(rect.min.x + 19.0, rect.center().y - galley.size().y / 2.0);
    painter.galley(text, galley, t.text);
    rect
}

/// A pill as a widget of its own.
pub(crate) fn pill_label(ui: &mut Ui, text: &str, colour: Color32) -> Response {
    let galley = elided(ui, text, FontId::proportional(size::SMALL), 240.0);
    let wanted = vec2(galley.size().x + 28.0, PILL);
    let (rect, response) = ui.allocate_exact_size(wanted, Sense::hover());
    pill(ui, rect.left_center(), Align::Min, text, colour);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
    response
}

/// How much of something is done, 0 to 100.
pub(crate) fn bar(ui: &Ui, rect: Rect, percent: u8, colour: Color32) {
    let t = tokens::of(ui.ctx());
    ui.painter().rect_filled(rect, radius::PILL, t.line);
    let mut done = rect;
    done.set_width((rect.width() * f32::from(percent.min(100)) / 100.0).max(rect.height()));
    if percent > 0 {
        ui.painter().rect_filled(done, radius::PILL, colour);
    }
}

/// A disc with a person's or an agent's initials.
pub(crate) fn avatar(ui: &Ui, centre: Pos2, side: f32, name: &str) {
    let t = tokens::of(ui.ctx());
    let sum: usize = name.bytes().map(usize::from).sum();
    let colours = [t.accent, t.good, t.warning, t.bad, t.muted];
    let colour = colours.get(sum % colours.len()).copied().unwrap_or(t.accent);
    ui.painter().circle_filled(centre, side / 2.0, colour.gamma_multiply(0.2));
    let rect = Rect::from_center_size(centre, vec2(side, side));
    line(ui, rect, &initials(name), side * 0.36, t.text, Align::Center);
}

/// The first letters of the first and the last word.
fn initials(name: &str) -> String {
    let mut words = name.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    let first = words.next().and_then(|w| w.chars().next());
    let last = words.next_back().and_then(|w| w.chars().next());
    first.into_iter().chain(last).flat_map(char::to_uppercase).collect()
}

#[cfg(test)]
mod tests {
    use super::initials;

    #[test]
    fn initials_are_two_letters_at_most() {
        assert_eq!(initials("Ada King, Countess of Lovelace"), "AL");
        assert_eq!(initials("Plato"), "P");
        assert_eq!(initials("ann@example.com"), "AC");
        assert_eq!(initials(" – "), "");
    }
}
