//! Tests.

mod cutting;
mod looks;
mod reading;

use super::*;
use multiclaw_core::model::Text;

/// A sample with everything in it.
pub(super) const SAMPLE: &str = include_str!("sample.md");

/// All of a text read at once.
pub(super) fn read(text: &str) -> Document {
    let mut document = Document::default();
    document.read(text);
    document
}
