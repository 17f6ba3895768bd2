//! What every part of the server shares.

use crate::challenges::Challenges;
use crate::channels::Channels;
use crate::config::Config;
use crate::hub::{Effect, Hub};
use crate::limits::Buckets;
use crate::refusal::Refusal;
use crate::seal::Vault;
use crate::store::{Change, Store};
use crate::token::Signer;
use crate::{CloudError, SealingKey};
use parking_lot::Mutex;
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::Arc;
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;

/// Passwords that are hashed at a time; more wait. It is slow on purpose.
const HASHING: usize = 4;

/// Held by the first request with an idempotency key; others with it wait.
type Turn = Arc<tokio::sync::Mutex<()>>;

pub(crate) struct State {
    pub(crate) store: Store,
    pub(crate) vault: Vault,
    pub(crate) signer: Signer,
    pub(crate) hub: Mutex<Hub>,
    pub(crate) channels: Mutex<Channels>,
    /// What screens are asked to sign.
    pub(crate) challenges: Mutex<Challenges>,
    pub(crate) bearers: Mutex<Buckets<String>>,
    pub(crate) addresses: Mutex<Buckets<IpAddr>>,
    /// Idempotency keys whose first request is being done.
    pub(crate) under_way: Mutex<HashMap<(String, String), Turn>>,
    /// When people and screens were noted as seen, so that not each request writes it.
    pub(crate) seen: Mutex<HashMap<String, std::time::Instant>>,
    /// Work that goes on after its request: documents that are made, machines that start.
    pub(crate) work: Mutex<JoinSet<()>>,
    pub(crate) hashing: Semaphore,
    pub(crate) config: Config,
    /// `https://HOST[:PORT]`, without a slash at the end.
    pub(crate) public_url: String,
    /// `wss://HOST[:PORT]`.
    pub(crate) progress_url: String,
    /// A hash to compare with when there is no such person, so that both cases cost the same.
    pub(crate) nobody: String,
    /// Turns true when the server stops: sockets say so and close.
    pub(crate) stopping: watch::Receiver<bool>,
}

impl State {
    pub(crate) fn new(
        store: Store,
        config: Config,
        port: u16,
        stopping: watch::Receiver<bool>,
    ) -> Result<Self, CloudError> {
        let url = config.public_url.clone().unwrap_or(format!("https://localhost:{port}"));
        let progress = config.progress_url.clone().unwrap_or(format!("wss://localhost:{port}"));
        let secret = |name| store.secret(name);
        let pusher = String::from_utf8(secret("pusher")?)
            .map_err(|_| CloudError::Stored("the Pusher secret"))?;
        Ok(Self {
            vault: vault(&store, &config.sealing_key)?,
            signer: Signer::new(&secret("realtime-key")?)?,
            hub: Mutex::default(),
            channels: Mutex::new(Channels::new(pusher)),
            challenges: Mutex::default(),
            bearers: Mutex::new(Buckets::new(config.limits.bearer)),
            addresses: Mutex::new(Buckets::new(config.limits.address)),
            under_way: Mutex::default(),
            seen: Mutex::default(),
            work: Mutex::default(),
            hashing: Semaphore::new(HASHING),
            public_url: url.trim_end_matches('/').to_owned(),
            progress_url: progress.trim_end_matches('/').to_owned(),
            nobody: bcrypt::hash(crate::store::new_token(), config.bcrypt_cost)?,
            store,
            config,
            stopping,
        })
    }

    /// Changes a workspace, and tells its people.
    pub(crate) fn change<T>(
        &self,
        workspace: &str,
        work: impl FnOnce(&mut Change<'_>) -> Result<T, Refusal>,
    ) -> Result<T, Refusal> {
        let tell = |effects: Vec<Effect>| self.hub.lock().apply(workspace, effects);
        let (result, changed) = self.store.change(workspace, work, tell)?;
        self.announce(&changed);
        Ok(result)
    }

    /// Tells the people of their workspaces how these desktops are now.
    pub(crate) fn announce(&self, changed: &[String]) {
        for id in changed {
            match self.store.desktop(id) {
                Ok(Some((workspace, mut desktop))) => {
                    let mut hub = self.hub.lock();
                    hub.complete(&mut desktop);
                    hub.announce(&workspace, &desktop);
                }
                Ok(None) => {}
                Err(error) => tracing::error!(%error, "a change was not announced"),
            }
        }
    }

    /// Closes the sockets that were made with these bearers.
    pub(crate) fn close(&self, sids: &[String]) {
        let changed: Vec<String> = {
            let mut hub = self.hub.lock();
            let why = crate::hub::Close::Revoked;
            sids.iter().flat_map(|sid| hub.close_sid(sid, why)).collect()
        };
        self.announce(&changed);
    }

    /// Does something that goes on after its request. It ends with the server.
    pub(crate) fn spawn(&self, work: impl Future<Output = ()> + Send + 'static) {
        let mut tasks = self.work.lock();
        while tasks.try_join_next().is_some() {}
        tasks.spawn(work);
    }

    /// Hashes a password.
    pub(crate) async fn hash(&self, password: String) -> Result<String, Refusal> {
        let cost = self.config.bcrypt_cost;
        let _permit = self.hashing.acquire().await;
        let password = zeroize::Zeroizing::new(password);
        let hash = tokio::task::spawn_blocking(move || bcrypt::hash(password.as_str(), cost));
        Ok(hash.await?.map_err(CloudError::from)?)
    }

    /// Compares a password with its hash.
    pub(crate) async fn verify(&self, password: String, hash: String) -> Result<bool, Refusal> {
        let _permit = self.hashing.acquire().await;
        let password = zeroize::Zeroizing::new(password);
        let good = tokio::task::spawn_blocking(move || bcrypt::verify(password.as_str(), &hash));
        // A hash that is none matches nothing.
        Ok(good.await?.unwrap_or(false))
    }
}

/// The vault, if the key is the one that the database was sealed with.
fn vault(store: &Store, key: &SealingKey) -> Result<Vault, CloudError> {
    let key = match key {
        SealingKey::Given(key) => *key,
        SealingKey::Stored => store
            .secret_or("sealing-key", || Ok(rand::random::<[u8; 32]>().to_vec()))?
            .try_into()
            .map_err(|_| CloudError::Stored("the sealing key"))?,
    };
    let vault = Vault::new(key);
    let check = store.secret_or("sealing-check", || vault.seal(b"check", &["check"]))?;
    vault
        .open(&check, &["check"])
        .map_err(|_| CloudError::Stored("this is not the sealing key of this database"))?;
    Ok(vault)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Data;

    #[test]
    fn another_sealing_key_is_noticed_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let open = || Store::open(&Data::Folder(folder.path().into())).unwrap();
        assert!(vault(&open(), &SealingKey::Given([1; 32])).is_ok());
        assert!(vault(&open(), &SealingKey::Given([1; 32])).is_ok());
        assert!(vault(&open(), &SealingKey::Given([2; 32])).is_err());
        assert!(vault(&open(), &SealingKey::Stored).is_err());
    }
}
