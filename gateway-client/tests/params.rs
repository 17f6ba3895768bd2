//! The parameters of every method against the gateway's own schema, as far as
//! `data/params.json` has it. The gateway refuses a parameter that it does not know.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    missing_docs
)]

#[allow(dead_code)]
mod common;

use common::recordings;
use gateway_client::methods::*;
use serde::ser::{Error as _, Impossible, SerializeStruct, Serializer};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Methods that the schema has no parameters for: seen on the wire to take these.
const BY_HAND: [(&str, &[&str]); 9] = [
    ("exec.approval.list", &[]),
    ("gateway.restart.preflight", &[]),
    ("gateway.restart.request", &["reason"]),
    ("health", &[]),
    ("sessions.subscribe", &[]),
    ("status", &[]),
    ("system-presence", &[]),
    ("usage.cost", &[]),
    ("usage.status", &[]),
];

fn table() -> Value {
    serde_json::from_str::<Value>(include_str!("data/params.json")).unwrap()["methods"].take()
}

/// The names of a struct's fields, those too that are left out, and the names of those that are
/// always there.
#[derive(Default)]
struct Names {
    all: BTreeSet<String>,
    always: BTreeSet<String>,
}

type Refused = serde_json::Error;

impl SerializeStruct for Names {
    type Ok = Self;
    type Error = Refused;

    fn serialize_field<T: serde::Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        _: &T,
    ) -> Result<(), Refused> {
        self.all.insert(name.to_owned());
        self.always.insert(name.to_owned());
        Ok(())
    }
    fn skip_field(&mut self, name: &'static str) -> Result<(), Refused> {
        self.all.insert(name.to_owned());
        Ok(())
    }
    fn end(self) -> Result<Self, Refused> {
        Ok(self)
    }
}

struct OnlyStructs;

macro_rules! refuse {
    ($($name:ident($($type:ty),*))*) => {$(
        fn $name(self, $(_: $type),*) -> Result<Names, Refused> {
            Err(Refused::custom("parameters are objects"))
        }
    )*};
}

impl Serializer for OnlyStructs {
    type Ok = Names;
    type Error = Refused;
    type SerializeSeq = Impossible<Names, Refused>;
    type SerializeTuple = Impossible<Names, Refused>;
    type SerializeTupleStruct = Impossible<Names, Refused>;
    type SerializeTupleVariant = Impossible<Names, Refused>;
    type SerializeMap = Impossible<Names, Refused>;
    type SerializeStruct = Names;
    type SerializeStructVariant = Impossible<Names, Refused>;

