//! What is done: checking, downloading, going back, starting anew.

use super::{Bytes, Doing, Found, LOOK, Offered, Wanted, downloading, shown};
use crate::engine::{Engine, Event};
use crate::model::{UpdateOffer, UpdatePlace, UpdateResult, UpdateState};
use crate::say;
use crate::tr;
use semver::Version;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Instant;
use update::{Staged, UpdateError};

impl Engine {
    /// The person wants to know.
    pub(super) fn check_for_updates(&mut self) {
        // Elsewhere the page says whose work it is, and nothing is sent.
        let ours = self.model.update.place == UpdatePlace::Ours;
        if self.updates.doing.is_some() || !ours || self.refused_by_rule() {
            return;
        }
        self.updates.declined = None;
        self.start_check(true);
    }

    /// Says so where the administrator keeps the program at its version.
    fn refused_by_rule(&mut self) -> bool {
        let frozen = self.is_frozen();
        if frozen && let Some(words) = &self.model.update.frozen {
            self.model.update.state = UpdateState::Failed(say::update::by_rule(words));
        }
        frozen
    }

    pub(super) fn start_check(&mut self, by_person: bool) {
        let Some(versions) = self.versions() else { return };
        let check = versions.check();
        let before = std::mem::replace(&mut self.model.update.state, UpdateState::Checking);
        self.update_work(Doing::Check, check, move |engine, result| {
            engine.checked(by_person, before, result);
        });
    }

    fn checked(
        &mut self,
        by_person: bool,
        before: UpdateState,
        result: Result<Found, UpdateError>,
    ) {
        let passes = matches!(&result, Err(error) if error.passes());
        self.updates.plan.checked(Instant::now(), passes);
        let words = say::update::checked(&result);
        self.model.update.last_result = Some(UpdateResult { text: words, good: result.is_ok() });
        match result {
            Ok(Found::UpToDate) => {
                // A version that waits for the next start still does.
                let ready = matches!(before, UpdateState::Ready(_));
                self.model.update.state = if ready { before } else { UpdateState::UpToDate };
            }
            Ok(Found::Offer(offer)) => self.offered(by_person, &before, offer),
            Ok(Found::Failed { version, reason }) => {
                let offer = UpdateOffer { version: version.to_string(), ..UpdateOffer::default() };
                self.updates.offer = None;
                self.model.update.state = UpdateState::Available {
                    offer: Arc::new(offer),
                    waits: None,
                    failed_before: Some(say::update::reason(&reason)),
                };
            }
            Ok(Found::Expired { warn }) => {
                let problem = say::update::expired(warn);
                if by_person || warn {
                    self.model.update.state = UpdateState::Failed(problem.clone());
                } else {
                    self.model.update.state = before;
                }
                if warn && !by_person && !std::mem::replace(&mut self.updates.warned, true) {
                    self.notice(problem);
                }
            }
            Err(error) if !by_person && (passes || matches!(before, UpdateState::Ready(_))) => {
                tracing::info!(%error, "updates: tried again later");
                self.model.update.state = before;
            }
            Err(error) => self.update_failed(say::update::error(&error)),
        }
    }

    fn offered(&mut self, by_person: bool, before: &UpdateState, offer: Offered) {
        let over = |limit: Version| offer.version > limit;
        let running = self.updates.source.as_ref().map(|source| source.version.clone());
        let limit = running.and_then(|v| self.config.update_rules.newest(&v));
        if limit.is_some_and(over) {
            self.model.update.state = UpdateState::UpToDate;
            return;
        }
        if matches!(before, UpdateState::Ready(ready) if ready.version == offer.version.to_string())
        {
            // With the publisher's words about it, which are not kept over a start.
            self.model.update.state = UpdateState::Ready(Arc::new(shown(&offer)));
            return;
        }
        let declined = self.updates.declined.as_ref() == Some(&offer.version);
        self.updates.offer = Some(offer.clone());
        self.model.update.state = UpdateState::Available {
            offer: Arc::new(shown(&offer)),
            waits: None,
            failed_before: None,
        };
        if self.model.settings.updates && !declined {
            self.updates.wanted = Some(Wanted { offer, by_person });
        }
    }

    /// The person wants the version that is shown.
    pub(super) fn download_update(&mut self) {
        let ours = self.model.update.place == UpdatePlace::Ours;
        if self.updates.doing.is_some() || !ours || self.refused_by_rule() {
            return;
        }
        self.updates.declined = None;
        if let Some(offer) = self.updates.offer.clone() {
            self.updates.wanted = Some(Wanted { offer, by_person: true });
            return;
        }
        let UpdateState::Available { offer, failed_before: Some(_), .. } = &self.model.update.state
        else {
            self.start_check(true);
            return;
        };
        let Ok(version) = Version::parse(&offer.version) else { return };
        let Some(versions) = self.versions() else { return };
        let before = std::mem::replace(&mut self.model.update.state, UpdateState::Checking);
        let work = async move {
            versions.forget_failed(version).await?;
            versions.check().await
        };
        self.update_work(Doing::Check, work, |engine, result| {
            engine.checked(true, before, result);
            if let Some(offer) = engine.updates.offer.clone() {
                engine.updates.wanted = Some(Wanted { offer, by_person: true });
            }
        });
    }

