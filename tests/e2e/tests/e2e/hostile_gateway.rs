//! The app and a gateway that is none, or that means it no good: H3, H5, H8, H9, H15, H16.

use crate::hostile_server::{Reply, Server, json};
use e2e::{App, World, app_config};
use futures_util::{SinkExt, StreamExt};
use gateway_client::discovery::Environment;
use multiclaw_core::Command;
use multiclaw_core::engine::{Config, GatewayConfig};
use multiclaw_core::model::{Account, CloudLink, GatewayLink, GatewayRefusal, Load, Ticket};
use multiclaw_core::secret::Password;
use net::{Door, Policy, Proxies, Purpose, Trust};
use parking_lot::Mutex;
use serde_json::{Value, json};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_tungstenite::tungstenite::Message;

/// The marked secrets of these tests.
const SHARED: &str = "shared-token-of-the-gateway";
const GRANTED: &str = "device-token-of-the-gateway";

type Heard = Arc<Mutex<String>>;

/// Serves each connection with this; the port.
async fn listen<F>(serve: impl Fn(TcpStream) -> F + Send + 'static) -> u16
where
    F: Future<Output = ()> + Send + 'static,
{
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(serve(stream));
        }
    });
    port
}

/// A stand-in that lets everybody in, says `events` then, and has no answer to anything else. All
/// that it hears is kept.
async fn gateway(events: Vec<Value>) -> (u16, Heard) {
    let heard = Heard::default();
    let (all, events) = (Arc::clone(&heard), Arc::new(events));
    let port = listen(move |stream| {
        let (all, events) = (Arc::clone(&all), Arc::clone(&events));
        async move {
            // A probe without a token asks first.
            let Ok(mut socket) = tokio_tungstenite::accept_async(stream).await else { return };
            let challenge = json!({"type": "event", "event": "connect.challenge",
                "payload": {"nonce": "n", "ts": 1}});
            let _ = socket.send(Message::text(challenge.to_string())).await;
            while let Some(Ok(message)) = socket.next().await {
                let Message::Text(text) = message else { continue };
                all.lock().push_str(&text);
                let asked: Value = serde_json::from_str(&text).unwrap();
                let id = &asked["id"];
                let connects = asked["method"] == "connect";
                let answer = if connects {
                    json!({"type": "res", "id": id, "ok": true, "payload": {
                        "type": "hello-ok", "protocol": 4,
                        "server": {"version": "2026.9.6", "bootId": "b"},
                        "auth": {"deviceToken": GRANTED, "scopes": asked["params"]["scopes"]},
                    }})
                } else {
                    json!({"type": "res", "id": id, "ok": false,
                        "error": {"code": "UNAVAILABLE", "message": "not here"}})
                };
                let _ = socket.send(Message::text(answer.to_string())).await;
                for event in events.iter().filter(|_| connects) {
                    let _ = socket.send(Message::text(event.to_string())).await;
                }
            }
        }
    })
    .await;
    (port, heard)
}

/// A gateway's folder that names this port, and the environment of who uses it.
fn environment(folder: &Path, port: u16) -> GatewayConfig {
    let state = folder.join("gateway");
    std::fs::create_dir_all(&state).unwrap();
    let text = format!(
        r#"{{ gateway: {{ mode: "local", port: {port}, auth: {{ token: "{SHARED}" }} }} }}"#
    );
    std::fs::write(state.join("openclaw.json"), text).unwrap();
    let environment = Environment::from_variables([
        ("PATH", "/usr/bin:/bin".to_owned()),
        ("HOME", folder.display().to_string()),
        ("OPENCLAW_STATE_DIR", state.display().to_string()),
    ]);
    GatewayConfig { enabled: true, environment }
}

