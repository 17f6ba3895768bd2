//! Self-update around the crate `update`: when it is checked and downloaded, and what the page
//! shows of it.
//!
//! One thing is done at a time, in a task of its own. Whatever changes what may be done (a desktop
//! that is opened or left, a setting, the end of a piece of work, the time) ends in
//! [`Engine::updates_go_on`], which looks at the state and does the next step.

mod acts;
mod file;
mod guarded;
mod plan;
mod show;
mod source;
#[cfg(test)]
mod tests;

pub(super) use guarded::{Guarded, Nothing};
pub use source::{Asked as UpdateAsked, Found, Offered, Progress, SelfUpdate, Versions};

use super::{Engine, Event};
use crate::command::Command;
use crate::model::{Problem, TimeOfDay, UpdateOffer, UpdatePlace, UpdateState};
use crate::say;
use crate::scope::Standing;
use plan::{Hold, Now, Plan};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tokio::task::JoinHandle;
use update::UpdateError;

/// Between two looks at the bytes of a download.
const LOOK: Duration = Duration::from_millis(250);

/// An offered version, and who wants it.
#[derive(Clone, Debug)]
struct Wanted {
    offer: Offered,
    /// Downloaded in quiet hours too.
    by_person: bool,
}

/// What is being done.
enum Doing {
    Check,
    Download { wanted: Wanted, bytes: Arc<Bytes>, look_at: Instant },
    Install,
}

/// Bytes of a download, written by its task.
#[derive(Default)]
struct Bytes {
    got: AtomicU64,
    of: AtomicU64,
}

/// The updates' part of the engine.
#[derive(Default)]
pub(super) struct Updates {
    source: Option<SelfUpdate>,
    plan: Plan,
    /// Names the piece of work: what an older one gives is dropped.
    number: u64,
    doing: Option<(Doing, JoinHandle<()>)>,
    /// To be downloaded as soon as nothing holds it.
    wanted: Option<Wanted>,
    /// What was found last.
    offer: Option<Offered>,
    /// The version that the person did not want: not by itself again.
    declined: Option<semver::Version>,
    /// The person is told only once that checking does not work.
    warned: bool,
    /// A dialog is on the screen.
    choosing: bool,
    /// Somebody was at a desktop when it was looked last.
    viewing: bool,
}

/// The commands that are acted on here; any other is handed back.
pub(super) fn command(engine: &mut Engine, command: Command) -> Option<Command> {
    match command {
        Command::CheckForUpdates => engine.check_for_updates(),
        Command::DownloadUpdate => engine.download_update(),
        Command::CancelUpdate => engine.cancel_update(),
        Command::InstallUpdateFile => engine.install_update_file(),
        Command::RollBackUpdate => engine.roll_back_update(),
        Command::RestartToUpdate => engine.restart_to_update(),
        Command::SetUpdates(on) => engine.model.settings.updates = on,
        Command::SetQuietHours(hours) => engine.model.settings.quiet_hours = hours,
        other => return Some(other),
    }
    engine.updates_go_on();
    None
}

impl Engine {
    /// What changes versions, for who acts now; `None` where nothing does.
    fn versions(&self) -> Option<Arc<dyn Versions>> {
        self.updates.source.as_ref()?;
        self.doors.versions(self.acting)
    }

    /// The program has started.
    pub(super) fn updates_begin(&mut self) {
        let Some(source) = self.config.updater.take() else { return };
        let page = &mut self.model.update;
        page.version = source.version.to_string();
        page.target.clone_from(&source.target);
        page.keys = Arc::new(source.keys.iter().map(source::key).collect());
        page.notes = Arc::new(source.notes.clone());
        page.quiet_by_rule = self.config.update_rules.quiet;
        page.frozen = say::update::frozen(&self.config.update_rules, &source.version);
        self.updates.source = Some(source);
        self.updates_look(Self::updates_began);
    }

    /// The folders were looked at for the first time.
    fn updates_began(&mut self) {
        if self.model.update.place == UpdatePlace::Ours && !self.is_frozen() {
            self.updates.plan.begin(Instant::now(), rand::random());
        }
        self.updates_go_on();
    }

    /// Shows the place and the state of the folders anew, and then goes on. Whoever led here: the
    /// next step is the updater's own.
    fn updates_look(&mut self, then: impl FnOnce(&mut Self) + Send + 'static) {
        self.under(Standing::Updates, |engine| {
            let Some(versions) = engine.versions() else { return };
            let looked = versions.look();
            engine.spawn(async move {
                let looked = looked.await;
                Event::Now(Box::new(move |engine| {
                    match looked {
                        Ok((place, status)) => engine.show_status(place, &status),
                        Err(error) => tracing::warn!(%error, "updates"),
                    }
                    then(engine);
                }))
            });
        });
    }

    /// An administrator keeps the program at what runs, or at something older.
    fn is_frozen(&self) -> bool {
        let Some(source) = &self.updates.source else { return false };
        self.config
            .update_rules
            .newest(&source.version)
            .is_some_and(|limit| limit <= source.version)
    }

