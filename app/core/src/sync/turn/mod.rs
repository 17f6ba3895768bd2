//! What running turns bring, sans I/O: events of the gateway in, entries that grow out.
//!
//! Text is only ever added to the end, so an event costs what it brings and not what is there.
//! Whatever is lost or comes twice is put right by what is heard later: each event says how long
//! the text should be by now, and the settled transcript replaces everything at the end.

mod hear;
mod news;
mod settled;
mod text;

pub use news::{Change, News, Over, Source};
pub(crate) use text::{cap_output, cut_to, new_tool, person, person_entry, took, tool_entry};

use crate::model::{ChatDelivery, Entry, EntryKind, ToolCall};
use std::collections::VecDeque;
use std::sync::Arc;
use text::{grow_text, grow_to};

/// Turns that are over and remembered, so that what comes late is not taken for a new one.
const OVER: usize = 256;
/// Entries of turns that are not settled yet; beyond it the oldest go.
const MOST_PIECES: usize = 5000;

/// How often the transcript is asked for text of a run that was not heard.
const MOST_HOLES: u8 = 5;
/// How often the transcript is loaded before what it does not have is let go.
const PATIENCE: u8 = 3;

#[derive(Clone, Debug, PartialEq, Eq)]
enum Slot {
    Person,
    Text(String),
    Thinking,
    Tool(String),
    Failure,
}

struct Piece {
    run: String,
    slot: Slot,
    entry: Arc<Entry>,
    /// How often the transcript was loaded and did not have it, though its run is over.
    missed: u8,
}

struct Running {
    id: String,
    phase: String,
    model: String,
    /// Newest numbers of the two sources.
    agent_seq: u64,
    chat_seq: u64,
    /// How many messages and thoughts it had: names them.
    texts: usize,
    thoughts: usize,
    /// Bytes of its text that are here, as the gateway counts them.
    heard: usize,
    /// How often there was text missing.
    holes: u8,
}

impl Piece {
    fn new(run: String, slot: Slot, entry: Entry) -> Self {
        Self { run, slot, entry: Arc::new(entry), missed: 0 }
    }
}

/// The turns of a conversation that run, or are over and not in the transcript yet.
#[derive(Default)]
pub struct Turns {
    running: Vec<Running>,
    over: VecDeque<String>,
    pieces: Vec<Piece>,
}

impl Turns {
    /// Forgets everything: another conversation is open.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// What is to be shown after the settled entries.
    pub fn entries(&self) -> Vec<Arc<Entry>> {
        self.pieces.iter().map(|piece| Arc::clone(&piece.entry)).collect()
    }

    /// The newest run that is under way, and its phase.
    #[must_use]
    pub fn current(&self) -> Option<(&str, &str)> {
        self.running.last().map(|run| (run.id.as_str(), run.phase.as_str()))
    }

    /// Whether this run is under way.
    #[must_use]
    pub fn is_running(&self, run: &str) -> bool {
        self.running.iter().any(|r| r.id == run)
    }

    /// Whether nothing was heard of a run yet: it was only begun here.
    #[must_use]
    pub fn is_fresh(&self, run: &str) -> bool {
        self.running.iter().any(|r| r.id == run && r.agent_seq == 0 && r.chat_seq == 0)
    }

    /// Whether an entry is here.
    #[must_use]
    pub fn has(&self, entry: &str) -> bool {
        self.pieces.iter().rev().any(|piece| piece.entry.id == entry)
    }

    /// The runs under way.
    pub fn runs(&self) -> impl Iterator<Item = &str> {
        self.running.iter().map(|run| run.id.as_str())
    }

    /// Whether this run has ended before.
    #[must_use]
    pub fn is_over(&self, run: &str) -> bool {
        self.over.iter().any(|over| over == run)
    }

    /// A message of the person's belongs here: it is shown after what is there.
    pub fn person(&mut self, entry: Entry) {
        let run = entry.id.clone();
        match self.pieces.iter_mut().find(|p| p.entry.id == entry.id) {
            Some(piece) => piece.entry = Arc::new(entry),
            None => {
                self.pieces.push(Piece::new(run, Slot::Person, entry));
            }
        }
    }

    /// Takes a message of the person's away.
    pub fn remove(&mut self, id: &str) {
        self.pieces.retain(|piece| piece.entry.id != id);
    }

