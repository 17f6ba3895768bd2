//! The program `multiclaw`.
#![cfg_attr(windows, windows_subsystem = "windows")]
#![expect(
    clippy::print_stderr,
    clippy::print_stdout,
    reason = "the last word of a program that cannot start, and what a subcommand answers"
)]

use clap::Parser;
use multiclaw::arguments::{Arguments, Task};
use multiclaw::enroll;
use multiclaw::link::{self, Inbox, Meeting};
use multiclaw::start::{self, StartError};
use multiclaw::update::{self, Begun, Start};
use multiclaw::window::{self, Window};
use multiclaw_core::engine::ScreenConfig;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::Ordering;

fn main() -> ExitCode {
    let begun = match update::begin() {
        Begun::Start(begun) => begun,
        Begun::Over(code) => return code,
    };
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_env("MULTICLAW_LOG")
                .unwrap_or_else(|_| "warn,rtc_ice=error,wgpu_hal=error".into()),
        )
        .init();
    let mut arguments = Arguments::parse();
    let result = match arguments.command.take() {
        Some(Task::Enroll { forget }) => enrol(arguments, forget)
            .map(|said| {
                println!("{said}");
                false
            })
            .map_err(|error| error.to_string()),
        None => run(arguments, &begun).map_err(|error| error.to_string()),
    };
    match result {
        Ok(again) => begun.end(again),
        Err(error) => {
            eprintln!("multiclaw: {error}");
            ExitCode::FAILURE
        }
    }
}

fn enrol(arguments: Arguments, forget: bool) -> Result<String, enroll::EnrollError> {
    let data = arguments.data.map_or_else(start::data_folder, Ok)?;
    if forget {
        return enroll::forget(&data);
    }
    let door = start::door(&arguments.cloud)?;
    let runtime = start::runtime().map_err(enroll::EnrollError::from)?;
    runtime.block_on(enroll::run(&arguments.cloud, &data, door))
}

/// Whether the program is to start anew.
fn run(arguments: Arguments, begun: &Start) -> Result<bool, StartError> {
    let links = Inbox::new(arguments.link.as_deref());
    let runtime = start::runtime()?;
    let _first = match meet(&runtime, &arguments, &links) {
        Meeting::Taken => return Ok(false),
        meeting => meeting,
    };
    let data = match arguments.data {
        Some(data) => data,
        None => start::data_folder()?,
    };
    let door = start::door(&arguments.cloud)?;
    let screen_mode = enroll::is_screen(&data);
    let mut config = start::config(arguments.cloud, data);
    config.open = arguments.desktop;
    config.screen = screen_mode.then_some(ScreenConfig { open: true });
    config.relay_only = arguments.relay_only;
    config.browser = Box::new(start::open_browser);
    config.openclaw = start::openclaw_folder()?;
    config.platform = Arc::new(multiclaw::platform::System::default());
    let screen = arguments.chat.is_some().then_some(multiclaw_ui::Screen::Chat);
    config.chat = arguments.chat;
    config.updater = begun.updater(door.clone());
    let (again, each_frame) = begun.each_frame();
    let window = Window {
        config,
        door,
        size: [1180.0, 760.0],
        screen,
        beside: false,
        links,
        each_frame: Some(each_frame),
    };
    window::run(&runtime, window)?;
    runtime.shutdown_timeout(std::time::Duration::from_millis(300));
    Ok(again.load(Ordering::Relaxed))
}

/// Whether a window that is open already shows the link.
fn meet(runtime: &tokio::runtime::Runtime, arguments: &Arguments, links: &Inbox) -> Meeting {
    let usual = arguments.data.is_none() && arguments.cloud == start::CLOUD;
    if !usual {
        return Meeting::Alone;
    }
    runtime.block_on(link::meet(links, arguments.link.as_deref(), None))
}
