//! Searching all conversations, in a thread of its own.

use super::super::{Engine, Event};
use crate::model::{Hit, Search};
use crate::say;
use crate::storage::conversations;
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// Hits that are shown.
const HITS: usize = 200;

impl Engine {
    /// Searches titles and messages on this machine and the titles of the workspace; the one
    /// before is given up.
    pub(in super::super) fn search_conversations(&mut self, text: &str) {
        let number = self.talk.search.fetch_add(1, Ordering::AcqRel) + 1;
        let text = text.trim().to_owned();
        if text.is_empty() {
            self.model.conversations.search = None;
            return;
        }
        let hits = match &self.model.conversations.search {
            // What was found for the last letters stays until there is something new.
            Some(search) => Arc::clone(&search.hits),
            None => Arc::default(),
        };
        self.model.conversations.search = Some(Search { text: text.clone(), busy: true, hits });
        let wanted = text.to_lowercase();
        let rows = self.model.conversations.list.items();
        let (here, there): (Vec<_>, Vec<_>) =
            rows.iter().partition(|row| self.talk.heads.contains_key(&row.id));
        let titles: Vec<Hit> = there
            .into_iter()
            .filter(|row| {
                row.title.to_lowercase().contains(&wanted)
                    || row.last.to_lowercase().contains(&wanted)
            })
            .map(|row| Hit {
                conversation: row.id.clone(),
                title: row.title.clone(),
                excerpt: row.last.clone(),
                when: row.when.clone(),
            })
            .collect();
        let ids: Vec<String> = here.into_iter().map(|row| row.id.clone()).collect();
        let Some(folders) = self.keeper.folders(self.acting) else { return };
        let newest = Arc::clone(&self.talk.search);
        let events = self.events();
        tokio::task::spawn_blocking(move || {
            let stop = || newest.load(Ordering::Acquire) != number;
            let found = conversations::search(&folders.conversations, &ids, &text, HITS, &stop);
            let mut hits: Vec<Hit> = found
                .into_iter()
                .map(|found| Hit {
                    conversation: found.head.id,
                    title: found.head.title,
                    excerpt: found.excerpt,
                    when: say::when(&found.at),
                })
                .collect();
            hits.extend(titles);
            hits.truncate(HITS);
            let then = move |engine: &mut Self| {
                if engine.talk.search.load(Ordering::Acquire) == number {
                    engine.model.conversations.search =
                        Some(Search { text, busy: false, hits: Arc::new(hits) });
                }
            };
            if events.blocking_send(Event::Now(Box::new(then))).is_err() {
                tracing::debug!("the engine is gone");
            }
        });
    }
}
