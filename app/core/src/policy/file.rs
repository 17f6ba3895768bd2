//! Reading the files: who may have written them, and how long they may be.

use super::Values;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// Longest file, in bytes. A policy with everything in it has about one thousand.
const LONGEST: u64 = 64 * 1024;

/// Why the policy cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PolicyError {
    /// Somebody else than the administrator may have written it.
    #[error("the policy {path} is not trusted: {why}")]
    Untrusted {
        /// File or folder.
        path: String,
        /// What is wrong with it.
        why: String,
    },
    /// It cannot be read.
    #[error("the policy {path} cannot be read: {source}")]
    Read {
        /// Which.
        path: String,
        /// Why.
        source: io::Error,
    },
    /// It is not understood.
    #[error("the policy {path} is wrong: {why}")]
    Content {
        /// Which.
        path: String,
        /// The line, and what is wrong in it.
        why: String,
    },
}

/// Where the administrator's files are: `/etc/multiclaw`. On Windows `%ProgramData%\MultiClaw`
/// and on macOS `/Library/Application Support/MultiClaw`; these two are untested, and on Windows
/// the folder's access rules are not checked.
#[must_use]
pub fn system_folder() -> Option<PathBuf> {
    #[cfg(windows)]
    {
        std::env::var_os("ProgramData").map(|base| PathBuf::from(base).join("MultiClaw"))
    }
    #[cfg(target_os = "macos")]
    {
        Some(PathBuf::from("/Library/Application Support/MultiClaw"))
    }
    #[cfg(not(any(windows, target_os = "macos")))]
    {
        Some(PathBuf::from("/etc/multiclaw"))
    }
}

fn unreadable(path: &Path, source: io::Error) -> PolicyError {
    PolicyError::Read { path: path.display().to_string(), source }
}

/// A file of the administrator's; empty values when it is not there.
pub(super) fn of_system(
    folder: &Path,
    name: &str,
    owner: u32,
    top: &Path,
) -> Result<Values, PolicyError> {
    let path = folder.join(name);
    match std::fs::symlink_metadata(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Values::default()),
        Err(error) => return Err(unreadable(&path, error)),
        Ok(_) => {}
    }
    // Who can write a folder can put another file there.
    for above in path.ancestors().skip(1) {
        if above == top && top.parent().is_some() {
            break;
        }
        trust::folder(above, owner)?;
    }
    values(&path, &[owner])
}

/// A file that the person who starts the program names.
pub(super) fn of_person(path: &Path) -> Result<Values, PolicyError> {
    values(path, &[0, trust::myself()])
}

fn values(path: &Path, owners: &[u32]) -> Result<Values, PolicyError> {
    let file = trust::open(path).map_err(|error| unreadable(path, error))?;
    trust::file(path, &file, owners)?;
    let content = |why| PolicyError::Content { path: path.display().to_string(), why };
    let mut text = String::new();
    match file.take(LONGEST + 1).read_to_string(&mut text) {
        Ok(_) if text.len() as u64 > LONGEST => Err(content("it is too long".into())),
        Ok(_) => Values::parse(&text).map_err(content),
        Err(error) if error.kind() == io::ErrorKind::InvalidData => {
            Err(content("it is not UTF-8 text".into()))
        }
        Err(error) => Err(unreadable(path, error)),
    }
}

#[cfg(unix)]
mod trust {
    use super::{File, Path, PolicyError, io, unreadable};
    use std::os::unix::fs::{MetadataExt, OpenOptionsExt};

    fn untrusted(path: &Path, why: String) -> PolicyError {
        PolicyError::Untrusted { path: path.display().to_string(), why }
    }

    /// Opens without following a link, and without waiting for a pipe.
    pub(super) fn open(path: &Path) -> io::Result<File> {
        let flags = libc::O_NOFOLLOW | libc::O_NONBLOCK | libc::O_CLOEXEC;
        std::fs::OpenOptions::new().read(true).custom_flags(flags).open(path)
    }

    pub(super) fn myself() -> u32 {
        rustix::process::geteuid().as_raw()
    }

    fn check(path: &Path, meta: &std::fs::Metadata, owners: &[u32]) -> Result<(), PolicyError> {
        if !owners.contains(&meta.uid()) {
            return Err(untrusted(path, format!("it belongs to user {}", meta.uid())));
        }
        if meta.mode() & 0o022 != 0 {
            let mode = meta.mode() & 0o7777;
            return Err(untrusted(path, format!("others may write it (mode {mode:o})")));
        }
        Ok(())
    }

    pub(super) fn file(path: &Path, file: &File, owners: &[u32]) -> Result<(), PolicyError> {
        let meta = file.metadata().map_err(|error| unreadable(path, error))?;
        if !meta.is_file() {
            return Err(untrusted(path, "it is not a regular file".into()));
        }
        check(path, &meta, owners)
    }

    pub(super) fn folder(path: &Path, owner: u32) -> Result<(), PolicyError> {
        let meta = std::fs::symlink_metadata(path).map_err(|error| unreadable(path, error))?;
        if !meta.is_dir() {
            return Err(untrusted(path, "it is not a folder, or a link to one".into()));
        }
        check(path, &meta, &[owner])
    }
}

#[cfg(not(unix))]
mod trust {
    use super::{File, Path, PolicyError, io, unreadable};

    pub(super) fn open(path: &Path) -> io::Result<File> {
        File::open(path)
    }

    pub(super) fn myself() -> u32 {
        0
    }

    pub(super) fn file(path: &Path, file: &File, _: &[u32]) -> Result<(), PolicyError> {
        let meta = file.metadata().map_err(|error| unreadable(path, error))?;
        if meta.is_file() {
            return Ok(());
        }
        Err(PolicyError::Untrusted {
            path: path.display().to_string(),
            why: "it is not a regular file".into(),
        })
    }

    pub(super) fn folder(_: &Path, _: u32) -> Result<(), PolicyError> {
        Ok(())
    }
}
