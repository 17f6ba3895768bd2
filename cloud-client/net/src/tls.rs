//! One TLS configuration for everything: TLS 1.3 and 1.2, the operating system's trust store.

use crate::tls_fault::issuer;
use crate::{CertificateDer, NetError, TlsFault};
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::CryptoProvider;
use rustls::{CertificateError, ClientConfig, DigitallySignedStruct, Error, SignatureScheme};
use rustls_pki_types::{ServerName, UnixTime};
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
    let fault = |error: Error| match &error {
        // The verifier's only error of this kind: the store is empty.
        Error::General(_) => NetError::NoRoots,
        other => NetError::Tls { fault: other.into() },
    };
    let provider: Arc<CryptoProvider> = Arc::new(rustls::crypto::ring::default_provider());
    let verifier = match trust {
        Trust::System => Verifier::new(Arc::clone(&provider)),
        Trust::SystemAnd(roots) => Verifier::new_with_extra_roots(roots, Arc::clone(&provider)),
    }
    .map_err(fault)?;
    let config = ClientConfig::builder_with_provider(provider)
        .with_protocol_versions(&[&rustls::version::TLS13, &rustls::version::TLS12])
        .map_err(|error| NetError::Tls { fault: TlsFault::from(&error) })?
        // "Dangerous" is rustls' word for any verifier that is not its own.
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(Naming(verifier)))
        .with_no_client_auth();
    Ok(config)
}

/// The system's verifier. Where that does not trust the issuer, the error also names the issuer,
/// because rustls does not hand out a refused certificate. The name travels inside of the error,
/// so each connection has its own.
#[derive(Debug)]
struct Naming(Verifier);

/// A certificate whose issuer is not trusted.
#[derive(Debug)]
pub(crate) struct Refusal {
    /// Who signed it, as it says itself.
    pub(crate) issuer: Option<String>,
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the issuer of the certificate is not trusted")
    }
}

impl std::error::Error for Refusal {}

impl ServerCertVerifier for Naming {
    fn verify_server_cert(
        &self,
        leaf: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        self.0.verify_server_cert(leaf, intermediates, name, ocsp, now).map_err(|error| {
            match error {
                // The last two: signed by a stranger who bears the name of a trusted authority.
                Error::InvalidCertificate(
                    CertificateError::UnknownIssuer
                    | CertificateError::BadSignature
                    | CertificateError::UnsupportedSignatureAlgorithmForPublicKeyContext { .. },
                ) => Error::InvalidCertificate(CertificateError::Other(rustls::OtherError(
                    Arc::new(Refusal { issuer: issuer(leaf) }),
                ))),
                other => other,
            }
        })
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.0.verify_tls12_signature(message, certificate, signed)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.0.verify_tls13_signature(message, certificate, signed)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.supported_verify_schemes()
    }
}
