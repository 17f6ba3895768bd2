//! Agents of the workspace: who they are and which keys they have.

mod detail;
mod form;
mod key;
#[cfg(test)]
mod tests;

use crate::icons::Icon;
use crate::parts::{
    Act, Answer, Confirm, Cursor, Rows, Split, avatar, blocked, empty, escape, failed, header,
    line, loading, page, pill, short,
};
use crate::tokens::{self, size, space};
use egui::{Align, Context, Rect, Ui, pos2};
use multiclaw_core::Command;
use multiclaw_core::model::{Action, Agent, Load, Model, Person};
use multiclaw_core::tr;
use std::sync::Arc;

/// Of a row, in points.
const ROW: f32 = 64.0;

/// State of the screen.
#[derive(Default)]
pub(crate) struct View {
    cursor: Cursor,
    /// The agent whose detail is shown.
    open: Option<String>,
    dialog: Dialog,
}

/// What is asked above the screen.
#[derive(Default)]
enum Dialog {
    #[default]
    None,
    Form(form::Form),
    Key(key::Form),
    Delete(String),
    RemoveKey {
        agent: String,
        provider: String,
    },
}

impl View {
    pub(crate) fn show(
        &mut self,
        ui: &mut Ui,
        person: &Person,
        model: &Model,
        commands: &mut Vec<Command>,
    ) {
        let offline = blocked(model);
        let narrow = Split::narrow(ui);
        let manages = person.may(Action::ManageAgents);
        let agents = &model.workspace.agents;
        let open = self.open.as_ref().and_then(|id| find(agents.items(), id)).cloned();
        if matches!(agents, Load::Ready(_)) && open.is_none() {
            self.open = None;
        }
        if escape(ui.ctx()) {
            self.open = None;
        }
        page(ui, |ui| {
            if open.is_none() || !narrow {
                let note = if manages { "" } else { tr!("agents-owners-only") };
                header(ui, tr!("agents-title"), note, offline.is_some(), |ui| {
                    let new = Act::primary(tr!("agents-new")).icon(Icon::Plus).blocked(offline);
                    if manages && new.show(ui).clicked() {
                        self.dialog = Dialog::Form(form::Form::new());
                    }
                });
            }
            match agents {
                Load::Loading => {
                    loading(ui, Icon::Agent, tr!("agents-loading"), offline.is_some());
                }
                Load::Failed(problem) => failed(ui, problem, commands),
                Load::Ready(all) if all.is_empty() => self.none(ui, manages, offline),
                Load::Ready(all) => self.panes(ui, all, open, narrow, manages, offline),
            }
        });
        self.dialogs(ui.ctx(), manages, model, commands);
    }

    fn none(&mut self, ui: &mut Ui, manages: bool, offline: Option<&str>) {
        let text = match manages {
            true => tr!("agents-none-text-owner"),
            false => tr!("agents-none-text-member"),
        };
        let new = Act::primary(tr!("agents-first")).icon(Icon::Plus).blocked(offline);
        if empty(ui, Icon::Agent, tr!("agents-none"), text, manages.then_some(new)) {
            self.dialog = Dialog::Form(form::Form::new());
        }
    }

    fn panes(
        &mut self,
        ui: &mut Ui,
        all: &[Arc<Agent>],
        open: Option<Arc<Agent>>,
        narrow: bool,
        manages: bool,
        offline: Option<&str>,
    ) {
        let split = Split::of(ui, open.is_some(), narrow);
        if let Some(rect) = split.list {
            Split::pane(ui, rect, "list", |ui| {
                let selected = open.as_ref().and_then(|a| all.iter().position(|b| a.id == b.id));
                let rows =
                    Rows { name: tr!("agents-title"), height: ROW, count: all.len(), selected };
                let label = |n: usize| all.get(n).map(|a| said(a)).unwrap_or_default();
                let opened = rows.show(ui, &mut self.cursor, label, |ui, n, rect| {
                    if let Some(agent) = all.get(n) {
                        row(ui, rect, agent);
                    }
                });
                if let Some(agent) = opened.and_then(|n| all.get(n)) {
                    self.open = Some(agent.id.clone());
                }
            });
        }
        let (Some(rect), Some(agent)) = (split.detail, open) else { return };
        let asked = Split::pane(ui, rect, "detail", |ui| {
            detail::show(ui, &agent, narrow, manages, offline)
        });
        let id = agent.id.clone();
        match asked {
            detail::Asked::Nothing => {}
            detail::Asked::Close => self.open = None,
            detail::Asked::Edit => self.dialog = Dialog::Form(form::Form::of(&agent)),
            detail::Asked::Delete => self.dialog = Dialog::Delete(id),
            detail::Asked::SetKey(provider) => {
                self.dialog = Dialog::Key(key::Form::new(id, &agent.name, &provider));
            }
            detail::Asked::RemoveKey(provider) => {
                self.dialog = Dialog::RemoveKey { agent: id, provider };
            }
        }
    }

