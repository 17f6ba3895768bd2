//! `sessions.*`: conversations.

mod answers;

use super::chat::Attachment;
use super::lenient::{Change, method};
pub use answers::*;
use serde::{Deserialize, Serialize};

method! {
    /// Conversations, the newest first.
    pub struct List = "sessions.list" -> Page {
        /// Most rows.
        pub limit: Option<u64>,
        /// How many to skip.
        pub offset: Option<u64>,
        /// Words in title, label or key.
        pub search: Option<String>,
        /// Only this agent's.
        pub agent_id: Option<String>,
        /// Which, by whether they were put away.
        pub archived: Option<Archived>,
        /// Only those that were active lately.
        pub active_minutes: Option<u64>,
        /// What to sort by.
        pub sort_by: Option<SortBy>,
        /// With [`Row::derived_title`].
        pub include_derived_titles: Option<bool>,
        /// With [`Row::last_message_preview`].
        pub include_last_message: Option<bool>,
    }
    /// Asks for `sessions.changed` and `session.message` on this connection.
    pub struct Subscribe = "sessions.subscribe" -> Subscribed {}
    /// Asks for the messages and operations of one conversation.
    pub struct MessagesSubscribe = "sessions.messages.subscribe" -> Subscribed {
        /// The conversation.
        pub key: String,
        /// The agent.
        pub agent_id: Option<String>,
    }
    /// Takes [`MessagesSubscribe`] back.
    pub struct MessagesUnsubscribe = "sessions.messages.unsubscribe" -> Subscribed {
        /// The conversation.
        pub key: String,
        /// The agent.
        pub agent_id: Option<String>,
    }
    /// One conversation's row.
    pub struct Describe = "sessions.describe" -> Described {
        /// The conversation.
        pub key: String,
        /// With [`Row::derived_title`].
        pub include_derived_titles: Option<bool>,
        /// With [`Row::last_message_preview`].
        pub include_last_message: Option<bool>,
    }
    /// The last few messages of some conversations.
    pub struct Preview = "sessions.preview" -> Previews {
        /// The conversations.
        pub keys: Vec<String>,
        /// Most messages of each.
        pub limit: Option<u64>,
        /// Longest text, in characters; at least 20.
        pub max_chars: Option<u64>,
    }
    /// Messages that hold some words.
    pub struct Search = "sessions.search" -> Found {
        /// The words.
        pub query: String,
        /// Only this agent's.
        pub agent_id: Option<String>,
        /// Only in these conversations.
        pub session_keys: Option<Vec<String>>,
        /// Most results, 1 to 25.
        pub limit: Option<u64>,
    }
    /// Makes a conversation; of a key that is there, it answers that one.
    pub struct Create = "sessions.create" -> Changed, 60 s {
        /// Its key; the gateway makes one.
        pub key: Option<String>,
        /// Makes it once.
        pub idempotency_key: Option<String>,
        /// The agent.
        pub agent_id: Option<String>,
        /// Its name.
        pub label: Option<String>,
        /// The model as `provider/id`.
        pub model: Option<String>,
        /// How much the model thinks.
        pub thinking_level: Option<String>,
        /// What tools may do.
        pub permission_mode: Option<PermissionMode>,
        /// Where it comes from.
        pub parent_session_key: Option<String>,
        /// Copy the parent's messages.
        pub fork: Option<bool>,
        /// The first message.
        pub message: Option<String>,
        /// Files and pictures of the first message.
        pub attachments: Option<Vec<Attachment>>,
        /// Where tools run.
        pub cwd: Option<String>,
        /// Leaves no trace.
        pub incognito: Option<bool>,
    }
    /// Changes a conversation. What is [`Change::Keep`] or `None` stays.
    pub struct Patch = "sessions.patch" -> Changed {
        /// The conversation.
        pub key: String,
        /// The agent.
        pub agent_id: Option<String>,
        /// The transcript as it was seen; the gateway wants it with `archived`.
        pub expected_session_id: Option<String>,
        /// The permission mode as it was seen; refused when it is another by now.
        pub expected_permission_mode: Change<PermissionMode>,
        /// Its name.
        pub label: Change<String>,
        /// A picture for it.
        pub icon: Change<String>,
        /// A colour for it.
        pub color: Change<String>,
        /// A group for it.
        pub category: Change<String>,
        /// Put away.
        pub archived: Option<bool>,
        /// Kept on top.
        pub pinned: Option<bool>,
        /// Marked as not read.
        pub unread: Option<bool>,
        /// The model as `provider/id`. The gateway takes any text: look into `models.list` first.
        pub model: Change<String>,
        /// How much the model thinks.
        pub thinking_level: Change<String>,
        /// Whether its thoughts are shown: `off`, `on`, `stream`. Needs `operator.admin`.
        pub reasoning_level: Change<String>,
        /// How much of the tools is shown. Needs `operator.admin`.
        pub verbose_level: Change<String>,
        /// Which of the model's context windows.
        pub context_window: Change<String>,
        /// What tools may do.
        pub permission_mode: Change<PermissionMode>,
    }
    /// Starts a conversation anew under the same key.
    pub struct Reset = "sessions.reset" -> Changed, 60 s {
        /// The conversation.
        pub key: String,
        /// The agent.
        pub agent_id: Option<String>,
        /// `new` or `reset`.
        pub reason: Option<String>,
    }
    /// Has the model shorten the history.
    pub struct Compact = "sessions.compact" -> Compacted, 300 s {
        /// The conversation.
        pub key: String,
        /// The agent.
        pub agent_id: Option<String>,
        /// Only keep so many lines instead.
        pub max_lines: Option<u64>,
    }
    /// Deletes a conversation. The gateway keeps an archive of the transcript.
    pub struct Delete = "sessions.delete" -> Deleted, 60 s {
        /// The conversation; the main one cannot be deleted.
        pub key: String,
        /// The agent.
        pub agent_id: Option<String>,
        /// The transcript too.
        pub delete_transcript: Option<bool>,
        /// The transcript as it was seen; refused when it is another by now.
        pub expected_session_id: Option<String>,
    }
    /// Stops the runs of a conversation.
    pub struct Abort = "sessions.abort" -> Aborted {
        /// The conversation.
        pub key: Option<String>,
        /// Only this run.
        pub run_id: Option<String>,
        /// The agent.
        pub agent_id: Option<String>,
        /// What waits too.
        pub clear_queued: Option<bool>,
    }
    /// Takes a person's message and all after it back, to be edited and sent again. The
    /// conversation gets another `session_id`. Refused with `UNAVAILABLE` while a turn runs, and
    /// for an entry that is not a person's message.
    pub struct Rewind = "sessions.rewind" -> Rewound, 60 s {
        /// The conversation.
        pub session_key: String,
        /// The agent.
        pub agent_id: Option<String>,
        /// The person's message: [`super::chat::Added::id`].
        pub entry_id: String,
    }
    /// Makes another conversation of what is before a person's message.
    pub struct Fork = "sessions.fork" -> Forked, 60 s {
        /// The conversation.
        pub session_key: String,
        /// The agent.
        pub agent_id: Option<String>,
        /// The person's message: [`super::chat::Added::id`].
        pub entry_id: String,
    }
}

/// Which conversations to list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Archived {
    /// Only those that were not put away.
    No,
    /// Only those that were.
    Yes,
    /// All.
    All,
}

impl Serialize for Archived {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::No => to.serialize_bool(false),
            Self::Yes => to.serialize_bool(true),
            Self::All => to.serialize_str("all"),
        }
    }
}

/// What conversations are sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum SortBy {
    /// Any change.
    UpdatedAt,
    /// A person's last message.
    LastInteractionAt,
}

/// What the tools of a conversation may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PermissionMode {
    /// Only read.
    ReadOnly,
    /// A person approves.
    Guarded,
    /// A model reviews.
    Workspace,
    /// Anything.
    Full,
}

impl super::lenient::Lenient for PermissionMode {
    fn text(value: &str) -> Option<Self> {
        match value {
            "read-only" => Some(Self::ReadOnly),
            "guarded" => Some(Self::Guarded),
            "workspace" => Some(Self::Workspace),
            "full" => Some(Self::Full),
            _ => None,
        }
    }
}
