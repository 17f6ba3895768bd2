//! Two folders beside the program: what waits, what was before, and what is under way.
//!
//! `.mc-update` is written by the program while it runs, also from inside its sandbox. Whoever
//! takes over that process writes here what they like, so a start believes nothing of it: what
//! waits is copied away and verified by its signature, and the rest are wishes that do no harm.
//!
//! | name | what |
//! | --- | --- |
//! | `lock` | held by the one copy of the program that is at it |
//! | `VERSION.part` | a download |
//! | `next/` | being put together; worthless after a cut |
//! | `staged/` | waits for the next start: `archive`, `signature`, `info.json` |
//! | `back.json` | a wish: the version before at the next start |
//! | `healthy.json` | a word: the version on trial was healthy |
//!
//! `.mc-kept` is written by the first lines of `main` alone, before there is a sandbox, which never
//! opens it for writing. Its content is believed. A file gets here as a copy, never by a new name:
//! somebody might still have the old one open.
//!
//! | name | what |
//! | --- | --- |
//! | `lock` | held by the one start that is at it |
//! | `new/` | what waited: `program`, `info.json`; after the exchange, the old program for a moment |
//! | `marker.json` | a new program is in place and was not healthy when the last start looked |
//! | `trial` | locked as long as a start of such a program lives |
//! | `previous/` | the version before: `program`, `info.json` |

use crate::folder::{Folder, Held, identity};
use crate::{Config, UpdateError, json};
use semver::Version;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::fs::File;
use std::path::PathBuf;

pub(crate) const FOLDER: &str = ".mc-update";
const KEPT: &str = ".mc-kept";
pub(crate) const NEXT: &str = "next";
pub(crate) const STAGED: &str = "staged";
pub(crate) const NEW: &str = "new";
pub(crate) const PREVIOUS: &str = "previous";
pub(crate) const ARCHIVE: &str = "archive";
pub(crate) const SIGNATURE: &str = "signature";
pub(crate) const PROGRAM: &str = "program";
const INFO: &str = "info.json";
const MARKER: &str = "marker.json";
const BACK: &str = "back.json";
const HEALTHY: &str = "healthy.json";
const LOCK: &str = "lock";
const TRIAL: &str = "trial";
const PART: &str = ".part";
/// Longest of the small files, in bytes.
const SMALL: u64 = 4096;

/// What a folder's program is.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Info {
    pub(crate) version: Version,
}

/// A new program is in place, or about to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Marker {
    pub(crate) from: Version,
    pub(crate) to: Version,
    /// Starts of the new program so far.
    pub(crate) boots: u32,
    /// The last of them, in seconds since 1970.
    pub(crate) at: u64,
    /// The new program's file, where the system tells files apart.
    pub(crate) file: Option<(u64, u64)>,
}

/// The version on trial was healthy: the next start is to end the trial.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Healthy {
    version: Version,
    /// Tells one trial of a version from another.
    file: Option<(u64, u64)>,
}

impl Healthy {
    /// That of this trial.
    pub(crate) fn of(marker: &Marker) -> Self {
        Self { version: marker.to.clone(), file: marker.file }
    }
}

/// The person wants the version before.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Back {
    from: Version,
}

/// The program's folder and ours in it.
#[derive(Debug)]
pub(crate) struct Site {
    /// `.mc-update`.
    pub(crate) work: Folder,
    /// `.mc-kept`. Only a start writes there.
    pub(crate) kept: Folder,
    /// Where the program is.
    pub(crate) home: Folder,
    /// The program's file there.
    pub(crate) name: String,
}

fn disk(error: std::io::Error) -> UpdateError {
    UpdateError::disk("the updater's folder cannot be used")(error)
}

/// The file of a program, without links in its path, as folder and name.
pub(crate) fn program(config: &Config) -> Result<(PathBuf, String), UpdateError> {
    let unable = UpdateError::disk("the program's own file cannot be found");
    let path = std::fs::canonicalize(&config.program).map_err(&unable)?;
    match (path.parent(), path.file_name().and_then(|name| name.to_str())) {
        (Some(folder), Some(name)) => Ok((folder.to_owned(), name.to_owned())),
        _ => Err(unable(std::io::ErrorKind::InvalidFilename.into())),
    }
}

