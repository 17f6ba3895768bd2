//! The world that end to end tests run in: a cloud, a daemon, and the app's engine without a
//! window, all real, on loopback.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

pub mod alone;
pub mod checked;
pub mod fault;
pub mod forwarded;
pub mod gateway;
pub mod raw;

use cloud::store::NewPerson;
use cloud::{Cloud, Data, Turn};
use cloud_client::DaemonToken;
use cloud_client::wire::Role;
use desktop::{Choice, Daemon};
use jpeg::{Change, Planes};
use multiclaw_core::engine::{Config, Core, GatewayConfig, NoPlatform};
use multiclaw_core::model::{Model, ViewerState};
use multiclaw_core::secret::Password;
use net::{CertificateDer, Door, Policy, Trust};
use parking_lot::Mutex;
use std::sync::Arc;
use std::time::Duration;
use stream::pipeline::{Screen, ScreenError};
use tempfile::TempDir;

/// The person of every test.
pub const EMAIL: &str = "ada@example.com";
/// Her password.
pub const PASSWORD: &str = "correct horse battery";
/// Longest wait for anything.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// A cloud with one person and one desktop.
pub struct World {
    /// The running cloud; `None` while it is down.
    pub cloud: Option<Cloud>,
    config: cloud::Config,
    /// Its URL; stays the same over restarts.
    pub url: String,
    /// The workspace.
    pub workspace: String,
    /// The person's id.
    pub person: String,
    token: String,
    ca: Vec<u8>,
    port: u16,
    /// CAs that are trusted beside the cloud's, as DER.
    pub trusted: Vec<Vec<u8>>,
    /// The cloud's folder and the app's.
    pub folder: TempDir,
}

impl World {
    /// Starts the cloud.
    pub async fn start(turn: Option<Turn>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let data = Data::Folder(folder.path().join("cloud"));
        let mut config = cloud::Config { data, turn, bcrypt_cost: 4, ..cloud::Config::default() };
        let cloud = Cloud::start(config.clone()).await.unwrap();
        config.listen = cloud.address();
        let workspace = cloud.store().add_workspace("Works").unwrap();
        let new = NewPerson {
            workspace: workspace.clone(),
            role: Role::Owner,
            name: "Ada Lovelace".into(),
            email: EMAIL.into(),
            password: PASSWORD.into(),
        };
        let person = cloud.add_person(new).await.unwrap();
        let (_, token) = cloud.store().add_desktop(&workspace, "build-box").unwrap();
        let (url, ca, port) = (cloud.url(), cloud.ca_der(), cloud.address().port());
        let (cloud, trusted) = (Some(cloud), Vec::new());
        Self { cloud, config, url, workspace, person, token, ca, port, trusted, folder }
    }

    /// Starts the cloud again, with the same data on the same port.
    pub async fn restart_cloud(&mut self) {
        self.cloud = Some(Cloud::start(self.config.clone()).await.unwrap());
    }

    /// A door that trusts this cloud and lets out to it only.
    pub fn door(&self) -> Door {
        door(self.port, self.authorities())
    }

    /// The CAs that are trusted, as DER.
    pub fn authorities(&self) -> Vec<Vec<u8>> {
        std::iter::once(&self.ca).chain(&self.trusted).cloned().collect()
    }

    /// The desktop's daemon token, for a peer that is not ours.
    pub fn daemon_token(&self) -> &str {
        &self.token
    }

    /// The CA in a file.
    pub fn ca_file(&self) -> std::path::PathBuf {
        let path = self.folder.path().join("ca.pem");
        std::fs::write(&path, self.cloud.as_ref().unwrap().ca_pem()).unwrap();
        path
    }

    /// Starts the desktop's daemon.
    pub async fn daemon(&self, source: Choice) -> Daemon {
        let config = desktop::Config {
            source,
            cloud: self.url.clone(),
            token: DaemonToken::new(self.token.clone()),
            loopback: true,
            max_fps: 60,
        };
        Daemon::start(config, self.door()).await.unwrap()
    }

    /// How the app is started: signed in and the desktop opened, unless changed.
    pub fn app_config(&self) -> Config {
        app_config(self.url.clone(), self.folder.path().join("app"))
    }

    /// Starts the app's engine.
    pub fn app(&self, config: Config) -> App {
        App::start(config, self.door())
    }
}

