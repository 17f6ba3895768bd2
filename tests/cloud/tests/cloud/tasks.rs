//! Tasks, runners and logs.

use crate::world::{World, config};
use cloud::Config;
use cloud::limits::{Limits, Rate};
use cloud_client::wire::FromCloud;
use serde_json::{Value, json};

async fn agent(w: &World) -> Value {
    let body = json!({ "name": "A", "provider": "openai", "model": "m", "instructions": "" });
    w.as_owner("POST", "agents", body).await.ok(201)["id"].clone()
}

async fn report(w: &World, task: &Value, body: Value) -> crate::world::Answer {
    let path = format!("/v1/runner/tasks/{}", task["id"].as_str().unwrap());
    w.call(&w.runner, "POST", &path, body).await
}

async fn act(w: &World, task: &Value, what: &str, body: Value) -> crate::world::Answer {
    let path = format!("tasks/{}/{what}", task["id"].as_str().unwrap());
    w.as_member("POST", &path, body).await
}

#[tokio::test]
async fn a_task_goes_through_its_states() {
    let w = World::new().await;
    let agent = agent(&w).await;
    let body = json!({ "title": " Tidy ", "brief": "Everything." });
    let task = w.as_member("POST", "tasks", body).await.ok(201);
    assert_eq!(task["number"], 1);
    assert_eq!((&task["title"], &task["state"]), (&json!("Tidy"), &json!("queued")));
    assert_eq!((&task["creator"], &task["attempt"]), (&json!("Bob Cratchit"), &json!(0)));
    let work = async || w.call(&w.runner, "GET", "/v1/runner/tasks", Value::Null).await.ok(200);
    assert_eq!(work().await["items"], json!([]), "nobody is assigned");
    assert_eq!(report(&w, &task, json!({ "state": "running" })).await.code(), "conflict");
    let unknown = act(&w, &task, "assign", json!({ "agent": "a-nobody" })).await;
    assert_eq!(unknown.code(), "not_found");
    let assigned = act(&w, &task, "assign", json!({ "agent": agent })).await.ok(200);
    assert_eq!(assigned["agent"], agent);
    assert_eq!(work().await["items"][0]["id"], task["id"]);

    assert_eq!(report(&w, &task, json!({ "state": "waiting" })).await.code(), "conflict");
    let running = report(&w, &task, json!({ "state": "running", "percent": 10 })).await.ok(200);
    assert_eq!((&running["attempt"], &running["percent"]), (&json!(1), &json!(10)));
    assert_eq!(act(&w, &task, "assign", json!({ "agent": null })).await.code(), "conflict");
    assert_eq!(act(&w, &task, "retry", Value::Null).await.code(), "conflict");
    report(&w, &task, json!({ "state": "waiting" })).await.ok(200);
    report(&w, &task, json!({ "state": "running", "percent": 60 })).await.ok(200);
    let done = report(&w, &task, json!({ "state": "done", "outcome": "Tidy now." })).await.ok(200);
    assert_eq!((&done["state"], &done["outcome"]), (&json!("done"), &json!("Tidy now.")));
    assert_eq!(done["percent"], Value::Null);
    assert_eq!(act(&w, &task, "cancel", Value::Null).await.code(), "conflict");
    assert_eq!(report(&w, &task, json!({ "log": ["late"] })).await.code(), "conflict");

    let again = act(&w, &task, "retry", Value::Null).await.ok(200);
    assert_eq!((&again["state"], &again["outcome"]), (&json!("queued"), &Value::Null));
    assert_eq!(report(&w, &task, json!({ "state": "running" })).await.ok(200)["attempt"], 2);
    assert_eq!(act(&w, &task, "cancel", Value::Null).await.ok(200)["state"], "cancelled");
    assert_eq!(report(&w, &task, json!({ "percent": 70 })).await.code(), "conflict");
}

