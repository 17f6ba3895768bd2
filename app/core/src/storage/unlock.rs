//! `kiosk-pin.json`: how often a wrong PIN was entered.

use super::{Storage, StorageError};
use crate::kiosk::attempts::Attempts;
use crate::scope::UNLOCK_FILE;

/// Reads it; none, when it is not there. `now`: seconds since 1970. A file that cannot be read
/// counts as one with all free attempts used.
#[must_use]
pub fn load(storage: &Storage, now: i64) -> Attempts {
    match storage.read(UNLOCK_FILE) {
        Ok(None) => Attempts::default(),
        Ok(Some(bytes)) => serde_json::from_slice(&bytes).unwrap_or_else(|error| {
            tracing::warn!(%error, "the count of wrong PINs cannot be read");
            Attempts::unknown(now)
        }),
        Err(error) => {
            tracing::warn!(%error, "the count of wrong PINs cannot be read");
            Attempts::unknown(now)
        }
    }
}

/// Writes it.
///
/// # Errors
/// [`StorageError`].
pub fn save(storage: &Storage, attempts: Attempts) -> Result<(), StorageError> {
    let bytes = serde_json::to_vec(&attempts).map_err(|error| StorageError::Damaged {
        name: UNLOCK_FILE.to_owned(),
        why: error.to_string(),
    })?;
    storage.write(UNLOCK_FILE, &bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_count_survives_and_a_damaged_file_is_no_way_out() {
        let base = tempfile::tempdir().unwrap();
        let storage = Storage::open(base.path()).unwrap();
        assert_eq!(load(&storage, 0).wait(0), 0);
        let mut attempts = Attempts::default();
        for _ in 0..5 {
            attempts.begin(100);
        }
        save(&storage, attempts).unwrap();
        assert_eq!(load(&storage, 100), attempts);
        for damaged in ["", "{}", "{\"failed\":-1,\"until\":0}", "\u{0}"] {
            std::fs::write(base.path().join(UNLOCK_FILE), damaged).unwrap();
            assert_eq!(load(&storage, 100).wait(100), 30, "{damaged:?}");
        }
    }
}
