//! When to connect, what to say, when to wait and when to give up: sans-I/O.
//!
//! Frames, errors and the time go in; what is to be done comes out, in order, and when to look
//! again. States are told as they change for a person: attempts that follow each other while a
//! gateway restarts or is not there are not.

use super::hello::{self, Welcome};
use super::login::{Credential, Login};
use super::refusal::{self, Verdict, bounded};
use super::{ConnectError, Event, LinkState, Refusal, Target, happening};
use crate::wire::{self, Fault, Frame};
use net::{Close, NetError};
use serde_json::Value;
use serde_json::value::RawValue;
use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

/// The id of the `connect` request.
pub(super) const CONNECT: &str = "1";
/// Close code: this device was removed, or its token was revoked or replaced.
const DEVICE_REMOVED: u16 = 4001;
/// For the challenge, and for its answer.
const HANDSHAKE: Duration = Duration::from_secs(15);
/// Between two attempts while a restart is under way. Most of them find nobody, which is cheap.
const QUICK: Duration = Duration::from_millis(500);
/// After this a restart, or a start, is none any more. A gateway takes 7 to 30 seconds.
const PATIENT: Duration = Duration::from_secs(90);
/// Between two looks for a gateway that is not there.
const LOOK: Duration = Duration::from_secs(3);
/// Longest wait between two attempts.
const CAP: Duration = Duration::from_secs(30);
/// A connection that was open this long starts the waits anew.
const HEALTHY: Duration = Duration::from_secs(60);
/// The silence after which a connection counts as dead is twice the tick, within these.
const SILENCE: (Duration, Duration) = (Duration::from_secs(20), Duration::from_secs(300));
/// Least and longest time that a starting gateway may ask to be left alone.
const ASKED: (Duration, Duration) = (Duration::from_millis(200), Duration::from_secs(30));

/// What to do.
#[derive(Debug)]
pub(super) enum Out {
    /// Open a socket.
    Open,
    /// Close the socket, and forget what it would still say.
    Close,
    /// Send this.
    Send(String),
    /// Look whether the other end lives.
    Ping,
    /// Tell the owner. A state other than online ends every request that waits.
    Tell(Event),
    /// A request was answered.
    Answer(u64, Result<Box<RawValue>, Fault>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    Opening,
    Challenge { until: Instant },
    Hello { until: Instant, shown: Credential },
    Online { silent_at: Instant, since: Instant },
    Waiting { until: Instant },
    Refused,
}

/// What the gateway is thought to be doing while it is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mood {
    Unknown,
    /// It said that it restarts.
    Restarting(Instant),
    /// It answers that it is starting.
    Starting(Instant),
    /// Nobody listens.
    Stopped,
}

/// What it said before it closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Announced {
    Restart,
    Stop,
}

#[derive(Debug)]
pub(super) struct Machine {
    login: Login,
    phase: Phase,
    mood: Mood,
    announced: Option<Announced>,
    attempt: u32,
    silence: Duration,
    /// Number of the last event of this connection.
    seq: Option<u64>,
    /// The last start of the gateway that was seen.
    boot: String,
    outs: VecDeque<Out>,
}

impl Machine {
    pub(super) fn new(target: Target) -> Self {
        let mut machine = Self {
            login: Login::new(target),
            phase: Phase::Refused,
            mood: Mood::Unknown,
            announced: None,
            attempt: 0,
            silence: SILENCE.1,
            seq: None,
            boot: String::new(),
            outs: VecDeque::new(),
        };
        machine.open();
        machine
    }

    /// What to do next.
    pub(super) fn next_out(&mut self) -> Option<Out> {
        self.outs.pop_front()
    }

    /// When [`Machine::tick`] is due.
    pub(super) fn deadline(&self) -> Option<Instant> {
        match self.phase {
            Phase::Opening | Phase::Refused => None,
            Phase::Challenge { until } | Phase::Hello { until, .. } | Phase::Waiting { until } => {
                Some(until)
            }
            Phase::Online { silent_at, .. } => Some(silent_at),
        }
    }

    /// Whether requests can be made.
    pub(super) fn is_online(&self) -> bool {
        matches!(self.phase, Phase::Online { .. })
    }

