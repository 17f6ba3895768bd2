//! TURN over TLS, or over plain TCP, for a crate that only knows TURN over UDP.
//!
//! The `webrtc` crate skips `turns:` and `?transport=tcp` servers. It does let us hand it the
//! sockets, so it gets one that is none: [`socket::TurnStreamSocket`] takes the datagrams meant
//! for a placeholder address and puts them on a connection ([`framing`]), and gives back what
//! comes from there. [`link`] makes that connection, through [`net::Door`] like every other, and
//! makes it again when it ends. Nothing here names a UDP socket.

pub(super) mod framing;
mod link;
mod socket;

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

pub(super) use link::{Link, is_placeholder};

/// Stands for the TURN server in everything the crate sees (RFC 5737: an address that is nobody's).
pub(super) const PLACEHOLDER: SocketAddr =
    SocketAddr::new(IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1)), 3478);
