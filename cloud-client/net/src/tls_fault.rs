//! Why a secure connection was refused, by what a person can do about it.

use crate::host::clean;
use crate::tls::Refusal;
use std::io;

/// Longest text that is taken from a certificate, in characters.
const NAME: usize = 120;
/// Most names that are taken from a certificate.
const NAMES: usize = 8;

/// Why a secure connection was refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TlsFault {
    /// Out of date, or this machine's clock is wrong.
    #[error("the certificate expired{}{}", at(*.until, " on "), at(*.now, "; this computer says it is "))]
    Expired {
        /// Last moment of the certificate.
        until: Option<jiff::Timestamp>,
        /// This machine's clock.
        now: Option<jiff::Timestamp>,
    },
    /// Not valid yet, or this machine's clock is wrong.
    #[error("the certificate is not valid yet{}{}", at(*.from, ", but from "), at(*.now, "; this computer says it is "))]
    NotYetValid {
        /// First moment of the certificate.
        from: Option<jiff::Timestamp>,
        /// This machine's clock.
        now: Option<jiff::Timestamp>,
    },
    /// For another host: a captive portal, or a wrong address.
    #[error("the certificate belongs to another host than {expected}")]
    WrongHost {
        /// Who was to answer.
        expected: String,
        /// The first names in the certificate: a stranger's text, short, without control
        /// characters, and never a link.
        presented: Vec<String>,
    },
    /// Signed by somebody this machine does not trust. On the way to a known cloud that is a
    /// network that inspects TLS; for a self-hosted one its authority may not be installed.
    #[error("this computer does not trust {issuer}, who issued the certificate")]
    Inspected {
        /// Common name and organisation of the issuer: a stranger's text, at most 120
        /// characters, without control characters, and never a link.
        issuer: String,
    },
    /// Not signed by anybody this machine trusts, and the certificate names no issuer.
    #[error("this computer does not trust the issuer of the certificate")]
    UnknownIssuer,
    /// Revoked by its issuer.
    #[error("the certificate was revoked")]
    Revoked,
    /// Trusted, but not meant for a server: a person's, or an authority's own.
    #[error("the certificate is not one for servers")]
    NotForServers,
    /// The other end speaks nothing newer than TLS 1.1.
    #[error("the other end only speaks an outdated version of TLS")]
    OldProtocol,
    /// The other end does not speak TLS: a portal or a proxy answers instead.
    #[error("the other end does not encrypt")]
    PlainHttp,
    /// The other end closed the connection at the greeting: a firewall.
    #[error("the connection was cut during the greeting")]
    ClosedInHandshake,
    /// Anything else of the handshake.
    #[error("the secure connection could not be set up ({0})")]
    Other(String),
}

/// A time with its preposition, or nothing.
fn at(time: Option<jiff::Timestamp>, before: &str) -> String {
    time.map(|time| format!("{before}{}", time.strftime("%Y-%m-%d %H:%M UTC"))).unwrap_or_default()
}

fn timestamp(time: rustls_pki_types::UnixTime) -> Option<jiff::Timestamp> {
    jiff::Timestamp::from_second(i64::try_from(time.as_secs()).ok()?).ok()
}

impl From<&rustls::Error> for TlsFault {
    fn from(error: &rustls::Error) -> Self {
        use rustls::{AlertDescription, InvalidMessage, PeerIncompatible};
        match error {
            rustls::Error::InvalidCertificate(fault) => certificate(fault),
            rustls::Error::AlertReceived(AlertDescription::ProtocolVersion)
            | rustls::Error::PeerIncompatible(
                PeerIncompatible::ServerDoesNotSupportTls12Or13
                | PeerIncompatible::ServerTlsVersionIsDisabledByOurConfig,
            ) => Self::OldProtocol,
            rustls::Error::InvalidMessage(InvalidMessage::InvalidContentType) => Self::PlainHttp,
            other => Self::Other(clean(&other.to_string(), NAME)),
        }
    }
}

