//! Who may look into the gateway's state folder, and repairing it.
//!
//! It holds tokens and conversations: only its owner may enter it, `drwx------` (article "How
//! credentials and secrets are stored"). On Windows the profile's own access list keeps others
//! out; it is not looked at, and this was not tried there.

use std::path::Path;

/// Who may look into a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FolderMode {
    /// There is no such folder.
    Absent,
    /// Its owner only.
    Private,
    /// Others too.
    Open {
        /// As `ls -ld` shows it, for example `drwxr-xr-x`.
        mode: String,
    },
}

/// Why a folder cannot be used or repaired.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FolderError {
    /// It is a file, or something else.
    #[error("it is not a folder")]
    NotAFolder,
    /// It is a link to another place; only the real folder is repaired.
    #[error("it is a link to another folder")]
    Link,
    /// Another user owns it.
    #[error("it belongs to another user")]
    Foreign,
    /// The system said no.
    #[error("the system refused: {0}")]
    System(std::io::ErrorKind),
    /// The system said yes, and nothing changed.
    #[error("its permissions did not change")]
    Unchanged,
}

impl From<std::io::Error> for FolderError {
    fn from(error: std::io::Error) -> Self {
        Self::System(error.kind())
    }
}

/// Who may look into this folder.
///
/// # Errors
/// [`FolderError`]; a link to a folder is followed here.
#[cfg(unix)]
pub fn check(path: &Path) -> Result<FolderMode, FolderError> {
    use std::os::unix::fs::MetadataExt;
    let about = match std::fs::metadata(path) {
        Ok(about) => about,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            // A link that leads nowhere is not an absent folder: nothing can be made there.
            return match std::fs::symlink_metadata(path) {
                Ok(_) => Err(FolderError::Link),
                Err(_) => Ok(FolderMode::Absent),
            };
        }
        Err(error) => return Err(error.into()),
    };
    if !about.is_dir() {
        return Err(FolderError::NotAFolder);
    }
    if about.uid() != user() {
        return Err(FolderError::Foreign);
    }
    let mode = about.mode();
    Ok(if mode & 0o077 == 0 { FolderMode::Private } else { FolderMode::Open { mode: words(mode) } })
}

/// Lets only its owner into this folder: sets its permissions to `0700`, and nothing else.
///
/// # Errors
/// [`FolderError`]: it refuses links and folders of others, and looks again afterwards.
#[cfg(unix)]
pub fn make_private(path: &Path) -> Result<(), FolderError> {
    use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt};
    if std::fs::symlink_metadata(path)?.is_symlink() {
        return Err(FolderError::Link);
    }
    // Opened once without following a link, so that what is checked is what is changed.
    let folder = std::fs::OpenOptions::new()
        .read(true)
        .custom_flags(libc::O_NOFOLLOW | libc::O_DIRECTORY | libc::O_CLOEXEC)
        .open(path)
        .map_err(|error| match error.raw_os_error() {
            Some(libc::ENOTDIR) => FolderError::NotAFolder,
            Some(libc::ELOOP) => FolderError::Link,
            _ => FolderError::System(error.kind()),
        })?;
    if folder.metadata()?.uid() != user() {
        return Err(FolderError::Foreign);
    }
    folder.set_permissions(std::fs::Permissions::from_mode(0o700))?;
    if folder.metadata()?.mode() & 0o7777 == 0o700 { Ok(()) } else { Err(FolderError::Unchanged) }
}

/// Not looked at on this system.
///
/// # Errors
/// [`FolderError`].
#[cfg(not(unix))]
pub fn check(path: &Path) -> Result<FolderMode, FolderError> {
    match std::fs::metadata(path) {
        Ok(about) if about.is_dir() => Ok(FolderMode::Private),
        Ok(_) => Err(FolderError::NotAFolder),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(FolderMode::Absent),
        Err(error) => Err(error.into()),
    }
}

/// Nothing to do on this system.
///
/// # Errors
/// [`FolderError`].
#[cfg(not(unix))]
pub fn make_private(path: &Path) -> Result<(), FolderError> {
    check(path).map(|_| ())
}

/// The user that this program runs as.
#[cfg(unix)]
pub(super) fn user() -> u32 {
    rustix::process::geteuid().as_raw()
}

/// Permission bits of a folder, as `ls -ld` shows them.
#[cfg(unix)]
fn words(mode: u32) -> String {
    let mut words = String::from("d");
    for (shift, special, set, bare) in
        [(6, 0o4000, 's', 'S'), (3, 0o2000, 's', 'S'), (0, 0o1000, 't', 'T')]
    {
        let bits = mode >> shift;
        words.push(if bits & 4 == 0 { '-' } else { 'r' });
        words.push(if bits & 2 == 0 { '-' } else { 'w' });
        words.push(match (mode & special != 0, bits & 1 != 0) {
            (true, true) => set,
            (true, false) => bare,
            (false, true) => 'x',
            (false, false) => '-',
        });
    }
    words
}
