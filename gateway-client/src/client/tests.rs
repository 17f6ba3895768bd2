//! The machine without sockets and without sleeping, with what a real gateway said.

mod handshake;
mod life;
mod random;

use super::machine::{Machine, Out};
use super::{ConnectError, Event, LinkState, Refusal, Target};
use crate::discovery::Endpoint;
use crate::identity::{DeviceKey, Grant};
use crate::{DeviceToken, GatewayToken};
use net::{Close, NetError};
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

const ALL: [&str; 6] = super::login::SCOPES;
const SECOND: Duration = Duration::from_secs(1);

fn grant(token: &str, scopes: &[&str]) -> Grant {
    let scopes = scopes.iter().map(|scope| (*scope).to_owned()).collect();
    Grant { token: DeviceToken::new(token.into()), scopes }
}

/// A machine and its time.
struct World {
    machine: Machine,
    now: Instant,
    /// What was told, newest last.
    told: Vec<Event>,
    sent: Vec<Value>,
    /// Sockets asked for, and closed.
    opens: usize,
    closes: usize,
    answers: Vec<u64>,
}

impl World {
    fn new(token: Option<&str>, grant: Option<Grant>) -> Self {
        let target = Target {
            endpoint: Endpoint::loopback(18_789),
            token: token.map(|token| GatewayToken::new(token.into())),
            key: Arc::new(DeviceKey::from_seed(&[7; 32])),
            grant,
            version: "0.1.0".into(),
        };
        let (told, sent, answers) = (Vec::new(), Vec::new(), Vec::new());
        let machine = Machine::new(target);
        let now = Instant::now();
        let mut world = Self { machine, now, told, sent, opens: 0, closes: 0, answers };
        world.act();
        world
    }

    /// One that got as far as having sent `connect`.
    fn challenged(token: Option<&str>, grant: Option<Grant>) -> Self {
        let mut world = Self::new(token, grant);
        world.challenge();
        world
    }

    fn online() -> Self {
        let mut world = Self::challenged(Some("t"), None);
        world.text(&welcome("boot-1"));
        assert!(world.machine.is_online());
        world
    }

    fn act(&mut self) {
        while let Some(out) = self.machine.next_out() {
            match out {
                Out::Open => self.opens += 1,
                Out::Close => self.closes += 1,
                Out::Send(text) => self.sent.push(serde_json::from_str(&text).unwrap()),
                Out::Ping => self.sent.push(json!("ping")),
                Out::Tell(event) => self.told.push(event),
                Out::Answer(id, _) => self.answers.push(id),
            }
        }
    }

    fn challenge(&mut self) {
        self.machine.opened(self.now);
        self.text(&event("connect.challenge", &json!({"nonce": "n-1", "ts": 1000}), None));
    }

    fn text(&mut self, text: &str) {
        self.machine.text(text, self.now, 1.0);
        self.act();
    }

    fn close(&mut self, code: u16) {
        self.machine.closed(&Close { code, reason: "why".into() }, self.now, 1.0);
        self.act();
    }

    fn broke(&mut self, error: NetError) {
        self.machine.broke(error, self.now, 1.0);
        self.act();
    }

    /// Lets the time go on to the next deadline; how long that took.
    fn wait(&mut self) -> Duration {
        let until = self.machine.deadline().expect("something is waited for");
        let passed = until - self.now;
        self.now = until;
        self.machine.tick(self.now, 1.0);
        self.act();
        passed
    }

    /// The newest state.
    fn state(&self) -> &LinkState {
        let state = |event: &'_ Event| matches!(event, Event::State(_));
        match self.told.iter().rev().find(|event| state(event)) {
            Some(Event::State(state)) => state,
            _ => panic!("no state"),
        }
    }

    fn refusal(&self) -> &Refusal {
        match self.state() {
            LinkState::Refused(refusal) => {
                assert_eq!(self.machine.deadline(), None, "nothing is tried by itself");
                refusal
            }
            other => panic!("{other:?}"),
        }
    }

    /// Why it waits, and how long.
    fn waiting(&self) -> (&ConnectError, Duration) {
        match self.state() {
            LinkState::Waiting { until, error } => (error, *until - self.now),
            other => panic!("{other:?}"),
        }
    }

    fn missed(&self) -> usize {
        self.told.iter().filter(|event| matches!(event, Event::Missed)).count()
    }

    /// What the last `connect` carried.
    fn connect(&self) -> &Value {
        let last = self.sent.last().unwrap();
        assert_eq!((&last["method"], &last["id"]), (&json!("connect"), &json!("1")));
        &last["params"]
    }
}

fn event(name: &str, payload: &Value, seq: Option<u64>) -> String {
    json!({"type": "event", "event": name, "payload": payload, "seq": seq}).to_string()
}

fn welcome(boot: &str) -> String {
    welcome_with(boot, &json!({"scopes": ALL}))
}

fn welcome_with(boot: &str, auth: &Value) -> String {
    json!({"type": "res", "id": "1", "ok": true, "payload": {
        "type": "hello-ok", "protocol": 4, "auth": auth,
        "server": {"version": "2026.9.6", "bootId": boot},
        "policy": {"tickIntervalMs": 30_000},
    }})
    .to_string()
}

fn refuse(code: &str, details: &Value) -> String {
    let error = json!({"code": code, "message": "no", "details": details});
    json!({"type": "res", "id": "1", "ok": false, "error": error}).to_string()
}

fn nobody() -> NetError {
    NetError::Connect { host: "127.0.0.1".into(), why: "refused".into() }
}
