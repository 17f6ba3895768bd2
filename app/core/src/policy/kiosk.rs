//! `[kiosk]`: the unattended screen.

use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, ParamsBuilder, Version};
use serde::Deserialize;

/// Fewest characters of a PIN.
const SHORTEST: usize = 6;
/// Most characters of a PIN.
const LONGEST: usize = 64;
/// Memory that a hash may ask for, in KiB: less is guessed too fast, more stops the screen.
const MEMORY: std::ops::RangeInclusive<u32> = 7 * 1024..=256 * 1024;
/// Passes over it.
const PASSES: std::ops::RangeInclusive<u32> = 1..=16;
/// Lanes.
const LANES: std::ops::RangeInclusive<u32> = 1..=16;

/// The unattended screen's rules.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct KioskRules {
    /// `true`: always start as a kiosk. `false`: never. Absent: as the command line says.
    pub enabled: Option<bool>,
    /// Name of the desktop to show.
    pub desktop: Option<String>,
    /// On which monitor.
    pub monitor: Option<Monitor>,
    /// What stands at the top of the waiting screen.
    pub branding: Option<String>,
    /// Hash of the PIN that leaves. Without one the screen cannot be left from the keyboard.
    pub pin: Option<PinHash>,
    /// The pointer is hidden after so many seconds without movement; 0: never.
    pub idle_cursor: Option<u16>,
    /// Keep the screen awake while a live picture can be seen.
    pub keep_awake: Option<bool>,
    /// The desktop is watched, not controlled.
    pub view_only: Option<bool>,
}

/// A monitor.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Monitor {
    /// By its number, from 1, in the order of the window system.
    Number(u32),
    /// By its name, for example `HDMI-A-1`.
    Name(String),
}

impl std::str::FromStr for Monitor {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(text.parse().map_or_else(|_| Self::Name(text.to_owned()), Self::Number))
    }
}

/// Why a PIN or its hash cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PinError {
    /// Too short or too long.
    #[error("a PIN has {SHORTEST} to {LONGEST} characters")]
    Length,
    /// Not a hash that this program makes.
    #[error("the PIN is not an argon2id hash; make one with: multiclaw kiosk-pin")]
    Form,
    /// A hash whose cost is too low to protect a PIN, or too high for a screen to check.
    #[error("the PIN's hash asks for too little or too much memory or time")]
    Cost,
}

/// A PIN's argon2id hash in the PHC string format. Not shown in logs.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct PinHash(String);

impl std::fmt::Debug for PinHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PinHash(…)")
    }
}

impl TryFrom<String> for PinHash {
    type Error = PinError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let hash = PasswordHash::new(&text).map_err(|_| PinError::Form)?;
        let known = hash.algorithm == argon2::ARGON2ID_IDENT
            && hash.version == Some(Version::V0x13.into())
            && hash.salt.is_some()
            && hash.hash.is_some();
        if !known {
            return Err(PinError::Form);
        }
        let number = |name| hash.params.get_decimal(name);
        let within = |name, range: &std::ops::RangeInclusive<u32>| {
            number(name).is_some_and(|n| range.contains(&n))
        };
        if !(within("m", &MEMORY) && within("t", &PASSES) && within("p", &LANES)) {
            return Err(PinError::Cost);
        }
        Ok(Self(text))
    }
}

impl PinHash {
    /// Makes the hash of a PIN, with a salt of its own.
    ///
    /// # Errors
    /// [`PinError::Length`].
    pub fn of(pin: &str) -> Result<Self, PinError> {
        Self::make(pin, rand::random())
    }

    /// Makes the hash of a PIN: 19 MiB, two passes (OWASP's choice for argon2id). `salt`: 16
    /// random bytes.
    ///
    /// # Errors
    /// [`PinError::Length`].
    pub fn make(pin: &str, salt: [u8; 16]) -> Result<Self, PinError> {
        if !(SHORTEST..=LONGEST).contains(&pin.chars().count()) {
            return Err(PinError::Length);
        }
        let params = ParamsBuilder::new().build().map_err(|_| PinError::Cost)?;
        let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let salt = SaltString::encode_b64(&salt).map_err(|_| PinError::Form)?;
        let hash = argon.hash_password(pin.as_bytes(), &salt).map_err(|_| PinError::Form)?;
        Ok(Self(hash.to_string()))
    }

    /// The PHC string, for the policy file.
    #[must_use]
    pub fn phc(&self) -> &str {
        &self.0
    }

    /// Whether it is this PIN's. Takes a tenth of a second or more: not for the user interface's
    /// thread.
    #[must_use]
    pub fn is_of(&self, pin: &str) -> bool {
        PasswordHash::new(&self.0)
            .is_ok_and(|hash| Argon2::default().verify_password(pin.as_bytes(), &hash).is_ok())
    }
}
