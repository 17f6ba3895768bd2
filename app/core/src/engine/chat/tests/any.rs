//! Anything in any order, and what it costs.

use super::rows_of;
use crate::model::{EntryKind, Text, ToolState};
use crate::sync::transcript::Transcript;
use crate::sync::turn::{News, Source, Turns};
use proptest::prelude::*;

#[test]
fn a_delta_costs_what_it_brings() {
    let mut turns = Turns::default();
    let mut seen: Option<Text> = None;
    for seq in 1..2000 {
        turns.hear(
            "r",
            Source::Chat,
            Some(seq),
            News::Text { delta: "word ", so_far: None, replace: false },
            "",
        );
        // Somebody paints it meanwhile.
        let shown = turns.entries();
        let EntryKind::Agent { text, .. } = &shown[0].kind else { panic!("no text") };
        if let Some(before) = &seen {
            assert!(text.is_same_growing(before), "the text was copied");
        }
        seen = Some(text.clone());
    }
    assert_eq!(seen.unwrap().len(), 5 * 1999);
}

#[derive(Clone, Debug)]
enum Any {
    Text(String, bool),
    Thinking(String),
    Start(u8),
    Output(u8, String),
    End(u8, String),
    Final(Option<String>),
    Aborted,
    Failed,
    Phase,
}

fn any_news() -> impl Strategy<Value = Any> {
    let text = "[a-zé\n]{0,6}";
    prop_oneof![
        6 => (text, prop::bool::weighted(0.1)).prop_map(|(t, r)| Any::Text(t, r)),
        1 => text.prop_map(Any::Thinking),
        1 => (0..3u8).prop_map(Any::Start),
        1 => (0..3u8, text).prop_map(|(c, t)| Any::Output(c, t)),
        1 => (0..3u8, text).prop_map(|(c, t)| Any::End(c, t)),
        1 => prop::option::of(text).prop_map(Any::Final),
        1 => Just(Any::Aborted),
        1 => Just(Any::Failed),
        1 => Just(Any::Phase),
    ]
}

proptest! {
    /// Events in any order, doubled, of three runs at once, with the transcript loaded in
    /// between: nothing panics, no entry is there twice, and what is settled stays.
    #[test]
    fn anything_in_any_order_is_survived(
        events in prop::collection::vec((0..3u8, 0..40u64, any_news(), 0..20u8), 0..80),
    ) {
        let mut turns = Turns::default();
        let mut transcript = Transcript::default();
        transcript.newest(rows_of(1..21), &mut turns, &[]);
        let settled = transcript.entries();
        for (run, seq, news, load) in &events {
            let (run, calls) = (format!("run{run}"), ["c0", "c1", "c2"]);
            let news = match news {
                Any::Text(delta, replace) => News::Text { delta, so_far: None, replace: *replace },
                Any::Thinking(delta) => News::Thinking { delta, replace: false },
                Any::Start(c) => News::ToolStart {
                    call: calls[usize::from(*c)], name: "exec", input: "ls".into(),
                },
                Any::Output(c, text) => News::ToolOutput { call: calls[usize::from(*c)], text },
                Any::End(c, text) => News::ToolEnd {
                    call: calls[usize::from(*c)], name: "exec", state: ToolState::Done,
                    output: Some(text), exit: None, millis: Some(1),
                },
                Any::Final(text) => News::Final { text: text.as_deref() },
                Any::Aborted => News::Aborted { text: None },
                Any::Failed => News::Failed(crate::sync::reading::failure("no")),
                Any::Phase => News::Phase("starting_model"),
            };
            turns.hear(&run, Source::Chat, Some(*seq), news, "");
            if *load == 0 {
                transcript.newest(rows_of(11..21), &mut turns, &[]);
                turns.settle(|id| transcript.has(id), |run| transcript.tells_of(run), |_| false);
            }
            let mut ids: Vec<String> = turns.entries().iter().map(|e| e.id.clone()).collect();
            ids.extend(transcript.entries().iter().map(|e| e.id.clone()));
            let all = ids.len();
            ids.sort();
            ids.dedup();
            prop_assert_eq!(ids.len(), all);
        }
        prop_assert_eq!(transcript.entries(), settled);
        for entry in turns.entries() {
            let over = !turns.runs().any(|run| entry.id.starts_with(run));
            if let EntryKind::Agent { growing, .. } = &entry.kind {
                prop_assert!(!(over && *growing));
            }
        }
    }
}
