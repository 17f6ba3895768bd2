//! The keys that a build trusts.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use minisign_verify::PublicKey;
use sha2::{Digest, Sha256};

/// Most keys of a list.
const MOST: usize = 16;
/// Longest list, in bytes.
const LONGEST: usize = 8 * 1024;
/// Bytes of a minisign public key: algorithm, key id, Ed25519 key.
const KEY_BYTES: usize = 42;

/// What a key may sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Archives. There may be several: one is a spare that is kept offline.
    Release,
    /// `latest.json`. There is one.
    Manifest,
}

impl std::fmt::Display for Role {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Release => "release",
            Self::Manifest => "manifest",
        })
    }
}

/// A list of keys that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum KeyError {
    /// Longer than 8 KiB or more than 16 keys.
    #[error("the list of keys is too long")]
    TooLong,
    /// A line is not `release KEY` or `manifest KEY`.
    #[error("line {line} of the list of keys is not a role and a key")]
    Line {
        /// Counted from 1.
        line: usize,
    },
    /// A line's key is not a minisign public key.
    #[error("line {line} of the list of keys has no minisign public key")]
    Key {
        /// Counted from 1.
        line: usize,
    },
    /// Two keys are the same, or have the same id: a key has one role.
    #[error("line {line} of the list of keys repeats a key")]
    Repeated {
        /// Counted from 1.
        line: usize,
    },
    /// There is not at least one release key and exactly one manifest key.
    #[error("a list of keys needs a release key and one manifest key")]
    Roles,
}

/// A key as people compare it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fingerprint {
    /// What it may sign.
    pub role: Role,
    /// As minisign prints it: 16 hexadecimal digits.
    pub id: String,
    /// The first characters of the key as minisign prints it.
    pub start: String,
}

#[derive(Clone)]
pub(crate) struct Key {
    pub(crate) role: Role,
    /// As it stands in signatures.
    pub(crate) id: [u8; 8],
    pub(crate) public: PublicKey,
    text: String,
}

/// The keys of a build: none, or at least one release key and one manifest key.
///
/// The list is part of the program. A new list comes with a new program, which a key of the old
/// list has signed: that is how a lost or stolen key is replaced.
#[derive(Clone, Default)]
pub struct Keys(Vec<Key>);

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.fingerprints()).finish()
    }
}

impl Keys {
    /// Reads a list: lines `release KEY` and `manifest KEY`, where KEY is the second line of a
    /// minisign `.pub` file. What follows a `#` is a comment. A text without keys is an empty list.
    ///
    /// # Errors
    /// [`KeyError`].
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        if text.len() > LONGEST {
            return Err(KeyError::TooLong);
        }
        let mut keys: Vec<Key> = Vec::new();
        for (at, line) in text.lines().enumerate() {
            let at = at + 1;
            let line = line.split('#').next().unwrap_or_default();
            let mut words = line.split_whitespace();
            let Some(role) = words.next() else { continue };
            let role = match role {
                "release" => Role::Release,
                "manifest" => Role::Manifest,
                _ => return Err(KeyError::Line { line: at }),
            };
            let (Some(text), None) = (words.next(), words.next()) else {
                return Err(KeyError::Line { line: at });
            };
            let key = Key::parse(role, text).ok_or(KeyError::Key { line: at })?;
            if keys.iter().any(|other| other.id == key.id || other.public == key.public) {
                return Err(KeyError::Repeated { line: at });
            }
            if keys.len() >= MOST {
                return Err(KeyError::TooLong);
            }
            keys.push(key);
        }
        let count = |role| keys.iter().filter(|key| key.role == role).count();
        match (count(Role::Release), count(Role::Manifest)) {
            (0, 0) | (1.., 1) => Ok(Self(keys)),
            _ => Err(KeyError::Roles),
        }
    }

    /// Whether there is none: such a build does not update itself.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The keys as people compare them, in the order of the list.
    #[must_use]
    pub fn fingerprints(&self) -> Vec<Fingerprint> {
        self.0.iter().map(Key::fingerprint).collect()
    }

    /// A name of the whole list, to tell a new one from the one before.
    #[must_use]
    pub fn name(&self) -> String {
        let mut lines: Vec<_> =
            self.0.iter().map(|key| format!("{} {}\n", key.role, key.text)).collect();
        lines.sort();
        let hash = Sha256::digest(lines.concat());
        hash.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
    }

    pub(crate) fn find(&self, role: Role, id: [u8; 8]) -> Option<&Key> {
        self.0.iter().find(|key| key.role == role && key.id == id)
    }
}

impl Key {
    fn parse(role: Role, text: &str) -> Option<Self> {
        let bytes = STANDARD.decode(text).ok().filter(|bytes| bytes.len() == KEY_BYTES)?;
        let id = bytes.get(2..10)?.try_into().ok()?;
        let public = PublicKey::from_base64(text).ok()?;
        Some(Self { role, id, public, text: text.to_owned() })
    }

    fn fingerprint(&self) -> Fingerprint {
        let start = self.text.chars().take(16).collect();
        Fingerprint { role: self.role, id: key_id(self.id), start }
    }
}

/// A key's id as minisign prints it.
pub(crate) fn key_id(id: [u8; 8]) -> String {
    format!("{:016X}", u64::from_le_bytes(id))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const A: &str = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3";
    /// Another id, another key.
    const B: &str = "RWQg6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO4";

    #[test]
    fn a_list_reads_and_is_named() {
        let keys = Keys::parse(&format!("# ours\nrelease {A} # spare\n\n manifest {B}\n")).unwrap();
        let [release, manifest] = &keys.fingerprints()[..] else { panic!() };
        assert_eq!((release.role, release.id.as_str()), (Role::Release, "E7620F1842B4E81F"));
        assert_eq!(release.start, &A[..16]);
        assert_eq!((manifest.role, manifest.id.as_str()), (Role::Manifest, "E7620F1842B4E820"));
        assert!(format!("{keys:?}").contains("E7620F1842B4E820"));
        let turned = Keys::parse(&format!("manifest {B}\nrelease {A}")).unwrap();
        assert_eq!(keys.name(), turned.name());
        let other = Keys::parse(&format!("manifest {A}\nrelease {B}")).unwrap();
        assert_ne!(keys.name(), other.name());
        assert!(Keys::parse("# none\n").unwrap().is_empty());
    }

    #[test]
    fn lists_that_are_none() {
        let of = |text: &str| Keys::parse(text).unwrap_err();
        assert_eq!(of(&format!("release {A}")), KeyError::Roles);
        assert_eq!(of(&format!("manifest {A}")), KeyError::Roles);
        assert_eq!(of(&format!("release {A}\nmanifest {A}")), KeyError::Repeated { line: 2 });
        assert_eq!(of(&format!("\nboth {A}")), KeyError::Line { line: 2 });
        assert_eq!(of(&format!("release {A} {B}")), KeyError::Line { line: 1 });
        assert_eq!(of("release"), KeyError::Line { line: 1 });
        assert_eq!(of("release RWQf"), KeyError::Key { line: 1 });
        assert_eq!(of(&format!("release {}", &A[1..])), KeyError::Key { line: 1 });
        assert_eq!(of(&" ".repeat(LONGEST + 1)), KeyError::TooLong);
    }

    proptest! {
        #[test]
        fn any_text_reads_or_not(text in "\\PC{0,80}") {
            let _ = Keys::parse(&text);
        }

        #[test]
        fn any_line_reads_or_not(key in "[A-Za-z0-9+/=]{0,60}") {
            let _ = Keys::parse(&format!("release {key}\nmanifest {B}"));
        }
    }
}
