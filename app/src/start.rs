//! From the command line to a running program.

use multiclaw_core::engine::{Config, GatewayConfig, NoPlatform};
use net::{Door, NetError, Policy, Trust};
use std::path::PathBuf;
use std::sync::Arc;

/// MultiClaw Cloud.
pub const CLOUD: &str = "https://api.multiclaw.io";

/// Name and version, for the other ends' logs.
pub const AGENT: &str = concat!("multiclaw/", env!("CARGO_PKG_VERSION"));

/// Why the program cannot start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// The cloud's address.
    #[error("{0} is not the address of a cloud; it is like https://cloud.example.com")]
    Cloud(String),
    /// The operating system's trust store.
    #[error("the system's certificates cannot be used: {0}")]
    Net(#[from] NetError),
    /// The program's folder.
    #[error(transparent)]
    Storage(#[from] multiclaw_core::storage::StorageError),
    /// No home.
    #[error("there is no home folder; name one with --data")]
    NoHome,
    /// The runtime.
    #[error("the system gives no threads: {0}")]
    Runtime(#[from] std::io::Error),
    /// The window.
    #[error("no window can be opened: {0}")]
    Window(String),
}

/// The destinations that a cloud needs: the inventory, and a self-hosted cloud's own host.
///
/// # Errors
/// [`StartError::Cloud`].
pub fn policy(cloud: &str) -> Result<Policy, StartError> {
    let wrong = || StartError::Cloud(cloud.to_owned());
    let url = url::Url::parse(cloud).map_err(|_| wrong())?;
    let host = url.host_str().ok_or_else(wrong)?;
    if url.scheme() != "https" || !url.username().is_empty() || url.query().is_some() {
        return Err(wrong());
    }
    let inventory = Policy::inventory();
    if cloud.trim_end_matches('/') == CLOUD {
        return Ok(inventory);
    }
    Ok(inventory.allow_cloud(host, url.port().unwrap_or(443)))
}

/// The way out to this cloud, with the system's trust store.
///
/// # Errors
/// [`StartError::Cloud`], [`StartError::Net`].
pub fn door(cloud: &str) -> Result<Door, StartError> {
    Ok(Door::new(policy(cloud)?, Trust::System)?)
}

/// How the program runs for a person. Files that are shared with the gateway are kept beside the
/// program's own until [`openclaw_folder`] is named; there are no dialogs until a platform is.
#[must_use]
pub fn config(cloud: String, data: PathBuf) -> Config {
    Config {
        cloud,
        openclaw: data.join("openclaw"),
        data,
        loopback: false,
        relay_only: false,
        agent: AGENT.into(),
        sign_in: None,
        open: None,
        chat: None,
        browser: Box::new(|_| false),
        gateway: GatewayConfig::of_this_process(),
        platform: Arc::new(NoPlatform),
        sandbox: multiclaw_core::model::SandboxFacts::none("it was not asked for"),
        stats_listener: None,
    }
}

/// Opens an address in the system's browser; `false` when none could be started. Core has checked
/// the address: `https` on the cloud's own host for a sign-in, `http` or `https` for a link.
#[must_use]
pub fn open_browser(address: &str) -> bool {
    open::that_detached(address).inspect_err(|error| tracing::warn!(%error, "no browser")).is_ok()
}

/// `~/.multiclaw`.
///
/// # Errors
/// [`StartError::NoHome`].
pub fn data_folder() -> Result<PathBuf, StartError> {
    std::env::home_dir()
        .filter(|home| !home.as_os_str().is_empty())
        .map(|home| home.join(".multiclaw"))
        .ok_or(StartError::NoHome)
}

/// The gateway's folder: `OPENCLAW_STATE_DIR` as the gateway itself reads it, else `~/.openclaw`.
///
/// # Errors
/// [`StartError::NoHome`].
pub fn openclaw_folder() -> Result<PathBuf, StartError> {
    let home = std::env::home_dir().filter(|home| !home.as_os_str().is_empty());
    let named = std::env::var_os("OPENCLAW_STATE_DIR");
    openclaw_below(home, named.map(PathBuf::from)).ok_or(StartError::NoHome)
}

fn openclaw_below(home: Option<PathBuf>, named: Option<PathBuf>) -> Option<PathBuf> {
    match named.filter(|named| !named.as_os_str().is_empty()) {
        Some(named) => match named.strip_prefix("~") {
            Ok(inside) => Some(home?.join(inside)),
            Err(_) => std::path::absolute(&named).ok(),
        },
        None => Some(home?.join(".openclaw")),
    }
}

/// The runtime of all connections: two threads, so that a slow one does not hold the others.
///
/// # Errors
/// [`StartError::Runtime`].
pub fn runtime() -> Result<tokio::runtime::Runtime, StartError> {
    Ok(tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .thread_name("net")
        .enable_all()
        .build()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use net::Purpose;

    #[test]
    fn the_gateways_folder_is_the_named_one_or_the_homes() {
        let below = |named: Option<&str>| {
            openclaw_below(Some("/home/ada".into()), named.map(PathBuf::from)).unwrap()
        };
        assert_eq!(below(None), PathBuf::from("/home/ada/.openclaw"));
        assert_eq!(below(Some("")), PathBuf::from("/home/ada/.openclaw"));
        assert_eq!(below(Some("~/state")), PathBuf::from("/home/ada/state"));
        assert_eq!(below(Some("/srv/state")), PathBuf::from("/srv/state"));
        assert!(below(Some("state")).is_absolute());
        assert_eq!(openclaw_below(None, None), None);
    }

    #[test]
    fn only_https_addresses_are_clouds() {
        for bad in [
            "",
            "api.multiclaw.io",
            "http://x",
            "https://",
            "https://u@x",
            "ftp://x",
            "https://x?y",
        ] {
            assert!(policy(bad).is_err(), "{bad}");
        }
        let own = policy("https://cloud.example.com:8443/").unwrap();
        assert!(own.check(Purpose::CloudApi, "cloud.example.com", 8443).is_ok());
        assert!(own.check(Purpose::CloudApi, "cloud.example.com", 443).is_err());
        assert_eq!(policy(CLOUD).unwrap(), Policy::inventory());
    }
}
