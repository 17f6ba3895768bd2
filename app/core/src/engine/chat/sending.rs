//! What the person sends: shown at once, sent until the gateway has it, once.

use super::super::files::Prepared;
use super::super::{Engine, Event};
use crate::model::{ChatDelivery, EntryKind, Media, Problem, SendMode};
use crate::say;
use crate::sync::turn::{person, person_entry};
use crate::tr;
use base64::Engine as _;
use gateway_client::RequestError;
use gateway_client::methods::{chat, sessions};
use std::time::{Duration, Instant};

/// Times that a message is sent with the same key before it counts as not sent.
const TRIES: u32 = 5;
/// Before it is sent again on the same connection.
const AGAIN: Duration = Duration::from_secs(2);
/// Times that the gateway is asked to go back while it says that it is still working, and the
/// pause between: a moment after the end of a turn it still clears up.
const REWINDS: u32 = 100;
const REWIND_AGAIN: Duration = Duration::from_millis(250);
/// Messages that wait to be sent; a person does not write more of them while the gateway is away.
const MOST: usize = 64;
/// Longest text, in bytes.
const LONGEST: usize = 1024 * 1024;

/// A message that is on its way, or was not sent.
pub(super) struct Outgoing {
    /// Its idempotency key; the run has it for its id.
    id: String,
    key: String,
    text: String,
    mode: SendMode,
    files: Vec<Prepared>,
    when: String,
    tries: u32,
    /// A request is under way.
    busy: bool,
    /// When it is sent again.
    pub(super) again_at: Option<Instant>,
    /// Why it was not sent.
    failed: Option<Problem>,
    /// The gateway said no: with the same key it would say so again.
    refused: bool,
}

impl Outgoing {
    fn entry(&self) -> crate::model::Entry {
        let delivery = match &self.failed {
            Some(problem) => ChatDelivery::Failed(problem.clone()),
            None => ChatDelivery::Sending,
        };
        let media = self.files.iter().map(|file| Media {
            name: file.name.clone(),
            mime: file.mime.clone(),
            bytes: u64::try_from(file.bytes.len()).ok(),
            preview: file.preview.clone(),
        });
        let (id, text) = (person_entry(&self.id), self.text.as_str().into());
        person(id, self.when.clone(), text, media.collect(), delivery)
    }
}

impl Engine {
    /// Sends what was written in the open conversation, with its attachments.
    pub(in super::super) fn send_chat(&mut self, text: String, mode: SendMode) {
        if self.chat.open.is_none() {
            return;
        }
        if let Some(problem) = self.files.unready() {
            self.keep_chat_draft(text);
            self.notice(problem);
            return;
        }
        let files = self.files.take_attachments();
        if text.trim().is_empty() && files.is_empty() {
            return;
        }
        self.keep_chat_draft(String::new());
        self.send_text(text, mode, files);
    }

    pub(super) fn send_text(&mut self, text: String, mode: SendMode, files: Vec<Prepared>) {
        let Some(open) = &self.chat.open else { return };
        let (key, newer) = (open.key.clone(), open.transcript.newer());
        let mut out = Outgoing {
            id: uuid::Uuid::new_v4().to_string(),
            key: key.clone(),
            text,
            mode,
            files,
            when: crate::local_time::short(&jiff::Timestamp::now().to_string()),
            tries: 0,
            busy: false,
            again_at: None,
            failed: None,
            refused: true,
        };
        out.failed = self.too_large(&out);
        if self.chat.outgoing.len() >= MOST {
            out.failed = Some(say::chat::too_many());
        }
        let id = out.id.clone();
        if !out.text.starts_with('/') {
            let text = out.text.clone();
            self.remember_title(&key, &text);
        }
        if let Some(open) = &mut self.chat.open {
            open.turns.person(out.entry());
        }
        self.chat.outgoing.push(out);
        self.show_turns();
        self.show_head();
        // What was just written must be seen.
        if newer {
            self.load_newest();
        }
        self.transmit(&id);
    }

