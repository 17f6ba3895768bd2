//! One connection to a cloud desktop, from the viewer's side: one task with named states.

mod incoming;
mod liveness;
mod paths;
mod session;
mod typing;

pub use paths::{PathMemory, RelayFault};

use crate::pipeline::Pipeline;
use crate::protocol::cursor::CursorShape;
use crate::protocol::input::Input;
use crate::signalling::{Signal, SignallingError};
use crate::stats::Summary;
use crate::transport::{ConnectionMode, IceServer, TransportError};
use net::Door;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc;

/// Orders, input events and events that may wait. Input beyond it is refused to the caller.
const QUEUE: usize = 256;

/// How the picture is wanted (`PROTOCOL.md`, `view`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct View {
    /// Most updates a second; 0 pauses.
    pub max_fps: u8,
    /// JPEG quality, 1 to 100.
    pub quality: u8,
}

/// How to open a desktop.
#[derive(Clone, Debug)]
pub struct Open {
    /// STUN and TURN servers from the cloud.
    pub ice_servers: Vec<IceServer>,
    /// Which ways may be taken.
    pub mode: ConnectionMode,
    /// In automatic mode: relays only, over UDP, TLS or TCP.
    pub relay_only: bool,
    /// What earlier connections to this desktop learned about the network.
    pub memory: PathMemory,
    /// The desktop is on this machine.
    pub loopback: bool,
    /// How the picture is wanted.
    pub view: View,
    /// Program and version, for the daemon's log.
    pub agent: String,
}

/// Where the connection stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// The offer is on its way; the desktop has not answered.
    Waiting,
    /// Candidates are being tried, DTLS is being set up.
    Finding,
    /// Connected; no picture yet.
    Connected,
    /// Pictures are shown. `relayed` once the path is known.
    Live {
        /// Through a relay.
        relayed: Option<bool>,
    },
    /// Nothing is heard.
    Unstable,
}

/// Why a connection is over.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum End {
    /// This end closed it.
    #[error("closed")]
    Closed,
    /// It could not be made or kept.
    #[error(transparent)]
    Signalling(#[from] SignallingError),
    /// WebRTC failed.
    #[error(transparent)]
    Transport(#[from] TransportError),
    /// Only relays may be used, and the cloud named none that can be; or none answered over UDP.
    #[error("no relay could be reached")]
    NoRelay,
    /// Only relays may be used, and the one over TLS or TCP failed.
    #[error(transparent)]
    Relay(#[from] RelayFault),
    /// The relay refuses the credentials: ask the cloud for fresh ones.
    #[error("the relay refused the credentials")]
    CredentialsExpired,
    /// The relay was gone and is back. A new connection, made at once, will work.
    #[error("the relay is back: the connection has to be made anew")]
    PathBack,
    /// The daemon said goodbye, or closed its channels.
    #[error("the desktop ended the session: {0}")]
    Bye(String),
    /// The daemon speaks no version that this end speaks.
    #[error("the desktop speaks another protocol version")]
    Version,
}

/// What happens on a connection.
#[derive(Debug)]
pub enum Event {
    /// To be sent to the other end through the cloud.
    Signal(Signal),
    /// Where it stands.
    Phase(Phase),
    /// Size of the shown picture in pixels, when it changes.
    Size(u32, u32),
    /// The desktop's pointer has a new shape.
    CursorShape(Arc<CursorShape>),
    /// The desktop's pointer moved.
    Cursor {
        /// Desktop pixels.
        position: (u16, u16),
        /// Shown by the desktop.
        visible: bool,
    },
    /// Figures of the last second, and the last round trip.
    Stats(Box<Summary>, Option<Duration>),
    /// The relay in use refuses the credentials; packets stop soon. Give fresh ones with
    /// [`Viewer::set_ice_servers`].
    CredentialsExpired,
    /// A bad picture or message, for the log.
    Bad(String),
    /// The connection is over; nothing follows.
    Ended(End),
}

/// What the owner asks of a connection.
#[derive(Debug)]
enum Order {
    Signal(Signal),
    View(View),
    IceServers(Vec<IceServer>),
    Refresh,
    PeerGone,
    Close,
}

/// A connection. Dropping it closes it.
pub struct Viewer {
    orders: mpsc::Sender<Order>,
    input: mpsc::Sender<Input>,
}

/// The connection's queue is full or it is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the connection to the desktop takes no more")]
pub struct Refused;

impl Viewer {
    /// Starts connecting, on the current tokio runtime. Pictures go to `pipeline`, which
    /// outlives the connection.
    #[must_use]
    pub fn open(
        door: Door,
        options: Open,
        pipeline: Arc<tokio::sync::Mutex<Pipeline>>,
    ) -> (Self, mpsc::Receiver<Event>) {
        let (orders, order_queue) = mpsc::channel(QUEUE);
        let (input, input_queue) = mpsc::channel(QUEUE);
        let (events, receiver) = mpsc::channel(QUEUE);
        tokio::spawn(async move {
            let end =
                session::run(&door, options, &pipeline, order_queue, input_queue, &events).await;
            // The owner may be gone already; then nobody asks.
            let _ = events.send(Event::Ended(end)).await;
        });
        (Self { orders, input }, receiver)
    }

    /// A signal of the other end came through the cloud.
    ///
    /// # Errors
    /// [`Refused`].
    pub fn signal(&self, signal: Signal) -> Result<(), Refused> {
        self.orders.try_send(Order::Signal(signal)).map_err(|_| Refused)
    }

    /// Passes an input event on.
    ///
    /// # Errors
    /// [`Refused`] when 256 events wait: the network takes none.
    pub fn input(&self, input: Input) -> Result<(), Refused> {
        self.input.try_send(input).map_err(|_| Refused)
    }

    /// Changes how the picture is wanted.
    ///
    /// # Errors
    /// [`Refused`].
    pub fn view(&self, view: View) -> Result<(), Refused> {
        self.orders.try_send(Order::View(view)).map_err(|_| Refused)
    }

    /// Gives fresh servers and credentials, before the old ones end
    /// ([`IceServer::expires`]). What is in use goes on; a restart takes the new ones.
    ///
    /// # Errors
    /// [`Refused`].
    pub fn set_ice_servers(&self, servers: Vec<IceServer>) -> Result<(), Refused> {
        self.orders.try_send(Order::IceServers(servers)).map_err(|_| Refused)
    }

    /// Asks for the whole picture.
    ///
    /// # Errors
    /// [`Refused`].
    pub fn refresh(&self) -> Result<(), Refused> {
        self.orders.try_send(Order::Refresh).map_err(|_| Refused)
    }

    /// The cloud says that the desktop left: make sure, quickly.
    ///
    /// # Errors
    /// [`Refused`].
    pub fn peer_gone(&self) -> Result<(), Refused> {
        self.orders.try_send(Order::PeerGone).map_err(|_| Refused)
    }

    /// Ends the connection; [`Event::Ended`] follows.
    pub fn close(&self) {
        // Full or over: dropping the handle closes it as well.
        let _ = self.orders.try_send(Order::Close);
    }
}
