//! What happens at the gateway, for the conversations.

use super::super::Engine;
use super::LIVE;
use super::hear::{self, Heard};
use crate::model::{Entry, EntryKind, ToolState};
use crate::sync::turn::{Change, News, Over, Source};
use crate::tr;
use gateway_client::events::Happening;
use std::sync::Arc;
use std::time::Instant;

impl Engine {
    /// Something happened at the gateway.
    pub(in super::super) fn chat_happened(&mut self, happening: Happening) {
        match happening {
            Happening::Chat(event) => {
                let (key, run) = (&event.session_key, &event.run_id);
                let of = Heard { key, run, source: Source::Chat, seq: event.seq };
                hear::chat(&event, |news| self.heard(of, news));
            }
            Happening::Agent(event) => {
                let (key, run) = (&event.session_key, &event.run_id);
                let of = Heard { key, run, source: Source::Agent, seq: event.seq };
                hear::agent(&event, |news| self.heard(of, news));
            }
            Happening::SessionsChanged(event) => self.sessions_changed(*event),
            Happening::SessionMessage(event) => self.chat_message(&event),
            Happening::SessionOperation(event) => self.operation(&event),
            Happening::ApprovalRequested(request) => self.approval_requested(*request),
            Happening::ApprovalResolved(resolved) => self.approval_resolved(&resolved),
            Happening::ChatMetadataChanged | Happening::ConfigChanged(_) => {
                self.load_models();
                self.load_agents();
            }
            _ => {}
        }
        let now = Instant::now();
        if self.chat.live.take(now) {
            self.show_turns();
        }
        if self.chat.listed.take(now) {
            self.show_chats();
        }
    }

    /// Something was heard of a run.
    fn heard(&mut self, of: Heard<'_>, news: News<'_>) {
        self.run_began(of.run);
        let over = match &news {
            News::Final { .. } => Some(Over::Done),
            News::Aborted { .. } => Some(Over::Stopped),
            News::Failed(_) => Some(Over::Failed),
            _ => None,
        };
        let silent = matches!(news, News::Final { text: None });
        let said = match &news {
            News::Final { text: Some(text) } => super::rows::one_line(text, 160),
            News::Failed(problem) => problem.what.clone(),
            _ => String::new(),
        };
        if let Some(open) = self.chat.open_as(of.key) {
            let when = crate::local_time::short(&jiff::Timestamp::now().to_string());
            // Events of the message that made the conversation come before its answer.
            let change = open.turns.hear(of.run, of.source, of.seq, news, &when);
            if change == Change::Hole {
                self.refresh_soon();
            } else if change != Change::None {
                open.paused = false;
                self.chat.live.touch(LIVE, Instant::now());
            }
            if matches!(change, Change::Over(_)) {
                // A message that another run took in has an end and no answer of its own.
                if silent
                    && let Some(open) = self.chat.open_as(of.key)
                    && open.turns.current().is_some()
                {
                    let id = crate::sync::turn::person_entry(of.run);
                    open.turns.delivery(&id, crate::model::ChatDelivery::Steered);
                }
                self.show_turns();
                self.reload_newest();
            }
        }
        if let Some(over) = over
            && self.run_ended(of.run)
            && over != Over::Stopped
            && !silent
        {
            let title = self.title_of(of.key);
            self.notify(&title, if said.is_empty() { tr!("engine-turn-ended") } else { &said });
        }
    }

    fn sessions_changed(&mut self, event: gateway_client::events::SessionsChanged) {
        let key = event.session_key;
        if key.is_empty() {
            return;
        }
        let gone = event.reason.as_deref() == Some("delete");
        let emptied = matches!(event.reason.as_deref(), Some("reset" | "rewind" | "new"));
        self.chat_changed(&key, event.session.map(|row| *row), gone);
        if self.chat.open_as(&key).is_none() {
            return;
        }
        self.show_head();
        self.mark_read();
        let idle = self.chat.list.get(&key).is_some_and(|known| !known.running);
        let open = self.chat.open_as(&key);
        // A run whose end was not told is found out by the history.
        if emptied || (idle && open.is_some_and(|open| open.turns.current().is_some())) {
            self.refresh_soon();
        }
    }

    /// A message was written. Those of a turn that is followed are known already.
    fn chat_message(&mut self, event: &gateway_client::events::SessionMessage) {
        let Some(open) = self.chat.open_as(&event.session_key) else { return };
        let row = super::rows::message(event.message.clone());
        let known = open.turns.is_running(&row.run)
            || open.turns.has(&crate::sync::turn::person_entry(&row.key));
        if !known {
            self.refresh_soon();
        }
    }

    fn operation(&mut self, event: &gateway_client::events::SessionOperation) {
        if self.chat.open_as(&event.session_key).is_none() {
            return;
        }
        let begins = event.phase == "start";
        if let Some(thread) = &mut self.model.chat.open {
            thread.busy = begins.then(|| match event.operation.as_str() {
                "compact" => tr!("engine-compacting").to_owned(),
                "reset" => tr!("engine-emptying").to_owned(),
                _ => tr!("engine-gateway-works").to_owned(),
            });
        }
        if !begins {
            self.reload_newest();
        }
    }
}

/// What a run does, in words.
pub(super) fn doing(live: &[Arc<Entry>], run: &str, phase: &str) -> String {
    let of_run =
        |entry: &&Arc<Entry>| entry.id.strip_prefix(run).is_some_and(|rest| rest.starts_with('/'));
    match live.iter().rev().find(of_run).map(|entry| &entry.kind) {
        Some(EntryKind::Tool(tool)) if tool.state == ToolState::Waiting => {
            tr!("engine-doing-waiting").into()
        }
        Some(EntryKind::Tool(tool)) if tool.state == ToolState::Running => {
            match tool.name.as_str() {
                "exec" | "process" | "bash" => tr!("engine-doing-command").into(),
                "read" | "ls" => tr!("engine-doing-reading-files").into(),
                "write" | "edit" | "apply_patch" => tr!("engine-doing-writing-files").into(),
                "web_search" => tr!("engine-doing-searching").into(),
                "web_fetch" | "browser" => tr!("engine-doing-page").into(),
                other => tr!("engine-doing-tool", tool = other),
            }
        }
        Some(EntryKind::Tool(_)) => tr!("engine-doing-result").into(),
        Some(EntryKind::Thinking { growing: true, .. }) => tr!("engine-doing-thinking").into(),
        Some(EntryKind::Agent { growing: true, .. }) => tr!("engine-doing-writing").into(),
        _ => match phase {
            "preparing_workspace" => tr!("engine-doing-workspace"),
            "preparing_context" => tr!("engine-doing-context"),
            "starting_model" => tr!("engine-doing-model"),
            "naming_worktree" | "creating_worktree" => tr!("engine-doing-worktree"),
            "running_setup" => tr!("engine-doing-setup"),
            "provisioning_environment" => tr!("engine-doing-environment"),
            _ => tr!("engine-doing-working"),
        }
        .into(),
    }
}
