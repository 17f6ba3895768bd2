//! Who asks, and whether not too often.

use super::check;
use crate::refusal::Refusal;
use crate::state::State as Shared;
use crate::store::{Bearer, Identity};
use crate::tls::Peer;
use axum::extract::{FromRequestParts, RawPathParams, Request, State};
use axum::http::header;
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::Response;
use cloud_client::wire::{Action, Role};
use jiff::Timestamp;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Between two notes of when a person or a screen was seen.
const NOTED: Duration = Duration::from_secs(60);
/// People and screens in the list of who was noted; then it starts anew.
const MOST_NOTED: usize = 10_000;

/// The text behind `Bearer `.
pub(crate) fn bearer_text(parts: &Parts) -> Option<&str> {
    parts.headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ")
}

/// Whether this path is for those who have no bearer yet.
fn is_open(path: &str) -> bool {
    path == "/v1/sign-in"
        || path == "/v1/invitations/accept"
        || path.starts_with("/v1/device/")
        || path == "/device"
        || path.starts_with("/device/")
        || path.starts_with("/v1/screens/")
}

/// Finds out who asks, and how often they did.
pub(super) async fn identify(
    State(state): State<Arc<Shared>>,
    request: Request,
    next: Next,
) -> Result<Response, Refusal> {
    let (mut parts, body) = request.into_parts();
    let now = Instant::now();
    if is_open(parts.uri.path())
        && let Some(Peer(address)) = parts.extensions.get::<Peer>()
    {
        state.addresses.lock().take(*address, now).map_err(Refusal::RateLimited)?;
    } else if let Some(token) = bearer_text(&parts)
        && let Some(identity) = state.store.bearer(token)?
    {
        state.bearers.lock().take(identity.sid.clone(), now).map_err(Refusal::RateLimited)?;
        note(&state, &identity.bearer, now)?;
        parts.extensions.insert(identity);
    }
    Ok(next.run(Request::from_parts(parts, body)).await)
}

fn note(state: &Shared, bearer: &Bearer, now: Instant) -> Result<(), Refusal> {
    let (Bearer::Person(id) | Bearer::Screen { screen: id, .. }) = bearer else { return Ok(()) };
    {
        let mut seen = state.seen.lock();
        if seen.get(id).is_some_and(|at| now.duration_since(*at) < NOTED) {
            return Ok(());
        }
        if seen.len() >= MOST_NOTED {
            seen.clear();
        }
        seen.insert(id.clone(), now);
    }
    match bearer {
        Bearer::Screen { .. } => state.store.screen_seen(id, Timestamp::now())?,
        _ => state.store.person_seen(id, Timestamp::now())?,
    }
    Ok(())
}

/// The bearer of a request.
pub(crate) struct Authorized(pub(crate) Identity);

impl FromRequestParts<Arc<Shared>> for Authorized {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &Arc<Shared>) -> Result<Self, Refusal> {
        parts.extensions.get::<Identity>().cloned().map(Self).ok_or(Refusal::TokenInvalid)
    }
}

impl Authorized {
    pub(crate) fn person(&self) -> Result<&str, Refusal> {
        match &self.0.bearer {
            Bearer::Person(id) => Ok(id),
            Bearer::Daemon { .. } | Bearer::Runner { .. } | Bearer::Screen { .. } => {
                Err(Refusal::Forbidden)
            }
        }
    }
}

/// A person in a workspace of theirs: that of the path.
pub(super) struct Seat {
    pub(super) person: String,
    pub(super) workspace: String,
    pub(super) role: Role,
}

impl FromRequestParts<Arc<Shared>> for Seat {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &Arc<Shared>) -> Result<Self, Refusal> {
        let who = Authorized::from_request_parts(parts, state).await?;
        let person = who.person()?.to_owned();
        let names =
            RawPathParams::from_request_parts(parts, state).await.map_err(|_| Refusal::NotFound)?;
        let workspace = names
            .iter()
            .find(|(name, _)| *name == "workspace")
            .map(|(_, workspace)| workspace.to_owned())
            .filter(|workspace| check::is_id(workspace))
            .ok_or(Refusal::NotFound)?;
        let role = state.store.role(&person, &workspace)?.ok_or(Refusal::NotFound)?;
        Ok(Self { person, workspace, role })
    }
}

impl Seat {
    /// Whether the role may do that.
    pub(super) fn may(&self, action: Action) -> Result<(), Refusal> {
        if self.role.may(action) { Ok(()) } else { Err(Refusal::Forbidden) }
    }

    /// Whether the role may do it to what this person has made, or to everybody's.
    pub(super) fn may_to(
        &self,
        made_by: &str,
        own: Action,
        anybodys: Action,
    ) -> Result<(), Refusal> {
        self.may(if made_by == self.person { own } else { anybodys })
    }

    /// Whose conversations this person reads: their own, or (`None`) everybody's.
    pub(super) fn reader(&self) -> Option<&str> {
        if self.role.may(Action::ManageConversations) { None } else { Some(&self.person) }
    }
}
