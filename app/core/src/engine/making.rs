//! SOPs and skills in the making, and their live progress.

use super::Engine;
use super::acts::new_key;
use crate::model::{Document, DocumentKind, DocumentState, SopDraft, Ticket};
use cloud_client::progress;
use cloud_client::wire::{Generation, SkillDraft};
use std::collections::BTreeMap;

/// The channels that are watched, by document. Dropping one closes its connection.
pub(super) type Watched = BTreeMap<String, tokio::task::AbortHandle>;

impl Engine {
    pub(super) fn generate_sop(&mut self, ticket: Ticket, draft: SopDraft) {
        let (Some(api), key) = (self.api(), new_key()) else { return };
        let request = async move { api.generate_sop(&key, &draft).await };
        self.act(ticket, request, |engine, generation| engine.making(generation));
    }

    pub(super) fn compile_skill(&mut self, source: String) {
        let (Some(api), key) = (self.api(), new_key()) else { return };
        let request = async move { api.compile_skill(&key, &SkillDraft { source }).await };
        self.quick(request, |engine, generation| engine.making(generation));
    }

    /// Something is being made: watches it, if the person wants that.
    fn making(&mut self, generation: Generation) {
        let Generation { document, progress: channel } = generation;
        let id = document.id.clone();
        match document.kind {
            DocumentKind::Sop => self.workspace.sops.put_own(document),
            DocumentKind::Skill => self.workspace.skills.put_own(document),
        }
        let (Some(channel), Some(bearer), true) =
            (channel, self.account.bearer(), self.model.settings.live_progress)
        else {
            return;
        };
        let mut news = progress::watch(self.account.rest.clone(), bearer, channel);
        let (session, events, about) = (self.account.generation(), self.events.clone(), id.clone());
        let task = tokio::spawn(async move {
            while let Some(progress) = news.recv().await {
                let about = about.clone();
                let then: super::workspace::Then = Box::new(move |engine: &mut Self| {
                    if engine.watched.contains_key(&about) {
                        engine.model.workspace.progress.insert(about, progress);
                    }
                });
                if events.send(super::Event::Then(session, then)).await.is_err() {
                    return;
                }
            }
        });
        self.watched.insert(id, task.abort_handle());
    }

    /// A document changed: when it is made, its connection is closed.
    pub(super) fn document_event(&mut self, document: &Document) {
        if document.state != DocumentState::Generating {
            self.stop_watching(&document.id);
        }
    }

    fn stop_watching(&mut self, id: &str) {
        if let Some(task) = self.watched.remove(id) {
            task.abort();
        }
        self.model.workspace.progress.remove(id);
    }

    /// Closes all of them.
    pub(super) fn stop_watching_all(&mut self) {
        for id in self.watched.keys().cloned().collect::<Vec<_>>() {
            self.stop_watching(&id);
        }
    }
}
