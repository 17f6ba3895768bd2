//! What the realtime socket tells about the workspace.

use crate::world::{World, uuid};
use cloud_client::wire::FromCloud;
use serde_json::{Value, json};

#[tokio::test]
async fn events_are_numbered_without_gaps_and_lists_say_what_they_include() {
    let w = World::new().await;
    let mut socket = w.socket(&w.owner.token).await;
    let seq = async || w.as_owner("GET", "agents", Value::Null).await.ok(200)["seq"].clone();
    assert_eq!(json!(socket.ready), seq().await);
    let agent = json!({ "name": "A", "provider": "openai", "model": "m", "instructions": "" });
    let agent = w.as_owner("POST", "agents", agent).await.ok(201);
    let task = w.as_owner("POST", "tasks", json!({ "title": "T" })).await.ok(201);
    let path = format!("agents/{}", agent["id"].as_str().unwrap());
    w.as_owner("DELETE", &path, Value::Null).await.ok(204);
    let mut before = socket.ready;
    for (kind, id) in [("agent", &agent["id"]), ("task", &task["id"]), ("agent", &agent["id"])] {
        let (number, after, event) = socket.event().await;
        assert_eq!((number, after), (before + 1, before));
        assert_eq!(event["workspace"], w.workspace.as_str());
        let (told_kind, told_id) = match event["type"].as_str() {
            Some("changed") => (&event["item"]["kind"], &event["item"]["id"]),
            _ => (&event["kind"], &event["id"]),
        };
        assert_eq!((told_kind, told_id), (&json!(kind), id));
        before = number;
    }
    assert_eq!(json!(before), seq().await);
    let other = w.socket(&w.member.token).await;
    assert_eq!(other.ready, before);
}

#[tokio::test]
async fn members_hear_of_their_own_conversations_and_not_of_people() {
    let w = World::new().await;
    let mut owner = w.socket(&w.owner.token).await;
    let mut member = w.socket(&w.member.token).await;
    let start = member.ready;
    let invite = json!({ "email": "new@example.com", "role": "member" });
    w.as_owner("POST", "people", invite).await.ok(201);
    let of_owner = format!("conversations/{}", uuid());
    w.as_owner("PUT", &of_owner, json!({ "title": "Private" })).await.ok(201);
    let of_member = format!("conversations/{}", uuid());
    w.as_member("PUT", &of_member, json!({ "title": "Mine" })).await.ok(201);
    let body =
        json!({ "id": uuid(), "speaker": "person", "text": "hi", "at": "2026-11-21T14:03:22Z" });
    w.as_member("POST", &format!("{of_member}/messages"), body).await.ok(201);
    w.as_owner("DELETE", &of_owner, Value::Null).await.ok(204);
    w.as_member("POST", "tasks", json!({ "title": "Last" })).await.ok(201);

    let mut heard = Vec::new();
    for _ in 0..7 {
        let (seq, before, event) = owner.event().await;
        assert_eq!(before + 1, seq, "an owner hears everything");
        let kind = if event["item"].is_null() { &event["kind"] } else { &event["item"]["kind"] };
        heard.push(kind.as_str().unwrap().to_owned());
    }
    let kinds = "member conversation conversation message conversation conversation task";
    assert_eq!(heard.join(" "), kinds);

    let mut told = Vec::new();
    for _ in 0..4 {
        let (seq, before, event) = member.event().await;
        told.push((seq - start, before - start, event["item"]["kind"].clone()));
    }
    let expected = [
        (3, 0, json!("conversation")),
        (4, 3, json!("message")),
        (5, 4, json!("conversation")),
        (7, 5, json!("task")),
    ];
    assert_eq!(told, expected);
}

