//! Which ways to try, and when a way is lost, as a state machine.
//!
//! Path events and the time go in; steps and the next deadline come out. ICE chooses among the
//! ways that are open; this decides when a stream to the relay is opened, and what an outage of that
//! relay means.

use super::End;
use crate::signalling::SignallingError;
use crate::transport::{ConnectionMode, PathEvent, Plan, Refusal, Route};
use net::{NetError, ProxyFault, TlsFault};
use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Without any datagram for this long after servers were asked, UDP is dead. STUN repeats a
/// request after 0.2, 0.6 and 1.4 seconds, so three have been lost by then.
const SILENCE: Duration = Duration::from_millis(1500);
/// From the answer to a stream where UDP lives and yet no pair works.
const NO_PAIR: Duration = Duration::from_secs(3);
/// An outage up to this long is healed by an ICE restart. After a longer one SCTP would wait for
/// its next retransmission, whose timer has doubled each time: a new connection is faster.
const SHORT: Duration = Duration::from_millis(1500);
/// From the start of an attempt, a relay that cannot be reached is tried again this long.
const GRACE: Duration = Duration::from_secs(3);
/// The longest outage that is waited out.
const HOLD: Duration = Duration::from_secs(20);

/// What a viewer learns about the network and the next one need not learn again. Keep it as long
/// as the desktop is open. Cheap to clone; clones share it.
#[derive(Clone, Debug, Default)]
pub struct PathMemory(Arc<AtomicBool>);

