//! The only crate that opens outbound sockets: TLS, trust store, proxies, allow-list, connection
//! log.
//!
//! A [`Door`] is what other crates hold. Every connection names its [`Purpose`], is checked
//! against the [`Policy`] before it is made, takes the proxy of the environment where there is
//! one, and lands in the [`ConnectionLog`], refused ones too. There is no way to skip the check
//! of a certificate. Only a cloud desktop's relay may be reached without TLS, since what it relays
//! is DTLS, and the gateway on this computer, at 127.0.0.1 and without a proxy.

mod connection;
mod dial;
mod door;
mod download;
mod error;
mod flood;
mod host;
mod log;
mod loopback;
mod meter;
mod no_proxy;
mod owner;
mod policy;
mod pool;
mod proxy;
mod proxy_fault;
mod purpose;
mod request;
mod tls;
mod tls_fault;
mod tunnel;
mod udp;
mod websocket;

pub use connection::Connection;
pub use door::Door;
pub use download::{Download, Limits};
pub use error::NetError;
pub use log::{ConnectionLog, Entry, Outcome, State};
pub use meter::Traffic;
pub use policy::{Policy, Row, Rule};
pub use proxy::Proxies;
pub use proxy_fault::ProxyFault;
pub use purpose::{Facts, Purpose};
pub use rustls_pki_types::CertificateDer;
pub use tls::Trust;
pub use tls_fault::TlsFault;
pub use udp::{UdpBuffers, Watch};
pub use websocket::{Close, Message, WebSocket};
