//! The cloud's own CA, and HTTPS with a certificate of it.

use crate::CloudError;
use crate::store::Store;
use axum::Router;
use hyper::body::Incoming;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, KeyUsagePurpose};
use rustls::ServerConfig;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;

/// For the handshake; a client that only connects must not hold a place for ever.
const HANDSHAKE: Duration = Duration::from_secs(10);
/// For the head of a request, from the end of the one before; so also for an idle connection.
const HEADERS: Duration = Duration::from_secs(90);

/// A certificate authority, kept in the store.
pub(crate) struct Authority {
    key: KeyPair,
    pem: String,
    certificate: CertificateDer<'static>,
}

fn parameters() -> CertificateParams {
    let mut parameters = CertificateParams::default();
    parameters.distinguished_name.push(DnType::CommonName, "MultiClaw stand-in cloud CA");
    parameters.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    parameters.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    parameters
}

impl Authority {
    pub(crate) fn load(store: &Store) -> Result<Self, CloudError> {
        let key =
            store.secret_or("ca-key", || Ok(KeyPair::generate()?.serialize_pem().into_bytes()))?;
        let key = String::from_utf8(key).map_err(|_| CloudError::Stored("the CA key"))?;
        let key = KeyPair::from_pem(&key)?;
        let certificate =
            store.secret_or("ca", || Ok(parameters().self_signed(&key)?.der().to_vec()))?;
        let certificate = CertificateDer::from(certificate);
        let pem = pem(&certificate);
        Ok(Self { key, pem, certificate })
    }

    pub(crate) fn der(&self) -> Vec<u8> {
        self.certificate.to_vec()
    }

    pub(crate) fn pem(&self) -> &str {
        &self.pem
    }

    /// A server configuration with a new certificate for this machine.
    pub(crate) fn server(&self, names: &[String]) -> Result<Arc<ServerConfig>, CloudError> {
        let key = KeyPair::generate()?;
        let own = ["localhost".to_owned(), "127.0.0.1".to_owned()];
        let names: Vec<String> = own.into_iter().chain(names.iter().cloned()).collect();
        let mut request = CertificateParams::new(names)?;
        request.distinguished_name.push(DnType::CommonName, "localhost");
        let issuer = Issuer::new(parameters(), &self.key);
        let certificate = request.signed_by(&key, &issuer)?;
        let private = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_protocol_versions(&[&rustls::version::TLS13, &rustls::version::TLS12])?
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], private)?;
        Ok(Arc::new(config))
    }
}

fn pem(der: &[u8]) -> String {
    use base64::Engine;
    let text = base64::engine::general_purpose::STANDARD.encode(der);
    let lines: Vec<&str> =
        text.as_bytes().chunks(64).filter_map(|line| std::str::from_utf8(line).ok()).collect();
    format!("-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n", lines.join("\n"))
}

/// The address of the other end of a request's connection.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Peer(pub(crate) IpAddr);

/// Serves until it is told to stop; then requests that came are answered. When the task is
/// dropped, all its connections go with it.
pub(crate) async fn serve(
    listener: TcpListener,
    config: Arc<ServerConfig>,
    router: Router,
    mut stopping: watch::Receiver<bool>,
) {
    let acceptor = TlsAcceptor::from(config);
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => {
                    let (acceptor, router) = (acceptor.clone(), router.clone());
                    let peer = Peer(peer.ip().to_canonical());
                    connections.spawn(connection(stream, peer, acceptor, router, stopping.clone()));
                }
                // Out of file handles: those in use come back.
                Err(error) => {
                    tracing::warn!(%error, "accept");
                    tokio::time::sleep(Duration::from_millis(100)).await;
                }
            },
            Some(_) = connections.join_next() => {}
            _ = async { stopping.wait_for(|stop| *stop).await.is_ok() } => break,
        }
    }
    drop(listener);
    while connections.join_next().await.is_some() {}
}

async fn connection(
    stream: TcpStream,
    peer: Peer,
    acceptor: TlsAcceptor,
    router: Router,
    mut stopping: watch::Receiver<bool>,
) {
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "Nagle stays on");
    }
    let stopped = async { stopping.wait_for(|stop| *stop).await.is_ok() };
    tokio::pin!(stopped);
    let handshake = tokio::time::timeout(HANDSHAKE, acceptor.accept(stream));
    let stream = tokio::select! {
        stream = handshake => match stream {
            Ok(Ok(stream)) => stream,
            Ok(Err(error)) => {
                tracing::debug!(%error, "handshake");
                return;
            }
            Err(_) => return,
        },
        _ = &mut stopped => return,
    };
    let router = TowerToHyperService::new(router);
    let service = service_fn(move |mut request: hyper::Request<Incoming>| {
        request.extensions_mut().insert(peer);
        router.call(request)
    });
    let serving = hyper::server::conn::http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADERS)
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades();
    tokio::pin!(serving);
    let mut stopped_once = false;
    let result = loop {
        tokio::select! {
            result = &mut serving => break result,
            _ = &mut stopped, if !stopped_once => {
                stopped_once = true;
                serving.as_mut().graceful_shutdown();
            }
        }
    };
    if let Err(error) = result {
        tracing::debug!(%error, "connection");
    }
}
