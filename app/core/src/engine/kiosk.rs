//! The unattended screen's half of the engine: it opens its desktop by itself and again and again,
//! says in plain words what is missing, watches over the pictures, and checks the PIN.

use super::{Engine, seconds_until};
use crate::command::Command;
use crate::kiosk::Kiosk as Rules;
use crate::kiosk::attempts::Attempts;
use crate::kiosk::watchdog::{Act, State, Watchdog};
use crate::model::{
    Account, CloudLink, Desktop, DesktopState, Desktops, Kiosk as Shown, KioskEnd, PinEntry,
    Retry as Again, ScreenState, ViewerState, Waiting,
};
use crate::policy;
use crate::retry::Retry;
use crate::scope::Standing;
use crate::secret::Pin;
use crate::tr;
use std::time::{Duration, Instant};
use stream::stats::Summary;

/// What an administrator wants to read in the log, without everything else.
const LOG: &str = "kiosk";
/// How long the waiting screen says which keys are held.
const KEYS: Duration = Duration::from_secs(10);
/// Between two looks at everything.
const LOOK: Duration = Duration::from_secs(1);

/// State of an unattended screen.
pub(super) struct Kiosk {
    rules: Rules,
    attempts: Attempts,
    checking: bool,
    wrong: bool,
    end: Option<KioskEnd>,
    dog: Watchdog,
    /// The cloud refused the desktop; that is no fault of the program's.
    refused: bool,
    keys_until: Instant,
    next_look: Instant,
    /// When the list of desktops is loaded again after it could not be.
    lists: Retry,
    /// The screen is kept awake; `None` while the system is asked.
    awake: Option<bool>,
    wanted_awake: bool,
}

impl Kiosk {
    pub(super) fn new(rules: Rules, attempts: Attempts) -> Self {
        let now = Instant::now();
        for sentence in &rules.keys {
            tracing::info!(target: LOG, "{sentence}");
        }
        Self {
            rules,
            attempts,
            checking: false,
            wrong: false,
            end: None,
            dog: Watchdog::new(now),
            refused: false,
            keys_until: now + KEYS,
            next_look: now,
            lists: Retry::default(),
            awake: Some(false),
            wanted_awake: false,
        }
    }
}

/// Seconds since 1970.
pub(super) fn seconds_now() -> i64 {
    jiff::Timestamp::now().as_second()
}

/// What an unattended screen acts on: input, and the way out. Everything else is refused.
fn in_kiosk(command: &Command) -> bool {
    matches!(
        command,
        Command::Input(_)
            | Command::RefreshPicture
            | Command::PictureVisible(_)
            | Command::WindowFocused(_)
            | Command::UnlockKiosk(_)
            | Command::DismissNotice
    )
}

impl Engine {
    /// Whether the policy or the unattended screen stands against a command.
    pub(super) fn is_refused(&self, command: &Command) -> bool {
        let fixed = policy::changes(command).is_some_and(|s| self.model.fixed.has(s));
        fixed || self.kiosk.is_some() && !in_kiosk(command)
    }

    /// Whether a desktop that is opened is only watched.
    pub(super) fn opens_view_only(&self) -> bool {
        let kiosk = self.kiosk.as_ref().is_some_and(|kiosk| kiosk.rules.view_only);
        kiosk || self.config.policy.view_only()
    }

    /// A lost desktop is tried again by itself, whatever the reason.
    pub(super) fn tries_for_ever(&self) -> bool {
        self.kiosk.is_some()
    }

    /// A session with the desktop begins.
    pub(super) fn kiosk_connecting(&mut self) {
        if let Some(kiosk) = &mut self.kiosk {
            kiosk.refused = false;
            kiosk.dog.connecting(Instant::now());
        }
    }

    /// The cloud refused one.
    pub(super) fn kiosk_refused(&mut self) {
        if let Some(kiosk) = &mut self.kiosk {
            kiosk.refused = true;
        }
    }

    /// The figures of a live second: it is a sign of life when what came was also shown.
    pub(super) fn kiosk_second(&mut self, summary: &Summary) {
        if let Some(kiosk) = &mut self.kiosk
            && (summary.received <= 0.0 || summary.shown > 0.0)
        {
            kiosk.dog.alive(Instant::now());
        }
    }

    fn kiosk_desktop(&self) -> Option<&Desktop> {
        let name = &self.kiosk.as_ref()?.rules.desktop;
        match &self.model.desktops {
            Desktops::Ready(list) => list.iter().find(|d| d.name == *name),
            _ => None,
        }
    }

    /// Opens the desktop when it can be and is not.
    pub(super) fn kiosk_open(&mut self) {
        let Some(desktop) = self.kiosk_desktop() else { return };
        let (id, online) = (desktop.id.clone(), desktop.state == DesktopState::Online);
        // Another one has the name now: the old one will not come back.
        if self.model.viewer.as_ref().is_some_and(|v| v.desktop != id && !is_live(&v.state)) {
            self.close_desktop();
        }
        if online && self.model.viewer.is_none() {
            self.open_desktop(id);
        }
    }

