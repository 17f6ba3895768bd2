//! Folders that only this person may change, and flat files in them.
//!
//! Everything goes through the open folder, so that nobody can put another one in its place
//! meanwhile. No symbolic link is followed.

#[cfg(any(not(unix), test))]
mod paths;
#[cfg(unix)]
mod unix;

#[cfg(not(unix))]
use paths as system;
#[cfg(unix)]
use unix as system;

use crate::UpdateError;
use std::fs::{File, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// A lock. It also ends with the process.
#[derive(Debug)]
pub(crate) struct Held(File);

impl Drop for Held {
    /// Closing is not enough: a child that is just being made may have the file open too.
    fn drop(&mut self) {
        if let Err(error) = self.0.unlock() {
            tracing::debug!(%error, "a lock ends with its file");
        }
    }
}

/// An open folder.
#[derive(Debug)]
pub(crate) struct Folder {
    handle: system::Handle,
    path: PathBuf,
}

impl Folder {
    /// Opens a folder that is only gone through: the program's.
    pub(crate) fn plain(path: &Path) -> io::Result<Self> {
        Ok(Self { handle: system::open(path)?, path: path.to_owned() })
    }

    /// Opens or makes this person's own folder at this path, and closes it to others.
    ///
    /// # Errors
    /// [`UpdateError::Folder`] for a link and for somebody else's folder; [`UpdateError::Disk`].
    pub(crate) fn own(path: &Path) -> Result<Self, UpdateError> {
        let disk = UpdateError::disk("the updater's folder cannot be opened");
        let (Some(parent), Some(name)) = (path.parent(), path.file_name().and_then(|n| n.to_str()))
        else {
            return Err(refused(path, &"it has no name"));
        };
        system::make_all(parent).map_err(&disk)?;
        let parent = Self::plain(parent).map_err(&disk)?;
        parent.make(name)?;
        let handle = system::child(&parent.handle, name).map_err(|e| refused(path, &e))?;
        system::close(&handle).map_err(|why| refused(path, &why))?;
        Ok(Self { handle, path: path.to_owned() })
    }

    /// Opens the folder `name` in this one, which has to be this person's and closed to others;
    /// `None` when it is not there.
    ///
    /// # Errors
    /// [`UpdateError::Folder`] for a link, for somebody else's folder, and for one that others may
    /// write to or look into.
    pub(crate) fn child(&self, name: &str) -> Result<Option<Self>, UpdateError> {
        let path = self.path.join(name);
        match system::child(&self.handle, name) {
            Ok(handle) => {
                system::is_private(&handle).map_err(|why| refused(&path, &why))?;
                Ok(Some(Self { handle, path }))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(refused(&path, &error)),
        }
    }

    /// As [`Folder::child`], and makes it where it is not there.
    pub(crate) fn child_or_new(&self, name: &str) -> Result<Self, UpdateError> {
        self.make(name)?;
        let gone = || refused(&self.path.join(name), &"it went away");
        self.child(name)?.ok_or_else(gone)
    }

    /// Makes a folder in this one, in place of one of the same name.
    pub(crate) fn fresh(&self, name: &str) -> Result<Self, UpdateError> {
        self.remove_folder(name).map_err(UpdateError::disk("a folder cannot be removed"))?;
        self.child_or_new(name)
    }

    fn make(&self, name: &str) -> Result<(), UpdateError> {
        match system::make(&self.handle, name) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
                Err(UpdateError::disk("a folder cannot be made")(error))
            }
            _ => Ok(()),
        }
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Opens a regular file for reading; `None` when it is not there.
    pub(crate) fn open(&self, name: &str) -> io::Result<Option<File>> {
        match system::read(&self.handle, name) {
            Ok(file) if file.metadata()?.is_file() => Ok(Some(file)),
            Ok(_) => Err(io::Error::new(io::ErrorKind::InvalidInput, "it is not a plain file")),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Reads a file of at most `most` bytes; `None` when it is not there.
    pub(crate) fn read(&self, name: &str, most: u64) -> io::Result<Option<Vec<u8>>> {
        let Some(file) = self.open(name)? else { return Ok(None) };
        let mut bytes = Vec::new();
        file.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
        if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > most {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "the file is too long"));
        }
        Ok(Some(bytes))
    }

    /// Makes an empty file that is there for nobody else, in place of one of the same name.
    pub(crate) fn create(&self, name: &str) -> io::Result<File> {
        self.remove(name)?;
        system::create(&self.handle, name)
    }

    /// Opens a file for reading and writing, as it is, or makes it.
    pub(crate) fn append(&self, name: &str) -> io::Result<File> {
        let file = system::append(&self.handle, name)?;
        if file.metadata()?.is_file() {
            return Ok(file);
        }
        Err(io::Error::new(io::ErrorKind::InvalidInput, "it is not a plain file"))
    }

    /// Locks a file, which is made where it is not there; `None` while somebody else has it.
    pub(crate) fn hold(&self, name: &str) -> io::Result<Option<Held>> {
        let file = self.append(name)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Held(file))),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }

    /// Writes a file so that it is there as a whole or as it was before, also after a power cut.
    pub(crate) fn write(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let new = format!("{name}.new");
        let mut file = self.create(&new)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        drop(file);
        self.rename(&new, self, name)
    }

    /// Renames a file or a folder and makes that last.
    pub(crate) fn rename(&self, from: &str, to: &Self, name: &str) -> io::Result<()> {
        system::rename(&self.handle, from, &to.handle, name)?;
        to.sync()?;
        if self.path == to.path { Ok(()) } else { self.sync() }
    }

    /// Exchanges two files in one step where the system can; otherwise what was at `to` gets a
    /// second name in this folder first. At no moment is there nothing at `to`.
    pub(crate) fn exchange(&self, from: &str, to: &Self, name: &str) -> io::Result<()> {
        system::exchange(&self.handle, from, &to.handle, name)
    }

    /// Removes a file; whether it was there.
    pub(crate) fn remove(&self, name: &str) -> io::Result<bool> {
        match system::remove(&self.handle, name) {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Removes a file, if it is there, and makes that last.
    pub(crate) fn forget(&self, name: &str) -> io::Result<()> {
        if self.remove(name)? { self.sync() } else { Ok(()) }
    }

    /// Removes a flat folder with its files, if it is there.
    pub(crate) fn remove_folder(&self, name: &str) -> io::Result<()> {
        let inside = match system::child(&self.handle, name) {
            Ok(handle) => Self { handle, path: self.path.join(name) },
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            // A link, or a file.
            Err(_) => return self.forget(name),
        };
        for file in inside.names()? {
            inside.remove(&file)?;
        }
        system::remove_folder(&self.handle, name)?;
        self.sync()
    }

    /// The names in it that are text.
    pub(crate) fn names(&self) -> io::Result<Vec<String>> {
        system::names(&self.handle)
    }

    /// Makes names last.
    pub(crate) fn sync(&self) -> io::Result<()> {
        system::sync(&self.handle)
    }
}

fn refused(folder: &Path, why: &dyn std::fmt::Display) -> UpdateError {
    UpdateError::Folder { folder: folder.display().to_string(), why: why.to_string() }
}

/// Which file this is, among all of this computer; `None` where the system does not say.
pub(crate) fn identity(file: &std::fs::Metadata) -> Option<(u64, u64)> {
    system::identity(file)
}

/// Gives a program's file the rights `mode`, of those that anybody may have.
pub(crate) fn permit(file: &File, mode: u32) -> io::Result<()> {
    system::permit(file, mode)
}

/// Whether this person may replace the program at this path, in this folder.
pub(crate) fn may_replace(folder: &Path, program: &Path) -> bool {
    system::may_replace(folder, program)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn what_is_made_on_the_way_is_closed_to_others() {
        use std::os::unix::fs::PermissionsExt;
        let base = tempfile::tempdir().unwrap();
        let data = base.path().join(".multiclaw");
        Folder::own(&data.join("update")).unwrap();
        for folder in [&data, &data.join("update")] {
            let mode = std::fs::metadata(folder).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o700, "{}", folder.display());
        }
    }

    #[test]
    fn files_are_whole_and_flat() {
        let base = tempfile::tempdir().unwrap();
        let root = Folder::plain(base.path()).unwrap();
        let folder = root.child_or_new("x").unwrap();
        assert!(root.child("y").unwrap().is_none());
        folder.write("a", b"one").unwrap();
        folder.write("a", b"two").unwrap();
        assert_eq!(folder.read("a", 3).unwrap().unwrap(), b"two");
        assert_eq!(folder.read("a", 2).unwrap_err().kind(), io::ErrorKind::InvalidData);
        assert_eq!(folder.read("b", 2).unwrap(), None);
        let other = folder.fresh("sub").unwrap();
        folder.rename("a", &other, "b").unwrap();
        assert_eq!(other.names().unwrap(), ["b"]);
        other.write("c", b"three").unwrap();
        other.exchange("b", &other, "c").unwrap();
        assert_eq!(other.read("b", 9).unwrap().unwrap(), b"three");
        assert_eq!(other.read("c", 9).unwrap().unwrap(), b"two");
        assert!(folder.fresh("sub").unwrap().names().unwrap().is_empty());
        folder.remove_folder("sub").unwrap();
        folder.remove_folder("sub").unwrap();
        folder.forget("sub").unwrap();
        assert!(folder.names().unwrap().is_empty());
    }

    /// The functions of systems that are not Unix do the same, as far as this system can tell.
    #[test]
    fn the_other_systems_functions() {
        let base = tempfile::tempdir().unwrap();
        let root = paths::open(base.path()).unwrap();
        paths::make_all(&base.path().join("x")).unwrap();
        assert!(paths::make(&root, "x").is_err());
        let folder = paths::child(&root, "x").unwrap();
        paths::is_private(&folder).unwrap();
        paths::close(&folder).unwrap();
        assert!(paths::child(&root, "y").is_err());
        paths::create(&folder, "a").unwrap().write_all(b"one").unwrap();
        assert!(paths::create(&folder, "a").is_err());
        paths::append(&folder, "b").unwrap().write_all(b"two").unwrap();
        paths::exchange(&folder, "a", &folder, "b").unwrap();
        let mut text = String::new();
        paths::read(&folder, "a").unwrap().read_to_string(&mut text).unwrap();
        assert_eq!(text, "two");
        paths::rename(&folder, "a", &root, "c").unwrap();
        paths::sync(&folder).unwrap();
        assert_eq!(paths::names(&folder).unwrap(), ["b"]);
        paths::remove(&folder, "b").unwrap();
        paths::remove_folder(&root, "x").unwrap();
        let file = paths::read(&root, "c").unwrap();
        paths::permit(&file, 0o755).unwrap();
        assert!(paths::may_replace(base.path(), &base.path().join("c")));
        assert!(!paths::may_replace(&base.path().join("no"), &base.path().join("c")));
    }
}
