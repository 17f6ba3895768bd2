//! `channels.*`: where else the agents can be reached.

use super::lenient::{answer, method};
use std::collections::BTreeMap;

method! {
    /// The channels.
    pub struct Status = "channels.status" -> Channels, 60 s {
        /// Ask each whether it works.
        pub probe: Option<bool>,
        /// How long to ask, in milliseconds.
        pub timeout_ms: Option<u64>,
        /// Only this one.
        pub channel: Option<String>,
    }
    /// Starts a channel.
    pub struct Start = "channels.start" -> Switched, 60 s {
        /// Which.
        pub channel: String,
        /// Which of its accounts.
        pub account_id: Option<String>,
    }
    /// Stops a channel.
    pub struct Stop = "channels.stop" -> Switched, 60 s {
        /// Which.
        pub channel: String,
        /// Which of its accounts.
        pub account_id: Option<String>,
    }
}

answer! {
    /// The channels.
    pub struct Channels {
        /// When, in milliseconds since 1970.
        pub ts: u64,
        /// Their ids, in the order to show.
        pub channel_order: Vec<String>,
        /// Their names.
        pub channel_labels: BTreeMap<String, String>,
        /// Their accounts.
        pub channel_accounts: BTreeMap<String, Vec<Account>>,
        /// What each says of itself.
        pub channels: BTreeMap<String, Channel>,
        /// What the gateway warns of.
        pub warnings: Vec<String>,
    }
    /// A channel.
    pub struct Channel {
        /// Whether it was set up.
        pub configured: Option<bool>,
        /// Whether it runs.
        pub running: Option<bool>,
        /// What went wrong.
        pub last_error: Option<String>,
    }
    /// An account of a channel.
    pub struct Account {
        /// Its id.
        pub account_id: String,
        /// Its name.
        pub name: Option<String>,
        /// Whether it may be used.
        pub enabled: Option<bool>,
        /// Whether it was set up.
        pub configured: Option<bool>,
        /// Whether it runs.
        pub running: Option<bool>,
        /// Whether it is connected.
        pub connected: Option<bool>,
        /// What went wrong.
        pub last_error: Option<String>,
    }
    /// A channel was started or stopped.
    pub struct Switched {
        /// Which.
        pub channel: String,
        /// Which of its accounts.
        pub account_id: Option<String>,
        /// Whether it was started.
        pub started: Option<bool>,
        /// Whether it was stopped.
        pub stopped: Option<bool>,
    }
}
