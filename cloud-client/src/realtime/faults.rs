//! Half an hour, and a night, on bad networks and with bad clouds, without sleeping.
//!
//! The bounds that hold whatever the network and the cloud do, with the worst jitter:
//! at most [`PER_MINUTE`] attempts (a token fetched, or a socket opened) in any minute, and at
//! most [`PER_MINUTE_OUTAGE`] once an outage has lasted two minutes.

use super::machine::{Machine, Step, StopReason};
use crate::ApiError;
use net::{Close, NetError};
use proptest::prelude::*;
use std::collections::VecDeque;
use std::time::{Duration, Instant};

/// The waits are at least 0.5, 1, 2, 4, 8, 15, 15 ... seconds, so a minute holds 8 rounds of two
/// attempts each, one more round for a token that is replaced without a wait, and what was left
/// of the round before.
const PER_MINUTE: usize = 20;
/// Four waits of 15 seconds, and the round that the minute began in.
const PER_MINUTE_OUTAGE: usize = 10;
/// How long a token of the simulated cloud lives.
const LIFE: Duration = Duration::from_secs(4 * 3600);

/// What goes wrong with the next attempt, or with the open connection.
#[derive(Clone, Copy, Debug)]
enum Fault {
    /// Nothing, and the connection stays open this many seconds until it is cut.
    Cut(u16),
    /// No route, reset: an error at once.
    Reset,
    /// No answer, for the length of a request.
    Timeout,
    Server,
    /// 429 with this `Retry-After`, in seconds.
    Busy(u64),
    /// The upgrade is answered with 401, however new the token is.
    Refused,
    /// Opened, and nothing is heard any more.
    Silent,
    /// Opened, and closed after this many seconds with this code.
    Closed(u16, u16),
    /// The computer sleeps for this many hours.
    Sleep(u8),
}

fn fault() -> impl Strategy<Value = Fault> {
    prop_oneof![
        (0..200_u16).prop_map(Fault::Cut),
        Just(Fault::Reset),
        Just(Fault::Timeout),
        Just(Fault::Server),
        prop_oneof![0..120_u64, Just(u64::MAX)].prop_map(Fault::Busy),
        Just(Fault::Refused),
        Just(Fault::Silent),
        (0..90_u16, prop::sample::select(vec![1001_u16, 1008, 1011, 1012, 4000, 4001, 4008]))
            .prop_map(|(after, code)| Fault::Closed(after, code)),
        (1..10_u8).prop_map(Fault::Sleep),
    ]
}

fn reset() -> ApiError {
    ApiError::Net(NetError::Protocol("connection reset".into()))
}

fn timeout() -> ApiError {
    ApiError::Net(NetError::Timeout { host: "cloud".into() })
}

/// The machine, a clock, and a cloud that does as the faults say and is well after the last one.
struct World {
    machine: Machine,
    now: Instant,
    faults: VecDeque<Fault>,
    jitter: f64,
    attempts: Vec<Instant>,
    fetched: usize,
    /// The end of the token that the client holds; `None` when the cloud would not take it.
    good_until: Option<Instant>,
    /// The connection is open.
    serving: bool,
}

impl World {
    fn new(faults: impl IntoIterator<Item = Fault>, jitter: f64) -> Self {
        Self {
            machine: Machine::new(),
            now: Instant::now(),
            faults: faults.into_iter().collect(),
            jitter,
            attempts: Vec::new(),
            fetched: 0,
            good_until: None,
            serving: false,
        }
    }

    fn wait(&mut self, seconds: u64) {
        self.now += Duration::from_secs(seconds);
    }

    fn fail(&mut self, error: ApiError) {
        self.serving = false;
        self.machine.failed(error, self.now, self.jitter);
    }

    /// An attempt that does not get through; whether it was one.
    fn refuse(&mut self, fault: Fault) -> bool {
        match fault {
            Fault::Reset => self.fail(reset()),
            Fault::Timeout => {
                self.wait(30);
                self.fail(timeout());
            }
            Fault::Server => self.fail(ApiError::Server { status: 503 }),
            Fault::Busy(seconds) => {
                let after = Some(Duration::from_secs(seconds));
                self.fail(ApiError::RateLimited { after });
            }
            Fault::Sleep(hours) => {
                self.wait(u64::from(hours) * 3600);
                self.fail(timeout());
            }
            _ => return false,
        }
        self.faults.pop_front();
        true
    }

    fn attempt(&mut self) -> Option<Fault> {
        self.attempts.push(self.now);
        let fault = self.faults.front().copied();
        match fault {
            Some(fault) if self.refuse(fault) => None,
            fault => Some(fault.unwrap_or(Fault::Cut(0))),
        }
    }

