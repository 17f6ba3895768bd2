//! The gateway's errors as sentences. Each names which credential or which file it is about.

mod here;

pub(crate) use here::{
    discovery, folder, looking, no_program, open_folder, program, too_long, version,
};

use super::problem;
use crate::model::{Control, GatewayRefusal, Problem};
use crate::tr;
use gateway_client::discovery::folder::FolderError;
use gateway_client::discovery::{
    AuthMode, Compatibility, Discovery, DiscoveryError, Oddity, TokenSource, Version,
};
use gateway_client::program::ProgramError;
use gateway_client::{ConnectError, Refusal, RequestError};
use net::NetError;

/// Longest quotation of the gateway's own words, in bytes.
const QUOTED: usize = 300;

/// Why the gateway lets this program not in: the kind, for the button, and the sentence. `found`:
/// what was found on this machine, so that the very credential is named.
pub(crate) fn refusal(refusal: &Refusal, found: Option<&Discovery>) -> (GatewayRefusal, Problem) {
    match refusal {
        Refusal::PairingNeeded { request, reason } => pairing(request, reason),
        Refusal::TokenMissing => (GatewayRefusal::TokenMissing, token_missing(found)),
        Refusal::TokenWrong => (GatewayRefusal::TokenWrong, token_wrong(found)),
        Refusal::DeviceRemoved => (
            GatewayRefusal::DeviceRefused,
            problem(tr!("gateway-device-removed"), tr!("gateway-device-removed-next")),
        ),
        Refusal::ForeignUser { user } => (GatewayRefusal::Other, foreign_user(*user)),
        Refusal::DeviceRefused { code } => (GatewayRefusal::DeviceRefused, device(code)),
        Refusal::TooOld { gateway } => (
            GatewayRefusal::GatewayTooOld,
            problem(
                tr!("gateway-too-old", version = gateway),
                tr!("gateway-update-openclaw-and-restart"),
            ),
        ),
        Refusal::TooNew { gateway } => (
            GatewayRefusal::GatewayTooNew,
            problem(tr!("gateway-too-new", version = gateway), tr!("gateway-update-multiclaw")),
        ),
        Refusal::RateLimited { retry_after } => {
            let next = match retry_after.map(|wait| wait.as_secs().div_ceil(60).max(1)) {
                Some(minutes) => tr!("gateway-asked-too-often-wait", minutes = minutes),
                None => tr!("gateway-asked-too-often-next").to_owned(),
            };
            (GatewayRefusal::RateLimited, problem(tr!("gateway-asked-too-often"), next))
        }
        Refusal::Other { code, message } => (GatewayRefusal::Other, other(code, message)),
        _ => {
            (GatewayRefusal::Other, problem(tr!("gateway-not-let-in"), tr!("gateway-look-at-log")))
        }
    }
}

fn foreign_user(user: Option<u32>) -> Problem {
    match user {
        Some(user) => {
            problem(tr!("gateway-foreign-user", user = user), tr!("gateway-foreign-user-next"))
        }
        None => problem(tr!("gateway-unknown-user"), tr!("gateway-unknown-user-next")),
    }
}

fn token_missing(found: Option<&Discovery>) -> Problem {
    let mut oddities = found.into_iter().flat_map(|found| &found.problems);
    let why = oddities.find_map(|oddity| match oddity {
        Oddity::TokenOutOfReach(place) => {
            Some(tr!("gateway-token-missing-out-of-reach", place = store(place)))
        }
        Oddity::TokenVariableUnset(variable) => {
            Some(tr!("gateway-token-missing-variable", variable = variable))
        }
        Oddity::TokenUnusable => Some(tr!("gateway-token-missing-unusable").to_owned()),
        _ => None,
    });
    let what = why.unwrap_or_else(|| tr!("gateway-token-missing").to_owned());
    problem(what, tr!("gateway-token-missing-next"))
}

