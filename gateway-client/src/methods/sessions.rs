//! `sessions.*`: conversations.

use super::chat::Attachment;
use super::lenient::{Change, answer, method};
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

answer! {
    /// A conversation. In an event's partial row, what is absent is `None` or [`Change::Keep`].
    pub struct Row {
        /// Its key, `agent:<agent>:<rest>`.
        pub key: String,
        /// Its transcript.
        pub session_id: Option<String>,
        /// The transcript before, after a reset or a rewind.
        pub previous_session_id: Option<String>,
        /// Changes with a reset.
        pub lifecycle_revision: Option<String>,
        /// Its agent.
        pub agent_id: Option<String>,
        /// `direct`, `group`, `global`, `unknown`.
        pub kind: Option<String>,
        /// `main`, `direct`, `cron`, ...
        pub classification: Option<String>,
        /// The channel it came over.
        pub channel: Option<String>,
        /// The name a person gave.
        pub label: Change<String>,
        /// The name to show.
        pub display_name: Change<String>,
        /// A name made of the first message.
        pub derived_title: Option<String>,
        /// The last message's start.
        pub last_message_preview: Option<String>,
        /// A picture for it.
        pub icon: Change<String>,
        /// A colour for it.
        pub color: Change<String>,
        /// Its group.
        pub category: Change<String>,
        /// Last change, in milliseconds since 1970.
        pub updated_at: Option<u64>,
        /// When it was made, in milliseconds since 1970.
        pub created_at: Option<u64>,
        /// The person's last message, in milliseconds since 1970.
        pub last_interaction_at: Option<u64>,
        /// Whether it was put away.
        pub archived: Option<bool>,
        /// Whether it is kept on top.
        pub pinned: Option<bool>,
        /// Whether it is marked as not read.
        pub unread: Option<bool>,
        /// Whether it is its agent's main one.
        pub is_main: Option<bool>,
        /// Whether it runs by itself.
        pub is_background: Option<bool>,
        /// Whether it leaves no trace.
        pub incognito: Option<bool>,
        /// `queued`, `running`, `done`, `failed`, `killed`, `timeout`.
        pub status: Change<String>,
        /// What went wrong in the last run.
        pub last_run_error: Change<String>,
        /// The last run.
        pub last_run_id: Change<String>,
        /// Whether a turn runs.
        pub has_active_run: Option<bool>,
        /// The turns that run: absent is unchanged, null is not known.
        pub active_run_ids: Change<Vec<String>>,
        /// When the last run started, in milliseconds since 1970.
        pub started_at: Change<u64>,
        /// When the last run ended, in milliseconds since 1970; null while it runs.
        pub ended_at: Change<u64>,
        /// The model's provider.
        pub model_provider: Option<String>,
        /// The model, without its provider.
        pub model: Option<String>,
        /// Who chose the model: `user`, `auto`; null when nobody did.
        pub model_override_source: Change<String>,
        /// The thinking level that was set; null when none is.
        pub thinking_level: Change<String>,
        /// Thinking levels to choose from.
        pub thinking_levels: Option<Vec<ThinkingLevel>>,
        /// Their ids.
        pub thinking_options: Option<Vec<String>>,
        /// The level when none is set.
        pub thinking_default: Option<String>,
        /// Whether thoughts are shown.
        pub reasoning_level: Change<String>,
        /// What tools may do; null when it is the agent's default.
        pub permission_mode: Change<PermissionMode>,
        /// Tokens read.
        pub input_tokens: Option<u64>,
        /// Tokens written.
        pub output_tokens: Option<u64>,
        /// Tokens in the context now.
        pub total_tokens: Option<u64>,
        /// Whether [`Row::total_tokens`] is right.
        pub total_tokens_fresh: Option<bool>,
        /// How many tokens fit.
        pub context_tokens: Option<u64>,
        /// What it cost, in US dollars.
        pub estimated_cost_usd: Option<f64>,
        /// What a message does while a turn runs.
        pub effective_queue_mode: Option<String>,
        /// Where it comes from.
        pub parent_session_key: Option<String>,
        /// How deep it was started by other conversations.
        pub spawn_depth: Option<u64>,
        /// The last entry.
        pub active_leaf_entry_id: Change<String>,
        /// When this was so, in milliseconds since 1970.
        pub snapshot_at: Option<u64>,
    }
    /// A thinking level.
    pub struct ThinkingLevel {
        /// For [`Patch::thinking_level`].
        pub id: String,
        /// For people.
        pub label: String,
    }
    /// What holds when a conversation says nothing.
    pub struct SessionDefaults {
        /// The model's provider.
        pub model_provider: Option<String>,
        /// The model, without its provider.
        pub model: Option<String>,
        /// How many tokens fit.
        pub context_tokens: Option<u64>,
        /// Thinking levels to choose from.
        pub thinking_levels: Vec<ThinkingLevel>,
        /// The level when none is set.
        pub thinking_default: Option<String>,
    }
    /// A page of conversations.
    pub struct Page {
        /// When, in milliseconds since 1970.
        pub ts: u64,
        /// How many there are in all.
        pub total_count: Option<u64>,
        /// For [`List::offset`].
        pub next_offset: Option<u64>,
        /// Whether there are more.
        pub has_more: bool,
        /// What holds when a conversation says nothing.
        pub defaults: SessionDefaults,
        /// The conversations.
        pub sessions: Vec<Row>,
    }
    /// Whether events come.
    pub struct Subscribed {
        /// Whether they do.
        pub subscribed: bool,
        /// The conversation's full key.
        pub key: Option<String>,
    }
    /// One conversation.
    pub struct Described {
        /// `None` when there is none.
        pub session: Option<Box<Row>>,
    }
    /// Some conversations' last messages.
    pub struct Previews {
        /// One for each.
        pub previews: Vec<PreviewOf>,
    }
    /// A conversation's last messages.
    pub struct PreviewOf {
        /// The conversation.
        pub key: String,
        /// `ok`, `empty`, `missing`, `error`.
        pub status: String,
        /// Oldest first.
        pub items: Vec<PreviewItem>,
    }
    /// A message's start.
    pub struct PreviewItem {
        /// Who says it.
        pub role: super::chat::Role,
        /// What.
        pub text: String,
    }
    /// What was found.
    pub struct Found {
        /// The best first.
        pub results: Vec<Hit>,
    }
    /// A message that was found.
    pub struct Hit {
        /// The conversation.
        pub session_key: String,
        /// The transcript.
        pub session_id: String,
        /// The message: for [`super::chat::History::message_id`].
        pub message_id: String,
        /// Who says it.
        pub role: super::chat::Role,
        /// When, in milliseconds since 1970.
        pub timestamp: Option<u64>,
        /// The text around.
        pub snippet: String,
        /// How good it is.
        pub score: f64,
    }
    /// A conversation was made or changed.
    pub struct Changed {
        /// Whether it was.
        pub ok: bool,
        /// The conversation.
        pub key: String,
        /// Its transcript, after `sessions.create`.
        pub session_id: Option<String>,
        /// What is stored, without its large parts.
        pub entry: Entry,
        /// Which model answers.
        pub resolved: Resolved,
        /// Whether the first message runs, after `sessions.create`.
        pub run_started: bool,
        /// The run of the first message.
        pub run_id: Option<String>,
    }
    /// What the gateway stores of a conversation, as far as it is kept here.
    pub struct Entry {
        /// The transcript.
        pub session_id: Option<String>,
        /// Changes with a reset.
        pub lifecycle_revision: Option<String>,
        /// Last change, in milliseconds since 1970.
        pub updated_at: Option<u64>,
        /// The name a person gave.
        pub label: Option<String>,
        /// When it was pinned, in milliseconds since 1970.
        pub pinned_at: Option<u64>,
        /// When it was put away, in milliseconds since 1970.
        pub archived_at: Option<u64>,
        /// The thinking level that was set.
        pub thinking_level: Option<String>,
        /// Whether thoughts are shown.
        pub reasoning_level: Option<String>,
        /// What tools may do.
        pub permission_mode: Option<PermissionMode>,
    }
    /// Which model answers.
    pub struct Resolved {
        /// Its provider.
        pub model_provider: Option<String>,
        /// The model.
        pub model: Option<String>,
    }
    /// What was stopped.
    pub struct Aborted {
        /// Whether the gateway did what it could.
        pub ok: bool,
        /// The run.
        pub aborted_run_id: Option<String>,
        /// `aborted`, `no-active-run`.
        pub status: String,
    }
    /// A history was shortened.
    pub struct Compacted {
        /// Whether the gateway did what it could.
        pub ok: bool,
        /// The conversation.
        pub key: String,
        /// Whether it was shortened.
        pub compacted: bool,
        /// Why not.
        pub reason: Option<String>,
        /// What was made.
        pub result: Option<Summary>,
    }
    /// What a history was shortened to.
    pub struct Summary {
        /// The text.
        pub summary: String,
        /// Tokens before.
        pub tokens_before: Option<u64>,
        /// Tokens after.
        pub tokens_after: Option<u64>,
    }
    /// A conversation was deleted.
    pub struct Deleted {
        /// Whether the gateway did what it could.
        pub ok: bool,
        /// The conversation.
        pub key: String,
        /// Whether it was there.
        pub deleted: bool,
        /// Where the transcript is kept.
        pub archived: Vec<String>,
    }
    /// Messages were taken back.
    pub struct Rewound {
        /// The person's message, for the input field.
        pub editor_text: Option<String>,
        /// Its files and pictures.
        pub editor_attachments: Vec<EditorAttachment>,
    }
    /// Another conversation was made.
    pub struct Forked {
        /// The new one.
        pub session_key: String,
        /// The person's message, for the input field.
        pub editor_text: Option<String>,
        /// Its files and pictures.
        pub editor_attachments: Vec<EditorAttachment>,
    }
    /// A file or picture of a message that was taken back.
    pub struct EditorAttachment {
        /// Its MIME type.
        pub mime_type: String,
        /// Its bytes as base64.
        pub data: String,
    }
}