    fn too_large(&self, out: &Outgoing) -> Option<Problem> {
        let (most, picture) = self.chat.limits;
        if out.text.len() > LONGEST {
            return Some(say::chat::too_long(LONGEST));
        }
        out.files.iter().find_map(|file| {
            let most = if file.picture { picture } else { most };
            (most > 0 && file.bytes.len() > most).then(|| say::chat::too_large(&file.name, most))
        })
    }

    /// Sends a message, if it waits to be sent.
    fn transmit(&mut self, id: &str) {
        if !self.chat.online {
            return;
        }
        let Some(at) = self.chat.outgoing.iter().position(|out| out.id == id) else { return };
        if self.chat.outgoing.get(at).is_some_and(|out| self.waits(at, &out.key)) {
            return;
        }
        let Some(out) = self.chat.outgoing.get_mut(at) else { return };
        if out.failed.is_some() || out.busy {
            return;
        }
        (out.busy, out.again_at) = (true, None);
        out.tries += 1;
        let (session_key, text, mode) = (out.key.clone(), out.text.clone(), out.mode);
        let (files, id) = (out.files.clone(), out.id.clone());
        let connection = self.chat.connection;
        let client = self.gateway_client();
        self.spawn(async move {
            let attachments: Vec<chat::Attachment> = files.iter().map(attachment).collect();
            let method = chat::Send {
                session_key,
                message: text,
                idempotency_key: id.clone(),
                queue_mode: Some(match mode {
                    SendMode::Steer => chat::QueueMode::Steer,
                    SendMode::FollowUp => chat::QueueMode::Followup,
                }),
                attachments: (!attachments.is_empty()).then_some(attachments),
                ..Default::default()
            };
            let answer = match client {
                Some(client) => client.request(&method).await,
                None => Err(RequestError::NotOpen),
            };
            Event::Now(Box::new(move |engine| engine.sent(&id, connection, answer)))
        });
    }

    /// Whether a message must not be sent yet: two on their way at once may overtake each other.
    fn waits(&self, at: usize, key: &str) -> bool {
        let before = |out: &Outgoing| out.key == key && out.failed.is_none();
        self.is_changing(key) || self.chat.outgoing.iter().take(at).any(before)
    }

    /// Sends the next message of a conversation, when nothing is in its way.
    fn send_next(&mut self, key: &str) {
        let next = self.chat.outgoing.iter().find(|out| out.key == key && out.failed.is_none());
        if let Some(id) = next.filter(|out| out.again_at.is_none()).map(|out| out.id.clone()) {
            self.transmit(&id);
        }
    }

    fn sent(&mut self, id: &str, connection: u64, answer: Result<chat::Started, RequestError>) {
        let Some(at) = self.chat.outgoing.iter().position(|out| out.id == id) else { return };
        let same = self.chat.connection == connection;
        match answer {
            Ok(started) => {
                let out = self.chat.outgoing.remove(at);
                self.delivered_chat(&out, &started);
                self.send_next(&out.key);
            }
            Err(error) => {
                let Some(out) = self.chat.outgoing.get_mut(at) else { return };
                out.busy = false;
                let unknown = say::chat::may_have_arrived(&error);
                if unknown && out.tries < TRIES {
                    // A lost connection sends it again when it is back.
                    out.again_at = Some(Instant::now() + AGAIN).filter(|_| same);
                } else {
                    out.refused = !unknown;
                    out.failed = Some(say::chat::not_sent(&error));
                }
                let key = out.key.clone();
                self.show_outgoing(id);
                if !same {
                    self.transmit(id);
                }
                self.send_next(&key);
            }
        }
    }

