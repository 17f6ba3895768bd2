//! The form for a new task.

use crate::parts::{Act, Dialog, Field, Sending, Sent, body, drop_down, footer, item};
use crate::tokens::{self, size, space};
use crate::widgets::banner;
use egui::{Context, Key, Modifiers, RichText, Ui};
use multiclaw_core::Command;
use multiclaw_core::model::{Model, TaskDraft};
use multiclaw_core::tr;

/// Longest title, in characters.
const TITLE: usize = 200;
/// Longest brief, in bytes.
const BRIEF: usize = 32 * 1024;

/// What is typed. It stays until it was sent or taken back.
#[derive(Default)]
pub(super) struct Form {
    shown: bool,
    focused: bool,
    draft: TaskDraft,
    sending: Sending,
}

impl Form {
    pub(super) fn open(&mut self) {
        self.shown = true;
        self.focused = false;
    }

    /// Paints the form while it is open; whether a task was kept on this machine.
    pub(super) fn show(
        &mut self,
        ctx: &Context,
        model: &Model,
        commands: &mut Vec<Command>,
    ) -> bool {
        if !self.shown {
            return false;
        }
        let state = self.sending.state(model);
        if matches!(state, Sent::Done | Sent::Queued) {
            let kept = state == Sent::Queued;
            self.sending.forget(commands);
            *self = Self::default();
            return kept;
        }
        let busy = state == Sent::Busy;
        let dialog = Dialog { id: "new-task", title: tr!("tasks-new"), width: 560.0, light: false };
        let ((send, taken_back), closed) = dialog.show(ctx, |ui| {
            let entered = body(ui, |ui| {
                if let Sent::Failed(problem) = &state {
                    banner(ui, problem);
                    ui.add_space(space::M);
                }
                ui.add_enabled_ui(!busy, |ui| self.fields(ui, model)).inner
            });
            let ready = !self.draft.title.trim().is_empty() && self.draft.brief.len() <= BRIEF;
            let blocked = match (busy, ready) {
                (true, _) => Some(tr!("tasks-being-sent")),
                (false, false) if self.draft.title.trim().is_empty() => {
                    Some(tr!("tasks-needs-title"))
                }
                (false, false) => Some(tr!("tasks-brief-too-long")),
                (false, true) => None,
            };
            footer(ui, |ui| {
                let text = if busy { tr!("tasks-creating") } else { tr!("tasks-create") };
                let create = Act::primary(text).blocked(blocked).show(ui);
                let cancel = Act::plain(tr!("tasks-form-cancel")).show(ui).clicked();
                let keys = ui.input_mut(|i| i.consume_key(Modifiers::COMMAND, Key::Enter));
                (blocked.is_none() && (create.clicked() || entered || keys), cancel)
            })
        });
        if send {
            let ticket = self.sending.start(ctx, commands);
            let mut draft = self.draft.clone();
            draft.title = draft.title.trim().to_owned();
            commands.push(Command::CreateTask { ticket, draft });
        } else if closed || taken_back {
            self.sending.forget(commands);
            self.shown = false;
            if taken_back {
                self.draft = TaskDraft::default();
            }
        }
        false
    }

    /// Whether Enter was pressed where it sends.
    fn fields(&mut self, ui: &mut Ui, model: &Model) -> bool {
        let focus = !std::mem::replace(&mut self.focused, true);
        let title = Field {
            label: tr!("tasks-form-title"),
            hint: tr!("tasks-form-title-hint"),
            characters: TITLE,
            focus,
            ..Field::default()
        };
        let title = title.show(ui, &mut self.draft.title);
        let brief = Field {
            label: tr!("tasks-brief"),
            hint: tr!("tasks-form-brief-hint"),
            rows: 7,
            bytes: BRIEF,
            ..Field::default()
        };
        brief.show(ui, &mut self.draft.brief);
        let t = tokens::of(ui.ctx());
        ui.label(RichText::new(tr!("tasks-agent")).size(size::SMALL).color(t.muted));
        let agents = model.workspace.agents.items();
        let chosen = &mut self.draft.agent;
        let now = match chosen {
            None => tr!("tasks-no-agent-yet").to_owned(),
            Some(id) => agents
                .iter()
                .find(|a| a.id == *id)
                .map_or_else(|| tr!("tasks-unknown-agent").to_owned(), |a| a.name.clone()),
        };
        drop_down(ui, tr!("tasks-form-agent"), &now, 220.0, None, |ui| {
            if item(ui, tr!("tasks-no-agent-yet"), chosen.is_none()) {
                *chosen = None;
            }
            for agent in agents {
                if item(ui, &agent.name, chosen.as_ref() == Some(&agent.id)) {
                    *chosen = Some(agent.id.clone());
                }
            }
        });
        title.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter))
    }
}
