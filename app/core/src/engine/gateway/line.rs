//! A line of the gateway's log: from its JSON to what is shown. Sans-I/O.

use super::words::deceives;
use crate::local_time;
use crate::model::{GatewayLogLine, LogLevel};
use serde_json::{Map, Value};

/// Longest text of a line, in bytes.
pub(super) const LONGEST: usize = 4 * 1024;
/// What stands at the end of a text that was cut.
const CUT: &str = " […]";

/// Reads a line. One that is not an object of the gateway's logger is shown as it is.
pub(super) fn read(number: u64, line: &str) -> GatewayLogLine {
    let Ok(Value::Object(object)) = serde_json::from_str(line) else {
        let (time, level) = (String::new(), LogLevel::Info);
        return GatewayLogLine { number, time, level, text: cut(plain(line)) };
    };
    let meta = object.get("_meta").and_then(Value::as_object);
    let of_meta = |name| meta.and_then(|meta| meta.get(name)).and_then(Value::as_str);
    let of_line = |name| object.get(name).and_then(Value::as_str);
    let level = of_meta("logLevelName").or_else(|| of_line("level")).map_or(LogLevel::Info, level);
    let time = of_line("time").or_else(|| of_meta("date")).map(local_time::clock);
    let said = of_line("message").map_or_else(|| arguments(&object), str::to_owned);
    let text = match topic(of_meta("name")) {
        Some(topic) if !said.is_empty() => format!("{topic}: {said}"),
        Some(topic) => topic,
        None if said.is_empty() => line.to_owned(),
        None => said,
    };
    GatewayLogLine { number, time: time.unwrap_or_default(), level, text: cut(plain(&text)) }
}

fn level(name: &str) -> LogLevel {
    match name.to_ascii_uppercase().as_str() {
        "SILLY" | "TRACE" | "DEBUG" => LogLevel::Debug,
        "WARN" | "WARNING" => LogLevel::Warning,
        "ERROR" | "FATAL" => LogLevel::Error,
        _ => LogLevel::Info,
    }
}

/// Which part of the gateway says it: its logger's name is JSON of its own.
fn topic(name: Option<&str>) -> Option<String> {
    let name = name.filter(|name| name.starts_with('{'))?;
    let Ok(Value::Object(name)) = serde_json::from_str(name) else { return None };
    let part = ["subsystem", "module", "plugin"].into_iter().find_map(|key| name.get(key));
    part.and_then(Value::as_str).map(str::to_owned)
}

/// A line without a message: what the logger was given, in its order.
fn arguments(object: &Map<String, Value>) -> String {
    let given = (0..object.len()).map_while(|index| object.get(&index.to_string()));
    let words = given.filter_map(|value| match value {
        // The first one is the logger's name again.
        Value::String(text) if text.starts_with('{') => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    });
    words.collect::<Vec<_>>().join(" ")
}

/// Without colours of a terminal and other control characters: one line stays one line.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len().min(LONGEST + 8));
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        // Nothing after this is shown; a line can be as long as the gateway likes.
        if plain.len() > LONGEST {
            break;
        }
        if c == '\u{1b}' && chars.peek() == Some(&'[') {
            chars.next();
            for c in chars.by_ref() {
                if ('@'..='~').contains(&c) {
                    break;
                }
            }
        } else if deceives(c) {
            // It turns what follows round, or hides.
        } else if c.is_whitespace() || c.is_control() {
            if !plain.ends_with(' ') && !plain.is_empty() {
                plain.push(' ');
            }
        } else {
            plain.push(c);
        }
    }
    plain.truncate(plain.trim_end().len());
    plain
}

fn cut(mut text: String) -> String {
    if text.len() > LONGEST {
        text.truncate(text.floor_char_boundary(LONGEST - CUT.len()));
        text.push_str(CUT);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_line_of_the_logger_is_taken_apart() {
        let line = r#"{"0":"{\"subsystem\":\"gateway\"}","1":{"jobId":"d"},"2":"cron: job updated","_meta":{"runtime":"node","date":"2026-11-21T02:46:04.445Z","logLevelId":3,"logLevelName":"WARN","name":"{\"subsystem\":\"gateway\"}"},"time":"2026-11-21T02:46:04.445+00:00","message":"cron: job updated"}"#;
        let read = read(7, line);
        assert_eq!((read.number, read.level), (7, LogLevel::Warning));
        assert_eq!(read.text, "gateway: cron: job updated");
        assert_eq!(read.time, local_time::clock("2026-11-21T02:46:04.445Z"));
        assert_eq!(read.time.len(), 8);
    }

    #[test]
    fn a_line_without_a_message_shows_what_was_logged() {
        let line = r#"{"0":"{\"module\":\"cron\"}","1":"started","2":{"jobs":1},"_meta":{"logLevelName":"FATAL","name":"{\"module\":\"cron\"}","date":"2026-11-21T02:46:04Z"}}"#;
        let line = read(1, line);
        assert_eq!(line.text, r#"cron: started {"jobs":1}"#);
        assert_eq!(line.level, LogLevel::Error);
        assert!(!line.time.is_empty());
    }

    #[test]
    fn what_is_no_json_is_shown_as_it_is() {
        for text in ["plain words", "{broken", "[1,2]", "12"] {
            let line = read(1, text);
            assert_eq!((line.text.as_str(), line.level), (text, LogLevel::Info));
            assert_eq!(line.time, "");
        }
        assert_eq!(read(1, "\u{1b}[31mred\u{1b}[0m\tand\r\n more ").text, "red and more");
        assert_eq!(read(1, "user \u{202e}nimda\u{2066}\u{200b} in").text, "user nimda in");
        assert_eq!(read(1, r#"{"a":1}"#).text, r#"{"a":1}"#);
    }

    #[test]
    fn long_lines_are_cut_and_say_so() {
        let line = read(1, &"ä".repeat(1 << 20));
        assert!(line.text.len() <= LONGEST && line.text.ends_with(CUT), "{}", line.text.len());
        let line = read(1, &format!(r#"{{"message":"{}"}}"#, "x".repeat(LONGEST)));
        assert_eq!(line.text.len(), LONGEST);
        assert!(!line.text.ends_with(CUT));
    }

    proptest! {
        #[test]
        fn any_line_is_one_short_line(text in "\\PC{0,200}|(?s).{0,300}", number: u64) {
            let line = read(number, &text);
            prop_assert!(line.text.len() <= LONGEST);
            prop_assert!(!line.text.contains(char::is_control));
            prop_assert!(!line.text.contains(deceives));
            prop_assert_eq!(line.number, number);
        }

        #[test]
        fn any_message_of_any_level_is_found(
            said in "[a-zA-Z0-9äöü\"\\\\]{1,60}", level in "[A-Za-z]{0,8}", name in "\\PC{0,20}",
        ) {
            let name = serde_json::json!({ "subsystem": name }).to_string();
            let line = serde_json::json!({
                "message": said, "_meta": { "logLevelName": level, "name": name },
            });
            let line = read(1, &line.to_string());
            prop_assert!(line.text.ends_with(&said), "{:?}", line.text);
        }
    }
}