    fn delivered_chat(&mut self, out: &Outgoing, started: &chat::Started) {
        self.made(&out.key);
        self.run_began(&started.run_id);
        let Some(open) = self.chat.open_as(&out.key) else { return };
        let entry = person_entry(&out.id);
        let busy = open.turns.runs().any(|run| run != started.run_id);
        let command = out.text.starts_with('/');
        let steered = busy && !command && out.mode == SendMode::Steer;
        let to = if steered { ChatDelivery::Steered } else { ChatDelivery::Sent };
        open.turns.delivery(&entry, to);
        let ended = open.turns.is_over(&started.run_id) || started.status == "ok";
        if ended {
            self.refresh_soon();
        } else if !busy {
            open.turns.begin(&started.run_id);
        }
        self.show_turns();
    }

    /// Shows how far a message has come.
    fn show_outgoing(&mut self, id: &str) {
        let Some(out) = self.chat.outgoing.iter().find(|out| out.id == id) else { return };
        let (entry, key) = (out.entry(), out.key.clone());
        if let Some(open) = self.chat.open_as(&key) {
            open.turns.person(entry);
            self.show_turns();
        }
    }

    /// What was not sent in a conversation is shown again when it is opened.
    pub(super) fn restore_outgoing(&mut self) {
        let Some(open) = &mut self.chat.open else { return };
        for out in self.chat.outgoing.iter().filter(|out| out.key == open.key) {
            open.turns.person(out.entry());
        }
        self.show_turns();
    }

    /// The connection is back: what may not have arrived is sent once more.
    pub(super) fn send_again(&mut self) {
        let waiting = self.chat.outgoing.iter().filter(|out| out.failed.is_none());
        for id in waiting.map(|out| out.id.clone()).collect::<Vec<_>>() {
            self.transmit(&id);
        }
    }

    pub(super) fn send_due(&mut self, now: Instant) {
        let due = |out: &&Outgoing| out.again_at.is_some_and(|at| at <= now);
        for id in self.chat.outgoing.iter().filter(due).map(|o| o.id.clone()).collect::<Vec<_>>() {
            if !self.chat.online
                && let Some(out) = self.chat.outgoing.iter_mut().find(|out| out.id == id)
            {
                out.again_at = None;
            }
            self.transmit(&id);
        }
    }

    /// Asks again for an answer, or sends a message again that was not sent.
    pub(in super::super) fn retry_chat(&mut self, entry: &str) {
        if let Some(at) = self.chat.outgoing.iter().position(|out| person_entry(&out.id) == entry) {
            let Some(out) = self.chat.outgoing.get_mut(at).filter(|out| out.failed.is_some())
            else {
                return;
            };
            out.failed = None;
            out.tries = 0;
            if std::mem::take(&mut out.refused) {
                out.id = uuid::Uuid::new_v4().to_string();
            }
            let (id, key) = (out.id.clone(), out.key.clone());
            if let Some(open) = self.chat.open_as(&key) {
                open.turns.remove(entry);
            }
            let problem = self.chat.outgoing.get(at).and_then(|out| self.too_large(out));
            if let Some(out) = self.chat.outgoing.get_mut(at) {
                out.failed = problem;
            }
            self.show_outgoing(&id);
            self.transmit(&id);
            return;
        }
        let Some(open) = &self.chat.open else { return };
        let asked = open.transcript.person_before(entry).or_else(|| open.transcript.last_person());
        let Some(item) = asked else { return };
        let EntryKind::Person { text, media, .. } = &item.entry.kind else { return };
        if !media.is_empty() {
            self.chat_problem(
                tr!("engine-message-had-files"),
                tr!("engine-message-had-files-next"),
            );
            return;
        }
        let (text, entry) = (text.to_string(), item.entry.id.clone());
        self.resend_chat(&entry, text);
    }

