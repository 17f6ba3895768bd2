//! Recordings of a real gateway, for tests.

use serde_json::Value;
use std::path::Path;

/// A line of a recording: who sent it, and what. Notes, pings and frames that are no JSON are
/// left out.
pub(crate) fn frames(name: &str) -> Vec<(String, Value)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../shared/peers/openclaw/transcripts")
        .join(format!("{name}.jsonl"));
    let text = std::fs::read_to_string(&folder)
        .unwrap_or_else(|error| panic!("the recording {name} is missing: {error}"));
    let line = |line: &str| {
        let mut line: Value = serde_json::from_str(line).unwrap();
        let from = line["from"].as_str()?.to_owned();
        let frame = line["frame"].take();
        frame.is_object().then_some((from, frame))
    };
    let frames: Vec<_> = text.lines().filter_map(line).collect();
    assert!(!frames.is_empty());
    frames
}
