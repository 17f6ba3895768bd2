//! The second net under secrets: what goes into a log or the crash file passes here first.
//!
//! The first net are types without a printable form. This one takes out what slipped through: live
//! secrets that were made known, what stands behind names like "token", `Bearer …`, `sk-…`,
//! `enc:…`, e-mail addresses, long words of letters and digits, and the name of the home folder.
//! It would rather take out too much.

use parking_lot::Mutex;
use std::borrow::Cow;
use std::io::{self, Write};
use zeroize::Zeroizing;

/// What stands in place of what was taken out.
const GONE: &str = "[redacted]";
/// Live secrets that are known; the oldest go.
const KNOWN: usize = 64;
/// Shorter ones would take words out of every sentence, in bytes.
const SHORTEST: usize = 6;
/// A word of this many characters, letters and digits, is taken for a token.
const TOKEN: usize = 24;

static LIVE: Mutex<Vec<Zeroizing<String>>> = Mutex::new(Vec::new());

/// What stands behind one of these, after a colon or an equals sign, is a secret. Both nets know
/// them: this one, and that of the check's file ([`crate::doctor`]).
pub(crate) const NAMES: [&str; 13] = [
    "token",
    "secret",
    "password",
    "passwd",
    "pwd",
    "api_key",
    "apikey",
    "api-key",
    "private_key",
    "authorization",
    "credential",
    "cookie",
    "signature",
];

/// Makes a live secret known, so that it is found wherever it is printed.
pub fn remember(secret: &str) {
    if secret.len() < SHORTEST {
        return;
    }
    let mut live = LIVE.lock();
    if live.iter().any(|known| known.as_str() == secret) {
        return;
    }
    if live.len() >= KNOWN {
        live.remove(0);
    }
    live.push(Zeroizing::new(secret.to_owned()));
}

/// A secret is over; its copy is wiped.
pub fn forget(secret: &str) {
    LIVE.lock().retain(|known| known.as_str() != secret);
}

/// The text without what must not be in it.
#[must_use]
pub fn redact(text: &str) -> String {
    let mut text = without_live(text);
    if let Some(home) = std::env::home_dir()
        && let Some(home) = home.to_str().filter(|home| home.len() > 1)
        && text.contains(home)
    {
        text = Cow::Owned(text.replace(home, "~"));
    }
    words(&text)
}

/// The text without the live secrets that are known.
pub(crate) fn without_live(text: &str) -> Cow<'_, str> {
    let mut text = Cow::Borrowed(text);
    // A panic may come while the list is held; then the other rules stand alone.
    if let Some(live) = LIVE.try_lock() {
        for secret in live.iter() {
            if text.contains(secret.as_str()) {
                text = Cow::Owned(text.replace(secret.as_str(), GONE));
            }
        }
    }
    text
}

fn separates(c: char) -> bool {
    c.is_whitespace() || "\"'`()<>[]{},;:=&?|\\".contains(c)
}

/// Word by word: what a word is depends on the one before and on what is between them.
fn words(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let (mut rest, mut before, mut scheme) = (text, "", false);
    while !rest.is_empty() {
        let end = rest.find(|c| !separates(c)).unwrap_or(rest.len());
        let (between, from) = rest.split_at(end);
        out.push_str(between);
        let end = from.find(separates).unwrap_or(from.len());
        let (word, after) = from.split_at(end);
        let lower = before.to_ascii_lowercase();
        let named = between.contains([':', '='])
            && NAMES.iter().any(|name| lower.ends_with(name) || lower == format!("{name}s"));
        let is_scheme = ["bearer", "basic"].contains(&word.to_ascii_lowercase().as_str());
        // `enc:v1:…` has more parts behind colons.
        let sealed = between == ":" && (before == GONE || lower == "enc");
        if word == "redacted" || word.is_empty() {
            out.push_str(word);
        } else if (scheme || named || sealed) && !is_scheme {
            out.push_str(GONE);
            before = if sealed { GONE } else { word };
            (scheme, rest) = (false, after);
            continue;
        } else {
            out.push_str(&alone(word));
        }
        scheme = is_scheme;
        before = word;
        rest = after;
    }
    out
}

