//! Addresses that are written into a text without any mark.

use std::ops::Range;

/// Longest address that is a link, in bytes.
const LONGEST: usize = 2_048;

/// The addresses in a text, in order.
pub(super) fn find(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = text.get(from..).and_then(scheme).map(|at| at + from) {
        let length = length(text.get(at..).unwrap_or_default());
        if length > 0 {
            found.push(at..at + length);
            from = at + length;
        } else {
            from = at + "http".len();
        }
    }
    found
}

/// Whether an address can be pressed: the web only, no user name that could pass for a host, and
/// nothing that is written so that it looks like another one. Core is stricter, and asked again.
pub(super) fn opens(address: &str) -> bool {
    let host = address
        .split_once("://")
        .filter(|(name, _)| ["http", "https"].iter().any(|n| name.eq_ignore_ascii_case(n)))
        .map_or("", |(_, rest)| rest.split(['/', '?', '#', '\\']).next().unwrap_or_default());
    let begins = host.chars().next().is_some_and(|c| c.is_alphanumeric() || c == '[');
    let odd = |c: char| c.is_whitespace() || c.is_control() || is_direction(c);
    begins && address.len() <= LONGEST && !host.contains('@') && !address.contains(odd)
}

/// Where `http://` or `https://` begins.
fn scheme(text: &str) -> Option<usize> {
    let mut from = 0;
    loop {
        let at = from + text.get(from..)?.find("://")?;
        let before = text.as_bytes().get(..at)?;
        for name in [b"https".as_slice(), b"http"] {
            let start = at.checked_sub(name.len());
            if let Some(start) = start
                && before.get(start..).is_some_and(|b| b.eq_ignore_ascii_case(name))
                && !start
                    .checked_sub(1)
                    .and_then(|i| before.get(i))
                    .is_some_and(u8::is_ascii_alphanumeric)
            {
                return Some(start);
            }
        }
        from = at + 3;
    }
}

/// How long the address at the beginning of the text is; 0 for one that names no host.
fn length(text: &str) -> usize {
    let ends = |c: char| {
        c.is_whitespace() || c.is_control() || is_direction(c) || matches!(c, '<' | '>' | '"' | '`')
    };
    let mut url = text.get(..text.find(ends).unwrap_or(text.len())).unwrap_or_default();
    if url.len() > LONGEST {
        return 0;
    }
    // A sentence goes on after a link; a bracket belongs to it only if it was opened in it.
    while let Some(last) = url.chars().next_back() {
        let drop = match last {
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | '_' | '|' => true,
            ')' => url.matches(')').count() > url.matches('(').count(),
            ']' => url.matches(']').count() > url.matches('[').count(),
            '}' => url.matches('}').count() > url.matches('{').count(),
            _ => false,
        };
        if !drop {
            break;
        }
        url = url.get(..url.len() - last.len_utf8()).unwrap_or_default();
    }
    let host = url.split_once("://").map_or("", |(_, rest)| rest);
    if host.chars().next().is_some_and(|c| c.is_alphanumeric() || c == '[') { url.len() } else { 0 }
}

/// Marks that turn the direction of writing: an address could be shown as another one.
fn is_direction(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
