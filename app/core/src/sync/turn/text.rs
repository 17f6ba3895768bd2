//! Entries and their texts: names, lengths, bounds.

use super::Piece;
use crate::model::{ChatDelivery, Entry, EntryKind, Media, Text, ToolCall, ToolState};
use crate::tr;
use std::sync::Arc;

/// The entry of a tool call: the same while it runs and in the transcript.
pub(crate) fn tool_entry(run: &str, call: &str) -> String {
    format!("{run}/{call}")
}

/// The entry of a message of the person's, by its idempotency key.
pub(crate) fn person_entry(key: &str) -> String {
    format!("user/{key}")
}

pub(crate) fn new_tool(call: &str, name: &str) -> ToolCall {
    ToolCall {
        id: call.to_owned(),
        name: name.to_owned(),
        summary: String::new(),
        state: ToolState::Running,
        input: Text::default(),
        output: Text::default(),
        cut: 0,
        link: None,
        took: String::new(),
        exit: None,
    }
}

/// A message of the person's.
pub(crate) fn person(
    id: String,
    when: String,
    text: Text,
    media: Vec<Media>,
    delivery: ChatDelivery,
) -> Entry {
    Entry { id, when, kind: EntryKind::Person { text, media, delivery, links: Vec::new() } }
}

pub(super) fn grow_to(piece: &mut Piece, whole: &str) {
    if let EntryKind::Agent { text, .. } = &mut Arc::make_mut(&mut piece.entry).kind {
        grow_text(text, whole);
    }
}

/// Makes a text this one; where it only has grown, the rest is added to it.
pub(super) fn grow_text(text: &mut Text, whole: &str) {
    let from = text.len();
    match whole.get(from..) {
        Some(rest) if text.with(|text| whole.starts_with(text)) => {
            if !rest.is_empty() {
                text.push(rest);
            }
        }
        _ => *text = whole.into(),
    }
}

/// The beginning of a text, cut where a character ends.
pub(crate) fn cut_to(text: &str, most: usize) -> &str {
    text.get(..text.floor_char_boundary(most)).unwrap_or(text)
}

/// What is kept of an output, and how many bytes are not.
pub(crate) fn cap_output(output: &str) -> (&str, u64) {
    let kept = cut_to(output, ToolCall::MOST_OUTPUT);
    (kept, u64::try_from(output.len() - kept.len()).unwrap_or(u64::MAX))
}

/// A length of time in words: "85 ms", "1.2 s", "2 min 5 s".
pub(crate) fn took(millis: u64) -> String {
    match millis {
        0..1000 => tr!("engine-took-milliseconds", count = millis),
        1000..60_000 => {
            let seconds = format!("{}.{}", millis / 1000, millis % 1000 / 100);
            tr!("engine-took-seconds", seconds = seconds)
        }
        _ => {
            tr!("engine-took-minutes", minutes = millis / 60_000, seconds = millis % 60_000 / 1000)
        }
    }
}
