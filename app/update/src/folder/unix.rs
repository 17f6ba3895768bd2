//! Folders by their descriptor.

use rustix::fs::{AtFlags, FileType, Mode, OFlags, openat};
use std::fs::File;
use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

pub(super) type Handle = OwnedFd;

const FOLDER: OFlags = OFlags::RDONLY.union(OFlags::DIRECTORY).union(OFlags::CLOEXEC);
/// A pipe that is put in a file's place does not hold anybody up.
const FILE: OFlags = OFlags::NOFOLLOW.union(OFlags::CLOEXEC).union(OFlags::NONBLOCK);

fn private() -> Mode {
    Mode::RUSR | Mode::WUSR
}

pub(super) fn open(path: &Path) -> io::Result<Handle> {
    Ok(rustix::fs::open(path, FOLDER, Mode::empty())?)
}

/// Makes the folders of a path that are not there, closed to others.
pub(super) fn make_all(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(path)
}

pub(super) fn make(parent: &Handle, name: &str) -> io::Result<()> {
    rustix::fs::mkdirat(parent, name, Mode::RWXU)?;
    Ok(rustix::fs::fsync(parent)?)
}

pub(super) fn child(parent: &Handle, name: &str) -> io::Result<Handle> {
    Ok(openat(parent, name, FOLDER | OFlags::NOFOLLOW, Mode::empty())?)
}

/// Why a folder cannot be trusted.
pub(super) fn is_private(folder: &Handle) -> Result<(), String> {
    let stat = rustix::fs::fstat(folder).map_err(|error| error.to_string())?;
    if stat.st_uid != rustix::process::geteuid().as_raw() {
        return Err("it belongs to somebody else".into());
    }
    if Mode::from_raw_mode(stat.st_mode).intersects(Mode::RWXG | Mode::RWXO) {
        return Err("it is open to others".into());
    }
    Ok(())
}

/// Closes a folder of one's own to others; why it cannot be done.
pub(super) fn close(folder: &Handle) -> Result<(), String> {
    let stat = rustix::fs::fstat(folder).map_err(|error| error.to_string())?;
    if stat.st_uid != rustix::process::geteuid().as_raw() {
        return Err("it belongs to somebody else".into());
    }
    rustix::fs::fchmod(folder, Mode::RWXU).map_err(|error| error.to_string())
}

pub(super) fn identity(file: &std::fs::Metadata) -> Option<(u64, u64)> {
    Some((file.dev(), file.ino()))
}

pub(super) fn read(folder: &Handle, name: &str) -> io::Result<File> {
    Ok(openat(folder, name, FILE | OFlags::RDONLY, Mode::empty())?.into())
}

pub(super) fn create(folder: &Handle, name: &str) -> io::Result<File> {
    let flags = FILE | OFlags::RDWR | OFlags::CREATE | OFlags::EXCL;
    Ok(openat(folder, name, flags, private())?.into())
}

pub(super) fn append(folder: &Handle, name: &str) -> io::Result<File> {
    let file = openat(folder, name, FILE | OFlags::RDWR | OFlags::CREATE, private())?;
    Ok(file.into())
}

pub(super) fn rename(from: &Handle, name: &str, to: &Handle, new: &str) -> io::Result<()> {
    Ok(rustix::fs::renameat(from, name, to, new)?)
}

/// `RENAME_EXCHANGE` of Linux, `RENAME_SWAP` of macOS. On a file system that has neither, the old
/// file gets a second name before the new one takes its place.
pub(super) fn exchange(from: &Handle, name: &str, to: &Handle, other: &str) -> io::Result<()> {
    #[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
    {
        use rustix::fs::{RenameFlags, renameat_with};
        use rustix::io::Errno;
        match renameat_with(from, name, to, other, RenameFlags::EXCHANGE) {
            Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => {}
            done => return Ok(done?),
        }
    }
    beside(from, name, to, other)
}

/// Puts the file `name` in the place of `other`, and `other` in its place, without a moment in
/// which there is nothing at `other`.
fn beside(from: &Handle, name: &str, to: &Handle, other: &str) -> io::Result<()> {
    let aside = format!("{name}.aside");
    match rustix::fs::unlinkat(from, aside.as_str(), AtFlags::empty()) {
        Ok(()) | Err(rustix::io::Errno::NOENT) => {}
        Err(error) => return Err(error.into()),
    }
    rustix::fs::linkat(to, other, from, aside.as_str(), AtFlags::empty())?;
    rename(from, name, to, other)?;
    rename(from, &aside, from, name)
}

pub(super) fn remove(folder: &Handle, name: &str) -> io::Result<()> {
    Ok(rustix::fs::unlinkat(folder, name, AtFlags::empty())?)
}

pub(super) fn remove_folder(folder: &Handle, name: &str) -> io::Result<()> {
    Ok(rustix::fs::unlinkat(folder, name, AtFlags::REMOVEDIR)?)
}

pub(super) fn names(folder: &Handle) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in rustix::fs::Dir::read_from(folder)? {
        match entry?.file_name().to_str() {
            Ok("." | "..") | Err(_) => {}
            Ok(name) => names.push(name.to_owned()),
        }
    }
    names.sort();
    Ok(names)
}

pub(super) fn sync(folder: &Handle) -> io::Result<()> {
    Ok(rustix::fs::fsync(folder)?)
}

pub(super) fn permit(file: &File, mode: u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(std::fs::Permissions::from_mode((mode & 0o755) | 0o700))
}

pub(super) fn may_replace(folder: &Path, program: &Path) -> bool {
    let own = rustix::process::geteuid().as_raw();
    let stat = rustix::fs::lstat(program);
    let Ok(stat) = stat else { return false };
    let mine = stat.st_uid == own && FileType::from_raw_mode(stat.st_mode) == FileType::RegularFile;
    let folder_is_mine = std::fs::metadata(folder).is_ok_and(|folder| folder.uid() == own);
    let access = rustix::fs::Access::WRITE_OK | rustix::fs::Access::EXEC_OK;
    mine && folder_is_mine && rustix::fs::access(folder, access).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_system_without_exchange() {
        let base = tempfile::tempdir().unwrap();
        let folder = open(base.path()).unwrap();
        std::fs::write(base.path().join("new"), "new").unwrap();
        std::fs::write(base.path().join("program"), "old").unwrap();
        // A leftover of one that was cut off.
        std::fs::write(base.path().join("new.aside"), "junk").unwrap();
        beside(&folder, "new", &folder, "program").unwrap();
        assert_eq!(std::fs::read_to_string(base.path().join("program")).unwrap(), "new");
        assert_eq!(std::fs::read_to_string(base.path().join("new")).unwrap(), "old");
        assert_eq!(names(&folder).unwrap(), ["new", "program"]);
    }
}
