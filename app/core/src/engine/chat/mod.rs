//! Conversations with the agents of the gateway on this machine: the list, the open one, its
//! turns, what is sent, what waits for a person's word.

mod approvals;
mod change;
mod export;
mod hear;
mod history;
mod links;
mod list;
mod live;
mod open;
mod rows;
mod search;
mod sending;
#[cfg(test)]
mod tests;

use super::{Engine, Event};
use crate::model::{ChatAgent, ChatModel, Load, Problem};
use crate::say;
use gateway_client::RequestError;
use gateway_client::methods::{Hello, Method, agents, models};
use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// While an agent writes, the model is published at most this often.
const LIVE: Duration = Duration::from_millis(33);
/// The list of conversations at most this often.
const LIST: Duration = Duration::from_millis(100);
/// A turn that took longer is worth a notification.
const LONG: Duration = Duration::from_secs(10);
/// Runs whose beginning is remembered.
const BEGUN: usize = 256;

/// The chat's part of the engine.
#[derive(Default)]
pub(super) struct Chats {
    /// The connection is open.
    online: bool,
    /// Grows whenever the connection opens or is lost: an answer of another one is dropped.
    connection: u64,
    /// Largest attachment and picture, in bytes.
    limits: (usize, usize),
    default_agent: String,
    list: list::List,
    open: Option<open::Open>,
    outgoing: Vec<sending::Outgoing>,
    /// Changes that are not answered yet.
    changing: Vec<change::Changing>,
    approvals: Vec<approvals::Waiting>,
    search: search::Searching,
    /// When runs began, of all conversations.
    begun: VecDeque<(String, Instant)>,
    /// When what the agent writes is shown next, and was last.
    live: Pace,
    /// The same of the list.
    listed: Pace,
    /// The window is in front.
    focused: bool,
    /// Titles of conversations that the gateway has none for: their first message.
    titles: HashMap<String, String>,
}

/// Not more often than something can be seen.
#[derive(Default)]
struct Pace {
    at: Option<Instant>,
    last: Option<Instant>,
}

impl Pace {
    /// Something changed.
    fn touch(&mut self, every: Duration, now: Instant) {
        if self.at.is_none() {
            self.at = Some(self.last.map_or(now, |last| now.max(last + every)));
        }
    }

    /// Whether it is time to show it.
    fn take(&mut self, now: Instant) -> bool {
        let due = self.at.is_some_and(|at| at <= now);
        if due {
            self.at = None;
            self.last = Some(now);
        }
        due
    }
}

impl Engine {
    /// The gateway let this device in.
    pub(super) fn chat_online(&mut self, hello: &Arc<Hello>) {
        self.chat.online = true;
        self.chat.connection += 1;
        self.chat.limits = (hello.max_attachment, hello.max_image);
        self.chat.default_agent.clone_from(&hello.default_agent);
        self.load_agents();
        self.load_models();
        self.load_chats();
        self.load_approvals();
        self.reopen_chat();
        if let Some(key) = self.config.chat.take() {
            self.open_chat(Some(key));
        }
        self.change_again();
        self.send_again();
    }

    /// The connection was lost, or ended. What was shown stays.
    pub(super) fn chat_offline(&mut self) {
        self.chat.online = false;
        self.chat.connection += 1;
        self.model.chat.loading_more = false;
        self.chat_paused();
        self.approvals_offline();
    }

    /// Events were missed: everything is loaded again.
    pub(super) fn chat_missed(&mut self) {
        self.load_chats();
        self.load_approvals();
        self.reload_newest();
    }

    /// The window is in front, or not any more.
    pub(super) fn chat_focused(&mut self, on: bool) {
        self.chat.focused = on;
        self.mark_read();
    }

    /// When something here is due.
    pub(super) fn chat_deadline(&self) -> Option<Instant> {
        [
            self.chat.live.at,
            self.chat.listed.at,
            self.chat.search.at,
            self.chat.open.as_ref().and_then(|open| open.refresh_at),
            self.chat.outgoing.iter().filter_map(|out| out.again_at).min(),
            self.approvals_deadline(),
        ]
        .into_iter()
        .flatten()
        .min()
    }

    /// Does what is due.
    pub(super) fn chat_tick(&mut self) {
        let now = Instant::now();
        if self.chat.live.take(now) {
            self.show_turns();
        }
        if self.chat.listed.take(now) {
            self.show_chats();
        }
        self.search_due(now);
        self.refresh_due(now);
        self.send_due(now);
        self.approvals_due(now);
    }

    /// Makes a request; its answer is dropped when it is of another connection.
    fn chat_ask<M: Method + Send + 'static>(
        &self,
        method: M,
        then: impl FnOnce(&mut Self, Result<M::Answer, RequestError>) + Send + 'static,
    ) {
        let connection = self.chat.connection;
        self.chat_act(method, move |engine, answer| {
            if engine.chat.connection == connection {
                then(engine, answer);
            }
        });
    }

    /// Makes a request whose answer counts in any case.
    fn chat_act<M: Method + Send + 'static>(
        &self,
        method: M,
        then: impl FnOnce(&mut Self, Result<M::Answer, RequestError>) + Send + 'static,
    ) {
        let client = self.gateway_client();
        self.spawn(async move {
            let answer = match client {
                Some(client) => client.request(&method).await,
                None => Err(RequestError::NotOpen),
            };
            Event::Now(Box::new(move |engine| then(engine, answer)))
        });
    }

    fn load_agents(&mut self) {
        self.chat_ask(agents::List::default(), |engine, answer| match answer {
            Ok(found) => {
                let agent = |agent: agents::Agent| rows::agent(agent, &found.default_id);
                let agents: Vec<Arc<ChatAgent>> =
                    found.agents.into_iter().map(|a| Arc::new(agent(a))).collect();
                engine.model.chat.agents = Load::Ready(Arc::new(agents));
            }
            Err(error) => {
                if !matches!(engine.model.chat.agents, Load::Ready(_)) {
                    engine.model.chat.agents = Load::Failed(say::chat::request(&error));
                }
            }
        });
    }

    fn load_models(&mut self) {
        self.chat_ask(models::List::default(), |engine, answer| match answer {
            Ok(found) => {
                let models: Vec<Arc<ChatModel>> =
                    found.models.into_iter().map(|m| Arc::new(rows::model(m))).collect();
                engine.model.chat.models = Arc::new(models);
                engine.show_head();
            }
            Err(error) => tracing::info!(%error, "no models"),
        });
    }

    /// A run began, as far as is known now.
    fn run_began(&mut self, run: &str) {
        if self.chat.begun.iter().any(|(known, _)| known == run) {
            return;
        }
        self.chat.begun.push_back((run.to_owned(), Instant::now()));
        if self.chat.begun.len() > BEGUN {
            self.chat.begun.pop_front();
        }
    }

    /// A run is over: whether it took long.
    fn run_ended(&mut self, run: &str) -> bool {
        let Some(at) = self.chat.begun.iter().position(|(known, _)| known == run) else {
            return false;
        };
        self.chat.begun.remove(at).is_some_and(|(_, began)| began.elapsed() >= LONG)
    }

    /// Says once that something did not work.
    fn chat_failed(&mut self, error: &RequestError) {
        self.notice(say::chat::request(error));
    }

    fn chat_problem(&mut self, what: &str, next: &str) {
        self.notice(Problem { what: what.to_owned(), next: next.to_owned() });
    }
}
