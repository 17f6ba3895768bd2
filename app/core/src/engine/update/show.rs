//! What the page shows of the folders and of a pause.

use super::{Offered, plan::Hold, shown};
use crate::engine::Engine;
use crate::local_time;
use crate::model::{FailedVersion, UpdateOffer, UpdatePlace, UpdateResult, UpdateState};
use crate::say;
use std::sync::Arc;
use update::{Place, Status};

impl Engine {
    pub(super) fn show_status(&mut self, place: Place, status: &Status) {
        let page = &mut self.model.update;
        page.place = match place {
            Place::Ours => UpdatePlace::Ours,
            Place::NotWritable { folder } => {
                UpdatePlace::NotWritable { folder: folder.display().to_string() }
            }
            Place::Packaged { by } => UpdatePlace::Packaged { by },
            Place::NoKeys => UpdatePlace::NoKeys,
        };
        let moment =
            |at| jiff::Timestamp::try_from(at).ok().map(|at| local_time::full(&at.to_string()));
        page.last_check = status.last_ok_check.and_then(moment).unwrap_or_default();
        page.previous = status.previous.as_ref().map(ToString::to_string);
        page.going_back = status.going_back;
        let failed = status.failed.iter().map(|(version, reason)| FailedVersion {
            version: version.to_string(),
            reason: say::update::reason(reason),
        });
        page.failed = failed.collect();
        page.last_change = status.last.as_ref().map(|last| {
            let (text, good) = say::update::change(last);
            UpdateResult { text, good }
        });
        match (&status.staged, &page.state) {
            // It was made ready before this start, or by another copy of the program.
            (Some(version), UpdateState::Idle | UpdateState::UpToDate) => {
                let offer = UpdateOffer { version: version.to_string(), ..UpdateOffer::default() };
                page.state = UpdateState::Ready(Arc::new(offer));
            }
            (None, UpdateState::Ready(_)) => page.state = UpdateState::Idle,
            _ => {}
        }
    }

    pub(super) fn show_update_waiting(&mut self, offer: &Offered, hold: Hold) {
        let waits = match hold {
            Hold::Viewing => say::update::waits_for_desktop(),
            Hold::Quiet(_) => say::update::waits_for_hours(),
            Hold::Off => say::update::waits_for_word(),
        };
        self.model.update.state = UpdateState::Available {
            offer: Arc::new(shown(offer)),
            waits: Some(waits.to_owned()),
            failed_before: None,
        };
    }
}
