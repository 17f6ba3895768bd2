//! When to fetch a token, connect, wait, give up: sans-I/O.

use crate::ApiError;
use net::{Close, NetError};
use std::time::{Duration, Instant};

/// Longest wait between attempts.
const CAP: Duration = Duration::from_secs(30);
/// A connection that was open this long starts the waits anew.
const HEALTHY: Duration = Duration::from_secs(60);
/// A token this close to its end is not used for a new connection.
const NEARLY_OVER: Duration = Duration::from_secs(60);
/// A connection is made anew for its token at the latest after this: the life of a daemon's.
const LONGEST: Duration = Duration::from_secs(24 * 3600);
/// A connection is not made anew for its token sooner than this.
const SHORTEST: Duration = Duration::from_secs(10);
/// Silence after which the connection counts as dead (`PROTOCOL.md`, section 2).
const SILENCE: Duration = Duration::from_secs(45);
/// After "replaced" a daemon stays away for this long.
const REPLACED: Duration = Duration::from_secs(60);
/// Longest wait that the cloud may ask for. A number without bound would be a wait for good, or
/// one past the end of the clock.
const ASKED: Duration = Duration::from_secs(600);

/// Why the connection is over for good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StopReason {
    /// The bearer is not valid any more.
    SignedOut,
    /// The owner dropped the handle.
    Dropped,
}

/// What to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Fetch a token, then connect.
    FetchToken,
    /// Connect with the token there is.
    Connect,
    /// Serve the open connection; close it at `silent_at` unless something is heard, and begin anew
    /// at `renew_at`, before the token ends.
    Serve { silent_at: Instant, renew_at: Instant },
    /// Wait.
    Wait { until: Instant, error: ApiError },
    /// Give up.
    Stop(StopReason),
}

/// The state.
#[derive(Debug)]
pub(super) struct Machine {
    step: Step,
    attempt: u32,
    token_until: Option<Instant>,
    open_since: Option<Instant>,
    /// When an ended token was last replaced without a wait.
    replaced_at: Option<Instant>,
}

impl Machine {
    pub(super) fn new() -> Self {
        Self {
            step: Step::FetchToken,
            attempt: 0,
            token_until: None,
            open_since: None,
            replaced_at: None,
        }
    }

    pub(super) fn step(&self) -> &Step {
        &self.step
    }

    /// A token came that is valid until `until`.
    pub(super) fn token(&mut self, until: Instant) {
        self.token_until = Some(until);
        self.step = Step::Connect;
    }

    /// The connection is open.
    pub(super) fn opened(&mut self, now: Instant) {
        self.open_since = Some(now);
        // Where this machine's clock is wrong the end is not known: then the cloud closes.
        let known = self.token_until.filter(|until| *until > now + NEARLY_OVER + SHORTEST);
        let renew_at = known.map_or(now + LONGEST, |until| until - NEARLY_OVER);
        self.step = Step::Serve { silent_at: now + SILENCE, renew_at };
    }

    /// Something was heard.
    pub(super) fn heard(&mut self, now: Instant) {
        if let Step::Serve { silent_at, .. } = &mut self.step {
            *silent_at = now + SILENCE;
        }
    }

    /// Fetching, connecting or serving failed. `jitter` is drawn from 0 to 1.
    pub(super) fn failed(&mut self, error: ApiError, now: Instant, jitter: f64) {
        let refused_token = matches!(&error, ApiError::Net(NetError::Upgrade { status: 401 }));
        if error == ApiError::SignedOut {
            self.step = Step::Stop(StopReason::SignedOut);
            return;
        }
        if refused_token {
            self.token_until = None;
        }
        if self.open_since.take().is_some_and(|since| now.duration_since(since) >= HEALTHY) {
            self.attempt = 0;
        }
        let asked = match &error {
            ApiError::RateLimited { after: Some(after) } => ASKED.min(*after),
            _ => Duration::ZERO,
        };
        let whole = CAP.min(Duration::from_secs(1 << self.attempt.min(5)));
        let wait = whole.mul_f64(0.5 + 0.5 * jitter.clamp(0.0, 1.0)).max(asked);
        self.attempt = self.attempt.saturating_add(1);
        self.step = Step::Wait { until: now + wait, error };
    }

    /// The token is about to end, or the machine has slept, in which time the token may have ended
    /// and the connection broken unseen: both are made anew, without a wait.
    pub(super) fn renew(&mut self) {
        self.token_until = None;
        self.open_since = None;
        self.attempt = 0;
        self.step = Step::FetchToken;
    }

    /// The cloud closed the connection.
    pub(super) fn closed(&mut self, close: &Close, now: Instant, jitter: f64) {
        let error = ApiError::Net(NetError::Protocol(format!("closed with {}", close.code)));
        match close.code {
            4001 => {
                self.token_until = None;
                // A token lives for hours. A cloud that ends each one at once is waited for like
                // any that fails.
                let before = self.replaced_at.replace(now);
                if before.is_some_and(|before| now.duration_since(before) < HEALTHY) {
                    self.failed(error, now, jitter);
                } else {
                    self.open_since = None;
                    self.step = Step::FetchToken;
                }
            }
            4003 => self.step = Step::Stop(StopReason::SignedOut),
            4009 => {
                self.open_since = None;
                self.step = Step::Wait { until: now + REPLACED, error };
            }
            _ => self.failed(error, now, jitter),
        }
    }

