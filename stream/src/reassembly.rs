//! From messages of the `frames` channel to whole updates, sans-I/O.

use crate::protocol::ProtocolError;
use crate::protocol::frame::{FrameMessage, PartHeader, Rectangle, parse};
use bytes::Bytes;

/// Most bytes of one update's JPEGs together (`PROTOCOL.md`, "Frames").
pub const MAX_UPDATE: usize = 32 * 1024 * 1024;

/// One rectangle of an update.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tile {
    /// What the JPEG covers; `None` for a bare JPEG, whose size is only known to the decoder.
    pub rectangle: Option<Rectangle>,
    /// The whole JPEG.
    pub jpeg: Bytes,
}

/// A whole update: it brings the desktop to one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Update {
    /// Its number.
    pub sequence: u32,
    /// Capture time in microseconds on the daemon's clock; `None` for a bare JPEG.
    pub captured_us: Option<u64>,
    /// Size of the desktop in pixels; `None` for a bare JPEG.
    pub desktop: Option<(u16, u16)>,
    /// Its rectangles, at least one.
    pub tiles: Vec<Tile>,
}

impl Update {
    /// Whether the update alone gives the whole picture. Rectangles of one update do not
    /// overlap, so their areas tell.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        let Some((width, height)) = self.desktop else { return true };
        let covered: u64 = self.tiles.iter().filter_map(|t| t.rectangle).map(|r| r.area()).sum();
        covered >= u64::from(width) * u64::from(height)
    }

    /// Bytes of all its JPEGs.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.tiles.iter().map(|t| t.jpeg.len()).sum()
    }
}

