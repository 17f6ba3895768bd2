//! `cron.*`: jobs that run by themselves.

use super::lenient::{Absent, Lenient, answer, method};
use serde::Serialize;

method! {
    /// The jobs.
    pub struct List = "cron.list" -> Jobs {
        /// Those that are switched off too.
        pub include_disabled: Option<bool>,
        /// Most jobs, 1 to 200.
        pub limit: Option<u64>,
        /// How many to skip.
        pub offset: Option<u64>,
        /// Words in them.
        pub query: Option<String>,
        /// Only this agent's.
        pub agent_id: Option<String>,
    }
    /// Makes a job.
    pub struct Add = "cron.add" -> Job {
        /// Its name.
        pub name: String,
        /// When it runs.
        pub schedule: Schedule,
        /// `main`, `isolated`, `current` or `session:<key>`.
        pub session_target: String,
        /// `now` or `next-heartbeat`.
        pub wake_mode: String,
        /// What it does.
        pub payload: Payload,
        /// Whether it runs.
        pub enabled: Option<bool>,
        /// Its agent.
        pub agent_id: Option<String>,
        /// What it is for.
        pub description: Option<String>,
        /// Whether it is deleted when it ran.
        pub delete_after_run: Option<bool>,
        /// Where the answer goes.
        pub delivery: Option<Delivery>,
    }
    /// Changes a job.
    pub struct Update = "cron.update" -> Job {
        /// The job.
        pub id: String,
        /// What changes.
        pub patch: JobPatch,
        /// [`Job::config_revision`]; refused when it is another by now.
        pub expected_config_revision: Option<String>,
    }
    /// Deletes a job.
    pub struct Remove = "cron.remove" -> Removed {
        /// The job.
        pub id: String,
    }
    /// Runs a job.
    pub struct Run = "cron.run" -> Enqueued {
        /// The job.
        pub id: String,
        /// `force`, `due`, `if-enabled`.
        pub mode: Option<String>,
    }
    /// What ran.
    pub struct Runs = "cron.runs" -> RunPage {
        /// The job; all when not said.
        pub id: Option<String>,
        /// Most runs, 1 to 200.
        pub limit: Option<u64>,
        /// How many to skip.
        pub offset: Option<u64>,
    }
    /// Whether jobs run at all.
    pub struct Status = "cron.status" -> Scheduler {}
}

/// When a job runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[non_exhaustive]
pub enum Schedule {
    /// Once.
    At {
        /// When, RFC 3339.
        at: String,
    },
    /// Again and again.
    Every {
        /// How often, in milliseconds.
        every_ms: u64,
    },
    /// As cron does.
    Cron {
        /// Five or six fields.
        expr: String,
        /// Time zone, for example `Europe/Berlin`.
        #[serde(skip_serializing_if = "Option::is_none")]
        tz: Option<String>,
    },
    /// In a way that this program does not know: shown, never sent.
    #[serde(skip_serializing)]
    Other(String),
}

impl Default for Schedule {
    fn default() -> Self {
        Self::Other(String::new())
    }
}

/// What a job does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[non_exhaustive]
pub enum Payload {
    /// An agent's turn.
    AgentTurn {
        /// What it is told.
        message: String,
        /// The model as `provider/id`.
        #[serde(skip_serializing_if = "Option::is_none")]
        model: Option<String>,
        /// How much the model thinks.
        #[serde(skip_serializing_if = "Option::is_none")]
        thinking: Option<String>,
    },
    /// A note in the main conversation.
    SystemEvent {
        /// What it says.
        text: String,
    },
    /// What this program does not know: shown, never sent.
    #[serde(skip_serializing)]
    Other(String),
}

impl Default for Payload {
    fn default() -> Self {
        Self::Other(String::new())
    }
}

/// Where a job's answer goes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Delivery {
    /// `none`, `announce`, `webhook`.
    pub mode: String,
    /// The channel, or `last`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<String>,
    /// To whom.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
}

/// What changes in a job.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct JobPatch {
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What it is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Whether it runs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
    /// When it runs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub schedule: Option<Schedule>,
    /// What it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payload: Option<Payload>,
}

impl Absent for Schedule {}
impl Absent for Payload {}
impl Absent for JobPatch {}

