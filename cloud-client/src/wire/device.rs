//! Sign-in in the system's browser without an inbound port: RFC 8628, device authorization grant.

use crate::BearerToken;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

/// The app's client id (RFC 6749 section 2.2). Not a secret.
pub const CLIENT_ID: &str = "multiclaw-desktop";
/// The grant type of RFC 8628 section 3.4.
pub const GRANT_TYPE: &str = "urn:ietf:params:oauth:grant-type:device_code";

/// Answer to `POST /v1/device/authorize` (RFC 8628 section 3.2).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceAuthorization {
    /// Held by the app only.
    pub device_code: Zeroizing<String>,
    /// What the person compares or types, such as `WDJB-MJHT`.
    pub user_code: String,
    /// Where to type it.
    pub verification_uri: String,
    /// The same with the code in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verification_uri_complete: Option<String>,
    /// Lifetime of both codes, in seconds.
    pub expires_in: u64,
    /// Least time between two questions, in seconds.
    #[serde(default = "five")]
    pub interval: u64,
}

impl std::fmt::Debug for DeviceAuthorization {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DeviceAuthorization")
            .field("user_code", &self.user_code)
            .field("expires_in", &self.expires_in)
            .finish_non_exhaustive()
    }
}

/// RFC 8628 section 3.2: "If no value is provided, clients MUST use 5 as the default."
fn five() -> u64 {
    5
}

/// Answer to `POST /v1/device/token` (RFC 6749 section 5.1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceToken {
    /// The bearer.
    pub access_token: BearerToken,
    /// `Bearer`.
    pub token_type: String,
}

/// The error answer (RFC 6749 section 5.2, RFC 8628 section 3.5), with status 400.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceError {
    /// Which.
    pub error: DeviceErrorCode,
}

/// Why there is no token (yet).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeviceErrorCode {
    /// The person has not decided yet.
    AuthorizationPending,
    /// As above, and the interval grows by five seconds.
    SlowDown,
    /// The person said no.
    AccessDenied,
    /// Too late.
    ExpiredToken,
    /// Anything else.
    #[serde(other)]
    Other,
}