    fn dialogs(
        &mut self,
        ctx: &Context,
        manages: bool,
        model: &Model,
        commands: &mut Vec<Command>,
    ) {
        if !manages {
            self.dialog = Dialog::None;
        }
        let offline = blocked(model);
        let agents = model.workspace.agents.items();
        let over = match &mut self.dialog {
            Dialog::None => false,
            Dialog::Form(form) => form.show(ctx, model, commands),
            Dialog::Key(form) => form.show(ctx, model, commands),
            Dialog::Delete(id) => match find(agents, id) {
                None => true,
                Some(agent) => match delete(ctx, agent, offline) {
                    Answer::None => false,
                    Answer::No => true,
                    Answer::Yes => {
                        commands.push(Command::DeleteAgent(id.clone()));
                        true
                    }
                },
            },
            Dialog::RemoveKey { agent, provider } => {
                match remove_key(ctx, find(agents, agent), provider, offline) {
                    Answer::None => false,
                    Answer::No => true,
                    Answer::Yes => {
                        let (agent, provider) = (agent.clone(), provider.clone());
                        commands.push(Command::RemoveApiKey { agent, provider });
                        true
                    }
                }
            }
        };
        if over {
            self.dialog = Dialog::None;
        }
    }
}

fn find<'a>(agents: &'a [Arc<Agent>], id: &str) -> Option<&'a Arc<Agent>> {
    agents.iter().find(|agent| agent.id == id)
}

fn delete(ctx: &Context, agent: &Agent, blocked: Option<&str>) -> Answer {
    let title = tr!("agents-delete-question", name = &agent.name);
    let text = tr!("agents-delete-text");
    let (act, keep) = (tr!("agents-delete-agent"), tr!("agents-delete-keep"));
    Confirm { id: "delete-agent", title: &title, text, act, keep, blocked }.show(ctx)
}

fn remove_key(
    ctx: &Context,
    agent: Option<&Arc<Agent>>,
    provider: &str,
    blocked: Option<&str>,
) -> Answer {
    let Some(agent) = agent.filter(|a| a.keys.iter().any(|k| k.provider == provider)) else {
        return Answer::No;
    };
    let provider = named(provider);
    let title = tr!("agents-key-remove-question", provider = provider);
    let text = tr!("agents-key-remove-text", name = &agent.name, provider = provider);
    let (act, keep) = (tr!("agents-key-remove"), tr!("agents-key-remove-keep"));
    Confirm { id: "remove-key", title: &title, text: &text, act, keep, blocked }.show(ctx)
}

/// A provider's name as it writes it.
fn named(provider: &str) -> &str {
    match provider {
        "openai" => "OpenAI",
        "anthropic" => "Anthropic",
        "google" => "Google",
        other => other,
    }
}

/// Whether the agent has a key for its own provider.
fn has_key(agent: &Agent) -> bool {
    agent.keys.iter().any(|key| key.provider == agent.provider)
}

/// How the agent's keys are.
fn keys(agent: &Agent) -> &'static str {
    if has_key(agent) { tr!("agents-has-key") } else { tr!("agents-no-key") }
}

/// The row in words.
fn said(agent: &Agent) -> String {
    let Agent { name, provider, model, .. } = agent;
    let provider = named(provider);
    tr!("agents-row", name = name, provider = provider, model = model, keys = keys(agent))
}

fn row(ui: &Ui, rect: Rect, agent: &Agent) {
    let t = tokens::of(ui.ctx());
    avatar(ui, pos2(rect.min.x + 18.0, rect.center().y), 36.0, &agent.name);
    let upper = rect.center().y - 11.0;
    let lower = rect.center().y + 12.0;
    let left = rect.min.x + 36.0 + space::M;
    let strip = |y: f32, right: f32| {
        Rect::from_min_max(pos2(left, y - 10.0), pos2(right.max(left), y + 10.0))
    };
    let tint = if has_key(agent) { t.good } else { t.warning };
    let right = pill(ui, pos2(rect.max.x, upper), Align::Max, keys(agent), tint).min.x;
    let name = strip(upper, right - space::M);
    line(ui, name, &agent.name, size::BODY, t.text, Align::Min);
    let date = short(&agent.updated_at);
    let all = strip(lower, rect.max.x);
    let right = line(ui, all, &date, size::SMALL, t.muted, Align::Max).min.x;
    let text = format!("{}  ·  {}", named(&agent.provider), agent.model);
    line(ui, strip(lower, right - space::M), &text, size::SMALL, t.muted, Align::Min);
}
