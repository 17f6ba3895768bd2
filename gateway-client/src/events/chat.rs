//! `chat`: a turn as a conversation shows it.

use crate::methods::chat::HistoryMessage;
use crate::methods::lenient::{Lenient, Seed, answer, read};
use serde::de::SeqAccess;

/// A step of a turn.
#[derive(Clone, Debug, PartialEq)]
pub struct ChatEvent {
    /// The run.
    pub run_id: String,
    /// The conversation, always as the full key.
    pub session_key: String,
    /// The agent; slash commands and second errors have none.
    pub agent_id: Option<String>,
    /// Counts within the run, with gaps.
    pub seq: Option<u64>,
    /// The step.
    pub state: ChatState,
}

/// The step of a turn.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum ChatState {
    /// What it does before the model answers.
    Status {
        /// `preparing_workspace`, `preparing_context`, `starting_model`, ...
        phase: String,
    },
    /// Text came. The whole text so far, which the gateway sends too, is only measured.
    Delta {
        /// What is new.
        text: String,
        /// Bytes of all text so far, with what is new; when the gateway sends it.
        so_far: Option<usize>,
        /// It replaces all that came before.
        replace: bool,
    },
    /// It ended well.
    Final {
        /// The answer; a message that was steered into another run has none.
        message: Option<Box<HistoryMessage>>,
        /// Why the model stopped.
        stop_reason: Option<String>,
    },
    /// It was stopped.
    Aborted {
        /// What there was.
        message: Option<Box<HistoryMessage>>,
        /// `rpc`, ...
        stop_reason: Option<String>,
    },
    /// It failed. A second one for the same run may follow: it is to be ignored.
    Error {
        /// In the gateway's words.
        message: String,
        /// `refusal`, `timeout`, `rate_limit`, `context_length`, `unknown`.
        kind: Option<String>,
        /// What the provider said.
        detail: ErrorDetail,
    },
    /// Something else, by name.
    Other(String),
}

answer! {
    /// What the provider said.
    pub struct ErrorDetail {
        /// The provider.
        pub provider: Option<String>,
        /// The model.
        pub model: Option<String>,
        /// Why: `format`, `auth`, `rate_limit`, ...
        pub failover_reason: Option<String>,
        /// The HTTP status.
        pub http_status: Option<u16>,
        /// The start of its own message.
        pub provider_error_message_preview: Option<String>,
    }
    struct Head {
        run_id: String,
        session_key: String,
        agent_id: Option<String>,
        seq: Option<u64>,
        state: String,
        phase: String,
        delta_text: String,
        replace: bool,
        stop_reason: Option<String>,
        error_message: String,
        error_kind: Option<String>,
        error_detail: ErrorDetail,
        message: Said,
    }
    struct Said {
        content: Length,
    }
    struct Block {
        text: Length,
    }
    struct Tail {
        message: Option<Box<HistoryMessage>>,
    }
}

/// How long a text is, of all blocks together; nothing is built for it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Length(usize);

impl Lenient for Length {
    fn text(text: &str) -> Option<Self> {
        Some(Self(text.len()))
    }

    fn list<'de, A: SeqAccess<'de>>(mut list: A) -> Result<Option<Self>, A::Error> {
        let mut sum = 0;
        while let Some(block) = list.next_element_seed(Seed::<Block>::new())? {
            sum += block.unwrap_or_default().text.0;
        }
        Ok(Some(Self(sum)))
    }
}

impl ChatEvent {
    /// Two passes: the message is only built for the states that end a turn, so that a delta
    /// costs what is new and not the whole text so far.
    pub(super) fn parse(json: &str) -> Option<Self> {
        let head = read::<Head>(json)?;
        if head.run_id.is_empty() || head.session_key.is_empty() {
            return None;
        }
        let message = || read::<Tail>(json).and_then(|tail| tail.message);
        let state = match head.state.as_str() {
            "status" => ChatState::Status { phase: head.phase },
            "delta" => ChatState::Delta {
                text: head.delta_text,
                so_far: Some(head.message.content.0).filter(|length| *length > 0),
                replace: head.replace,
            },
            "final" => ChatState::Final { message: message(), stop_reason: head.stop_reason },
            "aborted" => ChatState::Aborted { message: message(), stop_reason: head.stop_reason },
            "error" => ChatState::Error {
                message: head.error_message,
                kind: head.error_kind,
                detail: head.error_detail,
            },
            _ => ChatState::Other(head.state),
        };
        Some(Self {
            run_id: head.run_id,
            session_key: head.session_key,
            agent_id: head.agent_id,
            seq: head.seq,
            state,
        })
    }
}
