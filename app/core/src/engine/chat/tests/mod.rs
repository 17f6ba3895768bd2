//! Recordings of a real gateway, replayed: what is shown while a turn runs is what its history
//! says afterwards.

use super::hear;
use super::rows;
use crate::model::{ChatDelivery, Entry, EntryKind, Text, ToolState};
use crate::sync::transcript::{Page, Transcript};
use crate::sync::turn::{Change, News, Over, Source, Turns, person, person_entry};
use gateway_client::events::Happening;
use gateway_client::methods::chat;
use proptest::prelude::*;
use serde_json::Value;
use serde_json::value::RawValue;
use std::collections::HashMap;
use std::path::Path;

fn frames(name: &str) -> Vec<(String, Value)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/peers/openclaw/transcripts")
        .join(format!("{name}.jsonl"));
    let text = std::fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("the recording {name} is missing: {error}"));
    text.lines()
        .filter_map(|line| {
            let mut line: Value = serde_json::from_str(line).unwrap();
            Some((line["from"].as_str()?.to_owned(), line["frame"].take()))
        })
        .collect()
}

/// The key of a conversation, without the alias.
fn whole(key: &str) -> String {
    if key == "main" { "agent:main:main".into() } else { key.to_owned() }
}

/// A client that follows every conversation of a recording.
#[derive(Default)]
struct Follower {
    turns: HashMap<String, Turns>,
    asked: HashMap<String, String>,
    histories: Vec<(String, chat::HistoryPage)>,
    ends: Vec<(String, Over)>,
}

impl Follower {
    fn replay(name: &str) -> Self {
        let mut own = Self::default();
        for (from, frame) in frames(name) {
            match (from.as_str(), frame["type"].as_str()) {
                ("client", Some("req")) => own.request(&frame),
                (_, Some("res")) => own.answer(&frame),
                (_, Some("event")) => own.event(&frame),
                _ => {}
            }
        }
        own
    }

    fn request(&mut self, frame: &Value) {
        let params = &frame["params"];
        let text = |name: &str| params[name].as_str().unwrap_or_default().to_owned();
        match frame["method"].as_str() {
            Some("chat.history") => {
                let id = frame["id"].as_str().unwrap().to_owned();
                self.asked.insert(id, whole(&text("sessionKey")));
            }
            Some("chat.send") => {
                let turns = self.turns.entry(whole(&text("sessionKey"))).or_default();
                let id = person_entry(&text("idempotencyKey"));
                let (words, sent) = (text("message"), ChatDelivery::Sent);
                let entry = person(id, String::new(), words.into(), Vec::new(), sent);
                turns.person(entry);
            }
            _ => {}
        }
    }

    fn answer(&mut self, frame: &Value) {
        let key = frame["id"].as_str().and_then(|id| self.asked.remove(id));
        if let (Some(key), Some(true)) = (key, frame["ok"].as_bool()) {
            let page = serde_json::from_value(frame["payload"].clone()).unwrap();
            self.histories.push((key, page));
        }
    }

    fn event(&mut self, frame: &Value) {
        let payload = RawValue::from_string(frame["payload"].to_string()).unwrap();
        let happening = Happening::parse(frame["event"].as_str().unwrap(), &payload);
        let mut ends = Vec::new();
        let mut tell = |key: &str, run: &str, source, seq, news: News<'_>| {
            let turns = self.turns.entry(whole(key)).or_default();
            if let Change::Over(over) = turns.hear(run, source, seq, news, "") {
                ends.push((run.to_owned(), over));
            }
        };
        match &happening {
            Happening::Chat(event) => hear::chat(event, |news| {
                tell(&event.session_key, &event.run_id, Source::Chat, event.seq, news);
            }),
            Happening::Agent(event) => hear::agent(event, |news| {
                tell(&event.session_key, &event.run_id, Source::Agent, event.seq, news);
            }),
            _ => {}
        }
        self.ends.extend(ends);
    }

    fn live(&self, key: &str) -> Vec<String> {
        self.turns[key].entries().iter().map(|entry| told(entry)).collect()
    }

    fn settled(&self, key: &str) -> Vec<String> {
        let page = self.histories.iter().rev().find(|(of, _)| of == key).unwrap().1.clone();
        let mut transcript = Transcript::default();
        transcript.newest(rows::page(page), &mut Turns::default(), &[]);
        transcript.entries().iter().map(|entry| told(entry)).collect()
    }
}

