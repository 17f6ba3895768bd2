//! What a part of a streamed message costs: at its beginning, at its end, and read the naive way.
//!
//! `cargo bench -p multiclaw-ui --bench markdown` streams messages of a megabyte in parts of 40
//! bytes, what a model says in about 75 ms, and prints microseconds for a part: reading it, and
//! laying out what is seen of it in a view of 800 points at its end.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    missing_docs
)]

use egui::{RawInput, pos2, vec2};
use multiclaw_core::model::Text;
use multiclaw_ui::markdown::{Document, Seen, Style};
use std::time::Instant;

/// Bytes of a message.
const LENGTH: usize = 1_000_000;
/// Bytes of a part of it.
const PART: usize = 40;
/// Parts that are measured at each end.
const PARTS: usize = 400;

/// Microseconds for reading a part, and for laying out after it.
fn part(ctx: &egui::Context, document: &mut Document, text: &Text) -> (f64, f64) {
    let before = Instant::now();
    document.follow(text);
    let read = before.elapsed().as_secs_f64() * 1e6;
    let mut laid = 0.0;
    let screen_rect = Some(egui::Rect::from_min_size(pos2(0.0, 0.0), vec2(800.0, 800.0)));
    let input = RawInput { screen_rect, ..RawInput::default() };
    let mut output = ctx.run_ui(input, |ui| {
        let before = Instant::now();
        document.measure(ui, &Style::new(720.0), &Seen::FromBottom(800.0));
        laid += before.elapsed().as_secs_f64() * 1e6;
    });
    output.textures_delta.clear();
    (read, laid)
}

fn median(mut all: Vec<f64>) -> f64 {
    all.sort_by(f64::total_cmp);
    all[all.len() / 2]
}

fn stream(name: &str, whole: &str) {
    let ctx = egui::Context::default();
    let mut document = Document::default();
    let mut text = Text::default();
    let (mut early, mut late) = ((Vec::new(), Vec::new()), (Vec::new(), Vec::new()));
    let total = whole.len() / PART;
    for n in 0..total {
        let (from, to) = (n * PART, (n + 1) * PART);
        text.push(&whole[from..to]);
        // The first pieces fill the view.
        let place = if (PARTS..2 * PARTS).contains(&n) {
            &mut early
        } else if n >= total - PARTS {
            &mut late
        } else {
            if n < PARTS {
                part(&ctx, &mut document, &text);
            } else {
                document.follow(&text);
            }
            continue;
        };
        let (read, laid) = part(&ctx, &mut document, &text);
        place.0.push(read);
        place.1.push(laid);
    }
    let mut naive = Vec::new();
    for _ in 0..5 {
        let before = Instant::now();
        let mut document = Document::default();
        document.read(whole);
        naive.push(before.elapsed().as_secs_f64() * 1e6);
        std::hint::black_box(&document);
    }
    let naive = median(naive);
    let (early, late) = ((median(early.0), median(early.1)), (median(late.0), median(late.1)));
    println!(
        "{name:<22} read {:>7.1} {:>7.1} ({:>4.2})   laid out {:>7.1} {:>7.1} ({:>4.2})   all again {:>9.1} ({:.0} times)",
        early.0,
        late.0,
        late.0 / early.0,
        early.1,
        late.1,
        late.1 / early.1,
        naive,
        naive / late.0,
    );
}

fn main() {
    println!("microseconds for a part of {PART} bytes: at the beginning, at the end (ratio)");
    let mixed = "## A heading\n\nA paragraph with **strong** words, `code` and a [link](https://example.com/x).\n\n\
        - an item\n- another\n\n```rust\nfn main() { println!(\"{}\", 1); }\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n";
    stream("a usual message", &mixed.repeat(LENGTH / mixed.len()));
    stream("one paragraph", &"some words of a text ".repeat(LENGTH / 21));
    stream("one line of letters", &"x".repeat(LENGTH));
    let line = "let value = compute(1); // a comment\n";
    stream("one block of code", &format!("```rust\n{}", line.repeat(LENGTH / line.len())));
    stream("one list", &"- an item of a long list\n".repeat(LENGTH / 25));
}
