//! The updater behind its door: each step asks for what it touches.

use super::source::{Asked, Found, Progress, Versions};
use crate::scope::{Grant, Guard, Touch, UPDATE_FOLDER};
use net::Purpose;
use semver::Version;
use std::fs::File;
use std::sync::Arc;
use update::{Place, Staged, Status, UpdateError};

const SERVER: Touch = Touch::Network(Purpose::Updater);
const FOLDERS: [Touch; 2] = [Touch::File(UPDATE_FOLDER), Touch::OwnFolder];

/// What changes versions, for who acts now.
pub(in crate::engine) struct Guarded {
    pub(in crate::engine) guard: Guard,
    pub(in crate::engine) grant: Grant,
    pub(in crate::engine) versions: Arc<dyn Versions>,
}

impl Guarded {
    fn ask<T: Send + 'static>(
        &self,
        also: Option<Touch>,
        work: impl FnOnce(&dyn Versions) -> Asked<T>,
    ) -> Asked<T> {
        let mut touches = FOLDERS.into_iter().chain(also);
        match touches.try_for_each(|touch| self.guard.check(self.grant, touch)) {
            Ok(()) => work(&*self.versions),
            Err(_) => Box::pin(async { Err(UpdateError::Ending) }),
        }
    }
}

impl Versions for Guarded {
    fn look(&self) -> Asked<(Place, Status)> {
        self.ask(None, |versions| versions.look())
    }

    fn check(&self) -> Asked<Found> {
        self.ask(Some(SERVER), |versions| versions.check())
    }

    fn download(&self, progress: Progress) -> Asked<Staged> {
        self.ask(Some(SERVER), |versions| versions.download(progress))
    }

    fn install_file(&self, archive: File, signature: Vec<u8>) -> Asked<Staged> {
        self.ask(Some(Touch::Picked), |versions| versions.install_file(archive, signature))
    }

    fn roll_back(&self) -> Asked<()> {
        self.ask(None, |versions| versions.roll_back())
    }

    fn stay(&self) -> Asked<()> {
        self.ask(None, |versions| versions.stay())
    }

    fn forget_failed(&self, version: Version) -> Asked<()> {
        self.ask(None, |versions| versions.forget_failed(version))
    }
}

/// Stands in the configuration once the doors have the real one.
pub(in crate::engine) struct Nothing;

fn nothing<T: Send + 'static>() -> Asked<T> {
    Box::pin(async { Err(UpdateError::Ending) })
}

impl Versions for Nothing {
    fn look(&self) -> Asked<(Place, Status)> {
        nothing()
    }

    fn check(&self) -> Asked<Found> {
        nothing()
    }

    fn download(&self, _: Progress) -> Asked<Staged> {
        nothing()
    }

    fn install_file(&self, _: File, _: Vec<u8>) -> Asked<Staged> {
        nothing()
    }

    fn roll_back(&self) -> Asked<()> {
        nothing()
    }

    fn stay(&self) -> Asked<()> {
        nothing()
    }

    fn forget_failed(&self, _: Version) -> Asked<()> {
        nothing()
    }
}
