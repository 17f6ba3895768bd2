//! `config.*`: the gateway's configuration. It is only ever changed through the gateway, and only
//! against the state that was read.

use super::lenient::{answer, method};
use serde_json::Value;

method! {
    /// The configuration. Secrets in it are the text `__OPENCLAW_REDACTED__`.
    pub struct Get = "config.get" -> Config {}
    /// Merges a patch into the configuration. There is no patch without the hash of what was
    /// read, so that nobody's change is overwritten unseen.
    pub struct Patch = "config.patch" -> Written, 60 s {
        /// A JSON merge patch, as text.
        pub raw: String,
        /// [`Config::hash`]; refused when it is another by now.
        pub base_hash: String,
        /// Why, for the gateway's log.
        pub note: Option<String>,
        /// How long to wait when the gateway must restart, in milliseconds.
        pub restart_delay_ms: Option<u64>,
        /// Paths that are replaced, not merged.
        pub replace_paths: Option<Vec<String>>,
    }
    /// What one setting may be.
    pub struct SchemaLookup = "config.schema.lookup" -> Setting {
        /// Its path, for example `gateway.port`.
        pub path: String,
    }
}

answer! {
    /// The configuration.
    pub struct Config {
        /// The file.
        pub path: String,
        /// Whether the file is there.
        pub exists: bool,
        /// Whether the gateway can use it.
        pub valid: bool,
        /// For [`Patch::base_hash`].
        pub hash: String,
        /// What is written in the file, without secrets.
        pub parsed: Value,
        /// What is wrong with it.
        pub issues: Vec<Issue>,
        /// What may be wrong with it.
        pub warnings: Vec<Issue>,
    }
    /// Something wrong in the configuration.
    pub struct Issue {
        /// Where.
        pub path: String,
        /// What.
        pub message: String,
    }
    /// The configuration was written.
    pub struct Written {
        /// Whether it was.
        pub ok: bool,
        /// The file.
        pub path: String,
        /// Its hash now; `None` when nothing changed.
        pub hash: Option<String>,
        /// What changed.
        pub changed_paths: Vec<String>,
        /// Whether nothing changed.
        pub noop: bool,
    }
    /// What one setting may be.
    pub struct Setting {
        /// Its path.
        pub path: String,
        /// JSON schema.
        pub schema: Value,
        /// `restart`, `hot`, `none`.
        pub reload_kind: Option<String>,
        /// For people.
        pub hint: Hint,
        /// Settings below.
        pub children: Vec<Child>,
    }
    /// A setting, for people.
    pub struct Hint {
        /// Its name.
        pub label: Option<String>,
        /// What it is for.
        pub help: Option<String>,
        /// Whether few need it.
        pub advanced: bool,
        /// Whether it is a secret.
        pub sensitive: bool,
    }
    /// A setting below another.
    pub struct Child {
        /// Its name.
        pub key: String,
        /// Its path.
        pub path: String,
        /// Whether it must be set.
        pub required: bool,
        /// Whether there are settings below.
        pub has_children: bool,
        /// For people.
        pub hint: Hint,
    }
}
