//! Channels of the Pusher protocol, version 7: who listens to which. Pure: sockets are queues.

use hmac::{Hmac, Mac};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::{HashMap, HashSet};
use tokio::sync::mpsc;

/// Frames that may wait for a socket; one that does not read is closed.
const QUEUE: usize = 64;
/// Channels of one socket.
const MOST: usize = 100;
/// Longest name of a channel, in bytes.
const NAME: usize = 164;
/// Silence after which an end asks whether the other is there, in seconds.
pub(crate) const ACTIVITY: u64 = 120;

/// A socket's number.
pub(crate) type ListenerId = u64;

struct Listener {
    socket_id: String,
    /// `None`: it does not read.
    queue: Option<mpsc::Sender<String>>,
    channels: HashSet<String>,
}

/// The state, and the application's secret.
pub(crate) struct Channels {
    key: String,
    secret: String,
    listeners: HashMap<ListenerId, Listener>,
    next: ListenerId,
}

#[derive(Deserialize)]
struct Frame {
    event: String,
    #[serde(default)]
    data: Value,
}

#[derive(Deserialize)]
struct Subscribe {
    channel: String,
    #[serde(default)]
    auth: String,
}

/// A frame of the protocol's own.
fn frame(event: &str, data: &Value) -> String {
    json!({ "event": event, "data": data }).to_string()
}

/// `pusher:error`.
pub(crate) fn error(code: u16, message: &str) -> String {
    frame("pusher:error", &json!({ "code": code, "message": message }))
}

impl Channels {
    pub(crate) fn new(secret: String) -> Self {
        let digest = Sha256::digest(format!("key of {secret}").as_bytes());
        let key = digest.iter().take(10).map(|byte| format!("{byte:02x}")).collect();
        Self { key, secret, listeners: HashMap::new(), next: 0 }
    }

    /// The application's key, which is no secret.
    pub(crate) fn key(&self) -> &str {
        &self.key
    }

    fn mac(&self, socket_id: &str, channel: &str) -> Option<Hmac<Sha256>> {
        let mac = Hmac::<Sha256>::new_from_slice(self.secret.as_bytes()).ok()?;
        Some(mac.chain_update(format!("{socket_id}:{channel}").as_bytes()))
    }

    /// Lets a socket into a private channel.
    pub(crate) fn sign(&self, socket_id: &str, channel: &str) -> Option<String> {
        let mac = self.mac(socket_id, channel)?.finalize().into_bytes();
        let hex: String = mac.iter().map(|byte| format!("{byte:02x}")).collect();
        Some(format!("{}:{hex}", self.key))
    }

    fn signed(&self, socket_id: &str, channel: &str, auth: &str) -> bool {
        let Some((key, hex)) = auth.split_once(':') else { return false };
        let Some(mac) = self.mac(socket_id, channel) else { return false };
        let digits: Option<Vec<u8>> = hex
            .as_bytes()
            .chunks(2)
            .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
            .collect();
        key == self.key && digits.is_some_and(|digits| mac.verify_slice(&digits).is_ok())
    }

    /// A socket opened.
    pub(crate) fn join(&mut self) -> (ListenerId, mpsc::Receiver<String>) {
        let (queue, receiver) = mpsc::channel(QUEUE);
        self.next += 1;
        let socket_id = format!("{}.{}", rand::random::<u32>(), self.next);
        let hello = json!({ "socket_id": socket_id, "activity_timeout": ACTIVITY });
        let listener = Listener { socket_id, queue: Some(queue), channels: HashSet::new() };
        self.listeners.insert(self.next, listener);
        self.tell(self.next, frame("pusher:connection_established", &hello.to_string().into()));
        (self.next, receiver)
    }

    /// A socket closed.
    pub(crate) fn leave(&mut self, id: ListenerId) {
        self.listeners.remove(&id);
    }

    /// A frame of a socket.
    pub(crate) fn message(&mut self, from: ListenerId, text: &str) {
        let Ok(Frame { event, data }) = serde_json::from_str(text) else {
            self.tell(from, error(4200, "the frame is not JSON with an event"));
            return;
        };
        match event.as_str() {
            "pusher:ping" => self.tell(from, frame("pusher:pong", &json!({}))),
            "pusher:pong" => {}
            "pusher:subscribe" => self.subscribe(from, &data),
            "pusher:unsubscribe" => {
                let channel = data.get("channel").and_then(Value::as_str).unwrap_or_default();
                if let Some(listener) = self.listeners.get_mut(&from) {
                    listener.channels.remove(channel);
                }
            }
            event if event.starts_with("client-") => {
                self.tell(from, error(4301, "clients send no events here"));
            }
            _ => {}
        }
    }

    fn subscribe(&mut self, from: ListenerId, data: &Value) {
        let Ok(Subscribe { channel, auth }) = Subscribe::deserialize(data) else {
            self.tell(from, error(4200, "no channel is named"));
            return;
        };
        let Some(listener) = self.listeners.get(&from) else { return };
        let problem = match () {
            () if channel.len() > NAME || !channel.starts_with("private-") => {
                Some("there are private channels only")
            }
            () if !self.signed(&listener.socket_id, &channel, &auth) => {
                Some("the signature for this channel is not valid")
            }
            () if listener.channels.len() >= MOST => Some("too many channels"),
            () => None,
        };
        if let Some(problem) = problem {
            self.tell(from, error(4009, problem));
            return;
        }
        let done = json!({
            "event": "pusher_internal:subscription_succeeded", "channel": channel, "data": "{}",
        });
        if let Some(listener) = self.listeners.get_mut(&from) {
            listener.channels.insert(channel);
        }
        self.tell(from, done.to_string());
    }