    fn tell(&mut self, state: LinkState) {
        self.outs.push_back(Out::Tell(Event::State(state)));
    }

    fn open(&mut self) {
        (self.phase, self.announced, self.seq) = (Phase::Opening, None, None);
        if matches!(self.mood, Mood::Unknown) {
            self.tell(LinkState::Connecting);
        }
        self.outs.push_back(Out::Open);
    }

    /// The socket is open.
    pub(super) fn opened(&mut self, now: Instant) {
        if self.phase != Phase::Opening {
            return;
        }
        self.phase = Phase::Challenge { until: now + HANDSHAKE };
        if !matches!(self.mood, Mood::Restarting(_) | Mood::Starting(_)) {
            self.tell(LinkState::Handshake);
        }
    }

    /// Something was heard, whatever it was.
    pub(super) fn heard(&mut self, now: Instant) {
        if let Phase::Online { silent_at, .. } = &mut self.phase {
            *silent_at = now + self.silence;
        }
    }

    /// A text came. `jitter` is drawn from 0 to 1, here as below.
    pub(super) fn text(&mut self, text: &str, now: Instant, jitter: f64) {
        self.heard(now);
        let frame = match wire::parse(text) {
            Ok(frame) => frame,
            Err(error) if self.is_online() => {
                tracing::warn!(column = error.column(), "a frame of the gateway does not parse");
                return;
            }
            Err(error) => {
                let error = ConnectError::NotAGateway(bounded(&error.to_string()));
                return self.lost(error, now, jitter);
            }
        };
        match (self.phase, frame) {
            (Phase::Challenge { .. }, Frame::Event { name, payload, .. })
                if name == "connect.challenge" =>
            {
                self.challenged(payload, now, jitter);
            }
            (Phase::Challenge { .. }, _) => {
                let why = "its first word is no challenge".into();
                self.lost(ConnectError::NotAGateway(why), now, jitter);
            }
            (Phase::Hello { shown, .. }, Frame::Answer { id, result }) if id == CONNECT => {
                match result {
                    Ok(payload) => self.welcomed(payload, now, jitter),
                    Err(fault) => self.refused(&fault, shown, now, jitter),
                }
            }
            (Phase::Online { .. }, Frame::Answer { id, result }) => {
                if let Ok(id) = id.parse() {
                    self.outs.push_back(Out::Answer(id, result.map(ToOwned::to_owned)));
                }
            }
            (Phase::Online { .. }, Frame::Event { name, payload, seq }) => {
                self.happened(&name, payload, seq);
            }
            // Events may come before the answer to `connect`; others are skipped.
            _ => {}
        }
    }

    fn challenged(&mut self, payload: &RawValue, now: Instant, jitter: f64) {
        let payload: Value = serde_json::from_str(payload.get()).unwrap_or_default();
        let nonce = payload.get("nonce").and_then(Value::as_str).filter(|n| n.len() <= 256);
        let ts = payload.get("ts").and_then(Value::as_u64);
        let shown = self.login.choose();
        let request = match (nonce, ts) {
            (Some(nonce), Some(ts)) => self.login.connect(shown, nonce, ts).ok(),
            _ => None,
        };
        match request {
            Some(request) => {
                self.phase = Phase::Hello { until: now + HANDSHAKE, shown };
                self.outs.push_back(Out::Send(request));
            }
            None => {
                let why = "its challenge cannot be read".into();
                self.lost(ConnectError::NotAGateway(why), now, jitter);
            }
        }
    }

    fn welcomed(&mut self, payload: &RawValue, now: Instant, jitter: f64) {
        let Some(Welcome { protocol, hello, grant }) = hello::parse(payload) else {
            let why = "its welcome cannot be read".into();
            return self.lost(ConnectError::NotAGateway(why), now, jitter);
        };
        if let Some(refusal) = refusal::protocol(protocol) {
            return self.give_up(refusal);
        }
        let grant = self.login.welcomed(grant);
        let tick = Duration::from_millis(hello.tick_ms.min(3_600_000));
        self.silence = (2 * tick).clamp(SILENCE.0, SILENCE.1);
        self.phase = Phase::Online { silent_at: now + self.silence, since: now };
        self.mood = Mood::Unknown;
        let another = !self.boot.is_empty() && self.boot != hello.boot_id;
        self.boot.clone_from(&hello.boot_id);
        // The token is kept before anything else: it may be the only one that will work.
        if let Some(grant) = grant {
            self.outs.push_back(Out::Tell(Event::Granted(grant)));
        }
        self.tell(LinkState::Online(Arc::new(hello)));
        if another {
            self.missed();
        }
    }

