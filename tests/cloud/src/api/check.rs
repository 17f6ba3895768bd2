//! What a body may hold.

use crate::refusal::Refusal;
use crate::store::acceptable_password;
use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::http::StatusCode;

/// A body that is looked at once it is known that its sender may send it.
pub(super) type Body<T> = Result<Json<T>, JsonRejection>;

/// The body.
pub(super) fn body<T>(json: Body<T>) -> Result<T, Refusal> {
    json.map(|Json(body)| body).map_err(|why| match why.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Refusal::TooLarge,
        _ => Refusal::BadRequest(why.body_text()),
    })
}

fn bad(what: &str, why: &str) -> Refusal {
    Refusal::BadRequest(format!("{what} {why}"))
}

/// Whether this can be an id: 1 to 64 of `A-Z a-z 0-9 - _`.
pub(super) fn is_id(text: &str) -> bool {
    (1..=64).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
}

/// An id in a body.
pub(super) fn id(what: &str, text: &str) -> Result<(), Refusal> {
    if is_id(text) { Ok(()) } else { Err(bad(what, "is no id")) }
}

/// An id that the client has made: a UUID.
pub(super) fn uuid(what: &str, text: &str) -> Result<(), Refusal> {
    match uuid::Uuid::try_parse(text) {
        Ok(_) if is_id(text) => Ok(()),
        _ => Err(bad(what, "is no UUID")),
    }
}

/// One line, from `least` to `most` characters, without the space around it.
pub(super) fn line(what: &str, text: &str, least: usize, most: usize) -> Result<String, Refusal> {
    let text = text.trim();
    let count = text.chars().count();
    if text.chars().any(char::is_control) {
        Err(bad(what, "holds a control character"))
    } else if (least..=most).contains(&count) {
        Ok(text.to_owned())
    } else {
        Err(Refusal::BadRequest(format!("{what} has {least} to {most} characters")))
    }
}

/// A text of at most so many bytes.
pub(super) fn text(what: &str, text: &str, most: usize) -> Result<(), Refusal> {
    if text.len() <= most {
        Ok(())
    } else {
        Err(Refusal::BadRequest(format!("{what} has at most {most} bytes")))
    }
}

/// A time in RFC 3339.
pub(super) fn time(what: &str, text: &str) -> Result<(), Refusal> {
    match text.parse::<jiff::Timestamp>() {
        Ok(_) if text.len() <= 40 => Ok(()),
        _ => Err(bad(what, "is no RFC 3339 time")),
    }
}

/// An e-mail address, as far as it can be told from outside.
pub(super) fn email(text: &str) -> Result<String, Refusal> {
    let text = line("email", text, 3, 254)?;
    match text.split_once('@') {
        Some((name, host))
            if !name.is_empty()
                && !host.is_empty()
                && !host.contains('@')
                && !text.contains(char::is_whitespace) =>
        {
            Ok(text)
        }
        _ => Err(bad("email", "is no e-mail address")),
    }
}

/// A password that is to be set.
pub(super) fn password(text: &str) -> Result<(), Refusal> {
    if acceptable_password(text) {
        Ok(())
    } else {
        Err(bad("password", "has at least ten characters and at most 72 bytes"))
    }
}

/// `limit` of a query.
pub(super) fn limit(given: Option<usize>, usual: usize, most: usize) -> Result<usize, Refusal> {
    let limit = given.unwrap_or(usual);
    if (1..=most).contains(&limit) {
        Ok(limit)
    } else {
        Err(Refusal::BadRequest(format!("limit is 1 to {most}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_are_held_on_both_sides() {
        assert!(is_id("d-1_A") && !is_id("") && !is_id("a/b") && !is_id(&"a".repeat(65)));
        assert_eq!(line("x", " a ", 1, 2).unwrap(), "a");
        assert!(line("x", " ", 1, 2).is_err() && line("x", "abc", 1, 2).is_err());
        assert!(line("x", "a\nb", 1, 9).is_err());
        assert!(text("x", "ab", 2).is_ok() && text("x", "abc", 2).is_err());
        assert!(password("0123456789").is_ok() && password("012345678").is_err());
        assert!(password(&"a".repeat(72)).is_ok() && password(&"a".repeat(73)).is_err());
        for good in ["a@b", "Ada.L@example.com"] {
            assert!(email(good).is_ok(), "{good}");
        }
        for bad in ["", "@", "a@", "@b", "a@b@c", "a b@c", "a@b\n"] {
            assert_eq!(email(bad).is_ok(), bad == "a@b\n", "{bad}");
        }
        assert!(limit(None, 5, 9).is_ok() && limit(Some(0), 5, 9).is_err());
        assert!(limit(Some(9), 5, 9).is_ok() && limit(Some(10), 5, 9).is_err());
        assert!(time("at", "2026-11-21T14:03:22Z").is_ok() && time("at", "today").is_err());
    }
}
