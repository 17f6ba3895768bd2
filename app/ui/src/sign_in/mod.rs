//! The sign-in screen: with a password, in the browser, with an invitation, or not at all.

mod browser;
mod invitation;

use crate::icons;
use crate::tokens::{self, size, space};
use crate::widgets::{banner, card, field, primary, quiet, secondary, secret_field};
use egui::{
    Align, Button, Key, Layout, Response, RichText, ScrollArea, Sense, Ui, UiBuilder, vec2,
};
use multiclaw_core::Command;
use multiclaw_core::model::SignIn;
use multiclaw_core::secret::{InvitationText, Password};
use multiclaw_core::tr;

/// Width of the form, in points.
const WIDTH: f32 = 400.0;

/// What is typed.
#[derive(Default)]
pub(crate) struct Form {
    email: String,
    /// Moved into a [`Password`] when it is sent, and then empty.
    password: String,
    /// The same with [`InvitationText`].
    code: String,
    name: String,
    invited: bool,
    reveal: bool,
    filled: bool,
    focused: bool,
}

impl Drop for Form {
    fn drop(&mut self) {
        drop(self.take_password());
        drop(self.take_code());
    }
}

impl Form {
    fn take_password(&mut self) -> Password {
        Password::new(std::mem::take(&mut self.password))
    }

    fn take_code(&mut self) -> InvitationText {
        InvitationText::new(std::mem::take(&mut self.code))
    }

    pub(crate) fn show(&mut self, ui: &mut Ui, form: &SignIn, commands: &mut Vec<Command>) {
        if !self.filled {
            self.filled = true;
            self.email.clone_from(&form.email);
        }
        let problem = if form.problem.is_some() { 80.0 } else { 0.0 };
        if let Some(page) = &form.browser {
            column(ui, 430.0 + problem, |ui| browser::show(ui, form, page, commands));
        } else if self.invited {
            column(ui, 600.0 + problem, |ui| self.invitation(ui, form, commands));
        } else {
            column(ui, 540.0 + problem, |ui| self.password(ui, form, commands));
        }
    }

    /// Shows the other form.
    fn turn(&mut self, invited: bool) {
        self.invited = invited;
        self.focused = false;
        self.reveal = false;
        drop(self.take_password());
    }

    fn password(&mut self, ui: &mut Ui, form: &SignIn, commands: &mut Vec<Command>) {
        header(ui, tr!("sign-in-title"), &form.server);
        ui.add_space(space::L);
        card(ui, 24).show(ui, |ui| {
            self.fields(ui, form, commands);
            or(ui);
            let wide = vec2(ui.available_width(), size::CONTROL + 2.0);
            let browser = ui.add_enabled_ui(!form.busy, |ui| {
                ui.add_sized(wide, Button::new(tr!("sign-in-browser")))
            });
            if browser.inner.clicked() {
                commands.push(Command::SignInWithBrowser);
            }
        });
        ui.add_space(space::S);
        below(ui, tr!("sign-in-password-once"), |ui| {
            let names = [
                (tr!("sign-in-invited"), tr!("sign-in-invited-why")),
                (tr!("sign-in-locally"), tr!("sign-in-locally-why")),
            ];
            ui.add_enabled_ui(!form.busy, |ui| match side_by_side(ui, names) {
                Some(0) => self.turn(true),
                Some(_) => commands.push(Command::ContinueLocally),
                None => {}
            });
        });
    }

    fn fields(&mut self, ui: &mut Ui, form: &SignIn, commands: &mut Vec<Command>) {
        let width = ui.available_width();
        if let Some(problem) = &form.problem {
            banner(ui, problem);
            ui.add_space(space::S);
        }
        let email = ui
            .add_enabled_ui(!form.busy, |ui| {
                field(ui, tr!("sign-in-email"), &mut self.email, tr!("sign-in-email-hint"))
            })
            .inner;
        let password = self.secret(ui, form.busy, tr!("sign-in-password"), "");
        ui.add_space(space::S);
        if !self.focused && !form.busy {
            self.focused = true;
            if self.email.is_empty() { email.request_focus() } else { password.request_focus() }
        }
        if form.busy {
            busy(ui, tr!("sign-in-busy"), commands);
            return;
        }
        let ready = !self.email.trim().is_empty() && !self.password.is_empty();
        let entered = entered(ui, &[&email, &password]);
        let clicked = primary(ui, tr!("sign-in-act"), ready, width).clicked();
        if ready && (clicked || entered) {
            self.focused = false;
            let password = self.take_password();
            commands.push(Command::SignIn { email: self.email.clone(), password });
        }
    }

