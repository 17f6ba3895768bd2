//! Signing in with the system's browser: the person's side, as two pages of HTML.
//!
//! There is no cookie and no script. The first form carries the password, the second a ticket
//! that is good once and that only the person who signed in has seen; so another site has nothing
//! to ride on. A form that comes from another site is refused all the same.

use super::account::authenticate;
use super::device::{bare, dashed};
use crate::refusal::Refusal;
use crate::state::State as Shared;
use crate::store::new_token;
use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::extract::{Form, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use jiff::Timestamp;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::sync::Arc;
use zeroize::Zeroizing;

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:26rem;margin:3rem auto;\
     padding:0 1rem;color:#1a1a1a;background:#fff}label{display:block;margin:.8rem 0 .2rem}\
     input{width:100%;box-sizing:border-box;font:inherit;padding:.5rem}\
     button{font:inherit;padding:.5rem 1.2rem;margin:1.2rem .6rem 0 0}\
     .code{font:600 1.6rem/1 ui-monospace,monospace;letter-spacing:.1em}\
     .problem{color:#a40000}";

#[derive(Deserialize)]
pub(super) struct Start {
    #[serde(default)]
    user_code: String,
}

#[derive(Deserialize)]
pub(super) struct SignInForm {
    user_code: String,
    email: String,
    password: Zeroizing<String>,
}

#[derive(Deserialize)]
pub(super) struct DecideForm {
    ticket: Zeroizing<String>,
    decision: String,
}

/// Text that stands for itself in HTML, in an attribute too.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

fn page(status: StatusCode, body: &str) -> Response {
    let hash = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(STYLE));
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{hash}'; form-action 'self'; base-uri 'none'; \
         frame-ancestors 'none'"
    );
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8".to_owned()),
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::X_FRAME_OPTIONS, "DENY".to_owned()),
        // Not "no-referrer": that would make the browser hide from where a form was sent.
        (header::REFERRER_POLICY, "same-origin".to_owned()),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    let html = format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\">\
         <title>Sign in to MultiClaw Desktop</title><style>{STYLE}</style></head>\
         <body><main>\n{body}\n</main></body></html>\n"
    );
    (status, headers, html).into_response()
}

fn form(status: StatusCode, user_code: &str, email: &str, problem: &str) -> Response {
    let problem = match problem {
        "" => String::new(),
        problem => format!("<p class=\"problem\" role=\"alert\">{}</p>\n", escaped(problem)),
    };
    let (user_code, email) = (escaped(user_code), escaped(email));
    page(
        status,
        &format!(
            "<h1>Sign in to MultiClaw Desktop</h1>\n{problem}\
             <form method=\"post\" action=\"/device\">\n\
             <label for=\"user_code\">The code that the app shows</label>\n\
             <input id=\"user_code\" name=\"user_code\" value=\"{user_code}\" required \
             autocomplete=\"off\" maxlength=\"20\">\n\
             <label for=\"email\">E-mail address</label>\n\
             <input id=\"email\" name=\"email\" type=\"email\" value=\"{email}\" required \
             autocomplete=\"username\" maxlength=\"254\">\n\
             <label for=\"password\">Password</label>\n\
             <input id=\"password\" name=\"password\" type=\"password\" required \
             autocomplete=\"current-password\" maxlength=\"1024\">\n\
             <button>Sign in</button>\n</form>"
        ),
    )
}

fn notice(status: StatusCode, title: &str, text: &str) -> Response {
    page(status, &format!("<h1>{}</h1>\n<p>{}</p>", escaped(title), escaped(text)))
}

/// Whether a form was sent from a page of ours, as far as the browser says.
fn from_here(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let same_site = match text("sec-fetch-site") {
        Some(site) => matches!(site, "same-origin" | "none"),
        None => true,
    };
    let same_origin = match (headers.get(header::ORIGIN).is_some(), text("origin"), text("host")) {
        (false, _, _) => true,
        (true, Some(origin), Some(host)) => origin == format!("https://{host}"),
        (true, _, _) => false,
    };
    same_site && same_origin
}

fn elsewhere() -> Response {
    notice(
        StatusCode::FORBIDDEN,
        "This form was not sent from here",
        "Open the address that the app shows, and sign in there.",
    )
}

pub(super) async fn show(query: Result<Query<Start>, QueryRejection>) -> Response {
    let user_code = query.map(|Query(start)| start.user_code).unwrap_or_default();
    let bare = bare(&user_code);
    let shown = if bare.is_empty() { String::new() } else { dashed(&bare) };
    form(StatusCode::OK, &shown, "", "")
}

