//! This machine as an unattended screen: no person, no password, one key.

use super::{Engine, Event, next_second, seconds_until};
use crate::enrol::{EnrolError, enrol};
use crate::model::{self, CloudLink, DesktopState, Desktops, Problem, ScreenAccount, ScreenState};
use crate::say;
use crate::scope::Standing;
use crate::secret::EnrolmentText;
use crate::storage::StoredScreen;
use cloud_client::realtime::{LinkState, Realtime, StopReason};
use cloud_client::screen::ScreenLogin;
use cloud_client::wire::{EnrolmentCode, ToCloud};
use std::time::{Duration, Instant};

/// After the owner has removed the screen: how often it is looked whether it is one again.
const AGAIN: Duration = Duration::from_secs(30);

/// How a machine that nobody sits at is started.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ScreenConfig {
    /// Open the first desktop that is online, once, by itself. Without it only the one that
    /// `Config::open` names is.
    pub open: bool,
}

/// The screen's part of the engine.
#[derive(Default)]
pub(super) struct Unattended {
    session: Option<Session>,
    /// The code is being checked; tells one attempt from the next.
    enrolling: Option<u64>,
    /// When to look again whether this machine is a screen.
    again: Option<Instant>,
    /// The desktop was opened by itself.
    opened: bool,
}

struct Session {
    login: ScreenLogin,
    realtime: Realtime,
    generation: u64,
    waiting: Option<(Instant, Problem)>,
}

impl Unattended {
    pub(super) fn login(&self) -> Option<ScreenLogin> {
        self.session.as_ref().map(|session| session.login.clone())
    }

    /// Tells one connection from the next; 0 without one.
    pub(super) fn generation(&self) -> u64 {
        self.session.as_ref().map_or(0, |session| session.generation)
    }

    pub(super) fn reconnect_now(&self) {
        if let Some(session) = &self.session {
            session.realtime.reconnect_now();
        }
    }

    /// Sends on the realtime socket; `false` when it is not open.
    pub(super) fn send(&self, message: ToCloud) -> bool {
        self.session.as_ref().is_some_and(|session| session.realtime.send(message).is_ok())
    }
}

impl Engine {
    /// Begins with what is kept on this machine; otherwise asks for a code.
    pub(super) fn screen_begin(&mut self) {
        self.under(Standing::Screen, Self::screen_stored);
    }

    fn screen_stored(&mut self) {
        self.account.unattended.again = None;
        match self.keeper.screen(self.acting) {
            Ok(Some(stored)) if stored.cloud == self.config.cloud => self.screen_connect(stored),
            Ok(Some(stored)) => {
                self.screen_form(Some(say::screen_of_another_cloud(&stored.cloud)));
            }
            Ok(None) => self.screen_form(None),
            Err(error) => self.screen_form(Some(say::storage(&error))),
        }
    }

    fn screen_account(&mut self, stored: Option<&StoredScreen>, state: ScreenState) {
        let server = self.account.server().to_owned();
        let text = |of: fn(&StoredScreen) -> &String| stored.map(of).cloned().unwrap_or_default();
        self.model.account = model::Account::Screen(ScreenAccount {
            name: text(|s| &s.name),
            workspace: text(|s| &s.workspace),
            server,
            control: stored.is_some_and(|s| s.control),
            state,
        });
    }

    /// Asks for a code. A screen that was removed stays one that was removed.
    fn screen_form(&mut self, problem: Option<Problem>) {
        if matches!(self.screen_state(), Some(ScreenState::Removed(_))) {
            self.account.unattended.again = Some(Instant::now() + AGAIN);
            return;
        }
        self.model.cloud = CloudLink::Off;
        self.screen_account(None, ScreenState::NotEnrolled { busy: false, problem });
        // Somebody may enrol it from the command line while this is shown.
        self.account.unattended.again = Some(Instant::now() + AGAIN);
    }

    fn screen_connect(&mut self, stored: StoredScreen) {
        let generation = self.next_generation();
        let state = match self.screen_state() {
            // Calm words stay until it is known that they are not true any more.
            Some(ScreenState::Removed(problem)) => ScreenState::Removed(problem.clone()),
            _ => ScreenState::SigningIn,
        };
        self.screen_account(Some(&stored), state);
        // Whoever began it: the connection is the screen's own from here on.
        let Some(rest) = self.under(Standing::Screen, |engine| engine.rest()) else { return };
        let login = ScreenLogin::new(rest.clone(), stored.screen, stored.key);
        let (realtime, mut receiver) = Realtime::screen(rest, login.clone());
        let events = self.events_of(Standing::Screen);
        tokio::spawn(async move {
            while let Some(event) = receiver.recv().await {
                if events.send(Event::Cloud(generation, event)).await.is_err() {
                    return;
                }
            }
        });
        self.model.cloud = CloudLink::Connecting;
        self.model.desktops = Desktops::Loading;
        self.account.unattended.session =
            Some(Session { login, realtime, generation, waiting: None });
    }

    fn screen_state(&self) -> Option<&ScreenState> {
        match &self.model.account {
            model::Account::Screen(screen) => Some(&screen.state),
            _ => None,
        }
    }

    fn set_screen_state(&mut self, to: ScreenState) {
        if let model::Account::Screen(screen) = &mut self.model.account {
            screen.state = to;
        }
    }

    /// This machine shows desktops and sends no input.
    pub(super) fn only_watches(&self) -> bool {
        matches!(&self.model.account, model::Account::Screen(screen) if !screen.control)
    }

