//! The program `multiclaw`.
#![cfg_attr(windows, windows_subsystem = "windows")]
#![expect(
    clippy::print_stderr,
    clippy::print_stdout,
    reason = "the last word of a program that cannot start, and the hash of a PIN"
)]

use clap::Parser;
use multiclaw::exit::Exit;
use multiclaw::kiosk;
use multiclaw::start::{self, StartError};
use multiclaw::window::{self, Window};
use multiclaw_core::policy::{Monitor, Policy};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

/// The native desktop client of MultiClaw.
#[derive(Parser)]
#[command(name = "multiclaw", version)]
struct Arguments {
    /// Address of the cloud. [default: https://api.multiclaw.io]
    #[arg(long)]
    cloud: Option<String>,
    /// Folder for the sign-in and the settings, instead of ~/.multiclaw.
    #[arg(long)]
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
    /// Run as an unattended screen: one desktop, full screen, for ever.
    #[arg(long)]
    kiosk: bool,
    /// The unattended screen's monitor, by its number from 1 or by its name.
    #[arg(long, value_name = "N|NAME")]
    monitor: Option<Monitor>,
    /// A policy file of your own. It counts where the administrator's is silent.
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,
    #[command(subcommand)]
    instead: Option<Instead>,
}

/// Something else than the window.
#[derive(clap::Subcommand)]
enum Instead {
    /// Make the hash of a PIN for an unattended screen's policy.
    KioskPin,
}

fn main() -> ExitCode {
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_env("MULTICLAW_LOG")
                .unwrap_or_else(|_| "warn,kiosk=info,rtc_ice=error,wgpu_hal=error".into()),
        )
        .init();
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // Where it cannot be printed, the number still says it.
            let _ = error.print();
            return if error.use_stderr() { Exit::Usage.into() } else { Exit::Done.into() };
        }
    };
    if let Some(Instead::KioskPin) = arguments.instead {
        return make_pin();
    }
    match run(arguments) {
        Ok(exit) => exit.into(),
        Err(error) => {
            eprintln!("multiclaw: {error}");
            Exit::from(&error).into()
        }
    }
}

fn make_pin() -> ExitCode {
    match kiosk::pin::make() {
        Ok(hash) => {
            println!("{}", hash.phc());
            Exit::Done.into()
        }
        Err(error) => {
            eprintln!("multiclaw: {error}");
            Exit::Other.into()
        }
    }
}

fn run(arguments: Arguments) -> Result<Exit, StartError> {
    let policy = Policy::load(arguments.policy.as_deref())?;
    let data = match arguments.data {
        Some(data) => data,
        None => start::data_folder()?,
    };
    let (cloud, door) = start::cloud(&policy, arguments.cloud)?;
    let asked = kiosk::Asked {
        kiosk: arguments.kiosk,
        desktop: arguments.desktop.clone(),
        monitor: arguments.monitor,
    };
    let alone = kiosk::plan(&policy, &asked)?;
    let mut config = start::config(cloud, data);
    config.open = start::desktop(&policy, arguments.desktop);
    config.policy = policy;
    if alone.is_some() {
        // The screen is somebody else's computer for who stands in front of it.
        config.open = None;
        config.gateway = multiclaw_core::engine::GatewayConfig::default();
    }
    config.relay_only = arguments.relay_only;
    config.browser = Box::new(start::open_browser);
    config.openclaw = start::openclaw_folder()?;
    config.platform = Arc::new(multiclaw::platform::System::default());
    let runtime = start::runtime()?;
    let screen = arguments.chat.is_some().then_some(multiclaw_ui::Screen::Chat);
    config.chat = arguments.chat;
    let window = Window {
        config,
        door,
        size: [1180.0, 760.0],
        screen,
        beside: false,
        alone,
        each_frame: None,
    };
    let exit = window::run(&runtime, window)?;
    runtime.shutdown_timeout(std::time::Duration::from_millis(300));
    Ok(exit)
}
