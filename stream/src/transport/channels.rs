//! The three data channels of a connection.

use super::burst::Nudge;
use super::peer::PeerEvent;
use super::{TransportError, sdp};
use crate::protocol::Channel;
use bytes::BytesMut;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::sync::{mpsc, watch};
use webrtc::data_channel::{DataChannel, DataChannelEvent};

/// Events that may wait for the reader. Candidates and states are few; messages make the
/// channel readers wait, which is SCTP's own back-pressure.
const EVENT_QUEUE: usize = 256;

/// The channels of a connection, and who hears of it.
pub(super) struct Channels {
    pub(super) open: parking_lot::Mutex<[Option<Arc<dyn DataChannel>>; 3]>,
    /// Largest message that the other end takes, in bytes.
    pub(super) limit: AtomicUsize,
    pub(super) events: mpsc::Sender<PeerEvent>,
    /// Sends the driver round when something may have to go through a relay.
    pub(super) nudge: Arc<Nudge>,
    /// Candidates are being tried; the timers that drive this are the driver's own.
    pub(super) setting_up: watch::Sender<bool>,
}

/// Sends on the channels; cheap to clone.
#[derive(Clone)]
pub struct Sender(pub(super) Arc<Channels>);

impl Channels {
    pub(super) fn new() -> (Arc<Self>, mpsc::Receiver<PeerEvent>) {
        let (events, receiver) = mpsc::channel(EVENT_QUEUE);
        let channels = Self {
            open: parking_lot::Mutex::default(),
            limit: AtomicUsize::new(sdp::max_message_size("")),
            events,
            nudge: Arc::default(),
            setting_up: watch::Sender::new(true),
        };
        (Arc::new(channels), receiver)
    }

    pub(super) fn tell(&self, event: PeerEvent) {
        if self.events.try_send(event).is_err() {
            tracing::debug!("a connection event was dropped: nobody reads them");
        }
    }

    fn slot(which: Channel) -> usize {
        match which {
            Channel::Frames => 0,
            Channel::Input => 1,
            Channel::Control => 2,
        }
    }

    fn set(&self, which: Channel, channel: Option<Arc<dyn DataChannel>>) {
        if let Some(slot) = self.open.lock().get_mut(Self::slot(which)) {
            *slot = channel;
        }
    }

    fn get(&self, which: Channel) -> Option<Arc<dyn DataChannel>> {
        self.open.lock().get(Self::slot(which)).cloned().flatten()
    }
}

/// Reads a channel until it closes. Waiting for the reader of the events is what stops the
/// other end when this one cannot follow.
pub(super) async fn read(channels: Arc<Channels>, which: Channel, channel: Arc<dyn DataChannel>) {
    while let Some(event) = channel.poll().await {
        let told = match event {
            DataChannelEvent::OnOpen => {
                channels.set(which, Some(Arc::clone(&channel)));
                channels.events.send(PeerEvent::Open(which)).await
            }
            DataChannelEvent::OnMessage(message) => {
                let data = message.data.freeze();
                let text = message.is_string;
                channels.events.send(PeerEvent::Message { channel: which, data, text }).await
            }
            DataChannelEvent::OnClose => break,
            _ => Ok(()),
        };
        if told.is_err() {
            return;
        }
    }
    channels.set(which, None);
    channels.tell(PeerEvent::ChannelClosed(which));
}

impl Sender {
    /// Sends a text message.
    ///
    /// # Errors
    /// When the channel is not open or the message is too long for the other end.
    pub async fn text(&self, channel: Channel, text: &str) -> Result<(), TransportError> {
        self.ready(channel, text.len())?.send_text(text).await?;
        self.0.nudge.nudge();
        Ok(())
    }

    /// Sends a binary message. Waits while more than 1 MiB is unsent.
    ///
    /// # Errors
    /// When the channel is not open or the message is too long for the other end.
    pub async fn binary(&self, channel: Channel, data: &[u8]) -> Result<(), TransportError> {
        self.ready(channel, data.len())?.send(BytesMut::from(data)).await?;
        self.0.nudge.nudge();
        Ok(())
    }

    /// Bytes given to a channel and not yet acknowledged by the other end.
    pub async fn outstanding(&self, channel: Channel) -> usize {
        match self.0.get(channel) {
            Some(channel) => channel.outstanding_bytes().await.unwrap_or(0),
            None => 0,
        }
    }

    fn ready(&self, which: Channel, size: usize) -> Result<Arc<dyn DataChannel>, TransportError> {
        let limit = self.0.limit.load(Ordering::Relaxed);
        if size > limit {
            return Err(TransportError::TooLong { size, limit });
        }
        self.0.get(which).ok_or(TransportError::NotOpen)
    }
}
