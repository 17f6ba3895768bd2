//! Signing in and out, and the realtime connection that comes with it.

use super::{Engine, Event, seconds_until};
use crate::model::{self, CloudLink, Desktops, Person, Role, SignIn};
use crate::say;
use crate::secret::Password;
use crate::storage::StoredSession;
use cloud_client::realtime::{LinkState, Realtime, StopReason};
use cloud_client::rest::Rest;
use cloud_client::wire::{self, FromCloud};
use cloud_client::{ApiError, BearerToken};
use std::time::{Duration, Instant};

/// The account's half of the engine.
pub(super) struct Account {
    pub(super) rest: Rest,
    /// Host to show on the sign-in form.
    server: String,
    /// The running sign-in.
    attempt: Option<(u64, tokio::task::JoinHandle<()>)>,
    signed_in: Option<Session>,
    /// A stored token that could not be checked yet, and when to try again.
    unchecked: Option<(BearerToken, Instant)>,
}

/// Between two tries to check a stored token.
const RECHECK: Duration = Duration::from_secs(5);

struct Session {
    bearer: BearerToken,
    email: String,
    workspace: String,
    realtime: Realtime,
    generation: u64,
    waiting: Option<(Instant, model::Problem)>,
}

/// A sign-in that succeeded.
pub(super) struct SignedIn {
    token: BearerToken,
    user: wire::User,
    workspaces: Vec<wire::Workspace>,
}

impl Account {
    pub(super) fn new(rest: Rest, cloud: &str) -> Self {
        let server =
            cloud.strip_prefix("https://").unwrap_or(cloud).trim_end_matches('/').to_owned();
        Self { rest, server, attempt: None, signed_in: None, unchecked: None }
    }

    pub(super) fn reconnect_now(&self) {
        if let Some(session) = &self.signed_in {
            session.realtime.reconnect_now();
        }
    }

    /// Bearer and workspace of the person who is signed in.
    pub(super) fn credentials(&self) -> Option<(BearerToken, String)> {
        self.signed_in.as_ref().map(|s| (s.bearer.clone(), s.workspace.clone()))
    }

    /// Sends on the realtime socket; `false` when it is not open.
    pub(super) fn send(&self, message: wire::ToCloud) -> bool {
        self.signed_in.as_ref().is_some_and(|s| s.realtime.send(message).is_ok())
    }
}

impl Engine {
    /// Signs in with what the program was started with, or with what is stored.
    pub(super) fn begin(&mut self) {
        let stored = self.keeper.session();
        self.sign_in_form(stored.as_ref().map(|s| s.email.clone()).unwrap_or_default(), None);
        if let Some((email, password)) = self.config.sign_in.take() {
            self.sign_in(&email, password);
            return;
        }
        let Some(StoredSession { cloud, email: _, token: Some(token) }) = stored else { return };
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
        let rest = self.account.rest.clone();
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
        if self.account.attempt.as_ref().is_none_or(|(current, _)| *current != generation) {
            return;
        }
        self.account.attempt = None;
        self.account.unchecked = Some((token, Instant::now() + RECHECK));
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
        let rest = self.account.rest.clone();
        let generation = self.next_generation();
        let work = self.spawn(async move {
            let result = rest.sign_in(&email, password.expose()).await.map(|answer| SignedIn {
                token: answer.token,
                user: answer.user,
                workspaces: answer.workspaces,
            });
            Event::SignedIn(generation, result)
        });
        if let Some((_, before)) = self.account.attempt.replace((generation, work)) {
            before.abort();
        }
    }

    pub(super) fn cancel_sign_in(&mut self) {
        if let Some((_, work)) = self.account.attempt.take() {
            work.abort();
        }
        if let model::Account::SignedOut(form) = &mut self.model.account {
            form.busy = false;
        }
    }

    pub(super) fn signed_in(&mut self, generation: u64, result: Result<SignedIn, ApiError>) {
        if self.account.attempt.as_ref().is_none_or(|(current, _)| *current != generation) {
            return;
        }
        self.account.attempt = None;
        match result {
            Ok(SignedIn { token, user, workspaces }) => {
                let Some(workspace) = workspaces.into_iter().next() else {
                    self.sign_in_form(user.email, Some(say::no_workspace()));
                    return;
                };
                self.keeper.save_session(StoredSession {
                    cloud: self.config.cloud.clone(),
                    email: user.email.clone(),
                    token: Some(token.clone()),
                });
                self.model.account = model::Account::SignedIn(Person {
                    id: user.id,
                    workspaces: Vec::new(),
                    name: user.name,
                    email: user.email.clone(),
                    workspace: workspace.name,
                    role: match workspace.role {
                        wire::Role::Owner => Role::Owner,
                        _ => Role::Member,
                    },
                });
                self.connect(token, user.email, workspace.id);
            }
            Err(error) => {
                let email = self.form_email();
                if error == ApiError::SignedOut {
                    self.keeper.forget_session();
                }
                self.sign_in_form(email, Some(say::sign_in(&error)));
            }
        }
    }

    fn form_email(&self) -> String {
        match &self.model.account {
            model::Account::SignedOut(form) => form.email.clone(),
            model::Account::SignedIn(person) => person.email.clone(),
            model::Account::Restoring | model::Account::Local => {
                self.keeper.session().map(|s| s.email).unwrap_or_default()
            }
        }
    }

    fn connect(&mut self, bearer: BearerToken, email: String, workspace: String) {
        let generation = self.next_generation();
        let (realtime, mut receiver) =
            Realtime::person(self.account.rest.clone(), bearer.clone(), workspace.clone());
        let events = self.events.clone();
        tokio::spawn(async move {
            while let Some(event) = receiver.recv().await {
                if events.send(Event::Cloud(generation, event)).await.is_err() {
                    return;
                }
            }
        });
        self.account.signed_in =
            Some(Session { bearer, email, workspace, realtime, generation, waiting: None });
        self.model.cloud = CloudLink::Connecting;
        self.model.desktops = Desktops::Loading;
        self.load_desktops();
    }

    pub(super) fn sign_out(&mut self) {
        let Some(session) = self.account.signed_in.take() else { return };
        self.leave(session.email, None);
        let rest = self.account.rest.clone();
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
        self.close_desktop();
        self.account.signed_in = None;
        self.desktops.clear();
        self.keeper.forget_session();
        self.model.desktops = Desktops::Loading;
        self.model.cloud = CloudLink::Off;
        self.sign_in_form(email, problem);
    }

    /// The cloud does not know the bearer any more.
    pub(super) fn signed_out_by_cloud(&mut self) {
        if let Some(session) = &self.account.signed_in {
            let email = session.email.clone();
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
        let Some(session) = &mut self.account.signed_in else { return };
        if session.generation != generation {
            return;
        }
        match event {
            cloud_client::realtime::Event::State(state) => {
                session.waiting = None;
                match state {
                    LinkState::Connecting => self.model.cloud = CloudLink::Connecting,
                    LinkState::Online => {
                        self.model.cloud = CloudLink::Online;
                        // What was missed while the socket was down.
                        self.load_desktops();
                        self.cloud_online();
                    }
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

    fn cloud_message(&mut self, message: FromCloud) {
        match message {
            FromCloud::Desktop { desktop } => self.desktop_changed(desktop),
            FromCloud::DesktopRemoved { id } => self.desktop_removed(&id),
            FromCloud::SessionOpened { .. }
            | FromCloud::SessionRefused { .. }
            | FromCloud::SessionClosed { .. }
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