    fn refused(&mut self, fault: &Fault, shown: Credential, now: Instant, jitter: f64) {
        match refusal::judge(fault, shown, self.login.has_token()) {
            Verdict::Starting(after) => self.starting(after, now, jitter),
            Verdict::Passing(error) => self.lost(error, now, jitter),
            Verdict::Refused(refusal) => self.give_up(refusal),
            Verdict::Credential { worthless, otherwise } => {
                let another = self.login.refused(shown);
                if worthless {
                    self.revoked();
                }
                if another {
                    self.outs.push_back(Out::Close);
                    self.open();
                } else {
                    self.give_up(otherwise);
                }
            }
        }
    }

    /// The token that was granted to this device is worth nothing any more.
    fn revoked(&mut self) {
        if self.login.forget_grant() {
            self.outs.push_back(Out::Tell(Event::Revoked));
        }
    }

    fn give_up(&mut self, refusal: Refusal) {
        (self.phase, self.mood) = (Phase::Refused, Mood::Unknown);
        self.outs.push_back(Out::Close);
        self.tell(LinkState::Refused(refusal));
    }

    fn happened(&mut self, name: &str, payload: &RawValue, seq: Option<u64>) {
        if let Some(seq) = seq {
            let gap = self.seq.is_some_and(|last| seq > last.saturating_add(1));
            self.seq = Some(seq);
            if gap {
                self.missed();
            }
        }
        if name == "shutdown" {
            let payload: Value = serde_json::from_str(payload.get()).unwrap_or_default();
            let restarts = payload.get("restartExpectedMs").is_some_and(Value::is_number);
            self.announced = Some(if restarts { Announced::Restart } else { Announced::Stop });
        }
        self.outs.push_back(Out::Tell(Event::Happened(Box::new(happening(name, payload)))));
    }

    fn missed(&mut self) {
        self.outs.push_back(Out::Tell(Event::Missed));
    }

    /// The gateway closed the connection.
    pub(super) fn closed(&mut self, close: &Close, now: Instant, jitter: f64) {
        if close.code == DEVICE_REMOVED && self.is_online() {
            self.revoked();
            // With it this device is paired anew, after the wait of any loss: a gateway that
            // removes it again and again is not asked without a pause.
            if !self.login.has_token() {
                return self.give_up(Refusal::DeviceRemoved);
            }
        }
        if close.code == 1013 {
            return self.starting(refusal::STARTING, now, jitter);
        }
        if close.code == 1012 && self.is_online() && self.announced.is_none() {
            // It went, and did not say that it would be back.
            self.announced = Some(Announced::Stop);
        }
        let reason = bounded(&close.reason);
        self.lost(ConnectError::Closed { code: close.code, reason }, now, jitter);
    }

    /// The socket could not be opened, or broke.
    pub(super) fn broke(&mut self, error: NetError, now: Instant, jitter: f64) {
        match error {
            NetError::Upgrade { status: 503 } => self.starting(refusal::STARTING, now, jitter),
            NetError::Upgrade { status } => {
                let why = format!("it answered with status {status}");
                self.lost(ConnectError::NotAGateway(why), now, jitter);
            }
            // Nothing changes that by itself. A gateway that comes back is connected by hand.
            NetError::ForeignUser { user, .. } => {
                self.give_up(Refusal::ForeignUser { user: Some(user) });
            }
            NetError::UnknownUser { .. } => self.give_up(Refusal::ForeignUser { user: None }),
            NetError::Redirect { .. } => {
                let why = "it redirects elsewhere".into();
                self.lost(ConnectError::NotAGateway(why), now, jitter);
            }
            error => self.lost(ConnectError::Net(error), now, jitter),
        }
    }

