//! `system.*`: the machine that the gateway runs on.

use super::lenient::{answer, method};
use super::top::ProcessMemory;

method! {
    /// The machine and the gateway's process.
    pub struct Info = "system.info" -> Machine {}
}

answer! {
    /// The machine that the gateway runs on.
    pub struct Machine {
        /// Its name for people.
        pub machine_name: String,
        /// Its host name.
        pub hostname: String,
        /// `linux`, `darwin`, `win32`.
        pub platform: String,
        /// The operating system for people.
        pub os_label: String,
        /// The processor's architecture.
        pub arch: String,
        /// Version of Node.js.
        pub node_version: String,
        /// The gateway's process.
        pub pid: Option<u32>,
        /// The gateway's port.
        pub port: Option<u16>,
        /// Changes with each start of the gateway.
        pub process_instance_id: String,
        /// How long it runs, in milliseconds.
        pub uptime_ms: u64,
        /// Processors.
        pub cpu_count: u32,
        /// The processor's name.
        pub cpu_model: String,
        /// Load over 1, 5 and 15 minutes.
        pub load_average: Vec<f64>,
        /// Memory of the machine, in bytes.
        pub memory_total_bytes: u64,
        /// Free memory of the machine, in bytes.
        pub memory_free_bytes: u64,
        /// Memory of the gateway, in bytes.
        pub process_memory: ProcessMemory,
    }
}
