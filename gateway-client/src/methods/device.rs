//! `device.*`: who may connect.

use super::lenient::{Lenient, answer, method};
use crate::DeviceToken;
pub use crate::events::PairRequest;

method! {
    /// The devices, and those that wait.
    pub struct PairList = "device.pair.list" -> Devices {}
    /// Lets a device in.
    pub struct PairApprove = "device.pair.approve" -> Approved {
        /// [`PairRequest::request_id`].
        pub request_id: String,
    }
    /// Does not let a device in.
    pub struct PairReject = "device.pair.reject" -> Rejected {
        /// [`PairRequest::request_id`].
        pub request_id: String,
    }
    /// Forgets a device.
    pub struct PairRemove = "device.pair.remove" -> Removed {
        /// The device.
        pub device_id: String,
    }
    /// Gives a device another token.
    pub struct TokenRotate = "device.token.rotate" -> Rotated {
        /// The device.
        pub device_id: String,
        /// `operator` or `node`.
        pub role: String,
        /// Other rights.
        pub scopes: Option<Vec<String>>,
    }
    /// Takes a device's token back.
    pub struct TokenRevoke = "device.token.revoke" -> Revoked {
        /// The device.
        pub device_id: String,
        /// `operator` or `node`.
        pub role: String,
    }
}

impl Lenient for DeviceToken {
    fn text(value: &str) -> Option<Self> {
        Self::owned(value.to_owned())
    }
    fn owned(value: String) -> Option<Self> {
        (!value.is_empty()).then(|| Self::new(value))
    }
}

answer! {
    /// The devices, and those that wait.
    pub struct Devices {
        /// Those that wait for a person.
        pub pending: Vec<PairRequest>,
        /// Those that are let in.
        pub paired: Vec<Device>,
    }
    /// A device that is let in.
    pub struct Device {
        /// Its id.
        pub device_id: String,
        /// Its name.
        pub display_name: Option<String>,
        /// `linux`, ...
        pub platform: Option<String>,
        /// Which program.
        pub client_id: Option<String>,
        /// `ui`, `cli`, ...
        pub client_mode: Option<String>,
        /// `operator` or `node`.
        pub role: Option<String>,
        /// Its roles.
        pub roles: Vec<String>,
        /// Its rights.
        pub scopes: Vec<String>,
        /// From where it asked.
        pub remote_ip: Option<String>,
        /// `silent`, `owner`, ...
        pub approved_via: Option<String>,
        /// When it was made, in milliseconds since 1970.
        pub created_at_ms: Option<u64>,
        /// When it was let in, in milliseconds since 1970.
        pub approved_at_ms: Option<u64>,
        /// When it was last here, in milliseconds since 1970.
        pub last_seen_at_ms: Option<u64>,
        /// Whether it is here.
        pub connected: Option<bool>,
        /// Its tokens, without the tokens themselves.
        pub tokens: Vec<TokenFacts>,
    }
    /// A token, without the token itself.
    pub struct TokenFacts {
        /// `operator` or `node`.
        pub role: String,
        /// Its rights.
        pub scopes: Vec<String>,
        /// When it was issued, in milliseconds since 1970.
        pub created_at_ms: Option<u64>,
        /// When it was last used, in milliseconds since 1970.
        pub last_used_at_ms: Option<u64>,
        /// When it was taken back, in milliseconds since 1970.
        pub revoked_at_ms: Option<u64>,
    }
    /// A device was let in.
    pub struct Approved {
        /// The request.
        pub request_id: String,
        /// The device.
        pub device: Device,
    }
    /// A device was not let in.
    pub struct Rejected {
        /// The request.
        pub request_id: String,
        /// The device.
        pub device_id: String,
    }
    /// A device was forgotten.
    pub struct Removed {
        /// The device.
        pub device_id: String,
    }
    /// A token was changed.
    pub struct Rotated {
        /// The device.
        pub device_id: String,
        /// `operator` or `node`.
        pub role: String,
        /// The token; only when it is this device's own.
        pub token: Option<DeviceToken>,
        /// Why there is none: `withheld-cross-device`.
        pub token_delivery: Option<String>,
        /// Its rights.
        pub scopes: Vec<String>,
        /// When, in milliseconds since 1970.
        pub rotated_at_ms: Option<u64>,
    }
    /// A token was taken back.
    pub struct Revoked {
        /// The device.
        pub device_id: String,
        /// `operator` or `node`.
        pub role: String,
        /// When, in milliseconds since 1970.
        pub revoked_at_ms: Option<u64>,
    }
}
