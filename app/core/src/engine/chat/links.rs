//! Links of messages and tools, with titles and icons where previews are switched on.

use super::super::Engine;
use crate::model::{Entry, EntryKind, Link, Settings};
use std::sync::Arc;

/// Entries of the open conversation, from its end, that are looked at.
const RECENT: usize = 40;
/// Bytes of a text in which links are looked for.
const LOOKED_AT: usize = 64 * 1024;

impl Engine {
    /// The links that the newest entries have.
    pub(in super::super) fn chat_links(&self) -> Vec<Link> {
        let Some(open) = &self.chat.open else { return Vec::new() };
        let links = |entry: &Arc<Entry>| match &entry.kind {
            EntryKind::Person { links, .. } | EntryKind::Agent { links, .. } => links.clone(),
            EntryKind::Tool(tool) => tool.link.iter().cloned().collect(),
            _ => Vec::new(),
        };
        open.transcript.recent(RECENT).flat_map(links).collect()
    }

    /// Brings the links of the newest entries up to date.
    pub(in super::super) fn show_chat_links(&mut self) {
        let settings = self.model.settings;
        let Some(open) = &mut self.chat.open else { return };
        let changed: Vec<Entry> = open
            .transcript
            .recent(RECENT)
            .filter_map(|entry| with_links(entry, &self.previews, &settings))
            .collect();
        if changed.is_empty() {
            return;
        }
        for entry in changed {
            open.transcript.replace(entry);
        }
        if let Some(thread) = &mut self.model.chat.open {
            thread.entries = open.transcript.entries();
        }
        self.fetch_previews();
    }
}

/// An entry with other links than it had.
fn with_links(
    entry: &Entry,
    previews: &super::super::previews::Previews,
    settings: &Settings,
) -> Option<Entry> {
    let find = |text: &crate::model::Text| {
        text.with(|text| {
            let text = crate::sync::turn::cut_to(text, LOOKED_AT);
            if text.contains("http") { previews.links(text, settings) } else { Vec::new() }
        })
    };
    let mut new = entry.clone();
    match &mut new.kind {
        EntryKind::Person { text, links, .. } | EntryKind::Agent { text, links, .. } => {
            *links = find(text);
        }
        EntryKind::Tool(tool) => tool.link = find(&tool.input).into_iter().next(),
        _ => return None,
    }
    (new != *entry).then_some(new)
}
