//! The gateway's methods, typed. One module for each namespace.

pub mod agent;
pub mod agents;
pub mod channels;
pub mod chat;
pub mod commands;
pub mod config;
pub mod cron;
pub mod device;
pub mod exec;
pub mod gateway;
pub(crate) mod lenient;
pub mod logs;
mod message;
pub mod models;
pub mod sessions;
pub mod skills;
pub mod system;
mod top;
pub mod update;
pub mod usage;

pub use lenient::Change;
pub use top::*;

use serde::Serialize;
use serde::de::DeserializeOwned;

/// A method with its parameters.
pub trait Method: Serialize + Sync {
    /// Its name on the wire, for example `chat.send`.
    const NAME: &'static str;
    /// What it answers.
    type Answer: DeserializeOwned + Send;
    /// How long an answer may take, in seconds.
    const SECONDS: u64 = 30;
}

/// What the gateway says when it lets a device in (`hello-ok`).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Hello {
    /// The gateway's version, for example `2026.9.6`.
    pub version: String,
    /// Changes with each start of the gateway.
    pub boot_id: String,
    /// What may be called.
    pub methods: Vec<String>,
    /// The rights of this connection, for example `operator.read`.
    pub scopes: Vec<String>,
    /// Longest frame it takes, in bytes.
    pub max_payload: usize,
    /// How often it ticks, in milliseconds.
    pub tick_ms: u64,
    /// Largest attachment of a message, in bytes.
    pub max_attachment: usize,
    /// Largest picture of a message, in bytes.
    pub max_image: usize,
    /// How long it ran when it said so, in milliseconds.
    pub uptime_ms: u64,
    /// The agent that answers when none is named.
    pub default_agent: String,
    /// The default agent's main conversation.
    pub main_session: String,
    /// Its state folder.
    pub state_dir: String,
}
