//! The settings that decide throughput and delay, each with its reason.

use rtc::ice::mdns::MulticastDnsMode;
use rtc::peer_connection::configuration::setting_engine::SctpMaxMessageSize;
use std::time::Duration;
use webrtc::peer_connection::{SettingEngine, SettingEngineBuilder};

use crate::protocol::MAX_MESSAGE;

/// SCTP window, in bytes, where the kernel granted the socket buffer that it needs. The window
/// caps speed at window / round trip: 4 MiB at 50 ms is 80 MB/s.
const LARGE_WINDOW: u32 = 4 * 1024 * 1024;
/// Window where it did not: small enough that a burst does not overflow the default kernel
/// buffer (each overflow costs a retransmission timeout of a second).
const SMALL_WINDOW: u32 = 128 * 1024;
/// Window where packets come over a stream: as much as may wait between the stream and the driver.
const STREAM_WINDOW: u32 = 1024 * 1024;
/// Kernel buffer, in bytes as granted, from which the large window is used.
const LARGE_BUFFER: usize = 2 * 1024 * 1024;

/// Settings for UDP sockets whose receive buffer was granted as `receive_buffer` bytes; `None`
/// when there are none.
pub(super) fn engine(receive_buffer: Option<usize>, loopback: bool) -> SettingEngine {
    let window = match receive_buffer {
        Some(bytes) if bytes >= LARGE_BUFFER => LARGE_WINDOW,
        Some(_) => SMALL_WINDOW,
        None => STREAM_WINDOW,
    };
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
