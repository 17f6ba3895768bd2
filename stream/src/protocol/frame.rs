//! Frame parts: one message of the `frames` channel (`PROTOCOL.md`, "Frames").

use super::{MAGIC, PART_MESSAGE, VERSION};
use super::{MAX_MESSAGE, ProtocolError, framed_kind, u16_at, u32_at, u64_at};

/// Bytes before the payload of a frame part.
pub const HEADER: usize = 44;
/// The kind byte of a frame part.
pub const KIND: u8 = 1;
/// Most rectangles in one update.
pub const MAX_RECTANGLES: u16 = 256;

/// A rectangle of the desktop, in desktop pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rectangle {
    /// Left edge.
    pub x: u16,
    /// Top edge.
    pub y: u16,
    /// Width, at least 1.
    pub width: u16,
    /// Height, at least 1.
    pub height: u16,
}

impl Rectangle {
    /// Whether `other` lies wholly inside this rectangle.
    #[must_use]
    pub fn contains(&self, other: &Self) -> bool {
        let right = |r: &Self| u32::from(r.x) + u32::from(r.width);
        let bottom = |r: &Self| u32::from(r.y) + u32::from(r.height);
        self.x <= other.x
            && self.y <= other.y
            && right(self) >= right(other)
            && bottom(self) >= bottom(other)
    }

    /// Area in pixels.
    #[must_use]
    pub fn area(&self) -> u64 {
        u64::from(self.width) * u64::from(self.height)
    }
}

/// The header of one part of one rectangle of one update.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PartHeader {
    /// Number of the update. Starts at 1 and grows by one with each, wrapping.
    pub sequence: u32,
    /// When the picture was taken: microseconds on the daemon's clock, the clock of `pong`.
    pub captured_us: u64,
    /// Size of the whole desktop in pixels, width and height.
    pub desktop: (u16, u16),
    /// What the JPEG covers.
    pub rectangle: Rectangle,
    /// Index of the rectangle in its update, from 0.
    pub rectangle_index: u16,
    /// Rectangles in the update, 1 to [`MAX_RECTANGLES`].
    pub rectangle_count: u16,
    /// Index of this part, from 0.
    pub part_index: u16,
    /// Parts of this rectangle's JPEG, at least 1.
    pub part_count: u16,
    /// Length of the whole JPEG in bytes.
    pub total: u32,
    /// Where this part's bytes start in the JPEG.
    pub offset: u32,
}

/// A message of the `frames` channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FrameMessage<'a> {
    /// A whole desktop picture as a bare JPEG.
    Jpeg(&'a [u8]),
    /// A part of a framed update.
    Part(PartHeader, &'a [u8]),
}

/// Reads one message of the `frames` channel. Allocates nothing.
///
/// # Errors
/// A [`ProtocolError`] when the message is neither a bare JPEG nor a well-formed part: every
/// field is checked against the others before anything is allocated from it.
pub fn parse(message: &[u8]) -> Result<FrameMessage<'_>, ProtocolError> {
    if message.len() > MAX_MESSAGE {
        return Err(ProtocolError::Long(message.len()));
    }
    if message.starts_with(&[0xff, 0xd8]) {
        return Ok(FrameMessage::Jpeg(message));
    }
    let kind = framed_kind(message)?;
    if kind != KIND {
        return Err(ProtocolError::Kind(kind));
    }
    let payload = message.get(HEADER..).ok_or(ProtocolError::Short)?;
    let header = PartHeader {
        sequence: u32_at(message, 4)?,
        captured_us: u64_at(message, 8)?,
        desktop: (u16_at(message, 16)?, u16_at(message, 18)?),
        rectangle: Rectangle {
            x: u16_at(message, 20)?,
            y: u16_at(message, 22)?,
            width: u16_at(message, 24)?,
            height: u16_at(message, 26)?,
        },
        rectangle_index: u16_at(message, 28)?,
        rectangle_count: u16_at(message, 30)?,
        part_index: u16_at(message, 32)?,
        part_count: u16_at(message, 34)?,
        total: u32_at(message, 36)?,
        offset: u32_at(message, 40)?,
    };
    header.check(payload.len())?;
    Ok(FrameMessage::Part(header, payload))
}

