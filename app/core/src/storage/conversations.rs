//! Conversations on this machine: one file each, one JSON record a line, only ever added to.
//!
//! A crash can cut the last line off; it is skipped and ended by the next. Records of a later
//! version are skipped.

pub use super::kept::{Head, Kept, Line, beginning, one_line};
use super::{MAX_LOG, Storage, StorageError};
use crate::sync::outbox::Home;
use serde::{Deserialize, Serialize};
use std::collections::hash_map::Entry;

/// What stands in the file of a conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Record {
    /// Its title from here on.
    Title(String),
    /// The agent it is with.
    Agent(String),
    /// Where it is synced to from here on.
    Home(Home),
    /// A message.
    Message(Line),
    /// The cloud has the message of this id, under this number.
    Sent {
        /// The message's id.
        id: String,
        /// Its number in the workspace.
        n: u64,
    },
    /// A record of a later version.
    #[serde(other)]
    Unknown,
}

fn file(id: &str) -> String {
    format!("{id}.jsonl")
}

/// Whether this may be the id of a conversation, and so a part of a file's name.
#[must_use]
pub fn is_id(text: &str) -> bool {
    let good = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    !text.is_empty() && text.len() <= 64 && text.chars().all(good)
}

/// Adds records to a conversation; begins it with the first.
///
/// # Errors
/// [`StorageError`].
pub fn append(folder: &Storage, id: &str, records: &[Record]) -> Result<(), StorageError> {
    let mut bytes = Vec::new();
    for record in records {
        serde_json::to_writer(&mut bytes, record)
            .map_err(|e| StorageError::Damaged { name: file(id), why: e.to_string() })?;
        bytes.push(b'\n');
    }
    folder.append(&file(id), &bytes)
}

/// Reads a conversation; `None` when it is not here.
///
/// # Errors
/// [`StorageError`].
pub fn load(folder: &Storage, id: &str) -> Result<Option<Kept>, StorageError> {
    Ok(folder.read_up_to(&file(id), MAX_LOG)?.map(|bytes| parse(&bytes)))
}

fn parse(bytes: &[u8]) -> Kept {
    let mut kept = Kept::default();
    // Where each message stands: looking each up in turn would take minutes in a long file.
    let mut known = std::collections::HashMap::new();
    for line in bytes.split(|&byte| byte == b'\n').filter(|line| !line.is_empty()) {
        match serde_json::from_slice::<Record>(line) {
            Ok(Record::Message(line)) => match known.entry(line.id.clone()) {
                Entry::Vacant(place) => {
                    place.insert(kept.lines.len());
                    kept.lines.push(line);
                }
                Entry::Occupied(place) => number(&mut kept.lines, *place.get(), line.n),
            },
            Ok(Record::Sent { id, n }) => {
                if let Some(&place) = known.get(&id) {
                    number(&mut kept.lines, place, Some(n));
                }
            }
            Ok(Record::Title(title)) => kept.title = title,
            Ok(Record::Agent(agent)) => kept.agent = Some(agent),
            Ok(Record::Home(home)) => kept.home = Some(home),
            Ok(Record::Unknown) => {}
            Err(error) => tracing::debug!(column = error.column(), "a record does not parse"),
        }
    }
    kept.sort();
    kept
}

fn number(lines: &mut [Line], place: usize, n: Option<u64>) {
    if let Some(line) = lines.get_mut(place)
        && n.is_some()
    {
        line.n = n;
    }
}

/// Heads of all conversations, in no order.
///
/// # Errors
/// [`StorageError`] when the folder cannot be read; a damaged file is skipped.
pub fn heads(folder: &Storage) -> Result<Vec<Head>, StorageError> {
    let mut heads = Vec::new();
    for name in folder.names()? {
        let Some(id) = name.strip_suffix(".jsonl").filter(|id| is_id(id)) else { continue };
        match load(folder, id) {
            Ok(Some(kept)) => heads.push(kept.head(id)),
            Ok(None) => {}
            Err(error) => tracing::warn!(%error, "a conversation cannot be read"),
        }
    }
    Ok(heads)
}

/// Removes a conversation.
///
/// # Errors
/// [`StorageError`].
pub fn remove(folder: &Storage, id: &str) -> Result<(), StorageError> {
    folder.remove(&file(id))
}

/// Where a text was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// In which conversation.
    pub head: Head,
    /// The line that matched, around the match.
    pub excerpt: String,
    /// RFC 3339: of the message.
    pub at: String,
}

/// Looks for `text`, in any case, through titles and messages of the conversations in `ids`; at
/// most one place each and `most` in all. `stop` is asked between files.
#[must_use]
pub fn search(
    folder: &Storage,
    ids: &[String],
    text: &str,
    most: usize,
    stop: &dyn Fn() -> bool,
) -> Vec<Found> {
    let wanted = text.to_lowercase();
    let mut found = Vec::new();
    for id in ids {
        if found.len() >= most || stop() {
            break;
        }
        let Ok(Some(kept)) = load(folder, id) else { continue };
        let hit = kept.lines.iter().rev().find_map(|line| {
            excerpt(&line.text, &wanted).map(|excerpt| (excerpt, line.at.clone()))
        });
        let head = kept.head(id);
        if let Some((excerpt, at)) = hit {
            found.push(Found { head, excerpt, at });
        } else if head.title.to_lowercase().contains(&wanted) {
            let (excerpt, at) = (head.last.clone(), head.updated_at.clone());
            found.push(Found { head, excerpt, at });
        }
    }
    found
}

