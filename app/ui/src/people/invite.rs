//! Inviting somebody: the form, and the code that is shown once.

use crate::icons::Icon;
use crate::parts::{Act, Dialog, Field, Segment, Sending, Sent, blocked, body, footer, segments};
use crate::tokens::{self, radius, size, space};
use crate::widgets::banner;
use egui::accesskit::Role as Node;
use egui::{Context, FontFamily, Frame, Key, Label, Margin, RichText, Ui};
use multiclaw_core::Command;
use multiclaw_core::model::{Invitation, Model, Role};
use multiclaw_core::tr;

/// What is typed.
#[derive(Default)]
pub(super) struct Form {
    shown: bool,
    focused: bool,
    email: String,
    owner: bool,
    sending: Sending,
    copied: bool,
}

impl Form {
    pub(super) fn open(&mut self) {
        self.shown = true;
        self.focused = false;
        self.copied = false;
    }

    pub(super) fn show(&mut self, ctx: &Context, model: &Model, commands: &mut Vec<Command>) {
        let state = self.sending.state(model);
        if self.shown && matches!(state, Sent::Done | Sent::Queued) {
            self.sending.forget(commands);
            *self = Self::default();
        }
        if let Some(invitation) = &model.workspace.invitation {
            if code(ctx, invitation, &mut self.copied) {
                commands.push(Command::DismissInvitation);
                self.copied = false;
            }
        } else if self.shown {
            self.form(ctx, model, commands);
        }
    }

    fn form(&mut self, ctx: &Context, model: &Model, commands: &mut Vec<Command>) {
        let state = self.sending.state(model);
        let busy = state == Sent::Busy;
        let dialog = Dialog {
            id: "invite",
            title: tr!("people-invite-somebody"),
            width: 460.0,
            light: false,
        };
        let ((send, taken_back), closed) = dialog.show(ctx, |ui| {
            let entered = body(ui, |ui| {
                if let Sent::Failed(problem) = &state {
                    banner(ui, problem);
                    ui.add_space(space::M);
                }
                ui.add_enabled_ui(!busy, |ui| self.fields(ui)).inner
            });
            let whole = self
                .email
                .trim()
                .split_once('@')
                .is_some_and(|(a, b)| !a.is_empty() && !b.is_empty() && !b.contains('@'));
            let blocked = match (busy, whole) {
                (true, _) => Some(tr!("people-being-invited")),
                (_, false) => Some(tr!("people-needs-email")),
                _ => blocked(model),
            };
            footer(ui, |ui| {
                let text = if busy { tr!("people-inviting") } else { tr!("people-invite-make") };
                let make = Act::primary(text).blocked(blocked).show(ui);
                let cancel = Act::plain(tr!("people-cancel")).show(ui).clicked();
                (blocked.is_none() && (make.clicked() || entered), cancel)
            })
        });
        if send {
            let ticket = self.sending.start(ctx, commands);
            let role = if self.owner { Role::Owner } else { Role::Member };
            commands.push(Command::Invite { ticket, email: self.email.trim().to_owned(), role });
        } else if closed || taken_back {
            self.sending.forget(commands);
            *self = Self::default();
        }
    }

    /// Whether Enter was pressed where it sends.
    fn fields(&mut self, ui: &mut Ui) -> bool {
        let t = tokens::of(ui.ctx());
        let focus = !std::mem::replace(&mut self.focused, true);
        let email = Field {
            label: tr!("people-email"),
            hint: tr!("people-email-hint"),
            characters: 254,
            focus,
            ..Field::default()
        };
        let email = email.show(ui, &mut self.email);
        let small = |text: &str| RichText::new(text).size(size::SMALL).color(t.muted);
        ui.label(small(tr!("people-role")));
        let all = [tr!("people-member"), tr!("people-owner")];
        let all = all.map(|text| Segment { text, count: None });
        if let Some(n) = segments(ui, Node::RadioButton, &all, usize::from(self.owner)) {
            self.owner = n == 1;
        }
        ui.add_space(space::XS);
        let text = match self.owner {
            false => tr!("people-members-may"),
            true => tr!("people-owners-may"),
        };
        ui.add(Label::new(small(text)).wrap());
        email.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter))
    }
}

/// Shows the code; whether it was taken away.
fn code(ctx: &Context, invitation: &Invitation, copied: &mut bool) -> bool {
    let dialog =
        Dialog { id: "invitation", title: tr!("people-invited-title"), width: 460.0, light: false };
    let (done, closed) = dialog.show(ctx, |ui| {
        body(ui, |ui| {
            let t = tokens::of(ui.ctx());
            let text = tr!("people-code-give", email = &invitation.email);
            ui.add(Label::new(text).wrap());
            ui.add_space(space::M);
            Frame::new()
                .fill(t.raised)
                .corner_radius(radius::CONTROL)
                .inner_margin(Margin::symmetric(16, 18))
                .show(ui, |ui| {
                    ui.set_width(ui.available_width());
                    let text = RichText::new(invitation.code.expose())
                        .family(FontFamily::Monospace)
                        .size(size::TITLE - 2.0);
                    ui.vertical_centered(|ui| ui.add(Label::new(text).wrap().selectable(true)));
                });
            ui.add_space(space::S);
            let text = tr!("people-code-until", until = &invitation.until);
            ui.add(Label::new(RichText::new(text).size(size::SMALL).color(t.muted)).wrap());
        });
        footer(ui, |ui| {
            let done = Act::plain(tr!("people-code-done")).show(ui).clicked();
            let text = if *copied { tr!("people-code-copied") } else { tr!("people-code-copy") };
            let copy = Act::primary(text).icon(Icon::Copy).show(ui);
            if ui.memory(|m| m.focused().is_none()) {
                copy.request_focus();
            }
            if copy.clicked() {
                ui.ctx().copy_text(invitation.code.expose().to_owned());
                *copied = true;
            }
            done
        })
    });
    done || closed
}
