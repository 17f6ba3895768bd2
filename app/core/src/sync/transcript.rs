//! The settled part of a conversation, sans I/O: the gateway's messages in, entries out.
//!
//! Pages are laid over each other by the messages' numbers, so that a page that is loaded again
//! takes the place of what was there. What is kept is bounded: the far end goes first.

use super::reading::{self, By, Row};
use super::turn::Turns;
use crate::model::{Entry, EntryKind, Text, ToolCall, ToolState};
use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::Arc;

/// Most entries that are kept.
pub const MOST_ENTRIES: usize = 20_000;
/// Most bytes of text that are kept.
pub const MOST_BYTES: usize = 48 * 1024 * 1024;

/// An entry with the message it came from.
#[derive(Clone, Debug)]
pub struct Item {
    /// The message's number in the conversation.
    pub seq: u64,
    /// The gateway's id of the message.
    pub message: String,
    /// The run it belongs to; may be empty.
    pub run: String,
    /// A tool's result whose call is in an older message.
    pub orphan: bool,
    /// The gateway had cut it off: [`super::reading::Row::truncated`].
    pub truncated: bool,
    /// The entry.
    pub entry: Arc<Entry>,
    bytes: usize,
}

impl Item {
    pub(super) fn new(seq: u64, row: &Row, entry: Entry) -> Self {
        Self {
            seq,
            message: row.id.clone(),
            run: row.run.clone(),
            orphan: false,
            truncated: row.truncated,
            bytes: bytes_of(&entry),
            entry: Arc::new(entry),
        }
    }

    fn set(&mut self, entry: Entry) {
        self.bytes = bytes_of(&entry);
        self.entry = Arc::new(entry);
    }
}

/// A page of the gateway's messages, oldest first.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// The session that the messages are of; it changes when the conversation is rewound.
    pub session: String,
    /// The messages.
    pub rows: Vec<Row>,
    /// There are older ones.
    pub older: bool,
    /// Messages in all.
    pub total: u64,
}

/// What is settled of the open conversation.
#[derive(Default)]
pub struct Transcript {
    items: VecDeque<Item>,
    session: String,
    /// Identifiers that entries had while they were live, by those they have now.
    names: HashMap<String, String>,
    bytes: usize,
    total: u64,
    older: bool,
    newer: bool,
    most: Option<(usize, usize)>,
}

impl Transcript {
    /// One that keeps less than usual.
    #[cfg(test)]
    pub(crate) fn bounded(entries: usize, bytes: usize) -> Self {
        Self { most: Some((entries, bytes)), ..Self::default() }
    }

    /// There are older messages at the gateway.
    #[must_use]
    pub fn older(&self) -> bool {
        self.older
    }

    /// Newer ones were let go.
    #[must_use]
    pub fn newer(&self) -> bool {
        self.newer
    }

    /// Whether nothing is kept.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Messages from the newest to the oldest that is kept: where an older page begins.
    #[must_use]
    pub fn offset(&self) -> u64 {
        match self.items.front() {
            Some(first) => (self.total + 1).saturating_sub(first.seq.max(1)),
            None => 0,
        }
    }

    /// All entries, oldest first.
    #[must_use]
    pub fn entries(&self) -> Arc<Vec<Arc<Entry>>> {
        Arc::new(self.items.iter().map(|item| Arc::clone(&item.entry)).collect())
    }

    /// The message that an entry came from.
    #[must_use]
    pub fn item(&self, entry: &str) -> Option<&Item> {
        self.items.iter().rev().find(|item| item.entry.id == entry)
    }

    /// The person's last message before an entry, or that entry when it is one.
    #[must_use]
    pub fn person_before(&self, entry: &str) -> Option<&Item> {
        let at = self.items.iter().rposition(|item| item.entry.id == entry)?;
        let person = |item: &&Item| matches!(item.entry.kind, EntryKind::Person { .. });
        self.items.iter().take(at + 1).rev().find(person)
    }

    /// The person's last message.
    #[must_use]
    pub fn last_person(&self) -> Option<&Item> {
        self.items.iter().rev().find(|item| matches!(item.entry.kind, EntryKind::Person { .. }))
    }

    /// Whether an entry is there.
    #[must_use]
    pub fn has(&self, entry: &str) -> bool {
        self.items.iter().rev().any(|item| item.entry.id == entry)
    }

    /// Whether the agent has said or done something in this run.
    #[must_use]
    pub fn tells_of(&self, run: &str) -> bool {
        let person = |item: &&Item| matches!(item.entry.kind, EntryKind::Person { .. });
        self.items.iter().rev().any(|item| item.run == run && !person(&item))
    }

