//! The form for who was invited.

use super::{Form, below, busy, entered, header};
use crate::settings::SHORTEST;
use crate::tokens::space;
use crate::widgets::{banner, card, field, primary, quiet};
use egui::{RichText, Ui};
use multiclaw_core::Command;
use multiclaw_core::model::SignIn;
use multiclaw_core::tr;

impl Form {
    pub(super) fn invitation(&mut self, ui: &mut Ui, form: &SignIn, commands: &mut Vec<Command>) {
        header(ui, tr!("sign-in-join-title"), &form.server);
        ui.add_space(space::L);
        card(ui, 24).show(ui, |ui| self.join(ui, form, commands));
        ui.add_space(space::S);
        below(ui, tr!("sign-in-password-once"), |ui| {
            let back =
                ui.add_enabled_ui(!form.busy, |ui| quiet(ui, tr!("sign-in-join-back"))).inner;
            let escape = !form.busy && ui.input(|i| i.key_pressed(egui::Key::Escape));
            if back.clicked() || escape {
                self.turn(false);
                drop(self.take_code());
            }
        });
    }

    fn join(&mut self, ui: &mut Ui, form: &SignIn, commands: &mut Vec<Command>) {
        let width = ui.available_width();
        if let Some(problem) = &form.problem {
            banner(ui, problem);
            ui.add_space(space::S);
        }
        let free = !form.busy;
        let code = ui.add_enabled_ui(free, |ui| {
            field(ui, tr!("sign-in-join-code"), &mut self.code, tr!("sign-in-join-code-hint"))
        });
        let name =
            ui.add_enabled_ui(free, |ui| field(ui, tr!("sign-in-join-name"), &mut self.name, ""));
        let (code, name) = (code.inner, name.inner);
        let password = self.secret(ui, form.busy, tr!("sign-in-password"), "");
        let length = self.password.chars().count();
        let rule = if length == 0 || length >= SHORTEST {
            tr!("sign-in-join-password", shortest = SHORTEST)
        } else {
            tr!("sign-in-join-password-short", shortest = SHORTEST, missing = SHORTEST - length)
        };
        ui.label(RichText::new(rule).small().weak());
        ui.add_space(space::S);
        if !self.focused && !form.busy {
            self.focused = true;
            code.request_focus();
        }
        if form.busy {
            busy(ui, tr!("sign-in-join-busy"), commands);
            return;
        }
        let ready =
            !self.code.trim().is_empty() && !self.name.trim().is_empty() && length >= SHORTEST;
        let entered = entered(ui, &[&code, &name, &password]);
        let clicked = primary(ui, tr!("sign-in-join"), ready, width).clicked();
        if ready && (clicked || entered) {
            self.focused = false;
            let (code, password) = (self.take_code(), self.take_password());
            let name = self.name.trim().to_owned();
            commands.push(Command::AcceptInvitation { code, name, password });
        }
    }
}
