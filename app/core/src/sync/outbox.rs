//! What was written here and the cloud does not have yet. Each entry is sent in its turn, again
//! and again with the same key until the cloud has it, and the cloud does it once.

use cloud_client::ApiError;
use cloud_client::wire::{MessageDraft, TaskDraft};
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;
use std::time::{Duration, Instant};

/// The first wait after a failure.
const FIRST: Duration = Duration::from_secs(1);
/// The longest.
const LONGEST: Duration = Duration::from_secs(60);

/// Where an entry belongs: it is sent nowhere else, whoever signs in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Home {
    /// Base URL of the cloud.
    pub cloud: String,
    /// The person's id.
    pub person: String,
    /// The workspace's id; empty for a person alone.
    pub workspace: String,
}

impl Home {
    /// Whether it is a workspace, and not a person alone.
    #[must_use]
    pub fn is_workspace(&self) -> bool {
        !self.workspace.is_empty()
    }

    /// Whether it is the same account's.
    #[must_use]
    pub fn is_same_person(&self, other: &Self) -> bool {
        self.cloud == other.cloud && self.person == other.person
    }

    /// The person alone: what is theirs and in no workspace yet.
    #[must_use]
    pub fn of_person(&self) -> Self {
        Self { workspace: String::new(), ..self.clone() }
    }
}

/// Something to be done at the cloud.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Act {
    /// Begin a conversation, or give it another title.
    PutConversation {
        /// A UUID.
        id: String,
        /// Its title.
        title: String,
        /// The agent it is with.
        agent: Option<String>,
    },
    /// Delete a conversation.
    DeleteConversation {
        /// A UUID.
        id: String,
    },
    /// Add a message.
    Message {
        /// To which conversation.
        conversation: String,
        /// It.
        message: MessageDraft,
    },
    /// Make a task.
    CreateTask {
        /// It.
        draft: TaskDraft,
    },
}

impl Act {
    /// The conversation that it is about.
    #[must_use]
    pub fn conversation(&self) -> Option<&String> {
        match self {
            Self::PutConversation { id, .. } | Self::DeleteConversation { id } => Some(id),
            Self::Message { conversation, .. } => Some(conversation),
            Self::CreateTask { .. } => None,
        }
    }
}

/// An entry, as it stands in its file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its place in the order; the file's name begins with it.
    pub number: u64,
    /// The idempotency key: a UUID.
    pub key: String,
    /// Where it belongs.
    pub home: Home,
    /// What is to be done.
    pub act: Act,
}

/// What becomes of an entry whose request was answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// The cloud has it.
    Done,
    /// Tried again later.
    Again,
    /// The cloud will never take it.
    Refused,
    /// Nobody is signed in any more. It is kept for when somebody is.
    Kept,
}

/// All entries, oldest first.
#[derive(Debug, Default)]
pub struct Outbox {
    entries: VecDeque<Entry>,
    sending: Option<u64>,
    failures: u32,
    not_before: Option<Instant>,
    last: u64,
}

impl Outbox {
    /// With what was on disk; new entries get numbers above `last`.
    #[must_use]
    pub fn new(mut entries: Vec<Entry>, last: u64) -> Self {
        entries.sort_by_key(|entry| entry.number);
        let last = entries.last().map_or(0, |entry| entry.number).max(last);
        Self { entries: entries.into(), last, ..Self::default() }
    }

    /// Adds an act; gives the entry to be written to disk.
    pub fn add(&mut self, key: String, home: Home, act: Act) -> Entry {
        self.last += 1;
        let entry = Entry { number: self.last, key, home, act };
        self.entries.push_back(entry.clone());
        entry
    }

    /// Entries for `home`.
    #[must_use]
    pub fn count(&self, home: &Home) -> usize {
        self.entries.iter().filter(|entry| entry.home == *home).count()
    }

