//! `NO_PROXY`: hosts that are reached directly.

use crate::host::Host;
use std::net::IpAddr;

/// The list in `NO_PROXY`, separated by commas or blanks. `*` is everything; `example.com`,
/// `.example.com` and `*.example.com` are that name and all below it; addresses and networks
/// (`10.0.0.0/8`) are compared with address literals, since names are not resolved for this; a
/// `:port` behind a name or an address limits it to that port.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Exceptions(Vec<Exception>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Exception {
    All,
    Name(String, Option<u16>),
    Address(IpAddr, Option<u16>),
    Network(IpAddr, u8),
}

impl Exceptions {
    /// What cannot be read covers nothing.
    pub(crate) fn parse(list: &str) -> Self {
        let items = list.split([',', ' ', '\t']).filter(|item| !item.is_empty());
        Self(items.filter_map(parse).collect())
    }

    pub(crate) fn cover(&self, host: &Host, port: u16) -> bool {
        let fits = |limit: &Option<u16>| limit.is_none_or(|limit| limit == port);
        self.0.iter().any(|exception| match (exception, host) {
            (Exception::All, _) => true,
            (Exception::Name(suffix, limit), Host::Name(name)) => {
                let below = name.strip_suffix(suffix.as_str());
                fits(limit) && below.is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
            }
            (Exception::Address(one, limit), Host::Address(other)) => fits(limit) && one == other,
            (Exception::Network(network, bits), Host::Address(address)) => {
                contains(*network, *bits, *address)
            }
            _ => false,
        })
    }
}

fn parse(item: &str) -> Option<Exception> {
    if item == "*" {
        return Some(Exception::All);
    }
    if let Some((network, bits)) = item.split_once('/') {
        let network = network.parse::<IpAddr>().ok()?;
        let bits = bits.parse::<u8>().ok()?;
        let most = if network.is_ipv4() { 32 } else { 128 };
        return (bits <= most).then_some(Exception::Network(network, bits));
    }
    // The colons of a bare IPv6 address are none before a port.
    let (host, port) = match item.rsplit_once(':') {
        Some((host, port)) if host.ends_with(']') || !host.contains(':') => {
            (host, Some(port.parse().ok()?))
        }
        _ => (item, None),
    };
    let host = host.strip_prefix("*.").or(host.strip_prefix('.')).unwrap_or(host);
    Some(match Host::parse(host)? {
        Host::Name(name) => Exception::Name(name, port),
        Host::Address(address) => Exception::Address(address, port),
    })
}

fn contains(network: IpAddr, bits: u8, address: IpAddr) -> bool {
    let bits = u32::from(bits);
    match (network, address) {
        (IpAddr::V4(network), IpAddr::V4(address)) => {
            let mask = u32::MAX.checked_shl(32 - bits).unwrap_or(0);
            network.to_bits() & mask == address.to_bits() & mask
        }
        (IpAddr::V6(network), IpAddr::V6(address)) => {
            let mask = u128::MAX.checked_shl(128 - bits).unwrap_or(0);
            network.to_bits() & mask == address.to_bits() & mask
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn covers(list: &str, host: &str, port: u16) -> bool {
        Exceptions::parse(list).cover(&Host::parse(host).unwrap(), port)
    }

    #[test]
    fn the_list() {
        for (list, host, port, yes) in [
            ("*", "a.example", 443, true),
            ("example.com", "example.com", 443, true),
            ("example.com", "a.example.com", 443, true),
            (".example.com", "a.example.com", 443, true),
            (".example.com", "example.com", 443, true),
            ("*.example.com", "a.example.com", 443, true),
            ("EXAMPLE.com", "Example.COM.", 443, true),
            ("example.com", "badexample.com", 443, false),
            ("example.com:443", "example.com", 443, true),
            ("example.com:8443", "example.com", 443, false),
            ("a, b ,c,,", "c", 1, true),
            ("a\tb", "b", 1, true),
            ("10.0.0.0/8", "10.200.1.1", 1, true),
            ("10.0.0.0/8", "11.0.0.1", 1, false),
            ("0.0.0.0/0", "8.8.8.8", 1, true),
            ("0.0.0.0/0", "a.example", 1, false),
            ("10.0.0.1/32", "10.0.0.1", 1, true),
            ("10.0.0.1/33", "10.0.0.1", 1, false),
            ("10.0.0.1", "10.0.0.1", 1, true),
            ("10.0.0.1:2", "10.0.0.1", 1, false),
            ("fd00::/8", "[fd12::1]", 1, true),
            ("::/0", "fd12::1", 1, true),
            ("fd12::1", "fd12::1", 1, true),
            ("[fd12::1]", "fd12::1", 1, true),
            ("[fd12::1]:443", "fd12::1", 1, false),
            ("[fd12::1]:443", "fd12::1", 443, true),
            ("example.com:x", "example.com", 1, false),
            ("10.0.0.0/x", "10.0.0.0", 1, false),
            ("", "a.example", 1, false),
        ] {
            assert_eq!(covers(list, host, port), yes, "{list} {host}:{port}");
        }
    }

    proptest! {
        #[test]
        fn any_list_is_read(list in any::<String>()) {
            let all = list.split([',', ' ', '\t']).any(|item| item == "*");
            prop_assert_eq!(covers(&list, "a.never-in-the-list.example", 1), all);
        }
    }
}
