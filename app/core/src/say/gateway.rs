//! The gateway's errors as sentences. Each names which credential or which file it is about.

mod here;

pub(crate) use here::{
    discovery, folder, looking, no_program, open_folder, program, too_long, version,
};

use super::problem;
use crate::model::{Control, GatewayRefusal, Problem};
use gateway_client::discovery::folder::FolderError;
use gateway_client::discovery::{
    AuthMode, Compatibility, Discovery, DiscoveryError, Oddity, TokenSource, Version,
};
use gateway_client::program::ProgramError;
use gateway_client::{ConnectError, Refusal, RequestError};
use net::NetError;

/// What to press when the cause is gone.
const AGAIN: &str = "Then press Connect.";
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
            problem(
                "This device was removed from the gateway, or its token was revoked.",
                format!(
                    "Put the gateway's own token into gateway.auth.token of openclaw.json, so that \
                     the device is paired anew. {AGAIN}"
                ),
            ),
        ),
        Refusal::ForeignUser { user } => (GatewayRefusal::Other, foreign_user(*user)),
        Refusal::DeviceRefused { code } => (GatewayRefusal::DeviceRefused, device(code)),
        Refusal::TooOld { gateway } => (
            GatewayRefusal::GatewayTooOld,
            problem(
                format!(
                    "This gateway is too old for MultiClaw: it speaks version {gateway} of its \
                     protocol."
                ),
                "Update OpenClaw (openclaw update), then restart the gateway.",
            ),
        ),
        Refusal::TooNew { gateway } => (
            GatewayRefusal::GatewayTooNew,
            problem(
                format!(
                    "This gateway is too new for MultiClaw: it wants version {gateway} of its \
                     protocol."
                ),
                "Update MultiClaw.",
            ),
        ),
        Refusal::RateLimited { retry_after } => {
            let next = match retry_after.map(|wait| wait.as_secs().div_ceil(60).max(1)) {
                Some(1) => "Wait a minute, then press Connect.".to_owned(),
                Some(minutes) => format!("Wait {minutes} minutes, then press Connect."),
                None => "Wait a few minutes, then press Connect.".to_owned(),
            };
            let what = "The gateway was asked too often with a wrong credential and answers \
                        nobody for a while.";
            (GatewayRefusal::RateLimited, problem(what, next))
        }
        Refusal::Other { code, message } => (GatewayRefusal::Other, other(code, message)),
        _ => (
            GatewayRefusal::Other,
            problem("The gateway does not let MultiClaw in.", "Look at the gateway's log."),
        ),
    }
}

fn foreign_user(user: Option<u32>) -> Problem {
    let what = match user {
        Some(user) => format!(
            "A program of another user of this computer (number {user}) listens at the gateway's \
             port. It was told nothing."
        ),
        None => "The system does not say whose program listens at the gateway's port, so it was \
                 told nothing."
            .to_owned(),
    };
    let next = match user {
        Some(_) => {
            "Have it stopped, or give the gateway another port (gateway.port in \
                    openclaw.json). A gateway must run as the same user as MultiClaw."
        }
        None => "Let MultiClaw read /proc/net/tcp.",
    };
    problem(what, format!("{next} {AGAIN}"))
}

fn token_missing(found: Option<&Discovery>) -> Problem {
    let why = found.into_iter().flat_map(|found| &found.problems).find(|oddity| {
        matches!(
            oddity,
            Oddity::TokenOutOfReach(_) | Oddity::TokenVariableUnset(_) | Oddity::TokenUnusable
        )
    });
    let what = match why {
        Some(why) => format!("The gateway wants its token. {why}"),
        None => "The gateway wants its token, and none was found.".to_owned(),
    };
    problem(
        what,
        format!(
            "Put the gateway's token into gateway.auth.token of openclaw.json, or into the \
             variable OPENCLAW_GATEWAY_TOKEN and start MultiClaw again. {AGAIN}"
        ),
    )
}

