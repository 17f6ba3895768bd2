//! Prints our decoder beside `zune-jpeg` on the same frames: `cargo bench -p jpeg`.
//!
//! Thread CPU time, median of the rounds, milliseconds a frame.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    unsafe_code
)]

use jpeg::{Canvas, Limits};
use std::path::PathBuf;
use zune_core::{bytestream::ZCursor, colorspace::ColorSpace, options::DecoderOptions};

const ROUNDS: usize = 15;

/// CPU time of this thread in seconds. The call has no safe wrapper in the standard library.
fn cpu() -> f64 {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: the pointer is to a local of the right type.
    unsafe { libc::clock_gettime(libc::CLOCK_THREAD_CPUTIME_ID, &raw mut time) };
    time.tv_sec as f64 + time.tv_nsec as f64 * 1e-9
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2] * 1000.0
}

fn load(below: &str) -> Vec<Vec<u8>> {
    let folder =
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/frames").join(below);
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    paths.sort();
    paths.retain(|p| p.extension().is_some_and(|e| e == "jpg"));
    paths.iter().map(|p| std::fs::read(p).unwrap()).collect()
}

fn zune(jpeg: &[u8], out: &mut Vec<u8>) {
    let options =
        DecoderOptions::default().set_strict_mode(true).jpeg_set_out_colorspace(ColorSpace::RGBA);
    let mut decoder = zune_jpeg::JpegDecoder::new_with_options(ZCursor::new(jpeg), options);
    decoder.decode_headers().unwrap();
    out.resize(decoder.output_buffer_size().unwrap(), 0);
    decoder.decode_into(out).unwrap();
}

fn main() {
    println!("{:34} {:>8} {:>8} {:>10}", "frames", "ours ms", "zune ms", "zune/ours");
    let stills = load("still");
    let sets = [
        ("stills (1080p and 2160p)", stills),
        ("720p desktop sequence", load("seq/720p-desktop-q75-420-dri")),
        ("720p video sequence", load("seq/720p-video-q75-420")),
        ("720p typing sequence", load("seq/720p-typing-q75-420")),
    ];
    for (name, frames) in sets {
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        let mut canvas = Canvas::new(Limits::default());
        let mut rgba = Vec::new();
        for _ in 0..ROUNDS {
            for frame in &frames {
                let begin = cpu();
                canvas.whole(frame).unwrap();
                let middle = cpu();
                zune(frame, &mut rgba);
                ours.push(middle - begin);
                theirs.push(cpu() - middle);
            }
        }
        let (ours, theirs) = (median(ours), median(theirs));
        println!("{name:34} {ours:8.2} {theirs:8.2} {:10.2}", theirs / ours);
    }
}