    /// Tells everybody who listens to a channel. As Pusher does it, the data is JSON in a string.
    pub(crate) fn publish(&mut self, channel: &str, event: &str, data: &impl Serialize) {
        let data = serde_json::to_string(data).unwrap_or_default();
        let text = json!({ "event": event, "channel": channel, "data": data }).to_string();
        let listeners: Vec<ListenerId> = self
            .listeners
            .iter()
            .filter(|(_, listener)| listener.channels.contains(channel))
            .map(|(id, _)| *id)
            .collect();
        for id in listeners {
            self.tell(id, text.clone());
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.listeners.is_empty()
    }

    /// Drops everybody without a word.
    pub(crate) fn abandon(&mut self) {
        self.listeners.clear();
    }

    fn tell(&mut self, to: ListenerId, text: String) {
        if let Some(listener) = self.listeners.get_mut(&to)
            && let Some(queue) = &listener.queue
            && queue.try_send(text).is_err()
        {
            listener.queue = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn next(queue: &mut mpsc::Receiver<String>) -> Value {
        serde_json::from_str(&queue.try_recv().expect("nothing was told")).unwrap()
    }

    fn socket_id(queue: &mut mpsc::Receiver<String>) -> String {
        let hello = next(queue);
        assert_eq!(hello["event"], "pusher:connection_established");
        let data: Value = serde_json::from_str(hello["data"].as_str().unwrap()).unwrap();
        assert_eq!(data["activity_timeout"], 120);
        data["socket_id"].as_str().unwrap().to_owned()
    }

    fn subscribe(channel: &str, auth: &str) -> String {
        frame("pusher:subscribe", &json!({ "channel": channel, "auth": auth }))
    }

    #[test]
    fn the_signature_is_pushers() {
        // Pusher's documentation, "Authentication signatures", worked example.
        let mut channels = Channels::new("7ad3773142a6692b25b8".into());
        channels.key = "278d425bdf160c739803".into();
        assert_eq!(
            channels.sign("1234.1234", "private-foobar").unwrap(),
            "278d425bdf160c739803:\
             58df8b0c36d6982b82c3ecf6b4662e34fe8c25bba48f5369f135bf843651c3a4"
        );
    }

    #[test]
    fn only_who_is_let_in_hears() {
        let mut channels = Channels::new("secret".into());
        let (ada, mut to_ada) = channels.join();
        let (eve, mut to_eve) = channels.join();
        let (ada_id, eve_id) = (socket_id(&mut to_ada), socket_id(&mut to_eve));
        let auth = channels.sign(&ada_id, "private-a").unwrap();
        channels.message(ada, &subscribe("private-a", &auth));
        assert_eq!(next(&mut to_ada)["event"], "pusher_internal:subscription_succeeded");
        let other = channels.sign(&eve_id, "private-b").unwrap();
        let foreign = Channels::new("another".into()).sign(&eve_id, "private-a").unwrap();
        for (channel, auth) in [
            ("private-a", auth.as_str()),
            ("private-a", &other),
            ("private-a", &foreign),
            ("private-a", ""),
            ("private-a", ":"),
            ("public", &other),
        ] {
            channels.message(eve, &subscribe(channel, auth));
            assert_eq!(next(&mut to_eve)["data"]["code"], 4009, "{channel} {auth}");
        }
        channels.publish("private-a", "progress", &json!({ "percent": 40 }));
        let told = next(&mut to_ada);
        assert_eq!((&told["event"], &told["channel"]), (&json!("progress"), &json!("private-a")));
        assert_eq!(told["data"], r#"{"percent":40}"#);
        assert!(to_eve.try_recv().is_err());
        channels.message(ada, &frame("pusher:unsubscribe", &json!({ "channel": "private-a" })));
        channels.publish("private-a", "progress", &json!({}));
        assert!(to_ada.try_recv().is_err());
    }

    #[test]
    fn pings_are_answered_and_junk_is_survived() {
        let mut channels = Channels::new("secret".into());
        let (id, mut queue) = channels.join();
        socket_id(&mut queue);
        channels.message(id, r#"{"event":"pusher:ping","data":{}}"#);
        assert_eq!(next(&mut queue)["event"], "pusher:pong");
        for (junk, code) in [
            ("", 4200),
            ("[]", 4200),
            (r#"{"event":"pusher:subscribe"}"#, 4200),
            (r#"{"event":"pusher:subscribe","data":{"channel":7}}"#, 4200),
            (r#"{"event":"client-x","channel":"private-a","data":{}}"#, 4301),
        ] {
            channels.message(id, junk);
            assert_eq!(next(&mut queue)["data"]["code"], code, "{junk}");
        }
        channels.message(id, r#"{"event":"later"}"#);
        assert!(queue.try_recv().is_err());
    }

    #[test]
    fn who_does_not_read_is_dropped() {
        let mut channels = Channels::new("secret".into());
        let (id, mut queue) = channels.join();
        for _ in 0..=QUEUE {
            channels.message(id, r#"{"event":"pusher:ping"}"#);
        }
        while queue.try_recv().is_ok() {}
        assert_eq!(queue.try_recv(), Err(mpsc::error::TryRecvError::Disconnected));
        channels.leave(id);
        assert!(channels.is_empty());
    }
}
