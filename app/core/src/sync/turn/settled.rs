//! Where turns and the transcript meet.

use super::text::grow_to;
use super::{Over, PATIENCE, Piece, Slot, Turns};
use crate::model::{ChatDelivery, EntryKind, ToolState};
use crate::sync::transcript::{Item, is_same};

impl Turns {
    /// Takes over what the transcript has of runs that are under way: they are shown here until
    /// they are over. What is here already keeps its place among them.
    pub(in crate::sync) fn seed(&mut self, items: Vec<Item>) {
        let mut before = std::mem::take(&mut self.pieces);
        for item in items {
            let known = before.iter().position(|piece| {
                piece.entry.id == item.entry.id
                    || (piece.run == item.run && is_same(&piece.entry.kind, &item.entry.kind))
            });
            let piece = match known {
                Some(at) => {
                    let mut piece = before.remove(at);
                    let ended = match (&piece.entry.kind, &item.entry.kind) {
                        (EntryKind::Tool(here), EntryKind::Tool(there)) => {
                            let waits = |s| matches!(s, ToolState::Running | ToolState::Waiting);
                            waits(here.state) && !waits(there.state)
                        }
                        (EntryKind::Person { .. }, _) => true,
                        _ => false,
                    };
                    if ended {
                        piece.entry = item.entry;
                    }
                    piece
                }
                None => {
                    let entry = (*item.entry).clone();
                    let (run, slot) = match &entry.kind {
                        EntryKind::Tool(tool) => (item.run, Slot::Tool(tool.id.clone())),
                        EntryKind::Person { .. } => (entry.id.clone(), Slot::Person),
                        EntryKind::Thinking { .. } => (item.run, Slot::Thinking),
                        EntryKind::Failed(_) => (item.run, Slot::Failure),
                        _ => (item.run, Slot::Text(entry.id.clone())),
                    };
                    Piece::new(run, slot, entry)
                }
            };
            self.pieces.push(piece);
        }
        self.pieces.append(&mut before);
    }

    /// A run that is under way is taken over. `text`: all it has said so far, with what is here.
    pub fn adopt(&mut self, run: &str, text: &str) {
        self.over.retain(|over| over != run);
        let running = self.running(run);
        if text.len() < running.heard {
            // It was asked for before what was heard since.
            return;
        }
        running.heard = text.len();
        let mut rest = text;
        let mut open = None;
        for (at, piece) in self.pieces.iter().enumerate().filter(|(_, piece)| piece.run == run) {
            match &piece.entry.kind {
                EntryKind::Agent { growing: true, .. } => open = Some(at),
                EntryKind::Agent { text, .. } => {
                    match text.with(|text| rest.strip_prefix(text.trim_end())) {
                        Some(left) => rest = left.trim_start_matches('\n'),
                        None => return,
                    }
                }
                _ => {}
            }
        }
        match open.and_then(|at| self.pieces.get_mut(at)) {
            Some(piece) => grow_to(piece, rest),
            None if !rest.is_empty() => self.new_text(run, rest),
            None => {}
        }
    }

    /// The gateway says which runs are under way: others are over, whatever was heard of them.
    pub fn only(&mut self, runs: &[String]) -> bool {
        let gone: Vec<String> =
            self.runs().filter(|run| !runs.iter().any(|r| r == run)).map(str::to_owned).collect();
        for run in &gone {
            self.end(run, Over::Done);
        }
        !gone.is_empty()
    }

    /// The transcript was loaded: what is over and in it goes. What it does not have yet stays
    /// for a while, since it may be written a moment after the end. `told`: it has something of
    /// this run; `waits`: the gateway keeps this message until its turn comes.
    pub fn settle(
        &mut self,
        has: impl Fn(&str) -> bool,
        told: impl Fn(&str) -> bool,
        waits: impl Fn(&str) -> bool,
    ) {
        let running: Vec<String> = self.runs().map(str::to_owned).collect();
        self.pieces.retain_mut(|piece| {
            if has(&piece.entry.id) {
                return false;
            }
            if let EntryKind::Person { delivery, .. } = &piece.entry.kind {
                let unsent = matches!(delivery, ChatDelivery::Sending | ChatDelivery::Failed(_));
                if unsent || waits(&piece.entry.id) {
                    return true;
                }
            } else if running.contains(&piece.run) {
                return true;
            } else if told(&piece.run) {
                return false;
            }
            piece.missed += 1;
            piece.missed < PATIENCE
        });
    }
}
