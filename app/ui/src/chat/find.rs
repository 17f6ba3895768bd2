//! Text that is looked for in the open conversation.

use super::layout::Side;
use super::rows::Rows;
use crate::conversations::find::Needle;
use crate::markdown::{Document, Mark};
use multiclaw_core::model::{Entry, EntryKind, Text};
use multiclaw_core::tr;
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

/// Places beyond which no more are counted.
const MOST: usize = 10_000;
/// Bytes that are looked through in one frame.
const A_FRAME: usize = 1_000_000;

/// A place that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// Which row.
    pub row: usize,
    /// Which entry.
    pub id: String,
    /// A part of a tool call; `None`: the text of a message.
    pub side: Option<Side>,
    /// Bytes of what is shown.
    pub range: Range<usize>,
}

/// A search through the entries that are loaded. It looks through a bounded part in a frame.
#[derive(Default)]
pub(super) struct Finder {
    /// What is typed.
    pub text: String,
    needle: String,
    settled: Arc<Vec<Arc<Entry>>>,
    /// Which entries were open, and how much was live.
    seen: (u64, usize, usize),
    /// The next row to look at.
    next: usize,
    rows: usize,
    found: Vec<Found>,
    /// The places of each entry.
    by_entry: HashMap<String, Range<usize>>,
    current: Option<usize>,
    /// The place that was shown before the entries changed.
    keep: Option<Found>,
}

impl Finder {
    /// Looks on. Whether it is to be called again, and whether the place to show has changed.
    /// `near` is the row that is seen: the first place is looked for from there. `generation`
    /// grows when other entries are `open`.
    pub(super) fn step(
        &mut self,
        rows: &Rows,
        open: &HashSet<String>,
        generation: u64,
        near: usize,
    ) -> (bool, bool) {
        self.follow(rows, generation);
        if self.needle.is_empty() {
            self.next = rows.len();
            return (false, false);
        }
        let mut bytes = 0;
        while self.next < rows.len() && bytes < A_FRAME && !self.full() {
            bytes += self.look(rows, open);
        }
        let more = self.next < rows.len() && !self.full();
        if let Some(place) = self.keep.take_if(|place| !more || self.next > place.row) {
            let same = |f: &Found| {
                f.id == place.id && f.side == place.side && f.range.start == place.range.start
            };
            self.current = self.found.iter().position(same);
        }
        if self.current.is_none() && self.keep.is_none() && !self.found.is_empty() {
            let at = self.found.partition_point(|f| f.row < near);
            if at < self.found.len() || !more {
                self.current = Some(at.min(self.found.len() - 1));
                return (more, true);
            }
        }
        (more, false)
    }

    /// Begins again where something else is looked for, or something else is there.
    fn follow(&mut self, rows: &Rows, generation: u64) {
        let typed = self.text.trim() != self.needle;
        let live = rows.live();
        let seen = (generation, live.len(), live.iter().map(|e| length(e)).sum());
        self.rows = rows.len();
        if typed || seen.0 != self.seen.0 || !Arc::ptr_eq(&self.settled, rows.settled()) {
            self.keep = self.current().filter(|_| !typed).cloned();
            self.text.trim().clone_into(&mut self.needle);
            self.settled = Arc::clone(rows.settled());
            self.begin(0);
        } else if seen != self.seen {
            // Only what is live has changed.
            self.keep = self.current().filter(|f| f.row >= rows.first_live()).cloned();
            self.begin(rows.first_live());
        }
        self.seen = seen;
    }

    fn begin(&mut self, row: usize) {
        self.next = self.next.min(row);
        let kept = self.found.partition_point(|f| f.row < self.next);
        for place in self.found.drain(kept..) {
            self.by_entry.remove(&place.id);
        }
        self.current = self.current.filter(|at| *at < kept);
    }

    fn full(&self) -> bool {
        self.found.len() >= MOST
    }

    fn look(&mut self, rows: &Rows, open: &HashSet<String>) -> usize {
        let row = self.next;
        self.next += 1;
        let Some(entry) = rows.get(row) else { return 64 };
        let before = self.found.len();
        let mut bytes = 64;
        let room = MOST - before;
        let mut add = |side: Option<Side>, all: Vec<Range<usize>>| {
            let place = |range| Found { row, id: entry.id.clone(), side, range };
            self.found.extend(all.into_iter().map(place));
        };
        match &entry.kind {
            EntryKind::Person { text, .. } | EntryKind::Agent { text, .. } => {
                bytes += text.len();
                add(None, in_document(text, &self.needle, room));
            }
            EntryKind::Thinking { text, .. } if open.contains(&entry.id) => {
                bytes += text.len();
                add(None, in_document(text, &self.needle, room));
            }
            EntryKind::Tool(call) if open.contains(&entry.id) => {
                let needle = Needle::new(&self.needle);
                bytes += call.input.len() + call.output.len();
                add(Some(Side::Input), call.input.with(|text| needle.all(text, room)));
                add(Some(Side::Output), call.output.with(|text| needle.all(text, room)));
            }
            EntryKind::Thinking { .. }
            | EntryKind::Tool(_)
            | EntryKind::Note(_)
            | EntryKind::Failed(_) => {}
        }
        if self.found.len() > before {
            self.by_entry.insert(entry.id.clone(), before..self.found.len());
        }
        bytes
    }

    /// The place that is shown.
    pub(super) fn current(&self) -> Option<&Found> {
        self.found.get(self.current?)
    }

    /// Goes to the next place, or to the one before; round the ends.
    pub(super) fn go(&mut self, forward: bool) {
        let count = self.found.len();
        if let (Some(at), true) = (self.current, count > 0) {
            self.current = Some(if forward { at + 1 } else { at + count - 1 } % count);
        }
    }

    /// The places in one text of an entry: its own (`None`), or a side of a tool call.
    pub(super) fn marks(&self, id: &str, side: Option<Side>) -> Vec<Mark> {
        let Some(range) = self.by_entry.get(id) else { return Vec::new() };
        let current = self.current;
        self.found
            .get(range.clone())
            .unwrap_or_default()
            .iter()
            .enumerate()
            .filter(|(_, found)| found.side == side)
            .map(|(n, found)| Mark {
                range: found.range.clone(),
                current: current == Some(range.start + n),
            })
            .collect()
    }

    /// "3 of 17", or that there is nothing; empty while nothing is typed.
    pub(super) fn summary(&self) -> String {
        let whole = self.next >= self.rows;
        let sign = if self.full() { "+" } else { "" };
        match (self.needle.is_empty(), self.current) {
            (true, _) => String::new(),
            (_, Some(at)) => {
                let count = format!("{}{sign}", self.found.len());
                tr!("chat-find-place", at = at + 1, count = count)
            }
            (_, None) if whole => tr!("chat-nothing-found").to_owned(),
            (_, None) => tr!("chat-find-looking").to_owned(),
        }
    }
}

fn in_document(text: &Text, needle: &str, most: usize) -> Vec<Range<usize>> {
    let mut document = Document::default();
    document.follow(text);
    document.find(needle, most)
}

/// How much there is to look through.
fn length(entry: &Entry) -> usize {
    match &entry.kind {
        EntryKind::Person { text, .. }
        | EntryKind::Agent { text, .. }
        | EntryKind::Thinking { text, .. } => text.len(),
        EntryKind::Tool(call) => call.input.len() + call.output.len(),
        EntryKind::Note(_) | EntryKind::Failed(_) => 0,
    }
}
