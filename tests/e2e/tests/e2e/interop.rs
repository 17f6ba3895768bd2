//! A daemon that is not our code, speaking PROTOCOL.md.

use e2e::{PATIENCE, World, difference};
use multiclaw_core::Command;
use multiclaw_core::command::{Input, KeyCode};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};

fn below(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn aiortc_serves_bare_framed_and_partial_pictures_and_gets_input() {
    let python = below("../.peers/venv/bin/python");
    assert!(python.exists(), "aiortc is missing: tests/run installs it");
    let frame = below("../../../shared/frames/still/1080p-video-q75-420.jpg");
    let tile = below("../../../shared/frames/odd/ok-dri-row.jpg");
    let world = World::start(None).await;
    let mut peer = tokio::process::Command::new(python)
        .arg(below("peers/daemon.py"))
        .arg(&world.url)
        .arg(world.ca_file())
        .args([&frame, &tile])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let mut stdin = peer.stdin.take().unwrap();
    stdin.write_all(format!("{}\n", world.daemon_token()).as_bytes()).await.unwrap();
    let mut lines = BufReader::new(peer.stdout.take().unwrap()).lines();
    let mut next = async || {
        let line =
            tokio::time::timeout(PATIENCE, lines.next_line()).await.expect("the peer is silent");
        let line = line.unwrap().expect("the peer ended");
        serde_json::from_str::<serde_json::Value>(&line).unwrap()
    };
    assert_eq!(next().await["ready"], true);
    let app = world.app(world.app_config());
    for what in ["bare", "framed", "rectangle"] {
        assert_eq!(next().await["shown"], what);
    }
    app.live().await;
    let mut canvas = jpeg::Canvas::new(jpeg::Limits::default());
    canvas.whole(&std::fs::read(frame).unwrap()).unwrap();
    canvas.tile((1920, 1080), 64, 64, &std::fs::read(tile).unwrap()).unwrap();
    let expected = canvas.to_rgba().unwrap();
    app.until_picture("what the peer sent", |_, _, shown| difference(shown, &expected) < 0.01)
        .await;
    app.core.send(Command::Input(Input::Key { code: KeyCode::KeyQ, pressed: true }));
    let expected = serde_json::json!({"type": "key", "code": "KeyQ", "pressed": true});
    assert_eq!(next().await["input"], expected);
    assert_eq!(app.core.model().viewer.as_ref().unwrap().size, Some((1920, 1080)));
}
