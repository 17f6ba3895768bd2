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

    fn same_credential(&self, other: &Self) -> bool {
        self.username == other.username && self.credential == other.credential
    }

    pub(super) fn login(&self) -> (&str, &str) {
        (&self.username, &self.credential.0)
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
    /// Direct, then TURN over UDP, then TURN over TLS or plain TCP.
    #[default]
    Automatic,
    /// TURN over TLS or plain TCP and nothing else: no UDP socket is opened.
    Relay,
}

/// A relay that is reached over a stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct StreamRelay {
    pub(super) host: String,
    pub(super) port: u16,
    /// TLS, or plain TCP. What is relayed is DTLS either way, as over UDP.
    pub(super) tls: bool,
}

/// What a list of servers and a mode come to.
#[derive(Clone, Debug)]
pub struct Plan {
    /// UDP sockets are opened.
    pub(super) udp: bool,
    /// Relay candidates only.
    pub(super) relay_only: bool,
    /// For the crate: servers over UDP, and the placeholder where there is a relay over a stream.
    pub(super) servers: Vec<IceServer>,
    /// Relays over streams, to be tried in this order: TLS first. They share one credential.
    pub(super) relays: Vec<StreamRelay>,
}

/// How a URL is reached.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Reach {
    Stun,
    TurnUdp,
    TurnStream(StreamRelay),
    /// DTLS, or a scheme nobody knows.
    Other,
}

fn reach(url: &str) -> Reach {
    let (scheme, rest) = url.split_once(':').unwrap_or((url, ""));
    let (host, query) = rest.split_once('?').unwrap_or((rest, ""));
    let transport = query.strip_prefix("transport=").unwrap_or(query).to_ascii_lowercase();
    match (scheme.to_ascii_lowercase().as_str(), transport.as_str()) {
        ("stun", _) => Reach::Stun,
        ("turn", "" | "udp") => Reach::TurnUdp,
        ("turn", "tcp") => stream_relay(host, false).map_or(Reach::Other, Reach::TurnStream),
        ("turns", "" | "tcp") => stream_relay(host, true).map_or(Reach::Other, Reach::TurnStream),
        _ => Reach::Other,
    }
}

/// Host and port; unless it is named, the port of `turns:` is 5349 and that of `turn:` 3478
/// (RFC 7065 section 3.2).
pub(super) fn stream_relay(authority: &str, tls: bool) -> Option<StreamRelay> {
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, port.parse().ok()?),
        _ => (authority, if tls { 5349 } else { 3478 }),
    };
    let literal = host.strip_prefix('[').and_then(|h| h.strip_suffix(']'));
    let host = literal.unwrap_or(host);
    let valid = !host.is_empty() && (literal.is_some() || !host.contains(':'));
    valid.then(|| StreamRelay { host: host.to_owned(), port, tls })
}

impl Plan {
    /// Reads the list. `relay_only` keeps [`ConnectionMode::Automatic`] from direct paths.
    #[must_use]
    pub fn new(mode: ConnectionMode, relay_only: bool, servers: &[IceServer]) -> Self {
        let relay_only = relay_only || mode == ConnectionMode::Relay;
        let mut plan = Self { udp: false, relay_only, servers: Vec::new(), relays: Vec::new() };
        let mut streams: Vec<(&IceServer, StreamRelay)> = Vec::new();
        for server in servers {
            let mut udp = Vec::new();
            for url in &server.urls {
                match reach(url) {
                    Reach::Stun if !relay_only => udp.push(url.clone()),
                    Reach::TurnUdp if mode == ConnectionMode::Automatic => udp.push(url.clone()),
                    Reach::TurnStream(relay) => streams.push((server, relay)),
                    Reach::Stun | Reach::TurnUdp => {}
                    Reach::Other => tracing::debug!(url, "a server that cannot be used"),
                }
            }
            if !udp.is_empty() {
                plan.servers.push(IceServer { urls: udp, ..server.clone() });
            }
        }
        streams.sort_by_key(|(_, relay)| !relay.tls);
        if let Some((first, _)) = streams.first() {
            let first = *first;
            let urls = vec![format!("turn:{PLACEHOLDER}?transport=udp")];
            plan.servers.push(IceServer { urls, ..first.clone() });
            let mine = streams.into_iter().filter(|(server, _)| first.same_credential(server));
            plan.relays = mine.map(|(_, relay)| relay).collect();
        }
        plan.udp = !relay_only || plan.udp_servers();
        plan
    }

    /// A plan without streams: the daemon's, which does not need them.
    pub(super) fn udp(relay_only: bool, servers: &[IceServer]) -> Self {
        let mut plan = Self::new(ConnectionMode::Automatic, relay_only, servers);
        if plan.streams() {
            plan.relays.clear();
            let placeholder = PLACEHOLDER.to_string();
            plan.servers.retain(|s| !s.urls.iter().any(|url| url.contains(&placeholder)));
        }
        plan
    }

    /// Some relay is reached over a stream: TLS, or plain TCP.
    #[must_use]
    pub fn streams(&self) -> bool {
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
        self.servers.len() > usize::from(self.streams())
    }

