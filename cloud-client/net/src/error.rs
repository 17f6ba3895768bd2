//! What can go wrong on the way out, by what a person can do about it.

use crate::Purpose;
use std::error::Error;
use std::io;

/// A connection that failed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NetError {
    /// The policy does not allow it. Nothing was sent.
    #[error("{purpose}: {host}:{port} is not an allowed destination")]
    Refused {
        /// What for.
        purpose: Purpose,
        /// Normalised host.
        host: String,
        /// Port.
        port: u16,
    },
    /// The URL is not `https` or `wss`, or has no host.
    #[error("only https and wss addresses are used")]
    NotSecure,
    /// The name does not resolve.
    #[error("the name {host} was not found")]
    Dns {
        /// Host.
        host: String,
    },
    /// No connection was made.
    #[error("no connection to {host}: {why}")]
    Connect {
        /// Host.
        host: String,
        /// For the log.
        why: String,
    },
    /// The certificate or the handshake was refused.
    #[error("{fault}")]
    Tls {
        /// What is wrong.
        fault: TlsFault,
    },
    /// No answer in time.
    #[error("{host} did not answer in time")]
    Timeout {
        /// Host.
        host: String,
    },
    /// The server sent the request elsewhere. It is not followed.
    #[error("the server redirects to {to}")]
    Redirect {
        /// Host of the target; empty when there is none.
        to: String,
    },
    /// The answer is longer than allowed.
    #[error("the answer is too long")]
    TooLarge,
    /// The WebSocket upgrade was answered with this status.
    #[error("the server answered the upgrade with status {status}")]
    Upgrade {
        /// HTTP status.
        status: u16,
    },
    /// The other end does not speak the protocol, or the connection broke.
    #[error("the connection broke: {0}")]
    Protocol(String),
    /// A local socket could not be prepared.
    #[error("a local socket cannot be used: {0}")]
    Socket(String),
}

/// Why a secure connection was refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TlsFault {
    /// Out of date, or this machine's clock is wrong.
    #[error("the certificate has expired")]
    Expired,
    /// Not valid yet, or this machine's clock is wrong.
    #[error("the certificate is not valid yet")]
    NotYetValid,
    /// For another host.
    #[error("the certificate belongs to another host")]
    WrongHost,
    /// Not signed by anybody this machine trusts.
    #[error("this computer does not trust the issuer of the certificate")]
    UnknownIssuer,
    /// Revoked by its issuer.
    #[error("the certificate was revoked")]
    Revoked,
    /// Anything else of the handshake.
    #[error("the secure connection could not be set up ({0})")]
    Other(String),
}

impl From<&rustls::Error> for TlsFault {
    fn from(error: &rustls::Error) -> Self {
        use rustls::CertificateError as C;
        match error {
            rustls::Error::InvalidCertificate(fault) => match fault {
                C::Expired | C::ExpiredContext { .. } => Self::Expired,
                C::NotValidYet | C::NotValidYetContext { .. } => Self::NotYetValid,
                C::NotValidForName | C::NotValidForNameContext { .. } => Self::WrongHost,
                C::UnknownIssuer => Self::UnknownIssuer,
                C::Revoked => Self::Revoked,
                other => Self::Other(other.to_string()),
            },
            other => Self::Other(other.to_string()),
        }
    }
}

impl NetError {
    /// Classifies an I/O error of a connection to `host`.
    pub(crate) fn from_io(error: &io::Error, host: &str) -> Self {
        if let Some(tls) = find::<rustls::Error>(error) {
            return Self::Tls { fault: tls.into() };
        }
        let host = host.to_owned();
        match error.kind() {
            io::ErrorKind::TimedOut => Self::Timeout { host },
            io::ErrorKind::NotFound => Self::Dns { host },
            _ => Self::Connect { host, why: error.to_string() },
        }
    }

    pub(crate) fn from_reqwest(error: &reqwest::Error, host: &str) -> Self {
        if let Some(tls) = find::<rustls::Error>(error) {
            return Self::Tls { fault: tls.into() };
        }
        if let Some(own) = find::<NetError>(error) {
            return own.clone();
        }
        let host = host.to_owned();
        if error.is_timeout() {
            return Self::Timeout { host };
        }
        if error.is_connect() {
            return Self::Connect { host, why: root(error) };
        }
        Self::Protocol(root(error))
    }
}

/// Looks for an error of type `E` in the chain, also inside of [`io::Error`]s, which hide theirs
/// from `source`.
fn find<'a, E: Error + 'static>(error: &'a (dyn Error + 'static)) -> Option<&'a E> {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(found) = error.downcast_ref::<E>() {
            return Some(found);
        }
        if let Some(inner) = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref)
            && let Some(found) = find::<E>(inner)
        {
            return Some(found);
        }
        next = error.source();
    }
    None
}

/// The innermost message; the outer ones repeat the URL.
fn root(error: &dyn Error) -> String {
    let mut last = error;
    while let Some(source) = last.source() {
        last = source;
    }
    last.to_string()
}