impl PathMemory {
    /// Nothing came over UDP, so reconnects start with TLS or TCP.
    #[must_use]
    pub fn udp_is_dead(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// What a relay over TLS or TCP did wrong.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RelayFault {
    /// No connection: name, proxy, certificate, timeout.
    #[error("the relay cannot be reached: {0}")]
    Connect(#[from] NetError),
    /// It refuses to relay (STUN error code): quota, capacity.
    #[error("the relay refuses with code {0}")]
    Refused(u16),
    /// It closed the connection at once, or does not speak TURN.
    #[error("the relay closed the connection")]
    Closed,
    /// It does not answer.
    #[error("the relay does not answer")]
    Silent,
}

/// What to do next.
#[derive(Debug)]
pub(super) enum Step {
    /// Let a stream to the relay be opened.
    StartStream,
    /// Packets have stopped.
    Unstable,
    /// Restart ICE.
    Restart,
    /// Tell the owner that the relay takes the credentials no more.
    CredentialsExpired,
    /// Over.
    End(End),
}

/// The ways of one connection.
#[derive(Debug)]
pub(super) struct Paths {
    memory: PathMemory,
    streams: bool,
    udp: bool,
    udp_servers: bool,
    relay_only: bool,
    started: bool,
    heard: bool,
    /// Since then a connection is being made.
    trying: Instant,
    connected: bool,
    was_connected: bool,
    /// Decide about the stream then.
    decide: Option<Instant>,
    /// The relay in use is gone since then.
    outage: Option<Instant>,
    fault: Option<RelayFault>,
    /// The relay refused the credentials.
    refused: bool,
    steps: VecDeque<Step>,
}

impl Paths {
    pub(super) fn new(plan: &Plan, mode: ConnectionMode, memory: PathMemory, now: Instant) -> Self {
        let mut paths = Self {
            memory,
            streams: plan.streams(),
            udp: plan.udp_sockets() && mode == ConnectionMode::Automatic,
            udp_servers: plan.udp_servers(),
            relay_only: plan.relay_only(),
            started: false,
            heard: false,
            trying: now,
            connected: false,
            was_connected: false,
            decide: None,
            outage: None,
            fault: None,
            refused: false,
            steps: VecDeque::new(),
        };
        paths.attempt(now);
        paths
    }

    /// The next thing to do; call until `None`.
    pub(super) fn step(&mut self) -> Option<Step> {
        self.steps.pop_front()
    }

    /// When [`Self::tick`] must be called at the latest.
    pub(super) fn deadline(&self) -> Option<Instant> {
        let hold = self.outage.map(|since| since + HOLD);
        [self.decide, hold].into_iter().flatten().min()
    }

    /// The relay in use is gone.
    pub(super) fn outage(&self) -> bool {
        self.outage.is_some()
    }

    /// Candidates are gathered, for the first time or again.
    pub(super) fn attempt(&mut self, now: Instant) {
        self.heard = false;
        self.trying = now;
        self.connected = false;
        self.decide = None;
        if !self.udp || self.memory.udp_is_dead() {
            self.start();
        } else if self.udp_servers {
            self.decide = Some(now + SILENCE);
        }
    }

    /// The other end answered: candidates of both ends are there.
    pub(super) fn answered(&mut self, now: Instant) {
        if !self.started && !self.connected && (self.heard || !self.udp_servers) {
            self.decide = Some(now + NO_PAIR);
        }
    }

    /// ICE is connected. With a pair that does not go through a stream, UDP lives.
    pub(super) fn connected(&mut self, route: Option<Route>) {
        self.connected = true;
        self.was_connected = true;
        self.decide = None;
        if route.is_some_and(|route| route != Route::RelayTcp) {
            self.outage = None;
        }
    }

    /// New credentials are set.
    pub(super) fn renewed(&mut self) {
        if std::mem::take(&mut self.refused) && self.was_connected {
            self.steps.push_back(Step::Restart);
        }
    }

    /// All candidates are gathered; `relays` of them are relay candidates.
    pub(super) fn gathered(&mut self, relays: usize) {
        if self.relay_only && relays == 0 && self.outage.is_none() {
            let end = match (self.refused, self.fault.take()) {
                (true, _) => End::CredentialsExpired,
                (false, Some(fault)) => End::Relay(fault),
                (false, None) if self.streams => End::Relay(RelayFault::Silent),
                (false, None) => End::NoRelay,
            };
            self.steps.push_back(Step::End(end));
        }
    }

    /// The negotiation failed. Says it better where the relay told why.
    pub(super) fn failed(&mut self, error: SignallingError) -> End {
        match error {
            SignallingError::NoAnswer => error.into(),
            _ if self.refused => End::CredentialsExpired,
            SignallingError::NoPath if self.relay_only => {
                self.fault.take().map_or(End::Signalling(error), End::Relay)
            }
            _ => error.into(),
        }
    }

    /// Something happened below ICE. `route` is the way in use.
    pub(super) fn event(&mut self, event: PathEvent, route: Option<Route>, now: Instant) {
        match event {
            PathEvent::UdpHeard => {
                self.heard = true;
                if self.decide.is_some() {
                    self.decide = Some(now + NO_PAIR);
                }
            }
            PathEvent::RelayUp => self.relay_is_up(false, now),
            PathEvent::RelayBack => self.relay_is_up(true, now),
            PathEvent::RelayDown { error, all } => self.relay_is_down(error, all, now),
            PathEvent::RelayLost => self.relay_is_lost(route, now),
            PathEvent::Refused(refusal) => self.relay_refused(refusal),
        }
    }

    /// Time has passed.
    pub(super) fn tick(&mut self, now: Instant) {
        if self.decide.is_some_and(|at| now >= at) {
            self.decide = None;
            if !self.heard && self.udp_servers {
                tracing::info!("nothing comes over UDP");
                self.memory.0.store(true, Ordering::Relaxed);
            }
            self.start();
        }
        if self.outage.is_some_and(|since| now >= since + HOLD) {
            self.outage = None;
            self.steps.push_back(Step::End(SignallingError::Lost.into()));
        }
    }

    fn start(&mut self) {
        if self.streams && !std::mem::replace(&mut self.started, true) {
            self.steps.push_back(Step::StartStream);
        }
    }

    fn relay_is_up(&mut self, again: bool, now: Instant) {
        self.fault = None;
        match self.outage.take() {
            Some(since) if now.duration_since(since) > SHORT => {
                self.steps.push_back(Step::End(End::PathBack));
            }
            Some(_) if again => self.steps.push_back(Step::Restart),
            // The socket of a restart that is under way, or a relay that was not in use.
            _ => {}
        }
    }

    fn relay_is_down(&mut self, error: NetError, all: bool, now: Instant) {
        let over = self.outage.is_none() && now.duration_since(self.trying) >= GRACE;
        let over = over || hopeless(&error);
        // What a person must put right is not hidden by the next relay of the list, which is a
        // plain one where TLS is inspected.
        let told = matches!(&self.fault, Some(RelayFault::Connect(told)) if hopeless(told));
        if !told || hopeless(&error) {
            self.fault = Some(error.into());
        }
        if self.relay_only && !self.udp && all && !self.connected && over {
            self.give_up();
        }
    }

    fn relay_is_lost(&mut self, route: Option<Route>, now: Instant) {
        if self.connected && (route == Some(Route::RelayTcp) || !self.udp) {
            self.connected = false;
            self.outage.get_or_insert(now);
            self.steps.push_back(Step::Unstable);
        } else if self.outage.is_none() && !self.udp {
            self.fault.get_or_insert(RelayFault::Closed);
            self.give_up();
        }
    }

    fn relay_refused(&mut self, refusal: Refusal) {
        match refusal {
            Refusal::Credentials(code) => {
                tracing::info!(code, "the relay takes the credentials no more");
                if self.refused {
                    return;
                }
                self.refused = true;
                if self.was_connected {
                    self.steps.push_back(Step::CredentialsExpired);
                } else if self.relay_only {
                    self.steps.push_back(Step::End(End::CredentialsExpired));
                }
            }
            Refusal::Allocation(code) => {
                self.fault = Some(RelayFault::Refused(code));
                if !self.was_connected && !self.udp {
                    self.give_up();
                }
            }
        }
    }

    fn give_up(&mut self) {
        let fault = self.fault.take().unwrap_or(RelayFault::Silent);
        self.steps.push_back(Step::End(End::Relay(fault)));
    }
}

/// Waiting does not change it.
fn hopeless(error: &NetError) -> bool {
    use ProxyFault::{Denied, PasswordWanted, PasswordWrong, SignIn};
    use TlsFault::{Expired, Inspected, NotYetValid, Revoked, UnknownIssuer, WrongHost};
    match error {
        NetError::Refused { .. } => true,
        NetError::Proxy { fault, .. } => {
            matches!(fault, Denied | PasswordWanted | PasswordWrong | SignIn { .. })
        }
        // A server that is being stopped closes the connection in the handshake: that passes.
        NetError::Tls { fault } => matches!(
            fault,
            Expired { .. }
                | NotYetValid { .. }
                | WrongHost { .. }
                | Inspected { .. }
                | UnknownIssuer
                | Revoked
        ),
        _ => false,
    }
}

#[cfg(test)]
#[path = "paths_tests.rs"]
mod tests;
