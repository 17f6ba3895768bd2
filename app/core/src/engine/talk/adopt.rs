//! Joining a workspace: conversations of this machine are synced to it (article "Security
//! overview", local-first data storage).

use super::super::{Engine, Event};
use crate::storage::conversations::{self, Kept, Record};
use crate::sync::outbox::Act;

impl Engine {
    /// Takes the next conversation that belongs nowhere into the workspace, when nothing else
    /// waits to be sent.
    pub(in super::super) fn adopt_next(&mut self) {
        let Some(home) = self.home() else { return };
        if self.talk.adopting || !self.talk.loaded || self.talk.outbox.count(&home) > 0 {
            return;
        }
        let Some(id) =
            self.talk.heads.values().find(|head| head.home.is_none()).map(|head| head.id.clone())
        else {
            return;
        };
        self.talk.adopting = true;
        let (events, session) = (self.events.clone(), self.account.generation());
        self.keeper.read(events, move |folders| {
            let kept = conversations::load(&folders.conversations, &id);
            Event::Now(Box::new(move |engine| {
                engine.talk.adopting = false;
                match kept {
                    Ok(Some(kept)) if engine.account.generation() == session => {
                        engine.adopt(&id, kept);
                    }
                    Ok(_) => {}
                    Err(error) => {
                        // It stays here; the next ones are not held up.
                        tracing::warn!(%error, "a conversation cannot be synced");
                        engine.talk.heads.remove(&id);
                    }
                }
            }))
        });
    }

    fn adopt(&mut self, id: &str, mut kept: Kept) {
        let Some(home) = self.home() else { return };
        kept.home = Some(home.clone());
        self.talk.heads.insert(id.to_owned(), kept.head(id));
        let put = Act::PutConversation {
            id: id.to_owned(),
            title: kept.title.clone(),
            agent: kept.agent.clone(),
        };
        self.queue(put);
        for line in &kept.lines {
            let message = line.draft();
            self.queue(Act::Message { conversation: id.to_owned(), message });
        }
        self.keeper.append(id.to_owned(), vec![Record::Home(home)]);
        if let Some(open) = self.talk.open.as_mut().filter(|open| open.id == id) {
            open.kept.home = kept.home;
            open.there = true;
            self.show_thread();
        }
        self.list_conversations();
        self.pump();
    }
}
