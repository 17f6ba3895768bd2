//! `skills.*`

use super::lenient::{Absent, answer, method};
use serde::Serialize;
use std::collections::BTreeMap;
use zeroize::{Zeroize, ZeroizeOnDrop};

method! {
    /// The skills.
    pub struct Status = "skills.status" -> Skills, 60 s {
        /// Of this agent.
        pub agent_id: Option<String>,
    }
    /// Switches a skill on or off, or gives it its key.
    pub struct Update = "skills.update" -> Updated {
        /// [`Skill::skill_key`].
        pub skill_key: String,
        /// Whether agents may use it.
        pub enabled: Option<bool>,
        /// The key that it needs.
        pub api_key: Option<SkillSecret>,
        /// Its environment.
        pub env: Option<BTreeMap<String, SkillSecret>>,
    }
}

/// A secret that a skill needs. It goes to the gateway and nowhere else.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct SkillSecret(String);

impl SkillSecret {
    /// Takes a secret in.
    #[must_use]
    pub fn new(secret: String) -> Self {
        Self(secret)
    }
}

impl std::fmt::Debug for SkillSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SkillSecret([redacted])")
    }
}

impl Serialize for SkillSecret {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.0)
    }
}

impl Absent for SkillSecret {}

answer! {
    /// The skills.
    pub struct Skills {
        /// The agent.
        pub agent_id: Option<String>,
        /// Its folder.
        pub workspace_dir: Option<String>,
        /// The skills.
        pub skills: Vec<Skill>,
    }
    /// A skill.
    pub struct Skill {
        /// Its name.
        pub name: String,
        /// For [`Update::skill_key`].
        pub skill_key: String,
        /// What it does.
        pub description: String,
        /// Where it comes from.
        pub source: Option<String>,
        /// Whether the gateway brought it.
        pub bundled: bool,
        /// A picture for it.
        pub emoji: Option<String>,
        /// Its page.
        pub homepage: Option<String>,
        /// Whether it was switched off.
        pub disabled: bool,
        /// Whether it can be used.
        pub eligible: bool,
        /// What it needs.
        pub requirements: Needs,
        /// What of it is missing.
        pub missing: Needs,
        /// How to get what is missing.
        pub install: Vec<Install>,
    }
    /// What a skill needs.
    pub struct Needs {
        /// All of these programs.
        pub bins: Vec<String>,
        /// One of these programs.
        pub any_bins: Vec<String>,
        /// These environment variables.
        pub env: Vec<String>,
        /// These settings.
        pub config: Vec<String>,
        /// One of these operating systems.
        pub os: Vec<String>,
    }
    /// How to get what a skill needs.
    pub struct Install {
        /// Its id.
        pub id: String,
        /// `brew`, `node`, `download`, ...
        pub kind: String,
        /// For people.
        pub label: String,
    }
    /// A skill was changed.
    pub struct Updated {
        /// Whether it was.
        pub ok: bool,
        /// Which.
        pub skill_key: String,
    }
}
