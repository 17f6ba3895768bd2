//! `exec.*`: what an agent may run.

use super::lenient::{Lenient, answer, field, method};
pub use crate::events::{ApprovalRequest, CommandAnalysis};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

method! {
    /// What waits for a person.
    pub struct ApprovalList = "exec.approval.list" -> Waiting {}
    /// A person's answer. An id that is gone is refused with `APPROVAL_NOT_FOUND`.
    pub struct ApprovalResolve = "exec.approval.resolve" -> Done {
        /// [`ApprovalRequest::id`].
        pub id: String,
        /// One of [`ApprovalRequest::allowed_decisions`].
        pub decision: Decision,
    }
    /// The rules.
    pub struct ApprovalsGet = "exec.approvals.get" -> Rules {}
    /// Writes the rules.
    pub struct ApprovalsSet = "exec.approvals.set" -> Rules {
        /// All of them.
        pub file: RulesFile,
        /// [`Rules::hash`]; refused when it is another by now.
        pub base_hash: String,
    }
}

/// A person's answer to an approval.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Decision {
    /// This time.
    AllowOnce,
    /// From now on.
    AllowAlways,
    /// No.
    #[default]
    Deny,
    /// One that this program does not know: shown, never sent.
    Other(String),
}

impl Decision {
    /// As the gateway writes it.
    #[must_use]
    pub fn wire(&self) -> &str {
        match self {
            Self::AllowOnce => "allow-once",
            Self::AllowAlways => "allow-always",
            Self::Deny => "deny",
            Self::Other(name) => name,
        }
    }
}

impl Serialize for Decision {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.wire())
    }
}

impl Lenient for Decision {
    fn text(value: &str) -> Option<Self> {
        Some(match value {
            "allow-once" => Self::AllowOnce,
            "allow-always" => Self::AllowAlways,
            "deny" => Self::Deny,
            other => Self::Other(other.to_owned()),
        })
    }
}

impl super::lenient::Absent for Decision {}
impl super::lenient::Absent for RulesFile {}

/// What waits for a person.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(transparent)]
pub struct Waiting(
    /// The requests.
    #[serde(deserialize_with = "field")]
    pub Vec<ApprovalRequest>,
);

answer! {
    /// It was done.
    pub struct Done {
        /// Whether it was.
        pub ok: bool,
    }
    /// The rules.
    pub struct Rules {
        /// Where they are kept.
        pub path: String,
        /// Whether there are any.
        pub exists: bool,
        /// For [`ApprovalsSet::base_hash`].
        pub hash: String,
        /// The rules as they are written.
        pub file: RulesFile,
        /// What holds where nothing is written.
        pub resolved_defaults: Defaults,
    }
}

/// The rules as they are written. The gateway's own socket is not kept here: it keeps its own.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RulesFile {
    /// Always 1.
    pub version: u64,
    /// For every agent.
    pub defaults: Defaults,
    /// By agent.
    pub agents: BTreeMap<String, Value>,
}

impl Default for RulesFile {
    fn default() -> Self {
        Self { version: 1, defaults: Defaults::default(), agents: BTreeMap::new() }
    }
}

answer! {
    struct RulesWire {
        version: Option<u64>,
        defaults: Defaults,
        agents: BTreeMap<String, Value>,
    }
}

impl Lenient for RulesFile {
    fn object<'de, A: serde::de::MapAccess<'de>>(object: A) -> Result<Option<Self>, A::Error> {
        Ok(RulesWire::object(object)?.map(|wire| Self {
            version: wire.version.unwrap_or(1),
            defaults: wire.defaults,
            agents: wire.agents,
        }))
    }
}

/// What an agent may run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Defaults {
    /// `deny`, `allowlist`, `full`.
    #[serde(default, deserialize_with = "field", skip_serializing_if = "Option::is_none")]
    pub security: Option<String>,
    /// `off`, `on-miss`, `always`.
    #[serde(default, deserialize_with = "field", skip_serializing_if = "Option::is_none")]
    pub ask: Option<String>,
    /// What holds when nobody can be asked.
    #[serde(default, deserialize_with = "field", skip_serializing_if = "Option::is_none")]
    pub ask_fallback: Option<String>,
    /// Whether skills' own programs are allowed.
    #[serde(default, deserialize_with = "field", skip_serializing_if = "Option::is_none")]
    pub auto_allow_skills: Option<bool>,
}

impl Lenient for Defaults {
    fn object<'de, A: serde::de::MapAccess<'de>>(object: A) -> Result<Option<Self>, A::Error> {
        Self::deserialize(serde::de::value::MapAccessDeserializer::new(object)).map(Some)
    }
}
