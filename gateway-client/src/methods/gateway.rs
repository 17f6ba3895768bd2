//! `gateway.*`: restarting.

use super::lenient::{answer, method};

method! {
    /// Whether a restart harms anything.
    pub struct RestartPreflight = "gateway.restart.preflight" -> Preflight {}
    /// Restarts the gateway. The event `shutdown` comes before it goes.
    pub struct RestartRequest = "gateway.restart.request" -> Scheduled {
        /// Why, for the gateway's log.
        pub reason: Option<String>,
    }
}

answer! {
    /// Whether a restart harms anything.
    pub struct Preflight {
        /// Whether nothing runs.
        pub safe: bool,
        /// How much runs.
        pub counts: Counts,
        /// What runs.
        pub blockers: Vec<Blocker>,
        /// For people, in English.
        pub summary: String,
    }
    /// How much runs.
    pub struct Counts {
        /// Messages that wait.
        pub queue_size: u64,
        /// Answers that wait.
        pub pending_replies: u64,
        /// Agents' turns.
        pub embedded_runs: u64,
        /// Jobs.
        pub cron_runs: u64,
        /// Programs in the background.
        pub background_exec_sessions: u64,
        /// Tasks.
        pub active_tasks: u64,
        /// All of it.
        pub total_active: u64,
    }
    /// Something that runs.
    pub struct Blocker {
        /// What.
        pub kind: String,
        /// How many.
        pub count: Option<u64>,
        /// For people, in English.
        pub message: String,
    }
    /// A restart is coming.
    pub struct Scheduled {
        /// Whether it is.
        pub ok: bool,
        /// `scheduled`, `deferred`, ...
        pub status: String,
        /// What would be harmed.
        pub preflight: Preflight,
    }
}
