//! The REST interface (`PROTOCOL.md`, section 1).

use crate::hub::Subject;
use crate::store::Bearer;
use crate::{CloudError, State as Shared, socket};
use axum::extract::rejection::JsonRejection;
use axum::extract::{DefaultBodyLimit, FromRequestParts, Path, State};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use cloud_client::wire::{
    DesktopList, Failure, FailureBody, Me, SignedIn, TokenAnswer, TokenRequest,
};
use cloud_client::{BearerToken, RealtimeToken};
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use std::sync::Arc;

/// Longest body, in bytes.
const MAX_BODY: usize = 256 * 1024;

pub(crate) fn router(state: Arc<Shared>) -> Router {
    Router::new()
        .route("/v1/sign-in", post(sign_in))
        .route("/v1/sign-out", post(sign_out))
        .route("/v1/me", get(me))
        .route("/v1/workspaces/{workspace}/desktops", get(desktops))
        .route("/v1/realtime/token", post(realtime_token))
        .route("/v1/realtime", get(socket::upgrade))
        .fallback(async || Refusal::NotFound)
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .with_state(state)
}

/// What a request is refused with.
pub(crate) enum Refusal {
    BadRequest(String),
    WrongCredentials,
    TokenInvalid,
    Forbidden,
    NotFound,
    Locked(Timestamp),
    Internal(CloudError),
}

impl From<CloudError> for Refusal {
    fn from(error: CloudError) -> Self {
        Self::Internal(error)
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let (status, code, message, until) = match self {
            Self::BadRequest(why) => (StatusCode::BAD_REQUEST, "bad_request", why, None),
            Self::WrongCredentials => (
                StatusCode::UNAUTHORIZED,
                "wrong_credentials",
                "the e-mail address or the password is wrong".into(),
                None,
            ),
            Self::TokenInvalid => {
                (StatusCode::UNAUTHORIZED, "token_invalid", "the token is not valid".into(), None)
            }
            Self::Forbidden => (StatusCode::FORBIDDEN, "forbidden", "not allowed".into(), None),
            Self::NotFound => (StatusCode::NOT_FOUND, "not_found", "not found".into(), None),
            Self::Locked(until) => {
                (StatusCode::LOCKED, "locked", "too many failed sign-ins".into(), Some(until))
            }
            Self::Internal(error) => {
                tracing::error!(%error, "a request failed");
                let message = "the server failed".into();
                (StatusCode::INTERNAL_SERVER_ERROR, "internal", message, None)
            }
        };
        let until = until.map(|at| format!("{at:.0}"));
        let error = FailureBody { code: code.into(), message, until };
        (status, Json(Failure { error })).into_response()
    }
}

/// The bearer of a request.
pub(crate) struct Authorized {
    token: String,
    bearer: Bearer,
}

/// The text behind `Bearer `.
pub(crate) fn bearer_text(parts: &Parts) -> Option<&str> {
    parts.headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ")
}

impl FromRequestParts<Arc<Shared>> for Authorized {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &Arc<Shared>) -> Result<Self, Refusal> {
        let token = bearer_text(parts).ok_or(Refusal::TokenInvalid)?.to_owned();
        let bearer = state.store.bearer(&token)?.ok_or(Refusal::TokenInvalid)?;
        Ok(Self { token, bearer })
    }
}

impl Authorized {
    fn person(&self) -> Result<&str, Refusal> {
        match &self.bearer {
            Bearer::Person(id) => Ok(id),
            Bearer::Daemon { .. } => Err(Refusal::Forbidden),
        }
    }
}

fn body<T>(json: Result<Json<T>, JsonRejection>) -> Result<T, Refusal> {
    json.map(|Json(body)| body).map_err(|why| Refusal::BadRequest(why.body_text()))
}

#[derive(Deserialize)]
struct Credentials {
    email: String,
    password: String,
}

