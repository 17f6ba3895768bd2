//! Unattended screens: the owner adds and removes them, the machine enrols and signs in.

use super::auth::{Authorized, Seat};
use super::check::{self, Body, body};
use crate::refusal::Refusal;
use crate::state::State as Shared;
use crate::store::Bearer;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as BASE64;
use cloud_client::ScreenBearer;
use cloud_client::screen;
use cloud_client::wire::{
    Action, ChallengeRequest, DesktopList, EnrolScreen, Enrolment, SCREEN_DESKTOPS,
    ScreenChallenge, ScreenDraft, ScreenIdentity, ScreenList, ScreenSignIn, ScreenSignedIn,
};
use ed25519_dalek::{Signature, VerifyingKey};
use jiff::{SignedDuration, Timestamp};
use std::sync::Arc;
use std::time::Duration;

/// Longest code that is looked at, in bytes.
const CODE: usize = 64;

fn life(of: Duration) -> SignedDuration {
    SignedDuration::try_from(of).unwrap_or(SignedDuration::MAX)
}

pub(super) async fn list(
    State(state): State<Arc<Shared>>,
    seat: Seat,
) -> Result<Json<ScreenList>, Refusal> {
    seat.may(Action::ManageScreens)?;
    Ok(Json(ScreenList { screens: state.store.screens(&seat.workspace, Timestamp::now())? }))
}

pub(super) async fn add(
    State(state): State<Arc<Shared>>,
    seat: Seat,
    json: Body<ScreenDraft>,
) -> Result<(StatusCode, Json<Enrolment>), Refusal> {
    seat.may(Action::ManageScreens)?;
    let ScreenDraft { name, desktops, control } = body(json)?;
    let name = check::line("name", &name, 1, 120)?;
    if !(1..=SCREEN_DESKTOPS).contains(&desktops.len()) {
        return Err(Refusal::BadRequest(format!("desktops has 1 to {SCREEN_DESKTOPS} ids")));
    }
    for id in &desktops {
        check::id("desktops", id)?;
    }
    let draft = ScreenDraft { name, desktops, control };
    let code = life(state.config.screens.code);
    let now = Timestamp::now();
    let added = state.store.add_screen(&seat.workspace, &seat.person, &draft, code, now)?;
    Ok((StatusCode::CREATED, Json(added)))
}

pub(super) async fn remove(
    State(state): State<Arc<Shared>>,
    Path((_, id)): Path<(String, String)>,
    seat: Seat,
) -> Result<StatusCode, Refusal> {
    seat.may(Action::ManageScreens)?;
    let sid = state.store.remove_screen(&seat.workspace, &id)?.ok_or(Refusal::NotFound)?;
    state.close(&[sid]);
    Ok(StatusCode::NO_CONTENT)
}

/// The host that screens sign: of the address where people find this cloud.
fn host(state: &Shared) -> String {
    let host = state.public_url.strip_prefix("https://").unwrap_or(&state.public_url);
    host.strip_suffix(":443").unwrap_or(host).to_lowercase()
}

/// Whether the signature is this key's. Strict (RFC 8032, section 5.1.7): no key of small order,
/// and one signature has one form.
fn signed(key: &[u8; 32], text: &[u8], signature: &str) -> bool {
    let (Ok(key), Ok(bytes)) = (VerifyingKey::from_bytes(key), BASE64.decode(signature)) else {
        return false;
    };
    Signature::from_slice(&bytes).is_ok_and(|signature| key.verify_strict(text, &signature).is_ok())
}

pub(super) async fn enrol(
    State(state): State<Arc<Shared>>,
    json: Body<EnrolScreen>,
) -> Result<(StatusCode, Json<ScreenIdentity>), Refusal> {
    let EnrolScreen { code, public_key, signature } = body(json)?;
    check::text("code", code.expose(), CODE)?;
    let bad = |what: &str| Refusal::BadRequest(what.to_owned());
    let bytes = BASE64.decode(&public_key).map_err(|_| bad("public_key is no key"))?;
    let key: [u8; 32] = bytes.try_into().map_err(|_| bad("public_key is no key"))?;
    // Before the code is looked at: a request that is wrong does not use it up.
    let text = screen::enrolment(&host(&state), &code.bare(), &public_key);
    if !signed(&key, &text, &signature) {
        return Err(bad("signature is not this key's, or for another host or code"));
    }
    let id = state.store.enrol_screen(&code, &key, Timestamp::now())?.ok_or(Refusal::Gone)?;
    let who = state.store.screen_identity(&id)?.ok_or(Refusal::Gone)?;
    Ok((StatusCode::CREATED, Json(who)))
}

pub(super) async fn challenge(
    State(state): State<Arc<Shared>>,
    json: Body<ChallengeRequest>,
) -> Result<Json<ScreenChallenge>, Refusal> {
    let ChallengeRequest { screen } = body(json)?;
    check::id("screen", &screen)?;
    // For a screen that is none, too: the answer does not tell which there are.
    let life = life(state.config.screens.challenge);
    let made = state.challenges.lock().make(&screen, life, Timestamp::now());
    let (challenge, expires_at) = made.ok_or(Refusal::RateLimited(Duration::from_secs(60)))?;
    Ok(Json(ScreenChallenge { challenge, expires_at }))
}

pub(super) async fn sign_in(
    State(state): State<Arc<Shared>>,
    json: Body<ScreenSignIn>,
) -> Result<Json<ScreenSignedIn>, Refusal> {
    let ScreenSignIn { screen, challenge, signature } = body(json)?;
    let now = Timestamp::now();
    let expires_at =
        state.challenges.lock().take(&challenge, &screen, now).ok_or(Refusal::TokenInvalid)?;
    let key = state.store.screen_key(&screen)?.ok_or(Refusal::TokenInvalid)?;
    let text = screen::sign_in(&host(&state), &screen, &challenge, &expires_at);
    if !signed(&key, &text, &signature) {
        return Err(Refusal::TokenInvalid);
    }
    let life_of = state.config.screens.bearer;
    let token = state.store.new_screen_bearer(&screen, life(life_of), now)?;
    let token = ScreenBearer::new(token.ok_or(Refusal::TokenInvalid)?);
    let who = state.store.screen_identity(&screen)?.ok_or(Refusal::TokenInvalid)?;
    Ok(Json(ScreenSignedIn { token, expires_in: life_of.as_secs(), who }))
}

/// The screen whose bearer it is.
fn own(who: &Authorized) -> Result<&str, Refusal> {
    match &who.0.bearer {
        Bearer::Screen { screen, .. } => Ok(screen),
        Bearer::Person(_) | Bearer::Daemon { .. } | Bearer::Runner { .. } => {
            Err(Refusal::Forbidden)
        }
    }
}

pub(super) async fn identity(
    State(state): State<Arc<Shared>>,
    who: Authorized,
) -> Result<Json<ScreenIdentity>, Refusal> {
    let screen = own(&who)?;
    Ok(Json(state.store.screen_identity(screen)?.ok_or(Refusal::TokenInvalid)?))
}

pub(super) async fn desktops(
    State(state): State<Arc<Shared>>,
    who: Authorized,
) -> Result<Json<DesktopList>, Refusal> {
    let screen = own(&who)?;
    let mut desktops = Vec::new();
    for id in state.store.screen_desktops(screen)? {
        desktops.extend(state.store.desktop(&id)?.map(|(_, desktop)| desktop));
    }
    let hub = state.hub.lock();
    desktops.iter_mut().for_each(|desktop| hub.complete(desktop));
    Ok(Json(DesktopList { desktops }))
}
