//! All of a conversation, page by page, for a file. The open conversation is left as it is.

use super::rows;
use crate::model::Entry;
use crate::sync::reading;
use gateway_client::methods::chat;
use gateway_client::{Client, RequestError};
use std::sync::Arc;

/// Messages of a page.
const PAGE: u64 = 200;
/// Longest text of a block, in characters: the most that the gateway gives.
const CHARS: u64 = 500_000;

/// A page of an export.
pub(in super::super) struct ExportPage {
    /// Its entries, oldest first.
    pub(in super::super) entries: Vec<Arc<Entry>>,
    /// Messages before it that were loaded already, counted from the oldest.
    pub(in super::super) from: u64,
}

/// Loads a conversation from its oldest message on and hands its entries on, a page at a time;
/// only one page is kept. `page` says whether to go on.
///
/// # Errors
/// When a page cannot be loaded.
pub(in super::super) async fn load_all(
    client: &Client,
    key: &str,
    mut page: impl FnMut(ExportPage) -> bool + Send,
) -> Result<(), RequestError> {
    let method = |limit: u64, offset: u64| chat::History {
        session_key: key.to_owned(),
        limit: Some(limit),
        offset: Some(offset),
        max_chars: Some(CHARS),
        ..Default::default()
    };
    let first = client.request(&method(1, 0)).await?;
    let total = first.total_messages.unwrap_or_default();
    let mut from = 0;
    while from < total {
        let limit = PAGE.min(total - from);
        // The gateway counts from the newest.
        let answer = client.request(&method(limit, total - from - limit)).await?;
        let messages = answer.messages.len();
        let rows: Vec<_> = answer.messages.into_iter().map(rows::message).collect();
        let entries = reading::items(&rows).into_iter().map(|item| item.entry).collect();
        if messages == 0 || !page(ExportPage { entries, from }) {
            return Ok(());
        }
        from += limit;
    }
    Ok(())
}
