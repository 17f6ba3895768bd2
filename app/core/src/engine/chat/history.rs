//! Loading the open conversation's messages: the newest, older ones, one that was cut off.

use super::super::Engine;
use super::{hear, rows};
use crate::model::ChatDelivery;
use crate::model::{EntryKind, ToolCall};
use crate::say;
use crate::sync::turn::{cap_output, person, person_entry};
use crate::tr;
use gateway_client::RequestError;
use gateway_client::methods::chat;
use std::time::{Duration, Instant};

/// Messages that are loaded at once.
const PAGE: u64 = 200;
/// Messages that are loaded again after a turn: they join what is there, else a page follows.
const TURN: u64 = 60;
/// Longest text of a message that comes with a page, in characters; more comes when it is asked
/// for.
const CHARS: u64 = 100_000;
/// Before the newest are loaded because of a message that was told.
const SOON: Duration = Duration::from_millis(150);

/// What a page is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    Newest,
    Older,
}

impl Engine {
    /// Loads the newest messages, in place of what is there.
    pub(in super::super) fn load_newest_chat(&mut self) {
        // Where nothing is shown, what failed makes room for what is being done about it.
        if let Some(thread) = self.model.chat.open.as_mut().filter(|t| t.entries.is_empty()) {
            thread.problem = None;
        }
        self.load_newest();
    }

    pub(super) fn load_newest(&mut self) {
        self.load_messages(Asked::Newest, PAGE);
    }

    /// Loads what came last, unless old messages are being read.
    pub(super) fn reload_newest(&mut self) {
        let Some(open) = self.chat.open.as_mut().filter(|open| !open.is_new) else { return };
        open.refresh_at = None;
        if open.load.is_some() {
            open.again = true;
        } else if !open.transcript.newer() {
            self.load_messages(Asked::Newest, TURN);
        }
    }

    /// Something was written that is not from a turn that is followed.
    pub(super) fn refresh_soon(&mut self) {
        if let Some(open) = self.chat.open.as_mut() {
            open.refresh_at.get_or_insert_with(|| Instant::now() + SOON);
        }
    }

    pub(super) fn refresh_due(&mut self, now: Instant) {
        if self.chat.open.as_ref().and_then(|open| open.refresh_at).is_some_and(|at| at <= now) {
            self.reload_newest();
        }
    }

    /// Loads older messages.
    pub(in super::super) fn load_older_chat(&mut self) {
        let can = |open: &super::open::Open| open.transcript.older() && open.load.is_none();
        if self.chat.open.as_ref().is_some_and(can) {
            self.load_messages(Asked::Older, PAGE);
        }
    }

    fn load_messages(&mut self, asked: Asked, limit: u64) {
        let load = self.next_generation();
        let Some(open) = self.chat.open.as_mut().filter(|open| !open.is_new) else { return };
        open.load = Some((load, asked));
        open.again = false;
        let key = open.key.clone();
        let offset = (asked == Asked::Older).then(|| open.transcript.offset());
        if let Some(thread) = &mut self.model.chat.open {
            thread.loading = asked == Asked::Older || thread.entries.is_empty();
        }
        let method = chat::History {
            session_key: key.clone(),
            limit: Some(limit),
            offset,
            max_chars: Some(CHARS),
            ..Default::default()
        };
        self.chat_ask(method, move |engine, answer| engine.history(&key, load, asked, answer));
    }

    fn history(
        &mut self,
        key: &str,
        load: u64,
        asked: Asked,
        answer: Result<chat::HistoryPage, RequestError>,
    ) {
        let Some(open) = self.chat.open_as(key).filter(|open| open.load == Some((load, asked)))
        else {
            return;
        };
        open.load = None;
        if let Some(thread) = &mut self.model.chat.open {
            thread.loading = false;
        }
        match answer {
            Ok(page) => {
                if let Some(thread) = &mut self.model.chat.open {
                    thread.problem = None;
                }
                match asked {
                    Asked::Newest => self.take_newest(key, page),
                    Asked::Older => {
                        open_page(self, key, page);
                    }
                }
                self.show_thread_entries();
            }
            Err(error) => {
                if let Some(thread) = &mut self.model.chat.open {
                    thread.problem = Some(say::chat::request(&error));
                }
            }
        }
        if self.chat.open_as(key).is_some_and(|open| std::mem::take(&mut open.again)) {
            self.reload_newest();
        }
    }

