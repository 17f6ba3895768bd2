//! When to try a lost desktop again: sans-I/O.

use std::time::{Duration, Instant};

/// Longest wait.
const CAP: Duration = Duration::from_secs(30);
/// Shortest wait, so that a countdown can be read and nothing is hammered.
const FLOOR: Duration = Duration::from_millis(500);
/// A connection that was live this long starts the waits anew.
const HEALTHY: Duration = Duration::from_secs(60);

/// The waits double from one second to [`CAP`], each drawn at random between half of it and the
/// whole, so that a thousand viewers do not come back at once.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Retry {
    attempt: u32,
    until: Option<Instant>,
    live_since: Option<Instant>,
}

impl Retry {
    /// A connection failed; `jitter` is drawn from 0 to 1. Gives when to try again.
    pub fn failed(&mut self, now: Instant, jitter: f64) -> Instant {
        if self.live_since.take().is_some_and(|since| now.duration_since(since) >= HEALTHY) {
            self.attempt = 0;
        }
        let whole = CAP.min(Duration::from_secs(1 << self.attempt.min(5)));
        let wait = FLOOR.max(whole.mul_f64(0.5 + 0.5 * jitter.clamp(0.0, 1.0)));
        self.attempt = self.attempt.saturating_add(1);
        let until = now + wait;
        self.until = Some(until);
        until
    }

    /// The connection is live.
    pub fn live(&mut self, now: Instant) {
        self.until = None;
        self.live_since.get_or_insert(now);
    }

    /// An attempt begins, or waiting is over.
    pub fn stop_waiting(&mut self) {
        self.until = None;
    }

    /// When to try again; `None` when nothing is planned.
    #[must_use]
    pub fn until(&self) -> Option<Instant> {
        self.until
    }

    /// Number of the attempt to come, from 1.
    #[must_use]
    pub fn attempt(&self) -> u32 {
        self.attempt.max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_to_the_cap_and_stay_jittered() {
        let now = Instant::now();
        let mut retry = Retry::default();
        let waits: Vec<f64> =
            (0..8).map(|_| retry.failed(now, 1.0).duration_since(now).as_secs_f64()).collect();
        assert_eq!(waits, [1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0, 30.0]);
        let least = retry.failed(now, 0.0).duration_since(now);
        assert_eq!(least, CAP / 2);
        assert_eq!(retry.attempt(), 9);
    }

    #[test]
    fn a_healthy_minute_starts_anew_and_a_short_one_does_not() {
        let now = Instant::now();
        let mut retry = Retry::default();
        retry.failed(now, 1.0);
        retry.failed(now, 1.0);
        retry.live(now);
        assert_eq!(retry.until(), None);
        retry.failed(now + Duration::from_secs(5), 1.0);
        assert_eq!(retry.attempt(), 3);
        retry.live(now + Duration::from_secs(10));
        retry.live(now + Duration::from_secs(60));
        retry.failed(now + Duration::from_secs(70), 1.0);
        assert_eq!(retry.attempt(), 1);
    }
}
