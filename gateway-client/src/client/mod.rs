//! One connection that keeps itself open.
//!
//! [`machine`] says what to do and knows neither socket nor clock; [`task`] does it.

mod hello;
mod login;
mod machine;
mod pending;
mod refusal;
mod sleep;
mod task;
#[cfg(test)]
mod tests;

use crate::GatewayToken;
use crate::discovery::Endpoint;
use crate::events::Happening;
use crate::identity::{DeviceKey, Grant};
use crate::methods::{Hello, Method};
use crate::wire;
use net::{Door, NetError};
use pending::Reply;
use serde_json::value::RawValue;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Duration;
use tokio::sync::{mpsc, oneshot, watch};
use tokio::time::{Instant, timeout_at};

/// Requests that may wait to be sent. Then the next one waits to be taken, within its time.
const ASKS: usize = 64;
/// Events that may wait to be taken. Then the socket is not read until one is.
const EVENTS: usize = 1024;
/// The first request's number; `connect` is 1.
const FIRST: u64 = 2;

/// Where to connect, and as whom.
#[derive(Clone, Debug)]
pub struct Target {
    /// The gateway's port on the loopback interface.
    pub endpoint: Endpoint,
    /// The shared token, when there is one.
    pub token: Option<GatewayToken>,
    /// This device.
    pub key: Arc<DeviceKey>,
    /// What the gateway granted this device before, when it did.
    pub grant: Option<Grant>,
    /// The program's version, for `client.version`.
    pub version: String,
}

/// What happens on the connection.
#[derive(Clone, Debug)]
pub enum Event {
    /// The connection's state changed.
    State(LinkState),
    /// The gateway paired this device, or gave it another token: to be kept.
    Granted(Grant),
    /// The gateway takes the token that it gave to this device no more: to be forgotten.
    Revoked,
    /// Something happened at the gateway.
    Happened(Box<Happening>),
    /// Events were missed: what is shown must be loaded again.
    Missed,
}

/// Where the connection stands.
#[derive(Clone, Debug)]
pub enum LinkState {
    /// The socket is being opened.
    Connecting,
    /// The handshake is under way.
    Handshake,
    /// Open, and every request can be made.
    Online(Arc<Hello>),
    /// The gateway said that it restarts; it is tried again soon.
    Restarting {
        /// Since when.
        since: Instant,
    },
    /// Nothing listens there: the gateway was stopped, or was never started. Looked for again.
    Stopped {
        /// When it is looked for again.
        until: Instant,
    },
    /// Lost for another reason; the next attempt comes by itself.
    Waiting {
        /// When.
        until: Instant,
        /// Why it was lost.
        error: ConnectError,
    },
    /// Refused for good: nothing is tried until [`Client::reconnect_now`].
    Refused(Refusal),
}

/// Why a connection was lost or not made; trying again may help.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ConnectError {
    /// The network.
    #[error(transparent)]
    Net(#[from] NetError),
    /// It closed the connection.
    #[error("the gateway closed the connection ({code}): {reason}")]
    Closed {
        /// Close code (RFC 6455 section 7.4).
        code: u16,
        /// In its words.
        reason: String,
    },
    /// It is starting.
    #[error("the gateway is starting")]
    Starting,
    /// Nothing came for longer than twice its tick.
    #[error("the gateway fell silent")]
    Silent,
    /// It does not speak as a gateway does.
    #[error("what answers there does not speak as an OpenClaw gateway does: {0}")]
    NotAGateway(String),
    /// It refused, in a way that may pass.
    #[error("the gateway refused: {0}")]
    Other(String),
}

/// Why the gateway lets this device not in; trying again does not help by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Refusal {
    /// A person must approve this device first: `openclaw devices approve <request>`.
    PairingNeeded {
        /// The request that waits to be approved.
        request: String,
        /// Why: `not-paired`, `scope-upgrade`, ...
        reason: String,
    },
    /// It wants a token, and none was found.
    TokenMissing,
    /// It does not take the token that was found.
    TokenWrong,
    /// This device was removed, or its token was revoked, and there is no shared token to be let in
    /// with.
    DeviceRemoved,
    /// A program of another user of this computer listens at the gateway's port. It was told
    /// nothing.
    ForeignUser {
        /// The user's number; `None` where the system does not say whose program it is.
        user: Option<u32>,
    },
    /// It does not take this device's key or signature.
    DeviceRefused {
        /// The gateway's `details.code`.
        code: String,
    },
    /// It speaks only older protocols than this program.
    TooOld {
        /// The protocol that it wants.
        gateway: u32,
    },
    /// It speaks only newer protocols than this program.
    TooNew {
        /// The protocol that it wants.
        gateway: u32,
    },
    /// Too many attempts.
    RateLimited {
        /// How long it wants to be left alone, when it says so.
        retry_after: Option<Duration>,
    },
    /// Anything else, in the gateway's words.
    Other {
        /// `details.code`, or the error's own code.
        code: String,
        /// In its words.
        message: String,
    },
}

