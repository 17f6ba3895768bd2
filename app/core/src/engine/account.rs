//! Signing in and out, and the realtime connection that comes with it.

use super::{Engine, Event, seconds_until};
use crate::model::{self, CloudLink, Desktops, Person, Role, SignIn};
use crate::retry::Retry;
use crate::say;
use crate::scope::Standing;
use crate::secret::{InvitationText, Password};
use crate::storage::StoredSession;
use cloud_client::realtime::{LinkState, Realtime, StopReason};
use cloud_client::wire::{self, FromCloud, SignedIn};
use cloud_client::{ApiError, BearerToken};
use std::time::Instant;

/// The account's half of the engine.
pub(super) struct Account {
    /// Host to show on the sign-in form.
    server: String,
    /// The running sign-in.
    attempt: Option<(u64, tokio::task::JoinHandle<()>)>,
    signed_in: Option<Session>,
    /// A stored token that could not be checked yet, and when to try again.
    unchecked: Option<(BearerToken, Instant)>,
    recheck: Retry,
    /// The workspace that was shown last, until sign-out.
    last_workspace: Option<String>,
    /// A sign-in that is under way in the browser.
    pub(super) device: Option<super::browser::Device>,
    /// Instead of a person: this machine is a screen.
    pub(super) unattended: super::unattended::Unattended,
}

struct Session {
    bearer: BearerToken,
    person: wire::User,
    workspaces: Vec<wire::Workspace>,
    /// The workspace that is shown; `None` for who belongs to none.
    workspace: Option<String>,
    realtime: Option<Realtime>,
    generation: u64,
    waiting: Option<(Instant, model::Problem)>,
}

impl Account {
    pub(super) fn new(cloud: &str) -> Self {
        let server =
            cloud.strip_prefix("https://").unwrap_or(cloud).trim_end_matches('/').to_owned();
        Self {
            server,
            attempt: None,
            signed_in: None,
            unchecked: None,
            recheck: Retry::default(),
            last_workspace: None,
            device: None,
            unattended: super::unattended::Unattended::default(),
        }
    }

    /// Host of the cloud, to show.
    pub(super) fn server(&self) -> &str {
        &self.server
    }

    /// When a stored sign-in is checked again that could not be.
    pub(super) fn recheck_at(&self) -> Option<Instant> {
        self.unchecked.as_ref().map(|(_, at)| *at)
    }

    pub(super) fn reconnect_now(&self) {
        if let Some(realtime) = self.signed_in.as_ref().and_then(|s| s.realtime.as_ref()) {
            realtime.reconnect_now();
        }
        self.unattended.reconnect_now();
    }

    /// Bearer and workspace of the person who is signed in.
    pub(super) fn credentials(&self) -> Option<(BearerToken, String)> {
        let session = self.signed_in.as_ref()?;
        Some((session.bearer.clone(), session.workspace.clone()?))
    }

    pub(super) fn bearer(&self) -> Option<BearerToken> {
        self.signed_in.as_ref().map(|s| s.bearer.clone())
    }

    pub(super) fn person(&self) -> Option<&wire::User> {
        self.signed_in.as_ref().map(|s| &s.person)
    }

    pub(super) fn person_id(&self) -> Option<&String> {
        self.person().map(|person| &person.id)
    }

    pub(super) fn workspace_id(&self) -> Option<&str> {
        self.signed_in.as_ref()?.workspace.as_deref()
    }

    /// Tells one sign-in, and one workspace, from the next; 0 when nobody is signed in.
    pub(super) fn generation(&self) -> u64 {
        match &self.signed_in {
            Some(session) => session.generation,
            None => self.unattended.generation(),
        }
    }

    pub(super) fn begin_attempt(&mut self, generation: u64, work: tokio::task::JoinHandle<()>) {
        if let Some((_, before)) = self.attempt.replace((generation, work)) {
            before.abort();
        }
    }

