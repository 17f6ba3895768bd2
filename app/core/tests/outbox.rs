//! H31: the outbox over half an hour of a bad network, without sleeping.
//!
//! The bound that holds with the worst jitter: in any minute at most [`PER_MINUTE`] requests that
//! fail, and as many again for each request of that minute that got through, and for each time
//! that the connection came back.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use cloud_client::ApiError;
use cloud_client::wire::TaskDraft;
use multiclaw_core::sync::outbox::{Act, Entry, Fate, Home, Outbox};
use net::NetError;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

/// The waits are at least 0.5, 1, 2, 4, 8, 16, 30, 30 ... seconds.
const PER_MINUTE: usize = 7;
const HALF_AN_HOUR: Duration = Duration::from_secs(1800);

/// What becomes of a request.
#[derive(Clone, Copy, Debug)]
enum Fault {
    None,
    /// It does not arrive.
    Lost,
    /// It arrives and its answer does not, within the time of a request.
    AnswerLost,
    /// The cloud does it and then fails.
    Server,
    /// 429 with `Retry-After` in seconds.
    Busy(u64),
    /// The answer is none.
    Garbage,
    /// The program is killed before the answer.
    Crash,
    /// The program is killed when the answer is there and the file is not yet removed.
    LateCrash,
    /// The bearer ended; the person signs in again.
    SignedOut,
    /// The computer sleeps for this many hours while the request is under way.
    Sleep(u8),
}

fn fault() -> impl Strategy<Value = Fault> {
    prop_oneof![
        3 => Just(Fault::None),
        2 => Just(Fault::Lost),
        2 => Just(Fault::AnswerLost),
        1 => Just(Fault::Server),
        1 => prop_oneof![0..200_u64, Just(u64::MAX)].prop_map(Fault::Busy),
        1 => Just(Fault::Garbage),
        1 => Just(Fault::Crash),
        1 => Just(Fault::LateCrash),
        1 => Just(Fault::SignedOut),
        1 => (1..9_u8).prop_map(Fault::Sleep),
    ]
}

fn home() -> Home {
    Home { cloud: "c".into(), person: "p".into(), workspace: "w".into() }
}

fn timeout() -> ApiError {
    ApiError::Net(NetError::Timeout { host: "cloud".into() })
}

struct World {
    now: Instant,
    outbox: Outbox,
    disk: BTreeMap<u64, Entry>,
    written: Vec<String>,
    /// What the cloud did, in order, each key once as it promises (`PROTOCOL.md`, "Doing a thing
    /// once").
    done: Vec<String>,
    failures: Vec<Instant>,
    /// When the waits began anew.
    anew: Vec<Instant>,
    jitter: f64,
}

impl World {
    fn new(jitter: f64) -> Self {
        Self {
            now: Instant::now(),
            outbox: Outbox::default(),
            disk: BTreeMap::new(),
            written: Vec::new(),
            done: Vec::new(),
            failures: Vec::new(),
            anew: Vec::new(),
            jitter,
        }
    }

    /// The person writes something.
    fn write(&mut self) {
        let key = format!("key {}", self.written.len());
        let draft = TaskDraft { title: key.clone(), ..TaskDraft::default() };
        let entry = self.outbox.add(key.clone(), home(), Act::CreateTask { draft });
        let before = self.disk.insert(entry.number, entry);
        assert_eq!(before, None, "a number was given twice: a file would be overwritten");
        self.written.push(key);
    }

    fn restart(&mut self) {
        self.outbox = Outbox::new(self.disk.values().cloned().collect(), 0);
        self.anew.push(self.now);
    }

    fn online(&mut self) {
        self.outbox.online();
        self.anew.push(self.now);
    }

