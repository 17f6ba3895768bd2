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
/// The same of one message that is asked for alone.
const WHOLE: u64 = 2_000_000;

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
        let mut messages = self.next_messages(total, limit).await?;
        for message in messages.iter_mut().filter(|message| message.openclaw.truncated) {
            self.complete(message).await?;
        }
        let rows: Vec<_> = messages.into_iter().map(rows::message).collect();
        Ok(Some(reading::items(&rows).into_iter().map(|item| item.entry).collect()))
    }

    /// The next messages. Of a page that would be too long the gateway leaves the oldest out
    /// without a word: then it is asked for fewer.
    async fn next_messages(
        &mut self,
        total: u64,
        most: u64,
    ) -> Result<Vec<chat::HistoryMessage>, RequestError> {
        let mut limit = most;
        loop {
            // The gateway counts from the newest.
            let answer = self.page(limit, total - self.loaded - limit).await?;
            let begins = answer.messages.first().and_then(|message| message.openclaw.seq);
            let whole = begins.is_some_and(|seq| seq <= self.loaded + 1)
                || answer.messages.len() as u64 >= limit;
            if whole || limit == 1 {
                self.loaded += limit;
                return Ok(answer.messages);
            }
            limit = limit.div_ceil(2);
        }
    }

    /// Loads all of a message that was cut off; where it cannot be had whole it stays as it is.
    async fn complete(&self, message: &mut chat::HistoryMessage) -> Result<(), RequestError> {
        let Some(id) = message.openclaw.id.clone() else { return Ok(()) };
        let method = chat::MessageGet {
            session_key: self.key.clone(),
            message_id: id,
            max_chars: Some(WHOLE),
            ..Default::default()
        };
        match self.client.request(&method).await {
            Ok(chat::OneMessage { message: Some(whole), .. }) => {
                message.content = whole.content;
                Ok(())
            }
            Ok(_) | Err(RequestError::Unsupported(_)) => Ok(()),
            Err(error) => Err(error),
        }
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
