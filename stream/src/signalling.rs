//! How the two ends find each other, as a state machine (RFC 8829, RFC 8838).
//!
//! Signals and the time go in; actions and the next deadline come out. The viewer is always the
//! offerer, so there is no glare.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use crate::transport::PeerState;

/// An ICE candidate as it travels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The candidate attribute (RFC 8839 section 5.1).
    pub candidate: String,
    /// Media section by name.
    pub mid: Option<String>,
    /// Media section by number.
    pub line: Option<u16>,
}

/// One signal (`PROTOCOL.md`, "Signals").
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Signal {
    /// The viewer's description.
    Offer(String),
    /// The daemon's description.
    Answer(String),
    /// A candidate of the sender.
    Candidate(Candidate),
    /// The sender has no more candidates.
    EndOfCandidates,
}

/// Candidates kept before the answer is there; more are dropped.
const EARLY_CANDIDATES: usize = 64;
/// For an answer to come.
const ANSWER: Duration = Duration::from_secs(10);
/// From the answer to a connection.
const CONNECT: Duration = Duration::from_secs(15);
/// From `disconnected` to an ICE restart: short losses heal by themselves.
const HEAL: Duration = Duration::from_secs(1);

/// Why a connection could not be made or kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignallingError {
    /// The desktop did not answer.
    #[error("the desktop did not answer")]
    NoAnswer,
    /// No pair of candidates works.
    #[error("no network path to the desktop was found")]
    NoPath,
    /// It was connected, and a restart did not bring it back.
    #[error("the connection to the desktop was lost")]
    Lost,
}

/// What to do next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Make an offer (`restart`: one that restarts ICE) and hand it back with [`Negotiation::offered`].
    Offer {
        /// With new ICE credentials.
        restart: bool,
    },
    /// Send to the other end.
    Send(Signal),
    /// Apply the other end's answer.
    Accept(String),
    /// Add the other end's candidate.
    Add(Candidate),
    /// Give the connection up.
    Fail(SignallingError),
}

/// Where a negotiation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// The offer is being made.
    Offering,
    /// The offer is sent.
    AwaitingAnswer {
        /// Give up then.
        until: Instant,
    },
    /// The answer is there; candidates are being tried.
    Connecting {
        /// Give up then.
        until: Instant,
    },
    /// Packets flow.
    Connected,
    /// Nothing is heard.
    Disconnected {
        /// Restart ICE then.
        until: Instant,
    },
    /// Over.
    Failed,
}

/// The viewer's side of one session.
#[derive(Debug)]
pub struct Negotiation {
    state: State,
    /// It was connected before: a failure now is a loss.
    was_connected: bool,
    described: bool,
    /// Restart once more after the answer.
    again: bool,
    early: VecDeque<Candidate>,
    actions: VecDeque<Action>,
}

impl Default for Negotiation {
    fn default() -> Self {
        Self {
            state: State::Offering,
            was_connected: false,
            described: false,
            again: false,
            early: VecDeque::new(),
            actions: VecDeque::from([Action::Offer { restart: false }]),
        }
    }
}

impl Negotiation {
    /// Where it stands.
    #[must_use]
    pub fn state(&self) -> State {
        self.state
    }

    /// The next thing to do; call until `None`.
    pub fn action(&mut self) -> Option<Action> {
        self.actions.pop_front()
    }

    /// When [`Self::tick`] must be called at the latest.
    #[must_use]
    pub fn deadline(&self) -> Option<Instant> {
        match self.state {
            State::AwaitingAnswer { until }
            | State::Connecting { until }
            | State::Disconnected { until } => Some(until),
            State::Offering | State::Connected | State::Failed => None,
        }
    }

    /// The offer that was asked for is made and set.
    pub fn offered(&mut self, sdp: String, now: Instant) {
        if self.state == State::Offering {
            self.actions.push_back(Action::Send(Signal::Offer(sdp)));
            self.state = State::AwaitingAnswer { until: now + ANSWER };
        }
    }

