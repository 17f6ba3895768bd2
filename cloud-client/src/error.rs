//! What the cloud refused, by what the caller can do.

use net::NetError;
use std::time::Duration;

/// A request that failed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ApiError {
    /// Sign-in: wrong address or password.
    #[error("the e-mail address or the password is wrong")]
    WrongCredentials,
    /// Too many failed sign-ins.
    #[error("the account is locked")]
    Locked {
        /// RFC 3339 time, when the cloud said one.
        until: Option<String>,
    },
    /// The bearer is not valid (any more). Not to be retried.
    #[error("the bearer token is not valid")]
    SignedOut,
    /// This person or daemon may not do this.
    #[error("not allowed")]
    Forbidden,
    /// No such thing.
    #[error("not found")]
    NotFound,
    /// It cannot be done in the state it is in.
    #[error("not in this state")]
    Conflict,
    /// The workspace would be left without an owner.
    #[error("the workspace would have no owner")]
    LastOwner,
    /// The address is in the workspace already.
    #[error("the address is taken")]
    Taken,
    /// It was used or has ended.
    #[error("used or ended")]
    Gone,
    /// The request is too long.
    #[error("too long")]
    TooLarge,
    /// Too many requests.
    #[error("too many requests")]
    RateLimited {
        /// When to come back, when the cloud said so.
        after: Option<Duration>,
    },
    /// The cloud's fault.
    #[error("the cloud failed with status {status}")]
    Server {
        /// HTTP status.
        status: u16,
    },
    /// The request itself is wrong.
    #[error("the cloud refused the request: {code}")]
    Refused {
        /// The cloud's code.
        code: String,
    },
    /// The answer is not what the protocol says.
    #[error("the cloud's answer could not be read: {0}")]
    Malformed(String),
    /// No answer at all.
    #[error(transparent)]
    Net(#[from] NetError),
}
