//! The Pusher endpoint, with the real `pusher-js`.

use crate::world::{PATIENCE, World, config};
use cloud::Config;
use cloud::generator::{Generator, Order, Tell, Written};
use cloud_client::wire::Progress;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Arc;
use tokio::io::{AsyncBufReadExt, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};
use tokio::sync::Notify;

/// The folder with `pusher-js`, which is fetched where it is missing.
fn peer() -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../.peers/pusher");
    if !folder.join("node_modules/pusher-js/package.json").exists() {
        std::fs::create_dir_all(&folder).unwrap();
        let done = std::process::Command::new("npm")
            .args(["install", "--silent", "--no-audit", "--no-fund", "pusher-js@8.6.0", "ws@8"])
            .current_dir(&folder)
            .status()
            .expect("npm is needed");
        assert!(done.success(), "npm install failed");
    }
    folder.canonicalize().unwrap()
}

struct Client {
    _child: Child,
    lines: Lines<BufReader<ChildStdout>>,
    _ca: tempfile::TempDir,
}

impl Client {
    fn start(w: &World, key: &str, channel: &str, token: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let ca = folder.path().join("ca.pem");
        std::fs::write(&ca, w.cloud.ca_pem()).unwrap();
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/peers/pusher.mjs");
        let port = w.cloud.address().port().to_string();
        let mut child = Command::new("node")
            .arg(script)
            .args([peer().to_str().unwrap(), &port, key, channel])
            .env("NODE_EXTRA_CA_CERTS", &ca)
            .env("BEARER", token)
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect("node is needed");
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        Self { _child: child, lines, _ca: folder }
    }

    /// The next thing that the client says.
    async fn next(&mut self) -> Value {
        let line = tokio::time::timeout(PATIENCE, self.lines.next_line())
            .await
            .expect("the client says nothing")
            .unwrap()
            .expect("the client is over");
        serde_json::from_str(&line).unwrap()
    }

    async fn until(&mut self, event: &str) -> Value {
        loop {
            let said = self.next().await;
            if said["event"] == event {
                return said["data"].clone();
            }
        }
    }
}

/// Goes on when it is told to.
#[derive(Debug, Default)]
struct Stepwise(Arc<Notify>);

impl Generator for Stepwise {
    fn write(&self, _: Order, tell: Tell) -> Written {
        let go = Arc::clone(&self.0);
        Box::pin(async move {
            for percent in [20, 70] {
                go.notified().await;
                tell(Progress { percent, step: format!("Step {percent}"), done: false });
            }
            go.notified().await;
            Ok("Secret text".into())
        })
    }
}

async fn world() -> (World, Arc<Notify>, Value) {
    let generator = Stepwise::default();
    let go = Arc::clone(&generator.0);
    let w = World::start(Config { generator: Arc::new(generator), ..config() }).await;
    let made = w.as_member("POST", "sops", json!({ "name": "N", "goal": "" })).await.ok(202);
    (w, go, made["progress"].clone())
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

#[tokio::test]
async fn the_real_client_hears_the_progress_of_a_generation() {
    let (w, go, progress) = world().await;
    let (key, channel) = (text(&progress["key"]), text(&progress["channel"]));
    let mut client = Client::start(&w, key, channel, &w.member.token);
    client.until("subscribed").await;
    for percent in [20, 70] {
        go.notify_one();
        let data = client.until("progress").await;
        let step = format!("Step {percent}");
        assert_eq!(data, json!({ "percent": percent, "step": step, "done": false }));
    }
    go.notify_one();
    let data = client.until("progress").await;
    assert_eq!(data, json!({ "percent": 100, "step": "Done", "done": true }));
}

#[tokio::test]
async fn the_real_client_is_not_let_into_the_channel_of_another_workspace() {
    let (w, _go, progress) = world().await;
    let (key, channel) = (text(&progress["key"]), text(&progress["channel"]));
    let mut stranger = Client::start(&w, key, channel, &w.stranger.token);
    let refused = stranger.until("subscription_error").await;
    assert_eq!(refused["error"], "403");
    // A made-up signature gets it no further.
    let mut forger = Client::start(&w, key, channel, "forge");
    assert_eq!(forger.until("error").await["code"], 4009);
    let mut unknown = Client::start(&w, "no-such-key", channel, &w.member.token);
    assert_eq!(unknown.until("error").await["code"], 4001);
}

#[tokio::test]
async fn only_channels_of_generations_are_signed() {
    let (w, _go, progress) = world().await;
    let sign = async |socket_id: &str, channel: &str, token: &str| {
        let body = json!({ "socket_id": socket_id, "channel_name": channel });
        w.call(token, "POST", "/v1/pusher/auth", body).await
    };
    let channel = text(&progress["channel"]);
    let signed = sign("1.2", channel, &w.member.token).await.ok(200);
    assert!(text(&signed["auth"]).starts_with(text(&progress["key"])));
    sign("1.2", channel, &w.owner.token).await.ok(200);
    assert_eq!(sign("1.2", channel, &w.stranger.token).await.code(), "forbidden");
    for other in ["private-generation-", "private-generation-doc-1", "private-x", "presence-x"] {
        assert_eq!(sign("1.2", other, &w.member.token).await.code(), "forbidden", "{other}");
    }
    let forged = format!("1.2:{channel}");
    assert_eq!(sign(&forged, channel, &w.member.token).await.code(), "bad_request");
}
