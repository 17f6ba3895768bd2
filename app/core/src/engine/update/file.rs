//! An update from files, for computers without a way out.

use super::Doing;
use crate::engine::files::open::{self, OpenError, Opener};
use crate::engine::{Engine, PlatformError};
use crate::model::{Problem, UpdateOffer, UpdatePlace, UpdateState};
use crate::say;
use crate::tr;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Longest archive, in bytes.
const ARCHIVE: u64 = 512 * 1024 * 1024;
/// Longest signature, in bytes. What is longer is none.
const SIGNATURE: u64 = 4 * 1024;

impl Engine {
    /// Lets the person choose an archive and its signature.
    pub(super) fn install_update_file(&mut self) {
        let ours = self.model.update.place == UpdatePlace::Ours;
        if self.updates.choosing || self.updates.doing.is_some() || !ours {
            return;
        }
        if let (Some(_), Some(words)) =
            (&self.config.update_rules.stay_at, &self.model.update.frozen)
        {
            self.model.update.state = UpdateState::Failed(say::update::by_rule(words));
            return;
        }
        self.updates.choosing = true;
        let title = tr!("engine-update-choose");
        let picked = self.doors.pick_files(self.acting, title);
        self.update_later(picked, |engine, picked| {
            engine.updates.choosing = false;
            match picked {
                Ok(paths) if paths.is_empty() => {}
                Ok(paths) => engine.open_update_files(paths),
                Err(error) => engine.update_failed(say::update::platform(&error)),
            }
        });
    }

    fn open_update_files(&mut self, paths: Vec<PathBuf>) {
        let opener = self.doors.opener(self.acting);
        let opened = tokio::task::spawn_blocking(move || open_both(opener, &paths));
        self.update_later(opened, |engine, opened| match opened {
            Ok(Ok((archive, signature))) => engine.install_opened(archive, signature),
            Ok(Err(problem)) => engine.update_failed(problem),
            Err(error) => tracing::error!(%error, "update file"),
        });
    }

    fn install_opened(&mut self, archive: File, signature: Vec<u8>) {
        let Some(versions) = self.versions() else { return };
        if self.updates.doing.is_some() {
            return;
        }
        let work = versions.install_file(archive, signature);
        self.updates.wanted = None;
        self.model.update.state = UpdateState::Installing;
        self.update_work(Doing::Install, work, |engine, result| match result {
            Ok(staged) => {
                let offer =
                    UpdateOffer { version: staged.version.to_string(), ..UpdateOffer::default() };
                engine.model.update.state = UpdateState::Ready(Arc::new(offer));
            }
            Err(error) => engine.update_failed(say::update::error(&error)),
        });
    }
}

/// Why a file is not taken, in words.
fn say_open(name: &str, error: &OpenError) -> Problem {
    match error {
        OpenError::Folder | OpenError::NotRegular => say::update::no_file(name),
        OpenError::TooLarge { .. } => say::update::large_file(name),
        OpenError::Refused(why) => say::files::platform(&PlatformError::Refused(why.clone())),
        OpenError::Io(error) => say::files::unreadable(name, error),
    }
}

/// Opens each once: the archive, and what is in its signature. Blocks.
fn open_both(
    opener: Result<Opener, OpenError>,
    paths: &[PathBuf],
) -> Result<(File, Vec<u8>), Problem> {
    let is_signature = |path: &PathBuf| path.extension().is_some_and(|e| e == "minisig");
    let (signatures, archives): (Vec<_>, Vec<_>) = paths.iter().partition(|p| is_signature(p));
    let ([archive], [signature]) = (archives.as_slice(), signatures.as_slice()) else {
        return Err(say::update::two_files());
    };
    let said = |path: &Path, error: &OpenError| say_open(&open::name_of(path), error);
    let opener = opener.map_err(|error| said(archive, &error))?;
    let archive = opener.open(archive, ARCHIVE).map_err(|error| said(archive, &error))?;
    let signature = opener.read(signature, SIGNATURE).map_err(|error| said(signature, &error))?;
    Ok((archive, signature))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::NoPlatform;

    fn both(paths: &[PathBuf]) -> Result<(File, Vec<u8>), Problem> {
        open_both(Ok(Opener::new(Arc::new(NoPlatform))), paths)
    }

    #[test]
    fn an_update_is_two_files() {
        let base = tempfile::tempdir().unwrap();
        let path = |name: &str| base.path().join(name);
        std::fs::write(path("a.tar.gz"), b"archive").unwrap();
        std::fs::write(path("a.tar.gz.minisig"), b"signature").unwrap();
        let (a, s) = (path("a.tar.gz"), path("a.tar.gz.minisig"));
        for pair in [[a.clone(), s.clone()], [s.clone(), a.clone()]] {
            let (mut archive, signature) = both(&pair).unwrap();
            let mut text = String::new();
            std::io::Read::read_to_string(&mut archive, &mut text).unwrap();
            assert_eq!((text.as_str(), signature.as_slice()), ("archive", &b"signature"[..]));
        }
        for wrong in [
            vec![a.clone()],
            vec![s.clone()],
            vec![a.clone(), a.clone()],
            vec![a.clone(), s.clone(), a.clone()],
        ] {
            assert_eq!(both(&wrong).unwrap_err(), say::update::two_files());
        }
        std::fs::write(&s, vec![b'x'; 4097]).unwrap();
        let problem = both(&[a.clone(), s.clone()]).unwrap_err();
        assert!(problem.what.contains("a.tar.gz.minisig"), "{problem:?}");
        let folder = both(&[base.path().to_owned(), s]).unwrap_err();
        assert!(folder.what.ends_with("is no file."), "{folder:?}");
    }
}