    /// A PIN was entered.
    pub(super) fn unlock(&mut self, pin: Pin) {
        let Some(kiosk) = &mut self.kiosk else { return };
        let Some(hash) = kiosk.rules.pin.clone() else { return };
        if kiosk.checking || kiosk.end.is_some() || !kiosk.attempts.begin(seconds_now()) {
            return;
        }
        kiosk.checking = true;
        kiosk.wrong = false;
        let attempts = kiosk.attempts;
        // Counted on the disk first; the disk's thread also has the time that argon2 takes.
        let (grant, events) = (self.acting, self.events());
        self.keeper.check_pin(grant, events, attempts, move || hash.is_of(pin.expose()));
    }

    /// It was checked.
    pub(super) fn unlocked(&mut self, right: bool) {
        let Some(kiosk) = &mut self.kiosk else { return };
        kiosk.checking = false;
        kiosk.wrong = !right;
        if right {
            tracing::info!(target: LOG, "left with the PIN");
            kiosk.attempts.right();
            kiosk.end = Some(KioskEnd::Left);
            self.keeper.save_attempts(self.acting, kiosk.attempts);
        } else {
            tracing::warn!(target: LOG, "a wrong PIN was entered");
        }
    }

    pub(super) fn kiosk_deadline(&self) -> Option<Instant> {
        self.kiosk.as_ref().map(|kiosk| kiosk.next_look)
    }

    pub(super) fn kiosk_tick(&mut self) {
        if self.kiosk.is_some() {
            self.under(Standing::Screen, Self::kiosk_look);
        }
    }

    fn kiosk_look(&mut self) {
        let now = Instant::now();
        let state = self.kiosk_state();
        let Some(kiosk) = &mut self.kiosk else { return };
        if now < kiosk.next_look {
            return;
        }
        kiosk.next_look = now + LOOK;
        match kiosk.dog.look(now, state) {
            Some(Act::Reconnect) => {
                tracing::warn!(target: LOG, ?state, "no picture comes; the desktop is connected anew");
                self.reconnect_now();
                self.reopen();
            }
            Some(Act::End) if self.end_kiosk(KioskEnd::Stuck) => {
                tracing::error!(target: LOG, "no picture comes although the cloud and the desktop are there");
            }
            Some(Act::End) | None => {}
        }
        self.load_list_again(now);
        self.kiosk_open();
        self.stay_awake();
    }

    fn end_kiosk(&mut self, end: KioskEnd) -> bool {
        let Some(kiosk) = &mut self.kiosk else { return false };
        let first = kiosk.end.is_none();
        kiosk.end.get_or_insert(end);
        first
    }

    fn kiosk_state(&self) -> State {
        let Some(kiosk) = &self.kiosk else { return State::Calm };
        let there = self.kiosk_desktop().is_some_and(|d| d.state == DesktopState::Online);
        let live = self.model.viewer.as_ref().is_some_and(|v| is_live(&v.state));
        if !self.picture_is_visible() {
            return State::Calm;
        }
        if live {
            return State::Live;
        }
        if self.is_online() && there && !kiosk.refused { State::Making } else { State::Calm }
    }

    /// A list that could not be loaded is loaded again by itself.
    fn load_list_again(&mut self, now: Instant) {
        let failed = matches!(self.model.desktops, Desktops::Failed(_)) && self.is_online();
        let Some(kiosk) = &mut self.kiosk else { return };
        match kiosk.lists.until() {
            _ if !failed => kiosk.lists.stop_waiting(),
            None => {
                kiosk.lists.failed(now, rand::random());
            }
            Some(until) if now >= until => {
                kiosk.lists.stop_waiting();
                self.load_desktops();
            }
            Some(_) => {}
        }
    }

    /// Keeps the screen awake while a live picture can be seen. One question at a time, so that
    /// the last wish wins.
    fn stay_awake(&mut self) {
        let live = self.model.viewer.as_ref().is_some_and(|v| is_live(&v.state));
        let visible = self.picture_is_visible();
        let Some(kiosk) = &mut self.kiosk else { return };
        kiosk.wanted_awake = kiosk.rules.keep_awake && live && visible;
        let wanted = kiosk.wanted_awake;
        if kiosk.awake.is_none_or(|awake| awake == wanted) {
            return;
        }
        kiosk.awake = None;
        let asked = self.doors.keep_awake(self.acting, wanted);
        self.spawn(async move {
            if let Err(error) = asked.await {
                tracing::warn!(target: LOG, %error, wanted, "the screen's sleep");
            }
            super::Event::Now(Box::new(move |engine| {
                if let Some(kiosk) = &mut engine.kiosk {
                    // Not asked again before something changes, also where it failed.
                    kiosk.awake = Some(wanted);
                }
                engine.stay_awake();
            }))
        });
    }

