//! The connection log: what was connected to, what for, and how it went.

use crate::meter::{Meter, Traffic};
use crate::{NetError, Purpose};
use parking_lot::Mutex;
use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// Entries kept; the oldest is dropped.
const ENTRIES: usize = 1000;

/// How a connection went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is being made, or the answer is waited for.
    Pending,
    /// It was made, or the request was answered with this status.
    Done {
        /// HTTP status; `None` where there is none.
        status: Option<u16>,
    },
    /// A local socket was opened for it (ICE).
    Opened,
    /// It was refused, it failed, or it broke after it was made.
    Failed(NetError),
    /// Whoever wanted it did not wait for it.
    Cancelled,
}

/// Whether a connection is still there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It is.
    Open,
    /// It, or the request on it, ended at this time.
    Ended(jiff::Timestamp),
    /// Somebody else's socket (ICE).
    Unwatched,
}

/// One connection, or one request on a connection that is kept for the next one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Ascending in the order of the log, never used twice.
    pub id: u64,
    /// When.
    pub at: jiff::Timestamp,
    /// What for.
    pub purpose: Purpose,
    /// Destination; a local address for [`Outcome::Opened`].
    pub host: String,
    /// Destination's port.
    pub port: u16,
    /// The proxy it went through, as `host:port`.
    pub proxy: Option<String>,
    /// How it went.
    pub outcome: Outcome,
    /// Bytes so far; `None` where they are not counted (ICE).
    pub traffic: Option<Traffic>,
    /// Whether it is still there.
    pub state: State,
}

struct Record {
    entry: Entry,
    /// While it is open: its counters, and what they said when it began.
    meter: Option<(Meter, Traffic)>,
}

impl Record {
    fn read(&self) -> Entry {
        let mut entry = self.entry.clone();
        if let Some((meter, base)) = &self.meter {
            entry.traffic = Some(meter.read().since(*base));
        }
        entry
    }
}

#[derive(Default)]
struct Ring {
    next: u64,
    records: VecDeque<Record>,
}

impl Ring {
    /// Ids are consecutive, so the place follows from the first one.
    fn find(&mut self, id: u64) -> Option<&mut Record> {
        let first = self.records.front()?.entry.id;
        self.records.get_mut(usize::try_from(id.checked_sub(first)?).ok()?)
    }
}

/// The log, newest last. Cheap to clone. Holds no paths, no queries, no headers, no bodies.
#[derive(Clone, Default)]
pub struct ConnectionLog {
    ring: Arc<Mutex<Ring>>,
    changes: Arc<AtomicU64>,
}

impl std::fmt::Debug for ConnectionLog {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.entries()).finish()
    }
}

impl ConnectionLog {
    /// The last 1000 entries, newest last.
    #[must_use]
    pub fn entries(&self) -> Vec<Entry> {
        self.ring.lock().records.iter().map(Record::read).collect()
    }

    /// Another number whenever an entry, or a counter of one, changed.
    #[must_use]
    pub fn generation(&self) -> u64 {
        self.changes.load(Relaxed)
    }

    /// The newest entry of this purpose.
    #[must_use]
    pub fn last(&self, purpose: Purpose) -> Option<Entry> {
        let ring = self.ring.lock();
        ring.records.iter().rev().find(|r| r.entry.purpose == purpose).map(Record::read)
    }

    pub(crate) fn meter(&self) -> Meter {
        Meter::new(Arc::clone(&self.changes))
    }

    /// Notes a destination that was refused, or whose making failed before it began.
    pub(crate) fn refused(&self, purpose: Purpose, host: &str, port: u16, error: &NetError) {
        self.begin(purpose, host, port).failed(error);
    }

    /// Notes an attempt that failed before anything was sent. One that fails as the newest of this
    /// purpose did is noted in that entry, with the time of the last: a gateway that is not there
    /// is looked for every few seconds, and must not push everything else out.
    pub(crate) fn failed_again(&self, purpose: Purpose, host: &str, port: u16, error: &NetError) {
        let mut ring = self.ring.lock();
        let newest = ring.records.iter_mut().rev().find(|r| r.entry.purpose == purpose);
        let same = newest.filter(|record| {
            let entry = &record.entry;
            let over = matches!(entry.state, State::Ended(_));
            let way = entry.host == host && entry.port == port;
            over && way && matches!(&entry.outcome, Outcome::Failed(before) if before == error)
        });
        let Some(record) = same else {
            drop(ring);
            return self.refused(purpose, host, port, error);
        };
        record.entry.at = jiff::Timestamp::now();
        record.entry.state = State::Ended(record.entry.at);
        drop(ring);
        self.changes.fetch_add(1, Relaxed);
    }

    /// Notes a socket whose end and bytes are not seen here.
    pub(crate) fn opened(&self, purpose: Purpose, host: &str, port: u16) {
        let ticket = self.begin(purpose, host, port);
        ticket.change(|record| {
            record.entry.outcome = Outcome::Opened;
            record.entry.state = State::Unwatched;
            record.entry.traffic = None;
        });
    }

