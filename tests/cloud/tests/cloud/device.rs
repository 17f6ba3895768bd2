//! Signing in with the browser: the app's side and the person's.

use crate::world::{Answer, PASSWORD, World, config, send};
use cloud::{Config, DeviceGrants};
use serde_json::{Value, json};
use std::time::Duration;

const CLIENT: (&str, &str) = ("client_id", "multiclaw-desktop");
const GRANT: (&str, &str) = ("grant_type", "urn:ietf:params:oauth:grant-type:device_code");

async fn world(interval: u64) -> World {
    let device =
        DeviceGrants { life: Duration::from_secs(600), interval: Duration::from_secs(interval) };
    World::start(Config { device, ..config() }).await
}

async fn begin(w: &World) -> Value {
    w.form("/v1/device/authorize", &[CLIENT], &[]).await.ok(200)
}

async fn poll(w: &World, grant: &Value) -> Answer {
    let code = grant["device_code"].as_str().unwrap();
    w.form("/v1/device/token", &[GRANT, CLIENT, ("device_code", code)], &[]).await
}

/// The page on which the person decides, and its ticket.
async fn page(w: &World, grant: &Value, more: &[(&str, &str)]) -> (Answer, String) {
    let user_code = grant["user_code"].as_str().unwrap();
    let fields = [("user_code", user_code), ("email", &*w.member.email), ("password", PASSWORD)];
    let page = w.form("/device", &fields, more).await;
    let html = page.text();
    let ticket = html.split("name=\"ticket\" value=\"").nth(1).unwrap_or_default();
    let ticket = ticket.split('"').next().unwrap().to_owned();
    (page, ticket)
}

async fn decide(w: &World, ticket: &str, decision: &str) -> Answer {
    w.form("/device/decide", &[("ticket", ticket), ("decision", decision)], &[]).await
}

#[tokio::test]
async fn a_person_agrees_and_the_app_gets_a_bearer_once() {
    let w = world(0).await;
    let grant = begin(&w).await;
    assert_eq!(grant["verification_uri"], format!("{}/device", w.url));
    assert_eq!(poll(&w, &grant).await.ok(400), json!({ "error": "authorization_pending" }));
    let complete = grant["verification_uri_complete"].as_str().unwrap();
    let shown = send(&w.door, "GET", complete, &[], Vec::new()).await.unwrap();
    assert_eq!(shown.status, 200);
    assert!(shown.text().contains(grant["user_code"].as_str().unwrap()));
    let origin = [("origin", &*w.url), ("sec-fetch-site", "same-origin")];
    let (page, ticket) = page(&w, &grant, &origin).await;
    assert_eq!(page.status, 200);
    assert!(page.text().contains("Bob Cratchit"));
    assert!(page.text().contains(grant["user_code"].as_str().unwrap()), "to be compared");
    assert_eq!(poll(&w, &grant).await.ok(400)["error"], "authorization_pending");
    assert_eq!(decide(&w, &ticket, "agree").await.status, 200);
    let token = poll(&w, &grant).await.ok(200);
    assert_eq!(token["token_type"], "Bearer");
    let bearer = token["access_token"].as_str().unwrap();
    let me = w.call(bearer, "GET", "/v1/me", Value::Null).await.ok(200);
    assert_eq!(me["user"]["id"], w.member.id.as_str());
    assert_eq!(poll(&w, &grant).await.ok(400)["error"], "expired_token", "once");
    assert_eq!(decide(&w, &ticket, "agree").await.status, 410, "a ticket is good once");
}

#[tokio::test]
async fn a_person_refuses() {
    let w = world(0).await;
    let grant = begin(&w).await;
    let (_, ticket) = page(&w, &grant, &[]).await;
    assert_eq!(decide(&w, &ticket, "refuse").await.status, 200);
    assert_eq!(poll(&w, &grant).await.ok(400)["error"], "access_denied");
}

