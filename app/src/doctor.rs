//! `multiclaw doctor`: looks at everything that has to work, and says what does not.

use crate::start::{self, StartError};
use crate::tail::Tail;
use crate::{gpu, platform};
use multiclaw_core::doctor::{self, FactState, Facts, Graphics, Setup, Who, bundle, text};
use multiclaw_core::engine::GatewayConfig;
use multiclaw_core::model::{StepState, WebRtcMode};
use multiclaw_core::storage::{Storage, StoredSession, load_settings};
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use stream::transport::ConnectionMode;

/// What may be asked of it.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Options {
    /// Print one JSON object instead of text.
    #[arg(long)]
    pub json: bool,
    /// Open the desktop of this name to see whether its picture comes, and close it again.
    #[arg(long, value_name = "NAME")]
    pub desktop: Option<String>,
    /// Write a text file for whoever helps; secrets, names and addresses are taken out of it.
    #[arg(long, value_name = "FILE")]
    pub bundle: Option<PathBuf>,
}

/// Why it could not say what it found.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DoctorError {
    /// The program cannot start.
    #[error(transparent)]
    Start(#[from] StartError),
    /// The report cannot be printed.
    #[error("the report cannot be printed: {0}")]
    Print(std::io::Error),
    /// The report cannot be put into words for programs.
    #[error("the report cannot be written as JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// The bundle cannot be written.
    #[error("{path} cannot be written: {source}")]
    Bundle {
        /// Which file.
        path: String,
        /// Why.
        source: std::io::Error,
    },
}

/// Runs the check and prints what it found; whether all that was looked at works.
///
/// # Errors
/// [`DoctorError`].
pub fn run(
    options: &Options,
    cloud: &str,
    data: PathBuf,
    relay_only: bool,
    log: &Tail,
) -> Result<bool, DoctorError> {
    let door = start::door(cloud)?;
    let runtime = start::runtime()?;
    let graphics = graphics();
    let settings = read(&data, cloud);
    let setup = Setup {
        cloud: cloud.to_owned(),
        door: door.clone(),
        who: settings.1,
        desktop: options.desktop.clone(),
        mode: match settings.0.webrtc {
            WebRtcMode::Automatic => ConnectionMode::Automatic,
            WebRtcMode::TurnRelay => ConnectionMode::Relay,
        },
        relay_only,
        loopback: false,
        agent: start::AGENT.into(),
        data,
        gateway: GatewayConfig::of_this_process(),
        platform: Arc::new(platform::System::default()),
        facts: Facts { graphics: Some(graphics), extra: vec![sandbox()], ..Facts::default() },
    };
    let live = !options.json && std::io::stderr().is_terminal();
    let report = runtime.block_on(doctor::run(Arc::new(setup), |steps| {
        if live {
            let over = steps.iter().filter(|step| step.state.is_over()).count();
            // A terminal that is gone is no reason to stop looking.
            let _ = write!(std::io::stderr(), "\r{over} of {} looked at", steps.len());
        }
    }));
    if live {
        let _ = write!(std::io::stderr(), "\r\u{1b}[K");
    }
    runtime.shutdown_timeout(std::time::Duration::from_millis(300));
    let printed = match options.json {
        true => text::json(&report, env!("CARGO_PKG_VERSION"))? + "\n",
        false => text::readable(&report.steps, &report.verdict, text::Colours(coloured())),
    };
    std::io::stdout().write_all(printed.as_bytes()).map_err(DoctorError::Print)?;
    if let Some(path) = &options.bundle {
        let log: doctor::LogTail = {
            let log = log.clone();
            Arc::new(move || log.lines())
        };
        let about = bundle::About {
            agent: start::AGENT,
            settings: &settings.0,
            connections: &door.log(),
            log: Some(&log),
            private: &bundle::names_here(),
            home: &bundle::home(),
        };
        write(path, &bundle::text(&report, &about))?;
        let said = format!("\nWritten for whoever helps: {}\n", path.display());
        if !options.json {
            std::io::stdout().write_all(said.as_bytes()).map_err(DoctorError::Print)?;
        }
    }
    Ok(report.verdict.state != StepState::Failed)
}

/// This command opens no window and gives nothing up.
fn sandbox() -> (String, FactState, String) {
    let text = "Only the window gives up rights; how far is shown in its settings under \
                Permissions.";
    ("Sandbox".into(), FactState::Skipped, text.into())
}

/// Settings and sign-in, read and left as they are: what is wrong with the folder is found, not
/// mended.
fn read(data: &Path, cloud: &str) -> (multiclaw_core::model::Settings, Who) {
    let storage = match Storage::open_existing(data) {
        Ok(Some(storage)) => storage,
        Ok(None) => return (Default::default(), Who::Nobody),
        Err(error) => return (Default::default(), Who::Unreadable(error.to_string())),
    };
    let (settings, _) = load_settings(&storage);
    let who = match StoredSession::load(&storage) {
        Ok(session) => Who::stored(session, cloud),
        Err(error) => Who::Unreadable(error.to_string()),
    };
    (settings, who)
}

/// The graphics device that a window would have; nothing is drawn.
#[must_use]
pub fn graphics() -> Option<Graphics> {
    let mut descriptor = wgpu::InstanceDescriptor::new_without_display_handle();
    descriptor.backends = gpu::backends();
    let instance = wgpu::Instance::new(descriptor);
    gpu::keep_drivers(&instance);
    let options = wgpu::RequestAdapterOptions {
        power_preference: wgpu::PowerPreference::LowPower,
        ..Default::default()
    };
    let adapter = pollster::block_on(instance.request_adapter(&options)).ok()?;
    Some(gpu::facts(&adapter))
}

/// Colours are for people at a terminal who did not say no (<https://no-color.org>).
fn coloured() -> bool {
    let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    std::io::stdout().is_terminal() && !refused
}

/// Makes it for the owner only.
fn write(path: &Path, text: &str) -> Result<(), DoctorError> {
    let fault = |source| DoctorError::Bundle { path: path.display().to_string(), source };
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let mut file = options.open(path).map_err(fault)?;
    file.write_all(text.as_bytes()).map_err(fault)?;
    file.sync_all().map_err(fault)
}
