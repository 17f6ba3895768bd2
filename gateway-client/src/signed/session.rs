//! The file in which the serving program hands its key over.

use super::Key;
use serde::{Deserialize, Serialize};
use std::io::{Read, Write};
use std::path::Path;
use zeroize::Zeroizing;

/// Longest file in bytes.
const MOST: u64 = 4 * 1024;

/// Where the serving program is, and its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Its port on 127.0.0.1.
    pub port: u16,
    /// Its process.
    pub pid: u32,
    /// When it started, in Unix seconds.
    pub started_at: u64,
    /// The key of this run.
    pub key: Key,
}

/// Why a session file was not read or written. Nothing quotes the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SessionError {
    /// There is none: the program does not run.
    #[error("there is no session file")]
    Absent,
    /// It is a link, a folder, a pipe.
    #[error("the session file is not a regular file")]
    NotAFile,
    /// Another user owns it.
    #[error("the session file belongs to another user")]
    Foreign,
    /// Others may read or write it. Its key is not used: the serving program makes another.
    #[error("others on this machine can read the session file")]
    Open,
    /// Longer than any.
    #[error("the session file is too long")]
    TooLong,
    /// It makes no sense.
    #[error("the session file is broken")]
    Broken,
    /// The system said no.
    #[error("the session file: {0}")]
    System(std::io::ErrorKind),
}

impl From<std::io::Error> for SessionError {
    fn from(error: std::io::Error) -> Self {
        Self::System(error.kind())
    }
}

#[derive(Serialize, Deserialize)]
struct Text {
    port: u16,
    pid: u32,
    started_at: u64,
    key: Zeroizing<String>,
}

impl Session {
    /// Reads the file: a regular file of this user's that nobody else may touch.
    ///
    /// # Errors
    /// [`SessionError`].
    pub fn read(path: &Path) -> Result<Self, SessionError> {
        let mut options = std::fs::OpenOptions::new();
        options.read(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt;
            options.custom_flags(libc::O_NOFOLLOW | libc::O_NONBLOCK | libc::O_CLOEXEC);
        }
        let file = options.open(path).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => SessionError::Absent,
            kind => link(&error).unwrap_or(SessionError::System(kind)),
        })?;
        check(&file.metadata()?)?;
        let mut bytes = Zeroizing::new(Vec::with_capacity(4_097));
        file.take(MOST + 1).read_to_end(&mut bytes)?;
        if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > MOST {
            return Err(SessionError::TooLong);
        }
        let text: Text = serde_json::from_slice(&bytes).map_err(|_| SessionError::Broken)?;
        let key = Key::from_text(&text.key).ok_or(SessionError::Broken)?;
        if text.port == 0 {
            return Err(SessionError::Broken);
        }
        Ok(Self { port: text.port, pid: text.pid, started_at: text.started_at, key })
    }

    /// Writes the file anew, readable for this user only. A reader sees the old one or the new one.
    ///
    /// # Errors
    /// [`SessionError`].
    pub fn write(&self, path: &Path) -> Result<(), SessionError> {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let folder = folder.ok_or(SessionError::NotAFile)?;
        let text = Text {
            port: self.port,
            pid: self.pid,
            started_at: self.started_at,
            key: self.key.to_text(),
        };
        let mut bytes = Zeroizing::new(Vec::with_capacity(256));
        serde_json::to_writer(&mut *bytes, &text).map_err(|_| SessionError::Broken)?;
        let next = folder.join(format!(".session-{}", uuid::Uuid::new_v4()));
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt;
            options.mode(0o600).custom_flags(libc::O_NOFOLLOW | libc::O_CLOEXEC);
        }
        let written = (|| {
            let mut file = options.open(&next)?;
            file.write_all(&bytes)?;
            file.sync_all()?;
            check(&file.metadata()?)?;
            std::fs::rename(&next, path).map_err(SessionError::from)
        })();
        if written.is_err() {
            let _ = std::fs::remove_file(&next);
        }
        written
    }
}

#[cfg(unix)]
fn check(about: &std::fs::Metadata) -> Result<(), SessionError> {
    use std::os::unix::fs::MetadataExt;
    if !about.is_file() {
        return Err(SessionError::NotAFile);
    }
    if about.uid() != rustix::process::geteuid().as_raw() {
        return Err(SessionError::Foreign);
    }
    if about.mode() & 0o077 != 0 {
        return Err(SessionError::Open);
    }
    Ok(())
}

/// The profile's own access list keeps others out. Not tried on Windows.
#[cfg(not(unix))]
fn check(about: &std::fs::Metadata) -> Result<(), SessionError> {
    if about.is_file() { Ok(()) } else { Err(SessionError::NotAFile) }
}

#[cfg(unix)]
fn link(error: &std::io::Error) -> Option<SessionError> {
    (error.raw_os_error() == Some(libc::ELOOP)).then_some(SessionError::NotAFile)
}

#[cfg(not(unix))]
fn link(_: &std::io::Error) -> Option<SessionError> {
    None
}
