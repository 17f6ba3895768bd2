//! This device, as the gateway knows it (`gateway/protocol/auth.md`, "Device identity and
//! pairing"), and the file that keeps it.

use crate::DeviceToken;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as BASE64;
use ed25519_dalek::Signer;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::Digest;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;
use zeroize::Zeroizing;

/// Version of the file's format.
const VERSION: u64 = 1;
/// Longest file that is read, in bytes. A grant is some 300.
const LONGEST: usize = 256 * 1024;
/// Grants that are kept; beyond them the first by name is dropped.
const GRANTS: usize = 32;

/// The device's Ed25519 key.
pub struct DeviceKey(ed25519_dalek::SigningKey);

impl std::fmt::Debug for DeviceKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DeviceKey([redacted])")
    }
}

impl DeviceKey {
    /// A new one, from the system's randomness.
    #[must_use]
    pub fn generate() -> Self {
        let mut seed = Zeroizing::new([0u8; 32]);
        rand::RngCore::fill_bytes(&mut rand::rng(), seed.as_mut());
        Self(ed25519_dalek::SigningKey::from_bytes(&seed))
    }

    /// The one of this seed, as it was kept.
    #[must_use]
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        Self(ed25519_dalek::SigningKey::from_bytes(seed))
    }

    /// The seed, to be kept in a file of its owner's.
    #[must_use]
    pub fn seed(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(self.0.to_bytes())
    }

    /// What the gateway calls this device: the SHA-256 of its public key in lower-case hex.
    #[must_use]
    pub fn id(&self) -> String {
        let digest = sha2::Sha256::digest(self.0.verifying_key().as_bytes());
        digest.iter().fold(String::with_capacity(64), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
    }

    /// The public key as the gateway writes it: base64url without padding.
    #[must_use]
    pub fn public(&self) -> String {
        BASE64.encode(self.0.verifying_key().as_bytes())
    }

    /// Signs what [`Proof::text`] says: base64url without padding.
    pub(crate) fn sign(&self, proof: &Proof<'_>) -> String {
        BASE64.encode(self.0.sign(proof.text(&self.id()).as_bytes()).to_bytes())
    }
}

/// What a device signs to prove that it is itself and means this connection.
#[derive(Clone, Copy)]
pub(crate) struct Proof<'a> {
    pub(crate) client_id: &'a str,
    pub(crate) mode: &'a str,
    pub(crate) role: &'a str,
    /// In the order in which they are sent.
    pub(crate) scopes: &'a [String],
    /// The challenge's `ts`, in milliseconds.
    pub(crate) signed_at: u64,
    /// The token that is sent, or nothing.
    pub(crate) token: &'a str,
    /// The challenge's.
    pub(crate) nonce: &'a str,
    pub(crate) platform: &'a str,
}

impl Proof<'_> {
    /// Version 3 of the text. This program names no device family: the last part is empty.
    fn text(&self, device: &str) -> Zeroizing<String> {
        let Self { client_id, mode, role, signed_at, token, nonce, .. } = self;
        let scopes = self.scopes.join(",");
        let platform = self.platform.trim().to_ascii_lowercase();
        Zeroizing::new(format!(
            "v3|{device}|{client_id}|{mode}|{role}|{scopes}|{signed_at}|{token}|{nonce}|{platform}|"
        ))
    }
}

/// What the gateway granted this device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// Sent instead of the shared token from then on.
    pub token: DeviceToken,
    /// The rights that it stands for.
    pub scopes: Vec<String>,
}

/// Why a device file cannot be used. Without it the device is a new one to the gateway.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DeviceFileError {
    /// It is far longer than such a file is.
    #[error("the file is too long")]
    TooLong,
    /// It is no JSON object.
    #[error("the file is damaged")]
    Damaged,
    /// A newer version of this program wrote it.
    #[error("a newer version of this program wrote the file")]
    Newer,
    /// It has no key, or what is there is none.
    #[error("the file has no usable key")]
    NoKey,
}

