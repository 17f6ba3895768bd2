//! From a downloaded archive to one that waits for the next start.

use crate::folder::{Folder, permit};
use crate::manifest::check_archive;
use crate::site::{ARCHIVE, NEXT, PROGRAM, SIGNATURE, STAGED, Site};
use crate::tuning::{Step, Tuning};
use crate::unpack::{hash, unpack};
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

/// Takes the program out of an archive that was verified just now, and lets both wait for the next
/// start. `part` is the archive's name in the site's folder.
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
    let next = site.work.fresh(NEXT)?;
    let mut program = next.create(PROGRAM).map_err(&disk)?;
    let unpacked = unpack(archive, &config.product, &mut program)?;
    permit(&program, unpacked.mode).map_err(&disk)?;
    program.sync_all().map_err(&disk)?;
    drop(program);
    next.write(SIGNATURE, text).map_err(&disk)?;
    Site::describe(&next, version)?;
    tuning.before(Step::Stage, unable)?;
    site.work.rename(part, &next, ARCHIVE).map_err(&disk)?;
    site.drop_kept(STAGED)?;
    site.work.rename(NEXT, &site.work, STAGED).map_err(&disk)
}

/// Verifies what waits once more, all of it: the archive by its signature, and the program by
/// comparing it with the one in the archive.
///
/// # Errors
/// Any [`UpdateError`]; [`UpdateError::Changed`] where the program is not the archive's.
pub(crate) fn verify_staged(
    staged: &Folder,
    version: &Version,
    config: &Config,
) -> Result<(), UpdateError> {
    let disk = UpdateError::disk("the new version cannot be read");
    let most = signature::LONGEST as u64;
    let text = staged.read(SIGNATURE, most).map_err(&disk)?.ok_or(UpdateError::Changed)?;
    let mut archive = staged.open(ARCHIVE).map_err(&disk)?.ok_or(UpdateError::Changed)?;
    let mut program = staged.open(PROGRAM).map_err(&disk)?.ok_or(UpdateError::Changed)?;
    verify(&mut archive, &text, config, None, Some(version))?;
    let unpacked = unpack(&mut archive, &config.product, io::sink())?;
    if hash(&mut program).map_err(&disk)? != unpacked.hash {
        return Err(UpdateError::Changed);
    }
    permit(&program, unpacked.mode).map_err(&disk)
}

/// Copies a file that a person chose to where downloads are; no more than `most` bytes of it.
///
/// # Errors
/// [`UpdateError::Disk`].
pub(crate) fn copy_in(from: &mut File, to: &mut File, most: u64) -> Result<(), UpdateError> {
    let read = UpdateError::disk("the file cannot be read");
    from.rewind().map_err(&read)?;
    to.set_len(0).and_then(|()| to.rewind()).map_err(&read)?;
    let mut limited = io::Read::take(from, most);
    io::copy(&mut limited, to).map_err(UpdateError::disk("the update cannot be kept"))?;
    to.flush().and_then(|()| to.sync_all()).map_err(UpdateError::disk("the update cannot be kept"))
}
