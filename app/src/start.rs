//! From the command line to a running program.

use multiclaw_core::engine::{Config, GatewayConfig, NoPlatform};
use multiclaw_core::model::Machine;
use net::{Door, NetError, Policy, Trust};
use std::path::PathBuf;
use std::sync::Arc;

/// MultiClaw Cloud.
pub const CLOUD: &str = "https://api.multiclaw.io";

/// Name and version, for the other ends' logs.
pub const AGENT: &str = concat!("multiclaw/", env!("MULTICLAW_VERSION"));

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
    /// The administrator's files.
    #[error(transparent)]
    Policy(#[from] multiclaw_core::policy::PolicyError),
    /// The cloud's address in them.
    #[error("the policy's cloud, {0}, is not an address; it is like https://cloud.example.com")]
    PolicyCloud(String),
    /// They forbid what was asked for.
    #[error("the policy does not allow an unattended screen on this computer")]
    NoKiosk,
    /// An unattended screen that shows nothing.
    #[error("--kiosk needs --desktop NAME, or a desktop in the policy")]
    NoDesktop,
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
    let inventory = crate::update::allow(Policy::inventory());
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

/// The cloud and the way out to it: the policy's word, then the command line's, then the
/// administrator's default.
///
/// # Errors
/// [`StartError::Cloud`], [`StartError::PolicyCloud`], [`StartError::Net`].
pub fn cloud(
    policy: &multiclaw_core::policy::Policy,
    asked: Option<String>,
) -> Result<(String, Door), StartError> {
    if let Some(cloud) = &policy.mandatory().cloud {
        let door = door(cloud).map_err(|_| StartError::PolicyCloud(cloud.clone()))?;
        return Ok((cloud.clone(), door));
    }
    let default = || policy.defaults().cloud.clone().unwrap_or_else(|| CLOUD.to_owned());
    let cloud = asked.unwrap_or_else(default);
    let door = door(&cloud)?;
    Ok((cloud, door))
}

/// The desktop to open at start, in the same order.
#[must_use]
pub fn desktop(policy: &multiclaw_core::policy::Policy, asked: Option<String>) -> Option<String> {
    let (fixed, default) = (&policy.mandatory().desktop, &policy.defaults().desktop);
    fixed.clone().or(asked).or_else(|| default.clone())
}

/// What the administrator rules about new versions.
#[must_use]
pub fn update_rules(policy: &multiclaw_core::policy::Policy) -> multiclaw_core::model::UpdateRules {
    policy.mandatory().updates.to_model()
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
        policy: Default::default(),
        kiosk: None,
        platform: Arc::new(NoPlatform),
        sandbox: multiclaw_core::model::SandboxFacts::none("it was not asked for"),
        machine: Machine { cores: cores(), software_graphics: false },
        screen: None,
        doctor: multiclaw_core::doctor::Facts::default(),
        stats_listener: None,
        updater: None,
        update_rules: multiclaw_core::model::UpdateRules::default(),
    }
}

/// Cores that this program may use; 0: the system does not say.
fn cores() -> usize {
    std::thread::available_parallelism().map_or(0, std::num::NonZero::get)
}

/// Speaks the computer's language, unless the person chooses another one.
pub fn speak() {
    if let Some(locale) = sys_locale::get_locale() {
        multiclaw_core::l10n::set_system(&locale);
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
