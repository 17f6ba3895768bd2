//! The form for an SOP that is to be written.

use crate::parts::{Act, Dialog, Field, Sending, Sent, blocked, body, footer};
use crate::tokens::{self, size, space};
use crate::widgets::banner;
use egui::{Context, Key, Label, Modifiers, RichText, Ui};
use multiclaw_core::Command;
use multiclaw_core::model::{Model, SopDraft};
use multiclaw_core::tr;

/// Longest name, in characters.
const NAME: usize = 120;
/// Longest goal, in bytes.
const GOAL: usize = 4 * 1024;

/// What is typed. It stays until it was sent or taken back.
#[derive(Default)]
pub(super) struct Form {
    shown: bool,
    focused: bool,
    draft: SopDraft,
    sending: Sending,
}

impl Form {
    pub(super) fn open(&mut self) {
        self.shown = true;
        self.focused = false;
    }

    pub(super) fn show(&mut self, ctx: &Context, model: &Model, commands: &mut Vec<Command>) {
        if !self.shown {
            return;
        }
        let state = self.sending.state(model);
        if matches!(state, Sent::Done | Sent::Queued) {
            self.sending.forget(commands);
            *self = Self::default();
            return;
        }
        let busy = state == Sent::Busy;
        let title = tr!("documents-generate-sop");
        let dialog = Dialog { id: "new-sop", title, width: 540.0, light: false };
        let ((send, taken_back), closed) = dialog.show(ctx, |ui| {
            let entered = body(ui, |ui| {
                if let Sent::Failed(problem) = &state {
                    banner(ui, problem);
                    ui.add_space(space::M);
                }
                ui.add_enabled_ui(!busy, |ui| self.fields(ui)).inner
            });
            let blocked = if busy {
                Some(tr!("documents-sop-asked-for"))
            } else if self.draft.name.trim().is_empty() {
                Some(tr!("documents-sop-needs-name"))
            } else if self.draft.goal.trim().is_empty() {
                Some(tr!("documents-sop-needs-goal"))
            } else if self.draft.goal.len() > GOAL {
                Some(tr!("documents-goal-too-long"))
            } else {
                blocked(model)
            };
            footer(ui, |ui| {
                let text = match busy {
                    true => tr!("documents-asking"),
                    false => tr!("documents-generate"),
                };
                let act = Act::primary(text).blocked(blocked).show(ui);
                let cancel = Act::plain(tr!("documents-cancel")).show(ui).clicked();
                let keys = ui.input_mut(|i| i.consume_key(Modifiers::COMMAND, Key::Enter));
                (blocked.is_none() && (act.clicked() || entered || keys), cancel)
            })
        });
        if send {
            let ticket = self.sending.start(ctx, commands);
            let draft = SopDraft {
                name: self.draft.name.trim().to_owned(),
                goal: self.draft.goal.trim().to_owned(),
            };
            commands.push(Command::GenerateSop { ticket, draft });
        } else if closed || taken_back {
            self.sending.forget(commands);
            self.shown = false;
            if taken_back {
                self.draft = SopDraft::default();
            }
        }
    }

    /// Whether Enter was pressed where it sends.
    fn fields(&mut self, ui: &mut Ui) -> bool {
        let focus = !std::mem::replace(&mut self.focused, true);
        let name = Field {
            label: tr!("documents-name"),
            hint: tr!("documents-name-hint"),
            characters: NAME,
            focus,
            ..Field::default()
        };
        let name = name.show(ui, &mut self.draft.name);
        let goal = Field {
            label: tr!("documents-goal"),
            hint: tr!("documents-goal-hint"),
            rows: 6,
            bytes: GOAL,
            ..Field::default()
        };
        goal.show(ui, &mut self.draft.goal);
        let t = tokens::of(ui.ctx());
        let text = tr!("documents-written-in-cloud");
        ui.add(Label::new(RichText::new(text).size(size::SMALL).color(t.muted)).wrap());
        name.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter))
    }
}
