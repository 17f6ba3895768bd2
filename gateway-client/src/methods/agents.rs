//! `agents.*` and `agent.identity.get`.

use super::lenient::{Change, answer, method};
use super::sessions::{PermissionMode, ThinkingLevel};

method! {
    /// The agents.
    pub struct List = "agents.list" -> Agents {}
    /// Makes an agent. It can be used only after the next `config.changed`.
    pub struct Create = "agents.create" -> Created, 60 s {
        /// Its name; the id is made of it.
        pub name: String,
        /// Its folder; the gateway makes one.
        pub workspace: Option<String>,
        /// The model as `provider/id`.
        pub model: Option<String>,
        /// A picture for it.
        pub emoji: Option<String>,
    }
    /// Changes an agent.
    pub struct Update = "agents.update" -> Created, 60 s {
        /// The agent.
        pub agent_id: String,
        /// Its name.
        pub name: Option<String>,
        /// Its folder.
        pub workspace: Option<String>,
        /// The model as `provider/id`.
        pub model: Change<String>,
        /// A picture for it.
        pub emoji: Option<String>,
    }
    /// Deletes an agent.
    pub struct Delete = "agents.delete" -> Deleted, 60 s {
        /// The agent; `main` cannot be deleted.
        pub agent_id: String,
        /// Its folder too.
        pub delete_files: Option<bool>,
    }
    /// The files that tell an agent who it is.
    pub struct FilesList = "agents.files.list" -> Files {
        /// The agent.
        pub agent_id: String,
    }
    /// One of its files.
    pub struct FilesGet = "agents.files.get" -> OneFile {
        /// The agent.
        pub agent_id: String,
        /// The file's name, for example `SOUL.md`.
        pub name: String,
    }
    /// Writes one of its files.
    pub struct FilesSet = "agents.files.set" -> OneFile {
        /// The agent.
        pub agent_id: String,
        /// The file's name.
        pub name: String,
        /// All of its text.
        pub content: String,
    }
}

answer! {
    /// The agents.
    pub struct Agents {
        /// Who answers when none is named.
        pub default_id: String,
        /// `sole`, `explicit`, `legacy`.
        pub ownership: Option<String>,
        /// Whether calls must name an agent.
        pub selection_required: bool,
        /// The rest of the main conversation's key.
        pub main_key: String,
        /// The agents.
        pub agents: Vec<Agent>,
    }
    /// An agent.
    pub struct Agent {
        /// Its id.
        pub id: String,
        /// `agent` or `system`.
        pub kind: Option<String>,
        /// Its name.
        pub name: Option<String>,
        /// How it shows itself.
        pub identity: Identity,
        /// Its folder.
        pub workspace: Option<String>,
        /// Its models.
        pub model: Models,
        /// Thinking levels to choose from.
        pub thinking_levels: Vec<ThinkingLevel>,
        /// The level when none is set.
        pub thinking_default: Option<String>,
        /// What its tools may do when a conversation says nothing.
        pub default_permission_mode: Option<PermissionMode>,
    }
    /// How an agent shows itself.
    pub struct Identity {
        /// Its name.
        pub name: Option<String>,
        /// A picture for it.
        pub emoji: Option<String>,
        /// A picture's path or address, as the gateway has it. Never fetched blindly.
        pub avatar: Option<String>,
    }
    /// An agent's models, each as `provider/id`.
    pub struct Models {
        /// The one that answers.
        pub primary: Option<String>,
        /// What answers when it cannot.
        pub fallbacks: Vec<String>,
    }
    /// An agent was made or changed.
    pub struct Created {
        /// Whether it was.
        pub ok: bool,
        /// Its id.
        pub agent_id: String,
        /// Its name.
        pub name: Option<String>,
        /// Its folder.
        pub workspace: Option<String>,
    }
    /// An agent was deleted.
    pub struct Deleted {
        /// Whether it was.
        pub ok: bool,
        /// Its id.
        pub agent_id: String,
        /// What was removed.
        pub removed: Vec<Removed>,
    }
    /// A removed file.
    pub struct Removed {
        /// Its path.
        pub path: String,
        /// `trash` or `missing`.
        pub method: String,
    }
    /// An agent's files.
    pub struct Files {
        /// The agent.
        pub agent_id: String,
        /// Its folder.
        pub workspace: String,
        /// The files.
        pub files: Vec<File>,
    }
    /// One of an agent's files.
    pub struct OneFile {
        /// The agent.
        pub agent_id: String,
        /// Its folder.
        pub workspace: String,
        /// The file.
        pub file: File,
    }
    /// A file that tells an agent who it is.
    pub struct File {
        /// Its name.
        pub name: String,
        /// Its path.
        pub path: String,
        /// Whether it is not there.
        pub missing: bool,
        /// Whether it need not be there.
        pub expected_absent: bool,
        /// Its length in bytes.
        pub size: Option<u64>,
        /// Last change, in milliseconds since 1970.
        pub updated_at_ms: Option<u64>,
        /// Its SHA-256.
        pub hash: Option<String>,
        /// Its text; lists have none.
        pub content: Option<String>,
    }
}