impl PartHeader {
    fn check(&self, payload: usize) -> Result<(), ProtocolError> {
        let field = |ok: bool, name| if ok { Ok(()) } else { Err(ProtocolError::Field(name)) };
        let desktop = Rectangle { x: 0, y: 0, width: self.desktop.0, height: self.desktop.1 };
        field(desktop.area() > 0, "desktop size")?;
        field(self.rectangle.area() > 0 && desktop.contains(&self.rectangle), "rectangle")?;
        field(
            (1..=MAX_RECTANGLES).contains(&self.rectangle_count)
                && self.rectangle_index < self.rectangle_count,
            "rectangle index",
        )?;
        field(self.part_count >= 1 && self.part_index < self.part_count, "part index")?;
        field(payload >= 1, "payload")?;
        let end = u64::from(self.offset) + payload as u64;
        field(end <= u64::from(self.total), "offset")?;
        // Parts come in order on an ordered channel, so the last one ends the JPEG.
        let last = self.part_index + 1 == self.part_count;
        field(last == (end == u64::from(self.total)), "part count")
    }

    /// Writes the header; the payload follows it in the message.
    #[must_use]
    pub fn encode(&self) -> [u8; HEADER] {
        let mut out = Vec::with_capacity(HEADER);
        out.extend_from_slice(&[MAGIC, VERSION, KIND, 0]);
        out.extend_from_slice(&self.sequence.to_le_bytes());
        out.extend_from_slice(&self.captured_us.to_le_bytes());
        let r = &self.rectangle;
        for v in [self.desktop.0, self.desktop.1, r.x, r.y, r.width, r.height] {
            out.extend_from_slice(&v.to_le_bytes());
        }
        for v in [self.rectangle_index, self.rectangle_count, self.part_index, self.part_count] {
            out.extend_from_slice(&v.to_le_bytes());
        }
        out.extend_from_slice(&self.total.to_le_bytes());
        out.extend_from_slice(&self.offset.to_le_bytes());
        let mut header = [0; HEADER];
        for (to, from) in header.iter_mut().zip(out) {
            *to = from;
        }
        header
    }
}

/// One rectangle of an update to be sent.
#[derive(Clone, Copy, Debug)]
pub struct Tile<'a> {
    /// Where it goes.
    pub rectangle: Rectangle,
    /// Its JPEG, of the rectangle's size.
    pub jpeg: &'a [u8],
}