impl Site {
    /// Opens it; `None` where nothing was ever updated.
    ///
    /// # Errors
    /// [`UpdateError::Folder`], [`UpdateError::Disk`].
    pub(crate) fn find(config: &Config) -> Result<Option<Self>, UpdateError> {
        let (folder, name) = program(config)?;
        let home = Folder::plain(&folder).map_err(disk)?;
        let Some(work) = home.child(FOLDER)? else { return Ok(None) };
        Ok(home.child(KEPT)?.map(|kept| Self { work, kept, home, name }))
    }

    /// Opens or makes it.
    ///
    /// # Errors
    /// [`UpdateError::Folder`], [`UpdateError::Disk`].
    pub(crate) fn make(config: &Config) -> Result<Self, UpdateError> {
        let (folder, name) = program(config)?;
        let home = Folder::plain(&folder).map_err(disk)?;
        let work = home.child_or_new(FOLDER)?;
        Ok(Self { work, kept: home.child_or_new(KEPT)?, home, name })
    }

    /// The program's path.
    pub(crate) fn program(&self) -> PathBuf {
        self.home.path().join(&self.name)
    }

    /// The right to change things here; `None` while another copy of the program has it.
    ///
    /// # Errors
    /// [`UpdateError::Disk`].
    pub(crate) fn lock(&self) -> Result<Option<Held>, UpdateError> {
        self.work.hold(LOCK).map_err(disk)
    }

    /// The same for a start, which also keeps other starts away: whoever runs may take the other
    /// lock's file away.
    pub(crate) fn lock_all(&self) -> Result<Option<(Held, Held)>, UpdateError> {
        let Some(work) = self.lock()? else { return Ok(None) };
        Ok(self.kept.hold(LOCK).map_err(disk)?.map(|kept| (work, kept)))
    }

    /// Marks this start as one that is on trial, for as long as it is held; `None` while
    /// another one is.
    pub(crate) fn trial(&self) -> Result<Option<Held>, UpdateError> {
        self.kept.hold(TRIAL).map_err(disk)
    }

    /// The marker; `None` also for one that cannot be read.
    pub(crate) fn marker(&self) -> Option<Marker> {
        small(&self.kept, MARKER)
    }

    pub(crate) fn mark(&self, marker: &Marker) -> Result<(), UpdateError> {
        write(&self.kept, MARKER, marker)
    }

    pub(crate) fn unmark(&self) -> Result<(), UpdateError> {
        self.kept.forget(MARKER).map_err(disk)
    }

    /// Which trial is said to have gone well.
    pub(crate) fn healthy(&self) -> Option<Healthy> {
        small(&self.work, HEALTHY)
    }

    pub(crate) fn say_healthy(&self, marker: &Marker) -> Result<(), UpdateError> {
        write(&self.work, HEALTHY, &Healthy::of(marker))
    }

    /// What cannot be removed means nothing without its marker.
    pub(crate) fn forget_healthy(&self) {
        dropped(self.work.forget(HEALTHY));
    }

    /// Removes what was kept here before there was `.mc-kept`. None of it is ever looked at.
    pub(crate) fn forget_old(&self) {
        dropped(self.work.forget(MARKER));
        dropped(self.work.remove_folder(PREVIOUS));
    }

    /// From which version the person wants to go back.
    pub(crate) fn back(&self) -> Option<Version> {
        small::<Back>(&self.work, BACK).map(|back| back.from)
    }

    pub(crate) fn want_back(&self, from: Option<&Version>) -> Result<(), UpdateError> {
        match from {
            Some(from) => write(&self.work, BACK, &Back { from: from.clone() }),
            None => self.work.forget(BACK).map_err(disk),
        }
    }

    /// What waits, with the version that it is said to be, when it is complete.
    pub(crate) fn staged(&self) -> Result<Option<(Folder, Version)>, UpdateError> {
        whole(&self.work, STAGED)
    }

    pub(crate) fn drop_staged(&self) -> Result<(), UpdateError> {
        self.work.remove_folder(STAGED).map_err(disk)
    }

    pub(crate) fn drop_next(&self) -> Result<(), UpdateError> {
        self.work.remove_folder(NEXT).map_err(disk)
    }

    /// The folder [`NEW`] or [`PREVIOUS`], with its version, when it is complete.
    pub(crate) fn kept(&self, name: &str) -> Result<Option<(Folder, Version)>, UpdateError> {
        whole(&self.kept, name)
    }

