//! How often somebody may ask: token buckets. Pure: the time is given.

use std::collections::HashMap;
use std::hash::Hash;
use std::time::{Duration, Instant};

/// Buckets that are kept. When there are more, those that are full again go; they say nothing.
const MOST: usize = 10_000;

/// A rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// Requests a minute, over a long time. 0: no limit.
    pub per_minute: u32,
    /// Requests at once.
    pub burst: u32,
}

/// How often what may be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// With one bearer.
    pub bearer: Rate,
    /// From one address without a bearer: sign-in, device grants, invitations.
    pub address: Rate,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bearer: Rate { per_minute: 1200, burst: 300 },
            address: Rate { per_minute: 60, burst: 60 },
        }
    }
}

struct Bucket {
    /// How many requests it holds.
    level: f64,
    at: Instant,
}

/// A bucket for each key.
pub(crate) struct Buckets<K> {
    rate: Rate,
    buckets: HashMap<K, Bucket>,
}

impl<K: Hash + Eq> Buckets<K> {
    pub(crate) fn new(rate: Rate) -> Self {
        Self { rate, buckets: HashMap::new() }
    }

    /// Takes one, or says when there will be one.
    pub(crate) fn take(&mut self, key: K, now: Instant) -> Result<(), Duration> {
        if self.rate.per_minute == 0 {
            return Ok(());
        }
        let per_second = f64::from(self.rate.per_minute) / 60.0;
        let full = f64::from(self.rate.burst.max(1));
        let level = |bucket: &Bucket| {
            let passed = now.saturating_duration_since(bucket.at).as_secs_f64();
            full.min(bucket.level + passed * per_second)
        };
        if self.buckets.len() >= MOST {
            self.buckets.retain(|_, bucket| level(bucket) < full);
        }
        if self.buckets.len() >= MOST && !self.buckets.contains_key(&key) {
            // Ten thousand that all ask at once: a new one waits.
            return Err(Duration::from_secs(1));
        }
        let bucket = self.buckets.entry(key).or_insert(Bucket { level: full, at: now });
        bucket.level = level(bucket);
        bucket.at = now;
        if bucket.level >= 1.0 {
            bucket.level -= 1.0;
            return Ok(());
        }
        Err(Duration::from_secs_f64((1.0 - bucket.level) / per_second))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_then_the_rate_and_each_key_for_itself() {
        let start = Instant::now();
        let at = |ms| start + Duration::from_millis(ms);
        let mut buckets = Buckets::new(Rate { per_minute: 60, burst: 3 });
        for _ in 0..3 {
            assert_eq!(buckets.take("a", at(0)), Ok(()));
        }
        assert_eq!(buckets.take("a", at(0)), Err(Duration::from_secs(1)));
        assert_eq!(buckets.take("b", at(0)), Ok(()));
        assert_eq!(buckets.take("a", at(500)), Err(Duration::from_millis(500)));
        assert_eq!(buckets.take("a", at(1000)), Ok(()));
        assert!(buckets.take("a", at(1000)).is_err());
        let taken = (0..10).filter(|_| buckets.take("a", at(60_000)).is_ok()).count();
        assert_eq!(taken, 3, "a bucket is never more than full");
    }

    #[test]
    fn the_number_of_buckets_is_bounded() {
        let start = Instant::now();
        let mut buckets = Buckets::new(Rate { per_minute: 60, burst: 1 });
        for key in 0..MOST {
            assert_eq!(buckets.take(key, start), Ok(()));
        }
        assert!(buckets.take(MOST, start).is_err());
        assert_eq!(buckets.take(MOST, start + Duration::from_secs(1)), Ok(()));
        assert_eq!(buckets.buckets.len(), 1);
    }
}
