//! What is kept on disk: below `~/.multiclaw`, and conversations in `~/.openclaw/conversations`.
//!
//! Each of the two is opened once as a capability (`cap-std`): names with `..`, absolute names
//! and links that lead out of it cannot be opened, whatever a caller passes.

pub mod conversations;
pub(crate) mod crash;
mod device;
pub mod drafts;
pub mod kept;
mod kiosk;
pub mod moving;
pub mod outbox;
mod session;
mod settings;
#[cfg(test)]
#[path = "tests/tricks.rs"]
mod tricks;
pub mod unlock;

pub use device::{StoredDevice, paired_with, save_device};
pub use kiosk::StoredScreen;
pub use session::StoredSession;
pub use settings::{load as load_settings, load_over as load_settings_over, save as save_settings};

use cap_std::ambient_authority;
use cap_std::fs::Dir;
use std::io::{self, Read, Seek, Write};
use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};

/// Longest file that is read back whole, in bytes: the longest is an outbox entry with a message.
const MAX_FILE: u64 = 256 * 1024;
/// Longest conversation, in bytes: a hundred thousand messages of 2 KiB fit.
const MAX_LOG: u64 = 256 * 1024 * 1024;

/// What went wrong with a file of ours.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StorageError {
    /// The directory cannot be made or opened.
    #[error("the folder {path} cannot be used: {source}")]
    Folder {
        /// Which.
        path: String,
        /// Why.
        source: io::Error,
    },
    /// A file cannot be read or written.
    #[error("the file {name} cannot be used: {source}")]
    File {
        /// Which, below the folder.
        name: String,
        /// Why.
        source: io::Error,
    },
    /// A file's content is not what it should be.
    #[error("the file {name} is damaged: {why}")]
    Damaged {
        /// Which, below the folder.
        name: String,
        /// Why.
        why: String,
    },
}

/// The program's own folder.
#[derive(Debug)]
pub struct Storage {
    dir: Dir,
}