    refuse! {
        serialize_bool(bool) serialize_i8(i8) serialize_i16(i16) serialize_i32(i32)
        serialize_i64(i64) serialize_u8(u8) serialize_u16(u16) serialize_u32(u32)
        serialize_u64(u64) serialize_f32(f32) serialize_f64(f64) serialize_char(char)
        serialize_str(&str) serialize_bytes(&[u8]) serialize_none() serialize_unit()
        serialize_unit_struct(&'static str) serialize_unit_variant(&'static str, u32, &'static str)
    }
    fn serialize_some<T: serde::Serialize + ?Sized>(self, _: &T) -> Result<Names, Refused> {
        Err(Refused::custom("parameters are objects"))
    }
    fn serialize_newtype_struct<T: serde::Serialize + ?Sized>(
        self,
        _: &'static str,
        _: &T,
    ) -> Result<Names, Refused> {
        Err(Refused::custom("parameters are objects"))
    }
    fn serialize_newtype_variant<T: serde::Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<Names, Refused> {
        Err(Refused::custom("parameters are objects"))
    }
    fn serialize_seq(self, _: Option<usize>) -> Result<Self::SerializeSeq, Refused> {
        Err(Refused::custom("parameters are objects"))
    }
    fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple, Refused> {
        Err(Refused::custom("parameters are objects"))
    }
    fn serialize_tuple_struct(
        self,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleStruct, Refused> {
        Err(Refused::custom("parameters are objects"))
    }
    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Refused> {
        Err(Refused::custom("parameters are objects"))
    }
    fn serialize_map(self, _: Option<usize>) -> Result<Self::SerializeMap, Refused> {
        Err(Refused::custom("parameters are objects"))
    }
    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Names, Refused> {
        Ok(Names::default())
    }
    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Refused> {
        Err(Refused::custom("parameters are objects"))
    }
}

fn names<M: Method + Default>() -> (&'static str, Names) {
    (M::NAME, M::default().serialize(OnlyStructs).unwrap())
}

#[test]
fn every_parameter_is_one_that_the_gateway_knows() {
    let table = table();
    for (method, names) in every_method!(names) {
        if let Some((_, known)) = BY_HAND.iter().find(|(name, _)| *name == method) {
            let known: BTreeSet<_> = known.iter().map(|name| (*name).to_owned()).collect();
            assert_eq!(names.all, known, "{method}");
            assert!(names.always.is_empty(), "{method}");
            continue;
        }
        let schema = &table[method];
        let fields = schema["fields"].as_object().unwrap_or_else(|| panic!("no {method}"));
        for name in &names.all {
            assert!(fields.contains_key(name), "{method} does not take {name}");
        }
        for name in schema["required"].as_array().unwrap() {
            let name = name.as_str().unwrap();
            assert!(names.always.contains(name), "{method} needs {name}");
        }
    }
}

#[test]
fn every_method_is_one_that_the_real_gateway_lists() {
    // Works all the same: the list does not say everything.
    const NOT_LISTED: [&str; 1] = ["chat.inject"];
    let hello = recordings().into_iter().find(|line| line.frame["payload"]["type"] == "hello-ok");
    let hello = hello.expect("a recorded hello-ok").frame;
    let listed: BTreeSet<&str> = hello["payload"]["features"]["methods"]
        .as_array()
        .unwrap()
        .iter()
        .map(|name| name.as_str().unwrap())
        .collect();
    for (name, _) in common::readers() {
        assert_eq!(listed.contains(name), !NOT_LISTED.contains(&name), "{name}");
    }
}

/// Types and names, inner ones too.
fn check<M: Method>(params: &M) -> Value {
    let value = serde_json::to_value(params).unwrap();
    let table = table();
    let fields = table[M::NAME]["fields"].as_object().unwrap();
    walk(M::NAME, &value, "", fields);
    value
}

fn walk(method: &str, value: &Value, path: &str, fields: &serde_json::Map<String, Value>) {
    if !path.is_empty() {
        let (parent, _) = path.rsplit_once('.').unwrap_or(("", ""));
        if fields.contains_key(&format!("{parent}.*")) {
            return;
        }
        let types = fields.get(path).unwrap_or_else(|| panic!("{method} does not take {path}"));
        let is = match value {
            Value::Null => "null",
            Value::Bool(_) => "boolean",
            Value::Number(_) => "integer",
            Value::String(_) => "string",
            Value::Array(_) => "array",
            Value::Object(_) => "object",
        };
        let fits = types
            .as_str()
            .unwrap()
            .split('|')
            .any(|kind| kind == is || kind == "any" || (kind == "number" && is == "integer"));
        assert!(fits, "{method}: {path} is {is}, not {types}");
    }
    let below = |name: &str| {
        if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
    };
    match value {
        Value::Object(object) => {
            for (name, inner) in object {
                walk(method, inner, &below(name), fields);
            }
        }
        Value::Array(items) => {
            for inner in items {
                walk(method, inner, &format!("{path}[]"), fields);
            }
        }
        _ => {}
    }
}

#[test]
fn what_is_sent_has_the_types_that_the_gateway_wants() {
    let send = check(&chat::Send {
        session_key: "agent:main:main".into(),
        message: "hello".into(),
        idempotency_key: "k".into(),
        thinking: Some("high".into()),
        queue_mode: Some(chat::QueueMode::Steer),
        attachments: Some(vec![chat::Attachment {
            kind: "image".into(),
            mime_type: "image/png".into(),
            file_name: "a.png".into(),
            content: "AAAA".into(),
            size_bytes: Some(3),
        }]),
        timeout_ms: Some(0),
        suppress_command_interpretation: Some(true),
        expected_leaf_entry_id: Change::Clear,
        ..Default::default()
    });
    assert_eq!(send["queueMode"], "steer");
    assert_eq!(send["expectedLeafEntryId"], Value::Null);
    assert!(!send.as_object().unwrap().contains_key("agentId"));

    let patch = check(&sessions::Patch {
        key: "agent:main:main".into(),
        label: Change::Set("Lab".into()),
        model: Change::Clear,
        pinned: Some(true),
        permission_mode: Change::Set(sessions::PermissionMode::ReadOnly),
        ..Default::default()
    });
    let expected = json!({"key": "agent:main:main", "label": "Lab", "model": null,
        "pinned": true, "permissionMode": "read-only"});
    assert_eq!(patch, expected);

    for (archived, wire) in [
        (sessions::Archived::No, json!(false)),
        (sessions::Archived::Yes, json!(true)),
        (sessions::Archived::All, json!("all")),
    ] {
        let list = check(&sessions::List {
            archived: Some(archived),
            sort_by: Some(sessions::SortBy::LastInteractionAt),
            limit: Some(50),
            ..Default::default()
        });
        assert_eq!(list, json!({"archived": wire, "sortBy": "lastInteractionAt", "limit": 50}));
    }

    let create = check(&sessions::Create {
        permission_mode: Some(sessions::PermissionMode::Guarded),
        fork: Some(true),
        incognito: Some(false),
        ..Default::default()
    });
    assert_eq!(create["permissionMode"], "guarded");

    for (schedule, wire) in [
        (cron::Schedule::At { at: "2026-11-21T10:00:00Z".into() }, "at"),
        (cron::Schedule::Every { every_ms: 60_000 }, "every"),
        (cron::Schedule::Cron { expr: "0 7 * * *".into(), tz: Some("UTC".into()) }, "cron"),
    ] {
        let add = check(&cron::Add {
            name: "job".into(),
            schedule,
            session_target: "isolated".into(),
            wake_mode: "now".into(),
            payload: cron::Payload::AgentTurn {
                message: "hi".into(),
                model: None,
                thinking: Some("low".into()),
            },
            delivery: Some(cron::Delivery { mode: "none".into(), ..Default::default() }),
            ..Default::default()
        });
        assert_eq!(add["schedule"]["kind"], wire);
        assert_eq!(add["payload"]["kind"], "agentTurn");
    }
    check(&cron::Update {
        id: "j".into(),
        patch: cron::JobPatch {
            enabled: Some(false),
            payload: Some(cron::Payload::SystemEvent { text: "t".into() }),
            ..Default::default()
        },
        expected_config_revision: None,
    });
    let rules = check(&exec::ApprovalsSet {
        file: exec::RulesFile {
            defaults: exec::Defaults {
                security: Some("allowlist".into()),
                auto_allow_skills: Some(false),
                ..Default::default()
            },
            ..Default::default()
        },
        base_hash: "h".into(),
    });
    assert_eq!(rules["file"]["version"], 1);
    let skill = check(&skills::Update {
        skill_key: "weather".into(),
        enabled: Some(true),
        api_key: Some(skills::SkillSecret::new("sesame".into())),
        env: None,
    });
    assert_eq!(skill["apiKey"], "sesame");
    check(&config::Patch {
        raw: "{}".into(),
        base_hash: "h".into(),
        replace_paths: Some(vec!["a.b".into()]),
        restart_delay_ms: Some(5),
        note: None,
    });
    check(&exec::ApprovalResolve { id: "a".into(), decision: exec::Decision::AllowAlways });
}

#[test]
fn what_this_program_does_not_know_is_never_sent() {
    let payload = cron::Payload::Other("heartbeat".into());
    assert!(serde_json::to_string(&payload).is_err());
    assert!(serde_json::to_string(&cron::Schedule::Other("stream".into())).is_err());
    let update = skills::Update {
        api_key: Some(skills::SkillSecret::new("sesame".into())),
        ..Default::default()
    };
    assert!(!format!("{update:?}").contains("sesame"));
}