async fn sign_in(
    State(state): State<Arc<Shared>>,
    json: Result<Json<Credentials>, JsonRejection>,
) -> Result<Json<SignedIn>, Refusal> {
    let Credentials { email, password } = body(json)?;
    if email.len() > 254 || password.len() > 1024 {
        return Err(Refusal::BadRequest("too long".into()));
    }
    let now = Timestamp::now();
    let (most, span) = state.config.lockout;
    let span = SignedDuration::try_from(span).unwrap_or(SignedDuration::MAX);
    let since = now.checked_sub(span).unwrap_or(Timestamp::MIN);
    let (failures, last) = state.store.failures(&email, since)?;
    if failures >= most {
        let until = last.unwrap_or(now).checked_add(span).unwrap_or(now);
        return Err(Refusal::Locked(until));
    }
    let found = state.store.password(&email)?;
    let (id, hash) = found.unwrap_or_else(|| (String::new(), state.nobody.clone()));
    let good = tokio::task::spawn_blocking(move || bcrypt::verify(password, &hash))
        .await
        .map_err(CloudError::from)?
        .unwrap_or(false);
    if !good || id.is_empty() {
        state.store.add_failure(&email, now)?;
        return Err(Refusal::WrongCredentials);
    }
    state.store.clear_failures(&email)?;
    let user = state.store.user(&id)?.ok_or(Refusal::WrongCredentials)?;
    let token = BearerToken::new(state.store.new_bearer(&id)?);
    Ok(Json(SignedIn { token, user, workspaces: state.store.workspaces(&id)? }))
}

async fn sign_out(
    State(state): State<Arc<Shared>>,
    who: Authorized,
) -> Result<StatusCode, Refusal> {
    let person = who.person()?;
    state.store.end_bearer(&who.token)?;
    state.hub.lock().close_subject(person, crate::hub::Close::Revoked);
    Ok(StatusCode::NO_CONTENT)
}

async fn me(State(state): State<Arc<Shared>>, who: Authorized) -> Result<Json<Me>, Refusal> {
    let person = who.person()?;
    let user = state.store.user(person)?.ok_or(Refusal::TokenInvalid)?;
    Ok(Json(Me { user, workspaces: state.store.workspaces(person)? }))
}

async fn desktops(
    State(state): State<Arc<Shared>>,
    Path(workspace): Path<String>,
    who: Authorized,
) -> Result<Json<DesktopList>, Refusal> {
    if !state.store.is_member(who.person()?, &workspace)? {
        return Err(Refusal::NotFound);
    }
    let mut desktops = state.store.desktops(&workspace)?;
    let hub = state.hub.lock();
    desktops.iter_mut().for_each(|desktop| hub.complete(desktop));
    Ok(Json(DesktopList { desktops }))
}

async fn realtime_token(
    State(state): State<Arc<Shared>>,
    who: Authorized,
    json: Result<Json<TokenRequest>, JsonRejection>,
) -> Result<Json<TokenAnswer>, Refusal> {
    let TokenRequest { workspace } = body(json)?;
    let subject = match &who.bearer {
        Bearer::Daemon { desktop, workspace } => Subject {
            id: desktop.clone(),
            workspace: workspace.clone(),
            desktop: Some(desktop.clone()),
            name: desktop.clone(),
        },
        Bearer::Person(person) => {
            let workspace =
                workspace.ok_or_else(|| Refusal::BadRequest("workspace is missing".into()))?;
            if !state.store.is_member(person, &workspace)? {
                return Err(Refusal::NotFound);
            }
            let user = state.store.user(person)?.ok_or(Refusal::TokenInvalid)?;
            Subject { id: person.clone(), workspace, desktop: None, name: user.name }
        }
    };
    let (token, end) = state.signer.sign(subject, Timestamp::now());
    let token = RealtimeToken::new(token);
    Ok(Json(TokenAnswer { token, expires_at: format!("{end:.0}") }))
}
