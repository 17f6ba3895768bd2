//! `gateway-device.json`: this device's key for the gateway, and what gateways granted it.

use super::{Storage, StorageError};
use crate::scope::DEVICE_FILE;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use gateway_client::DeviceToken;
use gateway_client::identity::{DeviceKey, Grant};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use zeroize::{Zeroize, Zeroizing};

/// Where a file goes that cannot be read as one. A second damaged one takes its place.
const ASIDE: &str = "gateway-device.json.damaged";
/// Gateways whose grants are kept; the one that granted longest ago makes room.
const GRANTS: usize = 16;

/// This device.
#[derive(Clone, Debug)]
pub struct StoredDevice {
    /// Its key.
    pub key: Arc<DeviceKey>,
    /// What gateways granted it, by their name; the newest last.
    grants: Vec<(String, Grant)>,
}

/// How the file was found.
#[derive(Debug)]
pub enum DeviceFile {
    /// As it was left.
    Kept(StoredDevice),
    /// There was none: the device is new, and its file is written.
    New(StoredDevice),
    /// It was damaged and put aside: the device is new, and its file is written.
    SetAside(StoredDevice),
    /// It cannot be read or written: the device is new and lasts as long as the program runs.
    Unkept(StoredDevice, StorageError),
}

impl DeviceFile {
    /// The device, in each case.
    #[must_use]
    pub fn into_device(self) -> StoredDevice {
        match self {
            Self::Kept(device)
            | Self::New(device)
            | Self::SetAside(device)
            | Self::Unkept(device, _) => device,
        }
    }
}

#[derive(Serialize, Deserialize)]
struct File {
    seed: Zeroizing<String>,
    #[serde(default)]
    grants: Vec<StoredGrant>,
}

#[derive(Serialize, Deserialize)]
struct StoredGrant {
    gateway: String,
    token: Zeroizing<String>,
    scopes: Vec<String>,
}

impl StoredDevice {
    fn new() -> Self {
        Self { key: Arc::new(DeviceKey::generate()), grants: Vec::new() }
    }

    /// Reads it, or makes it and writes it.
    #[must_use]
    pub fn load(storage: &Storage) -> DeviceFile {
        let read = match storage.read(DEVICE_FILE) {
            Ok(Some(bytes)) => Self::parse(&Zeroizing::new(bytes)).map(Some),
            Ok(None) => Ok(None),
            Err(error) => Err(error),
        };
        match read {
            Ok(Some(device)) => DeviceFile::Kept(device),
            Ok(None) => Self::made(storage, DeviceFile::New),
            Err(StorageError::Damaged { .. }) => {
                match storage.dir.rename(DEVICE_FILE, &storage.dir, ASIDE) {
                    Ok(()) => Self::made(storage, DeviceFile::SetAside),
                    Err(source) => {
                        let error = StorageError::File { name: DEVICE_FILE.to_owned(), source };
                        DeviceFile::Unkept(Self::new(), error)
                    }
                }
            }
            Err(error) => DeviceFile::Unkept(Self::new(), error),
        }
    }

    fn made(storage: &Storage, as_what: fn(Self) -> DeviceFile) -> DeviceFile {
        let device = Self::new();
        match device.save(storage) {
            Ok(()) => as_what(device),
            Err(error) => DeviceFile::Unkept(device, error),
        }
    }

