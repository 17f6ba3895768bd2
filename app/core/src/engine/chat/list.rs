//! The list of conversations, kept right by events.

use super::super::Engine;
use super::{LIST, rows};
use crate::model::{ChatRow, Load};
use crate::say;
use gateway_client::methods::sessions;
use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use std::time::Instant;

/// Conversations that are loaded at once.
const PAGE: u64 = 100;
/// Most conversations that are kept; the oldest go.
const MOST: usize = 5000;
/// Titles of first messages that are remembered.
const TITLES: usize = 1000;

/// Pinned first, then the newest.
type Place = (Reverse<bool>, Reverse<u64>, String);

/// What is known of the conversations.
#[derive(Default)]
pub(super) struct List {
    rows: HashMap<String, rows::Known>,
    order: BTreeSet<Place>,
    /// Number of the newest load.
    load: u64,
    /// Where the next page begins.
    next: Option<u64>,
    loaded: bool,
}

impl List {
    pub(super) fn get(&self, key: &str) -> Option<&rows::Known> {
        self.rows.get(key)
    }

    fn place(known: &rows::Known, key: &str) -> Place {
        (Reverse(known.pinned), Reverse(known.updated_ms), key.to_owned())
    }

    /// Changes a row, or makes it. O(log n).
    pub(super) fn change(&mut self, key: &str, change: impl FnOnce(&mut rows::Known)) {
        let known = self.rows.entry(key.to_owned()).or_default();
        let before = Self::place(known, key);
        change(known);
        let after = Self::place(known, key);
        if before != after || !self.order.contains(&after) {
            self.order.remove(&before);
            self.order.insert(after);
        }
        while self.order.len() > MOST {
            let Some((_, _, oldest)) = self.order.pop_last() else { return };
            self.rows.remove(&oldest);
        }
    }

    pub(super) fn remove(&mut self, key: &str) {
        if let Some(known) = self.rows.remove(key) {
            self.order.remove(&Self::place(&known, key));
        }
    }

    fn clear(&mut self) {
        self.rows.clear();
        self.order.clear();
        self.next = None;
    }

    /// Those that are shown, in order.
    pub(super) fn shown<'a>(
        &'a self,
        agent: Option<&'a str>,
    ) -> impl Iterator<Item = (&'a str, &'a rows::Known)> {
        let known = |(_, _, key): &'a Place| self.rows.get(key).map(|row| (key.as_str(), row));
        self.order.iter().filter_map(known).filter(move |(key, row)| {
            row.is_listed(key) && agent.is_none_or(|agent| row.agent(key) == agent)
        })
    }
}

impl Engine {
    /// Asks for the list, and to be told of its changes.
    pub(super) fn load_chats(&mut self) {
        self.chat_ask(sessions::Subscribe::default(), |_, answer| {
            if let Err(error) = answer {
                tracing::info!(%error, "changes of conversations are not told");
            }
        });
        self.load_rows(None);
    }

    fn load_rows(&mut self, offset: Option<u64>) {
        self.chat.list.load += 1;
        let load = self.chat.list.load;
        let method = sessions::List {
            limit: Some(PAGE),
            offset,
            agent_id: self.model.chat.agent.clone(),
            include_derived_titles: Some(true),
            include_last_message: Some(true),
            ..Default::default()
        };
        self.chat_ask(method, move |engine, answer| {
            if engine.chat.list.load != load {
                return;
            }
            engine.model.chat.loading_more = false;
            match answer {
                Ok(page) => engine.listed(page, offset),
                Err(error) => {
                    let problem = say::chat::request(&error);
                    match engine.model.chat.list {
                        Load::Ready(_) => engine.notice(problem),
                        _ => engine.model.chat.list = Load::Failed(problem),
                    }
                }
            }
        });
    }

    fn listed(&mut self, page: sessions::Page, offset: Option<u64>) {
        if offset.is_none() {
            self.chat.list.clear();
        }
        // A page that leads nowhere is the last one.
        self.chat.list.next =
            page.next_offset.filter(|_| page.has_more && !page.sessions.is_empty());
        self.chat.list.loaded = true;
        for row in page.sessions {
            let key = row.key.clone();
            self.chat.list.change(&key, |known| known.take(row));
        }
        self.show_chats();
        self.show_head();
    }

    /// Loads the list again, after it could not be loaded.
    pub(in super::super) fn reload_chats(&mut self) {
        if !self.chat.online {
            return;
        }
        if matches!(self.model.chat.list, Load::Failed(_)) {
            self.model.chat.list = Load::Loading;
        }
        self.load_chats();
    }

    /// Loads more of the list.
    pub(in super::super) fn load_more_chats(&mut self) {
        if let (Some(next), false) = (self.chat.list.next, self.model.chat.loading_more) {
            self.model.chat.loading_more = true;
            self.load_rows(Some(next));
        }
    }

    /// Lists the conversations of an agent, or of all.
    pub(in super::super) fn chat_with_agent(&mut self, agent: Option<String>) {
        if self.model.chat.agent == agent {
            return;
        }
        self.model.chat.agent = agent;
        self.show_chats();
        if self.chat.online {
            self.load_rows(None);
        }
    }

    /// The gateway says that a conversation changed.
    pub(super) fn chat_changed(&mut self, key: &str, row: Option<sessions::Row>, gone: bool) {
        if gone {
            self.chat.list.remove(key);
            if self.chat.open.as_ref().is_some_and(|open| open.key == key && !open.is_new) {
                self.open_chat(None);
            }
        } else if let Some(row) = row {
            self.chat.list.change(key, |known| known.take(row));
        }
        self.chat.listed.touch(LIST, Instant::now());
    }

    /// Brings the list in the model up to date.
    pub(super) fn show_chats(&mut self) {
        if !self.chat.list.loaded {
            return;
        }
        let before: HashMap<&str, &Arc<ChatRow>> =
            self.model.chat.list.items().iter().map(|row| (row.key.as_str(), row)).collect();
        let agent = self.model.chat.agent.as_deref();
        let waiting = |key: &str| self.chat.approvals.iter().any(|a| a.shown.key == key);
        let rows: Vec<Arc<ChatRow>> = self
            .chat
            .list
            .shown(agent)
            .map(|(key, known)| {
                let row = known.row(key, self.chat.titles.get(key), waiting(key));
                match before.get(key) {
                    Some(same) if ***same == row => Arc::clone(same),
                    _ => Arc::new(row),
                }
            })
            .collect();
        self.model.chat.more = self.chat.list.next.is_some();
        self.model.chat.list = Load::Ready(Arc::new(rows));
        self.retitle_approvals();
    }

    /// A conversation's first message is its title where the gateway has none.
    pub(super) fn remember_title(&mut self, key: &str, text: &str) {
        // The gateway's own title, made by a model, comes later.
        let first = text.lines().find(|line| !line.trim().is_empty());
        let title = rows::one_line(first.unwrap_or_default(), 80);
        if title.is_empty() || self.chat.titles.contains_key(key) {
            return;
        }
        if self.chat.titles.len() >= TITLES {
            self.chat.titles.clear();
        }
        self.chat.titles.insert(key.to_owned(), title);
        self.chat.listed.touch(LIST, Instant::now());
    }

    /// A conversation's title, as it is listed.
    pub(super) fn title_of(&self, key: &str) -> String {
        let title = self.chat.titles.get(key);
        match self.chat.list.get(key) {
            Some(known) => known.title(key, title),
            None => title.cloned().unwrap_or_else(|| rows::bare_title(key).to_owned()),
        }
    }
}
