//! The whole path without a window.

use crate::backend::Backend;
use crate::screen::{Copy, Tee, save};
use crate::sockets;
use crate::stats::Recorder;
use crate::{Arguments, Failure, gateway};
use jpeg::Planes;
use multiclaw::GpuPicture;
use multiclaw::offscreen::Offscreen;
use multiclaw_core::Command;
use multiclaw_core::command::{Button, Input, KeyCode};
use multiclaw_core::engine::{Config, Core};
use multiclaw_core::model::{Model, Settings, Theme, ViewerState};
use multiclaw_ui::Ui;
use openclaw::Peer;
use std::sync::Arc;
use std::time::{Duration, Instant};
use stream::pipeline::Screen;
use stream_texture::TextureScreen;

/// Longest wait for a step.
const PATIENCE: Duration = Duration::from_secs(30);

pub(crate) fn run(
    arguments: &Arguments,
    backend: Backend,
    peer: Option<&Peer>,
) -> Result<(), Failure> {
    let begin = Instant::now();
    let mut offscreen = match Offscreen::new() {
        Ok(device) => {
            println!("Painting with {}.", device.name());
            Some(device)
        }
        Err(error) => {
            println!(
                "No graphics device, not even a software one ({error}): pictures stay in memory."
            );
            None
        }
    };
    let runtime = multiclaw::start::runtime()?;
    let recorder = Recorder::new(arguments.stats.as_deref())?;
    let copy = Copy::default();
    let screens = {
        let gpu = offscreen.as_ref().map(|o| {
            let (device, queue) = o.device();
            (device.clone(), queue.clone(), o.painter().clone())
        });
        let copy = copy.clone();
        Box::new(move || {
            let gpu = gpu.as_ref().map(|(d, q, p)| TextureScreen::new(d, q, p));
            Box::new(Tee { gpu, copy: copy.clone() }) as Box<dyn Screen>
        })
    };
    let listener = recorder.clone();
    let config = Config {
        stats_listener: Some(Box::new(move |stats| listener.add(stats))),
        ..backend.config()
    };
    let config = match peer {
        Some(peer) => gateway::at(peer, config),
        None => config,
    };
    let guard = runtime.enter();
    let core = Core::start(config, backend.door()?, screens, Arc::new(|| {}))?;
    drop(guard);
    let clicked = Instant::now();
    wait("a live picture", || live(&core.model()))?;
    println!(
        "First picture {} ms after the click, {} ms after the start.",
        clicked.elapsed().as_millis(),
        begin.elapsed().as_millis()
    );
    core.send(Command::ShowStats(true));
    round_trip(&core, &copy)?;
    if peer.is_some() {
        gateway::converse(&core)?;
    }
    let seconds = arguments.seconds.unwrap_or(10).max(1);
    let deadline = PATIENCE + Duration::from_secs(seconds.into());
    wait_for("the figures", deadline, || recorder.seconds() >= seconds)?;
    if let Some(path) = &arguments.screenshot {
        let (width, height) = arguments.window;
        let theme = arguments.theme.as_deref();
        match &mut offscreen {
            Some(device) => {
                let size = [width.into(), height.into()];
                screenshot(device, &core, theme, size, peer.is_some(), path)?;
            }
            None => {
                let planes = fresh(&core, &copy)?;
                save(path, planes.width, planes.height, &planes.to_rgba())?;
            }
        }
        println!("Wrote {}.", path.display());
    }
    check_sockets(&core)?;
    recorder.check()?;
    if recorder.shown() < 1.0 {
        return Err("no picture was shown".into());
    }
    drop(core);
    runtime.shutdown_timeout(Duration::from_millis(300));
    drop(backend);
    Ok(())
}

