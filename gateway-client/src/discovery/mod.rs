//! Where the gateway is: the program, its configuration, its port and its token.
//!
//! The rules are the gateway's own (OpenClaw 2026.9.6: `docs/help/environment.md`,
//! `docs/gateway/remote.md`, `docs/gateway/config-secrets-env.md`), narrowed to what this program
//! may do: the gateway is on 127.0.0.1 or nowhere. Nothing here takes an address from a link, a
//! message or a tool, and nothing here writes.

mod configuration;
mod document;
mod dotenv;
mod environment;
mod files;
pub mod folder;
mod include;
mod locate;
mod token;
mod version;

#[cfg(test)]
mod tests;

pub use configuration::ConfigError;
pub use environment::Environment;
pub use locate::find_program;
pub use token::{AuthMode, TokenSource};
pub use version::{Compatibility, Version, version};

use crate::GatewayToken;
use configuration::Configuration;
use std::path::PathBuf;

/// The port that a gateway listens on when nothing else is set.
pub const DEFAULT_PORT: u16 = 18789;

/// A gateway on the loopback interface.
///
/// It can only name a port of 127.0.0.1. Where the number comes from is the caller's duty: from
/// [`discover`], never from a link, a message or a tool. The gateway's token is sent to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Endpoint {
    port: u16,
}

impl Endpoint {
    /// The gateway at this port of 127.0.0.1.
    #[must_use]
    pub fn loopback(port: u16) -> Self {
        Self { port }
    }

    /// Its port.
    #[must_use]
    pub fn port(self) -> u16 {
        self.port
    }
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Discovery {
    /// The gateway's state folder, absolute; it need not exist.
    pub state_dir: PathBuf,
    /// Its configuration file, absolute; it need not exist.
    pub config_path: PathBuf,
    /// There is a configuration file.
    pub config_found: bool,
    /// The permission bits of the configuration file, for example `0o600`; none on Windows or when
    /// there is no file.
    pub config_mode: Option<u32>,
    /// `gateway.mode` is `local`: without it a gateway does not start.
    pub local_mode: bool,
    /// Where the gateway listens, or would listen.
    pub endpoint: Endpoint,
    /// Where its port was found.
    pub port_source: PortSource,
    /// How it wants to be spoken to.
    pub auth: AuthMode,
    /// Its shared token or password, when it could be read.
    pub token: Option<GatewayToken>,
    /// Where the token was found.
    pub token_source: Option<TokenSource>,
    /// What is odd about it, and does not stand in the way.
    pub problems: Vec<Oddity>,
}

/// Where a port was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PortSource {
    /// `OPENCLAW_GATEWAY_URL`, which named the loopback interface.
    Url,
    /// `OPENCLAW_GATEWAY_PORT`.
    Environment,
    /// `gateway.port` of the configuration.
    Configuration,
    /// Derived from the name in `OPENCLAW_PROFILE`, as the gateway does it.
    Profile,
    /// [`DEFAULT_PORT`].
    Default,
}

/// Something odd that does not stand in the way.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Oddity {
    /// The token is stored where only openclaw can read it. The connection is tried without it:
    /// a device that was paired before gets in.
    #[error("The gateway's token is stored where only openclaw can read it ({0}).")]
    TokenOutOfReach(&'static str),
    /// The configuration names an environment variable that is not set here.
    #[error("The gateway's token comes from the variable {0}, which is not set here.")]
    TokenVariableUnset(String),
    /// The token is not a string, or is empty.
    #[error("The gateway's token in openclaw.json is not one that can be used.")]
    TokenUnusable,
    /// The gateway also listens on other interfaces: others on the network reach it.
    #[error("The gateway also listens on the network (gateway.bind is {0}).")]
    OpenToNetwork(String),
    /// `OPENCLAW_GATEWAY_PORT` is not a port; the gateway skips it, and so does this.
    #[error("OPENCLAW_GATEWAY_PORT is not a port number.")]
    PortVariable,
    /// Others on this machine can read the configuration file.
    #[error("Others on this machine can read openclaw.json (mode {0:o}).")]
    ConfigReadable(u32),
    /// The configuration file belongs to another user.
    #[error("openclaw.json belongs to another user of this machine.")]
    ConfigForeign,
    /// `gateway.auth.mode` is not one that is known.
    #[error("gateway.auth.mode is not one that this program knows.")]
    AuthMode,
}

