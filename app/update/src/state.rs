//! `state.json`: what must not be forgotten between starts.

use crate::{Config, json};
use semver::Version;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Longest file, in bytes.
pub(crate) const MOST: u64 = 256 * 1024;
/// Most versions that are remembered as failed; the oldest are forgotten.
const FAILED: usize = 50;
/// A check that came through further in the future than this, in seconds, did not happen: the
/// file or the clock of that day was wrong.
const FAR: u64 = 400 * 24 * 60 * 60;

/// Why a version was taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// It did not become healthy in two starts.
    DidNotStart,
    /// Its self-test failed, in these words; nothing was exchanged.
    SelfTest(String),
    /// The person went back to the version before.
    TakenBack,
}

impl std::fmt::Display for Reason {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::DidNotStart => f.write_str("it did not start well twice"),
            Self::SelfTest(why) => write!(f, "it does not run on this computer: {why}"),
            Self::TakenBack => f.write_str("you went back to the version before"),
        }
    }
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
    /// A new version was taken back, or not taken.
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
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    /// No version below this is taken.
    pub floor_version: Version,
    /// No manifest with a number below this is taken.
    pub floor_seq: u64,
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
    /// The file that all this is kept in was damaged, and begun anew.
    pub damaged: bool,
}

/// The file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct State {
    /// No version below this is taken.
    pub(crate) floor_version: Version,
    /// No manifest with a number below this is taken.
    pub(crate) floor_seq: u64,
    /// Seconds since 1970.
    pub(crate) last_ok_check: Option<u64>,
    pub(crate) failed: BTreeMap<Version, Reason>,
    #[serde(default)]
    pub(crate) last: Option<LastResult>,
    /// Which list of keys the number was signed under.
    #[serde(default)]
    pub(crate) keys: String,
}

impl State {
    /// What is known at first.
    pub(crate) fn new(config: &Config) -> Self {
        Self {
            floor_version: config.version.clone(),
            floor_seq: config.min_seq,
            last_ok_check: None,
            failed: BTreeMap::new(),
            last: None,
            keys: config.keys.name(),
        }
    }

    /// Reads the file; and whether it was damaged. `now` in seconds since 1970. The number is never
    /// less than what is built in. The version may be less than what runs: one that is on trial
    /// raises no floor.
    pub(crate) fn read(bytes: Option<&[u8]>, config: &Config, now: u64) -> (Self, bool) {
        let new = Self::new(config);
        let Some(bytes) = bytes else { return (new, false) };
        let Ok(mut state) = json::read::<Self>(bytes) else { return (new, true) };
        if state.keys != new.keys {
            // Whoever had the keys before may have used up the numbers.
            state.floor_seq = new.floor_seq;
            state.keys = new.keys;
        }
        state.floor_seq = state.floor_seq.max(new.floor_seq);
        state.last_ok_check = state.last_ok_check.filter(|at| *at <= now.saturating_add(FAR));
        (state, false)
    }

    /// Remembers a version as failed.
    pub(crate) fn fail(&mut self, version: &Version, reason: Reason, at: u64) {
        self.failed.insert(version.clone(), reason.clone());
        while self.failed.len() > FAILED {
            self.failed.pop_first();
        }
        self.last = Some(LastResult::Failed { version: version.clone(), reason, at });
    }
}

/// Seconds since 1970; 0 before.
pub(crate) fn seconds(time: SystemTime) -> u64 {
    time.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

/// The time of so many seconds since 1970, or the beginning of 1970 where there is no such time.
pub(crate) fn time(seconds: u64) -> SystemTime {
    UNIX_EPOCH.checked_add(Duration::from_secs(seconds)).unwrap_or(UNIX_EPOCH)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Keys;
    use proptest::prelude::*;

    fn config() -> Config {
        Config {
            keys: Keys::default(),
            version: Version::new(1, 0, 0),
            target: "linux-x86_64".into(),
            product: "multiclaw".into(),
            channel: "stable".into(),
            base: "https://cdn.multiclaw.io/desktop/".parse().unwrap(),
            program: "/nonexistent".into(),
            state: "/nonexistent".into(),
            min_seq: 100,
            newest: None,
        }
    }

    /// Later versions read this file: a change here is a change for everybody.
    #[test]
    fn the_file() {
        let failed = [
            (Version::new(1, 1, 0), Reason::DidNotStart),
            (Version::new(1, 2, 0), Reason::SelfTest("it ended".into())),
            (Version::new(1, 3, 0), Reason::TakenBack),
        ];
        let state = State {
            floor_version: Version::new(1, 0, 5),
            floor_seq: 140,
            last_ok_check: Some(1_774_915_200),
            failed: failed.into(),
            last: Some(LastResult::Installed { version: Version::new(1, 0, 5), at: 7 }),
            keys: config().keys.name(),
        };
        let text = format!(
            r#"{{"floor_version":"1.0.5","floor_seq":140,"last_ok_check":1774915200,"failed":{{"1.1.0":"did-not-start","1.2.0":{{"self-test":"it ended"}},"1.3.0":"taken-back"}},"last":{{"installed":{{"version":"1.0.5","at":7}}}},"keys":"{}"}}"#,
            state.keys
        );
        assert_eq!(serde_json::to_string(&state).unwrap(), text);
        assert_eq!(State::read(Some(text.as_bytes()), &config(), 1_774_915_200), (state, false));
        // As the first version of the format has it.
        let least = r#"{"floor_version":"1.0.5","floor_seq":140,"last_ok_check":null,"failed":{}}"#;
        let (read, damaged) = State::read(Some(least.as_bytes()), &config(), 0);
        assert!(!damaged);
        assert_eq!(read.floor_seq, 100, "a list of keys that is not named is another one");
        assert_eq!(read.floor_version, Version::new(1, 0, 5));
    }

    #[test]
    fn what_failed_is_not_remembered_for_ever() {
        let mut state = State::new(&config());
        for minor in 0..60 {
            state.fail(&Version::new(1, minor, 0), Reason::TakenBack, 1);
        }
        assert_eq!(state.failed.len(), FAILED);
        assert!(state.failed.contains_key(&Version::new(1, 59, 0)));
    }

    proptest! {
        #[test]
        fn any_file_reads_and_never_below_what_is_built_in(
            bytes in prop::collection::vec(any::<u8>(), 0..100),
            seq in any::<u64>(),
            last in any::<u64>(),
            now in any::<u64>(),
        ) {
            let (state, damaged) = State::read(Some(&bytes), &config(), now);
            prop_assert!(damaged && state == State::new(&config()));
            let kept = State { floor_seq: seq, last_ok_check: Some(last), ..State::new(&config()) };
            let bytes = serde_json::to_vec(&kept).unwrap();
            let (state, damaged) = State::read(Some(&bytes), &config(), now);
            prop_assert!(!damaged && state.floor_seq == seq.max(100));
            prop_assert!(state.last_ok_check.is_none_or(|last| last <= now.saturating_add(FAR)));
        }

        #[test]
        fn nothing_is_taken_that_stands_twice(field in 0..5_usize, at_end in any::<bool>()) {
            let text = serde_json::to_string(&State::new(&config())).unwrap();
            let names = ["floor_version", "floor_seq", "last_ok_check", "failed", "keys"];
            let twice = format!("\"{}\":0", names[field]);
            let text = match at_end {
                true => format!("{},{twice}}}", text.strip_suffix("}").unwrap()),
                false => text.replacen('{', &format!("{{{twice},"), 1),
            };
            prop_assert!(State::read(Some(text.as_bytes()), &config(), 0).1, "{}", text);
        }
    }
}
