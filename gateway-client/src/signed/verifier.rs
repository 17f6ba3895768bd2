//! The serving half.

use super::key::sized;
use super::nonces::{Entry, Nonces};
use super::{Key, LONGEST_BODY, Nonce, SCHEME, WINDOW, canon};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::header::{AUTHORIZATION, FORWARDED, HOST, ORIGIN, VIA};
use http::{HeaderMap, StatusCode};

/// Why a request is not served. The words go into a log, not to the caller: what asks wrongly is
/// told no more than the status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refused {
    /// A web page sent it (`Origin`).
    #[error("sent by a web page")]
    Origin,
    /// A browser sent it (`Sec-Fetch-*`).
    #[error("sent by a browser")]
    Browser,
    /// A proxy passed it on.
    #[error("passed on by a proxy")]
    Forwarded,
    /// `OPTIONS`: no page may ask what it may do here.
    #[error("the method OPTIONS is not served")]
    Options,
    /// `Host` is missing, there twice, or names another host or port.
    #[error("for another host")]
    Host,
    /// The body is longer than 8 MiB.
    #[error("the body is too long")]
    TooLong,
    /// No `Authorization`.
    #[error("not signed")]
    Unsigned,
    /// More than one `Authorization`.
    #[error("signed twice")]
    SignedTwice,
    /// `Authorization` is not written as it must be.
    #[error("the signature is malformed")]
    Malformed,
    /// A version of the format that is not known here.
    #[error("an unknown version of the signature")]
    Version,
    /// The time is more than a minute away.
    #[error("the time is too far off")]
    Time,
    /// The signature is not that of this request under this key.
    #[error("the signature is wrong")]
    Signature,
    /// This very request was served before.
    #[error("the request was used before")]
    Replay,
    /// Too many requests in a short time to remember them all.
    #[error("too many requests")]
    Full,
}

impl Refused {
    /// The status to answer with; the body stays empty, and there are no CORS headers.
    #[must_use]
    pub fn status(self) -> StatusCode {
        match self {
            Self::Origin | Self::Browser | Self::Forwarded | Self::Options | Self::Host => {
                StatusCode::FORBIDDEN
            }
            Self::TooLong => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Unsigned
            | Self::SignedTwice
            | Self::Malformed
            | Self::Version
            | Self::Time
            | Self::Signature
            | Self::Replay => StatusCode::UNAUTHORIZED,
            Self::Full => StatusCode::SERVICE_UNAVAILABLE,
        }
    }
}

/// A request as it came.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// As sent, for example `POST`.
    pub method: &'a str,
    /// As sent, with the query: before anything is decoded or put in order.
    pub path_and_query: &'a str,
    /// All of them.
    pub headers: &'a HeaderMap,
    /// As sent; it is hashed before anything reads it. The server stops reading a body that is
    /// longer than [`LONGEST_BODY`] and may then hand over what it has, one byte too many.
    pub body: &'a [u8],
}

/// A request that may be served.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verified {
    /// Its nonce, for [`sign_response`].
    pub nonce: Nonce,
}

/// Says which requests may be served. It keeps the nonces that were used: one for each key.
#[derive(Debug)]
pub struct Verifier {
    key: Key,
    port: u16,
    nonces: Nonces,
}

impl Verifier {
    /// For a server on this port of 127.0.0.1.
    #[must_use]
    pub fn new(key: Key, port: u16) -> Self {
        Self { key, port, nonces: Nonces::default() }
    }

    /// Checks what can be seen before the body is read: whether a browser or a proxy sent it, and
    /// the host. A server asks this first and reads no body of what it refuses.
    ///
    /// # Errors
    /// [`Refused`].
    pub fn head(&self, method: &str, headers: &HeaderMap) -> Result<(), Refused> {
        if headers.contains_key(ORIGIN) {
            return Err(Refused::Origin);
        }
        for name in headers.keys() {
            let name = name.as_str();
            if name.starts_with("sec-fetch-") {
                return Err(Refused::Browser);
            }
            if name.starts_with("x-forwarded")
                || name == "x-real-ip"
                || name == FORWARDED
                || name == VIA
            {
                return Err(Refused::Forwarded);
            }
        }
        if method.eq_ignore_ascii_case("OPTIONS") {
            return Err(Refused::Options);
        }
        self.host(headers).map(|_| ())
    }