    /// A local candidate was found; `None` is the last.
    pub fn candidate(&mut self, candidate: Option<Candidate>) {
        if self.state != State::Failed {
            self.actions.push_back(Action::Send(match candidate {
                Some(candidate) => Signal::Candidate(candidate),
                None => Signal::EndOfCandidates,
            }));
        }
    }

    /// A signal of the other end came.
    pub fn signal(&mut self, signal: Signal, now: Instant) {
        match (signal, self.state) {
            (Signal::Answer(sdp), State::AwaitingAnswer { .. }) => {
                self.actions.push_back(Action::Accept(sdp));
                if std::mem::take(&mut self.again) {
                    self.restart();
                    return;
                }
                self.actions.extend(self.early.drain(..).map(Action::Add));
                self.described = true;
                self.state = State::Connecting { until: now + CONNECT };
            }
            (_, State::Failed) => {}
            (Signal::Candidate(candidate), _) => {
                if self.described {
                    self.actions.push_back(Action::Add(candidate));
                } else if self.early.len() < EARLY_CANDIDATES {
                    self.early.push_back(candidate);
                }
            }
            // An answer nobody asked for, an offer to the offerer, the end of candidates.
            (Signal::Answer(_) | Signal::Offer(_) | Signal::EndOfCandidates, _) => {}
        }
    }

    /// The path is known to be new: restarts ICE at once, or after the answer that is awaited.
    /// `false` where that is not the time: nothing was connected yet, or the offer of a restart
    /// is being made.
    pub fn path_changed(&mut self) -> bool {
        match self.state {
            State::Connected | State::Disconnected { .. } => self.restart(),
            State::Connecting { .. } if self.was_connected => self.restart(),
            State::AwaitingAnswer { .. } if self.was_connected => self.again = true,
            _ => return false,
        }
        true
    }

    /// The connection's state changed.
    pub fn peer(&mut self, state: PeerState, now: Instant) {
        match state {
            PeerState::Connected if self.state != State::Failed => {
                self.was_connected = true;
                self.state = State::Connected;
            }
            PeerState::Disconnected if self.state == State::Connected => {
                self.state = State::Disconnected { until: now + HEAL };
            }
            PeerState::Failed => match self.state {
                State::Connected | State::Disconnected { .. } => self.restart(),
                State::Connecting { .. } => self.fail(),
                State::Offering | State::AwaitingAnswer { .. } | State::Failed => {}
            },
            _ => {}
        }
    }

    /// Time has passed.
    pub fn tick(&mut self, now: Instant) {
        if self.deadline().is_none_or(|until| now < until) {
            return;
        }
        match self.state {
            State::Disconnected { .. } => self.restart(),
            _ => self.fail(),
        }
    }

    fn restart(&mut self) {
        self.described = false;
        self.early.clear();
        self.actions.push_back(Action::Offer { restart: true });
        self.state = State::Offering;
    }

