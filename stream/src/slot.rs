//! The one place where a picture waits for the decoder: newest wins.
//!
//! An update that arrives while another waits is laid over it. A rectangle that a later one
//! covers is never decoded, a whole picture throws everything before it away, and what waits
//! never grows beyond [`MAX_TILES`] rectangles: then all of it is dropped and a whole picture
//! is asked for.

use crate::protocol::frame::MAX_RECTANGLES;
use crate::reassembly::{MAX_UPDATE, Tile, Update};
use parking_lot::{Condvar, Mutex};
use std::time::Instant;

/// Most rectangles that wait.
pub const MAX_TILES: usize = MAX_RECTANGLES as usize;

/// What waits: an update with the time at which its newest part arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Laid together from one or more updates; number and capture time are the newest one's.
    pub update: Update,
    /// When the newest of them arrived.
    pub arrived: Instant,
    /// How many updates were laid together.
    pub merged: u32,
}

/// What the decode thread is to do next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Work {
    /// Show what waits.
    Show(Waiting),
    /// Somebody asked for the picture that is shown. Asked more than once before, it is one.
    Picture,
}

/// What became of an update that was put in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Put {
    /// Updates that were overtaken: none of their rectangles is left.
    pub overtaken: u32,
    /// Everything was dropped; a whole picture is needed.
    pub overflow: bool,
}

/// The slot, shared by the network task and the decode thread.
#[derive(Debug, Default)]
pub struct Slot {
    inner: Mutex<Inner>,
    filled: Condvar,
}

#[derive(Debug, Default)]
struct Inner {
    waiting: Option<Waiting>,
    /// After an overflow only a whole picture helps.
    need_whole: bool,
    /// The picture that is shown is asked for.
    asked: bool,
    closed: bool,
}

impl Slot {
    /// Puts an update in. Never waits for the decoder.
    pub fn put(&self, update: Update, now: Instant) -> Put {
        let mut inner = self.inner.lock();
        let put = inner.put(update, now);
        drop(inner);
        self.filled.notify_one();
        put
    }

    /// Takes what is to be done; blocks until there is something. What waits comes first: who
    /// asks for the picture wants the newest. `None` when the slot is closed.
    pub fn take(&self) -> Option<Work> {
        let mut inner = self.inner.lock();
        loop {
            if inner.closed {
                return None;
            }
            if let Some(waiting) = inner.waiting.take() {
                return Some(Work::Show(waiting));
            }
            if std::mem::take(&mut inner.asked) {
                return Some(Work::Picture);
            }
            self.filled.wait(&mut inner);
        }
    }

    /// Asks for the picture that is shown: [`Self::take`] gives [`Work::Picture`].
    pub fn ask(&self) {
        self.inner.lock().asked = true;
        self.filled.notify_one();
    }

    /// Takes what waits, or nothing.
    pub fn try_take(&self) -> Option<Waiting> {
        self.inner.lock().waiting.take()
    }

    /// Forgets what waits: a new connection begins.
    pub fn clear(&self) {
        let mut inner = self.inner.lock();
        inner.waiting = None;
        inner.need_whole = false;
    }

    /// Ends [`Self::take`] for good.
    pub fn close(&self) {
        self.inner.lock().closed = true;
        self.filled.notify_all();
    }
}

impl Inner {
    fn put(&mut self, update: Update, now: Instant) -> Put {
        let whole = update.is_whole();
        if self.need_whole && !whole {
            return Put { overtaken: 1, overflow: false };
        }
        self.need_whole = false;
        let Some(before) = self.waiting.take() else {
            self.waiting = Some(Waiting { update, arrived: now, merged: 1 });
            return Put::default();
        };
        if whole || before.update.desktop != update.desktop {
            let overtaken = before.merged;
            self.waiting = Some(Waiting { update, arrived: now, merged: 1 });
            return Put { overtaken, overflow: false };
        }
        let covered = |old: &Tile| {
            old.rectangle.is_some_and(|old| {
                update.tiles.iter().any(|new| new.rectangle.is_some_and(|new| new.contains(&old)))
            })
        };
        let mut tiles: Vec<Tile> =
            before.update.tiles.into_iter().filter(|old| !covered(old)).collect();
        let survivors = !tiles.is_empty();
        tiles.extend(update.tiles);
        let merged = Update { tiles, ..update };
        if merged.tiles.len() > MAX_TILES || merged.bytes() > MAX_UPDATE {
            self.need_whole = true;
            return Put { overtaken: before.merged + 1, overflow: true };
        }
        let overtaken = if survivors { 0 } else { before.merged };
        let count = if survivors { before.merged + 1 } else { 1 };
        self.waiting = Some(Waiting { update: merged, arrived: now, merged: count });
        Put { overtaken, overflow: false }
    }
}

#[cfg(test)]
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "small test numbers")]
mod tests {
    use super::*;
    use crate::protocol::frame::Rectangle;
    use bytes::Bytes;
    use proptest::prelude::*;

