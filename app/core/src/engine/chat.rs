//! What the conversations hear of the gateway's connection.

use super::Engine;
use gateway_client::events::Happening;
use gateway_client::methods::Hello;
use std::sync::Arc;

impl Engine {
    /// The gateway is connected.
    pub(super) fn chat_online(&mut self, hello: &Arc<Hello>) {
        tracing::debug!(version = hello.version, "the gateway is connected");
    }

    /// It is not any more.
    pub(super) fn chat_offline(&mut self) {
        tracing::debug!(connected = self.gateway_client().is_some(), "the gateway is gone");
    }

    /// Something happened at the gateway.
    pub(super) fn chat_happened(&mut self, happening: Happening) {
        if self.gateway_client().is_some() {
            drop(happening);
        }
    }

    /// Events were missed.
    pub(super) fn chat_missed(&mut self) {
        tracing::debug!(connected = self.gateway_client().is_some(), "events were missed");
    }
}
