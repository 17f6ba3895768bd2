//! Turns, pages and recordings.

mod any;
mod holes;
mod pages;
mod recordings;

use crate::model::{Entry, EntryKind};
use crate::sync::transcript::Page;

/// What an entry tells a person.
fn told(entry: &Entry) -> String {
    match &entry.kind {
        EntryKind::Person { text, .. } => format!("person: {text}"),
        EntryKind::Agent { text, stopped, growing, .. } => {
            assert!(!growing);
            format!("agent{}: {text}", if *stopped { " (stopped)" } else { "" })
        }
        EntryKind::Thinking { text, .. } => format!("thought: {text}"),
        EntryKind::Tool(tool) => {
            format!(
                "{} {} {:?}: {} -> {}",
                entry.id, tool.name, tool.state, tool.input, tool.output
            )
        }
        EntryKind::Note(text) => format!("note: {text}"),
        EntryKind::Failed(problem) => format!("failed: {}", problem.what),
    }
}

fn row(seq: u64, by: crate::sync::reading::By, text: &str) -> crate::sync::reading::Row {
    crate::sync::reading::Row {
        id: format!("m{seq}"),
        seq: Some(seq),
        by,
        run: format!("r{}", seq / 2),
        parts: vec![crate::sync::reading::Part::Text(text.to_owned())],
        ..Default::default()
    }
}

fn rows_of(range: std::ops::Range<u64>) -> Page {
    use crate::sync::reading::By;
    let by = |seq| if seq % 2 == 0 { By::Agent } else { By::Person };
    Page {
        session: "s".into(),
        older: range.start > 1,
        total: 1000,
        rows: range.map(|seq| row(seq, by(seq), &format!("text {seq}"))).collect(),
    }
}
