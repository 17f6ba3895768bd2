//! What a run needs to know.

use crate::engine::{GatewayConfig, Platform};
use crate::model::StepState;
use crate::storage::StoredSession;
use cloud_client::BearerToken;
use net::Door;
use std::path::PathBuf;
use std::sync::Arc;
use stream::transport::ConnectionMode;

/// How a fact stands that the program brings along.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FactState {
    /// As it should be.
    Ok,
    /// Something is to be known about it.
    Warning,
    /// It is not as it should be.
    Failed,
    /// It does not apply here.
    Skipped,
}

impl From<FactState> for StepState {
    fn from(state: FactState) -> Self {
        match state {
            FactState::Ok => Self::Ok,
            FactState::Warning => Self::Warning,
            FactState::Failed => Self::Failed,
            FactState::Skipped => Self::Skipped,
        }
    }
}

/// The graphics device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Graphics {
    /// Its name, as the driver says it.
    pub name: String,
    /// How it is spoken to: Vulkan, GL, Metal, DX12.
    pub backend: String,
    /// It is a processor that plays a graphics device.
    pub software: bool,
    /// Largest side of a texture, in pixels.
    pub largest: u32,
}

/// The last lines of the log.
pub type LogTail = Arc<dyn Fn() -> Vec<String> + Send + Sync>;

/// What only the program knows, as plain facts.
#[derive(Clone, Default)]
pub struct Facts {
    /// The graphics device; `None` when there is none, the outer one when nobody looked.
    pub graphics: Option<Option<Graphics>>,
    /// More steps: name, how it stands, and a whole sentence. The sandbox is one.
    pub extra: Vec<(String, FactState, String)>,
    /// The last lines of the log, for the bundle.
    pub log: Option<LogTail>,
}

/// Whose sign-in is tried.
#[derive(Clone, Debug)]
pub enum Who {
    /// Nobody's.
    Nobody,
    /// The stored one cannot be read; why, in a sentence.
    Unreadable(String),
    /// This one.
    Person {
        /// Their token.
        bearer: BearerToken,
        /// The workspace that is shown; the first one where there is none.
        workspace: Option<String>,
    },
}

impl Who {
    /// The one that is stored, if it is for this cloud: a token is never sent to another.
    #[must_use]
    pub fn stored(session: Option<StoredSession>, cloud: &str) -> Self {
        match session {
            Some(StoredSession { token: Some(bearer), workspace, cloud: of, .. })
                if of.trim_end_matches('/') == cloud.trim_end_matches('/') =>
            {
                Self::Person { bearer, workspace }
            }
            _ => Self::Nobody,
        }
    }
}

/// All of it.
pub struct Setup {
    /// Base URL of the cloud.
    pub cloud: String,
    /// The way out.
    pub door: Door,
    /// Whose sign-in.
    pub who: Who,
    /// The desktop that is opened, by name or id; `None`: none is opened.
    pub desktop: Option<String>,
    /// Which ways to a desktop may be taken.
    pub mode: ConnectionMode,
    /// Relays only.
    pub relay_only: bool,
    /// The desktop may be on this machine.
    pub loopback: bool,
    /// Program and version.
    pub agent: String,
    /// The program's own folder.
    pub data: PathBuf,
    /// The gateway on this machine.
    pub gateway: GatewayConfig,
    /// The system's services.
    pub platform: Arc<dyn Platform>,
    /// What only the program knows.
    pub facts: Facts,
}

impl Setup {
    /// Host and port of the cloud; `None` for an address that is none.
    pub(super) fn host(&self) -> Option<(String, u16)> {
        let url = url::Url::parse(&self.cloud).ok()?;
        Some((url.host_str()?.to_owned(), url.port_or_known_default()?))
    }
}
