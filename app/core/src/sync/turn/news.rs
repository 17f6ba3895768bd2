//! What is heard of a run, and what it changes.

use crate::model::{Problem, ToolState};

/// Something that was heard of a run.
#[derive(Clone, Debug, PartialEq)]
pub enum News<'a> {
    /// It got a step further: a phase in the gateway's word, for example `starting_model`.
    Phase(&'a str),
    /// The agent writes: what is new of all messages of the run together.
    Text {
        /// What is new.
        delta: &'a str,
        /// Bytes of all of it with what is new, when that is told.
        so_far: Option<usize>,
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
    /// Nothing: there is text before this that was not heard, and the transcript must tell it.
    Hole,
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
