//! From the gateway's messages to the entries of a conversation.

use super::transcript::Item;
use super::turn::{cap_output, cut_to, new_tool, person_entry, tool_entry};
use crate::model::{ChatDelivery, Entry, EntryKind, Media, Problem, ToolCall, ToolState};
use crate::tr;
use std::collections::HashMap;

/// Who a message is by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum By {
    /// The person.
    #[default]
    Person,
    /// The agent.
    Agent,
    /// A tool: what came out.
    Tool,
    /// The gateway.
    System,
}

/// A part of a message.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    /// Markdown.
    Text(String),
    /// What the agent thought.
    Thinking(String),
    /// The agent calls a tool.
    Call {
        /// The gateway's id of the call.
        id: String,
        /// Name of the tool.
        name: String,
        /// What goes in, for people.
        input: String,
    },
    /// A picture or file.
    Media(Media),
}

/// A message of the gateway's, with what is needed of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// The gateway's id of it; may be empty.
    pub id: String,
    /// Its number in the conversation.
    pub seq: Option<u64>,
    /// The run it belongs to; may be empty.
    pub run: String,
    /// The key it was sent with, without what the gateway adds; may be empty.
    pub key: String,
    /// By whom.
    pub by: By,
    /// When, in words.
    pub when: String,
    /// What it says.
    pub parts: Vec<Part>,
    /// The model, `provider/id`; may be empty.
    pub model: String,
    /// What it tells of the conversation: `reset`, `compaction`; may be empty.
    pub kind: String,
    /// A person stopped it.
    pub stopped: bool,
    /// The turn failed.
    pub failed: bool,
    /// For a tool's result: the call.
    pub call: String,
    /// For a tool's result: name of the tool.
    pub tool: String,
    /// For a tool's result: it failed.
    pub error: bool,
    /// For a tool's result: exit code, when it is told.
    pub exit: Option<i64>,
    /// For a tool's result: how long it took, in milliseconds.
    pub millis: Option<u64>,
    /// The gateway has cut it off for display: the whole can be asked for.
    pub truncated: bool,
}

/// The entries of some messages, oldest first. A result goes into its call; one whose call is
/// not among them stands for itself.
#[must_use]
pub fn items(rows: &[Row]) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    let mut calls: HashMap<String, usize> = HashMap::new();
    let mut last = rows.iter().find_map(|row| row.seq).unwrap_or(1);
    for (at, row) in rows.iter().enumerate() {
        last = row.seq.unwrap_or(last).max(last);
        let name = if row.id.is_empty() { format!("m{last}-{at}") } else { row.id.clone() };
        let entry = |id: String, kind| Entry { id, when: row.when.clone(), kind };
        match row.by {
            By::Person => {
                let id = if row.key.is_empty() { name } else { person_entry(&row.key) };
                let kind = EntryKind::Person {
                    text: text_of(row).into(),
                    media: media_of(row),
                    delivery: ChatDelivery::Sent,
                    links: Vec::new(),
                };
                items.push(Item::new(last, row, entry(id, kind)));
            }
            By::System => {
                items.push(Item::new(last, row, entry(name, EntryKind::Note(note(row)))));
            }
            By::Agent if !row.kind.is_empty() => {
                items.push(Item::new(last, row, entry(name, EntryKind::Note(note(row)))));
            }
            By::Agent if row.failed => {
                for (n, part) in row.parts.iter().enumerate() {
                    if let Part::Thinking(text) = part {
                        let kind =
                            EntryKind::Thinking { text: text.as_str().into(), growing: false };
                        items.push(Item::new(last, row, entry(format!("{name}/{n}"), kind)));
                    }
                }
                let id = if row.run.is_empty() { name } else { format!("{}/failed", row.run) };
                let failed = EntryKind::Failed(failure(&text_of(row)));
                items.push(Item::new(last, row, entry(id, failed)));
            }
            By::Agent => agent(&mut items, &mut calls, row, last, &name),
            By::Tool => {
                let mut result = result(row);
                let id = tool_entry(&row.run, &row.call);
                if let Some(item) = calls.get(&id).and_then(|at| items.get_mut(*at)) {
                    if let EntryKind::Tool(call) = &item.entry.kind {
                        let mut call = call.clone();
                        put_result(&mut call, &result);
                        let whole = Entry {
                            id: item.entry.id.clone(),
                            when: item.entry.when.clone(),
                            kind: EntryKind::Tool(call),
                        };
                        *item = Item::new(item.seq, row, whole);
                    }
                    continue;
                }
                if result.name.is_empty() {
                    "tool".clone_into(&mut result.name);
                }
                let mut item = Item::new(last, row, entry(id, EntryKind::Tool(result)));
                item.orphan = true;
                items.push(item);
            }
        }
    }
    items
}

