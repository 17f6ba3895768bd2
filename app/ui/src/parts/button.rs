//! Buttons that can say why they are off.

use crate::icons::{self, Icon};
use crate::tokens::{self, Tokens, radius, size, space};
use egui::{
    Color32, FontId, Rect, Response, Sense, Stroke, StrokeKind, Ui, WidgetInfo, accesskit::Role,
    vec2,
};

/// How much a button asks for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Look {
    Primary,
    Plain,
    Quiet,
    Danger,
    /// The one button of a dialog that destroys.
    Destroy,
}

/// A button with a text.
pub(crate) struct Act<'a> {
    text: &'a str,
    name: Option<&'a str>,
    look: Look,
    icon: Option<Icon>,
    blocked: Option<&'a str>,
    /// A triangle that says that a menu opens.
    menu: bool,
    width: f32,
    height: f32,
    points: f32,
}

impl<'a> Act<'a> {
    fn new(text: &'a str, look: Look) -> Self {
        Self {
            text,
            name: None,
            look,
            icon: None,
            blocked: None,
            menu: false,
            width: 0.0,
            height: size::CONTROL - 2.0,
            points: size::BODY,
        }
    }

    /// What a screen or a dialog is there for.
    pub(crate) fn primary(text: &'a str) -> Self {
        Self::new(text, Look::Primary)
    }

    /// Another button.
    pub(crate) fn plain(text: &'a str) -> Self {
        Self::new(text, Look::Plain)
    }

    /// A button without a frame.
    pub(crate) fn quiet(text: &'a str) -> Self {
        Self::new(text, Look::Quiet)
    }

    /// A button on the way to something that cannot be undone.
    pub(crate) fn danger(text: &'a str) -> Self {
        Self::new(text, Look::Danger)
    }

    /// The button that does it.
    pub(crate) fn destroy(text: &'a str) -> Self {
        Self::new(text, Look::Destroy)
    }

    /// With a small picture before the text.
    pub(crate) fn icon(self, icon: Icon) -> Self {
        Self { icon: Some(icon), ..self }
    }

    /// For a screen reader, where the text alone does not say enough.
    pub(crate) fn name(self, name: &'a str) -> Self {
        Self { name: Some(name), ..self }
    }

    /// Off, with the reason, if there is one.
    pub(crate) fn blocked(self, reason: Option<&'a str>) -> Self {
        Self { blocked: reason.or(self.blocked), ..self }
    }

    /// Opens a menu.
    pub(crate) fn menu(self) -> Self {
        Self { menu: true, ..self }
    }

    /// At least this wide, in points.
    pub(crate) fn width(self, width: f32) -> Self {
        Self { width, ..self }
    }

    /// Lower, with smaller text.
    pub(crate) fn small(self) -> Self {
        Self { height: 26.0, points: size::SMALL, ..self }
    }

    /// Paints it.
    pub(crate) fn show(self, ui: &mut Ui) -> Response {
        let t = tokens::of(ui.ctx());
        let enabled = self.blocked.is_none() && ui.is_enabled();
        let font = FontId::proportional(self.points);
        let pad = if self.look == Look::Quiet { space::S } else { space::M + 2.0 };
        let before = if self.icon.is_some() { size::ICON + 7.0 } else { 0.0 };
        let after = if self.menu { 18.0 } else { 0.0 };
        let room = (ui.max_rect().width() - 2.0 * pad - before - after).max(40.0);
        let text = super::paint::elided(ui, self.text, font, room);
        let width = (text.size().x + 2.0 * pad + before + after).max(self.width);
        let wanted = vec2(width, self.height);
        let (rect, response) =
            ui.add_enabled_ui(enabled, |ui| ui.allocate_exact_size(wanted, Sense::click())).inner;
        let name = self.name.unwrap_or(self.text);
        response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, name));
        let hovered = enabled && response.hovered();
        let ink = frame(ui, rect, self.look, &t, enabled, hovered, response.has_focus());
        let content = text.size().x + before + after;
        let mut x = match self.menu {
            true => rect.min.x + pad,
            false => rect.center().x - content / 2.0,
        };
        if let Some(icon) = self.icon {
            let at = egui::pos2(x, rect.center().y - size::ICON / 2.0);
            let side = Rect::from_min_size(at, vec2(size::ICON, size::ICON)).shrink(1.0);
            icons::paint(ui.painter(), side, icon, ink);
            x += before;
        }
        let y = rect.center().y - text.size().y / 2.0;
        ui.painter().galley(egui::pos2(x, y), text, ink);
        if self.menu {
            let at = egui::pos2(rect.max.x - pad - 5.0, rect.center().y);
            let side = Rect::from_center_size(at, vec2(11.0, 11.0));
            icons::paint(ui.painter(), side, Icon::Down, if enabled { t.muted } else { ink });
        }
        match self.blocked {
            Some(reason) => response.on_disabled_hover_text(reason),
            None => response,
        }
    }
}