    /// Notes a socket that somebody else counts.
    pub(crate) fn watched(&self, purpose: Purpose, host: &str, port: u16) -> (Ticket, Meter) {
        let (ticket, meter) = (self.begin(purpose, host, port), self.meter());
        ticket.count(&meter);
        ticket.change(|record| record.entry.outcome = Outcome::Opened);
        (ticket, meter)
    }

    /// Begins an entry; the ticket keeps it up to date and ends it when dropped.
    pub(crate) fn begin(&self, purpose: Purpose, host: &str, port: u16) -> Ticket {
        let mut ring = self.ring.lock();
        let id = ring.next;
        ring.next += 1;
        if ring.records.len() >= ENTRIES {
            ring.records.pop_front();
        }
        let entry = Entry {
            id,
            at: jiff::Timestamp::now(),
            purpose,
            host: host.to_owned(),
            port,
            proxy: None,
            outcome: Outcome::Pending,
            traffic: Some(Traffic::default()),
            state: State::Open,
        };
        ring.records.push_back(Record { entry, meter: None });
        drop(ring);
        self.changes.fetch_add(1, Relaxed);
        Ticket { log: self.clone(), id }
    }
}

/// The right to change one entry. Dropped, it ends the entry.
pub(crate) struct Ticket {
    log: ConnectionLog,
    id: u64,
}

impl Ticket {
    fn change(&self, change: impl FnOnce(&mut Record)) {
        if let Some(record) = self.log.ring.lock().find(self.id) {
            change(record);
        }
        self.log.changes.fetch_add(1, Relaxed);
    }

    pub(crate) fn via(&self, proxy: Option<&str>) {
        self.change(|record| record.entry.proxy = proxy.map(str::to_owned));
    }

    /// Counts what this meter says from now on.
    pub(crate) fn count(&self, meter: &Meter) {
        self.change(|record| record.meter = Some((meter.clone(), meter.read())));
    }

    pub(crate) fn done(&self, status: Option<u16>) {
        self.change(|record| record.entry.outcome = Outcome::Done { status });
    }

    pub(crate) fn failed(&self, error: &NetError) {
        self.change(|record| {
            let Entry { purpose, host, port, .. } = &record.entry;
            tracing::info!(%purpose, host, port, %error, "connection failed");
            record.entry.outcome = Outcome::Failed(error.clone());
        });
    }

    /// Notes how it went.
    pub(crate) fn result<T>(&self, result: &Result<T, NetError>, status: Option<u16>) {
        match result {
            Ok(_) => self.done(status),
            Err(error) => self.failed(error),
        }
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        self.change(|record| {
            record.entry = record.read();
            record.meter = None;
            if record.entry.state == State::Open {
                record.entry.state = State::Ended(jiff::Timestamp::now());
            }
            if record.entry.outcome == Outcome::Pending {
                record.entry.outcome = Outcome::Cancelled;
            }
            let Entry { purpose, host, port, outcome, .. } = &record.entry;
            tracing::debug!(%purpose, host, port, ?outcome, "connection");
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_lives_with_its_connection() {
        let log = ConnectionLog::default();
        let ticket = log.begin(Purpose::CloudRealtime, "ws.example", 443);
        let meter = log.meter();
        meter.sent(7);
        ticket.count(&meter);
        let before = log.generation();
        meter.sent(100);
        meter.received(20);
        assert_ne!(log.generation(), before, "a counter is a change");
        ticket.via(Some("proxy:3128"));
        ticket.done(Some(101));
        let entry = log.last(Purpose::CloudRealtime).unwrap();
        assert_eq!(entry.traffic, Some(Traffic { sent: 100, received: 20 }));
        assert_eq!(entry.state, State::Open);
        assert_eq!(entry.proxy.as_deref(), Some("proxy:3128"));
        drop(ticket);
        meter.sent(1000);
        let entry = log.last(Purpose::CloudRealtime).unwrap();
        assert_eq!(entry.traffic, Some(Traffic { sent: 100, received: 20 }));
        assert_eq!(entry.outcome, Outcome::Done { status: Some(101) });
        assert!(matches!(entry.state, State::Ended(_)));
        assert_eq!(log.last(Purpose::Favicon), None);
    }

    #[test]
    fn what_is_not_waited_for_was_cancelled() {
        let log = ConnectionLog::default();
        drop(log.begin(Purpose::CloudApi, "a", 1));
        assert_eq!(log.entries()[0].outcome, Outcome::Cancelled);
    }

    #[test]
    fn the_ring_keeps_the_newest_and_forgets_open_ones_too() {
        let log = ConnectionLog::default();
        let oldest = log.begin(Purpose::CloudApi, "oldest", 1);
        let mut held = Vec::new();
        for n in 0..ENTRIES {
            held.push(log.begin(Purpose::CloudApi, &format!("h{n}"), 1));
        }
        oldest.done(Some(200));
        held[5].done(Some(204));
        let entries = log.entries();
        assert_eq!(entries.len(), ENTRIES);
        assert_eq!(entries[0].host, "h0");
        assert!(entries.iter().all(|e| e.outcome != Outcome::Done { status: Some(200) }));
        assert_eq!(entries[5].outcome, Outcome::Done { status: Some(204) });
        assert!(entries.windows(2).all(|w| w[0].id + 1 == w[1].id));
    }
}
