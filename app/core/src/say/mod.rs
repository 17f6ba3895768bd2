//! Errors as sentences: what happened, and what to do next. The only place that words them.

use crate::model::Problem;
use crate::storage::StorageError;
use crate::tr;
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

/// Two sentences, one after the other. Either may be empty.
pub(crate) fn both(first: &str, second: &str) -> String {
    match (first.trim(), second.trim()) {
        ("", only) | (only, "") => only.to_owned(),
        (first, second) => tr!("network-both", first = first, second = second),
    }
}

/// A sign-in that failed.
pub(crate) fn sign_in(error: &ApiError) -> Problem {
    match error {
        ApiError::WrongCredentials => {
            problem(tr!("network-wrong-credentials"), tr!("network-wrong-credentials-next"))
        }
        ApiError::SignedOut => revoked(),
        other => api(other),
    }
}

/// A stored sign-in that could not be checked.
pub(crate) fn unchecked(error: &ApiError) -> Problem {
    let Problem { what, next } = api(error);
    problem(what, both(&next, tr!("network-stays-signed-in")))
}

/// The cloud ended the sign-in.
pub(crate) fn revoked() -> Problem {
    problem(tr!("network-signed-out"), tr!("network-signed-out-next"))
}

/// A person without a workspace.
pub(crate) fn no_workspace() -> Problem {
    problem(tr!("network-no-workspace"), tr!("network-no-workspace-next"))
}

/// The person was removed from the workspace that is shown.
pub(crate) fn left_workspace() -> Problem {
    problem(tr!("network-left-workspace"), tr!("network-left-workspace-next"))
}

/// The browser sign-in was refused by the person.
pub(crate) fn device_denied() -> Problem {
    problem(tr!("network-device-denied"), tr!("network-device-denied-next"))
}

/// The browser sign-in was not finished in time.
pub(crate) fn device_expired() -> Problem {
    problem(tr!("network-device-expired"), tr!("network-device-expired-next"))
}

/// The cloud names a page of somebody else for the sign-in.
pub(crate) fn strange_page() -> Problem {
    problem(tr!("network-strange-page"), tr!("network-strange-page-next"))
}

/// A link was not opened. `good`: it may be opened, but there is no browser.
pub(crate) fn no_browser(good: bool) -> Problem {
    if good {
        problem(tr!("network-no-browser"), tr!("network-no-browser-next"))
    } else {
        problem(tr!("network-link-not-opened"), tr!("network-link-not-opened-next"))
    }
}

/// A fault of the disk.
pub(crate) fn storage(error: &StorageError) -> Problem {
    tracing::warn!(%error, "storage");
    let what = match error {
        StorageError::Folder { path, source } => {
            tr!("network-storage-folder", path = path, why = source.to_string())
        }
        StorageError::File { name, source } => {
            tr!("network-storage-file", name = name, why = source.to_string())
        }
        StorageError::Damaged { name, why } => {
            tr!("network-storage-damaged", name = name, why = why)
        }
    };
    problem(what, tr!("network-storage-next"))
}

/// A request that failed.
pub(crate) fn api(error: &ApiError) -> Problem {
    match error {
        ApiError::WrongCredentials => sign_in(error),
        ApiError::Locked { until } => problem(
            tr!("network-locked"),
            match until.as_deref() {
                Some(until) => tr!("network-locked-until", until = when(until)),
                None => tr!("network-locked-next").into(),
            },
        ),
        ApiError::SignedOut => revoked(),
        ApiError::Forbidden => problem(tr!("network-forbidden"), tr!("network-forbidden-next")),
        ApiError::NotFound => problem(tr!("network-not-found"), tr!("network-not-found-next")),
        ApiError::Conflict => problem(tr!("network-conflict"), tr!("network-conflict-next")),
        ApiError::LastOwner => problem(tr!("network-last-owner"), tr!("network-last-owner-next")),
        ApiError::Taken => problem(tr!("network-taken"), ""),
        ApiError::Gone => {
            problem(tr!("network-invitation-gone"), tr!("network-invitation-gone-next"))
        }
        ApiError::TooLarge => problem(tr!("network-too-long"), tr!("network-too-long-next")),
        ApiError::Refused { code } if code == "bad_request" => {
            problem(tr!("network-bad-request"), tr!("network-bad-request-next"))
        }
        ApiError::RateLimited { .. } => {
            problem(tr!("network-rate-limited"), tr!("network-rate-limited-next"))
        }
        ApiError::Net(error) => network(error),
        ApiError::Server { .. } => {
            problem(tr!("network-cloud-fault"), tr!("network-cloud-fault-next"))
        }
        _ => problem(tr!("network-unreadable"), tr!("network-unreadable-next")),
    }
}

/// A desktop's connection that ended; `None` when this end closed it. The second part tells
/// whether trying again can help.
pub(crate) fn ended(end: &End, name: &str) -> Option<(Problem, bool)> {
    let retry = |p| Some((p, true));
    match end {
        End::Closed => None,
        End::Signalling(SignallingError::NoAnswer) => retry(problem(
            tr!("network-desktop-no-answer", name = name),
            tr!("network-desktop-no-answer-next"),
        )),
        End::Signalling(SignallingError::NoPath) => retry(problem(
            tr!("network-desktop-no-path", name = name),
            tr!("network-desktop-no-path-next"),
        )),
        End::Signalling(SignallingError::Lost) => {
            retry(problem(tr!("network-desktop-lost", name = name), ""))
        }
        End::NoRelay => retry(problem(tr!("network-no-relay"), tr!("network-no-relay-next"))),
        End::Bye(_) => retry(problem(tr!("network-desktop-bye", name = name), "")),
        End::Version => Some((
            problem(
                tr!("network-desktop-version", name = name),
                tr!("network-desktop-version-next"),
            ),
            false,
        )),
        End::Relay(fault) => retry(relay(fault)),
        End::CredentialsExpired => retry(problem(
            tr!("network-credentials-expired"),
            tr!("network-credentials-expired-next"),
        )),
        End::Transport(TransportError::Net(error)) => retry(network(error)),
        _ => retry(problem(tr!("network-desktop-failed", name = name), "")),
    }
}

/// A desktop that the cloud refused. The second part tells whether trying again can help.
pub(crate) fn refused(code: &str, name: &str) -> (Problem, bool) {
    match code {
        "not_found" => (
            problem(tr!("network-desktop-gone", name = name), tr!("network-desktop-gone-next")),
            false,
        ),
        "offline" => (
            problem(
                tr!("network-desktop-offline", name = name),
                tr!("network-desktop-offline-next"),
            ),
            true,
        ),
        "busy" => (
            problem(tr!("network-desktop-busy", name = name), tr!("network-desktop-busy-next")),
            true,
        ),
        _ => (problem(tr!("network-desktop-refused", name = name), ""), true),
    }
}

/// The cloud is not connected, so no desktop can be asked for.
pub(crate) fn cloud_offline() -> Problem {
    problem(tr!("network-cloud-offline"), tr!("network-cloud-offline-next"))
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
