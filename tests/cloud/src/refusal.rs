//! What a request is refused with (`PROTOCOL.md`, section 1, "Errors").

use crate::CloudError;
use jiff::Timestamp;
use std::time::Duration;

/// Why a request is not done.
#[derive(Debug)]
pub(crate) enum Refusal {
    BadRequest(String),
    WrongCredentials,
    TokenInvalid,
    Forbidden,
    NotFound,
    /// 405: the path is there, the method is not.
    Method,
    Conflict(&'static str),
    LastOwner,
    Taken,
    KeyReused,
    Gone,
    TooLarge,
    Locked(Timestamp),
    RateLimited(Duration),
    Internal(CloudError),
}

impl From<CloudError> for Refusal {
    fn from(error: CloudError) -> Self {
        Self::Internal(error)
    }
}

impl From<rusqlite::Error> for Refusal {
    fn from(error: rusqlite::Error) -> Self {
        Self::Internal(error.into())
    }
}

impl From<tokio::task::JoinError> for Refusal {
    fn from(error: tokio::task::JoinError) -> Self {
        Self::Internal(error.into())
    }
}