/// Splits an update into messages of at most [`PART_MESSAGE`] bytes, in the order to be sent.
#[must_use]
pub fn split(
    sequence: u32,
    captured_us: u64,
    desktop: (u16, u16),
    tiles: &[Tile<'_>],
) -> Vec<Vec<u8>> {
    let room = PART_MESSAGE - HEADER;
    let count = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
    let mut messages = Vec::new();
    for (index, tile) in tiles.iter().enumerate() {
        let parts = tile.jpeg.len().div_ceil(room);
        let mut offset = 0_u32;
        for (part, chunk) in tile.jpeg.chunks(room).enumerate() {
            let header = PartHeader {
                sequence,
                captured_us,
                desktop,
                rectangle: tile.rectangle,
                rectangle_index: count(index),
                rectangle_count: count(tiles.len()),
                part_index: count(part),
                part_count: count(parts),
                total: u32::try_from(tile.jpeg.len()).unwrap_or(u32::MAX),
                offset,
            };
            let mut message = Vec::with_capacity(HEADER + chunk.len());
            message.extend_from_slice(&header.encode());
            message.extend_from_slice(chunk);
            messages.push(message);
            offset = offset.saturating_add(u32::try_from(chunk.len()).unwrap_or(u32::MAX));
        }
    }
    messages
}

#[cfg(test)]
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "small test numbers")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn header() -> PartHeader {
        PartHeader {
            sequence: 7,
            captured_us: 1 << 40,
            desktop: (1920, 1080),
            rectangle: Rectangle { x: 16, y: 32, width: 64, height: 48 },
            rectangle_index: 1,
            rectangle_count: 3,
            part_index: 0,
            part_count: 1,
            total: 5,
            offset: 0,
        }
    }

    fn message(h: &PartHeader, payload: &[u8]) -> Vec<u8> {
        [&h.encode()[..], payload].concat()
    }

    #[test]
    fn header_round_trips() {
        let bytes = message(&header(), b"hello");
        assert_eq!(parse(&bytes), Ok(FrameMessage::Part(header(), b"hello")));
    }

    #[test]
    fn bare_jpeg_is_a_whole_frame() {
        assert_eq!(parse(&[0xff, 0xd8, 1]), Ok(FrameMessage::Jpeg(&[0xff, 0xd8, 1])));
    }

    #[test]
    fn every_field_is_checked() {
        let bad = |change: fn(&mut PartHeader)| {
            let mut h = header();
            change(&mut h);
            parse(&message(&h, b"hello")).unwrap_err()
        };
        assert_eq!(bad(|h| h.desktop = (0, 9)), ProtocolError::Field("desktop size"));
        assert_eq!(bad(|h| h.rectangle.width = 0), ProtocolError::Field("rectangle"));
        assert_eq!(bad(|h| h.rectangle.x = 1900), ProtocolError::Field("rectangle"));
        assert_eq!(bad(|h| h.rectangle_index = 3), ProtocolError::Field("rectangle index"));
        assert_eq!(bad(|h| h.rectangle_count = 257), ProtocolError::Field("rectangle index"));
        assert_eq!(bad(|h| h.part_count = 0), ProtocolError::Field("part index"));
        assert_eq!(bad(|h| h.total = 4), ProtocolError::Field("offset"));
        assert_eq!(bad(|h| h.offset = u32::MAX), ProtocolError::Field("offset"));
        assert_eq!(bad(|h| h.total = 6), ProtocolError::Field("part count"));
    }

    #[test]
    fn other_versions_and_kinds_are_named() {
        let mut bytes = message(&header(), b"hello");
        bytes[1] = 2;
        assert_eq!(parse(&bytes), Err(ProtocolError::Version(2)));
        bytes[1] = VERSION;
        bytes[2] = 9;
        assert_eq!(parse(&bytes), Err(ProtocolError::Kind(9)));
        assert_eq!(parse(b"GIF89a"), Err(ProtocolError::NotFramed(b'G')));
        assert_eq!(parse(&[]), Err(ProtocolError::Short));
        assert_eq!(parse(&vec![0xff; MAX_MESSAGE + 1]), Err(ProtocolError::Long(MAX_MESSAGE + 1)));
    }

    proptest! {
        #[test]
        fn parse_never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..120)) {
            let _ = parse(&bytes);
        }

        #[test]
        fn parse_never_panics_behind_a_good_start(bytes in proptest::collection::vec(any::<u8>(), 0..80)) {
            let _ = parse(&[&[MAGIC, VERSION, KIND, 0][..], &bytes].concat());
        }

        #[test]
        fn split_is_whole_and_in_order(len in 1_usize..300_000, tiles in 1_usize..4) {
            let jpeg: Vec<u8> = (0..len).map(|i| (i % 251) as u8).collect();
            let rectangle = Rectangle { x: 0, y: 0, width: 8, height: 8 };
            let all: Vec<_> = (0..tiles).map(|_| Tile { rectangle, jpeg: &jpeg }).collect();
            let mut joined = Vec::new();
            for m in split(1, 2, (8, 8), &all) {
                prop_assert!(m.len() <= PART_MESSAGE);
                let Ok(FrameMessage::Part(h, payload)) = parse(&m) else { panic!("does not parse") };
                prop_assert_eq!(h.offset as usize, joined.len() % len);
                joined.extend_from_slice(payload);
            }
            prop_assert_eq!(joined.len(), len * tiles);
        }
    }
}