    /// Goes back to before a message of the person's, and sends this text instead.
    pub(in super::super) fn resend_chat(&mut self, entry: &str, text: String) {
        let Some(open) = &self.chat.open else { return };
        if open.turns.current().is_some() {
            self.chat_problem(
                tr!("engine-agent-still-works"),
                tr!("engine-agent-still-works-next"),
            );
            return;
        }
        let key = open.key.clone();
        if let Some(thread) = &mut self.model.chat.open {
            thread.busy = Some(tr!("engine-going-back").into());
        }
        self.rewind(key, entry.to_owned(), text, 0);
    }

    /// Asks the gateway to go back, again while it still clears up after the turn before.
    fn rewind(&mut self, key: String, entry: String, text: String, tries: u32) {
        let Some(open) = self.chat.open_as(&key) else { return };
        let Some(item) = open.transcript.item(&entry) else {
            self.not_going_back(&key);
            return;
        };
        let method = sessions::Rewind {
            session_key: key.clone(),
            entry_id: item.message.clone(),
            ..Default::default()
        };
        self.chat_ask(method, move |engine, answer| {
            let Some(open) = engine.chat.open_as(&key) else { return };
            let idle = open.turns.current().is_none();
            match answer {
                Ok(_) => open.transcript.cut_from(&entry),
                // An older gateway, or a right that is missing: it is a new message then.
                Err(RequestError::Unsupported(_) | RequestError::Forbidden { .. }) => {}
                Err(RequestError::Refused { code, .. })
                    if code == "UNAVAILABLE" && idle && tries < REWINDS =>
                {
                    engine.spawn(async move {
                        tokio::time::sleep(REWIND_AGAIN).await;
                        Event::Now(Box::new(move |engine| {
                            engine.rewind(key, entry, text, tries + 1);
                        }))
                    });
                    return;
                }
                Err(error) => {
                    engine.not_going_back(&key);
                    engine.chat_failed(&error);
                    return;
                }
            }
            engine.not_going_back(&key);
            engine.show_thread_entries();
            engine.send_text(text, SendMode::Steer, Vec::new());
            engine.reload_newest();
        });
    }

    fn not_going_back(&mut self, key: &str) {
        if let Some(thread) = self.model.chat.open.as_mut().filter(|thread| thread.key == key) {
            thread.busy = None;
        }
    }

    /// What waits to be sent in a conversation is not sent.
    pub(super) fn hold_back(&mut self, key: &str, error: &RequestError) {
        let mut held = Vec::new();
        for out in self.chat.outgoing.iter_mut().filter(|out| out.key == key) {
            if !out.busy && out.failed.is_none() {
                out.failed = Some(say::chat::not_sent(error));
                held.push(out.id.clone());
            }
        }
        for id in held {
            self.show_outgoing(&id);
        }
    }

    /// Stops what is running in the open conversation.
    pub(in super::super) fn stop_chat(&mut self) {
        let Some(open) = self.chat.open.as_mut() else { return };
        open.stopping = true;
        let key = open.key.clone();
        self.show_turns();
        let method = chat::Abort { session_key: key.clone(), ..Default::default() };
        self.chat_ask(method, move |engine, answer| {
            let nothing = matches!(&answer, Ok(stopped) if !stopped.aborted);
            if let Err(error) = &answer {
                engine.chat_failed(error);
            }
            if let Some(open) = engine.chat.open_as(&key)
                && (nothing || answer.is_err())
            {
                open.stopping = false;
                engine.show_turns();
                engine.reload_newest();
            }
        });
    }

    /// A conversation is deleted, with what was not sent in it.
    pub(super) fn drop_outgoing(&mut self, key: &str) {
        self.chat.outgoing.retain(|out| out.key != key);
        self.drop_changes(key);
        self.files_deleted(key);
    }
}

fn attachment(file: &Prepared) -> chat::Attachment {
    chat::Attachment {
        kind: if file.picture { "image" } else { "file" }.into(),
        mime_type: file.mime.clone(),
        file_name: file.name.clone(),
        content: base64::engine::general_purpose::STANDARD.encode(&file.bytes),
        size_bytes: u64::try_from(file.bytes.len()).ok(),
    }
}
