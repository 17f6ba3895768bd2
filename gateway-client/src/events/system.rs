//! Events about conversations, devices and the gateway itself.

use crate::methods::chat::HistoryMessage;
use crate::methods::cron::Job;
use crate::methods::lenient::{Change, Lenient, answer, field};
use crate::methods::sessions::Row;
use crate::methods::update::Newer;
use serde::de::{MapAccess, SeqAccess};
use serde::{Deserialize, Deserializer};

answer! {
    /// A conversation changed.
    pub struct SessionsChanged {
        /// Which; empty when it is about all.
        pub session_key: String,
        /// Its agent.
        pub agent_id: Option<String>,
        /// Why: `send`, `patch`, `reset`, `delete`, `agent.run.started`, ...
        pub reason: Option<String>,
        /// Where a run stands: `start`, `model`, `end`.
        pub phase: Option<String>,
        /// When, in milliseconds since 1970.
        pub ts: Option<u64>,
        /// The row, whole or in part; see [`Row`] for what absent means.
        pub session: Option<Box<Row>>,
        /// The turns that run: absent is unchanged, null is not known.
        pub active_run_ids: Change<Vec<String>>,
        /// Whether a turn runs.
        pub has_active_run: Option<bool>,
    }
    /// A message was added to a conversation.
    pub struct SessionMessage {
        /// Which.
        pub session_key: String,
        /// Its agent.
        pub agent_id: Option<String>,
        /// The message.
        pub message: HistoryMessage,
        /// Its entry.
        pub message_id: Option<String>,
        /// Its place.
        pub message_seq: Option<u64>,
    }
    /// The gateway works on a conversation's history.
    pub struct SessionOperation {
        /// The same at start and end.
        pub operation_id: String,
        /// `compact`
        pub operation: String,
        /// `start` or `end`.
        pub phase: String,
        /// Which conversation.
        pub session_key: String,
        /// At the end: whether it went well.
        pub completed: Option<bool>,
        /// Why not.
        pub reason: Option<String>,
    }
    /// A device wants in.
    pub struct PairRequest {
        /// For `device.pair.approve`.
        pub request_id: String,
        /// The device.
        pub device_id: String,
        /// Its key.
        pub public_key: String,
        /// Its name.
        pub display_name: Option<String>,
        /// `linux`, ...
        pub platform: Option<String>,
        /// Which kind of device.
        pub device_family: Option<String>,
        /// Which program.
        pub client_id: Option<String>,
        /// `ui`, `cli`, ...
        pub client_mode: Option<String>,
        /// `operator` or `node`.
        pub role: Option<String>,
        /// All roles it asks for.
        pub roles: Vec<String>,
        /// The rights it asks for.
        pub scopes: Vec<String>,
        /// From where it asks.
        pub remote_ip: Option<String>,
        /// Whether it was let in before and asks anew.
        pub is_repair: bool,
        /// When, in milliseconds since 1970.
        pub ts: Option<u64>,
    }
    /// A device was let in, or not.
    pub struct PairResolved {
        /// [`PairRequest::request_id`].
        pub request_id: String,
        /// The device.
        pub device_id: String,
        /// `approved` or `rejected`.
        pub decision: String,
        /// When, in milliseconds since 1970.
        pub ts: Option<u64>,
    }
    /// Something that is connected.
    pub struct PresenceEntry {
        /// Its name.
        pub host: Option<String>,
        /// Its address.
        pub ip: Option<String>,
        /// Its version.
        pub version: Option<String>,
        /// Its operating system.
        pub platform: Option<String>,
        /// `gateway`, `ui`, `cli`, `node`, ...
        pub mode: Option<String>,
        /// Why it is told: `self`, `connect`, `disconnect`, ...
        pub reason: Option<String>,
        /// For people.
        pub text: Option<String>,
        /// When, in milliseconds since 1970.
        pub ts: Option<u64>,
        /// Its device.
        pub device_id: Option<String>,
        /// Which program.
        pub client_id: Option<String>,
        /// Its roles.
        pub roles: Vec<String>,
        /// Its rights.
        pub scopes: Vec<String>,
        /// Since when, in milliseconds since 1970.
        pub online_since: Option<u64>,
    }
    /// A job changed or ran.
    pub struct CronEvent {
        /// The job.
        pub job_id: String,
        /// `added`, `updated`, `removed`, `started`, `finished`, ...
        pub action: String,
        /// `ok`, `error`, `skipped`, with `finished`.
        pub status: Option<String>,
        /// What went wrong.
        pub error: Option<String>,
        /// What it said.
        pub summary: Option<String>,
        /// The job as it is now.
        pub job: Option<Box<Job>>,
    }
    /// A background task changed.
    pub struct TaskEvent {
        /// `upserted`, `removed`, ...
        pub action: String,
        /// The task.
        pub task: TaskFacts,
    }
    /// A background task.
    pub struct TaskFacts {
        /// Its id.
        pub id: String,
        /// `cli`, `cron`, ...
        pub kind: Option<String>,
        /// `queued`, `running`, `succeeded`, `failed`, ...
        pub status: Option<String>,
        /// For people.
        pub title: Option<String>,
        /// The agent.
        pub agent_id: Option<String>,
        /// The conversation.
        pub session_key: Option<String>,
        /// The run.
        pub run_id: Option<String>,
        /// Last change, in milliseconds since 1970.
        pub updated_at: Option<u64>,
    }
    /// The configuration was written.
    pub struct ConfigChanged {
        /// The file.
        pub path: String,
        /// Its hash now.
        pub hash: String,
        /// When, in milliseconds since 1970.
        pub ts: Option<u64>,
    }
    /// Why something changed.
    pub struct Reason {
        /// In the gateway's words.
        pub reason: Option<String>,
    }
    /// Whether there is a newer gateway.
    pub struct UpdateAvailable {
        /// What is newer; `None` when nothing is.
        pub update_available: Option<Newer>,
    }
    pub(super) struct ShutdownWire {
        pub(super) reason: String,
        pub(super) restart_expected_ms: Option<u64>,
    }
    struct PresenceWire {
        presence: Vec<PresenceEntry>,
    }
}

/// Who is connected. The method answers a list, the event an object with the list in it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PresenceList {
    /// All of them.
    pub presence: Vec<PresenceEntry>,
}

impl Lenient for PresenceList {
    fn list<'de, A: SeqAccess<'de>>(list: A) -> Result<Option<Self>, A::Error> {
        Ok(Vec::list(list)?.map(|presence| Self { presence }))
    }
    fn object<'de, A: MapAccess<'de>>(object: A) -> Result<Option<Self>, A::Error> {
        Ok(PresenceWire::object(object)?.map(|wire| Self { presence: wire.presence }))
    }
}

impl<'de> Deserialize<'de> for PresenceList {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        field(from)
    }
}
