//! `commands.*`: what a message that starts with `/` can do.

use super::lenient::{answer, method};

method! {
    /// The commands.
    pub struct List = "commands.list" -> Commands {
        /// Of this conversation.
        pub session_key: Option<String>,
        /// Of this agent.
        pub agent_id: Option<String>,
        /// `text`, `native`, `both`.
        pub scope: Option<String>,
        /// With [`Command::args`].
        pub include_args: Option<bool>,
    }
}

answer! {
    /// The commands.
    pub struct Commands {
        /// The commands.
        pub commands: Vec<Command>,
    }
    /// A command.
    pub struct Command {
        /// Its name, without `/`.
        pub name: String,
        /// How it is typed, with `/`.
        pub text_aliases: Vec<String>,
        /// What it does.
        pub description: String,
        /// `session`, `options`, `status`, `management`, `media`, `tools`.
        pub category: Option<String>,
        /// `native`, `skill`, `plugin`.
        pub source: Option<String>,
        /// Whether something comes after it.
        pub accepts_args: bool,
        /// What comes after it.
        pub args: Vec<Argument>,
    }
    /// What comes after a command.
    pub struct Argument {
        /// Its name.
        pub name: String,
        /// What it is.
        pub description: String,
        /// Whether it must be there.
        pub required: bool,
        /// What it may be, when that is a list.
        pub choices: Vec<Choice>,
    }
    /// One of the values of an argument.
    pub struct Choice {
        /// As it is sent.
        pub value: String,
        /// For people.
        pub label: String,
    }
}
