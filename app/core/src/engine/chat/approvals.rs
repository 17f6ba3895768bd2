//! Commands that wait for a person's word.

use super::super::Engine;
use super::rows;
use crate::model::{Approval, Decision, ToolState};
use crate::say;
use crate::tr;
use gateway_client::RequestError;
use gateway_client::events::{ApprovalRequest, ApprovalResolved};
use gateway_client::methods::exec;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Most that are shown; the gateway has the others until these are answered.
const MOST: usize = 200;

/// One of them.
pub(super) struct Waiting {
    pub(super) shown: Approval,
    asked_ms: u64,
    /// When the gateway gives up.
    expires: Option<Instant>,
}

fn decision(of: &exec::Decision) -> Option<Decision> {
    match of {
        exec::Decision::AllowOnce => Some(Decision::AllowOnce),
        exec::Decision::AllowAlways => Some(Decision::AllowAlways),
        exec::Decision::Deny => Some(Decision::Deny),
        _ => None,
    }
}

fn waiting(request: ApprovalRequest) -> Waiting {
    let now = u64::try_from(jiff::Timestamp::now().as_millisecond()).unwrap_or_default();
    let expires = request.expires_at_ms.map(|at| {
        Instant::now() + Duration::from_millis(at.saturating_sub(now).min(24 * 3600 * 1000))
    });
    let mut warnings = request.analysis.warning_lines;
    warnings.extend(request.warning_text.filter(|text| !text.trim().is_empty()));
    let mut allowed: Vec<Decision> =
        request.allowed_decisions.iter().filter_map(decision).collect();
    if allowed.is_empty() {
        // To say no is always possible.
        allowed.push(Decision::Deny);
    }
    Waiting {
        asked_ms: request.created_at_ms.unwrap_or(now),
        expires,
        shown: Approval {
            id: request.id,
            key: request.session_key.unwrap_or_default(),
            title: String::new(),
            tool_call: request.tool_call_id.unwrap_or_default(),
            command: request.command,
            folder: request.cwd.unwrap_or_default(),
            program: request.resolved_path.unwrap_or_default(),
            host: request.host.unwrap_or_default(),
            warnings,
            allowed,
            until: request.expires_at_ms.map(rows::when).unwrap_or_default(),
            answering: false,
            problem: None,
        },
    }
}

impl Engine {
    /// Asks what waited before this program was connected.
    pub(super) fn load_approvals(&mut self) {
        self.chat_ask(exec::ApprovalList::default(), |engine, answer| match answer {
            Ok(found) => {
                let answering: Vec<String> = engine
                    .chat
                    .approvals
                    .iter()
                    .filter(|a| a.shown.answering)
                    .map(|a| a.shown.id.clone())
                    .collect();
                engine.chat.approvals = found.0.into_iter().map(waiting).collect();
                for approval in &mut engine.chat.approvals {
                    approval.shown.answering = answering.contains(&approval.shown.id);
                }
                engine.show_approvals();
            }
            Err(error) => tracing::info!(%error, "approvals are not listed"),
        });
    }

    pub(super) fn approval_requested(&mut self, request: ApprovalRequest) {
        if self.chat.approvals.iter().any(|known| known.shown.id == request.id) {
            return;
        }
        let new = waiting(request);
        let title = self.title_of(&new.shown.key);
        let text = tr!("engine-command-waits", command = rows::one_line(&new.shown.command, 120));
        self.chat.approvals.push(new);
        self.show_approvals();
        self.notify(&title, &text);
    }

    pub(super) fn approval_resolved(&mut self, resolved: &ApprovalResolved) {
        let denied = resolved.decision == Some(exec::Decision::Deny);
        let state = if denied { ToolState::Denied } else { ToolState::Running };
        self.remove_approval(&resolved.id, state);
    }

    fn remove_approval(&mut self, id: &str, state: ToolState) {
        let Some(at) = self.chat.approvals.iter().position(|known| known.shown.id == id) else {
            return;
        };
        let gone = self.chat.approvals.remove(at);
        if let Some(open) = self.chat.open_as(&gone.shown.key) {
            open.turns.waiting(&gone.shown.tool_call, state);
        }
        self.show_approvals();
        self.show_turns();
    }

