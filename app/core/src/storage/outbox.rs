//! The outbox on disk: one file an entry, so that adding and removing one touches no other.

use super::{Storage, StorageError};
use crate::sync::outbox::Entry;

/// Entries read back; a person does not write more offline.
const MOST: usize = 10_000;

fn name(entry: &Entry) -> String {
    format!("{:012}.json", entry.number)
}

/// Reads all entries. A file that does not parse stays where it is and is named.
///
/// # Errors
/// [`StorageError`] when the folder cannot be read.
pub fn load(folder: &Storage) -> Result<(Vec<Entry>, Vec<StorageError>), StorageError> {
    let (mut entries, mut faults) = (Vec::new(), Vec::new());
    let mut names = folder.names()?;
    names.sort();
    for name in names.into_iter().take(MOST) {
        let read = folder.read(&name).and_then(|bytes| {
            let damaged = |why: String| StorageError::Damaged { name: name.clone(), why };
            let bytes = bytes.ok_or_else(|| damaged("it is gone".into()))?;
            serde_json::from_slice::<Entry>(&bytes).map_err(|error| damaged(error.to_string()))
        });
        match read {
            Ok(entry) => entries.push(entry),
            Err(fault) => faults.push(fault),
        }
    }
    Ok((entries, faults))
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
        let (entries, faults) = load(&folder).unwrap();
        assert_eq!(entries, [entry(3), entry(12), entry(1000)]);
        assert_eq!(faults.len(), 1);
        remove(&folder, 12).unwrap();
        assert_eq!(load(&folder).unwrap().0.len(), 2);
        assert!(base.path().join("outbox/000000000007.json").exists());
    }
}
