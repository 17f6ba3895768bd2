//! Signed HTTP between programs of ours on one machine.
//!
//! OpenClaw's own WebSocket has its own way in. This is for HTTP endpoints of which both ends are
//! ours, as the article "Network security" describes it: a key is made when the serving program
//! starts, it is handed over in a file that only its owner can read, every request carries an
//! HMAC-SHA256 under it, and the key itself never goes over the wire. The answer is signed too: it
//! proves that what listens on the port is what wrote the file.
//!
//! ```text
//! canon = LP("mc-gw-v1") LP(METHOD) LP(path?query as sent) LP(Host) LP(seconds) LP(nonce) LP(hex sha256(body))
//! Authorization: MC-HMAC-SHA256 v=1, ts=<seconds>, nonce=<b64url>, sig=<b64url HMAC(key, canon)>
//! answer = LP("mc-gw-r1") LP(nonce) LP(status) LP(hex sha256(body)), in X-MC-Sig
//! LP(x) = length of x in bytes, 32 bits, big end first, then x
//! ```
//!
//! The seconds and the status are decimal digits, the nonce is its base64url text, HMAC's result is
//! base64url without padding. Nothing here opens a socket or looks at a clock.

mod canon;
mod client;
mod key;
mod nonces;
mod session;
mod verifier;

#[cfg(test)]
mod tests;

pub use client::{ResponseError, sign_request, verify_response};
pub use key::{Key, Nonce};
pub use session::{Session, SessionError};
pub use verifier::{Refused, Request, Verified, Verifier, sign_response};

/// The header that carries an answer's signature.
pub const RESPONSE_HEADER: &str = "x-mc-sig";
/// How far the two clocks may be apart, in seconds.
pub const WINDOW: u64 = 60;
/// Longest body of a request or an answer, in bytes.
pub const LONGEST_BODY: usize = 8 * 1024 * 1024;

/// The word before the parameters in `Authorization`.
const SCHEME: &str = "MC-HMAC-SHA256";
