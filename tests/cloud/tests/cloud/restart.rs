//! Stopping and starting again on the same folder and port.

use crate::world::{PASSWORD, World, config, uuid};
use cloud::{Cloud, Config, Data};
use cloud_client::wire::FromCloud;
use serde_json::{Value, json};

#[tokio::test]
async fn everything_is_there_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let data = Data::Folder(folder.path().into());
    let mut w = World::start(Config { data: data.clone(), ..config() }).await;
    let id = uuid();
    let path = format!("conversations/{id}");
    w.as_member("PUT", &path, json!({ "title": "Before" })).await.ok(201);
    let key = uuid();
    let headers = [("idempotency-key", key.as_str())];
    let tasks = w.path("tasks");
    let body = json!({ "title": "T" });
    let first = w.call_with(&w.owner.token, "POST", &tasks, body.clone(), &headers).await;
    let mut socket = w.socket(&w.owner.token).await;
    let seq = socket.ready;
    let realtime = json!({ "workspace": w.workspace });
    let answer = w.call(&w.owner.token, "POST", "/v1/realtime/token", realtime).await.ok(200);

    let listen = w.cloud.address();
    w.cloud.stop().await;
    assert_eq!(socket.closed().await, 1012);
    w.cloud = Cloud::start(Config { listen, data, ..config() }).await.unwrap();

    let page = w.as_member("GET", "conversations", Value::Null).await.ok(200);
    assert_eq!(page["conversations"][0]["title"], "Before");
    let again = w.call_with(&w.owner.token, "POST", &tasks, body, &headers).await;
    assert_eq!(again.body, first.body, "the idempotency key is still known");
    let mut socket = w.connect(answer["token"].as_str().unwrap()).await.unwrap();
    assert!(matches!(socket.next().await, FromCloud::Ready { seq: now, .. } if now == seq));
    w.as_member("POST", "tasks", json!({ "title": "After" })).await.ok(201);
    let (number, before, _) = socket.event().await;
    assert_eq!((number, before), (seq + 1, seq), "the numbers go on");
    w.sign_in(&w.owner.email, PASSWORD).await.ok(200);
}

#[tokio::test]
async fn sessions_end_with_restart_and_not_with_a_peer_that_left() {
    let w = World::new().await;
    let answer = w.call(&w.daemon, "POST", "/v1/realtime/token", json!({})).await.ok(200);
    let mut desk = w.connect(answer["token"].as_str().unwrap()).await.unwrap();
    desk.next().await;
    let mut viewer = w.socket(&w.owner.token).await;
    let open = json!({ "type": "session-open", "desktop": w.desktop, "request": "r" });
    viewer.send(&open.to_string()).await;
    let opened = |message: &FromCloud| match message {
        FromCloud::SessionOpened { .. } => Some(()),
        _ => None,
    };
    viewer.until(opened).await;
    desk.until(opened).await;
    w.cloud.stop().await;
    for socket in [&mut viewer, &mut desk] {
        let code = socket
            .until(|message| match message {
                FromCloud::SessionClosed { code, .. } => Some(code.clone()),
                _ => None,
            })
            .await;
        assert_eq!(code, "restart");
        assert_eq!(socket.closed().await, 1012);
    }
}
