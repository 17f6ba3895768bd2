//! What must be known of a thumbnail: that it is a JPEG, and how wide.

/// Width of a JPEG in pixels, from its frame header (ITU-T T.81, B.2.2).
pub(crate) fn width(jpeg: &[u8]) -> Option<u16> {
    let two = |at: usize| {
        let bytes = jpeg.get(at..at.checked_add(2)?)?;
        Some(u16::from_be_bytes(bytes.try_into().ok()?))
    };
    if two(0)? != 0xFFD8 {
        return None;
    }
    let mut at = 2;
    loop {
        let marker = two(at)?;
        match marker {
            // Fill bytes may stand before a marker.
            0xFFFF => at += 1,
            0xFFC4 | 0xFFC8 | 0xFFCC => at += 2 + usize::from(two(at + 2)?),
            0xFFC0..=0xFFCF => return two(at + 7).filter(|width| *width > 0),
            // The picture's data, or its end, before a frame header; or no marker at all.
            0xFFD9 | 0xFFDA => return None,
            0xFF01..=0xFFFE => at += 2 + usize::from(two(at + 2)?),
            _ => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_width_is_that_of_the_frame_and_of_nothing_before_it() {
        let mut jpeg = vec![0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 9, 9, 0xFF, 0xFF, 0xC0, 0, 11, 8];
        jpeg.extend([0, 200, 1, 64, 1, 1, 0x11, 0]);
        assert_eq!(width(&jpeg), Some(320));
        for end in 0..jpeg.len() - 4 {
            assert_eq!(width(&jpeg[..end]), None, "cut at {end}");
        }
        for junk in [&b""[..], b"\xFF\xD8", b"GIF89a", b"\xFF\xD8\xFF\xDA", b"\xFF\xD8hello"] {
            assert_eq!(width(junk), None);
        }
        assert_eq!(
            width(&[0xFF, 0xD8].iter().chain(&[0xFF; 999]).copied().collect::<Vec<_>>()),
            None
        );
    }
}
