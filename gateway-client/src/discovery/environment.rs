//! The environment variables that say where the gateway is.

use super::{DiscoveryError, RemoteSource};
use crate::GatewayToken;
use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The variables of this process, taken once. It never prints a value.
#[derive(Clone, Default)]
pub struct Environment {
    variables: Arc<BTreeMap<OsString, OsString>>,
}

impl std::fmt::Debug for Environment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Environment({} variables)", self.variables.len())
    }
}

/// What a child process of ours may see of the environment: where programs, homes and temporary
/// files are, the language, how its service manager is reached, and which files are the gateway's.
/// No token, no password, no key of a provider.
const PASSED_ON: &[&str] = &[
    "PATH",
    "HOME",
    "USER",
    "LOGNAME",
    "SHELL",
    "LANG",
    "LC_ALL",
    "LC_CTYPE",
    "TZ",
    "TMPDIR",
    "XDG_RUNTIME_DIR",
    "XDG_CONFIG_HOME",
    "XDG_DATA_HOME",
    "XDG_CACHE_HOME",
    "XDG_STATE_HOME",
    "DBUS_SESSION_BUS_ADDRESS",
    "OPENCLAW_HOME",
    "OPENCLAW_STATE_DIR",
    "OPENCLAW_CONFIG_PATH",
    "OPENCLAW_PROFILE",
    "OPENCLAW_INCLUDE_ROOTS",
    "OPENCLAW_WORKSPACE_DIR",
    "OPENCLAW_OFFLINE",
    "OPENCLAW_DISABLE_BONJOUR",
    "OPENCLAW_SKIP_CHANNELS",
    "OPENCLAW_NO_AUTO_UPDATE",
    "OPENCLAW_NO_RESPAWN",
    // Windows.
    "SYSTEMROOT",
    "SYSTEMDRIVE",
    "USERPROFILE",
    "APPDATA",
    "LOCALAPPDATA",
    "PROGRAMDATA",
    "TEMP",
    "TMP",
    "PATHEXT",
    "COMSPEC",
];

impl Environment {
    /// The one of this process.
    #[must_use]
    pub fn from_process() -> Self {
        Self::from_variables(std::env::vars_os())
    }

    /// One of its own, for tests and for a gateway that was started on purpose elsewhere.
    pub fn from_variables<K: Into<OsString>, V: Into<OsString>>(
        variables: impl IntoIterator<Item = (K, V)>,
    ) -> Self {
        let variables = variables.into_iter().map(|(k, v)| (k.into(), v.into())).collect();
        Self { variables: Arc::new(variables) }
    }

    pub(super) fn raw(&self, name: &str) -> Option<&OsStr> {
        self.variables.get(OsStr::new(name)).map(OsString::as_os_str)
    }

