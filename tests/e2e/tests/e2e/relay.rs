//! Through a real coturn, relay only.

use cloud::Turn;
use desktop::Choice;
use e2e::{World, difference};
use multiclaw_core::Command;
use multiclaw_core::command::Input;
use multiclaw_core::engine::Config;
use multiclaw_core::model::{PathKind, ViewerState};
use std::process::{Child, Command as Process, Stdio};
use std::time::Duration;

const SECRET: &str = "relay secret of this test";

struct Coturn(Child);

impl Drop for Coturn {
    fn drop(&mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

fn coturn(port: u16) -> Coturn {
    let port = port.to_string();
    let child = Process::new("turnserver")
        .args(["-n", "--no-cli", "--allow-loopback-peers", "--no-tls", "--no-dtls", "--no-tcp"])
        .args(["--listening-ip", "127.0.0.1", "--relay-ip", "127.0.0.1", "-p", &port])
        .args(["--use-auth-secret", "--static-auth-secret", SECRET, "--realm", "multiclaw"])
        .args(["--log-file", "stdout", "--pidfile", "/dev/null"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("coturn is missing: tests/run installs it");
    Coturn(child)
}

fn free_port() -> u16 {
    std::net::UdpSocket::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

fn turn(port: u16) -> Turn {
    Turn {
        urls: vec![format!("turn:127.0.0.1:{port}?transport=udp")],
        secret: SECRET.into(),
        life: Duration::from_secs(3600),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_desktop_is_watched_and_controlled_through_a_relay() {
    let port = free_port();
    let _coturn = coturn(port);
    let world = World::start(Some(turn(port))).await;
    let daemon = world.daemon(Choice::Painted { size: (640, 480), motion_fps: 0 }).await;
    let app = world.app(Config { relay_only: true, ..world.app_config() });
    app.until("a relayed picture", |m| {
        let state = &m.viewer.as_ref()?.state;
        (*state == ViewerState::Live { path: PathKind::Relay }).then_some(())
    })
    .await;
    app.core.send(Command::Input(Input::Text { text: "through the relay".into() }));
    tokio::time::sleep(Duration::from_millis(300)).await;
    let typed = daemon.snapshot().await.unwrap().rgba;
    app.until_picture("what was typed", |_, _, shown| difference(shown, &typed) < 3.0).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_relay_at_all_is_said() {
    let world = World::start(None).await;
    let _daemon = world.daemon(Choice::Painted { size: (640, 480), motion_fps: 0 }).await;
    let app = world.app(Config { relay_only: true, ..world.app_config() });
    // Before it the app may say that the cloud is not connected yet.
    app.until("the reason", |m| match &m.viewer.as_ref()?.state {
        ViewerState::Lost { problem, .. } => {
            (problem.what == "No relay could be reached.").then_some(())
        }
        _ => None,
    })
    .await;
}
