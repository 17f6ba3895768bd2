//! The shape of the desktop's pointer, sent apart from the picture (`PROTOCOL.md`, "Cursor").

use super::{MAGIC, ProtocolError, VERSION, framed_kind, u16_at};
use std::sync::Arc;

/// The kind byte of a cursor shape.
pub const KIND: u8 = 2;
/// Bytes before the pixels.
pub const HEADER: usize = 12;
/// Largest width and height in pixels; such a shape just fits one message.
pub const MAX_SIDE: u16 = 255;

/// A pointer's picture.
#[derive(Clone, PartialEq, Eq)]
pub struct CursorShape {
    /// Width in pixels, 1 to [`MAX_SIDE`].
    pub width: u16,
    /// Height in pixels, 1 to [`MAX_SIDE`].
    pub height: u16,
    /// The pixel that points, from the top left; inside the shape.
    pub hotspot: (u16, u16),
    /// Rows from the top, each pixel R, G, B, A with straight (not premultiplied) alpha.
    pub rgba: Arc<[u8]>,
}

impl std::fmt::Debug for CursorShape {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "CursorShape({}x{}, hotspot {:?})", self.width, self.height, self.hotspot)
    }
}

impl CursorShape {
    /// Reads a binary message of the `control` channel.
    ///
    /// # Errors
    /// A [`ProtocolError`] for another kind or version, a size out of bounds, or pixels missing.
    pub fn parse(message: &[u8]) -> Result<Self, ProtocolError> {
        let kind = framed_kind(message)?;
        if kind != KIND {
            return Err(ProtocolError::Kind(kind));
        }
        let (width, height) = (u16_at(message, 4)?, u16_at(message, 6)?);
        let hotspot = (u16_at(message, 8)?, u16_at(message, 10)?);
        if !(1..=MAX_SIDE).contains(&width) || !(1..=MAX_SIDE).contains(&height) {
            return Err(ProtocolError::Field("cursor size"));
        }
        if hotspot.0 >= width || hotspot.1 >= height {
            return Err(ProtocolError::Field("cursor hotspot"));
        }
        let pixels = message.get(HEADER..).ok_or(ProtocolError::Short)?;
        if pixels.len() != usize::from(width) * usize::from(height) * 4 {
            return Err(ProtocolError::Field("cursor pixels"));
        }
        Ok(Self { width, height, hotspot, rgba: pixels.into() })
    }

    /// Writes the message.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(HEADER + self.rgba.len());
        out.extend_from_slice(&[MAGIC, VERSION, KIND, 0]);
        for v in [self.width, self.height, self.hotspot.0, self.hotspot.1] {
            out.extend_from_slice(&v.to_le_bytes());
        }
        out.extend_from_slice(&self.rgba);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn round_trips() {
        let shape = CursorShape { width: 2, height: 3, hotspot: (1, 2), rgba: [9; 24].into() };
        assert_eq!(CursorShape::parse(&shape.encode()), Ok(shape));
    }

    // The largest shape fits one message.
    const _: () = assert!(HEADER + 255 * 255 * 4 <= super::super::MAX_MESSAGE);

    proptest! {
        #[test]
        fn parse_never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
            let _ = CursorShape::parse(&[&[MAGIC, VERSION, KIND][..], &bytes].concat());
            let _ = CursorShape::parse(&bytes);
        }
    }
}
