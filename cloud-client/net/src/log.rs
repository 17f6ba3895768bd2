//! The connection log: what was connected to, what for, and how it went.

use crate::{NetError, Purpose};
use parking_lot::Mutex;
use std::collections::VecDeque;
use std::sync::Arc;

/// Entries kept; the oldest is dropped.
const ENTRIES: usize = 512;

/// How a connection went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was made, or the request was answered with this status.
    Done {
        /// HTTP status; `None` where there is none.
        status: Option<u16>,
        /// Bytes of the answer's body, where known.
        bytes: Option<u64>,
    },
    /// A local socket was opened for it (ICE).
    Opened,
    /// It failed or was refused.
    Failed(NetError),
}

/// One connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// When.
    pub at: jiff::Timestamp,
    /// What for.
    pub purpose: Purpose,
    /// Destination; a local address for [`Outcome::Opened`].
    pub host: String,
    /// Destination's port.
    pub port: u16,
    /// How it went.
    pub outcome: Outcome,
}

/// The log, newest last. Cheap to clone. Holds no paths, no headers, no bodies.
#[derive(Clone, Debug, Default)]
pub struct ConnectionLog(Arc<Mutex<VecDeque<Entry>>>);

impl ConnectionLog {
    /// All entries, newest last.
    #[must_use]
    pub fn entries(&self) -> Vec<Entry> {
        self.0.lock().iter().cloned().collect()
    }

    pub(crate) fn add(&self, purpose: Purpose, host: &str, port: u16, outcome: Outcome) {
        match &outcome {
            Outcome::Failed(error) => {
                tracing::info!(%purpose, host, port, %error, "connection failed");
            }
            _ => tracing::debug!(%purpose, host, port, "connection"),
        }
        let at = jiff::Timestamp::now();
        let mut entries = self.0.lock();
        if entries.len() >= ENTRIES {
            entries.pop_front();
        }
        entries.push_back(Entry { at, purpose, host: host.to_owned(), port, outcome });
    }
}
