//! What may be connected to, and what for.

use crate::host::{Host, shown};
use crate::{NetError, Purpose};

/// Ports of a relay: TLS on 443, UDP and TLS on the two of TURN (article "Network security").
const RELAY: [u16; 3] = [443, 3478, 5349];

/// One allowed destination.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    purpose: Purpose,
    /// Canonical; a leading `*.` stands for one or more labels.
    host: String,
    /// `None`: any port.
    port: Option<u16>,
    /// It is a service of a self-hosted cloud, which may be on a local network.
    own: bool,
}

/// One line of the list of allowed destinations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What for.
    pub purpose: Purpose,
    /// Host; a leading `*.` stands for one or more labels.
    pub host: String,
    /// Port; `None` for any.
    pub port: Option<u16>,
    /// What is spoken there.
    pub protocol: &'static str,
}

/// The allowed destinations. What no rule names is refused.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Policy {
    rules: Vec<Rule>,
}

/// A destination that the policy allows, in the spelling that was checked. Only this is dialled.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Admitted {
    pub(crate) purpose: Purpose,
    pub(crate) host: Host,
    pub(crate) port: u16,
    /// The name must not stand for an address of a local network.
    pub(crate) public: bool,
}

impl Policy {
    /// The inventory of the article "Allowed external connections", as far as this program
    /// connects. The wildcard `*.multiclaw.io` of "Network security" is advice for firewalls;
    /// here the hosts are named one by one.
    #[must_use]
    pub fn inventory() -> Self {
        let mut policy = Self::default();
        for purpose in Purpose::ALL {
            for host in purpose.facts().hosts {
                if purpose == Purpose::Gateway {
                    policy = policy.allow(purpose, host, None);
                    continue;
                }
                let ports = if purpose == Purpose::CloudDesktop { &RELAY[..] } else { &RELAY[..1] };
                for port in ports {
                    policy = policy.allow(purpose, host, Some(*port));
                }
            }
        }
        policy
    }

    /// Adds a destination: a name, a `*.` before a name, or an address. An address is only
    /// matched when it is added as such. A host that is none allows nothing, and neither does a
    /// host other than 127.0.0.1 for the gateway.
    #[must_use]
    pub fn allow(self, purpose: Purpose, host: &str, port: Option<u16>) -> Self {
        self.add(purpose, host, port, false)
    }

    fn add(mut self, purpose: Purpose, host: &str, port: Option<u16>, own: bool) -> Self {
        let (star, name) = match host.strip_prefix("*.") {
            Some(name) => ("*.", name),
            None => ("", host),
        };
        match Host::parse(name) {
            Some(Host::Address(_)) if !star.is_empty() => {}
            Some(name) if purpose == Purpose::Gateway && name != Host::LOOPBACK => {
                tracing::warn!("the gateway is on this computer only: the rule allows nothing");
            }
            Some(name) => {
                self.rules.push(Rule { purpose, host: format!("{star}{name}"), port, own });
            }
            None => tracing::warn!(host = shown(host), "no host: the rule allows nothing"),
        }
        self
    }

    /// Adds a self-hosted cloud: its API, its realtime socket, its live progress, and relays on
    /// the same host. It may be on a local network.
    #[must_use]
    pub fn allow_cloud(self, host: &str, port: u16) -> Self {
        self.allow(Purpose::CloudApi, host, Some(port))
            .allow(Purpose::CloudRealtime, host, Some(port))
            .allow(Purpose::CloudDesktop, host, None)
            .add(Purpose::Progress, host, Some(port), true)
    }

    /// Adds the server of a distribution of one's own, where new versions come from. It may be on
    /// a local network: what comes from there is signed.
    #[must_use]
    pub fn allow_updates(self, host: &str, port: u16) -> Self {
        self.add(Purpose::Updater, host, Some(port), true)
    }

    /// The allowed destinations as lines of a table, in the order they were added.
    #[must_use]
    pub fn inventory_rows(&self) -> Vec<Row> {
        let row = |rule: &Rule| Row {
            purpose: rule.purpose,
            host: rule.host.clone(),
            port: rule.port,
            protocol: match (rule.purpose, rule.port) {
                (Purpose::CloudDesktop, Some(443)) => "TLS",
                (Purpose::CloudDesktop, Some(3478)) => "UDP",
                (purpose, _) => purpose.facts().protocol,
            },
        };
        self.rules.iter().map(row).collect()
    }

    /// Checks a destination. `host` may be in any spelling, in brackets or not.
    ///
    /// # Errors
    /// [`NetError::Refused`].
    pub fn check(&self, purpose: Purpose, host: &str, port: u16) -> Result<(), NetError> {
        self.admit(purpose, host, port).map(|_| ())
    }

