//! The workspace: people, agents, tasks, SOPs and skills, conversations.
//!
//! Lists are shared, not copied: a clone of the model costs a few counters.

use super::{Problem, Screens};
pub use cloud_client::wire::{
    Action, Agent, AgentDraft, Document, DocumentKind, DocumentState, KeyHint, LogLine, Member,
    Progress, SopDraft, Speaker, Task, TaskDraft, TaskState,
};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A list of the workspace.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Load<T> {
    /// Not yet known.
    #[default]
    Loading,
    /// Known; may be empty. Stays while the cloud cannot be reached.
    Ready(Arc<Vec<Arc<T>>>),
    /// Could not be loaded.
    Failed(Problem),
}

impl<T> Load<T> {
    /// What is known; nothing while it loads or has failed.
    #[must_use]
    pub fn items(&self) -> &[Arc<T>] {
        match self {
            Self::Ready(items) => items,
            Self::Loading | Self::Failed(_) => &[],
        }
    }
}

/// What the workspace holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Workspace {
    /// Its people, for owners; empty for members.
    pub people: Load<Member>,
    /// Its agents, by name.
    pub agents: Load<Agent>,
    /// Its tasks, newest first.
    pub tasks: Load<Task>,
    /// The task whose log is open.
    pub log: Option<TaskLog>,
    /// Its SOPs, newest first.
    pub sops: Load<Document>,
    /// Its skills, newest first.
    pub skills: Load<Document>,
    /// Live progress of what is being made, by the document's id.
    pub progress: BTreeMap<String, Progress>,
    /// An invitation that was just made: its code is shown once.
    pub invitation: Option<Invitation>,
    /// Its unattended screens, for owners; loaded when their page is shown.
    pub screens: Screens,
}

/// An invitation that was just made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// Who is invited.
    pub email: String,
    /// What they type in at sign-in.
    pub code: cloud_client::wire::InvitationCode,
    /// Until when, in words.
    pub until: String,
}

/// The log of a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskLog {
    /// Which task.
    pub task: String,
    /// Its lines so far, oldest first; at most the newest 20,000.
    pub lines: Arc<Vec<LogLine>>,
    /// The first lines are on their way.
    pub loading: bool,
    /// It could not be loaded.
    pub problem: Option<Problem>,
}

/// The conversations on this machine and in the workspace.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Conversations {
    /// Newest first.
    pub list: Load<Conversation>,
    /// The workspace has older ones that are not loaded yet.
    pub more: bool,
    /// They are on their way.
    pub loading_more: bool,
    /// The one that is open.
    pub open: Option<Thread>,
    /// What was found; `None` when nothing is searched for.
    pub search: Option<Search>,
    /// Things written here that the cloud does not have yet.
    pub unsent: usize,
}

/// A row of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conversation {
    /// A UUID.
    pub id: String,
    /// Its title; never empty.
    pub title: String,
    /// Who began it, if somebody else did.
    pub author: Option<String>,
    /// The agent it is with, by id.
    pub agent: Option<String>,
    /// Beginning of the last message.
    pub last: String,
    /// RFC 3339.
    pub updated_at: String,
    /// The same in words: "14:03", "3 Nov".
    pub when: String,
    /// Where it lives.
    pub place: Place,
}

/// Where a conversation lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// On this machine only.
    Local,
    /// On this machine and in the workspace.
    Synced,
    /// In the workspace; loaded when it is opened.
    Workspace,
}

/// The open conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thread {
    /// A UUID.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The agent it is with, by id.
    pub agent: Option<String>,
    /// Its messages so far, oldest first.
    pub messages: Arc<Vec<Arc<Message>>>,
    /// There are older ones in the workspace.
    pub more: bool,
    /// Some are on their way.
    pub loading: bool,
    /// It could not be loaded, or not whole.
    pub problem: Option<Problem>,
    /// This person may write in it.
    pub writable: bool,
    /// The text that was begun and not sent; kept over restarts.
    pub draft: String,
}

/// A message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// A UUID.
    pub id: String,
    /// Who wrote it.
    pub speaker: Speaker,
    /// Their name; empty for oneself.
    pub name: String,
    /// Markdown.
    pub text: String,
    /// When, in words.
    pub when: String,
    /// How far it has come.
    pub delivery: Delivery,
    /// Its links, where previews are switched on.
    pub links: Vec<Link>,
}

/// How far a message has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// On this machine; the conversation is not synced.
    Local,
    /// On this machine; sent as soon as the cloud can be reached.
    Unsent,
    /// In the workspace.
    Sent,
}

/// A link in a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// `http` or `https`.
    pub url: String,
    /// Host, as shown.
    pub host: String,
    /// The page's title; `None` until it is known, or for good.
    pub title: Option<String>,
    /// The site's icon: 16 or 32 pixels square.
    pub icon: Option<Arc<Image>>,
}

/// A small picture.
#[derive(Debug, PartialEq, Eq)]
pub struct Image {
    /// Pixels.
    pub width: u16,
    /// Pixels.
    pub height: u16,
    /// R, G, B, A; rows from the top; not premultiplied.
    pub rgba: Vec<u8>,
}

/// A search through all messages on this machine and all titles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Search {
    /// What was asked for.
    pub text: String,
    /// Still going on.
    pub busy: bool,
    /// At most 200, best first.
    pub hits: Arc<Vec<Hit>>,
}

/// A conversation that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Which.
    pub conversation: String,
    /// Its title.
    pub title: String,
    /// The place that matched, a line of text.
    pub excerpt: String,
    /// When, in words.
    pub when: String,
}
