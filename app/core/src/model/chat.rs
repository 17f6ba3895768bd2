//! Conversations with the agents of the gateway on this machine.

use super::{Image, Link, Load, Problem, Text};
use std::sync::Arc;

/// All of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Chat {
    /// The gateway's agents.
    pub agents: Load<ChatAgent>,
    /// The agent whose conversations are listed; `None`: all.
    pub agent: Option<String>,
    /// Models that a conversation can be switched to.
    pub models: Arc<Vec<Arc<ChatModel>>>,
    /// Conversations: pinned first, then the newest first.
    pub list: Load<ChatRow>,
    /// There are more than are listed.
    pub more: bool,
    /// More of them are being loaded.
    pub loading_more: bool,
    /// The search that was asked for.
    pub search: Option<ChatSearch>,
    /// The open conversation.
    pub open: Option<ChatThread>,
    /// Commands that wait for a person's word, oldest first; of all conversations.
    pub approvals: Arc<Vec<Arc<Approval>>>,
    /// The file that is being written, or was.
    pub export: Option<Export>,
}

/// An agent of the gateway.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChatAgent {
    /// Its id, for example `main`.
    pub id: String,
    /// Its name; the id when it has none.
    pub name: String,
    /// An emoji it chose; may be empty.
    pub emoji: String,
    /// Its model, `provider/id`; may be empty.
    pub model: String,
    /// It answers when none is named.
    pub default: bool,
}

/// A model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChatModel {
    /// `provider/id`.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Who offers it.
    pub provider: String,
    /// Levels of thinking it has; one or none: there is nothing to choose.
    pub thinking: Vec<String>,
    /// It can be used now.
    pub available: bool,
}

/// A conversation in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChatRow {
    /// The gateway's session key, for example `agent:main:main`.
    pub key: String,
    /// Its agent.
    pub agent: String,
    /// Its title; never empty.
    pub title: String,
    /// Beginning of the last message; may be empty.
    pub last: String,
    /// When it last changed, in words.
    pub when: String,
    /// The same in milliseconds since 1970, for the order.
    pub updated_ms: u64,
    /// Kept at the top.
    pub pinned: bool,
    /// Something in it was not seen yet.
    pub unread: bool,
    /// A turn is running.
    pub running: bool,
    /// It is the agent's main conversation: it cannot be deleted.
    pub main: bool,
    /// A command in it waits for a person's word.
    pub waiting: bool,
}

/// A search through conversations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChatSearch {
    /// What was asked for.
    pub text: String,
    /// Still going on.
    pub busy: bool,
    /// It could not be made.
    pub problem: Option<Problem>,
    /// At most 100, best first.
    pub hits: Arc<Vec<ChatHit>>,
}

/// A place that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChatHit {
    /// The conversation's key.
    pub key: String,
    /// Its title.
    pub title: String,
    /// The place that matched, a line of text.
    pub excerpt: String,
    /// When, in words.
    pub when: String,
}

/// The open conversation.
#[derive(Clone, Debug, PartialEq)]
pub struct ChatThread {
    /// The gateway's session key. A new conversation has the key that its first message makes.
    pub key: String,
    /// Its title.
    pub title: String,
    /// Its agent.
    pub agent: String,
    /// What is settled, oldest first. Replaced only when a turn ends or a page is loaded.
    pub entries: Arc<Vec<Arc<Entry>>>,
    /// What the running turn has brought so far; stands after `entries`. The texts grow.
    pub live: Vec<Arc<Entry>>,
    /// There are older entries at the gateway.
    pub older: bool,
    /// Newer entries were let go to save memory; asking for the newest loads them again.
    pub newer: bool,
    /// Some are on their way.
    pub loading: bool,
    /// It could not be loaded, or what is shown may be out of date.
    pub problem: Option<Problem>,
    /// The turn that is running.
    pub run: Option<Run>,
    /// The text that was begun and not sent; kept over restarts.
    pub draft: String,
    /// What is to be sent with the next message.
    pub attachments: Vec<Attachment>,
    /// The model of this conversation, `provider/id`; empty: the agent's own.
    pub model: String,
    /// Levels of thinking that can be chosen; one or none: there is nothing to choose.
    pub thinking_levels: Vec<String>,
    /// The level that is chosen; empty: the model's own.
    pub thinking: String,
    /// Whether commands are run without asking.
    pub permission: Permission,
    /// It is kept at the top of the list.
    pub pinned: bool,
    /// It is the agent's main conversation: it can be emptied, not deleted.
    pub main: bool,
    /// Tokens of the model's context in use, and how many there are; when known.
    pub context: Option<(u64, u64)>,
    /// Something is being done to all of it: "Compacting...".
    pub busy: Option<String>,
}

/// What the agent may do on this machine without asking.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Permission {
    /// As the gateway is set up.
    #[default]
    Default,
    /// Nothing is changed.
    ReadOnly,
    /// A person is asked.
    Guarded,
    /// A model looks at it.
    Workspace,
    /// Everything.
    Full,
}

/// A turn that is running.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// The gateway's id of it.
    pub id: String,
    /// What it does, in words: "Starting the model", "Running a command".
    pub doing: String,
    /// Local time of day when it began.
    pub since: String,
    /// It is being stopped.
    pub stopping: bool,
}

/// An entry of a conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Unique in the conversation, and the same whenever it is loaded again.
    pub id: String,
    /// When, in words; may be empty.
    pub when: String,
    /// What it is.
    pub kind: EntryKind,
}

