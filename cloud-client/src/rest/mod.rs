//! The cloud's REST interface (`PROTOCOL.md`, section 1).

mod device;
mod screens;
mod workspace;

pub use device::{DevicePoll, Poll};
pub use workspace::{Key, Workspace};

use crate::wire::{
    AcceptInvitation, ChangePassword, Desktop, DesktopList, Failure, Me, PusherAuth,
    PusherSignature, SignIn, SignedIn, TokenAnswer, TokenRequest,
};
use crate::{ApiError, BearerToken, DaemonToken};
use http::{HeaderValue, Method, Request, StatusCode, header};
use net::{Door, Purpose};
use serde::de::DeserializeOwned;
use std::sync::Arc;
use std::time::Duration;
use zeroize::Zeroize;

/// A client of one cloud. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Rest {
    door: Door,
    /// `https://host[:port]`, without a slash at the end.
    base: Arc<str>,
}

impl Rest {
    /// For the cloud at `base`, for example `https://api.multiclaw.io`.
    #[must_use]
    pub fn new(door: Door, base: &str) -> Self {
        Self { door, base: base.trim_end_matches('/').into() }
    }

    /// Signs in.
    ///
    /// # Errors
    /// [`ApiError::WrongCredentials`], [`ApiError::Locked`] and those of any request.
    pub async fn sign_in(&self, email: &str, password: &str) -> Result<SignedIn, ApiError> {
        self.call(Method::POST, "/v1/sign-in", None, Some(&SignIn { email, password })).await
    }

    /// Joins a workspace with an invitation; signs in.
    ///
    /// # Errors
    /// [`ApiError::Gone`], [`ApiError::WrongCredentials`] and those of any request.
    pub async fn accept_invitation(&self, with: &AcceptInvitation) -> Result<SignedIn, ApiError> {
        self.call(Method::POST, "/v1/invitations/accept", None, Some(with)).await
    }

    /// Changes the password; every other sign-in of the person ends.
    ///
    /// # Errors
    /// [`ApiError::WrongCredentials`] and those of any request.
    pub async fn change_password(
        &self,
        bearer: &BearerToken,
        change: &ChangePassword,
    ) -> Result<(), ApiError> {
        self.send(Method::POST, "/v1/password", Some(bearer.expose()), Some(change)).await?;
        Ok(())
    }

    /// Signs a subscription to a channel of live progress.
    ///
    /// # Errors
    /// Those of any request.
    pub async fn pusher_auth(
        &self,
        bearer: &BearerToken,
        auth: &PusherAuth,
    ) -> Result<PusherSignature, ApiError> {
        self.call(Method::POST, "/v1/pusher/auth", Some(bearer.expose()), Some(auth)).await
    }

    /// A workspace, as the person of this bearer sees it.
    #[must_use]
    pub fn workspace(&self, bearer: BearerToken, id: String) -> Workspace {
        Workspace::new(self.clone(), bearer, id)
    }

    /// Ends the token.
    ///
    /// # Errors
    /// Those of any request.
    pub async fn sign_out(&self, bearer: &BearerToken) -> Result<(), ApiError> {
        let answer =
            self.send(Method::POST, "/v1/sign-out", Some(bearer.expose()), None::<&()>).await?;
        drop(answer);
        Ok(())
    }

    /// Who the token belongs to.
    ///
    /// # Errors
    /// Those of any request.
    pub async fn me(&self, bearer: &BearerToken) -> Result<Me, ApiError> {
        self.call(Method::GET, "/v1/me", Some(bearer.expose()), None::<&()>).await
    }

    /// The cloud desktops of a workspace.
    ///
    /// # Errors
    /// Those of any request.
    pub async fn desktops(
        &self,
        bearer: &BearerToken,
        workspace: &str,
    ) -> Result<Vec<Desktop>, ApiError> {
        let path = format!("/v1/workspaces/{workspace}/desktops");
        let list: DesktopList =
            self.call(Method::GET, &path, Some(bearer.expose()), None::<&()>).await?;
        Ok(list.desktops)
    }

    /// A token for a person's realtime socket.
    ///
    /// # Errors
    /// Those of any request.
    pub async fn token_for_person(
        &self,
        bearer: &BearerToken,
        workspace: &str,
    ) -> Result<TokenAnswer, ApiError> {
        let body = TokenRequest { workspace: Some(workspace.to_owned()) };
        self.call(Method::POST, "/v1/realtime/token", Some(bearer.expose()), Some(&body)).await
    }

    /// A token for a daemon's realtime socket.
    ///
    /// # Errors
    /// Those of any request.
    pub async fn token_for_daemon(&self, token: &DaemonToken) -> Result<TokenAnswer, ApiError> {
        let body = TokenRequest { workspace: None };
        self.call(Method::POST, "/v1/realtime/token", Some(token.expose()), Some(&body)).await
    }

    /// The log of the connections made, these and all others through the same door.
    #[must_use]
    pub fn log(&self) -> net::ConnectionLog {
        self.door.log()
    }

    pub(crate) fn door(&self) -> &Door {
        &self.door
    }

    /// URL of the realtime socket.
    pub(crate) fn realtime_url(&self) -> String {
        // MultiClaw Cloud serves its sockets on a host of their own (article "Allowed external
        // connections"); any other cloud on the one it has.
        let host = match self.base.strip_prefix("https://").unwrap_or(&self.base) {
            "api.multiclaw.io" => "ws.multiclaw.io",
            own => own,
        };
        format!("wss://{host}/v1/realtime")
    }

