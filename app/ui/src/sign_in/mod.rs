//! The sign-in screen.

use crate::icons;
use crate::tokens::{self, radius, size, space};
use crate::widgets::{banner, centred, primary, secondary};
use egui::{Frame, Key, Margin, RichText, Sense, Stroke, TextEdit, Ui, vec2};
use multiclaw_core::Command;
use multiclaw_core::model::SignIn;
use multiclaw_core::secret::Password;

/// What is typed.
#[derive(Default)]
pub(crate) struct Form {
    email: String,
    /// Moved into a [`Password`] when it is sent, and then empty.
    password: String,
    reveal: bool,
    filled: bool,
    focused: bool,
}

impl Drop for Form {
    fn drop(&mut self) {
        drop(Password::new(std::mem::take(&mut self.password)));
    }
}

impl Form {
    pub(crate) fn show(&mut self, ui: &mut Ui, form: &SignIn, commands: &mut Vec<Command>) {
        if !self.filled {
            self.filled = true;
            self.email.clone_from(&form.email);
        }
        let height = if form.problem.is_some() { 520.0 } else { 440.0 };
        centred(ui, 400.0, height, |ui| {
            header(ui, "Sign in to MultiClaw", &form.server);
            ui.add_space(space::L);
            card(ui).show(ui, |ui| self.fields(ui, form, commands));
            ui.add_space(space::M);
            ui.vertical_centered(|ui| {
                ui.label(
                    RichText::new("Your password is sent once and never stored.").weak().small(),
                );
            });
        });
    }

    fn fields(&mut self, ui: &mut Ui, form: &SignIn, commands: &mut Vec<Command>) {
        let width = ui.available_width();
        if let Some(problem) = &form.problem {
            banner(ui, problem);
            ui.add_space(space::S);
        }
        let field = |text| {
            TextEdit::singleline(text).desired_width(width).margin(Margin::symmetric(12, 10))
        };
        let label = ui.label(RichText::new("E-mail").small().weak());
        let email = ui
            .add_enabled(!form.busy, field(&mut self.email).hint_text("you@company.com"))
            .labelled_by(label.id);
        ui.add_space(space::XS);
        let tall = std::mem::replace(&mut ui.spacing_mut().interact_size.y, 16.0);
        let password = ui
            .horizontal(|ui| {
                ui.spacing_mut().button_padding.y = 0.0;
                let label = ui.label(RichText::new("Password").small().weak());
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    let name = if self.reveal { "Hide password" } else { "Show password" };
                    let text = RichText::new(name).small();
                    if ui.add(egui::Button::new(text).frame(false)).clicked() {
                        self.reveal = !self.reveal;
                    }
                });
                label
            })
            .inner;
        ui.spacing_mut().interact_size.y = tall;
        let password = ui
            .add_enabled(!form.busy, field(&mut self.password).password(!self.reveal))
            .labelled_by(password.id);
        ui.add_space(space::M);
        if !self.focused {
            self.focused = true;
            if self.email.is_empty() { email.request_focus() } else { password.request_focus() }
        }
        if form.busy {
            ui.horizontal(|ui| {
                let room = ui.available_width() - 92.0;
                primary(ui, "Signing in…", false, room);
                if secondary(ui, "Cancel").clicked() {
                    commands.push(Command::CancelSignIn);
                }
            });
            return;
        }
        let ready = !self.email.trim().is_empty() && !self.password.is_empty();
        let entered = (email.lost_focus() || password.lost_focus())
            && ui.input(|i| i.key_pressed(Key::Enter));
        let clicked = primary(ui, "Sign in", ready, width).clicked();
        if ready && (clicked || entered) {
            let password = Password::new(std::mem::take(&mut self.password));
            self.focused = false;
            commands.push(Command::SignIn { email: self.email.clone(), password });
        }
    }
}

fn card(ui: &Ui) -> Frame {
    let t = tokens::of(ui.ctx());
    Frame::new()
        .fill(t.surface)
        .stroke(Stroke::new(1.0, t.line))
        .corner_radius(radius::CARD)
        .inner_margin(Margin::same(24))
}

/// Mark, name, and one line below it.
fn header(ui: &mut Ui, title: &str, line: &str) {
    let t = tokens::of(ui.ctx());
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 52.0), Sense::hover());
    let tile = egui::Rect::from_center_size(rect.center(), vec2(52.0, 52.0));
    icons::mark(ui.painter(), tile, t.accent, t.on_accent);
    ui.add_space(space::S);
    ui.vertical_centered(|ui| {
        ui.label(RichText::new(title).size(size::TITLE));
        ui.label(RichText::new(line).weak());
    });
}

/// While a stored sign-in is checked.
pub(crate) fn restoring(ui: &mut Ui) {
    centred(ui, 400.0, 160.0, |ui| header(ui, "MultiClaw", "Signing you in…"));
}