/// Nobody is signed in.
fn local(folder: &TempDir, port: u16, proxies: Proxies) -> App {
    let data = folder.path().join("app");
    std::fs::create_dir_all(&data).unwrap();
    std::fs::write(data.join("settings.json"), br#"{"local":true}"#).unwrap();
    let gateway = environment(folder.path(), port);
    let config = app_config("https://localhost:1".into(), data);
    let config = Config { sign_in: None, open: None, gateway, ..config };
    let policy = Policy::default().allow(Purpose::Gateway, "127.0.0.1", None);
    App::start(config, Door::with_proxies(policy, Trust::System, proxies).unwrap())
}

/// A listener that nobody may come to.
struct Trap(std::net::TcpListener);

impl Trap {
    fn set() -> Self {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        Self(listener)
    }

    fn port(&self) -> u16 {
        self.0.local_addr().unwrap().port()
    }

    fn is_empty(&self) -> bool {
        self.0.accept().is_err_and(|e| e.kind() == std::io::ErrorKind::WouldBlock)
    }
}

/// Only root can stand in for another user.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn h03_another_user_at_the_gateways_port_gets_no_token() {
    let heard = Heard::default();
    let all = Arc::clone(&heard);
    let port = listen(move |stream| {
        let all = Arc::clone(&all);
        async move {
            std::os::unix::fs::fchown(&stream, Some(65_534), None)
                .expect("this test must be run as root: it needs a socket of another user");
            let Ok(mut socket) = tokio_tungstenite::accept_async(stream).await else { return };
            let challenge = json!({"type": "event", "event": "connect.challenge",
                "payload": {"nonce": "n", "ts": 1}});
            let _ = socket.send(Message::text(challenge.to_string())).await;
            while let Some(Ok(Message::Text(text))) = socket.next().await {
                all.lock().push_str(&text);
            }
        }
    })
    .await;
    let folder = tempfile::tempdir().unwrap();
    let app = local(&folder, port, Proxies::none());
    let (refusal, problem) = app
        .until("a refusal", |m| match &m.gateway.link {
            GatewayLink::Refused { refusal, problem } => Some((refusal.clone(), problem.clone())),
            _ => None,
        })
        .await;
    assert_eq!(refusal, GatewayRefusal::Other);
    assert!(problem.what.contains("another user") && problem.what.contains("65534"), "{problem:?}");
    assert_eq!(*heard.lock(), "");
}

