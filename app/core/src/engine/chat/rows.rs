//! From the gateway's words to ours: rows, messages, agents, models.

use crate::local_time;
use crate::model::{ChatAgent, ChatModel, ChatRow, Media, Permission};
use crate::sync::reading::{By, Part, Row, exit_of, input_of};
use crate::sync::transcript::Page;
use crate::tr;
use gateway_client::methods::{Change, agents, chat, models, sessions};

/// What is kept of a conversation's row.
#[derive(Clone, Debug, Default)]
pub(super) struct Known {
    pub(super) pinned: bool,
    pub(super) updated_ms: u64,
    pub(super) unread: bool,
    pub(super) running: bool,
    pub(super) main: bool,
    pub(super) label: String,
    pub(super) model: String,
    /// The model was chosen for this conversation.
    pub(super) model_chosen: bool,
    pub(super) thinking: String,
    pub(super) levels: Vec<String>,
    pub(super) permission: Permission,
    pub(super) context: Option<(u64, u64)>,
    agent: String,
    display: String,
    derived: String,
    last: String,
    archived: bool,
    hidden: bool,
    /// The runs that are under way, when the gateway names them all.
    pub(super) runs: Option<Vec<String>>,
}

fn set(to: &mut String, change: Change<String>) {
    match change {
        Change::Keep => {}
        Change::Clear => to.clear(),
        Change::Set(value) => *to = value,
    }
}

fn say<T>(to: &mut T, said: Option<T>) {
    if let Some(said) = said {
        *to = said;
    }
}

impl Known {
    /// Takes a row, or the part of it that an event brings.
    pub(super) fn take(&mut self, row: sessions::Row) {
        say(&mut self.pinned, row.pinned);
        say(&mut self.unread, row.unread);
        say(&mut self.running, row.has_active_run);
        say(&mut self.main, row.is_main);
        say(&mut self.archived, row.archived);
        say(&mut self.agent, row.agent_id);
        say(&mut self.derived, row.derived_title);
        say(&mut self.last, row.last_message_preview.map(|last| one_line(&last, 160)));
        let at = row.last_interaction_at.max(row.updated_at);
        self.updated_ms = at.unwrap_or(self.updated_ms);
        set(&mut self.label, row.label);
        set(&mut self.display, row.display_name);
        set(&mut self.thinking, row.thinking_level);
        if let Some(model) = row.model {
            self.model = named(row.model_provider.as_deref(), &model);
        }
        match row.model_override_source {
            Change::Keep => {}
            Change::Clear => self.model_chosen = false,
            Change::Set(source) => self.model_chosen = source != "default",
        }
        if let Some(levels) = row.thinking_options {
            self.levels = levels;
        } else if let Some(levels) = row.thinking_levels {
            self.levels = levels.into_iter().map(|level| level.id).collect();
        }
        match row.permission_mode {
            Change::Keep => {}
            Change::Clear => self.permission = Permission::Default,
            Change::Set(mode) => self.permission = permission(mode),
        }
        match row.active_run_ids {
            Change::Keep => {}
            Change::Clear => self.runs = None,
            Change::Set(runs) => self.runs = Some(runs),
        }
        if let Some(most) = row.context_tokens {
            self.context = Some((self.context.map_or(0, |(used, _)| used), most));
        }
        if let (Some(used), Some((_, most))) = (row.total_tokens, self.context) {
            self.context = Some((used, most));
        }
        // Helpers that an agent starts, and what the clock starts, are not a person's.
        if row.spawn_depth.is_some_and(|depth| depth > 0) {
            self.hidden = true;
        }
        if let Some(background) = row.is_background {
            self.hidden = background || row.spawn_depth.is_some_and(|depth| depth > 0);
        }
        if matches!(row.kind.as_deref(), Some("global" | "unknown")) {
            self.hidden = true;
        }
    }

    /// Whether a person expects it in the list.
    pub(super) fn is_listed(&self, key: &str) -> bool {
        let own = [":cron:", ":subagent:", ":heartbeat"];
        !self.archived && !self.hidden && !own.iter().any(|part| key.contains(part))
    }

    pub(super) fn agent<'a>(&'a self, key: &'a str) -> &'a str {
        if self.agent.is_empty() { agent_of(key) } else { &self.agent }
    }

    pub(super) fn title(&self, key: &str, first: Option<&String>) -> String {
        let titles = [&self.label, &self.display, &self.derived];
        let title = titles.into_iter().chain(first).find(|title| !title.trim().is_empty());
        match title {
            Some(title) => one_line(title, 120),
            None if self.main => tr!("engine-main-conversation").into(),
            None => bare_title(key).to_owned(),
        }
    }

    pub(super) fn row(&self, key: &str, first: Option<&String>, waiting: bool) -> ChatRow {
        ChatRow {
            key: key.to_owned(),
            agent: self.agent(key).to_owned(),
            title: self.title(key, first),
            last: self.last.clone(),
            when: when(self.updated_ms),
            updated_ms: self.updated_ms,
            pinned: self.pinned,
            unread: self.unread,
            running: self.running,
            main: self.main,
            waiting,
        }
    }
}

/// The agent of a session key `agent:<id>:<rest>`.
pub(super) fn agent_of(key: &str) -> &str {
    key.strip_prefix("agent:").and_then(|rest| rest.split(':').next()).unwrap_or_default()
}

/// What a conversation without a title is called: the name in its key, unless that is for
/// machines.
pub(super) fn bare_title(key: &str) -> &str {
    let rest = key.splitn(3, ':').nth(2).unwrap_or(key);
    match rest {
        "main" => tr!("engine-main-conversation"),
        rest if rest.len() > 30 || rest.is_empty() => tr!("engine-a-conversation"),
        rest => rest,
    }
}

