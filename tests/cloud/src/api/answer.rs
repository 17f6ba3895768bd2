//! How a refusal looks on the wire.

use crate::refusal::Refusal;
use axum::Json;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use cloud_client::wire::{Failure, FailureBody};

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let (mut until, mut after) = (None, None);
        let (status, code, message) = match self {
            Self::BadRequest(why) => (StatusCode::BAD_REQUEST, "bad_request", why),
            Self::WrongCredentials => (
                StatusCode::UNAUTHORIZED,
                "wrong_credentials",
                "the e-mail address or the password is wrong".into(),
            ),
            Self::TokenInvalid => {
                (StatusCode::UNAUTHORIZED, "token_invalid", "the token is not valid".into())
            }
            Self::Forbidden => (StatusCode::FORBIDDEN, "forbidden", "not allowed".into()),
            Self::NotFound => (StatusCode::NOT_FOUND, "not_found", "not found".into()),
            Self::Method => (
                StatusCode::METHOD_NOT_ALLOWED,
                "bad_request",
                "this method is not for this path".into(),
            ),
            Self::Conflict(why) => (StatusCode::CONFLICT, "conflict", why.into()),
            Self::LastOwner => {
                (StatusCode::CONFLICT, "last_owner", "somebody must own the workspace".into())
            }
            Self::Taken => {
                (StatusCode::CONFLICT, "taken", "the address is in the workspace already".into())
            }
            Self::KeyReused => (
                StatusCode::CONFLICT,
                "key_reused",
                "the idempotency key came before with another request".into(),
            ),
            Self::Gone => (StatusCode::GONE, "gone", "the invitation was used or has ended".into()),
            Self::TooLarge => {
                (StatusCode::PAYLOAD_TOO_LARGE, "too_large", "the body is too long".into())
            }
            Self::Locked(at) => {
                until = Some(format!("{at:.0}"));
                (StatusCode::LOCKED, "locked", "too many failed sign-ins".into())
            }
            Self::RateLimited(wait) => {
                after = Some(wait.as_millis().div_ceil(1000).max(1).to_string());
                (StatusCode::TOO_MANY_REQUESTS, "rate_limited", "too many requests".into())
            }
            Self::Internal(error) => {
                tracing::error!(%error, "a request failed");
                (StatusCode::INTERNAL_SERVER_ERROR, "internal", "the server failed".into())
            }
        };
        let error = FailureBody { code: code.into(), message, until };
        let after = after.map(|seconds| [(header::RETRY_AFTER, seconds)]);
        let body = Json(Failure { error });
        match after {
            Some(after) => (status, after, body).into_response(),
            None => (status, body).into_response(),
        }
    }
}