    fn update_hold(&self, by_person: bool) -> Option<Hold> {
        let settings = &self.model.settings;
        let rules = &self.config.update_rules;
        let clock = match plan::quiet(settings, rules) {
            Some(_) => local_clock(),
            None => TimeOfDay::default(),
        };
        let hours_are_ruled = self.model.kiosk.is_some() && rules.quiet.is_some();
        let viewing = self.model.viewer.is_some() && !hours_are_ruled;
        let now = Now { clock, viewing };
        plan::hold(now, settings, rules, by_person)
    }

    /// Does what can be done now, and stops what may not go on; as work of its own.
    fn updates_go_on(&mut self) {
        self.under(Standing::Updates, Self::updates_next);
    }

    fn updates_next(&mut self) {
        if self.updates.source.is_none() {
            return;
        }
        let now = Instant::now();
        if let Some((Doing::Download { wanted, .. }, _)) = &self.updates.doing {
            let by_person = wanted.by_person;
            if self.update_hold(by_person).is_some() {
                self.pause_download();
            }
        }
        if self.updates.doing.is_some() {
            return;
        }
        if let Some(wanted) = self.updates.wanted.clone() {
            match self.update_hold(wanted.by_person) {
                None => self.start_download(wanted),
                Some(hold) => {
                    self.updates.plan.held(now, hold);
                    self.show_update_waiting(&wanted.offer, hold);
                }
            }
        } else if self.updates.plan.is_due(now) {
            match self.update_hold(false) {
                None => self.start_check(false),
                Some(hold) => self.updates.plan.held(now, hold),
            }
        }
    }

    /// A desktop may have been opened or left.
    pub(super) fn updates_viewing(&mut self) {
        let viewing = self.model.viewer.is_some();
        if std::mem::replace(&mut self.updates.viewing, viewing) != viewing {
            self.updates_go_on();
        }
    }

    pub(super) fn updates_deadline(&self) -> Option<Instant> {
        match &self.updates.doing {
            Some((Doing::Download { look_at, .. }, _)) => Some(*look_at),
            Some(_) => None,
            None => {
                self.updates.source.as_ref()?;
                let by_person = self.updates.wanted.as_ref().is_some_and(|w| w.by_person);
                self.updates.plan.deadline(self.update_hold(by_person))
            }
        }
    }

    pub(super) fn updates_tick(&mut self) {
        let now = Instant::now();
        if let Some((Doing::Download { wanted, bytes, look_at }, _)) = &mut self.updates.doing {
            if *look_at > now {
                return;
            }
            *look_at = now + LOOK;
            self.model.update.state = downloading(wanted, bytes);
        }
        if self.updates_deadline().is_some_and(|at| at <= now) || self.updates.doing.is_some() {
            self.updates_go_on();
        }
    }

    /// Runs a piece of work, which is the only one then.
    fn update_work<T: Send + 'static>(
        &mut self,
        doing: Doing,
        work: impl Future<Output = Result<T, UpdateError>> + Send + 'static,
        then: impl FnOnce(&mut Self, Result<T, UpdateError>) + Send + 'static,
    ) {
        self.updates.number += 1;
        let number = self.updates.number;
        let task = self.spawn(async move {
            let result = work.await;
            Event::Now(Box::new(move |engine| {
                if engine.updates.number == number {
                    engine.updates.doing = None;
                    then(engine, result);
                    engine.updates_look(Self::updates_go_on);
                }
            }))
        });
        self.updates.doing = Some((doing, task));
    }

    /// Ends the piece of work that is going on; what it left on disk is used again later.
    fn stop_update_work(&mut self) -> Option<Doing> {
        let (doing, task) = self.updates.doing.take()?;
        self.updates.number += 1;
        task.abort();
        Some(doing)
    }

    fn pause_download(&mut self) {
        if let Some(Doing::Download { wanted, .. }) = self.stop_update_work() {
            self.updates.wanted = Some(wanted);
        }
    }

    fn update_failed(&mut self, problem: Problem) {
        self.model.update.state = UpdateState::Failed(problem);
    }
}

fn downloading(wanted: &Wanted, bytes: &Bytes) -> UpdateState {
    UpdateState::Downloading {
        offer: Arc::new(shown(&wanted.offer)),
        got: bytes.got.load(Ordering::Relaxed),
        of: bytes.of.load(Ordering::Relaxed).max(wanted.offer.size),
    }
}

fn shown(offer: &Offered) -> UpdateOffer {
    UpdateOffer {
        version: offer.version.to_string(),
        notes: offer.notes.clone(),
        date: crate::local_time::day(&offer.date),
        size: say::files::size(offer.size),
    }
}

/// Local time of day, to the minute.
fn local_clock() -> TimeOfDay {
    let now = jiff::Zoned::now();
    let part = |n: i8| u16::try_from(n).unwrap_or(0);
    TimeOfDay::new(part(now.hour()), part(now.minute())).unwrap_or_default()
}
