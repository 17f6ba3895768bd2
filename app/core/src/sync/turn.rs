//! What running turns bring, sans I/O: events of the gateway in, entries that grow out.
//!
//! Text is only ever added to the end, so an event costs what it brings and not what is there.
//! Whatever is lost or comes twice is put right by what is heard later: each event says how long
//! the text should be by now, and the settled transcript replaces everything at the end.

use super::transcript::{Item, is_same};
use crate::model::{ChatDelivery, Entry, EntryKind, Media, Problem, Text, ToolCall, ToolState};
use std::collections::VecDeque;
use std::sync::Arc;

/// Turns that are over and remembered, so that what comes late is not taken for a new one.
const OVER: usize = 256;
/// Entries of turns that are not settled yet; beyond it the oldest go.
const MOST_PIECES: usize = 5000;

/// How often the transcript is loaded before what it does not have is let go.
const PATIENCE: u8 = 3;

/// Something that was heard of a run.
#[derive(Clone, Debug, PartialEq)]
pub enum News<'a> {
    /// It got a step further: a phase in the gateway's word, for example `starting_model`.
    Phase(&'a str),
    /// The agent writes: what is new of all messages of the run together.
    Text {
        /// What is new.
        delta: &'a str,
        /// `delta` takes the place of all before.
        replace: bool,
    },
    /// The agent thinks.
    Thinking {
        /// What is new.
        delta: &'a str,
        /// `delta` takes the place of all before.
        replace: bool,
    },
    /// A tool begins.
    ToolStart {
        /// The gateway's id of the call.
        call: &'a str,
        /// Name of the tool.
        name: &'a str,
        /// What goes in, for people.
        input: String,
    },
    /// What a call does, in a line.
    ToolTitle {
        /// The gateway's id of the call.
        call: &'a str,
        /// The line.
        title: &'a str,
    },
    /// What came out so far: it may be only the end of it.
    ToolOutput {
        /// The gateway's id of the call.
        call: &'a str,
        /// The text.
        text: &'a str,
    },
    /// A call waits for a person's word.
    Waiting(&'a str),
    /// A tool has ended.
    ToolEnd {
        /// The gateway's id of the call.
        call: &'a str,
        /// Name of the tool.
        name: &'a str,
        /// How it ended.
        state: ToolState,
        /// What came out; `None`: nothing is said about it.
        output: Option<&'a str>,
        /// Exit code of a command.
        exit: Option<i64>,
        /// How long it took, in milliseconds.
        millis: Option<u64>,
    },
    /// Model that answers, `provider/id`.
    Model(String),
    /// The end. `text`: all messages of the run together, when the gateway says it.
    Final {
        /// All of it.
        text: Option<&'a str>,
    },
    /// The person stopped it.
    Aborted {
        /// All of it.
        text: Option<&'a str>,
    },
    /// It failed.
    Failed(Problem),
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Over {
    /// Well, or with nothing to say: its message went into another run.
    Done,
    /// Stopped by a person.
    Stopped,
    /// Not well.
    Failed,
}

/// What an event changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Nothing.
    None,
    /// The phase, or entries.
    Some,
    /// The run is over.
    Over(Over),
}

/// Where an event came from; each counts on its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// Event `agent`.
    Agent,
    /// Event `chat`.
    Chat,
}

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

    /// Takes over what the transcript has of runs that are under way: they are shown here until
    /// they are over. What is here already keeps its place among them.
    pub(super) fn seed(&mut self, items: Vec<Item>) {
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
        self.running(run);
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

    /// Something was heard of a run. `seq`: its number among those of this source, when it has
    /// one.
    pub fn hear(
        &mut self,
        run: &str,
        source: Source,
        seq: Option<u64>,
        news: News<'_>,
        when: &str,
    ) -> Change {
        if run.is_empty() || self.is_over(run) {
            return Change::None;
        }
        let ends = matches!(news, News::Final { .. } | News::Aborted { .. } | News::Failed(_));
        let running = self.running(run);
        let last = match source {
            Source::Agent => &mut running.agent_seq,
            Source::Chat => &mut running.chat_seq,
        };
        // An end counts whatever its number is: some have none of their own.
        match seq {
            Some(seq) if seq <= *last && !ends => return Change::None,
            Some(seq) => *last = (*last).max(seq),
            None => {}
        }
        self.apply(run, news, when)
    }

    fn apply(&mut self, run: &str, news: News<'_>, when: &str) -> Change {
        match news {
            News::Phase(phase) => phase.clone_into(&mut self.running(run).phase),
            News::Model(model) => self.running(run).model = model,
            News::Text { delta, replace: true } => self.whole_text(run, delta),
            News::Text { delta, replace: false } => self.text(run, delta),
            News::Thinking { delta, replace } => self.thinking(run, delta, replace),
            News::ToolStart { call, name, input } => {
                let tool = self.tool(run, call, when);
                name.clone_into(&mut tool.name);
                let cut = cut_to(&input, ToolCall::MOST_INPUT);
                if tool.input.is_empty() {
                    tool.input = cut.into();
                }
            }
            News::ToolTitle { call, title } => {
                title.clone_into(&mut self.tool(run, call, when).summary);
            }
            News::ToolOutput { call, text } => {
                let tool = self.tool(run, call, when);
                if matches!(tool.state, ToolState::Running | ToolState::Waiting) {
                    grow_text(&mut tool.output, text);
                    tool.state = ToolState::Running;
                }
            }
            News::Waiting(call) => {
                let tool = self.tool(run, call, when);
                if tool.state == ToolState::Running {
                    tool.state = ToolState::Waiting;
                }
            }
            News::ToolEnd { call, name, state, output, exit, millis } => {
                let tool = self.tool(run, call, when);
                if tool.name.is_empty() {
                    name.clone_into(&mut tool.name);
                }
                if let Some(output) = output {
                    let (kept, cut) = cap_output(output);
                    grow_text(&mut tool.output, kept);
                    tool.cut = cut;
                }
                tool.state = state;
                tool.exit = exit.or(tool.exit);
                if let Some(millis) = millis {
                    tool.took = took(millis);
                }
            }
            News::Final { text } => {
                self.whole_text(run, text.unwrap_or_default());
                return self.end(run, Over::Done);
            }
            News::Aborted { text } => {
                self.whole_text(run, text.unwrap_or_default());
                return self.end(run, Over::Stopped);
            }
            News::Failed(problem) => {
                let id = format!("{run}/failed");
                let entry = Entry { id, when: when.to_owned(), kind: EntryKind::Failed(problem) };
                self.push(run, Slot::Failure, entry);
                return self.end(run, Over::Failed);
            }
        }
        Change::Some
    }

    /// A call waits for a person, or does not any more. Whether it is known.
    pub fn waiting(&mut self, call: &str, state: ToolState) -> bool {
        for piece in self.pieces.iter_mut().rev() {
            if piece.slot == Slot::Tool(call.to_owned()) {
                if let EntryKind::Tool(tool) = &mut Arc::make_mut(&mut piece.entry).kind
                    && matches!(tool.state, ToolState::Running | ToolState::Waiting)
                {
                    tool.state = state;
                }
                return true;
            }
        }
        false
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

    fn end(&mut self, run: &str, how: Over) -> Change {
        self.running.retain(|r| r.id != run);
        self.over.push_back(run.to_owned());
        if self.over.len() > OVER {
            self.over.pop_front();
        }
        let mut last_text = true;
        for piece in self.pieces.iter_mut().rev().filter(|piece| piece.run == run) {
            match &mut Arc::make_mut(&mut piece.entry).kind {
                EntryKind::Agent { growing, stopped, .. } => {
                    *growing = false;
                    *stopped |= how == Over::Stopped && last_text;
                    last_text = false;
                }
                EntryKind::Thinking { growing, .. } => *growing = false,
                EntryKind::Tool(tool)
                    if matches!(tool.state, ToolState::Running | ToolState::Waiting) =>
                {
                    tool.state = ToolState::Stopped;
                }
                _ => {}
            }
        }
        Change::Over(how)
    }
}

/// The entry of a tool call: the same while it runs and in the transcript.
pub(crate) fn tool_entry(run: &str, call: &str) -> String {
    format!("{run}/{call}")
}

/// The entry of a message of the person's, by its idempotency key.
pub(crate) fn person_entry(key: &str) -> String {
    format!("user/{key}")
}

pub(crate) fn new_tool(call: &str, name: &str) -> ToolCall {
    ToolCall {
        id: call.to_owned(),
        name: name.to_owned(),
        summary: String::new(),
        state: ToolState::Running,
        input: Text::default(),
        output: Text::default(),
        cut: 0,
        link: None,
        took: String::new(),
        exit: None,
    }
}

/// A message of the person's.
pub(crate) fn person(
    id: String,
    when: String,
    text: Text,
    media: Vec<Media>,
    delivery: ChatDelivery,
) -> Entry {
    Entry { id, when, kind: EntryKind::Person { text, media, delivery, links: Vec::new() } }
}

fn grow_to(piece: &mut Piece, whole: &str) {
    if let EntryKind::Agent { text, .. } = &mut Arc::make_mut(&mut piece.entry).kind {
        grow_text(text, whole);
    }
}

/// Makes a text this one; where it only has grown, the rest is added to it.
fn grow_text(text: &mut Text, whole: &str) {
    let from = text.len();
    match whole.get(from..) {
        Some(rest) if text.with(|text| whole.starts_with(text)) => {
            if !rest.is_empty() {
                text.push(rest);
            }
        }
        _ => *text = whole.into(),
    }
}

/// The beginning of a text, cut where a character ends.
pub(crate) fn cut_to(text: &str, most: usize) -> &str {
    text.get(..text.floor_char_boundary(most)).unwrap_or(text)
}

/// What is kept of an output, and how many bytes are not.
pub(crate) fn cap_output(output: &str) -> (&str, u64) {
    let kept = cut_to(output, ToolCall::MOST_OUTPUT);
    (kept, u64::try_from(output.len() - kept.len()).unwrap_or(u64::MAX))
}

/// A length of time in words: "85 ms", "1.2 s", "2 min 5 s".
pub(crate) fn took(millis: u64) -> String {
    match millis {
        0..1000 => format!("{millis} ms"),
        1000..60_000 => format!("{}.{} s", millis / 1000, millis % 1000 / 100),
        _ => format!("{} min {} s", millis / 60_000, millis % 60_000 / 1000),
    }
}
