//! The asking half.

use super::key::sized;
use super::{Key, LONGEST_BODY, Nonce, RESPONSE_HEADER, SCHEME, canon};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::HeaderMap;

/// The value of `Authorization` for a request. Each request has a nonce of its own.
///
/// `host` is the value of `Host` exactly as it is sent (`127.0.0.1:18789`), `now` the Unix time in
/// seconds.
#[must_use]
pub fn sign_request(
    key: &Key,
    method: &str,
    path_and_query: &str,
    host: &str,
    body: &[u8],
    now: u64,
    nonce: Nonce,
) -> String {
    let nonce = nonce.to_text();
    let text = canon::request(method, path_and_query, host, now, &nonce, body);
    let sig = URL_SAFE_NO_PAD.encode(key.sign(&text));
    format!("{SCHEME} v=1, ts={now}, nonce={nonce}, sig={sig}")
}

/// Why an answer is not believed. What answered is not the program that wrote the session file: no
/// further request goes to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ResponseError {
    /// It is not signed, or twice.
    #[error("the answer is not signed")]
    Unsigned,
    /// The signature is not one, or not that of this answer to this request.
    #[error("the answer's signature is wrong")]
    Wrong,
    /// The body is longer than 8 MiB.
    #[error("the answer is too long")]
    TooLong,
}

/// Checks an answer before anything in it is used.
///
/// # Errors
/// [`ResponseError`].
pub fn verify_response(
    key: &Key,
    nonce: Nonce,
    status: u16,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<(), ResponseError> {
    if body.len() > LONGEST_BODY {
        return Err(ResponseError::TooLong);
    }
    let mut values = headers.get_all(RESPONSE_HEADER).iter();
    let (Some(value), None) = (values.next(), values.next()) else {
        return Err(ResponseError::Unsigned);
    };
    let mac = value.to_str().ok().and_then(sized::<32>).ok_or(ResponseError::Wrong)?;
    let text = canon::response(&nonce.to_text(), status, body);
    if key.verify(&text, &mac) { Ok(()) } else { Err(ResponseError::Wrong) }
}