    /// It says that it is starting, and when to come again.
    fn starting(&mut self, after: Duration, now: Instant, jitter: f64) {
        if matches!(self.phase, Phase::Waiting { .. } | Phase::Refused) {
            return;
        }
        let until = now + after.clamp(ASKED.0, ASKED.1);
        match self.mood {
            Mood::Restarting(since) if now < since + PATIENT => {
                self.outs.push_back(Out::Close);
                self.phase = Phase::Waiting { until };
            }
            Mood::Starting(since) if now < since + PATIENT => {
                self.outs.push_back(Out::Close);
                self.wait(until, ConnectError::Starting);
            }
            Mood::Starting(_) => self.lost(ConnectError::Starting, now, jitter),
            _ if self.announced.is_some() => self.lost(ConnectError::Starting, now, jitter),
            _ => {
                self.mood = Mood::Starting(now);
                self.outs.push_back(Out::Close);
                self.wait(until, ConnectError::Starting);
            }
        }
    }

    /// The connection was lost, or not made.
    fn lost(&mut self, error: ConnectError, now: Instant, jitter: f64) {
        if matches!(self.phase, Phase::Waiting { .. } | Phase::Refused) {
            return;
        }
        tracing::debug!(%error, "the gateway");
        if let Phase::Online { since, .. } = self.phase
            && now >= since + HEALTHY
        {
            self.attempt = 0;
        }
        self.outs.push_back(Out::Close);
        let nobody = matches!(error, ConnectError::Net(NetError::Connect { .. }));
        match (self.announced.take(), self.mood) {
            (Some(Announced::Restart), _) => {
                self.mood = Mood::Restarting(now);
                self.phase = Phase::Waiting { until: now + QUICK };
                self.tell(LinkState::Restarting { since: now });
            }
            (Some(Announced::Stop), _) => self.stopped(now),
            (None, Mood::Restarting(since)) if now < since + PATIENT => {
                self.phase = Phase::Waiting { until: now + QUICK };
            }
            _ if nobody => self.stopped(now),
            _ => {
                self.mood = Mood::Unknown;
                let whole = CAP.min(Duration::from_secs(1 << self.attempt.min(5)));
                self.attempt = self.attempt.saturating_add(1);
                let until = now + whole.mul_f64(0.5 + 0.5 * jitter.clamp(0.0, 1.0));
                self.wait(until, error);
            }
        }
    }

    fn stopped(&mut self, now: Instant) {
        let until = now + LOOK;
        (self.mood, self.phase, self.attempt) = (Mood::Stopped, Phase::Waiting { until }, 0);
        self.tell(LinkState::Stopped { until });
    }

    fn wait(&mut self, until: Instant, error: ConnectError) {
        self.phase = Phase::Waiting { until };
        self.tell(LinkState::Waiting { until, error });
    }

    /// The deadline may have come.
    pub(super) fn tick(&mut self, now: Instant, jitter: f64) {
        if self.deadline().is_none_or(|deadline| now < deadline) {
            return;
        }
        match self.phase {
            Phase::Waiting { .. } => self.open(),
            _ => self.lost(ConnectError::Silent, now, jitter),
        }
    }

    /// The person does not want to wait, or has put right what was refused.
    pub(super) fn nudge(&mut self) {
        match self.phase {
            Phase::Waiting { .. } | Phase::Refused => {
                self.login.again();
                self.afresh();
            }
            Phase::Online { .. } => self.outs.push_back(Out::Ping),
            Phase::Opening | Phase::Challenge { .. } | Phase::Hello { .. } => {}
        }
    }

    /// The machine has slept: the connection may have broken unseen, and no wait is worth going
    /// on with.
    pub(super) fn slept(&mut self) {
        match self.phase {
            Phase::Refused | Phase::Opening => {}
            Phase::Waiting { .. } => self.afresh(),
            Phase::Challenge { .. } | Phase::Hello { .. } | Phase::Online { .. } => {
                self.outs.push_back(Out::Close);
                self.afresh();
            }
        }
    }

    fn afresh(&mut self) {
        (self.mood, self.attempt) = (Mood::Unknown, 0);
        self.open();
    }
}
