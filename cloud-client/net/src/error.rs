//! What can go wrong on the way out, by what a person can do about it.

use crate::{ProxyFault, Purpose, TlsFault};
use std::error::Error;
use std::io;
use std::net::IpAddr;

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
    /// The name of a service on the Internet stands for an address of a local network. Nothing
    /// was sent.
    #[error("the name {host} stands for {address}, which is an address of a local network")]
    PrivateAddress {
        /// Host.
        host: String,
        /// The address.
        address: IpAddr,
    },
    /// The URL is not `https` or `wss`, or has no host.
    #[error("only https and wss addresses are used")]
    NotSecure,
    /// The URL carries a user name or a password before the host.
    #[error("addresses with a user name or a password are not used")]
    UserInfo,
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
    /// The proxy of the environment could not be used. No other way is tried.
    #[error("the proxy {proxy}: {fault}")]
    Proxy {
        /// `host:port`; the variable's name where its value cannot be read.
        proxy: String,
        /// What is wrong.
        fault: ProxyFault,
    },
    /// The certificate or the handshake was refused.
    #[error("{fault}")]
    Tls {
        /// What is wrong.
        fault: TlsFault,
    },
    /// The operating system has no trusted certificates, so nothing can be trusted.
    #[error("no trusted certificates were found on this computer")]
    NoRoots,
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
    /// A web page came where data was asked for: a network that wants a sign-in first.
    #[error("a web page came instead of the answer")]
    CaptivePortal,
    /// The answer is longer than allowed.
    #[error("the answer is too long")]
    TooLarge,
    /// The other end sends more messages without content than anybody needs.
    #[error("the other end floods the connection")]
    Flood,
    /// The WebSocket upgrade was answered with this status.
    #[error("the server answered the upgrade with status {status}")]
    Upgrade {
        /// HTTP status.
        status: u16,
    },
    /// The other end does not speak the protocol, or the connection broke.
    #[error("the connection broke: {0}")]
    Protocol(String),
    /// A program of another user of this computer listens at the port. It was told nothing.
    #[error("a program of another user ({user}) listens at port {port} of this computer")]
    ForeignUser {
        /// Port.
        port: u16,
        /// The user's number.
        user: u32,
    },
    /// The system does not say whose program listens at the port. It was told nothing.
    #[error("the system does not say whose program listens at port {port} of this computer")]
    UnknownUser {
        /// Port.
        port: u16,
    },
    /// A local socket could not be prepared.
    #[error("a local socket cannot be used: {0}")]
    Socket(String),
}

impl NetError {
    /// Classifies an I/O error of the making of a connection to `host`.
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

    /// Classifies an error of an HTTP exchange on an open connection.
    pub(crate) fn from_http(error: &hyper::Error) -> Self {
        if let Some(tls) = find::<rustls::Error>(error) {
            return Self::Tls { fault: tls.into() };
        }
        if error.is_parse_too_large() {
            return Self::TooLarge;
        }
        Self::Protocol(root(error))
    }

    /// Takes a web page for what it is, where data was asked for: `text/html`, or status 511
    /// (RFC 6585, section 6).
    ///
    /// # Errors
    /// [`NetError::CaptivePortal`].
    pub fn unless_portal<T>(answer: &http::Response<T>) -> Result<(), Self> {
        let kind = answer.headers().get(http::header::CONTENT_TYPE);
        let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        let kind = kind.split(';').next().unwrap_or_default().trim();
        let page =
            ["text/html", "application/xhtml+xml"].iter().any(|p| p.eq_ignore_ascii_case(kind));
        if page || answer.status() == http::StatusCode::NETWORK_AUTHENTICATION_REQUIRED {
            return Err(Self::CaptivePortal);
        }
        Ok(())
    }
}

/// Looks for an error of type `E` in the chain, also inside of [`io::Error`]s, which hide theirs
/// from `source`.
pub(crate) fn find<'a, E: Error + 'static>(error: &'a (dyn Error + 'static)) -> Option<&'a E> {
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

/// The innermost message.
fn root(error: &dyn Error) -> String {
    let mut last = error;
    while let Some(source) = last.source() {
        last = source;
    }
    last.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_web_page_is_no_answer() {
        let answer = |status, kind: &str| {
            let answer = http::Response::builder().status(status).header("content-type", kind);
            NetError::unless_portal(&answer.body(()).unwrap())
        };
        assert_eq!(answer(200, "application/json"), Ok(()));
        assert_eq!(answer(500, "text/plain"), Ok(()));
        assert_eq!(answer(200, "Text/HTML; charset=utf-8"), Err(NetError::CaptivePortal));
        assert_eq!(answer(511, "application/json"), Err(NetError::CaptivePortal));
        assert_eq!(NetError::unless_portal(&http::Response::new(())), Ok(()));
    }
}