#[tokio::test]
async fn who_asks_too_often_is_slowed_down() {
    let w = world(300).await;
    let grant = begin(&w).await;
    assert_eq!(grant["interval"], 300);
    assert_eq!(poll(&w, &grant).await.ok(400)["error"], "authorization_pending");
    assert_eq!(poll(&w, &grant).await.ok(400)["error"], "slow_down");
    assert_eq!(poll(&w, &grant).await.ok(400)["error"], "slow_down");
}

#[tokio::test]
async fn an_ended_grant_is_over_on_both_sides() {
    let device = DeviceGrants { life: Duration::ZERO, interval: Duration::ZERO };
    let w = World::start(Config { device, ..config() }).await;
    let grant = begin(&w).await;
    assert_eq!(poll(&w, &grant).await.ok(400)["error"], "expired_token");
    let (page, ticket) = page(&w, &grant, &[]).await;
    assert_eq!((page.status, &*ticket), (404, ""));
}

#[tokio::test]
async fn what_the_rfc_does_not_allow_is_named_as_it_says() {
    let w = world(0).await;
    let grant = begin(&w).await;
    let code = ("device_code", grant["device_code"].as_str().unwrap());
    let other = ("client_id", "another");
    for (path, fields, error) in [
        ("authorize", vec![], "invalid_request"),
        ("authorize", vec![other], "invalid_client"),
        ("token", vec![GRANT, code], "invalid_request"),
        ("token", vec![GRANT, code, other], "invalid_client"),
        ("token", vec![("grant_type", "password"), code, CLIENT], "unsupported_grant_type"),
        ("token", vec![GRANT, ("device_code", "made-up"), CLIENT], "expired_token"),
    ] {
        let answer = w.form(&format!("/v1/device/{path}"), &fields, &[]).await;
        assert_eq!(answer.ok(400), json!({ "error": error }));
    }
}

#[tokio::test]
async fn the_page_is_safe_to_open_and_forms_of_others_are_refused() {
    let w = world(0).await;
    let grant = begin(&w).await;
    let url = format!("{}/device?user_code=%22%3E%3Cscript%3Ealert(1)%3C/script%3E", w.url);
    let page_with_junk = send(&w.door, "GET", &url, &[], Vec::new()).await.unwrap();
    let (signed_in, ticket) = page(&w, &grant, &[]).await;
    for page in [&page_with_junk, &signed_in] {
        let policy = page.header("content-security-policy");
        assert!(policy.contains("default-src 'none'") && policy.contains("form-action 'self'"));
        assert!(policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe"));
        assert!(!page.text().contains("<script"), "{}", page.text());
        assert_eq!(page.header("cache-control"), "no-store");
        assert_eq!(page.header("set-cookie"), "", "there is nothing to ride on");
    }
    for foreign in [
        [("origin", "https://evil.example")],
        [("origin", "null")],
        [("sec-fetch-site", "cross-site")],
    ] {
        let fields = [("ticket", &*ticket), ("decision", "agree")];
        assert_eq!(w.form("/device/decide", &fields, &foreign).await.status, 403);
        let (refused, none) = page(&w, &grant, &foreign).await;
        assert_eq!((refused.status, &*none), (403, ""));
    }
    assert_eq!(poll(&w, &grant).await.ok(400)["error"], "authorization_pending");
    assert_eq!(decide(&w, "made-up", "agree").await.status, 410);
    assert_eq!(decide(&w, &ticket, "agree").await.status, 200, "it was not used up");
}

#[tokio::test]
async fn wrong_passwords_on_the_page_lock_and_what_was_typed_stays_text() {
    let w = world(0).await;
    let grant = begin(&w).await;
    let code = ("user_code", grant["user_code"].as_str().unwrap());
    let wrong = async |email: &str| {
        w.form("/device", &[code, ("email", email), ("password", "<b>wrong</b>")], &[]).await
    };
    let page_of = wrong("\"><script>x</script>").await;
    assert_eq!(page_of.status, 401);
    assert!(!page_of.text().contains("<script") && !page_of.text().contains("<b>wrong"));
    for _ in 0..5 {
        assert_eq!(wrong(&w.member.email).await.status, 401);
    }
    let (locked, ticket) = page(&w, &grant, &[]).await;
    assert_eq!((locked.status, &*ticket), (423, ""));
}
