//! All of a conversation, page by page, for a file. The open conversation is left as it is.

use super::super::Engine;
use super::super::files::export::{About, Loaded, NextPage, Pages, Source};
use super::rows;
use crate::model::Entry;
use crate::say;
use crate::sync::reading;
use gateway_client::methods::chat;
use gateway_client::{Client, RequestError};
use std::sync::Arc;

/// Messages of a page.
const PAGE: u64 = 200;
/// Longest text of a block, in characters: the most that the gateway gives.
const CHARS: u64 = 500_000;

/// Loads a conversation from its oldest message on; only one page is kept.
struct History {
    client: Client,
    key: String,
    /// How many messages there are; asked first.
    total: Option<u64>,
    /// How many of them were loaded, counted from the oldest.
    loaded: u64,
}

impl History {
    async fn page(&self, limit: u64, offset: u64) -> Result<chat::HistoryPage, RequestError> {
        let method = chat::History {
            session_key: self.key.clone(),
            limit: Some(limit),
            offset: Some(offset),
            max_chars: Some(CHARS),
            ..Default::default()
        };
        self.client.request(&method).await
    }

    async fn load(&mut self) -> Result<Option<Vec<Arc<Entry>>>, RequestError> {
        let total = match self.total {
            Some(total) => total,
            None => self.page(1, 0).await?.total_messages.unwrap_or_default(),
        };
        self.total = Some(total);
        let limit = PAGE.min(total.saturating_sub(self.loaded));
        if limit == 0 {
            return Ok(None);
        }
        // The gateway counts from the newest.
        let answer = self.page(limit, total - self.loaded - limit).await?;
        self.loaded += limit;
        let rows: Vec<_> = answer.messages.into_iter().map(rows::message).collect();
        Ok(Some(reading::items(&rows).into_iter().map(|item| item.entry).collect()))
    }
}

impl Pages for History {
    fn next(&mut self) -> NextPage<'_> {
        Box::pin(async { self.load().await.map_err(|error| say::gateway::request(&error)) })
    }
}

impl Engine {
    /// All of the open conversation; while the gateway is not connected, what is loaded of it.
    pub(in super::super) fn chat_export_pages(&self) -> Option<Source> {
        let thread = self.model.chat.open.as_ref()?;
        let about = About {
            title: thread.title.clone(),
            agent: thread.agent.clone(),
            key: thread.key.clone(),
            model: thread.model.clone(),
        };
        let pages: Box<dyn Pages> = match self.gateway_client() {
            Some(client) => {
                Box::new(History { client, key: thread.key.clone(), total: None, loaded: 0 })
            }
            None => {
                let entries = thread.entries.iter().chain(&thread.live).cloned().collect();
                Box::new(Loaded(Some(entries)))
            }
        };
        Some(Source { about, pages })
    }
}
