//! `update.*`

use super::lenient::{answer, method};

method! {
    /// Whether there is a newer gateway.
    pub struct Status = "update.status" -> UpdateStatus {}
}

answer! {
    /// Whether there is a newer gateway.
    pub struct UpdateStatus {
        /// What is newer.
        pub update_available: Option<Newer>,
        /// `stable`, `beta`, `dev`, ...
        pub effective_channel: Option<String>,
    }
    /// A newer gateway.
    pub struct Newer {
        /// The version that runs.
        pub current_version: String,
        /// The newest.
        pub latest_version: String,
        /// `stable`, `beta`, `dev`, ...
        pub channel: String,
    }
}