    /// A code was typed in.
    pub(super) fn enrol_here(&mut self, code: &EnrolmentText) {
        let asks = matches!(
            self.screen_state(),
            Some(ScreenState::NotEnrolled { busy: false, .. } | ScreenState::Removed(_))
        );
        if !asks || code.is_empty() {
            return;
        }
        let (rest, folders) = (self.rest(), self.keeper.enrolment(self.acting));
        let Some((rest, folders)) = rest.zip(folders) else { return };
        self.account.unattended.again = None;
        self.account.unattended.session = None;
        self.model.cloud = CloudLink::Off;
        let attempt = self.next_generation();
        self.account.unattended.enrolling = Some(attempt);
        self.screen_account(None, ScreenState::NotEnrolled { busy: true, problem: None });
        let code = EnrolmentCode::new(code.expose().trim().to_owned());
        let cloud = self.config.cloud.clone();
        self.spawn(async move {
            let result = enrol(&rest, &cloud, folders.root(), &code).await;
            Event::Now(Box::new(move |engine| engine.enrolled(attempt, result)))
        });
    }

    fn enrolled(&mut self, attempt: u64, result: Result<StoredScreen, EnrolError>) {
        if self.account.unattended.enrolling != Some(attempt) {
            return;
        }
        self.account.unattended.enrolling = None;
        match result {
            Ok(stored) => self.screen_connect(stored),
            Err(EnrolError::Cloud(words)) => self.screen_form_again(words.0),
            Err(EnrolError::Storage(error)) => self.screen_form_again(say::storage(&error)),
        }
    }

    fn screen_form_again(&mut self, problem: Problem) {
        let problem = Some(problem);
        self.screen_account(None, ScreenState::NotEnrolled { busy: false, problem });
        self.account.unattended.again = Some(Instant::now() + AGAIN);
    }

    /// The owner has removed this screen: what it shows ends, and it says so. It looks slowly
    /// whether it was enrolled anew.
    pub(super) fn screen_removed(&mut self) {
        tracing::info!("the cloud does not know this screen any more");
        self.close_desktop();
        self.account.unattended.session = None;
        self.account.unattended.opened = false;
        self.clear_session();
        self.clear_notices();
        self.model.cloud = CloudLink::Off;
        self.set_screen_state(ScreenState::Removed(say::screen_removed()));
        self.account.unattended.again = Some(Instant::now() + AGAIN);
    }

    pub(super) fn screen_event(&mut self, generation: u64, event: cloud_client::realtime::Event) {
        let Some(session) = &mut self.account.unattended.session else { return };
        if session.generation != generation {
            return;
        }
        let state = match event {
            cloud_client::realtime::Event::State(state) => state,
            cloud_client::realtime::Event::Message(message) => return self.cloud_message(message),
        };
        session.waiting = None;
        match state {
            LinkState::Connecting => self.model.cloud = CloudLink::Connecting,
            LinkState::Online { .. } => {
                self.model.cloud = CloudLink::Online;
                self.set_screen_state(ScreenState::Ready);
                self.load_desktops();
                self.cloud_online();
            }
            LinkState::Waiting { until, error } => {
                session.waiting = Some((until.into_std(), say::api(&error)));
                self.screen_tick();
            }
            LinkState::Stopped(StopReason::SignedOut) => self.screen_removed(),
            LinkState::Stopped(reason) => {
                tracing::warn!(?reason, "the realtime connection stopped");
                self.model.cloud = CloudLink::Connecting;
            }
        }
    }

    /// The list is known: a desktop is shown by itself, once.
    pub(super) fn open_by_itself(&mut self) {
        let wanted = self.config.screen.as_ref().is_some_and(|screen| screen.open);
        if !wanted || self.account.unattended.opened || self.config.open.is_some() {
            return;
        }
        let Desktops::Ready(list) = &self.model.desktops else { return };
        let found = list.iter().find(|d| d.state == DesktopState::Online).map(|d| d.id.clone());
        if let Some(id) = found {
            self.account.unattended.opened = true;
            self.open_desktop(id);
        }
    }

    pub(super) fn screen_deadline(&self) -> Option<Instant> {
        let waiting = self.account.unattended.session.as_ref().and_then(|s| s.waiting.as_ref());
        let second = waiting.map(|(until, _)| next_second(*until, Instant::now()));
        second.into_iter().chain(self.account.unattended.again).min()
    }

    pub(super) fn screen_tick(&mut self) {
        if self.config.screen.is_some() {
            self.under(Standing::Screen, Self::screen_look);
        }
    }

    fn screen_look(&mut self) {
        if self.account.unattended.again.is_some_and(|at| Instant::now() >= at) {
            let asks = matches!(self.screen_state(), Some(ScreenState::NotEnrolled { .. }));
            if asks {
                // Words that are shown stay; only a screen that there is now changes anything.
                self.account.unattended.again = Some(Instant::now() + AGAIN);
                if let Ok(Some(stored)) = self.keeper.screen(self.acting)
                    && stored.cloud == self.config.cloud
                {
                    self.account.unattended.again = None;
                    self.screen_connect(stored);
                }
            } else {
                self.screen_begin();
            }
        }
        let waiting = self.account.unattended.session.as_ref().and_then(|s| s.waiting.as_ref());
        if let Some((until, problem)) = waiting {
            self.model.cloud = CloudLink::Waiting {
                seconds: seconds_until(*until, Instant::now()),
                problem: problem.clone(),
            };
        }
    }
}
