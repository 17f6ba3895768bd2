//! The form of an agent.

use super::named;
use crate::parts::{Act, Dialog, Field, Segment, Sending, Sent, body, footer, segments};
use crate::tokens::{self, size, space};
use crate::widgets::banner;
use egui::accesskit::Role;
use egui::{Context, Key, Modifiers, RichText, Ui};
use multiclaw_core::Command;
use multiclaw_core::model::{Agent, AgentDraft, Model};
use multiclaw_core::tr;

/// Longest name, in characters.
const NAME: usize = 80;
/// Longest instructions, in bytes.
const INSTRUCTIONS: usize = 16 * 1024;
/// The providers that are offered; after them comes any other.
pub(super) const PROVIDERS: [&str; 3] = ["openai", "anthropic", "google"];

/// Names of models that are offered. Any other can be typed.
fn models(provider: &str) -> &'static [&'static str] {
    match provider {
        "openai" => &["gpt-5", "gpt-5-mini", "gpt-4.1"],
        "anthropic" => &["claude-opus-4-1", "claude-sonnet-4-5", "claude-haiku-4-5"],
        "google" => &["gemini-2.5-pro", "gemini-2.5-flash"],
        _ => &[],
    }
}

/// What is typed.
pub(super) struct Form {
    agent: Option<String>,
    draft: AgentDraft,
    provider: Provider,
    focused: bool,
    sending: Sending,
}

/// A provider: one that is offered, or another one's name.
pub(super) struct Provider {
    known: Option<usize>,
    other: String,
}

impl Provider {
    pub(super) fn of(name: &str) -> Self {
        let known = PROVIDERS.iter().position(|p| *p == name);
        let other = if known.is_some() { String::new() } else { name.to_owned() };
        Self { known, other }
    }

    pub(super) fn name(&self) -> &str {
        self.known.and_then(|n| PROVIDERS.get(n)).copied().unwrap_or(self.other.trim())
    }

    /// Paints the choice; whether Enter was pressed in its field.
    pub(super) fn show(&mut self, ui: &mut Ui) -> bool {
        let t = tokens::of(ui.ctx());
        ui.label(RichText::new(tr!("agents-provider")).size(size::SMALL).color(t.muted));
        let mut all: Vec<Segment<'_>> =
            PROVIDERS.iter().map(|p| Segment { text: named(p), count: None }).collect();
        all.push(Segment { text: tr!("agents-form-other"), count: None });
        let current = self.known.unwrap_or(PROVIDERS.len());
        if let Some(n) = segments(ui, Role::RadioButton, &all, current) {
            self.known = (n < PROVIDERS.len()).then_some(n);
        }
        ui.add_space(space::S);
        if self.known.is_some() {
            return false;
        }
        let other = Field {
            label: tr!("agents-form-other-name"),
            hint: "mistral",
            characters: NAME,
            ..Field::default()
        };
        let field = other.show(ui, &mut self.other);
        field.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter))
    }
}

impl Form {
    /// For a new agent.
    pub(super) fn new() -> Self {
        Self::with(None, AgentDraft::default(), PROVIDERS.first().copied().unwrap_or_default())
    }

    /// For an agent that is there.
    pub(super) fn of(agent: &Agent) -> Self {
        let draft = AgentDraft {
            name: agent.name.clone(),
            provider: String::new(),
            model: agent.model.clone(),
            instructions: agent.instructions.clone(),
        };
        Self::with(Some(agent.id.clone()), draft, &agent.provider)
    }

    fn with(agent: Option<String>, draft: AgentDraft, provider: &str) -> Self {
        let provider = Provider::of(provider);
        Self { agent, draft, provider, focused: false, sending: Sending::default() }
    }

