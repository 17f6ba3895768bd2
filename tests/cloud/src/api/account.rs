//! Signing in and out, passwords, and tokens for the realtime socket.

use super::auth::Authorized;
use super::check::{self, Body, body};
use crate::refusal::Refusal;
use crate::state::State as Shared;
use crate::store::Bearer;
use crate::token::Kind;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use cloud_client::wire::{ChangePassword, Me, SignedIn, TokenAnswer, TokenRequest};
use cloud_client::{BearerToken, RealtimeToken};
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use std::sync::Arc;
use zeroize::Zeroizing;

#[derive(Deserialize)]
pub(super) struct Credentials {
    email: String,
    password: Zeroizing<String>,
}

/// Finds the person whose password this is.
pub(super) async fn authenticate(
    state: &Shared,
    email: &str,
    password: &str,
) -> Result<String, Refusal> {
    let email = email.trim();
    if email.len() > 254 || password.len() > 1024 {
        return Err(Refusal::BadRequest("too long".into()));
    }
    let (most, span) = state.config.lockout;
    let span = SignedDuration::try_from(span).unwrap_or(SignedDuration::MAX);
    state.store.attempt(email, Timestamp::now(), most, span)?.map_err(Refusal::Locked)?;
    let found = state.store.password(email)?;
    let (id, hash) = found.unwrap_or_else(|| (String::new(), state.nobody.clone()));
    if !state.verify(password.to_owned(), hash).await? || id.is_empty() {
        return Err(Refusal::WrongCredentials);
    }
    state.store.clear_failures(email)?;
    Ok(id)
}

/// What a sign-in answers.
pub(super) fn signed_in(state: &Shared, person: &str) -> Result<Json<SignedIn>, Refusal> {
    let user = state.store.user(person)?.ok_or(Refusal::WrongCredentials)?;
    let token = BearerToken::new(state.store.new_bearer(person)?);
    Ok(Json(SignedIn { token, user, workspaces: state.store.workspaces(person)? }))
}

pub(super) async fn sign_in(
    State(state): State<Arc<Shared>>,
    json: Body<Credentials>,
) -> Result<Json<SignedIn>, Refusal> {
    let Credentials { email, password } = body(json)?;
    let person = authenticate(&state, &email, &password).await?;
    signed_in(&state, &person)
}

pub(super) async fn sign_out(
    State(state): State<Arc<Shared>>,
    who: Authorized,
) -> Result<StatusCode, Refusal> {
    who.person()?;
    state.store.end_bearer(&who.0.sid)?;
    state.close(std::slice::from_ref(&who.0.sid));
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn me(
    State(state): State<Arc<Shared>>,
    who: Authorized,
) -> Result<Json<Me>, Refusal> {
    let person = who.person()?;
    let user = state.store.user(person)?.ok_or(Refusal::TokenInvalid)?;
    Ok(Json(Me { user, workspaces: state.store.workspaces(person)? }))
}

pub(super) async fn change_password(
    State(state): State<Arc<Shared>>,
    who: Authorized,
    json: Body<ChangePassword>,
) -> Result<StatusCode, Refusal> {
    let person = who.person()?;
    let ChangePassword { current, new } = body(json)?;
    check::password(&new)?;
    let user = state.store.user(person)?.ok_or(Refusal::TokenInvalid)?;
    authenticate(&state, &user.email, &current).await?;
    let hash = state.hash(new.as_str().to_owned()).await?;
    state.store.set_password(person, &hash)?;
    let ended = state.store.revoke(person, &who.0.sid)?;
    state.close(&ended);
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn realtime_token(
    State(state): State<Arc<Shared>>,
    who: Authorized,
    json: Body<TokenRequest>,
) -> Result<Json<TokenAnswer>, Refusal> {
    let (kind, id, workspace) = match &who.0.bearer {
        Bearer::Runner { .. } => return Err(Refusal::Forbidden),
        Bearer::Daemon { desktop, workspace } => {
            body(json)?;
            (Kind::Daemon, desktop, workspace.clone())
        }
        Bearer::Screen { screen, workspace } => {
            body(json)?;
            (Kind::Screen, screen, workspace.clone())
        }
        Bearer::Person(person) => {
            let workspace = body(json)?
                .workspace
                .ok_or_else(|| Refusal::BadRequest("workspace is missing".into()))?;
            state.store.role(person, &workspace)?.ok_or(Refusal::NotFound)?;
            (Kind::User, person, workspace)
        }
    };
    let subject = (id.as_str(), workspace.as_str(), who.0.sid.as_str());
    let (token, end) = state.signer.sign(kind, subject, Timestamp::now());
    let token = RealtimeToken::new(token);
    Ok(Json(TokenAnswer { token, expires_at: format!("{end:.0}") }))
}