/// Where openclaw keeps a token that is not in its configuration.
fn store(place: &'static str) -> &'static str {
    match place {
        "a file" => tr!("gateway-token-in-a-file"),
        "a program" => tr!("gateway-token-in-a-program"),
        "its secret store" => tr!("gateway-token-in-secret-store"),
        other => other,
    }
}

fn token_wrong(found: Option<&Discovery>) -> Problem {
    let password = found.is_some_and(|found| found.auth == AuthMode::Password);
    let what = match (found.and_then(|found| found.token_source), password) {
        (Some(TokenSource::Configuration), false) => tr!("gateway-token-wrong-in-file"),
        (Some(TokenSource::Configuration), true) => tr!("gateway-password-wrong-in-file"),
        (Some(TokenSource::Environment), false) => tr!("gateway-token-wrong-in-variable"),
        (Some(TokenSource::Environment), true) => tr!("gateway-password-wrong-in-variable"),
        (_, false) => tr!("gateway-token-wrong"),
        (_, true) => tr!("gateway-password-wrong"),
    };
    let next = match password {
        false => tr!("gateway-token-wrong-next"),
        true => tr!("gateway-password-wrong-next"),
    };
    problem(what, next)
}

fn pairing(request: &str, reason: &str) -> (GatewayRefusal, Problem) {
    let what = match reason {
        "scope-upgrade" => tr!("gateway-pairing-rights"),
        "role-upgrade" => tr!("gateway-pairing-role"),
        "metadata-upgrade" => tr!("gateway-pairing-changed"),
        _ => tr!("gateway-pairing-needed"),
    };
    let command = approve(request);
    let next = tr!("gateway-pairing-next", command = &command);
    (GatewayRefusal::PairingNeeded { command }, problem(what, next))
}

/// The command that approves a request. It is copied into a terminal, so an id that could say
/// more than an id does not get into it.
fn approve(request: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let good = !request.is_empty()
        && request.len() <= 128
        && !request.starts_with('-')
        && request.chars().all(plain);
    if good {
        format!("openclaw devices approve {request}")
    } else {
        "openclaw devices list".to_owned()
    }
}

fn device(code: &str) -> Problem {
    match code {
        "DEVICE_AUTH_SIGNATURE_EXPIRED" => {
            problem(tr!("gateway-signature-expired"), tr!("gateway-signature-expired-next"))
        }
        "AUTH_DEVICE_TOKEN_MISMATCH" => {
            problem(tr!("gateway-device-token-wrong"), tr!("gateway-device-token-wrong-next"))
        }
        "AUTH_SCOPE_MISMATCH" => {
            problem(tr!("gateway-device-rights"), tr!("gateway-device-rights-next"))
        }
        "DEVICE_IDENTITY_REQUIRED" => {
            problem(tr!("gateway-device-key-unseen"), tr!("gateway-device-key-unseen-next"))
        }
        other => problem(
            tr!("gateway-device-key-refused", code = quoted(other)),
            tr!("gateway-device-key-refused-next"),
        ),
    }
}

fn other(code: &str, message: &str) -> Problem {
    let next = match code {
        "AUTH_TOKEN_NOT_CONFIGURED" => tr!("gateway-set-token"),
        "AUTH_PASSWORD_MISSING" | "AUTH_PASSWORD_MISMATCH" => tr!("gateway-check-password"),
        "AUTH_PASSWORD_NOT_CONFIGURED" => tr!("gateway-set-password"),
        code if code.starts_with("AUTH_") => tr!("gateway-check-auth"),
        _ => tr!("gateway-look-at-log-then-connect"),
    };
    let said = if message.is_empty() { code } else { message };
    problem(tr!("gateway-not-let-in-because", why = sentence(said)), next)
}

/// Why the connection was lost or not made; the next attempt comes by itself.
pub(crate) fn connect(error: &ConnectError) -> Problem {
    match error {
        ConnectError::Net(error) => net(error),
        ConnectError::Closed { code: 1009, .. } => {
            problem(tr!("gateway-closed-too-long"), tr!("gateway-tried-again"))
        }
        ConnectError::Closed { code, reason } if reason.is_empty() => {
            problem(tr!("gateway-closed", code = code), "")
        }
        ConnectError::Closed { code, reason } => {
            problem(tr!("gateway-closed-because", code = code, why = sentence(reason)), "")
        }
        ConnectError::Starting => problem(tr!("gateway-is-starting"), tr!("gateway-some-seconds")),
        ConnectError::Silent => problem(tr!("gateway-silent"), tr!("gateway-silent-next")),
        ConnectError::NotAGateway(why) => problem(
            tr!("gateway-port-not-a-gateway", why = sentence(why)),
            tr!("gateway-port-of-another-program"),
        ),
        ConnectError::Other(why) => {
            problem(tr!("gateway-refused", why = sentence(why)), tr!("gateway-tried-again"))
        }
        _ => problem(tr!("gateway-connection-failed"), tr!("gateway-tried-again")),
    }
}

fn net(error: &NetError) -> Problem {
    match error {
        NetError::Connect { .. } => {
            problem(tr!("gateway-port-nothing"), tr!("gateway-port-nothing-next"))
        }
        NetError::Timeout { .. } => {
            problem(tr!("gateway-does-not-answer"), tr!("gateway-does-not-answer-next"))
        }
        NetError::Upgrade { status: 503 } => {
            problem(tr!("gateway-not-ready"), tr!("gateway-some-seconds"))
        }
        NetError::Upgrade { status: 403 } => {
            problem(tr!("gateway-taken-for-proxy"), tr!("gateway-taken-for-proxy-next"))
        }
        NetError::Upgrade { status } => problem(
            tr!("gateway-no-live-connection", status = status),
            tr!("gateway-port-of-another-program"),
        ),
        NetError::TooLarge | NetError::Flood => {
            problem(tr!("gateway-sent-too-much"), tr!("gateway-tried-again"))
        }
        NetError::Protocol(_) => {
            problem(tr!("gateway-connection-broke"), tr!("gateway-tried-again"))
        }
        NetError::Refused { .. } | NetError::PrivateAddress { .. } => {
            problem(tr!("gateway-only-this-computer"), tr!("gateway-check-port"))
        }
        _ => problem(tr!("gateway-connection-failed"), tr!("gateway-tried-again")),
    }
}

/// A request that was not answered well.
pub(crate) fn request(error: &RequestError) -> Problem {
    match error {
        RequestError::NotOpen => {
            problem(tr!("gateway-not-connected"), tr!("gateway-not-connected-next"))
        }
        RequestError::Timeout => {
            problem(tr!("gateway-no-answer-in-time"), tr!("gateway-no-answer-in-time-next"))
        }
        RequestError::Unsupported(method) => problem(
            tr!("gateway-unknown-method", method = *method),
            tr!("gateway-update-openclaw-and-restart"),
        ),
        RequestError::Forbidden { scope } if scope.is_empty() => {
            problem(tr!("gateway-forbidden"), tr!("gateway-approve-rights"))
        }
        RequestError::Forbidden { scope } => problem(
            tr!("gateway-forbidden-right", scope = quoted(scope)),
            tr!("gateway-approve-rights"),
        ),
        RequestError::Refused { message, code, .. } => {
            let said = if message.is_empty() { code } else { message };
            problem(tr!("gateway-refused", why = sentence(said)), "")
        }
        RequestError::Answer { method, .. } => problem(
            tr!("gateway-answer-unreadable", method = *method),
            tr!("gateway-answer-unreadable-next"),
        ),
        RequestError::TooLarge { bytes, most } => problem(
            tr!("gateway-message-too-long", size = size(*bytes), most = size(*most)),
            tr!("gateway-message-too-long-next"),
        ),
        _ => problem(tr!("gateway-not-done"), tr!("gateway-try-again-sentence")),
    }
}

/// The file with this device's key was damaged.
pub(crate) fn device_set_aside() -> Problem {
    problem(tr!("gateway-device-file-damaged"), tr!("gateway-device-file-damaged-next"))
}

/// The log cannot be followed.
pub(crate) fn log_offline() -> Problem {
    problem(tr!("gateway-log-offline"), tr!("gateway-log-offline-next"))
}

/// 999 bytes, 12 KB, 3.4 MB.
fn size(bytes: usize) -> String {
    match bytes {
        0..1_000 => tr!("gateway-bytes", count = bytes),
        1_000..1_000_000 => format!("{} KB", bytes / 1_000),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}

/// Words of another program, in one line and not too many.
fn quoted(text: &str) -> String {
    let mut line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    line.retain(|c| !c.is_control());
    if line.len() > QUOTED {
        line.truncate(line.floor_char_boundary(QUOTED));
        line.push('…');
    }
    line
}

/// The same, with a full stop.
pub(crate) fn sentence(text: &str) -> String {
    let mut line = quoted(text);
    if !line.ends_with(['.', '!', '?', '…']) {
        line.push('.');
    }
    line
}

#[cfg(test)]
mod tests;
