//! One TLS configuration for everything: TLS 1.3 and 1.2, the operating system's trust store.

use crate::{CertificateDer, NetError, TlsFault};
use rustls::ClientConfig;
use rustls::crypto::CryptoProvider;
use rustls_platform_verifier::Verifier;
use std::sync::Arc;

/// Whom to trust.
#[derive(Clone, Debug)]
pub enum Trust {
    /// The operating system's trust store.
    System,
    /// That, and these roots: the demo's and the tests' own cloud. No flag, file or variable of
    /// the program reaches this.
    SystemAnd(Vec<CertificateDer<'static>>),
}

pub(crate) fn config(trust: Trust) -> Result<ClientConfig, NetError> {
    let fault = |error: rustls::Error| NetError::Tls { fault: TlsFault::Other(error.to_string()) };
    let provider: Arc<CryptoProvider> = Arc::new(rustls::crypto::ring::default_provider());
    let verifier = match trust {
        Trust::System => Verifier::new(Arc::clone(&provider)),
        Trust::SystemAnd(roots) => Verifier::new_with_extra_roots(roots, Arc::clone(&provider)),
    }
    .map_err(fault)?;
    let config = ClientConfig::builder_with_provider(provider)
        .with_protocol_versions(&[&rustls::version::TLS13, &rustls::version::TLS12])
        .map_err(fault)?
        // "Dangerous" is rustls' word for any verifier that is not its own.
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth();
    Ok(config)
}
