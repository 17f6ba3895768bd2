//! What goes to the daemon.

use crate::protocol::Channel;
use crate::protocol::input::Input;
use crate::transport::Sender;
use tokio::sync::mpsc;

/// Sends input events in order; of pointer moves in a row only the last.
pub(super) async fn pass_input(sender: Sender, mut queue: mpsc::Receiver<Input>) {
    while let Some(mut event) = queue.recv().await {
        while matches!(event, Input::Move { .. }) {
            match queue.try_recv() {
                Ok(next @ Input::Move { .. }) => event = next,
                Ok(next) => {
                    send(&sender, Channel::Input, &event.encode()).await;
                    event = next;
                }
                Err(_) => break,
            }
        }
        send(&sender, Channel::Input, &event.encode()).await;
    }
}

/// Sends a message; one that cannot go is dropped.
pub(super) async fn send(sender: &Sender, channel: Channel, text: &str) {
    if let Err(error) = sender.text(channel, text).await {
        // Before the channel opens and after it closes; both have their own events.
        tracing::debug!(%error, ?channel, "a message was not sent");
    }
}
