//! Recordings of a real gateway, replayed: what is shown while a turn runs is what its history
//! says afterwards.

use super::told;
use crate::engine::chat::{hear, rows};
use crate::model::{ChatDelivery, EntryKind};
use crate::sync::transcript::Transcript;
use crate::sync::turn::{Change, News, Over, Source, Turns, person, person_entry};
use gateway_client::events::Happening;
use gateway_client::methods::chat;
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
