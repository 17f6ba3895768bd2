//! Cloud desktops.

use super::auth::{Authorized, Seat};
use crate::jpeg;
use crate::refusal::Refusal;
use crate::state::State as Shared;
use crate::store::Bearer;
use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse;
use cloud_client::DaemonToken;
use cloud_client::wire::{Action, DesktopList};
use jiff::Timestamp;
use std::sync::Arc;
use std::time::Duration;

/// Longest thumbnail, in bytes.
const THUMBNAIL: usize = 64 * 1024;
/// Widest thumbnail, in pixels.
const WIDEST: u16 = 320;

pub(super) async fn list(
    State(state): State<Arc<Shared>>,
    seat: Seat,
) -> Result<Json<DesktopList>, Refusal> {
    seat.may(Action::UseDesktops)?;
    let mut desktops = state.store.desktops(&seat.workspace)?;
    let hub = state.hub.lock();
    desktops.iter_mut().for_each(|desktop| hub.complete(desktop));
    Ok(Json(DesktopList { desktops }))
}

fn known(state: &Shared, seat: &Seat, id: &str) -> Result<(), Refusal> {
    match state.store.desktop(id)? {
        Some((workspace, _)) if workspace == seat.workspace => Ok(()),
        _ => Err(Refusal::NotFound),
    }
}

pub(super) async fn start(
    State(state): State<Arc<Shared>>,
    Path((_, id)): Path<(String, String)>,
    seat: Seat,
) -> Result<StatusCode, Refusal> {
    seat.may(Action::UseDesktops)?;
    known(&state, &seat, &id)?;
    let number = state.hub.lock().start(&id);
    let number = number.ok_or(Refusal::Conflict("the desktop runs or starts already"))?;
    let machines = &state.config.machines;
    let token = if machines.needs_token() {
        let (token, old) = state.store.renew_desktop(&id)?;
        state.close(&[old]);
        Some(DaemonToken::new(token))
    } else {
        None
    };
    if let Err(error) = machines.start(&id, token) {
        tracing::error!(%error, desktop = id, "a machine does not start");
        state.hub.lock().not_starting(&id);
        return Err(Refusal::Internal(error.into()));
    }
    state.announce(std::slice::from_ref(&id));
    let shared = Arc::clone(&state);
    state.spawn(async move {
        tokio::time::sleep(shared.config.start_patience).await;
        let over = shared.hub.lock().start_is_over(&id, number);
        if over {
            tracing::warn!(desktop = id, "a desktop did not start in time");
            shared.announce(&[id]);
        }
    });
    Ok(StatusCode::ACCEPTED)
}

pub(super) async fn stop(
    State(state): State<Arc<Shared>>,
    Path((_, id)): Path<(String, String)>,
    seat: Seat,
) -> Result<StatusCode, Refusal> {
    seat.may(Action::StopDesktops)?;
    known(&state, &seat, &id)?;
    let (told, started) = {
        let mut hub = state.hub.lock();
        (hub.shut_down(&id), hub.not_starting(&id))
    };
    if !told && !started {
        return Err(Refusal::Conflict("the desktop does not run"));
    }
    let stopped = state.config.machines.stop(&id);
    state.announce(&[id]);
    stopped.map_err(|error| Refusal::Internal(error.into()))?;
    Ok(StatusCode::ACCEPTED)
}

pub(super) async fn thumbnail(
    State(state): State<Arc<Shared>>,
    Path((_, id)): Path<(String, String)>,
    seat: Seat,
) -> Result<impl IntoResponse, Refusal> {
    seat.may(Action::UseDesktops)?;
    let jpeg = state.store.thumbnail(&seat.workspace, &id)?.ok_or(Refusal::NotFound)?;
    let headers = [
        (header::CONTENT_TYPE, "image/jpeg"),
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    Ok((headers, jpeg))
}

pub(super) async fn put_thumbnail(
    State(state): State<Arc<Shared>>,
    who: Authorized,
    headers: HeaderMap,
    bytes: Result<Bytes, BytesRejection>,
) -> Result<StatusCode, Refusal> {
    let Bearer::Daemon { desktop, .. } = &who.0.bearer else { return Err(Refusal::Forbidden) };
    let jpeg = bytes.map_err(|_| Refusal::TooLarge)?;
    if jpeg.len() > THUMBNAIL {
        return Err(Refusal::TooLarge);
    }
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    if kind != Some("image/jpeg") || jpeg::width(&jpeg).is_none_or(|width| width > WIDEST) {
        return Err(Refusal::BadRequest("a JPEG is wanted, at most 320 pixels wide".into()));
    }
    let now = Timestamp::now();
    let every = i64::try_from(state.config.thumbnail_every.as_millis()).unwrap_or(i64::MAX);
    let since = now.as_millisecond().saturating_sub(every);
    if let Err(last) = state.store.put_thumbnail(desktop, &jpeg, now, since)? {
        let wait = u64::try_from(last.saturating_sub(since)).unwrap_or(0);
        return Err(Refusal::RateLimited(Duration::from_millis(wait)));
    }
    state.announce(std::slice::from_ref(desktop));
    Ok(StatusCode::NO_CONTENT)
}
