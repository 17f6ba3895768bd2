//! The handle that the running program holds.

use crate::fetch::{self, Part, blocking};
use crate::folder::{Folder, Held};
use crate::manifest::{ARCHIVE, Archive, MOST, Manifest};
use crate::marker::{self, Plan};
use crate::place::{self, Surroundings};
use crate::rules::{self, Verdict};
use crate::site::{PREVIOUS, Site, part};
use crate::state::{seconds, time};
use crate::{Config, Place, Reason, Role, SignatureError, Status, Tuning, UpdateError};
use crate::{kept, signature, stage};
use semver::Version;
use std::fs::File;
use std::sync::{Arc, OnceLock};
use std::time::SystemTime;

/// A newer version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Its version.
    pub version: Version,
    /// What is new, in the words of whoever released it: show it as plain text.
    pub notes: String,
    /// RFC 3339, as the manifest says: when it was released.
    pub date: String,
    /// Bytes to download.
    pub size: u64,
    archive: Archive,
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
        reason: Reason,
    },
}

/// Checks, downloads and keeps updates. Cheap to clone.
#[derive(Clone)]
pub struct Updater(Arc<Inner>);

/// A folder that is complete, and its version.
type Whole = Result<Option<(Folder, Version)>, UpdateError>;

struct Inner {
    config: Config,
    door: net::Door,
    tuning: Tuning,
    around: Surroundings,
    place: OnceLock<Place>,
}

impl std::fmt::Debug for Updater {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Updater").field("config", &self.0.config).finish_non_exhaustive()
    }
}

impl Updater {
    /// An updater; nothing is sent or written yet.
    #[must_use]
    pub fn open(config: Config, door: net::Door) -> Self {
        Self::open_with(config, door, Tuning::default(), Surroundings::default())
    }

    /// [`Updater::open`] with other limits and in other surroundings.
    #[must_use]
    pub fn open_with(
        config: Config,
        door: net::Door,
        tuning: Tuning,
        around: Surroundings,
    ) -> Self {
        Self(Arc::new(Inner { config, door, tuning, around, place: OnceLock::new() }))
    }

    /// Whether this copy updates itself. Looked up once: it may read many small files.
    #[must_use]
    pub fn place(&self) -> Place {
        let inner = &self.0;
        inner.place.get_or_init(|| place::find(&inner.config, &inner.around)).clone()
    }

    /// What is known without asking anybody. Reads a few small files.
    #[must_use]
    pub fn status(&self) -> Status {
        let config = &self.0.config;
        let (state, damaged) = kept::load(config, seconds(SystemTime::now()));
        let site = Site::find(config).ok().flatten();
        let version = |found: Whole| Some(found.ok()??.1);
        let previous = site.as_ref().and_then(|site| version(site.kept(PREVIOUS)));
        let previous = previous.filter(|previous| *previous != config.version);
        Status {
            floor_version: state.floor_version.max(config.version.clone()),
            floor_seq: state.floor_seq,
            last_ok_check: state.last_ok_check.map(time),
            failed: state.failed,
            staged: site.as_ref().and_then(|site| version(site.staged())),
            going_back: site.as_ref().and_then(Site::back).as_ref() == Some(&config.version),
            previous,
            last: state.last,
            damaged,
        }
    }

    /// Asks for the newest version. It may be asked anywhere but in a build without keys: a copy
    /// that does not update itself can still tell that there is a newer one.
    ///
    /// # Errors
    /// Any [`UpdateError`]; where [`UpdateError::passes`], the same may work later.
    pub async fn check(&self, now: SystemTime) -> Result<Check, UpdateError> {
        let config = &self.0.config;
        if config.keys.is_empty() {
            return Err(UpdateError::Place(Place::NoKeys));
        }
        let (bytes, comment) = match self.signed_manifest().await {
            // Between the two requests a new one may have been put there.
            Err(UpdateError::Signature(SignatureError::Wrong)) => self.signed_manifest().await?,
            other => other?,
        };
        let manifest = Manifest::parse(&bytes, &config.base)?;
        let this = self.clone();
        blocking(move || this.judged(&manifest, &comment, seconds(now))).await
    }

    async fn signed_manifest(&self) -> Result<(Vec<u8>, signature::Comment), UpdateError> {
        let Inner { config, door, tuning, .. } = &*self.0;
        let url = fetch::manifest_address(config)?;
        let bytes = fetch::small(door, &url, tuning.small.most(MOST)).await?;
        let limits = tuning.small.most(signature::LONGEST as u64);
        let text = fetch::small(door, &fetch::signature_address(&url), limits).await?;
        let comment = signature::verify(&config.keys, Role::Manifest, &text, &bytes[..])?;
        Ok((bytes, comment))
    }

