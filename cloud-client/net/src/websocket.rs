//! WSS (RFC 6455) over the door's TLS.

use crate::dial::{Carrier, STEP};
use crate::door::destination;
use crate::flood::{Capped, Idle, UNFINISHED};
use crate::log::Ticket;
use crate::policy::Admitted;
use crate::{Door, NetError, Purpose};
use futures_util::{SinkExt, StreamExt};
use std::time::{Duration, Instant};
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::protocol::{CloseFrame, WebSocketConfig};
use tokio_tungstenite::tungstenite::{self, Error, Message as Raw};

/// Longest message either way, in bytes (`PROTOCOL.md`, "Realtime socket").
const MAX_MESSAGE: usize = 256 * 1024;

/// What a WebSocket may cost.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bounds {
    /// Longest message either way, in bytes.
    pub(crate) message: usize,
    /// Most bytes that may arrive between two messages.
    pub(crate) unfinished: usize,
    /// Most bytes that wait to be sent; then sending fails.
    pub(crate) unsent: usize,
    /// For the upgrade, and for the other end to take a message.
    pub(crate) patience: Duration,
}

/// Those of the realtime sockets.
const REALTIME: Bounds = Bounds {
    message: MAX_MESSAGE,
    unfinished: UNFINISHED,
    unsent: 4 * MAX_MESSAGE,
    patience: STEP,
};

/// For the last frame.
const GOODBYE: Duration = Duration::from_secs(1);

/// Why the other end closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Close {
    /// Close code; 1005 when none was given.
    pub code: u16,
    /// For the log.
    pub reason: String,
}

/// What arrives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    /// Text.
    Text(String),
    /// Something that only shows that the other end lives (ping, pong, binary).
    Alive,
    /// The other end closed; nothing follows.
    Closed(Close),
}

/// The protocol on its stream.
pub(crate) type Upgraded = Box<tokio_tungstenite::WebSocketStream<Capped<Carrier>>>;

/// An open WebSocket. Its entry in the log ends when it is dropped.
///
/// An end that falls silent (a half-open connection) shows as nothing at all: who waits for
/// messages keeps the time and sends pings.
pub struct WebSocket {
    pub(crate) inner: Upgraded,
    pub(crate) idle: Idle,
    pub(crate) patience: Duration,
    pub(crate) host: String,
    pub(crate) ticket: Ticket,
}

impl std::fmt::Debug for WebSocket {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("WebSocket")
    }
}

impl Door {
    /// Opens a WebSocket. `request` names the `wss` URL and carries the credentials, and a
    /// subprotocol if there is one, in its headers; the WebSocket headers are added here. No
    /// `Origin` is sent: this is no browser.
    ///
    /// # Errors
    /// Any [`NetError`]; [`NetError::Redirect`] and [`NetError::Upgrade`], with the server's
    /// status, when it says no.
    pub async fn websocket(
        &self,
        purpose: Purpose,
        request: http::Request<()>,
    ) -> Result<WebSocket, NetError> {
        let (host, port) = destination(request.uri(), "wss")?;
        let to = self.admitted(purpose, &host, port)?;
        let host = to.host.to_string();
        let ticket = self.log().begin(purpose, &host, port);
        let meter = self.log().meter();
        ticket.count(&meter);
        let upgraded = async {
            let stream = Box::pin(self.dial(&to, &ticket, &meter)).await?;
            upgrade(&to, request, Box::new(stream), REALTIME).await
        };
        let result = Box::pin(upgraded).await;
        ticket.result(&result, Some(101));
        let patience = REALTIME.patience;
        Ok(WebSocket { inner: result?, idle: Idle::default(), patience, host, ticket })
    }
}

