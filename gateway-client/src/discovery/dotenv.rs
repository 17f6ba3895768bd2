//! `.env` in the state folder: variables that the gateway sets for itself when they are unset.

use super::files;
use std::path::Path;
use zeroize::Zeroizing;

/// Longest file in bytes.
const MOST: u64 = 256 * 1024;

/// The value of one variable in this folder's `.env`. What cannot be read is as if it were absent.
pub(super) fn variable(folder: &Path, name: &str) -> Option<Zeroizing<String>> {
    let found = files::read(&folder.join(".env"), MOST).ok()?;
    find(std::str::from_utf8(&found.text).ok()?, name)
}

/// The last line that sets it, as the `dotenv` package reads lines; values over several lines are
/// not read.
fn find(text: &str, name: &str) -> Option<Zeroizing<String>> {
    text.lines().rev().find_map(|line| {
        let line = line.trim_start();
        let line = line.strip_prefix("export ").unwrap_or(line);
        let (key, value) = line.split_once('=')?;
        (key.trim() == name).then(|| Zeroizing::new(unquoted(value.trim()).to_owned()))
    })
}

/// Without quotes, or without the comment after a bare value.
fn unquoted(value: &str) -> &str {
    for quote in ['"', '\'', '`'] {
        if let Some((inner, _)) = value.strip_prefix(quote).and_then(|rest| rest.split_once(quote))
        {
            return inner;
        }
    }
    value.split('#').next().unwrap_or_default().trim_end()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read_as_dotenv_reads_them() {
        let text = "# A=no\nA=1\nexport B = \"two # 2\" # c\nC='x'\nD=bare # c\nA=3\nE=\nF";
        let value = |name| find(text, name).map(|value| value.to_string());
        assert_eq!(value("A").as_deref(), Some("3"));
        assert_eq!(value("B").as_deref(), Some("two # 2"));
        assert_eq!(value("C").as_deref(), Some("x"));
        assert_eq!(value("D").as_deref(), Some("bare"));
        assert_eq!(value("E").as_deref(), Some(""));
        assert_eq!(value("F"), None);
        assert_eq!(value("G"), None);
    }
}
