//! WSS (RFC 6455) over the door's TLS.

use crate::door::destination;
use crate::log::Outcome;
use crate::{Door, NetError, Purpose};
use futures_util::{SinkExt, StreamExt};
use std::time::Duration;
use tokio_tungstenite::tungstenite::protocol::{CloseFrame, WebSocketConfig};
use tokio_tungstenite::tungstenite::{self, Error, Message as Raw};

/// Longest message either way, in bytes (`PROTOCOL.md`, "Realtime socket").
const MAX_MESSAGE: usize = 256 * 1024;
/// For the upgrade.
const UPGRADE: Duration = Duration::from_secs(10);

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

/// An open WebSocket.
pub struct WebSocket {
    inner:
        tokio_tungstenite::WebSocketStream<tokio_rustls::client::TlsStream<tokio::net::TcpStream>>,
}

impl Door {
    /// Opens a WebSocket. `request` names the `wss` URL and carries the credentials in its
    /// headers; the WebSocket headers are added here.
    ///
    /// # Errors
    /// Any [`NetError`]; [`NetError::Upgrade`] with the server's status when it says no.
    pub async fn websocket(
        &self,
        purpose: Purpose,
        request: http::Request<()>,
    ) -> Result<WebSocket, NetError> {
        let (host, port) = destination(request.uri(), "wss")?;
        self.admit(purpose, &host, port)?;
        let result = self.upgrade(&host, port, request).await;
        let outcome = match &result {
            Ok(_) => Outcome::Done { status: Some(101), bytes: None },
            Err(error) => Outcome::Failed(error.clone()),
        };
        self.log().add(purpose, &host, port, outcome);
        result
    }

    async fn upgrade(
        &self,
        host: &str,
        port: u16,
        request: http::Request<()>,
    ) -> Result<WebSocket, NetError> {
        use tungstenite::client::IntoClientRequest;
        let (parts, ()) = request.into_parts();
        let mut upgrade = parts.uri.into_client_request().map_err(|e| fault(&e, host))?;
        upgrade.headers_mut().extend(parts.headers);
        let stream = self.connect(host, port).await?;
        let mut config = WebSocketConfig::default();
        config.max_message_size = Some(MAX_MESSAGE);
        config.max_frame_size = Some(MAX_MESSAGE);
        let handshake = tokio_tungstenite::client_async_with_config(upgrade, stream, Some(config));
        let (inner, _) = tokio::time::timeout(UPGRADE, handshake)
            .await
            .map_err(|_| NetError::Timeout { host: host.to_owned() })?
            .map_err(|e| fault(&e, host))?;
        Ok(WebSocket { inner })
    }
}

fn fault(error: &Error, host: &str) -> NetError {
    match error {
        Error::Io(error) => NetError::from_io(error, host),
        Error::Http(answer) => NetError::Upgrade { status: answer.status().as_u16() },
        Error::Capacity(_) => NetError::TooLarge,
        other => NetError::Protocol(other.to_string()),
    }
}

impl WebSocket {
    /// Waits for the next message. After [`Message::Closed`] or an error it is over.
    ///
    /// # Errors
    /// When the connection breaks or the other end misbehaves.
    pub async fn receive(&mut self) -> Result<Message, NetError> {
        match self.inner.next().await {
            Some(Ok(Raw::Text(text))) => Ok(Message::Text(text.as_str().to_owned())),
            Some(Ok(Raw::Close(frame))) => Ok(Message::Closed(match frame {
                Some(CloseFrame { code, reason }) => {
                    Close { code: code.into(), reason: reason.as_str().to_owned() }
                }
                None => Close { code: 1005, reason: String::new() },
            })),
            Some(Ok(_)) => Ok(Message::Alive),
            Some(Err(error)) => Err(fault(&error, "the server")),
            None => Err(NetError::Protocol("the connection ended".into())),
        }
    }

    /// Sends text.
    ///
    /// # Errors
    /// When the connection broke.
    pub async fn send(&mut self, text: String) -> Result<(), NetError> {
        self.inner.send(Raw::text(text)).await.map_err(|e| fault(&e, "the server"))
    }

    /// Sends a ping; the answer shows as [`Message::Alive`].
    ///
    /// # Errors
    /// When the connection broke.
    pub async fn ping(&mut self) -> Result<(), NetError> {
        self.inner.send(Raw::Ping(Vec::new().into())).await.map_err(|e| fault(&e, "the server"))
    }

    /// Says goodbye.
    pub async fn close(mut self) {
        if let Err(error) = self.inner.close(None).await {
            tracing::debug!(%error, "closing a websocket");
        }
    }
}
