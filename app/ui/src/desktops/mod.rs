//! The list of cloud desktops.

use crate::icons::{self, Icon};
use crate::tokens::{self, radius, size, space};
use crate::widgets::{banner, empty_state, icon_button, primary, secondary};
use egui::{
    Align, Layout, Margin, RichText, ScrollArea, Sense, Stroke, TextEdit, Ui, UiBuilder, vec2,
};
use multiclaw_core::Command;
use multiclaw_core::model::{
    CloudLink, Desktop, DesktopState, Desktops, Model, Person, Role, Theme,
};

/// Widest card, in points.
const CARD: f32 = 340.0;
/// Height of a card.
const HEIGHT: f32 = 150.0;
/// From this many desktops on there is a search field.
const MANY: usize = 7;

/// State of the screen.
#[derive(Default)]
pub(crate) struct View {
    filter: String,
}

impl View {
    pub(crate) fn show(
        &mut self,
        ui: &mut Ui,
        person: &Person,
        model: &Model,
        commands: &mut Vec<Command>,
    ) {
        let room = ui.max_rect();
        let margin = if room.width() < 760.0 { space::L } else { space::XL };
        let inner = room.shrink2(vec2(margin, space::L));
        ui.scope_builder(UiBuilder::new().max_rect(inner), |ui| {
            top(ui, person, commands);
            ui.add_space(space::L);
            match &model.desktops {
                Desktops::Loading => {
                    ui.add_space(space::XL);
                    empty_state(ui, Icon::Desktop, "Loading desktops…", "This takes a moment.");
                }
                Desktops::Failed(problem) => {
                    banner(ui, problem);
                    ui.add_space(space::S);
                    if secondary(ui, "Try again").clicked() {
                        commands.push(Command::RefreshDesktops);
                    }
                }
                Desktops::Ready(list) if list.is_empty() => {
                    ui.add_space(space::XL);
                    let text = "When your workspace gets a cloud desktop, it appears here.";
                    empty_state(ui, Icon::Desktop, "No cloud desktops yet", text);
                }
                Desktops::Ready(list) => self.list(ui, list, commands),
            }
        });
    }

    fn list(&mut self, ui: &mut Ui, all: &[Desktop], commands: &mut Vec<Command>) {
        if all.len() >= MANY {
            let search = TextEdit::singleline(&mut self.filter)
                .hint_text("Search desktops")
                .margin(Margin::symmetric(12, 10))
                .desired_width(CARD);
            let field = ui.add(search);
            field.widget_info(|| {
                egui::WidgetInfo::labeled(egui::accesskit::Role::TextInput, true, "Search desktops")
            });
            ui.add_space(space::S);
        } else {
            self.filter.clear();
        }
        let wanted = self.filter.trim().to_lowercase();
        let found: Vec<&Desktop> =
            all.iter().filter(|d| d.name.to_lowercase().contains(&wanted)).collect();
        if found.is_empty() {
            empty_state(ui, Icon::Desktop, "Nothing found", "No desktop has such a name.");
            return;
        }
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            let width = ui.available_width();
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few")]
            let columns = (((width + space::M) / (CARD + space::M)).ceil() as usize).clamp(1, 6);
            #[expect(clippy::cast_precision_loss, reason = "a few")]
            let count = columns as f32;
            let card = ((width - space::M * (count - 1.0)) / count).clamp(240.0, CARD + 60.0);
            ui.spacing_mut().item_spacing = vec2(space::M, space::M);
            for row in found.chunks(columns) {
                ui.horizontal(|ui| {
                    for desktop in row {
                        one(ui, desktop, card, commands);
                    }
                });
            }
        });
    }
}

fn top(ui: &mut Ui, person: &Person, commands: &mut Vec<Command>) {
    let t = tokens::of(ui.ctx());
    ui.horizontal(|ui| {
        let (tile, _) = ui.allocate_exact_size(vec2(34.0, 34.0), Sense::hover());
        icons::mark(ui.painter(), tile, t.accent, t.on_accent);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            ui.label(RichText::new("Cloud desktops").size(size::STRONG));
            ui.label(RichText::new(&person.workspace).weak().small());
        });
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if icon_button(ui, Icon::Refresh, "Refresh", false).clicked() {
                commands.push(Command::RefreshDesktops);
            }
        });
    });
}

fn dot(ui: &mut Ui, colour: egui::Color32) {
    let (rect, _) = ui.allocate_exact_size(vec2(10.0, 10.0), Sense::hover());
    ui.painter().circle_filled(rect.center(), 4.5, colour);
}

fn one(ui: &mut Ui, desktop: &Desktop, width: f32, commands: &mut Vec<Command>) {
    let t = tokens::of(ui.ctx());
    let (rect, _) = ui.allocate_exact_size(vec2(width, HEIGHT), Sense::hover());
    let painter = ui.painter();
    painter.rect_filled(rect, radius::CARD, t.surface);
    let line = Stroke::new(1.0, t.line);
    painter.rect_stroke(rect, radius::CARD, line, egui::StrokeKind::Inside);
    let inner = rect.shrink(space::L);
    let layout = Layout::top_down(Align::Min);
    let ui = &mut ui.new_child(UiBuilder::new().max_rect(inner).layout(layout));
    ui.set_clip_rect(rect.intersect(ui.clip_rect()));
    ui.spacing_mut().interact_size.y = 22.0;
    ui.spacing_mut().item_spacing.y = space::XS;
    ui.horizontal(|ui| {
        let (tile, _) = ui.allocate_exact_size(vec2(22.0, 22.0), Sense::hover());
        let online = desktop.state == DesktopState::Online;
        icons::paint(ui.painter(), tile, Icon::Desktop, if online { t.accent } else { t.muted });
        ui.add(egui::Label::new(RichText::new(&desktop.name).size(size::STRONG)).truncate());
    });
    let (colour, word) = match desktop.state {
        DesktopState::Online => (t.good, "Online".to_owned()),
        DesktopState::Starting => (t.warning, "Starting".to_owned()),
        DesktopState::Offline if desktop.last_seen.is_empty() => (t.muted, "Offline".to_owned()),
        DesktopState::Offline => (t.muted, format!("Offline, last seen {}", desktop.last_seen)),
    };
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        dot(ui, colour);
        ui.label(RichText::new(word).weak().small());
        if desktop.viewers > 0 {
            let many = if desktop.viewers == 1 { "viewer" } else { "viewers" };
            let text = format!("· {} {many}", desktop.viewers);
            ui.label(RichText::new(text).weak().small());
        }
    });
    ui.with_layout(Layout::bottom_up(Align::Min), |ui| {
        let online = desktop.state == DesktopState::Online;
        let response = primary(ui, "Open", online, 96.0);
        let name = format!("Open {}", desktop.name);
        response.widget_info(|| {
            egui::WidgetInfo::labeled(egui::accesskit::Role::Button, online, &name)
        });
        let reason = "It can be opened as soon as it is online.";
        if response.on_disabled_hover_text(reason).clicked() {
            commands.push(Command::OpenDesktop(desktop.id.clone()));
        }
    });
}