fn certificate(fault: &rustls::CertificateError) -> TlsFault {
    use rustls::CertificateError as C;
    match fault {
        C::ExpiredContext { time, not_after } => {
            TlsFault::Expired { until: timestamp(*not_after), now: timestamp(*time) }
        }
        C::Expired => TlsFault::Expired { until: None, now: None },
        C::NotValidYetContext { time, not_before } => {
            TlsFault::NotYetValid { from: timestamp(*not_before), now: timestamp(*time) }
        }
        C::NotValidYet => TlsFault::NotYetValid { from: None, now: None },
        C::NotValidForNameContext { expected, presented } => TlsFault::WrongHost {
            expected: expected.to_str().into_owned(),
            presented: presented.iter().take(NAMES).map(|name| clean(name, NAME)).collect(),
        },
        C::NotValidForName => {
            TlsFault::WrongHost { expected: String::new(), presented: Vec::new() }
        }
        C::UnknownIssuer => TlsFault::UnknownIssuer,
        C::Revoked => TlsFault::Revoked,
        C::InvalidPurpose | C::InvalidPurposeContext { .. } => TlsFault::NotForServers,
        C::Other(rustls::OtherError(inner)) => match inner.downcast_ref::<Refusal>() {
            Some(Refusal { issuer: Some(issuer) }) => {
                TlsFault::Inspected { issuer: issuer.clone() }
            }
            Some(Refusal { issuer: None }) => TlsFault::UnknownIssuer,
            // Types that are private to the verifier, so only their names are left.
            None if matches!(format!("{inner:?}").as_str(), "EkuError" | "CaUsedAsEndEntity") => {
                TlsFault::NotForServers
            }
            None => TlsFault::Other(clean(&inner.to_string(), NAME)),
        },
        other => TlsFault::Other(clean(&other.to_string(), NAME)),
    }
}

impl TlsFault {
    /// Classifies an I/O error of a handshake; `None` when it has nothing to do with TLS.
    pub(crate) fn of_handshake(error: &io::Error) -> Option<Self> {
        if let Some(tls) = crate::error::find::<rustls::Error>(error) {
            return Some(tls.into());
        }
        matches!(
            error.kind(),
            io::ErrorKind::UnexpectedEof
                | io::ErrorKind::ConnectionReset
                | io::ErrorKind::ConnectionAborted
                | io::ErrorKind::BrokenPipe
        )
        .then_some(Self::ClosedInHandshake)
    }
}

/// The issuer in a certificate: common name and organisation, as far as it has them.
pub(crate) fn issuer(certificate: &[u8]) -> Option<String> {
    use x509_parser::prelude::{FromDer, X509Certificate};
    let (_, certificate) = X509Certificate::from_der(certificate).ok()?;
    let issuer = certificate.issuer();
    let text = |a: &x509_parser::x509::AttributeTypeAndValue<'_>| {
        a.as_str().ok().map(|text| clean(text, NAME)).filter(|text| !text.is_empty())
    };
    let name = issuer.iter_common_name().find_map(text);
    let organisation = issuer.iter_organization().find_map(text);
    let both = match (name, organisation) {
        (Some(name), Some(organisation)) if name != organisation => {
            format!("{name} ({organisation})")
        }
        (Some(one), _) | (None, Some(one)) => one,
        (None, None) => return None,
    };
    Some(clean(&both, NAME))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_said_where_they_are_known() {
        let at = jiff::Timestamp::from_second(0).unwrap();
        let said = TlsFault::Expired { until: Some(at), now: None }.to_string();
        assert_eq!(said, "the certificate expired on 1970-01-01 00:00 UTC");
        let said = TlsFault::NotYetValid { from: None, now: Some(at) }.to_string();
        assert!(said.ends_with("yet; this computer says it is 1970-01-01 00:00 UTC"), "{said}");
    }

    #[test]
    fn an_issuer_is_a_short_line() {
        use rcgen::{CertificateParams, DnType, KeyPair};
        let issued = |set: &[(DnType, &str)]| {
            let mut params = CertificateParams::new(vec!["a.example".into()]).unwrap();
            params.distinguished_name = rcgen::DistinguishedName::new();
            for (kind, value) in set {
                params.distinguished_name.push(kind.clone(), *value);
            }
            issuer(params.self_signed(&KeyPair::generate().unwrap()).unwrap().der())
        };
        use DnType::{CommonName, OrganizationName};
        let said = issued(&[(CommonName, "Proxy\x1b[31m\nCA\u{202e}"), (OrganizationName, "Corp")]);
        assert_eq!(said.as_deref(), Some("Proxy[31mCA (Corp)"));
        assert_eq!(issued(&[(OrganizationName, "Corp")]).as_deref(), Some("Corp"));
        assert_eq!(issued(&[]), None);
        assert_eq!(issued(&[(CommonName, "\n")]), None);
        let long = issued(&[(CommonName, &"x".repeat(500)), (OrganizationName, "y")]).unwrap();
        assert_eq!(long.chars().count(), 120);
        assert_eq!(issuer(b"no certificate"), None);
    }
}
