//! The realtime socket (`PROTOCOL.md`, section 2).

use crate::api::auth::bearer_text;
use crate::hub::{Close, Outgoing, Subject, Watch};
use crate::refusal::Refusal;
use crate::state::State as Shared;
use crate::store::holds;
use crate::token::{Claims, Kind, turn_credential};
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade};
use axum::extract::{FromRequestParts, State};
use axum::http::request::Parts;
use axum::response::Response;
use cloud_client::RelayCredential;
use cloud_client::wire::{FromCloud, IceServer, Role, ToCloud};
use jiff::{SignedDuration, Timestamp};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::{Instant, timeout};

/// Longest message, in bytes.
const MAX_MESSAGE: usize = 256 * 1024;
/// Between two pings.
const PING: Duration = Duration::from_secs(20);
/// Silence after which a socket counts as dead.
const SILENCE: Duration = Duration::from_secs(45);
/// For a message to leave. Who does not read must not hold the socket's task for ever.
const SEND: Duration = Duration::from_secs(20);
/// Messages of one socket within [`WINDOW`]; more are refused.
const MOST: u32 = 400;
/// See [`MOST`].
const WINDOW: Duration = Duration::from_secs(10);

/// A request with a good realtime token.
pub(crate) struct Admitted(Claims);

impl FromRequestParts<Arc<Shared>> for Admitted {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &Arc<Shared>) -> Result<Self, Refusal> {
        let claims = bearer_text(parts)
            .and_then(|token| state.signer.check(token, Timestamp::now()))
            .ok_or(Refusal::TokenInvalid)?;
        let good = state.store.read(|db| holds(db, &claims.sid, &claims.sub, &claims.ws))?;
        if good { Ok(Self(claims)) } else { Err(Refusal::TokenInvalid) }
    }
}

