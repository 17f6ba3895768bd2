//! The gateway's protocol by hand: what the app has no command for, and what the gateway itself
//! says of what the app did.

use crate::PATIENCE;
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{WebSocketStream, client_async};

/// Requests that are sent before the first answer is waited for.
const AHEAD: usize = 16;

/// A connection as the command line makes it: with the shared token, and without a device.
pub struct Raw {
    socket: WebSocketStream<TcpStream>,
    last: u64,
}

impl Raw {
    /// Connects.
    pub async fn connect(port: u16, token: &str) -> Self {
        let stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
        let url = format!("ws://127.0.0.1:{port}/");
        let (socket, _) = client_async(url, stream).await.unwrap();
        let mut raw = Self { socket, last: 0 };
        let scopes = ["operator.read", "operator.write", "operator.admin"];
        let client = json!({ "id": "cli", "version": "1", "platform": "linux", "mode": "cli" });
        raw.request(
            "connect",
            json!({
                "minProtocol": 4, "maxProtocol": 4, "client": client, "role": "operator",
                "scopes": scopes, "caps": [], "auth": { "token": token },
            }),
        )
        .await;
        raw
    }

    async fn ask(&mut self, method: &str, params: Value) -> String {
        self.last += 1;
        let id = self.last.to_string();
        let frame = json!({ "type": "req", "id": id, "method": method, "params": params });
        self.socket.send(Message::text(frame.to_string())).await.unwrap();
        id
    }

    /// The next answer, and what it answers.
    async fn answer(&mut self) -> (String, Value) {
        let wait = async {
            loop {
                let message = self.socket.next().await.expect("the gateway closed").unwrap();
                let Message::Text(text) = message else { continue };
                let mut frame: Value = serde_json::from_str(&text).unwrap();
                if frame["type"] == "res" {
                    assert_eq!(frame["ok"], true, "{frame}");
                    let id = frame["id"].as_str().unwrap().to_owned();
                    return (id, frame["payload"].take());
                }
            }
        };
        tokio::time::timeout(PATIENCE, wait).await.expect("the gateway answers")
    }

    /// Makes a request that works.
    pub async fn request(&mut self, method: &str, params: Value) -> Value {
        let asked = self.ask(method, params).await;
        loop {
            let (id, payload) = self.answer().await;
            if id == asked {
                return payload;
            }
        }
    }

    /// Adds messages of the assistant, in this order.
    pub async fn inject(&mut self, key: &str, texts: impl IntoIterator<Item = String>) {
        let mut waiting = 0;
        for text in texts {
            self.ask("chat.inject", json!({ "sessionKey": key, "message": text })).await;
            waiting += 1;
            if waiting == AHEAD {
                self.answer().await;
                waiting -= 1;
            }
        }
        for _ in 0..waiting {
            self.answer().await;
        }
    }

    /// A conversation's messages, the newest 200.
    pub async fn history(&mut self, key: &str) -> Vec<Value> {
        let params = json!({ "sessionKey": key, "limit": 200 });
        let mut page = self.request("chat.history", params).await;
        match page["messages"].take() {
            Value::Array(messages) => messages,
            _ => Vec::new(),
        }
    }

    /// What persons wrote in a conversation.
    pub async fn asked(&mut self, key: &str) -> Vec<String> {
        self.told(key, "user").await
    }

    /// What agents wrote in a conversation.
    pub async fn answered(&mut self, key: &str) -> Vec<String> {
        self.told(key, "assistant").await
    }

    async fn told(&mut self, key: &str, role: &str) -> Vec<String> {
        let messages = self.history(key).await;
        messages.iter().filter(|m| m["role"] == role).map(text).collect()
    }
}

/// What a message says.
pub fn text(message: &Value) -> String {
    match &message["content"] {
        Value::String(text) => text.clone(),
        Value::Array(blocks) => {
            blocks.iter().filter_map(|block| block["text"].as_str()).collect::<Vec<_>>().join("\n")
        }
        _ => String::new(),
    }
}
