//! The open conversation.

use super::super::{Engine, Event};
use super::{Kept, Open};
use crate::model::{Delivery, Message, Problem, Speaker, Thread};
use crate::say;
use crate::storage::conversations::{self, Line, Record, beginning};
use crate::sync::outbox::Act;
use cloud_client::ApiError;
use cloud_client::wire::{self, MessagePage};
use std::collections::HashMap;
use std::sync::Arc;

/// Longest title, in characters (`PROTOCOL.md`).
const TITLE: usize = 200;

impl Engine {
    /// Opens a conversation, or none.
    pub(in super::super) fn open_conversation(&mut self, id: Option<String>) {
        self.talk.open = None;
        self.model.conversations.open = None;
        let Some(id) = id.filter(|id| conversations::is_id(id)) else { return };
        let here = self.talk.heads.contains_key(&id);
        self.talk.open = Some(Open {
            id: id.clone(),
            kept: Kept::default(),
            here,
            there: false,
            more: false,
            loading: Some(0),
        });
        self.show_thread();
        if !here {
            self.opened(&id, None);
            return;
        }
        let events = self.events.clone();
        self.keeper.read(events, move |folders| {
            let kept = conversations::load(&folders.conversations, &id);
            Event::Now(Box::new(move |engine| match kept {
                Ok(kept) => engine.opened(&id, kept),
                Err(error) => {
                    engine.thread_problem(&id, say::storage(&error));
                    engine.opened(&id, None);
                }
            }))
        });
    }

    /// What the disk has of it is known; asks the workspace for the rest.
    fn opened(&mut self, id: &str, kept: Option<Kept>) {
        let home = self.home();
        let row = self.workspace.conversations.get(id).cloned();
        let Some(open) = self.talk.open.as_mut().filter(|open| open.id == id) else { return };
        open.kept = kept.unwrap_or_default();
        open.loading = None;
        if let Some(row) = &row {
            open.kept.title.clone_from(&row.title);
            open.kept.agent.clone_from(&row.agent);
        }
        let synced = open.kept.home.is_some() && open.kept.home == home;
        open.there = home.is_some() && (synced || row.is_some() || !open.here);
        self.show_thread();
        self.catch_up();
    }

    /// Loads what the workspace has and the open conversation has not.
    pub(in super::super) fn catch_up(&mut self) {
        let load = self.next_generation();
        let Some(api) = self.api() else { return };
        let Some(open) = self.talk.open.as_mut().filter(|o| o.there && o.loading.is_none()) else {
            return;
        };
        open.loading = Some(load);
        let (id, newest) = (open.id.clone(), newest(&open.kept));
        let request = async move {
            match newest {
                0 => (id.clone(), api.messages_before(&id, None).await),
                newest => (id.clone(), api.messages_after(&id, newest).await),
            }
        };
        self.show_thread();
        self.ask(request, move |engine, (id, page)| engine.page(&id, load, newest == 0, page));
    }

    /// Loads older messages.
    pub(in super::super) fn load_older(&mut self) {
        let load = self.next_generation();
        let Some(api) = self.api() else { return };
        let Some(open) = self.talk.open.as_mut().filter(|o| o.more && o.loading.is_none()) else {
            return;
        };
        open.loading = Some(load);
        let oldest = open.kept.lines.iter().filter_map(|line| line.n).min();
        let id = open.id.clone();
        self.show_thread();
        let request = async move {
            let page = api.messages_before(&id, oldest).await;
            (id, page)
        };
        self.ask(request, move |engine, (id, page)| engine.page(&id, load, true, page));
    }

    fn page(&mut self, id: &str, load: u64, older: bool, page: Result<MessagePage, ApiError>) {
        let Some(open) = self.talk.open.as_mut().filter(|o| o.id == id) else { return };
        if open.loading != Some(load) {
            return;
        }
        open.loading = None;
        match page {
            Ok(page) => {
                if older {
                    open.more = page.more;
                }
                let (before, again) = (newest(&open.kept), !older && page.more);
                self.take_in(page.messages);
                // As long as that brings something new.
                let news = |open: &Open| newest(&open.kept) > before;
                if again && self.talk.open.as_ref().is_some_and(news) {
                    self.catch_up();
                }
            }
            // It is not there yet: what was written here is on its way.
            Err(ApiError::NotFound) if open.here => {}
            Err(error) => self.thread_problem(id, say::api(&error)),
        }
        self.show_thread();
    }

    /// Adds messages of the workspace to the open conversation, and to its file if it has one.
    fn take_in(&mut self, messages: Vec<wire::ChatMessage>) {
        let own = self.account.person().map(|p| p.name.clone());
        let Some(open) = &mut self.talk.open else { return };
        let mut records = Vec::new();
        for message in messages {
            if message.conversation != open.id {
                continue;
            }
            if let Some(known) = open.kept.lines.iter_mut().find(|line| line.id == message.id) {
                if known.n != Some(message.n) {
                    known.n = Some(message.n);
                    records.push(Record::Sent { id: message.id, n: message.n });
                }
                continue;
            }
            let mine = message.speaker == Speaker::Person && own.as_ref() == Some(&message.name);
            let line = Line {
                id: message.id,
                n: Some(message.n),
                speaker: message.speaker,
                name: if mine { String::new() } else { message.name },
                text: message.text,
                at: message.at,
            };
            records.push(Record::Message(line.clone()));
            open.kept.lines.push(line);
        }
        // By number; what is not sent yet comes last, in the order it was written.
        open.kept.lines.sort_by_key(|line| line.n.unwrap_or(u64::MAX));
        if open.here && !records.is_empty() {
            let id = open.id.clone();
            self.talk.heads.insert(id.clone(), open.kept.head(&id));
            self.keeper.append(id, records);
            self.list_conversations();
        }
    }

