//! A socket for datagrams to the relay that are carried by a stream.

use super::{PLACEHOLDER, framing};
use crate::transport::burst::{Burst, Next, carries, describe};
use crate::transport::watch::Watch;
use bytes::Bytes;
use parking_lot::Mutex;
use std::collections::VecDeque;
use std::io::{self, IoSliceMut};
use std::net::SocketAddr;
use std::sync::Arc;
use std::task::{Context, Poll};
use tokio::sync::Notify;
use webrtc::runtime::{AsyncUdpSocket, RecvMeta, Transmit};

/// Bytes that may wait for the stream. Further datagrams are dropped, as a full UDP buffer would.
const OUT: usize = 1024 * 1024;
/// Bytes that may wait for the driver. Beyond it the stream is not read, so TCP slows the relay.
const IN: usize = 1024 * 1024;

/// What the socket and the task of its stream share.
#[derive(Debug)]
pub(super) struct Shared {
    state: Mutex<State>,
    burst: Arc<Burst>,
    /// Something is to be written, or the socket is gone.
    work: Notify,
    /// The driver took something.
    room: Notify,
}

#[derive(Debug, Default)]
struct State {
    incoming: VecDeque<Bytes>,
    incoming_bytes: usize,
    /// Framed bytes for the stream.
    outgoing: Vec<u8>,
    /// The last datagram that came while there was no stream. A request is repeated under the
    /// same transaction id, so the last says as much as all of them.
    waiting: Vec<u8>,
    attached: bool,
    /// The driver dropped the socket.
    closed: bool,
    dropped: u64,
    watch: Watch,
}

impl Shared {
    pub(super) fn new(burst: Arc<Burst>) -> Self {
        let (work, room) = (Notify::new(), Notify::new());
        Self { state: Mutex::default(), burst, work, room }
    }

    /// A stream is there.
    pub(super) fn attach(&self) {
        let mut state = self.state.lock();
        state.attached = true;
        state.outgoing = std::mem::take(&mut state.waiting);
        self.work.notify_one();
    }

    /// The stream is gone, and what was to go on it.
    pub(super) fn detach(&self) {
        let mut state = self.state.lock();
        state.attached = false;
        state.outgoing.clear();
        if state.dropped > 0 {
            tracing::debug!(dropped = state.dropped, "datagrams for the relay were dropped");
        }
    }

    /// Whether the driver dropped the socket.
    pub(super) fn closed(&self) -> bool {
        self.state.lock().closed
    }

    /// Waits until the driver drops the socket.
    pub(super) async fn until_closed(&self) {
        while !self.closed() {
            self.work.notified().await;
        }
    }

    /// Waits for bytes to write; `None` when the socket is gone and all is written.
    pub(super) async fn outgoing(&self) -> Option<Vec<u8>> {
        loop {
            {
                let mut state = self.state.lock();
                if !state.outgoing.is_empty() {
                    return Some(std::mem::take(&mut state.outgoing));
                }
                if state.closed {
                    return None;
                }
            }
            self.work.notified().await;
        }
    }

    /// Waits until the stream may be read.
    pub(super) async fn room(&self) {
        while self.state.lock().incoming_bytes >= IN {
            self.room.notified().await;
        }
    }

    /// Hands a message to the driver. Gives what the relay refused, if it did.
    pub(super) fn receive(&self, message: Bytes) -> Option<crate::transport::watch::Refusal> {
        let mut state = self.state.lock();
        let refusal = state.watch.received(&message);
        state.incoming_bytes += message.len();
        state.incoming.push_back(message);
        drop(state);
        self.burst.wake();
        refusal
    }

    fn send(&self, datagram: &[u8]) {
        let mut state = self.state.lock();
        state.watch.sent(datagram);
        let State { outgoing, waiting, attached, dropped, .. } = &mut *state;
        let queue = if *attached {
            outgoing
        } else {
            waiting.clear();
            waiting
        };
        if queue.len() + datagram.len() > OUT || framing::put(datagram, queue).is_err() {
            *dropped += 1;
            return;
        }
        if *attached {
            self.work.notify_one();
        }
    }
}

/// The socket. It never fails: the driver ends when its last socket does, and then nothing can
/// bring the connection back. That the stream ended is told by [`super::Link`].
#[derive(Debug)]
pub(in crate::transport) struct TurnStreamSocket {
    local: SocketAddr,
    shared: Arc<Shared>,
}

impl TurnStreamSocket {
    /// `local` is what the driver takes for its address.
    pub(super) fn new(local: SocketAddr, shared: Arc<Shared>) -> Self {
        Self { local, shared }
    }
}

impl Drop for TurnStreamSocket {
    fn drop(&mut self) {
        self.shared.state.lock().closed = true;
        self.shared.work.notify_one();
    }
}

impl AsyncUdpSocket for TurnStreamSocket {
    fn local_addr(&self) -> io::Result<SocketAddr> {
        Ok(self.local)
    }

