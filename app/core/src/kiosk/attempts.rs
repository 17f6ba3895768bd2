//! How often a PIN may be tried.
//!
//! Five attempts, then a wait that doubles with each further wrong one. The count is written to
//! the disk before a PIN is checked, so that pulling the plug while it is checked gains nothing.

use serde::{Deserialize, Serialize};

/// Attempts before the first wait.
const FREE: u32 = 5;
/// First wait, in seconds.
const FIRST: i64 = 30;
/// Longest wait, in seconds: an hour.
const LONGEST: i64 = 3600;

/// What is kept over restarts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attempts {
    /// Wrong ones since the last right one; one that is being checked counts as wrong.
    failed: u32,
    /// No attempt before this time, in seconds since 1970.
    until: i64,
}

impl Attempts {
    /// As it stands when what was kept cannot be read: as if all free attempts were used, so that
    /// destroying the file gains nothing.
    #[must_use]
    pub fn unknown(now: i64) -> Self {
        Self { failed: FREE, until: now + FIRST }
    }

    /// Seconds that are left to wait; 0 when a PIN may be tried. A clock that was set back cannot
    /// make the wait longer than it was.
    #[must_use]
    pub fn wait(&self, now: i64) -> u32 {
        let left = self.until.saturating_sub(now).clamp(0, wait_after(self.failed));
        u32::try_from(left).unwrap_or(0)
    }

    /// Attempts that are left before there is a wait.
    #[must_use]
    pub fn left(&self) -> u32 {
        FREE.saturating_sub(self.failed).max(1)
    }

    /// An attempt begins: it counts as wrong until [`Attempts::right`]. `false`: it may not.
    pub fn begin(&mut self, now: i64) -> bool {
        if self.wait(now) > 0 {
            return false;
        }
        self.failed = self.failed.saturating_add(1);
        self.until = now.saturating_add(wait_after(self.failed));
        true
    }

    /// The PIN was right.
    pub fn right(&mut self) {
        *self = Self::default();
    }
}

/// Seconds to wait after so many wrong ones.
fn wait_after(failed: u32) -> i64 {
    match failed.checked_sub(FREE) {
        None => 0,
        Some(more) => LONGEST.min(FIRST << more.min(16)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_are_free_and_then_the_waits_grow_to_an_hour() {
        let mut a = Attempts::default();
        let mut now = 1_000_000;
        for left in [5, 4, 3, 2, 1] {
            assert_eq!((a.left(), a.wait(now)), (left, 0));
            assert!(a.begin(now));
        }
        for wait in [30, 60, 120, 240, 480, 960, 1920, 3600, 3600] {
            assert_eq!(a.wait(now), wait);
            assert!(!a.begin(now), "not while waiting");
            now += i64::from(wait) - 1;
            assert_eq!(a.wait(now), 1);
            now += 1;
            assert!(a.begin(now), "one after each wait");
        }
        a.right();
        assert_eq!((a.left(), a.wait(now)), (5, 0));
    }

    #[test]
    fn a_restart_and_a_clock_that_was_set_change_little() {
        let mut a = Attempts::default();
        for _ in 0..5 {
            a.begin(500);
        }
        let text = serde_json::to_string(&a).unwrap();
        assert_eq!(text, r#"{"failed":5,"until":530}"#, "the stored form is this");
        let kept: Attempts = serde_json::from_str(&text).unwrap();
        assert_eq!(kept.wait(510), 20);
        assert_eq!(kept.wait(-100_000), 30, "set back: never longer than it was");
        let mut later = kept;
        assert!(later.begin(10_000));
        assert_eq!(later.wait(10_000), 60, "set forward: one attempt, and the count stays");
        assert_eq!(Attempts::unknown(7).wait(7), 30);
    }

    #[test]
    fn hostile_numbers_do_no_harm() {
        for text in [
            r#"{"failed":4294967295,"until":9223372036854775807}"#,
            r#"{"failed":4294967295,"until":-9223372036854775808}"#,
            r#"{"failed":0,"until":9223372036854775807}"#,
        ] {
            let mut a: Attempts = serde_json::from_str(text).unwrap();
            for now in [i64::MIN, 0, i64::MAX] {
                assert!(a.wait(now) <= 3600);
                a.begin(now);
            }
        }
    }
}
