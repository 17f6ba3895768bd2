//! All of MultiClaw on this machine: a cloud, a desktop with its daemon, and the app in front.
//!
//! `cargo run --release -p demo`. Without a display the same path runs without a window. Cloud
//! and daemon run in a second process, so that the figures of this one are the app's.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command line program")]

mod backend;
mod gateway;
mod headless;
mod screen;
mod seed;
mod sockets;
mod stats;
mod windowed;

use clap::Parser;
use std::path::PathBuf;
use std::process::ExitCode;

/// What goes wrong ends the demo with a sentence.
pub(crate) type Failure = Box<dyn std::error::Error + Send + Sync>;

/// A live cloud desktop on this machine.
#[derive(Clone, Debug, Parser)]
#[command(name = "demo")]
pub(crate) struct Arguments {
    /// Run without a window.
    #[arg(long)]
    headless: bool,
    /// End after so many seconds of a live picture. Without a window: 10.
    #[arg(long)]
    seconds: Option<u32>,
    /// Write a picture of the viewer's screen at the end, as PNG.
    #[arg(long)]
    screenshot: Option<PathBuf>,
    /// Write a JSON object of figures each second.
    #[arg(long)]
    stats: Option<PathBuf>,
    /// Size of the desktop.
    #[arg(long, default_value = "1280x720", value_parser = size)]
    size: (u16, u16),
    /// Show a picture that changes so many times a second; 0 for an ordinary desktop.
    #[arg(long, default_value_t = 0)]
    fps: u32,
    /// Paint the desktop, even where there is an Xvfb.
    #[arg(long)]
    painted: bool,
    /// Serve this X display.
    #[arg(long)]
    display: Option<String>,
    /// Size of the window, or of the screenshot.
    #[arg(long, default_value = "1280x800", value_parser = size)]
    window: (u16, u16),
    /// Light or dark.
    #[arg(long, value_parser = ["light", "dark"])]
    theme: Option<String>,
    /// As on a machine that is spared: at most 12 pictures a second.
    #[arg(long)]
    low_power: bool,
    /// A real OpenClaw gateway too, with a conversation beside the desktop.
    #[arg(long)]
    gateway: bool,
    /// Cloud and daemon only: the second process of the demo.
    #[arg(long, hide = true)]
    backend: bool,
}

fn size(text: &str) -> Result<(u16, u16), String> {
    text.split_once('x')
        .and_then(|(w, h)| Some((w.parse().ok()?, h.parse().ok()?)))
        .filter(|(w, h)| (320..=8192).contains(w) && (200..=8192).contains(h))
        .ok_or_else(|| "a size is like 1280x720, from 320x200 to 8192x8192".into())
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_env("MULTICLAW_LOG")
                .unwrap_or_else(|_| "error,rtc_ice=off,wgpu_hal=off".into()),
        )
        .init();
    match run(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("demo: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(mut arguments: Arguments) -> Result<(), Failure> {
    if arguments.backend {
        return backend::serve(&arguments);
    }
    let display = ["WAYLAND_DISPLAY", "DISPLAY"]
        .iter()
        .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()));
    if !display && !arguments.headless {
        println!("There is no display here, so the demo runs without a window.");
        arguments.headless = true;
    }
    let backend = backend::start(&arguments)?;
    println!("Serving {}.", backend.facts.description);
    let peer = if arguments.gateway { Some(gateway::start()?) } else { None };
    if arguments.headless {
        headless::run(&arguments, backend, peer.as_ref())
    } else {
        windowed::run(&arguments, backend, peer.as_ref())
    }
}
