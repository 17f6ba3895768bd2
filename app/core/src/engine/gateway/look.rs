//! Looking for the gateway on this machine: its configuration, its program, its folder. Nothing of
//! it blocks the engine's task.

use crate::engine::{Engine, Event};
use crate::model::{Folder, GatewayLink, GatewayRefusal, Program};
use crate::say;
use crate::scope::{OPENCLAW_FILE, Touch};
use gateway_client::GatewayToken;
use gateway_client::discovery::folder::{self, FolderError, FolderMode};
use gateway_client::discovery::{self, Discovery, DiscoveryError, Endpoint, PortSource, Version};
use gateway_client::program::ProgramError;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Between two looks at the configuration while it keeps the gateway out of reach.
const RECHECK: Duration = Duration::from_secs(10);

/// A gateway that can be tried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reach {
    pub(super) endpoint: Endpoint,
    pub(super) token: Option<GatewayToken>,
    /// How the device's file calls it: by its state folder. Its port may be another gateway's
    /// tomorrow.
    pub(super) name: String,
}

/// What is known of where the gateway is.
#[derive(Default)]
pub(super) struct Look {
    /// The look that is under way or was the last.
    number: u64,
    /// The person asked: what is found is tried at once.
    pub(super) again: bool,
    pub(super) reach: Option<Reach>,
    /// The program or a configuration is on this machine.
    pub(super) installed: bool,
    /// The program, absolute.
    pub(super) program: Option<PathBuf>,
    pub(super) found: Option<Arc<Discovery>>,
    recheck_at: Option<Instant>,
}

impl Look {
    /// A configuration that keeps the gateway out of reach is read again from time to time.
    pub(super) fn recheck(&mut self, link: &GatewayLink) {
        let GatewayLink::Refused { refusal, .. } = link else {
            self.recheck_at = None;
            return;
        };
        let by_configuration = matches!(
            refusal,
            GatewayRefusal::TokenMissing
                | GatewayRefusal::TokenWrong
                | GatewayRefusal::DeviceRefused
                | GatewayRefusal::Configuration
                | GatewayRefusal::NotLoopback
        );
        self.recheck_at = by_configuration.then(|| Instant::now() + RECHECK);
    }

    pub(super) fn deadline(&self) -> Option<Instant> {
        self.recheck_at
    }
}

/// Something of the gateway's that is on this machine.
fn is_installed(found: &Discovery, program: bool) -> bool {
    let named = !matches!(found.port_source, PortSource::Default | PortSource::Profile);
    program || found.config_found || found.token.is_some() || named
}

impl Engine {
    /// Looks for all of it; what is found comes back as events.
    pub(super) fn gateway_look(&mut self) {
        if !self.doors.allows(self.acting, Touch::OpenClaw(OPENCLAW_FILE)) {
            return;
        }
        let number = self.next_generation();
        self.gateway.look.number = number;
        self.gateway.look.recheck_at = None;
        let environment = self.config.gateway.environment.clone();
        self.blocking(
            move || (discovery::discover(&environment), discovery::find_program(&environment)),
            move |engine, (found, program)| {
                if engine.gateway.look.number == number {
                    engine.gateway_found(found, program);
                }
            },
        );
    }

    fn gateway_found(
        &mut self,
        found: Result<Discovery, DiscoveryError>,
        program: Option<PathBuf>,
    ) {
        let now = std::mem::take(&mut self.gateway.look.again);
        let has_program = program.is_some();
        self.gateway_program(program, now);
        match found {
            Ok(found) => {
                let look = &mut self.gateway.look;
                look.installed = is_installed(&found, has_program);
                let name = found.state_dir.display().to_string();
                let reach = Reach { endpoint: found.endpoint, token: found.token.clone(), name };
                look.reach = look.installed.then_some(reach);
                look.found = Some(Arc::new(found));
                if look.installed {
                    self.gateway_reach(now);
                } else {
                    self.gateway_close();
                    self.model.gateway.link = GatewayLink::NotInstalled;
                }
            }
            Err(error) => {
                self.gateway_close();
                let look = &mut self.gateway.look;
                (look.installed, look.reach, look.found) = (true, None, None);
                let (refusal, problem) = say::gateway::discovery(&error);
                self.model.gateway.link = GatewayLink::Refused { refusal, problem };
            }
        }
        self.show_link();
        self.gateway.look.recheck(&self.model.gateway.link);
    }

