//! Joining a workspace: conversations of this machine are synced to it (article "Security
//! overview", local-first data storage).
//!
//! A conversation is first claimed by the person on disk, so that it goes to nobody else; its
//! messages are put into the outbox a few at a time; with the last ones it gets its home. After
//! a crash it begins again, and the cloud keeps each message once.

use super::super::{Engine, Event};
use crate::storage::conversations::{self, Kept, Line, Record};
use crate::sync::outbox::{Act, Home};
use std::collections::{HashSet, VecDeque};

/// Messages that are put into the outbox at once.
const CHUNK: usize = 64;

/// The conversation that is being taken into the workspace.
#[derive(Default)]
pub(super) enum Adopting {
    #[default]
    Idle,
    /// It is read. What is written meanwhile follows.
    Reading { id: String, late: Vec<Line> },
    /// What is still to be put into the outbox.
    Sending { id: String, lines: VecDeque<Line> },
}

impl Adopting {
    /// A message was written: whether it goes with this adoption.
    pub(super) fn takes(&mut self, conversation: &str, line: &Line) -> bool {
        match self {
            Self::Reading { id, late } if id == conversation => late.push(line.clone()),
            Self::Sending { id, lines } if id == conversation => lines.push_back(line.clone()),
            _ => return false,
        }
        true
    }

    pub(super) fn is_sending(&self, conversation: &str) -> bool {
        matches!(self, Self::Sending { id, .. } if id == conversation)
    }

    /// It was deleted, or the workspace does not take it.
    pub(super) fn give_up(&mut self, conversation: &str) {
        if matches!(self, Self::Reading { id, .. } | Self::Sending { id, .. } if id == conversation)
        {
            *self = Self::Idle;
        }
    }
}

impl Engine {
    /// Takes the next conversation that belongs to no workspace into this one, when nothing else
    /// waits to be sent.
    pub(in super::super) fn adopt_next(&mut self) {
        let (Some(home), true) = (self.home(), self.talk.loaded) else { return };
        match &self.talk.adopting {
            _ if self.talk.outbox.count(&home) > 0 => return,
            Adopting::Reading { .. } => return,
            Adopting::Sending { .. } => return self.adopt_some(&home),
            Adopting::Idle => {}
        }
        let wanted =
            |of: Option<&Home>| of.is_none_or(|of| !of.is_workspace() && of.is_same_person(&home));
        let mut heads = self.talk.heads.values();
        let next = heads.find(|h| wanted(h.home.as_ref()) && !self.talk.rejected.contains(&h.id));
        let Some(id) = next.map(|head| head.id.clone()) else { return };
        self.talk.adopting = Adopting::Reading { id: id.clone(), late: Vec::new() };
        let (events, session) = (self.events(), self.account.generation());
        self.keeper.read(self.acting, events, move |folders| {
            let kept = conversations::load(&folders.conversations, &id);
            Event::Now(Box::new(move |engine| {
                if engine.account.generation() != session {
                    return;
                }
                let late = match std::mem::take(&mut engine.talk.adopting) {
                    Adopting::Reading { id: of, late } if of == id => late,
                    other => {
                        engine.talk.adopting = other;
                        return;
                    }
                };
                match kept {
                    Ok(Some(kept)) => engine.adopt(&id, kept, late),
                    // It stays here; the next ones are not held up.
                    Ok(None) => {
                        engine.talk.rejected.insert(id);
                    }
                    Err(error) => {
                        tracing::warn!(%error, "a conversation cannot be synced");
                        engine.talk.rejected.insert(id);
                    }
                }
                engine.pump();
            }))
        });
    }

    fn adopt(&mut self, id: &str, kept: Kept, late: Vec<Line>) {
        let Some(home) = self.home() else { return };
        let Some(head) = self.talk.heads.get_mut(id) else { return };
        let claim = home.of_person();
        if head.home.as_ref() != Some(&claim) {
            head.home = Some(claim.clone());
            self.keeper.append(self.acting, id.to_owned(), vec![Record::Home(claim.clone())]);
        }
        let put = Act::PutConversation {
            id: id.to_owned(),
            title: head.title.clone(),
            agent: head.agent.clone(),
        };
        if let Some(open) = self.talk.open.as_mut().filter(|open| open.id == id) {
            open.kept.home = Some(claim);
        }
        // What waits from before a crash need not wait twice.
        let mut known: HashSet<String> =
            self.talk.outbox.messages(&home, id).map(|message| message.id.clone()).collect();
        let unsent = kept.lines.into_iter().chain(late).filter(|line| line.n.is_none());
        let lines = unsent.filter(|line| known.insert(line.id.clone())).collect();
        self.queue(put);
        self.talk.adopting = Adopting::Sending { id: id.to_owned(), lines };
        self.adopt_some(&home);
        self.list_conversation(id);
    }

    /// Puts a few messages into the outbox; after the last ones the conversation is synced.
    fn adopt_some(&mut self, home: &Home) {
        let Adopting::Sending { id, lines } = &mut self.talk.adopting else { return };
        let id = id.clone();
        let some: Vec<Line> = lines.drain(..lines.len().min(CHUNK)).collect();
        let whole = lines.is_empty();
        for line in some {
            self.queue(Act::Message { conversation: id.clone(), message: line.draft() });
        }
        if whole {
            self.talk.adopting = Adopting::Idle;
            if let Some(head) = self.talk.heads.get_mut(&id) {
                head.home = Some(home.clone());
                self.keeper.append(self.acting, id.clone(), vec![Record::Home(home.clone())]);
            }
            if let Some(open) = self.talk.open.as_mut().filter(|open| open.id == id) {
                open.kept.home = Some(home.clone());
                open.there = true;
            }
            self.list_conversation(&id);
        }
        if self.talk.open.as_ref().is_some_and(|open| open.id == id) {
            self.show_thread();
        }
        self.pump();
    }
}
