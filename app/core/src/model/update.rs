//! What the page "Updates" shows, and the rules that a person or an administrator sets for it.

use super::Problem;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::str::FromStr;
use std::sync::Arc;

/// Minutes of a day.
const DAY: u16 = 24 * 60;

/// A time of day, to the minute, in local time. Written as `"22:00"`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TimeOfDay(u16);

impl TimeOfDay {
    /// `None` when there is no such time.
    #[must_use]
    pub const fn new(hour: u16, minute: u16) -> Option<Self> {
        if hour < 24 && minute < 60 { Some(Self(hour * 60 + minute)) } else { None }
    }

    /// Minutes since midnight.
    #[must_use]
    pub const fn minutes(self) -> u16 {
        self.0
    }

    /// So many minutes later, over midnight where it comes to that.
    #[must_use]
    pub const fn later(self, minutes: u16) -> Self {
        Self((self.0 + minutes % DAY) % DAY)
    }
}

impl std::fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

/// A text that is no time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a time of day is like \"22:00\"")]
pub struct NoTimeOfDay;

impl FromStr for TimeOfDay {
    type Err = NoTimeOfDay;

    fn from_str(text: &str) -> Result<Self, NoTimeOfDay> {
        let (hour, minute) = text.split_once(':').ok_or(NoTimeOfDay)?;
        let number = |text: &str| {
            let plain = text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit());
            plain.then(|| text.parse().ok()).flatten()
        };
        let (hour, minute) = number(hour).zip(number(minute)).ok_or(NoTimeOfDay)?;
        Self::new(hour, minute).ok_or(NoTimeOfDay)
    }
}

impl Serialize for TimeOfDay {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for TimeOfDay {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}

/// Hours of each day in which nothing is checked, downloaded or said by itself. May go over
/// midnight. Where both ends are the same there are none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuietHours {
    /// They begin.
    pub from: TimeOfDay,
    /// They are over.
    pub to: TimeOfDay,
}

impl QuietHours {
    /// Whether this time is in them.
    #[must_use]
    pub const fn contains(self, at: TimeOfDay) -> bool {
        let (from, to, at) = (self.from.0, self.to.0, at.0);
        if from <= to { from <= at && at < to } else { from <= at || at < to }
    }

    /// Minutes from `at` until they are over; `None` outside of them.
    #[must_use]
    pub const fn left(self, at: TimeOfDay) -> Option<u16> {
        if self.contains(at) { Some((self.to.0 + DAY - at.0) % DAY) } else { None }
    }
}

/// What an administrator rules about updates.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct UpdateRules {
    /// No version newer than this one is installed, and none is gone back to from it. A text that
    /// is no version keeps the program at the one that runs.
    pub stay_at: Option<String>,
    /// In the place of the person's own quiet hours.
    pub quiet: Option<QuietHours>,
}

impl UpdateRules {
    /// The newest version that may be installed; `None` where nothing is ruled.
    #[must_use]
    pub fn newest(&self, running: &semver::Version) -> Option<semver::Version> {
        let stay_at = self.stay_at.as_deref()?;
        Some(stay_at.trim().parse().unwrap_or_else(|_| running.clone()))
    }
}

/// Everything about updates.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Update {
    /// The running version.
    pub version: String,
    /// Operating system and processor, as they are sent; for example `linux-x86_64`.
    pub target: String,
    /// Whether this program can update itself.
    pub place: UpdatePlace,
    /// The keys that are built in.
    pub keys: Arc<Vec<UpdateKey>>,
    /// What is going on.
    pub state: UpdateState,
    /// When it was last checked, in local words; empty for never.
    pub last_check: String,
    /// How the last check or download of this run went.
    pub last_result: Option<UpdateResult>,
    /// How the last change of versions went.
    pub last_change: Option<UpdateResult>,
    /// What happened at this start, in whole sentences.
    pub notes: Arc<Vec<String>>,
    /// The version that can be gone back to.
    pub previous: Option<String>,
    /// It is gone back to it at the next start.
    pub going_back: bool,
    /// Versions that did not work here, or that were gone back from. They are not offered again.
    pub failed: Vec<FailedVersion>,
    /// Quiet hours that an administrator has set; the person's own are in the settings.
    pub quiet_by_rule: Option<QuietHours>,
    /// The administrator keeps this computer at a version: which, in a whole sentence.
    pub frozen: Option<String>,
    /// The program is to end and to start anew now.
    pub restarting: bool,
}

impl Update {
    /// A version waits for the next start. One quiet mark says so.
    #[must_use]
    pub const fn is_ready(&self) -> bool {
        matches!(self.state, UpdateState::Ready(_))
    }
}

