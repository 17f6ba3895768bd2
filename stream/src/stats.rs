//! Figures of one second of viewing.

use std::time::Duration;

/// Samples kept for one second; at more than this many updates a second the rest is not timed.
const SAMPLES: usize = 512;

/// Figures of one second. Times in milliseconds, rates a second.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Summary {
    /// Updates that arrived whole.
    pub received: f32,
    /// Updates decoded.
    pub decoded: f32,
    /// Updates handed to the screen.
    pub shown: f32,
    /// Median and 99th percentile of decoding an update.
    pub decode_ms: (f32, f32),
    /// Median and 99th percentile of handing an update to the screen.
    pub upload_ms: (f32, f32),
    /// Median and 99th percentile from capture to the screen (from arrival for bare JPEGs).
    pub age_ms: (f32, f32),
    /// Bytes on the frames channel.
    pub bytes: f32,
    /// Updates and rectangles dropped since the beginning.
    pub dropped: u64,
    /// Of these, the bad ones.
    pub bad: u64,
}

/// Collects them.
#[derive(Debug, Default)]
pub struct Collector {
    received: u32,
    decoded: u32,
    shown: u32,
    bytes: u64,
    dropped: u64,
    bad: u64,
    decode: Vec<Duration>,
    upload: Vec<Duration>,
    age: Vec<Duration>,
}

impl Collector {
    /// Bytes of a message came.
    pub fn message(&mut self, bytes: usize) {
        self.bytes += bytes as u64;
    }

    /// An update came whole.
    pub fn received(&mut self) {
        self.received += 1;
    }

    /// Updates were overtaken.
    pub fn dropped(&mut self, count: u32) {
        self.dropped += u64::from(count);
    }

    /// A message or a picture was bad.
    pub fn bad(&mut self) {
        self.bad += 1;
        self.dropped += 1;
    }

    /// An update was decoded and shown.
    pub fn shown(&mut self, decode: Duration, upload: Duration, age: Option<Duration>) {
        self.decoded += 1;
        self.shown += 1;
        let push = |to: &mut Vec<Duration>, value| {
            if to.len() < SAMPLES {
                to.push(value);
            }
        };
        push(&mut self.decode, decode);
        push(&mut self.upload, upload);
        if let Some(age) = age {
            push(&mut self.age, age);
        }
    }

    /// An update was decoded, and the screen refused it.
    pub fn decoded_only(&mut self) {
        self.decoded += 1;
    }

    /// Updates and rectangles dropped since the beginning.
    #[must_use]
    pub fn total_dropped(&self) -> u64 {
        self.dropped
    }

    /// Sums up `over` and begins anew; the totals go on.
    pub fn summary(&mut self, over: Duration) -> Summary {
        let seconds = over.as_secs_f32().max(0.001);
        #[expect(clippy::cast_precision_loss, reason = "figures for people")]
        let rate = |n: u64| n as f32 / seconds;
        let summary = Summary {
            received: rate(u64::from(self.received)),
            decoded: rate(u64::from(self.decoded)),
            shown: rate(u64::from(self.shown)),
            decode_ms: percentiles(&mut self.decode),
            upload_ms: percentiles(&mut self.upload),
            age_ms: percentiles(&mut self.age),
            bytes: rate(self.bytes),
            dropped: self.dropped,
            bad: self.bad,
        };
        *self = Self { dropped: self.dropped, bad: self.bad, ..Self::default() };
        summary
    }
}

/// Median and 99th percentile in milliseconds, by nearest rank; 0 without samples.
pub fn percentiles(samples: &mut [Duration]) -> (f32, f32) {
    samples.sort_unstable();
    let rank = |per_mille: usize| {
        let at = (samples.len() * per_mille).div_ceil(1000).saturating_sub(1);
        samples.get(at).map_or(0.0, |d| d.as_secs_f32() * 1000.0)
    };
    (rank(500), rank(990))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_by_nearest_rank() {
        let mut all: Vec<_> = (1..=100).rev().map(Duration::from_millis).collect();
        assert_eq!(percentiles(&mut all), (50.0, 99.0));
        assert_eq!(percentiles(&mut [Duration::from_millis(7)]), (7.0, 7.0));
        assert_eq!(percentiles(&mut []), (0.0, 0.0));
    }

    #[test]
    fn totals_go_on_and_rates_begin_anew() {
        let mut c = Collector::default();
        c.received();
        c.bad();
        c.shown(Duration::from_millis(2), Duration::from_millis(1), None);
        c.message(500);
        let first = c.summary(Duration::from_millis(500));
        assert_eq!((first.received, first.shown, first.bytes), (2.0, 2.0, 1000.0));
        let second = c.summary(Duration::from_secs(1));
        assert_eq!((second.received, second.dropped, second.bad), (0.0, 1, 1));
        assert_eq!(second.decode_ms, (0.0, 0.0));
    }
}
