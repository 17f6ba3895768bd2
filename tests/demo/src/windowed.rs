//! The app in its window.

use crate::backend::Backend;
use crate::screen::save;
use crate::stats::Recorder;
use crate::{Arguments, Failure, gateway};
use multiclaw::window::{self, Window};
use multiclaw_core::Command;
use multiclaw_core::engine::Config;
use multiclaw_core::model::Theme;
use openclaw::Peer;
use parking_lot::Mutex;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

pub(crate) fn run(
    arguments: &Arguments,
    backend: Backend,
    peer: Option<&Peer>,
) -> Result<(), Failure> {
    let recorder = Recorder::new(arguments.stats.as_deref())?;
    let listener = recorder.clone();
    let config = Config {
        stats_listener: Some(Box::new(move |stats| listener.add(stats))),
        browser: Box::new(multiclaw::start::open_browser),
        platform: Arc::new(multiclaw::platform::System::default()),
        ..backend.config()
    };
    let config = match peer {
        Some(peer) => gateway::at(peer, config),
        None => config,
    };
    let runtime = multiclaw::start::runtime()?;
    let (width, height) = arguments.window;
    let window = Window {
        config,
        door: backend.door()?,
        size: [width.into(), height.into()],
        screen: None,
        beside: peer.is_some(),
        links: multiclaw::link::Inbox::default(),
        alone: None,
        each_frame: Some(each_frame(arguments, recorder.clone())),
    };
    window::run(&runtime, window)?;
    runtime.shutdown_timeout(Duration::from_millis(300));
    recorder.check()?;
    if arguments.seconds.is_some() && recorder.shown() < 1.0 {
        return Err("no picture was shown".into());
    }
    drop(backend);
    Ok(())
}

/// Ends the window after the wanted time, with a screenshot if one is wanted.
fn each_frame(arguments: &Arguments, recorder: Recorder) -> window::EachFrame {
    let mut theme = arguments.theme.clone();
    let mut screenshot: Option<PathBuf> = arguments.screenshot.clone();
    let (seconds, mut asked, mut waiting) = (arguments.seconds, false, false);
    let taken: Arc<Mutex<Option<Arc<egui::ColorImage>>>> = Arc::default();
    let mut converse = arguments.gateway;
    Box::new(move |ctx, core| {
        if std::mem::take(&mut converse) {
            let core = core.clone();
            std::thread::spawn(move || {
                if let Err(error) = gateway::converse(&core) {
                    eprintln!("demo: {error}");
                }
            });
        }
        if let Some(theme) = theme.take() {
            let dark = theme == "dark";
            core.send(Command::SetTheme(if dark { Theme::Dark } else { Theme::Light }));
        }
        let Some(seconds) = seconds else { return true };
        if recorder.seconds() < seconds {
            if !waiting {
                waiting = true;
                wake_at_the_end(ctx.clone(), recorder.clone(), seconds);
            }
            return true;
        }
        let Some(path) = &screenshot else { return false };
        let taken = Arc::clone(&taken);
        if !asked {
            asked = true;
            let again = ctx.clone();
            ctx.request_screenshot(move |image| {
                *taken.lock() = Some(image);
                again.request_repaint();
            });
            return true;
        }
        let Some(image) = taken.lock().take() else { return true };
        let side = |n: usize| u32::try_from(n).unwrap_or(0);
        let rgba: Vec<u8> = image.pixels.iter().flat_map(|p| p.to_array()).collect();
        match save(path, side(image.size[0]), side(image.size[1]), &rgba) {
            Ok(()) => println!("Wrote {}.", path.display()),
            Err(error) => eprintln!("demo: {error}"),
        }
        screenshot = None;
        false
    })
}

/// A window at rest paints nothing, and must not be made to only to look at the clock.
fn wake_at_the_end(ctx: egui::Context, recorder: Recorder, seconds: u32) {
    std::thread::spawn(move || {
        while recorder.seconds() < seconds {
            std::thread::sleep(Duration::from_millis(50));
        }
        ctx.request_repaint();
    });
}