/// Why a request was not answered well.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RequestError {
    /// There is no connection, or it was lost before the answer came. A request with an
    /// idempotency key may be made again.
    #[error("the gateway is not connected")]
    NotOpen,
    /// No answer in time.
    #[error("the gateway did not answer in time")]
    Timeout,
    /// The gateway does not know the method: it is older.
    #[error("this gateway does not know {0}")]
    Unsupported(&'static str),
    /// This device may not do it.
    #[error("this device lacks the right {scope}")]
    Forbidden {
        /// The missing scope.
        scope: String,
    },
    /// The gateway refused.
    #[error("{message}")]
    Refused {
        /// `error.code`.
        code: String,
        /// In its words.
        message: String,
        /// `error.details`, for the few errors that are looked into; JSON.
        details: Option<String>,
    },
    /// The answer is not what it should be.
    #[error("the gateway's answer to {method} could not be read: {why}")]
    Answer {
        /// Which method.
        method: &'static str,
        /// Why.
        why: String,
    },
    /// The request is longer than the gateway takes.
    #[error("the request is {bytes} bytes long; the gateway takes {most}")]
    TooLarge {
        /// Its length.
        bytes: usize,
        /// The most the gateway takes.
        most: usize,
    },
}

/// The connection. Cheap to clone; it closes when the last clone is dropped.
#[derive(Clone, Debug)]
pub struct Client {
    asks: mpsc::Sender<task::Ask>,
    nudge: mpsc::Sender<()>,
    /// There while the connection is open.
    hello: watch::Receiver<Option<Arc<Hello>>>,
    /// Number of the next request.
    next: Arc<AtomicU64>,
}

impl Client {
    /// Opens a connection that keeps itself open, on the current tokio runtime. Where the events
    /// are not taken the gateway is not read either, so none is lost.
    #[must_use]
    pub fn start(door: Door, target: Target) -> (Self, mpsc::Receiver<Event>) {
        let (asks, asked) = mpsc::channel(ASKS);
        let (nudge, nudges) = mpsc::channel(1);
        let (events, receiver) = mpsc::channel(EVENTS);
        let (online, hello) = watch::channel(None);
        tokio::spawn(task::Task::new(door, target, events, online).run(asked, nudges));
        (Self { asks, nudge, hello, next: Arc::new(AtomicU64::new(FIRST)) }, receiver)
    }

    /// Makes a request and waits for its answer, at most [`Method::SECONDS`]. Nothing is kept for
    /// later: without a connection it fails at once.
    ///
    /// # Errors
    /// [`RequestError`].
    pub async fn request<M: Method>(&self, method: &M) -> Result<M::Answer, RequestError> {
        // Its list of methods is not looked at: `chat.inject` is not on it, and works.
        let hello = self.hello.borrow().clone().ok_or(RequestError::NotOpen)?;
        let id = self.next.fetch_add(1, Relaxed);
        let frame = wire::request(&id.to_string(), M::NAME, method);
        let frame = frame.map_err(|error| RequestError::Answer {
            method: M::NAME,
            why: format!("its parameters cannot be written: {error}"),
        })?;
        if frame.len() > hello.max_payload {
            return Err(RequestError::TooLarge { bytes: frame.len(), most: hello.max_payload });
        }
        let until = Instant::now() + Duration::from_secs(M::SECONDS);
        let (reply, answer) = oneshot::channel();
        let ask = task::Ask { id, frame, until, reply };
        match timeout_at(until, self.asks.send(ask)).await {
            Ok(Ok(())) => {}
            Ok(Err(_)) => return Err(RequestError::NotOpen),
            Err(_) => return Err(RequestError::Timeout),
        }
        let payload = match answer.await {
            Ok(Reply::Payload(payload)) => payload,
            Ok(Reply::Fault(fault)) => return Err(request_error(M::NAME, fault)),
            Ok(Reply::Late) => return Err(RequestError::Timeout),
            Ok(Reply::NotOpen) | Err(_) => return Err(RequestError::NotOpen),
        };
        serde_json::from_str(payload.get())
            .map_err(|error| RequestError::Answer { method: M::NAME, why: error.to_string() })
    }

    /// Connects now: instead of waiting, or after a refusal. Where the connection is open it is
    /// looked whether it lives.
    pub fn reconnect_now(&self) {
        // One waiting nudge is as good as two.
        let _ = self.nudge.try_send(());
    }
}

/// The gateway's no to a request.
fn request_error(method: &'static str, fault: wire::Fault) -> RequestError {
    if fault.code == "FORBIDDEN" && fault.detail("code") == Some("MISSING_SCOPE") {
        let scope = fault.detail("missingScope").unwrap_or_default().to_owned();
        return RequestError::Forbidden { scope };
    }
    // It has no code of its own.
    if fault.code == "INVALID_REQUEST" && fault.message.starts_with("unknown method") {
        return RequestError::Unsupported(method);
    }
    let details = (!fault.details.is_null()).then(|| fault.details.to_string());
    RequestError::Refused { code: fault.code, message: fault.message, details }
}

/// What an event says, typed. The only place where events of the wire become [`Happening`]s.
fn happening(name: &str, payload: &RawValue) -> Happening {
    Happening::parse(name, payload)
}
