//! `state.json`: what must not be forgotten between starts.

use semver::Version;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::time::SystemTime;

/// Why a version was taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// It did not become healthy in two starts.
    DidNotStart,
    /// Its self-test failed; nothing was exchanged.
    SelfTest(String),
    /// The person went back to the version before.
    TakenBack,
}

/// How the last change of versions went.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LastResult {
    /// A new version runs well.
    Installed {
        /// The version.
        version: Version,
        /// Seconds since 1970.
        at: u64,
    },
    /// A new version was taken back.
    Failed {
        /// The version.
        version: Version,
        /// Why.
        reason: Reason,
        /// Seconds since 1970.
        at: u64,
    },
}

/// What is known without asking anybody.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Status {
    /// No version below this is taken.
    pub floor: Option<Version>,
    /// When a check last came through.
    pub last_ok_check: Option<SystemTime>,
    /// Versions that were tried and taken back. They are not offered again by themselves.
    pub failed: BTreeMap<Version, Reason>,
    /// What waits for the next start.
    pub staged: Option<Version>,
    /// What can be gone back to.
    pub previous: Option<Version>,
    /// Going back waits for the next start.
    pub going_back: bool,
    /// How the last change of versions went.
    pub last: Option<LastResult>,
}
