//! What other parts of the engine will provide, in its smallest form.

use super::super::Engine;
use std::sync::Arc;

/// A file that is ready to be sent.
#[derive(Clone, Debug)]
pub(super) struct Prepared {
    /// File name.
    pub(super) name: String,
    /// For example `image/png`.
    pub(super) mime: String,
    /// All of it.
    pub(super) bytes: Arc<[u8]>,
    /// It is a picture.
    pub(super) picture: bool,
    /// It, in small.
    pub(super) preview: Option<Arc<crate::model::Image>>,
}

impl Engine {
    /// What was attached to the next message.
    pub(super) fn take_attachments(&mut self) -> Vec<Prepared> {
        Vec::new()
    }

    /// Gives attachments back whose message was not sent.
    pub(super) fn put_back(&mut self, files: Vec<Prepared>) {
        tracing::debug!(count = files.len(), "attachments come back");
    }

    /// Another conversation is open: drafts and attachments are each conversation's own.
    pub(super) fn files_opened(&mut self, key: &str) {
        tracing::debug!(key, "a conversation is open");
    }

    /// Says something on the desktop.
    pub(super) fn notify(&mut self, title: &str, text: &str) {
        tracing::debug!(title, text, "a notification");
    }

    /// The gateway said that it restarts.
    pub(super) fn gateway_restarts(&self) -> bool {
        matches!(self.model.gateway.link, crate::model::GatewayLink::Restarting { .. })
    }
}