/// What an entry is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EntryKind {
    /// The person wrote.
    Person {
        /// Markdown.
        text: Text,
        /// What was sent with it.
        media: Vec<Media>,
        /// How far it has come.
        delivery: ChatDelivery,
        /// Links in it, where previews are switched on.
        links: Vec<Link>,
    },
    /// The agent wrote.
    Agent {
        /// Markdown.
        text: Text,
        /// The model, `provider/id`; may be empty.
        model: String,
        /// Pictures in it.
        media: Vec<Media>,
        /// Links in it, where previews are switched on. Empty while the text still grows.
        links: Vec<Link>,
        /// The person stopped it.
        stopped: bool,
        /// More may still come.
        growing: bool,
    },
    /// The agent thought.
    Thinking {
        /// Plain text.
        text: Text,
        /// More may still come.
        growing: bool,
    },
    /// The agent used a tool.
    Tool(ToolCall),
    /// Something happened to the conversation: "Emptied", "Compacted".
    Note(String),
    /// The turn failed.
    Failed(Problem),
}

/// How far a person's message has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChatDelivery {
    /// On its way; sent again by itself after a cut connection, once.
    Sending,
    /// The gateway has it.
    Sent,
    /// Sent into the running turn.
    Steered,
    /// Not sent. The text is not lost: it can be sent again.
    Failed(Problem),
}

/// A tool that was used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToolCall {
    /// The gateway's id of the call.
    pub id: String,
    /// For example `exec`.
    pub name: String,
    /// What it does, in a line: "Create file x"; may be empty.
    pub summary: String,
    /// How it goes.
    pub state: ToolState,
    /// What went in: JSON, indented, or a command line. At most [`ToolCall::MOST_INPUT`] bytes.
    pub input: Text,
    /// What came out. It may be large: at most [`ToolCall::MOST_OUTPUT`] bytes are kept.
    pub output: Text,
    /// Bytes of the output that were let go.
    pub cut: u64,
    /// A page that it is about, with its icon.
    pub link: Option<Link>,
    /// How long it took, in words: "1.2 s"; may be empty.
    pub took: String,
    /// Exit code of a command.
    pub exit: Option<i64>,
}

impl ToolCall {
    /// Most bytes of an input that are kept.
    pub const MOST_INPUT: usize = 256 * 1024;
    /// Most bytes of an output that are kept.
    pub const MOST_OUTPUT: usize = 4 * 1024 * 1024;
}

/// How a tool call goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ToolState {
    /// Running.
    Running,
    /// A person's word is waited for: see [`Chat::approvals`].
    Waiting,
    /// Done.
    Done,
    /// It failed.
    Failed,
    /// A person refused it.
    Denied,
    /// It was stopped, or nothing more was heard of it.
    Stopped,
}

/// A picture or file of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Media {
    /// File name; may be empty.
    pub name: String,
    /// For example `image/png`.
    pub mime: String,
    /// Bytes, when known.
    pub bytes: Option<u64>,
    /// It, in small, when it is a picture and known: at most 512 pixels wide and high.
    pub preview: Option<Arc<Image>>,
}

/// What is to be sent with the next message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// Names it, on this machine.
    pub id: u64,
    /// File name.
    pub name: String,
    /// For example `image/png`.
    pub mime: String,
    /// Bytes.
    pub bytes: u64,
    /// It is a picture.
    pub picture: bool,
    /// It, in small, when it is a picture.
    pub preview: Option<Arc<Image>>,
    /// It is still being read.
    pub reading: bool,
    /// Why it cannot be sent: too large, not readable. Stays until it is taken away.
    pub problem: Option<Problem>,
}

/// A command that waits for a person's word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Approval {
    /// The gateway's id of it.
    pub id: String,
    /// The conversation's key; may be empty.
    pub key: String,
    /// That conversation's title; its agent's name where no conversation is known.
    pub title: String,
    /// The tool call it belongs to; may be empty.
    pub tool_call: String,
    /// Exactly what will run.
    pub command: String,
    /// The folder it runs in; may be empty.
    pub folder: String,
    /// The program that its first word stands for; may be empty.
    pub program: String,
    /// Where: `gateway` is this machine.
    pub host: String,
    /// What the gateway warns of.
    pub warnings: Vec<String>,
    /// What may be answered.
    pub allowed: Vec<Decision>,
    /// Local time of day until when it waits.
    pub until: String,
    /// The answer is on its way.
    pub answering: bool,
    /// The answer did not arrive.
    pub problem: Option<Problem>,
}

/// The answer to a command that waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Run it, this time.
    AllowOnce,
    /// Run it, and do not ask for it again.
    AllowAlways,
    /// Do not run it.
    Deny,
}

/// A conversation is written into a file that the person picked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Export {
    /// The file is being chosen or written; how many entries were loaded so far.
    Busy(usize),
    /// Written; the file's name.
    Done(String),
    /// Not written.
    Failed(Problem),
}

/// What an export is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportFormat {
    /// Markdown, for people.
    Markdown,
    /// JSON, for programs.
    Json,
}

/// How a message is sent while a turn is running.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SendMode {
    /// Into the running turn.
    #[default]
    Steer,
    /// After the running turn, as one of its own.
    FollowUp,
}

/// A change of the open conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChatChange {
    /// Its title; empty: the gateway chooses.
    Title(String),
    /// Kept at the top of the list.
    Pinned(bool),
    /// Its model, `provider/id`; empty: the agent's own.
    Model(String),
    /// Its level of thinking; empty: the model's own.
    Thinking(String),
    /// What may be done without asking.
    Permission(Permission),
}