    /// Asks the program for its version, if it is not known or the person asks.
    fn gateway_program(&mut self, program: Option<PathBuf>, asked: bool) {
        let same = self.gateway.look.program == program;
        self.gateway.look.program.clone_from(&program);
        let Some(program) = program else {
            self.model.gateway.program = Program::Missing;
            return;
        };
        if same && !asked && matches!(self.model.gateway.program, Program::Found { .. }) {
            return;
        }
        if !same {
            self.model.gateway.program = Program::Looking;
        }
        let number = self.gateway.look.number;
        let asked = self.doors.version(self.acting, &program, &self.config.gateway.environment);
        self.spawn(async move {
            let version = asked.await;
            Event::Now(Box::new(move |engine| {
                if engine.gateway.look.number == number {
                    engine.model.gateway.program = shown(&program, &version);
                }
            }))
        });
    }

    pub(super) fn look_tick(&mut self, now: Instant) {
        if self.gateway.look.recheck_at.is_some_and(|at| at <= now) {
            self.gateway_look();
        }
    }

    /// Looks who may enter `~/.openclaw`.
    pub(super) fn check_folder(&self) {
        if !self.doors.allows(self.acting, Touch::OpenClaw(OPENCLAW_FILE)) {
            return;
        }
        let environment = self.config.gateway.environment.clone();
        self.blocking(
            move || {
                // Without a home there is no folder; discovery says so.
                let Ok(path) = environment.state_dir() else { return Ok(FolderMode::Absent) };
                folder::check(&path)
            },
            |engine, mode| engine.model.gateway.folder = folder_shown(mode),
        );
    }

    /// Lets only the owner in. Only what the person was shown is repaired.
    pub(in crate::engine) fn repair_folder(&mut self) {
        let open = matches!(self.model.gateway.folder, Folder::Open { .. });
        if !open || !self.doors.allows(self.acting, Touch::OpenClaw("")) {
            return;
        }
        let environment = self.config.gateway.environment.clone();
        self.blocking(
            move || {
                let Ok(path) = environment.state_dir() else { return Ok(FolderMode::Absent) };
                folder::make_private(&path).and_then(|()| folder::check(&path))
            },
            |engine, mode| engine.model.gateway.folder = folder_shown(mode),
        );
    }

    /// Work that blocks; its result comes back as an event.
    fn blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
        then: impl FnOnce(&mut Self, T) + Send + 'static,
    ) {
        let events = self.events();
        tokio::task::spawn_blocking(move || {
            let done = work();
            let event = Event::Now(Box::new(move |engine: &mut Self| then(engine, done)));
            if events.blocking_send(event).is_err() {
                tracing::debug!("the engine is gone");
            }
        });
    }
}

fn shown(program: &std::path::Path, version: &Result<Version, ProgramError>) -> Program {
    let path = program.display().to_string();
    match version {
        Ok(version) => Program::Found {
            path,
            version: version.to_string(),
            problem: say::gateway::version(version),
        },
        Err(error) => Program::Found {
            path,
            version: String::new(),
            problem: Some(say::gateway::program(error)),
        },
    }
}

fn folder_shown(mode: Result<FolderMode, FolderError>) -> Folder {
    match mode {
        Ok(FolderMode::Absent) => Folder::Absent,
        Ok(FolderMode::Private) => Folder::Private,
        Ok(FolderMode::Open { mode }) => {
            let problem = say::gateway::open_folder(&mode);
            Folder::Open { mode, problem }
        }
        Err(error) => Folder::Failed(say::gateway::folder(&error)),
    }
}