/// The app listens on nothing, and holds UDP sockets only while a desktop is open.
fn check_sockets(core: &Core) -> Result<(), Failure> {
    let Some(open) = sockets::held() else { return Ok(()) };
    core.send(Command::CloseDesktop);
    wait("the desktop's sockets to close", || sockets::held().is_some_and(|s| s.udp == 0))?;
    println!("No listening port; {} UDP sockets while the desktop was open, none after.", open.udp);
    if open.listening > 0 {
        return Err(format!("the app listens on {} TCP ports", open.listening).into());
    }
    Ok(())
}

fn live(model: &Model) -> bool {
    model.viewer.as_ref().is_some_and(|v| matches!(v.state, ViewerState::Live { .. }))
}

fn wait(what: &str, done: impl FnMut() -> bool) -> Result<(), Failure> {
    wait_for(what, PATIENCE, done)
}

fn wait_for(what: &str, patience: Duration, mut done: impl FnMut() -> bool) -> Result<(), Failure> {
    let until = Instant::now() + patience;
    while !done() {
        if Instant::now() > until {
            return Err(format!("waited in vain for {what}").into());
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    Ok(())
}

/// A whole new picture, copied.
fn fresh(core: &Core, copy: &Copy) -> Result<Planes, Failure> {
    copy.want(true);
    core.send(Command::RefreshPicture);
    let mut planes = None;
    wait("a whole picture", || {
        planes = copy.get();
        planes.is_some()
    })?;
    planes.ok_or_else(|| "no picture".into())
}

/// Types a key and waits until the picture's left half, which does not change by itself, has
/// changed. On a busy machine the desktop's programs may start late and take the keyboard from
/// each other, so it clicks and types again when nothing is seen.
fn round_trip(core: &Core, copy: &Copy) -> Result<(), Failure> {
    let (width, height) = core.model().viewer.as_ref().and_then(|v| v.size).ok_or("no size")?;
    let (x, y) = (width / 4, height / 3);
    for _ in 0..6 {
        for pressed in [true, false] {
            core.send(Command::Input(Input::Button { x, y, button: Button::Left, pressed }));
        }
        let mut before = left_half(&fresh(core, copy)?);
        let mut still = 0;
        wait("a calm desktop", || {
            std::thread::sleep(Duration::from_millis(250));
            let now = copy.get().map(|p| left_half(&p)).unwrap_or_default();
            still = if now == before { still + 1 } else { 0 };
            before = now;
            still >= 3
        })?;
        let typed = Instant::now();
        for pressed in [true, false] {
            core.send(Command::Input(Input::Key { code: KeyCode::KeyM, pressed }));
        }
        let seen = wait_for("the typed key", Duration::from_secs(4), || {
            copy.get().is_some_and(|planes| left_half(&planes) != before)
        });
        if seen.is_ok() {
            let took = typed.elapsed().as_millis();
            println!("A typed key appeared in the picture after {took} ms.");
            copy.want(false);
            return Ok(());
        }
    }
    Err("a typed key never appeared in the picture".into())
}

fn left_half(planes: &Planes) -> Vec<u8> {
    let width = planes.width as usize * 48 / 100;
    // The bar at the top has a clock.
    let rows = planes.height / 10..planes.height;
    rows.flat_map(|y| planes.y.row(y).iter().take(width).copied()).collect()
}

/// The app's own viewer screen.
fn screenshot(
    device: &mut Offscreen,
    core: &Core,
    theme: Option<&str>,
    size: [u32; 2],
    chat: bool,
    path: &std::path::Path,
) -> Result<(), Failure> {
    let mut model = (*core.model()).clone();
    let theme = if theme == Some("light") { Theme::Light } else { Theme::Dark };
    model.settings = Settings { theme, stats: !chat, ..model.settings };
    let mut ui = Ui::new(device.context());
    ui.chat_beside(chat);
    let picture = GpuPicture(device.painter().clone());
    let image = device.paint(size, 1.0, |area| {
        // What the person would ask for is of no interest here.
        ui.show(area, &model, &picture, &mut Vec::new());
    })?;
    save(path, image.width, image.height, &image.rgba)
}
