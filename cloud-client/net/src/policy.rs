//! What may be connected to, and what for.

use crate::NetError;
use std::net::IpAddr;

/// The reason of an outbound connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// Requests to MultiClaw Cloud.
    CloudApi,
    /// The realtime socket to MultiClaw Cloud.
    CloudRealtime,
    /// A cloud desktop: ICE sockets, STUN and TURN servers.
    CloudDesktop,
    /// Live progress of a generation (Pusher).
    Progress,
    /// The title of a linked page (link preview service).
    LinkTitle,
    /// The icon of a linked site (favicon service).
    Favicon,
}

impl std::fmt::Display for Purpose {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::CloudApi => "MultiClaw Cloud (API)",
            Self::CloudRealtime => "MultiClaw Cloud (realtime)",
            Self::CloudDesktop => "Cloud desktop",
            Self::Progress => "Live progress (Pusher)",
            Self::LinkTitle => "Link titles",
            Self::Favicon => "Favicons",
        })
    }
}

/// One allowed destination.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    purpose: Purpose,
    /// Lower case; a leading `*.` stands for one or more labels.
    host: String,
    /// `None`: any port.
    port: Option<u16>,
}

/// The allowed destinations. What no rule names is refused.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Policy {
    rules: Vec<Rule>,
}

impl Policy {
    /// The inventory of the article "Allowed external connections", as far as this program
    /// connects.
    #[must_use]
    pub fn inventory() -> Self {
        Self::default()
            .allow(Purpose::CloudApi, "api.multiclaw.io", Some(443))
            .allow(Purpose::CloudRealtime, "ws.multiclaw.io", Some(443))
            .allow(Purpose::CloudRealtime, "api.multiclaw.io", Some(443))
            .allow(Purpose::CloudDesktop, "turn.multiclaw.io", None)
    }

    /// Adds a destination. Address literals are only matched when they are added as such.
    #[must_use]
    pub fn allow(mut self, purpose: Purpose, host: &str, port: Option<u16>) -> Self {
        self.rules.push(Rule { purpose, host: normal(host), port });
        self
    }

    /// Adds a self-hosted cloud: its API, its realtime socket, and relays on the same host.
    #[must_use]
    pub fn allow_cloud(self, host: &str, port: u16) -> Self {
        self.allow(Purpose::CloudApi, host, Some(port))
            .allow(Purpose::CloudRealtime, host, Some(port))
            .allow(Purpose::CloudDesktop, host, None)
    }

    /// Checks a destination.
    ///
    /// # Errors
    /// [`NetError::Refused`].
    pub fn check(&self, purpose: Purpose, host: &str, port: u16) -> Result<(), NetError> {
        let name = normal(host);
        let allowed = self.rules.iter().any(|rule| {
            rule.purpose == purpose
                && rule.port.is_none_or(|p| p == port)
                && matches(&rule.host, &name)
        });
        if allowed { Ok(()) } else { Err(NetError::Refused { purpose, host: name, port }) }
    }
}

/// Lower case, without the trailing dot of a rooted name and the brackets of an IPv6 literal;
/// address literals in their one canonical form.
fn normal(host: &str) -> String {
    let host = host.trim_start_matches('[').trim_end_matches(']').trim_end_matches('.');
    match host.parse::<IpAddr>() {
        Ok(address) => address.to_canonical().to_string(),
        Err(_) => host.to_ascii_lowercase(),
    }
}

fn matches(pattern: &str, name: &str) -> bool {
    match pattern.strip_prefix('*') {
        Some(suffix) => {
            name.len() > suffix.len() && name.ends_with(suffix) && name.parse::<IpAddr>().is_err()
        }
        None => pattern == name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allowed(policy: &Policy, host: &str, port: u16) -> bool {
        policy.check(Purpose::CloudApi, host, port).is_ok()
    }

    #[test]
    fn the_inventory_is_what_the_article_lists() {
        let policy = Policy::inventory();
        assert!(allowed(&policy, "api.multiclaw.io", 443));
        assert!(allowed(&policy, "API.MultiClaw.io.", 443));
        for (host, port) in [
            ("api.multiclaw.io", 80),
            ("api.multiclaw.io.evil.example", 443),
            ("evil-multiclaw.io", 443),
            ("127.0.0.1", 443),
            ("0x7f000001", 443),
            ("", 443),
        ] {
            assert!(!allowed(&policy, host, port), "{host}:{port}");
        }
        assert!(policy.check(Purpose::CloudDesktop, "turn.multiclaw.io", 3478).is_ok());
        assert!(policy.check(Purpose::CloudApi, "turn.multiclaw.io", 443).is_err());
    }

    #[test]
    fn wildcards_need_a_label_and_are_no_addresses() {
        let policy = Policy::default().allow(Purpose::CloudApi, "*.example.com", None);
        assert!(allowed(&policy, "a.example.com", 1));
        assert!(!allowed(&policy, "example.com", 1));
        assert!(!allowed(&policy, ".example.com.evil", 1));
    }

    #[test]
    fn addresses_match_in_every_spelling_of_the_same_one() {
        let policy = Policy::default().allow_cloud("127.0.0.1", 8443);
        assert!(allowed(&policy, "127.0.0.1", 8443));
        assert!(allowed(&policy, "[::ffff:127.0.0.1]", 8443));
        assert!(!allowed(&policy, "127.0.0.2", 8443));
        assert!(!allowed(&policy, "2130706433", 8443));
    }
}