answer! {
    /// The jobs.
    pub struct Jobs {
        /// The jobs.
        pub jobs: Vec<Job>,
        /// How many there are in all.
        pub total: u64,
        /// Whether there are more.
        pub has_more: bool,
        /// For [`List::offset`].
        pub next_offset: Option<u64>,
    }
    /// A job.
    pub struct Job {
        /// Its id.
        pub id: String,
        /// Its name.
        pub name: String,
        /// For people.
        pub display_name: Option<String>,
        /// What it is for.
        pub description: Option<String>,
        /// Its agent.
        pub agent_id: Option<String>,
        /// Whether it runs.
        pub enabled: bool,
        /// When it was made, in milliseconds since 1970.
        pub created_at_ms: Option<u64>,
        /// Last change, in milliseconds since 1970.
        pub updated_at_ms: Option<u64>,
        /// Changes with each change.
        pub config_revision: Option<String>,
        /// When it runs.
        pub schedule: Schedule,
        /// Which conversation it runs in.
        pub session_target: String,
        /// `now` or `next-heartbeat`.
        pub wake_mode: String,
        /// What it does.
        pub payload: Payload,
        /// How it went.
        pub state: JobState,
    }
    /// How a job went.
    pub struct JobState {
        /// Next run, in milliseconds since 1970.
        pub next_run_at_ms: Option<u64>,
        /// Since when it runs, in milliseconds since 1970.
        pub running_at_ms: Option<u64>,
        /// Last run, in milliseconds since 1970.
        pub last_run_at_ms: Option<u64>,
        /// `ok`, `error`, `skipped`.
        pub last_run_status: Option<String>,
        /// What went wrong.
        pub last_error: Option<String>,
        /// How long the last run took, in milliseconds.
        pub last_duration_ms: Option<u64>,
        /// How often it failed since it went well.
        pub consecutive_errors: Option<u64>,
    }
    /// A job was deleted.
    pub struct Removed {
        /// Whether the gateway did what it could.
        pub ok: bool,
        /// Whether it was there.
        pub removed: bool,
    }
    /// A job is about to run.
    pub struct Enqueued {
        /// Whether the gateway did what it could.
        pub ok: bool,
        /// Whether it will run.
        pub enqueued: bool,
        /// Why not.
        pub reason: Option<String>,
        /// The run.
        pub run_id: Option<String>,
    }
    /// What ran.
    pub struct RunPage {
        /// The newest first.
        pub entries: Vec<RunEntry>,
        /// How many there are in all.
        pub total: u64,
        /// Whether there are more.
        pub has_more: bool,
        /// For [`Runs::offset`].
        pub next_offset: Option<u64>,
    }
    /// A run.
    pub struct RunEntry {
        /// When it ended, in milliseconds since 1970.
        pub ts: u64,
        /// The job.
        pub job_id: String,
        /// The job's name.
        pub job_name: Option<String>,
        /// `ok`, `error`, `skipped`.
        pub status: Option<String>,
        /// What went wrong.
        pub error: Option<String>,
        /// What it said.
        pub summary: Option<String>,
        /// The run.
        pub run_id: Option<String>,
        /// When it started, in milliseconds since 1970.
        pub run_at_ms: Option<u64>,
        /// How long it took, in milliseconds.
        pub duration_ms: Option<u64>,
        /// The conversation.
        pub session_key: Option<String>,
    }
    /// Whether jobs run at all.
    pub struct Scheduler {
        /// Whether they do.
        pub enabled: bool,
        /// How many there are.
        pub jobs: Option<u64>,
        /// When the next one runs, in milliseconds since 1970.
        pub next_wake_at_ms: Option<u64>,
    }
    struct ScheduleWire {
        kind: String,
        at: String,
        every_ms: Option<u64>,
        expr: String,
        tz: Option<String>,
    }
    struct PayloadWire {
        kind: String,
        message: String,
        model: Option<String>,
        thinking: Option<String>,
        text: String,
    }
}

impl Lenient for Schedule {
    fn object<'de, A: serde::de::MapAccess<'de>>(object: A) -> Result<Option<Self>, A::Error> {
        Ok(ScheduleWire::object(object)?.map(|wire| match (wire.kind.as_str(), wire.every_ms) {
            ("at", _) => Self::At { at: wire.at },
            ("every", Some(every_ms)) => Self::Every { every_ms },
            ("cron", _) => Self::Cron { expr: wire.expr, tz: wire.tz },
            _ => Self::Other(wire.kind),
        }))
    }
}

impl Lenient for Payload {
    fn object<'de, A: serde::de::MapAccess<'de>>(object: A) -> Result<Option<Self>, A::Error> {
        Ok(PayloadWire::object(object)?.map(|wire| match wire.kind.as_str() {
            "agentTurn" => Self::AgentTurn {
                message: wire.message,
                model: wire.model,
                thinking: wire.thinking,
            },
            "systemEvent" => Self::SystemEvent { text: wire.text },
            _ => Self::Other(wire.kind),
        }))
    }
}
