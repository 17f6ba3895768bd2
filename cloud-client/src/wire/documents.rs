//! Skills and SOPs, and the live progress of making one.

use serde::{Deserialize, Serialize};

/// What a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DocumentKind {
    /// A standard operating procedure: steps a person or an agent follows.
    Sop,
    /// What an agent can do, compiled from an SOP.
    Skill,
}

/// A skill or an SOP.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// Id.
    pub id: String,
    /// Which of the two.
    pub kind: DocumentKind,
    /// 1 to 120 characters.
    pub name: String,
    /// What it is for, at most 4 KiB.
    #[serde(default)]
    pub goal: String,
    /// The text, Markdown, at most 64 KiB; empty until it is ready.
    #[serde(default)]
    pub text: String,
    /// State.
    pub state: DocumentState,
    /// Of a skill: the SOP it was compiled from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Why it failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
    /// Id of the person who made it.
    pub created_by: String,
    /// RFC 3339.
    pub updated_at: String,
}

/// State of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DocumentState {
    /// Being made.
    Generating,
    /// Made.
    Ready,
    /// Could not be made.
    Failed,
    /// A state of a later version.
    #[serde(other)]
    Unknown,
}

/// Body of `POST …/sops`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SopDraft {
    /// As in [`Document`].
    pub name: String,
    /// As in [`Document`].
    pub goal: String,
}

/// Body of `POST …/skills`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SkillDraft {
    /// Id of the SOP.
    pub source: String,
}

/// Answer to both: the work has begun.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Generation {
    /// The document, `generating`.
    pub document: Document,
    /// Where its progress is told, if anywhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub progress: Option<ProgressChannel>,
}

/// A channel of the Pusher protocol.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProgressChannel {
    /// `wss://ws-CLUSTER.pusher.com[:PORT]`.
    pub url: String,
    /// The application's key, which is no secret.
    pub key: String,
    /// `private-…`.
    pub channel: String,
}

/// Body of `POST /v1/pusher/auth`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PusherAuth {
    /// From `pusher:connection_established`.
    pub socket_id: String,
    /// To subscribe to.
    pub channel_name: String,
}

/// Answer: `KEY:HMAC-SHA256(secret, "SOCKET_ID:CHANNEL")` in hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PusherSignature {
    /// Goes into `pusher:subscribe`.
    pub auth: String,
}

/// Data of the event `progress` on that channel. It holds no content.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// 0 to 100.
    pub percent: u8,
    /// A step's name, at most 120 characters.
    #[serde(default)]
    pub step: String,
    /// The work is over; nothing follows.
    #[serde(default)]
    pub done: bool,
}