    /// Takes the newest page. What is the same as in `turns` keeps its identifier, and what only
    /// was seen there is kept. `running`: runs that are under way; they stay in `turns`.
    pub fn newest(&mut self, mut page: Page, turns: &mut Turns, running: &[String]) {
        let live = turns.entries();
        let of_run = |row: &Row| row.by != By::Person && running.contains(&row.run);
        let begun = page.rows.iter().position(of_run).unwrap_or(page.rows.len());
        let seeds = page.rows.split_off(begun);
        self.take_newest(page, &live);
        let mut seeds = reading::items(&seeds);
        seeds.retain(|item| !item.orphan || !self.has(&item.entry.id));
        turns.seed(seeds);
    }

    fn take_newest(&mut self, page: Page, live: &[Arc<Entry>]) {
        let first = page.rows.iter().find_map(|row| row.seq);
        let last = self.items.back().map_or(0, |item| item.seq);
        let joins = page.session == self.session
            && !self.newer
            && first.is_some_and(|first| first <= last + 1);
        let mut known: HashMap<String, Arc<Entry>> = HashMap::new();
        for entry in live.iter().chain(self.items.iter().map(|item| &item.entry)) {
            known.entry(entry.id.clone()).or_insert_with(|| Arc::clone(entry));
        }
        if let (true, Some(first)) = (joins, first) {
            while self.items.back().is_some_and(|item| item.seq >= first) {
                self.items.pop_back();
            }
        } else {
            self.items.clear();
        }
        if self.items.is_empty() {
            self.older = page.older;
        }
        self.newer = false;
        self.session = page.session;
        self.total = page.total;
        let mut items = reading::items(&page.rows);
        self.name(&mut items, live);
        for item in &mut items {
            if let Some(before) = known.get(&item.entry.id) {
                remember(item, before);
            }
        }
        self.join_results(&mut items);
        self.items.extend(items);
        self.count();
        self.trim(false);
    }

    /// Takes a page of older messages.
    pub fn older_page(&mut self, page: &Page) {
        if page.session != self.session || self.items.is_empty() {
            return;
        }
        let first = self.items.front().map_or(u64::MAX, |item| item.seq);
        self.older = page.older && page.rows.iter().any(|row| row.seq.is_some_and(|s| s < first));
        self.total = self.total.max(page.total);
        let mut items = reading::items(&page.rows);
        items.retain(|item| item.seq < first);
        let names = &self.names;
        for item in &mut items {
            rename(item, names);
        }
        // Results whose calls are in this page.
        let mut calls: HashMap<String, usize> = HashMap::new();
        for (at, item) in items.iter().enumerate() {
            if matches!(item.entry.kind, EntryKind::Tool(_)) {
                calls.insert(item.entry.id.clone(), at);
            }
        }
        self.items.retain(|item| {
            let Some(call) = calls.get(&item.entry.id).filter(|_| item.orphan) else { return true };
            if let Some(call) = items.get_mut(*call) {
                fill(call, item);
            }
            false
        });
        for item in items.into_iter().rev() {
            self.items.push_front(item);
        }
        self.count();
        self.trim(true);
    }

    /// Puts an entry at another's place: its output was loaded whole, its links are known. What
    /// is too much then goes at the end that is farther from it.
    pub fn replace(&mut self, entry: Entry) {
        let Some(at) = self.items.iter().rposition(|item| item.entry.id == entry.id) else {
            return;
        };
        if let Some(item) = self.items.get_mut(at) {
            self.bytes -= item.bytes;
            item.set(entry);
            self.bytes += item.bytes;
        }
        self.trim(at < self.items.len() / 2);
    }

    /// Takes an entry and all after it away: the conversation was rewound.
    pub fn cut_from(&mut self, entry: &str) {
        if let Some(at) = self.items.iter().rposition(|item| item.entry.id == entry) {
            self.items.truncate(at);
            self.count();
        }
    }

    /// The newest entries, newest first.
    pub fn recent(&self, most: usize) -> impl Iterator<Item = &Arc<Entry>> {
        self.items.iter().rev().take(most).map(|item| &item.entry)
    }

    /// Gives texts that were live the identifiers they had.
    fn name(&mut self, items: &mut [Item], live: &[Arc<Entry>]) {
        let mut free: Vec<&Arc<Entry>> = live
            .iter()
            .filter(|e| matches!(e.kind, EntryKind::Agent { .. } | EntryKind::Thinking { .. }))
            .collect();
        for item in &mut *items {
            if self.names.contains_key(&item.entry.id) || item.run.is_empty() {
                continue;
            }
            let same = free.iter().position(|entry| {
                let of_run = entry.id.strip_prefix(&item.run).is_some_and(|r| r.starts_with('/'));
                of_run && is_same(&entry.kind, &item.entry.kind)
            });
            if let Some(at) = same {
                self.names.insert(item.entry.id.clone(), free.remove(at).id.clone());
            }
        }
        for item in items {
            rename(item, &self.names);
        }
        if self.names.len() > MOST_ENTRIES {
            let here: HashSet<&str> = self.items.iter().map(|i| i.entry.id.as_str()).collect();
            self.names.retain(|_, name| here.contains(name.as_str()));
        }
    }