pub(super) async fn sign_in(
    State(state): State<Arc<Shared>>,
    headers: HeaderMap,
    sent: Result<Form<SignInForm>, FormRejection>,
) -> Response {
    if !from_here(&headers) {
        return elsewhere();
    }
    let Ok(Form(sent)) = sent else {
        return form(StatusCode::BAD_REQUEST, "", "", "Something is missing in the form.");
    };
    match offer(&state, &sent).await {
        Ok(page) => page,
        Err(refusal) => {
            let (status, why) = match refusal {
                Refusal::WrongCredentials => (
                    StatusCode::UNAUTHORIZED,
                    "The e-mail address or the password is wrong.".to_owned(),
                ),
                Refusal::Locked(until) => (
                    StatusCode::LOCKED,
                    format!("There were too many failed sign-ins. Try again after {until:.0}."),
                ),
                Refusal::BadRequest(_) => {
                    (StatusCode::BAD_REQUEST, "Something in the form is too long.".to_owned())
                }
                other => return other.into_response(),
            };
            form(status, &sent.user_code, &sent.email, &why)
        }
    }
}

/// Signs the person in and asks them to compare the code.
async fn offer(state: &Shared, sent: &SignInForm) -> Result<Response, Refusal> {
    // Who has no account learns nothing about codes.
    let person = authenticate(state, &sent.email, &sent.password).await?;
    let code = bare(&sent.user_code);
    if state.store.pending_device(&code, Timestamp::now())?.is_none() {
        let why = "There is no sign-in with this code, or it has ended. Look at the app again.";
        return Ok(form(StatusCode::NOT_FOUND, &sent.user_code, &sent.email, why));
    }
    let ticket = new_token();
    state.store.offer_device(&code, &person, &ticket)?;
    let name = state.store.user(&person)?.map(|user| user.name).unwrap_or_default();
    Ok(page(
        StatusCode::OK,
        &format!(
            "<h1>Is this your app?</h1>\n\
             <p>MultiClaw Desktop wants to sign in as {}. The app must show this code:</p>\n\
             <p class=\"code\">{}</p>\n\
             <p>Agree only when you have just started the sign-in in the app yourself and it shows \
             the same code. If somebody sent you here, refuse.</p>\n\
             <form method=\"post\" action=\"/device/decide\">\n\
             <input type=\"hidden\" name=\"ticket\" value=\"{ticket}\">\n\
             <button name=\"decision\" value=\"agree\">Agree</button>\n\
             <button name=\"decision\" value=\"refuse\">Refuse</button>\n</form>",
            escaped(&name),
            dashed(&code),
        ),
    ))
}

pub(super) async fn decide(
    State(state): State<Arc<Shared>>,
    headers: HeaderMap,
    sent: Result<Form<DecideForm>, FormRejection>,
) -> Result<Response, Refusal> {
    if !from_here(&headers) {
        return Ok(elsewhere());
    }
    let Ok(Form(DecideForm { ticket, decision })) = sent else {
        return Ok(notice(StatusCode::BAD_REQUEST, "Nothing was decided", "Please start again."));
    };
    // Everything that is not the word for yes is a no.
    let agreed = decision == "agree";
    if !state.store.decide_device(&ticket, agreed, Timestamp::now())? {
        let text = "This was decided already, or it took too long. Look at the app again.";
        return Ok(notice(StatusCode::GONE, "Nothing was decided", text));
    }
    Ok(if agreed {
        let text = "The app signs in now. You can close this page.";
        notice(StatusCode::OK, "You have agreed", text)
    } else {
        notice(StatusCode::OK, "You have refused", "The app stays signed out.")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(all: &[(&'static str, &'static str)]) -> HeaderMap {
        all.iter()
            .map(|(name, value)| {
                (header::HeaderName::from_static(name), header::HeaderValue::from_static(value))
            })
            .collect()
    }

    #[test]
    fn forms_of_other_sites_are_known() {
        let host = ("host", "cloud.example:8443");
        for good in [
            headers(&[host]),
            headers(&[host, ("origin", "https://cloud.example:8443")]),
            headers(&[host, ("sec-fetch-site", "same-origin")]),
        ] {
            assert!(from_here(&good), "{good:?}");
        }
        for bad in [
            headers(&[host, ("origin", "https://cloud.example")]),
            headers(&[host, ("origin", "http://cloud.example:8443")]),
            headers(&[host, ("origin", "https://evil.example")]),
            headers(&[host, ("origin", "null")]),
            headers(&[("origin", "https://cloud.example:8443")]),
            headers(&[host, ("sec-fetch-site", "cross-site")]),
            headers(&[host, ("sec-fetch-site", "same-site")]),
        ] {
            assert!(!from_here(&bad), "{bad:?}");
        }
    }

    #[test]
    fn text_stays_text() {
        assert_eq!(escaped("<a href='x'>\"&"), "&lt;a href=&#39;x&#39;&gt;&quot;&amp;");
    }
}
