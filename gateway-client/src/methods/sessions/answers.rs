//! What `sessions.*` answers.

use super::PermissionMode;
use crate::methods::lenient::{Change, answer};

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
        /// For [`super::Patch::thinking_level`].
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
        /// For [`super::List::offset`].
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
        pub role: crate::methods::chat::Role,
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
        /// The message: for [`crate::methods::chat::History::message_id`].
        pub message_id: String,
        /// Who says it.
        pub role: crate::methods::chat::Role,
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