    /// Results at the beginning of a page whose calls are in what is kept.
    fn join_results(&mut self, items: &mut Vec<Item>) {
        items.retain(|item| {
            if !item.orphan {
                return true;
            }
            match self.items.iter_mut().rev().find(|known| known.entry.id == item.entry.id) {
                Some(call) => {
                    fill(call, item);
                    false
                }
                None => true,
            }
        });
    }

    fn count(&mut self) {
        self.bytes = self.items.iter().map(|item| item.bytes).sum();
    }

    /// Keeps to the bounds. `new`: lets the newest go, while old ones are read; else the oldest.
    fn trim(&mut self, new: bool) {
        let (entries, bytes) = self.most.unwrap_or((MOST_ENTRIES, MOST_BYTES));
        while self.items.len() > 1 && (self.items.len() > entries || self.bytes > bytes) {
            let gone = if new { self.items.pop_back() } else { self.items.pop_front() };
            let Some(gone) = gone else { return };
            self.bytes -= gone.bytes;
            if new {
                self.newer = true;
            } else {
                self.older = true;
            }
        }
    }
}

fn rename(item: &mut Item, names: &HashMap<String, String>) {
    if let Some(name) = names.get(&item.entry.id) {
        Arc::make_mut(&mut item.entry).id.clone_from(name);
    }
}

/// Whether a text that was live has become this one.
pub(super) fn is_same(live: &EntryKind, settled: &EntryKind) -> bool {
    let same = |a: &Text, b: &Text| {
        a.with(|a| {
            b.with(|b| {
                let (a, b) = (a.trim(), b.trim());
                !a.is_empty() && (a.starts_with(b) || b.starts_with(a))
            })
        })
    };
    match (live, settled) {
        (EntryKind::Agent { text: a, .. }, EntryKind::Agent { text: b, .. })
        | (EntryKind::Thinking { text: a, .. }, EntryKind::Thinking { text: b, .. }) => same(a, b),
        _ => false,
    }
}

/// Keeps what the transcript does not tell and was seen before.
fn remember(item: &mut Item, before: &Entry) {
    if *item.entry == *before {
        return;
    }
    let mut entry = (*item.entry).clone();
    match (&mut entry.kind, &before.kind) {
        (EntryKind::Tool(now), EntryKind::Tool(before)) => {
            if now.summary.is_empty() {
                now.summary.clone_from(&before.summary);
            }
            if now.took.is_empty() {
                now.took.clone_from(&before.took);
            }
            if now.input.is_empty() {
                now.input = before.input.clone();
            }
            now.exit = now.exit.or(before.exit);
            now.link = now.link.take().or_else(|| before.link.clone());
            if before.state == ToolState::Denied {
                now.state = ToolState::Denied;
            }
            let more = before.output.len() > now.output.len();
            if more && (item.truncated || now.state == ToolState::Running) {
                now.output = before.output.clone();
                now.cut = before.cut;
            }
        }
        (EntryKind::Person { links, media, .. }, EntryKind::Person { links: l, media: m, .. }) => {
            links.clone_from(l);
            for (now, before) in media.iter_mut().zip(m) {
                now.preview = now.preview.take().or_else(|| before.preview.clone());
                if now.name.is_empty() {
                    now.name.clone_from(&before.name);
                }
            }
        }
        (EntryKind::Agent { links, .. }, EntryKind::Agent { links: l, .. }) => links.clone_from(l),
        _ => {}
    }
    if entry == *before {
        // Nothing that is shown has to be laid out again.
        item.bytes = bytes_of(before);
        item.entry = Arc::new(entry);
        return;
    }
    item.set(entry);
}

/// Puts a result into its call.
fn fill(call: &mut Item, result: &Item) {
    let mut entry = (*call.entry).clone();
    if let (EntryKind::Tool(call), EntryKind::Tool(result)) = (&mut entry.kind, &result.entry.kind)
    {
        reading::put_result(call, result);
    }
    call.truncated = result.truncated;
    result.message.clone_into(&mut call.message);
    call.set(entry);
}

fn bytes_of(entry: &Entry) -> usize {
    let tool = |tool: &ToolCall| tool.input.len() + tool.output.len();
    entry.id.len()
        + size_of::<Entry>()
        + match &entry.kind {
            EntryKind::Person { text, .. }
            | EntryKind::Agent { text, .. }
            | EntryKind::Thinking { text, .. } => text.len(),
            EntryKind::Tool(call) => tool(call),
            EntryKind::Note(text) => text.len(),
            EntryKind::Failed(problem) => problem.what.len() + problem.next.len(),
        }
}
