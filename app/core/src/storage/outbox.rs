//! The outbox on disk: one file an entry, so that adding and removing one touches no other.

use super::{Storage, StorageError};
use crate::sync::outbox::Entry;

/// What the folder holds.
#[derive(Debug, Default)]
pub struct Unsent {
    /// The entries, in order.
    pub entries: Vec<Entry>,
    /// The highest number of a file, whether it can be read or not: new ones come after it, and
    /// so write over none.
    pub last: u64,
    /// Files that cannot be read.
    pub faults: Vec<StorageError>,
}

fn name(entry: &Entry) -> String {
    format!("{:012}.json", entry.number)
}

/// Reads all entries. A file that does not parse stays where it is and is named.
///
/// # Errors
/// [`StorageError`] when the folder cannot be read.
pub fn load(folder: &Storage) -> Result<Unsent, StorageError> {
    let mut unsent = Unsent::default();
    let mut names = folder.names()?;
    names.sort();
    for name in names {
        let number = name.strip_suffix(".json").and_then(|number| number.parse::<u64>().ok());
        unsent.last = unsent.last.max(number.unwrap_or(0));
        let read = folder.read(&name).and_then(|bytes| {
            let damaged = |why: &str| StorageError::Damaged { name: name.clone(), why: why.into() };
            let bytes = bytes.ok_or_else(|| damaged("it is gone"))?;
            // The parser's message may quote what was written.
            let entry: Entry = serde_json::from_slice(&bytes)
                .map_err(|error| damaged(&format!("column {}", error.column())))?;
            match number {
                Some(number) if number == entry.number => Ok(entry),
                _ => Err(damaged("its number is another")),
            }
        });
        match read {
            Ok(entry) => unsent.entries.push(entry),
            Err(fault) => unsent.faults.push(fault),
        }
    }
    Ok(unsent)
}

/// Writes an entry.
///
/// # Errors
/// [`StorageError`].
pub fn save(folder: &Storage, entry: &Entry) -> Result<(), StorageError> {
    let name = name(entry);
    let bytes = serde_json::to_vec(entry)
        .map_err(|error| StorageError::Damaged { name: name.clone(), why: error.to_string() })?;
    folder.write(&name, &bytes)
}

/// Removes an entry that is done.
///
/// # Errors
/// [`StorageError`].
pub fn remove(folder: &Storage, number: u64) -> Result<(), StorageError> {
    folder.remove(&format!("{number:012}.json"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sync::outbox::{Act, Home};

    #[test]
    fn entries_come_back_in_order_and_a_damaged_one_stays() {
        let base = tempfile::tempdir().unwrap();
        let folder = Storage::open(base.path()).unwrap().folder("outbox").unwrap();
        let entry = |number| Entry {
            number,
            key: format!("k{number}"),
            home: Home { cloud: "c".into(), person: "p".into(), workspace: "w".into() },
            act: Act::DeleteConversation { id: "x".into() },
        };
        for number in [12, 3, 1000] {
            save(&folder, &entry(number)).unwrap();
        }
        std::fs::write(base.path().join("outbox/000000000007.json"), b"{\"num").unwrap();
        std::fs::write(base.path().join("outbox/000000002000.json"), b"\"a secret\"").unwrap();
        std::fs::copy(
            base.path().join("outbox/000000000003.json"),
            base.path().join("outbox/000000000004.json"),
        )
        .unwrap();
        let unsent = load(&folder).unwrap();
        assert_eq!(unsent.entries, [entry(3), entry(12), entry(1000)]);
        assert_eq!(unsent.last, 2000, "a file that cannot be read is not written over");
        let said: Vec<_> = unsent.faults.iter().map(ToString::to_string).collect();
        assert_eq!(said.len(), 3, "{said:?}");
        assert!(!said.concat().contains("secret"), "{said:?}");
        remove(&folder, 12).unwrap();
        assert_eq!(load(&folder).unwrap().entries.len(), 2);
        assert!(base.path().join("outbox/000000000007.json").exists());
    }

    /// A week without a network: nothing of it is left behind.
    #[test]
    fn more_than_ten_thousand_entries_come_back() {
        let base = tempfile::tempdir().unwrap();
        let folder = Storage::open(base.path()).unwrap().folder("outbox").unwrap();
        let home = Home { cloud: "c".into(), person: "p".into(), workspace: "w".into() };
        for number in 1..=10_050 {
            let act = Act::DeleteConversation { id: "x".into() };
            let entry = Entry { number, key: String::new(), home: home.clone(), act };
            let bytes = serde_json::to_vec(&entry).unwrap();
            std::fs::write(base.path().join("outbox").join(name(&entry)), bytes).unwrap();
        }
        let unsent = load(&folder).unwrap();
        assert_eq!((unsent.entries.len(), unsent.last), (10_050, 10_050));
    }
}
