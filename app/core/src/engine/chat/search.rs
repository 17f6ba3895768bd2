//! Searching the conversations of the gateway.

use super::super::Engine;
use super::rows;
use crate::model::{ChatHit, ChatSearch};
use crate::say;
use gateway_client::methods::sessions;
use std::collections::HashSet;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Hits that are shown.
const HITS: usize = 100;
/// Most that the gateway gives at once.
const ASKED: u64 = 25;
/// After the last letter before the gateway is asked.
const PAUSE: Duration = Duration::from_millis(250);

/// The search that goes on.
#[derive(Default)]
pub(super) struct Searching {
    /// Number of the newest.
    number: u64,
    pub(super) at: Option<Instant>,
}

impl Engine {
    /// Searches; empty: no more. Titles are found at once, messages a moment later.
    pub(in super::super) fn search_chats(&mut self, text: &str) {
        self.chat.search.number += 1;
        let text = text.trim().to_owned();
        if text.is_empty() {
            self.chat.search.at = None;
            self.model.chat.search = None;
            return;
        }
        let hits = Arc::new(self.title_hits(&text));
        self.chat.search.at = Some(Instant::now() + PAUSE);
        self.model.chat.search = Some(ChatSearch { text, busy: true, problem: None, hits });
    }

    fn title_hits(&self, text: &str) -> Vec<ChatHit> {
        let wanted = text.to_lowercase();
        let hit = |(key, known): (&str, &rows::Known)| {
            let row = known.row(key, self.chat.titles.get(key), false);
            row.title.to_lowercase().contains(&wanted).then_some(ChatHit {
                key: row.key,
                title: row.title,
                excerpt: row.last,
                when: row.when,
            })
        };
        self.chat.list.shown(None).filter_map(hit).take(HITS).collect()
    }

    pub(super) fn search_due(&mut self, now: Instant) {
        if self.chat.search.at.is_none_or(|at| at > now) {
            return;
        }
        self.chat.search.at = None;
        let Some(search) = &self.model.chat.search else { return };
        let number = self.chat.search.number;
        let method = sessions::Search {
            query: search.text.clone(),
            limit: Some(ASKED),
            ..Default::default()
        };
        self.chat_act(method, move |engine, answer| {
            if engine.chat.search.number != number {
                return;
            }
            let Some(text) = engine.model.chat.search.as_ref().map(|s| s.text.clone()) else {
                return;
            };
            let mut hits = engine.title_hits(&text);
            let problem = match answer {
                Ok(found) => {
                    let mut seen: HashSet<(String, String)> = HashSet::new();
                    for hit in found.results {
                        if !seen.insert((hit.session_key.clone(), hit.message_id)) {
                            continue;
                        }
                        hits.push(ChatHit {
                            title: engine.title_of(&hit.session_key),
                            key: hit.session_key,
                            excerpt: rows::one_line(&hit.snippet, 240),
                            when: rows::when(hit.timestamp.unwrap_or_default()),
                        });
                    }
                    None
                }
                Err(error) => Some(say::chat::request(&error)),
            };
            hits.truncate(HITS);
            let hits = Arc::new(hits);
            engine.model.chat.search = Some(ChatSearch { text, busy: false, problem, hits });
        });
    }
}
