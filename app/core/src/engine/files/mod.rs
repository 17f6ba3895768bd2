//! Files that go into a message, the picture of the desktop, the export of a conversation, what
//! was begun and not sent, and notifications.

mod attach;
mod encode;
pub(super) mod export;
mod kind;
mod notify;
pub(super) mod open;
mod preview;
#[cfg(test)]
mod tests;

use super::{Engine, Event};
use crate::command::Command;
use crate::model::{Attachment, Image, Problem};
use crate::storage::drafts::Drafts;
use notify::Gate;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Instant;

/// Most files of one message.
pub(super) const MOST_FILES: usize = 10;
/// Conversations whose attachments are remembered; those of the one opened longest ago go first.
const CONVERSATIONS: usize = 16;
/// Most bytes that are held of all files of all conversations. What does not fit is not attached,
/// and says so.
const MOST_BYTES: u64 = 64_000_000;
/// Longest draft, in bytes; what is longer is kept only while the program runs.
const LONGEST_DRAFT: usize = 1024 * 1024;

/// An attachment that is ready to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Prepared {
    /// File name: no folder, no control characters.
    pub(super) name: String,
    /// For example `image/png`.
    pub(super) mime: String,
    /// What is in it; at most what the gateway takes.
    pub(super) bytes: Arc<[u8]>,
    /// It is a picture, by its content.
    pub(super) picture: bool,
    /// It, in small: at most 512 pixels wide and high.
    pub(super) preview: Option<Arc<Image>>,
}

/// An attachment as it is shown, with what is in it.
struct Held {
    shown: Attachment,
    bytes: Option<Arc<[u8]>>,
}

/// The files' part of the engine.
pub(super) struct Files {
    /// Number of the newest attachment.
    last: u64,
    held: BTreeMap<String, Vec<Held>>,
    /// Conversations in the order they were opened, the newest last.
    opened: Vec<String>,
    /// The conversation that is open.
    open: Option<String>,
    drafts: Drafts,
    /// A dialog is on the screen; there is one at a time.
    choosing: bool,
    /// Names the export that is going on.
    export: u64,
    gate: Gate,
    /// One picture at a time is read and decoded: ten at once would take ten times the memory.
    turn: Arc<tokio::sync::Semaphore>,
}

impl Files {
    pub(super) fn new(drafts: Drafts) -> Self {
        Self {
            last: 0,
            held: BTreeMap::new(),
            opened: Vec::new(),
            open: None,
            drafts,
            choosing: false,
            export: 0,
            gate: Gate::default(),
            turn: Arc::new(tokio::sync::Semaphore::new(1)),
        }
    }

    /// The open conversation's.
    fn here(&self) -> &[Held] {
        let held = self.open.as_ref().and_then(|open| self.held.get(open));
        held.map(Vec::as_slice).unwrap_or_default()
    }

    /// The list of a conversation; made when it has none.
    fn of(&mut self, key: &str) -> &mut Vec<Held> {
        self.held.entry(key.to_owned()).or_default()
    }

    /// Bytes that are held for messages that were not sent yet, here and elsewhere.
    fn bytes(&self) -> u64 {
        let all = self.held.values().flatten();
        all.filter_map(|held| held.bytes.as_ref()).map(|bytes| bytes.len() as u64).sum()
    }

    /// Another conversation is open. Only the last ones keep their attachments.
    fn open(&mut self, key: &str) {
        self.opened.retain(|known| known != key);
        self.opened.push(key.to_owned());
        if self.opened.len() > CONVERSATIONS {
            let forgotten = self.opened.remove(0);
            self.held.remove(&forgotten);
        }
        self.open = Some(key.to_owned());
    }

    /// Whether a message can be sent now: why not, when one of its files is being read or cannot
    /// be sent.
    pub(super) fn unready(&self) -> Option<Problem> {
        let here = self.here();
        here.iter()
            .find_map(|held| held.shown.problem.clone())
            .or_else(|| here.iter().any(|held| held.shown.reading).then(crate::say::files::reading))
    }

    /// Takes the open conversation's attachments that are ready, in the order they were added.
    /// Those that are not stay.
    pub(super) fn take_attachments(&mut self) -> Vec<Prepared> {
        let Some(open) = self.open.clone() else { return Vec::new() };
        let all = std::mem::take(self.of(&open));
        let (mut ready, mut left) = (Vec::new(), Vec::new());
        for held in all {
            match held.bytes {
                Some(bytes) if held.shown.problem.is_none() && !held.shown.reading => {
                    let Attachment { name, mime, picture, preview, .. } = held.shown;
                    ready.push(Prepared { name, mime, bytes, picture, preview });
                }
                bytes => left.push(Held { bytes, ..held }),
            }
        }
        *self.of(&open) = left;
        ready
    }
}

