//! One JSON object of figures a second.

use crate::Failure;
use multiclaw_core::model::{PathKind, Stats};
use parking_lot::Mutex;
use serde_json::json;
use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

/// Writes the figures, and remembers whether anything was shown.
#[derive(Clone)]
pub(crate) struct Recorder(Arc<Mutex<Inner>>);

struct Inner {
    out: Option<File>,
    start: Instant,
    before: Usage,
    at: Instant,
    shown: f64,
    seconds: u32,
    failed: Option<String>,
}

/// What this process used.
#[derive(Clone, Copy, Default)]
struct Usage {
    /// Ticks of all threads.
    all: u64,
    /// Ticks of the software GPU's threads.
    gpu: u64,
}

impl Recorder {
    pub(crate) fn new(path: Option<&Path>) -> Result<Self, Failure> {
        let out = path.map(File::create).transpose()?;
        let (start, before) = (Instant::now(), usage());
        let inner = Inner { out, start, before, at: start, shown: 0.0, seconds: 0, failed: None };
        Ok(Self(Arc::new(Mutex::new(inner))))
    }

    /// Takes the figures of a second.
    pub(crate) fn add(&self, stats: &Stats) {
        let mut inner = self.0.lock();
        let (now, used) = (Instant::now(), usage());
        let span = now.duration_since(inner.at).as_secs_f64().max(0.001);
        // A tick is a hundredth of a second on every Linux.
        #[expect(clippy::cast_precision_loss, reason = "figures for people")]
        let percent = |now: u64, before: u64| now.saturating_sub(before) as f64 / span;
        let (all, gpu) = (percent(used.all, inner.before.all), percent(used.gpu, inner.before.gpu));
        let path = match stats.path {
            PathKind::Unknown => "unknown",
            PathKind::Direct => "direct",
            PathKind::Relay => "relay",
        };
        let round = |v: f64| (v * 100.0).round() / 100.0;
        let figure = |v: f32| round(f64::from(v));
        let line = json!({
            "t": round(now.duration_since(inner.start).as_secs_f64()),
            "fps_received": figure(stats.fps_received),
            "fps_decoded": figure(stats.fps_decoded),
            "fps_shown": figure(stats.fps_shown),
            "decode_ms_p50": figure(stats.decode_ms_p50),
            "decode_ms_p99": figure(stats.decode_ms_p99),
            "upload_ms_p50": figure(stats.upload_ms_p50),
            "age_ms_p50": figure(stats.age_ms_p50),
            "age_ms_p99": figure(stats.age_ms_p99),
            "rtt_ms": figure(stats.rtt_ms),
            "bytes_per_s": figure(stats.bytes_per_s),
            "dropped": stats.dropped,
            "bad": stats.bad,
            "path": path,
            "rss_bytes": rss(),
            "cpu_percent": round(all),
            "cpu_percent_gpu": round(gpu),
        });
        (inner.before, inner.at) = (used, now);
        inner.shown += f64::from(stats.fps_shown);
        inner.seconds += 1;
        if let Some(out) = &mut inner.out
            && let Err(error) = writeln!(out, "{line}")
        {
            inner.failed = Some(format!("the figures could not be written: {error}"));
        }
    }

    /// Seconds of a live picture so far.
    pub(crate) fn seconds(&self) -> u32 {
        self.0.lock().seconds
    }

    /// Pictures shown in the seconds recorded, roughly.
    pub(crate) fn shown(&self) -> f64 {
        self.0.lock().shown
    }

    /// What went wrong while writing.
    pub(crate) fn check(&self) -> Result<(), Failure> {
        self.0.lock().failed.take().map_or(Ok(()), |why| Err(why.into()))
    }
}

/// User and system time of a `stat` file of `/proc`, in ticks (proc(5), fields 14 and 15).
fn ticks(text: &str) -> u64 {
    let behind_name = text.rsplit(')').next().unwrap_or_default();
    behind_name.split_whitespace().skip(11).take(2).filter_map(|n| n.parse::<u64>().ok()).sum()
}

fn usage() -> Usage {
    let mut usage = Usage::default();
    let Ok(threads) = std::fs::read_dir("/proc/self/task") else { return usage };
    for thread in threads.flatten() {
        let Ok(text) = std::fs::read_to_string(thread.path().join("stat")) else { continue };
        let used = ticks(&text);
        usage.all += used;
        if text.contains("(llvmpipe") || text.contains("(lavapipe") {
            usage.gpu += used;
        }
    }
    usage
}

/// Resident memory in bytes; 0 where it cannot be known.
fn rss() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes =
        line.and_then(|l| l.split_whitespace().next()).and_then(|n| n.parse::<u64>().ok());
    kilobytes.unwrap_or(0) * 1024
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_of_a_thread_with_an_odd_name() {
        let line = "12 (a) b (c) S 1 2 3 4 5 6 7 8 9 10 11 40 2 0 0";
        assert_eq!(ticks(line), 11 + 40);
        assert_eq!(ticks(""), 0);
    }
}
