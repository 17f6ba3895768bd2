//! The client's side of the Pusher protocol. Sans I/O.

use crate::wire::Progress;
use serde::Deserialize;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// Silence after which a ping is sent, where the server names none.
const ACTIVITY: Duration = Duration::from_secs(120);
/// To answer a ping.
const PONG: Duration = Duration::from_secs(30);
/// Tries until it is given up.
const TRIES: u32 = 6;

/// What the caller does next.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Act {
    Nothing,
    Send(String),
    /// Have the subscription signed, then send [`Machine::subscribe`].
    Authorize {
        socket_id: String,
    },
    Progress(Progress),
    /// `last`: another try cannot help.
    Close {
        last: bool,
    },
}

#[derive(Debug)]
pub(super) struct Machine {
    channel: String,
    activity: Duration,
    heard: Instant,
    /// A ping was sent and nothing came since.
    pinged: bool,
}

#[derive(Deserialize)]
struct Event {
    event: String,
    #[serde(default)]
    channel: Option<String>,
    #[serde(default)]
    data: Value,
}

impl Event {
    /// Data is JSON in a string, or, from some servers, JSON.
    fn data(&self) -> Value {
        match &self.data {
            Value::String(text) => serde_json::from_str(text).unwrap_or(Value::Null),
            other => other.clone(),
        }
    }
}

impl Machine {
    pub(super) fn new(channel: &str, now: Instant) -> Self {
        Self { channel: channel.to_owned(), activity: ACTIVITY, heard: now, pinged: false }
    }

    pub(super) fn deadline(&self) -> Instant {
        self.heard + if self.pinged { self.activity + PONG } else { self.activity }
    }

    pub(super) fn heard(&mut self, now: Instant) -> Act {
        self.heard = now;
        self.pinged = false;
        Act::Nothing
    }

    /// The deadline has passed.
    pub(super) fn silent(&mut self, now: Instant) -> Act {
        if now < self.deadline() {
            return Act::Nothing;
        }
        if self.pinged {
            return Act::Close { last: false };
        }
        self.pinged = true;
        Act::Send(json!({ "event": "pusher:ping", "data": {} }).to_string())
    }

    pub(super) fn subscribe(&self, auth: &str) -> String {
        let data = json!({ "channel": self.channel, "auth": auth });
        json!({ "event": "pusher:subscribe", "data": data }).to_string()
    }

    pub(super) fn received(&mut self, text: &str, now: Instant) -> Act {
        self.heard(now);
        let Ok(event) = serde_json::from_str::<Event>(text) else { return Act::Nothing };
        match event.event.as_str() {
            "pusher:connection_established" => {
                let data = event.data();
                if let Some(seconds) = data.get("activity_timeout").and_then(Value::as_u64) {
                    self.activity = Duration::from_secs(seconds.clamp(5, 600));
                }
                match data.get("socket_id").and_then(Value::as_str) {
                    Some(id) if id.len() <= 64 => Act::Authorize { socket_id: id.to_owned() },
                    _ => Act::Close { last: true },
                }
            }
            "pusher:ping" => Act::Send(json!({ "event": "pusher:pong", "data": {} }).to_string()),
            "pusher:error" => {
                let code = event.data().get("code").and_then(Value::as_u64).unwrap_or(4100);
                Act::Close { last: is_final(u16::try_from(code).unwrap_or(4000)) }
            }
            "pusher:subscription_error" => Act::Close { last: true },
            "progress" if event.channel.as_deref() == Some(&self.channel) => {
                match serde_json::from_value::<Progress>(event.data()) {
                    Ok(mut progress) => {
                        progress.percent = progress.percent.min(100);
                        progress.step = progress.step.chars().take(120).collect();
                        Act::Progress(progress)
                    }
                    Err(_) => Act::Nothing,
                }
            }
            _ => Act::Nothing,
        }
    }
}

/// Whether a close or error code says not to come back: 4000 to 4099 (protocol, "Error Codes").
pub(super) fn is_final(code: u16) -> bool {
    (4000..4100).contains(&code)
}

/// Before try number `attempt` + 1; `random` is in 0..1. `None`: give up.
pub(super) fn wait(attempt: u32, random: f64) -> Option<Duration> {
    let longest = Duration::from_secs(1 << attempt.min(5));
    (attempt < TRIES).then(|| longest.mul_f64(0.5 + random / 2.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn machine() -> (Machine, Instant) {
        let now = Instant::now();
        (Machine::new("private-generation-1", now), now)
    }

    #[test]
    fn a_whole_generation() {
        let (mut m, now) = machine();
        let hello = r#"{"event":"pusher:connection_established","data":"{\"socket_id\":\"1.2\",\"activity_timeout\":30}"}"#;
        assert_eq!(m.received(hello, now), Act::Authorize { socket_id: "1.2".into() });
        let sent: Value = serde_json::from_str(&m.subscribe("key:mac")).unwrap();
        let data = json!({ "channel": "private-generation-1", "auth": "key:mac" });
        assert_eq!(sent, json!({ "event": "pusher:subscribe", "data": data }));
        let ok = r#"{"event":"pusher_internal:subscription_succeeded","channel":"private-generation-1","data":"{}"}"#;
        assert_eq!(m.received(ok, now), Act::Nothing);
        let news = r#"{"event":"progress","channel":"private-generation-1","data":"{\"percent\":140,\"step\":\"Reading\"}"}"#;
        let expected = Progress { percent: 100, step: "Reading".into(), done: false };
        assert_eq!(m.received(news, now), Act::Progress(expected));
        let other =
            r#"{"event":"progress","channel":"private-generation-2","data":"{\"percent\":1}"}"#;
        assert_eq!(m.received(other, now), Act::Nothing, "another channel's");
    }

    #[test]
    fn silence_is_asked_about_and_then_the_end() {
        let (mut m, now) = machine();
        assert_eq!(m.deadline(), now + ACTIVITY);
        assert!(matches!(m.silent(now + ACTIVITY), Act::Send(_)));
        assert_eq!(m.deadline(), now + ACTIVITY + PONG);
        assert_eq!(m.silent(m.deadline()), Act::Close { last: false });
        let pong = r#"{"event":"pusher:pong","data":{}}"#;
        m.received(pong, now + ACTIVITY);
        assert_eq!(m.deadline(), now + ACTIVITY + ACTIVITY);
    }

    #[test]
    fn errors_say_whether_to_come_back() {
        let (mut m, now) = machine();
        let error = |code: u16| format!(r#"{{"event":"pusher:error","data":{{"code":{code}}}}}"#);
        assert_eq!(m.received(&error(4001), now), Act::Close { last: true });
        assert_eq!(m.received(&error(4201), now), Act::Close { last: false });
        let waits: Vec<_> = (1..8).map(|n| wait(n, 1.0).map(|w| w.as_secs())).collect();
        assert_eq!(waits, [Some(2), Some(4), Some(8), Some(16), Some(32), None, None]);
    }

    proptest! {
        #[test]
        fn anything_may_come(text in ".{0,200}", event in "[a-z:_]{0,30}", data in ".{0,50}") {
            let (mut m, now) = machine();
            m.received(&text, now);
            m.received(&json!({ "event": event, "data": data }).to_string(), now);
        }
    }
}
