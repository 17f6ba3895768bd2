//! What must be read again but not lie open in the database: AES-256-GCM.

use crate::CloudError;
use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, Nonce};
use zeroize::Zeroizing;

/// Length of a nonce, in bytes (NIST SP 800-38D section 5.2.1.1).
const NONCE: usize = 12;

/// Seals and opens. A sealed value is the nonce, the ciphertext and the tag.
pub(crate) struct Vault(Aes256Gcm);

impl Vault {
    pub(crate) fn new(key: [u8; 32]) -> Self {
        let key = Zeroizing::new(key);
        Self(Aes256Gcm::new((&*key).into()))
    }

    /// Seals. The value opens with the same words only.
    pub(crate) fn seal(&self, text: &[u8], bound_to: &[&str]) -> Result<Vec<u8>, CloudError> {
        let nonce: [u8; NONCE] = rand::random();
        let payload = Payload { msg: text, aad: &joined(bound_to) };
        let sealed = self
            .0
            .encrypt(Nonce::from_slice(&nonce), payload)
            .map_err(|_| CloudError::Stored("too long to be sealed"))?;
        Ok([&nonce[..], &sealed].concat())
    }

    /// Opens.
    ///
    /// # Errors
    /// When the key or the words are others, or the value was changed.
    pub(crate) fn open(
        &self,
        sealed: &[u8],
        bound_to: &[&str],
    ) -> Result<Zeroizing<Vec<u8>>, CloudError> {
        let wrong = || CloudError::Stored("a sealed value does not open with this key");
        let (nonce, text) = sealed.split_at_checked(NONCE).ok_or_else(wrong)?;
        let payload = Payload { msg: text, aad: &joined(bound_to) };
        let open = self.0.decrypt(Nonce::from_slice(nonce), payload).map_err(|_| wrong())?;
        Ok(Zeroizing::new(open))
    }
}

/// Each word behind its length, so that no two lists read the same.
fn joined(words: &[&str]) -> Vec<u8> {
    let mut all = Vec::new();
    for word in words {
        all.extend_from_slice(&u64::try_from(word.len()).unwrap_or(u64::MAX).to_be_bytes());
        all.extend_from_slice(word.as_bytes());
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opens_what_it_sealed_and_nothing_else() {
        let vault = Vault::new([7; 32]);
        let sealed = vault.seal(b"secret", &["a", "b"]).unwrap();
        assert_eq!(vault.open(&sealed, &["a", "b"]).unwrap().as_slice(), b"secret");
        for other in [&["ab"][..], &["a"], &["b", "a"], &["a", "b", ""]] {
            assert!(vault.open(&sealed, other).is_err(), "{other:?}");
        }
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert!(vault.open(&changed, &["a", "b"]).is_err(), "byte {at}");
            assert!(vault.open(&sealed[..at], &["a", "b"]).is_err(), "cut at {at}");
        }
        assert_ne!(vault.seal(b"secret", &["a", "b"]).unwrap(), sealed);
    }
}
