//! The handle that the running program holds.

use crate::{Config, Place, Status, UpdateError};
use semver::Version;
use std::fs::File;
use std::sync::Arc;
use std::time::SystemTime;

/// A newer version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Its version.
    pub version: Version,
    /// What is new, in the words of whoever released it: show it as plain text.
    pub notes: String,
    /// RFC 3339: when it was released.
    pub date: String,
    /// Bytes to download.
    pub size: u64,
}

/// A version that waits for the next start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Staged {
    /// Its version.
    pub version: Version,
}

/// What a check found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Check {
    /// Nothing newer.
    UpToDate,
    /// A newer version.
    Offer(Offer),
    /// The answer is too old to be used: somebody, or a cache, may be holding newer ones back.
    Expired {
        /// Until when it was good.
        since: SystemTime,
        /// For more than 30 days: the person should know that checking does not work.
        warn: bool,
    },
    /// A newer version that was tried and taken back.
    Failed {
        /// Its version.
        version: Version,
        /// Why.
        reason: crate::Reason,
    },
}

/// Checks, downloads and keeps updates. Cheap to clone.
#[derive(Clone)]
pub struct Updater(Arc<Inner>);

struct Inner {
    config: Config,
    door: net::Door,
}

impl Updater {
    /// Opens the folders; nothing is sent.
    ///
    /// # Errors
    /// [`UpdateError::Disk`].
    pub fn open(config: Config, door: net::Door) -> Result<Self, UpdateError> {
        Ok(Self(Arc::new(Inner { config, door })))
    }

    /// Whether this copy updates itself.
    #[must_use]
    pub fn place(&self) -> Place {
        Place::NoKeys
    }

    /// What is known without asking anybody.
    #[must_use]
    pub fn status(&self) -> Status {
        Status::default()
    }

    /// Asks for the newest version.
    ///
    /// # Errors
    /// Any [`UpdateError`].
    pub async fn check(&self, _now: SystemTime) -> Result<Check, UpdateError> {
        let _ = (&self.0.config, &self.0.door);
        Err(UpdateError::Place(Place::NoKeys))
    }

    /// Downloads and verifies; the version waits for the next start then.
    ///
    /// # Errors
    /// Any [`UpdateError`].
    pub async fn download(
        &self,
        _offer: &Offer,
        _progress: impl Fn(u64, u64) + Send + Sync + 'static,
    ) -> Result<Staged, UpdateError> {
        Err(UpdateError::Place(Place::NoKeys))
    }

    /// Takes a file that a person has got elsewhere.
    ///
    /// # Errors
    /// Any [`UpdateError`].
    pub async fn install_file(
        &self,
        _archive: File,
        _signature: Vec<u8>,
    ) -> Result<Staged, UpdateError> {
        Err(UpdateError::Place(Place::NoKeys))
    }

    /// Goes back to the version before, at the next start.
    ///
    /// # Errors
    /// [`UpdateError::NothingKept`], [`UpdateError::Disk`].
    pub fn roll_back(&self) -> Result<(), UpdateError> {
        Err(UpdateError::NothingKept)
    }

    /// Offers a version again that failed, because the person asks for it.
    ///
    /// # Errors
    /// [`UpdateError::Disk`].
    pub fn forget_failed(&self, _version: &Version) -> Result<(), UpdateError> {
        Err(UpdateError::NothingKept)
    }
}