    /// One step; `false` when the connection is open and nothing more will go wrong.
    fn step(&mut self) -> bool {
        match self.machine.step().clone() {
            Step::FetchToken => {
                let held = self.good_until.is_some_and(|end| end > self.now + LIFE / 60);
                assert!(!held, "a token that is good was thrown away");
                if self.attempt().is_some() {
                    self.fetched += 1;
                    self.good_until = Some(self.now + LIFE);
                    self.machine.token(self.now + LIFE);
                }
            }
            Step::Connect => {
                let end = self.good_until.expect("connecting with a token that was refused");
                assert!(end > self.now, "connecting with a token that ended");
                match self.attempt() {
                    None => {}
                    Some(Fault::Refused) => {
                        self.faults.pop_front();
                        self.good_until = None;
                        self.fail(ApiError::Net(NetError::Upgrade { status: 401 }));
                    }
                    Some(_) => {
                        self.machine.opened(self.now);
                        self.serving = true;
                    }
                }
            }
            Step::Serve { silent_at, .. } => match self.faults.pop_front() {
                None => return false,
                Some(Fault::Cut(after)) => {
                    self.live(after);
                    self.fail(reset());
                }
                Some(Fault::Closed(after, code)) => {
                    self.live(after);
                    if code == 4001 {
                        self.good_until = None;
                    }
                    self.serving = false;
                    let close = Close { code, reason: String::new() };
                    self.machine.closed(&close, self.now, self.jitter);
                }
                Some(Fault::Sleep(hours)) => {
                    self.wait(u64::from(hours) * 3600);
                    self.fail(timeout());
                }
                Some(_) => {
                    assert_eq!(silent_at - self.now, Duration::from_secs(45));
                    self.now = silent_at;
                    self.fail(timeout());
                }
            },
            Step::Wait { until, .. } => {
                assert!(until - self.now >= Duration::from_millis(500), "hammering");
                assert!(until - self.now <= Duration::from_secs(600), "never coming back");
                self.now = until;
                self.machine.resume(self.now);
            }
            Step::Stop(reason) => panic!("{reason:?}"),
        }
        true
    }

    /// The connection is open for some seconds, with a ping every 20.
    fn live(&mut self, seconds: u16) {
        let end = self.now + Duration::from_secs(seconds.into());
        while self.now < end {
            self.now = end.min(self.now + Duration::from_secs(20));
            self.machine.heard(self.now);
        }
    }

    fn run(&mut self) {
        let mut steps = 0;
        while self.step() {
            steps += 1;
            assert!(steps < 100_000);
        }
    }

    /// Most attempts in any minute that begins at or after `from`.
    fn busiest_minute(&self, from: Instant) -> usize {
        let minute = Duration::from_secs(60);
        let attempts = || self.attempts.iter().copied();
        let count = |at| attempts().filter(|other| (at..at + minute).contains(other)).count();
        attempts().filter(|at| *at >= from).map(count).max().unwrap_or(0)
    }
}

proptest! {
    /// H13, H14, H31: whatever goes wrong, the connection comes back, without a storm.
    #[test]
    fn any_faults_end_in_an_open_connection_without_a_storm(
        faults in prop::collection::vec(fault(), 1..150),
        jitter in prop_oneof![Just(0.0), Just(1.0), 0.0..1.0],
    ) {
        let mut world = World::new(faults, jitter);
        let start = world.now;
        world.run();
        prop_assert!(world.serving);
        let busiest = world.busiest_minute(start);
        prop_assert!(busiest <= PER_MINUTE, "{} attempts in a minute", busiest);
    }
}

/// The same fault for half an hour, with the jitter that waits least.
fn half_an_hour_of(fault: Fault) -> World {
    let mut world = World::new([], 0.0);
    let start = world.now;
    while world.now < start + Duration::from_secs(1800) {
        world.faults.push_back(fault);
        world.step();
        assert!(world.attempts.len() < 10_000, "{fault:?}: a storm");
    }
    let late = start + Duration::from_secs(120);
    let (all, outage) = (world.busiest_minute(start), world.busiest_minute(late));
    assert!(all <= PER_MINUTE, "{fault:?}: {all}");
    assert!(outage <= PER_MINUTE_OUTAGE, "{fault:?}: {outage}");
    world.faults.clear();
    world.run();
    assert!(world.serving, "{fault:?}: it comes back");
    world
}

#[test]
fn half_an_hour_of_one_fault_is_no_storm() {
    for fault in [
        Fault::Cut(0),
        Fault::Cut(5),
        Fault::Reset,
        Fault::Timeout,
        Fault::Server,
        Fault::Busy(0),
        Fault::Busy(90),
        Fault::Busy(u64::MAX),
        Fault::Refused,
        Fault::Silent,
        Fault::Closed(0, 1012),
        Fault::Closed(5, 4008),
    ] {
        half_an_hour_of(fault);
    }
}

#[test]
fn h14_a_cloud_that_ends_every_token_at_once_is_no_storm() {
    let world = half_an_hour_of(Fault::Closed(0, 4001));
    assert!(world.fetched <= 150, "{} tokens in half an hour", world.fetched);
}

#[test]
fn h14_a_sleep_of_five_hours_costs_one_new_token() {
    let mut world = World::new([Fault::Cut(100), Fault::Sleep(5)], 1.0);
    world.run();
    assert!(world.serving);
    assert_eq!(world.fetched, 2);
    let last: Vec<_> = world.attempts.iter().rev().take(2).collect();
    assert!(*last[0] == *last[1], "a token and a connection, at the first try");
}

/// H13.
#[test]
fn a_thousand_clients_do_not_come_back_at_once() {
    let now = Instant::now();
    let mut waits: Vec<Duration> = (0..1000)
        .map(|n| {
            let mut machine = Machine::new();
            machine.failed(reset(), now, f64::from(n) / 1000.0);
            let Step::Wait { until, .. } = machine.step() else { panic!("no wait") };
            *until - now
        })
        .collect();
    waits.sort();
    assert!(waits[999] - waits[0] >= Duration::from_millis(499));
    waits.dedup();
    assert!(waits.len() > 900);
}

#[test]
fn what_ends_for_good_is_not_tried_again_whatever_follows() {
    let mut world = World::new([], 0.0);
    world.run();
    let close = Close { code: 4003, reason: String::new() };
    world.machine.closed(&close, world.now, 0.0);
    world.wait(7200);
    world.machine.resume(world.now);
    assert_eq!(world.machine.step(), &Step::Stop(StopReason::SignedOut));
}
