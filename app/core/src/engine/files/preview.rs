//! Pictures in small, decoded row by row where the format allows it. What comes in may be hostile.

use super::kind::{PictureKind, picture};
use crate::model::Image;
use std::io::Cursor;

/// Longest side of a preview, in pixels.
const SIDE: u32 = 512;
/// Most pixels of a picture that is decoded; a larger one is sent without a preview.
const PIXELS: u64 = 64_000_000;
/// Most bytes that a PNG decoder may hold beside the rows.
const PNG_BYTES: usize = 64 * 1024 * 1024;
/// Most pixels of an interlaced PNG: it has to be held whole.
const INTERLACED: u64 = 16_000_000;

/// The picture in small, at most 512 pixels wide and high; `None` for what does not decode, is
/// too large, or is not a PNG or a JPEG. Blocks for as long as decoding takes.
pub(super) fn preview(bytes: &[u8]) -> Option<Image> {
    match picture(bytes)? {
        PictureKind::Png => png(bytes),
        PictureKind::Jpeg => jpeg(bytes),
        PictureKind::Gif | PictureKind::Webp => None,
    }
}

/// Pixels of a large picture, averaged to those of a small one. Colours count by their alpha.
struct Shrink {
    from: (u32, u32),
    to: (u32, u32),
    /// Where in the small picture each column of the large one goes.
    columns: Vec<u32>,
    /// Sums of r·a, g·a, b·a, a, and how many there are.
    sums: Vec<[u64; 5]>,
}

impl Shrink {
    fn new(width: u32, height: u32) -> Option<Self> {
        if width == 0 || height == 0 || u64::from(width) * u64::from(height) > PIXELS {
            return None;
        }
        let longest = width.max(height).max(SIDE);
        let side = |n: u32| {
            let small = u64::from(n) * u64::from(SIDE) / u64::from(longest);
            u32::try_from(small).unwrap_or(SIDE).clamp(1, SIDE)
        };
        let to =
            if width.max(height) <= SIDE { (width, height) } else { (side(width), side(height)) };
        let columns = (0..width).map(|x| scaled(x, to.0, width)).collect();
        let sums = vec![[0; 5]; to.0 as usize * to.1 as usize];
        Some(Self { from: (width, height), to, columns, sums })
    }

    /// Adds row `y` of the large picture.
    fn row(&mut self, y: u32, pixels: impl Iterator<Item = [u8; 4]>) {
        let start = scaled(y, self.to.1, self.from.1) as usize * self.to.0 as usize;
        let Some(sums) = self.sums.get_mut(start..start + self.to.0 as usize) else { return };
        for (&column, pixel) in self.columns.iter().zip(pixels) {
            let Some([r, g, b, a, count]) = sums.get_mut(column as usize) else { return };
            let [red, green, blue, alpha] = pixel.map(u64::from);
            *r += red * alpha;
            *g += green * alpha;
            *b += blue * alpha;
            *a += alpha;
            *count += 1;
        }
    }

    fn finish(self) -> Option<Image> {
        let byte = |n: u64| u8::try_from(n).unwrap_or(u8::MAX);
        let rgba = self.sums.iter().flat_map(|&[r, g, b, a, count]| {
            let weight = a.max(1);
            let colour = [r, g, b].map(|sum| byte((sum + weight / 2) / weight));
            let [r, g, b] = colour;
            [r, g, b, byte(a / count.max(1))]
        });
        Some(Image {
            rgba: rgba.collect(),
            width: u16::try_from(self.to.0).ok()?,
            height: u16::try_from(self.to.1).ok()?,
        })
    }
}

fn scaled(at: u32, to: u32, from: u32) -> u32 {
    let scaled = u64::from(at) * u64::from(to) / u64::from(from.max(1));
    u32::try_from(scaled).unwrap_or(u32::MAX)
}

fn png(bytes: &[u8]) -> Option<Image> {
    let limits = png::Limits { bytes: PNG_BYTES };
    let mut decoder = png::Decoder::new_with_limits(Cursor::new(bytes), limits);
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    decoder.set_ignore_text_chunk(true);
    decoder.set_ignore_iccp_chunk(true);
    let mut reader = decoder.read_info().ok()?;
    let (width, height) = reader.info().size();
    let interlaced = reader.info().interlaced;
    if interlaced && u64::from(width) * u64::from(height) > INTERLACED {
        return None;
    }
    let mut shrink = Shrink::new(width, height)?;
    let (colour, _) = reader.output_color_type();
    if interlaced {
        let mut buffer = vec![0; reader.output_buffer_size()?];
        let frame = reader.next_frame(&mut buffer).ok()?;
        for (y, row) in (0..height).zip(buffer.chunks_exact(frame.line_size.max(1))) {
            add_row(&mut shrink, y, row, colour);
        }
    } else {
        for y in 0..height {
            let Some(row) = reader.next_row().ok()? else { break };
            add_row(&mut shrink, y, row.data(), colour);
        }
    }
    shrink.finish()
}

