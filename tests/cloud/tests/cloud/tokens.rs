//! Tokens in the wrong place, and realtime tokens that are not good.

use crate::world::{World, refused, send};
use serde_json::{Value, json};

async fn realtime(w: &World, token: &str, body: Value) -> String {
    let answer = w.call(token, "POST", "/v1/realtime/token", body).await.ok(200);
    answer["token"].as_str().unwrap().to_owned()
}

/// H16.
#[tokio::test]
async fn crossed_tokens_are_refused() {
    let w = World::new().await;
    let of_person = realtime(&w, &w.owner.token, json!({ "workspace": w.workspace })).await;
    let of_daemon = realtime(&w, &w.daemon, json!({})).await;
    // Realtime tokens on REST.
    for token in [&of_person, &of_daemon] {
        for (method, path) in [
            ("GET", "/v1/me".to_owned()),
            ("GET", w.path("tasks")),
            ("GET", "/v1/runner/tasks".to_owned()),
            ("PUT", "/v1/daemon/thumbnail".to_owned()),
            ("POST", "/v1/realtime/token".to_owned()),
        ] {
            let answer = w.call(token, method, &path, json!({})).await;
            assert_eq!((answer.status, &*answer.code()), (401, "token_invalid"), "{path}");
        }
    }
    // Bearers on the socket.
    for token in [&w.owner.token, &w.daemon, &w.runner] {
        assert_eq!(refused(w.connect(token).await), 401);
    }
    // Each bearer where another is wanted.
    for (token, method, path) in [
        (&w.daemon, "GET", "/v1/me"),
        (&w.daemon, "POST", "/v1/sign-out"),
        (&w.daemon, "GET", "/v1/runner/tasks"),
        (&w.runner, "GET", "/v1/me"),
        (&w.runner, "POST", "/v1/realtime/token"),
        (&w.runner, "PUT", "/v1/daemon/thumbnail"),
        (&w.runner, "POST", "/v1/pusher/auth"),
        (&w.owner.token, "GET", "/v1/runner/tasks"),
        (&w.owner.token, "PUT", "/v1/daemon/thumbnail"),
    ] {
        let answer = w.call(token, method, path, json!({})).await;
        assert_eq!((answer.status, &*answer.code()), (403, "forbidden"), "{path}");
    }
    // They are still good where they belong.
    w.connect(&of_person).await.unwrap();
    w.connect(&of_daemon).await.unwrap();
}

/// H14.
#[tokio::test]
async fn a_realtime_token_that_was_touched_does_not_open_a_socket() {
    let w = World::new().await;
    let good = realtime(&w, &w.owner.token, json!({ "workspace": w.workspace })).await;
    let parts: Vec<&str> = good.split('.').collect();
    assert_eq!((parts.len(), parts[0]), (3, "v1"));
    let last = if good.ends_with('A') { 'B' } else { 'A' };
    let flipped = format!("{}{last}", &good[..good.len() - 1]);
    let other = realtime(&w, &w.daemon, json!({})).await;
    let other: Vec<&str> = other.split('.').collect();
    for bad in [
        flipped,
        format!("v1.{}.{}", parts[1], other[2]),
        format!("v2.{}.{}", parts[1], parts[2]),
        format!("{}.{}", parts[1], parts[2]),
        format!("v1.{}.", parts[1]),
        "A".repeat(2000),
        String::new(),
    ] {
        assert_eq!(refused(w.connect(&bad).await), 401, "{bad}");
    }
}

/// H14.
#[tokio::test]
async fn a_token_of_three_megabytes_is_refused_and_the_cloud_goes_on() {
    let w = World::new().await;
    let bearer = format!("Bearer {}", "A".repeat(3 << 20));
    let headers = [("authorization", bearer.as_str())];
    match send(&w.door, "GET", &format!("{}/v1/me", w.url), &headers, Vec::new()).await {
        Ok(answer) => assert!([400, 401, 431].contains(&answer.status), "{}", answer.status),
        // The cloud stops reading before all of it was sent.
        Err(error) => assert!(!matches!(error, net::NetError::Refused { .. }), "{error:?}"),
    }
    w.call(&w.owner.token, "GET", "/v1/me", Value::Null).await.ok(200);
}

#[tokio::test]
async fn a_realtime_token_is_good_as_long_as_its_bearer() {
    let w = World::new().await;
    let token = realtime(&w, &w.member.token, json!({ "workspace": w.workspace })).await;
    let mut open = w.connect(&token).await.unwrap();
    open.next().await;
    w.cloud.revoke(&w.member.id).unwrap();
    assert_eq!(open.closed().await, 4003);
    assert_eq!(refused(w.connect(&token).await), 401, "signed, in time, and of no bearer");
}

#[tokio::test]
async fn a_socket_is_for_one_workspace() {
    let w = World::new().await;
    let body = json!({ "workspace": w.workspace });
    let answer = w.call(&w.stranger.token, "POST", "/v1/realtime/token", body).await;
    assert_eq!(answer.code(), "not_found");
    let answer = w.call(&w.owner.token, "POST", "/v1/realtime/token", json!({})).await;
    assert_eq!(answer.code(), "bad_request");
}

#[tokio::test]
async fn junk_on_the_socket_closes_it_and_unknown_types_do_not() {
    let w = World::new().await;
    let mut socket = w.socket(&w.owner.token).await;
    socket.send(r#"{"type":"weather"}"#).await;
    w.as_owner("POST", "tasks", json!({ "title": "T" })).await.ok(201);
    socket.event().await;
    socket.send("{").await;
    assert_eq!(socket.closed().await, 4008);
}