    /// All of them.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter()
    }

    /// Messages that wait for a conversation.
    pub fn messages(&self, home: &Home, id: &str) -> impl Iterator<Item = &MessageDraft> {
        let mine = move |entry: &&Entry| entry.home == *home;
        self.entries.iter().filter(mine).filter_map(move |entry| match &entry.act {
            Act::Message { conversation, message } if conversation == id => Some(message),
            _ => None,
        })
    }

    /// The entry to send now, if any; it counts as being sent from here on.
    pub fn take_next(&mut self, home: &Home, now: Instant) -> Option<Entry> {
        if self.sending.is_some() || self.not_before.is_some_and(|at| now < at) {
            return None;
        }
        // Otherwise the deadline would stay in the past when nothing waits for this home.
        self.not_before = None;
        let entry = self.entries.iter().find(|entry| entry.home == *home)?.clone();
        self.sending = Some(entry.number);
        Some(entry)
    }

    /// When to look again, if something waits for that.
    #[must_use]
    pub fn deadline(&self) -> Option<Instant> {
        self.not_before.filter(|_| self.sending.is_none() && !self.entries.is_empty())
    }

    /// The request of entry `number` was answered; `random` is in 0..1.
    pub fn answered(
        &mut self,
        number: u64,
        result: Result<(), &ApiError>,
        now: Instant,
        random: f64,
    ) -> Fate {
        if self.sending == Some(number) {
            self.sending = None;
        }
        let fate = result.map_or_else(fate, |()| Fate::Done);
        match fate {
            Fate::Done | Fate::Refused => {
                self.entries.retain(|entry| entry.number != number);
                self.failures = 0;
                self.not_before = None;
            }
            Fate::Again => {
                let longest = (FIRST * 2_u32.saturating_pow(self.failures.min(8))).min(LONGEST);
                let mut wait = longest.mul_f64(0.5 + random / 2.0);
                if let Err(ApiError::RateLimited { after: Some(after) }) = result {
                    wait = wait.max((*after).min(LONGEST * 10));
                }
                self.failures += 1;
                self.not_before = Some(now + wait);
            }
            Fate::Kept => {}
        }
        fate
    }

    /// Takes back what was not sent yet and `unwanted`; gives the numbers of what is gone.
    pub fn withdraw(&mut self, unwanted: impl Fn(&Entry) -> bool) -> Vec<u64> {
        let sending = self.sending;
        let goes = |entry: &Entry| Some(entry.number) != sending && unwanted(entry);
        let gone = self.entries.iter().filter(|e| goes(e)).map(|e| e.number).collect();
        self.entries.retain(|entry| !goes(entry));
        gone
    }

    /// The connection is back: what waits need not wait longer.
    pub fn online(&mut self) {
        self.failures = 0;
        self.not_before = None;
    }

    /// The account changed: a request that is under way does not hold the others up.
    pub fn reset(&mut self) {
        self.sending = None;
        self.online();
    }
}

