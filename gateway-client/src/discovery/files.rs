//! The one place that reads the gateway's files. It opens for reading only.

use std::io::Read;
use std::path::Path;
use zeroize::Zeroizing;

/// A file that was read, and who may read it.
pub(super) struct Found {
    /// Its text. It may hold secrets.
    pub text: Zeroizing<Vec<u8>>,
    /// Permission bits; none on Windows.
    pub mode: Option<u32>,
    /// It belongs to this user, or to the administrator.
    pub ours: bool,
}

/// Why a file could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// It is not there.
    Absent,
    /// It is a folder, a pipe, a device.
    NotAFile,
    /// It is longer than allowed.
    TooLong,
    /// The system said no.
    System(std::io::ErrorKind),
}

/// Reads a regular file, behind links too, of at most `most` bytes.
pub(super) fn read(path: &Path, most: u64) -> Result<Found, Fault> {
    let mut options = std::fs::OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        // A pipe without a writer must not hold this program up.
        options.custom_flags(libc::O_NONBLOCK | libc::O_CLOEXEC | libc::O_NOCTTY);
    }
    let file = options.open(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => Fault::Absent,
        kind => Fault::System(kind),
    })?;
    let about = file.metadata().map_err(|error| Fault::System(error.kind()))?;
    if !about.is_file() {
        return Err(Fault::NotAFile);
    }
    if about.len() > most {
        return Err(Fault::TooLong);
    }
    // With the room made before, no copy of a secret is left behind by growing.
    let room = usize::try_from(about.len()).unwrap_or(0).saturating_add(1);
    let mut text = Zeroizing::new(Vec::with_capacity(room));
    file.take(most.saturating_add(1))
        .read_to_end(&mut text)
        .map_err(|error| Fault::System(error.kind()))?;
    if u64::try_from(text.len()).unwrap_or(u64::MAX) > most {
        return Err(Fault::TooLong);
    }
    let (mode, ours) = owner(&about);
    Ok(Found { text, mode, ours })
}

#[cfg(unix)]
fn owner(about: &std::fs::Metadata) -> (Option<u32>, bool) {
    use std::os::unix::fs::MetadataExt;
    let ours = about.uid() == super::folder::user() || about.uid() == 0;
    (Some(about.mode() & 0o7777), ours)
}

#[cfg(not(unix))]
fn owner(_: &std::fs::Metadata) -> (Option<u32>, bool) {
    (None, true)
}
