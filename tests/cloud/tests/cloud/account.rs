//! Passwords, lockout and who is told what about tokens.

use crate::world::{PASSWORD, World, config};
use cloud::Config;
use serde_json::{Value, json};
use std::time::Duration;

const NEW: &str = "staple tape and glue";

#[tokio::test]
async fn a_new_password_ends_every_other_bearer_and_its_sockets() {
    let w = World::new().await;
    let (this, other) = (w.member.token.clone(), w.again(&w.member).await);
    let mut kept = w.socket(&this).await;
    let mut ended = w.socket(&other).await;
    let body = json!({ "current": PASSWORD, "new": NEW });
    assert_eq!(w.call(&this, "POST", "/v1/password", body).await.status, 204);
    assert_eq!(ended.closed().await, 4003);
    assert_eq!(w.call(&other, "GET", "/v1/me", Value::Null).await.code(), "token_invalid");
    w.call(&this, "GET", "/v1/me", Value::Null).await.ok(200);
    w.as_member("POST", "tasks", json!({ "title": "Still here" })).await.ok(201);
    assert_eq!(kept.event().await.2["item"]["title"], "Still here");
    assert_eq!(w.sign_in(&w.member.email, PASSWORD).await.code(), "wrong_credentials");
    w.sign_in(&w.member.email, NEW).await.ok(200);
}

#[tokio::test]
async fn a_bad_new_password_changes_nothing_and_wrong_current_ones_lock() {
    let w = World::new().await;
    let change = async |current: &str, new: &str| {
        let body = json!({ "current": current, "new": new });
        w.call(&w.member.token, "POST", "/v1/password", body).await
    };
    for bad in ["short", &"a".repeat(73), "nine char"] {
        assert_eq!(change(PASSWORD, bad).await.code(), "bad_request", "{bad}");
    }
    for _ in 0..5 {
        assert_eq!(change("wrong", NEW).await.code(), "wrong_credentials");
    }
    let locked = change(PASSWORD, NEW).await;
    assert_eq!((locked.status, &*locked.code()), (423, "locked"));
    assert!(locked.json()["error"]["until"].is_string());
    assert_eq!(w.sign_in(&w.member.email, PASSWORD).await.code(), "locked");
}

#[tokio::test]
async fn many_guesses_at_once_are_not_more_than_five() {
    let w = World::new().await;
    let guesses = (0..12).map(|n| {
        let guess = format!("guess {n}");
        let email = w.member.email.clone();
        let w = &w;
        async move { w.sign_in(&email, &guess).await.code() }
    });
    let codes = futures_util::future::join_all(guesses).await;
    let tried = codes.iter().filter(|code| *code == "wrong_credentials").count();
    assert_eq!(tried, 5, "{codes:?}");
    assert!(codes.iter().all(|code| code == "wrong_credentials" || code == "locked"));
}

#[tokio::test]
async fn a_lock_ends() {
    let lockout = (2, Duration::from_secs(1));
    let w = World::start(Config { lockout, ..config() }).await;
    for _ in 0..2 {
        assert_eq!(w.sign_in(&w.member.email, "wrong").await.code(), "wrong_credentials");
    }
    let mut last = String::from("locked");
    for _ in 0..200 {
        let answer = w.sign_in(&w.member.email, PASSWORD).await;
        if answer.status == 200 {
            return;
        }
        last = answer.code();
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("still {last}");
}

#[tokio::test]
async fn sign_out_ends_one_bearer_and_exactly_its_sockets() {
    let w = World::new().await;
    let (this, other) = (w.owner.token.clone(), w.again(&w.owner).await);
    let (mut one, mut two) = (w.socket(&this).await, w.socket(&this).await);
    let mut kept = w.socket(&other).await;
    assert_eq!(w.call(&this, "POST", "/v1/sign-out", Value::Null).await.status, 204);
    assert_eq!((one.closed().await, two.closed().await), (4003, 4003));
    w.as_member("POST", "tasks", json!({ "title": "T" })).await.ok(201);
    kept.event().await;
}

#[tokio::test]
async fn what_does_not_parse_or_is_too_long_is_said_so() {
    let w = World::new().await;
    let path = w.path("tasks");
    let headers = |kind: &'static str| [("content-type", kind)];
    let send = async |body: Vec<u8>, kind| {
        let bearer = format!("Bearer {}", w.owner.token);
        let mut all = headers(kind).to_vec();
        all.push(("authorization", &bearer));
        crate::world::send(&w.door, "POST", &format!("{}{path}", w.url), &all, body).await.unwrap()
    };
    for body in ["", "{", "[]", r#"{"title":7}"#, r#"{"brief":"b"}"#, r#"{"title":"\ud800"}"#] {
        let answer = send(body.into(), "application/json").await;
        assert_eq!((answer.status, &*answer.code()), (400, "bad_request"), "{body}");
    }
    let deep = "[".repeat(10_000);
    assert_eq!(send(deep.into(), "application/json").await.status, 400);
    assert_eq!(send(br#"{"title":"T"}"#.to_vec(), "text/plain").await.status, 400);
    let long = json!({ "title": "T", "brief": "b".repeat(300_000) }).to_string();
    let answer = send(long.into(), "application/json").await;
    assert_eq!((answer.status, &*answer.code()), (413, "too_large"));
    let unknown = w.call(&w.owner.token, "GET", "/v1/nothing", Value::Null).await;
    assert_eq!((unknown.status, &*unknown.code()), (404, "not_found"));
    let method = w.call(&w.owner.token, "DELETE", "/v1/me", Value::Null).await;
    assert_eq!((method.status, &*method.code()), (405, "bad_request"));
}
