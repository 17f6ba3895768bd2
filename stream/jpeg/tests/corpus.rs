//! Real desktop frames, odd ones and hostile ones.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    missing_docs
)]

use jpeg::{Canvas, Error, Limits, Path, read_header};
use proptest::prelude::*;
use std::path::PathBuf;

fn frames(below: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/frames").join(below);
    assert!(path.exists(), "the test frames are missing: {}", path.display());
    path
}

fn files(below: &str) -> Vec<(String, Vec<u8>)> {
    let mut all: Vec<_> = std::fs::read_dir(frames(below))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "jpg"))
        .map(|path| {
            (
                path.file_name().unwrap().to_string_lossy().into_owned(),
                std::fs::read(&path).unwrap(),
            )
        })
        .collect();
    all.sort();
    assert!(!all.is_empty());
    all
}

/// `zune-jpeg`'s picture, as the reference.
fn reference(jpeg: &[u8]) -> Vec<u8> {
    use zune_core::{bytestream::ZCursor, colorspace::ColorSpace, options::DecoderOptions};
    let options = DecoderOptions::default().jpeg_set_out_colorspace(ColorSpace::RGBA);
    zune_jpeg::JpegDecoder::new_with_options(ZCursor::new(jpeg), options).decode().unwrap()
}

fn mean_difference(a: &[u8], b: &[u8]) -> f64 {
    assert_eq!(a.len(), b.len());
    let sum: u64 = a.iter().zip(b).map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
    sum as f64 / a.len() as f64
}

#[test]
fn odd_files_have_the_expected_outcome() {
    let table = std::fs::read_to_string(frames("odd/expected.tsv")).unwrap();
    let mut seen = 0;
    for line in table.lines().skip(1) {
        let column: Vec<&str> = line.split('\t').collect();
        let (name, expected) = (column[0], column[1]);
        let bytes = std::fs::read(frames("odd").join(name)).unwrap();
        let mut canvas = Canvas::new(Limits::default());
        let result = canvas.whole(&bytes);
        seen += 1;
        match expected {
            // Refused with a typed error: PROTOCOL.md asks for one scan.
            _ if name == "ok-noninterleaved.jpg" => {
                assert!(matches!(result, Err(Error::Unsupported(_))), "{name}: {result:?}");
            }
            "refuse" => assert!(result.is_err(), "{name} was taken"),
            "decode" => {
                result.unwrap_or_else(|e| panic!("{name}: {e}"));
                let planes = canvas.planes().unwrap();
                let size: Vec<u32> = column[2..4].iter().map(|n| n.parse().unwrap()).collect();
                assert_eq!([planes.width, planes.height], size[..], "{name}");
                let rgba = canvas.to_rgba().unwrap();
                for (channel, want) in column[4].split(',').enumerate() {
                    let sum: u64 =
                        rgba.iter().skip(channel).step_by(4).map(|&v| u64::from(v)).sum();
                    let mean = sum as f64 / (rgba.len() / 4) as f64;
                    assert!(
                        (mean - want.parse::<f64>().unwrap()).abs() <= 3.0,
                        "{name}: {mean} {want}"
                    );
                }
            }
            _ => {}
        }
    }
    assert!(seen > 40, "only {seen} files");
}

#[test]
fn the_bombs_are_refused_by_size() {
    for name in ["bad-bomb-65500.jpg", "bad-bomb-16000.jpg"] {
        let bytes = std::fs::read(frames("odd").join(name)).unwrap();
        let error = read_header(&bytes, &Limits::default()).unwrap_err();
        assert!(matches!(error, Error::TooLarge { .. }), "{name}: {error}");
    }
    let long = vec![0xff; Limits::default().max_bytes + 1];
    assert!(matches!(Canvas::new(Limits::default()).whole(&long), Err(Error::TooLarge { .. })));
}

#[test]
fn thousands_of_scans_are_refused_before_they_are_decoded() {
    let mut bytes = std::fs::read(frames("odd/ok-progressive.jpg")).unwrap();
    let at = bytes.windows(2).rposition(|pair| pair == [0xff, 0xda]).unwrap();
    let scan = [0xff, 0xda, 0, 8, 1, 1, 0, 1, 5, 0, 0x2a];
    bytes.splice(at..at, scan.repeat(3000));
    let error = Canvas::new(Limits::default()).whole(&bytes).unwrap_err();
    assert!(matches!(error, Error::Unsupported(_)), "{error}");
}

