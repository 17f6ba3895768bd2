//! A screen that stays signed in by itself.

use super::{Renewal, ScreenKey, sign_in};
use crate::rest::Rest;
use crate::wire::{Desktop, ScreenIdentity, ScreenSignIn, ScreenSignedIn, TokenAnswer};
use crate::{ApiError, ScreenBearer};
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};
use tokio::sync::Mutex;

/// A screen of a cloud. Cheap to clone; all clones share one bearer.
#[derive(Clone, Debug)]
pub struct ScreenLogin(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    rest: Rest,
    screen: String,
    key: ScreenKey,
    renewal: Mutex<Renewal>,
}

impl ScreenLogin {
    /// The screen of this id, with its key. Nothing is asked for yet.
    #[must_use]
    pub fn new(rest: Rest, screen: String, key: ScreenKey) -> Self {
        Self(Arc::new(Inner { rest, screen, key, renewal: Mutex::default() }))
    }

    /// Who this is.
    ///
    /// # Errors
    /// [`ApiError::SignedOut`] when the cloud does not know the screen any more, and those of any
    /// request.
    pub async fn identity(&self) -> Result<ScreenIdentity, ApiError> {
        self.with_bearer(async |rest, bearer| rest.screen(bearer).await).await
    }

    /// The desktops that it may show.
    ///
    /// # Errors
    /// As [`ScreenLogin::identity`].
    pub async fn desktops(&self) -> Result<Vec<Desktop>, ApiError> {
        self.with_bearer(async |rest, bearer| rest.screen_desktops(bearer).await).await
    }

    /// A token for its realtime socket.
    ///
    /// # Errors
    /// As [`ScreenLogin::identity`].
    pub async fn realtime_token(&self) -> Result<TokenAnswer, ApiError> {
        self.with_bearer(async |rest, bearer| rest.token_for_screen(bearer).await).await
    }

    /// One request. A bearer that the cloud has ended before its time (it was restored from a
    /// backup) is replaced once; whether the screen was removed, the sign-in says.
    async fn with_bearer<T>(
        &self,
        request: impl AsyncFn(&Rest, &ScreenBearer) -> Result<T, ApiError>,
    ) -> Result<T, ApiError> {
        let bearer = self.bearer().await?;
        match request(&self.0.rest, &bearer).await {
            Err(ApiError::SignedOut) => {
                self.0.renewal.lock().await.refused(&bearer);
                request(&self.0.rest, &self.bearer().await?).await
            }
            other => other,
        }
    }

    /// The bearer there is, or a new one. Whoever comes meanwhile waits for it.
    async fn bearer(&self) -> Result<ScreenBearer, ApiError> {
        let mut renewal = self.0.renewal.lock().await;
        if let Some(bearer) = renewal.bearer(Instant::now(), SystemTime::now()) {
            return Ok(bearer);
        }
        // A cloud that restarts forgets its challenges: a screen is not removed because of one.
        let answer = match self.sign_in().await {
            Err(ApiError::SignedOut) => self.sign_in().await?,
            other => other?,
        };
        let life = Duration::from_secs(answer.expires_in);
        renewal.signed_in(answer.token.clone(), life, Instant::now(), SystemTime::now());
        Ok(answer.token)
    }

    async fn sign_in(&self) -> Result<ScreenSignedIn, ApiError> {
        let Inner { rest, screen, key, .. } = &*self.0;
        let challenge = rest.screen_challenge(screen).await?;
        let text = sign_in(&rest.host()?, screen, &challenge.challenge, &challenge.expires_at);
        let signature = key.sign(&text);
        let body =
            ScreenSignIn { screen: screen.clone(), challenge: challenge.challenge, signature };
        rest.screen_sign_in(&body).await
    }
}
