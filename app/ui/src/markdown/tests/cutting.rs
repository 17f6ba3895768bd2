//! A text that comes in parts is what it is at once, and costs no more the longer it is.

use super::reading::any_text;
use super::*;
use crate::markdown::block::Block;
use proptest::prelude::*;

fn blocks(document: &Document) -> Vec<Block> {
    document.parts.iter().map(|p| p.block.clone()).collect()
}

/// Bytes that are parsed while a text comes in parts of 40 bytes: in the last tenth of it, and
/// in the second.
fn streamed(whole: &str) -> (u64, u64) {
    let mut text = Text::default();
    let mut document = Document::default();
    let (mut early, mut late) = (0, 0);
    let mut at = 0;
    while at < whole.len() {
        let end = whole.floor_char_boundary(at + 40).max(at + 1);
        text.push(&whole[at..end]);
        let before = document.work().parsed;
        document.follow(&text);
        let cost = document.work().parsed - before;
        match at * 10 / whole.len() {
            1 => early += cost,
            9 => late += cost,
            _ => {}
        }
        at = end;
    }
    assert_eq!(blocks(&document), blocks(&read(whole)));
    (early, late)
}

#[test]
fn the_end_of_a_long_message_costs_what_its_beginning_did() {
    let many = SAMPLE.repeat(400_000 / SAMPLE.len());
    let texts = [
        many,
        "word ".repeat(60_000),
        "x".repeat(300_000),
        format!("```rust\n{}", "let x = 1; // one\n".repeat(16_000)),
        format!("```\n{}", "y".repeat(300_000)),
        "- an item of a list\n".repeat(15_000),
        "> a line of a quote\n".repeat(15_000),
        format!("|a|b|\n|-|-|\n{}", "|one|two|\n".repeat(30_000)),
        "    indented\n\n".repeat(20_000),
    ];
    for text in texts {
        let (early, late) = streamed(&text);
        let name = &text[..20];
        assert!(late < early * 3 / 2, "{name:?}: {early} bytes were parsed, then {late}");
        // A part of 40 bytes never costs more than two of the longest pieces.
        let most = text.len() as u64 / 10 / 40 * 17_000;
        assert!(late < most, "{name:?}: {late} of {most}");
    }
}

#[test]
fn nothing_is_read_twice_when_nothing_is_new() {
    let mut text = Text::from(SAMPLE);
    let mut document = Document::default();
    assert!(document.follow(&text));
    let work = document.work();
    assert!(!document.follow(&text) && !document.follow(&Text::from(SAMPLE)));
    assert_eq!(document.work(), work);
    text.push("\n\nmore");
    assert!(document.follow(&text));
    assert!(document.work().parsed - work.parsed < 400);
    // Another text is read from its beginning.
    assert!(document.follow(&Text::from("other")));
    assert_eq!(document.text(), "other");
    assert!(document.follow(&Text::from("oth")));
    assert_eq!(document.text(), "oth");
}

#[test]
fn many_documents_are_forgotten_when_they_are_not_shown() {
    let mut cache = Cache::new(100_000);
    for n in 0..200 {
        cache.turn();
        cache.get(&n).read(&"some words ".repeat(200));
    }
    cache.turn();
    let (count, bytes) = cache.load();
    assert!(bytes <= 100_000 && count > 5 && count < 60, "{count} with {bytes} bytes");
    assert!(!cache.get(&199).is_empty() && cache.get(&0).is_empty());
}

proptest! {
    #[test]
    fn a_text_in_parts_is_the_text_at_once(
        text in any_text(),
        long in 0..3_usize,
        cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..12),
    ) {
        let text = text.repeat(1 + long * 120);
        let mut cuts: Vec<usize> =
            cuts.iter().map(|c| text.floor_char_boundary(c.index(text.len() + 1))).collect();
        cuts.push(text.len());
        cuts.sort_unstable();
        let mut growing = Text::default();
        let mut document = Document::default();
        let mut at = 0;
        for cut in cuts {
            growing.push(&text[at..cut]);
            document.follow(&growing);
            at = cut;
        }
        prop_assert_eq!(blocks(&document), blocks(&read(&text)));
    }
}