    /// Compares first and remembers afterwards.
    fn judged(
        &self,
        manifest: &Manifest,
        comment: &signature::Comment,
        now: u64,
    ) -> Result<Check, UpdateError> {
        let config = &self.0.config;
        let (state, _) = kept::load(config, now);
        let verdict = rules::judge(manifest, comment, config, &state, now)?;
        if !matches!(verdict, Verdict::Expired { .. }) {
            let kept = kept::change(config, now, |state| {
                state.floor_seq = state.floor_seq.max(manifest.seq);
                state.last_ok_check = Some(now);
            });
            if let Err(error) = kept {
                // A folder that cannot be written must not keep a person from an update.
                tracing::warn!(%error, "a check cannot be remembered");
            }
        }
        let version = manifest.version.clone();
        Ok(match verdict {
            Verdict::UpToDate => Check::UpToDate,
            Verdict::Failed(reason) => Check::Failed { version, reason },
            Verdict::Expired { since, warn } => Check::Expired { since: time(since), warn },
            Verdict::Newer(archive) => {
                signature::plausible(&config.keys, Role::Release, &archive.signature)?;
                let (notes, date) = (manifest.notes.clone(), manifest.date.clone());
                Check::Offer(Offer { version, notes, date, size: archive.size, archive })
            }
        })
    }

    /// Downloads what is missing, verifies the whole, and lets it wait for the next start. Dropping
    /// the future cancels it; what came stays, and the next call goes on from there. `progress` gets
    /// the bytes that are there, and all. Another copy of the program that is at it is waited for.
    ///
    /// # Errors
    /// Any [`UpdateError`]: after one of the network or the disk, call it again; what is not what
    /// was signed has been removed.
    pub async fn download(
        &self,
        offer: &Offer,
        progress: impl Fn(u64, u64) + Send + Sync + 'static,
    ) -> Result<Staged, UpdateError> {
        let (site, lock) = self.site().await?;
        let (site, lock) = (Arc::new(site), Arc::new(lock));
        let (version, archive) = (&offer.version, &offer.archive);
        if let Some(staged) = staged(&site, version)? {
            return Ok(staged);
        }
        let tuning = &self.0.tuning;
        let mut again = true;
        loop {
            let part = Self::part(&site, version, &lock).await?;
            let door = &self.0.door;
            let fetched =
                fetch::rest(door, &archive.url, archive.size, part, tuning, &progress).await?;
            let (this, site, lock) = (self.clone(), Arc::clone(&site), Arc::clone(&lock));
            let (offer, resumed) = (offer.clone(), fetched.resumed);
            let done = blocking(move || {
                let _lock = lock;
                this.take(&site, fetched.file, &offer)
            });
            match done.await {
                // The file may have changed on the server in between.
                Err(UpdateError::Signature(_)) if resumed && again => again = false,
                other => return other,
            }
        }
    }

    async fn part(
        site: &Arc<Site>,
        version: &Version,
        lock: &Arc<Held>,
    ) -> Result<Part, UpdateError> {
        let (site, version, lock) = (Arc::clone(site), version.clone(), Arc::clone(lock));
        blocking(move || {
            let _lock = lock;
            let file = site.part(&version)?;
            let unable = UpdateError::disk("the update cannot be kept");
            let got = file.metadata().map_err(unable)?.len();
            Ok(Part { file, got })
        })
        .await
    }

    /// Verifies and unpacks a complete download. What is not what was signed is removed.
    fn take(&self, site: &Site, mut file: File, offer: &Offer) -> Result<Staged, UpdateError> {
        let Inner { config, tuning, .. } = &*self.0;
        let (version, archive) = (&offer.version, &offer.archive);
        let (name, text) = (Some(archive.file.as_str()), &archive.signature);
        let done = stage::verify(&mut file, text, config, name, Some(version)).and_then(|_| {
            stage::stage(site, &part(version), &mut file, text, version, config, tuning)
        });
        self.taken(site, version, done)
    }

    fn taken(
        &self,
        site: &Site,
        version: &Version,
        done: Result<(), UpdateError>,
    ) -> Result<Staged, UpdateError> {
        if let Err(error) = &done
            && !matches!(error, UpdateError::Disk { .. })
        {
            site.drop_part(version)?;
        }
        done.map(|()| Staged { version: version.clone() })
    }