#[test]
fn desktop_frames_take_the_baseline_path_and_match_the_other_decoder() {
    for (name, bytes) in files("still") {
        let mut canvas = Canvas::new(Limits::default());
        assert_eq!(canvas.whole(&bytes).unwrap().path, Path::Baseline, "{name}");
        // Chroma is repeated here and interpolated there: edges of colour differ, the mean hardly.
        let difference = mean_difference(&canvas.to_rgba().unwrap(), &reference(&bytes));
        assert!(difference < 1.5, "{name}: {difference}");
    }
}

#[test]
fn a_sequence_gives_the_same_planes_as_single_pictures_and_small_changes_are_small() {
    for (sequence, small) in
        [("seq/720p-desktop-q75-420-dri", true), ("seq/720p-video-q75-420", false)]
    {
        let mut canvas = Canvas::new(Limits::default());
        let mut changed = Vec::new();
        for (name, bytes) in files(sequence) {
            let before = canvas.planes().cloned();
            let change = canvas.whole(&bytes).unwrap();
            let mut alone = Canvas::new(Limits::default());
            alone.whole(&bytes).unwrap();
            assert_eq!(canvas.planes(), alone.planes(), "{name}");
            if let Some(mut before) = before {
                // Copying the dirty rectangles over the picture before gives the picture after.
                let after = canvas.planes().unwrap();
                for r in &change.dirty {
                    for (to, from, down) in [
                        (&mut before.y, &after.y, 1),
                        (&mut before.cb, &after.cb, 2),
                        (&mut before.cr, &after.cr, 2),
                    ] {
                        let (left, right) =
                            ((r.x / down) as usize, ((r.x + r.width) / down) as usize);
                        for y in r.y / down..(r.y + r.height) / down {
                            let at = y as usize * to.stride;
                            to.data[at + left..at + right]
                                .copy_from_slice(&from.row(y)[left..right]);
                        }
                    }
                }
                assert_eq!(&before, after, "{name}");
                let area: u32 = change.dirty.iter().map(|r| r.width * r.height).sum();
                changed.push(f64::from(area) / f64::from(after.width * after.height));
            }
            assert_eq!(canvas.whole(&bytes).unwrap().path, Path::Identical);
        }
        changed.sort_by(f64::total_cmp);
        assert!(!small || changed[changed.len() / 2] < 0.7, "{changed:?}");
    }
}

#[test]
fn tiles_over_a_key_frame_come_close_to_decoding_them_alone() {
    let folder = frames("tiles/720p-typing-q75");
    let manifest = std::fs::read_to_string(folder.join("manifest.json")).unwrap();
    let mut canvas = Canvas::new(Limits::default());
    canvas.whole(&std::fs::read(folder.join("key.jpg")).unwrap()).unwrap();
    let size = canvas.planes().map(|p| (p.width, p.height)).unwrap();
    let number = |text: &str, key: &str| -> u32 {
        let at = text.find(&format!("\"{key}\"")).unwrap();
        let digits: String = text[at + key.len() + 2..]
            .chars()
            .skip_while(|c| !c.is_ascii_digit())
            .take_while(char::is_ascii_digit)
            .collect();
        digits.parse().unwrap()
    };
    let mut seen = 0;
    for entry in manifest.split('{').filter(|e| e.contains("\"file\"")) {
        let file = entry.split("\"file\"").nth(1).unwrap().split('"').nth(1).unwrap();
        let bytes = std::fs::read(folder.join(file)).unwrap();
        let (x, y) = (number(entry, "x"), number(entry, "y"));
        let change = canvas.tile(size, x, y, &bytes).unwrap();
        assert!(!change.reshaped, "{file}");
        let header = read_header(&bytes, &Limits::default()).unwrap();
        let whole = canvas.to_rgba().unwrap();
        let mut part = Vec::new();
        for row in y..y + header.height {
            let at = ((row * size.0 + x) * 4) as usize;
            part.extend_from_slice(&whole[at..at + header.width as usize * 4]);
        }
        assert!(mean_difference(&part, &reference(&bytes)) < 4.0, "{file}");
        seen += 1;
    }
    assert!(seen > 20, "only {seen} tiles");
}

