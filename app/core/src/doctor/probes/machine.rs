//! This computer: folders, disk, graphics, the system's services, and what the program brings.

use super::{Finding, Setup};
use crate::engine::PlatformError;
use crate::model::StepState;
use crate::say::{self, doctor as words};
use crate::tr;
use gateway_client::discovery::folder::{self, FolderError, FolderMode};
use std::path::{Path, PathBuf};

/// Less room than this, in bytes, is too little for a program that keeps conversations and logs.
const ROOM: u64 = 200 * 1000 * 1000;

/// Who may enter the two folders, and how much room there is.
pub(super) async fn folders(setup: &Setup) -> Finding {
    let own = setup.data.clone();
    let gateway = setup.gateway.enabled.then(|| setup.gateway.environment.state_dir().ok());
    let looked = tokio::task::spawn_blocking(move || look(&own, gateway.flatten()));
    looked.await.unwrap_or_else(|_| words::broke())
}

fn look(own: &Path, gateway: Option<PathBuf>) -> Finding {
    let folders = std::iter::once((words::OWN_FOLDER, own.to_owned()))
        .chain(gateway.map(|path| (words::GATEWAY_FOLDER, path)));
    let mut open = None;
    for (name, path) in folders {
        match folder::check(&path) {
            Ok(FolderMode::Private | FolderMode::Absent) => {}
            Ok(FolderMode::Open { mode }) => open = open.or(Some(words::folder_open(name, &mode))),
            Err(error @ FolderError::Foreign) => return words::folder(name, &error),
            Err(error) => return words::folder(name, &error),
        }
    }
    let free = free(own);
    match (free, open) {
        (Some(free), _) if free < ROOM => words::disk_full(free),
        (_, Some(open)) => open,
        (free, None) => Finding::ok(words::folders(free)),
    }
}

/// Bytes that a person may still write where this folder is, or is to be.
#[cfg(unix)]
fn free(folder: &Path) -> Option<u64> {
    let there = folder.ancestors().find(|path| path.exists())?;
    let about = rustix::fs::statvfs(there).ok()?;
    Some(about.f_bavail.saturating_mul(about.f_frsize))
}

/// Not looked at on this system.
#[cfg(not(unix))]
fn free(_: &Path) -> Option<u64> {
    None
}

/// The graphics device, as the program found it.
pub(super) fn graphics(setup: &Setup) -> Finding {
    match &setup.facts.graphics {
        None => Finding::skipped(tr!("doctor-graphics-not-looked-at"), ""),
        Some(None) => words::no_graphics(),
        Some(Some(found)) => words::graphics(found),
    }
}

/// Whether something shows file dialogs. Nothing is shown.
pub(super) async fn dialogs(setup: &Setup) -> Finding {
    match setup.platform.has_dialogs().await {
        Ok(Some(())) => Finding::ok(tr!("doctor-dialogs-shown")),
        Ok(None) => Finding::skipped(tr!("doctor-no-window"), ""),
        Err(error) => service(&error),
    }
}

/// Whether something shows notifications. Nothing is shown.
pub(super) async fn notifications(setup: &Setup) -> Finding {
    match setup.platform.has_notifications().await {
        Ok(Some(())) => Finding::ok(tr!("doctor-notifications-shown")),
        Ok(None) => Finding::skipped(tr!("doctor-no-window"), ""),
        Err(error) => service(&error),
    }
}

/// The program works without; one thing of it does not.
fn service(error: &PlatformError) -> Finding {
    let problem = say::files::platform(error);
    Finding::warning(problem.what, problem.next)
}

/// What the program brings along.
pub(super) fn extra(setup: &Setup, n: usize) -> Finding {
    match setup.facts.extra.get(n) {
        Some((_, state, detail)) => {
            Finding { state: StepState::from(*state), detail: detail.clone(), next: String::new() }
        }
        None => words::broke(),
    }
}
