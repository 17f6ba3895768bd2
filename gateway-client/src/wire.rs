//! Frames, as they are on the wire (OpenClaw gateway protocol 4, `gateway/protocol/transport.md`).
//!
//! Reading is tolerant: unknown properties are skipped, and one of an unexpected type counts as
//! missing. Payloads stay as they came, so that a large one is parsed once, by whoever needs it.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_json::value::RawValue;
use std::time::Duration;

/// A frame from the gateway.
#[derive(Debug)]
pub(crate) enum Frame<'a> {
    /// The answer to a request.
    Answer {
        /// The request's.
        id: String,
        /// What was asked for, or why it is not given.
        result: Result<&'a RawValue, Fault>,
    },
    /// An event.
    Event {
        /// Which.
        name: String,
        /// What about.
        payload: &'a RawValue,
        /// Counts the events of this connection.
        seq: Option<u64>,
    },
    /// Anything else.
    Unknown,
}

/// An error of the gateway.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Fault {
    /// For example `INVALID_REQUEST`.
    pub(crate) code: String,
    /// In its words.
    pub(crate) message: String,
    /// More; an object, or null.
    pub(crate) details: Value,
    /// It may pass by itself.
    pub(crate) retryable: bool,
    /// When to try again.
    pub(crate) retry_after: Option<Duration>,
}

impl Fault {
    /// A text of the details, for example `code`.
    pub(crate) fn detail(&self, name: &str) -> Option<&str> {
        self.details.get(name).and_then(Value::as_str)
    }
}

/// The parts of any frame, each as it came.
#[derive(Deserialize)]
struct Parts<'a> {
    #[serde(borrow, default, rename = "type")]
    kind: Option<&'a RawValue>,
    #[serde(borrow, default)]
    id: Option<&'a RawValue>,
    #[serde(borrow, default)]
    ok: Option<&'a RawValue>,
    #[serde(borrow, default)]
    payload: Option<&'a RawValue>,
    #[serde(borrow, default)]
    error: Option<&'a RawValue>,
    #[serde(borrow, default)]
    event: Option<&'a RawValue>,
    #[serde(borrow, default)]
    seq: Option<&'a RawValue>,
}

fn read<T: DeserializeOwned>(part: Option<&RawValue>) -> Option<T> {
    part.and_then(|part| serde_json::from_str(part.get()).ok())
}

/// Reads a frame.
///
/// # Errors
/// When the text is no JSON object.
pub(crate) fn parse(text: &str) -> Result<Frame<'_>, serde_json::Error> {
    let parts: Parts<'_> = serde_json::from_str(text)?;
    let payload = parts.payload.unwrap_or(RawValue::NULL);
    let kind: String = read(parts.kind).unwrap_or_default();
    Ok(match (kind.as_str(), read(parts.id), read(parts.event)) {
        ("res", Some(id), _) => {
            let ok = read(parts.ok).unwrap_or(false);
            let result = if ok { Ok(payload) } else { Err(fault(parts.error)) };
            Frame::Answer { id, result }
        }
        ("event", _, Some(name)) => Frame::Event { name, payload, seq: read(parts.seq) },
        _ => Frame::Unknown,
    })
}

fn fault(error: Option<&RawValue>) -> Fault {
    let error: Value = read(error).unwrap_or_default();
    let text = |name| error.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    Fault {
        code: text("code"),
        message: text("message"),
        details: error.get("details").cloned().unwrap_or_default(),
        retryable: error.get("retryable").and_then(Value::as_bool).unwrap_or_default(),
        retry_after: error.get("retryAfterMs").and_then(Value::as_u64).map(Duration::from_millis),
    }
}

/// A request as text.
///
/// # Errors
/// When the parameters cannot be written as JSON.
pub(crate) fn request<P: serde::Serialize>(
    id: &str,
    method: &str,
    params: &P,
) -> Result<String, serde_json::Error> {
    #[derive(serde::Serialize)]
    struct Request<'a, P> {
        #[serde(rename = "type")]
        kind: &'static str,
        id: &'a str,
        method: &'a str,
        params: &'a P,
    }
    serde_json::to_string(&Request { kind: "req", id, method, params })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn answers_errors_and_events() {
        let text = r#"{"type":"res","id":"7","ok":true,"payload":{"a":[1,2]},"new":1}"#;
        let Frame::Answer { id, result: Ok(payload) } = parse(text).unwrap() else { panic!() };
        assert_eq!((id.as_str(), payload.get()), ("7", r#"{"a":[1,2]}"#));
        let text = r#"{"type":"res","id":"7","ok":false,"error":{"code":"UNAVAILABLE",
            "message":"m","details":{"reason":"startup-sidecars"},"retryable":true,
            "retryAfterMs":500}}"#;
        let Frame::Answer { result: Err(fault), .. } = parse(text).unwrap() else { panic!() };
        assert_eq!((fault.code.as_str(), fault.message.as_str()), ("UNAVAILABLE", "m"));
        assert_eq!(fault.detail("reason"), Some("startup-sidecars"));
        assert_eq!(fault.retry_after, Some(Duration::from_millis(500)));
        assert!(fault.retryable);
        let text = r#"{"type":"event","event":"tick","seq":3,"stateVersion":{"health":1}}"#;
        let Frame::Event { name, payload, seq } = parse(text).unwrap() else { panic!() };
        assert_eq!((name.as_str(), payload.get(), seq), ("tick", "null", Some(3)));
    }

    #[test]
    fn what_is_odd_counts_as_missing() {
        for text in [r#"{}"#, r#"{"type":"res"}"#, r#"{"type":"event","event":7}"#, r#"{"type":1}"#]
        {
            assert!(matches!(parse(text).unwrap(), Frame::Unknown), "{text}");
        }
        for text in ["", "[]", "1", "null", "{", r#"{"type":"res"} x"#] {
            assert!(parse(text).is_err(), "{text}");
        }
        let text = r#"{"type":"res","id":"1","ok":"yes","error":[1]}"#;
        let Frame::Answer { result: Err(fault), .. } = parse(text).unwrap() else { panic!() };
        assert_eq!(fault, Fault::default());
        let text = r#"{"type":"event","event":"chat","seq":-1}"#;
        assert!(matches!(parse(text).unwrap(), Frame::Event { seq: None, .. }));
    }

    #[test]
    fn a_request_has_what_the_gateway_wants_and_no_more() {
        let text = request("5", "chat.abort", &serde_json::json!({"sessionKey": "main"})).unwrap();
        let expected =
            r#"{"type":"req","id":"5","method":"chat.abort","params":{"sessionKey":"main"}}"#;
        assert_eq!(text, expected);
    }

    proptest! {
        #[test]
        fn no_text_breaks_the_reader(text in "\\PC{0,80}") {
            let _ = parse(&text);
        }

        #[test]
        fn no_frame_breaks_the_reader(
            kind in "res|event|req", value in "[0-9]{1,30}|\"[a-z]*\"|\\{\\}|\\[\\]|null|true|-1e999",
            key in "id|ok|payload|error|event|seq",
        ) {
            let _ = parse(&format!(r#"{{"type":"{kind}","id":"1","event":"x","{key}":{value}}}"#));
            let _ = parse(&format!(r#"{{"type":"{kind}","{key}":{value}}}"#));
        }
    }
}
