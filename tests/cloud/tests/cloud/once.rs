//! Doing a thing once.

use crate::world::{Answer, World, uuid};
use serde_json::{Value, json};

async fn task(w: &World, token: &str, key: &str, title: &str) -> Answer {
    let headers = [("idempotency-key", key)];
    w.call_with(token, "POST", &w.path("tasks"), json!({ "title": title }), &headers).await
}

#[tokio::test]
async fn the_same_key_gives_the_same_answer_and_does_nothing_more() {
    let w = World::new().await;
    let key = uuid();
    let first = task(&w, &w.owner.token, &key, "One").await;
    let again = task(&w, &w.owner.token, &key.to_uppercase(), "One").await;
    assert_eq!((again.status, &again.body), (201, &first.body));
    assert_eq!(again.header("content-type"), first.header("content-type"));
    let list = w.as_owner("GET", "tasks", Value::Null).await.ok(200);
    assert_eq!(list["items"].as_array().unwrap().len(), 1);
    let other = task(&w, &w.owner.token, &key, "Two").await;
    assert_eq!((other.status, &*other.code()), (409, "key_reused"));
    let headers = [("idempotency-key", &*key)];
    let path = w.path("tasks?x=1");
    let elsewhere =
        w.call_with(&w.owner.token, "POST", &path, json!({ "title": "One" }), &headers).await;
    assert_eq!(elsewhere.code(), "key_reused", "another path");
    assert_eq!(
        task(&w, &w.member.token, &key, "One").await.ok(201)["number"],
        2,
        "for each person"
    );
    assert_eq!(task(&w, &w.owner.token, "one", "One").await.code(), "bad_request");
}

#[tokio::test]
async fn twenty_at_once_do_it_once() {
    let w = World::new().await;
    let key = uuid();
    let all = (0..20).map(|_| task(&w, &w.owner.token, &key, "T"));
    let answers = futures_util::future::join_all(all).await;
    assert!(answers.iter().all(|answer| answer.body == answers[0].body && answer.status == 201));
    let list = w.as_owner("GET", "tasks", Value::Null).await.ok(200);
    assert_eq!(list["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn refusals_are_kept_and_an_answer_without_a_body_too() {
    let w = World::new().await;
    let headers = uuid();
    let headers = [("idempotency-key", headers.as_str())];
    let path = w.path("conversations/6a0c1f0e-9f3a-4c57-9f0b-0d4f7e1a2b3c");
    let put = async || {
        w.call(&w.owner.token, "PUT", &path, json!({ "title": "T" })).await;
    };
    put().await;
    let delete = async || w.call_with(&w.owner.token, "DELETE", &path, Value::Null, &headers).await;
    assert_eq!(delete().await.status, 204);
    put().await;
    let again = delete().await;
    assert_eq!((again.status, again.body.len(), again.header("content-type")), (204, 0, ""));
    let page = w.as_owner("GET", "conversations", Value::Null).await.ok(200);
    assert_eq!(page["conversations"].as_array().unwrap().len(), 1, "not deleted a second time");
}

#[tokio::test]
async fn an_invitation_that_was_asked_for_twice_has_one_code() {
    let w = World::new().await;
    let key = uuid();
    let headers = [("idempotency-key", key.as_str())];
    let body = json!({ "email": "new@example.com", "role": "member" });
    let path = w.path("people");
    let invite =
        async || w.call_with(&w.owner.token, "POST", &path, body.clone(), &headers).await.ok(201);
    assert_eq!(invite().await, invite().await);
}
