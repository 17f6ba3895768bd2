//! What a workspace's lists and events have in common.

use super::{Agent, ChatMessage, Conversation, Document, Member, Task};
use serde::{Deserialize, Serialize};

/// A whole list of the workspace, and the event number that it includes. Events up to that
/// number are in it already.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct List<T> {
    /// All of them.
    pub items: Vec<T>,
    /// The workspace's event number.
    pub seq: u64,
}

/// Something of a workspace, whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Item {
    /// A person. To owners only.
    Member(Member),
    /// An agent.
    Agent(Agent),
    /// A task.
    Task(Task),
    /// An SOP or a skill.
    Document {
        /// It.
        document: Document,
    },
    /// A conversation. To those who may read it.
    Conversation(Conversation),
    /// A message. To those who may read its conversation.
    Message(ChatMessage),
    /// A kind of a later version.
    #[serde(other)]
    Unknown,
}

/// The kinds of [`Item`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ItemKind {
    /// A person.
    Member,
    /// An agent.
    Agent,
    /// A task.
    Task,
    /// An SOP or a skill.
    Document,
    /// A conversation.
    Conversation,
    /// A message.
    Message,
    /// A kind of a later version.
    #[serde(other)]
    Unknown,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::{FromCloud, TaskState};

    #[test]
    fn an_event_reads_as_the_protocol_shows() {
        let text = r#"{"type":"changed","seq":8,"before":7,"workspace":"w1","item":{"kind":"task",
            "id":"t1","number":3,"title":"Tidy","state":"hibernating","created_by":"u1",
            "created_at":"2026-11-21T14:03:22Z","updated_at":"2026-11-21T14:03:22Z"}}"#;
        let FromCloud::Changed { seq: 8, before: 7, item, .. } =
            serde_json::from_str(text).unwrap()
        else {
            panic!("not a change")
        };
        let Item::Task(task) = *item else { panic!("not a task") };
        assert_eq!((task.number, task.state), (3, TaskState::Unknown));
        let later = r#"{"type":"changed","seq":9,"before":8,"workspace":"w1","item":{"kind":"x"}}"#;
        let FromCloud::Changed { item, .. } = serde_json::from_str(later).unwrap() else {
            panic!("not a change")
        };
        assert_eq!(*item, Item::Unknown);
    }
}
