//! Through a proxy: HTTP CONNECT (RFC 9110, section 9.3.6) or SOCKS 5 (RFC 1928, 1929). The
//! proxy gets the destination's name and resolves it.

use crate::dial::{self, Carrier, STEP};
use crate::host::{Host, clean};
use crate::meter::{Meter, Metered};
use crate::proxy::{Proxy, Speech};
use crate::{NetError, ProxyFault, TlsFault};
use std::sync::Arc;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::time::timeout;
use zeroize::Zeroizing;

/// Longest head of an answer, in bytes.
const HEAD: usize = 16 * 1024;
/// Most header fields of an answer.
const FIELDS: usize = 64;

/// A stream to `host` through `proxy`.
pub(crate) async fn open(
    proxy: &Proxy,
    host: &Host,
    port: u16,
    tls: &Arc<rustls::ClientConfig>,
    meter: &Meter,
) -> Result<Carrier, NetError> {
    let opened = async {
        let carrier = reach(proxy, tls, meter).await?;
        let said = async {
            match proxy.speech {
                Speech::Http | Speech::Https => connect(carrier, proxy, host, port).await,
                Speech::Socks5 => socks(carrier, proxy, host, port).await,
            }
        };
        timeout(STEP, said).await.unwrap_or(Err(ProxyFault::Timeout))
    };
    opened.await.map_err(|fault| NetError::Proxy { proxy: proxy.name(), fault })
}

/// A connection to the proxy itself. It may be anywhere, also on a local network.
async fn reach(
    proxy: &Proxy,
    tls: &Arc<rustls::ClientConfig>,
    meter: &Meter,
) -> Result<Carrier, ProxyFault> {
    let fault = |error: NetError| match error {
        NetError::Dns { .. } => ProxyFault::NotFound,
        NetError::Timeout { .. } => ProxyFault::Timeout,
        NetError::Connect { why, .. } => ProxyFault::Unreachable { why },
        other => ProxyFault::Unreachable { why: other.to_string() },
    };
    let addresses = dial::resolve(&proxy.host, proxy.port, false).await.map_err(fault)?;
    let stream = dial::tcp(&addresses, &proxy.host.to_string()).await.map_err(fault)?;
    let carrier: Carrier = Box::new(Metered::new(stream, meter.clone()));
    if proxy.speech != Speech::Https {
        return Ok(carrier);
    }
    match dial::handshake(tls, &proxy.host, carrier).await.map_err(fault)? {
        Ok(stream) => Ok(Box::new(stream)),
        Err(error) => Err(match TlsFault::of_handshake(&error) {
            Some(fault) => ProxyFault::Tls { fault },
            None => ProxyFault::Unreachable { why: error.to_string() },
        }),
    }
}

async fn connect(
    mut carrier: Carrier,
    proxy: &Proxy,
    host: &Host,
    port: u16,
) -> Result<Carrier, ProxyFault> {
    let to = host.authority(port);
    let login = proxy.login.as_ref().map(|login| login.basic());
    let login = login.as_ref().map_or(Zeroizing::new(String::new()), |basic| {
        Zeroizing::new(format!("Proxy-Authorization: {}\r\n", basic.as_str()))
    });
    let request =
        Zeroizing::new(format!("CONNECT {to} HTTP/1.1\r\nHost: {to}\r\n{}\r\n", login.as_str()));
    carrier.write_all(request.as_bytes()).await.map_err(|_| ProxyFault::Closed)?;
    carrier.flush().await.map_err(|_| ProxyFault::Closed)?;

    let mut head = Vec::new();
    loop {
        if let Some((length, verdict)) = answer(&head, login.is_empty())? {
            verdict?;
            // TLS and TURN: this end speaks first. Whatever comes before that is not the destination.
            return if length == head.len() { Ok(carrier) } else { Err(ProxyFault::Garbage) };
        }
        if head.len() >= HEAD {
            return Err(ProxyFault::TooLong);
        }
        let mut part = [0; 1024];
        let part = match carrier.read(&mut part).await {
            Ok(bytes) if bytes > 0 => part.get(..bytes).unwrap_or_default(),
            _ => return Err(ProxyFault::Closed),
        };
        head.extend_from_slice(part);
    }
}

/// The length of the answer's head and what it means; `None` while it is not complete.
/// `without`: no login was sent.
#[allow(clippy::type_complexity)]
fn answer(
    head: &[u8],
    without: bool,
) -> Result<Option<(usize, Result<(), ProxyFault>)>, ProxyFault> {
    let mut fields = [httparse::EMPTY_HEADER; FIELDS];
    let mut answer = httparse::Response::new(&mut fields);
    let length = match answer.parse(head) {
        Ok(httparse::Status::Complete(length)) => length,
        Ok(httparse::Status::Partial) => return Ok(None),
        Err(httparse::Error::TooManyHeaders) => return Err(ProxyFault::TooLong),
        Err(_) => return Err(ProxyFault::Garbage),
    };
    let verdict = match answer.code.unwrap_or_default() {
        200..=299 => Ok(()),
        // tinyproxy says 401 to a wrong password.
        401 | 407 => Err(sign_in(answer.headers, without)),
        403 => Err(ProxyFault::Denied),
        status => Err(ProxyFault::Status { status }),
    };
    Ok(Some((length, verdict)))
}