    fn poll_send(&self, _: &mut Context<'_>, transmit: &Transmit<'_>) -> Poll<io::Result<usize>> {
        // The driver tries every socket for every server; only the relay is behind this one.
        if transmit.destination == PLACEHOLDER {
            self.shared.send(transmit.contents);
        }
        Poll::Ready(Ok(transmit.contents.len()))
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
        let burst = &self.shared.burst;
        if burst.next(cx) == Next::Rest {
            return Poll::Pending;
        }
        let mut state = self.shared.state.lock();
        while let Some(message) = state.incoming.pop_front() {
            state.incoming_bytes -= message.len();
            self.shared.room.notify_one();
            // The driver has room for what fits into a packet; no relay sends more.
            let Some(space) = buf.get_mut(..message.len()) else {
                state.dropped += 1;
                continue;
            };
            space.copy_from_slice(&message);
            burst.given(carries(&message));
            describe(meta, PLACEHOLDER, message.len());
            return Poll::Ready(Ok(1));
        }
        // Still under the lock: what comes from now on finds the waker.
        match burst.empty(cx) {
            Next::Flush => {
                describe(meta, PLACEHOLDER, 0);
                Poll::Ready(Ok(1))
            }
            Next::Packet | Next::Rest => Poll::Pending,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::task::Waker;

    fn request(last: u8) -> Vec<u8> {
        let mut message = vec![0, 3, 0, 0, 0x21, 0x12, 0xa4, 0x42];
        message.extend_from_slice(&[last; 12]);
        message
    }

    fn channel_data(len: u16) -> Vec<u8> {
        let mut message = vec![0x40, 1];
        message.extend_from_slice(&len.to_be_bytes());
        message.resize(4 + usize::from(len), 9);
        message
    }

    fn send(socket: &TurnStreamSocket, to: SocketAddr, contents: &[u8]) {
        let mut cx = Context::from_waker(Waker::noop());
        let transmit =
            Transmit { destination: to, ecn: None, contents, segment_size: None, src_ip: None };
        let sent = socket.poll_send(&mut cx, &transmit);
        assert!(matches!(sent, Poll::Ready(Ok(n)) if n == contents.len()));
    }

    fn receive(socket: &TurnStreamSocket, room: usize) -> Option<(usize, SocketAddr)> {
        let mut cx = Context::from_waker(Waker::noop());
        let mut space = vec![0; room];
        let mut meta = [RecvMeta::default()];
        match socket.poll_recv(&mut cx, &mut [IoSliceMut::new(&mut space)], &mut meta) {
            Poll::Ready(Ok(1)) => Some((meta[0].len, meta[0].addr)),
            Poll::Ready(other) => panic!("{other:?}"),
            Poll::Pending => None,
        }
    }

    fn socket() -> (TurnStreamSocket, Arc<Shared>) {
        let shared = Arc::new(Shared::new(Arc::default()));
        (TurnStreamSocket::new("127.0.0.1:9".parse().unwrap(), Arc::clone(&shared)), shared)
    }

    #[test]
    fn only_the_relay_is_behind_it() {
        let (socket, shared) = socket();
        shared.attach();
        send(&socket, "198.51.100.7:3478".parse().unwrap(), &request(1));
        assert!(shared.state.lock().outgoing.is_empty());
        send(&socket, PLACEHOLDER, &request(1));
        assert_eq!(shared.state.lock().outgoing, request(1));
    }

    #[test]
    fn before_the_stream_the_last_request_waits() {
        let (socket, shared) = socket();
        send(&socket, PLACEHOLDER, &request(1));
        send(&socket, PLACEHOLDER, &request(2));
        shared.attach();
        assert_eq!(shared.state.lock().outgoing, request(2));
        shared.detach();
        assert!(shared.state.lock().outgoing.is_empty());
    }

    #[test]
    fn what_waits_for_the_stream_is_bounded() {
        let (socket, shared) = socket();
        shared.attach();
        for _ in 0..2000 {
            send(&socket, PLACEHOLDER, &channel_data(1200));
        }
        let state = shared.state.lock();
        assert!(state.outgoing.len() <= OUT && state.dropped > 1000, "{}", state.dropped);
    }

    #[tokio::test]
    async fn what_waits_for_the_driver_stops_the_reader() {
        let (socket, shared) = socket();
        let mut messages = 0;
        while shared.state.lock().incoming_bytes < IN {
            assert_eq!(shared.receive(channel_data(1200).into()), None);
            messages += 1;
        }
        let full = std::pin::pin!(shared.room());
        assert!(futures_util::poll!(full).is_pending());
        while messages > 0 {
            messages -= receive(&socket, 2000).map_or(0, |(len, _)| usize::from(len > 0));
        }
        shared.room().await;
    }

    #[test]
    fn messages_come_in_bursts_and_too_long_ones_not_at_all() {
        let (socket, shared) = socket();
        for len in [100, 3000, 200, 300] {
            shared.receive(channel_data(len).into());
        }
        assert_eq!(receive(&socket, 2000), Some((104, PLACEHOLDER)));
        assert_eq!(receive(&socket, 2000), Some((204, PLACEHOLDER)));
        assert_eq!(receive(&socket, 2000), None);
        assert_eq!(receive(&socket, 2000), Some((304, PLACEHOLDER)));
        assert_eq!(receive(&socket, 2000), None);
        assert_eq!(receive(&socket, 2000), Some((0, PLACEHOLDER)));
        assert_eq!(shared.state.lock().dropped, 1);
    }

    #[tokio::test]
    async fn a_dropped_socket_flushes_and_ends() {
        let (socket, shared) = socket();
        shared.attach();
        send(&socket, PLACEHOLDER, &request(3));
        drop(socket);
        assert_eq!(shared.outgoing().await, Some(request(3)));
        assert_eq!(shared.outgoing().await, None);
        shared.until_closed().await;
    }
}
