//! The list of conversations: those on this machine and those of the workspace as one.

use super::super::Engine;
use super::may_see;
use crate::model::{Conversation, Load, Place};
use crate::say;
use crate::storage::conversations::{self, Head};
use crate::tr;
use cloud_client::{ApiError, wire};
use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::HashMap;
use std::sync::Arc;

/// What a conversation without a title is called.
pub(super) fn untitled() -> &'static str {
    tr!("engine-new-conversation")
}

impl Engine {
    /// Reads what is on the disk. Once, at start.
    pub(in super::super) fn read_conversations(&mut self) {
        let events = self.events();
        self.keeper.read(self.acting, events, |folders| {
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
        let asked = cursor.clone();
        let request = async move { api.conversations(Some(&asked)).await };
        self.ask(request, move |engine, result| {
            engine.model.conversations.loading_more = false;
            match result {
                // The list was loaded again meanwhile: this page does not follow it any more.
                Ok(_) if engine.workspace.next_page.as_ref() != Some(&cursor) => {}
                Ok(page) => {
                    // A page that leads to itself would be asked for without an end.
                    engine.workspace.next_page = page.next.filter(|next| *next != cursor);
                    engine.workspace.conversations.add(page.conversations);
                }
                Err(ApiError::SignedOut) => return engine.signed_out_by_cloud(),
                Err(error) => engine.notice(say::api(&error)),
            }
            engine.list_conversations();
        });
    }

    /// Makes the list anew. Rows that are as they were stay the same rows.
    pub(in super::super) fn list_conversations(&mut self) {
        self.count_unsent();
        let owner = self.owner();
        let joined = owner.as_ref().is_some_and(|owner| owner.is_workspace());
        let (talk, there) = (&self.talk, self.workspace.conversations.shown());
        let today = Some(jiff::Zoned::now().date());
        let same_day = talk.listed_on == today;
        let shown = self.model.conversations.list.items();
        let before: HashMap<&str, &Arc<Conversation>> =
            shown.iter().filter(|_| same_day).map(|row| (row.id.as_str(), row)).collect();
        let own = owner.as_ref().map(|owner| owner.person.as_str());
        let news: HashMap<&str, &wire::Conversation> =
            there.items().iter().map(|c| (c.id.as_str(), &**c)).collect();
        let mut rows: Vec<Arc<Conversation>> = Vec::with_capacity(talk.heads.len() + news.len());
        let mut known = 0;
        for head in talk.heads.values().filter(|head| may_see(head, owner.as_ref())) {
            let news = news.get(head.id.as_str()).copied();
            known += usize::from(news.is_some());
            rows.push(ours(head, news, joined).row(&before));
        }
        if known < news.len() {
            let here = |c: &wire::Conversation| {
                talk.heads.get(&c.id).is_some_and(|head| may_see(head, owner.as_ref()))
            };
            let others = there.items().iter().filter(|c| !here(c));
            rows.extend(others.map(|c| theirs(c, own).row(&before)));
        }
        rows.sort_unstable_by(|a, b| order(a, b));
        let list = match there {
            _ if !talk.loaded && rows.is_empty() => Load::Loading,
            Load::Loading if rows.is_empty() && joined => Load::Loading,
            Load::Failed(problem) if rows.is_empty() => Load::Failed(problem.clone()),
            _ => Load::Ready(Arc::new(rows)),
        };
        self.talk.listed_on = today;
        self.model.conversations.more = self.workspace.next_page.is_some();
        if self.model.conversations.list != list {
            self.model.conversations.list = list;
        }
    }
}

impl Engine {
    /// Makes one row of the list anew: the others are as they were.
    pub(in super::super) fn list_conversation(&mut self, id: &str) {
        self.count_unsent();
        let today = Some(jiff::Zoned::now().date());
        let Load::Ready(rows) = &self.model.conversations.list else {
            return self.list_conversations();
        };
        if self.talk.listed_on != today {
            return self.list_conversations();
        }
        let owner = self.owner();
        let own = owner.as_ref().map(|owner| owner.person.as_str());
        let joined = owner.as_ref().is_some_and(|owner| owner.is_workspace());
        let news = self.workspace.conversations.get(id);
        let row = match self.talk.heads.get(id).filter(|head| may_see(head, owner.as_ref())) {
            Some(head) => Some(ours(head, news.map(|c| &**c), joined)),
            None => news.map(|c| theirs(c, own)),
        };
        let at = rows.iter().position(|row| row.id == id);
        let before: HashMap<&str, &Arc<Conversation>> =
            at.and_then(|at| rows.get(at)).map(|row| (id, row)).into_iter().collect();
        let row = row.map(|row| row.row(&before));
        if row.as_ref() == at.and_then(|at| rows.get(at)) {
            return;
        }
        let Load::Ready(rows) = &mut self.model.conversations.list else { return };
        let rows = Arc::make_mut(rows);
        if let Some(at) = at {
            rows.remove(at);
        }
        if let Some(row) = row {
            let at = rows.partition_point(|other| order(other, &row).is_lt());
            rows.insert(at, row);
        }
    }
}

/// Newest first.
fn order(a: &Conversation, b: &Conversation) -> Ordering {
    b.updated_at.cmp(&a.updated_at).then_with(|| a.id.cmp(&b.id))
}

/// A row before it is known whether it is news.
struct Row<'a> {
    id: &'a str,
    title: Cow<'a, str>,
    author: Option<&'a str>,
    agent: Option<&'a str>,
    last: &'a str,
    updated_at: &'a str,
    place: Place,
}

impl Row<'_> {
    fn row(self, before: &HashMap<&str, &Arc<Conversation>>) -> Arc<Conversation> {
        if let Some(same) = before.get(self.id)
            && same.title == self.title
            && same.author.as_deref() == self.author
            && same.agent.as_deref() == self.agent
            && same.last == self.last
            && same.updated_at == self.updated_at
            && same.place == self.place
        {
            return Arc::clone(same);
        }
        Arc::new(Conversation {
            id: self.id.to_owned(),
            title: self.title.into_owned(),
            author: self.author.map(str::to_owned),
            agent: self.agent.map(str::to_owned),
            last: self.last.to_owned(),
            updated_at: self.updated_at.to_owned(),
            when: say::when(self.updated_at),
            place: self.place,
        })
    }
}

