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
        let (Some(api), key) = (self.api_for(ticket), new_key()) else { return };
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
        let list = match document.kind {
            DocumentKind::Sop => &mut self.workspace.sops,
            DocumentKind::Skill => &mut self.workspace.skills,
        };
        // Its event may have been faster than the answer.
        if list.get(&id).is_none() {
            list.put_own(document);
        }
        if self.is_made(&id) {
            return;
        }
        let (Some(channel), Some(bearer), true) =
            (channel, self.account.bearer(), self.model.settings.live_progress)
        else {
            return;
        };
        let Some(rest) = self.rest() else { return };
        let mut news = progress::watch(rest, bearer, channel);
        let (session, events, about) = (self.account.generation(), self.events(), id.clone());
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

    /// Whether it is known to be ready, or to have failed.
    fn is_made(&self, id: &str) -> bool {
        let w = &self.workspace;
        let document = w.sops.get(id).or_else(|| w.skills.get(id));
        document.is_some_and(|document| document.state != DocumentState::Generating)
    }

    /// Closes the connections of what is made: its event may have been missed.
    pub(super) fn stop_watching_made(&mut self) {
        let made: Vec<String> =
            self.watched.keys().filter(|id| self.is_made(id)).cloned().collect();
        made.iter().for_each(|id| self.stop_watching(id));
    }

    pub(super) fn stop_watching(&mut self, id: &str) {
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
