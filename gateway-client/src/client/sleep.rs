//! Noticing that the machine has slept: the wall clock went on, the monotonic clock did not.

use std::time::{Duration, Instant, SystemTime};

/// Between two looks.
pub(super) const LOOK: Duration = Duration::from_secs(10);
/// Clocks that drift or are set by so much do not count as sleep.
const MOST: Duration = Duration::from_secs(30);

/// Compares the two clocks.
#[derive(Debug)]
pub(super) struct Watch {
    last: (Instant, SystemTime),
}

impl Watch {
    pub(super) fn new() -> Self {
        Self { last: (Instant::now(), SystemTime::now()) }
    }

    /// Whether the machine slept since the last look. A wall clock that was set back, or forward
    /// by hand, may look like sleep once; a new connection is all that it costs.
    pub(super) fn has_slept(&mut self, now: Instant, wall: SystemTime) -> bool {
        let (then, wall_then) = std::mem::replace(&mut self.last, (now, wall));
        let passed = now.saturating_duration_since(then);
        wall.duration_since(wall_then).is_ok_and(|on_wall| on_wall > passed + MOST)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sleep_shows_once_and_a_clock_set_back_does_not() {
        let mut watch = Watch::new();
        let (start, wall) = watch.last;
        let second = Duration::from_secs(1);
        assert!(!watch.has_slept(start + 10 * second, wall + 11 * second));
        assert!(watch.has_slept(start + 20 * second, wall + 5 * 3600 * second));
        assert!(!watch.has_slept(start + 30 * second, wall + (5 * 3600 + 10) * second));
        assert!(!watch.has_slept(start + 40 * second, wall));
    }
}
