//! A message as history and events have it.

use super::lenient::{Lenient, answer};
use serde::de::{MapAccess, SeqAccess};
use serde_json::Value;

answer! {
    /// One message of a conversation.
    pub struct HistoryMessage {
        /// Who says it.
        pub role: Role,
        /// What it says, block by block. A plain text is one block.
        pub content: Content,
        /// When, in milliseconds since 1970.
        pub timestamp: Option<u64>,
        /// The model's provider.
        pub provider: Option<String>,
        /// The model.
        pub model: Option<String>,
        /// Why the model stopped: `stop`, `toolUse`, `error`, `aborted`, `length`.
        pub stop_reason: Option<String>,
        /// What went wrong, in the gateway's words.
        pub error_message: Option<String>,
        /// Which call a tool result answers.
        pub tool_call_id: Option<String>,
        /// The tool of a tool result.
        pub tool_name: Option<String>,
        /// Whether a tool failed.
        pub is_error: bool,
        /// More about a tool result.
        pub details: Option<ToolDetails>,
        /// What a person's message was sent with: `<run>:user`.
        pub idempotency_key: Option<String>,
        /// What it cost.
        pub usage: Option<Usage>,
        /// What the gateway adds.
        #[serde(rename = "__openclaw")]
        pub openclaw: Added,
    }
    /// What the gateway adds to a message.
    pub struct Added {
        /// The entry's id: for `sessions.rewind`, `sessions.fork`, `chat.message.get`.
        pub id: Option<String>,
        /// Its place in the conversation.
        pub seq: Option<u64>,
        /// The run that made it.
        pub run_id: Option<String>,
        /// What it was sent with.
        pub idempotency_key: Option<String>,
        /// For what is no message: `reset`, `compaction`, ...
        pub kind: Option<String>,
        /// Whether it was cut because it is long: `chat.message.get` has all of it.
        pub truncated: bool,
        /// Why it was cut.
        pub reason: Option<String>,
        /// Attached files and pictures.
        pub media: Vec<Media>,
    }
    /// An attached file or picture.
    pub struct Media {
        /// `media://inbound/<id>.png`
        pub url: Option<String>,
        /// Its MIME type.
        pub content_type: Option<String>,
        /// `image`, `audio`, ...
        pub kind: Option<String>,
        /// Its name.
        pub file_name: Option<String>,
        /// Its length.
        pub size_bytes: Option<u64>,
    }
    /// Tokens of an answer.
    pub struct Usage {
        /// Read.
        pub input: Option<u64>,
        /// Written.
        pub output: Option<u64>,
        /// Read from the cache.
        pub cache_read: Option<u64>,
        /// Written to the cache.
        pub cache_write: Option<u64>,
        /// All.
        pub total_tokens: Option<u64>,
    }
    /// What a tool says about its run, beside its output.
    pub struct ToolDetails {
        /// `running`, `completed`, `failed`, ...
        pub status: Option<String>,
        /// The program's exit code.
        pub exit_code: Option<i64>,
        /// The signal that ended it.
        pub exit_signal: Option<String>,
        /// Why it ended: `exit`, `timeout`, ...
        pub exit_reason: Option<String>,
        /// How long it ran, in milliseconds.
        pub duration_ms: Option<u64>,
        /// Where it ran.
        pub cwd: Option<String>,
        /// Its process.
        pub pid: Option<u32>,
        /// The end of the output of a running program.
        pub tail: Option<String>,
        /// Whether the output was cut.
        pub truncated: bool,
        /// What it fetched, for tools that fetch.
        pub url: Option<String>,
    }
    /// A tool's output.
    pub struct ToolOutput {
        /// Texts and pictures.
        pub content: Content,
        /// More about it.
        pub details: Option<ToolDetails>,
    }
}

impl HistoryMessage {
    /// All its text, the blocks joined by a line break.
    #[must_use]
    pub fn text(&self) -> String {
        self.content.text()
    }
}

/// Who says a message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Role {
    /// The person.
    User,
    /// The agent.
    Assistant,
    /// A tool answers.
    ToolResult,
    /// The gateway.
    System,
    /// Another, by name.
    Other(String),
    /// Not said.
    #[default]
    Unknown,
}

