//! When a screen signs in again. Sans I/O: both clocks are given.

use crate::ScreenBearer;
use std::time::{Duration, Instant, SystemTime};

/// A bearer this close to its end is replaced first.
const EARLY: Duration = Duration::from_secs(5 * 60);
/// A bearer lives at most this long, whatever the cloud says.
const LONGEST: Duration = Duration::from_secs(24 * 3600);
/// And at least this long, so that a cloud that says nought is not asked with every request.
const SHORTEST: Duration = Duration::from_secs(60);

/// The bearer there is, and until when it is used.
#[derive(Debug, Default)]
pub struct Renewal(Option<Held>);

#[derive(Debug)]
struct Held {
    bearer: ScreenBearer,
    /// On the monotonic clock, which stands still while the machine sleeps on some systems.
    until: Instant,
    /// On the wall clock, which may be set.
    wall_until: SystemTime,
}

impl Renewal {
    /// The bearer to use; `None` when it is time to sign in: there is none, or it is about to
    /// end, or it has ended while the machine slept.
    #[must_use]
    pub fn bearer(&self, now: Instant, wall: SystemTime) -> Option<ScreenBearer> {
        let held = self.0.as_ref()?;
        (now < held.until && wall < held.wall_until).then(|| held.bearer.clone())
    }

    /// A bearer came that is good for this long.
    pub fn signed_in(
        &mut self,
        bearer: ScreenBearer,
        life: Duration,
        now: Instant,
        wall: SystemTime,
    ) {
        let life = life.clamp(SHORTEST, LONGEST);
        let used = life.saturating_sub(EARLY.min(life / 5));
        self.0 = Some(Held { bearer, until: now + used, wall_until: wall + used });
    }

    /// The cloud does not take this bearer any more. One that has come meanwhile stays.
    pub fn refused(&mut self, bearer: &ScreenBearer) {
        if self.0.as_ref().is_some_and(|held| held.bearer == *bearer) {
            self.0 = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: Duration = Duration::from_secs(60);

    fn bearer(text: &str) -> ScreenBearer {
        ScreenBearer::new(text.into())
    }

    fn held(life: Duration) -> (Renewal, Instant, SystemTime) {
        let (mut renewal, now, wall) = (Renewal::default(), Instant::now(), SystemTime::now());
        assert_eq!(renewal.bearer(now, wall), None);
        renewal.signed_in(bearer("one"), life, now, wall);
        (renewal, now, wall)
    }

    #[test]
    fn it_signs_in_again_before_the_end() {
        let (renewal, now, wall) = held(60 * MINUTE);
        let at = |minutes| renewal.bearer(now + minutes * MINUTE, wall + minutes * MINUTE);
        assert_eq!(at(54), Some(bearer("one")));
        assert_eq!(at(55), None);
    }

    #[test]
    fn it_signs_in_again_after_sleep() {
        let (renewal, now, wall) = held(60 * MINUTE);
        assert_eq!(renewal.bearer(now + MINUTE, wall + 8 * 60 * MINUTE), None);
    }

    #[test]
    fn a_wall_clock_set_back_makes_no_bearer_live_longer() {
        let (renewal, now, wall) = held(60 * MINUTE);
        assert!(renewal.bearer(now + MINUTE, wall - 999 * MINUTE).is_some());
        assert_eq!(renewal.bearer(now + 55 * MINUTE, wall - 999 * MINUTE), None);
    }

    #[test]
    fn absurd_lives_are_bounded() {
        let (renewal, now, wall) = held(Duration::MAX);
        assert_eq!(renewal.bearer(now + LONGEST, wall), None);
        let (renewal, now, wall) = held(Duration::ZERO);
        assert!(renewal.bearer(now + MINUTE / 2, wall).is_some());
    }

    #[test]
    fn a_refusal_ends_the_bearer_it_is_about_only() {
        let (mut renewal, now, wall) = held(60 * MINUTE);
        renewal.refused(&bearer("another"));
        assert!(renewal.bearer(now, wall).is_some());
        renewal.refused(&bearer("one"));
        assert_eq!(renewal.bearer(now, wall), None);
    }
}
