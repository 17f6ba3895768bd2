//! The key of a session, and the number that is used once.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use subtle::ConstantTimeEq;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// The key of one run of the serving program: 32 random bytes. It prints nothing of itself.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct Key([u8; 32]);

impl Key {
    /// A new one, from the system's randomness.
    #[must_use]
    pub fn generate() -> Self {
        let mut key = Self([0; 32]);
        rand::RngCore::fill_bytes(&mut rand::rng(), &mut key.0);
        key
    }

    /// The one of these bytes, as it was kept.
    #[must_use]
    pub fn from_bytes(bytes: &[u8; 32]) -> Self {
        Self(*bytes)
    }

    /// HMAC-SHA256 (RFC 2104) of the text.
    pub(super) fn sign(&self, text: &[u8]) -> [u8; 32] {
        use hmac::Mac;
        mac(&self.0, text).finalize().into_bytes().into()
    }

    /// Whether this is the text's HMAC, in a time that does not depend on where they differ.
    pub(super) fn verify(&self, text: &[u8], mac: &[u8; 32]) -> bool {
        self.sign(text).ct_eq(mac).into()
    }

    /// As it stands in the session file: base64url without padding.
    pub(super) fn to_text(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(44));
        URL_SAFE_NO_PAD.encode_string(self.0, &mut text);
        text
    }

    pub(super) fn from_text(text: &str) -> Option<Self> {
        let mut key = Self([0; 32]);
        // The buffer is longer than the key: the decoder wants room for a whole group.
        let mut room = Zeroizing::new([0u8; 36]);
        let count = URL_SAFE_NO_PAD.decode_slice(text, room.as_mut()).ok()?;
        if count != 32 {
            return None;
        }
        key.0.copy_from_slice(room.get(..32)?);
        Some(key)
    }
}

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}

impl Eq for Key {}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key([redacted])")
    }
}

/// HMAC-SHA256 keyed with `key`, of any length.
pub(super) fn mac(key: &[u8], text: &[u8]) -> hmac::Hmac<sha2::Sha256> {
    use hmac::Mac;
    use sha2::Digest;
    // RFC 2104 section 2: a key is filled up with zeros to a block; a longer one is hashed first.
    let mut block = Zeroizing::new([0u8; 64]);
    let hashed = Zeroizing::new(<[u8; 32]>::from(sha2::Sha256::digest(key)));
    let short = if key.len() > block.len() { hashed.as_slice() } else { key };
    for (to, from) in block.iter_mut().zip(short) {
        *to = *from;
    }
    let mut mac = hmac::Hmac::new((&*block).into());
    mac.update(text);
    mac
}

/// A number that is used for one request: 16 random bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Nonce([u8; 16]);

impl Nonce {
    /// A new one, from the system's randomness.
    #[must_use]
    pub fn generate() -> Self {
        let mut nonce = [0; 16];
        rand::RngCore::fill_bytes(&mut rand::rng(), &mut nonce);
        Self(nonce)
    }

    /// The one of these bytes.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// As it goes over the wire: base64url without padding, 22 characters.
    #[must_use]
    pub fn to_text(self) -> String {
        URL_SAFE_NO_PAD.encode(self.0)
    }

    /// Only the one text that this nonce has: unused bits must be zero.
    pub(super) fn from_text(text: &str) -> Option<Self> {
        sized(text).map(Self)
    }
}

/// Base64url without padding, of exactly this many bytes.
pub(super) fn sized<const N: usize>(text: &str) -> Option<[u8; N]> {
    // Checked first: what is decoded is short.
    if text.len() != (N * 4).div_ceil(3) {
        return None;
    }
    URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok()
}
