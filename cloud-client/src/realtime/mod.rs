//! The realtime socket (`PROTOCOL.md`, section 2): one task that keeps it open.

#[cfg(test)]
mod faults;
mod machine;
mod sleep;
mod task;

pub use machine::StopReason;

use crate::rest::Rest;
use crate::screen::ScreenLogin;
use crate::wire::{FromCloud, ToCloud};
use crate::{ApiError, BearerToken, DaemonToken};
use tokio::sync::mpsc;
use tokio::time::Instant;

/// Messages that may wait to be sent, and events that may wait to be read.
const QUEUE: usize = 256;

/// Whose socket it is.
#[derive(Clone, Debug)]
pub(crate) enum Identity {
    Person { bearer: BearerToken, workspace: String },
    Daemon(DaemonToken),
    Screen(ScreenLogin),
}

/// What happens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// The connection's state changed.
    State(LinkState),
    /// A message came.
    Message(FromCloud),
}

/// Where the connection stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkState {
    /// Being made.
    Connecting,
    /// Open.
    Online {
        /// The workspace's last event number; 0 for a daemon.
        seq: u64,
    },
    /// Lost; the next attempt comes by itself.
    Waiting {
        /// When.
        until: Instant,
        /// Why it was lost.
        error: ApiError,
    },
    /// Over; nothing follows.
    Stopped(StopReason),
}

/// The message was not taken: the socket is not open, or the queue is full.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the realtime connection is not open")]
pub struct NotOpen;

/// A connection that keeps itself open. Dropping it closes it.
pub struct Realtime {
    messages: mpsc::Sender<ToCloud>,
    nudge: mpsc::Sender<()>,
    online: std::sync::Arc<std::sync::atomic::AtomicBool>,
}

impl Realtime {
    /// A person's connection to a workspace.
    #[must_use]
    pub fn person(
        rest: Rest,
        bearer: BearerToken,
        workspace: String,
    ) -> (Self, mpsc::Receiver<Event>) {
        Self::start(rest, Identity::Person { bearer, workspace })
    }

    /// A daemon's connection.
    #[must_use]
    pub fn daemon(rest: Rest, token: DaemonToken) -> (Self, mpsc::Receiver<Event>) {
        Self::start(rest, Identity::Daemon(token))
    }

    /// An unattended screen's connection.
    #[must_use]
    pub fn screen(rest: Rest, login: ScreenLogin) -> (Self, mpsc::Receiver<Event>) {
        Self::start(rest, Identity::Screen(login))
    }

    fn start(rest: Rest, identity: Identity) -> (Self, mpsc::Receiver<Event>) {
        let (messages, outbox) = mpsc::channel(QUEUE);
        let (nudge, nudges) = mpsc::channel(1);
        let (events, receiver) = mpsc::channel(QUEUE);
        let online = std::sync::Arc::<std::sync::atomic::AtomicBool>::default();
        let task = task::Task::new(rest, identity, events, std::sync::Arc::clone(&online));
        tokio::spawn(task.run(outbox, nudges));
        (Self { messages, nudge, online }, receiver)
    }

    /// Sends a message. Nothing is kept for later: without a connection it is refused.
    ///
    /// # Errors
    /// [`NotOpen`].
    pub fn send(&self, message: ToCloud) -> Result<(), NotOpen> {
        if !self.online.load(std::sync::atomic::Ordering::Acquire) {
            return Err(NotOpen);
        }
        self.messages.try_send(message).map_err(|_| NotOpen)
    }

    /// Connects now instead of waiting.
    pub fn reconnect_now(&self) {
        // One waiting nudge is as good as two.
        let _ = self.nudge.try_send(());
    }
}
