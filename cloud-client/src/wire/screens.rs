//! Unattended screens: machines that show desktops without a person (`PROTOCOL.md`, section 1,
//! "Unattended screens").

use crate::ScreenBearer;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

/// Most desktops of one screen.
pub const SCREEN_DESKTOPS: usize = 32;

/// A screen, as the owners of its workspace see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Screen {
    /// Id.
    pub id: String,
    /// What the owner calls it.
    pub name: String,
    /// The desktops it may show, by id.
    pub desktops: Vec<String>,
    /// It may send input, not only watch.
    pub control: bool,
    /// Its machine has given the code and has a key.
    pub enrolled: bool,
    /// Id of who made it.
    pub created_by: String,
    /// Name of who made it, as it was then.
    pub creator: String,
    /// RFC 3339.
    pub created_at: String,
    /// RFC 3339: until when its code is good. Absent once it is enrolled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<String>,
    /// RFC 3339; absent for one that was never seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_seen: Option<String>,
}

/// Answer to `GET …/screens`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScreenList {
    /// All of them.
    pub screens: Vec<Screen>,
}

/// Body of `POST …/screens`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScreenDraft {
    /// What the owner calls it: 1 to 120 characters.
    pub name: String,
    /// The desktops it may show, by id: 1 to [`SCREEN_DESKTOPS`].
    pub desktops: Vec<String>,
    /// It may send input, not only watch.
    pub control: bool,
}

/// Answer to `POST …/screens`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enrolment {
    /// The screen, waiting for its machine.
    pub screen: Screen,
    /// What is typed in on the machine. Shown once.
    pub code: EnrolmentCode,
    /// RFC 3339: until when.
    pub expires_at: String,
}

/// A secret that makes one machine a screen, once and within ten minutes.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EnrolmentCode(Zeroizing<String>);

impl EnrolmentCode {
    /// Takes the text over.
    #[must_use]
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// The text, for the owner who passes it on and for the one request that carries it.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// The code as it was made, however it was typed: letters and digits only, in upper case.
    #[must_use]
    pub fn bare(&self) -> Zeroizing<String> {
        let mut bare = Zeroizing::new(String::with_capacity(self.0.len()));
        for letter in self.0.chars().filter(char::is_ascii_alphanumeric) {
            bare.push(match letter.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            });
        }
        bare
    }
}

impl std::fmt::Debug for EnrolmentCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("EnrolmentCode(…)")
    }
}

/// Body of `POST /v1/screens/enrol`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnrolScreen {
    /// As typed.
    pub code: EnrolmentCode,
    /// Ed25519, 32 bytes, base64url without padding.
    pub public_key: String,
    /// Over [`crate::screen::enrolment`]: the machine has the key.
    pub signature: String,
}

/// Body of `POST /v1/screens/challenge`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChallengeRequest {
    /// The screen's id.
    pub screen: String,
}

/// Answer to `POST /v1/screens/challenge`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScreenChallenge {
    /// 32 random bytes, base64url without padding. Good once.
    pub challenge: String,
    /// RFC 3339, as it is signed: until when.
    pub expires_at: String,
}

/// Body of `POST /v1/screens/sign-in`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScreenSignIn {
    /// The screen's id.
    pub screen: String,
    /// The challenge.
    pub challenge: String,
    /// Over [`crate::screen::sign_in`]: Ed25519, 64 bytes, base64url without padding.
    pub signature: String,
}

/// Answer to `POST /v1/screens/sign-in`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScreenSignedIn {
    /// The bearer.
    pub token: ScreenBearer,
    /// How long it is good, in seconds. Not a time of day: a screen's clock may be wrong.
    pub expires_in: u64,
    /// Whose it is.
    #[serde(flatten)]
    pub who: ScreenIdentity,
}

/// Answer to `GET /v1/screen` and to `POST /v1/screens/enrol`: a screen, as it sees itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScreenIdentity {
    /// Itself.
    pub screen: OwnScreen,
    /// Where it belongs.
    pub workspace: ScreenWorkspace,
}

/// A screen, as it sees itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnScreen {
    /// Id.
    pub id: String,
    /// What the owner calls it.
    pub name: String,
    /// It may send input, not only watch.
    pub control: bool,
}

/// The workspace of a screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScreenWorkspace {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_the_same_however_it_is_typed_and_is_not_printed() {
        let code = EnrolmentCode::new(" k7qm 2xol-9bi0\n".into());
        assert_eq!(*code.bare(), "K7QM2X019B10");
        assert!(!format!("{code:?}").contains("k7qm"));
    }

    #[test]
    fn reads_what_the_protocol_shows() {
        let signed_in: ScreenSignedIn = serde_json::from_str(
            r#"{"token":"t","expires_in":3600,
                "screen":{"id":"k-1","name":"Lobby","control":false},
                "workspace":{"id":"w1","name":"Analytical Engines"},"later":1}"#,
        )
        .unwrap();
        assert_eq!(signed_in.who.screen.name, "Lobby");
        assert!(!format!("{signed_in:?}").contains("\"t\""));
    }
}
