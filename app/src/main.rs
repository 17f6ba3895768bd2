//! The program `multiclaw`.
#![cfg_attr(windows, windows_subsystem = "windows")]
#![expect(
    clippy::print_stderr,
    clippy::print_stdout,
    reason = "the last word of a program that cannot start, and what a subcommand answers"
)]

use clap::Parser;
use multiclaw::arguments::{Arguments, Task};
use multiclaw::exit::Exit;
use multiclaw::link::{self, Inbox, Meeting};
use multiclaw::sandbox;
use multiclaw::start::{self, StartError};
use multiclaw::tail::Tail;
use multiclaw::update::{self, Begun, Start};
use multiclaw::window::{self, Window};
use multiclaw::{doctor, enroll, kiosk};
use multiclaw_core::engine::{GatewayConfig, ScreenConfig};
use multiclaw_core::policy::Policy;
use multiclaw_core::redact::Stderr;
use std::io::IsTerminal;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use tracing_subscriber::fmt::writer::MakeWriterExt;

fn main() -> ExitCode {
    #[cfg(target_os = "linux")]
    if let Some(code) = helper() {
        return code;
    }
    // Before anything is given up: it exchanges files beside the program, and starts them.
    let begun = match update::begin() {
        Begun::Start(begun) => begun,
        Begun::Over(code) => return code,
    };
    let log = Tail::default();
    tracing_subscriber::fmt()
        .with_writer((|| Stderr).and(log.clone()))
        .with_ansi(std::io::stderr().is_terminal())
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_env("MULTICLAW_LOG")
                .unwrap_or_else(|_| "warn,kiosk=info,rtc_ice=error,wgpu_hal=error".into()),
        )
        .init();
    let mut arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // Where it cannot be printed, the number still says it.
            let _ = error.print();
            return if error.use_stderr() { Exit::Usage.into() } else { Exit::Done.into() };
        }
    };
    match arguments.command.take() {
        Some(Task::Enroll { forget }) => said(enrol(arguments, forget)),
        Some(Task::Doctor(options)) => match check(&options, arguments, &log) {
            Ok(true) => Exit::Done.into(),
            Ok(false) => Exit::Other.into(),
            Err(error) => {
                eprintln!("multiclaw: {error}");
                Exit::Other.into()
            }
        },
        Some(Task::KioskPin) => said(kiosk::pin::make().map(|hash| hash.phc().to_owned())),
        None => match run(arguments, &begun, log) {
            Ok((exit, again)) => begun.end(exit, again),
            Err(error) => {
                eprintln!("multiclaw: {error}");
                Exit::from(&error).into()
            }
        },
    }
}

/// The answer of a subcommand.
fn said<E: std::fmt::Display>(answer: Result<String, E>) -> ExitCode {
    match answer {
        Ok(text) => {
            println!("{text}");
            Exit::Done.into()
        }
        Err(error) => {
            eprintln!("multiclaw: {error}");
            Exit::Other.into()
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

fn check(
    options: &doctor::Options,
    arguments: Arguments,
    log: &Tail,
) -> Result<bool, doctor::DoctorError> {
    let policy = Policy::load(arguments.policy.as_deref()).map_err(StartError::from)?;
    let data = arguments.data.map_or_else(start::data_folder, Ok)?;
    let (cloud, _) = start::cloud(&policy, arguments.cloud)?;
    doctor::run(options, &cloud, data, arguments.relay_only, log)
}

fn enrol(arguments: Arguments, forget: bool) -> Result<String, enroll::EnrollError> {
    let policy = Policy::load(arguments.policy.as_deref()).map_err(StartError::from)?;
    let data = arguments.data.map_or_else(start::data_folder, Ok)?;
    if forget {
        return enroll::forget(&data);
    }
    let (cloud, door) = start::cloud(&policy, arguments.cloud)?;
    let runtime = start::runtime().map_err(enroll::EnrollError::from)?;
    runtime.block_on(enroll::run(&cloud, &data, door))
}

/// How the window ended, and who can start the program anew where it may not do so itself.
type Ended = (Exit, Option<sandbox::Again>);

fn run(arguments: Arguments, begun: &Start, log: Tail) -> Result<Ended, StartError> {
    let policy = Policy::load(arguments.policy.as_deref())?;
    let asked = kiosk::Asked {
        kiosk: arguments.kiosk,
        desktop: arguments.desktop.clone(),
        monitor: arguments.monitor.clone(),
    };
    let alone = kiosk::plan(&policy, &asked)?;
    let links = Inbox::new(arguments.link.as_deref());
    let data = match &arguments.data {
        Some(data) => data.clone(),
        None => start::data_folder()?,
    };
    let openclaw = start::openclaw_folder()?;
    begun.prepare();
    // Before there is a second thread.
    let entered = sandbox::enter(&data, &openclaw, arguments.no_sandbox);
    #[cfg(target_os = "linux")]
    if let Some(outside) = &arguments.sandbox_probe {
        println!("{}", sandbox::probe::run(&entered, &data, &openclaw, outside));
        return Ok((Exit::Done, None));
    }
    multiclaw_core::crash::install(&data, start::AGENT)?;
    let runtime = start::runtime()?;
    let _first = match meet(&runtime, &arguments, &links) {
        Meeting::Taken => return Ok((Exit::Done, None)),
        meeting => meeting,
    };
    let data = match arguments.data {
        Some(data) => data,
        None => start::data_folder()?,
    };
    let (cloud, door) = start::cloud(&policy, arguments.cloud)?;
    let enrolled = enroll::is_screen(&data);
    start::speak();
    let mut config = start::config(cloud, data);
    config.open = start::desktop(&policy, arguments.desktop);
    config.update_rules = start::update_rules(&policy);
    config.policy = policy;
    config.screen = enrolled.then_some(ScreenConfig { open: alone.is_none() });
    if alone.is_some() {
        // The screen is somebody else's computer for who stands in front of it.
        config.open = None;
        config.gateway = GatewayConfig::default();
    }
    config.relay_only = arguments.relay_only;
    config.browser = Box::new(start::open_browser);
    config.openclaw = openclaw;
    config.platform = Arc::new(multiclaw::platform::System::default());
    config.doctor.log = Some(Arc::new(move || log.lines()));
    config.doctor.extra = sandbox::steps(&entered.facts);
    let again = entered.again();
    #[cfg(target_os = "linux")]
    if let Some(helper) = entered.helper {
        let browser = helper.clone();
        config.browser = Box::new(move |address| browser.browse(address));
        config.platform = Arc::new(helper);
    }
    config.sandbox = entered.facts;
    let screen = arguments.chat.is_some().then_some(multiclaw_ui::Screen::Chat);
    config.chat = arguments.chat;
    config.updater = begun.updater(&door);
    let (wanted, each_frame) = begun.each_frame();
    let window = Window {
        config,
        door,
        size: [1180.0, 760.0],
        screen,
        beside: false,
        links,
        alone,
        each_frame: Some(each_frame),
    };
    let exit = window::run(&runtime, window)?;
    runtime.shutdown_timeout(std::time::Duration::from_millis(300));
    Ok((if wanted.load(Ordering::Relaxed) { Exit::Restart } else { exit }, again))
}

/// Whether a window that is open already shows the link.
fn meet(runtime: &tokio::runtime::Runtime, arguments: &Arguments, links: &Inbox) -> Meeting {
    let usual = arguments.data.is_none() && arguments.cloud.is_none() && !arguments.kiosk;
    if !usual {
        return Meeting::Alone;
    }
    runtime.block_on(link::meet(links, arguments.link.as_deref(), None))
}