    /// Changes how far a message has come.
    pub fn delivery(&mut self, id: &str, to: ChatDelivery) {
        if let Some(piece) = self.pieces.iter_mut().rev().find(|p| p.entry.id == id)
            && let EntryKind::Person { delivery, .. } = &mut Arc::make_mut(&mut piece.entry).kind
        {
            *delivery = to;
        }
    }

    /// A run is known to be under way.
    pub fn begin(&mut self, run: &str) {
        self.running(run);
    }

    fn running(&mut self, run: &str) -> &mut Running {
        let at = self.running.iter().position(|r| r.id == run).unwrap_or_else(|| {
            self.running.push(Running {
                id: run.to_owned(),
                phase: String::new(),
                model: String::new(),
                agent_seq: 0,
                chat_seq: 0,
                texts: 0,
                thoughts: 0,
                heard: 0,
                holes: 0,
            });
            self.running.len() - 1
        });
        #[expect(clippy::indexing_slicing, reason = "it was found or pushed just now")]
        &mut self.running[at]
    }

    /// The last piece of a run that fits.
    fn find(&self, run: &str, fits: impl Fn(&Slot) -> bool) -> Option<usize> {
        self.pieces.iter().rposition(|piece| piece.run == run && fits(&piece.slot))
    }

    fn push(&mut self, run: &str, slot: Slot, entry: Entry) {
        if self.pieces.iter().rev().any(|piece| piece.entry.id == entry.id) {
            return;
        }
        self.make_room();
        self.pieces.push(Piece::new(run.to_owned(), slot, entry));
    }

    /// Lets the oldest go: the transcript has it when the turn is over.
    fn make_room(&mut self) {
        if self.pieces.len() >= MOST_PIECES {
            let oldest = self.pieces.iter().position(|piece| piece.slot != Slot::Person);
            self.pieces.remove(oldest.unwrap_or_default());
        }
    }

    /// Adds to what the agent says. A tool in between begins another entry, and so does a message
    /// of the person's that was taken in between two of the agent's.
    fn text(&mut self, run: &str, delta: &str) {
        let last = self.pieces.iter().rposition(|p| p.run == run && p.slot != Slot::Thinking);
        let below = |at: usize| self.pieces.iter().skip(at).any(|p| p.slot == Slot::Person);
        let asked = last.is_some_and(|at| delta.starts_with("\n\n") && below(at));
        if !asked
            && let Some(piece) = last.and_then(|at| self.pieces.get_mut(at))
            && let EntryKind::Agent { text, growing: true, .. } =
                &mut Arc::make_mut(&mut piece.entry).kind
        {
            text.push(delta);
            return;
        }
        // What joins two messages of a run belongs to neither.
        let begun = self.pieces.iter().any(|p| p.run == run && matches!(p.slot, Slot::Text(_)));
        let delta = if begun { delta.trim_start_matches('\n') } else { delta };
        if !delta.is_empty() {
            self.new_text(run, delta);
        }
    }

    /// Adds what is new of a text that should be `so_far` bytes long by now.
    fn grown(&mut self, run: &str, delta: &str, so_far: Option<usize>) -> Change {
        let begins = |text: &crate::model::Text| text.with(|text| text.starts_with(delta));
        let first = self.pieces.iter().find(|p| p.run == run && matches!(p.slot, Slot::Text(_)));
        let known = first.is_some_and(|piece| match &piece.entry.kind {
            EntryKind::Agent { text, .. } => begins(text),
            _ => false,
        });
        let running = self.running(run);
        let so_far = so_far.unwrap_or(running.heard + delta.len());
        // Where the count begins anew a message of its own begins.
        if so_far < running.heard && so_far == delta.len() && !known {
            running.heard = 0;
        }
        let Some(fresh) = so_far.checked_sub(running.heard).filter(|fresh| *fresh > 0) else {
            return Change::None;
        };
        if fresh > delta.len() && running.holes < MOST_HOLES {
            running.holes += 1;
            return Change::Hole;
        }
        running.heard = so_far;
        let new = delta.get(delta.len().saturating_sub(fresh)..).unwrap_or(delta);
        self.text(run, new);
        Change::Some
    }