    pub(super) fn is_attempt(&self, generation: u64) -> bool {
        self.attempt.as_ref().is_some_and(|(current, _)| *current == generation)
    }

    /// Sends on the realtime socket; `false` when it is not open.
    pub(super) fn send(&self, message: wire::ToCloud) -> bool {
        match &self.signed_in {
            Some(session) => session.realtime.as_ref().is_some_and(|r| r.send(message).is_ok()),
            None => self.unattended.send(message),
        }
    }
}

impl Engine {
    /// Signs in with what the program was started with, or with what is stored.
    pub(super) fn begin(&mut self) {
        let stored = self.keeper.session(self.acting);
        self.account.last_workspace = stored.as_ref().and_then(|s| s.workspace.clone());
        self.sign_in_form(stored.as_ref().map(|s| s.email.clone()).unwrap_or_default(), None);
        if let Some((email, password)) = self.config.sign_in.take() {
            self.sign_in(&email, password);
            return;
        }
        let Some(StoredSession { cloud, token: Some(token), .. }) = stored else {
            if self.model.settings.local {
                self.model.account = model::Account::Local;
            }
            return;
        };
        if cloud != self.config.cloud {
            tracing::info!("the stored sign-in belongs to another cloud; it is not used");
            return;
        }
        self.model.account = model::Account::Restoring;
        self.check_stored(token);
    }

    /// Asks the cloud whose token it is.
    fn check_stored(&mut self, token: BearerToken) {
        self.account.unchecked = None;
        let Some(rest) = self.rest() else { return };
        let generation = self.next_generation();
        let work = self.spawn(async move {
            match rest.me(&token).await {
                Ok(me) => {
                    let (user, workspaces) = (me.user, me.workspaces);
                    Event::SignedIn(generation, Ok(SignedIn { token, user, workspaces }))
                }
                Err(ApiError::SignedOut) => Event::SignedIn(generation, Err(ApiError::SignedOut)),
                Err(error) => Event::Unchecked(generation, token, error),
            }
        });
        self.account.attempt = Some((generation, work));
    }

    /// The stored token may be good, but the cloud could not be asked. It is kept and tried
    /// again by itself; meanwhile the form says why nothing is shown.
    pub(super) fn unchecked(&mut self, generation: u64, token: BearerToken, error: &ApiError) {
        if !self.account.is_attempt(generation) {
            return;
        }
        self.account.attempt = None;
        let at = self.account.recheck.failed(Instant::now(), rand::random());
        self.account.unchecked = Some((token, at));
        let email = self.form_email();
        self.sign_in_form(email, Some(say::unchecked(error)));
    }

    pub(super) fn sign_in(&mut self, email: &str, password: Password) {
        self.account.unchecked = None;
        let email = email.trim().to_owned();
        self.sign_in_form(email.clone(), None);
        if let model::Account::SignedOut(form) = &mut self.model.account {
            form.busy = true;
        }
        let Some(rest) = self.rest() else { return };
        let generation = self.next_generation();
        let work = self.spawn(async move {
            Event::SignedIn(generation, rest.sign_in(&email, password.expose()).await)
        });
        self.account.begin_attempt(generation, work);
    }

    /// Joins a workspace with an invitation.
    pub(super) fn accept_invitation(
        &mut self,
        code: &InvitationText,
        name: &str,
        password: &Password,
    ) {
        self.account.unchecked = None;
        self.form(|form| {
            form.busy = true;
            form.problem = None;
        });
        let with = wire::AcceptInvitation {
            code: wire::InvitationCode::new(code.expose().trim().to_owned()),
            name: name.trim().to_owned(),
            password: password.expose().to_owned().into(),
        };
        let Some(rest) = self.rest() else { return };
        let generation = self.next_generation();
        let work = self
            .spawn(async move { Event::SignedIn(generation, rest.accept_invitation(&with).await) });
        self.account.begin_attempt(generation, work);
    }

    pub(super) fn continue_locally(&mut self) {
        self.cancel_sign_in();
        self.account.unchecked = None;
        self.model.settings.local = true;
        self.model.account = model::Account::Local;
        self.list_conversations();
    }

