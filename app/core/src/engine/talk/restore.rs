//! What was written is not lost: not by a crash, and not when the cloud refuses it.

use super::super::Engine;
use crate::model::{Problem, Speaker, Work};
use crate::say;
use crate::storage::StorageError;
use crate::storage::conversations::{self, Kept, Line, Record};
use crate::sync::outbox::{Act, Entry, Home};
use crate::tr;
use cloud_client::ApiError;
use std::collections::{BTreeMap, HashSet};

/// What the outbox knows of a conversation.
struct Waiting {
    home: Home,
    begun: Option<(String, Option<String>)>,
    messages: Vec<Line>,
    deleted: bool,
}

impl Engine {
    /// After a crash an entry may know a message that its conversation's file does not.
    pub(in super::super) fn restore_from_outbox(&mut self) {
        let mut waiting: BTreeMap<String, Waiting> = BTreeMap::new();
        for entry in self.talk.outbox.entries() {
            let Some(id) = entry.act.conversation() else { continue };
            let it = waiting.entry(id.clone()).or_insert_with(|| Waiting {
                home: entry.home.clone(),
                begun: None,
                messages: Vec::new(),
                deleted: false,
            });
            match &entry.act {
                Act::PutConversation { title, agent, .. } => {
                    it.begun = Some((title.clone(), agent.clone()));
                }
                Act::Message { message, .. } => it.messages.push(Line::unsent(message)),
                Act::DeleteConversation { .. } => it.deleted = true,
                Act::CreateTask { .. } => {}
            }
        }
        waiting.retain(|id, it| !it.deleted && conversations::is_id(id));
        if waiting.is_empty() {
            return;
        }
        self.keeper.restore(self.acting, move |folder| {
            waiting.into_iter().try_for_each(|(id, waiting)| waiting.restore(folder, &id))
        });
    }

    /// The cloud will never take it. Nothing that was typed is lost: a message stays in its
    /// conversation, a task's text stays in its form; what has none becomes a conversation.
    pub(super) fn refused(&mut self, entry: &Entry, error: &ApiError) {
        let problem = say::api(error);
        // A form that was closed does not hold the text any more.
        let ticket = self.talk.tickets.get(&entry.number);
        if ticket.is_some_and(|ticket| self.model.work.contains_key(ticket)) {
            self.finish(entry.number, Work::Failed(problem));
            return;
        }
        self.talk.tickets.remove(&entry.number);
        match &entry.act {
            Act::DeleteConversation { .. } if *error == ApiError::NotFound => return,
            Act::CreateTask { draft } => {
                let text = format!("{}\n\n{}", draft.title, draft.brief);
                self.save_text(tr!("engine-task-not-created-title"), text.trim_end());
                self.notice(Problem {
                    what: tr!("engine-task-not-created", title = &draft.title),
                    next: say::both(&problem.what, tr!("engine-task-not-created-next")),
                });
                return;
            }
            Act::Message { conversation, message } if self.head(conversation).is_none() => {
                self.save_text(tr!("engine-message-not-sent-title"), &message.text);
            }
            Act::PutConversation { id, .. } if self.talk.adopting.is_sending(id) => {
                self.reject(&entry.home, id);
            }
            _ => {}
        }
        self.notice(Problem {
            what: tr!("engine-not-taken").into(),
            next: say::both(&problem.what, tr!("engine-not-taken-next")),
        });
    }

    /// The workspace does not take a conversation: its messages are not sent after it.
    fn reject(&mut self, home: &Home, id: &String) {
        self.talk.adopting.give_up(id);
        self.talk.rejected.insert(id.clone());
        let gone = self
            .talk
            .outbox
            .withdraw(|entry| entry.home == *home && entry.act.conversation() == Some(id));
        gone.into_iter().for_each(|number| self.keeper.remove_entry(self.acting, number));
        self.show_thread();
    }

    /// Keeps a text as a conversation of this person.
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
        let home = self.owner().map(|owner| owner.of_person());
        let mut records = vec![Record::Title(title.into())];
        records.extend(home.clone().map(Record::Home));
        records.push(Record::Message(line.clone()));
        let kept = Kept { title: title.into(), home, lines: vec![line], ..Kept::default() };
        self.talk.heads.insert(id.clone(), kept.head(&id));
        self.keeper.append(self.acting, id.clone(), records);
        self.list_conversation(&id);
    }
}

impl Waiting {
    fn restore(self, folder: &crate::storage::Storage, id: &str) -> Result<(), StorageError> {
        let mut records = Vec::new();
        let mut known = HashSet::new();
        match (conversations::load(folder, id)?, self.begun) {
            (Some(kept), _) => known.extend(kept.lines.into_iter().map(|line| line.id)),
            (None, Some((title, agent))) => {
                records.push(Record::Title(title));
                records.extend(agent.map(Record::Agent));
                records.push(Record::Home(self.home));
            }
            // It was begun on another machine: it is shown from the outbox.
            (None, None) => return Ok(()),
        }
        let missing = self.messages.into_iter().filter(|line| known.insert(line.id.clone()));
        records.extend(missing.map(Record::Message));
        if records.is_empty() { Ok(()) } else { conversations::append(folder, id, &records) }
    }
}
