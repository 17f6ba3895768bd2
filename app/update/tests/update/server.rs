//! A TLS server that answers what a test wants, byte for byte.

use net::{CertificateDer, Door, Policy, Proxies, Purpose, Trust};
use parking_lot::Mutex;
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};
use rustls_pki_types::PrivateKeyDer;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

/// What a path is answered with.
#[derive(Clone)]
pub enum Reply {
    /// This file, from where it is asked for.
    File(Vec<u8>),
    /// These bytes, and then the connection is closed.
    Raw(Vec<u8>),
    /// These bytes, and then nothing any more.
    Stall(Vec<u8>),
    /// These bytes, and then the connection breaks.
    Break(Vec<u8>),
    /// These bytes, and then zeros without an end.
    Endless(Vec<u8>),
    /// The file, one byte at a time.
    Drip(Vec<u8>, Duration),
}

#[derive(Clone)]
pub struct Server {
    pub port: u16,
    root: CertificateDer<'static>,
    replies: Arc<Mutex<BTreeMap<String, Vec<Reply>>>>,
    heads: Arc<Mutex<Vec<String>>>,
}

pub fn raw(status: &str, kind: &str, body: &str) -> Reply {
    let length = body.len();
    Reply::Raw(
        format!(
            "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n\r\n{body}"
        )
        .into_bytes(),
    )
}

impl Server {
    pub async fn new() -> Self {
        let (acceptor, root) = tls();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server = Self {
            port: listener.local_addr().unwrap().port(),
            root,
            replies: Arc::default(),
            heads: Arc::default(),
        };
        let this = server.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (this, acceptor) = (this.clone(), acceptor.clone());
                tokio::spawn(async move {
                    if let Ok(stream) = acceptor.accept(stream).await {
                        this.serve(stream).await;
                    }
                });
            }
        });
        server
    }

    /// Answers a path with this from now on.
    pub fn put(&self, path: &str, reply: Reply) {
        self.put_all(path, vec![reply]);
    }

    /// Answers a path with one after the other, and with the last from then on.
    pub fn put_all(&self, path: &str, replies: Vec<Reply>) {
        self.replies.lock().insert(path.to_owned(), replies);
    }

    /// The heads of the requests since the last call.
    pub fn heads(&self) -> Vec<String> {
        std::mem::take(&mut self.heads.lock())
    }

    pub fn door(&self) -> Door {
        self.door_to("127.0.0.1", Proxies::none())
    }

    /// A door to this host, on the server's port.
    pub fn door_to(&self, host: &str, proxies: Proxies) -> Door {
        let trust = Trust::SystemAnd(vec![self.root.clone()]);
        let policy = Policy::default().allow(Purpose::Updater, host, Some(self.port));
        Door::with_proxies(policy, trust, proxies).unwrap()
    }

    /// A door that does not trust this server.
    pub fn strange_door(&self) -> Door {
        let policy = Policy::default().allow(Purpose::Updater, "127.0.0.1", Some(self.port));
        Door::with_proxies(policy, Trust::System, Proxies::none()).unwrap()
    }

    async fn serve(&self, mut stream: tokio_rustls::server::TlsStream<tokio::net::TcpStream>) {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            let Ok(byte) = stream.read_u8().await else { return };
            head.push(byte);
        }
        let head = String::from_utf8(head).unwrap();
        let path = head.split([' ', '?']).nth(1).unwrap().to_owned();
        self.heads.lock().push(head.clone());
        let reply = {
            let mut replies = self.replies.lock();
            let waiting = replies.get_mut(&path).filter(|waiting| !waiting.is_empty());
            waiting.map(|waiting| match waiting.len() {
                1 => waiting[0].clone(),
                _ => waiting.remove(0),
            })
        };
        let missing = raw("404 Not Found", "text/plain", "no");
        // A client that has had enough closes the connection: that is its right.
        let _ = answer(&mut stream, reply.unwrap_or(missing), &head).await;
    }
}

async fn answer(
    stream: &mut (impl AsyncWriteExt + Unpin),
    reply: Reply,
    head: &str,
) -> std::io::Result<()> {
    match reply {
        Reply::File(file) => {
            let range = head.lines().find_map(|line| line.strip_prefix("range: bytes="));
            let from = range.map(|range| range.trim_end_matches('-').parse::<usize>().unwrap());
            let (start, rest) = match from {
                None => (format!("200 OK\r\nContent-Length: {}", file.len()), &file[..]),
                Some(from) if from >= file.len() => {
                    ("416 Range Not Satisfiable\r\nContent-Length: 0".into(), &b""[..])
                }
                Some(from) => {
                    let (last, all) = (file.len() - 1, file.len());
                    let length = all - from;
                    let range = format!("Content-Range: bytes {from}-{last}/{all}");
                    (
                        format!("206 Partial Content\r\n{range}\r\nContent-Length: {length}"),
                        &file[from..],
                    )
                }
            };
            stream.write_all(format!("HTTP/1.1 {start}\r\n\r\n").as_bytes()).await?;
            stream.write_all(rest).await?;
            stream.shutdown().await
        }
        Reply::Raw(bytes) => {
            stream.write_all(&bytes).await?;
            stream.shutdown().await
        }
        Reply::Stall(bytes) => {
            stream.write_all(&bytes).await?;
            stream.flush().await?;
            std::future::pending().await
        }
        Reply::Break(bytes) => {
            stream.write_all(&bytes).await?;
            stream.flush().await
        }
        Reply::Endless(bytes) => {
            stream.write_all(&bytes).await?;
            loop {
                stream.write_all(&[0; 16 * 1024]).await?;
            }
        }
        Reply::Drip(file, pause) => {
            let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", file.len());
            stream.write_all(head.as_bytes()).await?;
            for byte in file {
                stream.write_all(&[byte]).await?;
                stream.flush().await?;
                tokio::time::sleep(pause).await;
            }
            Ok(())
        }
    }
}

fn tls() -> (TlsAcceptor, CertificateDer<'static>) {
    let mut params = CertificateParams::default();
    params.distinguished_name.push(DnType::CommonName, "Test authority");
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let key = KeyPair::generate().unwrap();
    let root = params.self_signed(&key).unwrap().der().clone();
    let issuer = Issuer::new(params, key);
    let key = KeyPair::generate().unwrap();
    let leaf = CertificateParams::new(vec!["127.0.0.1".to_owned()]).unwrap();
    let leaf = leaf.signed_by(&key, &issuer).unwrap().der().clone();
    let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![leaf], key)
        .unwrap();
    (TlsAcceptor::from(Arc::new(config)), root)
}
