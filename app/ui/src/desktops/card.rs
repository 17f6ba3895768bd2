//! One desktop.

use super::thumbnails::Thumbnails;
use crate::icons::{self, Icon};
use crate::tokens::{self, radius, size, space};
use crate::widgets::{Tone, dot, icon_button, menu_item, primary};
use egui::{
    Align, Button, CornerRadius, Label, Layout, Popup, Rect, Response, RichText, Sense, Stroke,
    StrokeKind, Ui, UiBuilder, WidgetInfo, accesskit::Role, pos2, vec2,
};
use multiclaw_core::Command;
use multiclaw_core::model::{Action, Desktop, DesktopState, Person};
use multiclaw_core::tr;

/// Height of a card below its picture, in points.
const BELOW: f32 = 124.0;

/// Height of a card of this width.
pub(super) fn height(width: f32) -> f32 {
    (width * 0.5).floor() + BELOW
}

/// What a card needs to know.
pub(super) struct Card<'a> {
    pub(super) person: &'a Person,
    pub(super) thumbnails: &'a Thumbnails,
    /// The cloud cannot be reached.
    pub(super) offline: bool,
}

fn offline() -> &'static str {
    tr!("desktops-no-cloud")
}

impl Card<'_> {
    /// Paints it. Returns whether the desktop is to be stopped, which has to be asked first.
    pub(super) fn show(
        &self,
        ui: &mut Ui,
        desktop: &Desktop,
        width: f32,
        commands: &mut Vec<Command>,
    ) -> bool {
        let t = tokens::of(ui.ctx());
        let (rect, _) = ui.allocate_exact_size(vec2(width, height(width)), Sense::hover());
        if !ui.is_rect_visible(rect) {
            return false;
        }
        ui.painter().rect_filled(rect, radius::CARD, t.surface);
        let picture = Rect::from_min_max(rect.min, pos2(rect.max.x, rect.max.y - BELOW));
        let hovered = self.picture(ui, desktop, picture, commands);
        let colour = if hovered { t.accent } else { t.line };
        let line = Stroke::new(1.0, colour);
        ui.painter().rect_stroke(rect, radius::CARD, line, StrokeKind::Inside);
        let inner = Rect::from_min_max(pos2(rect.min.x, picture.max.y), rect.max);
        let inner = inner.shrink2(vec2(space::L - 4.0, space::M));
        let layout = Layout::top_down(Align::Min);
        let builder = UiBuilder::new().max_rect(inner).layout(layout).id_salt(&desktop.id.0);
        let ui = &mut ui.new_child(builder);
        ui.set_clip_rect(rect.intersect(ui.clip_rect()));
        ui.spacing_mut().item_spacing.y = 2.0;
        ui.add(Label::new(RichText::new(&desktop.name).size(size::STRONG)).truncate());
        state(ui, desktop);
        let top = pos2(inner.min.x, inner.max.y - size::CONTROL - 2.0);
        let layout = Layout::left_to_right(Align::Center);
        let builder = UiBuilder::new().max_rect(Rect::from_min_max(top, inner.max)).layout(layout);
        let ui = &mut ui.new_child(builder);
        self.act(ui, desktop, commands);
        self.menu(ui, desktop, commands)
    }

    /// Whether the pointer is over a picture that opens its desktop.
    fn picture(&self, ui: &Ui, desktop: &Desktop, rect: Rect, commands: &mut Vec<Command>) -> bool {
        let t = tokens::of(ui.ctx());
        let corners = CornerRadius { nw: radius::CARD, ne: radius::CARD, sw: 0, se: 0 };
        if let Some(shape) = self.thumbnails.shape(&desktop.id, rect, corners) {
            ui.painter().add(shape);
            if desktop.state != DesktopState::Online {
                ui.painter().rect_filled(rect, corners, t.dim);
            }
        } else {
            ui.painter().rect_filled(rect, corners, t.raised);
            let tile = Rect::from_center_size(rect.center(), vec2(38.0, 38.0));
            icons::paint(ui.painter(), tile, Icon::Desktop, t.muted);
        }
        ui.painter().hline(rect.x_range(), rect.max.y, Stroke::new(1.0, t.line));
        if desktop.state != DesktopState::Online || self.offline {
            return false;
        }
        // For the pointer; the keyboard and screen readers have the button.
        let id = ui.scope_id().with(("picture", &desktop.id.0));
        let response = ui.interact(rect, id, Sense::CLICK);
        if response.clicked() {
            commands.push(Command::OpenDesktop(desktop.id.clone()));
        }
        response.hovered()
    }

    /// Open, or start.
    fn act(&self, ui: &mut Ui, desktop: &Desktop, commands: &mut Vec<Command>) {
        let may = self.person.may(Action::UseDesktops);
        if desktop.state == DesktopState::Offline {
            let ready = may && !self.offline;
            let wide = vec2(96.0, size::CONTROL + 2.0);
            let start = ui
                .add_enabled_ui(ready, |ui| ui.add_sized(wide, Button::new(tr!("desktops-start"))));
            let response = start.inner;
            named(&response, ready, &tr!("desktops-start-named", name = desktop.name.as_str()));
            let reason = if may { offline() } else { tr!("desktops-may-not-start") };
            if response.on_disabled_hover_text(reason).clicked() {
                commands.push(Command::StartDesktop(desktop.id.clone()));
            }
            return;
        }
        let online = desktop.state == DesktopState::Online;
        let ready = online && !self.offline;
        let response = primary(ui, tr!("desktops-open"), ready, 96.0);
        named(&response, ready, &tr!("desktops-open-named", name = desktop.name.as_str()));
        let reason = if online { offline() } else { tr!("desktops-not-online") };
        if response.on_disabled_hover_text(reason).clicked() {
            commands.push(Command::OpenDesktop(desktop.id.clone()));
        }
    }

    /// What is wanted seldom. Whether the desktop is to be stopped.
    fn menu(&self, ui: &mut Ui, desktop: &Desktop, commands: &mut Vec<Command>) -> bool {
        let running = desktop.state != DesktopState::Offline;
        if !running || !self.person.may(Action::StopDesktops) {
            return false;
        }
        let mut stop = false;
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let name = tr!("desktops-more", name = desktop.name.as_str());
            let more = icon_button(ui, Icon::More, &name, false);
            Popup::menu(&more).gap(space::XS).width(170.0).show(|ui| {
                ui.set_width(158.0);
                ui.spacing_mut().item_spacing.y = 2.0;
                let ready = desktop.state == DesktopState::Online && !self.offline;
                let open = ui.add_enabled_ui(ready, |ui| {
                    menu_item(ui, Some(Icon::Desktop), tr!("desktops-open"), false, "")
                });
                if open.inner.clicked() {
                    commands.push(Command::OpenDesktop(desktop.id.clone()));
                    ui.close();
                }
                let response = ui.add_enabled_ui(!self.offline, |ui| {
                    menu_item(ui, Some(Icon::Stop), tr!("desktops-stop"), false, "")
                });
                if response.inner.on_disabled_hover_text(offline()).clicked() {
                    stop = true;
                    ui.close();
                }
            });
        });
        stop
    }
}

fn named(response: &Response, enabled: bool, name: &str) {
    response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, name));
}

fn state(ui: &mut Ui, desktop: &Desktop) {
    let (tone, word) = match desktop.state {
        DesktopState::Online => (Tone::Good, tr!("desktops-online").to_owned()),
        DesktopState::Starting => (Tone::Warning, tr!("desktops-starting").to_owned()),
        DesktopState::Offline if desktop.last_seen.is_empty() => {
            (Tone::Neutral, tr!("desktops-offline").to_owned())
        }
        DesktopState::Offline => {
            (Tone::Neutral, tr!("desktops-offline-since", seen = desktop.last_seen.as_str()))
        }
    };
    let height = std::mem::replace(&mut ui.spacing_mut().interact_size.y, 20.0);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        dot(ui, tone);
        let word = RichText::new(word).weak().small();
        if desktop.viewers > 0 {
            ui.label(word);
            let text = format!("· {}", tr!("desktops-viewers", count = desktop.viewers));
            ui.label(RichText::new(text).weak().small());
        } else {
            ui.add(Label::new(word).truncate());
        }
    });
    ui.spacing_mut().interact_size.y = height;
}
