//! Agents and their API keys.

use crate::world::{World, config};
use cloud::{Config, Data};
use serde_json::{Value, json};

const KEY: &str = "sk-very-secret-0123456789-WXYZ";

fn draft(name: &str) -> Value {
    json!({ "name": name, "provider": "openai", "model": "gpt-x", "instructions": "Be brief." })
}

#[tokio::test]
async fn an_agent_from_its_making_to_its_end() {
    let w = World::new().await;
    let agent = w.as_owner("POST", "agents", draft("Scribe")).await.ok(201);
    let path = format!("agents/{}", agent["id"].as_str().unwrap());
    assert_eq!((&agent["model"], &agent["keys"]), (&json!("gpt-x"), &json!([])));
    let edited = w.as_owner("PUT", &path, draft("Writer")).await.ok(200);
    assert_eq!((&edited["id"], &edited["name"]), (&agent["id"], &json!("Writer")));
    let key = json!({ "key": KEY });
    let with = w.as_owner("PUT", &format!("{path}/keys/anthropic"), key).await.ok(200);
    assert_eq!(with["keys"][0]["provider"], "anthropic");
    assert_eq!(with["keys"][0]["last4"], "WXYZ");
    let list = w.as_member("GET", "agents", Value::Null).await.ok(200);
    assert_eq!(list["items"][0], with);
    let without = w.as_owner("DELETE", &format!("{path}/keys/anthropic"), Value::Null).await;
    assert_eq!(without.ok(200)["keys"], json!([]));
    w.as_owner("DELETE", &path, Value::Null).await.ok(204);
    w.as_owner("PUT", &path, draft("Ghost")).await.ok(404);
}

#[tokio::test]
async fn what_is_out_of_bounds_is_refused() {
    let w = World::new().await;
    for (name, value) in [
        ("name", json!("")),
        ("name", json!("n".repeat(81))),
        ("name", json!("a\nb")),
        ("provider", json!("")),
        ("provider", json!("a/b")),
        ("model", json!(" ")),
        ("instructions", json!("i".repeat(16 * 1024 + 1))),
    ] {
        let mut body = draft("Scribe");
        body[name] = value;
        let answer = w.as_owner("POST", "agents", body).await;
        assert_eq!(answer.code(), "bad_request", "{name}");
    }
    let agent = w.as_owner("POST", "agents", draft("Scribe")).await.ok(201);
    let path = format!("agents/{}/keys/openai", agent["id"].as_str().unwrap());
    for key in ["", "short", "with space", "with\nline-end", &"k".repeat(4097), "schlüssel-lang"] {
        let answer = w.as_owner("PUT", &path, json!({ "key": key })).await;
        assert_eq!(answer.code(), "bad_request", "{key}");
        assert!(key.is_empty() || !answer.text().contains(key), "the key is sent back");
    }
}

#[tokio::test]
async fn a_key_is_nowhere_in_the_files_and_still_there() {
    let folder = tempfile::tempdir().unwrap();
    let data = Data::Folder(folder.path().into());
    let w = World::start(Config { data, ..config() }).await;
    let agent = w.as_owner("POST", "agents", draft("Scribe")).await.ok(201);
    let id = agent["id"].as_str().unwrap();
    let path = w.path(&format!("agents/{id}/keys/openai"));
    let once = crate::world::uuid();
    let answer = w
        .call_with(
            &w.owner.token,
            "PUT",
            &path,
            json!({ "key": KEY }),
            &[("idempotency-key", &once)],
        )
        .await;
    assert!(!answer.text().contains(KEY), "the key is sent back");
    answer.ok(200);
    let files = || {
        let all = std::fs::read_dir(folder.path()).unwrap();
        all.map(|file| std::fs::read(file.unwrap().path()).unwrap()).collect::<Vec<_>>().concat()
    };
    let has = |text: &str| files().windows(text.len()).any(|window| window == text.as_bytes());
    assert!(has("Scribe"), "the files were looked at");
    assert!(!has(KEY) && !has(&KEY[..12]), "with the cloud running");
    let key = w.cloud.agent_key(&w.workspace, id, "openai").unwrap().unwrap();
    assert_eq!(key.as_str(), KEY);
    w.cloud.stop().await;
    assert!(has("Scribe") && !has(KEY), "with the cloud stopped");
}

#[tokio::test]
async fn tasks_of_a_deleted_agent_wait_for_another() {
    let w = World::new().await;
    let agent = w.as_owner("POST", "agents", draft("Scribe")).await.ok(201);
    let body = json!({ "title": "T", "agent": agent["id"] });
    let task = w.as_member("POST", "tasks", body).await.ok(201);
    let path = format!("/v1/runner/tasks/{}", task["id"].as_str().unwrap());
    w.call(&w.runner, "POST", &path, json!({ "state": "running" })).await.ok(200);
    let path_of = format!("agents/{}", agent["id"].as_str().unwrap());
    w.as_owner("DELETE", &path_of, Value::Null).await.ok(204);
    let list = w.as_member("GET", "tasks", Value::Null).await.ok(200);
    assert_eq!(list["items"][0]["state"], "queued");
    assert_eq!(list["items"][0]["agent"], Value::Null);
    assert_eq!(w.call(&w.runner, "POST", &path, json!({ "state": "done" })).await.status, 409);
}