    async fn call<T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        bearer: Option<&str>,
        body: Option<&impl serde::Serialize>,
    ) -> Result<T, ApiError> {
        parse(&self.send(method, path, bearer, body).await?)
    }

    async fn send(
        &self,
        method: Method,
        path: &str,
        bearer: Option<&str>,
        body: Option<&impl serde::Serialize>,
    ) -> Result<Vec<u8>, ApiError> {
        self.send_once(method, path, bearer, body, None).await
    }

    /// With an `Idempotency-Key`, so that it may be sent again without being done again.
    async fn send_once(
        &self,
        method: Method,
        path: &str,
        bearer: Option<&str>,
        body: Option<&impl serde::Serialize>,
        once: Option<&str>,
    ) -> Result<Vec<u8>, ApiError> {
        let body = body.map(serde_json::to_vec).transpose().map_err(|e| refused(&e))?;
        let mut request = Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.base))
            .header(header::ACCEPT, "application/json");
        if let Some(bearer) = bearer {
            request = request.header(header::AUTHORIZATION, authorization(bearer)?);
        }
        if let Some(once) = once {
            request = request.header("idempotency-key", once);
        }
        if body.is_some() {
            request = request.header(header::CONTENT_TYPE, "application/json");
        }
        let request = request.body(body.unwrap_or_default()).map_err(|e| refused(&e))?;
        let answer = self.door.request(Purpose::CloudApi, request).await?;
        net::NetError::unless_portal(&answer)?;
        if answer.status().is_success() {
            return Ok(answer.into_body().to_vec());
        }
        Err(failure(&answer))
    }
}

fn refused(error: &dyn std::fmt::Display) -> ApiError {
    ApiError::Refused { code: error.to_string() }
}

fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, ApiError> {
    // The parser's message may quote the answer, and with it a token: only its place is kept.
    serde_json::from_slice(bytes).map_err(|error| {
        ApiError::Malformed(format!("line {}, column {}", error.line(), error.column()))
    })
}

/// The header's value, marked so that no log prints it.
pub(crate) fn authorization(bearer: &str) -> Result<HeaderValue, ApiError> {
    let mut text = format!("Bearer {bearer}");
    let value = HeaderValue::from_str(&text);
    text.zeroize();
    let mut value = value.map_err(|_| ApiError::SignedOut)?;
    value.set_sensitive(true);
    Ok(value)
}

fn failure(answer: &http::Response<impl AsRef<[u8]>>) -> ApiError {
    let body = serde_json::from_slice::<Failure>(answer.body().as_ref())
        .map(|failure| failure.error)
        .unwrap_or_default();
    let retry_after = || {
        let seconds = answer.headers().get(header::RETRY_AFTER)?.to_str().ok()?.parse().ok()?;
        Some(Duration::from_secs(seconds))
    };
    match (answer.status(), body.code.as_str()) {
        (_, "wrong_credentials") => ApiError::WrongCredentials,
        (StatusCode::UNAUTHORIZED, _) => ApiError::SignedOut,
        (StatusCode::LOCKED, _) => ApiError::Locked { until: body.until },
        (StatusCode::FORBIDDEN, _) => ApiError::Forbidden,
        (StatusCode::NOT_FOUND, _) => ApiError::NotFound,
        (StatusCode::CONFLICT, "last_owner") => ApiError::LastOwner,
        (StatusCode::CONFLICT, "taken") => ApiError::Taken,
        (StatusCode::CONFLICT, _) => ApiError::Conflict,
        (StatusCode::GONE, _) => ApiError::Gone,
        (StatusCode::PAYLOAD_TOO_LARGE, _) => ApiError::TooLarge,
        (StatusCode::TOO_MANY_REQUESTS, _) => ApiError::RateLimited { after: retry_after() },
        (status, _) if status.is_server_error() => ApiError::Server { status: status.as_u16() },
        _ => ApiError::Refused { code: body.code },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, body: &str) -> ApiError {
        failure(&http::Response::builder().status(status).body(body.to_owned()).unwrap())
    }

    #[test]
    fn failures_are_told_apart() {
        let wrong = r#"{"error":{"code":"wrong_credentials","message":"m"}}"#;
        assert_eq!(answer(401, wrong), ApiError::WrongCredentials);
        assert_eq!(answer(401, "{}"), ApiError::SignedOut);
        let locked = r#"{"error":{"code":"locked","until":"2026-01-01T00:00:00Z"}}"#;
        let until = Some("2026-01-01T00:00:00Z".to_owned());
        assert_eq!(answer(423, locked), ApiError::Locked { until });
        assert_eq!(answer(502, "<html>"), ApiError::Server { status: 502 });
        assert_eq!(answer(429, ""), ApiError::RateLimited { after: None });
    }

    #[test]
    fn the_realtime_url_is_the_bases() {
        let door = Door::new(net::Policy::inventory(), net::Trust::System).unwrap();
        let rest = Rest::new(door, "https://localhost:8443/");
        assert_eq!(rest.realtime_url(), "wss://localhost:8443/v1/realtime");
        let rest = Rest::new(rest.door, "https://api.multiclaw.io");
        assert_eq!(rest.realtime_url(), "wss://ws.multiclaw.io/v1/realtime");
    }
}
