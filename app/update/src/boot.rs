//! The first lines of `main`: no network, no graphics, no other threads.
//!
//! Whatever goes wrong here, the program that is there is started: problems become
//! [`Boot::notes`].

use crate::folder::{Folder, Held};
use crate::marker::{Plan, plan};
use crate::place::{self, Surroundings};
use crate::self_test::{self, Fault};
use crate::site::{Marker, NEW, PREVIOUS, PROGRAM, Site};
use crate::stage::take_in;
use crate::state::{LastResult, State, seconds};
use crate::{Config, Place, Reason, Step, Tuning, UpdateError, kept, rules};
use semver::Version;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// What to do next.
#[derive(Debug)]
pub enum Next {
    /// Go on.
    Run(Boot),
    /// Start this file in place of this process, with the same arguments. If that fails, go on
    /// with [`Boot::plain`].
    Exec(PathBuf),
}

/// A start of the program. It lives as long as the program does.
#[derive(Debug)]
pub struct Boot {
    /// What happened, in whole sentences for the page "Updates".
    pub notes: Vec<String>,
    config: Box<Config>,
    on_trial: bool,
    /// Tells other starts that this one lives.
    _trial: Option<Held>,
}

impl Boot {
    /// A start with nothing to do.
    #[must_use]
    pub fn plain(config: &Config) -> Self {
        Self { notes: Vec::new(), config: Box::new(config.clone()), on_trial: false, _trial: None }
    }

    /// Whether this version is new and has not been healthy yet.
    #[must_use]
    pub fn is_on_trial(&self) -> bool {
        self.on_trial
    }
}

/// Looks what is to be done before anything else: a version that waits is verified, tested and put
/// in place; one that did not become healthy in two starts is taken back.
#[must_use]
pub fn begin(config: &Config, now: SystemTime) -> Next {
    begin_with(config, now, &Tuning::default())
}

/// [`begin`] with other limits.
#[must_use]
pub fn begin_with(config: &Config, now: SystemTime, tuning: &Tuning) -> Next {
    let mut start =
        Start { config, tuning, now: seconds(now), boot: Boot::plain(config), exec: None };
    if !config.keys.is_empty()
        && let Err(error) = start.look()
    {
        start.note(format!("The updater cannot do its work: {error}."));
    }
    match start.exec {
        Some(program) => Next::Exec(program),
        None => Next::Run(start.boot),
    }
}

/// Makes the folders beside the program, where this copy may replace itself: for a process that
/// will not be able to make them later.
///
/// # Errors
/// [`UpdateError::Folder`], [`UpdateError::Disk`].
pub fn prepare(config: &Config) -> Result<(), UpdateError> {
    // Looking for packages takes longest, so it comes last.
    if config.keys.is_empty() || Site::find(config)?.is_some() {
        return Ok(());
    }
    let (folder, name) = crate::site::program(config)?;
    if crate::folder::may_replace(&folder, &folder.join(name))
        && place::find(config, &Surroundings::default()) == Place::Ours
    {
        Site::make(config)?;
    }
    Ok(())
}

/// The first frame was painted and the loop lived for 10 seconds, or the program ends as it should.
/// From here on this version stays.
pub fn healthy(boot: &Boot) {
    if !boot.on_trial {
        return;
    }
    if let Err(error) = stays(&boot.config) {
        tracing::warn!(%error, "this version cannot be noted as healthy");
    }
}

fn stays(config: &Config) -> Result<(), UpdateError> {
    let Some(site) = Site::find(config)? else { return Ok(()) };
    let marker = site.marker().filter(|marker| marker.to == config.version);
    let Some(marker) = marker else { return Ok(()) };
    // Only said, for the marker is not for a running program to write; and first, for the next
    // start remembers the rest then.
    let said = site.say_healthy(&marker);
    remember(config, seconds(SystemTime::now()))?;
    said
}

/// This version was healthy.
fn remember(config: &Config, now: u64) -> Result<(), UpdateError> {
    let version = &config.version;
    let known = |last: &LastResult| match last {
        LastResult::Installed { version: installed, .. } => installed == version,
        LastResult::Failed { .. } => false,
    };
    let kept = kept::change(config, now, |state| {
        state.floor_version = state.floor_version.clone().max(version.clone());
        state.failed.remove(version);
        if !state.last.as_ref().is_some_and(known) {
            state.last = Some(LastResult::Installed { version: version.clone(), at: now });
        }
    });
    kept.map(|_| ())
}

/// One start.
struct Start<'a> {
    config: &'a Config,
    tuning: &'a Tuning,
    now: u64,
    boot: Boot,
    exec: Option<PathBuf>,
}

