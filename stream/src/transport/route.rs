//! What the sockets tell about the ways to the other end.

use super::socket::Monitor;
use super::watch::Refusal;
use net::NetError;
use std::sync::Arc;
use tokio::sync::mpsc;

/// Path events that may wait. They are few; what does not fit is dropped and logged.
pub(super) const QUEUE: usize = 64;

/// The way that packets take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Route {
    /// No relay of this end or of the other.
    Direct,
    /// A relay, and UDP from here to it (or the other end's relay).
    RelayUdp,
    /// A relay, and TCP from here to it, with TLS or without.
    RelayTcp,
}

/// What happens below ICE.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PathEvent {
    /// The first datagram over UDP since the connection was made or restarted.
    UdpHeard,
    /// The stream to the relay is up.
    RelayUp,
    /// No stream to the relay; it is tried again.
    RelayDown {
        /// Why.
        error: NetError,
        /// Every relay of the list has now been tried.
        all: bool,
    },
    /// The stream to the relay was up and ended; the allocation is gone.
    RelayLost,
    /// The relay can be reached again: restart ICE.
    RelayBack,
    /// The relay refused.
    Refused(Refusal),
}

/// Tells path events.
#[derive(Clone, Debug)]
pub(super) struct Tell(mpsc::Sender<PathEvent>);

impl Tell {
    pub(super) fn new() -> (Self, mpsc::Receiver<PathEvent>) {
        let (sender, receiver) = mpsc::channel(QUEUE);
        (Self(sender), receiver)
    }

    pub(super) fn tell(&self, event: PathEvent) {
        if let Err(error) = self.0.try_send(event) {
            tracing::debug!(%error, "a path event was dropped");
        }
    }

    pub(super) fn monitor(&self) -> Arc<Monitor> {
        Arc::new(Monitor::new(self.clone()))
    }
}
