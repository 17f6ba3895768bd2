//! What was not heard while the connection was lost.

use super::told;
use crate::model::{Entry, EntryKind, ToolState};
use crate::sync::turn::{Change, News, Source, Turns};
use std::sync::Arc;

fn hear(turns: &mut Turns, seq: u64, delta: &str, so_far: usize) -> Change {
    let news = News::Text { delta, so_far: Some(so_far), replace: false };
    turns.hear("r", Source::Chat, Some(seq), news, "")
}

fn texts(turns: &Turns) -> String {
    let text = |entry: &Arc<Entry>| match &entry.kind {
        EntryKind::Agent { text, .. } => Some(text.to_string()),
        _ => None,
    };
    turns.entries().iter().filter_map(text).collect()
}

#[test]
fn text_after_a_hole_waits_for_the_transcript_and_is_not_doubled_by_it() {
    let mut turns = Turns::default();
    assert_eq!(hear(&mut turns, 1, "one", 3), Change::Some);
    // " two" was not heard.
    assert_eq!(hear(&mut turns, 3, " three", 13), Change::Hole);
    assert_eq!(texts(&turns), "one");
    // The transcript's answer was made between the next two, and comes after them.
    assert_eq!(hear(&mut turns, 4, " four", 18), Change::Hole);
    turns.adopt("r", "one two three");
    assert_eq!(texts(&turns), "one two three");
    assert_eq!(hear(&mut turns, 5, " five", 23), Change::Hole);
    turns.adopt("r", "one two three four fi");
    assert_eq!(hear(&mut turns, 6, " five", 23), Change::Some, "only what is new of it");
    assert_eq!(texts(&turns), "one two three four five");
    assert_eq!(hear(&mut turns, 7, " five", 23), Change::None, "it is here already");
    // An answer that is older than what was heard since.
    turns.adopt("r", "one two");
    assert_eq!(texts(&turns), "one two three four five");
}

#[test]
fn a_gateway_that_counts_in_another_way_is_shown_all_the_same() {
    let mut turns = Turns::default();
    let mut shown = 0;
    for seq in 0..20 {
        let change = hear(&mut turns, seq + 1, "word ", 100 + 50 * usize::try_from(seq).unwrap());
        shown += usize::from(change == Change::Some);
    }
    assert!(shown >= 15, "{shown}");
    // A message of its own, counted from its beginning.
    assert_eq!(hear(&mut turns, 30, "another", 7), Change::Some);
    assert!(texts(&turns).ends_with("another"));
}

#[test]
fn a_tool_that_began_unheard_comes_back_and_what_was_heard_since_stays() {
    let mut turns = Turns::default();
    let start = || News::ToolStart { call: "c", name: "exec", input: "ls".into() };
    let output = |text| News::ToolOutput { call: "c", text };
    turns.hear("r", Source::Agent, Some(1), News::Model("fake/echo-1".into()), "");
    // Its beginning was not heard, its output is.
    turns.hear("r", Source::Agent, Some(9), output("one\ntwo"), "");
    for _ in 0..2 {
        turns.hear_again("r", Some(5), start(), "12:00");
        turns.hear_again("r", Some(7), output("one"), "12:00");
    }
    assert_eq!(
        turns.entries().iter().map(|entry| told(entry)).collect::<Vec<_>>(),
        ["r/c exec Running: ls -> one\ntwo"]
    );
    let end = |output| News::ToolEnd {
        call: "c",
        name: "exec",
        state: ToolState::Done,
        output: Some(output),
        exit: Some(0),
        millis: None,
    };
    turns.hear("r", Source::Agent, Some(12), end("one\ntwo\nthree"), "");
    turns.hear_again("r", Some(9), output("one\ntwo"), "");
    turns.hear_again("r", Some(11), end("old"), "");
    assert_eq!(
        turns.entries().iter().map(|entry| told(entry)).collect::<Vec<_>>(),
        ["r/c exec Done: ls -> one\ntwo\nthree"]
    );
    // What is over stays over.
    turns.hear("r", Source::Chat, Some(20), News::Final { text: None }, "");
    turns.hear_again(
        "r",
        Some(30),
        News::ToolStart { call: "d", name: "exec", input: "".into() },
        "",
    );
    assert_eq!(turns.entries().len(), 1);
    assert_eq!(turns.current(), None);
}
