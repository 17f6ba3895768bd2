//! Whether a verified manifest is news.

use crate::manifest::{Archive, Manifest};
use crate::signature::Comment;
use crate::state::State;
use crate::{CommentError, Config, ManifestError, Reason, UpdateError};
use semver::Version;
use std::cmp::Ordering;

/// How far this computer's clock may be off, in seconds.
const SKEW: u64 = 24 * 60 * 60;
/// How long a manifest may have expired before a person is told, in seconds.
const WARN: u64 = 30 * 24 * 60 * 60;
/// How far a manifest's number may be beyond the one before: a stolen manifest key cannot use up
/// all the numbers.
const LEAP: u64 = 10_000;

/// What a manifest means for this program.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Nothing newer.
    UpToDate,
    /// This.
    Newer(Archive),
    /// It was tried before and taken back.
    Failed(Reason),
    /// It is too old to say anything, since this time.
    Expired { since: u64, warn: bool },
}

/// Judges a manifest whose signature was verified. `now` in seconds since 1970.
///
/// # Errors
/// [`UpdateError::Comment`], [`UpdateError::Manifest`], [`UpdateError::TooOld`],
/// [`UpdateError::Downgrade`].
pub(crate) fn judge(
    manifest: &Manifest,
    comment: &Comment,
    config: &Config,
    state: &State,
    now: u64,
) -> Result<Verdict, UpdateError> {
    comment.is("kind", "manifest")?;
    comment.is("product", &config.product)?;
    comment.is("channel", &config.channel)?;
    let (seq, made) = (comment.number("seq")?, comment.number("timestamp")?);
    let expires = comment.number("expires")?;
    if made > expires {
        return Err(CommentError::Value { key: "expires" }.into());
    }
    if manifest.channel != config.channel {
        return Err(ManifestError::Disagrees("the channel").into());
    }
    if manifest.seq != seq {
        return Err(ManifestError::Disagrees("the number").into());
    }
    let floor = state.floor_seq;
    if seq < floor {
        return Err(ManifestError::Old { seq, floor }.into());
    }
    if seq.saturating_sub(floor) > LEAP {
        return Err(ManifestError::Ahead { seq, floor }.into());
    }
    // A clock that was set back does not make an old manifest a new one.
    let now = now.max(state.last_ok_check.unwrap_or(0));
    if made > now.saturating_add(SKEW) {
        return Err(ManifestError::Future.into());
    }
    if now > expires.saturating_add(SKEW) {
        let warn = now > expires.saturating_add(WARN);
        return Ok(Verdict::Expired { since: expires, warn });
    }
    if !newer(&manifest.version, config) {
        return Ok(Verdict::UpToDate);
    }
    above(&manifest.version, &state.floor_version)?;
    if let Some(needs) = manifest.min_version.as_ref()
        && config.version.cmp_precedence(needs) == Ordering::Less
    {
        return Err(UpdateError::TooOld { needs: needs.clone() });
    }
    let archive = manifest.platforms.get(&config.target);
    let archive = archive.ok_or_else(|| ManifestError::NoTarget(config.target.clone()))?;
    Ok(match state.failed.get(&manifest.version) {
        Some(reason) => Verdict::Failed(reason.clone()),
        None => Verdict::Newer(archive.clone()),
    })
}

/// Newer than what runs, and meant for this channel: `stable` has no prereleases.
fn newer(version: &Version, config: &Config) -> bool {
    version.cmp_precedence(&config.version) == Ordering::Greater
        && (version.pre.is_empty() || config.channel != "stable")
}

fn above(offered: &Version, floor: &Version) -> Result<(), UpdateError> {
    if offered.cmp_precedence(floor) == Ordering::Less {
        let (offered, floor) = (offered.clone(), floor.clone());
        return Err(UpdateError::Downgrade { offered, floor });
    }
    Ok(())
}

/// Whether a version that a person chose, or that waits for the next start, may replace this one.
///
/// # Errors
/// [`UpdateError::Downgrade`].
pub(crate) fn may_replace(
    version: &Version,
    config: &Config,
    state: &State,
) -> Result<(), UpdateError> {
    if !newer(version, config) {
        let (offered, floor) = (version.clone(), config.version.clone());
        return Err(UpdateError::Downgrade { offered, floor });
    }
    above(version, &state.floor_version)
}
