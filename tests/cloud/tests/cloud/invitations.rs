//! Inviting and coming in.

use crate::world::{Answer, PASSWORD, World};
use serde_json::{Value, json};

async fn invite(w: &World, email: &str, role: &str) -> Value {
    w.as_owner("POST", "people", json!({ "email": email, "role": role })).await.ok(201)
}

async fn accept(w: &World, code: &str, name: &str, password: &str) -> Answer {
    let body = json!({ "code": code, "name": name, "password": password });
    w.call("", "POST", "/v1/invitations/accept", body).await
}

#[tokio::test]
async fn an_invited_person_comes_in_once() {
    let w = World::new().await;
    let mut socket = w.socket(&w.owner.token).await;
    let invited = invite(&w, "cy@example.com", "owner").await;
    let (code, id) = (invited["code"].as_str().unwrap(), &invited["member"]["id"]);
    assert_eq!(invited["member"]["invited"], true);
    let people = w.as_owner("GET", "people", Value::Null).await.ok(200);
    assert_eq!(people["items"][2], invited["member"]);
    assert!(!people.to_string().contains(code), "the code is shown once");

    for (name, password) in [("", PASSWORD), ("Cy Coder", "short"), ("Cy\nCoder", PASSWORD)] {
        assert_eq!(accept(&w, code, name, password).await.code(), "bad_request");
    }
    let typed = code.to_lowercase().replace('-', " ");
    let signed_in = accept(&w, &typed, "Cy Coder", PASSWORD).await.ok(200);
    assert_eq!(signed_in["workspaces"][0]["role"], "owner");
    let token = signed_in["token"].as_str().unwrap();
    w.call(token, "GET", &w.path("people"), Value::Null).await.ok(200);
    let again = accept(&w, code, "Eve", PASSWORD).await;
    assert_eq!((again.status, &*again.code()), (410, "gone"));
    assert_eq!(accept(&w, "made-up", "Eve", PASSWORD).await.code(), "gone");

    assert_eq!(socket.event().await.2["item"]["id"], *id);
    let removed = socket.event().await.2;
    assert_eq!((&removed["type"], &removed["id"]), (&json!("removed"), id));
    assert_eq!(socket.event().await.2["item"]["name"], "Cy Coder");
}

#[tokio::test]
async fn who_has_an_account_gives_their_own_password() {
    let w = World::new().await;
    let code = invite(&w, "EVE@example.com", "member").await["code"].clone();
    let code = code.as_str().unwrap();
    assert_eq!(accept(&w, code, "", "another password").await.code(), "wrong_credentials");
    let signed_in = accept(&w, code, "", PASSWORD).await.ok(200);
    assert_eq!(signed_in["user"]["id"], w.stranger.id.as_str());
    assert_eq!(signed_in["user"]["name"], "Eve Stranger");
    assert_eq!(signed_in["workspaces"].as_array().unwrap().len(), 2);
    w.call(&w.stranger.token, "GET", &w.path("tasks"), Value::Null).await.ok(200);
}

#[tokio::test]
async fn guesses_at_an_invitation_lock_the_account() {
    let w = World::new().await;
    let code = invite(&w, &w.stranger.email, "member").await["code"].clone();
    let code = code.as_str().unwrap();
    for _ in 0..5 {
        assert_eq!(accept(&w, code, "", "a wrong guess").await.code(), "wrong_credentials");
    }
    assert_eq!(accept(&w, code, "", PASSWORD).await.status, 423);
}

#[tokio::test]
async fn an_address_is_invited_once_and_an_invitation_can_be_changed_and_withdrawn() {
    let w = World::new().await;
    let invited = invite(&w, "cy@example.com", "member").await;
    for email in ["cy@example.com", "CY@Example.com", "bob@example.com"] {
        let body = json!({ "email": email, "role": "member" });
        let answer = w.as_owner("POST", "people", body).await;
        assert_eq!((answer.status, &*answer.code()), (409, "taken"), "{email}");
    }
    for body in [
        json!({ "email": "no address", "role": "member" }),
        json!({ "email": "a@b", "role": "king" }),
    ] {
        assert_eq!(w.as_owner("POST", "people", body).await.code(), "bad_request");
    }
    let path = format!("people/{}", invited["member"]["id"].as_str().unwrap());
    let changed = w.as_owner("PATCH", &path, json!({ "role": "owner" })).await.ok(200);
    assert_eq!((&changed["role"], &changed["invited"]), (&json!("owner"), &json!(true)));
    w.as_owner("DELETE", &path, Value::Null).await.ok(204);
    let late = accept(&w, invited["code"].as_str().unwrap(), "Cy", PASSWORD).await;
    assert_eq!(late.code(), "gone");
    invite(&w, "cy@example.com", "member").await;
}
