//! Writing: to the disk first, then to the cloud, again and again until it has it.

use super::super::Engine;
use super::Open;
use crate::model::{Problem, Speaker, TaskDraft, Ticket, Work};
use crate::say;
use crate::storage::conversations::{Kept, Line, Record, beginning};
use crate::sync::outbox::{Act, Entry, Fate, Home};
use cloud_client::ApiError;
use cloud_client::rest::{Key, Workspace};
use cloud_client::wire::{self, ConversationDraft};
use std::time::Instant;

/// Longest message, in bytes (`PROTOCOL.md`).
const MESSAGE: usize = 128 * 1024;

/// What the cloud answered.
enum Answer {
    Nothing,
    Message(wire::ChatMessage),
    Task(wire::Task),
    Conversation(wire::Conversation),
}

impl Engine {
    /// Where what is written belongs; `None` without a workspace.
    pub(in super::super) fn home(&self) -> Option<Home> {
        let (_, workspace) = self.account.credentials()?;
        let person = self.account.person_id()?.clone();
        Some(Home { cloud: self.config.cloud.clone(), person, workspace })
    }

    pub(in super::super) fn new_conversation(&mut self) {
        let id = uuid::Uuid::new_v4().to_string();
        self.talk.open = Some(Open {
            id,
            kept: Kept::default(),
            here: false,
            there: false,
            more: false,
            loading: None,
        });
        self.model.conversations.open = None;
        self.show_thread();
    }

    /// Writes a message of this person into the open conversation.
    pub(in super::super) fn send_message(&mut self, text: &str) {
        let text = text.trim_end();
        if self.talk.open.is_none() {
            self.new_conversation();
        }
        if text.trim().is_empty() {
            return;
        }
        if text.len() > MESSAGE {
            self.notice(Problem {
                what: "The message is longer than 128 KiB.".into(),
                next: "Send it in parts.".into(),
            });
            return;
        }
        let line = Line {
            id: uuid::Uuid::new_v4().to_string(),
            n: None,
            speaker: Speaker::Person,
            name: String::new(),
            text: text.to_owned(),
            at: format!("{:.3}", jiff::Timestamp::now()),
        };
        self.write_line(line);
        self.keep_draft(String::new());
        self.show_thread();
        self.list_conversations();
        self.pump();
    }

    fn write_line(&mut self, line: Line) {
        let home = self.home();
        let Some(open) = &mut self.talk.open else { return };
        let (id, mut records, mut acts) = (open.id.clone(), Vec::new(), Vec::new());
        if !open.here && !open.there {
            open.kept.title = beginning(&line.text).chars().take(80).collect();
            records.push(Record::Title(open.kept.title.clone()));
            if let Some(home) = &home {
                records.push(Record::Home(home.clone()));
                open.kept.home = Some(home.clone());
                open.there = true;
                let (title, agent) = (open.kept.title.clone(), open.kept.agent.clone());
                acts.push(Act::PutConversation { id: id.clone(), title, agent });
            }
            open.here = true;
        }
        if open.there {
            acts.push(Act::Message { conversation: id.clone(), message: line.draft() });
        }
        records.push(Record::Message(line.clone()));
        open.kept.lines.push(line);
        let (here, head) = (open.here, open.kept.head(&id));
        // First what is to be done, then what it is about: after a crash in between, the entry
        // brings the message back (see `restore`).
        for act in acts {
            self.queue(act);
        }
        if here {
            self.talk.heads.insert(id.clone(), head);
            self.keeper.append(id, records);
        }
    }

    /// Makes a task, now or as soon as the cloud can be reached.
    pub(in super::super) fn create_task(&mut self, ticket: Ticket, draft: TaskDraft) {
        let Some(number) = self.queue(Act::CreateTask { draft }) else {
            self.set_work(ticket, Work::Failed(say::no_workspace()));
            return;
        };
        self.talk.tickets.insert(number, ticket);
        let online = matches!(self.model.cloud, crate::model::CloudLink::Online);
        self.set_work(ticket, if online { Work::Busy } else { Work::Queued });
        self.pump();
    }

    /// Adds an act to the outbox, in memory and on disk. Gives its number.
    pub(in super::super) fn queue(&mut self, act: Act) -> Option<u64> {
        let home = self.home()?;
        let entry = self.talk.outbox.add(uuid::Uuid::new_v4().to_string(), home, act);
        let number = entry.number;
        self.keeper.save_entry(entry);
        self.count_unsent();
        Some(number)
    }

    pub(in super::super) fn count_unsent(&mut self) {
        self.model.conversations.unsent =
            self.home().map_or(0, |home| self.talk.outbox.count(&home));
    }

    /// Sends what is next, if anything is and the cloud is there.
    pub(in super::super) fn pump(&mut self) {
        if !matches!(self.model.cloud, crate::model::CloudLink::Online) {
            return;
        }
        let (Some(home), Some(api)) = (self.home(), self.api()) else { return };
        let Some(entry) = self.talk.outbox.take_next(&home, Instant::now()) else {
            self.adopt_next();
            return;
        };
        let request = async move {
            let result = deliver(&api, &entry).await;
            (entry, result)
        };
        self.ask(request, |engine, (entry, result)| engine.delivered(&entry, result));
    }

