//! The `openclaw` program: starting, stopping and restarting the gateway with it.
//!
//! Only fixed words are handed to the program, and the gateway's own port number. It gets no
//! secret, neither as a word nor in its environment, and what it prints is capped.

mod detached;
mod error;
mod lock;
pub(crate) mod run;

pub use error::ProgramError;
pub use lock::Running;

use crate::discovery::{Endpoint, Environment};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// `gateway status` takes 2 s; it loads plugins on a cold machine.
const STATUS: Duration = Duration::from_secs(30);
/// `gateway start` and `restart` return when the gateway is healthy; they watch a slow start for up
/// to five minutes themselves (OpenClaw 2026.9.6, `docs/cli/gateway/restart-and-supervision.md`).
const LIFECYCLE: Duration = Duration::from_secs(330);
/// How much of the program's output is kept, in bytes.
const MOST: usize = 256 * 1024;

/// The program, and the environment that it is run in.
#[derive(Clone, Debug)]
pub struct Program {
    path: PathBuf,
    environment: Environment,
}

/// How a gateway was started.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Started {
    /// As the service that is installed for it.
    Service,
    /// As a program of its own that outlives this one.
    Detached {
        /// Its process.
        pid: u32,
    },
    /// It ran already.
    Already {
        /// Its process.
        pid: u32,
    },
}

/// How a gateway was stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stopped {
    /// The installed service was stopped.
    Service,
    /// The process was asked to end, and did.
    Process {
        /// It was this one.
        pid: u32,
    },
    /// None ran.
    NotRunning,
}

impl Program {
    /// The program at this absolute path, from [`crate::discovery::find_program`].
    #[must_use]
    pub fn new(path: PathBuf, environment: Environment) -> Self {
        Self { path, environment }
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether a service of the system runs, or would run, the gateway of these files. Takes
    /// some seconds.
    ///
    /// # Errors
    /// [`ProgramError`].
    pub async fn has_service(&self) -> Result<bool, ProgramError> {
        let words = ["gateway", "status", "--json", "--no-probe"];
        let output = run::capture(&self.path, &self.environment, &words, STATUS, MOST).await?;
        output.success()?;
        let status: serde_json::Value = serde_json::from_str(output.stdout.trim())
            .map_err(|_| ProgramError::Unreadable { tail: output.tail() })?;
        let service = status.get("service");
        let member = |name: &str| service.and_then(|service| service.get(name));
        // A service of another gateway (other files, another port) is only shown, and is not to
        // be touched for this one.
        let foreign =
            member("targetRole").and_then(|role| role.as_str()) == Some("diagnostic-only");
        let loaded = member("loaded").and_then(serde_json::Value::as_bool) == Some(true);
        let installed = member("command").is_some_and(|command| !command.is_null());
        Ok(!foreign && (loaded || installed))
    }

    /// Starts the gateway: its service, or, when none is installed, a process of its own that goes
    /// on when this program ends. What such a process prints goes to `log` (made anew, mode 0600;
    /// it may be cut to nothing at any time), or nowhere.
    ///
    /// It returns when the gateway has taken its state folder, which is before it can be spoken to.
    ///
    /// # Errors
    /// [`ProgramError`].
    pub async fn start(
        &self,
        endpoint: Endpoint,
        state_dir: &Path,
        log: Option<&Path>,
    ) -> Result<Started, ProgramError> {
        if let Some(running) = lock::running(state_dir) {
            return Ok(Started::Already { pid: running.pid });
        }
        if self.has_service().await? {
            self.lifecycle(&["gateway", "start", "--json"]).await?;
            return Ok(Started::Service);
        }
        let pid = detached::start(&self.path, &self.environment, endpoint, state_dir, log).await?;
        Ok(Started::Detached { pid })
    }

    /// Stops the gateway: its service, or the process that holds its state folder.
    ///
    /// # Errors
    /// [`ProgramError`]; [`ProgramError::StillRunning`] when it finishes a turn first.
    pub async fn stop(&self, state_dir: &Path) -> Result<Stopped, ProgramError> {
        if self.has_service().await? {
            self.stop_service().await?;
            return Ok(Stopped::Service);
        }
        self.stop_process(state_dir).await
    }

    /// Stops and starts the gateway. While it is connected, its own method
    /// `gateway.restart.request` is better: it lets running turns end, and says what it does.
    ///
    /// # Errors
    /// [`ProgramError`].
    pub async fn restart(
        &self,
        endpoint: Endpoint,
        state_dir: &Path,
        log: Option<&Path>,
    ) -> Result<Started, ProgramError> {
        if self.has_service().await? {
            self.lifecycle(&["gateway", "restart", "--json"]).await?;
            return Ok(Started::Service);
        }
        self.stop_process(state_dir).await?;
        let pid = detached::start(&self.path, &self.environment, endpoint, state_dir, log).await?;
        Ok(Started::Detached { pid })
    }

    async fn stop_process(&self, state_dir: &Path) -> Result<Stopped, ProgramError> {
        match detached::stop(state_dir).await? {
            Some(pid) => Ok(Stopped::Process { pid }),
            None => Ok(Stopped::NotRunning),
        }
    }

    /// Without a terminal, `gateway stop` wants `--force`; older programs do not know the word.
    async fn stop_service(&self) -> Result<(), ProgramError> {
        match self.lifecycle(&["gateway", "stop", "--json", "--force"]).await {
            Err(ProgramError::Failed { tail, .. }) if tail.contains("unknown option") => {
                self.lifecycle(&["gateway", "stop", "--json"]).await
            }
            other => other,
        }
    }

    async fn lifecycle(&self, words: &[&str]) -> Result<(), ProgramError> {
        run::capture(&self.path, &self.environment, words, LIFECYCLE, MOST).await?.success()
    }
}

/// The gateway that holds this state folder, when one runs. It reads files: call it where blocking
/// is allowed.
#[must_use]
pub fn running(state_dir: &Path) -> Option<Running> {
    lock::running(state_dir)
}