fn sign_in(fields: &[httparse::Header<'_>], without: bool) -> ProxyFault {
    let is_offer = |name: &str| {
        name.eq_ignore_ascii_case("proxy-authenticate")
            || name.eq_ignore_ascii_case("www-authenticate")
    };
    let offers: Vec<String> = fields
        .iter()
        .filter(|field| is_offer(field.name))
        .filter_map(|field| {
            String::from_utf8_lossy(field.value).split_whitespace().next().map(str::to_owned)
        })
        .collect();
    if !offers.is_empty() && !offers.iter().any(|offer| offer.eq_ignore_ascii_case("basic")) {
        return ProxyFault::SignIn { offered: clean(&offers.join(", "), 60) };
    }
    if without { ProxyFault::PasswordWanted } else { ProxyFault::PasswordWrong }
}

async fn socks(
    carrier: Carrier,
    proxy: &Proxy,
    host: &Host,
    port: u16,
) -> Result<Carrier, ProxyFault> {
    use tokio_socks::TargetAddr;
    use tokio_socks::tcp::Socks5Stream;
    let to = match host {
        Host::Address(address) => TargetAddr::Ip((*address, port).into()),
        Host::Name(name) => TargetAddr::Domain(name.as_str().into(), port),
    };
    let opened = match &proxy.login {
        Some(login) => {
            let (user, password) = (login.user.as_str(), login.password.as_str());
            Socks5Stream::connect_with_password_and_socket(carrier, to, user, password).await
        }
        None => Socks5Stream::connect_with_socket(carrier, to).await,
    };
    opened.map(Socks5Stream::into_inner).map_err(|error| socks_fault(&error))
}

fn socks_fault(error: &tokio_socks::Error) -> ProxyFault {
    use tokio_socks::Error as E;
    match error {
        E::Io(_) => ProxyFault::Closed,
        E::NoAcceptableAuthMethods | E::AuthorizationRequired => ProxyFault::PasswordWanted,
        // Empty or longer than 255 bytes: no SOCKS proxy can have accepted it.
        E::PasswordAuthFailure(_) | E::InvalidAuthValues(_) => ProxyFault::PasswordWrong,
        E::ConnectionNotAllowedByRuleset => ProxyFault::Denied,
        E::GeneralSocksServerFailure
        | E::NetworkUnreachable
        | E::HostUnreachable
        | E::ConnectionRefused
        | E::TtlExpired
        | E::CommandNotSupported
        | E::AddressTypeNotSupported => ProxyFault::NotReached { why: error.to_string() },
        _ => ProxyFault::Garbage,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn verdict(head: &str, without: bool) -> Result<(), ProxyFault> {
        answer(head.as_bytes(), without).and_then(|whole| whole.expect("complete").1)
    }

    /// H10.
    #[test]
    fn answers_by_what_a_person_can_do() {
        use ProxyFault as F;
        assert_eq!(verdict("HTTP/1.1 200 Connection established\r\n\r\n", true), Ok(()));
        assert_eq!(verdict("HTTP/1.0 200 OK\r\nX: y\r\n\r\n", true), Ok(()));
        let basic = "HTTP/1.1 407 No\r\nProxy-Authenticate: Basic realm=\"x\"\r\n\r\n";
        assert_eq!(verdict(basic, true), Err(F::PasswordWanted));
        assert_eq!(verdict(basic, false), Err(F::PasswordWrong));
        assert_eq!(verdict("HTTP/1.0 401 Unauthorized\r\n\r\n", false), Err(F::PasswordWrong));
        let ntlm = "HTTP/1.1 407 No\r\nProxy-Authenticate: Negotiate\r\n\
                    proxy-authenticate: NTLM abc\r\n\r\n";
        assert_eq!(verdict(ntlm, false), Err(F::SignIn { offered: "Negotiate, NTLM".into() }));
        assert_eq!(verdict("HTTP/1.1 403 No\r\n\r\n", true), Err(F::Denied));
        assert_eq!(verdict("HTTP/1.1 502 No\r\n\r\n", true), Err(F::Status { status: 502 }));
        assert_eq!(verdict("HTTP/1.1 302 No\r\n\r\n", true), Err(F::Status { status: 302 }));
        assert_eq!(verdict("SSH-2.0-OpenSSH\r\n", true), Err(F::Garbage));
        assert_eq!(answer(b"HTTP/1.1 200 OK\r\n", true), Ok(None));
        assert_eq!(answer(b"", true), Ok(None));
    }

    proptest! {
        #[test]
        fn no_answer_breaks_the_reader(head in any::<Vec<u8>>()) {
            if let Ok(Some((length, _))) = answer(&head, true) {
                prop_assert!(length <= head.len());
            }
        }
    }
}