    pub(super) fn start_download(&mut self, wanted: Wanted) {
        let Some(versions) = self.versions() else { return };
        let bytes = Arc::new(Bytes::default());
        let told = Arc::clone(&bytes);
        let progress = Box::new(move |got, of| {
            told.got.store(got, Ordering::Relaxed);
            told.of.store(of, Ordering::Relaxed);
        });
        let work = versions.download(progress);
        self.updates.wanted = None;
        self.model.update.state = downloading(&wanted, &bytes);
        let offer = wanted.offer.clone();
        let by_person = wanted.by_person;
        let doing = Doing::Download { wanted, bytes, look_at: Instant::now() + LOOK };
        self.update_work(doing, work, move |engine, result| {
            engine.downloaded(&offer, by_person, result);
        });
    }

    fn downloaded(
        &mut self,
        offer: &Offered,
        by_person: bool,
        result: Result<Staged, UpdateError>,
    ) {
        match result {
            Ok(staged) => {
                tracing::info!(version = %staged.version, "an update is ready");
                self.updates.offer = None;
                self.model.update.state = UpdateState::Ready(Arc::new(shown(offer)));
                let text = say::update::verified(&staged.version);
                self.model.update.last_result = Some(UpdateResult { text, good: true });
            }
            Err(error) => {
                tracing::warn!(%error, "update");
                let passes = error.passes();
                self.updates.plan.checked(Instant::now(), passes);
                let problem = say::update::error(&error);
                let text = problem.what.clone();
                self.model.update.last_result = Some(UpdateResult { text, good: false });
                if passes && !by_person {
                    // It goes on by itself where it was cut off.
                    self.model.update.state = UpdateState::Available {
                        offer: Arc::new(shown(offer)),
                        waits: Some(say::both(&problem.what, tr!("engine-update-later-next"))),
                        failed_before: None,
                    };
                } else {
                    self.update_failed(problem);
                }
            }
        }
    }

    /// The person does not want what is going on, or to go back after all.
    pub(super) fn cancel_update(&mut self) {
        if self.model.update.going_back && self.updates.doing.is_none() {
            self.stay();
            return;
        }
        if matches!(self.updates.doing, Some((Doing::Install, _))) {
            // It is over in a moment.
            return;
        }
        let wanted = self.updates.wanted.take();
        let stopped = match self.stop_update_work() {
            Some(Doing::Download { wanted, .. }) => Some(wanted),
            Some(Doing::Check) => {
                self.model.update.state = UpdateState::Idle;
                self.updates.plan.checked(Instant::now(), true);
                None
            }
            Some(Doing::Install) | None => None,
        };
        if let Some(Wanted { offer, .. }) = stopped.or(wanted) {
            self.updates.declined = Some(offer.version.clone());
            self.model.update.state = UpdateState::Available {
                offer: Arc::new(shown(&offer)),
                waits: None,
                failed_before: None,
            };
            self.updates.offer = Some(offer);
        }
        self.updates_look(Self::updates_go_on);
    }

    /// Goes back to the version before, at the next start.
    pub(super) fn roll_back_update(&mut self) {
        let version = self.updates.source.as_ref().map(|source| source.version.clone());
        let Some((versions, version)) = self.versions().zip(version) else { return };
        let Some(previous) = self.model.update.previous.clone() else { return };
        let limit = self.config.update_rules.newest(&version);
        let allowed = limit.is_none_or(|limit| limit.to_string() == previous);
        if self.updates.doing.is_some() || !allowed && self.refused_by_rule() {
            return;
        }
        let work = versions.roll_back();
        self.updates.wanted = None;
        self.update_work(Doing::Install, work, |engine, result| match result {
            Ok(()) => {
                engine.model.update.state = UpdateState::Idle;
                engine.model.update.going_back = true;
            }
            Err(error) => engine.update_failed(say::update::error(&error)),
        });
    }

    fn stay(&mut self) {
        let Some(versions) = self.versions() else { return };
        let work = versions.stay();
        self.update_work(Doing::Install, work, |engine, result| match result {
            Ok(()) => engine.model.update.going_back = false,
            Err(error) => engine.update_failed(say::update::error(&error)),
        });
    }

    /// Ends the program, which starts itself anew then. Not under somebody at a desktop: the page
    /// with the button is not shown there.
    pub(super) fn restart_to_update(&mut self) {
        let waits = self.model.update.is_ready() || self.model.update.going_back;
        if waits && self.model.viewer.is_none() {
            self.model.update.restarting = true;
        }
    }

    /// Runs `work` on the engine's task once the disk or the person has answered.
    pub(super) fn update_later<T: Send + 'static>(
        &self,
        work: impl Future<Output = T> + Send + 'static,
        then: impl FnOnce(&mut Self, T) + Send + 'static,
    ) {
        self.spawn(async move {
            let result = work.await;
            Event::Now(Box::new(move |engine| then(engine, result)))
        });
    }
}