    /// Paints it; whether it is over.
    pub(super) fn show(
        &mut self,
        ctx: &Context,
        model: &Model,
        commands: &mut Vec<Command>,
    ) -> bool {
        let state = self.sending.state(model);
        if matches!(state, Sent::Done | Sent::Queued) {
            self.sending.forget(commands);
            return true;
        }
        let busy = state == Sent::Busy;
        let title = if self.agent.is_some() { tr!("agents-form-edit") } else { tr!("agents-new") };
        let dialog = Dialog { id: "agent", title, width: 560.0, light: false };
        let ((send, taken_back), closed) = dialog.show(ctx, |ui| {
            let entered = body(ui, |ui| {
                if let Sent::Failed(problem) = &state {
                    banner(ui, problem);
                    ui.add_space(space::M);
                }
                ui.add_enabled_ui(!busy, |ui| self.fields(ui)).inner
            });
            let blocked = self.missing(busy).or(crate::parts::blocked(model));
            footer(ui, |ui| {
                let text = match (busy, self.agent.is_some()) {
                    (true, _) => tr!("agents-form-saving"),
                    (false, true) => tr!("agents-form-save"),
                    (false, false) => tr!("agents-form-create"),
                };
                let save = Act::primary(text).blocked(blocked).show(ui);
                let cancel = Act::plain(tr!("agents-cancel")).show(ui).clicked();
                let keys = ui.input_mut(|i| i.consume_key(Modifiers::COMMAND, Key::Enter));
                (blocked.is_none() && (save.clicked() || entered || keys), cancel)
            })
        });
        if send {
            let ticket = self.sending.start(ctx, commands);
            let draft = AgentDraft {
                name: self.draft.name.trim().to_owned(),
                provider: self.provider.name().to_owned(),
                model: self.draft.model.trim().to_owned(),
                instructions: self.draft.instructions.clone(),
            };
            commands.push(Command::SaveAgent { ticket, agent: self.agent.clone(), draft });
            return false;
        }
        if closed || taken_back {
            self.sending.forget(commands);
        }
        closed || taken_back
    }

    /// Why it cannot be sent yet.
    fn missing(&self, busy: bool) -> Option<&'static str> {
        if busy {
            Some(tr!("agents-being-saved"))
        } else if self.draft.name.trim().is_empty() {
            Some(tr!("agents-needs-name"))
        } else if self.provider.name().is_empty() {
            Some(tr!("agents-needs-provider"))
        } else if self.draft.model.trim().is_empty() {
            Some(tr!("agents-needs-model"))
        } else if self.draft.instructions.len() > INSTRUCTIONS {
            Some(tr!("agents-instructions-too-long"))
        } else {
            None
        }
    }

    /// Whether Enter was pressed where it sends.
    fn fields(&mut self, ui: &mut Ui) -> bool {
        let focus = !std::mem::replace(&mut self.focused, true);
        let name = Field {
            label: tr!("agents-form-name"),
            hint: tr!("agents-form-name-hint"),
            characters: NAME,
            focus,
            ..Field::default()
        };
        let name = name.show(ui, &mut self.draft.name);
        let mut entered = self.provider.show(ui);
        let field = Field {
            label: tr!("agents-model"),
            hint: tr!("agents-form-model-hint"),
            characters: 120,
            ..Field::default()
        };
        let field = field.show(ui, &mut self.draft.model);
        let offered = models(self.provider.name());
        if !offered.is_empty() {
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing.x = space::XS;
                for model in offered {
                    let name = tr!("agents-form-use-model", model = *model);
                    if Act::plain(model).name(&name).small().show(ui).clicked() {
                        (*model).clone_into(&mut self.draft.model);
                    }
                }
            });
            ui.add_space(space::S);
        }
        let instructions = Field {
            label: tr!("agents-instructions"),
            hint: tr!("agents-form-instructions-hint"),
            rows: 8,
            bytes: INSTRUCTIONS,
            ..Field::default()
        };
        instructions.show(ui, &mut self.draft.instructions);
        entered |=
            (name.lost_focus() || field.lost_focus()) && ui.input(|i| i.key_pressed(Key::Enter));
        entered
    }
}