/// What an entry tells a person.
fn told(entry: &Entry) -> String {
    match &entry.kind {
        EntryKind::Person { text, .. } => format!("person: {text}"),
        EntryKind::Agent { text, stopped, growing, .. } => {
            assert!(!growing);
            format!("agent{}: {text}", if *stopped { " (stopped)" } else { "" })
        }
        EntryKind::Thinking { text, .. } => format!("thought: {text}"),
        EntryKind::Tool(tool) => {
            format!(
                "{} {} {:?}: {} -> {}",
                entry.id, tool.name, tool.state, tool.input, tool.output
            )
        }
        EntryKind::Note(text) => format!("note: {text}"),
        EntryKind::Failed(problem) => format!("failed: {}", problem.what),
    }
}

#[test]
fn a_turn_is_what_its_history_says() {
    let own = Follower::replay("03-chat-turn");
    let said = ["person: hello brave new world", "agent: echo: hello brave new world"];
    let live = own.live("agent:main:main");
    assert_eq!(live[..2], said);
    assert_eq!(live[2..], ["person: think about it", "agent: echo: about it"]);
    let first = own.histories.first().unwrap().1.clone();
    let mut transcript = Transcript::default();
    transcript.newest(rows::page(first), &mut Turns::default(), &[]);
    let settled: Vec<String> = transcript.entries().iter().map(|e| told(e)).collect();
    assert_eq!(settled, said);
    assert_eq!(own.ends.len(), 2);
}

#[test]
fn a_tool_call_is_one_entry_with_what_came_out() {
    let own = Follower::replay("04-chat-tool-call");
    let live = own.live("agent:main:tools");
    assert_eq!(live, own.settled("agent:main:tools"));
    assert_eq!(live.len(), 3);
    assert!(live[1].ends_with("/call_3 exec Done: echo hi-from-exec -> hi-from-exec"), "{live:?}");
    assert_eq!(live[2], "agent: tool said: hi-from-exec");
    let entries = own.turns["agent:main:tools"].entries();
    let EntryKind::Tool(tool) = &entries[1].kind else { panic!("no tool") };
    assert_eq!((tool.exit, tool.took.as_str()), (Some(0), "85 ms"));
    assert_eq!(tool.summary, "Exec print text");
}

#[test]
fn a_stopped_turn_keeps_what_was_said_and_a_failed_one_says_why_once() {
    let own = Follower::replay("05-chat-abort-error-resend");
    let live = own.live("agent:main:slow");
    assert_eq!(live, ["person: slow 20 300", "agent (stopped): word1 word2 word3"]);
    assert_eq!(own.settled("agent:main:slow"), live);
    assert_eq!(
        own.live("agent:main:fail"),
        [
            "person: fail 400",
            "failed: LLM request failed: provider rejected the request schema or tool payload."
        ]
    );
    // Sent three times with one key: it ran once.
    assert_eq!(own.live("agent:main:main"), ["person: hello once", "agent: echo: hello once"]);
    let ends: Vec<Over> = own.ends.iter().map(|(_, over)| *over).collect();
    assert_eq!(ends, [Over::Stopped, Over::Failed, Over::Done]);
}

#[test]
fn a_steered_message_stands_before_its_answer() {
    let own = Follower::replay("06-chat-steer-while-running");
    let said = [
        "person: slow 8 300",
        "agent: word1 word2 word3 word4 word5 word6 word7 word8",
        "person: hello second",
        "agent: echo: hello second",
    ];
    assert_eq!(own.live("agent:main:q"), said);
}

#[test]
fn approvals_end_in_a_done_and_a_denied_call() {
    let own = Follower::replay("10-exec-approval");
    let live = own.live("agent:main:appr");
    assert!(live.iter().any(|said| said.contains(" exec Done: touch allow-once.txt")), "{live:?}");
    assert!(live.iter().any(|said| said.contains(" exec Denied: ")), "{live:?}");
}

