//! How to run the cloud.

use crate::generator::{Generator, Template};
use crate::limits::Limits;
use crate::machines::{Machines, Manual};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// Where the cloud keeps its data.
#[derive(Clone, Debug)]
pub enum Data {
    /// Nowhere: gone with the process.
    Memory,
    /// A folder: database, CA and keys.
    Folder(PathBuf),
}

/// A TURN server with coturn's `use-auth-secret`.
#[derive(Clone)]
pub struct Turn {
    /// URLs for the ends.
    pub urls: Vec<String>,
    /// The shared secret.
    pub secret: String,
    /// How long a credential lives.
    pub life: Duration,
}

impl std::fmt::Debug for Turn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Turn").field("urls", &self.urls).finish_non_exhaustive()
    }
}

/// The key that seals API keys.
#[derive(Clone)]
pub enum SealingKey {
    /// Made by the cloud, in the database beside what it seals. A copy of the folder opens all.
    Stored,
    /// Given: a copy of the folder opens nothing.
    Given([u8; 32]),
}

impl std::fmt::Debug for SealingKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Stored => "Stored",
            Self::Given(_) => "Given(…)",
        })
    }
}

/// How device grants (RFC 8628) run.
#[derive(Clone, Copy, Debug)]
pub struct DeviceGrants {
    /// How long the codes live.
    pub life: Duration,
    /// Least time between two questions of the app; whole seconds.
    pub interval: Duration,
}

/// How long what belongs to unattended screens lives.
#[derive(Clone, Copy, Debug)]
pub struct ScreenLives {
    /// An enrolment code.
    pub code: Duration,
    /// A challenge.
    pub challenge: Duration,
    /// A bearer.
    pub bearer: Duration,
}

/// How to run it.
#[derive(Clone, Debug)]
pub struct Config {
    /// Address to listen on; port 0 takes any.
    pub listen: SocketAddr,
    /// Where to keep the data.
    pub data: Data,
    /// Relay for the sessions, if any.
    pub turn: Option<Turn>,
    /// Work factor of bcrypt, 4 to 31.
    pub bcrypt_cost: u32,
    /// Failed sign-ins before an address is locked, and for how long.
    pub lockout: (u32, Duration),
    /// Names of this host in the certificate, besides `localhost` and `127.0.0.1`.
    pub names: Vec<String>,
    /// Where people find it: `https://HOST[:PORT]`. Without it `https://localhost:PORT`.
    pub public_url: Option<String>,
    /// Where progress is told: `wss://HOST[:PORT]`. Without it the cloud's own endpoint.
    pub progress_url: Option<String>,
    /// How often may be asked.
    pub limits: Limits,
    /// Seals API keys.
    pub sealing_key: SealingKey,
    /// Device grants.
    pub device: DeviceGrants,
    /// Unattended screens.
    pub screens: ScreenLives,
    /// Writes SOPs and skills.
    pub generator: Arc<dyn Generator>,
    /// Starts and stops desktops.
    pub machines: Arc<dyn Machines>,
    /// How long a desktop is `starting` before it counts as offline again.
    pub start_patience: Duration,
    /// Least time between two thumbnails of a desktop.
    pub thumbnail_every: Duration,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            data: Data::Memory,
            turn: None,
            bcrypt_cost: 10,
            lockout: (5, Duration::from_secs(15 * 60)),
            names: Vec::new(),
            public_url: None,
            progress_url: None,
            limits: Limits::default(),
            sealing_key: SealingKey::Stored,
            device: DeviceGrants {
                life: Duration::from_secs(15 * 60),
                interval: Duration::from_secs(5),
            },
            screens: ScreenLives {
                code: Duration::from_secs(10 * 60),
                challenge: Duration::from_secs(60),
                bearer: Duration::from_secs(60 * 60),
            },
            generator: Arc::new(Template::default()),
            machines: Arc::new(Manual),
            start_patience: Duration::from_secs(60),
            thumbnail_every: Duration::from_secs(10),
        }
    }
}
