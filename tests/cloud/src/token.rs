//! Realtime tokens: `v1.PAYLOAD.MAC`, HMAC-SHA256 over who, where and until when
//! (`PROTOCOL.md`, section 1). No algorithm is named in a token, so none can be swapped.

use crate::CloudError;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use sha1::Sha1;
use sha2::Sha256;

/// How long a person's token lives.
pub const PERSON: SignedDuration = SignedDuration::from_hours(4);
/// How long a daemon's token lives.
pub const DAEMON: SignedDuration = SignedDuration::from_hours(24);
/// How long an unattended screen's token lives.
pub const SCREEN: SignedDuration = SignedDuration::from_hours(4);
/// Longest token, in bytes.
const MAX_TOKEN: usize = 1024;
/// How far a clock may be ahead of ours when it signs, in seconds.
const EARLY: i64 = 60;
/// How far a token's end may lie behind us, in seconds.
const LATE: i64 = 30;
/// What the token is for.
const AUDIENCE: &str = "ws";
/// The key that is in use.
const KEY_ID: &str = "k1";

/// Whose token it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A person's.
    User,
    /// A daemon's.
    Daemon,
    /// An unattended screen's.
    Screen,
}

impl Kind {
    fn life(self) -> SignedDuration {
        match self {
            Self::User => PERSON,
            Self::Daemon => DAEMON,
            Self::Screen => SCREEN,
        }
    }
}

/// What a token says. Members are in the order they are signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    v: u8,
    aud: String,
    /// Whose it is.
    pub typ: Kind,
    /// The person's id, the desktop's or the screen's.
    pub sub: String,
    /// The workspace.
    pub ws: String,
    /// Names the bearer that it was made with.
    pub sid: String,
    /// When it was made, in seconds since 1970.
    pub iat: i64,
    /// Until when it holds, in seconds since 1970.
    pub exp: i64,
    kid: String,
}

/// Signs and checks.
pub struct Signer(Hmac<Sha256>);

impl Signer {
    /// With the key in use, of this master.
    ///
    /// # Errors
    /// None that can happen: the length is a fixed one.
    pub fn new(master: &[u8]) -> Result<Self, CloudError> {
        let mut key = zeroize::Zeroizing::new([0; 32]);
        let info = format!("multiclaw/ws-session/v1/{KEY_ID}");
        Hkdf::<Sha256>::new(None, master)
            .expand(info.as_bytes(), &mut *key)
            .map_err(|_| CloudError::Stored("the realtime key"))?;
        Self::with_key(&*key)
    }

    fn with_key(key: &[u8]) -> Result<Self, CloudError> {
        let mac = Hmac::new_from_slice(key).map_err(|_| CloudError::Stored("the realtime key"))?;
        Ok(Self(mac))
    }

    /// A token for this subject, and its end.
    #[must_use]
    pub fn sign(
        &self,
        typ: Kind,
        (sub, ws, sid): (&str, &str, &str),
        now: Timestamp,
    ) -> (String, Timestamp) {
        let end = now.checked_add(typ.life()).unwrap_or(now);
        let claims = Claims {
            v: 1,
            aud: AUDIENCE.into(),
            typ,
            sub: sub.into(),
            ws: ws.into(),
            sid: sid.into(),
            iat: now.as_second(),
            exp: end.as_second(),
            kid: KEY_ID.into(),
        };
        (self.token(&serde_json::to_vec(&claims).unwrap_or_default()), end)
    }

    fn token(&self, payload: &[u8]) -> String {
        let signed = format!("v1.{}", URL_SAFE_NO_PAD.encode(payload));
        let mac = self.0.clone().chain_update(signed.as_bytes()).finalize().into_bytes();
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(mac))
    }

    /// The claims of a token that is ours and holds now. Nothing in it is read before its
    /// signature is found to be good.
    #[must_use]
    pub fn check(&self, token: &str, now: Timestamp) -> Option<Claims> {
        if token.len() > MAX_TOKEN {
            return None;
        }
        let (signed, mac) = token.rsplit_once('.')?;
        let payload = signed.strip_prefix("v1.")?;
        let mac = URL_SAFE_NO_PAD.decode(mac).ok()?;
        self.0.clone().chain_update(signed.as_bytes()).verify_slice(&mac).ok()?;
        let claims: Claims = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).ok()?).ok()?;
        let now = now.as_second();
        let good = claims.v == 1
            && claims.aud == AUDIENCE
            && claims.kid == KEY_ID
            && claims.iat <= now.saturating_add(EARLY)
            && claims.exp > now.saturating_sub(LATE)
            && claims.exp.saturating_sub(claims.iat) <= claims.typ.life().as_secs();
        good.then_some(claims)
    }
}

