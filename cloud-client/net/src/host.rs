//! Hosts in one canonical spelling, and which addresses are reachable from everywhere.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// A host, spelled in the only way it is compared, resolved and shown.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Host {
    /// Lower case, punycode, without the dot of a rooted name.
    Name(String),
    /// An address literal; an IPv4 address inside of an IPv6 one is taken out.
    Address(IpAddr),
}

impl Host {
    /// 127.0.0.1.
    pub(crate) const LOOPBACK: Self = Self::Address(IpAddr::V4(Ipv4Addr::LOCALHOST));

    /// `None` for what is no host, and for addresses in unusual spellings (`127.1`, `0x7f.1`,
    /// `2130706433`): nobody writes them who has nothing to hide.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let bare = text.strip_prefix('[').and_then(|t| t.strip_suffix(']'));
        match (bare, bare.unwrap_or(text).parse::<IpAddr>()) {
            (Some(_), Ok(IpAddr::V4(_)) | Err(_)) => return None,
            (_, Ok(address)) => return Some(Self::Address(address.to_canonical())),
            _ => {}
        }
        let name = match url::Host::parse(text.strip_suffix('.').unwrap_or(text)) {
            Ok(url::Host::Domain(name)) => name,
            _ => return None,
        };
        let label = |label: &str| {
            (1..=63).contains(&label.len())
                && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
        };
        (name.len() <= 253 && name.split('.').all(label)).then_some(Self::Name(name))
    }

    /// This machine, by name or by address.
    pub(crate) fn is_loopback(&self) -> bool {
        match self {
            Self::Name(name) => name == "localhost" || name.ends_with(".localhost"),
            Self::Address(address) => address.is_loopback(),
        }
    }

    /// As it is written before a port.
    pub(crate) fn authority(&self, port: u16) -> String {
        match self {
            Self::Address(IpAddr::V6(address)) => format!("[{address}]:{port}"),
            other => format!("{other}:{port}"),
        }
    }

    /// As the value of a `Host` header of an https request.
    pub(crate) fn header(&self, port: u16) -> String {
        match (self, port) {
            (Self::Address(IpAddr::V6(address)), 443) => format!("[{address}]"),
            (other, 443) => other.to_string(),
            (other, port) => other.authority(port),
        }
    }
}

impl std::fmt::Display for Host {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Name(name) => f.write_str(name),
            Self::Address(address) => address.fmt(f),
        }
    }
}

/// A refused host, for the log: what it stands for where that is known, else as it was written.
pub(crate) fn shown(text: &str) -> String {
    match Host::parse(text).map(|h| h.to_string()) {
        Some(host) => host,
        None => match url::Host::parse(text.strip_suffix('.').unwrap_or(text)) {
            Ok(host) => clean(&host.to_string(), 253),
            Err(_) => clean(text, 253),
        },
    }
}

/// Text of a stranger, fit to be shown: one line, no control or direction characters, at most
/// `limit` characters.
pub(crate) fn clean(text: &str, limit: usize) -> String {
    let hidden = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}' | '\u{61c}' | '\u{feff}')
    };
    text.chars().filter(|c| !hidden(*c)).take(limit).collect::<String>().trim().to_owned()
}

/// Whether an address may be that of a service on the Internet. Not so: this machine, private
/// and carrier networks, link-local ones, multicast. 198.18.0.0/15 passes: VPN programs answer
/// name look-ups with it.
pub(crate) fn is_public(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(address) => public_v4(address),
        IpAddr::V6(address) => public_v6(address),
    }
}

fn public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let shared = a == 100 && (64..128).contains(&b);
    let protocol = (a, b, c) == (192, 0, 0);
    // 224.0.0.0 and up: multicast, reserved, broadcast.
    !(a == 0
        || a >= 224
        || address.is_loopback()
        || address.is_private()
        || address.is_link_local()
        || shared
        || protocol)
}

