//! Conversations and messages.

use crate::world::{Answer, World, uuid};
use serde_json::{Value, json};

fn message(id: &str, text: &str) -> Value {
    json!({ "id": id, "speaker": "person", "text": text, "at": "2026-11-21T14:03:22.5Z" })
}

async fn write(w: &World, token: &str, conversation: &str, body: Value) -> Answer {
    let path = w.path(&format!("conversations/{conversation}/messages"));
    w.call(token, "POST", &path, body).await
}

async fn begin(w: &World, token: &str, title: &str) -> String {
    let id = uuid();
    let path = w.path(&format!("conversations/{id}"));
    w.call(token, "PUT", &path, json!({ "title": title, "agent": "local-1" })).await.ok(201);
    id
}

#[tokio::test]
async fn a_message_is_stored_once_and_numbered() {
    let w = World::new().await;
    let id = begin(&w, &w.member.token, "Plans").await;
    let one = uuid();
    let stored = write(&w, &w.member.token, &id, message(&one, "Hello")).await.ok(201);
    assert_eq!((&stored["n"], &stored["name"]), (&json!(1), &json!("Bob Cratchit")));
    assert_eq!(stored["at"], "2026-11-21T14:03:22.5Z", "as the writer says");
    let again = write(&w, &w.member.token, &id, message(&one, "Something else")).await.ok(200);
    assert_eq!(again, stored);
    let long = "ä".repeat(300);
    assert_eq!(write(&w, &w.member.token, &id, message(&uuid(), &long)).await.ok(201)["n"], 2);
    let page = w.as_member("GET", "conversations", Value::Null).await.ok(200);
    let conversation = &page["conversations"][0];
    assert_eq!((&conversation["count"], &conversation["title"]), (&json!(2), &json!("Plans")));
    assert_eq!(conversation["last"].as_str().unwrap().chars().count(), 160);
    let path = format!("conversations/{id}");
    let renamed = w.as_member("PUT", &path, json!({ "title": "Plan B" })).await.ok(200);
    assert_eq!((&renamed["title"], &renamed["count"]), (&json!("Plan B"), &json!(2)));
    // The same message id in another conversation is another message.
    let other = begin(&w, &w.member.token, "Other").await;
    assert_eq!(write(&w, &w.member.token, &other, message(&one, "Hi")).await.ok(201)["n"], 1);
}

#[tokio::test]
async fn messages_are_read_in_both_directions() {
    let w = World::new().await;
    let id = begin(&w, &w.owner.token, "Long").await;
    for n in 1..=7 {
        write(&w, &w.owner.token, &id, message(&uuid(), &format!("{n}"))).await.ok(201);
    }
    let read = async |query: &str| {
        let path = format!("conversations/{id}/messages{query}");
        let page = w.as_owner("GET", &path, Value::Null).await.ok(200);
        let numbers: Vec<u64> = page["messages"]
            .as_array()
            .unwrap()
            .iter()
            .map(|message| message["n"].as_u64().unwrap())
            .collect();
        (numbers, page["more"].as_bool().unwrap())
    };
    assert_eq!(read("").await, ((1..=7).collect(), false));
    assert_eq!(read("?limit=3").await, (vec![5, 6, 7], true));
    assert_eq!(read("?limit=3&before=5").await, (vec![2, 3, 4], true));
    assert_eq!(read("?limit=3&before=2").await, (vec![1], false));
    assert_eq!(read("?limit=3&after=0").await, (vec![1, 2, 3], true));
    assert_eq!(read("?limit=3&after=6").await, (vec![7], false));
    assert_eq!(read("?after=7").await, (vec![], false));
    for bad in ["?limit=0", "?limit=501", "?limit=x", "?before=1&after=1", "?after=-1"] {
        let path = format!("conversations/{id}/messages{bad}");
        assert_eq!(w.as_owner("GET", &path, Value::Null).await.code(), "bad_request", "{bad}");
    }
}

#[tokio::test]
async fn a_page_of_long_messages_stays_readable() {
    let w = World::new().await;
    let id = begin(&w, &w.owner.token, "Long").await;
    let long = "x".repeat(128 * 1024);
    for _ in 0..10 {
        write(&w, &w.owner.token, &id, message(&uuid(), &long)).await.ok(201);
    }
    let mut before = String::new();
    let mut seen = 0;
    loop {
        let path = format!("conversations/{id}/messages?limit=500{before}");
        let answer = w.as_owner("GET", &path, Value::Null).await;
        assert!(answer.body.len() < 2 * 1024 * 1024, "{} bytes", answer.body.len());
        let page = answer.ok(200);
        let messages = page["messages"].as_array().unwrap();
        seen += messages.len();
        if page["more"] == false {
            break;
        }
        before = format!("&before={}", messages[0]["n"]);
    }
    assert_eq!(seen, 10);
}

#[tokio::test]
async fn pages_of_conversations_lose_and_double_nothing() {
    let w = World::new().await;
    let mut ids = Vec::new();
    for n in 0..7 {
        ids.push(begin(&w, &w.member.token, &format!("{n}")).await);
    }
    let of_owner = begin(&w, &w.owner.token, "mine").await;
    write(&w, &w.member.token, &ids[0], message(&uuid(), "moves to the front")).await.ok(201);
    let walk = async |token: &str| {
        let (mut seen, mut cursor) = (Vec::new(), String::new());
        loop {
            let path = w.path(&format!("conversations?limit=3{cursor}"));
            let page = w.call(token, "GET", &path, Value::Null).await.ok(200);
            for conversation in page["conversations"].as_array().unwrap() {
                seen.push(conversation["id"].as_str().unwrap().to_owned());
            }
            match page["next"].as_str() {
                Some(next) => cursor = format!("&before={next}"),
                None => return seen,
            }
        }
    };
    let mut expected = vec![ids[0].clone()];
    expected.extend(ids[1..].iter().rev().cloned());
    assert_eq!(walk(&w.member.token).await, expected, "newest first, and only their own");
    let all = walk(&w.owner.token).await;
    assert_eq!(all.len(), 8);
    assert!(all.contains(&of_owner));
}

#[tokio::test]
async fn bounds_are_held() {
    let w = World::new().await;
    let id = begin(&w, &w.owner.token, "T").await;
    let good = message(&uuid(), "x");
    for (name, value) in [
        ("id", json!("no-uuid")),
        ("text", json!("")),
        ("text", json!("x".repeat(128 * 1024 + 1))),
        ("speaker", json!("ghost")),
        ("at", json!("yesterday")),
    ] {
        let mut body = good.clone();
        body[name] = value;
        let answer = write(&w, &w.owner.token, &id, body).await;
        assert_eq!(answer.code(), "bad_request", "{name}");
    }
    // Forty thousand control characters are within 128 KiB, and as JSON they are 240,000 bytes.
    let controls = message(&uuid(), &"\u{1}".repeat(40_000));
    write(&w, &w.owner.token, &id, controls).await.ok(201);
    let path = "conversations/no-uuid";
    assert_eq!(w.as_owner("PUT", path, json!({ "title": "T" })).await.code(), "bad_request");
    let long = json!({ "title": "t".repeat(201) });
    let path = format!("conversations/{id}");
    assert_eq!(w.as_owner("PUT", &path, long).await.code(), "bad_request");
    w.as_owner("DELETE", &path, Value::Null).await.ok(204);
    assert_eq!(write(&w, &w.owner.token, &id, good).await.code(), "not_found");
}
