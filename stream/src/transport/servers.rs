//! STUN and TURN servers, and which of them a connection may use.

use super::turn_stream::PLACEHOLDER;
use webrtc::peer_connection::RTCIceServer;
use zeroize::Zeroizing;

/// Password for a TURN server, time-limited, kept in memory only.
#[derive(Clone, PartialEq, Eq)]
pub struct TurnCredential(Zeroizing<String>);

impl TurnCredential {
    /// Takes the text over.
    #[must_use]
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }
}

impl std::fmt::Debug for TurnCredential {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TurnCredential(…)")
    }
}

/// A STUN or TURN server (`PROTOCOL.md`, "Sessions").
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IceServer {
    /// `stun:`, `turn:` or `turns:` URLs (RFC 7064, RFC 7065).
    pub urls: Vec<String>,
    /// User name; empty for STUN.
    pub username: String,
    /// Password; empty for STUN.
    pub credential: TurnCredential,
}

impl IceServer {
    /// When the credential ends, in seconds since 1970: the number before the colon of a
    /// time-limited user name (`PROTOCOL.md`, "Sessions"). `None` for a name of another form.
    #[must_use]
    pub fn expires(&self) -> Option<u64> {
        let (end, _) = self.username.split_once(':').unwrap_or((&self.username, ""));
        end.parse().ok()
    }

    pub(super) fn to_rtc(&self) -> RTCIceServer {
        RTCIceServer {
            urls: self.urls.clone(),
            username: self.username.clone(),
            credential: self.credential.0.to_string(),
        }
    }
}

/// Which ways may be taken (the setting "WebRTC connection mode").
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ConnectionMode {
    /// Direct, then TURN over UDP, then TURN over TLS.
    #[default]
    Automatic,
    /// TURN over TLS and nothing else: no UDP socket is opened.
    Relay,
}

/// A relay that is reached over TLS.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TlsRelay {
    pub(super) host: String,
    pub(super) port: u16,
}

/// What a list of servers and a mode come to.
#[derive(Clone, Debug)]
pub struct Plan {
    /// UDP sockets are opened.
    pub(super) udp: bool,
    /// Relay candidates only.
    pub(super) relay_only: bool,
    /// For the crate: servers over UDP, and the placeholder where there is a relay over TLS.
    pub(super) servers: Vec<IceServer>,
    /// Relays over TLS, to be tried in this order. They share one credential.
    pub(super) relays: Vec<TlsRelay>,
}

/// How a URL is reached.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Reach {
    Stun,
    TurnUdp,
    TurnTls(TlsRelay),
    /// DTLS, plain TCP, or a scheme nobody knows.
    Other,
}

fn reach(url: &str) -> Reach {
    let (scheme, rest) = url.split_once(':').unwrap_or((url, ""));
    let (host, query) = rest.split_once('?').unwrap_or((rest, ""));
    let transport = query.strip_prefix("transport=").unwrap_or(query).to_ascii_lowercase();
    match (scheme.to_ascii_lowercase().as_str(), transport.as_str()) {
        ("stun", _) => Reach::Stun,
        ("turn", "" | "udp") => Reach::TurnUdp,
        ("turns", "" | "tcp") => tls_relay(host).map_or(Reach::Other, Reach::TurnTls),
        _ => Reach::Other,
    }
}

/// Host and port; the port of `turns:` is 5349 unless it is named (RFC 7065 section 3.2).
fn tls_relay(authority: &str) -> Option<TlsRelay> {
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, port.parse().ok()?),
        _ => (authority, 5349),
    };
    let literal = host.strip_prefix('[').and_then(|h| h.strip_suffix(']'));
    let host = literal.unwrap_or(host);
    let valid = !host.is_empty() && (literal.is_some() || !host.contains(':'));
    valid.then(|| TlsRelay { host: host.to_owned(), port })
}

impl Plan {
    /// Reads the list. `relay_only` keeps [`ConnectionMode::Automatic`] from direct paths.
    #[must_use]
    pub fn new(mode: ConnectionMode, relay_only: bool, servers: &[IceServer]) -> Self {
        let relay_only = relay_only || mode == ConnectionMode::Relay;
        let mut plan = Self { udp: false, relay_only, servers: Vec::new(), relays: Vec::new() };
        for server in servers {
            let mut udp = Vec::new();
            let mut relays = Vec::new();
            for url in &server.urls {
                match reach(url) {
                    Reach::Stun if !relay_only => udp.push(url.clone()),
                    Reach::TurnUdp if mode == ConnectionMode::Automatic => udp.push(url.clone()),
                    Reach::TurnTls(relay) => relays.push(relay),
                    Reach::Stun | Reach::TurnUdp => {}
                    Reach::Other => tracing::debug!(url, "a server that cannot be used"),
                }
            }
            if !udp.is_empty() {
                plan.servers.push(IceServer { urls: udp, ..server.clone() });
            }
            if plan.relays.is_empty() && !relays.is_empty() {
                let urls = vec![format!("turn:{PLACEHOLDER}?transport=udp")];
                plan.servers.push(IceServer { urls, ..server.clone() });
                plan.relays = relays;
            }
        }
        plan.udp = !relay_only || plan.udp_servers();
        plan
    }