#[test]
fn a_bad_picture_leaves_the_last_one_bit_for_bit() {
    let good = std::fs::read(frames("still/1080p-desktop-q75-420.jpg")).unwrap();
    let mut canvas = Canvas::new(Limits::default());
    canvas.whole(&good).unwrap();
    let before = canvas.planes().cloned();
    for (name, bytes) in files("odd") {
        if canvas.whole(&bytes).is_err() {
            assert_eq!(canvas.planes(), before.as_ref(), "{name}");
        } else {
            canvas.whole(&good).unwrap();
        }
    }
    assert_eq!(canvas.tile((1920, 1080), 0, 0, &good[..good.len() / 2]), Err(Error::Truncated));
    assert_eq!(canvas.tile((1920, 1080), 1, 0, &good), Err(Error::OutsideDesktop));
    assert_eq!(canvas.tile((4000, 4000), 0, 0, &good), Err(Error::NoPicture));
    assert_eq!(canvas.planes(), before.as_ref());
}

#[test]
fn a_tile_at_an_odd_place_changes_its_own_pixels_only() {
    let key = std::fs::read(frames("still/1080p-desktop-q75-420.jpg")).unwrap();
    let tile = std::fs::read(frames("odd/ok-17x33.jpg")).unwrap();
    let mut canvas = Canvas::new(Limits::default());
    canvas.whole(&key).unwrap();
    let before = canvas.to_rgba().unwrap();
    let change = canvas.tile((1920, 1080), 101, 203, &tile).unwrap();
    assert!(change.reshaped, "odd places need a chroma sample for each pixel");
    let after = canvas.to_rgba().unwrap();
    for (n, (a, b)) in before.chunks(4).zip(after.chunks(4)).enumerate() {
        let (x, y) = (n % 1920, n / 1920);
        if !((101..118).contains(&x) && (203..236).contains(&y)) {
            assert_eq!(a, b, "{x} {y}");
        }
    }
    assert!(!canvas.tile((1920, 1080), 7, 9, &tile).unwrap().reshaped);
    assert!(canvas.whole(&key).unwrap().reshaped);
    assert_eq!(canvas.to_rgba().unwrap(), before);
}

#[test]
fn rectangles_can_fill_a_blank_canvas() {
    let tile = std::fs::read(frames("odd/ok-8x8-444.jpg")).unwrap();
    let mut canvas = Canvas::new(Limits::default());
    assert!(canvas.blank(16, 8).unwrap().reshaped);
    canvas.tile((16, 8), 0, 0, &tile).unwrap();
    canvas.tile((16, 8), 8, 0, &tile).unwrap();
    let rgba = canvas.to_rgba().unwrap();
    assert!(rgba.chunks(4).all(|p| p[0] > 100), "all of it is painted");
    assert!(canvas.blank(0, 5).is_err() && canvas.blank(9000, 5).is_err());
}

fn small() -> Vec<Vec<u8>> {
    [
        "ok-dri-row.jpg",
        "ok-422.jpg",
        "ok-progressive.jpg",
        "ok-17x33.jpg",
        "ok-gray.jpg",
        "ok-cmyk.jpg",
    ]
    .map(|name| std::fs::read(frames("odd").join(name)).unwrap())
    .into()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn damaged_files_never_panic(
        which in any::<prop::sample::Index>(),
        cut in any::<prop::sample::Index>(),
        flips in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..12),
    ) {
        let mut bytes = which.get(&small()).clone();
        for (at, value) in flips {
            let at = at.index(bytes.len());
            bytes[at] = value;
        }
        bytes.truncate(cut.index(bytes.len() * 2));
        let limits = Limits { max_width: 2000, max_height: 2000, max_pixels: 1_000_000, max_bytes: 1 << 20 };
        let mut canvas = Canvas::new(limits);
        if canvas.whole(&bytes).is_ok() {
            let planes = canvas.planes().unwrap();
            prop_assert!(u64::from(planes.width) * u64::from(planes.height) <= limits.max_pixels);
        }
        let _ = canvas.tile((320, 256), 16, 16, &bytes);
    }

    #[test]
    fn random_bytes_behind_a_start_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        let _ = Canvas::new(Limits::default()).whole(&[&[0xff, 0xd8, 0xff][..], &bytes].concat());
    }
}
