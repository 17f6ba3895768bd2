//! Markdown, for people.

use super::{About, Form};
use crate::model::{ChatDelivery, Entry, EntryKind, Media, Problem, Text, ToolCall, ToolState};
use crate::tr;
use std::fmt::Write;

pub(super) struct Markdown;

/// Writing to a `String` does not fail.
macro_rules! put {
    ($out:expr, $($words:tt)*) => { let _ = writeln!($out, $($words)*); };
}

impl Form for Markdown {
    fn head(&mut self, about: &About, out: &mut String) {
        put!(out, "# {}\n", line(&about.title));
        put!(out, "- {}", tr!("files-export-agent", agent = line(&about.agent)));
        if !about.model.is_empty() {
            put!(out, "- {}", tr!("files-export-model", model = line(&about.model)));
        }
        put!(out, "- {}", tr!("files-export-key", key = code(&about.key)));
        let now = jiff::Zoned::now().strftime("%Y-%m-%d %H:%M %Z").to_string();
        put!(out, "- {}\n", tr!("files-export-when", when = now));
    }

    fn entry(&mut self, entry: &Entry, out: &mut String) {
        match &entry.kind {
            EntryKind::Person { text, media, delivery, .. } => {
                heading(out, tr!("files-export-you"), &entry.when);
                body(out, text);
                files(out, media);
                if let ChatDelivery::Failed(problem) = delivery {
                    put!(out, "*{}*\n", tr!("files-export-not-sent", why = words(problem)));
                }
            }
            EntryKind::Agent { text, model, media, stopped, .. } => {
                let who = if model.is_empty() { tr!("files-export-the-agent") } else { model };
                heading(out, who, &entry.when);
                body(out, text);
                files(out, media);
                if *stopped {
                    put!(out, "*{}*\n", tr!("files-export-stopped"));
                }
            }
            EntryKind::Thinking { text, .. } => {
                heading(out, tr!("files-export-thinking"), &entry.when);
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
                heading(out, tr!("files-export-failed"), &entry.when);
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
            put!(out, "## {}\n", tr!("files-export-heading", who = line(who), when = line(when)));
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
        put!(
            out,
            "- {}",
            tr!("files-export-attached", name = code(&file.name), kind = line(&file.mime))
        );
    }
    if !media.is_empty() {
        put!(out, "");
    }
}

fn tool(out: &mut String, call: &ToolCall, when: &str) {
    heading(out, &tr!("files-export-tool", name = &call.name), when);
    let mut facts = vec![state(call.state).to_owned()];
    facts.extend(call.exit.map(|code| tr!("files-export-exit", code = code.to_string())));
    facts.extend(Some(line(&call.took)).filter(|took| !took.is_empty()));
    let facts = facts.join(tr!("files-export-between"));
    match line(&call.summary).as_str() {
        "" => {
            put!(out, "{facts}\n");
        }
        summary => {
            put!(out, "{}\n", tr!("files-export-facts", summary = summary, facts = facts));
        }
    }
    for (what, text) in
        [(tr!("files-export-input"), &call.input), (tr!("files-export-output"), &call.output)]
    {
        if !text.is_empty() {
            put!(out, "{what}\n");
            text.with(|text| fenced(out, text));
        }
    }
    if call.cut > 0 {
        put!(out, "*{}*\n", tr!("files-export-cut", count = call.cut));
    }
}

fn state(state: ToolState) -> &'static str {
    match state {
        ToolState::Running => tr!("files-export-state-running"),
        ToolState::Waiting => tr!("files-export-state-waiting"),
        ToolState::Done => tr!("files-export-state-done"),
        ToolState::Failed => tr!("files-export-state-failed"),
        ToolState::Denied => tr!("files-export-state-denied"),
        ToolState::Stopped => tr!("files-export-state-stopped"),
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
