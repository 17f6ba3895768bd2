//! A stand-in for MultiClaw Cloud: a real server that a demo, a test or a small team can use.
//!
//! HTTPS with a CA of its own, SQLite, bcrypt, realtime sockets, and the relaying of signals
//! between a viewer and a daemon of the same workspace. `cloud-client/PROTOCOL.md` is the
//! contract. One module a concern: [`store`] keeps, [`token`] signs, [`hub`] decides who may
//! signal whom, `api` and `socket` speak, `tls` serves.

mod api;
mod error;
pub mod hub;
mod socket;
pub mod store;
mod tls;
pub mod token;

pub use error::CloudError;

use hub::Hub;
use parking_lot::Mutex;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use store::Store;
use token::Signer;
use tokio::sync::watch;

/// Where the cloud keeps its data.
#[derive(Clone, Debug)]
pub enum Data {
    /// Nowhere: gone with the process.
    Memory,
    /// A folder: database, CA and keys.
    Folder(PathBuf),
}

/// A TURN server with coturn's `use-auth-secret`.
#[derive(Clone, Debug)]
pub struct Turn {
    /// URLs for the ends.
    pub urls: Vec<String>,
    /// The shared secret.
    pub secret: String,
    /// How long a credential lives.
    pub life: Duration,
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
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            data: Data::Memory,
            turn: None,
            bcrypt_cost: 10,
            lockout: (5, Duration::from_secs(15 * 60)),
        }
    }
}

/// What every part of the server shares.
pub(crate) struct State {
    pub(crate) store: Store,
    pub(crate) signer: Signer,
    pub(crate) hub: Mutex<Hub>,
    pub(crate) config: Config,
    /// A hash to compare with when there is no such person, so that both cases cost the same.
    pub(crate) nobody: String,
    /// Turns true when the server stops: sockets say so and close.
    pub(crate) stopping: watch::Receiver<bool>,
}

/// A running server. Dropping it is like a crash; [`Cloud::stop`] is graceful.
pub struct Cloud {
    state: Arc<State>,
    address: SocketAddr,
    ca: tls::Authority,
    stop: watch::Sender<bool>,
    server: tokio::task::JoinHandle<()>,
}

impl Cloud {
    /// Starts serving.
    ///
    /// # Errors
    /// When the data, the keys or the port cannot be used.
    pub async fn start(config: Config) -> Result<Self, CloudError> {
        let store = Store::open(&config.data)?;
        let ca = tls::Authority::load(&store)?;
        let signer = Signer::new(&store.secret("realtime-key")?);
        let (stop, stopping) = watch::channel(false);
        let listener = tokio::net::TcpListener::bind(config.listen).await?;
        let address = listener.local_addr()?;
        let tls = ca.server()?;
        let nobody = bcrypt::hash(store::new_token(), config.bcrypt_cost)?;
        let hub = Mutex::default();
        let state = Arc::new(State { store, signer, hub, config, nobody, stopping });
        let server = tokio::spawn(tls::serve(listener, tls, api::router(Arc::clone(&state))));
        Ok(Self { state, address, ca, stop, server })
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// `https://localhost:PORT`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("https://localhost:{}", self.address.port())
    }

    /// The CA's certificate, DER.
    #[must_use]
    pub fn ca_der(&self) -> Vec<u8> {
        self.ca.der()
    }

    /// The CA's certificate, PEM.
    #[must_use]
    pub fn ca_pem(&self) -> &str {
        self.ca.pem()
    }

    /// What it keeps: to add people and desktops.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.state.store
    }

    /// Adds a person with a password.
    ///
    /// # Errors
    /// When the address is taken or the database fails.
    pub async fn add_person(&self, person: store::NewPerson) -> Result<String, CloudError> {
        let (state, cost) = (Arc::clone(&self.state), self.state.config.bcrypt_cost);
        tokio::task::spawn_blocking(move || state.store.add_person(&person, cost)).await?
    }

    /// Ends all sign-ins of a person, as a password change does, and closes their sockets.
    ///
    /// # Errors
    /// When the database fails.
    pub fn revoke(&self, person: &str) -> Result<(), CloudError> {
        self.state.store.revoke(person)?;
        self.state.hub.lock().close_subject(person, hub::Close::Revoked);
        Ok(())
    }

    /// Stops: sockets are closed with 1012, then the port.
    pub async fn stop(self) {
        let _ = self.stop.send(true);
        // Every socket task has its own copy of the receiver; they end within moments.
        for _ in 0..100 {
            if self.state.hub.lock().is_empty() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        self.server.abort();
        let _ = self.server.await;
    }

    /// Stops as a crash does: nobody is told.
    pub async fn kill(self) {
        self.server.abort();
        let _ = self.server.await;
        self.state.hub.lock().abandon();
    }
}