fn token_wrong(found: Option<&Discovery>) -> Problem {
    let password = found.is_some_and(|found| found.auth == AuthMode::Password);
    let (kind, key, variable) = if password {
        ("password", "gateway.auth.password", "OPENCLAW_GATEWAY_PASSWORD")
    } else {
        ("token", "gateway.auth.token", "OPENCLAW_GATEWAY_TOKEN")
    };
    let place = match found.and_then(|found| found.token_source) {
        Some(TokenSource::Configuration) => format!("{key} in openclaw.json"),
        Some(TokenSource::Environment) => format!("the variable {variable}"),
        _ => format!("{key} in openclaw.json, or {variable}"),
    };
    problem(
        format!("The gateway does not take the gateway {kind} that is set up ({place})."),
        format!(
            "It may run with an older configuration: restart it. Or correct the {kind}: a \
             device's token or a setup code is not one. {AGAIN}"
        ),
    )
}

fn pairing(request: &str, reason: &str) -> (GatewayRefusal, Problem) {
    let what = match reason {
        "scope-upgrade" => "This device is paired, but not for all that MultiClaw does.",
        "role-upgrade" => "This device is paired, but not as an operator's.",
        "metadata-upgrade" => "This device has changed since it was paired.",
        _ => "This device is not paired with the gateway.",
    };
    let command = approve(request);
    let next = format!("On the gateway's computer, run: {command}. {AGAIN}");
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
        "DEVICE_AUTH_SIGNATURE_EXPIRED" => problem(
            "The gateway does not take this device's signature: it is too old.",
            format!("Check this computer's date and time. {AGAIN}"),
        ),
        "AUTH_DEVICE_TOKEN_MISMATCH" => problem(
            "The gateway does not take the device token that it gave to this device.",
            format!(
                "The device was removed or its token was changed. Put the gateway's own token into \
                 gateway.auth.token of openclaw.json. {AGAIN}"
            ),
        ),
        "AUTH_SCOPE_MISMATCH" => problem(
            "This device's token stands for fewer rights than MultiClaw asks for.",
            format!("Remove the device (openclaw devices list) and pair it again. {AGAIN}"),
        ),
        "DEVICE_IDENTITY_REQUIRED" => problem(
            "The gateway did not see this device's key.",
            "Update MultiClaw. If that does not help, look at the gateway's log.",
        ),
        other => problem(
            format!("The gateway does not take this device's key ({}).", quoted(other)),
            format!(
                "Remove this device at the gateway (openclaw devices list), so that it is paired \
                 anew. {AGAIN}"
            ),
        ),
    }
}

fn other(code: &str, message: &str) -> Problem {
    let next = match code {
        "AUTH_TOKEN_NOT_CONFIGURED" => {
            "Set gateway.auth.token in openclaw.json and restart the gateway."
        }
        "AUTH_PASSWORD_MISSING" | "AUTH_PASSWORD_MISMATCH" => {
            "The gateway wants a password: check gateway.auth.password in openclaw.json, then \
             press Connect."
        }
        "AUTH_PASSWORD_NOT_CONFIGURED" => {
            "Set gateway.auth.password in openclaw.json and restart the gateway."
        }
        code if code.starts_with("AUTH_") => {
            "Check gateway.auth in openclaw.json, then press Connect."
        }
        _ => "Look at the gateway's log, then press Connect.",
    };
    let said = if message.is_empty() { code } else { message };
    problem(format!("The gateway does not let MultiClaw in: {}", sentence(said)), next)
}

/// Why the connection was lost or not made; the next attempt comes by itself.
pub(crate) fn connect(error: &ConnectError) -> Problem {
    match error {
        ConnectError::Net(error) => net(error),
        ConnectError::Closed { code: 1009, .. } => problem(
            "The gateway closed the connection: what it was sent was too long for it.",
            "It is tried again.",
        ),
        ConnectError::Closed { code, reason } if reason.is_empty() => {
            problem(format!("The gateway closed the connection (code {code})."), "")
        }
        ConnectError::Closed { code, reason } => problem(
            format!("The gateway closed the connection (code {code}): {}", sentence(reason)),
            "",
        ),
        ConnectError::Starting => problem("The gateway is starting.", "This takes some seconds."),
        ConnectError::Silent => problem(
            "The gateway fell silent.",
            "It may be busy, or the computer was asleep. It is tried again.",
        ),
        ConnectError::NotAGateway(why) => problem(
            format!("What answers at the gateway's port is no OpenClaw gateway: {}", sentence(why)),
            "Another program may use the port. Stop it, or give the gateway another one \
             (gateway.port in openclaw.json).",
        ),
        ConnectError::Other(why) => {
            problem(format!("The gateway refused: {}", sentence(why)), "It is tried again.")
        }
        _ => problem("The connection to the gateway failed.", "It is tried again."),
    }
}

