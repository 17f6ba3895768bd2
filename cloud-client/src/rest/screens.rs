//! Unattended screens: the machine's requests. The owner's are the workspace's.

use super::Rest;
use crate::screen::{ScreenKey, enrolment};
use crate::wire::{
    ChallengeRequest, Desktop, DesktopList, EnrolScreen, EnrolmentCode, ScreenChallenge,
    ScreenIdentity, ScreenSignIn, ScreenSignedIn, TokenAnswer, TokenRequest,
};
use crate::{ApiError, ScreenBearer};
use http::Method;

const NONE: Option<&()> = None;

impl Rest {
    /// Makes this machine the screen that the code was made for.
    ///
    /// # Errors
    /// [`ApiError::Gone`] for a code that was used, has ended or never was, and those of any
    /// request.
    pub async fn enrol_screen(
        &self,
        code: &EnrolmentCode,
        key: &ScreenKey,
    ) -> Result<ScreenIdentity, ApiError> {
        let bare = code.bare();
        let public_key = key.public();
        let signature = key.sign(&enrolment(&self.host()?, &bare, &public_key));
        let code = EnrolmentCode::new(bare.to_string());
        let body = EnrolScreen { code, public_key, signature };
        self.call(Method::POST, "/v1/screens/enrol", None, Some(&body)).await
    }

    /// Asks for something to sign.
    ///
    /// # Errors
    /// Those of any request.
    pub async fn screen_challenge(&self, screen: &str) -> Result<ScreenChallenge, ApiError> {
        let body = ChallengeRequest { screen: screen.to_owned() };
        self.call(Method::POST, "/v1/screens/challenge", None, Some(&body)).await
    }

    /// Signs in with a signature.
    ///
    /// # Errors
    /// [`ApiError::SignedOut`] when the cloud does not know the screen, its key or the challenge,
    /// and those of any request.
    pub async fn screen_sign_in(&self, body: &ScreenSignIn) -> Result<ScreenSignedIn, ApiError> {
        self.call(Method::POST, "/v1/screens/sign-in", None, Some(body)).await
    }

    /// Which screen the bearer belongs to.
    ///
    /// # Errors
    /// Those of any request.
    pub async fn screen(&self, bearer: &ScreenBearer) -> Result<ScreenIdentity, ApiError> {
        self.call(Method::GET, "/v1/screen", Some(bearer.expose()), NONE).await
    }

    /// The desktops that the screen may show.
    ///
    /// # Errors
    /// Those of any request.
    pub async fn screen_desktops(&self, bearer: &ScreenBearer) -> Result<Vec<Desktop>, ApiError> {
        let list: DesktopList =
            self.call(Method::GET, "/v1/screen/desktops", Some(bearer.expose()), NONE).await?;
        Ok(list.desktops)
    }

    /// A token for the screen's realtime socket.
    ///
    /// # Errors
    /// Those of any request.
    pub async fn token_for_screen(&self, bearer: &ScreenBearer) -> Result<TokenAnswer, ApiError> {
        let body = TokenRequest { workspace: None };
        self.call(Method::POST, "/v1/realtime/token", Some(bearer.expose()), Some(&body)).await
    }

    /// The cloud's host as a screen signs it: in lower case, with the port where it is not 443.
    pub(crate) fn host(&self) -> Result<String, ApiError> {
        let wrong = || ApiError::Refused { code: "the cloud's address".into() };
        let base = url::Url::parse(&self.base).map_err(|_| wrong())?;
        let host = base.host_str().ok_or_else(wrong)?.to_lowercase();
        Ok(match base.port() {
            Some(port) => format!("{host}:{port}"),
            None => host,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_host_is_signed_as_the_protocol_writes_it() {
        let door = net::Door::new(net::Policy::inventory(), net::Trust::System).unwrap();
        for (base, host) in [
            ("https://Cloud.Example.com/", "cloud.example.com"),
            ("https://cloud.example.com:443", "cloud.example.com"),
            ("https://localhost:8443", "localhost:8443"),
            ("https://[::1]:8443", "[::1]:8443"),
        ] {
            assert_eq!(Rest::new(door.clone(), base).host().unwrap(), host);
        }
    }
}
