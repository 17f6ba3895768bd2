//! Small pictures and buttons of this screen.

use crate::tokens::{self, radius, size};
use egui::{
    Color32, CornerRadius, Painter, Pos2, Rect, Response, Sense, Shape, Stroke, StrokeKind, Ui,
    WidgetInfo, accesskit::Role, vec2,
};

/// A picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    Search,
    New,
    More,
    Send,
    Up,
    Down,
    Clock,
    Here,
    Synced,
    Cloud,
    Talk,
    Globe,
    Copy,
}

/// Paints it into a square.
pub(crate) fn paint(painter: &Painter, rect: Rect, mark: Mark, colour: Color32) {
    let stroke = Stroke::new((rect.width() / 11.0).clamp(1.2, 2.0), colour);
    let at = |x: f32, y: f32| rect.min + vec2(x, y) * rect.size();
    let line = |points: &[(f32, f32)]| {
        let points: Vec<Pos2> = points.iter().map(|&(x, y)| at(x, y)).collect();
        painter.add(Shape::line(points, stroke));
    };
    let ring = |x: f32, y: f32, r: f32| {
        painter.circle_stroke(at(x, y), r * rect.width(), stroke);
    };
    match mark {
        Mark::Search => {
            ring(0.42, 0.42, 0.32);
            line(&[(0.66, 0.66), (0.94, 0.94)]);
        }
        Mark::New => {
            line(&[(0.5, 0.08), (0.5, 0.92)]);
            line(&[(0.08, 0.5), (0.92, 0.5)]);
        }
        Mark::More => {
            for x in [0.16, 0.5, 0.84] {
                painter.circle_filled(at(x, 0.5), 0.1 * rect.width(), colour);
            }
        }
        Mark::Send => {
            line(&[(0.5, 0.94), (0.5, 0.1)]);
            line(&[(0.16, 0.44), (0.5, 0.1), (0.84, 0.44)]);
        }
        Mark::Up => line(&[(0.14, 0.66), (0.5, 0.3), (0.86, 0.66)]),
        Mark::Down => line(&[(0.14, 0.34), (0.5, 0.7), (0.86, 0.34)]),
        Mark::Clock => {
            ring(0.5, 0.5, 0.42);
            line(&[(0.5, 0.24), (0.5, 0.52), (0.68, 0.62)]);
        }
        Mark::Here => {
            let screen = Rect::from_min_max(at(0.06, 0.16), at(0.94, 0.66));
            painter.rect_stroke(screen, 2, stroke, StrokeKind::Middle);
            line(&[(0.3, 0.88), (0.7, 0.88)]);
        }
        Mark::Synced => {
            cloud(&line);
            line(&[(0.36, 0.56), (0.47, 0.68), (0.66, 0.46)]);
        }
        Mark::Cloud => cloud(&line),
        Mark::Talk => line(&[
            (0.2, 0.14),
            (0.8, 0.14),
            (0.94, 0.28),
            (0.94, 0.56),
            (0.8, 0.7),
            (0.44, 0.7),
            (0.22, 0.92),
            (0.22, 0.7),
            (0.06, 0.56),
            (0.06, 0.28),
            (0.2, 0.14),
        ]),
        Mark::Globe => {
            ring(0.5, 0.5, 0.44);
            line(&[(0.06, 0.5), (0.94, 0.5)]);
            line(&[(0.5, 0.06), (0.32, 0.28), (0.32, 0.72), (0.5, 0.94)]);
            line(&[(0.5, 0.06), (0.68, 0.28), (0.68, 0.72), (0.5, 0.94)]);
        }
        Mark::Copy => {
            let front = Rect::from_min_max(at(0.32, 0.32), at(0.94, 0.94));
            painter.rect_stroke(front, 2, stroke, StrokeKind::Middle);
            line(&[(0.68, 0.14), (0.68, 0.06), (0.06, 0.06), (0.06, 0.68), (0.14, 0.68)]);
        }
    }
}

fn cloud(line: &impl Fn(&[(f32, f32)])) {
    line(&[
        (0.26, 0.84),
        (0.12, 0.77),
        (0.05, 0.62),
        (0.12, 0.46),
        (0.26, 0.4),
        (0.33, 0.24),
        (0.5, 0.16),
        (0.68, 0.24),
        (0.75, 0.4),
        (0.9, 0.48),
        (0.95, 0.63),
        (0.88, 0.78),
        (0.74, 0.84),
        (0.26, 0.84),
    ]);
}

/// A square button with a mark, a name for a screen reader and a tooltip.
pub(crate) fn button(ui: &mut Ui, mark: Mark, name: &str, tip: &str) -> Response {
    let side = size::CONTROL - 4.0;
    let (rect, response) = ui.allocate_exact_size(vec2(side, side), Sense::click());
    square(ui, rect, &response, mark, name);
    response.on_hover_text(tip)
}

/// The same, where it is to be.
pub(crate) fn square(ui: &Ui, rect: Rect, response: &Response, mark: Mark, name: &str) {
    let t = tokens::of(ui.ctx());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), name));
    if response.hovered() {
        ui.painter().rect_filled(rect, CornerRadius::same(radius::CONTROL), t.raised);
    }
    focus(ui, rect, radius::CONTROL, response);
    let colour = if response.hovered() { t.text } else { t.muted };
    let inner = Rect::from_center_size(rect.center(), vec2(size::ICON, size::ICON));
    paint(ui.painter(), inner, mark, colour);
}

/// Shows where the keyboard is.
pub(crate) fn focus(ui: &Ui, rect: Rect, corner: u8, response: &Response) {
    if response.has_focus() {
        let line = Stroke::new(2.0, tokens::of(ui.ctx()).accent);
        ui.painter().rect_stroke(rect, corner, line, StrokeKind::Inside);
    }
}

/// The keys that belong to a field for one line. Without Escape among them egui would take the
/// focus away before the field hears of it.
pub(crate) fn field_filter() -> egui::EventFilter {
    egui::EventFilter { horizontal_arrows: true, vertical_arrows: true, tab: false, escape: true }
}

/// A button of a few words in a line of text.
pub(crate) fn quiet(ui: &mut Ui, text: &str) -> Response {
    let t = tokens::of(ui.ctx());
    let text = egui::RichText::new(text).small().color(t.accent_hover);
    let tall = std::mem::replace(&mut ui.spacing_mut().interact_size.y, 24.0);
    let padding = std::mem::replace(&mut ui.spacing_mut().button_padding, vec2(6.0, 2.0));
    let response = ui.add(egui::Button::new(text).frame_when_inactive(false));
    ui.spacing_mut().interact_size.y = tall;
    ui.spacing_mut().button_padding = padding;
    response
}

/// What a pane says when it has nothing else to show.
pub(crate) fn empty(ui: &mut Ui, mark: Mark, title: &str, text: &str) {
    let t = tokens::of(ui.ctx());
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 52.0), Sense::hover());
    let tile = Rect::from_center_size(rect.center(), vec2(34.0, 34.0));
    paint(ui.painter(), tile, mark, t.muted);
    ui.vertical_centered(|ui| {
        ui.set_max_width(ui.available_width().min(420.0));
        ui.label(egui::RichText::new(title).size(size::STRONG));
        if !text.is_empty() {
            ui.label(egui::RichText::new(text).weak());
        }
    });
}