impl Start<'_> {
    fn note(&mut self, note: String) {
        tracing::warn!("{note}");
        self.boot.notes.push(note);
    }

    fn look(&mut self) -> Result<(), UpdateError> {
        let Some(site) = Site::find(self.config)? else { return Ok(()) };
        let Some(locks) = site.lock_all()? else {
            // Another copy is downloading, and will be done by the next start.
            return Ok(());
        };
        site.forget_old();
        if self.trial(&site)? {
            self.back(&site)?;
            if self.exec.is_none() {
                let applied = self.apply(&site);
                if self.exec.is_none() {
                    // What was taken in was not put in place, also by a start that was cut off.
                    site.drop_kept(NEW)?;
                }
                applied?;
            }
        }
        drop::<(Held, Held)>(locks);
        Ok(())
    }

    /// A new version that is in place already. Whether there is none, so that another may follow.
    fn trial(&mut self, site: &Site) -> Result<bool, UpdateError> {
        let trial = site.trial()?;
        let running = &self.config.version;
        let (healthy, file) = (site.healthy(), site.file());
        let plan = plan(site.marker(), healthy.as_ref(), running, file, trial.is_none(), self.now);
        match plan {
            Plan::Nothing | Plan::Forget => {
                // A marker that is damaged goes too.
                site.unmark()?;
                site.forget_healthy();
                Ok(true)
            }
            Plan::Confirm(marker) => self.confirm(site, &marker).map(|()| true),
            Plan::Leave => Ok(false),
            Plan::Beside => {
                self.boot.on_trial = true;
                Ok(false)
            }
            Plan::Try(marker) => {
                self.boot.on_trial = true;
                self.boot._trial = trial;
                Self::settle(site, &marker);
                self.tuning.before(Step::Count, "a start cannot be counted")?;
                site.mark(&marker).map(|()| false)
            }
            Plan::TakeBack(marker) => {
                Self::settle(site, &marker);
                if let Err(error) = self.exchange_back(site, &marker.to, Reason::DidNotStart) {
                    // Nothing else can be started: this one may as well go on trying.
                    self.boot.on_trial = true;
                    self.note(format!(
                        "This version did not start well, and the version before cannot be put \
                         back: {error}."
                    ));
                }
                Ok(false)
            }
        }
    }

    /// This version was healthy, and stays.
    fn confirm(&self, site: &Site, marker: &Marker) -> Result<(), UpdateError> {
        // The only copy of the version before must not be where the next one is going to be.
        site.settle(marker)?;
        self.tuning.before(Step::Confirm, "a trial cannot be ended")?;
        // It was remembered when it was said, unless the disk was full.
        if let Err(error) = remember(self.config, self.now) {
            tracing::warn!(%error, "this version cannot be noted as healthy");
        }
        site.unmark()?;
        site.forget_healthy();
        Ok(())
    }

    /// What could not be put in order is found where it is.
    fn settle(site: &Site, marker: &Marker) {
        if let Err(error) = site.settle(marker) {
            tracing::warn!(%error, "the version before is left where it is");
        }
    }

    /// The person wants the version before.
    fn back(&mut self, site: &Site) -> Result<(), UpdateError> {
        let running = self.config.version.clone();
        // Left by one that was taken back.
        if site.kept(PREVIOUS)?.is_some_and(|(_, version)| version == running) {
            site.drop_kept(PREVIOUS)?;
        }
        let Some(from) = site.back() else { return Ok(()) };
        if from != running {
            return site.want_back(None);
        }
        let done = self.test_previous(site).and_then(|()| {
            site.drop_staged()?;
            self.exchange_back(site, &running, Reason::TakenBack)
        });
        if let Err(error) = done {
            site.want_back(None)?;
            self.note(format!("The version before cannot be put back: {error}."));
        }
        Ok(())
    }

    fn test_previous(&self, site: &Site) -> Result<(), UpdateError> {
        let (previous, version) = site.kept(PREVIOUS)?.ok_or(UpdateError::NothingKept)?;
        self.test(&previous.path().join(PROGRAM), &version).map_err(|fault| match fault {
            Fault::Program(why) | Fault::Now(why) => UpdateError::SelfTest(why),
        })
    }

    fn test(&self, program: &Path, version: &Version) -> Result<(), Fault> {
        let line = Config { version: version.clone(), ..self.config.clone() }.self_test_line();
        self.tuning
            .before(Step::SelfTest, "the self-test")
            .map_err(|error| Fault::Now(error.to_string()))?;
        self_test::run(program, &line, self.tuning.self_test)
    }

    /// Puts the version before in its place again, and remembers `failed`.
    fn exchange_back(
        &mut self,
        site: &Site,
        failed: &Version,
        reason: Reason,
    ) -> Result<(), UpdateError> {
        let unable = "the programs cannot be exchanged";
        let previous = Self::before(site, failed)?;
        // First this: were the power to fail in between, it would be offered again.
        let kept = self.tuning.before(Step::Remember, unable).and_then(|()| {
            kept::change(self.config, self.now, |state| state.fail(failed, reason, self.now))
        });
        if let Err(error) = kept {
            tracing::warn!(%error, "a version that failed cannot be remembered");
        }
        self.tuning.before(Step::ExchangeBack, unable)?;
        previous.exchange(PROGRAM, &site.home, &site.name).map_err(UpdateError::disk(unable))?;
        self.exec = Some(site.program());
        self.last(|| {
            self.tuning.before(Step::CleanUp, unable)?;
            site.home.sync().and_then(|()| previous.sync()).map_err(UpdateError::disk(unable))?;
            // What is believed first: somebody may have seen to it that the rest cannot be removed.
            site.unmark()?;
            site.drop_kept(PREVIOUS)?;
            site.drop_kept(NEW)?;
            site.forget_healthy();
            site.want_back(None)?;
            site.drop_staged()
        });
        Ok(())
    }

    /// The folder with the program of the version before `failed`.
    fn before(site: &Site, failed: &Version) -> Result<Folder, UpdateError> {
        let previous = site.kept(PREVIOUS);
        let previous = previous.map(|kept| kept.filter(|(_, version)| version != failed));
        // After an exchange that was cut off.
        let new = site.kept(NEW).map(|kept| kept.filter(|(_, version)| version == failed));
        for found in [previous, new] {
            if let Ok(Some((folder, _))) = found
                && let Ok(Some(_)) = folder.open(PROGRAM)
            {
                return Ok(folder);
            }
        }
        Err(UpdateError::NothingKept)
    }

    /// What comes after an exchange: what fails of it is made up for by the next start.
    fn last(&self, work: impl FnOnce() -> Result<(), UpdateError>) {
        if let Err(error) = work() {
            tracing::warn!(%error, "the next start finishes this exchange");
        }
    }

    /// A version that waits.
    fn apply(&mut self, site: &Site) -> Result<(), UpdateError> {
        let Some((staged, version)) = site.staged()? else {
            // Also what was cut off while it was made.
            return site.drop_staged().and_then(|()| site.drop_next());
        };
        let (state, _) = kept::load(self.config, self.now);
        if self.is_unwanted(&version, &state) {
            return site.drop_staged();
        }
        let new = match take_in(site, &staged, &version, self.config, self.tuning) {
            Ok(new) => new,
            Err(UpdateError::Disk { full: true, what, why }) => {
                self.note(format!("Version {version} could not be tried: {what}: {why}."));
                return Ok(());
            }
            Err(error) => {
                self.note(format!("Version {version} was not installed: {error}."));
                // It can be downloaded again; what cannot be read would stand in the way of that.
                return site.drop_staged();
            }
        };
        match self.test(&new.path().join(PROGRAM), &version) {
            Ok(()) => {}
            Err(Fault::Now(why)) => {
                self.note(format!("Version {version} could not be tried: {why}."));
                return Ok(());
            }
            Err(Fault::Program(why)) => {
                self.note(format!("Version {version} was not installed: {why}."));
                let reason = Reason::SelfTest(why);
                let kept = kept::change(self.config, self.now, |state| {
                    state.fail(&version, reason, self.now);
                });
                site.drop_staged()?;
                return kept.map(|_| ());
            }
        }
        self.exchange(site, &new, version)
    }

    fn is_unwanted(&self, version: &Version, state: &State) -> bool {
        let refused = rules::may_replace(version, self.config, state);
        let failed = state.failed.contains_key(version);
        let ruled_out = self.config.newest.as_ref().is_some_and(|newest| version > newest);
        if let Err(error) = &refused {
            tracing::info!(%error, "what waits is no longer wanted");
        }
        refused.is_err() || failed || ruled_out
    }

    fn exchange(&mut self, site: &Site, new: &Folder, to: Version) -> Result<(), UpdateError> {
        let unable = "the programs cannot be exchanged";
        let disk = UpdateError::disk(unable);
        let program = new.open(PROGRAM).map_err(&disk)?.ok_or(UpdateError::Changed)?;
        let file = crate::folder::identity(&program.metadata().map_err(&disk)?);
        drop(program);
        let from = self.config.version.clone();
        let marker = Marker { from, to, boots: 0, at: self.now, file };
        // A word about an earlier trial is none about this one.
        site.forget_healthy();
        self.tuning.before(Step::Mark, unable)?;
        site.mark(&marker)?;
        let exchanged = self.tuning.before(Step::Exchange, unable).and_then(|()| {
            new.exchange(PROGRAM, &site.home, &site.name).map_err(UpdateError::disk(unable))
        });
        if let Err(error) = exchanged {
            site.unmark()?;
            return Err(error);
        }
        self.exec = Some(site.program());
        self.last(|| {
            self.tuning.before(Step::Last, unable)?;
            site.home.sync().and_then(|()| new.sync()).map_err(&disk)?;
            self.tuning.before(Step::Keep, unable)?;
            site.settle(&marker)?;
            site.drop_staged()?;
            self.tuning.before(Step::Start, unable)
        });
        Ok(())
    }
}
