//! `kiosk.json`: this machine as an unattended screen. It holds the key, so it is the whole
//! credential; it is protected by file permissions, and the owner can end it at the cloud.

use super::{Storage, StorageError};
use crate::scope::{KIOSK_FILE, KIOSK_NEW_FILE};
use cloud_client::screen::ScreenKey;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

/// Version of the file's format.
const VERSION: u64 = 1;

/// This machine as a screen.
#[derive(Debug)]
pub struct StoredScreen {
    /// The cloud it belongs to, as a base URL: nothing is signed for another one.
    pub cloud: String,
    /// The cloud's id of the screen.
    pub screen: String,
    /// What the owner calls it, to be shown before the cloud is reached.
    pub name: String,
    /// Name of the workspace, for the same.
    pub workspace: String,
    /// It may send input, not only watch.
    pub control: bool,
    /// Its key.
    pub key: ScreenKey,
}

#[derive(Serialize, Deserialize)]
struct File {
    version: u64,
    cloud: String,
    screen: String,
    name: String,
    workspace: String,
    control: bool,
    key: Zeroizing<String>,
}

fn damaged(why: &str) -> StorageError {
    StorageError::Damaged { name: KIOSK_FILE.to_owned(), why: why.to_owned() }
}

impl StoredScreen {
    /// Reads it; `None` when this machine is no screen.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn load(storage: &Storage) -> Result<Option<Self>, StorageError> {
        let Some(bytes) = storage.read(KIOSK_FILE)?.map(Zeroizing::new) else {
            return Ok(None);
        };
        // The parser's message may quote the file, and with it the key.
        let file: File =
            serde_json::from_slice(&bytes).map_err(|_| damaged("it does not parse"))?;
        if file.version != VERSION {
            return Err(damaged("another version of this program wrote it"));
        }
        let key = ScreenKey::parse(&file.key).map_err(|_| damaged("it holds no key"))?;
        let File { cloud, screen, name, workspace, control, .. } = file;
        Ok(Some(Self { cloud, screen, name, workspace, control, key }))
    }

    /// Writes it beside its place, to see whether it can be kept. What is there stays.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn try_out(&self, storage: &Storage) -> Result<(), StorageError> {
        storage.write(KIOSK_NEW_FILE, &self.bytes()?)
    }

    /// Writes it. This machine is this screen from now on.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn save(&self, storage: &Storage) -> Result<(), StorageError> {
        storage.write(KIOSK_FILE, &self.bytes()?)?;
        storage.remove(KIOSK_NEW_FILE)
    }

    /// Removes it, if it is there: this machine is no screen any more.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn remove(storage: &Storage) -> Result<(), StorageError> {
        storage.remove(KIOSK_NEW_FILE)?;
        storage.remove(KIOSK_FILE)
    }

    fn bytes(&self) -> Result<Zeroizing<Vec<u8>>, StorageError> {
        let file = File {
            version: VERSION,
            cloud: self.cloud.clone(),
            screen: self.screen.clone(),
            name: self.name.clone(),
            workspace: self.workspace.clone(),
            control: self.control,
            key: self.key.to_text(),
        };
        let bytes = serde_json::to_vec(&file).map_err(|_| damaged("it cannot be written"))?;
        Ok(Zeroizing::new(bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stored() -> StoredScreen {
        StoredScreen {
            cloud: "https://cloud.example.com".into(),
            screen: "k-1".into(),
            name: "Lobby".into(),
            workspace: "Works".into(),
            control: true,
            key: ScreenKey::generate(),
        }
    }

    #[test]
    fn it_comes_back_for_its_owner_only_and_is_not_printed() {
        let base = tempfile::tempdir().unwrap();
        let storage = Storage::open(base.path()).unwrap();
        assert!(StoredScreen::load(&storage).unwrap().is_none());
        let screen = stored();
        screen.try_out(&storage).unwrap();
        assert!(StoredScreen::load(&storage).unwrap().is_none(), "only tried out");
        screen.save(&storage).unwrap();
        let again = StoredScreen::load(&storage).unwrap().unwrap();
        assert_eq!((&again.screen, &again.name), (&screen.screen, &screen.name));
        assert_eq!((again.control, again.key.public()), (true, screen.key.public()));
        assert!(!format!("{again:?}").contains(screen.key.to_text().as_str()));
        let files: Vec<_> = std::fs::read_dir(base.path()).unwrap().collect();
        assert_eq!(files.len(), 1, "{files:?}");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let about = std::fs::metadata(base.path().join(KIOSK_FILE)).unwrap();
            assert_eq!(about.permissions().mode() & 0o777, 0o600);
        }
        StoredScreen::remove(&storage).unwrap();
        assert!(StoredScreen::load(&storage).unwrap().is_none());
    }

    #[test]
    fn a_damaged_file_is_reported_without_its_content() {
        let base = tempfile::tempdir().unwrap();
        let storage = Storage::open(base.path()).unwrap();
        stored().save(&storage).unwrap();
        let good = std::fs::read_to_string(base.path().join(KIOSK_FILE)).unwrap();
        for bad in [
            good.replace("\"key\":\"", "\"key\":\"s3cret"),
            good.replace("\"version\":1", "\"version\":2"),
            "s3cret".to_owned(),
            String::new(),
        ] {
            std::fs::write(base.path().join(KIOSK_FILE), &bad).unwrap();
            let error = StoredScreen::load(&storage).unwrap_err().to_string();
            assert!(error.contains(KIOSK_FILE) && !error.contains("s3cret"), "{error}");
        }
    }
}