    /// A message arrived in the workspace.
    pub(in super::super) fn message_event(&mut self, seq: u64, message: wire::ChatMessage) {
        if let Some(row) = self.workspace.conversations.get(&message.conversation)
            && message.n > row.count
        {
            let mut row = (**row).clone();
            row.count = message.n;
            row.last = beginning(&message.text);
            row.updated_at.clone_from(&message.at);
            self.workspace.conversations.put(seq, row);
            self.list_conversations();
        }
        let Some(open) = self.talk.open.as_mut().filter(|o| o.id == message.conversation) else {
            return;
        };
        open.there = true;
        if message.n > newest(&open.kept) + 1 {
            self.catch_up();
        } else {
            self.take_in(vec![message]);
            self.show_thread();
        }
    }

    /// Somebody deleted it in the workspace. A copy on this machine stays.
    pub(in super::super) fn conversation_removed(&mut self, id: &str) {
        if let Some(open) = self.talk.open.as_mut().filter(|open| open.id == id) {
            open.there = false;
            if open.here {
                self.thread_problem(
                    id,
                    Problem {
                        what: "This conversation was deleted in the workspace.".into(),
                        next: "The copy on this computer stays.".into(),
                    },
                );
            } else {
                self.open_conversation(None);
            }
        }
        self.list_conversations();
    }

    pub(in super::super) fn keep_draft(&mut self, text: String) {
        let Some(open) = &self.talk.open else { return };
        let changed = if text.trim().is_empty() {
            self.talk.drafts.remove(&open.id).is_some()
        } else {
            self.talk.drafts.insert(open.id.clone(), text.clone()).as_ref() != Some(&text)
        };
        if changed {
            self.keeper.save_drafts(self.talk.drafts.clone());
        }
        if let Some(thread) = &mut self.model.conversations.open {
            thread.draft = text;
        }
    }

    pub(in super::super) fn rename_conversation(&mut self, title: &str) {
        let title: String = title.trim().chars().take(TITLE).collect();
        let Some(open) = self.talk.open.as_mut().filter(|_| !title.is_empty()) else { return };
        open.kept.title.clone_from(&title);
        let (id, agent) = (open.id.clone(), open.kept.agent.clone());
        if open.here {
            self.talk.heads.insert(id.clone(), open.kept.head(&id));
            self.keeper.append(id.clone(), vec![Record::Title(title.clone())]);
        }
        if open.there {
            self.queue(Act::PutConversation { id, title, agent });
        }
        self.show_thread();
        self.list_conversations();
    }

    pub(in super::super) fn delete_conversation(&mut self, id: String) {
        let there = self.workspace.conversations.get(&id).is_some()
            || self.talk.heads.get(&id).is_some_and(|head| head.home.is_some());
        if self.talk.open.as_ref().is_some_and(|open| open.id == id) {
            self.open_conversation(None);
        }
        if self.talk.drafts.remove(&id).is_some() {
            self.keeper.save_drafts(self.talk.drafts.clone());
        }
        if self.talk.heads.remove(&id).is_some() {
            self.keeper.remove_conversation(id.clone());
        }
        if there {
            self.workspace.conversations.remove_own(&id);
            self.queue(Act::DeleteConversation { id });
        }
        self.list_conversations();
    }

    fn thread_problem(&mut self, id: &str, problem: Problem) {
        if let Some(thread) = self.model.conversations.open.as_mut().filter(|t| t.id == id) {
            thread.problem = Some(problem);
        }
    }

    /// Brings the open conversation in the model up to date. Messages that are as they were stay
    /// the same messages.
    pub(in super::super) fn show_thread(&mut self) {
        let home = self.home();
        let Some(open) = &self.talk.open else {
            self.model.conversations.open = None;
            return;
        };
        let before = self.model.conversations.open.take().filter(|t| t.id == open.id);
        let known: HashMap<&str, &Arc<Message>> = before
            .iter()
            .flat_map(|thread| thread.messages.iter())
            .map(|message| (message.id.as_str(), message))
            .collect();
        let waits = open.there || (open.kept.home.is_some() && open.kept.home == home);
        let messages: Vec<Arc<Message>> = open
            .kept
            .lines
            .iter()
            .map(|line| {
                let delivery = match (line.n, waits) {
                    (Some(_), _) => Delivery::Sent,
                    (None, true) => Delivery::Unsent,
                    (None, false) => Delivery::Local,
                };
                match known.get(line.id.as_str()) {
                    Some(same) if same.delivery == delivery => Arc::clone(same),
                    _ => Arc::new(Message {
                        id: line.id.clone(),
                        speaker: line.speaker,
                        name: line.name.clone(),
                        text: line.text.clone(),
                        when: say::when(&line.at),
                        delivery,
                        links: self.previews.links(&line.text, &self.model.settings),
                    }),
                }
            })
            .collect();
        let mine = self
            .workspace
            .conversations
            .get(&open.id)
            .is_none_or(|row| self.account.person_id().is_some_and(|own| *own == row.author));
        let title = match open.kept.title.trim() {
            "" => super::list::UNTITLED.to_owned(),
            title => title.to_owned(),
        };
        self.model.conversations.open = Some(Thread {
            id: open.id.clone(),
            title,
            agent: open.kept.agent.clone(),
            messages: Arc::new(messages),
            more: open.more,
            loading: open.loading.is_some(),
            problem: before.and_then(|thread| thread.problem),
            writable: mine,
            draft: self.talk.drafts.get(&open.id).cloned().unwrap_or_default(),
        });
        self.fetch_previews();
    }
}

/// Number of the newest message of the workspace that is here.
fn newest(kept: &Kept) -> u64 {
    kept.lines.iter().filter_map(|line| line.n).max().unwrap_or(0)
}
