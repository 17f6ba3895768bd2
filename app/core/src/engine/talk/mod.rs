//! Conversations: those on this machine, those of the workspace, and the one that is open.

mod adopt;
mod list;
mod open;
mod search;
mod sending;

use crate::storage::conversations::{Head, Kept};
use crate::storage::drafts::Drafts;
use crate::storage::outbox::Unsent;
use crate::sync::outbox::Outbox;
use std::collections::BTreeMap;

/// The conversations' part of the engine.
pub(super) struct Talk {
    /// Those on this machine, by id.
    heads: BTreeMap<String, Head>,
    /// The heads were read from the disk.
    loaded: bool,
    open: Option<Open>,
    drafts: Drafts,
    pub(super) outbox: Outbox,
    /// Tickets of forms whose act waits in the outbox, by entry.
    tickets: BTreeMap<u64, crate::model::Ticket>,
    /// Number of the newest search.
    search: std::sync::Arc<std::sync::atomic::AtomicU64>,
    /// A conversation is being taken into the workspace.
    adopting: bool,
}

/// The open conversation.
struct Open {
    id: String,
    kept: Kept,
    /// It has a file on this machine.
    here: bool,
    /// The workspace has it.
    there: bool,
    /// The workspace has older messages than those in `kept`.
    more: bool,
    /// The request that is under way.
    loading: Option<u64>,
}

impl Talk {
    pub(super) fn new(unsent: Unsent, drafts: Drafts) -> Self {
        Self {
            heads: BTreeMap::new(),
            loaded: false,
            open: None,
            drafts,
            outbox: Outbox::new(unsent.entries, unsent.last),
            tickets: BTreeMap::new(),
            search: std::sync::Arc::default(),
            adopting: false,
        }
    }
}
