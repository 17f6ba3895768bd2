//! Starting, stopping and thumbnails.

use crate::world::{Answer, Socket, World, config, send};
use cloud::Config;
use cloud::machines::{MachineError, Machines};
use cloud_client::DaemonToken;
use cloud_client::wire::{DesktopState, FromCloud};
use parking_lot::Mutex;
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;

async fn state(w: &World) -> Value {
    w.as_member("GET", "desktops", Value::Null).await.ok(200)["desktops"][0]["state"].clone()
}

async fn act(w: &World, what: &str) -> Answer {
    w.as_owner("POST", &format!("desktops/{}/{what}", w.desktop), Value::Null).await
}

async fn daemon(w: &World, token: &str) -> Socket {
    let answer = w.call(token, "POST", "/v1/realtime/token", json!({})).await.ok(200);
    let mut socket = w.connect(answer["token"].as_str().unwrap()).await.unwrap();
    assert!(matches!(socket.next().await, FromCloud::Ready { .. }));
    socket
}

async fn until(socket: &mut Socket, state: DesktopState) {
    socket
        .until(|message| match message {
            FromCloud::Desktop { desktop } => (desktop.state == state).then_some(()),
            _ => None,
        })
        .await;
}

#[tokio::test]
async fn a_desktop_starts_until_its_daemon_comes_and_is_told_to_stop() {
    let w = World::new().await;
    let mut viewer = w.socket(&w.member.token).await;
    assert_eq!(act(&w, "stop").await.code(), "conflict", "it does not run");
    assert_eq!(act(&w, "start").await.status, 202);
    until(&mut viewer, DesktopState::Starting).await;
    assert_eq!(state(&w).await, "starting");
    assert_eq!(act(&w, "start").await.code(), "conflict");
    let mut desk = daemon(&w, &w.daemon).await;
    until(&mut viewer, DesktopState::Online).await;
    assert_eq!(act(&w, "start").await.code(), "conflict");
    assert_eq!(act(&w, "stop").await.status, 202);
    assert_eq!(desk.next().await, FromCloud::Shutdown);
    drop(desk);
    until(&mut viewer, DesktopState::Offline).await;
}

#[tokio::test]
async fn a_start_without_a_daemon_ends_and_one_that_is_stopped_too() {
    let start_patience = Duration::from_millis(300);
    let w = World::start(Config { start_patience, ..config() }).await;
    let mut viewer = w.socket(&w.member.token).await;
    act(&w, "start").await.ok(202);
    until(&mut viewer, DesktopState::Starting).await;
    until(&mut viewer, DesktopState::Offline).await;
    act(&w, "start").await.ok(202);
    until(&mut viewer, DesktopState::Starting).await;
    act(&w, "stop").await.ok(202);
    until(&mut viewer, DesktopState::Offline).await;
}

#[derive(Debug, Default)]
struct Recorder {
    calls: Mutex<Vec<String>>,
    token: Mutex<Option<String>>,
}

impl Machines for Recorder {
    fn needs_token(&self) -> bool {
        true
    }

    fn start(&self, desktop: &str, token: Option<DaemonToken>) -> Result<(), MachineError> {
        self.calls.lock().push(format!("start {desktop}"));
        *self.token.lock() = token.map(|token| token.expose().to_owned());
        Ok(())
    }

    fn stop(&self, desktop: &str) -> Result<(), MachineError> {
        self.calls.lock().push(format!("stop {desktop}"));
        Ok(())
    }
}

#[tokio::test]
async fn machines_are_asked_and_get_a_token_of_their_own() {
    let machines = Arc::new(Recorder::default());
    let w = World::start(Config { machines: machines.clone(), ..config() }).await;
    act(&w, "start").await.ok(202);
    let token = machines.token.lock().clone().unwrap();
    let old = w.call(&w.daemon, "POST", "/v1/realtime/token", json!({})).await;
    assert_eq!(old.code(), "token_invalid", "the token until now has ended");
    let _desk = daemon(&w, &token).await;
    act(&w, "stop").await.ok(202);
    let expected = [format!("start {}", w.desktop), format!("stop {}", w.desktop)];
    assert_eq!(*machines.calls.lock(), expected);
}

#[derive(Debug)]
struct NoRoom;

impl Machines for NoRoom {
    fn start(&self, _: &str, _: Option<DaemonToken>) -> Result<(), MachineError> {
        Err(MachineError("no room".into()))
    }

    fn stop(&self, _: &str) -> Result<(), MachineError> {
        Ok(())
    }
}

#[tokio::test]
async fn a_machine_that_does_not_start_is_the_clouds_fault_and_can_be_tried_again() {
    let w = World::start(Config { machines: Arc::new(NoRoom), ..config() }).await;
    for _ in 0..2 {
        let answer = act(&w, "start").await;
        assert_eq!((answer.status, &*answer.code()), (500, "internal"));
        assert_eq!(state(&w).await, "offline");
    }
}

/// The head of a JPEG of this width; enough for who only looks at the size.
fn jpeg(width: u16, length: usize) -> Vec<u8> {
    let mut jpeg = vec![0xFF, 0xD8, 0xFF, 0xC0, 0, 11, 8, 0, 100];
    jpeg.extend(width.to_be_bytes());
    jpeg.extend([1, 1, 0x11, 0]);
    jpeg.resize(length, 0);
    jpeg
}

#[tokio::test]
async fn a_thumbnail_is_kept_announced_and_given_to_the_people_of_the_workspace() {
    let w = World::new().await;
    let mut viewer = w.socket(&w.member.token).await;
    let url = format!("{}/v1/daemon/thumbnail", w.url);
    let bearer = format!("Bearer {}", w.daemon);
    let put = async |kind, body: Vec<u8>| {
        let headers = [("authorization", &*bearer), ("content-type", kind)];
        send(&w.door, "PUT", &url, &headers, body).await.unwrap()
    };
    for (kind, body, code) in [
        ("image/png", jpeg(320, 500), "bad_request"),
        ("image/jpeg", b"no picture".to_vec(), "bad_request"),
        ("image/jpeg", jpeg(321, 500), "bad_request"),
        ("image/jpeg", jpeg(320, 64 * 1024 + 1), "too_large"),
        ("image/jpeg", jpeg(320, 300 * 1024), "too_large"),
    ] {
        assert_eq!(put(kind, body).await.code(), code);
    }
    let path = format!("desktops/{}/thumbnail", w.desktop);
    assert_eq!(w.as_member("GET", &path, Value::Null).await.code(), "not_found");
    let picture = jpeg(320, 64 * 1024);
    put("image/jpeg", picture.clone()).await.ok(204);
    let at = viewer
        .until(|message| match message {
            FromCloud::Desktop { desktop } => desktop.thumbnail_at.clone(),
            _ => None,
        })
        .await;
    let shown = w.as_member("GET", &path, Value::Null).await;
    assert_eq!((shown.status, shown.header("content-type")), (200, "image/jpeg"));
    assert_eq!(shown.body, picture);
    let list = w.as_owner("GET", "desktops", Value::Null).await.ok(200);
    assert_eq!(list["desktops"][0]["thumbnail_at"], at);
    let soon = put("image/jpeg", picture).await;
    assert_eq!((soon.status, &*soon.code()), (429, "rate_limited"));
    let wait: u64 = soon.header("retry-after").parse().unwrap();
    assert!((1..=10).contains(&wait), "{wait}");
}
