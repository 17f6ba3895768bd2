//! Folders by their path, for systems that have no other way. Windows and its like: written from
//! their documentation, and not run there by anybody yet. A profile's folders are closed to other
//! people there by their access lists, which are inherited.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

pub(super) type Handle = PathBuf;

pub(super) fn open(path: &Path) -> io::Result<Handle> {
    if std::fs::metadata(path)?.is_dir() {
        return Ok(path.to_owned());
    }
    Err(io::ErrorKind::NotADirectory.into())
}

/// Makes the folders of a path that are not there.
pub(super) fn make_all(path: &Path) -> io::Result<()> {
    std::fs::create_dir_all(path)
}

pub(super) fn make(parent: &Handle, name: &str) -> io::Result<()> {
    std::fs::create_dir(parent.join(name))
}

pub(super) fn child(parent: &Handle, name: &str) -> io::Result<Handle> {
    let path = parent.join(name);
    if std::fs::symlink_metadata(&path)?.is_dir() {
        return Ok(path);
    }
    Err(io::ErrorKind::NotADirectory.into())
}

pub(super) fn is_private(folder: &Handle) -> Result<(), String> {
    let metadata = std::fs::symlink_metadata(folder).map_err(|error| error.to_string())?;
    if metadata.is_dir() { Ok(()) } else { Err("it is a link".into()) }
}

/// A profile's folders are closed already.
pub(super) fn close(folder: &Handle) -> Result<(), String> {
    is_private(folder)
}

/// Not told in a stable way.
#[cfg(not(unix))]
pub(super) fn identity(_file: &std::fs::Metadata) -> Option<(u64, u64)> {
    None
}

pub(super) fn read(folder: &Handle, name: &str) -> io::Result<File> {
    File::open(plain(folder, name)?)
}

pub(super) fn create(folder: &Handle, name: &str) -> io::Result<File> {
    OpenOptions::new().read(true).write(true).create_new(true).open(folder.join(name))
}

pub(super) fn append(folder: &Handle, name: &str) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false).open(plain(folder, name)?)
}

/// A path at which there is no link.
fn plain(folder: &Handle, name: &str) -> io::Result<PathBuf> {
    let path = folder.join(name);
    match std::fs::symlink_metadata(&path) {
        Ok(metadata) if metadata.is_symlink() => Err(io::ErrorKind::InvalidInput.into()),
        _ => Ok(path),
    }
}

pub(super) fn rename(from: &Handle, name: &str, to: &Handle, new: &str) -> io::Result<()> {
    std::fs::rename(from.join(name), to.join(new))
}

/// A running program can be renamed there but not replaced: for a moment there is nothing at
/// `other`. If the second step fails, the first is taken back.
pub(super) fn exchange(from: &Handle, name: &str, to: &Handle, other: &str) -> io::Result<()> {
    let aside = format!("{name}.aside");
    rename(to, other, from, &aside)?;
    if let Err(error) = rename(from, name, to, other) {
        rename(from, &aside, to, other)?;
        return Err(error);
    }
    rename(from, &aside, from, name)
}

pub(super) fn remove(folder: &Handle, name: &str) -> io::Result<()> {
    std::fs::remove_file(folder.join(name))
}

pub(super) fn remove_folder(folder: &Handle, name: &str) -> io::Result<()> {
    std::fs::remove_dir(folder.join(name))
}

pub(super) fn names(folder: &Handle) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        names.extend(entry?.file_name().into_string());
    }
    names.sort();
    Ok(names)
}

/// There is no such thing; renames last by themselves.
pub(super) fn sync(folder: &Handle) -> io::Result<()> {
    std::fs::metadata(folder).map(|_| ())
}

/// There are no such rights.
pub(super) fn permit(file: &File, _mode: u32) -> io::Result<()> {
    file.metadata().map(|_| ())
}

pub(super) fn may_replace(folder: &Path, program: &Path) -> bool {
    let probe = folder.join(".mc-update-probe");
    let made = OpenOptions::new().write(true).create_new(true).open(&probe).is_ok();
    // It may not have been made here: what is not there cannot be removed.
    let removed = !made || std::fs::remove_file(&probe).is_ok();
    made && removed && std::fs::symlink_metadata(program).is_ok_and(|file| file.is_file())
}
