//! Whether STUN and TURN servers can be used from here, one by one, without a peer connection.
//!
//! A peer connection only says that some way was found or none was. These ask one server by one
//! way: a binding (RFC 8489), or two allocations that send to each other through the relay (RFC
//! 8656). They send nothing that a peer connection does not send.

mod line;
mod relay;

use super::Refusal;
use super::servers::{IceServer, stream_relay};
use line::Line;
use net::{Door, NetError, Purpose};
pub use relay::{Relayed, relay};
use rtc_turn::client::{Client, ClientConfig, Event};
use std::net::SocketAddr;
use std::time::{Duration, Instant};
use tokio::time::timeout;

/// For one server to answer a binding. The client repeats it after 0.2, 0.4, 0.8 and 1.6 s.
const BINDING: Duration = Duration::from_secs(4);

/// How a server is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// Datagrams. They never take a proxy.
    Udp,
    /// A plain TCP connection, through the proxy where there is one.
    Tcp,
    /// TLS over TCP, through the proxy where there is one.
    Tls,
}

/// One server, by one way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server {
    /// Name or address.
    pub host: String,
    /// Port.
    pub port: u16,
    /// How it is reached.
    pub way: Way,
    /// It relays; otherwise it only answers bindings.
    pub relays: bool,
    from: IceServer,
}

impl Server {
    /// The servers of a list, in its order. URLs of a kind that nobody knows are left out.
    #[must_use]
    pub fn list(servers: &[IceServer]) -> Vec<Self> {
        let all = servers.iter().flat_map(|from| from.urls.iter().map(move |url| (from, url)));
        all.filter_map(|(from, url)| Self::read(from, url)).collect()
    }

    fn read(from: &IceServer, url: &str) -> Option<Self> {
        let (scheme, rest) = url.split_once(':')?;
        let (authority, query) = rest.split_once('?').unwrap_or((rest, ""));
        let transport = query.strip_prefix("transport=").unwrap_or(query).to_ascii_lowercase();
        let (way, relays) = match (scheme.to_ascii_lowercase().as_str(), transport.as_str()) {
            ("stun", _) => (Way::Udp, false),
            ("turn", "" | "udp") => (Way::Udp, true),
            ("turn", "tcp") => (Way::Tcp, true),
            ("turns", "" | "tcp") => (Way::Tls, true),
            _ => return None,
        };
        let at = stream_relay(authority, way == Way::Tls)?;
        Some(Self { host: at.host, port: at.port, way, relays, from: from.clone() })
    }
}

/// Why a server cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ProbeError {
    /// It was not reached: the name, the proxy, the connection, TLS, or the policy.
    #[error(transparent)]
    Net(#[from] NetError),
    /// Nothing came back in time. Over UDP: the network drops it, or nobody is there.
    #[error("nothing came back")]
    Silent,
    /// It answered, and refused.
    #[error("refused: {0:?}")]
    Refused(Refusal),
    /// Its answer makes no sense, or the connection broke.
    #[error("{0}")]
    Broke(String),
}

impl ProbeError {
    fn broke(error: impl std::fmt::Display) -> Self {
        Self::Broke(error.to_string())
    }
}

/// A server that answered a binding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bound {
    /// Until the answer came.
    pub round_trip: Duration,
    /// How the server sees this computer.
    pub seen_as: SocketAddr,
}

/// Asks a server how it sees this computer (RFC 8489 section 2). TURN servers answer this too.
///
/// # Errors
/// [`ProbeError`]; [`ProbeError::Silent`] after four seconds.
pub async fn binding(door: &Door, server: &Server) -> Result<Bound, ProbeError> {
    let mut end = End::open(door, server).await?;
    let asked = Instant::now();
    end.client.send_binding_request(asked).map_err(ProbeError::broke)?;
    let answer = async {
        loop {
            match end.event().await? {
                Event::BindingResponse(_, seen_as) => {
                    return Ok(Bound { round_trip: asked.elapsed(), seen_as });
                }
                Event::BindingError(_, error) => return Err(ProbeError::broke(error)),
                Event::TransactionTimeout(_) => return Err(ProbeError::Silent),
                _ => {}
            }
        }
    };
    timeout(BINDING, answer).await.unwrap_or(Err(ProbeError::Silent))
}

/// A client of one server and what carries its messages.
struct End {
    client: Client,
    line: Line,
    watch: super::watch::Watch,
    /// What the server refused.
    refusal: Option<Refusal>,
}

impl End {
    async fn open(door: &Door, server: &Server) -> Result<Self, ProbeError> {
        let line = Line::open(door, server).await?;
        let (username, password) = server.from.login();
        let at = line.server.to_string();
        let config = ClientConfig {
            stun_serv_addr: at.clone(),
            turn_serv_addr: at,
            local_addr: line.local,
            transport_protocol: rtc_shared::TransportProtocol::UDP,
            username: username.to_owned(),
            password: password.to_owned(),
            ..ClientConfig::default()
        };
        let crypto = rtc_turn::crypto::default_provider().map_err(ProbeError::broke)?;
        let client = Client::new(config, crypto).map_err(ProbeError::broke)?;
        Ok(Self { client, line, watch: Default::default(), refusal: None })
    }
}
