//! Takes out of a text what must not leave this computer: secrets, people, and where they are.
//!
//! The net under the log and the crash log is another one ([`crate::redact`]): that one keeps the
//! addresses of hosts, which say what went wrong there. Names of secrets and live secrets they share.
//!
//! It does not know what a text says, so it errs on the side of taking out too much. What is known
//! to be private (names, folders) is given to it; tokens, addresses of people and of networks are
//! known by their form.

use crate::redact::{NAMES, without_live};
use std::net::{IpAddr, SocketAddr};

/// A word that looks like a key is at least this long.
const OPAQUE: usize = 20;
/// The word after one of these is a secret too.
const SCHEMES: [&str; 2] = ["bearer", "basic"];

/// What is private here.
#[derive(Default)]
pub struct Redactor {
    home: String,
    /// Longest first.
    words: Vec<String>,
}

impl std::fmt::Debug for Redactor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Redactor")
    }
}

impl Redactor {
    /// `home`: the person's home folder, or nothing. `private`: names of people and things; each
    /// part of a name counts too.
    #[must_use]
    pub fn new(home: &str, private: &[String]) -> Self {
        let parts = |name: &String| {
            let parts = name.split_whitespace().map(str::to_owned);
            parts.chain([name.trim().to_owned()]).collect::<Vec<_>>()
        };
        let mut words: Vec<String> = private.iter().flat_map(parts).collect();
        words.retain(|word| word.chars().count() > 1);
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        words.dedup();
        let home = home.trim_end_matches(['/', '\\']);
        // The root of a machine is nobody's home.
        let home = if home.len() > 1 { home.to_owned() } else { String::new() };
        Self { home, words }
    }

    /// The text without what is private. Lines stay lines.
    #[must_use]
    pub fn clean(&self, text: &str) -> String {
        without_live(text).split('\n').map(|line| self.line(line)).collect::<Vec<_>>().join("\n")
    }

    fn line(&self, line: &str) -> String {
        // A terminal's own words would be carried out when somebody reads the file.
        let line: String = line.chars().filter(|c| *c == '\t' || !c.is_control()).collect();
        let line = if self.home.is_empty() { line } else { line.replace(&self.home, "~") };
        let line = homes(&line);
        let line = self.words.iter().fold(line, |line, word| without(&line, word));
        let mut out = String::with_capacity(line.len());
        let mut rest = line.as_str();
        let mut named = false;
        // As in JSON, where the name and the colon stand apart.
        let mut name = false;
        while let Some(c) = rest.chars().next() {
            let end = rest.find(is_between).unwrap_or(rest.len());
            if end == 0 {
                out.push(c);
                rest = rest.get(c.len_utf8()..).unwrap_or_default();
                continue;
            }
            let (word, after) = rest.split_at(end);
            // The text between two brackets is our own.
            if out.ends_with('[') && after.starts_with(']') {
                out.push_str(word);
            } else if matches!(word, ":" | "=") {
                named |= name;
                out.push_str(word);
            } else if named && !names_a_secret(word) {
                out.push_str("[secret]");
                named = false;
            } else {
                named = names_a_secret(word);
                out.push_str(&cleaned(word));
            }
            let lower = word.to_ascii_lowercase();
            name = names().any(|known| lower.ends_with(known));
            rest = after;
        }
        out
    }
}

/// Letters and signs of East Asia, which stand beside a word without a blank.
fn is_wide(c: char) -> bool {
    matches!(c,
        '\u{2e80}'..='\u{a4cf}'
        | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}'
        | '\u{ff00}'..='\u{ffef}')
}

/// What may stand beside a value in a sentence. It may be in a secret too, so that it separates
/// only what was not taken for one.
fn is_beside(c: char) -> bool {
    is_wide(c) || matches!(c, '“' | '”' | '‘' | '’')
}

/// `text` with what stands between such signs changed.
fn between(text: &str, change: impl Fn(&str) -> String) -> String {
    let parts = text.split_inclusive(is_beside).map(|part| {
        let bare = part.trim_end_matches(is_beside);
        change(bare) + part.get(bare.len()..).unwrap_or_default()
    });
    parts.collect()
}

/// Marks of direction, which stand around a value in Hebrew.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// What separates words.
fn is_between(c: char) -> bool {
    c.is_whitespace()
        || is_mark(c)
        || matches!(
            c,
            '"' | '\'' | '`' | '<' | '>' | '(' | ')' | '[' | ']' | '{' | '}' | ',' | ';' | '|'
        )
}

fn names() -> impl Iterator<Item = &'static str> {
    NAMES.into_iter().chain(SCHEMES)
}

/// `Authorization:`, `token=`, `Bearer`: the next word is a secret.
fn names_a_secret(word: &str) -> bool {
    let Some(name) = word.strip_suffix([':', '=']).or(Some(word)) else { return false };
    let lower = name.to_ascii_lowercase();
    let alone = SCHEMES.contains(&lower.as_str());
    let named = names().any(|known| lower.ends_with(known));
    alone || (named && (word.ends_with([':', '=']) || lower.contains(['_', '-'])))
}