    pub(crate) fn admit(
        &self,
        purpose: Purpose,
        host: &str,
        port: u16,
    ) -> Result<Admitted, NetError> {
        let rules = |name: &Host| {
            let name = name.clone();
            self.rules.iter().filter(move |rule| {
                rule.purpose == purpose
                    && rule.port.is_none_or(|p| p == port)
                    && matches(&rule.host, &name)
            })
        };
        match Host::parse(host).filter(|name| rules(name).next().is_some()) {
            Some(host) => {
                let own = rules(&host).any(|rule| rule.own);
                let public = match &host {
                    Host::Name(name) => (purpose.is_public_service() && !own) || is_ours(name),
                    Host::Address(_) => false,
                };
                Ok(Admitted { purpose, host, port, public })
            }
            None => Err(NetError::Refused { purpose, host: shown(host), port }),
        }
    }
}

fn is_ours(name: &str) -> bool {
    name == "multiclaw.io" || name.ends_with(".multiclaw.io")
}

fn matches(pattern: &str, host: &Host) -> bool {
    match (pattern.strip_prefix('*'), host) {
        (Some(suffix), Host::Name(name)) => name.len() > suffix.len() && name.ends_with(suffix),
        (Some(_), Host::Address(_)) => false,
        (None, host) => pattern == host.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn allowed(policy: &Policy, host: &str, port: u16) -> bool {
        policy.check(Purpose::CloudApi, host, port).is_ok()
    }

    #[test]
    fn the_inventory_is_what_the_article_lists() {
        use Purpose as P;
        let policy = Policy::inventory();
        for (purpose, host, port, yes) in [
            (P::CloudApi, "api.multiclaw.io", 443, true),
            (P::CloudApi, "API.MultiClaw.io.", 443, true),
            (P::CloudApi, "api.multiclaw.io", 80, false),
            (P::CloudApi, "turn.multiclaw.io", 443, false),
            (P::CloudApi, "other.multiclaw.io", 443, false),
            (P::CloudApi, "multiclaw.io", 443, false),
            (P::CloudApi, "api.multiclaw.io.evil.example", 443, false),
            (P::CloudApi, "api.multiclaw.io@evil.example", 443, false),
            (P::CloudApi, "user@api.multiclaw.io", 443, false),
            (P::CloudApi, "evil-multiclaw.io", 443, false),
            (P::CloudApi, "аpi.multiclaw.io", 443, false),
            (P::CloudApi, "api.multiclaw.io..", 443, false),
            (P::CloudApi, "127.0.0.1", 443, false),
            (P::CloudApi, "0x7f000001", 443, false),
            (P::CloudApi, "", 443, false),
            (P::CloudRealtime, "ws.multiclaw.io", 443, true),
            (P::CloudRealtime, "ws.pusher.com", 443, false),
            (P::CloudDesktop, "turn.multiclaw.io", 3478, true),
            (P::CloudDesktop, "turn.multiclaw.io", 5349, true),
            (P::CloudDesktop, "turn.multiclaw.io", 443, true),
            (P::CloudDesktop, "turn.multiclaw.io", 22, false),
            (P::Updater, "cdn.multiclaw.io", 443, true),
            (P::Updater, "api.multiclaw.io", 443, false),
            (P::Progress, "ws-mt1.pusher.com", 443, true),
            (P::Progress, "a.b.pusher.com", 443, true),
            (P::Progress, "pusher.com", 443, false),
            (P::Progress, "evilpusher.com", 443, false),
            (P::LinkTitle, "api.microlink.io", 443, true),
            (P::LinkTitle, "www.google.com", 443, false),
            (P::Favicon, "www.google.com", 443, true),
            (P::Favicon, "google.com", 443, false),
            (P::Favicon, "169.254.169.254", 443, false),
        ] {
            assert_eq!(policy.check(purpose, host, port).is_ok(), yes, "{purpose} {host}:{port}");
        }
    }

    #[test]
    fn the_rows_name_every_purpose_in_whole_sentences() {
        let rows = Policy::inventory().inventory_rows();
        for purpose in Purpose::ALL {
            let facts = purpose.facts();
            for sentence in [facts.when, facts.sent, facts.blocked] {
                assert!(sentence.ends_with('.') && !sentence.contains("  "), "{sentence}");
            }
            for host in facts.hosts {
                assert!(rows.iter().any(|r| r.purpose == purpose && r.host == *host));
            }
        }
        let row = |host, port| {
            rows.iter().find(|r| r.host == host && r.port == Some(port)).unwrap().protocol
        };
        assert_eq!(row("turn.multiclaw.io", 3478), "UDP");
        assert_eq!(row("turn.multiclaw.io", 443), "TLS");
        assert_eq!(row("ws.multiclaw.io", 443), "WSS");
        assert!(rows.iter().all(|r| r.port.is_some() || r.purpose == Purpose::Gateway));
        let gateway: Vec<_> = rows.iter().filter(|r| r.purpose == Purpose::Gateway).collect();
        assert_eq!(gateway.len(), 1);
        assert_eq!((gateway[0].host.as_str(), gateway[0].port), ("127.0.0.1", None));
        assert_eq!(gateway[0].protocol, "WS, HTTP");
    }

    #[test]
    fn the_gateway_is_on_this_computer_only() {
        let policy = Policy::inventory()
            .allow(Purpose::Gateway, "192.168.1.1", None)
            .allow(Purpose::Gateway, "localhost", None)
            .allow(Purpose::Gateway, "*.example.com", None)
            .allow(Purpose::Gateway, "127.0.0.2", None)
            .allow(Purpose::Gateway, "::1", None)
            .allow_cloud("127.0.0.1", 8443);
        let at = |host, port| policy.check(Purpose::Gateway, host, port).is_ok();
        assert!(at("127.0.0.1", 18789) && at("127.0.0.1", 1));
        for host in ["192.168.1.1", "localhost", "a.example.com", "127.0.0.2", "[::1]"] {
            assert!(!at(host, 18789), "{host}");
        }
        assert!(Policy::default().check(Purpose::Gateway, "127.0.0.1", 1).is_err());
        assert!(policy.check(Purpose::CloudApi, "127.0.0.1", 18789).is_err());
    }

    #[test]
    fn wildcards_need_a_label_and_are_no_addresses() {
        let policy = Policy::default()
            .allow(Purpose::CloudApi, "*.example.com", None)
            .allow(Purpose::CloudApi, "*.0.0.1", None)
            .allow(Purpose::CloudApi, "not a host", None);
        assert!(allowed(&policy, "a.example.com", 1));
        assert!(!allowed(&policy, "example.com", 1));
        assert!(!allowed(&policy, ".example.com.evil", 1));
        assert!(!allowed(&policy, "127.0.0.1", 1));
        assert_eq!(policy.inventory_rows().len(), 1);
    }

    #[test]
    fn addresses_match_when_they_are_allowed_as_such() {
        let policy = Policy::default().allow_cloud("127.0.0.1", 8443);
        assert!(allowed(&policy, "127.0.0.1", 8443));
        assert!(allowed(&policy, "[::ffff:127.0.0.1]", 8443));
        assert!(!allowed(&policy, "127.0.0.2", 8443));
        for odd in ["2130706433", "127.1", "0x7f.1", "0177.0.0.1"] {
            assert!(!allowed(&policy, odd, 8443), "{odd}");
        }
        let NetError::Refused { host, .. } =
            policy.check(Purpose::CloudApi, "0x7f.1", 1).unwrap_err()
        else {
            panic!()
        };
        assert_eq!(host, "127.0.0.1", "the log says what it stands for");
    }

    #[test]
    fn only_a_cloud_of_ones_own_may_be_on_a_local_network() {
        let policy = Policy::inventory()
            .allow_cloud("cloud.lan", 8443)
            .allow_updates("updates.lan", 8443)
            .allow(Purpose::Favicon, "127.0.0.1", None);
        let public = |purpose, host, port| policy.admit(purpose, host, port).unwrap().public;
        assert!(public(Purpose::CloudApi, "api.multiclaw.io", 443));
        assert!(public(Purpose::Progress, "ws.pusher.com", 443));
        assert!(public(Purpose::Favicon, "www.google.com", 443));
        assert!(public(Purpose::Updater, "cdn.multiclaw.io", 443));
        assert!(!public(Purpose::CloudApi, "cloud.lan", 8443));
        assert!(!public(Purpose::Updater, "updates.lan", 8443));
        assert!(policy.check(Purpose::CloudApi, "updates.lan", 8443).is_err());
        assert!(!public(Purpose::Favicon, "127.0.0.1", 1));
    }

    proptest! {
        #[test]
        fn what_is_admitted_is_spelled_as_a_rule(
            host in "[a-zA-Z.@%:/0-9]{0,12}(api|ws)?\\.?(multiclaw|MULTICLAW)\\.io\\.?[a-z@.:]{0,6}"
        ) {
            if let Ok(admitted) = Policy::inventory().admit(Purpose::CloudApi, &host, 443) {
                prop_assert_eq!(admitted.host.to_string(), "api.multiclaw.io");
            }
        }

        #[test]
        fn no_address_is_admitted_that_was_not_allowed(n in any::<u32>(), m in any::<u128>()) {
            let policy = Policy::inventory().allow_cloud("192.168.1.1", 443);
            let (v4, v6) = (std::net::Ipv4Addr::from(n), std::net::Ipv6Addr::from(m));
            for host in [v4.to_string(), v6.to_string(), format!("[{v6}]"), n.to_string()] {
                let is_it = host == "192.168.1.1";
                prop_assert_eq!(policy.check(Purpose::CloudApi, &host, 443).is_ok(), is_it);
            }
        }
    }
}
