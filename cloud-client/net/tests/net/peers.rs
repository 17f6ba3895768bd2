//! Servers with certificates of their own.

use net::{CertificateDer, Door, Policy, Proxies, Trust};
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};
use rustls::ServerConfig;
use rustls_pki_types::PrivateKeyDer;
use std::future::Future;
use std::sync::Arc;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

/// A name that only a proxy can resolve.
pub const HIDDEN: &str = "cloud.test";

/// This machine's own name, which every program on it can resolve.
pub fn own_name() -> String {
    let name = std::fs::read_to_string("/proc/sys/kernel/hostname").unwrap();
    let name = name.trim().to_ascii_lowercase();
    assert_ne!(name, "localhost", "these tests need a machine with a name");
    name
}

pub struct Authority {
    issuer: Issuer<'static, KeyPair>,
    pub der: CertificateDer<'static>,
}

impl Authority {
    pub fn new(name: &str) -> Self {
        Self::with_key(name, KeyPair::generate().unwrap())
    }

    pub fn with_key(name: &str, key: KeyPair) -> Self {
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, name);
        params.distinguished_name.push(DnType::OrganizationName, "Corp");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let der = params.self_signed(&key).unwrap().der().clone();
        Self { issuer: Issuer::new(params, key), der }
    }

    pub fn leaf(
        &self,
        names: &[&str],
        adjust: impl FnOnce(&mut CertificateParams),
    ) -> (CertificateDer<'static>, KeyPair) {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        let mut params = CertificateParams::new(names).unwrap();
        adjust(&mut params);
        let key = KeyPair::generate().unwrap();
        (params.signed_by(&key, &self.issuer).unwrap().der().clone(), key)
    }

    /// A server's TLS for every name that the tests use.
    pub fn server(&self) -> Arc<ServerConfig> {
        let name = own_name();
        server(self.leaf(&[HIDDEN, "localhost", &name, "127.0.0.1"], |_| {}))
    }

    pub fn trust(&self) -> Trust {
        Trust::SystemAnd(vec![self.der.clone()])
    }

    /// A door that trusts this authority and lets out to these hosts.
    pub fn door(&self, to: &[(&str, u16)], proxies: Proxies) -> Door {
        let policy =
            to.iter().fold(Policy::default(), |p, (host, port)| p.allow_cloud(host, *port));
        Door::with_proxies(policy, self.trust(), proxies).unwrap()
    }
}

pub fn server((leaf, key): (CertificateDer<'static>, KeyPair)) -> Arc<ServerConfig> {
    let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![leaf], key)
        .unwrap();
    Arc::new(config)
}

/// Serves raw TCP; the port.
pub async fn tcp<F: Future<Output = ()> + Send + 'static>(
    serve: impl Fn(TcpStream) -> F + Send + Sync + 'static,
) -> u16 {
    let listener = TcpListener::bind("0.0.0.0:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(serve(stream));
        }
    });
    port
}

/// Serves TLS; the port. A failed handshake is the client's business.
pub async fn tls<F: Future<Output = ()> + Send + 'static>(
    config: Arc<ServerConfig>,
    serve: impl Fn(TlsStream<TcpStream>) -> F + Clone + Send + Sync + 'static,
) -> u16 {
    let acceptor = TlsAcceptor::from(config);
    tcp(move |stream| {
        let (acceptor, serve) = (acceptor.clone(), serve.clone());
        async move {
            if let Ok(stream) = acceptor.accept(stream).await {
                serve(stream).await;
            }
        }
    })
    .await
}

/// Reads the head of a request, with the body that its Content-Length names; `None` at the end.
pub async fn head(stream: &mut (impl AsyncReadExt + Unpin)) -> Option<String> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.ok()?);
    }
    let head = String::from_utf8(head).unwrap();
    let length = head.lines().find_map(|line| {
        line.to_ascii_lowercase().strip_prefix("content-length: ")?.trim().parse::<usize>().ok()
    });
    let mut body = vec![0; length.unwrap_or(0)];
    stream.read_exact(&mut body).await.ok()?;
    Some(head + std::str::from_utf8(&body).unwrap())
}

/// Serves HTTPS with keep-alive; the port.
pub async fn https(
    config: Arc<ServerConfig>,
    answer: impl Fn(&str) -> String + Send + Sync + 'static,
) -> u16 {
    let answer = Arc::new(answer);
    tls(config, move |mut stream| {
        let answer = Arc::clone(&answer);
        async move {
            while let Some(head) = head(&mut stream).await {
                let answer = answer(&head);
                if stream.write_all(answer.as_bytes()).await.is_err() {
                    return;
                }
                if answer.contains("Connection: close") {
                    let _ = stream.shutdown().await;
                    return;
                }
            }
        }
    })
    .await
}

pub fn json(body: &str) -> String {
    format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
}

/// Serves TLS that sends back what it gets; the port.
pub async fn echo(config: Arc<ServerConfig>) -> u16 {
    tls(config, |stream| async {
        let (mut read, mut write) = tokio::io::split(stream);
        let _ = tokio::io::copy(&mut read, &mut write).await;
    })
    .await
}

/// Serves a WebSocket that sends back what it gets; the port.
pub async fn wss(config: Arc<ServerConfig>) -> u16 {
    use futures_util::{SinkExt, StreamExt};
    tls(config, |stream| async {
        let Ok(mut socket) = tokio_tungstenite::accept_async(stream).await else { return };
        while let Some(Ok(message)) = socket.next().await {
            if (message.is_text() || message.is_binary()) && socket.send(message).await.is_err() {
                return;
            }
        }
    })
    .await
}

pub fn get(url: &str) -> http::Request<Vec<u8>> {
    http::Request::get(url).body(Vec::new()).unwrap()
}

pub fn upgrade(url: &str) -> http::Request<()> {
    http::Request::get(url).body(()).unwrap()
}