    fn delivered(&mut self, entry: &Entry, result: Result<Answer, ApiError>) {
        let outcome = result.as_ref().map(|_| ());
        let number = entry.number;
        let fate = self.talk.outbox.answered(number, outcome, Instant::now(), rand::random());
        match (fate, result) {
            (Fate::Done, Ok(answer)) => {
                self.arrived(answer);
                self.finish(number, Work::Done);
            }
            (Fate::Refused, Err(error)) => {
                tracing::info!(%error, "the cloud refused what was written");
                self.refused(entry, &error);
            }
            (Fate::Kept, _) => {
                self.signed_out_by_cloud();
                return;
            }
            _ => {
                if let Some(ticket) = self.talk.tickets.get(&number) {
                    self.set_work(*ticket, Work::Queued);
                }
            }
        }
        if matches!(fate, Fate::Done | Fate::Refused) {
            self.keeper.remove_entry(number);
        }
        self.count_unsent();
        self.pump();
    }

    fn finish(&mut self, number: u64, work: Work) {
        if let Some(ticket) = self.talk.tickets.remove(&number) {
            self.set_work(ticket, work);
        }
    }

    fn arrived(&mut self, answer: Answer) {
        match answer {
            Answer::Nothing => {}
            Answer::Task(task) => {
                self.workspace.tasks.put_own(task);
                self.show_workspace();
            }
            Answer::Conversation(conversation) => {
                self.workspace.conversations.put_own(conversation);
                self.list_conversations();
            }
            Answer::Message(message) => {
                let (id, n) = (message.id, message.n);
                let record = Record::Sent { id: id.clone(), n };
                if self.talk.heads.contains_key(&message.conversation) {
                    self.keeper.append(message.conversation.clone(), vec![record.clone()]);
                }
                if let Some(open) =
                    self.talk.open.as_mut().filter(|open| open.id == message.conversation)
                {
                    open.kept.apply(record);
                    open.kept.lines.sort_by_key(|line| line.n.unwrap_or(u64::MAX));
                    self.show_thread();
                }
            }
        }
    }

    /// The cloud will never take it. Nothing that was typed is lost: a message stays in its
    /// conversation, a task's text stays in its form, or becomes a conversation.
    fn refused(&mut self, entry: &Entry, error: &ApiError) {
        let problem = say::api(error);
        if self.talk.tickets.contains_key(&entry.number) {
            self.finish(entry.number, Work::Failed(problem));
            return;
        }
        match &entry.act {
            Act::DeleteConversation { .. } if *error == ApiError::NotFound => {}
            Act::CreateTask { draft } => {
                let text = format!("{}\n\n{}", draft.title, draft.brief);
                self.save_text("A task that could not be created", text.trim_end());
                self.notice(Problem {
                    what: format!("The task \"{}\" could not be created.", draft.title),
                    next: format!("{} Its text was kept as a conversation.", problem.what),
                });
            }
            Act::Message { .. } | Act::PutConversation { .. } | Act::DeleteConversation { .. } => {
                self.notice(Problem {
                    what: "The workspace did not take what you wrote.".into(),
                    next: format!("{} It stays on this computer.", problem.what),
                });
            }
        }
    }

    /// Keeps a text as a conversation of this machine.
    fn save_text(&mut self, title: &str, text: &str) {
        let id = uuid::Uuid::new_v4().to_string();
        let line = Line {
            id: uuid::Uuid::new_v4().to_string(),
            n: None,
            speaker: Speaker::Person,
            name: String::new(),
            text: text.to_owned(),
            at: format!("{:.3}", jiff::Timestamp::now()),
        };
        let kept = Kept { title: title.into(), lines: vec![line.clone()], ..Kept::default() };
        self.talk.heads.insert(id.clone(), kept.head(&id));
        self.keeper.append(id, vec![Record::Title(title.into()), Record::Message(line)]);
        self.list_conversations();
    }

    /// After a crash an entry may know a message that its conversation's file does not.
    pub(in super::super) fn restore_from_outbox(&mut self) {
        let messages: Vec<(String, Record)> = self
            .talk
            .outbox
            .entries()
            .filter_map(|entry| match &entry.act {
                Act::Message { conversation, message } => {
                    let line = Line {
                        id: message.id.clone(),
                        n: None,
                        speaker: message.speaker,
                        name: String::new(),
                        text: message.text.clone(),
                        at: message.at.clone(),
                    };
                    Some((conversation.clone(), Record::Message(line)))
                }
                _ => None,
            })
            .collect();
        // The same message twice in a file is one message, so nothing need be looked up.
        for (conversation, record) in messages {
            self.keeper.append(conversation, vec![record]);
        }
    }
}

async fn deliver(api: &Workspace, entry: &Entry) -> Result<Answer, ApiError> {
    match &entry.act {
        Act::PutConversation { id, title, agent } => {
            let draft = ConversationDraft { title: title.clone(), agent: agent.clone() };
            api.put_conversation(id, &draft).await.map(Answer::Conversation)
        }
        Act::DeleteConversation { id } => {
            api.delete_conversation(id).await.map(|()| Answer::Nothing)
        }
        Act::Message { conversation, message } => {
            api.post_message(conversation, message).await.map(Answer::Message)
        }
        Act::CreateTask { draft } => {
            api.create_task(&Key::new(entry.key.clone()), draft).await.map(Answer::Task)
        }
    }
}
