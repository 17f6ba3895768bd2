//! `logs.*`

use super::lenient::{answer, method, read};

method! {
    /// The end of the gateway's log, or what came since `cursor`.
    pub struct Tail = "logs.tail" -> Lines {
        /// Where to go on: [`Lines::cursor`] of the answer before.
        pub cursor: Option<u64>,
        /// Most lines, 1 to 5000.
        pub limit: Option<u64>,
        /// Most bytes, 1 to 1000000.
        pub max_bytes: Option<u64>,
    }
}

answer! {
    /// A part of the log.
    pub struct Lines {
        /// The log's path.
        pub file: String,
        /// Where to go on.
        pub cursor: u64,
        /// The file's length, in bytes.
        pub size: u64,
        /// Each is one JSON object, or any text: see [`Line::parse`].
        pub lines: Vec<String>,
        /// Whether older lines were left out.
        pub truncated: bool,
        /// Whether the file is another one than before: what was shown is of the old one.
        pub reset: bool,
        /// How much was left out, in bytes.
        pub skipped_bytes: Option<u64>,
    }
    struct Record {
        time: String,
        message: String,
        #[serde(rename = "_meta")]
        meta: Meta,
    }
    struct Meta {
        log_level_name: String,
        date: String,
        name: String,
    }
    struct Part {
        subsystem: String,
        module: String,
    }
}

/// A line of the log, taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// When, as the gateway wrote it (RFC 3339); empty when it did not say.
    pub time: String,
    /// `INFO`, `WARN`, ...; empty when it did not say.
    pub level: String,
    /// Which part of the gateway, for example `gateway/ws`; empty when it did not say.
    pub part: String,
    /// What it says.
    pub text: String,
}

impl Line {
    /// Takes a line apart. A line that is no JSON object is all text.
    #[must_use]
    pub fn parse(line: &str) -> Self {
        let Some(record) = read::<Record>(line) else {
            return Self { text: line.to_owned(), ..Self::default() };
        };
        let part = read::<Part>(&record.meta.name).unwrap_or_default();
        Self {
            time: if record.time.is_empty() { record.meta.date } else { record.time },
            level: record.meta.log_level_name,
            part: if part.subsystem.is_empty() { part.module } else { part.subsystem },
            text: if record.message.is_empty() { line.to_owned() } else { record.message },
        }
    }
}
