//! Dots and pills.

use crate::tokens::{self, Tokens, radius, size, space};
use egui::{Color32, FontId, Response, Sense, Ui, WidgetInfo, accesskit::Role, vec2};

/// What a colour says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    Neutral,
    Accent,
    Good,
    Warning,
    Bad,
}

impl Tone {
    /// Of a dot or a text.
    pub(crate) fn colour(self, t: &Tokens) -> Color32 {
        match self {
            Self::Neutral => t.muted,
            Self::Accent => t.accent_hover,
            Self::Good => t.good,
            Self::Warning => t.warning,
            Self::Bad => t.bad,
        }
    }
}

/// A coloured dot. The text beside it says the same.
pub(crate) fn dot(ui: &mut Ui, tone: Tone) {
    let (rect, _) = ui.allocate_exact_size(vec2(10.0, 10.0), Sense::hover());
    ui.painter().circle_filled(rect.center(), 4.0, tone.colour(&tokens::of(ui.ctx())));
}

/// A pill with a short text.
pub(crate) fn badge(ui: &mut Ui, text: &str, tone: Tone) -> Response {
    let t = tokens::of(ui.ctx());
    let (fill, ink) = match tone {
        Tone::Neutral => (t.raised, t.muted),
        Tone::Accent => (t.tint, t.text),
        Tone::Bad => (t.bad_surface, t.bad),
        Tone::Good | Tone::Warning => (t.raised, t.text),
    };
    let font = FontId::proportional(size::SMALL);
    let galley = ui.painter().layout_no_wrap(text.to_owned(), font, ink);
    let dotted = matches!(tone, Tone::Good | Tone::Warning);
    let lead = if dotted { 12.0 } else { 0.0 };
    let wanted = vec2(galley.size().x + lead + 2.0 * space::S, 20.0);
    let (rect, response) = ui.allocate_exact_size(wanted, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
    ui.painter().rect_filled(rect, radius::PILL, fill);
    let mut at = rect.left_center() + vec2(space::S, 0.0);
    if dotted {
        ui.painter().circle_filled(at + vec2(3.5, 0.0), 3.5, tone.colour(&t));
        at.x += lead;
    }
    ui.painter().galley(at - vec2(0.0, galley.size().y / 2.0), galley, ink);
    response
}