    pub(super) fn show_sign_in(&mut self) {
        self.model.settings.local = false;
        let email = self.form_email();
        self.sign_in_form(email, None);
    }

    pub(super) fn cancel_sign_in(&mut self) {
        if let Some((_, work)) = self.account.attempt.take() {
            work.abort();
        }
        self.account.device = None;
        self.form(|form| {
            form.busy = false;
            form.browser = None;
        });
    }

    pub(super) fn signed_in(&mut self, generation: u64, result: Result<SignedIn, ApiError>) {
        if !self.account.is_attempt(generation) {
            return;
        }
        self.account.attempt = None;
        self.account.device = None;
        match result {
            Ok(SignedIn { token, user, workspaces }) => {
                self.account.recheck.live(Instant::now());
                self.enter(token, user, workspaces);
            }
            Err(error) => {
                let email = self.form_email();
                if error == ApiError::SignedOut {
                    self.forget_session();
                }
                self.sign_in_form(email, Some(say::sign_in(&error)));
            }
        }
    }

    fn form_email(&self) -> String {
        match &self.model.account {
            model::Account::SignedOut(form) => form.email.clone(),
            model::Account::SignedIn(person) => person.email.clone(),
            model::Account::Restoring | model::Account::Local | model::Account::Screen(_) => {
                self.keeper.session(self.acting).map(|s| s.email).unwrap_or_default()
            }
        }
    }

    /// Somebody is signed in: shows the workspace that was shown last, or the first.
    fn enter(&mut self, bearer: BearerToken, person: wire::User, workspaces: Vec<wire::Workspace>) {
        let last = self.account.last_workspace.as_ref();
        let found = workspaces.iter().find(|w| Some(&w.id) == last);
        let workspace = found.or(workspaces.first()).map(|w| w.id.clone());
        self.connect(bearer, person, workspaces, workspace);
    }

    pub(super) fn switch_workspace(&mut self, id: String) {
        let Some(session) = &self.account.signed_in else { return };
        let known = session.workspaces.iter().any(|w| w.id == id);
        if !known || session.workspace.as_ref() == Some(&id) {
            return;
        }
        self.close_desktop();
        self.open_conversation(None);
        let Some(Session { bearer, person, workspaces, .. }) = self.account.signed_in.take() else {
            return;
        };
        self.connect(bearer, person, workspaces, Some(id));
    }

    fn connect(
        &mut self,
        bearer: BearerToken,
        person: wire::User,
        workspaces: Vec<wire::Workspace>,
        workspace: Option<String>,
    ) {
        crate::redact::remember(bearer.expose());
        let generation = self.next_generation();
        self.clear_session();
        self.account.last_workspace.clone_from(&workspace);
        self.keeper.save_session(
            self.acting,
            StoredSession {
                cloud: self.config.cloud.clone(),
                email: person.email.clone(),
                workspace: workspace.clone(),
                token: Some(bearer.clone()),
            },
        );
        let realtime = workspace.as_ref().zip(self.rest()).map(|(id, rest)| {
            let (realtime, mut receiver) = Realtime::person(rest, bearer.clone(), id.clone());
            let events = self.events_of(Standing::Cloud);
            tokio::spawn(async move {
                while let Some(event) = receiver.recv().await {
                    if events.send(Event::Cloud(generation, event)).await.is_err() {
                        return;
                    }
                }
            });
            realtime
        });
        self.model.cloud = if realtime.is_some() { CloudLink::Connecting } else { CloudLink::Off };
        self.model.settings.local = false;
        let waiting = None;
        self.account.signed_in =
            Some(Session { bearer, person, workspaces, workspace, realtime, generation, waiting });
        self.show_person();
        self.load_desktops();
        self.list_conversations();
        self.adopt_next();
    }

