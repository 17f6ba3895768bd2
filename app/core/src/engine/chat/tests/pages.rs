//! Pages of history, and running turns among them.

use super::{row, rows_of};
use crate::model::{Entry, EntryKind, ToolState};
use crate::sync::transcript::{Page, Transcript};
use crate::sync::turn::{News, Source, Turns};

#[test]
fn pages_join_and_the_far_end_is_let_go() {
    let mut turns = Turns::default();
    let mut transcript = Transcript::bounded(150, usize::MAX);
    transcript.newest(rows_of(901..1001), &mut turns, &[]);
    assert!(transcript.older() && !transcript.newer());
    assert_eq!(transcript.offset(), 100);
    // Overlapping pages join without doubles.
    transcript.older_page(&rows_of(851..911));
    assert_eq!(transcript.entries().len(), 150);
    assert_eq!(transcript.offset(), 150);
    transcript.older_page(&rows_of(801..851));
    assert_eq!(transcript.entries().len(), 150);
    assert!(transcript.newer(), "the newest went");
    let ids: Vec<String> = transcript.entries().iter().map(|e| e.id.clone()).collect();
    assert_eq!((ids.first().unwrap().as_str(), ids.last().unwrap().as_str()), ("m801", "m950/0"));
    // The newest take the place of all.
    transcript.newest(rows_of(961..1001), &mut turns, &[]);
    assert_eq!(transcript.entries().len(), 40);
    assert!(transcript.older() && !transcript.newer());
    // A page after a gap does not pretend to join.
    let mut page = rows_of(1..1);
    page.rows = rows_of(1100..1110).rows;
    page.older = true;
    transcript.newest(page, &mut turns, &[]);
    assert_eq!(transcript.entries().len(), 10);
    assert!(transcript.older());
}

#[test]
fn an_entry_that_grows_makes_the_far_end_go() {
    for (grown, first, last) in [("m901", "m901", "m903"), ("m910/0", "m908/0", "m910/0")] {
        let mut transcript = Transcript::bounded(100, 10_000);
        transcript.newest(rows_of(901..911), &mut Turns::default(), &[]);
        let mut entry = (**transcript.recent(20).find(|e| e.id == grown).unwrap()).clone();
        let (EntryKind::Person { text, .. } | EntryKind::Agent { text, .. }) = &mut entry.kind
        else {
            panic!("{entry:?}")
        };
        let small = size_of::<Entry>() + 40;
        *text = "x".repeat(10_000 - 3 * small).into();
        transcript.replace(entry);
        let entries = transcript.entries();
        let end = |e: Option<&std::sync::Arc<Entry>>| e.unwrap().id.clone();
        assert_eq!((end(entries.first()).as_str(), end(entries.last()).as_str()), (first, last));
        assert_eq!(transcript.newer(), grown == "m901");
    }
}

#[test]
fn a_result_whose_call_is_on_an_older_page_goes_into_it() {
    use crate::sync::reading::{By, Part, Row};
    let call = Row {
        id: "a".into(),
        seq: Some(1),
        by: By::Agent,
        run: "r".into(),
        parts: vec![Part::Call { id: "c".into(), name: "exec".into(), input: "ls".into() }],
        ..Row::default()
    };
    let result = Row {
        id: "b".into(),
        seq: Some(2),
        by: By::Tool,
        run: "r".into(),
        call: "c".into(),
        parts: vec![Part::Text("file\n\n(Command exited with code 3)".into())],
        ..Row::default()
    };
    let page = |rows, older| Page { session: "s".into(), rows, older, total: 2 };
    let mut transcript = Transcript::default();
    transcript.newest(page(vec![result], true), &mut Turns::default(), &[]);
    assert_eq!(transcript.entries().len(), 1);
    transcript.older_page(&page(vec![call], false));
    let entries = transcript.entries();
    assert_eq!(entries.len(), 1);
    let EntryKind::Tool(tool) = &entries[0].kind else { panic!("no tool") };
    assert_eq!((tool.input.to_string().as_str(), tool.exit), ("ls", Some(3)));
    assert_eq!(tool.state, ToolState::Done);
}

#[test]
fn a_running_turn_is_taken_over_after_a_reconnect_and_nothing_is_doubled() {
    use crate::sync::reading::By;
    let mut turns = Turns::default();
    let mut transcript = Transcript::default();
    let hear = |turns: &mut Turns, seq, news| turns.hear("r1", Source::Chat, Some(seq), news, "");
    hear(&mut turns, 1, News::Text { delta: "one", so_far: Some(3), replace: false });
    let mut page = rows_of(1..2);
    page.rows.push(row(2, By::Agent, "one two"));
    // The first message of the run is settled by now, the second one is being written.
    let running = ["r1".to_owned()];
    transcript.newest(page, &mut turns, &running);
    turns.adopt("r1", "one two\n\nthree");
    let texts = |turns: &Turns| -> Vec<String> {
        let text = |entry: &std::sync::Arc<Entry>| match &entry.kind {
            EntryKind::Agent { text, .. } => text.to_string(),
            other => panic!("{other:?}"),
        };
        turns.entries().iter().map(text).collect()
    };
    assert_eq!(transcript.entries().len(), 1, "the running turn is not settled");
    assert_eq!(texts(&turns).concat().replace("\n\n", ""), "one twothree");
    hear(&mut turns, 9, News::Text { delta: " four", so_far: None, replace: false });
    assert!(texts(&turns).concat().ends_with("three four"));
    turns.only(&[]);
    assert_eq!(turns.current(), None);
}
