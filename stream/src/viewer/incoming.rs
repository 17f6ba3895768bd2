//! What comes: messages of the daemon, reports of the decode thread.

use super::session::Session;
use super::{End, Event, Phase};
use crate::pipeline::Report;
use crate::protocol::Channel;
use crate::protocol::control::{ToDaemon, ToViewer};
use crate::protocol::cursor::CursorShape;
use crate::transport::{PeerEvent, Route};
use bytes::Bytes;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Between two refreshes asked for because of bad pictures.
const REFRESH: Duration = Duration::from_secs(1);

impl Session<'_> {
    pub(super) async fn message(&mut self, event: PeerEvent, now: Instant) -> Option<End> {
        match event {
            PeerEvent::Message { channel: Channel::Frames, data, .. } => {
                self.frame(&data, now).await;
            }
            PeerEvent::Message { channel: Channel::Control, data, text } => {
                return self.control_message(&data, text, now).await;
            }
            // The daemon has nothing to say on the input channel.
            _ => {}
        }
        None
    }

    async fn frame(&mut self, data: &Bytes, now: Instant) {
        self.stats.message(data.len());
        match self.reassembler.push(data) {
            Ok(None) => {}
            Ok(Some(update)) => {
                self.stats.received();
                self.received = update.sequence;
                let put = self.slot.put(update, now);
                self.stats.dropped(put.overtaken);
                if put.overflow {
                    self.refresh(now).await;
                }
            }
            Err(error) => self.bad(error.to_string(), now).await,
        }
    }

    async fn bad(&mut self, what: String, now: Instant) {
        self.stats.bad();
        self.refresh(now).await;
        self.tell(Event::Bad(what)).await;
    }

    async fn refresh(&mut self, now: Instant) {
        if now >= self.next_refresh {
            self.next_refresh = now + REFRESH;
            self.control(&ToDaemon::Refresh).await;
        }
    }

    async fn control_message(&mut self, data: &[u8], text: bool, now: Instant) -> Option<End> {
        if !text {
            match CursorShape::parse(data) {
                Ok(shape) => self.tell(Event::CursorShape(Arc::new(shape))).await,
                Err(error) => self.bad_message(&error.to_string()).await,
            }
            return None;
        }
        match ToViewer::parse(data) {
            Ok(ToViewer::Hello { version: 0, .. }) => return Some(End::Version),
            Ok(ToViewer::Hello { agent, width, height, .. }) => {
                tracing::info!(agent, width, height, "the desktop says hello");
            }
            Ok(ToViewer::Cursor { x, y, visible }) => {
                self.tell(Event::Cursor { position: (x, y), visible }).await;
            }
            Ok(ToViewer::Pong { id, clock_us }) => {
                self.clock.pong(id, clock_us, now);
                self.liveness.heard(now);
                if self.phase == Some(Phase::Unstable) {
                    self.live().await;
                }
            }
            Ok(ToViewer::Bye { reason }) => return Some(End::Bye(reason)),
            Ok(ToViewer::Unknown) => {}
            Err(error) => self.bad_message(&error.to_string()).await,
        }
        None
    }

    async fn bad_message(&mut self, what: &str) {
        self.tell(Event::Bad(format!("a control message was skipped: {what}"))).await;
    }

    pub(super) async fn report(&mut self, report: Report) {
        match report {
            Report::Bad(error) => self.bad(error.to_string(), Instant::now()).await,
            Report::Shown { sequence, captured_us, arrived, shown, decode, upload, size } => {
                let age = captured_us
                    .and_then(|at| self.clock.age(at, shown))
                    .or_else(|| shown.checked_duration_since(arrived));
                self.stats.shown(decode, upload, age);
                self.control(&ToDaemon::Feedback {
                    received: self.received,
                    shown: sequence,
                    dropped: u32::try_from(self.stats.total_dropped()).unwrap_or(u32::MAX),
                    decode_us: u32::try_from(decode.as_micros()).unwrap_or(u32::MAX),
                })
                .await;
                if self.size != Some(size) {
                    self.size = Some(size);
                    self.tell(Event::Size(size.0, size.1)).await;
                }
                // A picture of before an outage may still be on its way through the decoder.
                if !matches!(self.phase, Some(Phase::Live { .. })) && !self.paths.outage() {
                    self.live().await;
                }
            }
        }
    }

    pub(super) async fn live(&mut self) {
        let phase = match self.size {
            Some(_) => Phase::Live { relayed: self.route.map(|route| route != Route::Direct) },
            None => Phase::Connected,
        };
        self.tell_phase(phase).await;
    }
}
