//! Markdown, for people.

use super::{About, Form};
use crate::model::{ChatDelivery, Entry, EntryKind, Media, Problem, Text, ToolCall, ToolState};
use std::fmt::Write;

pub(super) struct Markdown;

/// Writing to a `String` does not fail.
macro_rules! put {
    ($out:expr, $($words:tt)*) => { let _ = writeln!($out, $($words)*); };
}

impl Form for Markdown {
    fn head(&mut self, about: &About, out: &mut String) {
        put!(out, "# {}\n", line(&about.title));
        put!(out, "- Agent: {}", line(&about.agent));
        if !about.model.is_empty() {
            put!(out, "- Model: {}", line(&about.model));
        }
        put!(out, "- Conversation: {}", code(&about.key));
        put!(out, "- Exported: {}\n", jiff::Zoned::now().strftime("%Y-%m-%d %H:%M %Z"));
    }

    fn entry(&mut self, entry: &Entry, out: &mut String) {
        match &entry.kind {
            EntryKind::Person { text, media, delivery, .. } => {
                heading(out, "You", &entry.when);
                body(out, text);
                files(out, media);
                if let ChatDelivery::Failed(problem) = delivery {
                    put!(out, "*Not sent: {}*\n", words(problem));
                }
            }
            EntryKind::Agent { text, model, media, stopped, .. } => {
                let who = if model.is_empty() { "Agent" } else { model };
                heading(out, who, &entry.when);
                body(out, text);
                files(out, media);
                if *stopped {
                    put!(out, "*Stopped.*\n");
                }
            }
            EntryKind::Thinking { text, .. } => {
                heading(out, "Thinking", &entry.when);
                text.with(|text| {
                    for line in text.lines() {
                        put!(out, "> {line}");
                    }
                });
                put!(out, "");
            }
            EntryKind::Tool(call) => tool(out, call, &entry.when),
            EntryKind::Note(text) => {
                put!(out, "*{}*\n", line(text));
            }
            EntryKind::Failed(problem) => {
                heading(out, "Failed", &entry.when);
                put!(out, "{}\n", words(problem));
            }
        }
    }

    fn foot(&mut self, _: &mut String) {}
}

fn heading(out: &mut String, who: &str, when: &str) {
    match when {
        "" => {
            put!(out, "## {}\n", line(who));
        }
        when => {
            put!(out, "## {}, {}\n", line(who), line(when));
        }
    }
}

fn body(out: &mut String, text: &Text) {
    text.with(|text| {
        if !text.trim().is_empty() {
            put!(out, "{}\n", text.trim_end());
        }
    });
}

fn files(out: &mut String, media: &[Media]) {
    for file in media {
        put!(out, "- Attached: {} ({})", code(&file.name), line(&file.mime));
    }
    if !media.is_empty() {
        put!(out, "");
    }
}

fn tool(out: &mut String, call: &ToolCall, when: &str) {
    heading(out, &format!("Tool {}", call.name), when);
    let mut facts = vec![state(call.state).to_owned()];
    facts.extend(call.exit.map(|code| format!("exit code {code}")));
    facts.extend(Some(line(&call.took)).filter(|took| !took.is_empty()));
    match line(&call.summary).as_str() {
        "" => {
            put!(out, "{}\n", facts.join(", "));
        }
        summary => {
            put!(out, "{summary} ({})\n", facts.join(", "));
        }
    }
    for (what, text) in [("Input", &call.input), ("Output", &call.output)] {
        if !text.is_empty() {
            put!(out, "{what}:\n");
            text.with(|text| fenced(out, text));
        }
    }
    if call.cut > 0 {
        put!(out, "*{} bytes of the output were let go.*\n", call.cut);
    }
}

fn state(state: ToolState) -> &'static str {
    match state {
        ToolState::Running => "running",
        ToolState::Waiting => "waiting for approval",
        ToolState::Done => "done",
        ToolState::Failed => "failed",
        ToolState::Denied => "denied",
        ToolState::Stopped => "stopped",
    }
}

fn words(problem: &Problem) -> String {
    line(&format!("{} {}", problem.what, problem.next))
}

/// One line.
fn line(text: &str) -> String {
    text.split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// The longest run of backticks.
fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or_default()
}

/// A span of code, whatever is in it (CommonMark 0.31, §6.1).
fn code(text: &str) -> String {
    let text = line(text);
    let ticks = "`".repeat(longest_run(&text) + 1);
    let space = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{ticks}{space}{text}{space}{ticks}")
}

/// A block of code with a fence that is longer than any in it (CommonMark 0.31, §4.5).
pub(super) fn fenced(out: &mut String, text: &str) {
    let fence = "`".repeat(longest_run(text).max(2) + 1);
    let end = if text.ends_with('\n') { "" } else { "\n" };
    put!(out, "{fence}\n{text}{end}{fence}\n");
}
