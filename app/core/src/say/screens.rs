//! What is said about unattended screens.

use super::{api, problem};
use crate::model::Problem;
use crate::tr;
use cloud_client::ApiError;

/// An enrolment code that was not taken.
pub(crate) fn enrolment(error: &ApiError) -> Problem {
    match error {
        ApiError::Gone => problem(tr!("network-code-gone"), tr!("network-code-gone-next")),
        ApiError::Refused { .. } => {
            problem(tr!("network-screen-key-refused"), tr!("network-screen-key-refused-next"))
        }
        other => api(other),
    }
}

/// The cloud does not know this screen any more.
pub(crate) fn screen_removed() -> Problem {
    problem(tr!("network-screen-removed"), tr!("network-screen-removed-next"))
}

/// This machine is a screen of another cloud.
pub(crate) fn screen_of_another_cloud(cloud: &str) -> Problem {
    problem(
        tr!("network-screen-of-another-cloud", cloud = cloud),
        tr!("network-screen-of-another-cloud-next"),
    )
}