    fn take_newest(&mut self, key: &str, mut page: chat::HistoryPage) {
        let flight = page.in_flight_run.take().filter(|flight| !flight.run_id.is_empty());
        if let Some(row) = page.session_info.take() {
            self.chat.list.change(key, |known| known.take(*row));
        }
        let waiting: Vec<chat::HistoryMessage> =
            std::mem::take(&mut page.pending_inputs.items).into_iter().map(|p| p.message).collect();
        let first =
            page.messages.first().filter(|_| !page.has_more).map(chat::HistoryMessage::text);
        let known = self.chat.list.get(key).map(|known| (known.running, known.runs.clone()));
        let Some(open) = self.chat.open_as(key) else { return };
        open.paused = false;
        // An end that was heard is newer than this answer.
        let flight = flight.filter(|flight| !open.turns.is_over(&flight.run_id));
        let page = rows::page(page);
        // Which of the runs that were followed are still under way.
        let mut running: Vec<String> = flight.iter().map(|flight| flight.run_id.clone()).collect();
        match known {
            Some((_, Some(runs))) => running.extend(runs),
            Some((true, None)) => running.extend(open.turns.runs().map(str::to_owned)),
            _ => {}
        }
        // A run that has just been begun here may be younger than the answer.
        let young = open.turns.runs().filter(|run| open.turns.is_fresh(run)).map(str::to_owned);
        running.extend(young.collect::<Vec<_>>());
        open.turns.only(&running);
        if let Some(flight) = &flight {
            open.turns.begin(&flight.run_id);
        }
        let followed: Vec<String> = open.turns.runs().map(str::to_owned).collect();
        open.transcript.newest(page, &mut open.turns, &followed);
        if let Some(flight) = &flight {
            for event in &flight.events {
                let when = rows::when(event.ts.unwrap_or_default());
                hear::agent(event, |news| {
                    open.turns.hear_again(&flight.run_id, event.seq, news, &when);
                });
            }
            open.turns.adopt(&flight.run_id, &flight.text);
        }
        let transcript = &open.transcript;
        let keys: Vec<String> =
            waiting.iter().map(|m| person_entry(&rows::message(m.clone()).key)).collect();
        for message in waiting {
            let row = rows::message(message);
            let id = person_entry(&row.key);
            if !row.key.is_empty() && !transcript.has(&id) && !open.turns.has(&id) {
                let text = row.parts.iter().find_map(|part| match part {
                    crate::sync::reading::Part::Text(text) => Some(text.as_str()),
                    _ => None,
                });
                let text = text.unwrap_or_default().into();
                open.turns.person(person(id, row.when, text, Vec::new(), ChatDelivery::Steered));
            }
        }
        open.turns.settle(
            |id| transcript.has(id),
            |run| transcript.tells_of(run),
            |id| keys.iter().any(|key| key == id),
        );
        if let Some(first) = first {
            self.remember_title(key, &first);
        }
        self.show_turns();
        self.show_waiting();
        self.show_head();
        self.chat.listed.touch(super::LIST, Instant::now());
    }

    /// Brings the settled entries in the model up to date.
    pub(super) fn show_thread_entries(&mut self) {
        let (Some(open), Some(thread)) = (&self.chat.open, &mut self.model.chat.open) else {
            return;
        };
        thread.older = open.transcript.older();
        thread.newer = open.transcript.newer();
        thread.entries = open.transcript.entries();
        self.show_turns();
        self.show_chat_links();
    }

    /// Loads all of a tool's output that the gateway had cut off.
    pub(in super::super) fn load_tool_output(&mut self, entry: String) {
        let Some(open) = &self.chat.open else { return };
        let Some(item) = open.transcript.item(&entry) else { return };
        let key = open.key.clone();
        let method = chat::MessageGet {
            session_key: key.clone(),
            message_id: item.message.clone(),
            max_chars: Some(2_000_000),
            ..Default::default()
        };
        self.chat_ask(method, move |engine, answer| match answer {
            Ok(chat::OneMessage { message: Some(message), .. }) => {
                engine.whole_message(&key, &entry, &message);
            }
            Ok(_) => engine.chat_problem(
                tr!("engine-message-not-whole"),
                tr!("engine-message-not-whole-next"),
            ),
            Err(error) => engine.chat_failed(&error),
        });
    }

    fn whole_message(&mut self, key: &str, entry: &str, message: &chat::HistoryMessage) {
        let Some(open) = self.chat.open_as(key) else { return };
        let Some(item) = open.transcript.item(entry) else { return };
        let mut whole = (*item.entry).clone();
        let text = message.text();
        match &mut whole.kind {
            EntryKind::Tool(tool) => {
                let (kept, cut) = cap_output(&text);
                tool.output = kept.into();
                tool.cut = cut;
            }
            EntryKind::Agent { text: shown, .. } | EntryKind::Person { text: shown, .. } => {
                *shown = text.into();
            }
            _ => return,
        }
        open.transcript.replace(whole);
        self.show_thread_entries();
    }
}

fn open_page(engine: &mut Engine, key: &str, page: chat::HistoryPage) {
    if let Some(open) = engine.chat.open_as(key) {
        open.transcript.older_page(&rows::page(page));
    }
}

const _: () = assert!(ToolCall::MOST_OUTPUT >= 2_000_000);