#[tokio::test]
async fn numbers_come_in_their_order_however_many_change_things_at_once() {
    let w = World::new().await;
    let mut socket = w.socket(&w.owner.token).await;
    let changes = (0..60).map(|n| {
        let w = &w;
        async move { w.as_member("POST", "tasks", json!({ "title": format!("{n}") })).await.ok(201) }
    });
    futures_util::future::join_all(changes).await;
    let mut last = socket.ready;
    for _ in 0..60 {
        let (seq, before, event) = socket.event().await;
        assert_eq!((before, seq), (last, last + 1));
        assert_eq!(event["item"]["number"], json!(seq - socket.ready));
        last = seq;
    }
}

#[tokio::test]
async fn a_removed_person_is_out_at_once() {
    let w = World::new().await;
    let mut owner = w.socket(&w.owner.token).await;
    let mut member = w.socket(&w.member.token).await;
    let again = w.again(&w.member).await;
    w.as_owner("DELETE", &format!("people/{}", w.member.id), Value::Null).await.ok(204);
    assert_eq!(member.closed().await, 4003);
    let (.., event) = owner.event().await;
    assert_eq!((&event["type"], &event["id"]), (&json!("removed"), &json!(w.member.id)));
    for token in [&w.member.token, &again] {
        assert_eq!(w.call(token, "GET", "/v1/me", Value::Null).await.code(), "token_invalid");
    }
    // The account is still there, and is of no workspace.
    let signed_in = w.sign_in(&w.member.email, crate::world::PASSWORD).await.ok(200);
    assert_eq!(signed_in["workspaces"], json!([]));
    let token = signed_in["token"].as_str().unwrap();
    assert_eq!(w.call(token, "GET", &w.path("tasks"), Value::Null).await.code(), "not_found");
}

#[tokio::test]
async fn a_new_role_starts_the_sockets_anew_and_shows_as_something_missed() {
    let w = World::new().await;
    let mut member = w.socket(&w.member.token).await;
    let applied = member.ready;
    let path = format!("people/{}", w.member.id);
    let changed = w.as_owner("PATCH", &path, json!({ "role": "owner" })).await.ok(200);
    assert_eq!(changed["role"], "owner");
    assert_eq!(member.closed().await, 1012);
    let mut member = w.socket(&w.member.token).await;
    assert!(member.ready > applied, "so the lists are loaded again");
    w.as_owner("PUT", &format!("conversations/{}", uuid()), json!({ "title": "C" })).await.ok(201);
    assert_eq!(member.event().await.2["item"]["kind"], "conversation", "an owner hears of it");
    w.as_member("GET", "people", Value::Null).await.ok(200);
}

#[tokio::test]
async fn somebody_must_own_the_workspace() {
    let w = World::new().await;
    let path = format!("people/{}", w.owner.id);
    let demoted = w.as_owner("PATCH", &path, json!({ "role": "member" })).await;
    assert_eq!((demoted.status, &*demoted.code()), (409, "last_owner"));
    let removed = w.as_owner("DELETE", &path, Value::Null).await;
    assert_eq!((removed.status, &*removed.code()), (409, "last_owner"));
    let other = format!("people/{}", w.member.id);
    w.as_owner("PATCH", &other, json!({ "role": "owner" })).await.ok(200);
    w.as_owner("PATCH", &path, json!({ "role": "member" })).await.ok(200);
    assert_eq!(w.as_owner("GET", "people", Value::Null).await.code(), "forbidden");
    let unknown = w.as_member("PATCH", &path, json!({ "role": "king" })).await;
    assert_eq!(unknown.code(), "bad_request");
}

#[tokio::test]
async fn a_desktop_that_is_removed_is_told() {
    let w = World::new().await;
    let mut socket = w.socket(&w.member.token).await;
    w.cloud.remove_desktop(&w.desktop).unwrap();
    let gone = socket
        .until(|message| match message {
            FromCloud::DesktopRemoved { id } => Some(id.clone()),
            _ => None,
        })
        .await;
    assert_eq!(gone, w.desktop);
    let answer = w.call(&w.daemon, "POST", "/v1/realtime/token", json!({})).await;
    assert_eq!(answer.code(), "token_invalid");
}
