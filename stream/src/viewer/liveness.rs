//! Whether the other end is there, as a state machine: pings, pongs and the time go in.

use std::time::{Duration, Instant};

/// Between two pings.
const PING: Duration = Duration::from_secs(2);
/// Without a pong for this long the connection is unstable (`PROTOCOL.md`, "Control").
const UNSTABLE: Duration = Duration::from_secs(6);
/// A ping sent on a hint that the desktop is gone must be answered within this.
const GONE: Duration = Duration::from_millis(1500);
/// After an ICE restart a ping must be answered within this, or SCTP is waiting out a long
/// retransmission timer: a new connection is faster.
const FLOWING: Duration = Duration::from_secs(2);

/// What the silence means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// The desktop is gone.
    Gone,
    /// There is a path, and nothing flows on it.
    Stuck,
}

/// The pings of one connection.
#[derive(Debug)]
pub(super) struct Liveness {
    next_ping: Instant,
    heard: Instant,
    hint: Option<Instant>,
    restart: Option<Instant>,
}

impl Liveness {
    pub(super) fn new(now: Instant) -> Self {
        Self { next_ping: now + PING, heard: now, hint: None, restart: None }
    }

    /// A ping is to be sent.
    pub(super) fn due(&self, now: Instant) -> bool {
        now >= self.next_ping
    }

    /// A ping is sent.
    pub(super) fn pinged(&mut self, now: Instant) {
        self.next_ping = now + PING;
    }

    /// A pong came.
    pub(super) fn heard(&mut self, now: Instant) {
        self.heard = now;
        self.hint = None;
        self.restart = None;
    }

    /// Somebody says that the desktop left. A ping goes with this.
    pub(super) fn hinted(&mut self, now: Instant) {
        self.hint = Some(now + GONE);
    }

    /// An ICE restart has found a path. A ping goes with this.
    pub(super) fn restarted(&mut self, now: Instant) {
        self.restart = Some(now + FLOWING);
    }

    /// Nothing was heard for a while.
    pub(super) fn unstable(&self, now: Instant) -> bool {
        now.duration_since(self.heard) >= UNSTABLE
    }

    /// Whether a pong is overdue.
    pub(super) fn verdict(&self, now: Instant) -> Option<Verdict> {
        let over = |until: Option<Instant>| until.is_some_and(|until| now >= until);
        if over(self.restart) {
            return Some(Verdict::Stuck);
        }
        over(self.hint).then_some(Verdict::Gone)
    }

    /// When something is due at the latest.
    pub(super) fn deadline(&self) -> Instant {
        [self.hint, self.restart].into_iter().flatten().fold(self.next_ping, Instant::min)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pings_go_on() {
        let now = Instant::now();
        let mut liveness = Liveness::new(now);
        assert!(!liveness.due(now) && liveness.due(now + PING));
        assert_eq!(liveness.deadline(), now + PING);
        liveness.pinged(now + PING);
        assert!(!liveness.due(now + PING));
    }

    #[test]
    fn silence_is_unstable_and_no_verdict() {
        let now = Instant::now();
        let mut liveness = Liveness::new(now);
        assert!(!liveness.unstable(now + PING) && liveness.unstable(now + UNSTABLE));
        assert_eq!(liveness.verdict(now + UNSTABLE), None);
        liveness.heard(now + UNSTABLE);
        assert!(!liveness.unstable(now + UNSTABLE));
    }

    #[test]
    fn a_hint_needs_a_pong() {
        let now = Instant::now();
        let mut liveness = Liveness::new(now);
        liveness.hinted(now);
        assert_eq!(liveness.deadline(), now + GONE);
        assert_eq!(liveness.verdict(now + GONE), Some(Verdict::Gone));
        liveness.heard(now);
        assert_eq!(liveness.verdict(now + GONE), None);
    }

    #[test]
    fn a_path_that_carries_nothing_is_stuck() {
        let now = Instant::now();
        let mut liveness = Liveness::new(now);
        liveness.restarted(now);
        assert_eq!(liveness.verdict(now + FLOWING), Some(Verdict::Stuck));
        liveness.heard(now);
        assert_eq!(liveness.verdict(now + FLOWING), None);
    }
}