    /// Sends what is next, if it is time; whether it was.
    fn send(&mut self, fault: Fault) -> bool {
        let Some(entry) = self.outbox.take_next(&home(), self.now) else { return false };
        assert_eq!(self.outbox.take_next(&home(), self.now), None, "two at a time");
        let arrives = !matches!(fault, Fault::Lost | Fault::Busy(_) | Fault::SignedOut);
        if arrives && !self.done.contains(&entry.key) {
            self.done.push(entry.key.clone());
        }
        let error = match fault {
            Fault::Crash => {
                self.restart();
                return true;
            }
            Fault::None | Fault::LateCrash => None,
            Fault::Lost | Fault::Server => Some(ApiError::Server { status: 502 }),
            Fault::AnswerLost => {
                self.now += Duration::from_secs(30);
                Some(timeout())
            }
            Fault::Sleep(hours) => {
                self.now += Duration::from_secs(u64::from(hours) * 3600);
                Some(timeout())
            }
            Fault::Busy(seconds) => {
                Some(ApiError::RateLimited { after: Some(Duration::from_secs(seconds)) })
            }
            Fault::Garbage => Some(ApiError::Malformed("line 1, column 1".into())),
            Fault::SignedOut => Some(ApiError::SignedOut),
        };
        let result = error.as_ref().map_or(Ok(()), Err);
        match self.outbox.answered(entry.number, result, self.now, self.jitter) {
            Fate::Done if matches!(fault, Fault::LateCrash) => self.restart(),
            Fate::Done => {
                self.anew.push(self.now);
                self.disk.remove(&entry.number);
            }
            Fate::Again => self.failures.push(self.now),
            Fate::Kept => {
                self.outbox.reset();
                self.anew.push(self.now);
            }
            Fate::Refused => panic!("{fault:?} threw {entry:?} away"),
        }
        true
    }

    /// Goes on to when something is to be sent, or by some seconds.
    fn wait(&mut self, seconds: u64) {
        let later = self.now + Duration::from_secs(seconds);
        let at = self.outbox.deadline().unwrap_or(later);
        assert!(at <= self.now + Duration::from_secs(600), "never tried again");
        self.now = at.max(self.now);
        if self.outbox.deadline().is_none() {
            self.now = later;
        }
    }

    /// The network is well again: everything goes.
    fn finish(&mut self) {
        for _ in 0..10_000 {
            if self.disk.is_empty() {
                assert_eq!(self.done, self.written, "in order, all, each once");
                return;
            }
            if !self.send(Fault::None) {
                self.wait(1);
            }
        }
        panic!("{} are still unsent", self.disk.len());
    }

    fn check_rate(&self) {
        let minute = Duration::from_secs(60);
        let within = |times: &[Instant], from: Instant| {
            times.iter().filter(|at| (from..from + minute).contains(*at)).count()
        };
        for at in &self.failures {
            let (failed, anew) = (within(&self.failures, *at), within(&self.anew, *at));
            assert!(failed <= PER_MINUTE * (anew + 1), "{failed} in a minute, {anew} times anew");
        }
    }
}

proptest! {
    #[test]
    fn half_an_hour_of_faults_loses_and_doubles_nothing(
        steps in prop::collection::vec((fault(), 0..8_u8, 0..20_u64), 1..300),
        jitter in prop_oneof![Just(0.0), Just(1.0), 0.0..1.0],
    ) {
        let mut world = World::new(jitter);
        for (fault, what, seconds) in steps {
            match what {
                0 | 1 => world.write(),
                2 => world.online(),
                _ => if !world.send(fault) {
                    world.wait(seconds);
                }
            }
        }
        world.finish();
        world.check_rate();
    }
}

#[test]
fn half_an_hour_of_one_fault_is_no_storm() {
    for fault in [
        Fault::Lost,
        Fault::AnswerLost,
        Fault::Server,
        Fault::Busy(0),
        Fault::Busy(45),
        Fault::Busy(u64::MAX),
        Fault::Garbage,
    ] {
        let mut world = World::new(0.0);
        let end = world.now + HALF_AN_HOUR;
        let mut round = 0;
        while world.now < end {
            round += 1;
            assert!(round < 10_000, "{fault:?}: a storm");
            if round % 5 == 0 {
                world.write();
            }
            if !world.send(fault) {
                world.wait(1);
            }
        }
        world.check_rate();
        assert!(world.failures.len() <= 80, "{fault:?}: {}", world.failures.len());
        world.finish();
    }
}

#[test]
fn what_was_written_without_a_bearer_waits_for_one() {
    let mut world = World::new(0.5);
    world.write();
    assert!(world.send(Fault::SignedOut));
    assert_eq!(world.disk.len(), 1);
    world.finish();
}
