//! A stand-in for MultiClaw Cloud: a real server that a demo, a test or a small team can use.
//!
//! HTTPS with a CA of its own, SQLite, bcrypt, realtime sockets, and the relaying of signals
//! between a viewer and a daemon of the same workspace. `cloud-client/PROTOCOL.md` is the
//! contract. One module a concern: [`store`] keeps, [`token`] signs, [`hub`] decides who may
//! signal whom and who is told what, [`generator`] and [`machines`] are what a real cloud has
//! behind it, `api`, `socket` and `pusher` speak, `tls` serves.

mod api;
mod challenges;
mod channels;
mod config;
mod error;
pub mod generator;
pub mod hub;
mod jpeg;
pub mod limits;
pub mod machines;
mod pusher;
mod refusal;
mod seal;
mod socket;
mod state;
pub mod store;
mod tls;
pub mod token;

pub use config::{Config, Data, DeviceGrants, ScreenLives, SealingKey, Turn};
pub use error::CloudError;

use refusal::Refusal;
use state::State;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use store::Store;
use tokio::sync::watch;
use zeroize::Zeroizing;

/// How long a stop waits for requests and sockets to end.
const STOP: Duration = Duration::from_secs(5);

/// A running server. Dropping it is like a crash; [`Cloud::stop`] is graceful.
pub struct Cloud {
    state: Arc<State>,
    address: SocketAddr,
    ca: tls::Authority,
    stop: watch::Sender<bool>,
    server: tokio::task::JoinHandle<()>,
}

impl Drop for Cloud {
    fn drop(&mut self) {
        self.server.abort();
        self.state.work.lock().abort_all();
        self.state.hub.lock().abandon();
        self.state.channels.lock().abandon();
    }
}

impl Cloud {
    /// Starts serving.
    ///
    /// # Errors
    /// When the data, the keys or the port cannot be used.
    pub async fn start(config: Config) -> Result<Self, CloudError> {
        let store = Store::open(&config.data)?;
        let ca = tls::Authority::load(&store)?;
        let tls = ca.server(&config.names)?;
        let (stop, stopping) = watch::channel(false);
        let listener = tokio::net::TcpListener::bind(config.listen).await?;
        let address = listener.local_addr()?;
        let state = State::new(store, config, address.port(), stopping.clone())?;
        let state = Arc::new(state);
        api::documents::give_up_abandoned(&state);
        let router = api::router(Arc::clone(&state));
        let server = tokio::spawn(tls::serve(listener, tls, router, stopping));
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

    /// All routes it serves: method and path, with `{…}` for what varies.
    #[must_use]
    pub fn routes() -> Vec<(&'static str, &'static str)> {
        api::routes()
    }

    /// Adds a person with a password.
    ///
    /// # Errors
    /// When the address is taken or the database fails.
    pub async fn add_person(&self, person: store::NewPerson) -> Result<String, CloudError> {
        let added = async {
            let hash = self.state.hash(person.password.clone()).await?;
            self.state.change(&person.workspace, |change| change.add_person(&person, &hash))
        };
        match added.await {
            Ok(id) => Ok(id),
            Err(Refusal::Internal(error)) => Err(error),
            Err(_) => Err(CloudError::Stored("the address is taken")),
        }
    }

    /// Ends all sign-ins of a person, as a password change does, and closes their sockets.
    ///
    /// # Errors
    /// When the database fails.
    pub fn revoke(&self, person: &str) -> Result<(), CloudError> {
        let ended = self.state.store.revoke(person, "")?;
        self.state.close(&ended);
        Ok(())
    }

    /// Removes a desktop: its daemon's token ends, and its people are told.
    ///
    /// # Errors
    /// When the database fails.
    pub fn remove_desktop(&self, id: &str) -> Result<(), CloudError> {
        if let Some((workspace, sid)) = self.state.store.remove_desktop(id)? {
            self.state.close(&[sid]);
            self.state.hub.lock().announce_removed(&workspace, id);
        }
        Ok(())
    }

    /// An agent's API key, for whatever runs the agent on this side.
    ///
    /// # Errors
    /// When the database fails or the key was not sealed for this agent.
    pub fn agent_key(
        &self,
        workspace: &str,
        agent: &str,
        provider: &str,
    ) -> Result<Option<Zeroizing<String>>, CloudError> {
        self.state.store.agent_key(&self.state.vault, workspace, agent, provider)
    }

    /// Stops: requests that came are answered, sockets are closed with 1012, then the port.
    pub async fn stop(mut self) {
        self.state.hub.lock().stop();
        let _ = self.stop.send(true);
        let ended = async {
            while !self.state.hub.lock().is_empty() || !self.state.channels.lock().is_empty() {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
            let _ = (&mut self.server).await;
        };
        if tokio::time::timeout(STOP, ended).await.is_err() {
            tracing::warn!("some connections did not end in time");
        }
        self.end().await;
    }

    /// Stops as a crash does: nobody is told.
    pub async fn kill(mut self) {
        self.state.hub.lock().abandon();
        self.state.channels.lock().abandon();
        self.end().await;
    }

    async fn end(&mut self) {
        self.server.abort();
        if !self.server.is_finished() {
            let _ = (&mut self.server).await;
        }
        let mut work = std::mem::take(&mut *self.state.work.lock());
        work.shutdown().await;
    }
}
