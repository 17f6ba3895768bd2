//! The only crate that opens outbound sockets: TLS, trust store, allow-list, connection log.
//!
//! A [`Door`] is what other crates hold. Every connection names its [`Purpose`], is checked
//! against the [`Policy`] before it is made, and lands in the [`ConnectionLog`], refused ones
//! too. There is no way to skip the check of a certificate.

mod connection;
mod door;
mod error;
mod log;
mod policy;
mod tls;
mod udp;
mod websocket;

pub use connection::Connection;
pub use door::Door;
pub use error::{NetError, TlsFault};
pub use log::{ConnectionLog, Entry, Outcome};
pub use policy::{Policy, Purpose, Rule};
pub use rustls_pki_types::CertificateDer;
pub use tls::Trust;
pub use udp::UdpBuffers;
pub use websocket::{Close, Message, WebSocket};