/// User name and password for coturn's `use-auth-secret`.
#[must_use]
pub fn turn_credential(secret: &str, id: &str, expires: Timestamp) -> (String, String) {
    let username = format!("{}:{id}", expires.as_second());
    let password = Hmac::<Sha1>::new_from_slice(secret.as_bytes())
        .map(|mac| STANDARD.encode(mac.chain_update(username.as_bytes()).finalize().into_bytes()))
        .unwrap_or_default();
    (username, password)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    const NOW: i64 = 1_770_000_000;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn signer() -> Signer {
        Signer::with_key(&[7; 32]).unwrap()
    }

    fn claims() -> Value {
        json!({
            "v": 1, "aud": "ws", "typ": "user", "sub": "u_1", "ws": "w_1", "sid": "s_1",
            "iat": NOW, "exp": NOW + 14_400, "kid": "k1",
        })
    }

    fn with(name: &str, value: Value) -> String {
        let mut claims = claims();
        claims[name] = value;
        signer().token(claims.to_string().as_bytes())
    }

    #[test]
    fn the_format_is_the_one_that_was_computed_by_another_program() {
        let (token, end) = signer().sign(Kind::User, ("u_1", "w_1", "s_1"), at(NOW));
        assert_eq!(
            token,
            "v1.eyJ2IjoxLCJhdWQiOiJ3cyIsInR5cCI6InVzZXIiLCJzdWIiOiJ1XzEiLCJ3cyI6IndfMSIsInNpZCI6In\
             NfMSIsImlhdCI6MTc3MDAwMDAwMCwiZXhwIjoxNzcwMDE0NDAwLCJraWQiOiJrMSJ9.Mc23CYRoL4Cc363iNn9\
             exkp1Vd57hd3BgmNxvUJqSRk"
        );
        assert_eq!(end, at(NOW + 14_400));
        assert_eq!(signer().check(&token, at(NOW)).unwrap().sid, "s_1");
        assert_eq!(Signer::new(&[7; 32]).unwrap().check(&token, at(NOW)), None, "another key");
    }

    /// H14.
    #[test]
    fn good_until_the_end_and_not_after() {
        let kinds = [(Kind::User, 4 * 3600), (Kind::Daemon, 24 * 3600), (Kind::Screen, 4 * 3600)];
        for (kind, life) in kinds {
            let (token, end) = signer().sign(kind, ("a", "b", "c"), at(NOW));
            assert_eq!(end, at(NOW + life));
            for (second, good) in [(-60, true), (-61, false), (life + 29, true), (life + 30, false)]
            {
                let claims = signer().check(&token, at(NOW + second));
                assert_eq!(claims.is_some(), good, "{kind:?} at {second}");
            }
        }
    }

    /// H14.
    #[test]
    fn wrong_claims_are_refused_even_when_they_are_signed() {
        assert!(signer().check(&with("sub", json!("u_2")), at(NOW)).is_some());
        let cases = [
            ("v", json!(2)),
            ("aud", json!("rest")),
            ("aud", json!("ws ")),
            ("typ", json!("admin")),
            ("typ", json!(null)),
            ("iat", json!(NOW + 61)),
            ("exp", json!(NOW + 14_401)),
            ("exp", json!(NOW - 30)),
            ("exp", json!(i64::MAX)),
            ("iat", json!(i64::MIN)),
            ("kid", json!("k2")),
            ("sid", json!(null)),
        ];
        for (name, value) in cases {
            assert_eq!(signer().check(&with(name, value.clone()), at(NOW)), None, "{name} {value}");
        }
        let long_lived = json!({
            "v": 1, "aud": "ws", "typ": "daemon", "sub": "d", "ws": "w", "sid": "s",
            "iat": NOW, "exp": NOW + 86_401, "kid": "k1",
        });
        let token = signer().token(long_lived.to_string().as_bytes());
        assert_eq!(signer().check(&token, at(NOW)), None);
    }

    /// H14.
    #[test]
    fn forged_tokens_are_refused() {
        let (token, _) = signer().sign(Kind::User, ("u_1", "w_1", "s_1"), at(NOW));
        let mac = token.rfind('.').unwrap();
        for at_byte in 0..token.len() - 1 {
            let mut bytes = token.clone().into_bytes();
            bytes[at_byte] = if bytes[at_byte] == b'A' { b'B' } else { b'A' };
            let forged = String::from_utf8(bytes).unwrap();
            assert_eq!(signer().check(&forged, at(NOW)), None, "byte {at_byte}");
        }
        let junk = ["", ".", "..", "v1..", "v1.a.b", "v2.a.b", "…", &token[..mac], &token[3..]];
        for junk in junk {
            assert_eq!(signer().check(junk, at(NOW)), None, "{junk}");
        }
        assert_eq!(signer().check(&format!("{token}."), at(NOW)), None);
        assert_eq!(signer().check(&"A".repeat(3 << 20), at(NOW)), None);
        let long = with("sub", json!("u".repeat(1000)));
        assert_eq!(signer().check(&long, at(NOW)), None, "longer than any of ours");
    }

    #[test]
    fn turn_credentials_are_coturns() {
        let at = Timestamp::from_second(1_433_895_918).unwrap();
        let (username, password) = turn_credential("my_secret", "user", at);
        assert_eq!(username, "1433895918:user");
        assert_eq!(password.len(), 28);
    }
}