    /// A plan without TLS: the daemon's, which does not need it.
    pub(super) fn udp(relay_only: bool, servers: &[IceServer]) -> Self {
        let mut plan = Self::new(ConnectionMode::Automatic, relay_only, servers);
        if plan.tls() {
            plan.relays.clear();
            let placeholder = PLACEHOLDER.to_string();
            plan.servers.retain(|s| !s.urls.iter().any(|url| url.contains(&placeholder)));
        }
        plan
    }

    /// Some relay is reached over TLS.
    #[must_use]
    pub fn tls(&self) -> bool {
        !self.relays.is_empty()
    }

    /// UDP sockets are opened.
    #[must_use]
    pub fn udp_sockets(&self) -> bool {
        self.udp
    }

    /// Some server is asked over UDP, so silence of UDP means something.
    #[must_use]
    pub fn udp_servers(&self) -> bool {
        self.servers.len() > usize::from(self.tls())
    }

    /// Direct paths are allowed, or there is a relay.
    #[must_use]
    pub fn possible(&self) -> bool {
        self.udp || self.tls()
    }

    /// Direct paths are not allowed.
    #[must_use]
    pub fn relay_only(&self) -> bool {
        self.relay_only
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn server(urls: &[&str]) -> IceServer {
        IceServer {
            urls: urls.iter().map(ToString::to_string).collect(),
            username: "1700000000:ada".into(),
            credential: TurnCredential::new("hunter2".into()),
        }
    }

    fn urls(plan: &Plan) -> Vec<&str> {
        plan.servers.iter().flat_map(|s| &s.urls).map(String::as_str).collect()
    }

    #[test]
    fn credential_is_not_printed() {
        let server = server(&["turn:turn.example:3478"]);
        let plan = Plan::new(ConnectionMode::Automatic, false, std::slice::from_ref(&server));
        assert!(!format!("{server:?} {plan:?}").contains("hunter2"));
    }

    #[test]
    fn the_end_of_a_credential_is_in_its_name() {
        assert_eq!(server(&[]).expires(), Some(1_700_000_000));
        assert_eq!(IceServer { username: "ada".into(), ..server(&[]) }.expires(), None);
    }

    #[test]
    fn urls_are_told_apart() {
        let tls = |host: &str, port| Reach::TurnTls(TlsRelay { host: host.into(), port });
        assert_eq!(reach("stun:a:3478"), Reach::Stun);
        assert_eq!(reach("turn:a"), Reach::TurnUdp);
        assert_eq!(reach("turn:a:3478?transport=udp"), Reach::TurnUdp);
        assert_eq!(reach("turns:a"), tls("a", 5349));
        assert_eq!(reach("TURNS:a:443?transport=tcp"), tls("a", 443));
        assert_eq!(reach("turns:[2001:db8::1]:443"), tls("2001:db8::1", 443));
        assert_eq!(reach("turns:[2001:db8::1]"), tls("2001:db8::1", 5349));
        for other in
            ["turns:a?transport=udp", "turn:a?transport=tcp", "turns:", "turns:a:b", "x", ""]
        {
            assert_eq!(reach(other), Reach::Other, "{other}");
        }
    }

    #[test]
    fn relay_mode_is_tls_and_nothing_else() {
        let all =
            [server(&["stun:a", "turn:a", "turns:a:443", "turns:a:5349"]), server(&["turns:b"])];
        let plan = Plan::new(ConnectionMode::Relay, false, &all);
        assert!(!plan.udp && plan.relay_only && plan.tls() && plan.possible());
        assert_eq!(urls(&plan), ["turn:192.0.2.1:3478?transport=udp"]);
        let ports: Vec<u16> = plan.relays.iter().map(|r| r.port).collect();
        assert_eq!(ports, [443, 5349]);
        let none = Plan::new(ConnectionMode::Relay, false, &[server(&["stun:a", "turn:a"])]);
        assert!(!none.possible());
    }

    #[test]
    fn automatic_mode_takes_everything() {
        let all = [server(&["stun:a"]), server(&["turn:a", "turns:a:443"])];
        let plan = Plan::new(ConnectionMode::Automatic, false, &all);
        assert!(plan.udp && !plan.relay_only && plan.tls() && plan.udp_servers());
        assert_eq!(urls(&plan), ["stun:a", "turn:a", "turn:192.0.2.1:3478?transport=udp"]);
        let only = Plan::new(ConnectionMode::Automatic, true, &all);
        assert!(only.udp && only.relay_only);
        assert_eq!(urls(&only), ["turn:a", "turn:192.0.2.1:3478?transport=udp"]);
        let direct = Plan::new(ConnectionMode::Automatic, false, &[]);
        assert!(direct.possible() && !direct.udp_servers());
        assert!(!Plan::new(ConnectionMode::Automatic, true, &[]).possible());
    }

    #[test]
    fn relays_only_over_tls_need_no_udp() {
        let plan = Plan::new(ConnectionMode::Automatic, true, &[server(&["turns:a"])]);
        assert!(!plan.udp && plan.tls());
    }

    #[test]
    fn a_daemon_leaves_tls_alone() {
        let plan = Plan::udp(false, &[server(&["turn:a", "turns:a"])]);
        assert!(plan.udp && !plan.tls());
        assert_eq!(urls(&plan), ["turn:a"]);
    }
}
