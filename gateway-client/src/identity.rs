//! This device, as the gateway knows it.

use crate::DeviceToken;

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
        let mut seed = zeroize::Zeroizing::new([0u8; 32]);
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
    pub fn seed(&self) -> zeroize::Zeroizing<[u8; 32]> {
        zeroize::Zeroizing::new(self.0.to_bytes())
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
