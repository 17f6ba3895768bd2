//! Who may do what: each route for an owner, a member, a stranger, nobody, a daemon, a runner and
//! an unattended screen.

use crate::world::{World, config, uuid};
use cloud::generator::Template;
use cloud::limits::{Limits, Rate};
use cloud::{Cloud, Config};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

/// Method, path below the workspace, body, and the status for owner, member, and the member where
/// the thing is the member's own (0: no difference).
type Row = (&'static str, &'static str, Value, u16, u16, u16);

fn rows() -> Vec<Row> {
    let agent = json!({ "name": "N", "provider": "openai", "model": "m", "instructions": "" });
    let message =
        json!({ "id": uuid(), "speaker": "person", "text": "hi", "at": "2026-11-21T14:03:22Z" });
    vec![
        ("GET", "desktops", Value::Null, 200, 200, 0),
        ("POST", "desktops/{desktop}/start", Value::Null, 202, 202, 0),
        ("POST", "desktops/{desktop}/stop", Value::Null, 409, 403, 0),
        ("GET", "desktops/{desktop}/thumbnail", Value::Null, 404, 404, 0),
        ("GET", "people", Value::Null, 200, 403, 0),
        ("POST", "people", json!({ "email": "new@example.com", "role": "member" }), 201, 403, 0),
        ("PATCH", "people/{member}", json!({ "role": "member" }), 200, 403, 0),
        ("DELETE", "people/{nobody}", Value::Null, 404, 403, 0),
        ("GET", "screens", Value::Null, 200, 403, 0),
        (
            "POST",
            "screens",
            json!({ "name": "Lobby", "desktops": ["{desktop}"], "control": false }),
            201,
            403,
            0,
        ),
        ("DELETE", "screens/{screen}", Value::Null, 204, 403, 0),
        ("GET", "agents", Value::Null, 200, 200, 0),
        ("POST", "agents", agent.clone(), 201, 403, 0),
        ("PUT", "agents/{agent}", agent, 200, 403, 0),
        ("PUT", "agents/{agent}/keys/openai", json!({ "key": "sk-12345678" }), 200, 403, 0),
        ("DELETE", "agents/{agent}/keys/other", Value::Null, 404, 403, 0),
        ("DELETE", "agents/{nothing}", Value::Null, 404, 403, 0),
        ("GET", "tasks", Value::Null, 200, 200, 0),
        ("POST", "tasks", json!({ "title": "T", "brief": "" }), 201, 201, 0),
        ("POST", "tasks/{task}/assign", json!({ "agent": null }), 200, 403, 200),
        ("POST", "tasks/{task}/retry", Value::Null, 409, 403, 409),
        ("GET", "tasks/{task}/log", Value::Null, 200, 200, 200),
        ("POST", "tasks/{task}/cancel", Value::Null, 200, 403, 200),
        ("GET", "sops", Value::Null, 200, 200, 0),
        ("POST", "sops", json!({ "name": "S", "goal": "" }), 202, 202, 0),
        ("GET", "skills", Value::Null, 200, 200, 0),
        ("POST", "skills", json!({ "source": "nothing" }), 404, 404, 0),
        ("DELETE", "skills/{sop}", Value::Null, 404, 404, 404),
        ("DELETE", "sops/{sop}", Value::Null, 204, 403, 204),
        ("GET", "conversations", Value::Null, 200, 200, 0),
        ("PUT", "conversations/{conversation}", json!({ "title": "T" }), 200, 404, 200),
        ("GET", "conversations/{conversation}/messages", Value::Null, 200, 404, 200),
        ("POST", "conversations/{conversation}/messages", message, 201, 404, 201),
        ("DELETE", "conversations/{conversation}", Value::Null, 204, 404, 204),
    ]
}

/// The things a row names, made by this person.
struct Things {
    agent: String,
    task: String,
    sop: String,
    conversation: String,
    screen: String,
}

async fn things(w: &World, token: &str) -> Things {
    let make = async |method, path: &str, body| w.call(token, method, &w.path(path), body).await;
    let agent = json!({ "name": "A", "provider": "openai", "model": "m", "instructions": "" });
    let agent = w.as_owner("POST", "agents", agent).await.ok(201);
    let task = make("POST", "tasks", json!({ "title": "T", "brief": "" })).await.ok(201);
    let sop = make("POST", "sops", json!({ "name": "S", "goal": "" })).await.ok(202);
    let conversation = uuid();
    let path = format!("conversations/{conversation}");
    make("PUT", &path, json!({ "title": "C" })).await.ok(201);
    let screen = json!({ "name": "Hall", "desktops": [w.desktop], "control": false });
    let screen = w.as_owner("POST", "screens", screen).await.ok(201);
    let id = |value: &Value| value["id"].as_str().unwrap().to_owned();
    Things {
        agent: id(&agent),
        task: id(&task),
        sop: id(&sop["document"]),
        conversation,
        screen: id(&screen["screen"]),
    }
}

fn filled(w: &World, things: &Things, path: &str) -> String {
    path.replace("{desktop}", &w.desktop)
        .replace("{member}", &w.member.id)
        .replace("{agent}", &things.agent)
        .replace("{task}", &things.task)
        .replace("{sop}", &things.sop)
        .replace("{screen}", &things.screen)
        .replace("{conversation}", &things.conversation)
        .replace("{nobody}", "u-nobody")
        .replace("{nothing}", "a-nothing")
}

