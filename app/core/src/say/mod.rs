//! Errors as sentences: what happened, and what to do next. The only place that words them.

use crate::model::Problem;
use crate::storage::StorageError;
use cloud_client::ApiError;
pub(crate) mod chat;
pub(crate) mod doctor;
pub(crate) mod files;
pub(crate) mod gateway;
mod network;
mod screens;
pub(crate) mod update;

pub(crate) use crate::local_time::{moment, short as when};
pub(crate) use network::{connection, network, relay};
pub(crate) use screens::{enrolment, screen_of_another_cloud, screen_removed};
use stream::signalling::SignallingError;
use stream::transport::TransportError;
use stream::viewer::End;

fn problem(what: impl Into<String>, next: impl Into<String>) -> Problem {
    Problem { what: what.into(), next: next.into() }
}

/// A sign-in that failed.
pub(crate) fn sign_in(error: &ApiError) -> Problem {
    match error {
        ApiError::WrongCredentials => {
            problem("The e-mail address or the password is wrong.", "Check both and try again.")
        }
        ApiError::SignedOut => revoked(),
        other => api(other),
    }
}

/// A stored sign-in that could not be checked.
pub(crate) fn unchecked(error: &ApiError) -> Problem {
    let Problem { what, next } = api(error);
    let next = format!("{next} You stay signed in: this is tried again by itself.");
    problem(what, next.trim())
}

/// The cloud ended the sign-in.
pub(crate) fn revoked() -> Problem {
    problem(
        "You were signed out.",
        "Your password was changed, or an owner removed you from the workspace. Sign in again.",
    )
}

/// A person without a workspace.
pub(crate) fn no_workspace() -> Problem {
    problem("Your account belongs to no workspace.", "Ask the owner of a workspace to invite you.")
}

/// The person was removed from the workspace that is shown.
pub(crate) fn left_workspace() -> Problem {
    problem("You are no longer in that workspace.", "An owner removed you from it.")
}

/// The browser sign-in was refused by the person.
pub(crate) fn device_denied() -> Problem {
    problem("The sign-in was refused in the browser.", "Try again if that was a mistake.")
}

/// The browser sign-in was not finished in time.
pub(crate) fn device_expired() -> Problem {
    problem("The sign-in in the browser took too long.", "Begin again.")
}

/// The cloud names a page of somebody else for the sign-in.
pub(crate) fn strange_page() -> Problem {
    problem(
        "The cloud named a sign-in page that is not its own.",
        "Nothing was opened. Check the server address.",
    )
}

/// A link was not opened. `good`: it may be opened, but there is no browser.
pub(crate) fn no_browser(good: bool) -> Problem {
    if good {
        problem("No web browser could be started.", "Copy the link and open it yourself.")
    } else {
        problem("This link is not opened.", "Only plain http and https links are.")
    }
}

/// A fault of the disk.
pub(crate) fn storage(error: &StorageError) -> Problem {
    tracing::warn!(%error, "storage");
    let mut what = error.to_string();
    if let Some(first) = what.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    problem(
        format!("{what}."),
        "Check that there is room on the disk and that the folder is yours.",
    )
}

