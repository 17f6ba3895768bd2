//! Requests that wait for their answer.

use crate::wire::Fault;
use serde_json::value::RawValue;
use std::collections::HashMap;
use tokio::sync::oneshot;
use tokio::time::Instant;

/// Most requests that wait for an answer. Then no more are taken until one has come.
const MOST: usize = 256;

/// What becomes of a request.
#[derive(Debug)]
pub(super) enum Reply {
    /// Its answer.
    Payload(Box<RawValue>),
    /// The gateway's no.
    Fault(Fault),
    /// No answer came in time.
    Late,
    /// The connection was lost, or was not there.
    NotOpen,
}

/// The requests, by number.
#[derive(Debug, Default)]
pub(super) struct Pending {
    waiting: HashMap<u64, (Instant, oneshot::Sender<Reply>)>,
}

impl Pending {
    /// Whether no more may be added.
    pub(super) fn is_full(&self) -> bool {
        self.waiting.len() >= MOST
    }

    /// Adds one whose answer must come by `until`.
    pub(super) fn add(&mut self, id: u64, until: Instant, reply: oneshot::Sender<Reply>) {
        self.waiting.insert(id, (until, reply));
    }

    /// An answer came. One that nobody waits for any more is dropped.
    pub(super) fn answer(&mut self, id: u64, reply: Reply) {
        match self.waiting.remove(&id) {
            // Who asked may have stopped waiting: then there is nobody to tell.
            Some((_, waiting)) => drop(waiting.send(reply)),
            None => tracing::debug!(id, "an answer that nobody waits for"),
        }
    }

    /// When the next one is late.
    pub(super) fn deadline(&self) -> Option<Instant> {
        self.waiting.values().map(|(until, _)| *until).min()
    }

    /// Ends those whose time is over, and forgets those that nobody waits for.
    pub(super) fn sweep(&mut self, now: Instant) {
        let late: Vec<u64> = self
            .waiting
            .iter()
            .filter(|(_, (until, reply))| *until <= now || reply.is_closed())
            .map(|(id, _)| *id)
            .collect();
        for id in late {
            self.answer(id, Reply::Late);
        }
    }

    /// The connection was lost.
    pub(super) fn lose(&mut self) {
        for (_, (_, reply)) in self.waiting.drain() {
            drop(reply.send(Reply::NotOpen));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn each_request_ends_once() {
        let (now, second) = (Instant::now(), Duration::from_secs(1));
        let mut pending = Pending::default();
        let mut ask = |pending: &mut Pending, id: u64, until| {
            let (reply, answer) = oneshot::channel();
            pending.add(id, until, reply);
            answer
        };
        let mut first = ask(&mut pending, 2, now + second);
        let mut late = ask(&mut pending, 3, now + 2 * second);
        let mut lost = ask(&mut pending, 4, now + 9 * second);
        drop(ask(&mut pending, 5, now + 9 * second));
        assert_eq!(pending.deadline(), Some(now + second));
        pending.answer(2, Reply::Fault(Fault::default()));
        pending.answer(2, Reply::NotOpen);
        pending.answer(77, Reply::NotOpen);
        assert!(matches!(first.try_recv(), Ok(Reply::Fault(_))));
        pending.sweep(now + 2 * second);
        assert!(matches!(late.try_recv(), Ok(Reply::Late)));
        assert!(lost.try_recv().is_err(), "it still has time");
        assert_eq!(pending.waiting.len(), 1);
        pending.lose();
        assert!(matches!(lost.try_recv(), Ok(Reply::NotOpen)));
        assert_eq!(pending.deadline(), None);
    }

    #[test]
    fn there_is_an_end_to_it() {
        let mut pending = Pending::default();
        for id in 0..MOST as u64 {
            assert!(!pending.is_full());
            pending.add(id, Instant::now(), oneshot::channel().0);
        }
        assert!(pending.is_full());
    }
}
