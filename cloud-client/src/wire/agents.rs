//! Agents and their API keys.

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

/// An agent of the workspace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agent {
    /// Id.
    pub id: String,
    /// Name, 1 to 80 characters.
    pub name: String,
    /// LLM provider: `openai`, `anthropic`, `google`, or another name.
    pub provider: String,
    /// The provider's name of the model.
    pub model: String,
    /// What the agent is told before everything else, at most 16 KiB.
    #[serde(default)]
    pub instructions: String,
    /// Which providers it has a key for. The keys are never sent back.
    #[serde(default)]
    pub keys: Vec<KeyHint>,
    /// RFC 3339.
    pub updated_at: String,
}

/// That a key is there, and how to recognise it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyHint {
    /// LLM provider.
    pub provider: String,
    /// The key's last four characters.
    pub last4: String,
    /// RFC 3339: when it was written.
    pub set_at: String,
}

/// Body of `POST …/agents` and `PUT …/agents/{agent}`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgentDraft {
    /// As in [`Agent`].
    pub name: String,
    /// As in [`Agent`].
    pub provider: String,
    /// As in [`Agent`].
    pub model: String,
    /// As in [`Agent`].
    #[serde(default)]
    pub instructions: String,
}

/// Body of `PUT …/agents/{agent}/keys/{provider}`: an API key, on its way to the cloud.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiKey {
    key: Zeroizing<String>,
}

impl ApiKey {
    /// Takes the text over.
    #[must_use]
    pub fn new(text: String) -> Self {
        Self { key: Zeroizing::new(text) }
    }

    /// The text, for the one place that encrypts it.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.key
    }
}

impl std::fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ApiKey(…)")
    }
}