    fn new_text(&mut self, run: &str, text: &str) {
        self.close_texts(run);
        let running = self.running(run);
        let (n, model) = (running.texts, running.model.clone());
        running.texts += 1;
        let kind = EntryKind::Agent {
            text: text.into(),
            model,
            media: Vec::new(),
            links: Vec::new(),
            stopped: false,
            growing: true,
        };
        let id = format!("{run}/t{n}");
        let entry = Entry { id: id.clone(), when: String::new(), kind };
        self.push(run, Slot::Text(id), entry);
    }

    fn thinking(&mut self, run: &str, delta: &str, replace: bool) {
        let last = self.pieces.iter().rposition(|piece| piece.run == run);
        if let Some(piece) = last.and_then(|at| self.pieces.get_mut(at))
            && let EntryKind::Thinking { text, growing: true } =
                &mut Arc::make_mut(&mut piece.entry).kind
        {
            if replace {
                grow_text(text, delta);
            } else {
                text.push(delta);
            }
            return;
        }
        if delta.is_empty() {
            return;
        }
        let running = self.running(run);
        let n = running.thoughts;
        running.thoughts += 1;
        let kind = EntryKind::Thinking { text: delta.into(), growing: true };
        let entry = Entry { id: format!("{run}/k{n}"), when: String::new(), kind };
        self.push(run, Slot::Thinking, entry);
    }

    /// A tool call; it is made when it was not known.
    fn tool(&mut self, run: &str, call: &str, when: &str) -> &mut ToolCall {
        let known = self.find(run, |slot| matches!(slot, Slot::Tool(id) if id == call));
        let at = known.unwrap_or_else(|| {
            self.close_texts(run);
            self.make_room();
            let tool = new_tool(call, "");
            let id = tool_entry(run, call);
            let kind = EntryKind::Tool(tool);
            let entry = Entry { id, when: when.to_owned(), kind };
            self.pieces.push(Piece::new(run.to_owned(), Slot::Tool(call.to_owned()), entry));
            self.pieces.len() - 1
        });
        #[expect(clippy::indexing_slicing, reason = "it was found or pushed just now")]
        let entry = Arc::make_mut(&mut self.pieces[at].entry);
        match &mut entry.kind {
            EntryKind::Tool(tool) => tool,
            #[expect(clippy::unreachable, reason = "the slot says that it is a tool")]
            _ => unreachable!("a tool's slot holds a tool"),
        }
    }

    /// The messages so far of a run grow no more.
    fn close_texts(&mut self, run: &str) {
        for piece in self.pieces.iter_mut().rev().filter(|piece| piece.run == run) {
            let growing = match &piece.entry.kind {
                EntryKind::Agent { growing, .. } | EntryKind::Thinking { growing, .. } => *growing,
                _ => continue,
            };
            if !growing {
                return;
            }
            match &mut Arc::make_mut(&mut piece.entry).kind {
                EntryKind::Agent { growing, .. } | EntryKind::Thinking { growing, .. } => {
                    *growing = false;
                }
                _ => {}
            }
        }
    }

    /// Makes what was heard of a run what the gateway says it is, all messages together.
    fn whole_text(&mut self, run: &str, whole: &str) {
        if whole.is_empty() {
            return;
        }
        let is_text = |p: &Piece| p.run == run && matches!(p.slot, Slot::Text(_));
        let texts: Vec<usize> =
            (0..self.pieces.len()).filter(|at| self.pieces.get(*at).is_some_and(is_text)).collect();
        let Some((last, before)) = texts.split_last() else {
            self.new_text(run, whole);
            return;
        };
        let mut rest = whole;
        for at in before {
            let Some(EntryKind::Agent { text, .. }) = self.pieces.get(*at).map(|p| &p.entry.kind)
            else {
                return;
            };
            match text.with(|text| rest.strip_prefix(text.trim_end())) {
                Some(left) => rest = left.trim_start_matches('\n'),
                None => {
                    // It tells another story now: one entry has all of it.
                    let last = self.pieces.get(*last).map(|piece| piece.entry.id.clone());
                    self.pieces.retain(|p| !is_text(p) || Some(&p.entry.id) == last.as_ref());
                    let at = self.pieces.iter().position(is_text);
                    if let Some(piece) = at.and_then(|at| self.pieces.get_mut(at)) {
                        grow_to(piece, whole);
                    }
                    return;
                }
            }
        }
        if let Some(piece) = self.pieces.get_mut(*last) {
            grow_to(piece, rest);
        }
    }
}