/// A word by itself.
fn alone(word: &str) -> Cow<'_, str> {
    if let Some((name, host)) = word.split_once('@')
        && !name.is_empty()
        && host.contains('.')
    {
        return Cow::Borrowed("[e-mail]");
    }
    if word.starts_with("sk-") || word.starts_with("sk_") {
        return Cow::Borrowed(GONE);
    }
    let part = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    let token = |run: &str| {
        let digits = run.bytes().filter(u8::is_ascii_digit).count();
        let letters = run.bytes().filter(u8::is_ascii_alphabetic).count();
        run.len() >= TOKEN && digits >= 4 && letters >= 2
    };
    if !word.split(|c| !part(c)).any(token) {
        return Cow::Borrowed(word);
    }
    let mut out = String::new();
    let mut rest = word;
    while !rest.is_empty() {
        let end = rest.find(|c| !part(c)).unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        out.push_str(if token(run) { GONE } else { run });
        let end = after.find(part).unwrap_or(after.len());
        let (between, after) = after.split_at(end);
        out.push_str(between);
        rest = after;
    }
    Cow::Owned(out)
}

/// The standard error output, behind the net. Each writing is one message.
#[derive(Clone, Copy, Debug, Default)]
pub struct Stderr;

impl Write for Stderr {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        io::stderr().write_all(redact(&String::from_utf8_lossy(bytes)).as_bytes())?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        io::stderr().flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_looks_like_a_secret_is_taken_out() {
        for (text, want) in [
            ("Authorization: Bearer abc.def", "Authorization: Bearer [redacted]"),
            ("authorization=Basic dTpw", "authorization=Basic [redacted]"),
            (r#"{"token":"hunter2","n":1}"#, r#"{"token":"[redacted]","n":1}"#),
            ("https://x/y?access_token=abc&z=1", "https://x/y?access_token=[redacted]&z=1"),
            ("password: a-b", "password: [redacted]"),
            ("key sk-live-123 failed", "key [redacted] failed"),
            ("enc:v1:AAAA", "enc:[redacted]:[redacted]"),
            ("ada@example.com left", "[e-mail] left"),
            ("a 9f86d081884c7d659a2feaa0c55ad015 b", "a [redacted] b"),
            ("plain words stay: 12 files, ok", "plain words stay: 12 files, ok"),
            ("app/core/src/engine/mod.rs:12:5", "app/core/src/engine/mod.rs:12:5"),
        ] {
            assert_eq!(redact(text), want);
        }
    }

    #[test]
    fn a_live_secret_is_found_anywhere_until_it_is_over() {
        remember("MARKED secret");
        assert_eq!(redact("xMARKED secrety"), "x[redacted]y");
        remember("short");
        assert_eq!(redact("short"), "short");
        forget("MARKED secret");
        assert_eq!(redact("MARKED secret"), "MARKED secret");
    }

    #[test]
    fn the_home_folder_has_no_name() {
        let home = std::env::home_dir().unwrap();
        let text = format!("cannot open {}/.multiclaw/x", home.display());
        assert_eq!(redact(&text), "cannot open ~/.multiclaw/x");
    }

    proptest! {
        #[test]
        fn any_text_passes_and_no_named_secret_does(
            before in "\\PC{0,40}",
            secret in "[a-zA-Z0-9]{4,40}",
            after in "\\PC{0,40}",
        ) {
            prop_assume!(!before.contains(&secret) && !after.contains(&secret));
            prop_assume!(!"redacted token e-mail".contains(&secret.to_ascii_lowercase()));
            let out = redact(&format!("{before} token={secret} {after}"));
            prop_assert!(!out.contains(&format!("={secret}")), "{out}");
        }
    }
}
