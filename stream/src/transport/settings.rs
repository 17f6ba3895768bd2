//! The settings that decide throughput and delay, each with its reason.

use rtc::ice::mdns::MulticastDnsMode;
use rtc::peer_connection::configuration::setting_engine::SctpMaxMessageSize;
use std::time::Duration;
use webrtc::peer_connection::{RTCIceServer, SettingEngine, SettingEngineBuilder};
use zeroize::Zeroizing;

use crate::protocol::MAX_MESSAGE;

/// SCTP window, in bytes, where the kernel granted the socket buffer that it needs. The window
/// caps speed at window / round trip: 4 MiB at 50 ms is 80 MB/s.
const LARGE_WINDOW: u32 = 4 * 1024 * 1024;
/// Window where it did not: small enough that a burst does not overflow the default kernel
/// buffer (each overflow costs a retransmission timeout of a second).
const SMALL_WINDOW: u32 = 128 * 1024;
/// Kernel buffer, in bytes as granted, from which the large window is used.
const LARGE_BUFFER: usize = 2 * 1024 * 1024;

/// Password for a TURN server, time-limited, kept in memory only.
#[derive(Clone, PartialEq, Eq)]
pub struct TurnCredential(Zeroizing<String>);

impl TurnCredential {
    /// Takes the text over.
    #[must_use]
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }
}

impl std::fmt::Debug for TurnCredential {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TurnCredential(…)")
    }
}

/// A STUN or TURN server (`PROTOCOL.md`, "Sessions").
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IceServer {
    /// `stun:`, `turn:` or `turns:` URLs (RFC 7064, RFC 7065).
    pub urls: Vec<String>,
    /// User name; empty for STUN.
    pub username: String,
    /// Password; empty for STUN.
    pub credential: TurnCredential,
}

impl IceServer {
    pub(super) fn to_rtc(&self) -> RTCIceServer {
        RTCIceServer {
            urls: self.urls.clone(),
            username: self.username.clone(),
            credential: self.credential.0.to_string(),
        }
    }
}

/// Settings for a socket whose receive buffer was granted as `receive_buffer` bytes.
pub(super) fn engine(receive_buffer: usize, loopback: bool) -> SettingEngine {
    let window = if receive_buffer >= LARGE_BUFFER { LARGE_WINDOW } else { SMALL_WINDOW };
    let message = u32::try_from(MAX_MESSAGE).unwrap_or(u32::MAX);
    SettingEngineBuilder::new()
        // The default binds UDP 5353 on every interface: a listening port nobody asked for.
        .with_multicast_dns_mode(MulticastDnsMode::Disabled)
        // The default of 64 KiB silently loses longer messages.
        .with_sctp_max_message_size(SctpMaxMessageSize::Bounded(message))
        // The defaults hold a working pair back for up to two seconds, in hope of a better one.
        .with_relay_acceptance_min_wait(Some(Duration::ZERO))
        .with_prflx_acceptance_min_wait(Some(Duration::ZERO))
        .with_srflx_acceptance_min_wait(Some(Duration::ZERO))
        .with_host_acceptance_min_wait(Some(Duration::ZERO))
        // A restart after the network changed needs new sockets.
        .with_discard_local_candidates_during_ice_restart(true)
        .with_sctp_max_receive_buffer_size(window)
        .with_include_loopback_candidate(loopback)
        .build()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credential_is_not_printed() {
        let server = IceServer {
            urls: vec!["turn:turn.example:3478".into()],
            username: "u".into(),
            credential: TurnCredential::new("hunter2".into()),
        };
        assert!(!format!("{server:?}").contains("hunter2"));
    }
}
