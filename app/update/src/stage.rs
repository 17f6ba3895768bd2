//! From a downloaded archive to one that waits for the next start.

use crate::folder::{Folder, permit};
use crate::manifest::{self, check_archive};
use crate::site::{ARCHIVE, NEW, NEXT, PROGRAM, SIGNATURE, STAGED, Site};
use crate::tuning::{Step, Tuning};
use crate::unpack::unpack;
use crate::{Config, Role, UpdateError, signature};
use semver::Version;
use std::fs::File;
use std::io::{self, Seek, Write};

/// Verifies a whole archive: the signature, and what it says about product, channel, target, and
/// the file and version where they are known. Leaves the file at its beginning.
///
/// # Errors
/// [`UpdateError::Signature`], [`UpdateError::Comment`], [`UpdateError::Disk`].
pub(crate) fn verify(
    archive: &mut File,
    text: &[u8],
    config: &Config,
    file: Option<&str>,
    version: Option<&Version>,
) -> Result<Version, UpdateError> {
    let disk = UpdateError::disk("the archive cannot be read");
    archive.rewind().map_err(&disk)?;
    let comment = signature::verify(&config.keys, Role::Release, text, &mut *archive)?;
    archive.rewind().map_err(disk)?;
    check_archive(&comment, config, file, version)
}

/// Looks for the program in an archive that was verified just now, and lets the archive wait for
/// the next start, which takes the program out of it. `part` is its name in the site's folder.
///
/// # Errors
/// [`UpdateError::Unpack`], [`UpdateError::Disk`], [`UpdateError::Folder`].
pub(crate) fn stage(
    site: &Site,
    part: &str,
    archive: &mut File,
    text: &[u8],
    version: &Version,
    config: &Config,
    tuning: &Tuning,
) -> Result<(), UpdateError> {
    let unable = "the new version cannot be unpacked";
    let disk = UpdateError::disk(unable);
    tuning.before(Step::Unpack, unable)?;
    unpack(archive, &config.product, io::sink())?;
    let next = site.work.fresh(NEXT)?;
    next.write(SIGNATURE, text).map_err(&disk)?;
    Site::describe(&next, version)?;
    tuning.before(Step::Stage, unable)?;
    site.work.rename(part, &next, ARCHIVE).map_err(&disk)?;
    site.drop_staged()?;
    site.work.rename(NEXT, &site.work, STAGED).map_err(&disk)
}

/// Takes the program out of what waits, to where only a start writes. The archive is copied there
/// first, and the copy is what is verified, all of it: nobody can change it in between.
///
/// # Errors
/// Any [`UpdateError`]; [`UpdateError::Changed`] where something is missing.
pub(crate) fn take_in(
    site: &Site,
    staged: &Folder,
    version: &Version,
    config: &Config,
    tuning: &Tuning,
) -> Result<Folder, UpdateError> {
    let (read, unable) = ("the new version cannot be read", "the new version cannot be unpacked");
    tuning.before(Step::Copy, unable)?;
    let most = signature::LONGEST as u64;
    let read = UpdateError::disk(read);
    let text = staged.read(SIGNATURE, most).map_err(&read)?.ok_or(UpdateError::Changed)?;
    let mut waits = staged.open(ARCHIVE).map_err(&read)?.ok_or(UpdateError::Changed)?;
    let disk = UpdateError::disk(unable);
    let new = site.kept.fresh(NEW)?;
    let mut archive = new.create(ARCHIVE).map_err(&disk)?;
    copy(&mut waits, &mut archive, manifest::ARCHIVE)?;
    tuning.before(Step::Verify, "the new version cannot be checked")?;
    verify(&mut archive, &text, config, None, Some(version))?;
    let mut program = new.create(PROGRAM).map_err(&disk)?;
    let mode = unpack(&mut archive, &config.product, &mut program)?;
    permit(&program, mode).map_err(&disk)?;
    program.sync_all().map_err(&disk)?;
    drop((program, archive));
    new.remove(ARCHIVE).map_err(&disk)?;
    // Last: with it the folder is complete.
    Site::describe(&new, version)?;
    Ok(new)
}

/// Copies a file that a person chose to where downloads are; no more than `most` bytes of it.
///
/// # Errors
/// [`UpdateError::Disk`].
pub(crate) fn copy_in(from: &mut File, to: &mut File, most: u64) -> Result<(), UpdateError> {
    let read = UpdateError::disk("the file cannot be read");
    from.rewind().map_err(&read)?;
    to.set_len(0).and_then(|()| to.rewind()).map_err(&read)?;
    copy(from, to, most)?;
    to.flush().and_then(|()| to.sync_all()).map_err(UpdateError::disk("the update cannot be kept"))
}

fn copy(from: &mut File, to: &mut File, most: u64) -> Result<(), UpdateError> {
    let mut limited = io::Read::take(from, most);
    io::copy(&mut limited, to).map_err(UpdateError::disk("the update cannot be kept"))?;
    Ok(())
}
