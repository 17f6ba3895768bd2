//! The cloud's own CA, and HTTPS with a certificate of it.

use crate::CloudError;
use crate::store::Store;
use axum::Router;
use hyper_util::rt::TokioIo;
use hyper_util::service::TowerToHyperService;
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, KeyUsagePurpose};
use rustls::ServerConfig;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;

/// For the handshake; a client that only connects must not hold a place for ever.
const HANDSHAKE: Duration = Duration::from_secs(10);

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
    pub(crate) fn server(&self) -> Result<Arc<ServerConfig>, CloudError> {
        let key = KeyPair::generate()?;
        let names = vec!["localhost".to_owned(), "127.0.0.1".to_owned()];
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

/// Serves until the task is dropped; all its connections go with it.
pub(crate) async fn serve(listener: TcpListener, config: Arc<ServerConfig>, router: Router) {
    let acceptor = TlsAcceptor::from(config);
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    let (acceptor, router) = (acceptor.clone(), router.clone());
                    connections.spawn(connection(stream, acceptor, router));
                }
                // Out of file handles: those in use come back.
                Err(error) => {
                    tracing::warn!(%error, "accept");
                    tokio::time::sleep(Duration::from_millis(100)).await;
                }
            },
            Some(_) = connections.join_next() => {}
        }
    }
}

async fn connection(stream: tokio::net::TcpStream, acceptor: TlsAcceptor, router: Router) {
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "Nagle stays on");
    }
    let stream = match tokio::time::timeout(HANDSHAKE, acceptor.accept(stream)).await {
        Ok(Ok(stream)) => stream,
        Ok(Err(error)) => {
            tracing::debug!(%error, "handshake");
            return;
        }
        Err(_) => return,
    };
    let service = TowerToHyperService::new(router);
    let serving = hyper::server::conn::http1::Builder::new()
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades();
    if let Err(error) = serving.await {
        tracing::debug!(%error, "connection");
    }
}