/// What answers there speaks HTTP, and no more than that, or as a gateway does not.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn h03_a_program_that_is_no_gateway_gets_no_token() {
    for (answer, why) in [
        ("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi", "status 200"),
        ("220 smtp.example ESMTP\r\n", ""),
    ] {
        let heard = Heard::default();
        let all = Arc::clone(&heard);
        let port = listen(move |mut stream| {
            let all = Arc::clone(&all);
            async move {
                let mut asked = [0; 4096];
                let n = stream.read(&mut asked).await.unwrap_or_default();
                all.lock().push_str(&String::from_utf8_lossy(&asked[..n]));
                let _ = stream.write_all(answer.as_bytes()).await;
            }
        })
        .await;
        let folder = tempfile::tempdir().unwrap();
        let app = local(&folder, port, Proxies::none());
        let problem = app
            .until("why not", |m| match &m.gateway.link {
                GatewayLink::Waiting { problem, .. } => Some(problem.clone()),
                _ => None,
            })
            .await;
        assert!(problem.what.contains(why), "{problem:?}");
        let heard = heard.lock().to_ascii_lowercase();
        assert!(heard.starts_with("get / http/1.1"), "{heard}");
        for word in [SHARED, "authorization", "token", "cookie", "origin"] {
            assert!(!heard.contains(word), "{heard}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn h05_what_a_gateway_or_a_link_names_is_no_gateway() {
    let trap = Trap::set();
    let other = format!("ws://127.0.0.1:{}", trap.port());
    let remote = json!({"gatewayUrl": other, "url": other, "gateway": {"remote": {"url": other}},
        "message": {"role": "assistant", "content": other}, "sessionKey": "s", "state": "final"});
    let events = ["chat", "config.changed", "ui.command", "gateway.redirect", "shutdown"]
        .map(|name| json!({"type": "event", "event": name, "payload": remote}));
    let (port, heard) = gateway(events.to_vec()).await;
    let folder = tempfile::tempdir().unwrap();
    let app = local(&folder, port, Proxies::none());
    app.until("the gateway", |m| (m.gateway.link == GatewayLink::Online).then_some(())).await;
    for link in [
        format!("multiclaw://connect?gatewayUrl={other}&token=x"),
        format!("openclaw://gateway?url={other}"),
        other.clone(),
    ] {
        app.core.send(Command::DismissNotice);
        app.core.send(Command::OpenLink(link));
        app.until("the refusal", |m| m.notice.clone()).await;
    }
    // A configuration that names another machine is refused, and what was connected is closed.
    for text in [
        format!(r#"{{ gateway: {{ mode: "remote", remote: {{ url: "{other}", token: "x" }} }} }}"#),
        r#"{ gateway: { mode: "local", bind: "custom", customBindHost: "192.0.2.1" } }"#.into(),
    ] {
        std::fs::write(folder.path().join("gateway/openclaw.json"), text).unwrap();
        app.core.send(Command::ConnectGateway);
        app.until("no other machine's", |m| match &m.gateway.link {
            GatewayLink::Refused { refusal, .. } => {
                (*refusal == GatewayRefusal::NotLoopback).then_some(())
            }
            _ => None,
        })
        .await;
    }
    assert!(trap.is_empty());
    assert!(heard.lock().contains("\"connect\""));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn h08_a_gateway_that_redirects_is_not_followed() {
    let trap = Trap::set();
    let to = trap.port();
    let heard = Heard::default();
    let all = Arc::clone(&heard);
    let port = listen(move |mut stream| {
        let all = Arc::clone(&all);
        async move {
            let mut asked = [0; 4096];
            let n = stream.read(&mut asked).await.unwrap_or_default();
            all.lock().push_str(&String::from_utf8_lossy(&asked[..n]));
            let answer = format!(
                "HTTP/1.1 307 X\r\nLocation: ws://127.0.0.1:{to}/\r\nContent-Length: 0\r\n\r\n"
            );
            let _ = stream.write_all(answer.as_bytes()).await;
        }
    })
    .await;
    let folder = tempfile::tempdir().unwrap();
    let app = local(&folder, port, Proxies::none());
    let problem = app
        .until("why not", |m| match &m.gateway.link {
            GatewayLink::Waiting { problem, .. } => Some(problem.clone()),
            _ => None,
        })
        .await;
    assert!(problem.what.contains("redirects elsewhere"), "{problem:?}");
    assert!(trap.is_empty() && !heard.lock().contains(SHARED));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn h09_the_gateway_is_reached_without_the_proxy() {
    let trap = Trap::set();
    let proxy = format!("http://127.0.0.1:{}", trap.port());
    let proxies =
        ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"]
            .map(|name| (name, proxy.as_str()));
    let (port, _) = gateway(Vec::new()).await;
    let folder = tempfile::tempdir().unwrap();
    let app = local(&folder, port, Proxies::from_pairs(&proxies));
    app.until("the gateway", |m| (m.gateway.link == GatewayLink::Online).then_some(())).await;
    assert!(trap.is_empty());
}

/// Everything below a folder, in one string.
fn all_files(folder: &Path) -> String {
    let mut text = String::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            text += &all_files(&path);
        } else {
            text += &String::from_utf8_lossy(&std::fs::read(path).unwrap());
        }
    }
    text
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn h15_who_is_signed_out_of_the_cloud_keeps_the_gateway() {
    let world = World::start(None).await;
    let (port, heard) = gateway(Vec::new()).await;
    let gateway = environment(world.folder.path(), port);
    let config = |data: &str, gateway| Config {
        data: world.folder.path().join(data),
        open: None,
        gateway,
        ..world.app_config()
    };
    let there = world.app(config("there", gateway));
    let here = world.app(config("here", GatewayConfig::default()));
    for app in [&here, &there] {
        app.until("the workspace", |m| {
            (m.cloud == CloudLink::Online && matches!(m.workspace.tasks, Load::Ready(_)))
                .then_some(())
        })
        .await;
    }
    there.until("the gateway", |m| (m.gateway.link == GatewayLink::Online).then_some(())).await;
    let file = world.folder.path().join("there/gateway-device.json");
    let kept = there
        .until("the grant on disk", |_| {
            std::fs::read_to_string(&file).ok().filter(|text| text.contains(GRANTED))
        })
        .await;
    here.core.send(Command::ChangePassword {
        ticket: Ticket(1),
        current: Password::new(e2e::PASSWORD.into()),
        new: Password::new("another long password".into()),
    });
    there
        .until("the form", |m| {
            matches!(&m.account, Account::SignedOut(f) if f.problem.is_some()).then_some(())
        })
        .await;
    assert_eq!(there.core.model().gateway.link, GatewayLink::Online);
    assert_eq!(std::fs::read_to_string(&file).unwrap(), kept);
    assert_eq!(heard.lock().matches("\"method\":\"connect\"").count(), 1, "it was never lost");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn h16_the_gateways_tokens_and_the_clouds_never_meet() {
    let server = Server::start(|head| {
        let me = r#""user":{"id":"u","name":"Ada","email":"ada@example.com"},
            "workspaces":[{"id":"w","name":"W","role":"owner"}]"#;
        match head.split(' ').nth(1).unwrap() {
            "/v1/sign-in" => json(&format!(r#"{{"token":"bearer-of-ada",{me}}}"#)),
            "/v1/me" => json(&format!("{{{me}}}")),
            "/v1/realtime/token" => {
                json(r#"{"token":"token-of-the-socket","expires_at":"2100-01-01T00:00:00Z"}"#)
            }
            "/v1/realtime" => {
                Reply::Socket(vec![r#"{"type":"ready","id":"s","seq":0}"#.to_owned()])
            }
            path if path.ends_with("/desktops") => json(r#"{"desktops":[]}"#),
            path if path.contains("/conversations") => json(r#"{"conversations":[],"seq":0}"#),
            _ => json(r#"{"items":[],"seq":0}"#),
        }
    })
    .await;
    let (port, heard) = gateway(Vec::new()).await;
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("app");
    let gateway = environment(folder.path(), port);
    let config = Config { open: None, gateway, ..app_config(server.url(), data.clone()) };
    let app = App::start(config, server.door());
    app.until("the gateway", |m| (m.gateway.link == GatewayLink::Online).then_some(())).await;
    app.until("the lists", |m| matches!(m.workspace.agents, Load::Ready(_)).then_some(())).await;
    app.until("both on disk", |_| {
        let text = if data.exists() { all_files(&data) } else { String::new() };
        (text.contains(GRANTED) && text.contains("bearer-of-ada")).then_some(())
    })
    .await;
    // Of the gateway's, the cloud hears nothing; and the other way round.
    let cloud = server.heads().join("\n");
    assert!(cloud.contains("bearer-of-ada"));
    let gateway = heard.lock().clone();
    assert!(gateway.contains(SHARED));
    for secret in [SHARED, GRANTED] {
        assert!(!cloud.contains(secret), "{secret}");
    }
    for secret in ["bearer-of-ada", "token-of-the-socket", e2e::PASSWORD, e2e::EMAIL] {
        assert!(!gateway.contains(secret), "{secret}");
    }
    // Each in its own file, and the shared token in none of ours.
    let of = |name: &str| std::fs::read_to_string(data.join(name)).unwrap();
    assert!(!of("session.json").contains(GRANTED));
    assert!(!of("gateway-device.json").contains("bearer-of-ada"));
    assert!(!all_files(&data).contains(SHARED));
    // Nor in the log of connections, nor in what the user interface sees.
    let model = format!("{:?}", app.core.model());
    for secret in [SHARED, GRANTED, "bearer-of-ada", "token-of-the-socket"] {
        assert!(!model.contains(secret), "{secret}");
    }
}

/// Wrong types, floods and depths from a gateway that let us in.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn h17_a_gateway_that_raves_is_borne() {
    let deep = |n: usize| "[".repeat(n) + &"]".repeat(n);
    let names = [
        "chat",
        "agent",
        "presence",
        "health",
        "exec.approval.requested",
        "shutdown",
        "session.message",
        "sessions.changed",
        "device.pair.requested",
        "no.such.event",
    ];
    let values = [
        json!(null),
        json!(1e300),
        json!("x"),
        json!([]),
        json!({"runId": [], "seq": {}}),
        json!({"id": {}, "request": {"command": 7}}),
        json!({"presence": {"a": 1}}),
    ];
    let mut events = Vec::new();
    for name in names {
        for value in &values {
            events.push(json!({"type": "event", "event": name, "payload": value, "seq": -1}));
        }
        events.push(json!({"type": "event", "event": name}));
        events.push(json!({"type": name, "event": 7, "id": {}, "ok": "no"}));
    }
    for n in 0..20_000 {
        events.push(json!({"type": "event", "event": "tick", "payload": {"ts": n}, "seq": n * 3}));
    }
    events.push(json!({"type": "event", "event": "chat", "payload": "x".repeat(8 << 20)}));
    events.push(json!({"type": "event", "event": "chat", "payload": deep(10_000)}));
    // What comes last is shown.
    events.push(json!({"type": "event", "event": "exec.approval.requested", "payload": {
        "id": "a", "createdAtMs": 1, "expiresAtMs": 4_102_444_800_000_u64,
        "request": {"command": "  rm -rf \u{202e}x\u{0}\n ", "allowedDecisions": ["deny"]}}}));
    let (port, _) = gateway(events).await;
    let folder = tempfile::tempdir().unwrap();
    let app = local(&folder, port, Proxies::none());
    let command =
        app.until("the last word", |m| m.chat.approvals.first().map(|a| a.command.clone())).await;
    assert_eq!(&*command, "  rm -rf \u{202e}x\u{0}\n ", "not a character is changed or left out");
    assert_eq!(app.core.model().gateway.link, GatewayLink::Online);
    tokio::time::timeout(Duration::from_secs(20), async { drop(app) }).await.unwrap();
}
