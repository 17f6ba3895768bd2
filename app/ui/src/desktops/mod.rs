//! The list of cloud desktops.

mod card;
mod thumbnails;

use crate::icons::Icon;
use crate::parts::{Answer, Confirm};
use crate::tokens::space;
use crate::widgets::{
    empty_state, error_state, icon_button, loading_state, page, page_header, search_field,
};
use card::Card;
use egui::{ScrollArea, Ui, vec2};
use multiclaw_core::Command;
use multiclaw_core::model::{CloudLink, Desktop, DesktopId, DesktopState, Desktops, Model, Person};
use multiclaw_core::tr;

/// Widest card, in points.
const CARD: f32 = 340.0;
/// From this many desktops on there is a search field.
const MANY: usize = 7;

/// State of the screen.
#[derive(Default)]
pub(crate) struct View {
    filter: String,
    thumbnails: thumbnails::Thumbnails,
    /// Asked whether to stop it.
    stop: Option<DesktopId>,
}

impl View {
    pub(crate) fn show(
        &mut self,
        ui: &mut Ui,
        person: &Person,
        model: &Model,
        commands: &mut Vec<Command>,
    ) {
        self.thumbnails.update(ui.ctx(), &model.thumbnails);
        page(ui, |ui| {
            let all: &[Desktop] = match &model.desktops {
                Desktops::Ready(list) => list,
                Desktops::Loading | Desktops::Failed(_) => &[],
            };
            self.head(ui, all, commands);
            ui.add_space(space::S);
            match &model.desktops {
                Desktops::Loading => loading_state(ui, Icon::Desktop, tr!("desktops-loading")),
                Desktops::Failed(problem) => {
                    if error_state(ui, problem) {
                        commands.push(Command::RefreshDesktops);
                    }
                }
                Desktops::Ready(list) if list.is_empty() => {
                    ui.add_space(space::XL);
                    let text = tr!("desktops-none-why");
                    empty_state(ui, Icon::Desktop, tr!("desktops-none"), text);
                }
                Desktops::Ready(list) => {
                    let offline = matches!(model.cloud, CloudLink::Waiting { .. });
                    self.list(ui, person, list, offline, commands);
                }
            }
        });
        self.ask(ui, model, commands);
    }

    fn head(&mut self, ui: &mut Ui, all: &[Desktop], commands: &mut Vec<Command>) {
        let online = all.iter().filter(|d| d.state == DesktopState::Online).count();
        let subtitle = if all.is_empty() {
            String::new()
        } else {
            let desktops = tr!("desktops-count", count = all.len());
            tr!("desktops-count-online", desktops = desktops, online = online)
        };
        let room = ui.available_width() - 320.0;
        page_header(ui, tr!("desktops-title"), &subtitle, |ui| {
            if icon_button(ui, Icon::Refresh, tr!("desktops-refresh"), false).clicked() {
                commands.push(Command::RefreshDesktops);
            }
            if all.len() >= MANY {
                search_field(
                    ui,
                    &mut self.filter,
                    tr!("desktops-search"),
                    room.clamp(150.0, 260.0),
                );
            } else {
                self.filter.clear();
            }
        });
    }

    fn list(
        &mut self,
        ui: &mut Ui,
        person: &Person,
        all: &[Desktop],
        offline: bool,
        commands: &mut Vec<Command>,
    ) {
        let wanted = self.filter.trim().to_lowercase();
        let found: Vec<&Desktop> =
            all.iter().filter(|d| d.name.to_lowercase().contains(&wanted)).collect();
        if found.is_empty() {
            ui.add_space(space::XL);
            empty_state(
                ui,
                Icon::Search,
                tr!("desktops-nothing-found"),
                tr!("desktops-nothing-found-why"),
            );
            return;
        }
        let card = Card { person, thumbnails: &self.thumbnails, offline };
        let width = ui.available_width();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few")]
        let columns = (((width + space::M) / (CARD + space::M)).ceil() as usize).clamp(1, 8);
        #[expect(clippy::cast_precision_loss, reason = "a few")]
        let count = columns as f32;
        let wide = ((width - space::M * (count - 1.0)) / count).clamp(200.0, CARD + 60.0).floor();
        let rows: Vec<&[&Desktop]> = found.chunks(columns).collect();
        ui.spacing_mut().item_spacing = vec2(space::M, space::M);
        let area = ScrollArea::vertical().auto_shrink(false);
        area.show_rows(ui, card::height(wide), rows.len(), |ui, range| {
            for row in rows.get(range).unwrap_or_default() {
                ui.horizontal(|ui| {
                    for desktop in *row {
                        if card.show(ui, desktop, wide, commands) {
                            self.stop = Some(desktop.id.clone());
                        }
                    }
                });
            }
        });
    }

    /// Stopping ends what runs there, so it is asked first.
    fn ask(&mut self, ui: &Ui, model: &Model, commands: &mut Vec<Command>) {
        let (Some(id), Desktops::Ready(all)) = (&self.stop, &model.desktops) else { return };
        let running = |d: &&Desktop| d.id == *id && d.state != DesktopState::Offline;
        let Some(desktop) = all.iter().find(running) else {
            self.stop = None;
            return;
        };
        let title = tr!("desktops-stop-question", name = desktop.name.as_str());
        let text = tr!("desktops-stop-text", viewers = desktop.viewers);
        let confirm = Confirm {
            id: "stop desktop",
            title: &title,
            text: &text,
            act: tr!("desktops-stop-yes"),
            keep: tr!("desktops-cancel"),
            blocked: None,
        };
        match confirm.show(ui.ctx()) {
            Answer::None => {}
            Answer::No => self.stop = None,
            Answer::Yes => {
                commands.push(Command::StopDesktop(id.clone()));
                self.stop = None;
            }
        }
    }
}
