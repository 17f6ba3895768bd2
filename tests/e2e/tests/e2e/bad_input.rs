//! Hostile and broken pictures through the whole decode path: nothing panics, the last good
//! picture stays, and the next good one shows.

use bytes::Bytes;
use jpeg::{Change, Limits, Planes};
use parking_lot::Mutex;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use stream::pipeline::{Pipeline, Report, Screen, ScreenError};
use stream::protocol::frame::{Rectangle, Tile, split};
use stream::reassembly::Reassembler;

#[derive(Clone, Default)]
struct Shown(Arc<Mutex<Option<Planes>>>);

impl Screen for Shown {
    fn show(&mut self, planes: &Planes, _: &Change) -> Result<(), ScreenError> {
        *self.0.lock() = Some(planes.clone());
        Ok(())
    }
}

fn frames() -> std::path::PathBuf {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/frames");
    assert!(path.exists(), "the test frames are missing: {}", path.display());
    path
}

async fn report(reports: &mut tokio::sync::mpsc::Receiver<Report>) -> Report {
    tokio::time::timeout(Duration::from_secs(20), reports.recv()).await.expect("no report").unwrap()
}

#[tokio::test]
async fn every_odd_file_is_counted_or_shown_and_never_harms() {
    let good = std::fs::read(frames().join("still/1080p-desktop-q75-420.jpg")).unwrap();
    let shown = Shown::default();
    let mut pipeline =
        Pipeline::start(Box::new(shown.clone()), Limits::default(), Arc::new(|| {})).unwrap();
    let (slot, mut reports) = (pipeline.slot(), pipeline.take_reports().unwrap());
    let mut reassembler = Reassembler::default();
    let mut put = |jpeg: &[u8]| {
        // Framed, so that files that do not even start as a JPEG come as far as the decoder.
        let rectangle = Rectangle { x: 0, y: 0, width: 1920, height: 1080 };
        for message in split(1, 0, (1920, 1080), &[Tile { rectangle, jpeg }]) {
            if let Some(update) = reassembler.push(&Bytes::from(message)).unwrap() {
                slot.put(update, Instant::now());
            }
        }
    };
    put(&good);
    assert!(matches!(report(&mut reports).await, Report::Shown { .. }));
    let before = shown.0.lock().clone();
    let mut bad = 0;
    for entry in std::fs::read_dir(frames().join("odd")).unwrap() {
        let path = entry.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        if bytes.is_empty() || path.extension().is_none_or(|e| e != "jpg") {
            continue;
        }
        put(&bytes);
        // None of them is 1920 by 1080, so each is refused.
        assert!(matches!(report(&mut reports).await, Report::Bad(_)), "{}", path.display());
        assert_eq!(*shown.0.lock(), before, "{}", path.display());
        bad += 1;
    }
    assert!(bad > 40);
    put(&good[..good.len() / 2]);
    assert!(matches!(report(&mut reports).await, Report::Bad(_)));
    assert_eq!(*shown.0.lock(), before);
    let other = std::fs::read(frames().join("still/1080p-video-q75-420.jpg")).unwrap();
    put(&other);
    assert!(matches!(report(&mut reports).await, Report::Shown { .. }));
    assert_ne!(*shown.0.lock(), before);
}
