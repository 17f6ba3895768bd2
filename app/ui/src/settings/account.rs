//! The account: who is signed in, and a new password.

use super::row::{divider, fact, group};
use crate::tickets;
use crate::tokens::{size, space};
use crate::widgets::{Tone, banner, card, dot, primary, quiet, secret_field};
use egui::{Align, Key, Layout, RichText, Ui};
use multiclaw_core::Command;
use multiclaw_core::model::{CloudLink, Model, Person, Role, Ticket, Work};
use multiclaw_core::secret::Password;
use multiclaw_core::tr;

/// Shortest password that the cloud takes, in characters.
pub(crate) const SHORTEST: usize = 10;

/// The form for a new password.
#[derive(Default)]
pub(super) struct Form {
    current: String,
    new: String,
    reveal: bool,
    ticket: Option<Ticket>,
    changed: bool,
}

impl Drop for Form {
    fn drop(&mut self) {
        self.wipe();
    }
}

impl Form {
    /// Both fields become secrets, whose memory is wiped.
    fn wipe(&mut self) -> (Password, Password) {
        let take = |text: &mut String| Password::new(std::mem::take(text));
        (take(&mut self.current), take(&mut self.new))
    }

    /// The page is not shown any more.
    pub(super) fn leave(&mut self, commands: &mut Vec<Command>) {
        commands.extend(self.ticket.take().map(Command::Forget));
        self.wipe();
        self.changed = false;
        self.reveal = false;
    }

    pub(super) fn show(
        &mut self,
        ui: &mut Ui,
        person: &Person,
        model: &Model,
        commands: &mut Vec<Command>,
    ) {
        group(ui, "", |ui| {
            let role = match person.role {
                Role::Owner => tr!("settings-account-owner"),
                Role::Member => tr!("settings-account-member"),
            };
            let rows = [
                (tr!("settings-account-name"), person.name.as_str()),
                (tr!("settings-account-email"), &person.email),
                (tr!("settings-account-workspace"), &person.workspace),
                (tr!("settings-account-role"), if person.workspace.is_empty() { "" } else { role }),
            ];
            let rows = rows.into_iter().filter(|(_, text)| !text.is_empty());
            for (n, (name, text)) in rows.enumerate() {
                if n > 0 {
                    divider(ui);
                }
                fact(ui, name, text);
            }
        });
        ui.label(RichText::new(tr!("settings-password-change")).size(size::STRONG));
        ui.label(RichText::new(tr!("settings-password-note")).weak().small());
        ui.add_space(space::XS);
        card(ui, 20).show(ui, |ui| {
            ui.set_width(ui.available_width());
            self.password(ui, model, commands);
        });
    }

    fn password(&mut self, ui: &mut Ui, model: &Model, commands: &mut Vec<Command>) {
        let work = self.ticket.and_then(|t| model.work.get(&t));
        let busy = self.ticket.is_some() && !matches!(work, Some(Work::Failed(_)));
        match work {
            Some(Work::Done | Work::Queued) => {
                commands.extend(self.ticket.take().map(Command::Forget));
                self.changed = true;
            }
            Some(Work::Failed(problem)) => {
                banner(ui, problem);
                ui.add_space(space::S);
            }
            Some(Work::Busy) | None => {}
        }
        if self.changed {
            ui.horizontal(|ui| {
                dot(ui, Tone::Good);
                ui.label(tr!("settings-password-changed"));
            });
            ui.add_space(space::S);
        }
        let reveal = self.reveal;
        let fields = ui.add_enabled_ui(!busy, |ui| {
            let name = tr!("settings-password-current");
            let current = secret_field(ui, name, &mut self.current, "", reveal);
            ui.add_space(space::XS);
            let name = tr!("settings-password-new");
            let new = secret_field(ui, name, &mut self.new, "", reveal);
            (current, new)
        });
        let (current, new) = fields.inner;
        let length = self.new.chars().count();
        let enough = length >= SHORTEST;
        let rule = if length == 0 || enough {
            tr!("settings-password-rule", least = SHORTEST)
        } else {
            tr!("settings-password-rule-more", least = SHORTEST, more = SHORTEST - length)
        };
        ui.horizontal(|ui| {
            ui.label(RichText::new(rule).small().weak());
            let name = match reveal {
                true => tr!("settings-password-hide"),
                false => tr!("settings-password-show"),
            };
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if quiet(ui, name).clicked() {
                    self.reveal = !reveal;
                }
            });
        });
        ui.add_space(space::S);
        let offline = matches!(model.cloud, CloudLink::Waiting { .. });
        let ready = !busy && !offline && enough && !self.current.is_empty();
        let entered =
            (current.lost_focus() || new.lost_focus()) && ui.input(|i| i.key_pressed(Key::Enter));
        let name = match busy {
            true => tr!("settings-password-changing"),
            false => tr!("settings-password-change"),
        };
        let button = primary(ui, name, ready, 180.0);
        let button = if offline {
            button.on_disabled_hover_text(tr!("settings-password-offline"))
        } else {
            button
        };
        if ready && (entered || button.clicked()) {
            commands.extend(self.ticket.take().map(Command::Forget));
            let ticket = tickets::next(ui.ctx());
            let (current, new) = self.wipe();
            self.ticket = Some(ticket);
            self.changed = false;
            commands.push(Command::ChangePassword { ticket, current, new });
        }
    }
}
