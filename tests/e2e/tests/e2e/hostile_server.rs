//! A cloud that answers whatever a test wants it to, over real TLS.

use futures_util::{SinkExt, StreamExt};
use net::Door;
use parking_lot::Mutex;
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use rustls_pki_types::PrivateKeyDer;
use std::net::Ipv4Addr;
use std::sync::Arc;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;
use tokio_tungstenite::tungstenite::protocol::Role;

/// What is answered.
pub enum Reply {
    /// These bytes, head and all.
    Bytes(Vec<u8>),
    /// These bytes, and then this many times 64 KiB of spaces.
    Long(Vec<u8>, usize),
    /// A WebSocket that sends these texts and stays open.
    Socket(Vec<String>),
}

/// An answer of JSON.
pub fn json(body: &str) -> Reply {
    status(200, body)
}

/// An answer of JSON with this status.
pub fn status(status: u16, body: &str) -> Reply {
    let length = body.len();
    let head = format!("HTTP/1.1 {status} X\r\nContent-Type: application/json\r\n");
    Reply::Bytes(format!("{head}Content-Length: {length}\r\n\r\n{body}").into_bytes())
}

/// A running server; it ends with the test's runtime.
pub struct Server {
    pub port: u16,
    authority: Vec<u8>,
    /// First line and header fields of each request, in lower case.
    heads: Arc<Mutex<Vec<String>>>,
}

impl Server {
    pub async fn start(reply: impl Fn(&str) -> Reply + Send + Sync + 'static) -> Self {
        let (authority, acceptor) = papers();
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let heads = Arc::<Mutex<Vec<String>>>::default();
        let (seen, reply) = (Arc::clone(&heads), Arc::new(reply));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (acceptor, seen) = (acceptor.clone(), Arc::clone(&seen));
                let reply = Arc::clone(&reply);
                tokio::spawn(async move { serve(stream, &acceptor, &seen, &*reply).await });
            }
        });
        Self { port, authority, heads }
    }

    pub fn url(&self) -> String {
        format!("https://localhost:{}", self.port)
    }

    /// A door to it.
    pub fn door(&self) -> Door {
        e2e::door(self.port, self.authorities())
    }

    pub fn authorities(&self) -> Vec<Vec<u8>> {
        vec![self.authority.clone()]
    }

    /// The heads of the requests so far.
    pub fn heads(&self) -> Vec<String> {
        self.heads.lock().clone()
    }

    /// Requests so far whose first line has this in it.
    pub fn count(&self, part: &str) -> usize {
        let is_it = |head: &&String| head.lines().next().unwrap().contains(part);
        self.heads.lock().iter().filter(is_it).count()
    }
}

fn papers() -> (Vec<u8>, TlsAcceptor) {
    let key = KeyPair::generate().unwrap();
    let mut params = CertificateParams::default();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority = params.self_signed(&key).unwrap().der().to_vec();
    let issuer = Issuer::new(params, key);
    let key = KeyPair::generate().unwrap();
    let leaf = CertificateParams::new(["localhost".to_owned()]).unwrap();
    let leaf = leaf.signed_by(&key, &issuer).unwrap().der().clone();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![leaf], PrivateKeyDer::try_from(key.serialize_der()).unwrap())
        .unwrap();
    (authority, TlsAcceptor::from(Arc::new(config)))
}

/// A connection, until the client goes.
async fn serve(
    stream: TcpStream,
    acceptor: &TlsAcceptor,
    seen: &Mutex<Vec<String>>,
    reply: &(dyn Fn(&str) -> Reply + Send + Sync),
) {
    let Ok(mut stream) = acceptor.accept(stream).await else { return };
    while let Some(head) = head(&mut stream).await {
        seen.lock().push(head.to_ascii_lowercase());
        let sent = match reply(&head) {
            Reply::Bytes(bytes) => stream.write_all(&bytes).await,
            Reply::Long(bytes, times) => {
                let mut sent = stream.write_all(&bytes).await;
                for _ in 0..times {
                    if sent.is_ok() {
                        sent = stream.write_all(&[b' '; 65536]).await;
                    }
                }
                sent
            }
            Reply::Socket(texts) => {
                let key = head.lines().find_map(|line| line.strip_prefix("Sec-WebSocket-Key: "));
                let agreed = format!(
                    "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\n\
                     Upgrade: websocket\r\nSec-WebSocket-Accept: {}\r\n\r\n",
                    derive_accept_key(key.unwrap().as_bytes())
                );
                if stream.write_all(agreed.as_bytes()).await.is_ok() {
                    talk(WebSocketStream::from_raw_socket(stream, Role::Server, None).await, texts)
                        .await;
                }
                return;
            }
        };
        if sent.is_err() {
            return;
        }
    }
}

async fn talk<S: AsyncReadExt + AsyncWriteExt + Unpin>(
    mut socket: WebSocketStream<S>,
    texts: Vec<String>,
) {
    for text in texts {
        if socket.send(Message::text(text)).await.is_err() {
            return;
        }
    }
    while let Some(Ok(_)) = socket.next().await {}
}

/// The head of a request; its body is read and forgotten. `None` at the end.
async fn head(stream: &mut (impl AsyncReadExt + Unpin)) -> Option<String> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.ok()?);
    }
    let head = String::from_utf8(head).unwrap();
    let length = head.lines().find_map(|line| {
        line.to_ascii_lowercase().strip_prefix("content-length: ")?.trim().parse::<usize>().ok()
    });
    stream.read_exact(&mut vec![0; length.unwrap_or(0)]).await.ok()?;
    Some(head)
}
