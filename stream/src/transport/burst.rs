//! How many packets the driver gets at once, and what it needs after them.
//!
//! The driver drains a socket before it flushes its answers, so a long burst gets one SACK.
//! Senders that limit their own burst per SACK (Chromium, libdatachannel) then crawl: 0.7 to
//! 6 MB/s at 50 ms against 18.7 with bursts of two.
//!
//! What a relay carried, the driver unpacks after it has flushed. The answers then wait for the
//! next packet or timer, up to 200 ms: a DTLS handshake takes a second. One empty datagram after
//! such packets, which the driver drops, makes it flush.

use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::task::Context;
use webrtc::runtime::RecvMeta;

/// Packets per wake: SCTP acknowledges every second packet (RFC 9260 section 6.2).
const BURST: u8 = 2;

/// The state of one socket.
#[derive(Debug, Default)]
pub(super) struct Burst {
    taken: AtomicU8,
    owed: AtomicBool,
}

/// What a socket is to do when it is polled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// Give a packet, if there is one.
    Packet,
    /// Give an empty datagram.
    Flush,
    /// Give nothing; the driver comes back by itself.
    Rest,
}

impl Burst {
    pub(super) fn next(&self, cx: &Context<'_>) -> Next {
        let taken = self.taken.load(Ordering::Relaxed);
        if taken == 0 && self.owed.swap(false, Ordering::Relaxed) {
            return Next::Flush;
        }
        if taken >= BURST {
            self.taken.store(0, Ordering::Relaxed);
            cx.waker().wake_by_ref();
            return Next::Rest;
        }
        Next::Packet
    }

    /// A packet was given; `relayed` when a relay carried it.
    pub(super) fn given(&self, relayed: bool) {
        self.taken.fetch_add(1, Ordering::Relaxed);
        if relayed {
            self.owed.store(true, Ordering::Relaxed);
        }
    }

    /// There was no packet. The driver polls once more before it waits, which takes what is owed.
    pub(super) fn empty(&self) {
        self.taken.store(0, Ordering::Relaxed);
    }
}

/// Fills `meta` for a packet of `len` bytes.
pub(super) fn describe(meta: &mut RecvMeta, from: std::net::SocketAddr, len: usize) {
    *meta = RecvMeta::default();
    meta.addr = from;
    meta.len = len;
    // A stride of 0 would divide by zero in the driver.
    meta.stride = len.max(1);
}

/// Whether a datagram from a TURN server carries another (RFC 8656 sections 11 and 12):
/// ChannelData, or a Data indication.
pub(super) fn carries(datagram: &[u8]) -> bool {
    matches!(datagram, [0x40..=0x7f, ..] | [0x00, 0x17, ..])
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::task::Waker;

    fn next(burst: &Burst) -> Next {
        burst.next(&Context::from_waker(Waker::noop()))
    }

    #[test]
    fn direct_packets_come_in_twos() {
        let burst = Burst::default();
        for _ in 0..2 {
            assert_eq!(next(&burst), Next::Packet);
            burst.given(false);
            assert_eq!(next(&burst), Next::Packet);
            burst.given(false);
            assert_eq!(next(&burst), Next::Rest);
        }
    }

    #[test]
    fn relayed_packets_are_followed_by_one_flush() {
        let burst = Burst::default();
        assert_eq!(next(&burst), Next::Packet);
        burst.given(true);
        assert_eq!(next(&burst), Next::Packet);
        burst.given(true);
        assert_eq!(
            [next(&burst), next(&burst), next(&burst)],
            [Next::Rest, Next::Flush, Next::Packet]
        );
        burst.given(true);
        assert_eq!(next(&burst), Next::Packet);
        burst.empty();
        assert_eq!([next(&burst), next(&burst)], [Next::Flush, Next::Packet]);
    }

    #[test]
    fn what_a_relay_carries_is_told_apart() {
        assert!(carries(&[0x40, 0]) && carries(&[0x00, 0x17]));
        assert!(!carries(&[]) && !carries(&[0x01, 0x03]) && !carries(&[22]) && !carries(&[0x00]));
    }
}
