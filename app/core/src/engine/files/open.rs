//! A file that a person picked or dropped: opened once, looked at through its handle, and read
//! up to a limit. Its path is never used again.

use crate::engine::platform::Platform;
use crate::tr;
use std::fs::{File, OpenOptions};
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

/// Longest file name that is shown and sent, in characters.
const NAME: usize = 120;

/// Why a file is not taken.
#[derive(Debug, thiserror::Error)]
pub(in crate::engine) enum OpenError {
    /// A folder.
    #[error("it is a folder")]
    Folder,
    /// A device, a pipe, a socket.
    #[error("it is not a regular file")]
    NotRegular,
    /// Longer than what may be sent.
    #[error("it has {size} bytes or more and {limit} are allowed")]
    TooLarge {
        /// Bytes, as far as they are known.
        size: u64,
        /// Bytes.
        limit: u64,
    },
    /// The scope of what wanted it has no picked files.
    #[error("{0}")]
    Refused(String),
    /// The system does not open, read or write it.
    #[error(transparent)]
    Io(io::Error),
}

impl OpenError {
    fn into_io(self) -> io::Error {
        match self {
            Self::Folder => io::ErrorKind::IsADirectory.into(),
            Self::Io(error) => error,
            other => io::Error::new(io::ErrorKind::InvalidInput, other.to_string()),
        }
    }
}

impl From<io::Error> for OpenError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::IsADirectory => Self::Folder,
            io::ErrorKind::InvalidInput => Self::NotRegular,
            _ => Self::Io(error),
        }
    }
}

/// What opens files that were picked or dropped. Handed out by the doors, to who may.
#[derive(Clone)]
pub(in crate::engine) struct Opener(Arc<dyn Platform>);

impl Opener {
    pub(in crate::engine) fn new(platform: Arc<dyn Platform>) -> Self {
        Self(platform)
    }

    /// Opens a file of at most `limit` bytes to read. Links are followed: the person chose them.
    /// Blocks.
    ///
    /// # Errors
    /// [`OpenError`].
    pub(in crate::engine) fn open(&self, path: &Path, limit: u64) -> Result<File, OpenError> {
        let file = self.0.open_picked(path)?;
        let metadata = file.metadata()?;
        regular(&metadata)?;
        if metadata.len() > limit {
            return Err(OpenError::TooLarge { size: metadata.len(), limit });
        }
        Ok(file)
    }

    /// Reads such a file. Blocks.
    ///
    /// # Errors
    /// [`OpenError`].
    pub(in crate::engine) fn read(&self, path: &Path, limit: u64) -> Result<Vec<u8>, OpenError> {
        let file = self.open(path, limit)?;
        let length = file.metadata()?.len();
        let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or_default());
        // It may have grown since, or be one of those that say they are empty.
        let size = file.take(limit + 1).read_to_end(&mut bytes)? as u64;
        if size > limit {
            return Err(OpenError::TooLarge { size, limit });
        }
        Ok(bytes)
    }

    /// Opens a file to write into, and makes it, for its owner only, when it is not there. What
    /// stands in it stays until [`File::set_len`]. Blocks.
    ///
    /// # Errors
    /// [`OpenError`].
    pub(in crate::engine) fn create(&self, path: &Path) -> Result<File, OpenError> {
        let file = self.0.create_picked(path)?;
        regular(&file.metadata()?)?;
        Ok(file)
    }
}

/// Opens without waiting for anybody: a pipe without a writer would wait for ever.
fn patient(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags(libc::O_NONBLOCK | libc::O_NOCTTY).mode(0o600);
    }
    options
}

/// Only regular files. `metadata` is the handle's own, so nothing can be put in its place.
fn regular(metadata: &std::fs::Metadata) -> Result<(), OpenError> {
    match metadata.file_type() {
        kind if kind.is_dir() => Err(OpenError::Folder),
        kind if kind.is_file() => Ok(()),
        _ => Err(OpenError::NotRegular),
    }
}

/// Opens a picked file in this process.
///
/// # Errors
/// As opening has them; what is no regular file gives [`io::ErrorKind::IsADirectory`] or
/// [`io::ErrorKind::InvalidInput`].
pub fn to_read(path: &Path) -> io::Result<File> {
    // Opening a device can do things by itself, so it is looked at before too.
    regular(&std::fs::metadata(path)?).map_err(OpenError::into_io)?;
    let file = patient(OpenOptions::new().read(true)).open(path)?;
    regular(&file.metadata()?).map_err(OpenError::into_io)?;
    Ok(file)
}

/// The same to write; a new one is for its owner only.
///
/// # Errors
/// As [`to_read`].
pub fn to_write(path: &Path) -> io::Result<File> {
    match std::fs::metadata(path) {
        Ok(metadata) => regular(&metadata).map_err(OpenError::into_io)?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(error),
    }
    let file = patient(OpenOptions::new().write(true).create(true).truncate(false)).open(path)?;
    regular(&file.metadata()?).map_err(OpenError::into_io)?;
    Ok(file)
}

/// The name of a file, safe to show and to send: no folder, no control characters, none that
/// turn the writing direction round, not long.
pub(in crate::engine) fn name_of(path: &Path) -> String {
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    plain_name(&name)
}