#[tokio::test]
async fn each_route_answers_each_role_as_the_matrix_says() {
    // A workspace makes only so many documents at a time; here each is made at once.
    let generator = Arc::new(Template { pause: Duration::ZERO });
    let limits = Limits { bearer: Rate { per_minute: 0, burst: 0 }, ..Limits::default() };
    let w = World::start(Config { generator, limits, ..config() }).await;
    let (key, screen) = crate::screens::enrolled(&w, false).await;
    let screen = crate::screens::sign_in(&w, &key, &screen).await;
    for (method, path, body, owner, member, own) in rows() {
        let body: Value =
            serde_json::from_str(&body.to_string().replace("{desktop}", &w.desktop)).unwrap();
        // Each row has things of its own, so that none is spoilt by the row before.
        let of_owner = things(&w, &w.owner.token).await;
        let of_member = things(&w, &w.member.token).await;
        let path_of = |things| w.path(&filled(&w, things, path));
        let theirs = path_of(&of_owner);
        let ask = async |token: &str, path: &str| w.call(token, method, path, body.clone()).await;
        for (token, status, code) in [
            ("", 401, "token_invalid"),
            ("made-up", 401, "token_invalid"),
            (&*w.stranger.token, 404, "not_found"),
            (&*w.daemon, 403, "forbidden"),
            (&*w.runner, 403, "forbidden"),
            (&*screen, 403, "forbidden"),
        ] {
            let answer = ask(token, &theirs).await;
            assert_eq!((answer.status, &*answer.code()), (status, code), "{method} {path}");
        }
        let answer = ask(&w.member.token, &theirs).await;
        assert_eq!(answer.status, member, "a member: {method} {path}: {}", answer.text());
        if own != 0 {
            let answer = ask(&w.member.token, &path_of(&of_member)).await;
            assert_eq!(answer.status, own, "their own: {method} {path}: {}", answer.text());
        }
        // A start of the member's is over before the owner tries the same.
        if path.ends_with("/start") {
            w.as_owner("POST", &format!("desktops/{}/stop", w.desktop), Value::Null).await.ok(202);
        }
        let answer = ask(&w.owner.token, &theirs).await;
        assert_eq!(answer.status, owner, "an owner: {method} {path}: {}", answer.text());
        if path.ends_with("/start") {
            w.as_owner("POST", &format!("desktops/{}/stop", w.desktop), Value::Null).await.ok(202);
        }
    }
}

#[test]
fn no_route_of_the_workspace_is_left_out() {
    let shape = |path: &str| {
        let parts = path.split('/').map(|part| if part.starts_with('{') { "{}" } else { part });
        parts.collect::<Vec<_>>().join("/")
    };
    let tested: BTreeSet<(String, String)> = rows()
        .iter()
        .map(|(method, path, ..)| {
            let path = path.replace("keys/openai", "keys/{}").replace("keys/other", "keys/{}");
            ((*method).to_owned(), shape(&format!("/v1/workspaces/{{workspace}}/{path}")))
        })
        .collect();
    let served: BTreeSet<(String, String)> = Cloud::routes()
        .into_iter()
        .filter(|(_, path)| path.starts_with("/v1/workspaces/"))
        .map(|(method, path)| (method.to_owned(), shape(path)))
        .collect();
    assert_eq!(tested, served);
}

#[tokio::test]
async fn an_owner_reads_all_conversations_and_writes_only_their_own() {
    let w = World::new().await;
    let of_member = things(&w, &w.member.token).await;
    let path = format!("conversations/{}", of_member.conversation);
    w.as_owner("GET", &format!("{path}/messages"), Value::Null).await.ok(200);
    let message =
        json!({ "id": uuid(), "speaker": "person", "text": "hi", "at": "2026-11-21T14:03:22Z" });
    let write = w.as_owner("POST", &format!("{path}/messages"), message).await;
    assert_eq!((write.status, &*write.code()), (403, "forbidden"));
    let rename = w.as_owner("PUT", &path, json!({ "title": "Mine" })).await;
    assert_eq!((rename.status, &*rename.code()), (403, "forbidden"));
    w.as_owner("DELETE", &path, Value::Null).await.ok(204);
}

#[tokio::test]
async fn another_workspaces_things_are_not_found_through_ones_own() {
    let w = World::new().await;
    let things = things(&w, &w.owner.token).await;
    let me = w.call(&w.stranger.token, "GET", "/v1/me", Value::Null).await.ok(200);
    let own = me["workspaces"][0]["id"].as_str().unwrap();
    for (method, path, body, ..) in rows().into_iter().filter(|row| row.1.contains("/{")) {
        // A conversation of this id is begun: ids are the client's, and each workspace's own.
        if (method, path) == ("PUT", "conversations/{conversation}") {
            continue;
        }
        let path = format!("/v1/workspaces/{own}/{}", filled(&w, &things, path));
        let answer = w.call(&w.stranger.token, method, &path, body).await;
        assert_eq!(answer.status, 404, "{method} {path}: {}", answer.text());
    }
}