    /// Direct paths are allowed, or there is a relay.
    #[must_use]
    pub fn possible(&self) -> bool {
        self.udp || self.streams()
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

    fn relays(plan: &Plan) -> Vec<String> {
        let show =
            |r: &StreamRelay| format!("{}:{}{}", r.host, r.port, if r.tls { " TLS" } else { "" });
        plan.relays.iter().map(show).collect()
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
        let stream =
            |tls, host: &str, port| Reach::TurnStream(StreamRelay { host: host.into(), port, tls });
        let (tls, tcp) = (
            |host: &str, port| stream(true, host, port),
            |host: &str, port| stream(false, host, port),
        );
        assert_eq!(reach("stun:a:3478"), Reach::Stun);
        assert_eq!(reach("turn:a"), Reach::TurnUdp);
        assert_eq!(reach("turn:a:3478?transport=udp"), Reach::TurnUdp);
        assert_eq!(reach("turns:a"), tls("a", 5349));
        assert_eq!(reach("TURNS:a:443?transport=tcp"), tls("a", 443));
        assert_eq!(reach("turns:[2001:db8::1]:443"), tls("2001:db8::1", 443));
        assert_eq!(reach("turns:[2001:db8::1]"), tls("2001:db8::1", 5349));
        assert_eq!(reach("turn:a?transport=tcp"), tcp("a", 3478));
        assert_eq!(reach("TURN:a:443?transport=TCP"), tcp("a", 443));
        assert_eq!(reach("turn:[2001:db8::1]:443?transport=tcp"), tcp("2001:db8::1", 443));
        for other in [
            "turns:a?transport=udp",
            "turn:a?transport=tls",
            "turn:?transport=tcp",
            "turn:a:b?transport=tcp",
            "turns:",
            "turns:a:b",
            "x",
            "",
        ] {
            assert_eq!(reach(other), Reach::Other, "{other}");
        }
    }

    #[test]
    fn relay_mode_is_streams_and_nothing_else() {
        let all = [server(&["stun:a", "turn:a", "turns:a:443", "turns:a:5349"])];
        let plan = Plan::new(ConnectionMode::Relay, false, &all);
        assert!(!plan.udp && plan.relay_only && plan.streams() && plan.possible());
        assert_eq!(urls(&plan), ["turn:192.0.2.1:3478?transport=udp"]);
        assert_eq!(relays(&plan), ["a:443 TLS", "a:5349 TLS"]);
        let none = Plan::new(ConnectionMode::Relay, false, &[server(&["stun:a", "turn:a"])]);
        assert!(!none.possible());
        let tcp = [server(&["stun:a", "turn:a", "turn:a:443?transport=tcp"])];
        let plan = Plan::new(ConnectionMode::Relay, false, &tcp);
        assert!(!plan.udp && plan.relay_only && plan.streams() && plan.possible());
        assert_eq!(urls(&plan), ["turn:192.0.2.1:3478?transport=udp"]);
        assert_eq!(relays(&plan), ["a:443"]);
    }

    #[test]
    fn tls_comes_before_plain_tcp_in_the_whole_list() {
        let all = [
            server(&["turn:a:1?transport=tcp", "turns:a:2", "turn:a:3?transport=tcp"]),
            server(&["turn:b", "turns:b:4"]),
        ];
        for mode in [ConnectionMode::Relay, ConnectionMode::Automatic] {
            let plan = Plan::new(mode, false, &all);
            assert_eq!(relays(&plan), ["a:2 TLS", "b:4 TLS", "a:1", "a:3"]);
            let placeholders = urls(&plan).iter().filter(|url| url.contains("192.0.2.1")).count();
            assert_eq!(placeholders, 1);
        }
    }

    #[test]
    fn relays_of_one_plan_share_the_credential_of_the_first() {
        let other = |urls: &[&str]| IceServer { username: "1700000000:bob".into(), ..server(urls) };
        let all = [
            other(&["turn:a:1?transport=tcp"]),
            server(&["turns:b:2"]),
            other(&["turns:c:3"]),
            server(&["turn:d:4?transport=tcp"]),
        ];
        let plan = Plan::new(ConnectionMode::Relay, false, &all);
        assert_eq!(relays(&plan), ["b:2 TLS", "d:4"]);
        assert_eq!(plan.servers.len(), 1);
        assert_eq!(plan.servers[0].username, "1700000000:ada");
    }

    #[test]
    fn automatic_mode_takes_everything() {
        let all = [server(&["stun:a"]), server(&["turn:a", "turns:a:443"])];
        let plan = Plan::new(ConnectionMode::Automatic, false, &all);
        assert!(plan.udp && !plan.relay_only && plan.streams() && plan.udp_servers());
        assert_eq!(urls(&plan), ["stun:a", "turn:a", "turn:192.0.2.1:3478?transport=udp"]);
        let only = Plan::new(ConnectionMode::Automatic, true, &all);
        assert!(only.udp && only.relay_only);
        assert_eq!(urls(&only), ["turn:a", "turn:192.0.2.1:3478?transport=udp"]);
        let direct = Plan::new(ConnectionMode::Automatic, false, &[]);
        assert!(direct.possible() && !direct.udp_servers());
        assert!(!Plan::new(ConnectionMode::Automatic, true, &[]).possible());
    }

    #[test]
    fn relays_only_over_streams_need_no_udp() {
        for url in ["turns:a", "turn:a?transport=tcp"] {
            let plan = Plan::new(ConnectionMode::Automatic, true, &[server(&[url])]);
            assert!(!plan.udp && plan.streams());
        }
    }

    #[test]
    fn a_daemon_leaves_streams_alone() {
        let all = [server(&["turn:a", "turns:a", "turn:a?transport=tcp"])];
        let plan = Plan::udp(false, &all);
        assert!(plan.udp && !plan.streams());
        assert_eq!(urls(&plan), ["turn:a"]);
    }
}
