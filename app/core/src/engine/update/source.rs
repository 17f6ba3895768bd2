//! What knows how to change versions: the crate `update`, or a test's own.

use crate::model::UpdateKey;
use crate::tr;
use parking_lot::Mutex;
use semver::Version;
use std::fs::File;
use std::pin::Pin;
use std::sync::Arc;
use std::time::SystemTime;
use update::{Check, Offer, Place, Reason, Staged, Status, UpdateError, Updater};

/// Work that takes time.
pub type Asked<T> = Pin<Box<dyn Future<Output = Result<T, UpdateError>> + Send>>;
/// Told the bytes that are there, and those in all.
pub type Progress = Box<dyn Fn(u64, u64) + Send + Sync>;

/// A newer version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offered {
    /// Its version.
    pub version: Version,
    /// What is new, in the words of whoever released it.
    pub notes: String,
    /// RFC 3339: when it was released.
    pub date: String,
    /// Bytes to download.
    pub size: u64,
}

/// What a check found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// Nothing newer.
    UpToDate,
    /// A newer version.
    Offer(Offered),
    /// The list of versions is too old to be used.
    Expired {
        /// For more than 30 days.
        warn: bool,
    },
    /// A newer version that was tried and taken back.
    Failed {
        /// Its version.
        version: Version,
        /// Why.
        reason: Reason,
    },
}

/// What knows how to change versions. No method waits: what takes time is in the future, and
/// ends when that is dropped.
pub trait Versions: Send + Sync {
    /// Whose work updating is, and what is known without asking anybody.
    fn look(&self) -> Asked<(Place, Status)>;
    /// Asks for the newest version.
    fn check(&self) -> Asked<Found>;
    /// Downloads the version that was found last; it waits for the next start then.
    fn download(&self, progress: Progress) -> Asked<Staged>;
    /// Takes it from a file.
    fn install_file(&self, archive: File, signature: Vec<u8>) -> Asked<Staged>;
    /// Goes back to the version before, at the next start.
    fn roll_back(&self) -> Asked<()>;
    /// Does not go back after all.
    fn stay(&self) -> Asked<()>;
    /// Lets a version be offered again that failed.
    fn forget_failed(&self, version: Version) -> Asked<()>;
}

/// How the program keeps itself up to date.
#[derive(Clone)]
pub struct SelfUpdate {
    /// Does it.
    pub versions: Arc<dyn Versions>,
    /// The running version.
    pub version: Version,
    /// Operating system and processor, as they are sent.
    pub target: String,
    /// The keys that are built in.
    pub keys: Vec<update::Fingerprint>,
    /// What happened at the start, in whole sentences.
    pub notes: Vec<String>,
}

impl SelfUpdate {
    /// With the crate `update`.
    #[must_use]
    pub fn new(updater: Updater, config: &update::Config, notes: Vec<String>) -> Self {
        Self {
            versions: Arc::new(Crate { updater, found: Arc::default() }),
            version: config.version.clone(),
            target: config.target.clone(),
            keys: config.keys.fingerprints(),
            notes,
        }
    }
}

/// A key, for the page.
pub(super) fn key(key: &update::Fingerprint) -> UpdateKey {
    let role = match key.role {
        update::Role::Release => tr!("engine-update-signs-versions"),
        update::Role::Manifest => tr!("engine-update-signs-list"),
    };
    UpdateKey { role: role.to_owned(), id: key.id.clone(), begins: key.start.clone() }
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

/// The crate `update`, and what it found last.
struct Crate {
    updater: Updater,
    found: Arc<Mutex<Option<Offer>>>,
}

impl Versions for Crate {
    fn look(&self) -> Asked<(Place, Status)> {
        let updater = self.updater.clone();
        aside(move || Ok((updater.place(), updater.status())))
    }

    fn check(&self) -> Asked<Found> {
        let (updater, found) = (self.updater.clone(), Arc::clone(&self.found));
        Box::pin(async move {
            Ok(match updater.check(SystemTime::now()).await? {
                Check::UpToDate => Found::UpToDate,
                Check::Offer(offer) => {
                    let Offer { version, notes, date, size, .. } = offer.clone();
                    *found.lock() = Some(offer);
                    Found::Offer(Offered { version, notes, date, size })
                }
                Check::Expired { warn, .. } => Found::Expired { warn },
                Check::Failed { version, reason } => Found::Failed { version, reason },
            })
        })
    }

    fn download(&self, progress: Progress) -> Asked<Staged> {
        let (updater, found) = (self.updater.clone(), self.found.lock().clone());
        Box::pin(async move {
            let offer = found.ok_or(UpdateError::Ending)?;
            updater.download(&offer, progress).await
        })
    }

    fn install_file(&self, archive: File, signature: Vec<u8>) -> Asked<Staged> {
        let updater = self.updater.clone();
        Box::pin(async move { updater.install_file(archive, signature).await })
    }

    fn roll_back(&self) -> Asked<()> {
        let updater = self.updater.clone();
        aside(move || updater.roll_back())
    }

    fn stay(&self) -> Asked<()> {
        let updater = self.updater.clone();
        aside(move || updater.stay())
    }

    fn forget_failed(&self, version: Version) -> Asked<()> {
        let updater = self.updater.clone();
        aside(move || updater.forget_failed(&version))
    }
}
