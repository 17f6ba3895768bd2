//! A screen's Ed25519 key (RFC 8032), and the texts that it signs.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as BASE64;
use ed25519_dalek::Signer;
use zeroize::Zeroizing;

/// First part of what is signed to enrol.
const ENROLMENT: &str = "multiclaw-screen-enrol-v1";
/// First part of what is signed to sign in.
const SIGN_IN: &str = "multiclaw-screen-sign-in-v1";

/// The key of this machine as a screen. It never leaves the machine, and is no other program's:
/// it does not convert into the key of the gateway's device.
pub struct ScreenKey(ed25519_dalek::SigningKey);

/// The text is no key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the text is no key")]
pub struct Malformed;

impl std::fmt::Debug for ScreenKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ScreenKey(…)")
    }
}

impl ScreenKey {
    /// A new one, from the system's randomness.
    #[must_use]
    pub fn generate() -> Self {
        let mut seed = Zeroizing::new([0_u8; 32]);
        rand::RngCore::fill_bytes(&mut rand::rng(), seed.as_mut());
        Self(ed25519_dalek::SigningKey::from_bytes(&seed))
    }

    /// The one that was kept as this text.
    ///
    /// # Errors
    /// [`Malformed`].
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        let bytes = Zeroizing::new(BASE64.decode(text).map_err(|_| Malformed)?);
        let seed: [u8; 32] = bytes.as_slice().try_into().map_err(|_| Malformed)?;
        let seed = Zeroizing::new(seed);
        Ok(Self(ed25519_dalek::SigningKey::from_bytes(&seed)))
    }

    /// The seed as text, for the file that keeps it: base64url without padding.
    #[must_use]
    pub fn to_text(&self) -> Zeroizing<String> {
        let seed = Zeroizing::new(self.0.to_bytes());
        Zeroizing::new(BASE64.encode(seed.as_slice()))
    }

    /// The public key: base64url without padding.
    #[must_use]
    pub fn public(&self) -> String {
        BASE64.encode(self.0.verifying_key().as_bytes())
    }

    /// Signs: base64url without padding.
    #[must_use]
    pub fn sign(&self, text: &[u8]) -> String {
        BASE64.encode(self.0.sign(text).to_bytes())
    }
}

/// Each part behind its length, so that no two lists of parts make the same bytes: four bytes,
/// big-endian, then the part in UTF-8.
fn transcript(parts: &[&str]) -> Zeroizing<Vec<u8>> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(256));
    for part in parts {
        // Parts are short; what is longer than this could not be sent.
        let length = u32::try_from(part.len()).unwrap_or(u32::MAX);
        bytes.extend_from_slice(&length.to_be_bytes());
        bytes.extend_from_slice(part.as_bytes());
    }
    bytes
}

/// What is signed to enrol: for this host (`HOST` or `HOST:PORT`, in lower case; the port only
/// where it is not 443), with this code (bare) and this public key.
#[must_use]
pub fn enrolment(host: &str, code: &str, public_key: &str) -> Zeroizing<Vec<u8>> {
    transcript(&[ENROLMENT, host, code, public_key])
}

/// What is signed to sign in: for this host, as this screen, with this challenge and its end,
/// both as the cloud wrote them.
#[must_use]
pub fn sign_in(host: &str, screen: &str, challenge: &str, expires_at: &str) -> Zeroizing<Vec<u8>> {
    transcript(&[SIGN_IN, host, screen, challenge, expires_at])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hex(bytes: &[u8]) -> String {
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// The vectors of `PROTOCOL.md`, computed by another program (Python's `cryptography`), with
    /// the key of RFC 8032, section 7.1, test 1.
    #[test]
    fn the_signatures_are_those_of_the_protocol() {
        let key = ScreenKey::parse("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A").unwrap();
        assert_eq!(key.public(), "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo");
        let text = enrolment("cloud.example.com", "K7QM2X019B10", &key.public());
        assert_eq!(hex(&text), ENROL_HEX);
        assert_eq!(key.sign(&text), ENROL_SIGNATURE);
        let text = sign_in(
            "cloud.example.com:8443",
            "k-1",
            "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8",
            "2026-11-21T14:04:22Z",
        );
        assert_eq!(hex(&text), SIGN_IN_HEX);
        assert_eq!(key.sign(&text), SIGN_IN_SIGNATURE);
    }

    const ENROL_HEX: &str = "\
        000000196d756c7469636c61772d73637265656e2d656e726f6c2d763100000011636c6f75642e6578616d70\
        6c652e636f6d0000000c4b37514d32583031394231300000002b3131715941594b7843726656535f37547957\
        51484f6737686376506170694d6c727749616150634855526f";
    const ENROL_SIGNATURE: &str = "\
        p_DUxAVg0RnXJVVP5fSvb4dYpkDz9zWd_LbbueqKuJlS4PVjEsI9_kfuta6VoCzNOpLegRPaJmnM422WWW_CAA";
    const SIGN_IN_HEX: &str = "\
        0000001b6d756c7469636c61772d73637265656e2d7369676e2d696e2d763100000016636c6f75642e657861\
        6d706c652e636f6d3a38343433000000036b2d310000002b41414543417751464267634943516f4c4441304f\
        4478415245684d554652595847426b614778776448683800000014323032362d31312d32315431343a30343a\
        32325a";
    const SIGN_IN_SIGNATURE: &str = "\
        0tq-gqU7zh6M40ZmU1xBdqIN9a2B2kzK-u_8CJX1PsrGw24VMbd-rdpetB_fX9S0vJTV-pbGkepqkYWv28O9Ag";

    #[test]
    fn no_two_lists_of_parts_are_signed_alike() {
        assert_ne!(*sign_in("ab", "c", "d", "e"), *sign_in("a", "bc", "d", "e"));
        assert_ne!(*sign_in("a", "", "bc", "d"), *sign_in("a", "b", "c", "d"));
        assert_ne!(*transcript(&["a", "b"]), *transcript(&["a", "b", ""]));
    }

    #[test]
    fn a_key_comes_back_from_its_text_and_is_not_printed() {
        let key = ScreenKey::generate();
        let again = ScreenKey::parse(&key.to_text()).unwrap();
        assert_eq!((again.public(), again.sign(b"x")), (key.public(), key.sign(b"x")));
        assert_ne!(ScreenKey::generate().public(), key.public());
        assert_eq!(format!("{key:?}"), "ScreenKey(…)");
        for bad in [
            "",
            "AAAA",
            "=",
            &"A".repeat(44),
            &"A".repeat(42),
            "nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A",
        ] {
            assert_eq!(ScreenKey::parse(bad).unwrap_err(), Malformed, "{bad}");
        }
    }
}
