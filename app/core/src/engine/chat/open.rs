//! The open conversation.

use super::super::Engine;
use super::{Chats, rows};
use crate::model::{ChatThread, Permission, Run};
use crate::sync::transcript::Transcript;
use crate::sync::turn::Turns;
use crate::tr;
use gateway_client::methods::sessions;
use std::time::Instant;

/// The open conversation.
pub(super) struct Open {
    pub(super) key: String,
    pub(super) agent: String,
    /// The gateway does not have it yet: its first message makes it.
    pub(super) is_new: bool,
    pub(super) transcript: Transcript,
    pub(super) turns: Turns,
    /// The request that is under way.
    pub(super) load: Option<(u64, super::history::Asked)>,
    /// The newest are to be loaded once more when it is done.
    pub(super) again: bool,
    /// When the newest are loaded again.
    pub(super) refresh_at: Option<Instant>,
    /// Local time when the shown run began.
    pub(super) since: Option<(String, String)>,
    /// It is being stopped.
    pub(super) stopping: bool,
    /// The connection was lost while a turn was running.
    pub(super) paused: bool,
}

impl Open {
    fn new(key: String, agent: String, is_new: bool) -> Self {
        Self {
            key,
            agent,
            is_new,
            transcript: Transcript::default(),
            turns: Turns::default(),
            load: None,
            again: false,
            refresh_at: None,
            since: None,
            stopping: false,
            paused: false,
        }
    }
}

impl Chats {
    /// The open conversation, if it is this one.
    pub(super) fn open_as(&mut self, key: &str) -> Option<&mut Open> {
        self.open.as_mut().filter(|open| open.key == key)
    }
}

impl Engine {
    /// Opens a conversation, or none.
    pub(in super::super) fn open_chat(&mut self, key: Option<String>) {
        if key.is_some() && self.chat.open.as_ref().map(|open| &open.key) == key.as_ref() {
            return;
        }
        if let Some(open) = self.chat.open.take().filter(|open| !open.is_new) {
            let method = sessions::MessagesUnsubscribe { key: open.key, ..Default::default() };
            self.chat_ask(method, |_, answer| {
                if let Err(error) = answer {
                    tracing::debug!(%error, "not unsubscribed");
                }
            });
        }
        self.model.chat.open = None;
        let Some(key) = key.filter(|key| !key.is_empty()) else { return };
        let agent = match self.chat.list.get(&key) {
            Some(known) => known.agent(&key).to_owned(),
            None => rows::agent_of(&key).to_owned(),
        };
        self.show_opened(Open::new(key, agent, false));
        self.subscribe_open();
        self.load_newest();
        self.mark_read();
    }

    /// Begins a conversation. The gateway makes it with the first message, so that no empty ones
    /// pile up.
    pub(in super::super) fn new_chat(&mut self, agent: Option<String>) {
        let agents = self.model.chat.agents.items();
        let default = || agents.iter().find(|agent| agent.default).map(|agent| agent.id.clone());
        let own = || Some(self.chat.default_agent.clone()).filter(|agent| !agent.is_empty());
        let agent = agent.or_else(|| self.model.chat.agent.clone()).or_else(default).or_else(own);
        let agent = agent.unwrap_or_else(|| "main".into());
        // The gateway's own clients name theirs so.
        let key = format!("agent:{agent}:dashboard:{}", uuid::Uuid::new_v4());
        self.open_chat(None);
        self.show_opened(Open::new(key, agent, true));
    }

    fn show_opened(&mut self, open: Open) {
        let key = open.key.clone();
        self.model.chat.open = Some(ChatThread {
            key: key.clone(),
            title: if open.is_new {
                tr!("engine-new-conversation").into()
            } else {
                self.title_of(&key)
            },
            agent: open.agent.clone(),
            entries: Default::default(),
            live: Vec::new(),
            older: false,
            newer: false,
            loading: !open.is_new,
            problem: None,
            run: None,
            draft: String::new(),
            attachments: Vec::new(),
            model: String::new(),
            thinking_levels: Vec::new(),
            thinking: String::new(),
            permission: Permission::Default,
            pinned: false,
            main: false,
            context: None,
            busy: None,
        });
        self.chat.open = Some(open);
        self.show_head();
        self.files_opened(&key);
        self.show_waiting();
        self.restore_outgoing();
    }

    /// Asks to be told of the open conversation's messages.
    fn subscribe_open(&mut self) {
        let Some(open) = self.chat.open.as_ref().filter(|open| !open.is_new) else { return };
        let method = sessions::MessagesSubscribe { key: open.key.clone(), ..Default::default() };
        self.chat_ask(method, |_, answer| {
            if let Err(error) = answer {
                tracing::info!(%error, "messages of the open conversation are not told");
            }
        });
    }