    /// The password's field, and the switch that shows it.
    fn secret(&mut self, ui: &mut Ui, busy: bool, name: &str, hint: &str) -> Response {
        let top = ui.cursor().min;
        let width = ui.available_width();
        let reveal = self.reveal;
        let field = ui
            .add_enabled_ui(!busy, |ui| secret_field(ui, name, &mut self.password, hint, reveal))
            .inner;
        let rect = egui::Rect::from_min_size(top, vec2(width, 16.0));
        let layout = Layout::right_to_left(Align::Center);
        let mut corner = ui.new_child(UiBuilder::new().max_rect(rect).layout(layout));
        corner.spacing_mut().button_padding.y = 0.0;
        corner.spacing_mut().interact_size.y = 16.0;
        let name = if reveal { tr!("sign-in-password-hide") } else { tr!("sign-in-password-show") };
        let button = Button::new(RichText::new(name).small().weak()).frame(false);
        if corner.add(button).clicked() {
            self.reveal = !reveal;
        }
        field
    }
}

/// Whether Enter was pressed in one of the fields.
pub(crate) fn entered(ui: &Ui, fields: &[&Response]) -> bool {
    fields.iter().any(|f| f.lost_focus()) && ui.input(|i| i.key_pressed(Key::Enter))
}

/// Something is under way, and can be stopped.
fn busy(ui: &mut Ui, what: &str, commands: &mut Vec<Command>) {
    ui.horizontal(|ui| {
        let room = ui.available_width() - 92.0;
        primary(ui, what, false, room);
        if secondary(ui, tr!("sign-in-cancel")).clicked() {
            commands.push(Command::CancelSignIn);
        }
    });
}

/// A column in the middle of the window; it scrolls where the window is too low.
pub(crate) fn column(ui: &mut Ui, height: f32, add: impl FnOnce(&mut Ui)) {
    let room = ui.max_rect();
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        let width = WIDTH.min(room.width() - 2.0 * space::L);
        let top = ((room.height() - height) * 0.42).max(space::L);
        let at = ui.cursor().min + vec2((room.width() - width) / 2.0, top);
        let rect = egui::Rect::from_min_size(at, vec2(width, f32::INFINITY));
        let layout = Layout::top_down(Align::Min);
        ui.scope_builder(UiBuilder::new().max_rect(rect).layout(layout), add);
        ui.add_space(space::L);
    });
}

/// A quiet sentence, and other ways to go on.
fn below(ui: &mut Ui, text: &str, ways: impl FnOnce(&mut Ui)) {
    ui.vertical_centered(|ui| {
        ui.label(RichText::new(text).weak().small());
        ui.add_space(space::XS);
        ui.spacing_mut().interact_size.y = 26.0;
        ui.spacing_mut().item_spacing.y = 2.0;
        ui.spacing_mut().button_padding.y = 2.0;
        ways(ui);
    });
}

/// Two texts that act and their tips, in the middle; the number of the one that was clicked.
fn side_by_side(ui: &mut Ui, names: [(&str, &str); 2]) -> Option<usize> {
    let font = egui::FontId::proportional(size::BODY);
    let wide = |(name, _): &(&str, &str)| {
        ui.painter()
            .layout_no_wrap((*name).to_owned(), font.clone(), egui::Color32::PLACEHOLDER)
            .size()
            .x
    };
    let total = names.iter().map(wide).sum::<f32>() + space::L;
    let mut clicked = None;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        ui.add_space(((ui.available_width() - total) / 2.0).max(0.0));
        for (n, (name, tip)) in names.into_iter().enumerate() {
            if n > 0 {
                ui.add_space(space::L);
            }
            if quiet(ui, name).on_hover_text(tip).clicked() {
                clicked = Some(n);
            }
        }
    });
    clicked
}

fn or(ui: &mut Ui) {
    let t = tokens::of(ui.ctx());
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 26.0), Sense::hover());
    let font = egui::FontId::proportional(size::SMALL);
    let word = ui.painter().text(
        rect.center(),
        egui::Align2::CENTER_CENTER,
        tr!("sign-in-or"),
        font,
        t.muted,
    );
    let line = (1.0, t.line);
    ui.painter().hline(rect.min.x..=word.min.x - space::M, rect.center().y, line);
    ui.painter().hline(word.max.x + space::M..=rect.max.x, rect.center().y, line);
}

/// Mark, name, and one line below it.
pub(crate) fn header(ui: &mut Ui, title: &str, line: &str) {
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
    column(ui, 160.0, |ui| header(ui, "MultiClaw", tr!("sign-in-restoring")));
}
