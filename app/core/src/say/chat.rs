//! The gateway's refusals, worded.

use super::problem;
use crate::model::Problem;
use gateway_client::RequestError;

/// A request that failed.
pub(crate) fn request(error: &RequestError) -> Problem {
    match error {
        RequestError::NotOpen => {
            problem("The gateway is not connected.", "Try again when it is back.")
        }
        RequestError::Timeout => {
            problem("The gateway did not answer in time.", "It may be busy. Try again.")
        }
        RequestError::Unsupported(_) => {
            problem("This gateway cannot do that.", "Update OpenClaw on this machine.")
        }
        RequestError::Forbidden { scope } => problem(
            format!("The gateway does not let this device do that: it lacks {scope}."),
            "Pair this device again on the gateway's page.",
        ),
        RequestError::TooLarge { .. } => {
            problem("This is more than the gateway takes at once.", "Send less, or smaller files.")
        }
        RequestError::Refused { message, .. } => {
            problem(sentence(&format!("The gateway refused: {message}")), "")
        }
        _ => problem(
            "The gateway's answer could not be read.",
            "Try again. If it goes on, update MultiClaw and OpenClaw.",
        ),
    }
}

/// A message that was not sent.
pub(crate) fn not_sent(error: &RequestError) -> Problem {
    let Problem { what, .. } = request(error);
    problem(what, "Your message is still here: send it again.")
}

/// The gateway may have done what was asked: only its answer is missing.
pub(crate) fn may_have_arrived(error: &RequestError) -> bool {
    match error {
        RequestError::NotOpen | RequestError::Timeout | RequestError::Answer { .. } => true,
        RequestError::Refused { code, .. } => code == "UNAVAILABLE",
        _ => false,
    }
}

/// The approval that was answered is not known any more.
pub(crate) fn is_gone(error: &RequestError) -> bool {
    let gone = "APPROVAL_NOT_FOUND";
    matches!(error, RequestError::Refused { code, details, .. }
        if code == gone || details.as_ref().is_some_and(|details| details.contains(gone)))
}

/// A text that is too long.
pub(crate) fn too_long(most: usize) -> Problem {
    problem(
        format!("The message is longer than {} KB.", most / 1024),
        "Shorten it, or attach it as a file.",
    )
}

/// A file that is too large.
pub(crate) fn too_large(name: &str, most: usize) -> Problem {
    problem(
        format!("{name} is larger than the {} MB that the gateway takes.", most / (1024 * 1024)),
        "Take it away, or attach a smaller one.",
    )
}

/// Too many messages wait.
pub(crate) fn too_many() -> Problem {
    problem("Too many messages wait to be sent.", "Wait until the gateway is back.")
}

fn sentence(text: &str) -> String {
    let text = text.trim();
    if text.ends_with(['.', '!', '?']) { text.to_owned() } else { format!("{text}.") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_have_arrived_is_told_from_what_was_refused() {
        let refused = |code: &str, details: Option<&str>| RequestError::Refused {
            code: code.into(),
            message: "no".into(),
            details: details.map(str::to_owned),
        };
        assert!(may_have_arrived(&RequestError::NotOpen));
        assert!(may_have_arrived(&refused("UNAVAILABLE", None)));
        assert!(!may_have_arrived(&refused("INVALID_REQUEST", None)));
        assert!(is_gone(&refused("INVALID_REQUEST", Some(r#"{"reason":"APPROVAL_NOT_FOUND"}"#))));
        assert!(!is_gone(&refused("INVALID_REQUEST", None)));
        assert!(request(&refused("X", None)).what.ends_with("no."));
    }
}
