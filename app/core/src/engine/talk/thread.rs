//! The open conversation in the model, and what is done to it as a whole.

use super::super::Engine;
use crate::model::{Delivery, Message, Problem, Thread};
use crate::say;
use crate::storage::conversations::{Record, one_line};
use crate::sync::outbox::Act;
use std::collections::HashMap;
use std::sync::Arc;

/// Longest title, in characters (`PROTOCOL.md`).
const TITLE: usize = 200;

impl Engine {
    pub(in super::super) fn keep_draft(&mut self, text: String) {
        let Some(key) = self.talk.open.as_ref().map(|open| open.draft.clone()) else { return };
        self.set_draft(key, &text);
        if let Some(thread) = &mut self.model.conversations.open {
            thread.draft = text;
        }
    }

    fn set_draft(&mut self, key: String, text: &str) {
        let drafts = &mut self.talk.drafts;
        let changed = if text.trim().is_empty() {
            drafts.remove(&key).is_some()
        } else {
            drafts.insert(key, text.to_owned()).as_deref() != Some(text)
        };
        if changed {
            self.keeper.save_drafts(self.acting, self.talk.drafts.clone());
        }
    }

    pub(in super::super) fn rename_conversation(&mut self, title: &str) {
        let title = one_line(title, TITLE);
        let Some(open) = self.talk.open.as_mut().filter(|_| !title.is_empty()) else { return };
        open.kept.title.clone_from(&title);
        let (id, agent) = (open.id.clone(), open.kept.agent.clone());
        let there = open.there || self.talk.adopting.is_sending(&id);
        if open.here {
            if let Some(head) = self.talk.heads.get_mut(&id) {
                head.title.clone_from(&title);
            }
            self.keeper.append(self.acting, id.clone(), vec![Record::Title(title.clone())]);
        }
        if there {
            if let Some(row) = self.workspace.conversations.get(&id) {
                let row =
                    cloud_client::wire::Conversation { title: title.clone(), ..(**row).clone() };
                self.workspace.conversations.put_own(row);
            }
            self.queue(Act::PutConversation { id: id.clone(), title, agent });
        }
        self.show_thread();
        self.list_conversation(&id);
        self.pump();
    }

    pub(in super::super) fn delete_conversation(&mut self, id: &str) {
        let home = self.home();
        let head = self.head(id);
        let there = self.workspace.conversations.get(id).is_some()
            || head.is_some_and(|head| head.home.is_some());
        let here = head.is_some();
        if self.talk.open.as_ref().is_some_and(|open| open.id == id) {
            self.open_conversation(None);
        }
        self.set_draft(id.to_owned(), "");
        self.talk.adopting.give_up(id);
        if here {
            self.talk.heads.remove(id);
            self.keeper.remove_conversation(self.acting, id.to_owned());
        }
        // What was to be added to it need not be sent any more.
        let gone = self.talk.outbox.withdraw(|entry| {
            home.as_ref() == Some(&entry.home)
                && entry.act.conversation().is_some_and(|of| of == id)
        });
        gone.into_iter().for_each(|number| self.keeper.remove_entry(self.acting, number));
        if there {
            self.workspace.conversations.remove_own(id);
            self.queue(Act::DeleteConversation { id: id.to_owned() });
        }
        self.list_conversation(id);
        self.pump();
    }

    pub(super) fn thread_problem(&mut self, id: &str, problem: Problem) {
        if let Some(thread) = self.model.conversations.open.as_mut().filter(|t| t.id == id) {
            thread.problem = Some(problem);
        }
    }

    pub(super) fn clear_thread_problem(&mut self) {
        if let Some(thread) = &mut self.model.conversations.open {
            thread.problem = None;
        }
    }

    /// Whether this person began the conversation: others only read it.
    pub(super) fn is_writable(&self, id: &str) -> bool {
        let own = self.account.person_id();
        self.workspace.conversations.get(id).is_none_or(|row| own == Some(&row.author))
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
        let waits = open.there
            || (open.kept.home.is_some() && open.kept.home == home)
            || self.talk.adopting.is_sending(&open.id);
        let lines = open.kept.lines.iter().skip(open.hidden);
        let messages: Vec<Arc<Message>> = lines
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
        let writable = self.is_writable(&open.id);
        let title = match open.kept.title.trim() {
            "" => super::list::untitled().to_owned(),
            title => title.to_owned(),
        };
        let draft = self.talk.drafts.get(&open.draft).filter(|_| writable).cloned();
        self.model.conversations.open = Some(Thread {
            id: open.id.clone(),
            title,
            agent: open.kept.agent.clone(),
            messages: Arc::new(messages),
            more: open.more || open.hidden > 0,
            loading: open.loading.is_some(),
            problem: before.and_then(|thread| thread.problem),
            writable,
            draft: draft.unwrap_or_default(),
        });
        self.fetch_previews();
    }
}
