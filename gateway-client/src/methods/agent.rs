//! `agent.*`

use super::lenient::{answer, method};

method! {
    /// How an agent shows itself.
    pub struct IdentityGet = "agent.identity.get" -> Identity {
        /// The agent.
        pub agent_id: Option<String>,
        /// Or a conversation of it.
        pub session_key: Option<String>,
    }
}

answer! {
    /// How an agent shows itself.
    pub struct Identity {
        /// The agent.
        pub agent_id: String,
        /// Its name.
        pub name: Option<String>,
        /// `config`, `agent`, `workspace`, `default`.
        pub name_source: Option<String>,
        /// A picture's path or address, as the gateway has it. Never fetched blindly.
        pub avatar: Option<String>,
        /// A picture for it.
        pub emoji: Option<String>,
    }
}
