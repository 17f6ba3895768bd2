//! `models.*`

use super::lenient::{answer, method};
use super::sessions::ThinkingLevel;

method! {
    /// The models.
    pub struct List = "models.list" -> Models {
        /// As this agent may use them.
        pub agent_id: Option<String>,
        /// `default`, `configured`, `provider-config`, `all`.
        pub view: Option<String>,
        /// Ask the providers again.
        pub refresh: Option<bool>,
    }
    /// Whether the providers can be used.
    pub struct AuthStatus = "models.authStatus" -> Auth {
        /// Ask the providers again.
        pub refresh: Option<bool>,
        /// As this agent may use them.
        pub agent_id: Option<String>,
    }
}

answer! {
    /// The models.
    pub struct Models {
        /// The models.
        pub models: Vec<Model>,
    }
    /// A model. Elsewhere it is named `provider/id`: [`Model::full_id`].
    pub struct Model {
        /// Its id at its provider.
        pub id: String,
        /// For people.
        pub name: String,
        /// The provider.
        pub provider: String,
        /// A short name.
        pub alias: Option<String>,
        /// `default`, ...
        pub tags: Vec<String>,
        /// Whether it can be used; not known when `None`.
        pub available: Option<bool>,
        /// Why not: `missing-auth`, `auth-failed`, `cooldown`.
        pub unavailable_reason: Option<String>,
        /// How many tokens fit.
        pub context_window: Option<u64>,
        /// Whether it thinks.
        pub reasoning: bool,
        /// Thinking levels to choose from.
        pub thinking_levels: Vec<ThinkingLevel>,
        /// The level when none is set.
        pub thinking_default: Option<String>,
        /// What it takes: `text`, `image`, ...
        pub input: Vec<String>,
        /// Whether it calls tools; not known when `None`.
        pub supports_tools: Option<bool>,
    }
    /// Whether the providers can be used.
    pub struct Auth {
        /// When, in milliseconds since 1970.
        pub ts: u64,
        /// The providers.
        pub providers: Vec<Provider>,
    }
    /// A provider.
    pub struct Provider {
        /// Its id.
        pub provider: String,
        /// For people.
        pub display_name: Option<String>,
        /// `ok`, `missing`, `expired`, `expiring`, `static`.
        pub status: String,
    }
}

impl Model {
    /// Its name as `provider/id`.
    #[must_use]
    pub fn full_id(&self) -> String {
        format!("{}/{}", self.provider, self.id)
    }
}