/// What is kept about this device: its key, and what each gateway granted it.
///
/// The text holds secrets: it belongs into a file that only its owner can read.
#[derive(Clone, Debug)]
pub struct DeviceFile {
    key: Arc<DeviceKey>,
    grants: BTreeMap<String, Grant>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct KeptGrant {
    token: Zeroizing<String>,
    #[serde(default)]
    scopes: Vec<String>,
}

#[derive(Serialize)]
struct Kept<'a> {
    version: u64,
    seed: &'a str,
    grants: BTreeMap<&'a str, KeptGrant>,
}

impl DeviceFile {
    /// That of a new device.
    #[must_use]
    pub fn new(key: DeviceKey) -> Self {
        Self { key: Arc::new(key), grants: BTreeMap::new() }
    }

    /// Reads the text of a file. A grant that is damaged is left out: the gateway gives another.
    ///
    /// # Errors
    /// [`DeviceFileError`].
    pub fn parse(text: &str) -> Result<Self, DeviceFileError> {
        if text.len() > LONGEST {
            return Err(DeviceFileError::TooLong);
        }
        let kept: Value = serde_json::from_str(text).map_err(|_| DeviceFileError::Damaged)?;
        let version = kept.get("version").and_then(Value::as_u64);
        match version.ok_or(DeviceFileError::Damaged)? {
            VERSION => {}
            0 => return Err(DeviceFileError::Damaged),
            _ => return Err(DeviceFileError::Newer),
        }
        let seed = kept.get("seed").and_then(Value::as_str).ok_or(DeviceFileError::NoKey)?;
        let bytes = Zeroizing::new(BASE64.decode(seed).map_err(|_| DeviceFileError::NoKey)?);
        let seed: &[u8; 32] = bytes.as_slice().try_into().map_err(|_| DeviceFileError::NoKey)?;
        let mut file = Self::new(DeviceKey::from_seed(seed));
        for (gateway, grant) in kept.get("grants").and_then(Value::as_object).into_iter().flatten()
        {
            if let Ok(grant) = KeptGrant::deserialize(grant)
                && !grant.token.is_empty()
            {
                let token = DeviceToken::new(grant.token.to_string());
                file.keep(gateway, Grant { token, scopes: grant.scopes });
            }
        }
        Ok(file)
    }

    /// The text to be kept.
    #[must_use]
    pub fn to_text(&self) -> Zeroizing<String> {
        let seed = Zeroizing::new(BASE64.encode(self.key.seed().as_slice()));
        let grants = self.grants.iter().map(|(gateway, grant)| {
            let token = Zeroizing::new(grant.token.expose().to_owned());
            (gateway.as_str(), KeptGrant { token, scopes: grant.scopes.clone() })
        });
        let kept = Kept { version: VERSION, seed: &seed, grants: grants.collect() };
        // Texts and lists of texts: there is nothing that could not be written.
        Zeroizing::new(serde_json::to_string_pretty(&kept).unwrap_or_default())
    }

    /// The key.
    #[must_use]
    pub fn key(&self) -> Arc<DeviceKey> {
        Arc::clone(&self.key)
    }

    /// What this gateway granted. `gateway` is whatever tells gateways apart: the folder of its
    /// state is better than its port, which another gateway may have tomorrow.
    #[must_use]
    pub fn grant(&self, gateway: &str) -> Option<&Grant> {
        self.grants.get(gateway)
    }

    /// Keeps what a gateway granted, in the place of what it granted before.
    pub fn keep(&mut self, gateway: &str, grant: Grant) {
        self.grants.insert(gateway.to_owned(), grant);
        while self.grants.len() > GRANTS {
            let first = self.grants.keys().find(|name| *name != gateway).cloned();
            match first {
                Some(name) => self.grants.remove(&name),
                None => break,
            };
        }
    }

    /// Forgets what a gateway granted.
    pub fn forget(&mut self, gateway: &str) {
        self.grants.remove(gateway);
    }
}

#[cfg(test)]
mod tests;