/// The first words, in a line.
pub(super) fn one_line(text: &str, most: usize) -> String {
    let mut line = String::new();
    for word in text.split_whitespace() {
        if line.chars().count() + word.chars().count() > most {
            line.push('…');
            break;
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// A moment in words; empty for none.
pub(super) fn when(ms: u64) -> String {
    let at = i64::try_from(ms).ok().and_then(|ms| jiff::Timestamp::from_millisecond(ms).ok());
    at.filter(|_| ms > 0).map(|at| local_time::short(&at.to_string())).unwrap_or_default()
}

pub(super) fn named(provider: Option<&str>, model: &str) -> String {
    match provider {
        Some(provider) if !provider.is_empty() && !model.is_empty() => {
            format!("{provider}/{model}")
        }
        _ => model.to_owned(),
    }
}

fn permission(mode: sessions::PermissionMode) -> Permission {
    match mode {
        sessions::PermissionMode::ReadOnly => Permission::ReadOnly,
        sessions::PermissionMode::Guarded => Permission::Guarded,
        sessions::PermissionMode::Workspace => Permission::Workspace,
        sessions::PermissionMode::Full => Permission::Full,
    }
}

pub(super) fn permission_mode(of: Permission) -> Change<sessions::PermissionMode> {
    match of {
        Permission::Default => Change::Clear,
        Permission::ReadOnly => Change::Set(sessions::PermissionMode::ReadOnly),
        Permission::Guarded => Change::Set(sessions::PermissionMode::Guarded),
        Permission::Workspace => Change::Set(sessions::PermissionMode::Workspace),
        Permission::Full => Change::Set(sessions::PermissionMode::Full),
    }
}

/// A page of history.
pub(super) fn page(history: chat::HistoryPage) -> Page {
    Page {
        session: history.session_id.unwrap_or_default(),
        older: history.has_more,
        total: history.total_messages.unwrap_or(history.messages.len() as u64),
        rows: history.messages.into_iter().map(message).collect(),
    }
}

/// A message of history or of an event.
pub(super) fn message(message: chat::HistoryMessage) -> Row {
    let added = message.openclaw;
    let key = message.idempotency_key.or(added.idempotency_key).unwrap_or_default();
    let by = match message.role {
        chat::Role::User => By::Person,
        chat::Role::ToolResult => By::Tool,
        chat::Role::Assistant => By::Agent,
        _ => By::System,
    };
    // Answers of the gateway's own have the run in their key: "<run>", "<run>:assistant".
    let of_key = || key.split(':').next().unwrap_or_default().to_owned();
    let failed = message.stop_reason.as_deref() == Some("error");
    let mut parts: Vec<Part> = message.content.0.into_iter().filter_map(part).collect();
    if failed && !parts.iter().any(|part| matches!(part, Part::Text(text) if !text.is_empty())) {
        parts.extend(message.error_message.map(Part::Text));
    }
    parts.extend(added.media.into_iter().map(|media| {
        Part::Media(Media {
            name: media.file_name.unwrap_or_default(),
            mime: media.content_type.unwrap_or_default(),
            bytes: media.size_bytes,
            preview: None,
        })
    }));
    let details = message.details.unwrap_or_default();
    Row {
        id: added.id.unwrap_or_default(),
        seq: added.seq,
        run: added.run_id.unwrap_or_else(|| if by == By::Agent { of_key() } else { String::new() }),
        key: key.strip_suffix(":user").unwrap_or(&key).to_owned(),
        by,
        when: when(message.timestamp.unwrap_or_default()),
        parts,
        model: match message.model.as_deref() {
            // Written by the gateway itself.
            None | Some("gateway-injected") => String::new(),
            Some(model) => named(message.provider.as_deref(), model),
        },
        kind: added.kind.unwrap_or_default(),
        stopped: message.stop_reason.as_deref() == Some("aborted")
            || (by == By::Agent && key.ends_with(":assistant")),
        failed,
        call: message.tool_call_id.unwrap_or_default(),
        tool: message.tool_name.unwrap_or_default(),
        error: message.is_error,
        exit: details.exit_code,
        millis: details.duration_ms,
        truncated: added.truncated,
    }
}

fn part(block: chat::Block) -> Option<Part> {
    Some(match block {
        chat::Block::Text(text) => Part::Text(text),
        chat::Block::Thinking { text, .. } => Part::Thinking(text),
        chat::Block::ToolCall { id, name, arguments } => {
            Part::Call { id, name, input: input_of(&arguments) }
        }
        chat::Block::Image(picture) => Part::Media(Media {
            name: String::new(),
            mime: picture.mime.unwrap_or_default(),
            bytes: picture.omitted_bytes,
            preview: None,
        }),
        _ => return None,
    })
}

/// How a tool ended, by what it says.
pub(super) fn exit(details: Option<&chat::ToolDetails>, output: &str) -> Option<i64> {
    details.and_then(|details| details.exit_code).or_else(|| exit_of(output))
}

pub(super) fn agent(agent: agents::Agent, default: &str) -> ChatAgent {
    let identity = agent.identity;
    let name = agent.name.or(identity.name).filter(|name| !name.trim().is_empty());
    ChatAgent {
        name: name.unwrap_or_else(|| agent.id.clone()),
        emoji: identity.emoji.unwrap_or_default(),
        model: agent.model.primary.unwrap_or_default(),
        default: default == agent.id,
        id: agent.id,
    }
}

pub(super) fn model(model: models::Model) -> ChatModel {
    ChatModel {
        id: model.full_id(),
        name: if model.name.is_empty() { model.id } else { model.name },
        provider: model.provider,
        thinking: model.thinking_levels.into_iter().map(|level| level.id).collect(),
        available: model.available.unwrap_or(true),
    }
}
