//! What can be wrong with a proxy, by what a person can do about it.

use crate::TlsFault;

/// Why a proxy did not lead to the destination.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ProxyFault {
    /// The variable is no address of a proxy. Its value is not shown: it may hold a password.
    #[error("the variable is not of the form http://user:password@host:port")]
    Malformed,
    /// The variable asks for a kind of proxy that is not supported.
    #[error("proxies of the kind {scheme} are not supported, only http, https, socks5 and socks5h")]
    Scheme {
        /// Scheme of the URL.
        scheme: String,
    },
    /// The proxy's own name does not resolve.
    #[error("its name was not found")]
    NotFound,
    /// No connection to the proxy.
    #[error("it cannot be reached: {why}")]
    Unreachable {
        /// For the log.
        why: String,
    },
    /// The secure connection to the proxy itself failed.
    #[error("its own secure connection: {fault}")]
    Tls {
        /// What is wrong.
        fault: TlsFault,
    },
    /// The proxy wants a name and a password, and none are set.
    #[error("it wants a name and a password")]
    PasswordWanted,
    /// The proxy does not take the name and the password that are set.
    #[error("it does not accept the name and the password")]
    PasswordWrong,
    /// The proxy wants another kind of sign-in than a password (NTLM, Kerberos, Digest).
    #[error("it wants a sign-in with {offered}, and only Basic is supported")]
    SignIn {
        /// What it offers: a stranger's text, short.
        offered: String,
    },
    /// The proxy does not allow the destination.
    #[error("it does not allow the destination")]
    Denied,
    /// The proxy could not reach the destination (SOCKS).
    #[error("it cannot reach the destination: {why}")]
    NotReached {
        /// For the log.
        why: String,
    },
    /// Another status (CONNECT).
    #[error("it answered with status {status}")]
    Status {
        /// HTTP status.
        status: u16,
    },
    /// The answer's head is longer than allowed.
    #[error("its answer is too long")]
    TooLong,
    /// The answer cannot be understood: perhaps no proxy at all.
    #[error("its answer cannot be understood")]
    Garbage,
    /// It closed the connection instead of answering.
    #[error("it closed the connection")]
    Closed,
    /// It did not answer in time.
    #[error("it did not answer in time")]
    Timeout,
}