impl Storage {
    /// Opens the folder, makes it if it is not there, and makes it owner-only (0700) if it is
    /// not.
    ///
    /// # Errors
    /// [`StorageError::Folder`].
    pub fn open(path: &Path) -> Result<Self, StorageError> {
        let fault = |source| StorageError::Folder { path: path.display().to_string(), source };
        let mut builder = std::fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::DirBuilderExt;
            builder.mode(0o700);
        }
        builder.create(path).map_err(fault)?;
        let dir = Dir::open_ambient_dir(path, ambient_authority()).map_err(fault)?;
        owner_only(&dir, ".", 0o700).map_err(fault)?;
        Ok(Self { dir })
    }

    /// Opens the folder as it is: nothing is made and no permission changed. `None` when it is
    /// not there.
    ///
    /// # Errors
    /// [`StorageError::Folder`].
    pub fn open_existing(path: &Path) -> Result<Option<Self>, StorageError> {
        match Dir::open_ambient_dir(path, ambient_authority()) {
            Ok(dir) => Ok(Some(Self { dir })),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(source) => Err(StorageError::Folder { path: path.display().to_string(), source }),
        }
    }

    /// Opens a folder that other programs use too. It is made, owner-only, if it is not there; if
    /// it is, it stays as it is: its permissions are the person's to change.
    ///
    /// # Errors
    /// [`StorageError::Folder`].
    pub fn open_shared(path: &Path) -> Result<Self, StorageError> {
        let fault = |source| StorageError::Folder { path: path.display().to_string(), source };
        match Dir::open_ambient_dir(path, ambient_authority()) {
            Ok(dir) => return Ok(Self { dir }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(fault(error)),
        }
        if let Some(above) = path.parent() {
            Dir::create_ambient_dir_all(above, ambient_authority()).map_err(fault)?;
        }
        let mut builder = std::fs::DirBuilder::new();
        #[cfg(unix)]
        {
            use std::os::unix::fs::DirBuilderExt;
            builder.mode(0o700);
        }
        match builder.create(path) {
            // Another program was faster.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            made => made.map_err(fault)?,
        }
        let dir = Dir::open_ambient_dir(path, ambient_authority()).map_err(fault)?;
        Ok(Self { dir })
    }

    /// Opens a folder inside of it; makes it, owner-only, if it is not there.
    ///
    /// # Errors
    /// [`StorageError::Folder`].
    pub fn folder(&self, name: &str) -> Result<Self, StorageError> {
        let fault = |source| StorageError::Folder { path: name.to_owned(), source };
        match self.dir.create_dir_with(name, &private_folder()) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(fault(error)),
            _ => {}
        }
        owner_only(&self.dir, name, 0o700).map_err(fault)?;
        Ok(Self { dir: self.dir.open_dir(name).map_err(fault)? })
    }

    /// Names of the files in it; those that begin with a dot are ours in the making.
    fn names(&self) -> Result<Vec<String>, StorageError> {
        let fault = |source| StorageError::Folder { path: ".".into(), source };
        let mut names = Vec::new();
        for entry in self.dir.entries().map_err(fault)? {
            let entry = entry.map_err(fault)?;
            if let Ok(name) = entry.file_name().into_string()
                && !name.starts_with('.')
            {
                names.push(name);
            }
        }
        Ok(names)
    }

    /// Adds bytes to the end of a file and makes them durable. A line that a crash cut off is
    /// ended first, so that it spoils nothing after it.
    fn append(&self, name: &str, bytes: &[u8]) -> Result<(), StorageError> {
        let fault = |source| StorageError::File { name: name.to_owned(), source };
        let mut options = cap_std::fs::OpenOptions::new();
        options.read(true).append(true).create(true);
        let mut file = self.open_plain(name, &mut options).map_err(fault)?;
        let length = file.seek(io::SeekFrom::End(0)).map_err(fault)?;
        if length > 0 {
            let mut last = [0];
            file.seek(io::SeekFrom::End(-1)).map_err(fault)?;
            file.read_exact(&mut last).map_err(fault)?;
            if last != *b"\n" {
                file.write_all(b"\n").map_err(fault)?;
            }
        }
        file.write_all(bytes).map_err(fault)?;
        file.sync_data().map_err(fault)
    }

    /// Opens a regular file with a plain name. Nothing is waited for: what lies there may be a
    /// pipe, and is refused then.
    fn open_plain(
        &self,
        name: &str,
        options: &mut cap_std::fs::OpenOptions,
    ) -> io::Result<cap_std::fs::File> {
        plain(name)?;
        #[cfg(unix)]
        {
            use cap_std::fs::OpenOptionsExt;
            options.mode(0o600).custom_flags(libc::O_NONBLOCK | libc::O_NOCTTY);
        }
        let file = self.dir.open_with(name, options)?;
        if file.metadata()?.is_file() { Ok(file) } else { Err(irregular()) }
    }

    /// Reads a file; `None` when it is not there.
    fn read(&self, name: &str) -> Result<Option<Vec<u8>>, StorageError> {
        self.read_up_to(name, MAX_FILE)
    }

    fn read_up_to(&self, name: &str, most: u64) -> Result<Option<Vec<u8>>, StorageError> {
        let fault = |source| StorageError::File { name: name.to_owned(), source };
        let file = match self.open_plain(name, cap_std::fs::OpenOptions::new().read(true)) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(fault(error)),
        };
        owner_only(&self.dir, name, 0o600).map_err(fault)?;
        let mut bytes = Vec::new();
        file.take(most + 1).read_to_end(&mut bytes).map_err(fault)?;
        if bytes.len() as u64 > most {
            return Err(StorageError::Damaged {
                name: name.to_owned(),
                why: "it is too long".into(),
            });
        }
        Ok(Some(bytes))
    }

    /// Writes a file whole: beside it first, then renamed, so that a crash leaves the old one
    /// or the new one. The new file is owner-only (0600) from its first byte.
    fn write(&self, name: &str, bytes: &[u8]) -> Result<(), StorageError> {
        static COUNTER: AtomicU32 = AtomicU32::new(0);
        plain(name).map_err(|source| StorageError::File { name: name.to_owned(), source })?;
        let beside =
            format!(".{name}.{}.{}", std::process::id(), COUNTER.fetch_add(1, Ordering::Relaxed));
        let result = self
            .write_beside(&beside, bytes)
            .and_then(|()| self.dir.rename(&beside, &self.dir, name));
        if let Err(source) = result {
            // The half-written file is of no use; that it stays would be a second fault.
            let _ = self.dir.remove_file(&beside);
            return Err(StorageError::File { name: name.to_owned(), source });
        }
        Ok(())
    }

    fn write_beside(&self, beside: &str, bytes: &[u8]) -> io::Result<()> {
        let mut options = cap_std::fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        {
            use cap_std::fs::OpenOptionsExt;
            options.mode(0o600);
        }
        let mut file = self.dir.open_with(beside, &options)?;
        file.write_all(bytes)?;
        file.sync_all()
    }

    /// Removes a file; it is no fault if it is not there.
    fn remove(&self, name: &str) -> Result<(), StorageError> {
        match plain(name).and_then(|()| self.dir.remove_file(name)) {
            Err(source) if source.kind() != io::ErrorKind::NotFound => {
                Err(StorageError::File { name: name.to_owned(), source })
            }
            _ => Ok(()),
        }
    }
}

fn irregular() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, "it is not a regular file")
}

/// Longest name of a file, in bytes.
const NAME: usize = 200;

