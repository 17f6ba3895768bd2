//! Conversations of a workspace and their messages.

use serde::{Deserialize, Serialize};

/// A conversation. Its author and the owners of the workspace can read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conversation {
    /// Made by the client that began it: a UUID.
    pub id: String,
    /// At most 200 characters.
    pub title: String,
    /// Id of the person who began it.
    pub author: String,
    /// Their name.
    #[serde(default)]
    pub author_name: String,
    /// Id of the agent it is with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agent: Option<String>,
    /// Messages so far; the number of the last one.
    #[serde(default)]
    pub count: u64,
    /// Beginning of the last message, at most 160 characters.
    #[serde(default)]
    pub last: String,
    /// RFC 3339: when the last message came.
    pub updated_at: String,
}

/// Body of `PUT …/conversations/{conversation}`: begins it, or changes its title.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConversationDraft {
    /// As in [`Conversation`].
    pub title: String,
    /// As in [`Conversation`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agent: Option<String>,
}

/// A page of `GET …/conversations?before=CURSOR&limit=N`, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConversationPage {
    /// At most `limit`, which is at most 200.
    pub conversations: Vec<Conversation>,
    /// For `before` of the next page; absent on the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// The workspace's event number that this page includes.
    pub seq: u64,
}

/// Who wrote a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Speaker {
    /// A person.
    Person,
    /// The agent.
    Agent,
    /// A kind of a later version.
    #[serde(other)]
    Unknown,
}

/// A message. Messages are never changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChatMessage {
    /// Made by the client that wrote it: a UUID. The same id is stored once.
    pub id: String,
    /// Of which conversation.
    pub conversation: String,
    /// Counts up in the conversation, from 1.
    pub n: u64,
    /// Who.
    pub speaker: Speaker,
    /// Their name.
    #[serde(default)]
    pub name: String,
    /// Markdown, 1 byte to 128 KiB.
    pub text: String,
    /// RFC 3339: when it was written, as the writer says.
    pub at: String,
}

/// Body of `POST …/conversations/{conversation}/messages`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageDraft {
    /// As in [`ChatMessage`].
    pub id: String,
    /// As in [`ChatMessage`]. `agent` only in a transcript that is being synced.
    pub speaker: Speaker,
    /// As in [`ChatMessage`].
    pub text: String,
    /// As in [`ChatMessage`].
    pub at: String,
}

/// Answer to `GET …/messages?before=N&limit=M` or `?after=N&limit=M`: oldest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessagePage {
    /// At most `limit`, which is at most 500.
    pub messages: Vec<ChatMessage>,
    /// There are more in that direction.
    #[serde(default)]
    pub more: bool,
}
