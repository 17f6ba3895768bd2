//! Methods without a namespace.

use super::lenient::{answer, method};
use crate::events::PresenceList;

method! {
    /// Whether the gateway is well. Works without any right.
    pub struct Health = "health" -> HealthReport {}
    /// What the gateway is doing.
    pub struct Status = "status" -> StatusReport {}
    /// Who is connected.
    pub struct SystemPresence = "system-presence" -> PresenceList {}
}

answer! {
    /// How the gateway is.
    pub struct HealthReport {
        /// Whether all is well.
        pub ok: bool,
        /// When, in milliseconds since 1970.
        pub ts: u64,
        /// How long looking took, in milliseconds.
        pub duration_ms: u64,
        /// The agent that answers when none is named.
        pub default_agent_id: String,
        /// Its plugins.
        pub plugins: HealthPlugins,
        /// The channels' ids, in the order to show.
        pub channel_order: Vec<String>,
        /// The event loop's load.
        pub event_loop: EventLoop,
    }
    /// Which plugins run.
    pub struct HealthPlugins {
        /// Their ids.
        pub loaded: Vec<String>,
    }
    /// How busy the gateway's event loop is.
    pub struct EventLoop {
        /// Whether it is too busy.
        pub degraded: bool,
        /// Why: `event_loop_delay`, `event_loop_utilization`, `cpu`.
        pub reasons: Vec<String>,
        /// 0 to 1.
        pub utilization: f64,
    }
    /// What the gateway is doing.
    pub struct StatusReport {
        /// Its version.
        pub runtime_version: String,
        /// Its process.
        pub pid: Option<u32>,
        /// Its memory.
        pub process_memory: ProcessMemory,
        /// Background tasks.
        pub tasks: TaskCounts,
        /// Its conversations.
        pub sessions: SessionCounts,
        /// Plugins that do not work, by name or as the gateway words it.
        pub degraded_plugins: Vec<String>,
    }
    /// Memory of the gateway's process, in bytes.
    pub struct ProcessMemory {
        /// Resident.
        pub rss_bytes: u64,
        /// JavaScript's heap in use.
        pub heap_used_bytes: u64,
    }
    /// How many background tasks there are.
    pub struct TaskCounts {
        /// All.
        pub total: u64,
        /// Running or waiting.
        pub active: u64,
        /// Failed.
        pub failures: u64,
    }
    /// How many conversations there are.
    pub struct SessionCounts {
        /// All.
        pub count: u64,
    }
}