impl Lenient for Role {
    fn text(value: &str) -> Option<Self> {
        Some(match value {
            "user" => Self::User,
            "assistant" => Self::Assistant,
            "toolResult" | "tool" => Self::ToolResult,
            "system" => Self::System,
            other => Self::Other(other.to_owned()),
        })
    }
}

/// The blocks of a message.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Content(pub Vec<Block>);

impl Content {
    /// Its text blocks, joined by a line break.
    #[must_use]
    pub fn text(&self) -> String {
        let texts = self.0.iter().filter_map(|block| match block {
            Block::Text(text) => Some(text.as_str()),
            _ => None,
        });
        texts.collect::<Vec<_>>().join("\n")
    }
}

impl Lenient for Content {
    fn text(value: &str) -> Option<Self> {
        Some(Self(vec![Block::Text(value.to_owned())]))
    }
    fn owned(value: String) -> Option<Self> {
        Some(Self(vec![Block::Text(value)]))
    }
    fn list<'de, A: SeqAccess<'de>>(list: A) -> Result<Option<Self>, A::Error> {
        Ok(Vec::list(list)?.map(Self))
    }
    fn object<'de, A: MapAccess<'de>>(object: A) -> Result<Option<Self>, A::Error> {
        Ok(Block::object(object)?.map(|block| Self(vec![block])))
    }
}

/// A part of a message.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Block {
    /// Text; an agent's is Markdown.
    Text(String),
    /// What a model thought.
    Thinking {
        /// The thought; empty when the provider keeps it for itself.
        text: String,
        /// Whether the provider keeps it for itself.
        redacted: bool,
    },
    /// The agent calls a tool.
    ToolCall {
        /// The call, unique in its conversation.
        id: String,
        /// The tool.
        name: String,
        /// What it is called with; mostly an object.
        arguments: Value,
    },
    /// A picture.
    Image(Picture),
    /// Something else, by type.
    Other(String),
}

/// A picture in a message.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Picture {
    /// Its MIME type.
    pub mime: Option<String>,
    /// Its bytes as base64, when they are here.
    pub data: Option<String>,
    /// Where it is, when they are not.
    pub url: Option<String>,
    /// How many bytes were left out, when the gateway left them out.
    pub omitted_bytes: Option<u64>,
}

impl std::fmt::Debug for Picture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Picture")
            .field("mime", &self.mime)
            .field("data", &self.data.as_ref().map(String::len))
            .field("url", &self.url)
            .finish_non_exhaustive()
    }
}

answer! {
    struct BlockWire {
        #[serde(rename = "type")]
        kind: String,
        text: Option<String>,
        thinking: Option<String>,
        redacted: bool,
        id: String,
        name: String,
        arguments: Value,
        input: Value,
        mime_type: Option<String>,
        data: Option<String>,
        url: Option<String>,
        bytes: Option<u64>,
        source: SourceWire,
    }
    struct SourceWire {
        media_type: Option<String>,
        data: Option<String>,
        url: Option<String>,
    }
}

impl Lenient for Block {
    fn text(value: &str) -> Option<Self> {
        Some(Self::Text(value.to_owned()))
    }
    fn object<'de, A: MapAccess<'de>>(object: A) -> Result<Option<Self>, A::Error> {
        Ok(BlockWire::object(object)?.map(Self::from))
    }
}

impl From<BlockWire> for Block {
    fn from(wire: BlockWire) -> Self {
        match wire.kind.as_str() {
            "text" | "input_text" | "output_text" => Self::Text(wire.text.unwrap_or_default()),
            "thinking" | "redacted_thinking" | "reasoning" => Self::Thinking {
                redacted: wire.redacted || wire.kind == "redacted_thinking",
                text: wire.thinking.or(wire.text).unwrap_or_default(),
            },
            "toolCall" | "tool_use" | "toolUse" | "tool_call" => Self::ToolCall {
                id: wire.id,
                name: wire.name,
                arguments: if wire.arguments.is_null() { wire.input } else { wire.arguments },
            },
            "image" => Self::Image(Picture {
                mime: wire.mime_type.or(wire.source.media_type),
                data: wire.data.or(wire.source.data),
                url: wire.url.or(wire.source.url),
                omitted_bytes: wire.bytes,
            }),
            _ => Self::Other(wire.kind),
        }
    }
}