fn title<'a>(title: &'a str, last: &'a str) -> Cow<'a, str> {
    match (title.trim(), last.trim()) {
        ("", "") => untitled().into(),
        ("", last) => match last.char_indices().nth(60) {
            Some((end, _)) => last.get(..end).unwrap_or(last).into(),
            None => last.into(),
        },
        (_, _) => title.into(),
    }
}

fn theirs<'a>(c: &'a wire::Conversation, own: Option<&str>) -> Row<'a> {
    Row {
        id: &c.id,
        title: title(&c.title, &c.last),
        author: (own != Some(c.author.as_str())).then_some(&c.author_name),
        agent: c.agent.as_deref(),
        last: &c.last,
        updated_at: &c.updated_at,
        place: Place::Workspace,
    }
}

fn ours<'a>(head: &'a Head, news: Option<&'a wire::Conversation>, joined: bool) -> Row<'a> {
    let newer = news.filter(|c| c.updated_at > head.updated_at);
    let synced = head.home.as_ref().is_some_and(|home| home.is_workspace());
    Row {
        id: &head.id,
        title: title(news.map_or(&head.title, |c| &c.title), &head.last),
        author: None,
        agent: head.agent.as_deref(),
        last: newer.map_or(&head.last, |c| &c.last),
        updated_at: newer.map_or(&head.updated_at, |c| &c.updated_at),
        place: if joined && synced { Place::Synced } else { Place::Local },
    }
}
