//! The realtime socket (`PROTOCOL.md`, section 2).

use crate::State as Shared;
use crate::api::{Refusal, bearer_text};
use crate::hub::{Close, Outgoing};
use crate::token::{Claims, turn_credential};
use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade};
use axum::extract::{FromRequestParts, State};
use axum::http::request::Parts;
use axum::response::Response;
use cloud_client::RelayCredential;
use cloud_client::wire::{FromCloud, IceServer, ToCloud};
use jiff::{SignedDuration, Timestamp};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

/// Longest message, in bytes.
const MAX_MESSAGE: usize = 256 * 1024;
/// Between two pings.
const PING: Duration = Duration::from_secs(20);
/// Silence after which a socket counts as dead.
const SILENCE: Duration = Duration::from_secs(45);
/// Messages of one socket within [`WINDOW`]; more are refused.
const MOST: u32 = 400;
/// See [`MOST`].
const WINDOW: Duration = Duration::from_secs(10);

/// A request with a good realtime token.
pub(crate) struct Admitted(Claims);

impl FromRequestParts<Arc<Shared>> for Admitted {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &Arc<Shared>) -> Result<Self, Refusal> {
        bearer_text(parts)
            .and_then(|token| state.signer.check(token, Timestamp::now()))
            .map(Self)
            .ok_or(Refusal::TokenInvalid)
    }
}

pub(crate) async fn upgrade(
    State(state): State<Arc<Shared>>,
    Admitted(claims): Admitted,
    socket: WebSocketUpgrade,
) -> Response {
    socket
        .max_message_size(MAX_MESSAGE)
        .max_frame_size(MAX_MESSAGE)
        .on_upgrade(move |socket| serve(state, claims, socket))
}

async fn serve(state: Arc<Shared>, claims: Claims, mut socket: WebSocket) {
    let subject = claims.subject.clone();
    let (id, mut outgoing) = state.hub.lock().join(subject.clone());
    if let Some(desktop) = &subject.desktop {
        announce(&state, &subject.workspace, std::slice::from_ref(desktop));
    }
    let left = claims.expires - Timestamp::now().as_second();
    let end = Instant::now() + Duration::from_secs(u64::try_from(left).unwrap_or(0));
    let mut stopping = state.stopping.clone();
    let mut ping = tokio::time::interval(PING);
    let mut heard = Instant::now();
    let mut rate = (Instant::now(), 0_u32);
    let code = loop {
        tokio::select! {
            message = socket.recv() => {
                heard = Instant::now();
                match message {
                    Some(Ok(Message::Text(text))) => {
                        let changed = if limited(&mut rate, heard) {
                            refuse(&mut socket).await;
                            Vec::new()
                        } else {
                            match serde_json::from_str::<ToCloud>(&text) {
                                Ok(message) => state
                                    .hub
                                    .lock()
                                    .message(id, message, |name| ice_servers(&state, name)),
                                Err(_) => break Some(4008),
                            }
                        };
                        announce(&state, &subject.workspace, &changed);
                    }
                    Some(Ok(Message::Close(_)) | Err(_)) | None => break None,
                    Some(Ok(_)) => {}
                }
            }
            out = outgoing.recv() => match out {
                Some(Outgoing::Message(message)) => {
                    let text = serde_json::to_string(&message).unwrap_or_default();
                    if socket.send(Message::text(text)).await.is_err() {
                        break None;
                    }
                }
                Some(Outgoing::Close(Close::Revoked)) => break Some(4003),
                Some(Outgoing::Close(Close::Replaced)) => break Some(4009),
                None => break Some(4008),
            },
            _ = ping.tick() => {
                if heard.elapsed() > SILENCE
                    || socket.send(Message::Ping(Vec::new().into())).await.is_err()
                {
                    break None;
                }
            }
            () = tokio::time::sleep_until(end) => break Some(4001),
            _ = async { stopping.wait_for(|stop| *stop).await.is_ok() } => break Some(1012),
        }
    };
    if let Some(code) = code {
        let frame = CloseFrame { code, reason: "".into() };
        // The other end may be gone; then it needs no goodbye.
        let _ = socket.send(Message::Close(Some(frame))).await;
    }
    let changed = state.hub.lock().leave(id);
    if let Some(desktop) = &subject.desktop
        && let Err(error) = state.store.desktop_seen(desktop, Timestamp::now())
    {
        tracing::error!(%error, "last_seen was not written");
    }
    announce(&state, &subject.workspace, &changed);
}

fn limited(rate: &mut (Instant, u32), now: Instant) -> bool {
    if now.duration_since(rate.0) > WINDOW {
        *rate = (now, 0);
    }
    rate.1 += 1;
    rate.1 > MOST
}

async fn refuse(socket: &mut WebSocket) {
    let error = FromCloud::Error {
        code: "rate_limited".into(),
        message: "too many messages".into(),
        session: None,
    };
    let text = serde_json::to_string(&error).unwrap_or_default();
    // A socket that is gone shows in the next receive.
    let _ = socket.send(Message::text(text)).await;
}

/// Tells the people of the workspace how these desktops are now.
fn announce(state: &Shared, workspace: &str, changed: &[String]) {
    if changed.is_empty() {
        return;
    }
    match state.store.desktops(workspace) {
        Ok(all) => {
            let mut hub = state.hub.lock();
            for mut desktop in all.into_iter().filter(|d| changed.contains(&d.id)) {
                hub.complete(&mut desktop);
                hub.announce(workspace, &desktop);
            }
        }
        Err(error) => tracing::error!(%error, "a change was not announced"),
    }
}

fn ice_servers(state: &Shared, name: &str) -> Vec<IceServer> {
    let Some(turn) = &state.config.turn else { return Vec::new() };
    let now = Timestamp::now();
    let life = SignedDuration::try_from(turn.life).unwrap_or(SignedDuration::MAX);
    let end = now.checked_add(life).unwrap_or(now);
    let (username, credential) = turn_credential(&turn.secret, name, end);
    vec![IceServer {
        urls: turn.urls.clone(),
        username: Some(username),
        credential: Some(RelayCredential::new(credential)),
    }]
}