/// The line of `text` that holds `wanted` (lower case), cut to 160 characters around it.
fn excerpt(text: &str, wanted: &str) -> Option<String> {
    let line = text.lines().find(|line| line.to_lowercase().contains(wanted))?;
    let lower = line.to_lowercase();
    let before = lower.split(wanted).next().map_or(0, |part| part.chars().count());
    let from = before.saturating_sub(40);
    let mut cut: String = line.chars().skip(from).take(160).collect();
    if from > 0 {
        cut.insert(0, '…');
    }
    Some(cut)
}

#[cfg(test)]
mod tests {
    use super::*;
    use cloud_client::wire::Speaker;
    use proptest::prelude::*;

    fn line(id: &str, text: &str) -> Line {
        let at = "2026-11-21T14:03:22Z".to_owned();
        let (id, text) = (id.to_owned(), text.to_owned());
        Line { id, n: None, speaker: Speaker::Person, name: String::new(), text, at }
    }

    fn folder() -> (tempfile::TempDir, Storage) {
        let base = tempfile::tempdir().unwrap();
        let folder = Storage::open(base.path()).unwrap().folder("conversations").unwrap();
        (base, folder)
    }

    #[test]
    fn a_conversation_grows_and_comes_back() {
        let (_base, folder) = folder();
        append(&folder, "c1", &[Record::Title("Plans".into())]).unwrap();
        append(&folder, "c1", &[Record::Message(line("m1", "Hello\nthere"))]).unwrap();
        append(&folder, "c1", &[Record::Message(line("m1", "Hello\nthere"))]).unwrap();
        append(&folder, "c1", &[Record::Sent { id: "m1".into(), n: 7 }]).unwrap();
        let kept = load(&folder, "c1").unwrap().unwrap();
        assert_eq!((kept.lines.len(), kept.lines[0].n), (1, Some(7)));
        let heads = heads(&folder).unwrap();
        assert_eq!((heads[0].title.as_str(), heads[0].last.as_str()), ("Plans", "Hello"));
        remove(&folder, "c1").unwrap();
        assert_eq!(load(&folder, "c1").unwrap(), None);
    }

    #[test]
    fn a_line_that_a_crash_cut_off_spoils_nothing() {
        let (base, folder) = folder();
        append(&folder, "c1", &[Record::Message(line("m1", "one"))]).unwrap();
        let path = base.path().join("conversations/c1.jsonl");
        let mut bytes = std::fs::read(&path).unwrap();
        bytes.extend_from_slice(b"{\"message\":{\"id\":\"m2\",\"te");
        std::fs::write(&path, bytes).unwrap();
        append(&folder, "c1", &[Record::Message(line("m3", "three"))]).unwrap();
        let texts: Vec<_> =
            load(&folder, "c1").unwrap().unwrap().lines.into_iter().map(|l| l.text).collect();
        assert_eq!(texts, ["one", "three"]);
    }

    #[test]
    fn a_search_finds_messages_and_titles() {
        let (_base, folder) = folder();
        let long = format!("{} the NEEDLE is here", "hay ".repeat(50));
        append(&folder, "c1", &[Record::Message(line("m", &long))]).unwrap();
        append(&folder, "c2", &[Record::Title("Needles".into())]).unwrap();
        append(&folder, "c3", &[Record::Title("Other".into())]).unwrap();
        let ids = ["c1", "c2", "c3"].map(str::to_owned);
        let found = search(&folder, &ids, "needle", 10, &|| false);
        assert_eq!(found.len(), 2);
        assert!(found[0].excerpt.starts_with('…') && found[0].excerpt.contains("NEEDLE"));
        assert_eq!(search(&folder, &ids, "needle", 1, &|| false).len(), 1);
        assert_eq!(search(&folder, &ids, "needle", 9, &|| true).len(), 0);
    }

    /// The answer to an own message may come before the event of an earlier one.
    #[test]
    fn messages_stand_by_number_and_a_hole_is_found() {
        let (_base, folder) = folder();
        let with = |id: &str, n| Record::Message(Line { n, ..line(id, id) });
        let sent = |id: &str, n| Record::Sent { id: id.into(), n };
        let records = [with("a", Some(3)), with("mine", None), with("b", Some(4)), with("c", None)];
        append(&folder, "c1", &records).unwrap();
        append(&folder, "c1", &[sent("mine", 6), with("mine", None)]).unwrap();
        let kept = load(&folder, "c1").unwrap().unwrap();
        let ids: Vec<_> = kept.lines.iter().map(|line| line.id.as_str()).collect();
        assert_eq!(ids, ["a", "b", "mine", "c"]);
        assert_eq!((kept.oldest(), kept.followed(), kept.newest()), (3, 4, 6));
        append(&folder, "c1", &[with("late", Some(5))]).unwrap();
        assert_eq!(load(&folder, "c1").unwrap().unwrap().followed(), 6);
        assert_eq!(Kept::default().followed(), 0);
    }

    proptest! {
        #[test]
        fn any_file_reads(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            parse(&bytes);
        }

        #[test]
        fn excerpts_never_panic(text in "\\PC{0,80}", wanted in "\\PC{0,5}") {
            excerpt(&text, &wanted.to_lowercase());
        }
    }
}