    /// Takes an archive that a person has got elsewhere, with the text of its `.minisig` file. The
    /// signature, the product, the target and the channel are checked as for a download, and the
    /// version has to be newer. A version that failed before is taken: the person asks for it.
    ///
    /// # Errors
    /// Any [`UpdateError`].
    pub async fn install_file(
        &self,
        archive: File,
        signature: Vec<u8>,
    ) -> Result<Staged, UpdateError> {
        signature::plausible(&self.0.config.keys, Role::Release, &signature)?;
        let (site, lock) = self.site().await?;
        let this = self.clone();
        blocking(move || {
            let _lock = lock;
            this.copied(&site, archive, &signature)
        })
        .await
    }

    fn copied(&self, site: &Site, mut from: File, text: &[u8]) -> Result<Staged, UpdateError> {
        let Inner { config, tuning, .. } = &*self.0;
        let size = from.metadata().map_err(UpdateError::disk("the file cannot be read"))?.len();
        if size > ARCHIVE {
            return Err(crate::ManifestError::TooLarge(size).into());
        }
        // Before a byte is copied: this also tells which version it is.
        let version = stage::verify(&mut from, text, config, None, None)?;
        let now = seconds(SystemTime::now());
        let (state, _) = kept::load(config, now);
        rules::may_replace(&version, config, &state)?;
        let mut file = site.part(&version)?;
        stage::copy_in(&mut from, &mut file, ARCHIVE)?;
        // Then the copy: somebody else may write to the file that was chosen.
        let done = stage::verify(&mut file, text, config, None, Some(&version)).and_then(|_| {
            stage::stage(site, &part(&version), &mut file, text, &version, config, tuning)
        });
        let staged = self.taken(site, &version, done)?;
        self.forget_failed(&version)?;
        Ok(staged)
    }

    /// The folder beside the program, and the right to change it, as soon as nobody else has it.
    async fn site(&self) -> Result<(Site, Held), UpdateError> {
        loop {
            let this = self.clone();
            let (site, lock) = blocking(move || this.try_site()).await?;
            if let Some(lock) = lock {
                return Ok((site, lock));
            }
            tokio::time::sleep(self.0.tuning.look).await;
        }
    }

    fn try_site(&self) -> Result<(Site, Option<Held>), UpdateError> {
        let config = &self.0.config;
        let place = self.place();
        if place != Place::Ours {
            return Err(UpdateError::Place(place));
        }
        let site = Site::make(config)?;
        let lock = site.lock()?;
        // This process is of the version before: until it ends there is nothing for it to do.
        let plan = marker::plan(site.marker(), None, &config.version, site.file(), false, 0);
        if lock.is_some() && plan == Plan::Leave {
            return Err(UpdateError::Busy);
        }
        Ok((site, lock))
    }

    /// Goes back to the version before, at the next start. The version that is left is remembered,
    /// and not offered again by itself.
    ///
    /// # Errors
    /// [`UpdateError::NothingKept`], [`UpdateError::Busy`], [`UpdateError::Place`],
    /// [`UpdateError::Disk`].
    pub fn roll_back(&self) -> Result<(), UpdateError> {
        let (site, lock) = self.try_site()?;
        let _lock = lock.ok_or(UpdateError::Busy)?;
        let version = &self.0.config.version;
        match site.kept(PREVIOUS)? {
            Some((_, previous)) if previous != *version => site.want_back(Some(version)),
            _ => Err(UpdateError::NothingKept),
        }
    }

    /// Stays with this version after all, after [`Updater::roll_back`].
    ///
    /// # Errors
    /// [`UpdateError::Busy`], [`UpdateError::Place`], [`UpdateError::Disk`].
    pub fn stay(&self) -> Result<(), UpdateError> {
        let (site, lock) = self.try_site()?;
        let _lock = lock.ok_or(UpdateError::Busy)?;
        site.want_back(None)
    }

    /// Offers a version again that failed, because the person asks for it.
    ///
    /// # Errors
    /// [`UpdateError::Folder`], [`UpdateError::Disk`], [`UpdateError::Busy`].
    pub fn forget_failed(&self, version: &Version) -> Result<(), UpdateError> {
        let now = seconds(SystemTime::now());
        let forget = |state: &mut crate::state::State| drop(state.failed.remove(version));
        kept::change(&self.0.config, now, forget).map(|_| ())
    }
}

/// The version, when it waits already.
fn staged(site: &Site, version: &Version) -> Result<Option<Staged>, UpdateError> {
    let waits = site.staged()?.filter(|(_, waits)| waits == version);
    Ok(waits.map(|(_, version)| Staged { version }))
}
