//! Pictures of the desktop and of the clipboard, made into files. Off the engine's task: a large
//! one takes a while.

use crate::engine::Pixels;
use jpeg::Planes;
use jpeg_encoder::{ColorType, Encoder};

/// Most pixels of a picture of the clipboard.
const PIXELS: u64 = 64_000_000;
/// Quality of a JPEG, of 100, where a PNG would be too large.
const QUALITY: u8 = 90;

/// A picture, made into a file.
pub(super) struct Encoded {
    /// What is in the file.
    pub(super) bytes: Vec<u8>,
    /// `png` or `jpg`.
    pub(super) extension: &'static str,
}

/// The desktop's picture: a PNG if that has at most `limit` bytes, else a JPEG.
pub(super) fn desktop(planes: &Planes, limit: u64) -> Option<Encoded> {
    let mut rgb = Vec::with_capacity(planes.width as usize * planes.height as usize * 3);
    for y in 0..planes.height {
        rgb.extend(planes.rgb_row(y).flatten());
    }
    opaque((planes.width, planes.height), &rgb, limit)
}

/// A picture of the clipboard; `None` when its size is not that of its pixels.
pub(super) fn clipboard(picture: &Pixels, limit: u64) -> Option<Encoded> {
    let size = (picture.width, picture.height);
    let pixels = u64::from(size.0) * u64::from(size.1);
    if pixels == 0 || pixels > PIXELS || picture.rgba.len() as u64 != pixels * 4 {
        return None;
    }
    let pixels = picture.rgba.as_chunks::<4>().0;
    if pixels.iter().all(|&[.., alpha]| alpha == 255) {
        let rgb: Vec<u8> = pixels.iter().flat_map(|&[r, g, b, _]| [r, g, b]).collect();
        return opaque(size, &rgb, limit);
    }
    let bytes = png(size, png::ColorType::Rgba, &picture.rgba)?;
    Some(Encoded { bytes, extension: "png" })
}

fn opaque(size: (u32, u32), rgb: &[u8], limit: u64) -> Option<Encoded> {
    let bytes = png(size, png::ColorType::Rgb, rgb)?;
    if bytes.len() as u64 <= limit {
        return Some(Encoded { bytes, extension: "png" });
    }
    let side = |n: u32| u16::try_from(n).ok();
    let mut bytes = Vec::new();
    let encoder = Encoder::new(&mut bytes, QUALITY);
    encoder.encode(rgb, side(size.0)?, side(size.1)?, ColorType::Rgb).ok()?;
    Some(Encoded { bytes, extension: "jpg" })
}

fn png(size: (u32, u32), colour: png::ColorType, pixels: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, size.0, size.1);
    encoder.set_color(colour);
    encoder.set_compression(png::Compression::Fast);
    let mut writer = encoder.write_header().ok()?;
    writer.write_image_data(pixels).ok()?;
    writer.finish().ok()?;
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::files::kind;

    fn noise(width: u32, height: u32, alpha: u8) -> Pixels {
        let mut state = 1_u32;
        let mut byte = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            state.to_be_bytes()[0]
        };
        let rgba = (0..width * height).flat_map(|_| [byte(), byte(), byte(), alpha]).collect();
        Pixels { width, height, rgba }
    }

    #[test]
    fn what_is_too_large_as_a_png_becomes_a_jpeg() {
        let picture = noise(64, 64, 255);
        let exact = clipboard(&picture, 1 << 20).unwrap();
        assert_eq!((kind::mime("", &exact.bytes), exact.extension), ("image/png", "png"));
        let small = clipboard(&picture, 9_000).unwrap();
        assert_eq!((kind::mime("", &small.bytes), small.extension), ("image/jpeg", "jpg"));
        // A JPEG has no transparency.
        assert_eq!(clipboard(&noise(64, 64, 9), 9_000).unwrap().extension, "png");
    }

    #[test]
    fn sizes_that_lie_are_refused() {
        let picture = |width, height, bytes| Pixels { width, height, rgba: vec![255; bytes] };
        assert!(clipboard(&picture(1, 1, 4), 999).is_some());
        for (width, height, bytes) in [(0, 1, 0), (2, 1, 4), (1, 1, 5), (u32::MAX, u32::MAX, 4)] {
            assert!(clipboard(&picture(width, height, bytes), 999).is_none());
        }
    }

    #[test]
    fn the_desktop_is_what_was_shown() {
        let mut jpeg = Vec::new();
        let pixels = [10, 200, 60].repeat(50 * 20);
        Encoder::new(&mut jpeg, 95).encode(&pixels, 50, 20, ColorType::Rgb).unwrap();
        let mut canvas = jpeg::Canvas::new(jpeg::Limits::default());
        canvas.whole(&jpeg).unwrap();
        let file = desktop(canvas.planes().unwrap(), 1 << 20).unwrap();
        let mut reader = png::Decoder::new(std::io::Cursor::new(file.bytes)).read_info().unwrap();
        assert_eq!(reader.info().size(), (50, 20));
        let mut shown = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut shown).unwrap();
        let want = canvas.to_rgba().unwrap();
        assert_eq!(shown[..3], want[..3]);
        assert_eq!(shown.len(), 50 * 20 * 3);
    }
}
