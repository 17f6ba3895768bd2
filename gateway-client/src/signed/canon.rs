//! The texts that are signed.

use sha2::{Digest, Sha256};

/// A request, as it is signed. Method and path are as they are sent; the path with its query.
pub(super) fn request(
    method: &str,
    path_and_query: &str,
    host: &str,
    seconds: u64,
    nonce: &str,
    body: &[u8],
) -> Vec<u8> {
    joined(&["mc-gw-v1", method, path_and_query, host, &seconds.to_string(), nonce, &hash(body)])
}

/// An answer, as it is signed. The nonce is the request's: it belongs to no other.
pub(super) fn response(nonce: &str, status: u16, body: &[u8]) -> Vec<u8> {
    joined(&["mc-gw-r1", nonce, &status.to_string(), &hash(body)])
}

/// Each part with its length before it, so that nothing can move from one to the next.
fn joined(parts: &[&str]) -> Vec<u8> {
    let mut text = Vec::with_capacity(parts.iter().map(|part| part.len() + 4).sum());
    for part in parts {
        // A part of 4 GiB does not get here: heads and bodies are limited before.
        text.extend(u32::try_from(part.len()).unwrap_or(u32::MAX).to_be_bytes());
        text.extend(part.as_bytes());
    }
    text
}

/// Lower-case hex.
fn hash(body: &[u8]) -> String {
    use std::fmt::Write;
    Sha256::digest(body).iter().fold(String::with_capacity(64), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