fn fate(error: &ApiError) -> Fate {
    match error {
        ApiError::Net(_)
        | ApiError::Server { .. }
        | ApiError::RateLimited { .. }
        | ApiError::Malformed(_) => Fate::Again,
        ApiError::SignedOut => Fate::Kept,
        _ => Fate::Refused,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::{BTreeMap, BTreeSet};

    fn home(workspace: &str) -> Home {
        Home { cloud: "c".into(), person: "p".into(), workspace: workspace.into() }
    }

    fn act(title: &str) -> Act {
        Act::CreateTask { draft: TaskDraft { title: title.into(), ..TaskDraft::default() } }
    }

    #[test]
    fn entries_go_in_turn_to_their_own_home_only() {
        let now = Instant::now();
        let mut outbox = Outbox::default();
        outbox.add("k1".into(), home("a"), act("1"));
        outbox.add("k2".into(), home("b"), act("2"));
        outbox.add("k3".into(), home("a"), act("3"));
        let first = outbox.take_next(&home("a"), now).unwrap();
        assert_eq!(first.key, "k1");
        assert_eq!(outbox.take_next(&home("a"), now), None, "one at a time");
        outbox.answered(first.number, Ok(()), now, 0.5);
        assert_eq!(outbox.take_next(&home("a"), now).unwrap().key, "k3");
        assert_eq!((outbox.count(&home("a")), outbox.count(&home("b"))), (1, 1));
    }

    #[test]
    fn failures_wait_longer_and_longer_with_the_same_key() {
        let mut now = Instant::now();
        let mut outbox = Outbox::default();
        outbox.add("k".into(), home("a"), act("1"));
        let mut waits = Vec::new();
        for _ in 0..8 {
            let entry = outbox.take_next(&home("a"), now).unwrap();
            assert_eq!(entry.key, "k");
            let error = ApiError::Server { status: 503 };
            assert_eq!(outbox.answered(entry.number, Err(&error), now, 1.0), Fate::Again);
            let at = outbox.deadline().unwrap();
            waits.push((at - now).as_secs());
            assert_eq!(outbox.take_next(&home("a"), now), None);
            now = at;
        }
        assert_eq!(waits, [1, 2, 4, 8, 16, 32, 60, 60]);
        outbox.online();
        assert!(outbox.take_next(&home("a"), now).is_some());
    }

    #[test]
    fn what_the_cloud_never_takes_does_not_hold_the_others_up() {
        let now = Instant::now();
        let mut outbox = Outbox::default();
        outbox.add("k1".into(), home("a"), act("1"));
        outbox.add("k2".into(), home("a"), act("2"));
        let entry = outbox.take_next(&home("a"), now).unwrap();
        assert_eq!(
            outbox.answered(entry.number, Err(&ApiError::Forbidden), now, 0.5),
            Fate::Refused
        );
        let entry = outbox.take_next(&home("a"), now).unwrap();
        assert_eq!(entry.key, "k2");
        let fate = outbox.answered(entry.number, Err(&ApiError::SignedOut), now, 0.5);
        assert_eq!((fate, outbox.count(&home("a"))), (Fate::Kept, 1));
    }

    proptest! {
        /// Half an hour on a bad network with crashes: everything is done, in order, once.
        #[test]
        fn everything_is_done_once(faults in prop::collection::vec(0..6_u8, 1..120)) {
            let mut now = Instant::now();
            let mut outbox = Outbox::default();
            let mut disk = BTreeMap::new();
            let mut server = BTreeSet::new();
            let mut order = Vec::new();
            for n in 0..10 {
                let entry = outbox.add(format!("k{n}"), home("a"), act("x"));
                disk.insert(entry.number, entry);
            }
            let mut faults = faults.into_iter();
            let mut rounds = 0;
            while !disk.is_empty() {
                rounds += 1;
                prop_assert!(rounds < 1000);
                let Some(entry) = outbox.take_next(&home("a"), now) else {
                    now = outbox.deadline().expect("something waits");
                    continue;
                };
                let fault = faults.next().unwrap_or(0);
                // The request arrives, or not; the answer arrives, or not.
                if fault != 1 && server.insert(entry.key.clone()) {
                    order.push(entry.key.clone());
                }
                if fault == 2 {
                    // A crash before the answer: started again from the disk.
                    outbox = Outbox::new(disk.values().cloned().collect(), 0);
                    continue;
                }
                let error = ApiError::Server { status: 500 };
                let result = if fault == 1 || fault == 3 { Err(&error) } else { Ok(()) };
                if outbox.answered(entry.number, result, now, 0.5) == Fate::Done {
                    if fault == 4 {
                        // A crash after the answer, before the file is removed.
                        outbox = Outbox::new(disk.values().cloned().collect(), 0);
                        continue;
                    }
                    disk.remove(&entry.number);
                }
            }
            let expected: Vec<_> = (0..10).map(|n| format!("k{n}")).collect();
            prop_assert_eq!(order, expected);
        }
    }
}
