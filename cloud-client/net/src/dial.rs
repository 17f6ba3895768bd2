//! Makes the connections: names to addresses, TCP, a proxy where there is one, TLS.

use crate::connection::Stream;
use crate::host::{Host, is_public};
use crate::log::Ticket;
use crate::meter::{Meter, Metered};
use crate::policy::Admitted;
use crate::{Door, NetError, TlsFault, tunnel};
use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};

/// For the TCP connection, the proxy's answer, and the TLS handshake, each.
pub(crate) const STEP: Duration = Duration::from_secs(10);
/// Before the next address is tried beside the ones before it (RFC 8305, section 5).
const BESIDE: Duration = Duration::from_millis(250);

/// A byte stream: a socket, or a tunnel through a proxy.
pub(crate) type Carrier = Box<dyn Stream>;
/// TLS with the destination.
pub(crate) type Secure = tokio_rustls::client::TlsStream<Carrier>;

impl Door {
    /// Connects to an admitted destination, through the environment's proxy or not, with TLS.
    pub(crate) async fn dial(
        &self,
        to: &Admitted,
        ticket: &Ticket,
        meter: &Meter,
    ) -> Result<Secure, NetError> {
        let carrier = self.carrier(to, ticket, meter).await?;
        handshake(self.tls(), &to.host, carrier).await?.map_err(
            |error| match TlsFault::of_handshake(&error) {
                Some(fault) => NetError::Tls { fault },
                None => NetError::from_io(&error, &to.host.to_string()),
            },
        )
    }

    /// Connects to an admitted destination, through the environment's proxy or not, without TLS.
    pub(crate) async fn carrier(
        &self,
        to: &Admitted,
        ticket: &Ticket,
        meter: &Meter,
    ) -> Result<Carrier, NetError> {
        match self.proxies().decide(&to.host, to.port)? {
            None => {
                let addresses = resolve(&to.host, to.port, to.public).await?;
                let stream = tcp(&addresses, &to.host.to_string()).await?;
                Ok(Box::new(Metered::new(stream, meter.clone())))
            }
            Some(proxy) => {
                ticket.via(Some(&proxy.name()));
                Box::pin(tunnel::open(proxy, &to.host, to.port, self.tls(), meter)).await
            }
        }
    }

    /// The addresses of a destination, for protocols that are not TCP: STUN and TURN over UDP.
    /// They never take a proxy.
    ///
    /// # Errors
    /// [`NetError::Refused`], [`NetError::PrivateAddress`], [`NetError::Dns`]; all are logged.
    pub async fn resolve(
        &self,
        purpose: crate::Purpose,
        host: &str,
        port: u16,
    ) -> Result<Vec<SocketAddr>, NetError> {
        let to = self.admitted(purpose, host, port)?;
        resolve(&to.host, port, to.public).await.inspect_err(|error| {
            self.log().refused(purpose, &to.host.to_string(), port, error);
        })
    }
}

/// The addresses of a host. `public`: those of local networks are left out, and where nothing
/// else is left that is an error: somebody answers for the name who should not (rebinding).
pub(crate) async fn resolve(
    host: &Host,
    port: u16,
    public: bool,
) -> Result<Vec<SocketAddr>, NetError> {
    let name = match host {
        Host::Address(address) => return Ok(vec![SocketAddr::new(*address, port)]),
        Host::Name(name) => name,
    };
    let shown = || name.clone();
    let found = timeout(STEP, tokio::net::lookup_host((name.as_str(), port))).await;
    let found = found.map_err(|_| NetError::Timeout { host: shown() })?;
    let found: Vec<_> = found.map_err(|_| NetError::Dns { host: shown() })?.collect();
    usable(name, found, public)
}

fn usable(
    name: &str,
    mut found: Vec<SocketAddr>,
    public: bool,
) -> Result<Vec<SocketAddr>, NetError> {
    let host = || name.to_owned();
    let first = found.first().map(SocketAddr::ip).ok_or_else(|| NetError::Dns { host: host() })?;
    if public {
        found.retain(|address| is_public(address.ip()));
    }
    if found.is_empty() {
        return Err(NetError::PrivateAddress { host: host(), address: first.to_canonical() });
    }
    Ok(found)
}

/// Connects to the first address that answers. A next one is tried after a moment, or at once
/// when one fails.
pub(crate) async fn tcp(addresses: &[SocketAddr], host: &str) -> Result<TcpStream, NetError> {
    let attempts = async {
        let mut running = FuturesUnordered::new();
        let mut waiting = addresses.iter();
        let mut last = NetError::Dns { host: host.to_owned() };
        loop {
            if let Some(address) = waiting.next() {
                running.push(TcpStream::connect(*address));
            }
            let more = waiting.len() > 0;
            tokio::select! {
                done = running.next() => match done {
                    Some(Ok(stream)) => return Ok(stream),
                    Some(Err(error)) => last = NetError::from_io(&error, host),
                    None => return Err(last),
                },
                () = sleep(BESIDE), if more => {}
            }
        }
    };
    let stream = timeout(STEP, attempts)
        .await
        .map_err(|_| NetError::Timeout { host: host.to_owned() })??;
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "Nagle stays on");
    }
    Ok(stream)
}

/// TLS with `host` over a carrier. The outer error is the time limit.
pub(crate) async fn handshake(
    config: &Arc<rustls::ClientConfig>,
    host: &Host,
    carrier: Carrier,
) -> Result<std::io::Result<Secure>, NetError> {
    let name = match host {
        Host::Address(address) => rustls_pki_types::ServerName::from(IpAddr::clone(address)),
        Host::Name(name) => rustls_pki_types::ServerName::try_from(name.clone())
            .map_err(|_| NetError::Dns { host: name.clone() })?,
    };
    let connector = tokio_rustls::TlsConnector::from(Arc::clone(config));
    timeout(STEP, Box::pin(connector.connect(name, carrier)))
        .await
        .map_err(|_| NetError::Timeout { host: host.to_string() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn addresses(all: &[&str]) -> Vec<SocketAddr> {
        all.iter().map(|a| SocketAddr::new(a.parse().unwrap(), 443)).collect()
    }

    #[test]
    fn local_addresses_are_left_out_for_public_names() {
        let found = addresses(&["10.0.0.1", "1.1.1.1", "::1"]);
        assert_eq!(usable("a", found.clone(), true), Ok(addresses(&["1.1.1.1"])));
        assert_eq!(usable("a", found.clone(), false), Ok(found));
        assert_eq!(
            usable("a", addresses(&["::ffff:169.254.169.254", "fd00::1"]), true),
            Err(NetError::PrivateAddress {
                host: "a".into(),
                address: "169.254.169.254".parse().unwrap()
            })
        );
        assert_eq!(usable("a", vec![], true), Err(NetError::Dns { host: "a".into() }));
    }

    #[tokio::test]
    async fn the_address_that_answers_is_taken() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let open = listener.local_addr().unwrap();
        let gone = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let closed = gone.local_addr().unwrap();
        drop(gone);
        let stream = tcp(&[closed, open], "a").await.unwrap();
        assert_eq!(stream.peer_addr().unwrap(), open);
        let error = tcp(&[closed], "a").await.unwrap_err();
        assert!(matches!(error, NetError::Connect { .. }), "{error:?}");
        assert_eq!(tcp(&[], "a").await.unwrap_err(), NetError::Dns { host: "a".into() });
    }
}