    /// The wait is over, by time or by the person's wish.
    pub(super) fn resume(&mut self, now: Instant) {
        if matches!(self.step, Step::Wait { .. }) {
            let usable = self.token_until.is_some_and(|until| until > now + NEARLY_OVER);
            self.step = if usable { Step::Connect } else { Step::FetchToken };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn net() -> ApiError {
        ApiError::Net(NetError::TooLarge)
    }

    fn close(code: u16) -> Close {
        Close { code, reason: String::new() }
    }

    const HOUR: Duration = Duration::from_secs(3600);

    #[test]
    fn a_night_of_reconnects_keeps_the_token_until_its_end() {
        let start = Instant::now();
        let mut now = start;
        let mut machine = Machine::new();
        let mut fetched = 0;
        while now < start + 12 * HOUR {
            match machine.step().clone() {
                Step::FetchToken => {
                    fetched += 1;
                    machine.token(now + 4 * HOUR);
                }
                Step::Connect => machine.opened(now),
                Step::Serve { .. } => {
                    now += Duration::from_secs(300);
                    machine.failed(net(), now, 0.5);
                }
                Step::Wait { until, .. } => {
                    assert!(until - now <= Duration::from_secs(1), "a healthy link starts anew");
                    now = until;
                    machine.resume(now);
                }
                Step::Stop(reason) => panic!("{reason:?}"),
            }
        }
        assert_eq!(fetched, 3, "a token lives four hours less the last minute");
    }

    #[test]
    fn waits_grow_while_nothing_answers() {
        let now = Instant::now();
        let mut machine = Machine::new();
        let mut waits = Vec::new();
        for _ in 0..7 {
            machine.failed(net(), now, 1.0);
            let Step::Wait { until, .. } = machine.step() else { panic!("no wait") };
            waits.push((*until - now).as_secs());
            machine.resume(now);
        }
        assert_eq!(waits, [1, 2, 4, 8, 16, 30, 30]);
    }

    #[test]
    fn a_revoked_bearer_stops_for_good() {
        let now = Instant::now();
        let mut machine = Machine::new();
        machine.failed(ApiError::SignedOut, now, 0.0);
        assert_eq!(machine.step(), &Step::Stop(StopReason::SignedOut));
        machine.resume(now + HOUR);
        assert_eq!(machine.step(), &Step::Stop(StopReason::SignedOut));
        let mut machine = Machine::new();
        machine.token(now + HOUR);
        machine.opened(now);
        machine.closed(&close(4003), now, 0.0);
        assert_eq!(machine.step(), &Step::Stop(StopReason::SignedOut));
    }

    #[test]
    fn an_ended_token_is_replaced_at_once_and_a_restart_is_waited_for() {
        let now = Instant::now();
        let mut machine = Machine::new();
        machine.token(now + HOUR);
        machine.opened(now);
        let end = now + HOUR;
        machine.closed(&close(4001), end, 0.0);
        assert_eq!(machine.step(), &Step::FetchToken);
        machine.token(now + HOUR);
        machine.opened(now);
        machine.closed(&close(1012), now, 1.0);
        assert!(matches!(machine.step(), Step::Wait { .. }));
        machine.resume(now);
        assert_eq!(machine.step(), &Step::Connect, "the token is still good");
    }

    /// H14.
    #[test]
    fn a_token_that_the_cloud_refuses_is_fetched_again() {
        let now = Instant::now();
        let mut machine = Machine::new();
        machine.token(now + HOUR);
        machine.failed(ApiError::Net(NetError::Upgrade { status: 401 }), now, 1.0);
        machine.resume(now);
        assert_eq!(machine.step(), &Step::FetchToken);
    }

    #[test]
    fn silence_is_measured_from_the_last_sound() {
        let now = Instant::now();
        let mut machine = Machine::new();
        machine.token(now + HOUR);
        machine.opened(now);
        machine.heard(now + Duration::from_secs(30));
        let silent_at = now + Duration::from_secs(75);
        let renew_at = now + HOUR - NEARLY_OVER;
        assert_eq!(machine.step(), &Step::Serve { silent_at, renew_at });
    }

    #[test]
    fn a_token_is_replaced_before_it_ends_and_after_sleep() {
        let now = Instant::now();
        let mut machine = Machine::new();
        machine.token(now + HOUR);
        machine.opened(now);
        let Step::Serve { renew_at, .. } = machine.step() else { panic!("not open") };
        assert_eq!(*renew_at, now + HOUR - NEARLY_OVER);
        machine.renew();
        assert_eq!(machine.step(), &Step::FetchToken);
        // A token that has ended by this machine's clock, which may be wrong.
        machine.token(now);
        machine.opened(now);
        let Step::Serve { renew_at, .. } = machine.step() else { panic!("not open") };
        assert_eq!(*renew_at, now + LONGEST);
    }

    #[test]
    fn a_cloud_whose_tokens_end_as_they_begin_is_not_hammered() {
        let mut now = Instant::now();
        let start = now;
        let mut machine = Machine::new();
        let mut fetched = 0;
        while now < start + HOUR {
            match machine.step().clone() {
                Step::FetchToken => {
                    fetched += 1;
                    machine.token(now);
                }
                Step::Connect => machine.opened(now),
                Step::Serve { .. } => machine.closed(&close(4001), now, 0.0),
                Step::Wait { until, .. } => {
                    now = until;
                    machine.resume(now);
                }
                Step::Stop(reason) => panic!("{reason:?}"),
            }
        }
        assert!(fetched < 260, "{fetched} in an hour");
    }

    #[test]
    fn the_cloud_may_ask_for_more_patience() {
        let now = Instant::now();
        let mut machine = Machine::new();
        let after = Some(Duration::from_secs(90));
        machine.failed(ApiError::RateLimited { after }, now, 1.0);
        let Step::Wait { until, .. } = machine.step() else { panic!("no wait") };
        assert_eq!(*until - now, Duration::from_secs(90));
    }
}