fn net(error: &NetError) -> Problem {
    match error {
        NetError::Connect { .. } => problem(
            "Nothing answers at the gateway's port.",
            "Start the gateway, or look at its log when it should run.",
        ),
        NetError::Timeout { .. } => problem(
            "The gateway took the connection, but does not answer.",
            "It may be busy. It is tried again; if it goes on, restart it.",
        ),
        NetError::Upgrade { status: 503 } => {
            problem("The gateway is not ready yet.", "This takes some seconds.")
        }
        NetError::Upgrade { status: 403 } => problem(
            "The gateway takes this connection for one of a proxy and refuses it (status 403).",
            "Check gateway.trustedProxies in openclaw.json.",
        ),
        NetError::Upgrade { status } => problem(
            format!(
                "What answers at the gateway's port opens no live connection (status {status})."
            ),
            "Another program may use the port. Stop it, or give the gateway another one \
             (gateway.port in openclaw.json).",
        ),
        NetError::TooLarge | NetError::Flood => {
            problem("The gateway sent more than it should.", "It is tried again.")
        }
        NetError::Protocol(_) => {
            problem("The connection to the gateway broke.", "It is tried again.")
        }
        NetError::Refused { .. } | NetError::PrivateAddress { .. } => problem(
            "MultiClaw only connects to a gateway on this computer.",
            "Check the gateway's port in openclaw.json.",
        ),
        _ => problem("The connection to the gateway failed.", "It is tried again."),
    }
}

/// A request that was not answered well.
pub(crate) fn request(error: &RequestError) -> Problem {
    match error {
        RequestError::NotOpen => {
            problem("The gateway is not connected.", "Try again when it is connected.")
        }
        RequestError::Timeout => {
            problem("The gateway did not answer in time.", "It may be busy. Try again in a moment.")
        }
        RequestError::Unsupported(method) => problem(
            format!("This gateway does not know how to do this ({method})."),
            "Update OpenClaw (openclaw update), then restart the gateway.",
        ),
        RequestError::Forbidden { scope } if scope.is_empty() => problem(
            "This device may not do this.",
            "Approve its rights at the gateway: openclaw devices list.",
        ),
        RequestError::Forbidden { scope } => problem(
            format!("This device may not do this: it lacks the right {}.", quoted(scope)),
            "Approve its rights at the gateway: openclaw devices list.",
        ),
        RequestError::Refused { message, code, .. } => {
            let said = if message.is_empty() { code } else { message };
            problem(format!("The gateway refused: {}", sentence(said)), "")
        }
        RequestError::Answer { method, .. } => problem(
            format!("The gateway's answer could not be read ({method})."),
            "Update MultiClaw: the gateway may be newer.",
        ),
        RequestError::TooLarge { bytes, most } => problem(
            format!(
                "This is too long for the gateway: {} of at most {}.",
                size(*bytes),
                size(*most)
            ),
            "Shorten it, or send less at once.",
        ),
        _ => problem("The gateway did not do this.", "Try again."),
    }
}

/// The file with this device's key was damaged.
pub(crate) fn device_set_aside() -> Problem {
    problem(
        "The file with this device's key for the gateway was damaged.",
        "It was kept as gateway-device.json.damaged, and a new key was made: the gateway sees a new \
         device. Remove the old one on the gateway's page.",
    )
}

/// The log cannot be followed.
pub(crate) fn log_offline() -> Problem {
    problem(
        "The log is shown as it was: the gateway is not connected.",
        "It goes on when the gateway is back.",
    )
}

/// 999 bytes, 12 KB, 3.4 MB.
fn size(bytes: usize) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
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
