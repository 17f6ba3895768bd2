//! A UDP socket that hands packets on in short bursts. Receive offload is left off; it would put
//! dozens of packets into one read.

use super::burst::{Burst, Next, carries, describe};
use super::route::{PathEvent, Tell};
use super::turn_stream::PLACEHOLDER;
use super::watch::Watch;
use parking_lot::Mutex;
use std::io::{self, IoSliceMut};
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use tokio::io::ReadBuf;
use webrtc::runtime::{AsyncUdpSocket, RecvMeta, Transmit};

/// Looks at what goes over the UDP sockets of a connection: whether anything comes at all, and
/// what TURN servers refuse.
#[derive(Debug)]
pub(super) struct Monitor {
    heard: AtomicBool,
    watch: Mutex<Watch>,
    tell: Tell,
}

impl Monitor {
    pub(super) fn new(tell: Tell) -> Self {
        Self { heard: AtomicBool::new(false), watch: Mutex::default(), tell }
    }

    /// The next datagram is the first again.
    pub(super) fn restart(&self) {
        self.heard.store(false, Ordering::Relaxed);
    }

    fn sent(&self, datagram: &[u8]) {
        if may_be_stun(datagram) {
            self.watch.lock().sent(datagram);
        }
    }

    fn received(&self, datagram: &[u8]) {
        if !self.heard.load(Ordering::Relaxed) && !self.heard.swap(true, Ordering::Relaxed) {
            self.tell.tell(PathEvent::UdpHeard);
        }
        if may_be_stun(datagram)
            && let Some(refusal) = self.watch.lock().received(datagram)
        {
            self.tell.tell(PathEvent::Refused(refusal));
        }
    }
}

/// Told from DTLS and ChannelData by the first byte (RFC 7983), so that pictures cost no lock.
fn may_be_stun(datagram: &[u8]) -> bool {
    datagram.first().is_some_and(|first| *first < 4)
}

/// The socket.
#[derive(Debug)]
pub(super) struct BurstSocket {
    io: tokio::net::UdpSocket,
    burst: Arc<Burst>,
    monitor: Arc<Monitor>,
    /// For the connection log.
    count: net::Watch,
}

impl BurstSocket {
    pub(super) fn new(
        socket: std::net::UdpSocket,
        burst: Arc<Burst>,
        monitor: Arc<Monitor>,
        count: net::Watch,
    ) -> io::Result<Self> {
        socket.set_nonblocking(true)?;
        Ok(Self { io: tokio::net::UdpSocket::from_std(socket)?, burst, monitor, count })
    }
}

impl AsyncUdpSocket for BurstSocket {
    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.io.local_addr()
    }

    fn poll_send(&self, cx: &mut Context<'_>, transmit: &Transmit<'_>) -> Poll<io::Result<usize>> {
        if transmit.destination == PLACEHOLDER {
            // The driver tries every socket for every server; this one is behind a stream.
            return Poll::Ready(Ok(transmit.contents.len()));
        }
        self.monitor.sent(transmit.contents);
        let sent = self.io.poll_send_to(cx, transmit.contents, transmit.destination);
        if let Poll::Ready(Ok(bytes)) = sent {
            self.count.sent(bytes);
        }
        sent
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
        if self.burst.next(cx) == Next::Rest {
            return Poll::Pending;
        }
        let mut read = ReadBuf::new(buf);
        match self.io.poll_recv_from(cx, &mut read) {
            Poll::Pending if self.burst.empty(cx) == Next::Flush => {
                describe(meta, PLACEHOLDER, 0);
                Poll::Ready(Ok(1))
            }
            Poll::Pending => Poll::Pending,
            Poll::Ready(Err(error)) => Poll::Ready(Err(error)),
            Poll::Ready(Ok(from)) => {
                let datagram = read.filled();
                self.monitor.received(datagram);
                self.count.received(datagram.len());
                self.burst.given(carries(datagram));
                describe(meta, from, datagram.len());
                Poll::Ready(Ok(1))
            }
        }
    }
}
