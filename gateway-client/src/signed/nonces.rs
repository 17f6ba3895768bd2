//! The nonces that were used, for as long as they could be used again.

use super::{Nonce, WINDOW};
use std::collections::{BTreeSet, HashSet};

/// Most nonces at a time. More than this in three minutes are refused for a while (503): forgetting
/// one would let its request in again.
pub(super) const MOST: usize = 65_536;

/// What became of a nonce.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Entry {
    New,
    Used,
    Full,
}

#[derive(Debug, Default)]
pub(super) struct Nonces {
    used: HashSet<Nonce>,
    /// By the second until which each is kept.
    until: BTreeSet<(u64, Nonce)>,
}

impl Nonces {
    /// Keeps a nonce of a request of the time `ts`; both times are Unix seconds.
    pub(super) fn enter(&mut self, nonce: Nonce, ts: u64, now: u64) -> Entry {
        while let Some((until, old)) = self.until.first().copied().filter(|(until, _)| *until < now)
        {
            self.until.remove(&(until, old));
            self.used.remove(&old);
        }
        if self.used.contains(&nonce) {
            return Entry::Used;
        }
        if self.used.len() >= MOST {
            return Entry::Full;
        }
        self.used.insert(nonce);
        self.until.insert((ts.saturating_add(2 * WINDOW), nonce));
        Entry::New
    }
}
