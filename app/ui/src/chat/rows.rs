//! Entries as rows: what is settled, then what the running turn has brought so far.

use crate::scroll::flow::Flow;
use multiclaw_core::model::{ChatThread, Entry, EntryKind};
use std::collections::HashMap;
use std::sync::Arc;

/// The rows of a thread.
#[derive(Debug, Default)]
pub(super) struct Rows {
    settled: Arc<Vec<Arc<Entry>>>,
    live: Vec<Arc<Entry>>,
}

/// Between two lines of text, from one to the next.
const LEADING: f32 = 21.0;

/// A first guess at the height of a row that was never laid out.
fn guess(entry: &Entry, width: f32) -> f64 {
    let text = |bytes: usize| {
        let in_line = f64::from((width / 7.0).max(8.0));
        #[expect(clippy::cast_precision_loss, reason = "a guess")]
        let lines = (bytes as f64 / in_line).ceil().max(1.0);
        lines * f64::from(LEADING)
    };
    match &entry.kind {
        EntryKind::Person { text: t, media, .. } | EntryKind::Agent { text: t, media, .. } => {
            text(t.len()) + 54.0 + if media.is_empty() { 0.0 } else { 210.0 }
        }
        EntryKind::Thinking { .. } => 36.0,
        EntryKind::Tool(_) => 46.0,
        EntryKind::Note(_) => 48.0,
        EntryKind::Failed(_) => 110.0,
    }
}

impl Rows {
    pub(super) fn len(&self) -> usize {
        self.settled.len() + self.live.len()
    }

    pub(super) fn get(&self, row: usize) -> Option<&Arc<Entry>> {
        match row.checked_sub(self.settled.len()) {
            Some(live) => self.live.get(live),
            None => self.settled.get(row),
        }
    }

    /// The first row of what is not settled.
    pub(super) fn first_live(&self) -> usize {
        self.settled.len()
    }

    /// What is settled.
    pub(super) fn settled(&self) -> &Arc<Vec<Arc<Entry>>> {
        &self.settled
    }

    /// What is not.
    pub(super) fn live(&self) -> &[Arc<Entry>] {
        &self.live
    }

    /// Where an entry is. To be asked seldom: it looks at all of them.
    pub(super) fn position(&self, id: &str) -> Option<usize> {
        (0..self.len()).rev().find(|row| self.get(*row).is_some_and(|entry| entry.id == id))
    }

    /// Follows the thread. The text that is read stays where it is. How many rows came below.
    pub(super) fn follow(&mut self, thread: &ChatThread, flow: &mut Flow, width: f32) -> usize {
        if Arc::ptr_eq(&self.settled, &thread.entries) {
            return self.follow_live(&thread.live, flow, width);
        }
        let old = std::mem::take(self);
        self.settled = Arc::clone(&thread.entries);
        self.live.clone_from(&thread.live);
        let all = || self.settled.iter().chain(&self.live);
        let mut heights: Vec<f64> = all().map(|entry| guess(entry, width)).collect();
        if old.len() == 0 {
            *flow = Flow::new(heights);
            return 0;
        }
        let places: HashMap<&str, usize> =
            all().enumerate().map(|(row, entry)| (entry.id.as_str(), row)).collect();
        let place = |row: usize| places.get(old.get(row)?.id.as_str()).copied();
        for row in 0..old.len() {
            if let Some(height) = place(row).and_then(|new| heights.get_mut(new)) {
                *height = flow.height(row);
            }
        }
        let first = flow.first();
        // What was live may have other names now that it is settled: it stands at the end still.
        let anchor = place(first).or_else(|| {
            (first >= old.first_live()).then(|| {
                let from_end = old.len().saturating_sub(first);
                self.len().saturating_sub(from_end.max(1))
            })
        });
        let anchor = anchor.or_else(|| (first..old.len()).find_map(place));
        let last = old.len().checked_sub(1).and_then(place);
        flow.replace(heights, anchor);
        match last {
            Some(last) => self.len() - 1 - last,
            None => self.len().saturating_sub(old.len()),
        }
    }

    fn follow_live(&mut self, live: &[Arc<Entry>], flow: &mut Flow, width: f32) -> usize {
        let same = self.live.len() == live.len()
            && self.live.iter().zip(live).all(|(a, b)| Arc::ptr_eq(a, b));
        if same {
            return 0;
        }
        let kept = self.live.iter().zip(live).take_while(|(a, b)| a.id == b.id).count();
        let before = self.live.len();
        if kept < before {
            flow.truncate(self.settled.len() + kept);
        }
        for entry in live.iter().skip(kept) {
            flow.push(guess(entry, width));
        }
        self.live.clear();
        self.live.extend(live.iter().cloned());
        live.len().saturating_sub(before)
    }
}

/// It belongs to what the agent does in a turn.
pub(super) fn is_agents(entry: &Entry) -> bool {
    match entry.kind {
        EntryKind::Agent { .. }
        | EntryKind::Thinking { .. }
        | EntryKind::Tool(_)
        | EntryKind::Failed(_) => true,
        EntryKind::Person { .. } | EntryKind::Note(_) => false,
    }
}
