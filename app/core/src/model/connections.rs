//! The connection log and the inventory of allowed connections, as pages show them.

use std::sync::Arc;

/// What the pages show. Filled while one of them is open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Connections {
    /// Newest first.
    pub log: Arc<Vec<LogEntry>>,
    /// The kinds of connections there are.
    pub inventory: Arc<Vec<InventoryRow>>,
    /// How the proxy variables are understood, in a sentence.
    pub proxy: String,
}

/// One connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogEntry {
    /// Local time of day, or the date and the time.
    pub when: String,
    /// What for.
    pub purpose: String,
    /// Destination.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// Through which proxy; empty for none.
    pub proxy: String,
    /// How it went, in words.
    pub result: String,
    /// Whether it went well.
    pub outcome: Outcome,
    /// Bytes received and sent, in words; may be empty.
    pub bytes: String,
}

/// How a connection went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is open.
    Open,
    /// It was made.
    Done,
    /// It failed.
    Failed,
    /// It was not allowed; nothing was sent.
    Refused,
}

/// A kind of connection (article "Allowed external connections").
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InventoryRow {
    /// Its name.
    pub name: String,
    /// Hosts, and ports where they are not 443.
    pub hosts: String,
    /// Protocol.
    pub protocol: String,
    /// When it happens.
    pub when: String,
    /// What is sent.
    pub sends: String,
    /// What blocking it costs.
    pub blocked: String,
    /// When it last happened, in words; empty for never.
    pub last: String,
    /// It is switched off in the settings.
    pub off: bool,
}
