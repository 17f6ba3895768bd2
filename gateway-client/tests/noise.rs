//! Nothing that a gateway may say stops this program.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    missing_docs
)]

#[allow(dead_code)]
mod common;

use common::{readers, recordings};
use gateway_client::events::{ChatState, Happening};
use gateway_client::methods::{chat, sessions};
use proptest::prelude::*;
use serde_json::value::RawValue;
use serde_json::{Map, Value, json};
use std::sync::OnceLock;

const EVENTS: [&str; 21] = [
    "chat",
    "agent",
    "session.tool",
    "sessions.changed",
    "session.message",
    "session.operation",
    "exec.approval.requested",
    "exec.approval.resolved",
    "device.pair.requested",
    "device.pair.resolved",
    "presence",
    "health",
    "cron",
    "task",
    "config.changed",
    "chat.metadata.changed",
    "skills.changed",
    "update.available",
    "shutdown",
    "tick",
    "new.event",
];

/// Names that the reading looks at, so that noise gets somewhere.
const NAMES: [&str; 30] = [
    "runId",
    "sessionKey",
    "state",
    "stream",
    "data",
    "phase",
    "message",
    "content",
    "role",
    "type",
    "text",
    "deltaText",
    "session",
    "activeRunIds",
    "request",
    "id",
    "command",
    "presence",
    "jobs",
    "sessions",
    "messages",
    "__openclaw",
    "seq",
    "args",
    "result",
    "details",
    "schedule",
    "payload",
    "key",
    "allowedDecisions",
];

fn noise() -> impl Strategy<Value = Value> {
    let words = prop::sample::select(vec![
        "chat",
        "delta",
        "final",
        "error",
        "tool",
        "thinking",
        "result",
        "user",
        "text",
        "toolCall",
        "every",
        "agentTurn",
        "",
    ]);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        words.prop_map(Value::from),
        ".{0,8}".prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 48, 8, |inner| {
        let name = prop_oneof![
            4 => prop::sample::select(NAMES.to_vec()).prop_map(str::to_owned),
            1 => ".{0,6}",
        ];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::vec((name, inner), 0..8)
                .prop_map(|fields| Value::Object(fields.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

/// Puts another value into the `nth` place of a tree.
fn graft(tree: &mut Value, nth: &mut usize, graft_in: &Value) -> bool {
    if *nth == 0 {
        *tree = graft_in.clone();
        return true;
    }
    *nth -= 1;
    match tree {
        Value::Array(items) => items.iter_mut().any(|item| graft(item, nth, graft_in)),
        Value::Object(fields) => fields.values_mut().any(|item| graft(item, nth, graft_in)),
        _ => false,
    }
}

fn payloads() -> &'static [(Option<String>, Value)] {
    static PAYLOADS: OnceLock<Vec<(Option<String>, Value)>> = OnceLock::new();
    PAYLOADS.get_or_init(|| {
        let frames = recordings().into_iter().map(|line| line.frame);
        frames
            .filter(|frame| frame["payload"].is_object())
            .map(|mut frame| {
                let name = frame["event"].as_str().map(str::to_owned);
                (name, frame["payload"].take())
            })
            .collect()
    })
}

fn read_as_everything(json: &str) {
    let raw = RawValue::from_string(json.to_owned()).unwrap();
    for name in EVENTS {
        drop(Happening::parse(name, &raw));
    }
    for (_, reader) in readers() {
        drop(reader(json));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(192) })]

    #[test]
    fn noise_is_read_as_anything(noise in noise()) {
        read_as_everything(&noise.to_string());
    }

    /// Whatever becomes of one part, an object is still read, by event and by method.
    #[test]
    fn a_broken_part_does_not_break_the_whole(
        at in any::<prop::sample::Index>(),
        place in 1_usize..200,
        noise in noise(),
    ) {
        let (name, payload) = at.get(payloads());
        let mut broken = payload.clone();
        let mut nth = place;
        graft(&mut broken, &mut nth, &noise);
        let json = broken.to_string();
        let raw = RawValue::from_string(json.clone()).unwrap();
        if let Some(name) = name {
            drop(Happening::parse(name, &raw));
        }
        for (method, reader) in readers() {
            // A list is asked for there, and this is an object.
            if method != "exec.approval.list" {
                prop_assert_eq!(reader(&json), Ok(()), "{}", method);
            }
        }
    }
}

#[test]
fn deep_nesting_costs_the_part_and_not_the_stack() {
    let deep = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
    let json = format!(r#"{{"runId":"r","sessionKey":"k","state":"final","message":{deep}}}"#);
    let raw = RawValue::from_string(json).unwrap();
    let Happening::Chat(event) = Happening::parse("chat", &raw) else { panic!() };
    assert_eq!(event.state, ChatState::Final { message: None, stop_reason: None });
    let page = format!(r#"{{"messages":{deep}}}"#);
    let page: chat::HistoryPage = serde_json::from_str(&page).unwrap();
    assert_eq!(page.messages, []);
}

#[test]
fn large_parts_that_nobody_needs_are_not_kept() {
    let big = "x".repeat(1_000_000);
    let json = json!({"ok": true, "key": "k",
        "entry": {"label": "l", "skillsSnapshot": {"prompt": big}, "systemPromptReport": big}});
    let changed: sessions::Changed = serde_json::from_value(json).unwrap();
    assert_eq!(changed.entry.label.as_deref(), Some("l"));
    assert!(format!("{changed:?}").len() < 2_000);
    let json = json!({"runId": "r", "sessionKey": "k", "state": "delta", "deltaText": "new",
        "message": {"role": "assistant", "content": [{"type": "text", "text": big}]}});
    let raw = RawValue::from_string(json.to_string()).unwrap();
    assert!(format!("{:?}", Happening::parse("chat", &raw)).len() < 500);
}

#[test]
fn a_text_or_blocks_or_anything_is_content() {
    for (content, text, blocks) in [
        (json!("plain"), "plain", 1),
        (json!([{"type": "text", "text": "a"}, {"type": "new"}, "b", 7, null]), "a\nb", 3),
        (json!({"type": "text", "text": "one"}), "one", 1),
        (json!(null), "", 0),
        (json!(5), "", 0),
    ] {
        let json = json!({"role": "assistant", "content": content, "timestamp": 1.5});
        let page = json!({"messages": [json, "no message"]}).to_string();
        let page: chat::HistoryPage = serde_json::from_str(&page).unwrap();
        assert_eq!(page.messages.len(), 1);
        assert_eq!(page.messages[0].text(), text);
        assert_eq!(page.messages[0].content.0.len(), blocks);
        assert_eq!(page.messages[0].timestamp, Some(1));
    }
}
