//! WebRTC, behind one small module: the `webrtc` crate is pre-1.0, nothing else names it.
//!
//! [`Peer`] serves both ends. The viewer makes the offer and the channels, a daemon answers.
//! Four settings decide whether pictures flow (see [`settings`] and [`socket`]): no mDNS, large
//! socket buffers with short receive bursts, 256 KiB messages, no acceptance waits. A relay that
//! is reached over TLS or plain TCP is a socket of our own ([`turn_stream`]).

mod burst;
mod channels;
mod peer;
pub mod probe;
mod route;
mod runtime;
mod sdp;
mod servers;
mod settings;
mod socket;
mod turn_stream;
mod watch;

pub use channels::Sender;
pub use peer::{Options, Peer, PeerEvent, PeerState, Planned, Role};
pub use route::{PathEvent, Route};
pub use servers::{ConnectionMode, IceServer, Plan, TurnCredential};
pub use watch::Refusal;

/// What WebRTC refused, or the sockets under it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TransportError {
    /// From the WebRTC crate.
    #[error("webrtc: {0}")]
    WebRtc(String),
    /// The policy or the system refused a socket.
    #[error(transparent)]
    Net(#[from] net::NetError),
    /// A socket could not be made.
    #[error("cannot open a network socket: {0}")]
    Socket(#[from] std::io::Error),
    /// The other end's description makes no sense.
    #[error("the other end's session description is not usable: {0}")]
    Description(&'static str),
    /// The channel is not open (yet, or any more).
    #[error("the data channel is not open")]
    NotOpen,
    /// A message is longer than the other end accepts.
    #[error("a message of {size} bytes is longer than the other end's {limit}")]
    TooLong {
        /// Bytes of the message.
        size: usize,
        /// Bytes the other end takes.
        limit: usize,
    },
}

impl From<webrtc::error::Error> for TransportError {
    fn from(error: webrtc::error::Error) -> Self {
        Self::WebRtc(error.to_string())
    }
}
