//! What a refused `connect` means (`gateway/protocol/auth.md`, and `ConnectErrorDetailCodes` of
//! the gateway's own sources).

use super::login::{Credential, PROTOCOL};
use super::{ConnectError, Refusal};
use crate::wire::Fault;
use serde_json::Value;
use std::time::Duration;

/// When a gateway that is starting is asked again, unless it says when.
pub(super) const STARTING: Duration = Duration::from_millis(500);

/// What follows from it.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Verdict {
    /// It starts; to be asked again after this time.
    Starting(Duration),
    /// It may pass by itself.
    Passing(ConnectError),
    /// The credential that was shown is not taken. `worthless`: it never will be again.
    /// The refusal is what to say when there is no other to show.
    Credential { worthless: bool, otherwise: Refusal },
    /// For good.
    Refused(Refusal),
}

/// Judges an error of `connect`, where `shown` was the credential and `token` says whether a
/// shared token is known.
pub(super) fn judge(fault: &Fault, shown: Credential, token: bool) -> Verdict {
    let code = fault.detail("code").unwrap_or(&fault.code);
    let message = || bounded(&fault.message);
    let other = || Refusal::Other { code: bounded(code), message: message() };
    // Whoever has no shared token needs one; whoever has one needs another.
    let wanting = || match (token, shown) {
        (true, _) => Refusal::TokenWrong,
        (false, Credential::Device) => Refusal::DeviceRemoved,
        (false, _) => Refusal::TokenMissing,
    };
    match code {
        "PAIRING_REQUIRED" => Verdict::Refused(Refusal::PairingNeeded {
            request: bounded(fault.detail("requestId").unwrap_or_default()),
            reason: bounded(fault.detail("reason").unwrap_or("not-paired")),
        }),
        "AUTH_TOKEN_MISSING" | "AUTH_PASSWORD_MISSING" | "AUTH_REQUIRED" => {
            Verdict::Credential { worthless: false, otherwise: Refusal::TokenMissing }
        }
        "AUTH_DEVICE_TOKEN_MISMATCH" | "AUTH_TOKEN_MISMATCH" | "AUTH_PASSWORD_MISMATCH" => {
            let worthless = shown == Credential::Device;
            Verdict::Credential { worthless, otherwise: wanting() }
        }
        "AUTH_SCOPE_MISMATCH" => Verdict::Credential { worthless: false, otherwise: other() },
        "AUTH_RATE_LIMITED" => {
            Verdict::Refused(Refusal::RateLimited { retry_after: fault.retry_after })
        }
        // The machine slept between the challenge and its answer: the next challenge is another.
        "DEVICE_AUTH_SIGNATURE_EXPIRED" | "DEVICE_AUTH_NONCE_MISMATCH" => {
            Verdict::Passing(ConnectError::Other(message()))
        }
        code if code.starts_with("DEVICE_") => {
            Verdict::Refused(Refusal::DeviceRefused { code: bounded(code) })
        }
        "PROTOCOL_MISMATCH" => {
            let expected = fault.details.get("expectedProtocol").and_then(Value::as_u64);
            Verdict::Refused(protocol(expected).unwrap_or_else(other))
        }
        _ if fault.detail("reason") == Some("startup-sidecars") => {
            Verdict::Starting(fault.retry_after.unwrap_or(STARTING))
        }
        _ if fault.retryable || fault.code == "UNAVAILABLE" => {
            Verdict::Passing(ConnectError::Other(message()))
        }
        _ => Verdict::Refused(other()),
    }
}

/// What a protocol other than ours means; `None` for ours, and for none.
pub(super) fn protocol(gateway: Option<u64>) -> Option<Refusal> {
    let gateway = u32::try_from(gateway?).unwrap_or(u32::MAX);
    match gateway.cmp(&PROTOCOL) {
        std::cmp::Ordering::Less => Some(Refusal::TooOld { gateway }),
        std::cmp::Ordering::Greater => Some(Refusal::TooNew { gateway }),
        std::cmp::Ordering::Equal => None,
    }
}

/// Longest text of a gateway that is kept, in characters.
const TEXT: usize = 500;

/// A text of the gateway's that is shown to a person: not without end, and in one line.
pub(super) fn bounded(text: &str) -> String {
    text.chars().take(TEXT).map(|c| if c.is_control() { ' ' } else { c }).collect()
}
