//! Signing in with the system's browser: the app's side of RFC 8628.

use crate::refusal::Refusal;
use crate::state::State as Shared;
use crate::store::{Device, DeviceState, new_token};
use axum::Json;
use axum::extract::rejection::FormRejection;
use axum::extract::{Form, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use cloud_client::BearerToken;
use cloud_client::wire::{
    CLIENT_ID, DeviceAuthorization, DeviceError, DeviceErrorCode, DeviceToken, GRANT_TYPE,
};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::json;
use std::sync::Arc;
use zeroize::Zeroizing;

/// By how much the interval grows when the app asks too often, in milliseconds (section 3.5).
const SLOWER: i64 = 5000;
/// Letters of a user code: no vowels, so no words, and nothing that looks alike (section 6.1).
const LETTERS: &[u8] = b"BCDFGHJKLMNPQRSTVWXZ";
/// Letters in a user code.
const LENGTH: usize = 8;

#[derive(Deserialize)]
pub(super) struct Authorize {
    client_id: String,
}

#[derive(Deserialize)]
pub(super) struct Ask {
    grant_type: String,
    device_code: Zeroizing<String>,
    client_id: String,
}

/// An error answer of RFC 6749 section 5.2.
fn refused(code: &str) -> Response {
    (StatusCode::BAD_REQUEST, Json(json!({ "error": code }))).into_response()
}

fn new_user_code() -> String {
    let letter = || {
        let index = rand::random_range(0..LETTERS.len());
        LETTERS.get(index).map_or('B', |letter| char::from(*letter))
    };
    (0..LENGTH).map(|_| letter()).collect()
}

/// A user code as it is stored, however it was typed.
pub(super) fn bare(user_code: &str) -> String {
    let letters = user_code.chars().filter(char::is_ascii_alphabetic);
    letters.take(LENGTH + 1).map(|letter| letter.to_ascii_uppercase()).collect()
}

/// A user code as it is read.
pub(super) fn dashed(user_code: &str) -> String {
    match user_code.split_at_checked(LENGTH / 2) {
        Some((one, two)) => format!("{one}-{two}"),
        None => user_code.to_owned(),
    }
}

pub(super) async fn authorize(
    State(state): State<Arc<Shared>>,
    form: Result<Form<Authorize>, FormRejection>,
) -> Result<Response, Refusal> {
    let Ok(Form(Authorize { client_id })) = form else { return Ok(refused("invalid_request")) };
    if client_id != CLIENT_ID {
        return Ok(refused("invalid_client"));
    }
    let now = Timestamp::now();
    let (life, interval) = (state.config.device.life, state.config.device.interval);
    let millis = |time: std::time::Duration| i64::try_from(time.as_millis()).unwrap_or(i64::MAX);
    let (device_code, user_code) = (new_token(), new_user_code());
    let device = Device {
        user_code,
        state: DeviceState::Pending,
        expires: now.as_millisecond().saturating_add(millis(life)),
        gap: millis(interval),
        polled: None,
    };
    // Two equal user codes at a time are one in ten thousand millions; the app tries again.
    state.store.add_device(&device_code, &device, now)?;
    let (uri, user_code) = (format!("{}/device", state.public_url), dashed(&device.user_code));
    let answer = DeviceAuthorization {
        device_code: Zeroizing::new(device_code),
        verification_uri_complete: Some(format!("{uri}?user_code={user_code}")),
        verification_uri: uri,
        user_code,
        expires_in: life.as_secs(),
        interval: interval.as_secs(),
    };
    Ok(Json(answer).into_response())
}

/// What the app is told.
#[derive(Debug, PartialEq, Eq)]
enum Poll {
    Token(String),
    Not(DeviceErrorCode),
}

/// The answer to a question at `now`, and how the grant goes on: least gap and time of the last
/// question, or `None` when it is over.
fn poll(device: &Device, now: i64) -> (Poll, Option<(i64, i64)>) {
    match &device.state {
        _ if now >= device.expires => (Poll::Not(DeviceErrorCode::ExpiredToken), None),
        DeviceState::Approved(person) => (Poll::Token(person.clone()), None),
        DeviceState::Denied => (Poll::Not(DeviceErrorCode::AccessDenied), None),
        DeviceState::Pending
            if device.polled.is_some_and(|last| now.saturating_sub(last) < device.gap) =>
        {
            let gap = device.gap.saturating_add(SLOWER);
            (Poll::Not(DeviceErrorCode::SlowDown), Some((gap, now)))
        }
        DeviceState::Pending => {
            (Poll::Not(DeviceErrorCode::AuthorizationPending), Some((device.gap, now)))
        }
    }
}

pub(super) async fn token(
    State(state): State<Arc<Shared>>,
    form: Result<Form<Ask>, FormRejection>,
) -> Result<Response, Refusal> {
    let Ok(Form(Ask { grant_type, device_code, client_id })) = form else {
        return Ok(refused("invalid_request"));
    };
    if client_id != CLIENT_ID {
        return Ok(refused("invalid_client"));
    }
    if grant_type != GRANT_TYPE {
        return Ok(refused("unsupported_grant_type"));
    }
    let now = Timestamp::now().as_millisecond();
    let answer = state.store.poll_device(&device_code, |device| poll(device, now))?;
    // A code that is not known was used or has ended.
    match answer.unwrap_or(Poll::Not(DeviceErrorCode::ExpiredToken)) {
        Poll::Token(person) => {
            let access_token = BearerToken::new(state.store.new_bearer(&person)?);
            Ok(Json(DeviceToken { access_token, token_type: "Bearer".into() }).into_response())
        }
        Poll::Not(error) => {
            Ok((StatusCode::BAD_REQUEST, Json(DeviceError { error })).into_response())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_asks_too_often_must_wait_longer() {
        let mut device = Device {
            user_code: "BCDFGHJK".into(),
            state: DeviceState::Pending,
            expires: 100_000,
            gap: 5000,
            polled: None,
        };
        let mut ask = |now| {
            let (answer, goes_on) = poll(&device, now);
            let (gap, polled) = goes_on.unwrap();
            (device.gap, device.polled) = (gap, Some(polled));
            (answer, gap)
        };
        let pending = || Poll::Not(DeviceErrorCode::AuthorizationPending);
        let slow = || Poll::Not(DeviceErrorCode::SlowDown);
        assert_eq!(ask(0), (pending(), 5000));
        assert_eq!(ask(5000), (pending(), 5000));
        assert_eq!(ask(9999), (slow(), 10_000));
        assert_eq!(ask(19_998), (slow(), 15_000));
        assert_eq!(ask(34_998), (pending(), 15_000));
        let decided = |state| poll(&Device { state, ..device.clone() }, 35_000);
        assert_eq!(decided(DeviceState::Approved("u".into())), (Poll::Token("u".into()), None));
        let denied = (Poll::Not(DeviceErrorCode::AccessDenied), None);
        assert_eq!(decided(DeviceState::Denied), denied);
        let approved = Device { state: DeviceState::Approved("u".into()), ..device };
        assert_eq!(poll(&approved, 100_000), (Poll::Not(DeviceErrorCode::ExpiredToken), None));
    }

    #[test]
    fn a_user_code_is_the_same_however_it_is_typed() {
        let code = new_user_code();
        assert_eq!(dashed(&code).len(), 9);
        assert_eq!(bare(&dashed(&code).to_lowercase().replace('-', " ")), code);
        assert_ne!(bare(&format!("{code}X")), code);
    }
}
