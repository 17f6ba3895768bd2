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
use multiclaw_core::tr;

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
        group(ui, tr!("settings-updates-other"), |ui| {
            let (title, text) = (tr!("settings-updates-files"), tr!("settings-updates-files-note"));
            row(ui, title, text, 140.0, |ui| {
                if Act::plain(tr!("settings-updates-files-choose")).blocked(busy).show(ui).clicked()
                {
                    commands.push(Command::InstallUpdateFile);
                }
            });
            let Some(previous) = &update.previous else { return };
            divider(ui);
            if update.going_back {
                let title = tr!("settings-updates-keep", version = update.version.as_str());
                row(ui, &title, tr!("settings-updates-keep-note"), 140.0, |ui| {
                    if Act::plain(tr!("settings-updates-keep-act")).show(ui).clicked() {
                        commands.push(Command::CancelUpdate);
                    }
                });
                return;
            }
            let title = tr!("settings-updates-back", version = previous.as_str());
            row(ui, &title, tr!("settings-updates-back-note"), 140.0, |ui| {
                if Act::plain(tr!("settings-updates-back-ask")).blocked(busy).show(ui).clicked() {
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
        let title = tr!("settings-updates-back-question", version = previous.as_str());
        let text = tr!(
            "settings-updates-back-text",
            version = update.version.as_str(),
            previous = previous.as_str(),
        );
        let confirm = Confirm {
            id: "go back",
            title: &title,
            text: &text,
            act: tr!("settings-updates-back-act"),
            keep: tr!("settings-updates-back-keep"),
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
            Some(tr!("settings-updates-wait"))
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
    let caption = tr!("settings-updates-new", version = offer.version.as_str());
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
    group(ui, tr!("settings-updates-trust"), |ui| {
        let never = tr!("settings-updates-never");
        let checked = if update.last_check.is_empty() { never } else { &update.last_check };
        fact(ui, tr!("settings-updates-last-check"), checked);
        for result in [&update.last_result, &update.last_change].into_iter().flatten() {
            divider(ui);
            said(ui, &result.text, result.good);
        }
        for key in update.keys.iter() {
            divider(ui);
            let (id, begins) = (key.id.as_str(), key.begins.as_str());
            let text = tr!("settings-updates-key", id = id, begins = begins);
            row(ui, &key.role, &text, 0.0, |_| {});
        }
    });
    ui.add(Label::new(RichText::new(tr!("settings-updates-trust-note")).weak().small()).wrap());
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
    group(ui, tr!("settings-updates-failed"), |ui| {
        for (n, failed) in update.failed.iter().enumerate() {
            if n > 0 {
                divider(ui);
            }
            let title = tr!("settings-updates-version", version = failed.version.as_str());
            row(ui, &title, &failed.reason, 0.0, |_| {});
        }
    });
}
