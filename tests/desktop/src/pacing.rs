//! When a viewer gets its next update, and of what: sans-I/O (`PROTOCOL.md`, "Frames").

use crate::blocks::Blocks;
use std::time::{Duration, Instant};
use stream::protocol::control::ToDaemon;

/// Updates sent and not yet shown.
const IN_FLIGHT: u32 = 3;
/// Without feedback one more update goes after this.
const PATIENCE: Duration = Duration::from_secs(1);

/// One viewer's pace.
#[derive(Debug)]
pub struct Pacing {
    pending: Blocks,
    sequence: u32,
    shown: u32,
    max_fps: u8,
    quality: u8,
    last_sent: Option<Instant>,
    last_heard: Instant,
}

impl Pacing {
    /// A viewer that has nothing yet. `limit` is the daemon's own limit of updates a second.
    #[must_use]
    pub fn new(width: u16, height: u16, limit: u8, now: Instant) -> Self {
        let mut pending = Blocks::new(width, height);
        pending.mark_all();
        Self {
            pending,
            sequence: 0,
            shown: 0,
            max_fps: limit,
            quality: 75,
            last_sent: None,
            last_heard: now,
        }
    }

    /// JPEG quality that the viewer wants.
    #[must_use]
    pub fn quality(&self) -> u8 {
        self.quality
    }

    /// Blocks changed.
    pub fn damage(&mut self, blocks: &Blocks) {
        self.pending.add(blocks);
    }

    /// A control message of the viewer. `limit` as in [`Self::new`].
    pub fn control(&mut self, message: &ToDaemon, limit: u8, now: Instant) {
        match *message {
            ToDaemon::Feedback { shown, .. } => {
                // Only what was sent counts, and it only grows.
                let ahead = shown.wrapping_sub(self.shown);
                if ahead <= self.sequence.wrapping_sub(self.shown) {
                    self.shown = shown;
                }
                self.last_heard = now;
            }
            ToDaemon::Refresh => self.pending.mark_all(),
            ToDaemon::View { max_fps, quality } => {
                self.max_fps = max_fps.min(limit);
                self.quality = quality.clamp(1, 100);
            }
            _ => {}
        }
    }

    /// When the next update may be sent; `None` when there is nothing to send, or it is paused.
    #[must_use]
    pub fn ready_at(&self, now: Instant) -> Option<Instant> {
        if self.pending.is_empty() || self.max_fps == 0 {
            return None;
        }
        let Some(last) = self.last_sent else { return Some(now) };
        let paced = last + Duration::from_secs(1) / u32::from(self.max_fps);
        if self.sequence.wrapping_sub(self.shown) < IN_FLIGHT {
            return Some(paced);
        }
        Some(paced.max(last + PATIENCE).max(self.last_heard + PATIENCE))
    }

    /// Takes what is to be sent now: its number and its blocks.
    pub fn take(&mut self, now: Instant) -> Option<(u32, Blocks)> {
        if self.ready_at(now).is_none_or(|at| at > now) {
            return None;
        }
        self.sequence = self.sequence.wrapping_add(1);
        self.last_sent = Some(now);
        let blocks = self.pending.clone();
        self.pending.clear();
        Some((self.sequence, blocks))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use stream::protocol::frame::Rectangle;

    const MS: Duration = Duration::from_millis(1);

    fn pacing(now: Instant) -> Pacing {
        Pacing::new(640, 480, 60, now)
    }

    fn change(p: &mut Pacing) {
        let mut blocks = Blocks::new(640, 480);
        blocks.mark(Rectangle { x: 0, y: 0, width: 1, height: 1 });
        p.damage(&blocks);
    }

    fn feedback(shown: u32) -> ToDaemon {
        ToDaemon::Feedback { received: shown, shown, dropped: 0, decode_us: 0 }
    }

    #[test]
    fn the_first_update_is_whole_and_nothing_is_sent_without_a_change() {
        let now = Instant::now();
        let mut p = pacing(now);
        let (sequence, blocks) = p.take(now).unwrap();
        assert_eq!((sequence, blocks.rectangles().len()), (1, 1));
        assert_eq!(p.ready_at(now), None);
        change(&mut p);
        assert_eq!(p.take(now), None, "not faster than 60 a second");
        assert_eq!(p.take(now + 17 * MS).unwrap().0, 2);
    }

    #[test]
    fn never_more_than_three_are_in_flight_while_the_viewer_is_heard() {
        let mut now = Instant::now();
        let mut p = pacing(now);
        let mut sent = 0;
        for _ in 0..50 {
            change(&mut p);
            sent += u32::from(p.take(now).is_some());
            now += 17 * MS;
        }
        assert_eq!(sent, 3);
        p.control(&feedback(2), 60, now);
        assert_eq!(p.take(now).unwrap().0, 4);
    }

    #[test]
    fn a_viewer_that_never_reports_still_gets_one_a_second() {
        let start = Instant::now();
        let mut p = pacing(start);
        let mut sent = 0;
        for tick in 0..600 {
            change(&mut p);
            sent += u32::from(p.take(start + tick * 17 * MS).is_some());
        }
        assert!((10..=13).contains(&sent), "{sent}");
    }

    #[test]
    fn what_changes_meanwhile_goes_into_the_next_one() {
        let now = Instant::now();
        let mut p = pacing(now);
        p.take(now);
        for x in [0, 100, 200] {
            let mut blocks = Blocks::new(640, 480);
            blocks.mark(Rectangle { x, y: 0, width: 1, height: 1 });
            p.damage(&blocks);
        }
        assert_eq!(p.take(now + 20 * MS).unwrap().1.rectangles().len(), 2);
    }

    #[test]
    fn paused_and_refreshed() {
        let now = Instant::now();
        let mut p = pacing(now);
        p.take(now);
        p.control(&ToDaemon::View { max_fps: 0, quality: 44 }, 60, now);
        p.control(&ToDaemon::Refresh, 60, now);
        assert_eq!(p.ready_at(now + 1000 * MS), None);
        p.control(&ToDaemon::View { max_fps: 255, quality: 0 }, 60, now);
        assert_eq!(p.quality(), 1);
        assert_eq!(p.take(now + 17 * MS).unwrap().1.rectangles().len(), 1);
    }

    #[test]
    fn feedback_for_what_was_not_sent_is_skipped() {
        let now = Instant::now();
        let mut p = pacing(now);
        for n in 0..3 {
            change(&mut p);
            p.take(now + n * 20 * MS).unwrap();
        }
        p.control(&feedback(77), 60, now);
        change(&mut p);
        assert!(p.ready_at(now).unwrap() > now + 900 * MS);
    }
}