/// How the app is started.
pub fn app_config(cloud: String, data: std::path::PathBuf) -> Config {
    Config {
        cloud,
        openclaw: data.join("openclaw"),
        data,
        loopback: true,
        relay_only: false,
        agent: "e2e".into(),
        sign_in: Some((EMAIL.into(), Password::new(PASSWORD.into()))),
        open: Some("build-box".into()),
        chat: None,
        browser: Box::new(|_| false),
        gateway: GatewayConfig::default(),
        policy: Default::default(),
        kiosk: None,
        platform: Arc::new(NoPlatform),
        sandbox: multiclaw_core::model::SandboxFacts::none("it was not asked for"),
        machine: multiclaw_core::model::Machine::default(),
        screen: None,
        doctor: multiclaw_core::doctor::Facts::default(),
        stats_listener: None,
        updater: None,
        update_rules: multiclaw_core::model::UpdateRules::default(),
    }
}

/// A door to a cloud on this machine, and to relays on it.
pub fn door(port: u16, authorities: Vec<Vec<u8>>) -> Door {
    let policy = Policy::default()
        .allow_cloud("localhost", port)
        .allow(net::Purpose::Gateway, "127.0.0.1", None)
        .allow(net::Purpose::CloudDesktop, "127.0.0.1", None)
        // Nobody's address, for a relay whose packets go nowhere (RFC 5737).
        .allow(net::Purpose::CloudDesktop, "198.51.100.1", None);
    let authorities = authorities.into_iter().map(CertificateDer::from).collect();
    Door::new(policy, Trust::SystemAnd(authorities)).unwrap()
}

/// A screen in memory.
struct Memory(Arc<Mutex<Option<Planes>>>);

impl Screen for Memory {
    fn show(&mut self, planes: &Planes, _: &Change) -> Result<(), ScreenError> {
        *self.0.lock() = Some(planes.clone());
        Ok(())
    }
}

/// The app without a window.
pub struct App {
    /// Its engine.
    pub core: Core,
    shown: Arc<Mutex<Option<Planes>>>,
}

impl App {
    /// Starts the engine.
    pub fn start(config: Config, door: Door) -> Self {
        let shown = Arc::new(Mutex::new(None));
        let screen = Arc::clone(&shown);
        let screens = Box::new(move || Box::new(Memory(Arc::clone(&screen))) as Box<dyn Screen>);
        let core = Core::start(config, door, screens, Arc::new(|| {})).unwrap();
        Self { core, shown }
    }

    /// The picture that is shown, as R, G, B, A.
    pub fn picture(&self) -> Option<(u32, u32, Vec<u8>)> {
        self.shown.lock().as_ref().map(|p| (p.width, p.height, p.to_rgba()))
    }

    /// Waits until the model is as wanted.
    pub async fn until<T>(&self, what: &str, want: impl Fn(&Model) -> Option<T>) -> T {
        self.within(PATIENCE, what, want).await
    }

    /// Waits until the model is as wanted, at most this long.
    pub async fn within<T>(
        &self,
        time: Duration,
        what: &str,
        want: impl Fn(&Model) -> Option<T>,
    ) -> T {
        let wait = async {
            loop {
                if let Some(found) = want(&self.core.model()) {
                    return found;
                }
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        };
        match tokio::time::timeout(time, wait).await {
            Ok(found) => found,
            Err(_) => panic!("waited in vain for {what}: {:#?}", self.core.model()),
        }
    }

    /// Waits until the desktop is live.
    pub async fn live(&self) {
        self.until("a live desktop", |model| {
            let viewer = model.viewer.as_ref()?;
            matches!(viewer.state, ViewerState::Live { .. }).then_some(())
        })
        .await;
    }

    /// Waits until the picture is as wanted.
    pub async fn until_picture(&self, what: &str, want: impl Fn(u32, u32, &[u8]) -> bool) {
        let wait = async {
            loop {
                if let Some((width, height, rgba)) = self.picture()
                    && want(width, height, &rgba)
                {
                    return;
                }
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        assert!(
            tokio::time::timeout(PATIENCE, wait).await.is_ok(),
            "the picture never showed {what}"
        );
    }
}

/// Mean absolute difference of two pictures.
pub fn difference(a: &[u8], b: &[u8]) -> f64 {
    assert_eq!(a.len(), b.len());
    let sum: u64 = a.iter().zip(b).map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
    sum as f64 / a.len() as f64
}