    /// Name, workspace and role in the model.
    fn show_person(&mut self) {
        let Some(session) = &self.account.signed_in else { return };
        let current = session.workspaces.iter().find(|w| Some(&w.id) == session.workspace.as_ref());
        self.model.account = model::Account::SignedIn(Person {
            id: session.person.id.clone(),
            name: session.person.name.clone(),
            email: session.person.email.clone(),
            workspace: current.map(|w| w.name.clone()).unwrap_or_default(),
            role: match current.map(|w| w.role) {
                Some(wire::Role::Owner) => Role::Owner,
                _ => Role::Member,
            },
            workspaces: session
                .workspaces
                .iter()
                .map(|w| model::WorkspaceChoice {
                    id: w.id.clone(),
                    name: w.name.clone(),
                    current: Some(&w.id) == session.workspace.as_ref(),
                })
                .collect(),
        });
    }

    /// The person that the model shows, with what the role allows.
    pub(super) fn person(&self) -> Option<&Person> {
        match &self.model.account {
            model::Account::SignedIn(person) => Some(person),
            _ => None,
        }
    }

    /// Asks who this is and which workspaces and roles there are: something about it changed.
    pub(super) fn check_me(&mut self) {
        let Some(bearer) = self.account.bearer() else { return };
        let Some(rest) = self.rest() else { return };
        self.ask(async move { rest.me(&bearer).await }, |engine, me| match me {
            Ok(me) => engine.me(me),
            Err(ApiError::SignedOut) => engine.signed_out_by_cloud(),
            Err(error) => tracing::debug!(%error, "the account could not be checked"),
        });
    }

    fn me(&mut self, me: wire::Me) {
        let Some(session) = &mut self.account.signed_in else { return };
        let role = |all: &[wire::Workspace], id: &Option<String>| {
            all.iter().find(|w| Some(&w.id) == id.as_ref()).map(|w| w.role)
        };
        let before = role(&session.workspaces, &session.workspace);
        session.person = me.user;
        session.workspaces = me.workspaces;
        let after = role(&session.workspaces, &session.workspace);
        if after.is_none() && session.workspace.is_some() {
            // No longer in this workspace.
            let Some(Session { bearer, person, workspaces, .. }) = self.account.signed_in.take()
            else {
                return;
            };
            self.close_desktop();
            self.open_conversation(None);
            self.notice(say::left_workspace());
            self.enter(bearer, person, workspaces);
            return;
        }
        self.show_person();
        if before != after {
            self.load_workspace();
        }
    }

    pub(super) fn sign_out(&mut self) {
        let Some(session) = self.account.signed_in.take() else { return };
        crate::redact::forget(session.bearer.expose());
        self.leave(session.person.email, None);
        let Some(rest) = self.rest() else { return };
        let bearer = session.bearer;
        self.spawn(async move {
            if let Err(error) = rest.sign_out(&bearer).await {
                tracing::warn!(%error, "the cloud did not hear the sign-out");
            }
            Event::SignedOut
        });
    }

    /// Forgets the account here, and shows the form.
    pub(super) fn leave(&mut self, email: String, problem: Option<model::Problem>) {
        if let Some(bearer) = self.account.bearer() {
            crate::redact::forget(bearer.expose());
        }
        self.close_desktop();
        self.open_conversation(None);
        self.account.signed_in = None;
        self.clear_session();
        self.forget_session();
        self.clear_notices();
        self.model.cloud = CloudLink::Off;
        self.list_conversations();
        self.sign_in_form(email, problem);
    }

    /// Forgets the token here and on the disk.
    fn forget_session(&mut self) {
        self.account.last_workspace = None;
        self.keeper.forget_session(self.acting);
    }

    /// Forgets what was known of the workspace.
    pub(super) fn clear_session(&mut self) {
        self.desktops.clear();
        self.model.desktops = Desktops::Loading;
        self.stop_watching_all();
        self.clear_workspace();
        self.model.work.clear();
        self.clear_talk();
    }