    /// Brings the model up to date.
    pub(super) fn show_kiosk(&mut self) {
        let Some(kiosk) = &self.kiosk else { return };
        let now = Instant::now();
        let wait = kiosk.attempts.wait(seconds_now());
        let pin = match () {
            () if kiosk.rules.pin.is_none() => PinEntry::None,
            () if kiosk.checking => PinEntry::Checking,
            () if wait > 0 => PinEntry::Locked { seconds: wait },
            () if kiosk.wrong => PinEntry::Wrong { left: kiosk.attempts.left() },
            () => PinEntry::Ready,
        };
        self.model.kiosk = Some(Shown {
            branding: kiosk.rules.branding.clone(),
            desktop: kiosk.rules.desktop.clone(),
            idle_cursor: kiosk.rules.idle_cursor,
            waiting: self.waiting(kiosk, now),
            keys: if now < kiosk.keys_until { kiosk.rules.keys.clone() } else { Vec::new() },
            pin,
            end: kiosk.end,
        });
    }

    /// What is missing for a live picture.
    fn waiting(&self, kiosk: &Kiosk, now: Instant) -> Option<Waiting> {
        let again = tr!("engine-kiosk-again");
        let say = |what: String, next: &str, seconds| {
            Some(Waiting { what, next: next.to_owned(), seconds })
        };
        let name = &kiosk.rules.desktop;
        let viewer = self.model.viewer.as_ref().map(|viewer| &viewer.state);
        if viewer.is_some_and(is_live) {
            return None;
        }
        match &self.model.account {
            Account::Restoring => return say(tr!("engine-kiosk-signing-in").into(), "", None),
            Account::SignedOut(form) => {
                let until = self.account.recheck_at();
                let Some(until) = until else {
                    return say(
                        tr!("engine-kiosk-signed-out").into(),
                        tr!("engine-kiosk-enrol-next"),
                        None,
                    );
                };
                let what = form.problem.as_ref().map(|p| p.what.clone());
                let what = what.unwrap_or_else(|| tr!("engine-kiosk-no-cloud").into());
                return say(what, again, Some(seconds_until(until, now)));
            }
            Account::Local => {
                return say(
                    tr!("engine-kiosk-signed-out").into(),
                    tr!("engine-kiosk-enrol-next"),
                    None,
                );
            }
            Account::Screen(screen) => match &screen.state {
                ScreenState::NotEnrolled { problem, .. } => {
                    let what = problem.as_ref().map(|problem| problem.what.clone());
                    let what = what.unwrap_or_else(|| tr!("engine-kiosk-not-added").into());
                    let next = tr!("engine-kiosk-enrol-next");
                    return say(what, next, None);
                }
                ScreenState::Removed(problem) => {
                    return say(problem.what.clone(), &problem.next, None);
                }
                ScreenState::SigningIn
                    if !matches!(self.model.cloud, CloudLink::Waiting { .. }) =>
                {
                    return say(tr!("engine-kiosk-signing-in").into(), "", None);
                }
                ScreenState::SigningIn | ScreenState::Ready => {}
            },
            Account::SignedIn(_) => {}
        }
        match &self.model.cloud {
            CloudLink::Waiting { seconds, problem } => {
                return say(problem.what.clone(), again, Some(*seconds));
            }
            CloudLink::Off => {
                let next = tr!("engine-kiosk-no-workspace-next");
                return say(tr!("engine-kiosk-no-workspace").into(), next, None);
            }
            CloudLink::Connecting => return say(tr!("engine-kiosk-connecting").into(), "", None),
            CloudLink::Online => {}
        }
        match (&self.model.desktops, self.kiosk_desktop().map(|d| d.state)) {
            (Desktops::Loading, _) => {
                return say(tr!("engine-kiosk-looking", name = name), "", None);
            }
            (Desktops::Failed(problem), _) => {
                let seconds = kiosk.lists.until().map(|until| seconds_until(until, now));
                return say(problem.what.clone(), again, seconds);
            }
            (Desktops::Ready(_), None) => {
                let next = tr!("engine-kiosk-no-desktop-next");
                return say(tr!("engine-kiosk-no-desktop", name = name), next, None);
            }
            (_, Some(DesktopState::Offline)) => {
                let next = tr!("engine-kiosk-off-next");
                return say(tr!("engine-kiosk-off", name = name), next, None);
            }
            (_, Some(DesktopState::Starting)) => {
                return say(tr!("engine-kiosk-starting", name = name), "", None);
            }
            (_, Some(DesktopState::Online)) => {}
        }
        match viewer {
            Some(ViewerState::Unstable) => say(tr!("engine-kiosk-unstable", name = name), "", None),
            Some(ViewerState::Lost { problem, retry }) => {
                let seconds = match retry {
                    Again::In { seconds, .. } => Some(*seconds),
                    Again::Off => None,
                };
                say(problem.what.clone(), again, seconds)
            }
            _ => say(tr!("engine-kiosk-opening", name = name), "", None),
        }
    }
}

fn is_live(state: &ViewerState) -> bool {
    matches!(state, ViewerState::Live { .. })
}
