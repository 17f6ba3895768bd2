//! The program `multiclaw`.
#![cfg_attr(windows, windows_subsystem = "windows")]
#![expect(clippy::print_stderr, reason = "the last word of a program that cannot start")]

use clap::Parser;
use multiclaw::sandbox;
use multiclaw::start::{self, StartError};
use multiclaw::window::{self, Window};
use multiclaw_core::redact::Stderr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

/// The native desktop client of MultiClaw.
#[derive(Parser)]
#[command(name = "multiclaw", version)]
struct Arguments {
    /// Address of the cloud.
    #[arg(long, default_value = start::CLOUD)]
    cloud: String,
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
    /// Give up none of this process's rights. Only to find out whether that is what does not work.
    #[arg(long)]
    no_sandbox: bool,
    /// Try what this process can still do, print it, and end.
    #[cfg(target_os = "linux")]
    #[arg(long, value_name = "FOLDER", hide = true)]
    sandbox_probe: Option<PathBuf>,
}

fn main() -> ExitCode {
    #[cfg(target_os = "linux")]
    if let Some(code) = helper() {
        return code;
    }
    tracing_subscriber::fmt()
        .with_writer(|| Stderr)
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_env("MULTICLAW_LOG")
                .unwrap_or_else(|_| "warn,rtc_ice=error,wgpu_hal=error".into()),
        )
        .init();
    match run(Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("multiclaw: {error}");
            ExitCode::FAILURE
        }
    }
}

/// This is the helper of another process of this program.
#[cfg(target_os = "linux")]
fn helper() -> Option<ExitCode> {
    let mut words = std::env::args_os().skip(1);
    (words.next()? == sandbox::HELPER).then(|| match words.next() {
        Some(data) => sandbox::run_helper(data.as_ref(), &words.collect::<Vec<_>>()),
        None => ExitCode::FAILURE,
    })
}

fn run(arguments: Arguments) -> Result<(), StartError> {
    let data = match arguments.data {
        Some(data) => data,
        None => start::data_folder()?,
    };
    let openclaw = start::openclaw_folder()?;
    // Before there is a second thread.
    let entered = sandbox::enter(&data, &openclaw, arguments.no_sandbox);
    #[cfg(target_os = "linux")]
    if let Some(outside) = &arguments.sandbox_probe {
        use std::io::Write;
        let found = sandbox::probe::run(&entered, &data, &openclaw, outside);
        return Ok(writeln!(std::io::stdout(), "{found}")?);
    }
    multiclaw_core::crash::install(&data, start::AGENT)?;
    let door = start::door(&arguments.cloud)?;
    let mut config = start::config(arguments.cloud, data);
    config.open = arguments.desktop;
    config.relay_only = arguments.relay_only;
    config.browser = Box::new(start::open_browser);
    config.openclaw = openclaw;
    config.platform = Arc::new(multiclaw::platform::System::default());
    #[cfg(target_os = "linux")]
    if let Some(helper) = entered.helper {
        let browser = helper.clone();
        config.browser = Box::new(move |address| browser.browse(address));
        config.platform = Arc::new(helper);
    }
    config.sandbox = entered.facts;
    let runtime = start::runtime()?;
    let screen = arguments.chat.is_some().then_some(multiclaw_ui::Screen::Chat);
    config.chat = arguments.chat;
    let window =
        Window { config, door, size: [1180.0, 760.0], screen, beside: false, each_frame: None };
    window::run(&runtime, window)?;
    runtime.shutdown_timeout(std::time::Duration::from_millis(300));
    Ok(())
}
