//! The list of conversations: those on this machine and those of the workspace as one.

use super::super::Engine;
use crate::model::{Conversation, Load, Place};
use crate::say;
use crate::storage::conversations::{self, Head};
use cloud_client::wire;
use std::sync::Arc;

/// What a conversation without a title is called.
pub(super) const UNTITLED: &str = "New conversation";

impl Engine {
    /// Reads what is on the disk. Once, at start.
    pub(in super::super) fn read_conversations(&mut self) {
        let events = self.events.clone();
        self.keeper.read(events, |folders| {
            let heads = conversations::heads(&folders.conversations);
            let then = move |engine: &mut Self| {
                engine.talk.loaded = true;
                match heads {
                    Ok(heads) => {
                        for head in heads {
                            engine.talk.heads.entry(head.id.clone()).or_insert(head);
                        }
                    }
                    Err(error) => engine.notice(say::storage(&error)),
                }
                engine.list_conversations();
                engine.adopt_next();
            };
            super::super::Event::Now(Box::new(then))
        });
    }

    /// Loads the first page of the workspace's conversations (again).
    pub(in super::super) fn load_conversations(&mut self) {
        let Some(api) = self.api() else { return };
        let load = self.next_generation();
        self.workspace.conversations.begin(load);
        self.ask(
            async move { api.conversations(None).await },
            move |engine, result| match result {
                Ok(page) => {
                    let w = &mut engine.workspace;
                    if w.conversations.expects(load) {
                        w.next_page = page.next;
                    }
                    if w.conversations.loaded(load, page.conversations, page.seq) {
                        engine.load_conversations();
                    }
                    engine.list_conversations();
                    engine.catch_up();
                }
                Err(error) => {
                    engine.list_failed(|w| &mut w.conversations, load, &error);
                    engine.list_conversations();
                }
            },
        );
    }

    /// Loads the next page of them.
    pub(in super::super) fn load_more_conversations(&mut self) {
        let (Some(api), Some(cursor)) = (self.api(), self.workspace.next_page.clone()) else {
            return;
        };
        if std::mem::replace(&mut self.model.conversations.loading_more, true) {
            return;
        }
        let request = async move { api.conversations(Some(&cursor)).await };
        self.ask(request, |engine, result| {
            engine.model.conversations.loading_more = false;
            match result {
                Ok(page) => {
                    engine.workspace.next_page = page.next;
                    engine.workspace.conversations.add(page.conversations);
                }
                Err(error) => engine.notice(say::api(&error)),
            }
            engine.list_conversations();
        });
    }

    /// Makes the list anew.
    pub(in super::super) fn list_conversations(&mut self) {
        let home = self.home();
        let own = self.account.person_id().cloned();
        let (talk, there) = (&self.talk, self.workspace.conversations.shown());
        let mut rows: Vec<Arc<Conversation>> = Vec::new();
        let known = |id: &str| talk.heads.contains_key(id);
        for conversation in there.items().iter().filter(|c| !known(&c.id)) {
            rows.push(Arc::new(theirs(conversation, own.as_deref())));
        }
        for head in talk.heads.values() {
            // One that belongs to another workspace is not shown in this one.
            if head.home.is_some() && head.home != home {
                continue;
            }
            let news = there.items().iter().find(|c| c.id == head.id);
            rows.push(Arc::new(ours(head, news.map(|c| &**c), home.is_some())));
        }
        rows.sort_by(|a, b| b.updated_at.cmp(&a.updated_at).then_with(|| a.id.cmp(&b.id)));
        // Rows that are as they were stay the same rows.
        if let Load::Ready(before) = &self.model.conversations.list {
            let before: std::collections::HashMap<&str, &Arc<Conversation>> =
                before.iter().map(|row| (row.id.as_str(), row)).collect();
            for row in &mut rows {
                if let Some(same) = before.get(row.id.as_str()).filter(|same| ***same == *row) {
                    *row = Arc::clone(same);
                }
            }
        }
        let nothing = rows.is_empty();
        let list = &mut self.model.conversations;
        list.more = self.workspace.next_page.is_some();
        list.list = match there {
            _ if !talk.loaded && nothing => Load::Loading,
            Load::Loading if nothing && home.is_some() => Load::Loading,
            Load::Failed(problem) if nothing => Load::Failed(problem.clone()),
            _ => Load::Ready(Arc::new(rows)),
        };
        self.count_unsent();
    }
}

fn title(title: &str, last: &str) -> String {
    match (title.trim(), last.trim()) {
        ("", "") => UNTITLED.to_owned(),
        ("", last) => last.chars().take(60).collect(),
        (title, _) => title.to_owned(),
    }
}

fn theirs(c: &wire::Conversation, own: Option<&str>) -> Conversation {
    Conversation {
        id: c.id.clone(),
        title: title(&c.title, &c.last),
        author: (own != Some(&c.author)).then(|| c.author_name.clone()),
        agent: c.agent.clone(),
        last: c.last.clone(),
        updated_at: c.updated_at.clone(),
        when: say::when(&c.updated_at),
        place: Place::Workspace,
    }
}

fn ours(head: &Head, news: Option<&wire::Conversation>, joined: bool) -> Conversation {
    let newer = news.filter(|c| c.updated_at > head.updated_at);
    let last = newer.map_or(&head.last, |c| &c.last);
    let updated_at = newer.map_or(&head.updated_at, |c| &c.updated_at);
    Conversation {
        id: head.id.clone(),
        title: title(news.map_or(&head.title, |c| &c.title), &head.last),
        author: None,
        agent: head.agent.clone(),
        last: last.clone(),
        updated_at: updated_at.clone(),
        when: say::when(updated_at),
        place: if joined && head.home.is_some() { Place::Synced } else { Place::Local },
    }
}
