//! Writing: to the disk first, then to the cloud, again and again until it has it.

use super::super::Engine;
use super::{Loading, Open};
use crate::model::{Problem, Speaker, TaskDraft, Ticket, Work};
use crate::say;
use crate::storage::conversations::{Kept, Line, Record, beginning, one_line};
use crate::sync::outbox::{Act, Entry, Fate};
use crate::tr;
use cloud_client::ApiError;
use cloud_client::rest::{Key, Workspace};
use cloud_client::wire::{self, ConversationDraft};
use std::time::Instant;

/// Longest message, in bytes (`PROTOCOL.md`).
const MESSAGE: usize = 128 * 1024;

/// What the cloud answered.
pub(super) enum Answer {
    Nothing,
    Message(wire::ChatMessage),
    Task(wire::Task),
    Conversation(wire::Conversation),
}

impl Engine {
    pub(in super::super) fn new_conversation(&mut self) {
        // Its id is another one after a restart, and its draft is the same.
        let draft = match self.owner() {
            Some(owner) => format!("new {} {}", owner.person, owner.workspace),
            None => "new".to_owned(),
        };
        self.talk.open = Some(Open {
            id: uuid::Uuid::new_v4().to_string(),
            kept: Kept::default(),
            draft,
            here: false,
            there: false,
            more: false,
            hidden: 0,
            loading: None,
            again: false,
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
                what: tr!("engine-message-over-128").into(),
                next: tr!("engine-message-over-128-next").into(),
            });
            return;
        }
        let open = self.talk.open.as_ref().map(|open| open.id.clone());
        if !open.is_some_and(|id| self.is_writable(&id)) {
            self.notice(Problem {
                what: tr!("engine-not-yours").into(),
                next: tr!("engine-not-yours-next").into(),
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
        if let Some(open) = &mut self.talk.open {
            open.draft.clone_from(&open.id);
        }
        self.show_thread();
        if let Some(id) = self.talk.open.as_ref().map(|open| open.id.clone()) {
            self.list_conversation(&id);
        }
        self.pump();
    }

    fn write_line(&mut self, line: Line) {
        let (home, owner) = (self.home(), self.owner());
        let Some(open) = &mut self.talk.open else { return };
        let (id, mut records, mut acts) = (open.id.clone(), Vec::new(), Vec::new());
        if !open.here && !open.there {
            if open.kept.title.is_empty() {
                open.kept.title = one_line(&beginning(&line.text), 80);
            }
            records.push(Record::Title(open.kept.title.clone()));
            if home.is_some() {
                open.there = true;
                let (title, agent) = (open.kept.title.clone(), open.kept.agent.clone());
                acts.push(Act::PutConversation { id: id.clone(), title, agent });
            }
            open.here = true;
        }
        // What somebody writes who is signed in goes to nobody else who signs in later.
        if open.here && open.kept.home.is_none() && (open.there || home.is_none()) {
            open.kept.home.clone_from(&owner);
            records.extend(owner.map(Record::Home));
        }
        if !self.talk.adopting.takes(&id, &line) && open.there {
            acts.push(Act::Message { conversation: id.clone(), message: line.draft() });
        }
        records.push(Record::Message(line.clone()));
        let here = open.here;
        let head = self.talk.heads.get(&id).filter(|_| open.loading == Some(Loading::Disk));
        open.kept.lines.push(line);
        let head = match (head, open.kept.lines.last()) {
            // Only what was written since it was opened is known.
            (Some(head), Some(line)) => head.with(line),
            _ => open.kept.head(&id),
        };
        // First what is to be done, then what it is about: after a crash in between, the entry
        // brings the message back (see `restore`).
        for act in acts {
            self.queue(act);
        }
        if here {
            self.talk.heads.insert(id.clone(), head);
            self.keeper.append(self.acting, id, records);
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
        self.keeper.save_entry(self.acting, entry);
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

    pub(super) fn delivered(&mut self, entry: &Entry, result: Result<Answer, ApiError>) {
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
            self.keeper.remove_entry(self.acting, number);
        }
        self.count_unsent();
        self.pump();
    }

    pub(super) fn finish(&mut self, number: u64, work: Work) {
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
                let id = conversation.id.clone();
                self.workspace.conversations.put_own(conversation);
                self.list_conversation(&id);
            }
            Answer::Message(message) => {
                let (id, n) = (message.id, message.n);
                if self.head(&message.conversation).is_some() {
                    let record = Record::Sent { id: id.clone(), n };
                    self.keeper.append(self.acting, message.conversation.clone(), vec![record]);
                }
                if let Some(open) =
                    self.talk.open.as_mut().filter(|open| open.id == message.conversation)
                {
                    open.kept.sent(&id, n);
                    self.show_thread();
                }
            }
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