    /// The cloud does not know the bearer any more.
    pub(super) fn signed_out_by_cloud(&mut self) {
        if self.account.unattended.login().is_some() {
            self.under(Standing::Screen, Self::screen_removed);
        }
        if let Some(session) = &self.account.signed_in {
            let email = session.person.email.clone();
            // Whatever asked: the token is not left on the disk.
            self.act_as(Standing::Cloud);
            self.leave(email, Some(say::revoked()));
        }
    }

    fn sign_in_form(&mut self, email: String, problem: Option<model::Problem>) {
        self.model.account = model::Account::SignedOut(SignIn {
            email,
            server: self.account.server.clone(),
            busy: false,
            problem,
            browser: None,
        });
    }

    pub(super) fn cloud_event(&mut self, generation: u64, event: cloud_client::realtime::Event) {
        let Some(session) = &mut self.account.signed_in else {
            return self.screen_event(generation, event);
        };
        if session.generation != generation {
            return;
        }
        match event {
            cloud_client::realtime::Event::State(state) => {
                session.waiting = None;
                match state {
                    LinkState::Connecting => self.model.cloud = CloudLink::Connecting,
                    LinkState::Online { seq } => {
                        self.model.cloud = CloudLink::Online;
                        // What was missed while the socket was down.
                        self.load_desktops();
                        // The role may be another one now: then the sockets start anew.
                        self.check_me();
                        self.workspace_online(seq);
                        self.catch_up();
                        self.talk.outbox.online();
                        self.pump();
                        self.cloud_online();
                    }
                    LinkState::Waiting { error: ApiError::NotFound, .. } => self.check_me(),
                    LinkState::Waiting { until, error } => {
                        session.waiting = Some((until.into_std(), say::api(&error)));
                        self.account_tick();
                    }
                    LinkState::Stopped(StopReason::SignedOut) => self.signed_out_by_cloud(),
                    LinkState::Stopped(reason) => {
                        tracing::warn!(?reason, "the realtime connection stopped");
                        self.model.cloud = CloudLink::Connecting;
                    }
                }
            }
            cloud_client::realtime::Event::Message(message) => self.cloud_message(message),
        }
    }

    pub(super) fn cloud_message(&mut self, message: FromCloud) {
        match message {
            FromCloud::Changed { seq, before, workspace, item } => {
                self.item_changed(seq, before, &workspace, *item);
            }
            FromCloud::Removed { seq, before, workspace, kind, id } => {
                self.item_removed(seq, before, &workspace, kind, &id);
            }
            FromCloud::TaskLog { workspace, task, lines } => {
                self.log_event(&workspace, &task, lines);
            }
            FromCloud::Desktop { desktop } => self.desktop_changed(desktop),
            FromCloud::DesktopRemoved { id } => self.desktop_removed(&id),
            FromCloud::SessionOpened { .. }
            | FromCloud::SessionRefused { .. }
            | FromCloud::SessionClosed { .. }
            | FromCloud::RelayRenewed { .. }
            | FromCloud::Signal { .. } => self.session_message(message),
            FromCloud::Error { code, message, .. } => {
                tracing::warn!(code, message, "the cloud reports an error");
            }
            _ => {}
        }
    }

    pub(super) fn account_deadline(&self) -> Option<Instant> {
        if let Some((_, at)) = &self.account.unchecked {
            return Some(*at);
        }
        let waiting = self.account.signed_in.as_ref()?.waiting.as_ref()?;
        Some(super::next_second(waiting.0, Instant::now()))
    }

    pub(super) fn account_tick(&mut self) {
        if self.account.unchecked.as_ref().is_some_and(|(_, at)| Instant::now() >= *at)
            && let Some((token, _)) = self.account.unchecked.take()
        {
            self.check_stored(token);
        }
        let Some(Session { waiting: Some((until, problem)), .. }) = &self.account.signed_in else {
            return;
        };
        self.model.cloud = CloudLink::Waiting {
            seconds: seconds_until(*until, Instant::now()),
            problem: problem.clone(),
        };
    }
}