    /// As the gateway reads one: without white space around it, and unset when it is empty.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.raw(name)?.to_str().map(str::trim).filter(|text| !text.is_empty())
    }

    /// What a program started by us gets to see.
    pub(crate) fn passed_on(&self) -> impl Iterator<Item = (&'static str, &OsStr)> {
        PASSED_ON.iter().filter_map(|name| Some((*name, self.raw(name)?)))
    }

    /// Values that must not be shown: of variables whose names say so.
    pub(crate) fn secrets(&self) -> Vec<String> {
        let secret = |name: &str| {
            ["TOKEN", "PASSWORD", "SECRET", "KEY"].iter().any(|word| name.contains(word))
        };
        self.variables
            .iter()
            .filter(|(name, _)| name.to_str().is_some_and(secret))
            .filter_map(|(_, value)| value.to_str().filter(|value| value.len() >= 6))
            .map(str::to_owned)
            .collect()
    }

    /// The folder of this user, whatever OpenClaw is told.
    fn os_home(&self) -> Option<PathBuf> {
        let home = |name| self.raw(name).map(PathBuf::from).filter(|path| path.is_absolute());
        home("HOME").or_else(|| home("USERPROFILE"))
    }

    /// The home folder that OpenClaw uses: `OPENCLAW_HOME`, or the user's.
    ///
    /// # Errors
    /// [`DiscoveryError::NoHome`], [`DiscoveryError::NotAbsolute`].
    pub fn home(&self) -> Result<PathBuf, DiscoveryError> {
        // The gateway takes these two words for "not set" (docs/help/environment.md).
        let set = self.text("OPENCLAW_HOME").filter(|text| !matches!(*text, "undefined" | "null"));
        match set {
            Some(text) => absolute(text, self.os_home().as_deref(), "OPENCLAW_HOME"),
            None => self.os_home().ok_or(DiscoveryError::NoHome),
        }
    }

    /// The gateway's state folder: `OPENCLAW_STATE_DIR`, or `.openclaw` in its home.
    ///
    /// `OPENCLAW_PROFILE` by itself does not move it; only `--profile` does, and that sets
    /// `OPENCLAW_STATE_DIR` for what it starts.
    ///
    /// # Errors
    /// [`DiscoveryError::NoHome`], [`DiscoveryError::NotAbsolute`].
    pub fn state_dir(&self) -> Result<PathBuf, DiscoveryError> {
        match self.text("OPENCLAW_STATE_DIR") {
            Some(text) => absolute(text, self.home().ok().as_deref(), "OPENCLAW_STATE_DIR"),
            None => Ok(self.home()?.join(".openclaw")),
        }
    }

    /// The gateway's configuration file: `OPENCLAW_CONFIG_PATH`, or `openclaw.json` in this state
    /// folder.
    ///
    /// # Errors
    /// [`DiscoveryError::NotAbsolute`].
    pub fn config_path(&self, state_dir: &Path) -> Result<PathBuf, DiscoveryError> {
        match self.text("OPENCLAW_CONFIG_PATH") {
            Some(text) => absolute(text, self.home().ok().as_deref(), "OPENCLAW_CONFIG_PATH"),
            None => Ok(state_dir.join("openclaw.json")),
        }
    }

    /// `OPENCLAW_GATEWAY_PORT`, in the forms that the gateway takes: `18789`, `host:18789`,
    /// `[::1]:18789`. Only the number is used.
    pub(super) fn port(&self) -> Option<Result<u16, ()>> {
        let text = self.text("OPENCLAW_GATEWAY_PORT")?;
        let digits = match text.rsplit_once(':') {
            None => text,
            Some((host, digits)) => {
                let bracketed = host.len() > 2 && host.starts_with('[') && host.ends_with(']');
                if !bracketed && (host.is_empty() || host.contains(':')) {
                    return Some(Err(()));
                }
                digits
            }
        };
        Some(tcp_port(digits).ok_or(()))
    }

    /// The port of a named profile (`resolveGatewayPort` in OpenClaw 2026.9.6): FNV-1a of the
    /// name, in 20000..60000.
    pub(super) fn profile_port(&self) -> Option<u16> {
        let name = self.text("OPENCLAW_PROFILE")?;
        let fits = name.len() <= 64
            && name.starts_with(|c: char| c.is_ascii_alphanumeric())
            && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
        if !fits || name.eq_ignore_ascii_case("default") {
            return None;
        }
        let hash = name
            .bytes()
            .fold(2_166_136_261u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(16_777_619));
        u16::try_from(20_000 + hash % 40_000).ok()
    }

    /// The port of `OPENCLAW_GATEWAY_URL`, when that is set and names 127.0.0.1.
    ///
    /// # Errors
    /// [`DiscoveryError::NotLoopback`] for every other address, and for what is no address at all.
    pub(super) fn url_port(&self) -> Result<Option<u16>, DiscoveryError> {
        let Some(text) = self.text("OPENCLAW_GATEWAY_URL") else { return Ok(None) };
        let refused = DiscoveryError::NotLoopback(RemoteSource::Url);
        let url = url::Url::parse(text).map_err(|_| refused.clone())?;
        let loopback = matches!(url.host_str(), Some("127.0.0.1" | "localhost"));
        let plain = matches!(url.scheme(), "ws" | "http")
            && url.username().is_empty()
            && url.password().is_none()
            && url.query().is_none()
            && url.fragment().is_none()
            && url.path() == "/";
        match url.port() {
            Some(port) if loopback && plain && port != 0 => Ok(Some(port)),
            _ => Err(refused),
        }
    }

    pub(super) fn token(&self) -> Option<GatewayToken> {
        self.text("OPENCLAW_GATEWAY_TOKEN").map(|text| GatewayToken::new(text.to_owned()))
    }

    pub(super) fn password(&self) -> Option<GatewayToken> {
        self.text("OPENCLAW_GATEWAY_PASSWORD").map(|text| GatewayToken::new(text.to_owned()))
    }
}

/// Digits that name a TCP port.
pub(super) fn tcp_port(digits: &str) -> Option<u16> {
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    digits.parse().ok().filter(|port| *port != 0)
}

/// A path of the environment. What is relative would depend on where this program was started.
fn absolute(
    text: &str,
    home: Option<&Path>,
    name: &'static str,
) -> Result<PathBuf, DiscoveryError> {
    let path = match text.strip_prefix('~') {
        Some(rest) if rest.is_empty() || rest.starts_with(['/', '\\']) => {
            home.ok_or(DiscoveryError::NoHome)?.join(rest.trim_start_matches(['/', '\\']))
        }
        _ => PathBuf::from(text),
    };
    if path.is_absolute() { Ok(path) } else { Err(DiscoveryError::NotAbsolute(name)) }
}
