//! A real Xvfb, seen and typed into through the whole path.

use desktop::Choice;
use e2e::{World, difference};
use multiclaw_core::Command;
use multiclaw_core::command::{Button, Input, KeyCode};
use std::time::Duration;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_real_x11_desktop_is_watched_and_typed_into() {
    let world = World::start(None).await;
    let daemon = world.daemon(Choice::Xvfb { size: (1000, 700), motion_fps: 0 }).await;
    assert!(daemon.description().contains("Xvfb"), "{}", daemon.description());
    let app = world.app(world.app_config());
    app.live().await;
    app.until("the pointer's shape", |m| m.viewer.as_ref()?.cursor.shape.clone()).await;
    let left = |rgba: &[u8]| -> Vec<u8> {
        rgba.chunks(1000 * 4).skip(60).flat_map(|row| row[..470 * 4].to_vec()).collect()
    };
    let mut typed = 0;
    // Terminals take their time to start, and take the keyboard from each other meanwhile.
    for _ in 0..15 {
        tokio::time::sleep(Duration::from_secs(1)).await;
        for pressed in [true, false] {
            let button = Input::Button { x: 240, y: 200, button: Button::Left, pressed };
            app.core.send(Command::Input(button));
        }
        tokio::time::sleep(Duration::from_millis(500)).await;
        let before = left(&daemon.snapshot().await.unwrap().rgba);
        for code in [KeyCode::KeyA, KeyCode::KeyB, KeyCode::KeyC] {
            for pressed in [true, false] {
                app.core.send(Command::Input(Input::Key { code, pressed }));
            }
        }
        app.core.send(Command::Input(Input::Text { text: "é€ß".into() }));
        tokio::time::sleep(Duration::from_millis(700)).await;
        let after = left(&daemon.snapshot().await.unwrap().rgba);
        typed = after.iter().zip(&before).filter(|(a, b)| a != b).count();
        if typed > 100 {
            break;
        }
    }
    assert!(typed > 100, "only {typed} bytes of the terminal changed");
    let after = left(&daemon.snapshot().await.unwrap().rgba);
    app.until_picture("the terminal", |_, _, shown| difference(&left(shown), &after) < 3.0).await;
}