fn add_row(shrink: &mut Shrink, y: u32, row: &[u8], colour: png::ColorType) {
    match colour {
        png::ColorType::Rgba => shrink.row(y, row.as_chunks::<4>().0.iter().copied()),
        png::ColorType::Rgb => {
            shrink.row(y, row.as_chunks::<3>().0.iter().map(|&[r, g, b]| [r, g, b, 255]));
        }
        png::ColorType::Grayscale => shrink.row(y, row.iter().map(|&v| [v, v, v, 255])),
        png::ColorType::GrayscaleAlpha => {
            shrink.row(y, row.as_chunks::<2>().0.iter().map(|&[v, a]| [v, v, v, a]));
        }
        // Expanded by the decoder.
        png::ColorType::Indexed => {}
    }
}

fn jpeg(bytes: &[u8]) -> Option<Image> {
    let limits = jpeg::Limits {
        max_width: 65_535,
        max_height: 65_535,
        max_pixels: PIXELS,
        max_bytes: bytes.len(),
    };
    let mut canvas = jpeg::Canvas::new(limits);
    canvas.whole(bytes).ok()?;
    let planes = canvas.planes()?;
    let mut shrink = Shrink::new(planes.width, planes.height)?;
    for y in 0..planes.height {
        shrink.row(y, planes.rgb_row(y).map(|[r, g, b]| [r, g, b, 255]));
    }
    shrink.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn encode(width: u32, height: u32, colour: png::ColorType, pixels: &[u8]) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, width, height);
        encoder.set_color(colour);
        encoder.write_header().unwrap().write_image_data(pixels).unwrap();
        bytes
    }

    #[test]
    fn a_large_picture_becomes_small_and_a_small_one_stays() {
        let half: Vec<u8> =
            (0..1024 * 600).flat_map(|n| [if n % 1024 < 512 { 200 } else { 0 }; 3]).collect();
        let image = preview(&encode(1024, 600, png::ColorType::Rgb, &half)).unwrap();
        assert_eq!((image.width, image.height), (512, 300));
        assert_eq!(&image.rgba[..4], [200, 200, 200, 255]);
        assert_eq!(&image.rgba[511 * 4..512 * 4], [0, 0, 0, 255]);
        let small =
            preview(&encode(2, 1, png::ColorType::Rgba, &[1, 2, 3, 4, 9, 9, 9, 0])).unwrap();
        assert_eq!((small.width, small.height), (2, 1));
        assert_eq!(small.rgba[..4], [1, 2, 3, 4]);
        let line = preview(&encode(1, 5000, png::ColorType::Grayscale, &[7; 5000])).unwrap();
        assert_eq!((line.width, line.height), (1, 512));
        assert_eq!(line.rgba[..4], [7, 7, 7, 255]);
    }

    #[test]
    fn a_jpeg_becomes_small() {
        let pixels = [90, 120, 30].repeat(700 * 300);
        let mut bytes = Vec::new();
        jpeg_encoder::Encoder::new(&mut bytes, 95)
            .encode(&pixels, 700, 300, jpeg_encoder::ColorType::Rgb)
            .unwrap();
        let image = preview(&bytes).unwrap();
        assert_eq!((image.width, image.height), (512, 219));
        for (&have, want) in image.rgba.iter().zip([90_u8, 120, 30, 255]) {
            assert!(have.abs_diff(want) < 4, "{have} {want}");
        }
        assert_eq!(preview(&bytes[..bytes.len() / 2]).map(|i| i.width).unwrap_or(512), 512);
        assert_eq!(preview(b"GIF89a"), None);
    }

    /// 60000 by 60000 pixels in a few bytes: refused by its header.
    #[test]
    fn a_bomb_is_not_unpacked() {
        let mut bomb = encode(1, 1, png::ColorType::Grayscale, &[0]);
        bomb[16..20].copy_from_slice(&60_000_u32.to_be_bytes());
        bomb[20..24].copy_from_slice(&60_000_u32.to_be_bytes());
        assert_eq!(preview(&bomb), None);
    }

    proptest! {
        #[test]
        fn any_bytes_are_survived(
            kind in 0_usize..3,
            bytes in prop::collection::vec(any::<u8>(), 0..400)
        ) {
            let head: &[u8] = [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".as_slice(), b"\xff\xd8\xff", b""][kind];
            preview(&[head, &bytes].concat());
        }

        /// A good picture with a few bytes changed.
        #[test]
        fn damaged_pictures_are_survived(
            jpeg in any::<bool>(),
            faults in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
            cut in any::<prop::sample::Index>(),
        ) {
            let pixels: Vec<u8> = (0..40 * 30 * 3).map(|n| u8::try_from(n % 251).unwrap()).collect();
            let mut bytes = Vec::new();
            if jpeg {
                jpeg_encoder::Encoder::new(&mut bytes, 80)
                    .encode(&pixels, 40, 30, jpeg_encoder::ColorType::Rgb)
                    .unwrap();
            } else {
                bytes = encode(40, 30, png::ColorType::Rgb, &pixels);
            }
            let whole = bytes.len();
            for (at, byte) in faults {
                bytes[at.index(whole)] = byte;
            }
            bytes.truncate(whole / 2 + cut.index(whole / 2 + 1));
            if let Some(image) = preview(&bytes) {
                prop_assert_eq!(image.rgba.len(), usize::from(image.width) * usize::from(image.height) * 4);
            }
        }
    }
}
