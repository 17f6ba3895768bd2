//! Conversations: those on this machine, those of the workspace, and the one that is open.

mod adopt;
mod list;
mod open;
mod restore;
mod search;
mod sending;
#[cfg(test)]
mod tests;
mod thread;

use super::Engine;
use crate::model::Problem;
use crate::storage::conversations::{Head, Kept};
use crate::storage::drafts::Drafts;
use crate::storage::outbox::Unsent;
use crate::sync::outbox::{Home, Outbox};
use adopt::Adopting;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Notices that wait for the one that is shown; more are dropped.
const NOTICES: usize = 8;

/// The conversations' part of the engine.
pub(super) struct Talk {
    /// Those on this machine, by id; of whoever has signed in on it.
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
    /// The conversation that is being taken into the workspace.
    adopting: Adopting,
    /// Those that it did not take; not tried again before the next start.
    rejected: BTreeSet<String>,
    notices: VecDeque<Problem>,
    /// The day on which the list was made: its times are in words.
    listed_on: Option<jiff::civil::Date>,
}

/// The open conversation.
struct Open {
    id: String,
    kept: Kept,
    /// What its draft is kept under.
    draft: String,
    /// It has a file on this machine.
    here: bool,
    /// The workspace has it.
    there: bool,
    /// The workspace has older messages than those in `kept`.
    more: bool,
    /// Messages at the beginning that are not shown yet.
    hidden: usize,
    /// What is under way.
    loading: Option<Loading>,
    /// The workspace has got something new meanwhile.
    again: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Loading {
    /// The file is being read.
    Disk,
    /// A request of this number, for this page.
    Page(u64, Asked),
}

/// What a page of messages is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asked {
    /// The newest ones.
    Last,
    /// Those before this number.
    Before(u64),
    /// Those after it.
    After(u64),
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
            adopting: Adopting::default(),
            rejected: BTreeSet::new(),
            notices: VecDeque::new(),
            listed_on: None,
        }
    }
}

impl Engine {
    /// Where what is written belongs; `None` without a workspace.
    pub(super) fn home(&self) -> Option<Home> {
        self.owner().filter(Home::is_workspace)
    }

    /// Whose is what is written now: the home, or the person alone who is in no workspace.
    /// `None`: nobody is signed in.
    fn owner(&self) -> Option<Home> {
        let person = self.account.person_id()?.clone();
        let workspace = self.account.workspace_id().unwrap_or_default().to_owned();
        Some(Home { cloud: self.config.cloud.clone(), person, workspace })
    }

    /// A conversation of this machine, unless it is another person's or another workspace's.
    fn head(&self, id: &str) -> Option<&Head> {
        let owner = self.owner();
        self.talk.heads.get(id).filter(|head| may_see(head, owner.as_ref()))
    }

    /// Somebody else signs in, nobody, or another workspace is shown.
    pub(super) fn clear_talk(&mut self) {
        self.talk.outbox.reset();
        self.talk.adopting = Adopting::default();
        self.talk.tickets.clear();
        self.search_conversations("");
        self.model.conversations.loading_more = false;
    }

    /// A problem that belongs to no form. It waits until the one that is shown was read.
    pub(super) fn notice(&mut self, problem: Problem) {
        let shown = &mut self.model.notice;
        match shown {
            None => *shown = Some(problem),
            Some(shown) if *shown == problem || self.talk.notices.contains(&problem) => {}
            Some(_) if self.talk.notices.len() >= NOTICES => {
                tracing::warn!(what = problem.what, "too many notices");
            }
            Some(_) => self.talk.notices.push_back(problem),
        }
    }

    /// The notice was read.
    pub(super) fn next_notice(&mut self) {
        self.model.notice = self.talk.notices.pop_front();
    }

    /// Notices may quote what was written.
    pub(super) fn clear_notices(&mut self) {
        self.talk.notices.clear();
        self.model.notice = None;
    }
}

/// Whether a conversation of this machine may be shown to whoever is signed in: nobody's to all,
/// one of a person to this person, in its workspace.
fn may_see(head: &Head, owner: Option<&Home>) -> bool {
    match (&head.home, owner) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(home), Some(owner)) => {
            home == owner || (home.is_same_person(owner) && !home.is_workspace())
        }
    }
}
