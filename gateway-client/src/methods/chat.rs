//! `chat.*`: sending, history, stopping.

use super::lenient::{Change, answer, method};
pub use super::message::{
    Added, Block, Content, HistoryMessage, Media, Picture, Role, ToolDetails, ToolOutput, Usage,
};
use super::sessions::{Row, SessionDefaults};
use crate::events::AgentEvent;
use serde::Serialize;

method! {
    /// Sends a message. With the same idempotency key again it does not run twice.
    pub struct Send = "chat.send" -> Started, 60 s {
        /// The conversation; made when there is none.
        pub session_key: String,
        /// The text; one that starts with `/` is a command.
        pub message: String,
        /// Becomes the run's id.
        pub idempotency_key: String,
        /// The agent.
        pub agent_id: Option<String>,
        /// Thinking level for this turn.
        pub thinking: Option<String>,
        /// What to do while a run is active; the gateway's own default is to steer it.
        pub queue_mode: Option<QueueMode>,
        /// Files and pictures.
        pub attachments: Option<Vec<Attachment>>,
        /// How long the turn may take, in milliseconds; 0 is without limit.
        pub timeout_ms: Option<u64>,
        /// Take `/` at the start as text.
        pub suppress_command_interpretation: Option<bool>,
        /// The last entry as it is shown; the gateway refuses when it is another by now.
        pub expected_leaf_entry_id: Change<String>,
    }
    /// A page of messages, oldest first; the newest page when nothing else is said.
    pub struct History = "chat.history" -> HistoryPage, 60 s {
        /// The conversation.
        pub session_key: String,
        /// The agent.
        pub agent_id: Option<String>,
        /// Most messages, 1 to 1000.
        pub limit: Option<u64>,
        /// How many of the newest to skip: [`HistoryPage::next_offset`].
        pub offset: Option<u64>,
        /// What changed since: [`HistoryPage::delta_cursor`].
        pub cursor: Option<String>,
        /// Around this message; `session_id` is needed too.
        pub message_id: Option<String>,
        /// The transcript of `message_id`.
        pub session_id: Option<String>,
        /// Longest text of a block, in characters; at most 500000. The gateway's own is 8000:
        /// what is longer is cut and marked by [`Added::truncated`].
        pub max_chars: Option<u64>,
    }
    /// Stops a run, or all runs of a conversation.
    pub struct Abort = "chat.abort" -> Aborted {
        /// The conversation.
        pub session_key: String,
        /// The agent.
        pub agent_id: Option<String>,
        /// The run; all when not said.
        pub run_id: Option<String>,
    }
    /// Adds a message of the assistant without asking a model.
    pub struct Inject = "chat.inject" -> Injected {
        /// The conversation.
        pub session_key: String,
        /// The agent.
        pub agent_id: Option<String>,
        /// The text.
        pub message: String,
        /// Who says it, at most 100 characters.
        pub label: Option<String>,
    }
    /// One message whole, when history has it cut.
    pub struct MessageGet = "chat.message.get" -> OneMessage, 60 s {
        /// The conversation.
        pub session_key: String,
        /// The agent.
        pub agent_id: Option<String>,
        /// [`Added::id`].
        pub message_id: String,
        /// Longest text, in characters; at most 2000000.
        pub max_chars: Option<u64>,
    }
}

/// What to do with a message while a run is active.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum QueueMode {
    /// The running turn takes it in.
    Steer,
    /// A turn of its own, after.
    Followup,
    /// Gathered into one turn, after.
    Collect,
    /// The running turn is stopped for it.
    Interrupt,
}

/// A file or picture to send.
#[derive(Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Attachment {
    /// `image` or `file`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Its MIME type.
    pub mime_type: String,
    /// Its name.
    pub file_name: String,
    /// Its bytes as base64.
    pub content: String,
    /// Its length in bytes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size_bytes: Option<u64>,
}

impl std::fmt::Debug for Attachment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Attachment({} {} bytes of base64)", self.mime_type, self.content.len())
    }
}

answer! {
    /// A message was taken.
    pub struct Started {
        /// The run: the idempotency key.
        pub run_id: String,
        /// `started`, `in_flight` (sent before, still running) or `ok` (sent before, done).
        pub status: String,
    }
    /// A page of a conversation.
    pub struct HistoryPage {
        /// The conversation, as asked for.
        pub session_key: String,
        /// Its transcript.
        pub session_id: Option<String>,
        /// Oldest first.
        pub messages: Vec<HistoryMessage>,
        /// For [`History::cursor`].
        pub delta_cursor: Option<String>,
        /// For [`History::offset`]: the page before.
        pub next_offset: Option<u64>,
        /// Whether there are older ones.
        pub has_more: bool,
        /// How many there are in all.
        pub total_messages: Option<u64>,
        /// The turn that is running.
        pub in_flight_run: Option<InFlightRun>,
        /// Messages of persons that wait for their turn.
        pub pending_inputs: PendingInputs,
        /// The conversation's row.
        pub session_info: Option<Box<Row>>,
        /// What holds when the conversation says nothing.
        pub defaults: SessionDefaults,
    }
    /// Messages that wait for their turn.
    pub struct PendingInputs {
        /// Oldest first.
        pub items: Vec<PendingInput>,
    }
    /// A message that waits for its turn.
    pub struct PendingInput {
        /// Its entry's id.
        pub id: String,
        /// `queued`, ...
        pub state: Option<String>,
        /// The message.
        pub message: HistoryMessage,
    }
    /// A turn that is running.
    pub struct InFlightRun {
        /// The run.
        pub run_id: String,
        /// Its text so far.
        pub text: String,
        /// When it started, in milliseconds since 1970.
        pub started_at: Option<u64>,
        /// Its steps so far, as far as the gateway keeps them: the tools that run.
        pub events: Vec<AgentEvent>,
    }
    /// What was stopped.
    pub struct Aborted {
        /// Whether something was.
        pub aborted: bool,
        /// Which runs.
        pub run_ids: Vec<String>,
    }
    /// What was added.
    pub struct Injected {
        /// Whether it was.
        pub ok: bool,
        /// The new entry.
        pub message_id: Option<String>,
    }
    /// One message.
    pub struct OneMessage {
        /// Whether it is here.
        pub ok: bool,
        /// The message.
        pub message: Option<Box<HistoryMessage>>,
        /// Why not: `not_found`, `oversized`, `not_visible`.
        pub unavailable_reason: Option<String>,
    }
}
