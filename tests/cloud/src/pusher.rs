//! The Pusher endpoint `/app/{key}` (Pusher Channels protocol, version 7).

use crate::channels::{ACTIVITY, error};
use crate::refusal::Refusal;
use crate::state::State as Shared;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade};
use axum::extract::{Path, Query, State};
use axum::response::Response;
use serde::Deserialize;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{Instant, sleep_until, timeout};

/// Longest frame of a client, in bytes. A client has nothing long to say.
const MAX_MESSAGE: usize = 16 * 1024;
/// Frames of one socket within ten seconds; one that sends more is closed.
const MOST: u32 = 200;
/// Silence after which a client is asked whether it is there.
const SILENCE: Duration = Duration::from_secs(ACTIVITY);
/// Time to answer that.
const PONG: Duration = Duration::from_secs(30);
/// For a frame to leave.
const SEND: Duration = Duration::from_secs(10);

#[derive(Deserialize)]
pub(crate) struct Version {
    protocol: Option<String>,
}

pub(crate) async fn upgrade(
    State(state): State<Arc<Shared>>,
    Path(key): Path<String>,
    Query(version): Query<Version>,
    socket: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Result<Response, Refusal> {
    let socket = socket.map_err(|why| Refusal::BadRequest(why.body_text()))?;
    let refusal = match version.protocol.as_deref().map(str::parse::<u8>) {
        _ if key != state.channels.lock().key() => Some((4001, "there is no such application")),
        None => Some((4008, "the protocol's version is missing")),
        Some(Ok(5..=7)) => None,
        Some(_) => Some((4007, "this version of the protocol is not spoken")),
    };
    let socket = socket.max_message_size(MAX_MESSAGE).max_frame_size(MAX_MESSAGE);
    Ok(socket.on_upgrade(move |socket| async move {
        match refusal {
            Some((code, why)) => refuse(socket, code, why).await,
            None => serve(&state, socket).await,
        }
    }))
}

/// Pusher refuses after the upgrade, so that a client can read why.
async fn refuse(mut socket: WebSocket, code: u16, why: &str) {
    let _ = send(&mut socket, Message::text(error(code, why))).await;
    let frame = CloseFrame { code, reason: why.into() };
    let _ = send(&mut socket, Message::Close(Some(frame))).await;
}

async fn send(socket: &mut WebSocket, message: Message) -> bool {
    matches!(timeout(SEND, socket.send(message)).await, Ok(Ok(())))
}

async fn serve(state: &Shared, mut socket: WebSocket) {
    let (id, mut outgoing) = state.channels.lock().join();
    let mut stopping = state.stopping.clone();
    let mut heard = Instant::now();
    let mut asked = false;
    let mut rate = (Instant::now(), 0_u32);
    let code = loop {
        let deadline = heard + if asked { SILENCE + PONG } else { SILENCE };
        tokio::select! {
            message = socket.recv() => {
                (heard, asked) = (Instant::now(), false);
                match message {
                    Some(Ok(Message::Text(text))) => {
                        if heard.duration_since(rate.0) > Duration::from_secs(10) {
                            rate = (heard, 0);
                        }
                        rate.1 += 1;
                        if rate.1 > MOST {
                            break Some(4301);
                        }
                        state.channels.lock().message(id, &text);
                    }
                    Some(Ok(Message::Close(_)) | Err(_)) | None => break None,
                    Some(Ok(_)) => {}
                }
            }
            text = outgoing.recv() => match text {
                Some(text) => if !send(&mut socket, Message::text(text)).await { break None },
                None => break Some(4200),
            },
            () = sleep_until(deadline) => {
                // "Pong reply not received": the client connects again.
                if asked {
                    break Some(4201);
                }
                asked = true;
                let ping = Message::text(r#"{"event":"pusher:ping","data":{}}"#);
                if !send(&mut socket, ping).await {
                    break None;
                }
            }
            _ = async { stopping.wait_for(|stop| *stop).await.is_ok() } => break Some(4200),
        }
    };
    if let Some(code) = code {
        let frame = CloseFrame { code, reason: "".into() };
        let _ = send(&mut socket, Message::Close(Some(frame))).await;
    }
    state.channels.lock().leave(id);
}
