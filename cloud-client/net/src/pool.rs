//! HTTP connections that wait for their next request.

use crate::meter::Meter;
use crate::policy::Admitted;
use bytes::Bytes;
use http_body_util::Full;
use hyper::client::conn::http1::SendRequest;
use parking_lot::Mutex;
use std::sync::{Arc, Weak};
use std::time::Duration;
use tokio::time::Instant;

/// How long a connection waits.
const IDLE: Duration = Duration::from_secs(60);
/// Most connections that wait; the oldest is closed.
const MOST: usize = 8;

/// An open HTTP/1.1 connection.
pub(crate) struct Kept {
    pub(crate) to: Admitted,
    pub(crate) sender: SendRequest<Full<Bytes>>,
    pub(crate) meter: Meter,
    pub(crate) proxy: Option<String>,
}

/// The connections that wait, oldest first.
#[derive(Clone, Default)]
pub(crate) struct Pool(Arc<Mutex<Vec<(Instant, Kept)>>>);

impl Pool {
    /// One that leads there for the same purpose and is still open.
    pub(crate) fn take(&self, to: &Admitted) -> Option<Kept> {
        let mut kept = self.0.lock();
        kept.retain(|(until, kept)| *until > Instant::now() && kept.sender.is_ready());
        let place = kept.iter().rposition(|(_, kept)| kept.to == *to)?;
        Some(kept.remove(place).1)
    }

    /// Keeps one for a while.
    pub(crate) fn put(&self, connection: Kept) {
        let mut kept = self.0.lock();
        if kept.len() >= MOST {
            kept.remove(0);
        }
        kept.push((Instant::now() + IDLE, connection));
        drop(kept);
        let pool = Arc::downgrade(&self.0);
        tokio::spawn(async move {
            tokio::time::sleep(IDLE).await;
            if let Some(kept) = Weak::upgrade(&pool) {
                kept.lock().retain(|(until, _)| *until > Instant::now());
            }
        });
    }
}