/// Homes of people, whoever they are.
fn homes(line: &str) -> String {
    let mut line = line.to_owned();
    for root in ["/home/", "/Users/", "\\Users\\"] {
        while let Some(at) = line.find(root) {
            let name = at + root.len();
            let tail = line.get(name..).unwrap_or_default();
            let end = tail.find(|c: char| is_between(c) || matches!(c, '/' | '\\' | ':'));
            line.replace_range(at..name + end.unwrap_or(tail.len()), "~");
        }
    }
    line
}

/// `line` without the whole word `word`.
fn without(line: &str, word: &str) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some(at) = rest.find(word) {
        let (before, found) = rest.split_at(at);
        let after = found.get(word.len()..).unwrap_or_default();
        let joined = |c: char| c.is_alphanumeric() && !is_wide(c);
        let inside = before.ends_with(joined) && word.starts_with(joined)
            || after.starts_with(joined) && word.ends_with(joined);
        out.push_str(before);
        out.push_str(if inside { word } else { "[private]" });
        rest = after;
    }
    out + rest
}

/// One word without what is private in it.
fn cleaned(word: &str) -> String {
    if let Some((scheme, rest)) = word.split_once("://") {
        return address(scheme, rest);
    }
    if word.contains('@') {
        return "[e-mail]".into();
    }
    if let Some((name, value)) = word.split_once('=')
        && !value.is_empty()
    {
        let value =
            if names_a_secret(&format!("{name}=")) { "[secret]".into() } else { cleaned(value) };
        return format!("{name}={value}");
    }
    if let Some((name, value)) = word.split_once(':')
        && !value.is_empty()
        && names_a_secret(&format!("{name}:"))
    {
        return format!("{name}:[secret]");
    }
    if let Some(class) = class_of(word) {
        return class;
    }
    if word.contains(is_beside) {
        return between(word, cleaned);
    }
    // Parts of a path, of a sentence, of a host with a port.
    let parts = word.split_inclusive(['/', '\\', ':', '.']);
    let whole = is_opaque(word);
    if whole {
        return "[secret]".into();
    }
    parts
        .map(|part| {
            let bare = part.trim_end_matches(['/', '\\', ':', '.']);
            let end = part.get(bare.len()..).unwrap_or_default();
            if is_opaque(bare) { format!("[secret]{end}") } else { part.to_owned() }
        })
        .collect()
}

/// A web address: no login, no query, no fragment.
fn address(scheme: &str, rest: &str) -> String {
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    let (login, host) =
        authority.rsplit_once('@').map_or(("", authority), |(_, h)| ("[secret]@", h));
    let host = between(host, |host| class_of(host).unwrap_or_else(|| host.to_owned()));
    let cut = path.find(['?', '#']);
    let (path, more) =
        cut.map_or((path, ""), |at| (path.get(..at).unwrap_or_default(), "?[secret]"));
    let path: String = path
        .split_inclusive('/')
        .map(|part| {
            let bare = part.trim_end_matches('/');
            let end = part.get(bare.len()..).unwrap_or_default();
            if is_opaque(bare) { format!("[secret]{end}") } else { part.to_owned() }
        })
        .collect();
    format!("{scheme}://{login}{host}{path}{more}")
}

/// An address of a network says where a person is; of what kind it is may help.
fn class_of(word: &str) -> Option<String> {
    let bare = word.trim_end_matches(['.', ':']);
    let end = word.get(bare.len()..).unwrap_or_default();
    let (ip, port) = match (bare.parse::<IpAddr>(), bare.parse::<SocketAddr>()) {
        (Ok(ip), _) => (ip, String::new()),
        (_, Ok(at)) => (at.ip(), format!(":{}", at.port())),
        _ => return None,
    };
    let ip = ip.to_canonical();
    let class = match ip {
        ip if ip.is_loopback() || ip.is_unspecified() => return Some(word.to_owned()),
        IpAddr::V4(ip) if ip.is_private() => "[private IPv4 address]",
        IpAddr::V4(ip) if ip.is_link_local() => "[link-local IPv4 address]",
        IpAddr::V4(_) => "[public IPv4 address]",
        IpAddr::V6(ip) if ip.is_unique_local() => "[private IPv6 address]",
        IpAddr::V6(ip) if ip.is_unicast_link_local() => "[link-local IPv6 address]",
        IpAddr::V6(_) => "[public IPv6 address]",
    };
    Some(format!("{class}{port}{end}"))
}

/// Long, of the letters that keys are written with, and not a word.
fn is_opaque(word: &str) -> bool {
    let letters =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=' | '_' | '-' | '.' | '~');
    if word.len() < OPAQUE || !word.chars().all(letters) || word.starts_with(['/', '~']) {
        return false;
    }
    // Names of crates, hosts and files are words with signs between them.
    let parts = word.split(['-', '_', '.', '/', '+', '=', '~']).filter(|part| !part.is_empty());
    let odd: Vec<&str> = parts.filter(|part| !is_wordy(part)).collect();
    let has = |part: &&&str, is: fn(char) -> bool| part.contains(is);
    let mixed = |part: &&&str| {
        part.len() > 4 && has(part, |c| c.is_ascii_digit()) && has(part, |c| c.is_ascii_uppercase())
    };
    odd.iter().any(|part| mixed(&part)) || odd.iter().map(|part| part.len()).sum::<usize>() >= 10
}