    /// The connection is back: what is open is subscribed and loaded again.
    pub(super) fn reopen_chat(&mut self) {
        let Some(open) = self.chat.open.as_mut() else { return };
        open.load = None;
        open.again = false;
        self.subscribe_open();
        self.load_newest();
    }

    /// The first message of a new conversation is with the gateway.
    pub(super) fn made(&mut self, key: &str) {
        if let Some(open) = self.chat.open_as(key)
            && std::mem::take(&mut open.is_new)
        {
            self.subscribe_open();
        }
    }

    /// The connection was lost.
    pub(super) fn chat_paused(&mut self) {
        if let Some(open) = self.chat.open.as_mut() {
            open.load = None;
            open.paused = open.turns.current().is_some();
        }
        if let Some(thread) = &mut self.model.chat.open {
            thread.loading = false;
            thread.busy = None;
        }
        self.show_turns();
    }

    /// What the list knows of the open conversation.
    pub(super) fn show_head(&mut self) {
        let Some(key) = self.model.chat.open.as_ref().map(|thread| thread.key.clone()) else {
            return;
        };
        let title = self.title_of(&key);
        let is_new = self.chat.open.as_ref().is_some_and(|open| open.is_new);
        let Some(thread) = &mut self.model.chat.open else { return };
        if let Some(known) = self.chat.list.get(&key) {
            thread.title = title;
            thread.pinned = known.pinned;
            thread.main = known.main || key.ends_with(":main");
            thread.model = if known.model_chosen { known.model.clone() } else { String::new() };
            thread.thinking.clone_from(&known.thinking);
            thread.permission = known.permission;
            thread.context = known.context;
            if !known.levels.is_empty() {
                thread.thinking_levels.clone_from(&known.levels);
            }
        } else if !is_new {
            thread.title = title;
        }
        if thread.thinking_levels.is_empty() {
            let agents = self.model.chat.agents.items();
            let agent = agents.iter().find(|agent| agent.id == thread.agent);
            let model = agent.map(|agent| agent.model.as_str()).unwrap_or_default();
            let model = self.model.chat.models.iter().find(|known| known.id == model);
            thread.thinking_levels = model.map(|m| m.thinking.clone()).unwrap_or_default();
        }
    }

    /// Brings the running turn in the model up to date.
    pub(super) fn show_turns(&mut self) {
        let restarts =
            matches!(self.model.gateway.link, crate::model::GatewayLink::Restarting { .. });
        let stopping = self.chat.open.as_ref().is_some_and(|open| open.stopping);
        let (Some(open), Some(thread)) = (self.chat.open.as_mut(), &mut self.model.chat.open)
        else {
            return;
        };
        // Between old entries and what is new now there would be a hole.
        thread.live = if open.transcript.newer() { Vec::new() } else { open.turns.entries() };
        let current = open.turns.current().map(|(run, phase)| (run.to_owned(), phase.to_owned()));
        let Some((run, phase)) = current else {
            open.since = None;
            open.stopping = false;
            thread.run = None;
            return;
        };
        let since = match &open.since {
            Some((of, since)) if *of == run => since.clone(),
            _ => {
                let since = crate::local_time::clock(&jiff::Timestamp::now().to_string());
                open.since = Some((run.clone(), since.clone()));
                since
            }
        };
        let doing = match (open.paused, restarts) {
            (true, true) => tr!("engine-gateway-restarts").to_owned(),
            (true, false) => tr!("engine-waiting-for-gateway").to_owned(),
            _ => super::live::doing(&thread.live, &run, &phase),
        };
        thread.run = Some(Run { id: run, doing, since, stopping });
    }

    /// The open conversation is seen: it is not unread any more.
    pub(super) fn mark_read(&mut self) {
        if !self.chat.focused || !self.chat.online {
            return;
        }
        let Some(open) = self.chat.open.as_ref().filter(|open| !open.is_new) else { return };
        let key = open.key.clone();
        if !self.chat.list.get(&key).is_some_and(|known| known.unread) {
            return;
        }
        self.chat.list.change(&key, |known| known.unread = false);
        self.show_chats();
        let method = sessions::Patch { key, unread: Some(false), ..Default::default() };
        self.chat_ask(method, |_, answer| {
            if let Err(error) = answer {
                tracing::info!(%error, "not marked as read");
            }
        });
    }
}