pub(crate) async fn upgrade(
    State(state): State<Arc<Shared>>,
    Admitted(claims): Admitted,
    socket: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Result<Response, Refusal> {
    let socket = socket.map_err(|why| Refusal::BadRequest(why.body_text()))?;
    Ok(socket
        .max_message_size(MAX_MESSAGE)
        .max_frame_size(MAX_MESSAGE)
        .on_upgrade(move |socket| serve(state, claims, socket)))
}

/// Whose socket it is, as the database says now. `None` when the bearer has ended meanwhile.
fn join(
    state: &Shared,
    claims: &Claims,
) -> Result<Option<(u64, mpsc::Receiver<Outgoing>)>, crate::CloudError> {
    let name = match claims.typ {
        Kind::User => state.store.user(&claims.sub)?.map(|user| user.name),
        Kind::Daemon => Some(claims.sub.clone()),
        Kind::Screen => None,
    };
    // Nothing changes between the look at the number and the first event after it.
    state.store.at_rest(&claims.ws, |db, seq| {
        if !holds(db, &claims.sid, &claims.sub, &claims.ws)? {
            return Ok(None);
        }
        let screen = match claims.typ {
            Kind::Screen => match crate::store::screens::watch(db, &claims.sub)? {
                Some(watch) => Some(watch),
                None => return Ok(None),
            },
            Kind::User | Kind::Daemon => None,
        };
        let name = screen.as_ref().map(|watch| watch.name.clone()).or(name);
        let role = crate::store::people::role_of(db, &claims.sub, &claims.ws)?;
        let subject = Subject {
            id: claims.sub.clone(),
            workspace: claims.ws.clone(),
            desktop: (claims.typ == Kind::Daemon).then(|| claims.sub.clone()),
            name: name.unwrap_or_default(),
            sid: claims.sid.clone(),
            role: role.unwrap_or(Role::Unknown),
            screen: screen.map(|watch| Watch { desktops: watch.desktops, control: watch.control }),
        };
        Ok(Some(state.hub.lock().join(subject, seq)))
    })
}

async fn serve(state: Arc<Shared>, claims: Claims, mut socket: WebSocket) {
    let (id, outgoing) = match join(&state, &claims) {
        Ok(Some(joined)) => joined,
        Ok(None) => return close(&mut socket, 4003).await,
        Err(error) => {
            tracing::error!(%error, "a socket was not joined");
            return close(&mut socket, 1011).await;
        }
    };
    let desktop = (claims.typ == Kind::Daemon).then_some(&claims.sub);
    state.announce(desktop.map(std::slice::from_ref).unwrap_or_default());
    if let Some(code) = talk(&state, &claims, id, outgoing, &mut socket).await {
        close(&mut socket, code).await;
    }
    let changed = state.hub.lock().leave(id);
    let (who, now) = (&claims.sub, Timestamp::now());
    let seen = match claims.typ {
        Kind::Daemon => state.store.desktop_seen(who, now),
        Kind::User => state.store.person_seen(who, now),
        Kind::Screen => state.store.screen_seen(who, now),
    };
    if let Err(error) = seen {
        tracing::error!(%error, "last_seen was not written");
    }
    state.announce(&changed);
}

/// Serves an open socket; gives the code to close it with, if it is still there.
async fn talk(
    state: &Shared,
    claims: &Claims,
    id: u64,
    mut outgoing: mpsc::Receiver<Outgoing>,
    socket: &mut WebSocket,
) -> Option<u16> {
    let left = claims.exp - Timestamp::now().as_second();
    let end = Instant::now() + Duration::from_secs(u64::try_from(left).unwrap_or(0));
    let mut stopping = state.stopping.clone();
    let mut ping = tokio::time::interval(PING);
    let mut heard = Instant::now();
    let mut rate = (Instant::now(), 0_u32);
    loop {
        tokio::select! {
            message = socket.recv() => {
                heard = Instant::now();
                match message {
                    Some(Ok(Message::Text(_))) if limited(&mut rate, heard) => {
                        if !refuse(socket).await {
                            return None;
                        }
                    }
                    Some(Ok(Message::Text(text))) => {
                        let Ok(message) = serde_json::from_str::<ToCloud>(&text) else {
                            return Some(4008);
                        };
                        let ice = |name: &str| ice_servers(state, name);
                        let changed = state.hub.lock().message(id, message, ice);
                        state.announce(&changed);
                    }
                    Some(Ok(Message::Close(_)) | Err(_)) | None => return None,
                    Some(Ok(_)) => {}
                }
            }
            out = outgoing.recv() => match out {
                Some(Outgoing::Message(message)) => {
                    if !tell(socket, &message).await {
                        return None;
                    }
                }
                Some(Outgoing::Close(Close::Revoked)) => return Some(4003),
                Some(Outgoing::Close(Close::Replaced)) => return Some(4009),
                Some(Outgoing::Close(Close::Restart)) => return Some(1012),
                None => return Some(4008),
            },
            _ = ping.tick() => {
                let ping = Message::Ping(Vec::new().into());
                if heard.elapsed() > SILENCE || !send(socket, ping).await {
                    return None;
                }
            }
            () = tokio::time::sleep_until(end) => return Some(4001),
            _ = async { stopping.wait_for(|stop| *stop).await.is_ok() } => {
                // What was said before the stop, such as why a session is over.
                while let Ok(Outgoing::Message(message)) = outgoing.try_recv() {
                    if !tell(socket, &message).await {
                        return None;
                    }
                }
                return Some(1012);
            }
        }
    }
}

/// Sends; `false` when the other end is gone or does not read.
async fn send(socket: &mut WebSocket, message: Message) -> bool {
    matches!(timeout(SEND, socket.send(message)).await, Ok(Ok(())))
}

async fn tell(socket: &mut WebSocket, message: &FromCloud) -> bool {
    send(socket, Message::text(serde_json::to_string(message).unwrap_or_default())).await
}

async fn close(socket: &mut WebSocket, code: u16) {
    let frame = CloseFrame { code, reason: "".into() };
    // The other end may be gone; then it needs no goodbye.
    let _ = send(socket, Message::Close(Some(frame))).await;
}

fn limited(rate: &mut (Instant, u32), now: Instant) -> bool {
    if now.duration_since(rate.0) > WINDOW {
        *rate = (now, 0);
    }
    rate.1 += 1;
    rate.1 > MOST
}

async fn refuse(socket: &mut WebSocket) -> bool {
    let error = FromCloud::Error {
        code: "rate_limited".into(),
        message: "too many messages".into(),
        session: None,
    };
    tell(socket, &error).await
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
