//! Links in messages: finding them, and what may be done with them.

use std::net::IpAddr;
use url::{Host, Url};

/// Links of one message that are looked at.
const MOST: usize = 4;
/// Characters of a message that are looked through.
const DEEP: usize = 20_000;
/// Longest link, in bytes.
const LONGEST: usize = 2048;

/// The `http` and `https` links of a text, in order, each once.
#[must_use]
pub fn find(text: &str) -> Vec<Url> {
    let end = text.char_indices().nth(DEEP).map_or(text.len(), |(at, _)| at);
    let mut rest = text.get(..end).unwrap_or_default();
    let mut found: Vec<Url> = Vec::new();
    while found.len() < MOST {
        let Some(at) = rest.find("http") else { break };
        let from = rest.get(at..).unwrap_or_default();
        let stop = |c: char| c.is_whitespace() || c.is_control() || "<>\"`|\\^{}".contains(c);
        let word = from.split(stop).next().unwrap_or_default();
        rest = from.get(word.len().max(4)..).unwrap_or_default();
        let begins = word.starts_with("http://") || word.starts_with("https://");
        let word = trim(word);
        if !begins || word.len() > LONGEST {
            continue;
        }
        if let Some(url) = Url::parse(word).ok().filter(may_open)
            && !found.contains(&url)
        {
            found.push(url);
        }
    }
    found
}

/// Without the punctuation of the sentence around it.
fn trim(mut word: &str) -> &str {
    loop {
        let Some(last) = word.chars().last() else { return word };
        let open = |c| word.matches(c).count();
        let closes = match last {
            ')' => open('(') < open(')'),
            ']' => open('[') < open(']'),
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | '_' | '…' => true,
            _ => false,
        };
        if !closes {
            return word;
        }
        word = word.strip_suffix(last).unwrap_or_default();
    }
}

/// Whether a link may be given to the system's browser: the web only, and no user name that
/// could pass for a host.
#[must_use]
pub fn may_open(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https")
        && url.host_str().is_some_and(|host| !host.is_empty())
        && url.username().is_empty()
        && url.password().is_none()
}

/// Whether a public service may be told of it: never an address of this machine or of a private
/// network, and never a name that only such a network knows.
#[must_use]
pub fn is_public(url: &Url) -> bool {
    if !may_open(url) {
        return false;
    }
    match url.host() {
        // A literal address says more about a network than about a page.
        Some(Host::Ipv4(address)) => is_public_address(address.into()),
        Some(Host::Ipv6(address)) => is_public_address(address.into()),
        Some(Host::Domain(name)) => {
            let name = name.trim_end_matches('.').to_ascii_lowercase();
            let private = [
                "localhost",
                "local",
                "internal",
                "intranet",
                "lan",
                "home",
                "corp",
                "private",
                "test",
                "invalid",
                "example",
                "onion",
                "home.arpa",
            ];
            name.contains('.')
                && name.parse::<IpAddr>().is_err()
                && !private.iter().any(|p| name == *p || name.ends_with(&format!(".{p}")))
        }
        None => false,
    }
}

fn is_public_address(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(v4) => {
            let [a, b, ..] = v4.octets();
            !(v4.is_private()
                || v4.is_loopback()
                || v4.is_link_local()
                || v4.is_broadcast()
                || v4.is_multicast()
                || v4.is_documentation()
                || v4.is_unspecified()
                || a == 0
                || a >= 240
                // Shared address space (RFC 6598) and benchmarks (RFC 2544).
                || (a == 100 && (64..128).contains(&b))
                || (a == 198 && (18..20).contains(&b)))
        }
        IpAddr::V6(v6) => {
            let [first, ..] = v6.segments();
            !(v6.is_loopback()
                || v6.is_unspecified()
                || v6.is_multicast()
                // Unique local (RFC 4193) and link local.
                || first & 0xfe00 == 0xfc00
                || first & 0xffc0 == 0xfe80)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn texts(text: &str) -> Vec<String> {
        find(text).into_iter().map(String::from).collect()
    }

    #[test]
    fn links_are_found_without_the_sentence_around_them() {
        assert_eq!(
            texts(
                "See https://example.com/a_(b), (http://x.org/?q=1). And https://example.com/a_(b)!"
            ),
            ["https://example.com/a_(b)", "http://x.org/?q=1"]
        );
        assert_eq!(texts("[docs](https://docs.rs/egui)"), ["https://docs.rs/egui"]);
        assert_eq!(texts("http https:// httpx://a"), Vec::<String>::new());
    }

    /// H5.
    ///
    /// H6.
    #[test]
    fn what_is_no_plain_web_link_is_not_opened() {
        for bad in [
            "file:///etc/passwd",
            "smb://host/x",
            "javascript:alert(1)",
            "https://a@b.example/",
            "https://user:pass@b.example/",
            "data:text/html,x",
            "multiclaw://open?gatewayUrl=x",
        ] {
            assert!(Url::parse(bad).is_ok_and(|url| !may_open(&url)), "{bad}");
        }
        assert_eq!(texts("file:///etc javascript:alert(1) \\\\host\\x"), Vec::<String>::new());
        // A name that looks like another is shown as what it is.
        assert_eq!(texts("https://аpple.com/"), ["https://xn--pple-43d.com/"]);
    }

    /// H7.
    #[test]
    fn private_addresses_are_told_to_nobody() {
        for bad in [
            "http://127.0.0.1/",
            "http://2130706433/",
            "http://0x7f.1/",
            "http://localhost:8080/x",
            "http://app.localhost/",
            "http://169.254.169.254/latest/meta-data",
            "http://10.1.2.3/",
            "http://192.168.0.1/",
            "http://172.16.0.1/",
            "http://100.64.1.1/",
            "http://[::1]/",
            "http://[::ffff:10.0.0.1]/",
            "http://[fd00::1]/",
            "http://[fe80::1]/",
            "http://router/",
            "http://printer.local/",
            "http://wiki.corp/",
            "http://git.internal./",
        ] {
            assert!(!is_public(&Url::parse(bad).unwrap()), "{bad}");
        }
        for good in ["https://example.com/x", "http://93.184.216.34/", "https://a.b.co.uk:8443/"] {
            assert!(is_public(&Url::parse(good).unwrap()), "{good}");
        }
    }

    proptest! {
        /// H6.
        #[test]
        fn any_text_is_looked_through(text in "\\PC{0,300}", link in "https?://\\PC{0,40}") {
            for url in find(&format!("{text}{link}{text}")) {
                prop_assert!(may_open(&url));
            }
        }
    }
}
