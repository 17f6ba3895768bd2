//! How many packets the driver gets at once, and what it needs after them.
//!
//! The driver drains a socket before it flushes its answers, so a long burst gets one SACK.
//! Senders that limit their own burst per SACK (Chromium, libdatachannel) then crawl: 0.7 to
//! 6 MB/s at 50 ms against 18.7 with bursts of two.
//!
//! Through a relay it flushes too early, twice: what a relay carried is unpacked after the flush,
//! and what is to go through one is packed after it. Both then wait for the next packet or timer,
//! up to 200 ms: a DTLS handshake takes a second and a key press a fifth of one. Empty datagrams,
//! which the driver drops, send it round again ([`FLUSHES`], [`Nudge`]).

use parking_lot::Mutex;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, Weak};
use std::task::{Context, Waker};
use webrtc::runtime::RecvMeta;

/// Packets per wake: SCTP acknowledges every second packet (RFC 9260 section 6.2).
const BURST: u8 = 2;

/// Rounds of the driver from a packet that a relay carried to its answer on a socket: one packs
/// it, one sends it.
const FLUSHES: u8 = 2;

/// The state of one socket.
#[derive(Debug, Default)]
pub(super) struct Burst {
    taken: AtomicU8,
    owed: AtomicU8,
    waiting: Mutex<Option<Waker>>,
}

/// Sends the drivers of a connection's sockets round.
#[derive(Debug, Default)]
pub(super) struct Nudge(Mutex<Vec<Weak<Burst>>>);

impl Nudge {
    /// The state of a new socket.
    pub(super) fn socket(&self) -> Arc<Burst> {
        let burst = Arc::new(Burst::default());
        let mut all = self.0.lock();
        all.retain(|burst| burst.strong_count() > 0);
        all.push(Arc::downgrade(&burst));
        burst
    }

    /// Something was given to the driver that may have to go through a relay.
    pub(super) fn nudge(&self) {
        // One socket is enough: they share the driver.
        if let Some(burst) = self.0.lock().iter().find_map(Weak::upgrade) {
            burst.owed.store(FLUSHES, Ordering::Relaxed);
            burst.wake();
        }
    }
}

/// What a socket is to do when it is polled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// Give a packet, if there is one.
    Packet,
    /// Give an empty datagram.
    Flush,
    /// Give nothing.
    Rest,
}

impl Burst {
    /// The driver asks for a packet.
    pub(super) fn next(&self, cx: &Context<'_>) -> Next {
        if self.taken.load(Ordering::Relaxed) < BURST {
            return Next::Packet;
        }
        // End this burst, and come straight back for the next one.
        self.taken.store(0, Ordering::Relaxed);
        cx.waker().wake_by_ref();
        Next::Rest
    }

    /// A packet was given; `relayed` when a relay carried it.
    pub(super) fn given(&self, relayed: bool) {
        self.taken.fetch_add(1, Ordering::Relaxed);
        if relayed {
            self.owed.store(FLUSHES, Ordering::Relaxed);
        }
    }

    /// There is no packet. Only the first answer of a round starts another.
    pub(super) fn empty(&self, cx: &Context<'_>) -> Next {
        *self.waiting.lock() = Some(cx.waker().clone());
        if self.taken.swap(0, Ordering::Relaxed) > 0 {
            return Next::Rest;
        }
        let owed =
            self.owed.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |n| n.checked_sub(1));
        if owed.is_err() {
            return Next::Rest;
        }
        self.taken.store(BURST, Ordering::Relaxed);
        Next::Flush
    }

    /// The driver is to poll again.
    pub(super) fn wake(&self) {
        let waiting = self.waiting.lock().take();
        if let Some(waker) = waiting {
            waker.wake();
        }
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

    fn next(burst: &Burst) -> Next {
        burst.next(&Context::from_waker(Waker::noop()))
    }

    fn empty(burst: &Burst) -> Next {
        assert_eq!(next(burst), Next::Packet);
        burst.empty(&Context::from_waker(Waker::noop()))
    }

    fn give(burst: &Burst, relayed: bool) {
        assert_eq!(next(burst), Next::Packet);
        burst.given(relayed);
    }

    #[test]
    fn packets_come_in_twos() {
        let burst = Burst::default();
        for _ in 0..2 {
            give(&burst, true);
            give(&burst, true);
            assert_eq!(next(&burst), Next::Rest);
        }
    }

    #[test]
    fn direct_packets_need_no_flush() {
        let burst = Burst::default();
        give(&burst, false);
        assert_eq!([empty(&burst), empty(&burst)], [Next::Rest, Next::Rest]);
    }

    #[test]
    fn the_last_relayed_packet_is_followed_by_two_flushes_of_a_round_each() {
        let burst = Burst::default();
        give(&burst, true);
        give(&burst, true);
        assert_eq!(next(&burst), Next::Rest);
        give(&burst, true);
        assert_eq!(empty(&burst), Next::Rest);
        for _ in 0..2 {
            assert_eq!(empty(&burst), Next::Flush);
            assert_eq!(next(&burst), Next::Rest);
        }
        assert_eq!(empty(&burst), Next::Rest);
    }

    #[test]
    fn a_nudge_reaches_a_socket_that_lives() {
        let nudge = Nudge::default();
        drop(nudge.socket());
        let burst = nudge.socket();
        assert_eq!(empty(&burst), Next::Rest);
        nudge.nudge();
        assert_eq!(empty(&burst), Next::Flush);
    }

    #[test]
    fn what_a_relay_carries_is_told_apart() {
        assert!(carries(&[0x40, 0]) && carries(&[0x00, 0x17]));
        assert!(!carries(&[]) && !carries(&[0x01, 0x03]) && !carries(&[22]) && !carries(&[0x00]));
    }
}
