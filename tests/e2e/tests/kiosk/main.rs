//! The real program as an unattended screen, at a cloud and a painted desktop: under the compositor
//! cage, and on an X server without a window manager. And the files that are shipped for it.
#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    missing_docs
)]

mod engine;
mod files;
mod program;
mod screen;

use desktop::{Choice, Daemon};
use e2e::{World, difference};
use program::Stage;
use std::time::Duration;

const PIN: &str = "428193";

/// A cloud, a painted desktop of this size, and a folder with a sign-in.
async fn world(size: (u16, u16)) -> (World, Daemon, Stage) {
    let world = World::start(None).await;
    let daemon = world.daemon(Choice::Painted { size, motion_fps: 0 }).await;
    // What an administrator does once, with a window.
    let app = world.app(e2e::app_config(world.url.clone(), world.folder.path().join("app")));
    app.live().await;
    drop(app);
    let stage = Stage::new(&world, PIN);
    (world, daemon, stage)
}

/// The left half, where nothing moves by itself below the bar with the clock.
fn left(rgba: &[u8], size: (u16, u16)) -> Vec<u8> {
    let (width, height) = (usize::from(size.0), usize::from(size.1));
    (60..height)
        .flat_map(|y| {
            rgba[y * width * 4..][..width * 2].chunks_exact(4).flat_map(|p| [p[0], p[1], p[2]])
        })
        .collect()
}

/// Waits until the screen shows the desktop.
async fn shown(daemon: &Daemon, size: (u16, u16), mut shot: impl FnMut() -> Option<Vec<u8>>) {
    let mut last = f64::MAX;
    for _ in 0..120 {
        tokio::time::sleep(Duration::from_millis(250)).await;
        let snapshot = daemon.snapshot().await.unwrap();
        if let Some(screen) = shot().filter(|s| s.len() == snapshot.rgba.len()) {
            last = difference(&left(&screen, size), &left(&snapshot.rgba, size));
            if last < 4.0 {
                return;
            }
        }
    }
    panic!("the screen never showed the desktop; the difference is {last}");
}

/// Waits until typing on the screen has changed the desktop.
async fn changed(daemon: &Daemon, size: (u16, u16), before: &[u8], mut act: impl FnMut()) {
    for _ in 0..20 {
        act();
        tokio::time::sleep(Duration::from_millis(400)).await;
        let now = left(&daemon.snapshot().await.unwrap().rgba, size);
        if difference(before, &now) > 0.01 {
            return;
        }
    }
    panic!("what was typed never reached the desktop");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn under_cage_the_desktop_fills_the_screen_and_the_supervisor_hears_of_it() {
    let size = (1280, 720);
    let (_world, daemon, stage) = world(size).await;
    let mut program = stage.under_cage();
    program.ready();
    shown(&daemon, size, || screen::of_cage(&stage, size)).await;
    program.alive();
    program.log_has("Held under cage: ");
    // cage hands nothing on; the script does.
    program.crash();
    assert_eq!(program.ended(), Some(139), "a crash is no good end");
    let mut program = stage.under_cage();
    program.ready();
    // The service manager stops it like this.
    program.terminate();
    program.ended();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_a_bare_x_server_every_key_is_the_desktops_and_only_the_pin_leaves() {
    let size = (800, 600);
    let (_world, daemon, stage) = world(size).await;
    let display = screen::X::start(size);
    let mut program = stage.on_x(&display);
    program.ready();
    shown(&daemon, size, || display.shot()).await;
    program.log_has("Held on an X server without a window manager: ");

    // What would act on an ordinary window. The picture stays as it is: full screen, alone.
    for keys in
        ["F11", "ctrl+k", "ctrl+comma", "ctrl+alt+t", "ctrl+alt+c", "ctrl+alt+Return", "alt+F4"]
    {
        display.key(keys);
    }
    display.ask_to_close();
    assert!(program.is_running(), "closing is refused");
    shown(&daemon, size, || display.shot()).await;
    let before = left(&daemon.snapshot().await.unwrap().rgba, size);
    display.click(200, 300);
    changed(&daemon, size, &before, || display.key("w")).await;

    // A wrong PIN stays, the right one leaves.
    display.key("ctrl+alt+shift+q");
    display.enter("000000");
    stage.wrong_pins(1).await;
    display.enter(PIN);
    assert_eq!(program.ended(), Some(0), "left");
    stage.wrong_pins(0).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn too_many_wrong_pins_lock_the_way_out_also_over_a_restart() {
    let size = (800, 600);
    let (world, daemon, stage) = world(size).await;
    // Without its cloud the screen waits, and can still be left.
    drop(daemon);
    drop(world.cloud);
    let display = screen::X::start(size);
    let mut program = stage.on_x(&display);
    program.ready();
    display.key("ctrl+alt+shift+q");
    for wrong in 1..=5 {
        display.enter("000000");
        stage.wrong_pins(wrong).await;
    }
    display.enter(PIN);
    tokio::time::sleep(Duration::from_secs(2)).await;
    stage.wrong_pins(5).await;
    assert!(program.is_running(), "the right PIN does not help while it is locked");
    drop(program);
    let mut program = stage.on_x(&display);
    program.ready();
    display.key("ctrl+alt+shift+q");
    display.enter(PIN);
    tokio::time::sleep(Duration::from_secs(2)).await;
    assert!(program.is_running(), "locked still, in a new program");
    stage.wrong_pins(5).await;
}

#[test]
fn what_cannot_be_helped_by_a_restart_has_a_number_of_its_own() {
    let stage = Stage::bare(PIN);
    let code = |arguments: &[&str]| stage.run(arguments);
    assert_eq!(code(&["--no-such-thing"]), (64, true));
    assert_eq!(code(&["--kiosk"]), (64, true), "no desktop is named");
    assert_eq!(code(&["--version"]).0, 0);
    assert_eq!(code(&["--kiosk", "--desktop", "x"]).0, 69, "there is no display");
    let wrong = stage.file("wrong.toml", "[kiosk]\ndestkop = \"x\"");
    let (number, said) = stage.run_says(&["--policy", &wrong]);
    assert_eq!(number, 78);
    assert!(said.contains("line 2: unknown field `destkop`"), "{said}");
    let never = stage.file("never.toml", "[kiosk]\nenabled = false");
    assert_eq!(code(&["--policy", &never, "--kiosk", "--desktop", "x"]), (78, true));
    let cloud = stage.file("cloud.toml", "cloud = \"http://plain.example.com\"");
    assert_eq!(code(&["--policy", &cloud]), (78, true));
    assert_eq!(code(&["--policy", "/no/such/file"]), (78, true));
}
