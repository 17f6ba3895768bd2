//! The open conversation: what the disk has of it, and what the workspace has.

use super::super::{Engine, Event};
use super::{Asked, Kept, Loading, Open};
use crate::model::{Problem, Speaker};
use crate::say;
use crate::storage::conversations::{self, Line, beginning};
use crate::tr;
use cloud_client::ApiError;
use cloud_client::wire::{self, MessagePage};

/// Messages that are shown at first, and how many more at a time.
const SHOWN: usize = 1000;

impl Engine {
    /// Opens a conversation, or none.
    pub(in super::super) fn open_conversation(&mut self, id: Option<String>) {
        self.talk.open = None;
        self.model.conversations.open = None;
        let Some(id) = id.filter(|id| conversations::is_id(id)) else { return };
        let head = self.head(&id);
        let here = head.is_some();
        // Something may be written before the file is read.
        let kept = head.map_or_else(Kept::default, |head| Kept {
            title: head.title.clone(),
            agent: head.agent.clone(),
            home: head.home.clone(),
            lines: Vec::new(),
        });
        let synced = kept.home.is_some() && kept.home == self.home();
        let there = self.home().is_some()
            && (synced || !here || self.workspace.conversations.get(&id).is_some());
        self.talk.open = Some(Open {
            id: id.clone(),
            kept,
            draft: id.clone(),
            here,
            there,
            more: false,
            hidden: 0,
            loading: Some(Loading::Disk),
            again: false,
        });
        self.show_thread();
        if !here {
            self.opened(&id, None);
            return;
        }
        let events = self.events();
        self.keeper.read(self.acting, events, move |folders| {
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
        let head = self.head(id).cloned();
        let Some(open) = self.talk.open.as_mut() else { return };
        if open.id != id || open.loading != Some(Loading::Disk) {
            return;
        }
        open.loading = None;
        let read = kept.is_some();
        let mut kept = kept.unwrap_or_default();
        // The head, and what came while the file was read, are newer than the file.
        if let Some(head) = head {
            (kept.title, kept.agent, kept.home) = (head.title, head.agent, head.home);
        }
        if let Some(row) = row.as_ref().filter(|_| !open.here) {
            kept.title.clone_from(&row.title);
            kept.agent.clone_from(&row.agent);
        }
        let meanwhile = std::mem::take(&mut open.kept.lines);
        let waiting = home.iter().flat_map(|home| self.talk.outbox.messages(home, id));
        for line in meanwhile.into_iter().chain(waiting.map(Line::unsent)) {
            if line.n.is_some() {
                kept.take_in(line);
            } else if !kept.lines.iter().rev().any(|known| known.id == line.id) {
                kept.lines.push(line);
            }
        }
        open.hidden = kept.lines.len().saturating_sub(SHOWN);
        open.more = open.there && kept.oldest() > 1;
        open.kept = kept;
        open.there |= home.is_some() && row.is_some();
        if open.here && read {
            let head = open.kept.head(id);
            self.talk.heads.insert(id.to_owned(), head);
        }
        self.show_thread();
        self.catch_up();
    }

    /// Loads what the workspace has and the open conversation has not.
    pub(in super::super) fn catch_up(&mut self) {
        let Some(open) = self.talk.open.as_mut().filter(|open| open.there) else { return };
        if open.loading.is_some() {
            // What is under way may have left before the news.
            open.again = true;
            return;
        }
        let asked = match open.kept.followed() {
            0 => Asked::Last,
            followed => Asked::After(followed),
        };
        self.load_page(asked);
    }

    /// Shows older messages, or loads them.
    pub(in super::super) fn load_older(&mut self) {
        let Some(open) = self.talk.open.as_mut().filter(|open| open.loading.is_none()) else {
            return;
        };
        if open.hidden > 0 {
            open.hidden = open.hidden.saturating_sub(SHOWN);
            self.show_thread();
        } else if open.more {
            let oldest = open.kept.oldest();
            self.load_page(Asked::Before(oldest));
        }
    }

    fn load_page(&mut self, asked: Asked) {
        let load = self.next_generation();
        let Some(api) = self.api() else { return };
        let Some(open) = &mut self.talk.open else { return };
        open.loading = Some(Loading::Page(load, asked));
        open.again = false;
        let id = open.id.clone();
        self.show_thread();
        let request = async move {
            let page = match asked {
                Asked::Last => api.messages_before(&id, None).await,
                Asked::Before(n) => api.messages_before(&id, Some(n)).await,
                Asked::After(n) => api.messages_after(&id, n).await,
            };
            (id, page)
        };
        self.ask(request, move |engine, (id, page)| engine.page(&id, load, page));
    }

    pub(super) fn page(&mut self, id: &str, load: u64, page: Result<MessagePage, ApiError>) {
        let Some(open) = self.talk.open.as_mut().filter(|open| open.id == id) else { return };
        let asked = match open.loading {
            Some(Loading::Page(current, asked)) if current == load => asked,
            _ => return,
        };
        open.loading = None;
        match page {
            Ok(page) => {
                let numbers = || page.messages.iter().map(|message| message.n);
                let (first, last) = (numbers().min(), numbers().max());
                // Only a page that led further is followed by another one: a server that always
                // has more would be asked without an end.
                let next = match asked {
                    Asked::Last | Asked::Before(_) => {
                        open.more = page.more && first.is_some_and(|n| n > 1);
                        if let Asked::Before(before) = asked {
                            open.more &= first.is_some_and(|n| n < before);
                        }
                        None
                    }
                    Asked::After(after) => last.filter(|last| page.more && *last > after),
                };
                self.clear_thread_problem();
                self.take_in(page.messages);
                match next {
                    Some(next) => self.load_page(Asked::After(next)),
                    None => self.once_more(),
                }
            }
            Err(ApiError::SignedOut) => return self.signed_out_by_cloud(),
            // It is not there yet: what was written here is on its way.
            Err(ApiError::NotFound) if open.here => {}
            Err(error) => {
                self.thread_problem(id, say::api(&error));
                self.reload_after(&error);
            }
        }
        self.show_thread();
    }

    /// Catches up with what came while something was loading.
    fn once_more(&mut self) {
        if self.talk.open.as_mut().is_some_and(|open| std::mem::take(&mut open.again)) {
            self.catch_up();
        }
    }

    /// Adds messages of the workspace to the open conversation, and to its file if it has one.
    fn take_in(&mut self, messages: Vec<wire::ChatMessage>) {
        let own = self.account.person().map(|person| person.name.clone());
        let Some(open) = &mut self.talk.open else { return };
        let mut records = Vec::new();
        for message in messages {
            if message.conversation != open.id {
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
            records.extend(open.kept.take_in(line));
        }
        if open.here && !records.is_empty() {
            let id = open.id.clone();
            // While the file is read the head knows more than what is here.
            if open.loading != Some(Loading::Disk) {
                self.talk.heads.insert(id.clone(), open.kept.head(&id));
            }
            self.keeper.append(self.acting, id.clone(), records);
            self.list_conversation(&id);
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
            self.list_conversation(&message.conversation);
        }
        let Some(open) = self.talk.open.as_mut().filter(|o| o.id == message.conversation) else {
            return;
        };
        open.there = true;
        if message.n > open.kept.newest().saturating_add(1) {
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
                        what: tr!("engine-conversation-deleted").into(),
                        next: tr!("engine-conversation-deleted-next").into(),
                    },
                );
            } else {
                self.open_conversation(None);
            }
        }
        self.list_conversation(id);
    }
}
