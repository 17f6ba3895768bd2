//! `gateway-device.json`: this device's key for the gateway, and what gateways granted it.

use super::{Storage, StorageError};
use crate::scope::DEVICE_FILE;
use gateway_client::identity::{DeviceFile, DeviceFileError, DeviceKey};
use zeroize::Zeroizing;

/// Where a file goes that cannot be read as one. A second damaged one takes its place.
const ASIDE: &str = "gateway-device.json.damaged";

/// How the file was found.
#[derive(Debug)]
pub enum StoredDevice {
    /// As it was left.
    Kept(DeviceFile),
    /// There was none: the device is new, and its file is written.
    New(DeviceFile),
    /// It was damaged and put aside: the device is new, and its file is written.
    SetAside(DeviceFile),
    /// It cannot be read or written: the device is new and lasts as long as the program runs.
    Unkept(DeviceFile, StorageError),
}

impl StoredDevice {
    /// Reads it, or makes it and writes it.
    #[must_use]
    pub fn load(storage: &Storage) -> Self {
        match read(storage) {
            Ok(Some(device)) => Self::Kept(device),
            Ok(None) => made(storage, Self::New),
            Err(Fault::Damaged) => match storage.dir.rename(DEVICE_FILE, &storage.dir, ASIDE) {
                Ok(()) => made(storage, Self::SetAside),
                Err(source) => {
                    let name = DEVICE_FILE.to_owned();
                    Self::Unkept(new(), StorageError::File { name, source })
                }
            },
            Err(Fault::Other(error)) => Self::Unkept(new(), error),
        }
    }

    /// The device, in each case.
    #[must_use]
    pub fn into_device(self) -> DeviceFile {
        match self {
            Self::Kept(device)
            | Self::New(device)
            | Self::SetAside(device)
            | Self::Unkept(device, _) => device,
        }
    }
}

/// Writes it.
///
/// # Errors
/// [`StorageError`].
pub fn save_device(storage: &Storage, device: &DeviceFile) -> Result<(), StorageError> {
    storage.write(DEVICE_FILE, device.to_text().as_bytes())
}

/// Whether the gateway of this name granted this device anything; `None` when the device's file
/// cannot be read. Changes nothing.
#[must_use]
pub fn paired_with(folder: &std::path::Path, gateway: &str) -> Option<bool> {
    let Some(storage) = Storage::open_existing(folder).ok()? else { return Some(false) };
    match read(&storage) {
        Ok(Some(device)) => Some(device.grant(gateway).is_some()),
        Ok(None) => Some(false),
        Err(_) => None,
    }
}

enum Fault {
    /// It is not what it should be.
    Damaged,
    /// It may be good: it stays where it is.
    Other(StorageError),
}

fn read(storage: &Storage) -> Result<Option<DeviceFile>, Fault> {
    let bytes = match storage.read(DEVICE_FILE) {
        Ok(Some(bytes)) => Zeroizing::new(bytes),
        Ok(None) => return Ok(None),
        Err(StorageError::Damaged { .. }) => return Err(Fault::Damaged),
        Err(error) => return Err(Fault::Other(error)),
    };
    let text = std::str::from_utf8(&bytes).map_err(|_| Fault::Damaged)?;
    match DeviceFile::parse(text) {
        Ok(device) => Ok(Some(device)),
        // It is good for the program that wrote it.
        Err(error @ DeviceFileError::Newer) => Err(Fault::Other(StorageError::Damaged {
            name: DEVICE_FILE.to_owned(),
            why: error.to_string(),
        })),
        Err(_) => Err(Fault::Damaged),
    }
}

fn new() -> DeviceFile {
    DeviceFile::new(DeviceKey::generate())
}

fn made(storage: &Storage, as_what: fn(DeviceFile) -> StoredDevice) -> StoredDevice {
    let device = new();
    match save_device(storage, &device) {
        Ok(()) => as_what(device),
        Err(error) => StoredDevice::Unkept(device, error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gateway_client::DeviceToken;
    use gateway_client::identity::Grant;

    #[test]
    fn the_device_is_made_once_and_keeps_its_grants() {
        let base = tempfile::tempdir().unwrap();
        let storage = Storage::open(base.path()).unwrap();
        let StoredDevice::New(mut device) = StoredDevice::load(&storage) else { panic!("not new") };
        let token = DeviceToken::new("t1".into());
        let grant = Grant { token, scopes: vec!["operator.read".into()] };
        device.keep("a", grant.clone());
        save_device(&storage, &device).unwrap();
        let StoredDevice::Kept(again) = StoredDevice::load(&storage) else { panic!("not kept") };
        assert_eq!(again.key().id(), device.key().id());
        assert_eq!((again.grant("a"), again.grant("b")), (Some(&grant), None));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let about = std::fs::metadata(base.path().join(DEVICE_FILE)).unwrap();
            assert_eq!(about.permissions().mode() & 0o777, 0o600);
        }
    }

    #[test]
    fn a_damaged_file_is_put_aside_and_prints_nothing() {
        for bad in [&b"{\"version\":1,\"seed\":\"s3cret\"}"[..], b"s3cret", b"", &[0xff; 400_000]] {
            let base = tempfile::tempdir().unwrap();
            let storage = Storage::open(base.path()).unwrap();
            std::fs::write(base.path().join(DEVICE_FILE), bad).unwrap();
            let found = StoredDevice::load(&storage);
            assert!(matches!(found, StoredDevice::SetAside(_)), "{found:?}");
            assert!(!format!("{found:?}").contains("s3cret"));
            assert_eq!(std::fs::read(base.path().join(ASIDE)).unwrap(), bad);
            assert!(matches!(StoredDevice::load(&storage), StoredDevice::Kept(_)));
        }
    }

    #[test]
    fn a_newer_file_is_left_alone() {
        let base = tempfile::tempdir().unwrap();
        let storage = Storage::open(base.path()).unwrap();
        let newer = br#"{"version":99,"key":{}}"#;
        std::fs::write(base.path().join(DEVICE_FILE), newer).unwrap();
        let found = StoredDevice::load(&storage);
        assert!(matches!(found, StoredDevice::Unkept(..)), "{found:?}");
        assert_eq!(std::fs::read(base.path().join(DEVICE_FILE)).unwrap(), newer);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_out_of_the_folder_is_left_alone() {
        let base = tempfile::tempdir().unwrap();
        let outside = tempfile::tempdir().unwrap();
        let elsewhere = outside.path().join("key");
        std::fs::write(&elsewhere, b"{}").unwrap();
        std::os::unix::fs::symlink(&elsewhere, base.path().join(DEVICE_FILE)).unwrap();
        let storage = Storage::open(base.path()).unwrap();
        let found = StoredDevice::load(&storage);
        assert!(matches!(found, StoredDevice::Unkept(..)), "{found:?}");
        assert_eq!(std::fs::read(&elsewhere).unwrap(), b"{}");
    }
}
