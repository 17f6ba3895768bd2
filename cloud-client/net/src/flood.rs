//! Limits for a WebSocket's other end that sends much and says nothing. Sans-I/O but for the
//! stream wrapper.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// Most frames without text in [`WINDOW`]: pings, pongs, binary messages.
const FRAMES: u32 = 200;
/// The time in which they are counted.
const WINDOW: Duration = Duration::from_secs(10);
/// Most bytes between two messages: the longest message, in small frames, and what was read
/// ahead. Empty fragments never make a message, and never make one too long.
pub(crate) const UNFINISHED: usize = 1024 * 1024;

/// Counts frames without text.
#[derive(Debug, Default)]
pub(crate) struct Idle {
    window: Option<Instant>,
    frames: u32,
}

impl Idle {
    /// Whether one more is too many.
    pub(crate) fn frame(&mut self, now: Instant) -> bool {
        if self.window.is_none_or(|start| now.duration_since(start) >= WINDOW) {
            *self = Self { window: Some(now), frames: 0 };
        }
        self.frames += 1;
        self.frames > FRAMES
    }
}

/// A stream that fails once too many bytes have arrived without a message.
pub(crate) struct Capped<S> {
    inner: S,
    left: usize,
    most: usize,
}

impl<S> Capped<S> {
    /// `most` bytes may arrive between two messages.
    pub(crate) fn new(inner: S, most: usize) -> Self {
        Self { inner, left: most, most }
    }

    /// A message is complete.
    pub(crate) fn progress(&mut self) {
        self.left = self.most;
    }

    /// A ping or pong with this payload was among the bytes. It belongs to no message, also when
    /// it comes between the fragments of one.
    pub(crate) fn aside(&mut self, payload: usize) {
        self.left = (self.left + payload + 2).min(self.most);
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Capped<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let read = Pin::new(&mut self.inner).poll_read(cx, buffer);
        let bytes = buffer.filled().len() - before;
        match self.left.checked_sub(bytes) {
            Some(left) => self.left = left,
            None => return Poll::Ready(Err(io::Error::other(crate::NetError::TooLarge))),
        }
        read
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Capped<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.inner).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heartbeat_is_no_flood() {
        let (mut idle, start) = (Idle::default(), Instant::now());
        assert!((0..10_000u64).all(|n| !idle.frame(start + Duration::from_millis(n * 100))));
    }

    #[test]
    fn a_flood_is_seen_within_its_window() {
        let (mut idle, start) = (Idle::default(), Instant::now());
        assert!((0..FRAMES).all(|_| !idle.frame(start)));
        assert!(idle.frame(start));
        assert!(!idle.frame(start + WINDOW), "later ones count anew");
    }
}