/// Why no gateway could be found, or none that may be spoken to.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DiscoveryError {
    /// Neither `HOME` nor `OPENCLAW_HOME` is set.
    #[error("This user's home folder is not known.")]
    NoHome,
    /// A path in the environment does not begin at the root.
    #[error("{0} is not an absolute path.")]
    NotAbsolute(&'static str),
    /// The configuration file cannot be read or makes no sense.
    #[error(transparent)]
    Configuration(#[from] ConfigError),
    /// `gateway.port` is not a port.
    #[error("gateway.port in openclaw.json is not a port number.")]
    Port,
    /// The gateway that is set up is not on this machine's loopback interface. It is not followed.
    #[error("The gateway that is set up is not on this computer ({0}).")]
    NotLoopback(RemoteSource),
    /// The gateway wants TLS (`gateway.tls.enabled`), which this program does not speak to it.
    #[error("The gateway is set up with TLS, which this program does not use on this computer.")]
    Tls,
}

/// What named a gateway elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RemoteSource {
    /// `OPENCLAW_GATEWAY_URL`.
    #[error("OPENCLAW_GATEWAY_URL")]
    Url,
    /// `gateway.mode` is `remote`.
    #[error("gateway.mode is remote")]
    Mode,
}

/// Looks for the gateway: reads the environment and the configuration file, and writes nothing.
///
/// It reads files: call it where blocking is allowed.
///
/// # Errors
/// [`DiscoveryError`]. The state folder can still be asked for with [`Environment::state_dir`].
pub fn discover(environment: &Environment) -> Result<Discovery, DiscoveryError> {
    let state_dir = environment.state_dir()?;
    let config_path = environment.config_path(&state_dir)?;
    let configuration = Configuration::read(&config_path)?;
    let mut problems = configuration.problems();
    let url_port = environment.url_port()?;
    if configuration.remote && url_port.is_none() {
        return Err(DiscoveryError::NotLoopback(RemoteSource::Mode));
    }
    if configuration.tls {
        return Err(DiscoveryError::Tls);
    }
    let (port, port_source) = port(environment, &configuration, url_port, &mut problems)?;
    let found = token::find(
        environment,
        &configuration,
        &state_dir,
        // What is in the file is not for an address that the file does not name
        // (docs/gateway/remote.md, "URL override safety").
        url_port.is_some(),
        &mut problems,
    );
    Ok(Discovery {
        state_dir,
        config_path,
        config_found: configuration.found,
        config_mode: configuration.mode,
        local_mode: configuration.local,
        endpoint: Endpoint::loopback(port),
        port_source,
        auth: found.auth,
        token: found.token,
        token_source: found.source,
        problems,
    })
}

/// The gateway's own order: the environment, the configuration, the profile, the default.
fn port(
    environment: &Environment,
    configuration: &Configuration,
    url_port: Option<u16>,
    problems: &mut Vec<Oddity>,
) -> Result<(u16, PortSource), DiscoveryError> {
    if let Some(port) = url_port {
        return Ok((port, PortSource::Url));
    }
    match environment.port() {
        Some(Ok(port)) => return Ok((port, PortSource::Environment)),
        Some(Err(())) => problems.push(Oddity::PortVariable),
        None => {}
    }
    if let Some(port) = configuration.port()? {
        return Ok((port, PortSource::Configuration));
    }
    Ok(match environment.profile_port() {
        Some(port) => (port, PortSource::Profile),
        None => (DEFAULT_PORT, PortSource::Default),
    })
}