#[test]
fn a_command_is_answered_without_deltas() {
    let own = Follower::replay("11-agent-rpc-image-slash");
    let live = own.live("agent:main:main");
    let at = live.iter().position(|said| said == "person: /status").unwrap();
    assert!(live[at + 1].starts_with("agent: 🦞 OpenClaw"), "{live:?}");
    let page = own.histories.iter().find(|(key, _)| key == "agent:main:main").unwrap().1.clone();
    let mut transcript = Transcript::default();
    transcript.newest(rows::page(page), &mut Turns::default(), &[]);
    let entries = transcript.entries();
    let EntryKind::Person { media, .. } = &entries[0].kind else { panic!("not a person") };
    assert_eq!((media[0].mime.as_str(), media[0].bytes), ("image/png", Some(70)));
}

#[test]
fn settled_entries_keep_the_names_they_had_while_live() {
    let own = Follower::replay("04-chat-tool-call");
    let key = "agent:main:tools";
    let mut turns = Turns::default();
    let mut follower = own;
    std::mem::swap(&mut turns, follower.turns.get_mut(key).unwrap());
    let before: Vec<String> = turns.entries().iter().map(|entry| entry.id.clone()).collect();
    let page = follower.histories.last().unwrap().1.clone();
    let mut transcript = Transcript::default();
    transcript.newest(rows::page(page.clone()), &mut turns, &[]);
    turns.settle(|id| transcript.has(id), |run| transcript.tells_of(run), |_| false);
    assert!(turns.entries().is_empty(), "the transcript has it all");
    let names = |t: &Transcript| t.entries().iter().map(|e| e.id.clone()).collect::<Vec<_>>();
    assert_eq!(names(&transcript), before);
    let first = transcript.entries();
    transcript.newest(rows::page(page), &mut turns, &[]);
    assert_eq!(*transcript.entries(), *first, "loading it again changes nothing");
}

fn row(seq: u64, by: crate::sync::reading::By, text: &str) -> crate::sync::reading::Row {
    crate::sync::reading::Row {
        id: format!("m{seq}"),
        seq: Some(seq),
        by,
        run: format!("r{}", seq / 2),
        parts: vec![crate::sync::reading::Part::Text(text.to_owned())],
        ..Default::default()
    }
}

fn rows_of(range: std::ops::Range<u64>) -> Page {
    use crate::sync::reading::By;
    let by = |seq| if seq % 2 == 0 { By::Agent } else { By::Person };
    Page {
        session: "s".into(),
        older: range.start > 1,
        total: 1000,
        rows: range.map(|seq| row(seq, by(seq), &format!("text {seq}"))).collect(),
    }
}

#[test]
fn pages_join_and_the_far_end_is_let_go() {
    let mut turns = Turns::default();
    let mut transcript = Transcript::bounded(150, usize::MAX);
    transcript.newest(rows_of(901..1001), &mut turns, &[]);
    assert!(transcript.older() && !transcript.newer());
    assert_eq!(transcript.offset(), 100);
    // Overlapping pages join without doubles.
    transcript.older_page(rows_of(851..911));
    assert_eq!(transcript.entries().len(), 150);
    assert_eq!(transcript.offset(), 150);
    transcript.older_page(rows_of(801..851));
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
    transcript.older_page(page(vec![call], false));
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
    hear(&mut turns, 1, News::Text { delta: "one", replace: false });
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
    hear(&mut turns, 9, News::Text { delta: " four", replace: false });
    assert!(texts(&turns).concat().ends_with("three four"));
    turns.only(&[]);
    assert_eq!(turns.current(), None);
}

#[test]
fn a_delta_costs_what_it_brings() {
    let mut turns = Turns::default();
    let mut seen: Option<Text> = None;
    for seq in 1..2000 {
        turns.hear("r", Source::Chat, Some(seq), News::Text { delta: "word ", replace: false }, "");
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
                Any::Text(delta, replace) => News::Text { delta, replace: *replace },
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