    /// Checks a whole request. `now` is the Unix time in seconds.
    ///
    /// # Errors
    /// [`Refused`]. Only a request whose signature is right uses up its nonce.
    pub fn verify(&mut self, request: &Request<'_>, now: u64) -> Result<Verified, Refused> {
        self.head(request.method, request.headers)?;
        if request.body.len() > LONGEST_BODY {
            return Err(Refused::TooLong);
        }
        let host = self.host(request.headers)?;
        let given = Authorization::of(request.headers)?;
        if given.ts.abs_diff(now) > WINDOW {
            return Err(Refused::Time);
        }
        let text = canon::request(
            request.method,
            request.path_and_query,
            host,
            given.ts,
            &given.nonce.to_text(),
            request.body,
        );
        if !self.key.verify(&text, &given.sig) {
            return Err(Refused::Signature);
        }
        match self.nonces.enter(given.nonce, given.ts, now) {
            Entry::New => Ok(Verified { nonce: given.nonce }),
            Entry::Used => Err(Refused::Replay),
            Entry::Full => Err(Refused::Full),
        }
    }

    fn host<'a>(&self, headers: &'a HeaderMap) -> Result<&'a str, Refused> {
        let mut values = headers.get_all(HOST).iter();
        let (Some(value), None) = (values.next(), values.next()) else { return Err(Refused::Host) };
        let value = value.to_str().map_err(|_| Refused::Host)?;
        let (host, port) = value.rsplit_once(':').ok_or(Refused::Host)?;
        let named = matches!(host, "127.0.0.1" | "localhost" | "[::1]");
        if named && port == self.port.to_string() { Ok(value) } else { Err(Refused::Host) }
    }
}

/// `MC-HMAC-SHA256 v=1, ts=1770000000, nonce=..., sig=...`
struct Authorization {
    ts: u64,
    nonce: Nonce,
    sig: [u8; 32],
}

impl Authorization {
    /// Exactly as [`super::sign_request`] writes it: one way to write it is one thing to check.
    fn of(headers: &HeaderMap) -> Result<Self, Refused> {
        let mut values = headers.get_all(AUTHORIZATION).iter();
        let value = values.next().ok_or(Refused::Unsigned)?;
        if values.next().is_some() {
            return Err(Refused::SignedTwice);
        }
        let value = value.to_str().map_err(|_| Refused::Malformed)?;
        let rest = value.strip_prefix(SCHEME).and_then(|rest| rest.strip_prefix(' '));
        let mut parts = rest.ok_or(Refused::Malformed)?.split(", ");
        let mut part = |name: &str| parts.next()?.strip_prefix(name)?.strip_prefix('=');
        let version = part("v").ok_or(Refused::Malformed)?;
        if version != "1" {
            let number = !version.is_empty() && version.bytes().all(|b| b.is_ascii_digit());
            return Err(if number { Refused::Version } else { Refused::Malformed });
        }
        let read = (|| {
            let (ts, nonce, sig) = (part("ts")?, part("nonce")?, part("sig")?);
            let plain = ts.bytes().all(|b| b.is_ascii_digit()) && !ts.starts_with('0');
            let ts = Some(ts).filter(|_| plain)?.parse().ok()?;
            Some(Self { ts, nonce: Nonce::from_text(nonce)?, sig: sized(sig)? })
        })();
        match (read, parts.next()) {
            (Some(read), None) => Ok(read),
            _ => Err(Refused::Malformed),
        }
    }
}

/// The value of [`super::RESPONSE_HEADER`] for the answer to a verified request.
#[must_use]
pub fn sign_response(key: &Key, nonce: Nonce, status: u16, body: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(key.sign(&canon::response(&nonce.to_text(), status, body)))
}
