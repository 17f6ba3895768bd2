//! Updates: what runs, what is new, what is trusted, and the way back.

mod by_itself;
mod state;

use super::row::{divider, fact, group, row};
use crate::parts::{Act, Answer, Confirm};
use crate::tokens::{self, size, space};
use crate::widgets::Tone;
use egui::{Label, RichText, ScrollArea, Sense, Ui, vec2};
use multiclaw_core::Command;
use multiclaw_core::model::{Model, Update, UpdateOffer, UpdatePlace, UpdateState};

/// Highest list of what is new, in points; more is scrolled.
const NOTES: f32 = 220.0;

/// State of the page.
#[derive(Default)]
pub(super) struct Page {
    /// The question before going back is shown.
    going_back: bool,
}

impl Page {
    pub(super) fn show(&mut self, ui: &mut Ui, model: &Model, commands: &mut Vec<Command>) {
        let update = &model.update;
        group(ui, "", |ui| {
            ui.set_width(ui.available_width());
            state::show(ui, update, commands);
        });
        for note in update.notes.iter() {
            marked(ui, Tone::Warning, RichText::new(note).weak());
            ui.add_space(space::S);
        }
        if let Some(offer) = offer(&update.state).filter(|offer| !offer.notes.is_empty()) {
            notes(ui, offer);
        }
        let runs = !matches!(update.place, UpdatePlace::Off | UpdatePlace::NoKeys);
        if runs {
            by_itself::show(ui, model, commands);
            trust(ui, update);
        }
        if update.place == UpdatePlace::Ours {
            self.other_ways(ui, update, commands);
        }
        failed(ui, update);
        if self.going_back {
            self.confirm(ui, update, commands);
        }
    }

    fn other_ways(&mut self, ui: &mut Ui, update: &Update, commands: &mut Vec<Command>) {
        let busy = blocked(update);
        group(ui, "Without the network, and back", |ui| {
            let text = "For a computer without a way out: choose the archive and its .minisig \
                        file. They are checked like a download.";
            row(ui, "Install from files", text, 140.0, |ui| {
                if Act::plain("Choose files…").blocked(busy).show(ui).clicked() {
                    commands.push(Command::InstallUpdateFile);
                }
            });
            let Some(previous) = &update.previous else { return };
            divider(ui);
            if update.going_back {
                let title = format!("Keep version {}", update.version);
                let text = "Do not go back at the next start after all.";
                row(ui, &title, text, 140.0, |ui| {
                    if Act::plain("Keep it").show(ui).clicked() {
                        commands.push(Command::CancelUpdate);
                    }
                });
                return;
            }
            let title = format!("Go back to version {previous}");
            let text = "It was kept when it was replaced. Only one step back is possible.";
            row(ui, &title, text, 140.0, |ui| {
                if Act::plain("Go back…").blocked(busy).show(ui).clicked() {
                    self.going_back = true;
                }
            });
        });
    }

    fn confirm(&mut self, ui: &Ui, update: &Update, commands: &mut Vec<Command>) {
        let Some(previous) = &update.previous else {
            self.going_back = false;
            return;
        };
        let title = format!("Go back to version {previous}?");
        let text = format!(
            "Version {} may close security holes that {previous} has. It is not offered by itself \
             again; a newer one is. Version {previous} runs from the next start on.",
            update.version
        );
        let confirm = Confirm {
            id: "go back",
            title: &title,
            text: &text,
            act: "Go back",
            keep: "Keep this version",
            blocked: None,
        };
        match confirm.show(ui.ctx()) {
            Answer::None => {}
            Answer::No => self.going_back = false,
            Answer::Yes => {
                self.going_back = false;
                commands.push(Command::RollBackUpdate);
            }
        }
    }
}

/// Why nothing else can be begun now.
fn blocked(update: &Update) -> Option<&'static str> {
    match update.state {
        UpdateState::Checking | UpdateState::Downloading { .. } | UpdateState::Installing => {
            Some("Wait until what is going on is over, or cancel it.")
        }
        _ => None,
    }
}

/// The version that the page speaks of.
fn offer(state: &UpdateState) -> Option<&UpdateOffer> {
    match state {
        UpdateState::Available { offer, .. }
        | UpdateState::Downloading { offer, .. }
        | UpdateState::Ready(offer) => Some(offer),
        _ => None,
    }
}

/// What is new, as plain text: whoever wrote it is not the person in front.
fn notes(ui: &mut Ui, offer: &UpdateOffer) {
    let caption = format!("What is new in {}", offer.version);
    group(ui, &caption, |ui| {
        ScrollArea::vertical().id_salt("notes").max_height(NOTES).show(ui, |ui| {
            egui::Frame::new().inner_margin(egui::Margin::symmetric(16, 13)).show(ui, |ui| {
                ui.set_width(ui.available_width());
                let t = tokens::of(ui.ctx());
                let text = RichText::new(&offer.notes).size(size::BODY).color(t.text);
                ui.add(Label::new(text).wrap());
            });
        });
    });
}

/// What a version has to be signed with, and how checking went.
fn trust(ui: &mut Ui, update: &Update) {
    group(ui, "What is trusted", |ui| {
        let never = "Never";
        let checked = if update.last_check.is_empty() { never } else { &update.last_check };
        fact(ui, "Last check that came through", checked);
        for result in [&update.last_result, &update.last_change].into_iter().flatten() {
            divider(ui);
            said(ui, &result.text, result.good);
        }
        for key in update.keys.iter() {
            divider(ui);
            let text = format!("Key {}, which begins with {}", key.id, key.begins);
            row(ui, &key.role, &text, 0.0, |_| {});
        }
    });
    let text = "A new version is installed only when it is signed with one of these keys, for this \
                kind of computer, and is newer than this one.";
    ui.add(Label::new(RichText::new(text).weak().small()).wrap());
    ui.add_space(space::L);
}

fn said(ui: &mut Ui, text: &str, good: bool) {
    egui::Frame::new().inner_margin(egui::Margin::symmetric(16, 12)).show(ui, |ui| {
        ui.set_width(ui.available_width());
        marked(ui, if good { Tone::Good } else { Tone::Warning }, RichText::new(text));
    });
}

/// A text with a dot before its first line.
fn marked(ui: &mut Ui, tone: Tone, text: RichText) {
    ui.horizontal_top(|ui| {
        let line = ui.text_style_height(&egui::TextStyle::Body);
        let (rect, _) = ui.allocate_exact_size(vec2(10.0, line), Sense::hover());
        let colour = tone.colour(&tokens::of(ui.ctx()));
        ui.painter().circle_filled(rect.center(), 4.0, colour);
        ui.add(Label::new(text).wrap());
    });
}

/// Versions that are not offered again.
fn failed(ui: &mut Ui, update: &Update) {
    if update.failed.is_empty() {
        return;
    }
    group(ui, "Not offered again", |ui| {
        for (n, failed) in update.failed.iter().enumerate() {
            if n > 0 {
                divider(ui);
            }
            row(ui, &format!("Version {}", failed.version), &failed.reason, 0.0, |_| {});
        }
    });
}
