//! The difference between the daemon's clock and ours, from pings (`PROTOCOL.md`, "Control").

use std::collections::VecDeque;
use std::time::{Duration, Instant};

/// Pings that may be unanswered; older ones are forgotten.
const OUTSTANDING: usize = 8;
/// A sample serves this long: crystals drift some 50 µs a second apart, so a minute is 3 ms.
const SAMPLE_LIFE: Duration = Duration::from_secs(60);

/// Turns capture times into ages.
#[derive(Debug)]
pub struct ClockEstimate {
    origin: Instant,
    next: u32,
    sent: VecDeque<(u32, Instant)>,
    best: Option<Sample>,
    last_round_trip: Option<Duration>,
}

#[derive(Clone, Copy, Debug)]
struct Sample {
    round_trip: Duration,
    taken: Instant,
    /// Daemon's clock minus ours since `origin`, in microseconds.
    offset_us: i128,
}

impl ClockEstimate {
    /// Starts without an estimate.
    #[must_use]
    pub fn new(now: Instant) -> Self {
        Self { origin: now, next: 1, sent: VecDeque::new(), best: None, last_round_trip: None }
    }

    /// Registers a ping that is sent now; gives its id.
    pub fn ping(&mut self, now: Instant) -> u32 {
        let id = self.next;
        self.next = self.next.wrapping_add(1);
        if self.sent.len() >= OUTSTANDING {
            self.sent.pop_front();
        }
        self.sent.push_back((id, now));
        id
    }

    /// Takes an answer. One with an unknown id is skipped.
    pub fn pong(&mut self, id: u32, clock_us: u64, now: Instant) {
        let Some(at) = self.sent.iter().position(|(sent, _)| *sent == id) else { return };
        let Some((_, sent)) = self.sent.remove(at) else { return };
        let round_trip = now.saturating_duration_since(sent);
        self.last_round_trip = Some(round_trip);
        let middle = self.since_origin(sent) + micros(round_trip) / 2;
        let sample = Sample { round_trip, taken: now, offset_us: i128::from(clock_us) - middle };
        let better = self.best.is_none_or(|best| {
            round_trip <= best.round_trip || now.saturating_duration_since(best.taken) > SAMPLE_LIFE
        });
        if better {
            self.best = Some(sample);
        }
    }

    /// How long ago the daemon's clock showed `captured_us`; `None` without an estimate. Times
    /// in the future (an estimate is only so good) count as now.
    #[must_use]
    pub fn age(&self, captured_us: u64, now: Instant) -> Option<Duration> {
        let best = self.best?;
        let age = self.since_origin(now) + best.offset_us - i128::from(captured_us);
        Some(Duration::from_micros(u64::try_from(age.max(0)).unwrap_or(u64::MAX)))
    }

    /// The last round trip.
    #[must_use]
    pub fn round_trip(&self) -> Option<Duration> {
        self.last_round_trip
    }

    fn since_origin(&self, at: Instant) -> i128 {
        micros(at.saturating_duration_since(self.origin))
    }
}

fn micros(duration: Duration) -> i128 {
    i128::try_from(duration.as_micros()).unwrap_or(i128::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MS: Duration = Duration::from_millis(1);

    #[test]
    fn age_is_right_with_a_symmetric_path() {
        let start = Instant::now();
        let mut clock = ClockEstimate::new(start);
        assert_eq!(clock.age(5, start), None);
        let id = clock.ping(start);
        // The daemon's clock shows 1000 s when the ping arrives, 5 ms after it was sent.
        clock.pong(id, 1_000_000_000, start + 10 * MS);
        assert_eq!(clock.round_trip(), Some(10 * MS));
        assert_eq!(clock.age(1_000_000_000, start + 25 * MS), Some(20 * MS));
        assert_eq!(clock.age(2_000_000_000, start), Some(Duration::ZERO));
    }

    #[test]
    fn the_shortest_round_trip_wins_until_it_is_old() {
        let start = Instant::now();
        let mut clock = ClockEstimate::new(start);
        let id = clock.ping(start);
        clock.pong(id, 1_000_000, start + 2 * MS);
        let good = clock.age(1_000_000, start + 2 * MS);
        let id = clock.ping(start + 10 * MS);
        clock.pong(id, 9_000_000, start + 500 * MS);
        assert_eq!(clock.age(1_000_000, start + 2 * MS), good);
        let later = start + SAMPLE_LIFE + 600 * MS;
        let id = clock.ping(later);
        clock.pong(id, 100_000_000, later + 50 * MS);
        assert_eq!(clock.age(100_000_000, later + 50 * MS), Some(25 * MS));
    }

    #[test]
    fn foreign_answers_are_skipped_and_the_list_is_bounded() {
        let start = Instant::now();
        let mut clock = ClockEstimate::new(start);
        clock.pong(77, 1, start);
        assert_eq!(clock.round_trip(), None);
        for _ in 0..100 {
            clock.ping(start);
        }
        assert_eq!(clock.sent.len(), OUTSTANDING);
    }
}