/// The commands that are acted on here; any other is handed back.
pub(super) fn command(engine: &mut Engine, command: Command) -> Option<Command> {
    match command {
        Command::PickAttachments => engine.pick_attachments(),
        Command::AttachFile(path) => engine.attach_files(vec![path]),
        Command::AttachClipboard => engine.attach_clipboard(),
        Command::AttachDesktop => engine.attach_desktop(),
        Command::RemoveAttachment(id) => engine.remove_attachment(id),
        Command::ExportChat(format) => engine.export_chat(format),
        Command::ForgetExport => engine.forget_export(),
        Command::KeepChatDraft(text) => engine.keep_chat_draft(text),
        Command::SetNotifications(on) => engine.model.settings.notifications = on,
        other => return Some(other),
    }
    None
}

impl Engine {
    /// Another conversation of the gateway is open: its draft and its attachments are shown.
    pub(super) fn files_opened(&mut self, key: &str) {
        if self.files.open.as_deref() != Some(key) {
            self.files.open(key);
        }
    }

    /// A conversation was deleted: nothing of it is kept.
    pub(super) fn files_deleted(&mut self, key: &str) {
        self.files.held.remove(key);
        self.files.opened.retain(|known| known != key);
        if self.files.drafts.remove(key).is_some() {
            self.keeper.save_chat_drafts(self.acting, self.files.drafts.clone());
        }
    }

    #[cfg(test)]
    /// The drafts of the gateway's conversations, by session key.
    pub(super) fn chat_drafts(&self) -> &Drafts {
        &self.files.drafts
    }

    /// Keeps what was begun in the open conversation; empty: nothing any more.
    pub(super) fn keep_chat_draft(&mut self, text: String) {
        let Some(key) = self.open_chat_key() else { return };
        let drafts = &mut self.files.drafts;
        let changed = if text.is_empty() {
            drafts.remove(&key).is_some()
        } else {
            drafts.get(&key) != Some(&text)
        };
        if !changed {
            return;
        }
        if !text.is_empty() {
            drafts.insert(key, text);
        }
        let short = |(_, text): &(&String, &String)| text.len() <= LONGEST_DRAFT;
        let kept = drafts.iter().filter(short).map(|(key, text)| (key.clone(), text.clone()));
        self.keeper.save_chat_drafts(self.acting, kept.collect());
    }

    fn open_chat_key(&self) -> Option<String> {
        self.model.chat.open.as_ref().map(|thread| thread.key.clone())
    }

    /// Says it on the desktop, if the person wants that and the window is not in front. Both are
    /// shortened to a line. No secrets, and of a message only its beginning.
    pub(super) fn notify(&mut self, title: &str, text: &str) {
        if self.model.settings.notifications {
            let due = self.files.gate.offer(title, text, Instant::now());
            self.show_notification(due);
        }
    }

    /// The window is in front, or not any more.
    pub(super) fn files_focused(&mut self, front: bool) {
        self.files.gate.focused(front);
    }

    fn show_notification(&self, notification: Option<(String, String)>) {
        let Some((title, text)) = notification else { return };
        let shown = self.doors.notify(self.acting, &title, &text);
        tokio::spawn(async move {
            if let Err(error) = shown.await {
                tracing::info!(%error, "notifications");
            }
        });
    }

    pub(super) fn files_deadline(&self) -> Option<Instant> {
        self.files.gate.deadline()
    }

    pub(super) fn files_tick(&mut self) {
        let due = self.files.gate.due(Instant::now());
        if self.model.settings.notifications {
            self.show_notification(due);
        }
    }

    /// Brings draft and attachments of the open conversation in the model up to date.
    pub(super) fn show_files(&mut self) {
        let Some(key) = self.open_chat_key() else {
            self.files.open = None;
            return;
        };
        self.files_opened(&key);
        let Some(thread) = &mut self.model.chat.open else { return };
        let draft = self.files.drafts.get(&key).map(String::as_str).unwrap_or_default();
        if thread.draft != draft {
            draft.clone_into(&mut thread.draft);
        }
        let here = self.files.here();
        if !thread.attachments.iter().eq(here.iter().map(|held| &held.shown)) {
            thread.attachments = here.iter().map(|held| held.shown.clone()).collect();
        }
    }

    /// Runs `work` and then `then` with what it gave, on the engine's task.
    fn later<T: Send + 'static>(
        &self,
        work: impl Future<Output = T> + Send + 'static,
        then: impl FnOnce(&mut Self, T) + Send + 'static,
    ) {
        self.spawn(async move {
            let result = work.await;
            Event::Now(Box::new(move |engine| then(engine, result)))
        });
    }
}
