//! Realtime tokens: HMAC-SHA256 over who, where and until when (`PROTOCOL.md`, section 1).

use crate::hub::Subject;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use hmac::{Hmac, Mac};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use sha1::Sha1;
use sha2::Sha256;

/// How long a person's token lives.
pub const PERSON: SignedDuration = SignedDuration::from_hours(4);
/// How long a daemon's token lives.
pub const DAEMON: SignedDuration = SignedDuration::from_hours(24);

/// What a token says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    /// Who.
    pub subject: Subject,
    /// Seconds since 1970.
    pub expires: i64,
}

/// Signs and checks.
pub struct Signer(Hmac<Sha256>);

impl Signer {
    /// With this key, of any length.
    #[must_use]
    pub fn new(key: &[u8]) -> Self {
        // A key of any length is taken; the other arm cannot be reached.
        Self(Hmac::new_from_slice(key).unwrap_or_else(|_| Hmac::new(&Default::default())))
    }

    /// A token for this subject, and its end.
    #[must_use]
    pub fn sign(&self, subject: Subject, now: Timestamp) -> (String, Timestamp) {
        let life = if subject.desktop.is_some() { DAEMON } else { PERSON };
        let end = now.checked_add(life).unwrap_or(now);
        let claims = Claims { subject, expires: end.as_second() };
        let body = URL_SAFE_NO_PAD.encode(serde_json::to_vec(&claims).unwrap_or_default());
        let mut mac = self.0.clone();
        mac.update(body.as_bytes());
        let signature = URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes());
        (format!("{body}.{signature}"), end)
    }

    /// The claims of a token that is ours and has not ended.
    #[must_use]
    pub fn check(&self, token: &str, now: Timestamp) -> Option<Claims> {
        let (body, signature) = token.split_once('.')?;
        let mut mac = self.0.clone();
        mac.update(body.as_bytes());
        mac.verify_slice(&URL_SAFE_NO_PAD.decode(signature).ok()?).ok()?;
        let claims: Claims = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(body).ok()?).ok()?;
        (claims.expires > now.as_second()).then_some(claims)
    }
}

/// User name and password for coturn's `use-auth-secret`.
#[must_use]
pub fn turn_credential(secret: &str, id: &str, expires: Timestamp) -> (String, String) {
    let username = format!("{}:{id}", expires.as_second());
    let password = Hmac::<Sha1>::new_from_slice(secret.as_bytes())
        .map(|mut mac| {
            mac.update(username.as_bytes());
            STANDARD.encode(mac.finalize().into_bytes())
        })
        .unwrap_or_default();
    (username, password)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn subject(desktop: Option<&str>) -> Subject {
        Subject {
            id: "u-1".into(),
            workspace: "w-1".into(),
            desktop: desktop.map(Into::into),
            name: "Ada".into(),
        }
    }

    #[test]
    fn good_until_the_end_and_not_after() {
        let now = Timestamp::from_second(1_800_000_000).unwrap();
        let signer = Signer::new(b"key");
        let (token, end) = signer.sign(subject(None), now);
        assert_eq!(end.duration_since(now), PERSON);
        assert_eq!(signer.check(&token, now).unwrap().subject, subject(None));
        assert_eq!(signer.check(&token, end), None);
        let (_, end) = signer.sign(subject(Some("d")), now);
        assert_eq!(end.duration_since(now), DAEMON);
    }

    #[test]
    fn forged_tokens_are_refused() {
        let now = Timestamp::from_second(1_800_000_000).unwrap();
        let (token, _) = Signer::new(b"key").sign(subject(None), now);
        assert_eq!(Signer::new(b"other").check(&token, now), None);
        let (body, signature) = token.split_once('.').unwrap();
        let mut claims = URL_SAFE_NO_PAD.decode(body).unwrap();
        let at = claims.windows(3).position(|w| w == b"w-1").unwrap();
        claims[at + 2] = b'2';
        let forged = format!("{}.{signature}", URL_SAFE_NO_PAD.encode(claims));
        assert_eq!(Signer::new(b"key").check(&forged, now), None);
        for junk in ["", ".", "a.b", "…"] {
            assert_eq!(Signer::new(b"key").check(junk, now), None);
        }
    }

    #[test]
    fn turn_credentials_are_coturns() {
        let at = Timestamp::from_second(1_433_895_918).unwrap();
        let (username, password) = turn_credential("my_secret", "user", at);
        assert_eq!(username, "1433895918:user");
        assert_eq!(password.len(), 28);
    }
}