    fn fail(&mut self) {
        let error = match self.state {
            _ if self.was_connected => SignallingError::Lost,
            State::AwaitingAnswer { .. } => SignallingError::NoAnswer,
            _ => SignallingError::NoPath,
        };
        self.state = State::Failed;
        self.actions.clear();
        self.actions.push_back(Action::Fail(error));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drain(n: &mut Negotiation) -> Vec<Action> {
        std::iter::from_fn(|| n.action()).collect()
    }

    fn candidate(name: &str) -> Candidate {
        Candidate { candidate: name.into(), mid: None, line: Some(0) }
    }

    fn connected(now: Instant) -> Negotiation {
        let mut n = Negotiation::default();
        n.offered("o".into(), now);
        n.signal(Signal::Answer("a".into()), now);
        n.peer(PeerState::Connected, now);
        drain(&mut n);
        n
    }

    #[test]
    fn offers_first_and_keeps_early_candidates_for_the_answer() {
        let now = Instant::now();
        let mut n = Negotiation::default();
        assert_eq!(drain(&mut n), [Action::Offer { restart: false }]);
        n.signal(Signal::Candidate(candidate("early")), now);
        n.offered("offer".into(), now);
        assert_eq!(drain(&mut n), [Action::Send(Signal::Offer("offer".into()))]);
        n.signal(Signal::Answer("answer".into()), now);
        n.signal(Signal::Candidate(candidate("late")), now);
        assert_eq!(
            drain(&mut n),
            [
                Action::Accept("answer".into()),
                Action::Add(candidate("early")),
                Action::Add(candidate("late"))
            ]
        );
        n.peer(PeerState::Connected, now);
        assert_eq!(n.state(), State::Connected);
        assert_eq!(n.deadline(), None);
    }

    #[test]
    fn silence_is_an_error_of_its_own() {
        let now = Instant::now();
        let mut n = Negotiation::default();
        n.offered("offer".into(), now);
        drain(&mut n);
        n.tick(now + ANSWER - Duration::from_millis(1));
        assert_eq!(drain(&mut n), []);
        n.tick(now + ANSWER);
        assert_eq!(drain(&mut n), [Action::Fail(SignallingError::NoAnswer)]);
        n.signal(Signal::Answer("late".into()), now);
        assert_eq!(drain(&mut n), []);
    }

    #[test]
    fn no_path_is_an_error_of_its_own() {
        let now = Instant::now();
        let mut n = Negotiation::default();
        n.offered("offer".into(), now);
        n.signal(Signal::Answer("answer".into()), now);
        drain(&mut n);
        n.tick(now + CONNECT);
        assert_eq!(drain(&mut n), [Action::Fail(SignallingError::NoPath)]);
    }

    #[test]
    fn a_loss_restarts_ice_once_then_fails() {
        let now = Instant::now();
        let mut n = connected(now);
        n.peer(PeerState::Disconnected, now);
        n.tick(now + HEAL);
        assert_eq!(drain(&mut n), [Action::Offer { restart: true }]);
        n.offered("again".into(), now + HEAL);
        drain(&mut n);
        n.tick(now + HEAL + ANSWER);
        assert_eq!(drain(&mut n), [Action::Fail(SignallingError::Lost)]);
    }

    #[test]
    fn a_short_loss_heals() {
        let now = Instant::now();
        let mut n = connected(now);
        n.peer(PeerState::Disconnected, now);
        n.peer(PeerState::Connected, now);
        n.tick(now + CONNECT);
        assert_eq!(drain(&mut n), []);
    }

    #[test]
    fn a_new_path_restarts_ice_once() {
        let now = Instant::now();
        let mut n = Negotiation::default();
        assert!(!n.path_changed());
        let mut n = connected(now);
        assert!(n.path_changed());
        assert!(!n.path_changed());
        assert_eq!(drain(&mut n), [Action::Offer { restart: true }]);
    }

    #[test]
    fn a_new_path_during_a_restart_restarts_once_more() {
        let now = Instant::now();
        let mut n = connected(now);
        n.path_changed();
        n.offered("one".into(), now);
        drain(&mut n);
        assert!(n.path_changed());
        assert_eq!(drain(&mut n), []);
        n.signal(Signal::Answer("a".into()), now);
        let again = Action::Offer { restart: true };
        assert_eq!(drain(&mut n), [Action::Accept("a".into()), again.clone()]);
        n.offered("two".into(), now);
        n.signal(Signal::Answer("b".into()), now);
        drain(&mut n);
        assert!(n.path_changed());
        assert_eq!(drain(&mut n), [again]);
    }

    #[test]
    fn early_candidates_are_bounded() {
        let now = Instant::now();
        let mut n = Negotiation::default();
        for _ in 0..1000 {
            n.signal(Signal::Candidate(candidate("x")), now);
        }
        assert_eq!(n.early.len(), EARLY_CANDIDATES);
    }

    #[test]
    fn answers_nobody_asked_for_are_skipped() {
        let now = Instant::now();
        let mut n = connected(now);
        n.signal(Signal::Answer("other".into()), now);
        n.signal(Signal::Offer("other".into()), now);
        assert_eq!(drain(&mut n), []);
        assert_eq!(n.state(), State::Connected);
    }
}