/// Whether this program can update itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum UpdatePlace {
    /// It was started without that: a demo, a test.
    #[default]
    Off,
    /// It can.
    Ours,
    /// It was built without keys, so nothing could be verified.
    NoKeys,
    /// Its folder cannot be written.
    NotWritable {
        /// Which.
        folder: String,
    },
    /// Something else looks after its version.
    Packaged {
        /// For example `dpkg`.
        by: String,
    },
}

/// A key that is built in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UpdateKey {
    /// What it signs, in words.
    pub role: String,
    /// Its number, as minisign prints it.
    pub id: String,
    /// How the public key begins.
    pub begins: String,
}

/// A version that is offered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UpdateOffer {
    /// Its version.
    pub version: String,
    /// What changed, as the publisher wrote it.
    pub notes: String,
    /// The day it was published, in local words; may be empty.
    pub date: String,
    /// Bytes to download, in words; empty when it is not known.
    pub size: String,
}

/// What is going on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum UpdateState {
    /// Nothing.
    #[default]
    Idle,
    /// The list of versions is fetched.
    Checking,
    /// There is no newer version.
    UpToDate,
    /// There is one.
    Available {
        /// Which.
        offer: Arc<UpdateOffer>,
        /// Why it is not being downloaded, in a whole sentence.
        waits: Option<String>,
        /// It did not work here before: why.
        failed_before: Option<String>,
    },
    /// It is on its way.
    Downloading {
        /// Which.
        offer: Arc<UpdateOffer>,
        /// Bytes that are there.
        got: u64,
        /// Bytes in all.
        of: u64,
    },
    /// A file is looked at, or a verified one unpacked.
    Installing,
    /// It is verified, and runs from the next start on.
    Ready(Arc<UpdateOffer>),
    /// It did not work; nothing changed.
    Failed(Problem),
}

/// How something went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UpdateResult {
    /// In whole sentences.
    pub text: String,
    /// Well.
    pub good: bool,
}

/// A version that is not offered again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FailedVersion {
    /// Which.
    pub version: String,
    /// Why.
    pub reason: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(text: &str) -> TimeOfDay {
        text.parse().unwrap()
    }

    #[test]
    fn hours_may_go_over_midnight() {
        let night = QuietHours { from: at("22:00"), to: at("07:00") };
        for (time, quiet) in [
            ("21:59", None),
            ("22:00", Some(540)),
            ("23:59", Some(421)),
            ("00:00", Some(420)),
            ("06:59", Some(1)),
            ("07:00", None),
            ("12:00", None),
        ] {
            assert_eq!(night.left(at(time)), quiet, "{time}");
        }
        let work = QuietHours { from: at("09:00"), to: at("17:30") };
        assert!(work.contains(at("09:00")) && !work.contains(at("17:30")));
        let none = QuietHours { from: at("09:00"), to: at("09:00") };
        assert!(!none.contains(at("09:00")) && !none.contains(at("10:00")));
    }

    #[test]
    fn rules_are_plain_text() {
        let rules: UpdateRules =
            serde_json::from_str(r#"{"stay_at":"1.4.0","quiet":{"from":"22:00","to":"07:00"}}"#)
                .unwrap();
        assert_eq!(rules.stay_at.as_deref(), Some("1.4.0"));
        assert_eq!(rules.quiet.unwrap().to.to_string(), "07:00");
        assert_eq!(serde_json::from_str::<UpdateRules>("{}").unwrap(), UpdateRules::default());
        for bad in [
            r#"{"stayat":"1.4.0"}"#,
            r#"{"quiet":{"from":"24:00","to":"07:00"}}"#,
            r#"{"quiet":{"from":"22:0","to":"07:00"}}"#,
            r#"{"quiet":{"from":"+2:00","to":"07:00"}}"#,
            r#"{"quiet":{"from":"22:00"}}"#,
            r#"{"quiet":{"from":22,"to":7}}"#,
        ] {
            assert!(serde_json::from_str::<UpdateRules>(bad).is_err(), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn what_is_left_ends_exactly_at_the_end(from in 0..DAY, to in 0..DAY, now in 0..DAY) {
            let hours = QuietHours { from: TimeOfDay(from), to: TimeOfDay(to) };
            match hours.left(TimeOfDay(now)) {
                Some(left) => {
                    prop_assert!(left > 0);
                    prop_assert_eq!(TimeOfDay(now).later(left), hours.to);
                    prop_assert!(!hours.contains(TimeOfDay(now).later(left)));
                    prop_assert!(hours.contains(TimeOfDay(now).later(left - 1)));
                }
                None => prop_assert!(!hours.contains(TimeOfDay(now))),
            }
        }

        #[test]
        fn a_time_is_read_as_it_is_written(minutes in 0..DAY, text in ".{0,7}") {
            let time = TimeOfDay(minutes);
            prop_assert_eq!(time.to_string().parse(), Ok(time));
            if let Ok(time) = text.parse::<TimeOfDay>() {
                prop_assert_eq!(time.to_string(), text);
            }
        }
    }
}
