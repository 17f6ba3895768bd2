//! A UDP socket that hands packets on in short bursts.
//!
//! The driver drains a socket before it flushes its answers, so a long burst gets one SACK.
//! Senders that limit their own burst per SACK (Chromium, libdatachannel) then crawl: 0.7 to
//! 6 MB/s at 50 ms against 18.7 with bursts of two. Receive offload is left off for the same
//! reason; it would put dozens of packets into one read.

use std::io::{self, IoSliceMut};
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU8, Ordering};
use std::task::{Context, Poll};
use tokio::io::ReadBuf;
use webrtc::runtime::{AsyncUdpSocket, RecvMeta, Transmit};

/// Packets per wake: SCTP acknowledges every second packet (RFC 9260 section 6.2).
const BURST: u8 = 2;

/// The socket.
#[derive(Debug)]
pub(super) struct BurstSocket {
    io: tokio::net::UdpSocket,
    taken: AtomicU8,
}

impl BurstSocket {
    pub(super) fn new(socket: std::net::UdpSocket) -> io::Result<Self> {
        socket.set_nonblocking(true)?;
        Ok(Self { io: tokio::net::UdpSocket::from_std(socket)?, taken: AtomicU8::new(0) })
    }
}

impl AsyncUdpSocket for BurstSocket {
    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.io.local_addr()
    }

    fn poll_send(&self, cx: &mut Context<'_>, transmit: &Transmit<'_>) -> Poll<io::Result<usize>> {
        self.io.poll_send_to(cx, transmit.contents, transmit.destination)
    }

    fn poll_recv(
        &self,
        cx: &mut Context<'_>,
        bufs: &mut [IoSliceMut<'_>],
        meta: &mut [RecvMeta],
    ) -> Poll<io::Result<usize>> {
        let (Some(buf), Some(meta)) = (bufs.first_mut(), meta.first_mut()) else {
            return Poll::Ready(Ok(0));
        };
        if self.taken.load(Ordering::Relaxed) >= BURST {
            // End this burst, and come straight back for the next one.
            self.taken.store(0, Ordering::Relaxed);
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        let mut read = ReadBuf::new(buf);
        match self.io.poll_recv_from(cx, &mut read) {
            Poll::Pending => {
                self.taken.store(0, Ordering::Relaxed);
                Poll::Pending
            }
            Poll::Ready(Err(error)) => Poll::Ready(Err(error)),
            Poll::Ready(Ok(from)) => {
                self.taken.fetch_add(1, Ordering::Relaxed);
                let len = read.filled().len();
                *meta = RecvMeta::default();
                meta.addr = from;
                meta.len = len;
                // A stride of 0 would divide by zero in the driver.
                meta.stride = len.max(1);
                Poll::Ready(Ok(1))
            }
        }
    }
}