    /// Answers.
    pub(in super::super) fn decide_approval(&mut self, id: &str, decision: Decision) {
        let online = self.chat.online;
        let Some(known) = self.chat.approvals.iter_mut().find(|known| known.shown.id == id) else {
            return;
        };
        if known.shown.answering || !known.shown.allowed.contains(&decision) {
            return;
        }
        if !online {
            known.shown.problem = Some(say::chat::request(&RequestError::NotOpen));
            self.show_approvals();
            return;
        }
        known.shown.answering = true;
        known.shown.problem = None;
        self.show_approvals();
        let method = exec::ApprovalResolve {
            id: id.to_owned(),
            decision: match decision {
                Decision::AllowOnce => exec::Decision::AllowOnce,
                Decision::AllowAlways => exec::Decision::AllowAlways,
                Decision::Deny => exec::Decision::Deny,
            },
        };
        let id = id.to_owned();
        self.chat_ask(method, move |engine, answer| {
            let denied = decision == Decision::Deny;
            let state = if denied { ToolState::Denied } else { ToolState::Running };
            match answer {
                Ok(_) => engine.remove_approval(&id, state),
                Err(error) if say::chat::is_gone(&error) => {
                    engine.remove_approval(&id, ToolState::Running);
                    engine
                        .chat_problem(tr!("engine-command-gone"), tr!("engine-command-gone-next"));
                }
                Err(error) => {
                    let known = engine.chat.approvals.iter_mut().find(|k| k.shown.id == id);
                    if let Some(known) = known {
                        known.shown.answering = false;
                        known.shown.problem = Some(say::chat::request(&error));
                    }
                    engine.show_approvals();
                }
            }
        });
    }

    /// The connection was lost: no answer is on its way any more.
    pub(super) fn approvals_offline(&mut self) {
        for known in &mut self.chat.approvals {
            known.shown.answering = false;
        }
        self.show_approvals();
    }

    pub(super) fn approvals_deadline(&self) -> Option<Instant> {
        self.chat.approvals.iter().filter_map(|known| known.expires).min()
    }

    pub(super) fn approvals_due(&mut self, now: Instant) {
        let over = |known: &&Waiting| known.expires.is_some_and(|at| at <= now);
        let ids: Vec<String> =
            self.chat.approvals.iter().filter(over).map(|known| known.shown.id.clone()).collect();
        for id in ids {
            self.remove_approval(&id, ToolState::Running);
        }
    }

    fn show_approvals(&mut self) {
        self.chat.approvals.sort_by_key(|known| known.asked_ms);
        self.title_approvals();
        self.publish_approvals();
        self.show_waiting();
        self.show_chats();
    }

    fn publish_approvals(&mut self) {
        let shown = self.chat.approvals.iter().take(MOST);
        self.model.chat.approvals =
            Arc::new(shown.map(|known| Arc::new(known.shown.clone())).collect());
    }

    /// Says whose they are; whether that is news.
    fn title_approvals(&mut self) -> bool {
        let whose = |known: &Waiting| self.whose(&known.shown.key);
        let titles: Vec<String> = self.chat.approvals.iter().map(whose).collect();
        let mut news = false;
        for (known, title) in self.chat.approvals.iter_mut().zip(titles) {
            if known.shown.title != title {
                known.shown.title = title;
                news = true;
            }
        }
        news
    }

    /// The titles of conversations may have changed.
    pub(super) fn retitle_approvals(&mut self) {
        if self.title_approvals() {
            self.publish_approvals();
        }
    }

    /// A conversation's title, or the name of its agent where it is not known.
    fn whose(&self, key: &str) -> String {
        if self.chat.list.get(key).is_some() || self.chat.titles.contains_key(key) {
            return self.title_of(key);
        }
        let id = if key.is_empty() { &self.chat.default_agent } else { rows::agent_of(key) };
        let agents = self.model.chat.agents.items();
        let agent = agents.iter().find(|agent| agent.id == id);
        agent.map_or_else(|| id.to_owned(), |agent| agent.name.clone())
    }

    /// Marks the tool calls of the open conversation that wait.
    pub(super) fn show_waiting(&mut self) {
        let Some(open) = self.chat.open.as_mut() else { return };
        let mut changed = false;
        for known in self.chat.approvals.iter().filter(|known| known.shown.key == open.key) {
            changed |= open.turns.waiting(&known.shown.tool_call, ToolState::Waiting);
        }
        if changed {
            self.show_turns();
        }
    }
}
