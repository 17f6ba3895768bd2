//! SOPs and skills.

use crate::world::{PATIENCE, World, config};
use cloud::generator::{Generator, Order, Tell, Template, Written};
use cloud::{Cloud, Config, Data};
use cloud_client::wire::Progress;
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;

fn quick() -> Config {
    let generator = Arc::new(Template { pause: Duration::from_millis(1) });
    Config { generator, ..config() }
}

/// Waits until a document is as wanted, by its list.
async fn until(w: &World, kind: &str, id: &Value, state: &str) -> Value {
    let wait = async {
        loop {
            let list = w.as_owner("GET", kind, Value::Null).await.ok(200);
            let items = list["items"].as_array().unwrap().clone();
            if let Some(found) = items.into_iter().find(|d| d["id"] == *id && d["state"] == state) {
                return found;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(PATIENCE, wait).await.expect("the document never came")
}

#[tokio::test]
async fn an_sop_is_written_and_a_skill_compiled_from_it() {
    let w = World::start(quick()).await;
    let mut socket = w.socket(&w.owner.token).await;
    let body = json!({ "name": "Close the books", "goal": "Every month." });
    let made = w.as_member("POST", "sops", body).await.ok(202);
    let id = &made["document"]["id"];
    assert_eq!(made["document"]["state"], "generating");
    assert_eq!(made["progress"]["channel"], format!("private-generation-{}", id.as_str().unwrap()));
    assert_eq!(made["progress"]["url"], w.url.replace("https", "wss"));
    assert_eq!(socket.event().await.2["item"]["document"]["state"], "generating");
    let ready = socket.event().await.2["item"]["document"].clone();
    assert_eq!(ready["state"], "ready");
    assert!(ready["text"].as_str().unwrap().contains("Every month."));
    assert_eq!(until(&w, "sops", id, "ready").await, ready);

    let skill = w.as_member("POST", "skills", json!({ "source": id })).await.ok(202);
    let skill_id = &skill["document"]["id"];
    let skill = until(&w, "skills", skill_id, "ready").await;
    assert_eq!((&skill["source"], &skill["kind"]), (id, &json!("skill")));
    let from_skill = w.as_member("POST", "skills", json!({ "source": skill_id })).await;
    assert_eq!(from_skill.code(), "not_found", "a skill is no SOP");
    for bad in [
        json!({ "name": "", "goal": "" }),
        json!({ "name": "n".repeat(121), "goal": "" }),
        json!({ "name": "N", "goal": "g".repeat(4097) }),
    ] {
        assert_eq!(w.as_member("POST", "sops", bad).await.code(), "bad_request");
    }
}

/// Fails, or never ends.
#[derive(Debug)]
enum Broken {
    Fails,
    Hangs,
    TooLong,
}

impl Generator for Broken {
    fn write(&self, _: Order, tell: Tell) -> Written {
        tell(Progress { percent: 10, step: "Trying".into(), done: false });
        match self {
            Self::Fails => Box::pin(async { Err("The model does not answer.".to_owned()) }),
            Self::Hangs => Box::pin(std::future::pending()),
            Self::TooLong => Box::pin(async { Ok("x".repeat(64 * 1024 + 1)) }),
        }
    }
}

#[tokio::test]
async fn a_failure_is_told_and_no_skill_comes_of_it() {
    for (generator, problem) in [
        (Broken::Fails, "The model does not answer."),
        (Broken::TooLong, "The text is longer than 64 KiB."),
    ] {
        let w = World::start(Config { generator: Arc::new(generator), ..config() }).await;
        let made = w.as_owner("POST", "sops", json!({ "name": "N", "goal": "" })).await.ok(202);
        let id = &made["document"]["id"];
        let failed = until(&w, "sops", id, "failed").await;
        assert_eq!((&failed["problem"], &failed["text"]), (&json!(problem), &json!("")));
        let skill = w.as_owner("POST", "skills", json!({ "source": id })).await;
        assert_eq!(skill.code(), "conflict");
    }
}

#[tokio::test]
async fn what_was_being_made_is_given_up_at_a_restart_and_may_be_deleted_meanwhile() {
    let folder = tempfile::tempdir().unwrap();
    let data = Data::Folder(folder.path().into());
    let hanging = Config { generator: Arc::new(Broken::Hangs), data: data.clone(), ..config() };
    let mut w = World::start(hanging).await;
    let made = w.as_owner("POST", "sops", json!({ "name": "N", "goal": "" })).await.ok(202);
    let gone = w.as_owner("POST", "sops", json!({ "name": "M", "goal": "" })).await.ok(202);
    let path = format!("sops/{}", gone["document"]["id"].as_str().unwrap());
    w.as_owner("DELETE", &path, Value::Null).await.ok(204);
    let listen = w.cloud.address();
    w.cloud.stop().await;
    w.cloud = Cloud::start(Config { listen, data, ..config() }).await.unwrap();
    let failed = until(&w, "sops", &made["document"]["id"], "failed").await;
    assert_eq!(failed["problem"], "The cloud was restarted meanwhile.");
    let list = w.as_owner("GET", "sops", Value::Null).await.ok(200);
    assert_eq!(list["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_workspace_makes_only_so_many_at_a_time() {
    let w = World::start(Config { generator: Arc::new(Broken::Hangs), ..config() }).await;
    let body = json!({ "name": "N", "goal": "" });
    for _ in 0..20 {
        w.as_owner("POST", "sops", body.clone()).await.ok(202);
    }
    assert_eq!(w.as_owner("POST", "sops", body).await.code(), "rate_limited");
}