    fn tile(x: u16, y: u16, width: u16, height: u16, id: u8) -> Tile {
        Tile { rectangle: Some(Rectangle { x, y, width, height }), jpeg: Bytes::from(vec![id]) }
    }

    fn update(sequence: u32, tiles: Vec<Tile>) -> Update {
        Update { sequence, captured_us: Some(1), desktop: Some((64, 64)), tiles }
    }

    #[test]
    fn a_whole_picture_overtakes_everything() {
        let (slot, now) = (Slot::default(), Instant::now());
        slot.put(update(1, vec![tile(0, 0, 16, 16, 1)]), now);
        slot.put(update(2, vec![tile(16, 0, 16, 16, 2)]), now);
        let put = slot.put(update(3, vec![tile(0, 0, 64, 64, 3)]), now);
        assert_eq!(put, Put { overtaken: 2, overflow: false });
        let waiting = slot.try_take().unwrap();
        assert_eq!((waiting.update.sequence, waiting.update.tiles.len()), (3, 1));
        assert_eq!(slot.try_take(), None);
    }

    #[test]
    fn a_covered_rectangle_is_not_decoded_and_an_uncovered_one_is() {
        let (slot, now) = (Slot::default(), Instant::now());
        slot.put(update(1, vec![tile(0, 0, 16, 16, 1), tile(32, 32, 16, 16, 2)]), now);
        let put = slot.put(update(2, vec![tile(0, 0, 32, 16, 3)]), now);
        assert_eq!(put.overtaken, 0);
        let ids: Vec<u8> =
            slot.try_take().unwrap().update.tiles.iter().map(|t| t.jpeg[0]).collect();
        assert_eq!(ids, [2, 3]);
    }

    #[test]
    fn too_much_asks_for_a_whole_picture() {
        let (slot, now) = (Slot::default(), Instant::now());
        let mut overflow = false;
        for n in 0..=MAX_TILES {
            let x = u16::try_from(n % 64).unwrap();
            let y = u16::try_from(n / 64).unwrap();
            let one = update(1, vec![tile(x, y, 1, 1, 0)]);
            overflow |= slot.put(one, now).overflow;
        }
        assert!(overflow);
        assert_eq!(slot.try_take(), None);
        slot.put(update(2, vec![tile(0, 0, 1, 1, 0)]), now);
        assert_eq!(slot.try_take(), None, "a rectangle alone does not help");
        slot.put(update(3, vec![tile(0, 0, 64, 64, 0)]), now);
        assert_eq!(slot.try_take().unwrap().update.sequence, 3);
    }

    #[test]
    fn closing_ends_the_wait() {
        let slot = std::sync::Arc::new(Slot::default());
        let taker = std::thread::spawn({
            let slot = slot.clone();
            move || slot.take()
        });
        slot.close();
        assert_eq!(taker.join().unwrap(), None);
    }

    #[test]
    fn the_picture_is_asked_for_after_what_waits() {
        let (slot, now) = (Slot::default(), Instant::now());
        slot.ask();
        slot.ask();
        slot.put(update(1, vec![tile(0, 0, 64, 64, 1)]), now);
        assert!(matches!(slot.take(), Some(Work::Show(_))));
        assert_eq!(slot.take(), Some(Work::Picture));
        slot.put(update(2, vec![tile(0, 0, 64, 64, 1)]), now);
        assert!(matches!(slot.take(), Some(Work::Show(_))), "asked once, given once");
    }

    proptest! {
        /// Whatever is merged, painting what waits gives the same desktop as painting all.
        #[test]
        fn nothing_that_shows_is_lost(updates in proptest::collection::vec(
            proptest::collection::vec((0_u16..8, 0_u16..8, 1_u16..8, 1_u16..8), 1..4), 1..12)
        ) {
            let paint = |canvas: &mut [u8; 64], t: &Tile| {
                let r = t.rectangle.unwrap();
                for y in r.y..(r.y + r.height).min(8) {
                    for x in r.x..(r.x + r.width).min(8) {
                        canvas[usize::from(y * 8 + x)] = t.jpeg[0];
                    }
                }
            };
            let (slot, now) = (Slot::default(), Instant::now());
            let (mut all, mut id) = ([0_u8; 64], 0_u8);
            for (n, rectangles) in updates.iter().enumerate() {
                let tiles: Vec<Tile> = rectangles.iter().map(|&(x, y, w, h)| {
                    id += 1;
                    tile(x, y, w, h, id)
                }).collect();
                tiles.iter().for_each(|t| paint(&mut all, t));
                slot.put(update(n as u32, tiles), now);
            }
            let mut merged = [0_u8; 64];
            for t in &slot.try_take().unwrap().update.tiles {
                paint(&mut merged, t);
            }
            prop_assert_eq!(all, merged);
        }
    }
}