pub(crate) async fn upgrade(
    to: &Admitted,
    request: http::Request<()>,
    stream: Carrier,
    bounds: Bounds,
) -> Result<Upgraded, NetError> {
    use tungstenite::client::IntoClientRequest;
    let uri = request.uri().clone();
    let (parts, ()) = request.into_parts();
    let mut upgrade = parts.uri.into_client_request().map_err(|e| fault(&e))?;
    upgrade.headers_mut().extend(parts.headers);
    // The spelling that was checked.
    let host = to.host.header(to.port).parse();
    let host = host.map_err(|_| NetError::Protocol("the request is malformed".into()))?;
    upgrade.headers_mut().insert(http::header::HOST, host);
    let mut config = WebSocketConfig::default();
    config.max_message_size = Some(bounds.message);
    config.max_frame_size = Some(bounds.message);
    config.max_write_buffer_size = bounds.unsent;
    let stream = Capped::new(stream, bounds.unfinished);
    let handshake = tokio_tungstenite::client_async_with_config(upgrade, stream, Some(config));
    let handshake = timeout(bounds.patience, Box::pin(handshake)).await;
    let handshake = handshake.map_err(|_| NetError::Timeout { host: to.host.to_string() })?;
    let (inner, _) = handshake.map_err(|error| match &error {
        Error::Http(answer) if answer.status().is_redirection() => {
            let to = crate::request::target(&uri, answer.headers());
            NetError::Redirect { to: crate::request::shown(to.as_ref()) }
        }
        other => fault(other),
    })?;
    Ok(Box::new(inner))
}

fn fault(error: &Error) -> NetError {
    if let Some(own) = crate::error::find::<NetError>(error) {
        return own.clone();
    }
    match error {
        Error::Http(answer) => NetError::Upgrade { status: answer.status().as_u16() },
        Error::Capacity(_) => NetError::TooLarge,
        other => NetError::Protocol(other.to_string()),
    }
}

impl WebSocket {
    /// Waits for the next message. After [`Message::Closed`] or an error it is over. May be
    /// cancelled and called again.
    ///
    /// # Errors
    /// When the connection breaks or the other end misbehaves: [`NetError::TooLarge`] for a
    /// message, or fragments of one, beyond 256 KiB and 1 MiB (on the loopback interface the
    /// caller's limit and twice that); [`NetError::Flood`] for more than 200 pings in 10 seconds.
    pub async fn receive(&mut self) -> Result<Message, NetError> {
        let message = self.next().await;
        if let Err(error) = &message {
            self.ticket.failed(error);
        }
        message
    }

    async fn next(&mut self) -> Result<Message, NetError> {
        let message = match self.inner.next().await {
            Some(Ok(message)) => message,
            Some(Err(error)) => return Err(fault(&error)),
            None => return Err(NetError::Protocol("the connection ended".into())),
        };
        match &message {
            Raw::Ping(payload) | Raw::Pong(payload) => self.inner.get_mut().aside(payload.len()),
            _ => self.inner.get_mut().progress(),
        }
        match message {
            Raw::Text(text) => Ok(Message::Text(text.as_str().to_owned())),
            Raw::Close(frame) => Ok(Message::Closed(match frame {
                Some(CloseFrame { code, reason }) => {
                    Close { code: code.into(), reason: reason.as_str().to_owned() }
                }
                None => Close { code: 1005, reason: String::new() },
            })),
            _ if self.idle.frame(Instant::now()) => Err(NetError::Flood),
            _ => Ok(Message::Alive),
        }
    }

    /// Sends text.
    ///
    /// # Errors
    /// When the connection broke, or the other end does not take it within 10 seconds (30 on the
    /// loopback interface); then it is over.
    pub async fn send(&mut self, text: String) -> Result<(), NetError> {
        self.put(Raw::text(text)).await
    }

    /// Sends a ping; the answer shows as [`Message::Alive`].
    ///
    /// # Errors
    /// As [`WebSocket::send`].
    pub async fn ping(&mut self) -> Result<(), NetError> {
        self.put(Raw::Ping(Vec::new().into())).await
    }

    async fn put(&mut self, message: Raw) -> Result<(), NetError> {
        let sent = match timeout(self.patience, self.inner.send(message)).await {
            Ok(sent) => sent.map_err(|error| fault(&error)),
            Err(_) => Err(NetError::Timeout { host: self.host.clone() }),
        };
        sent.inspect_err(|error| self.ticket.failed(error))
    }

    /// Says goodbye, without waiting long for an answer.
    pub async fn close(mut self) {
        match timeout(GOODBYE, self.inner.as_mut().close(None)).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::debug!(%error, "closing a websocket"),
            Err(_) => tracing::debug!("a websocket's other end does not take the goodbye"),
        }
    }
}