fn public_v6(address: Ipv6Addr) -> bool {
    let [a, b, c, d, e, f, g, h] = address.segments();
    let v4 = |high: u16, low: u16| Ipv4Addr::from(u32::from(high) << 16 | u32::from(low));
    match (a, b) {
        // An IPv4 address behind a translator (RFC 6052), or in 6to4 (RFC 3056).
        (0x64, 0xff9b) if (c, d, e, f) == (0, 0, 0, 0) => public_v4(v4(g, h)),
        (0x2002, high) => public_v4(v4(high, c)),
        // A local translator (RFC 8215); Teredo (RFC 4380).
        (0x64, 0xff9b) | (0x2001, 0) => false,
        // Global unicast is 2000::/3; the rest is local, multicast or nothing.
        _ => a & 0xe000 == 0x2000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn spellings_of_one_host() {
        for (text, is) in [
            ("api.multiclaw.io", Some("api.multiclaw.io")),
            ("API.MultiClaw.IO.", Some("api.multiclaw.io")),
            ("api%2emulticlaw.io", Some("api.multiclaw.io")),
            ("ａｐｉ.multiclaw.io", Some("api.multiclaw.io")),
            ("bücher.example", Some("xn--bcher-kva.example")),
            ("127.0.0.1", Some("127.0.0.1")),
            ("::1", Some("::1")),
            ("[::1]", Some("::1")),
            ("[::FFFF:127.0.0.1]", Some("127.0.0.1")),
            ("127.1", None),
            ("0x7f.1", None),
            ("2130706433", None),
            ("0177.0.0.1", None),
            ("127.0.0.1.", None),
            ("[127.0.0.1]", None),
            ("[::1", None),
            ("::1]", None),
            ("fe80::1%eth0", None),
            ("api.multiclaw.io@evil", None),
            ("a..b", None),
            ("a..", None),
            (".a", None),
            (".", None),
            ("", None),
            ("a b", None),
            ("a\0b", None),
            ("a/b", None),
            ("a:1", None),
        ] {
            assert_eq!(Host::parse(text).map(|h| h.to_string()).as_deref(), is, "{text:?}");
        }
        assert_eq!(shown("0x7f.1"), "127.0.0.1");
        assert_eq!(shown("e\x1b[31mvil"), "e[31mvil");
    }

    #[test]
    fn addresses_that_no_service_has() {
        for address in [
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "100.127.255.255",
            "127.0.0.1",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.1",
            "192.168.1.1",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:10.0.0.1",
            "::7f00:1",
            "fc00::1",
            "fd00::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
            "64:ff9b::a00:1",
            "64:ff9b:1::1",
            "2002:7f00:1::",
            "2001::1",
        ] {
            assert!(!is_public(address.parse().unwrap()), "{address}");
        }
        for address in [
            "1.1.1.1",
            "100.63.255.255",
            "100.128.0.1",
            "172.15.0.1",
            "172.32.0.1",
            "198.18.0.1",
            "223.255.255.255",
            "2606:4700::1111",
            "64:ff9b::101:101",
            "2002:101:101::",
            "::ffff:1.1.1.1",
        ] {
            assert!(is_public(address.parse().unwrap()), "{address}");
        }
    }

    proptest! {
        #[test]
        fn a_host_that_parses_is_its_own_spelling(text in "\\PC{0,40}|[a-zA-Z0-9.%:x-]{0,20}") {
            if let Some(host) = Host::parse(&text) {
                let again = Host::parse(&host.to_string());
                prop_assert_eq!(Some(&host), again.as_ref());
                prop_assert!(host.to_string().is_ascii());
            }
        }

        #[test]
        fn an_odd_spelling_of_an_address_is_no_host(n in any::<u32>()) {
            let [a, b, c, d] = n.to_be_bytes();
            let low = u32::from(b) << 16 | u32::from(c) << 8 | u32::from(d);
            for text in [format!("{n}"), format!("{n:#x}"), format!("{a}.{low}"),
                format!("{a:#x}.{b}.{c}.{d}"), format!("{a}.{b}.{c}.{d}.")] {
                prop_assert_eq!(Host::parse(&text), None);
            }
        }

        #[test]
        fn shown_text_is_short_and_plain(text in any::<String>()) {
            let said = clean(&text, 120);
            prop_assert!(said.chars().count() <= 120 && !said.contains(char::is_control));
        }
    }
}
