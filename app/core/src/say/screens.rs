//! What is said about unattended screens.

use super::{api, problem};
use crate::model::Problem;
use cloud_client::ApiError;

/// An enrolment code that was not taken.
pub(crate) fn enrolment(error: &ApiError) -> Problem {
    match error {
        ApiError::Gone => problem(
            "This code is not good any more.",
            "A code works once and for ten minutes. Ask the owner of the workspace for a new one.",
        ),
        ApiError::Refused { .. } => problem(
            "The cloud did not take this machine's key.",
            "Check the address of the cloud: it must be the one that the owner uses.",
        ),
        other => api(other),
    }
}

/// The cloud does not know this screen any more.
pub(crate) fn screen_removed() -> Problem {
    problem(
        "The owner of the workspace has removed this screen.",
        "To use it again, ask the owner for a new code and run multiclaw enroll on this machine. \
         It begins by itself then.",
    )
}

/// This machine is a screen of another cloud.
pub(crate) fn screen_of_another_cloud(cloud: &str) -> Problem {
    problem(
        format!("This machine is a screen of {cloud}, not of this cloud."),
        "Start it with that address, or enrol it here with a new code.",
    )
}
