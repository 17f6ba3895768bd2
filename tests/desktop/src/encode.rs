//! Rectangles of the captured desktop as JPEG.

use jpeg_encoder::{ColorType, Encoder, SamplingFactor};
use stream::protocol::frame::Rectangle;

/// Encodes a rectangle of `picture` (4 bytes a pixel: blue, green, red, any), baseline 4:2:0.
/// `None` when the rectangle does not lie inside, which the callers rule out.
pub(crate) fn encode(
    picture: &[u8],
    width: u16,
    rectangle: Rectangle,
    quality: u8,
    scratch: &mut Vec<u8>,
) -> Option<Vec<u8>> {
    scratch.clear();
    let stride = usize::from(width) * 4;
    for row in rectangle.y..rectangle.y.checked_add(rectangle.height)? {
        let start = usize::from(row) * stride + usize::from(rectangle.x) * 4;
        scratch.extend_from_slice(picture.get(start..start + usize::from(rectangle.width) * 4)?);
    }
    let mut out = Vec::with_capacity(scratch.len() / 16 + 1024);
    let mut encoder = Encoder::new(&mut out, quality);
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    encoder.encode(scratch, rectangle.width, rectangle.height, ColorType::Bgra).ok()?;
    Some(out)
}