    pub(crate) fn drop_kept(&self, name: &str) -> Result<(), UpdateError> {
        self.kept.remove_folder(name).map_err(disk)
    }

    pub(crate) fn describe(folder: &Folder, version: &Version) -> Result<(), UpdateError> {
        write(folder, INFO, &Info { version: version.clone() })
    }

    /// Opens the download of a version, and removes those of others.
    pub(crate) fn part(&self, version: &Version) -> Result<File, UpdateError> {
        let name = part(version);
        for other in self.work.names().map_err(disk)? {
            if other.ends_with(PART) && other != name {
                self.work.remove(&other).map_err(disk)?;
            }
        }
        self.work.append(&name).map_err(disk)
    }

    pub(crate) fn drop_part(&self, version: &Version) -> Result<(), UpdateError> {
        self.work.forget(&part(version)).map_err(disk)
    }

    /// Puts the version before where it can be found again, once the new one is in place.
    pub(crate) fn settle(&self, marker: &Marker) -> Result<(), UpdateError> {
        let Some((new, version)) = self.kept(NEW)? else { return Ok(()) };
        if version != marker.to {
            return Ok(());
        }
        // It may have been cut off after this, and then the old program is there already.
        if new.open(PROGRAM).map_err(disk)?.is_some() {
            let previous = self.kept.fresh(PREVIOUS)?;
            Self::describe(&previous, &marker.from)?;
            new.rename(PROGRAM, &previous, PROGRAM).map_err(disk)?;
        }
        self.drop_kept(NEW)
    }

    /// The identity of the program's file.
    pub(crate) fn file(&self) -> Option<(u64, u64)> {
        identity(&std::fs::metadata(self.program()).ok()?)
    }
}

pub(crate) fn part(version: &Version) -> String {
    format!("{version}{PART}")
}

fn whole(parent: &Folder, name: &str) -> Result<Option<(Folder, Version)>, UpdateError> {
    let Some(folder) = parent.child(name)? else { return Ok(None) };
    let Some(Info { version }) = small(&folder, INFO) else { return Ok(None) };
    Ok(Some((folder, version)))
}

fn dropped(result: std::io::Result<()>) {
    if let Err(error) = result {
        tracing::warn!(%error, "something that means nothing stays in the updater's folder");
    }
}

fn small<T: DeserializeOwned>(folder: &Folder, name: &str) -> Option<T> {
    let bytes = folder.read(name, SMALL).ok()??;
    json::read(&bytes).inspect_err(|why| tracing::warn!(name, why, "a file is damaged")).ok()
}

fn write<T: Serialize>(folder: &Folder, name: &str, value: &T) -> Result<(), UpdateError> {
    let bytes = serde_json::to_vec(value).map_err(|error| disk(error.into()))?;
    folder.write(name, &bytes).map_err(disk)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The next version reads these files of the version before it.
    #[test]
    fn the_files() {
        let (from, to) = (Version::new(1, 0, 0), Version::new(1, 1, 0));
        let marker = Marker { from: from.clone(), to, boots: 1, at: 7, file: Some((8, 9)) };
        let text = r#"{"from":"1.0.0","to":"1.1.0","boots":1,"at":7,"file":[8,9]}"#;
        assert_eq!(serde_json::to_string(&marker).unwrap(), text);
        assert_eq!(json::read::<Marker>(text.as_bytes()).unwrap(), marker);
        let healthy = serde_json::to_string(&Healthy::of(&marker)).unwrap();
        assert_eq!(healthy, r#"{"version":"1.1.0","file":[8,9]}"#);
        let back = serde_json::to_string(&Back { from: from.clone() }).unwrap();
        assert_eq!(back, r#"{"from":"1.0.0"}"#);
        let info = serde_json::to_string(&Info { version: from }).unwrap();
        assert_eq!(info, r#"{"version":"1.0.0"}"#);
        let twice = text.replacen("\"boots\":1", "\"boots\":1,\"boots\":0", 1);
        assert!(json::read::<Marker>(twice.as_bytes()).is_err());
    }

    proptest! {
        #[test]
        fn any_marker_reads_or_not(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
            let _ = json::read::<Marker>(&bytes);
        }
    }
}
