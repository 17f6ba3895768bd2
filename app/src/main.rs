//! The program `multiclaw`.
#![cfg_attr(windows, windows_subsystem = "windows")]
#![expect(clippy::print_stderr, reason = "the last word of a program that cannot start")]

use clap::{Parser, Subcommand};
use multiclaw::doctor;
use multiclaw::start::{self, StartError};
use multiclaw::tail::Tail;
use multiclaw::window::{self, Window};
use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use tracing_subscriber::fmt::writer::MakeWriterExt;

/// The native desktop client of MultiClaw.
#[derive(Parser)]
#[command(name = "multiclaw", version)]
struct Arguments {
    /// Address of the cloud.
    #[arg(long, default_value = start::CLOUD, global = true)]
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
    #[arg(long, global = true)]
    relay_only: bool,
    /// Something else than the window.
    #[command(subcommand)]
    act: Option<Act>,
}

#[derive(Subcommand)]
enum Act {
    /// Check everything that has to work, and say what does not. Ends with 0 when nothing failed,
    /// with 1 when something did.
    Doctor(doctor::Options),
}

fn main() -> ExitCode {
    let log = Tail::default();
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr.and(log.clone()))
        .with_ansi(std::io::stderr().is_terminal())
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_env("MULTICLAW_LOG")
                .unwrap_or_else(|_| "warn,rtc_ice=error,wgpu_hal=error".into()),
        )
        .init();
    let arguments = Arguments::parse();
    let ended = match &arguments.act {
        Some(Act::Doctor(options)) => check(options, &arguments, &log),
        None => run(arguments, log).map(|()| true).map_err(Into::into),
    };
    match ended {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("multiclaw: {error}");
            ExitCode::FAILURE
        }
    }
}

fn check(
    options: &doctor::Options,
    arguments: &Arguments,
    log: &Tail,
) -> Result<bool, doctor::DoctorError> {
    let data = match &arguments.data {
        Some(data) => data.clone(),
        None => start::data_folder()?,
    };
    doctor::run(options, &arguments.cloud, data, arguments.relay_only, log)
}

fn run(arguments: Arguments, log: Tail) -> Result<(), StartError> {
    let data = match arguments.data {
        Some(data) => data,
        None => start::data_folder()?,
    };
    let door = start::door(&arguments.cloud)?;
    let mut config = start::config(arguments.cloud, data);
    config.open = arguments.desktop;
    config.relay_only = arguments.relay_only;
    config.browser = Box::new(start::open_browser);
    config.openclaw = start::openclaw_folder()?;
    config.platform = Arc::new(multiclaw::platform::System::default());
    config.doctor.log = Some(Arc::new(move || log.lines()));
    let runtime = start::runtime()?;
    let screen = arguments.chat.is_some().then_some(multiclaw_ui::Screen::Chat);
    config.chat = arguments.chat;
    let window =
        Window { config, door, size: [1180.0, 760.0], screen, beside: false, each_frame: None };
    window::run(&runtime, window)?;
    runtime.shutdown_timeout(std::time::Duration::from_millis(300));
    Ok(())
}
