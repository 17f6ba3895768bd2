//! The form that sets an API key. What is typed leaves it once, and never comes back.

use super::form::{PROVIDERS, Provider};
use crate::parts::{Act, Dialog, Field, Sending, Sent, body, footer, wipe};
use crate::tokens::{self, space};
use crate::widgets::banner;
use egui::{Context, Key, RichText, Ui};
use multiclaw_core::Command;
use multiclaw_core::model::Model;
use multiclaw_core::secret::ApiKey;
use multiclaw_core::tr;

/// What is typed.
pub(super) struct Form {
    agent: String,
    name: String,
    provider: Provider,
    /// Moved into an [`ApiKey`] when it is sent, and then empty.
    key: String,
    focused: bool,
    sending: Sending,
}

impl Drop for Form {
    fn drop(&mut self) {
        drop(ApiKey::new(std::mem::take(&mut self.key)));
    }
}

impl Form {
    /// For a provider, or for one that is still to be chosen.
    pub(super) fn new(agent: String, name: &str, provider: &str) -> Self {
        let provider = match provider {
            "" => Provider::of(PROVIDERS.first().copied().unwrap_or_default()),
            name => Provider::of(name),
        };
        let (key, sending) = (String::new(), Sending::default());
        Self { agent, name: name.to_owned(), provider, key, focused: false, sending }
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
        let title = tr!("agents-key-title", name = &self.name);
        let dialog = Dialog { id: "api-key", title: &title, width: 460.0, light: false };
        let ((key, taken_back), closed) = dialog.show(ctx, |ui| {
            let (field, entered) = body(ui, |ui| {
                if let Sent::Failed(problem) = &state {
                    banner(ui, problem);
                    ui.add_space(space::M);
                }
                ui.add_enabled_ui(!busy, |ui| self.fields(ui)).inner
            });
            let blocked = match (busy, self.key.trim().is_empty()) {
                (true, _) => Some(tr!("agents-key-being-written")),
                _ if self.provider.name().is_empty() => Some(tr!("agents-key-needs-provider")),
                (_, true) => Some(tr!("agents-key-needs-key")),
                _ => crate::parts::blocked(model),
            };
            footer(ui, |ui| {
                let text = if busy { tr!("agents-key-writing") } else { tr!("agents-key-save") };
                let set = Act::primary(text).blocked(blocked).show(ui);
                let cancel = Act::plain(tr!("agents-cancel")).show(ui).clicked();
                let send = blocked.is_none() && (set.clicked() || entered);
                let key = send.then(|| {
                    wipe(ui, &field);
                    ApiKey::new(std::mem::take(&mut self.key))
                });
                (key, cancel)
            })
        });
        if let Some(key) = key {
            let ticket = self.sending.start(ctx, commands);
            let (agent, provider) = (self.agent.clone(), self.provider.name().to_owned());
            commands.push(Command::SetApiKey { ticket, agent, provider, key });
            self.focused = false;
            return false;
        }
        if closed || taken_back {
            self.sending.forget(commands);
        }
        closed || taken_back
    }

    /// The field of the key, and whether Enter was pressed where it sends.
    fn fields(&mut self, ui: &mut Ui) -> (egui::Response, bool) {
        let t = tokens::of(ui.ctx());
        let mut entered = self.provider.show(ui);
        let focus = ui.is_enabled() && !std::mem::replace(&mut self.focused, true);
        let key = Field {
            label: tr!("agents-key"),
            hint: tr!("agents-key-hint"),
            secret: true,
            characters: 512,
            focus,
            ..Field::default()
        };
        let field = key.show(ui, &mut self.key);
        ui.label(RichText::new(tr!("agents-key-note")).small().color(t.muted));
        entered |= field.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter));
        (field, entered)
    }
}
