//! What running turns bring, sans I/O: events of the gateway in, entries that grow out.
//!
//! Text is only ever added to the end, so an event costs what it brings and not what is there.
//! Whatever is lost or comes twice is put right by what is heard later: each event says how long
//! the text should be by now, and the settled transcript replaces everything at the end.

use crate::model::{ChatDelivery, Entry, EntryKind, Media, Problem, Text, ToolCall, ToolState};
use std::collections::VecDeque;
use std::sync::Arc;

/// Turns that are over and remembered, so that what comes late is not taken for a new one.
const OVER: usize = 256;
/// Entries of turns that are not settled yet; beyond it the oldest go.
const MOST_PIECES: usize = 5000;

/// Something that was heard of a run.
#[derive(Clone, Debug, PartialEq)]
pub enum News<'a> {
    /// It got a step further: a phase in the gateway's word, for example `starting_model`.
    Phase(&'a str),
    /// The agent writes (stream `assistant`): one message of the run.
    Said {
        /// The gateway's id of the message.
        item: &'a str,
        /// What is new.
        delta: &'a str,
        /// All of the message so far.
        whole: Option<&'a str>,
        /// `whole` takes the place of all before.
        replace: bool,
    },
    /// The same, of all messages of the run together (event `chat`, state `delta`). Used only
    /// where the stream does not come.
    Chat {
        /// What is new.
        delta: &'a str,
        /// `delta` takes the place of all before.
        replace: bool,
    },
    /// The agent thinks.
    Thinking {
        /// What is new.
        delta: &'a str,
        /// All so far.
        whole: Option<&'a str>,
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
}

struct Running {
    id: String,
    phase: String,
    model: String,
    /// Newest numbers of the two sources.
    agent_seq: u64,
    chat_seq: u64,
    /// The stream `assistant` was heard: `chat` deltas are the same once more.
    streamed: bool,
    /// How many messages and thoughts it had: names them.
    texts: usize,
    thoughts: usize,
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
                self.pieces.push(Piece { run, slot: Slot::Person, entry: Arc::new(entry) });
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

    /// A run that was under way is taken over after a reconnect. `text`: its text so far, without
    /// what the transcript has already.
    pub fn adopt(&mut self, run: &str, text: &str) {
        self.over.retain(|over| over != run);
        self.running(run);
        let at = self.find(run, |slot| matches!(slot, Slot::Text(_)));
        match at.and_then(|at| self.pieces.get_mut(at)) {
            Some(piece) => grow_to(piece, text),
            None if !text.is_empty() => {
                self.text(run, "", text, None, false);
            }
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

    /// The transcript has everything up to now: what is over goes, except what `keep` names.
    pub fn settle(&mut self, keep: impl Fn(&Entry) -> bool) {
        let running: Vec<String> = self.runs().map(str::to_owned).collect();
        self.pieces.retain(|piece| running.contains(&piece.run) || keep(&piece.entry));
    }

    /// Takes single entries away that the transcript has.
    pub fn drop_entries(&mut self, has: impl Fn(&Entry) -> bool) {
        self.pieces.retain(|piece| !has(&piece.entry));
    }

    /// The texts that a run has brought, in order: identifier and text.
    pub fn texts(&self, run: &str) -> Vec<(String, Text, bool)> {
        let of_run = self.pieces.iter().filter(|piece| piece.run == run);
        of_run
            .filter_map(|piece| match &piece.entry.kind {
                EntryKind::Agent { text, .. } => Some((piece.entry.id.clone(), text.clone(), true)),
                EntryKind::Thinking { text, .. } => {
                    Some((piece.entry.id.clone(), text.clone(), false))
                }
                _ => None,
            })
            .collect()
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
            News::Said { item, delta, whole, replace } => {
                self.running(run).streamed = true;
                self.text(run, item, delta, whole, replace);
            }
            News::Chat { .. } if self.running(run).streamed => return Change::None,
            News::Chat { delta, replace } => self.chat(run, delta, replace),
            News::Thinking { delta, whole } => self.thinking(run, delta, whole),
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
                self.finish_text(run, text);
                return self.end(run, Over::Done);
            }
            News::Aborted { text } => {
                self.finish_text(run, text);
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
                streamed: false,
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
        self.pieces.push(Piece { run: run.to_owned(), slot, entry: Arc::new(entry) });
    }

    /// Lets the oldest go: the transcript has it when the turn is over.
    fn make_room(&mut self) {
        if self.pieces.len() >= MOST_PIECES {
            let oldest = self.pieces.iter().position(|piece| piece.slot != Slot::Person);
            self.pieces.remove(oldest.unwrap_or_default());
        }
    }

    /// Adds to a message of the agent's.
    fn text(&mut self, run: &str, item: &str, delta: &str, whole: Option<&str>, replace: bool) {
        let slot = Slot::Text(item.to_owned());
        let found = self.find(run, |s| *s == slot).or_else(|| {
            // What was taken over has no item yet: it is the same message as long as it fits.
            let at = self.find(run, |s| *s == Slot::Text(String::new()))?;
            let fits = self.pieces.get(at).is_some_and(|piece| match &piece.entry.kind {
                EntryKind::Agent { text, .. } => whole.is_none_or(|whole| {
                    text.with(|text| whole.starts_with(text) || text.is_empty())
                }),
                _ => false,
            });
            fits.then_some(at)
        });
        if let Some(piece) = found.and_then(|at| self.pieces.get_mut(at)) {
            if piece.slot != slot {
                piece.slot = slot;
            }
            let EntryKind::Agent { text, .. } = &mut Arc::make_mut(&mut piece.entry).kind else {
                return;
            };
            match whole {
                Some(whole) if replace || text.len() + delta.len() != whole.len() => {
                    grow_text(text, whole);
                }
                _ if replace => *text = delta.into(),
                _ => text.push(delta),
            }
            return;
        }
        self.close_texts(run);
        let running = self.running(run);
        let (n, model) = (running.texts, running.model.clone());
        running.texts += 1;
        let kind = EntryKind::Agent {
            text: whole.unwrap_or(delta).into(),
            model,
            media: Vec::new(),
            links: Vec::new(),
            stopped: false,
            growing: true,
        };
        let entry = Entry { id: format!("{run}/t{n}"), when: String::new(), kind };
        self.push(run, slot, entry);
    }

    /// Adds to the text of the whole run, where no stream of single messages comes. A tool or a
    /// message of the person's in between begins another entry.
    fn chat(&mut self, run: &str, delta: &str, replace: bool) {
        let last = self.pieces.iter().rposition(|p| p.run == run && p.slot != Slot::Thinking);
        let open = last.filter(|at| {
            self.pieces.get(*at).is_some_and(|piece| matches!(piece.slot, Slot::Text(_)))
        });
        match open.and_then(|at| self.pieces.get(at)).map(|piece| piece.slot.clone()) {
            Some(Slot::Text(item)) => self.text(run, &item, delta, None, replace),
            _ => {
                let item = format!("chat{}", self.running(run).texts);
                let delta = delta.trim_start_matches('\n');
                if !delta.is_empty() {
                    self.text(run, &item, delta, None, replace);
                }
            }
        }
    }

    fn thinking(&mut self, run: &str, delta: &str, whole: Option<&str>) {
        let last = self.pieces.iter().rposition(|piece| piece.run == run);
        if let Some(piece) = last.and_then(|at| self.pieces.get_mut(at))
            && piece.slot == Slot::Thinking
            && let EntryKind::Thinking { text, .. } = &mut Arc::make_mut(&mut piece.entry).kind
        {
            match whole {
                Some(whole) if text.len() + delta.len() != whole.len() => grow_text(text, whole),
                _ => text.push(delta),
            }
            return;
        }
        if delta.is_empty() && whole.is_none_or(str::is_empty) {
            return;
        }
        let running = self.running(run);
        let n = running.thoughts;
        running.thoughts += 1;
        let kind = EntryKind::Thinking { text: whole.unwrap_or(delta).into(), growing: true };
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
            self.pieces.push(Piece {
                run: run.to_owned(),
                slot: Slot::Tool(call.to_owned()),
                entry: Arc::new(Entry { id, when: when.to_owned(), kind }),
            });
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

    /// Compares what was heard with what the gateway says the text is.
    fn finish_text(&mut self, run: &str, whole: Option<&str>) {
        let Some(whole) = whole.filter(|whole| !whole.is_empty()) else { return };
        let texts: Vec<usize> = (0..self.pieces.len())
            .filter(|at| {
                self.pieces
                    .get(*at)
                    .is_some_and(|p| p.run == run && matches!(p.slot, Slot::Text(_)))
            })
            .collect();
        let Some((last, before)) = texts.split_last() else {
            self.text(run, "final", whole, None, false);
            return;
        };
        let mut rest = whole;
        for at in before {
            let Some(piece) = self.pieces.get(*at) else { return };
            let EntryKind::Agent { text, .. } = &piece.entry.kind else { return };
            let left = text.with(|text| rest.strip_prefix(text.trim_end()));
            match left {
                Some(left) => rest = left.trim_start_matches('\n'),
                // It tells another story: the transcript will say which one is true.
                None => return,
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
