//! What knows how to change versions: the crate `update`, or a test's own.

use crate::model::UpdateKey;
use std::fs::File;
use std::pin::Pin;
use std::sync::Arc;
use std::time::SystemTime;
use update::{Check, Offer, Place, Staged, Status, UpdateError, Updater};

/// Work that takes time.
pub type Asked<T> = Pin<Box<dyn Future<Output = Result<T, UpdateError>> + Send>>;
/// Told the bytes that are there, and those in all.
pub type Progress = Box<dyn Fn(u64, u64) + Send + Sync>;

/// What knows how to change versions. No method waits: what takes time is in the future, and
/// ends when that is dropped.
pub trait Versions: Send + Sync {
    /// Whose work updating is, and what is known without asking anybody.
    fn look(&self) -> Asked<(Place, Status)>;
    /// Asks for the newest version.
    fn check(&self) -> Asked<Check>;
    /// Downloads it; it waits for the next start then.
    fn download(&self, offer: &Offer, progress: Progress) -> Asked<Staged>;
    /// Takes it from a file.
    fn install_file(&self, archive: File, signature: Vec<u8>) -> Asked<Staged>;
    /// Goes back to the version before, at the next start.
    fn roll_back(&self) -> Asked<()>;
    /// Lets a version be offered again that failed.
    fn forget_failed(&self, version: semver::Version) -> Asked<()>;
}

/// How the program keeps itself up to date.
#[derive(Clone)]
pub struct SelfUpdate {
    /// Does it.
    pub versions: Arc<dyn Versions>,
    /// The running version.
    pub version: semver::Version,
    /// Operating system and processor, as they are sent.
    pub target: String,
    /// The keys that are built in.
    pub keys: Vec<UpdateKey>,
    /// What happened at the start, in whole sentences.
    pub notes: Vec<String>,
}

impl SelfUpdate {
    /// With the crate `update`.
    #[must_use]
    pub fn new(updater: Updater, config: &update::Config, notes: Vec<String>) -> Self {
        let key = |key: update::Fingerprint| UpdateKey {
            role: match key.role {
                update::Role::Release => "Signs new versions".to_owned(),
                update::Role::Manifest => "Signs the list of versions".to_owned(),
            },
            id: key.id,
            begins: key.start,
        };
        Self {
            versions: Arc::new(updater),
            version: config.version.clone(),
            target: config.target.clone(),
            keys: config.keys.fingerprints().into_iter().map(key).collect(),
            notes,
        }
    }
}

impl std::fmt::Debug for SelfUpdate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SelfUpdate").field("version", &self.version).finish_non_exhaustive()
    }
}

/// Runs what reads or writes files where it holds nobody up.
fn aside<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, UpdateError> + Send + 'static,
) -> Asked<T> {
    Box::pin(
        async move { tokio::task::spawn_blocking(work).await.unwrap_or(Err(UpdateError::Ending)) },
    )
}

impl Versions for Updater {
    fn look(&self) -> Asked<(Place, Status)> {
        let updater = self.clone();
        aside(move || Ok((updater.place(), updater.status())))
    }

    fn check(&self) -> Asked<Check> {
        let updater = self.clone();
        Box::pin(async move { updater.check(SystemTime::now()).await })
    }

    fn download(&self, offer: &Offer, progress: Progress) -> Asked<Staged> {
        let (updater, offer) = (self.clone(), offer.clone());
        Box::pin(async move { updater.download(&offer, progress).await })
    }

    fn install_file(&self, archive: File, signature: Vec<u8>) -> Asked<Staged> {
        let updater = self.clone();
        Box::pin(async move { updater.install_file(archive, signature).await })
    }

    fn roll_back(&self) -> Asked<()> {
        let updater = self.clone();
        aside(move || updater.roll_back())
    }

    fn forget_failed(&self, version: semver::Version) -> Asked<()> {
        let updater = self.clone();
        aside(move || updater.forget_failed(&version))
    }
}
