//! Tasks, their states and their logs.

use serde::{Deserialize, Serialize};

/// A task of the workspace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// Id.
    pub id: String,
    /// Counts up in the workspace, from 1.
    pub number: u64,
    /// 1 to 200 characters.
    pub title: String,
    /// What is to be done, at most 32 KiB.
    #[serde(default)]
    pub brief: String,
    /// Id of the agent it is assigned to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agent: Option<String>,
    /// State.
    pub state: TaskState,
    /// In percent, while running, where the agent says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub percent: Option<u8>,
    /// How often it was begun.
    #[serde(default)]
    pub attempt: u32,
    /// What came out, or why it failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<String>,
    /// Id of the person who made it.
    pub created_by: String,
    /// Their name.
    #[serde(default)]
    pub creator: String,
    /// RFC 3339.
    pub created_at: String,
    /// RFC 3339.
    pub updated_at: String,
}

/// State of a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TaskState {
    /// Waits for its agent, or for one to be assigned.
    Queued,
    /// Its agent works on it.
    Running,
    /// Its agent waits for a person.
    Waiting,
    /// Finished.
    Done,
    /// Ended with a fault.
    Failed,
    /// Ended by a person.
    Cancelled,
    /// A state of a later version.
    #[serde(other)]
    Unknown,
}

impl TaskState {
    /// Nothing happens any more by itself.
    #[must_use]
    pub fn ended(self) -> bool {
        matches!(self, Self::Done | Self::Failed | Self::Cancelled)
    }
}

/// Body of `POST …/tasks`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskDraft {
    /// As in [`Task`].
    pub title: String,
    /// As in [`Task`].
    #[serde(default)]
    pub brief: String,
    /// As in [`Task`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agent: Option<String>,
}

/// Body of `POST …/tasks/{task}/assign`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assign {
    /// To which agent; `None`: to nobody.
    pub agent: Option<String>,
}

/// A line of a task's log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogLine {
    /// Counts up in the task, from 1.
    pub n: u64,
    /// RFC 3339.
    pub at: String,
    /// At most 4 KiB.
    pub text: String,
}

/// Answer to `GET …/tasks/{task}/log?after=N`: at most 500 lines, oldest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskLog {
    /// Lines with a number above `after`.
    pub lines: Vec<LogLine>,
    /// There are more.
    #[serde(default)]
    pub more: bool,
}

/// Body of `POST /v1/runner/tasks/{task}`: the gateway that runs an agent reports.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskReport {
    /// The new state, if it changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<TaskState>,
    /// In percent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub percent: Option<u8>,
    /// With `done` and `failed`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<String>,
    /// Texts to append to the log.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub log: Vec<String>,
}
