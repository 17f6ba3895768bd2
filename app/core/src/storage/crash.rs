//! `crash.log`: what the program said when it crashed. The last few only, owner-only, capped.

use super::{Storage, StorageError};
use crate::model::CrashLogFacts;
use crate::scope::CRASH_FILE;

/// Crashes that are kept.
const MOST: usize = 5;
/// Longest report, in bytes.
const LONGEST: usize = 24 * 1024;
/// What each begins with; the time follows.
const HEAD: &str = "=== crash ";

/// Adds a report that begins at this time (RFC 3339, UTC).
///
/// # Errors
/// [`StorageError`].
pub(crate) fn add(storage: &Storage, at: &str, text: &str) -> Result<(), StorageError> {
    // What cannot be read is written over: the newest crash is worth more.
    let before = read(storage);
    let kept = reports(&before);
    let kept = kept.get(kept.len().saturating_sub(MOST - 1)..).unwrap_or_default();
    let mut cut = text.len().min(LONGEST);
    while !text.is_char_boundary(cut) {
        cut -= 1;
    }
    // No line of a message may look like the beginning of another report.
    let text = text.get(..cut).unwrap_or_default().replace(HEAD, "=== ");
    let all = format!("{}{HEAD}{at}\n{}\n\n", kept.concat(), text.trim_end());
    storage.write(CRASH_FILE, all.as_bytes())
}

/// What is known of it; `None` when there is nothing in it.
pub(crate) fn facts(storage: &Storage) -> Option<CrashLogFacts> {
    let text = read(storage);
    let reports = reports(&text);
    let newest = reports.last()?.strip_prefix(HEAD)?.lines().next()?;
    Some(CrashLogFacts {
        crashes: reports.len(),
        bytes: text.len() as u64,
        newest: crate::say::when(newest),
    })
}

/// Removes it.
///
/// # Errors
/// [`StorageError`].
pub(crate) fn delete(storage: &Storage) -> Result<(), StorageError> {
    storage.remove(CRASH_FILE)
}

fn read(storage: &Storage) -> String {
    let bytes = storage.read(CRASH_FILE).ok().flatten().unwrap_or_default();
    String::from_utf8_lossy(&bytes).into_owned()
}

fn reports(text: &str) -> Vec<&str> {
    let starts: Vec<usize> = text
        .match_indices(HEAD)
        .map(|(at, _)| at)
        .filter(|at| *at == 0 || text.get(..*at).is_some_and(|before| before.ends_with('\n')))
        .collect();
    let ends = starts.iter().skip(1).copied().chain(std::iter::once(text.len()));
    starts.iter().zip(ends).filter_map(|(from, to)| text.get(*from..to)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_few_are_kept_and_it_stays_small() {
        let base = tempfile::tempdir().unwrap();
        let storage = Storage::open(base.path()).unwrap();
        assert_eq!(facts(&storage), None);
        for n in 0..9 {
            let text = format!("number {n} {}\n=== crash forged", "é".repeat(40_000));
            add(&storage, &format!("2026-03-0{}T10:00:00Z", n + 1), &text).unwrap();
        }
        let text = std::fs::read_to_string(base.path().join(CRASH_FILE)).unwrap();
        assert!(text.len() < MOST * (LONGEST + 100), "{}", text.len());
        let facts = facts(&storage).unwrap();
        assert_eq!((facts.crashes, facts.bytes), (MOST, text.len() as u64));
        assert!(text.contains("number 8") && text.contains("number 4"));
        assert!(!text.contains("number 3"));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let about = std::fs::metadata(base.path().join(CRASH_FILE)).unwrap();
            assert_eq!(about.permissions().mode() & 0o777, 0o600);
        }
        delete(&storage).unwrap();
        delete(&storage).unwrap();
        assert_eq!(super::facts(&storage), None);
    }

    #[test]
    fn damage_is_written_over() {
        let base = tempfile::tempdir().unwrap();
        let storage = Storage::open(base.path()).unwrap();
        std::fs::write(base.path().join(CRASH_FILE), vec![0xff; 400_000]).unwrap();
        add(&storage, "2026-03-01T10:00:00Z", "x").unwrap();
        assert_eq!(facts(&storage).unwrap().crashes, 1);
    }
}