#[tokio::test]
async fn a_runner_is_held_to_the_bounds_and_to_its_workspace() {
    let w = World::new().await;
    let body = json!({ "title": "T", "agent": agent(&w).await });
    let task = w.as_owner("POST", "tasks", body).await.ok(201);
    for bad in [
        json!({ "percent": 101 }),
        json!({ "percent": 10 }),
        json!({ "state": "asleep" }),
        json!({ "outcome": "too early" }),
        json!({ "log": ["x".repeat(4097)] }),
        json!({ "log": vec!["x"; 501] }),
    ] {
        assert_eq!(report(&w, &task, bad.clone()).await.code(), "bad_request", "{bad}");
    }
    for back in ["queued", "cancelled", "done", "failed"] {
        let expected = if back == "queued" { 200 } else { 409 };
        assert_eq!(report(&w, &task, json!({ "state": back })).await.status, expected, "{back}");
    }
    let elsewhere = w.cloud.store().add_workspace("Third").unwrap();
    let runner = w.cloud.store().add_runner(&elsewhere).unwrap();
    let path = format!("/v1/runner/tasks/{}", task["id"].as_str().unwrap());
    let answer = w.call(&runner, "POST", &path, json!({ "state": "running" })).await;
    assert_eq!(answer.code(), "not_found");
    for token in [&w.owner.token, &w.daemon] {
        assert_eq!(w.call(token, "GET", "/v1/runner/tasks", Value::Null).await.code(), "forbidden");
    }
}

#[tokio::test]
async fn a_log_is_numbered_paged_and_told_as_it_grows() {
    let w = World::new().await;
    let body = json!({ "title": "T", "agent": agent(&w).await });
    let task = w.as_owner("POST", "tasks", body).await.ok(201);
    let mut socket = w.socket(&w.member.token).await;
    report(&w, &task, json!({ "state": "running", "log": ["one", "two"] })).await.ok(200);
    let lines = |message: &FromCloud| match message {
        FromCloud::TaskLog { lines, .. } => Some(lines.clone()),
        _ => None,
    };
    let told = socket.until(lines).await;
    assert_eq!((told[0].n, &*told[0].text, told[1].n), (1, "one", 2));
    report(&w, &task, json!({ "log": vec!["x"; 500] })).await.ok(200);
    report(&w, &task, json!({ "log": vec!["y"; 500] })).await.ok(200);
    let log = async |after: &str| {
        let path = format!("tasks/{}/log{after}", task["id"].as_str().unwrap());
        w.as_member("GET", &path, Value::Null).await
    };
    let first = log("").await.ok(200);
    assert_eq!((first["lines"].as_array().unwrap().len(), &first["more"]), (500, &json!(true)));
    let last = log("?after=1000").await.ok(200);
    assert_eq!((last["lines"][0]["n"].as_u64(), &last["more"]), (Some(1001), &json!(false)));
    assert_eq!(log("?after=1002").await.ok(200)["lines"], json!([]));
    assert_eq!(log("?after=-1").await.code(), "bad_request");
    // Lines that are too many for one message come in several, and none is lost.
    report(&w, &task, json!({ "log": vec!["\u{1}".repeat(1000); 40] })).await.ok(200);
    let mut heard = 2;
    while heard < 1042 {
        let told = socket.until(lines).await;
        assert_eq!(told[0].n, heard + 1);
        heard += told.len() as u64;
    }
}

#[tokio::test]
async fn a_list_holds_all_open_tasks_and_the_newest_ended_ones() {
    let limits = Limits { bearer: Rate { per_minute: 0, burst: 0 }, ..Limits::default() };
    let w = World::start(Config { limits, ..config() }).await;
    for n in 0..503 {
        let task = w.as_owner("POST", "tasks", json!({ "title": format!("{n}") })).await.ok(201);
        if n > 0 {
            let path = format!("tasks/{}/cancel", task["id"].as_str().unwrap());
            w.as_owner("POST", &path, Value::Null).await.ok(200);
        }
    }
    let list = w.as_owner("GET", "tasks", Value::Null).await.ok(200);
    let numbers: Vec<u64> =
        list["items"].as_array().unwrap().iter().map(|t| t["number"].as_u64().unwrap()).collect();
    let expected: Vec<u64> = (4..=503).rev().chain([1]).collect();
    assert_eq!(numbers, expected);
    assert_eq!(list["seq"], json!(2 + 503 + 502));
}
