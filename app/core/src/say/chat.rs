//! The gateway's refusals, worded.

use super::problem;
use crate::model::Problem;
use crate::tr;
use gateway_client::RequestError;

/// A request that failed.
pub(crate) fn request(error: &RequestError) -> Problem {
    match error {
        RequestError::NotOpen => {
            problem(tr!("engine-gateway-not-open"), tr!("engine-gateway-not-open-next"))
        }
        RequestError::Timeout => {
            problem(tr!("engine-gateway-timeout"), tr!("engine-gateway-timeout-next"))
        }
        RequestError::Unsupported(_) => {
            problem(tr!("engine-gateway-unsupported"), tr!("engine-gateway-unsupported-next"))
        }
        RequestError::Forbidden { scope } => problem(
            tr!("engine-gateway-forbidden", scope = scope),
            tr!("engine-gateway-forbidden-next"),
        ),
        RequestError::TooLarge { .. } => {
            problem(tr!("engine-gateway-too-large"), tr!("engine-gateway-too-large-next"))
        }
        RequestError::Refused { message, .. } => {
            problem(tr!("engine-gateway-refused", message = sentence(message)), "")
        }
        _ => problem(tr!("engine-gateway-unreadable"), tr!("engine-gateway-unreadable-next")),
    }
}

/// A message that was not sent.
pub(crate) fn not_sent(error: &RequestError) -> Problem {
    let Problem { what, .. } = request(error);
    problem(what, tr!("engine-message-kept-next"))
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
    problem(tr!("engine-message-too-long", size = most / 1024), tr!("engine-message-too-long-next"))
}

/// A file that is too large.
pub(crate) fn too_large(name: &str, most: usize) -> Problem {
    problem(
        tr!("engine-attachment-too-large", name = name, size = most / (1024 * 1024)),
        tr!("engine-attachment-too-large-next"),
    )
}

/// Too many messages wait.
pub(crate) fn too_many() -> Problem {
    problem(tr!("engine-too-many-wait"), tr!("engine-too-many-wait-next"))
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