/// A request that failed.
pub(crate) fn api(error: &ApiError) -> Problem {
    match error {
        ApiError::WrongCredentials => sign_in(error),
        ApiError::Locked { until } => problem(
            "This account is locked after too many failed sign-ins.",
            match until.as_deref() {
                Some(until) => format!("Try again after {}.", when(until)),
                None => "Try again in 15 minutes.".into(),
            },
        ),
        ApiError::SignedOut => revoked(),
        ApiError::Forbidden => {
            problem("Your role does not allow this.", "Ask an owner of the workspace.")
        }
        ApiError::NotFound => problem("The cloud does not know this.", "Refresh the list."),
        ApiError::Conflict => problem(
            "This cannot be done now.",
            "It has changed meanwhile: look at its state and try again.",
        ),
        ApiError::LastOwner => {
            problem("A workspace needs an owner.", "Make somebody else an owner first.")
        }
        ApiError::Taken => problem("This address is in the workspace already.", ""),
        ApiError::Gone => problem(
            "This invitation was used or has ended.",
            "Ask an owner of the workspace for a new one.",
        ),
        ApiError::TooLarge => problem("This is too long.", "Shorten it and try again."),
        ApiError::Refused { code } if code == "bad_request" => {
            problem("The cloud did not accept what was entered.", "Check it and try again.")
        }
        ApiError::RateLimited { .. } => {
            problem("The cloud asks to slow down.", "Wait a minute and try again.")
        }
        ApiError::Net(error) => network(error),
        ApiError::Server { .. } => {
            problem("MultiClaw Cloud has a fault.", "Try again in a few minutes.")
        }
        _ => problem(
            "The cloud's answer could not be read.",
            "Try again. If it goes on, update MultiClaw.",
        ),
    }
}

/// A desktop's connection that ended; `None` when this end closed it. The second part tells
/// whether trying again can help.
pub(crate) fn ended(end: &End, name: &str) -> Option<(Problem, bool)> {
    let retry = |p| Some((p, true));
    match end {
        End::Closed => None,
        End::Signalling(SignallingError::NoAnswer) => {
            retry(problem(format!("{name} did not answer."), "It may be starting or busy."))
        }
        End::Signalling(SignallingError::NoPath) => retry(problem(
            format!("No network path to {name} was found."),
            "A firewall may block it. Set WebRTC connection mode to TURN relay in Settings, Gateway, \
             Browser Automation.",
        )),
        End::Signalling(SignallingError::Lost) => {
            retry(problem(format!("The connection to {name} was lost."), ""))
        }
        End::NoRelay => retry(problem(
            "No relay could be reached.",
            "Ask your IT team to allow TCP port 443 to turn.multiclaw.io.",
        )),
        End::Bye(_) => retry(problem(format!("{name} closed the connection."), "")),
        End::Version => Some((
            problem(
                format!("{name} speaks another version of the protocol."),
                "Update MultiClaw, or the desktop's daemon.",
            ),
            false,
        )),
        End::Relay(fault) => retry(relay(fault)),
        End::CredentialsExpired => retry(problem(
            "The relay did not accept the credentials that the cloud gave.",
            "New ones are asked for.",
        )),
        End::Transport(TransportError::Net(error)) => retry(network(error)),
        _ => retry(problem(format!("The connection to {name} failed."), "")),
    }
}

/// A desktop that the cloud refused. The second part tells whether trying again can help.
pub(crate) fn refused(code: &str, name: &str) -> (Problem, bool) {
    match code {
        "not_found" => (
            problem(format!("{name} is no longer in this workspace."), "Go back to the list."),
            false,
        ),
        "offline" => {
            (problem(format!("{name} is offline."), "It is opened as soon as it is back."), true)
        }
        "busy" => {
            (problem(format!("{name} has too many viewers."), "Ask one of them to leave."), true)
        }
        _ => (problem(format!("The cloud refused to open {name}."), ""), true),
    }
}

/// The cloud is not connected, so no desktop can be asked for.
pub(crate) fn cloud_offline() -> Problem {
    problem("The cloud cannot be reached.", "The desktop is opened as soon as it is back.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_end_but_our_own_is_said() {
        assert!(ended(&End::Closed, "x").is_none());
        let (said, again) = ended(&End::Version, "build-box").unwrap();
        assert!(said.what.contains("build-box") && !again);
        for end in [
            End::NoRelay,
            End::Bye("b".into()),
            End::Signalling(SignallingError::NoAnswer),
            End::Signalling(SignallingError::NoPath),
            End::Signalling(SignallingError::Lost),
        ] {
            let (said, again) = ended(&end, "x").unwrap();
            assert!(again && said.what.ends_with('.'), "{said:?}");
        }
    }
}