/// As in a language: small letters, the first perhaps a large one; or a short number.
fn is_wordy(part: &str) -> bool {
    let mut letters = part.chars();
    letters.next();
    let word = part.len() <= 15
        && part.starts_with(|c: char| c.is_ascii_alphabetic())
        && letters.all(|c| c.is_ascii_lowercase());
    word || part.len() <= 4 && part.chars().all(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn redactor() -> Redactor {
        let private = ["Ada Lovelace", "ada", "build-box", "Analytical Engines Ltd"];
        Redactor::new("/srv/people/ada/", &private.map(str::to_owned))
    }

    #[test]
    fn what_is_private_is_gone() {
        for (text, expected) in [
            ("open /srv/people/ada/.multiclaw/x", "open ~/.multiclaw/x"),
            ("open /home/grace/.openclaw", "open ~/.openclaw"),
            (r"C:\Users\Grace\AppData", r"C:~\AppData"),
            ("Ada Lovelace opened build-box.", "[private] opened [private]."),
            ("Lovelace, Ada", "[private], [private]"),
            ("mail to grace@example.com now", "mail to [e-mail] now"),
            (
                "from 192.168.1.17:50312 to 203.0.113.9",
                "from [private IPv4 address]:50312 to [public IPv4 address]",
            ),
            (
                "fd00::1 fe80::1 2001:db8::7 127.0.0.1:18789",
                "[private IPv6 address] [link-local IPv6 address] [public IPv6 address] 127.0.0.1:18789",
            ),
            (
                "HTTPS_PROXY=http://grace:pw@proxy.example:3128",
                "HTTPS_PROXY=http://[secret]@proxy.example:3128",
            ),
            ("GET https://a.example/x?token=1 done", "GET https://a.example/x?[secret] done"),
            ("Authorization: Bearer abc", "Authorization: Bearer [secret]"),
            (r#"{"token": "abc", "port": 1}"#, r#"{"token": "[secret]", "port": 1}"#),
            ("gateway_token=abc port=1", "gateway_token=[secret] port=1"),
            ("password:hunter2", "password:[secret]"),
            ("id 7f3c9a52-6d1e-4b8a-9f00-1234567890ab", "id [secret]"),
            ("build-box已离线。", "[private]已离线。"),
            ("ב\u{2068}build-box\u{2069}", "ב\u{2068}[private]\u{2069}"),
            ("代理10.0.0.7:3128会查找名称。", "代理[private IPv4 address]:3128会查找名称。"),
            ("\u{2068}203.0.113.9\u{2069}", "\u{2068}[public IPv4 address]\u{2069}"),
            ("“10.0.0.7”失败", "“[private IPv4 address]”失败"),
            ("打开http://203.0.113.9吧", "打开http://[public IPv4 address]吧"),
            ("token=密abc码", "token=[secret]"),
            ("password: 密abc码", "password: [secret]"),
        ] {
            assert_eq!(redactor().clean(text), expected, "{text}");
        }
    }

    #[test]
    fn what_helps_stays() {
        for text in [
            "2026-11-21T15:48:28.123456Z  WARN net::log: connection failed purpose=MultiClaw Cloud (API) host=\"api.multiclaw.io\" port=443",
            "turn.multiclaw.io, UDP port 3478, carries a packet there and back in 12 ms.",
            "llvmpipe (LLVM 15.0.6, 256 bits) (Vulkan), pictures up to 8192 pixels a side.",
            "Install a driver (on Debian and Ubuntu: mesa-vulkan-drivers).",
            "~/.multiclaw/settings.json drwxr-xr-x xdg-desktop-portal-gtk",
            "multiclaw_core::doctor::probes::network stream::transport::turn_stream::link",
            "This needs “Secure connection”, which failed.",
            "The gateway's token is stored where only openclaw can read it (keyring).",
        ] {
            assert_eq!(redactor().clean(text), text);
        }
    }

    proptest! {
        #[test]
        fn no_token_gets_through(
            token in "[A-Za-z0-9_-]{10}[0-9][A-Z]{4}[A-Za-z0-9_-]{20,60}",
            at in 0_usize..6,
        ) {
            let text = match at {
                0 => format!("token={token}"),
                1 => format!("a request with {token} failed"),
                2 => format!("{{\"x\":\"{token}\"}}"),
                3 => format!("https://a.example/v1/{token}/x"),
                4 => format!("Authorization: Bearer {token}"),
                _ => format!("{token}."),
            };
            prop_assert!(!redactor().clean(&text).contains(&token), "{}", redactor().clean(&text));
        }

        #[test]
        fn any_text_is_cleaned_and_names_are_gone(text in "\\PC{0,80}", more in "\\PC{0,20}") {
            let cleaned = redactor().clean(&format!("{text} Lovelace {more}"));
            prop_assert!(!cleaned.contains(" Lovelace "), "{}", cleaned);
        }
    }
}
