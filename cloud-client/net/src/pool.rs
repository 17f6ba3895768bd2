//! HTTP connections that wait for their next request.

use crate::meter::Meter;
use crate::policy::Admitted;
use bytes::Bytes;
use http_body_util::Full;
use hyper::client::conn::http1::SendRequest;
use parking_lot::Mutex;
use std::sync::{Arc, Weak};
use std::time::Duration;
use tokio::task::AbortHandle;
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
pub(crate) struct Pool(Arc<Mutex<Waiting>>);

#[derive(Default)]
struct Waiting {
    kept: Vec<(Instant, Kept)>,
    /// Closes what waited too long; there is one as long as something waits.
    sweeper: Option<Sweeper>,
}

/// A task that ends with its pool.
struct Sweeper(AbortHandle);

impl Drop for Sweeper {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Waiting {
    /// Closes what has waited long enough; when to look again.
    fn sweep(&mut self, now: Instant) -> Option<Instant> {
        self.kept.retain(|(until, kept)| *until > now && kept.sender.is_ready());
        self.kept.first().map(|(until, _)| *until)
    }
}

impl Pool {
    /// One that leads there for the same purpose and is still open.
    pub(crate) fn take(&self, to: &Admitted) -> Option<Kept> {
        let mut waiting = self.0.lock();
        waiting.sweep(Instant::now());
        let place = waiting.kept.iter().rposition(|(_, kept)| kept.to == *to)?;
        Some(waiting.kept.remove(place).1)
    }

    /// Closes all that lead there. One of them went silent, and whatever took it away (a sleep,
    /// another network) took the others too: each would cost the time of a request to find out.
    pub(crate) fn forget(&self, to: &Admitted) {
        self.0.lock().kept.retain(|(_, kept)| kept.to != *to);
    }

    /// Keeps one for a while.
    pub(crate) fn put(&self, connection: Kept) {
        let mut waiting = self.0.lock();
        if waiting.kept.len() >= MOST {
            waiting.kept.remove(0);
        }
        waiting.kept.push((Instant::now() + IDLE, connection));
        if waiting.sweeper.is_none() {
            let sweeper = tokio::spawn(sweep(Arc::downgrade(&self.0)));
            waiting.sweeper = Some(Sweeper(sweeper.abort_handle()));
        }
    }
}

async fn sweep(pool: Weak<Mutex<Waiting>>) {
    let mut at = Instant::now() + IDLE;
    loop {
        tokio::time::sleep_until(at).await;
        let Some(pool) = Weak::upgrade(&pool) else { return };
        let mut waiting = pool.lock();
        match waiting.sweep(Instant::now()) {
            Some(next) => at = next,
            None => {
                waiting.sweeper = None;
                return;
            }
        }
    }
}