fn agent(
    items: &mut Vec<Item>,
    calls: &mut HashMap<String, usize>,
    row: &Row,
    seq: u64,
    name: &str,
) {
    let mut media = media_of(row);
    let texts = row.parts.iter().filter(|part| matches!(part, Part::Text(_))).count();
    let mut text_no = 0;
    for (n, part) in row.parts.iter().enumerate() {
        let id = format!("{name}/{n}");
        let (id, kind) = match part {
            Part::Text(text) => {
                text_no += 1;
                // Pictures stand with the last text.
                let media = if text_no == texts { std::mem::take(&mut media) } else { Vec::new() };
                if text.is_empty() && media.is_empty() {
                    continue;
                }
                let stopped = row.stopped && text_no == texts;
                (id, agent_text(text, row, media, stopped))
            }
            Part::Thinking(text) if text.is_empty() => continue,
            Part::Thinking(text) => {
                (id, EntryKind::Thinking { text: text.as_str().into(), growing: false })
            }
            Part::Call { id: call, name, input } => {
                let mut tool = new_tool(call, name);
                tool.input = cut_to(input, ToolCall::MOST_INPUT).into();
                let id = tool_entry(&row.run, call);
                calls.insert(id.clone(), items.len());
                (id, EntryKind::Tool(tool))
            }
            Part::Media(_) => continue,
        };
        items.push(Item::new(seq, row, Entry { id, when: row.when.clone(), kind }));
    }
    if !media.is_empty() {
        let kind = agent_text("", row, media, row.stopped);
        let id = format!("{name}/media");
        items.push(Item::new(seq, row, Entry { id, when: row.when.clone(), kind }));
    }
}

fn agent_text(text: &str, row: &Row, media: Vec<Media>, stopped: bool) -> EntryKind {
    EntryKind::Agent {
        text: text.into(),
        model: row.model.clone(),
        media,
        links: Vec::new(),
        stopped,
        growing: false,
    }
}

fn text_of(row: &Row) -> String {
    let texts = row.parts.iter().filter_map(|part| match part {
        Part::Text(text) => Some(text.as_str()),
        _ => None,
    });
    texts.collect::<Vec<_>>().join("\n")
}

fn media_of(row: &Row) -> Vec<Media> {
    let media = |part: &Part| match part {
        Part::Media(media) => Some(media.clone()),
        _ => None,
    };
    row.parts.iter().filter_map(media).collect()
}

/// What a row that is no message tells.
fn note(row: &Row) -> String {
    match row.kind.as_str() {
        "reset" => tr!("engine-emptied").into(),
        "compaction" => tr!("engine-summarised").into(),
        _ => {
            let text = text_of(row);
            if text.is_empty() { tr!("engine-changed").into() } else { text }
        }
    }
}

/// A turn that failed, in the gateway's words.
pub(crate) fn failure(words: &str) -> Problem {
    let words = words.trim().trim_start_matches('⚠').trim_start_matches('\u{fe0f}').trim();
    // The gateway adds a hint for its own command line.
    let words = words.split("\nTo view logs").next().unwrap_or(words).trim();
    Problem {
        what: if words.is_empty() { tr!("engine-turn-failed").into() } else { words.to_owned() },
        next: tr!("engine-turn-failed-next").into(),
    }
}

fn result(row: &Row) -> ToolCall {
    let mut tool = new_tool(&row.call, &row.tool);
    let output = text_of(row);
    let (kept, cut) = cap_output(&output);
    tool.exit = row.exit.or_else(|| exit_of(&output));
    tool.state = state_of(row.error, &output);
    if let Some(millis) = row.millis {
        tool.took = super::turn::took(millis);
    }
    // How much the gateway has cut off is not told; the person can ask for it.
    tool.cut = cut.max(u64::from(row.truncated));
    tool.output = kept.into();
    tool
}

/// Puts a result into its call.
pub(crate) fn put_result(call: &mut ToolCall, result: &ToolCall) {
    call.state = result.state;
    call.output = result.output.clone();
    call.cut = result.cut;
    call.exit = result.exit;
    if !result.took.is_empty() {
        call.took.clone_from(&result.took);
    }
    if call.name.is_empty() {
        call.name.clone_from(&result.name);
    }
}

/// How a call ended, by what came out.
pub(crate) fn state_of(error: bool, output: &str) -> ToolState {
    // "Exec denied (gateway id=..., user-denied): <command>"
    if output.starts_with("Exec denied (") {
        ToolState::Denied
    } else if error {
        ToolState::Failed
    } else {
        ToolState::Done
    }
}

/// "(Command exited with code 3)" at the end of an output.
pub(crate) fn exit_of(output: &str) -> Option<i64> {
    let (_, code) = output.trim_end().rsplit_once("(Command exited with code ")?;
    code.strip_suffix(')')?.parse().ok()
}

/// What goes into a tool, for people: a command line alone, or JSON.
pub(crate) fn input_of(arguments: &serde_json::Value) -> String {
    if let Some(map) = arguments.as_object()
        && map.len() == 1
        && let Some(command) = map.get("command").and_then(serde_json::Value::as_str)
    {
        return command.to_owned();
    }
    match arguments {
        serde_json::Value::Null => String::new(),
        serde_json::Value::String(text) => text.clone(),
        other => serde_json::to_string_pretty(other).unwrap_or_default(),
    }
}