/// A name that is one on every system, and lies in the folder itself. `cap-std` keeps a path inside
/// of the folder; this keeps it from being anything but a name: no part of another folder, no
/// device or stream of Windows, nothing that begins with a dot, which are ours in the making.
fn plain(name: &str) -> io::Result<()> {
    const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_ascii_lowercase();
    let port = stem.len() == 4
        && (stem.starts_with("com") || stem.starts_with("lpt"))
        && stem.ends_with(|c: char| c.is_ascii_digit());
    let bad = |c: char| c.is_control() || "/\\:*?\"<>|".contains(c);
    let refused = name.is_empty()
        || name.len() > NAME
        || name.starts_with('.')
        || name.ends_with(['.', ' '])
        || name.contains(bad)
        || DEVICES.contains(&stem.as_str())
        || port;
    if refused {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is not the name of a file"));
    }
    Ok(())
}

/// Repairs permissions that let others in. Elsewhere than on Unix the profile's own access
/// rules hold.
#[cfg(unix)]
fn owner_only(dir: &Dir, name: &str, mode: u32) -> io::Result<()> {
    use cap_std::fs::{MetadataExt, Permissions, PermissionsExt};
    let have = dir.metadata(name)?.mode() & 0o777;
    if have & 0o077 != 0 {
        tracing::warn!(name, have = format!("{have:o}"), "others had access; repaired");
        dir.set_permissions(name, Permissions::from_mode(mode))?;
    }
    Ok(())
}

/// Made for its owner only from the beginning: never open, not even for a moment.
fn private_folder() -> cap_std::fs::DirBuilder {
    #[cfg_attr(not(unix), expect(unused_mut))]
    let mut builder = cap_std::fs::DirBuilder::new();
    #[cfg(unix)]
    {
        use cap_std::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder
}

#[cfg(not(unix))]
fn owner_only(_: &Dir, _: &str, _: u32) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn folder_and_files_are_owner_only_and_repaired() {
        use std::os::unix::fs::PermissionsExt;
        let base = tempfile::tempdir().unwrap();
        let path = base.path().join("dot");
        std::fs::create_dir(&path).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
        let mode = |p: &Path| std::fs::metadata(p).unwrap().permissions().mode() & 0o777;
        let storage = Storage::open(&path).unwrap();
        assert_eq!(mode(&path), 0o700);
        storage.write("session.json", b"x").unwrap();
        let file = path.join("session.json");
        assert_eq!(mode(&file), 0o600);
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).unwrap();
        assert_eq!(storage.read("session.json").unwrap().unwrap(), b"x");
        assert_eq!(mode(&file), 0o600);
    }

    #[cfg(unix)]
    #[test]
    fn a_shared_folder_is_made_owner_only_and_else_left_alone() {
        use std::os::unix::fs::PermissionsExt;
        let base = tempfile::tempdir().unwrap();
        let mode = |p: &Path| std::fs::metadata(p).unwrap().permissions().mode() & 0o777;
        let path = base.path().join("new/.openclaw");
        let shared = Storage::open_shared(&path).unwrap();
        assert_eq!(mode(&path), 0o700);
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
        drop(shared);
        let shared = Storage::open_shared(&path).unwrap();
        assert_eq!(mode(&path), 0o755, "the person decides");
        std::fs::create_dir(path.join("conversations")).unwrap();
        shared.folder("conversations").unwrap();
        assert_eq!(mode(&path.join("conversations")), 0o700, "ours");
        std::fs::write(base.path().join("file"), b"").unwrap();
        assert!(Storage::open_shared(&base.path().join("file")).is_err());
        let outside = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink(outside.path(), path.join("out")).unwrap();
        assert!(shared.folder("out").is_err());
    }

    #[test]
    fn writing_replaces_whole_and_leaves_nothing_behind() {
        let base = tempfile::tempdir().unwrap();
        let storage = Storage::open(base.path()).unwrap();
        storage.write("settings.json", b"first").unwrap();
        storage.write("settings.json", b"2").unwrap();
        assert_eq!(storage.read("settings.json").unwrap().unwrap(), b"2");
        assert_eq!(std::fs::read_dir(base.path()).unwrap().count(), 1);
        storage.remove("settings.json").unwrap();
        storage.remove("settings.json").unwrap();
        assert_eq!(storage.read("settings.json").unwrap(), None);
    }

    #[test]
    fn a_long_file_is_damaged_not_read() {
        let base = tempfile::tempdir().unwrap();
        let storage = Storage::open(base.path()).unwrap();
        std::fs::write(base.path().join("settings.json"), vec![b' '; 300_000]).unwrap();
        assert!(matches!(storage.read("settings.json"), Err(StorageError::Damaged { .. })));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_out_of_the_folder_is_not_followed() {
        let base = tempfile::tempdir().unwrap();
        let outside = tempfile::tempdir().unwrap();
        std::fs::write(outside.path().join("secret"), b"s").unwrap();
        let storage = Storage::open(base.path()).unwrap();
        std::os::unix::fs::symlink(outside.path().join("secret"), base.path().join("session.json"))
            .unwrap();
        assert!(storage.read("session.json").is_err());
    }
}