/// What a message was, when it did not complete an update.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReassemblyError {
    /// The message itself is not well-formed.
    #[error(transparent)]
    Message(#[from] ProtocolError),
    /// A part that does not continue what came before it. The open update is dropped.
    #[error("a frame part is out of order: {0}")]
    Order(&'static str),
    /// The update is longer than [`MAX_UPDATE`]. It is dropped.
    #[error("an update is longer than {MAX_UPDATE} bytes")]
    Long,
}

/// Puts updates together. Holds at most one open update.
#[derive(Debug, Default)]
pub struct Reassembler {
    open: Option<Open>,
    bare: u32,
}

#[derive(Debug)]
struct Open {
    update: Update,
    count: u16,
    part: PartHeader,
    /// Bytes of the open rectangle so far; empty between rectangles.
    bytes: Vec<u8>,
    held: usize,
}

impl Reassembler {
    /// Takes one message; gives the update that it completes.
    ///
    /// # Errors
    /// See [`ReassemblyError`]; the next update starts clean.
    pub fn push(&mut self, message: &Bytes) -> Result<Option<Update>, ReassemblyError> {
        match parse(message)? {
            FrameMessage::Jpeg(_) => {
                self.open = None;
                self.bare = self.bare.wrapping_add(1);
                Ok(Some(Update {
                    sequence: self.bare,
                    captured_us: None,
                    desktop: None,
                    tiles: vec![Tile { rectangle: None, jpeg: message.clone() }],
                }))
            }
            FrameMessage::Part(header, payload) => {
                let payload = message.slice_ref(payload);
                let result = self.part(header, &payload);
                if result.is_err() {
                    self.open = None;
                }
                result
            }
        }
    }

    fn part(
        &mut self,
        header: PartHeader,
        payload: &Bytes,
    ) -> Result<Option<Update>, ReassemblyError> {
        if header.rectangle_index == 0 && header.part_index == 0 {
            self.open = Some(Open {
                update: Update {
                    sequence: header.sequence,
                    captured_us: Some(header.captured_us),
                    desktop: Some(header.desktop),
                    tiles: Vec::new(),
                },
                count: header.rectangle_count,
                part: header,
                bytes: Vec::new(),
                held: 0,
            });
        }
        let Some(open) = &mut self.open else {
            return Err(ReassemblyError::Order("it begins in the middle of an update"));
        };
        open.check(&header)?;
        open.held += payload.len();
        if open.held > MAX_UPDATE || header.total as usize > MAX_UPDATE {
            return Err(ReassemblyError::Long);
        }
        let last_part = header.part_index + 1 == header.part_count;
        let jpeg = if header.part_count == 1 {
            payload.clone()
        } else {
            if header.part_index == 0 {
                // Bounded by the check above; grows only as bytes really come.
                open.bytes = Vec::with_capacity((header.total as usize).min(4 * payload.len()));
            }
            open.bytes.extend_from_slice(payload);
            if !last_part {
                open.part = header;
                return Ok(None);
            }
            Bytes::from(std::mem::take(&mut open.bytes))
        };
        open.part = header;
        open.update.tiles.push(Tile { rectangle: Some(header.rectangle), jpeg });
        if header.rectangle_index + 1 < open.count {
            return Ok(None);
        }
        Ok(self.open.take().map(|open| open.update))
    }
}

impl Open {
    /// Whether `header` is the part that must come now.
    fn check(&self, header: &PartHeader) -> Result<(), ReassemblyError> {
        let update = &self.update;
        if header.sequence != update.sequence
            || Some(header.desktop) != update.desktop
            || Some(header.captured_us) != update.captured_us
            || header.rectangle_count != self.count
        {
            return Err(ReassemblyError::Order("it belongs to another update"));
        }
        if usize::from(header.rectangle_index) != update.tiles.len() {
            return Err(ReassemblyError::Order("a rectangle is missing"));
        }
        if header.part_index == 0 {
            return if header.offset == 0 && self.bytes.is_empty() {
                Ok(())
            } else {
                Err(ReassemblyError::Order("a rectangle is not finished"))
            };
        }
        let before = &self.part;
        if header.part_index != before.part_index + 1
            || header.part_count != before.part_count
            || header.rectangle != before.rectangle
            || header.total != before.total
            || header.offset as usize != self.bytes.len()
        {
            return Err(ReassemblyError::Order("a part is missing"));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::frame::{Tile as Sent, split};
    use proptest::prelude::*;

    const RECTANGLE: Rectangle = Rectangle { x: 0, y: 0, width: 32, height: 16 };

    fn messages(sequence: u32, jpegs: &[Vec<u8>]) -> Vec<Bytes> {
        let tiles: Vec<_> = jpegs.iter().map(|j| Sent { rectangle: RECTANGLE, jpeg: j }).collect();
        split(sequence, 5, (64, 64), &tiles).into_iter().map(Bytes::from).collect()
    }

    fn run(messages: &[Bytes]) -> Vec<Update> {
        let mut r = Reassembler::default();
        messages.iter().filter_map(|m| r.push(m).unwrap()).collect()
    }

    #[test]
    fn bare_jpegs_are_numbered() {
        let jpeg = Bytes::from_static(&[0xff, 0xd8, 0xff]);
        let updates = run(&[jpeg.clone(), jpeg.clone()]);
        assert_eq!(updates.iter().map(|u| u.sequence).collect::<Vec<_>>(), [1, 2]);
        assert_eq!(updates[0].tiles[0].jpeg, jpeg);
        assert!(updates[0].is_whole());
    }

    #[test]
    fn parts_and_rectangles_join() {
        let jpegs = [vec![1; 200_000], vec![2; 10], vec![3; 70_000]];
        let sent = messages(9, &jpegs);
        assert_eq!(sent.len(), 4 + 1 + 2);
        let updates = run(&sent);
        assert_eq!(updates.len(), 1);
        assert_eq!(updates[0].sequence, 9);
        for (tile, jpeg) in updates[0].tiles.iter().zip(&jpegs) {
            assert_eq!(&tile.jpeg[..], &jpeg[..]);
        }
        assert!(!updates[0].is_whole());
    }

    #[test]
    fn a_missing_part_drops_the_update_and_the_next_one_comes() {
        let mut r = Reassembler::default();
        let sent = messages(1, &[vec![1; 200_000]]);
        r.push(&sent[0]).unwrap();
        assert_eq!(r.push(&sent[2]), Err(ReassemblyError::Order("a part is missing")));
        assert!(matches!(r.push(&sent[3]), Err(ReassemblyError::Order(_))));
        let next = messages(2, &[vec![1; 10]]);
        assert_eq!(r.push(&next[0]).unwrap().unwrap().sequence, 2);
    }

    #[test]
    fn an_abandoned_update_gives_way() {
        let mut r = Reassembler::default();
        r.push(&messages(1, &[vec![1; 200_000]])[0]).unwrap();
        let next = messages(2, &[vec![1; 10]]);
        assert_eq!(r.push(&next[0]).unwrap().unwrap().sequence, 2);
    }

    #[test]
    fn a_long_update_is_refused_early() {
        let mut r = Reassembler::default();
        let mut sent = messages(1, &[vec![1; 100_000]])[0].to_vec();
        sent[36..40].copy_from_slice(&(64_u32 << 20).to_le_bytes());
        assert_eq!(r.push(&Bytes::from(sent)), Err(ReassemblyError::Long));
    }

    proptest! {
        #[test]
        fn any_damage_is_an_error_or_a_whole_update(
            sizes in proptest::collection::vec(1_usize..150_000, 1..4),
            victim in any::<prop::sample::Index>(),
            byte in 0_usize..44,
            value in any::<u8>(),
        ) {
            let jpegs: Vec<_> = sizes.iter().map(|&n| vec![7_u8; n]).collect();
            let mut sent = messages(3, &jpegs);
            let at = victim.index(sent.len());
            let mut bad = sent[at].to_vec();
            bad[byte] = value;
            sent[at] = bad.into();
            let mut r = Reassembler::default();
            for m in &sent {
                if let Ok(Some(update)) = r.push(m) {
                    prop_assert_eq!(update.tiles.len(), jpegs.len());
                }
            }
        }

        #[test]
        fn random_messages_never_panic(all in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..100), 0..20)) {
            let mut r = Reassembler::default();
            for m in all {
                let _ = r.push(&Bytes::from(m));
            }
        }
    }
}
