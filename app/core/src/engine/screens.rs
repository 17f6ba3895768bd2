//! Unattended screens, as the owner of the workspace manages them.

use super::Engine;
use super::acts::new_key;
use crate::model::{DesktopId, Load, ScreenDraft, ScreenEnrolment, Ticket, UnattendedScreen};
use crate::say;
use cloud_client::{ApiError, wire};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Between two looks whether the machine has given the code, while the code is shown.
const LOOK: Duration = Duration::from_secs(4);

/// The page's part of the engine.
#[derive(Default)]
pub(super) struct ScreensPage {
    look_at: Option<Instant>,
    loading: bool,
}

impl Engine {
    pub(super) fn refresh_screens(&mut self) {
        let Some(api) = self.api().filter(|_| !self.screens_page.loading) else { return };
        self.screens_page.loading = true;
        let screens = &mut self.model.workspace.screens;
        if matches!(screens.list, Load::Failed(_)) {
            screens.list = Load::Loading;
        }
        self.ask(async move { api.screens().await }, Self::screens_loaded);
    }

    fn screens_loaded(&mut self, result: Result<Vec<wire::Screen>, ApiError>) {
        self.screens_page.loading = false;
        let screens = &mut self.model.workspace.screens;
        match result {
            Ok(list) => {
                if let Some(enrolment) = &mut screens.enrolment {
                    enrolment.done |= list.iter().any(|s| s.id == enrolment.id && s.enrolled);
                }
                let list = list.into_iter().map(|screen| Arc::new(to_model(screen)));
                screens.list = Load::Ready(Arc::new(list.collect()));
            }
            Err(ApiError::SignedOut) => self.signed_out_by_cloud(),
            // A list that is shown stays; the banner of the connection says the rest.
            Err(_) if matches!(screens.list, Load::Ready(_)) => {}
            Err(error) => screens.list = Load::Failed(say::api(&error)),
        }
    }

    pub(super) fn enroll_screen(&mut self, ticket: Ticket, draft: ScreenDraft) {
        let Some(api) = self.api_for(ticket) else { return };
        let ScreenDraft { name, desktops, control } = draft;
        let desktops = desktops.into_iter().map(|id| id.0).collect();
        let draft = wire::ScreenDraft { name: name.trim().to_owned(), desktops, control };
        let key = new_key();
        let request = async move { api.add_screen(&key, &draft).await };
        self.act(ticket, request, |engine, made| {
            engine.model.workspace.screens.enrolment = Some(ScreenEnrolment {
                id: made.screen.id,
                name: made.screen.name,
                code: made.code,
                until: say::when(&made.expires_at),
                command: format!("multiclaw enroll --cloud {}", engine.config.cloud),
                done: false,
            });
            engine.screens_page.look_at = Some(Instant::now() + LOOK);
            engine.refresh_screens();
        });
    }

    pub(super) fn dismiss_enrolment(&mut self) {
        self.model.workspace.screens.enrolment = None;
        self.screens_page.look_at = None;
    }

    pub(super) fn revoke_screen(&mut self, screen: String) {
        let Some(api) = self.api() else { return };
        let asked = screen.clone();
        self.quick(async move { api.remove_screen(&asked).await }, move |engine, ()| {
            let screens = &mut engine.model.workspace.screens;
            if let Load::Ready(list) = &mut screens.list {
                Arc::make_mut(list).retain(|s| s.id != screen);
            }
            if screens.enrolment.as_ref().is_some_and(|enrolment| enrolment.id == screen) {
                engine.dismiss_enrolment();
            }
        });
    }

    pub(super) fn screens_deadline(&self) -> Option<Instant> {
        self.screens_page.look_at
    }

    pub(super) fn screens_tick(&mut self) {
        if self.screens_page.look_at.is_none_or(|at| Instant::now() < at) {
            return;
        }
        let waits = self
            .model
            .workspace
            .screens
            .enrolment
            .as_ref()
            .is_some_and(|enrolment| !enrolment.done);
        self.screens_page.look_at = waits.then(|| Instant::now() + LOOK);
        if waits {
            self.refresh_screens();
        }
    }
}

fn to_model(screen: wire::Screen) -> UnattendedScreen {
    let words = |at: Option<String>| at.as_deref().map(say::when).unwrap_or_default();
    UnattendedScreen {
        id: screen.id,
        name: screen.name,
        desktops: screen.desktops.into_iter().map(DesktopId).collect(),
        control: screen.control,
        enrolled: screen.enrolled,
        creator: screen.creator,
        last_seen: words(screen.last_seen),
        until: words(screen.expires_at),
    }
}