/// Paints the frame; the colour of what is inside.
fn frame(
    ui: &Ui,
    rect: Rect,
    look: Look,
    t: &Tokens,
    enabled: bool,
    hovered: bool,
    focused: bool,
) -> Color32 {
    let (fill, line, ink) = match (look, enabled, hovered) {
        (Look::Quiet, false, _) => (Color32::TRANSPARENT, Color32::TRANSPARENT, t.muted),
        (_, false, _) => (t.raised, t.line, t.muted),
        (Look::Primary, _, false) => (t.accent, t.accent, t.on_accent),
        (Look::Primary, _, true) => (t.accent_hover, t.accent_hover, t.on_accent),
        (Look::Plain, _, false) => (t.surface, t.line, t.text),
        (Look::Plain, _, true) => (t.raised, t.line, t.text),
        (Look::Quiet, _, false) => (Color32::TRANSPARENT, Color32::TRANSPARENT, t.text),
        (Look::Quiet, _, true) => (t.raised, t.raised, t.text),
        (Look::Danger, _, false) => (t.surface, t.line, t.bad),
        (Look::Danger, _, true) => (t.bad_surface, t.bad, t.bad),
        (Look::Destroy, _, _) => (t.bad, t.bad, t.surface),
    };
    let painter = ui.painter();
    painter.rect_filled(rect, radius::CONTROL, fill);
    painter.rect_stroke(rect, radius::CONTROL, Stroke::new(1.0, line), StrokeKind::Inside);
    if focused {
        focus_ring(ui, rect);
    }
    ink
}

/// Where the keyboard is.
pub(super) fn focus_ring(ui: &Ui, rect: Rect) {
    let t = tokens::of(ui.ctx());
    let ring = Stroke::new(2.0, t.accent_hover);
    ui.painter().rect_stroke(rect.expand(2.0), radius::CONTROL + 2, ring, StrokeKind::Middle);
}

/// A square button with a picture, a name for a screen reader and a tooltip.
pub(crate) fn tool(ui: &mut Ui, icon: Icon, name: &str, blocked: Option<&str>) -> Response {
    let t = tokens::of(ui.ctx());
    let enabled = blocked.is_none() && ui.is_enabled();
    let side = size::CONTROL - 4.0;
    let (rect, response) = ui
        .add_enabled_ui(enabled, |ui| ui.allocate_exact_size(vec2(side, side), Sense::click()))
        .inner;
    response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, name));
    if enabled && response.hovered() {
        ui.painter().rect_filled(rect, radius::CONTROL, t.line);
    }
    if response.has_focus() {
        focus_ring(ui, rect.shrink(1.0));
    }
    let ink = match (enabled, response.hovered()) {
        (false, _) => t.line,
        (true, true) => t.text,
        (true, false) => t.muted,
    };
    let inner = Rect::from_center_size(rect.center(), vec2(size::ICON, size::ICON)).shrink(1.0);
    icons::paint(ui.painter(), inner, icon, ink);
    match blocked {
        Some(reason) => response.on_disabled_hover_text(reason),
        None => response.on_hover_text(name),
    }
}
