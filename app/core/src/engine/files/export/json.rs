//! JSON, for programs.
//!
//! One object: `format` is `multiclaw-conversation`, `version` is 1, and `entries` has one object
//! a line, oldest first. Members may be added without a new version; members that are empty are
//! left out. Pictures and files are named, their content is not in it.

use super::{About, Form};
use crate::model::{self, ChatDelivery, EntryKind, Problem, ToolState};
use serde::{Deserialize, Serialize};

/// What `format` says.
pub(in crate::engine) const FORMAT: &str = "multiclaw-conversation";
/// What `version` says.
pub(in crate::engine) const VERSION: u32 = 1;

/// All that stands before the entries.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::engine) struct Head {
    /// [`FORMAT`].
    pub(in crate::engine) format: String,
    /// [`VERSION`].
    pub(in crate::engine) version: u32,
    /// The conversation's title.
    pub(in crate::engine) title: String,
    /// Its agent.
    pub(in crate::engine) agent: String,
    /// The gateway's session key.
    pub(in crate::engine) key: String,
    /// `provider/id`; may be empty.
    pub(in crate::engine) model: String,
    /// RFC 3339, UTC.
    pub(in crate::engine) exported: String,
}

/// One entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::engine) struct Entry {
    /// Unique in the conversation.
    pub(in crate::engine) id: String,
    /// When, in words of the machine that exported it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(in crate::engine) when: String,
    /// What it is.
    #[serde(flatten)]
    pub(in crate::engine) kind: Kind,
}

/// What an entry is; `kind` names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub(in crate::engine) enum Kind {
    /// The person wrote.
    Person {
        /// Markdown.
        text: String,
        /// What was sent with it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        files: Vec<Media>,
        /// It is at the gateway.
        sent: bool,
    },
    /// The agent wrote.
    Agent {
        /// Markdown.
        text: String,
        /// `provider/id`.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        model: String,
        /// Pictures in it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        files: Vec<Media>,
        /// The person stopped it.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        stopped: bool,
    },
    /// The agent thought.
    Thinking {
        /// Plain text.
        text: String,
    },
    /// The agent used a tool.
    Tool {
        /// The gateway's id of the call.
        call: String,
        /// For example `exec`.
        name: String,
        /// What it does, in a line.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        summary: String,
        /// `running`, `waiting`, `done`, `failed`, `denied` or `stopped`.
        state: String,
        /// What went in.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        input: String,
        /// What came out.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        output: String,
        /// Bytes of the output that are missing.
        #[serde(default, skip_serializing_if = "is_zero")]
        cut: u64,
        /// How long it took, in words.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        took: String,
        /// Exit code of a command.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        exit: Option<i64>,
    },
    /// Something happened to the conversation.
    Note {
        /// In words.
        text: String,
    },
    /// The turn failed.
    Failed {
        /// In words.
        text: String,
    },
}

/// A picture or file, without its content.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::engine) struct Media {
    /// File name; may be empty.
    pub(in crate::engine) name: String,
    /// For example `image/png`.
    pub(in crate::engine) mime: String,
    /// Bytes, when known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(in crate::engine) bytes: Option<u64>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde wants it")]
fn is_zero(n: &u64) -> bool {
    *n == 0
}

fn files(media: &[model::Media]) -> Vec<Media> {
    let one =
        |m: &model::Media| Media { name: m.name.clone(), mime: m.mime.clone(), bytes: m.bytes };
    media.iter().map(one).collect()
}

fn words(problem: &Problem) -> String {
    format!("{} {}", problem.what, problem.next).trim().to_owned()
}

fn state(state: ToolState) -> &'static str {
    match state {
        ToolState::Running => "running",
        ToolState::Waiting => "waiting",
        ToolState::Done => "done",
        ToolState::Failed => "failed",
        ToolState::Denied => "denied",
        ToolState::Stopped => "stopped",
    }
}

impl From<&model::Entry> for Entry {
    fn from(entry: &model::Entry) -> Self {
        let kind = match &entry.kind {
            EntryKind::Person { text, media, delivery, .. } => Kind::Person {
                text: text.to_string(),
                files: files(media),
                sent: matches!(delivery, ChatDelivery::Sent | ChatDelivery::Steered),
            },
            EntryKind::Agent { text, model, media, stopped, .. } => Kind::Agent {
                text: text.to_string(),
                model: model.clone(),
                files: files(media),
                stopped: *stopped,
            },
            EntryKind::Thinking { text, .. } => Kind::Thinking { text: text.to_string() },
            EntryKind::Tool(call) => Kind::Tool {
                call: call.id.clone(),
                name: call.name.clone(),
                summary: call.summary.clone(),
                state: state(call.state).to_owned(),
                input: call.input.to_string(),
                output: call.output.to_string(),
                cut: call.cut,
                took: call.took.clone(),
                exit: call.exit,
            },
            EntryKind::Note(text) => Kind::Note { text: text.clone() },
            EntryKind::Failed(problem) => Kind::Failed { text: words(problem) },
        };
        Self { id: entry.id.clone(), when: entry.when.clone(), kind }
    }
}

/// Writes the object piece by piece.
#[derive(Default)]
pub(super) struct Json {
    begun: bool,
}

/// Strings and numbers always have a JSON form.
fn to_json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

impl Form for Json {
    fn head(&mut self, about: &About, out: &mut String) {
        let About { title, agent, key, model } = about.clone();
        let exported = jiff::Timestamp::now().to_string();
        let format = FORMAT.to_owned();
        let head = Head { format, version: VERSION, title, agent, key, model, exported };
        let head = to_json(&head);
        out.push_str(head.strip_suffix('}').unwrap_or(&head));
        out.push_str(",\"entries\":[");
    }

    fn entry(&mut self, entry: &model::Entry, out: &mut String) {
        out.push_str(if std::mem::replace(&mut self.begun, true) { ",\n" } else { "\n" });
        out.push_str(&to_json(&Entry::from(entry)));
    }

    fn foot(&mut self, out: &mut String) {
        out.push_str("\n]}\n");
    }
}
