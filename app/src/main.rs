//! The program `multiclaw`.
#![cfg_attr(windows, windows_subsystem = "windows")]
#![expect(
    clippy::print_stderr,
    clippy::print_stdout,
    reason = "the last word of a program that cannot start, and what a subcommand answers"
)]

use clap::{Parser, Subcommand};
use multiclaw::enroll;
use multiclaw::start::{self, StartError};
use multiclaw::window::{self, Window};
use multiclaw_core::engine::ScreenConfig;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

/// The native desktop client of MultiClaw.
#[derive(Parser)]
#[command(name = "multiclaw", version)]
struct Arguments {
    /// Address of the cloud.
    #[arg(long, global = true, default_value = start::CLOUD)]
    cloud: String,
    /// Folder for the sign-in and the settings, instead of ~/.multiclaw.
    #[arg(long, global = true)]
    data: Option<PathBuf>,
    /// Open the desktop of this name as soon as it is online.
    #[arg(long)]
    desktop: Option<String>,
    /// Open this conversation of the gateway on this computer, by its session key.
    #[arg(long, value_name = "KEY")]
    chat: Option<String>,
    /// Reach desktops through a TURN relay only.
    #[arg(long)]
    relay_only: bool,
    #[command(subcommand)]
    command: Option<Task>,
}

/// What to do instead of opening the window.
#[derive(Subcommand)]
enum Task {
    /// Make this machine an unattended screen, with the code that an owner of the workspace has
    /// made. The code is asked for, or read from standard input.
    Enroll {
        /// Forget that this machine is a screen.
        #[arg(long)]
        forget: bool,
    },
}

fn main() -> ExitCode {
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_env("MULTICLAW_LOG")
                .unwrap_or_else(|_| "warn,rtc_ice=error,wgpu_hal=error".into()),
        )
        .init();
    let mut arguments = Arguments::parse();
    let result = match arguments.command.take() {
        Some(Task::Enroll { forget }) => {
            enrol(arguments, forget).map(|said| println!("{said}")).map_err(|e| e.to_string())
        }
        None => run(arguments).map_err(|error| error.to_string()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
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

fn run(arguments: Arguments) -> Result<(), StartError> {
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
    let runtime = start::runtime()?;
    let screen = arguments.chat.is_some().then_some(multiclaw_ui::Screen::Chat);
    config.chat = arguments.chat;
    let window =
        Window { config, door, size: [1180.0, 760.0], screen, beside: false, each_frame: None };
    window::run(&runtime, window)?;
    runtime.shutdown_timeout(std::time::Duration::from_millis(300));
    Ok(())
}