    /// Writes it.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn save(&self, storage: &Storage) -> Result<(), StorageError> {
        let grants = self.grants.iter().map(|(gateway, grant)| StoredGrant {
            gateway: gateway.clone(),
            token: Zeroizing::new(grant.token.expose().to_owned()),
            scopes: grant.scopes.clone(),
        });
        let seed = Zeroizing::new(BASE64.encode(self.key.seed().as_slice()));
        let file = File { seed, grants: grants.collect() };
        let bytes = serde_json::to_vec(&file).map(Zeroizing::new).map_err(|e| {
            StorageError::Damaged { name: DEVICE_FILE.to_owned(), why: e.to_string() }
        })?;
        storage.write(DEVICE_FILE, &bytes)
    }

    fn parse(bytes: &[u8]) -> Result<Self, StorageError> {
        // The parser's message may quote the file, and with it the key.
        let damaged = |why: &str| StorageError::Damaged {
            name: DEVICE_FILE.to_owned(),
            why: why.to_owned(),
        };
        let file: File = serde_json::from_slice(bytes).map_err(|_| damaged("it does not parse"))?;
        let mut seed = Zeroizing::new([0; 32]);
        let decoded = BASE64.decode(file.seed.as_bytes()).map(Zeroizing::new);
        match decoded {
            Ok(decoded) if decoded.len() == seed.len() => seed.copy_from_slice(&decoded),
            _ => return Err(damaged("it has no key")),
        }
        let grants = file.grants.into_iter().map(|grant| {
            let token = DeviceToken::new(grant.token.to_string());
            (grant.gateway, Grant { token, scopes: grant.scopes })
        });
        let device = Self { key: Arc::new(DeviceKey::from_seed(&seed)), grants: grants.collect() };
        seed.zeroize();
        Ok(device)
    }

    /// What this gateway granted.
    #[must_use]
    pub fn grant(&self, gateway: &str) -> Option<&Grant> {
        self.grants.iter().find(|(name, _)| name == gateway).map(|(_, grant)| grant)
    }

    /// This gateway granted something; `false` when it is what it granted before.
    pub fn granted(&mut self, gateway: &str, grant: Grant) -> bool {
        if self.grant(gateway) == Some(&grant) {
            return false;
        }
        self.grants.retain(|(name, _)| name != gateway);
        self.grants.push((gateway.to_owned(), grant));
        let extra = self.grants.len().saturating_sub(GRANTS);
        self.grants.drain(..extra);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grant(token: &str) -> Grant {
        Grant { token: DeviceToken::new(token.into()), scopes: vec!["operator.read".into()] }
    }

    #[test]
    fn the_device_is_made_once_and_keeps_its_grants() {
        let base = tempfile::tempdir().unwrap();
        let storage = Storage::open(base.path()).unwrap();
        let DeviceFile::New(mut device) = StoredDevice::load(&storage) else { panic!("not new") };
        assert!(device.granted("a", grant("t1")));
        assert!(device.granted("b", grant("t2")));
        assert!(!device.granted("b", grant("t2")));
        assert!(device.granted("a", grant("t3")));
        device.save(&storage).unwrap();
        let DeviceFile::Kept(again) = StoredDevice::load(&storage) else { panic!("not kept") };
        assert_eq!(again.key.seed(), device.key.seed());
        assert_eq!(again.grant("a"), Some(&grant("t3")));
        assert_eq!(again.grant("b"), Some(&grant("t2")));
        assert_eq!(again.grant("c"), None);
    }

    #[test]
    fn old_grants_make_room() {
        let mut device = StoredDevice::new();
        for number in 0..GRANTS + 3 {
            device.granted(&format!("g{number}"), grant("t"));
        }
        assert_eq!(device.grants.len(), GRANTS);
        assert!(device.grant("g2").is_none() && device.grant("g3").is_some());
    }

    #[test]
    fn a_damaged_file_is_put_aside_and_prints_nothing() {
        for bad in [&b"{\"seed\":\"s3cret\",\"grants\":[]}"[..], b"s3cret", b"", &[b'x'; 400_000]] {
            let base = tempfile::tempdir().unwrap();
            let storage = Storage::open(base.path()).unwrap();
            std::fs::write(base.path().join(DEVICE_FILE), bad).unwrap();
            let found = StoredDevice::load(&storage);
            assert!(matches!(found, DeviceFile::SetAside(_)), "{found:?}");
            assert!(!format!("{found:?}").contains("s3cret"));
            assert_eq!(std::fs::read(base.path().join(ASIDE)).unwrap(), bad);
            assert!(matches!(StoredDevice::load(&storage), DeviceFile::Kept(_)));
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_is_not_ours_to_read_is_left_alone() {
        let base = tempfile::tempdir().unwrap();
        let outside = tempfile::tempdir().unwrap();
        let elsewhere = outside.path().join("key");
        std::fs::write(&elsewhere, b"{}").unwrap();
        std::os::unix::fs::symlink(&elsewhere, base.path().join(DEVICE_FILE)).unwrap();
        let storage = Storage::open(base.path()).unwrap();
        let found = StoredDevice::load(&storage);
        assert!(matches!(found, DeviceFile::Unkept(..)), "{found:?}");
        assert_eq!(std::fs::read(&elsewhere).unwrap(), b"{}");
    }
}