/// Makes a file name of a text.
pub(in crate::engine) fn plain_name(text: &str) -> String {
    let bad = |c: char| {
        c.is_control()
            || matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|')
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let clean: String = text.trim().chars().map(|c| if bad(c) { '-' } else { c }).collect();
    let clean = clean.trim_start_matches('.');
    let count = clean.chars().count();
    if count <= NAME {
        return if clean.is_empty() { tr!("files-name-of-none").into() } else { clean.into() };
    }
    // The end is kept too: it says what kind of file it is.
    let end: String = clean.chars().skip(count - 20).collect();
    clean.chars().take(NAME - 21).chain(std::iter::once('…')).chain(end.chars()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::NoPlatform;

    fn read(path: &Path, limit: u64) -> Result<Vec<u8>, OpenError> {
        Opener::new(Arc::new(NoPlatform)).read(path, limit)
    }

    fn create(path: &Path) -> Result<File, OpenError> {
        Opener::new(Arc::new(NoPlatform)).create(path)
    }

    use proptest::prelude::*;

    #[test]
    fn a_file_is_read_up_to_the_limit() {
        let base = tempfile::tempdir().unwrap();
        let path = base.path().join("a.txt");
        std::fs::write(&path, b"12345").unwrap();
        assert_eq!(read(&path, 5).unwrap(), b"12345");
        assert!(matches!(read(&path, 4), Err(OpenError::TooLarge { size: 5, limit: 4 })));
        assert!(matches!(read(&base.path().join("none"), 4), Err(OpenError::Io(_))));
        assert!(matches!(read(base.path(), 4), Err(OpenError::Folder)));
        assert!(read(&base.path().join("x/../../.."), 4).is_err());
        let huge = base.path().join("huge");
        File::create(&huge).unwrap().set_len(1 << 40).unwrap();
        assert!(matches!(read(&huge, 1 << 20), Err(OpenError::TooLarge { .. })));
    }

    #[cfg(unix)]
    #[test]
    fn pipes_devices_and_sockets_are_refused_at_once() {
        let base = tempfile::tempdir().unwrap();
        let pipe = base.path().join("pipe");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status().unwrap();
        assert!(made.success());
        let socket = base.path().join("socket");
        let _listener = std::os::unix::net::UnixListener::bind(&socket).unwrap();
        let link = base.path().join("link.png");
        std::os::unix::fs::symlink("/dev/zero", &link).unwrap();
        for path in [&pipe, &socket, &link, Path::new("/dev/zero"), Path::new("/dev/tty")] {
            if path.exists() {
                assert!(matches!(read(path, 9), Err(OpenError::NotRegular)), "{path:?}");
                assert!(matches!(create(path), Err(OpenError::NotRegular)), "{path:?}");
            }
        }
        // One that says it is empty and is not.
        assert!(matches!(
            read(Path::new("/proc/self/status"), 10),
            Err(OpenError::TooLarge { size: 11, limit: 10 })
        ));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_to_a_file_is_read_and_a_new_file_is_the_owners() {
        use std::os::unix::fs::PermissionsExt;
        let base = tempfile::tempdir().unwrap();
        std::fs::write(base.path().join("a"), b"x").unwrap();
        std::os::unix::fs::symlink("a", base.path().join("b")).unwrap();
        assert_eq!(read(&base.path().join("b"), 9).unwrap(), b"x");
        let new = base.path().join("new.md");
        drop(create(&new).unwrap());
        assert_eq!(std::fs::metadata(&new).unwrap().permissions().mode() & 0o777, 0o600);
        std::fs::write(&new, b"before").unwrap();
        drop(create(&new).unwrap());
        assert_eq!(std::fs::read(&new).unwrap(), b"before", "not emptied by opening");
    }

    #[test]
    fn a_file_that_grows_stays_within_the_limit() {
        let base = tempfile::tempdir().unwrap();
        let path = base.path().join("log");
        std::fs::write(&path, b"begin").unwrap();
        let stop = std::sync::atomic::AtomicBool::new(false);
        std::thread::scope(|scope| {
            scope.spawn(|| {
                use std::io::Write;
                let mut file = OpenOptions::new().append(true).open(&path).unwrap();
                while !stop.load(std::sync::atomic::Ordering::Relaxed) {
                    file.write_all(&[b'x'; 4096]).unwrap();
                }
            });
            for _ in 0..50 {
                match read(&path, 100_000) {
                    Ok(bytes) => assert!(bytes.len() <= 100_000),
                    Err(OpenError::TooLarge { .. }) => break,
                    Err(error) => panic!("{error}"),
                }
            }
            stop.store(true, std::sync::atomic::Ordering::Relaxed);
        });
    }

    #[test]
    fn names_are_plain() {
        assert_eq!(name_of(Path::new("/a/b.png")), "b.png");
        assert_eq!(name_of(Path::new("/")), "file");
        assert_eq!(plain_name("../../etc/passwd"), "-..-etc-passwd");
        assert_eq!(plain_name("a\u{202e}gpj.exe\n"), "a-gpj.exe");
        let long = plain_name(&format!("{}.png", "x".repeat(300)));
        assert!(long.ends_with(".png") && long.chars().count() == NAME, "{long}");
    }

    proptest! {
        #[test]
        fn any_name_is_one_short_line(text in ".{0,400}") {
            let name = plain_name(&text);
            prop_assert!(!name.is_empty() && name.chars().count() <= NAME);
            prop_assert!(!name.contains(['/', '\\', '\n', '\0']) && !name.starts_with('.'));
        }
    }
}
