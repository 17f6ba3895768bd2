//! What a person does in the workspace: one request each, followed by its form.

use super::Engine;
use crate::model::{AgentDraft, DesktopId, DocumentKind, Invitation, Role, Ticket, Work};
use crate::say;
use crate::secret::{ApiKey, Password};
use cloud_client::ApiError;
use cloud_client::rest::{Key, Workspace};
use cloud_client::wire::{self, ChangePassword, Invite};
use std::future::Future;

/// Tickets that are remembered; a form that was forgotten to be forgotten is one of the oldest.
const TICKETS: usize = 64;

/// A key for one act.
pub(super) fn new_key() -> Key {
    Key::new(uuid::Uuid::new_v4().to_string())
}

fn role(role: Role) -> wire::Role {
    match role {
        Role::Owner => wire::Role::Owner,
        Role::Member => wire::Role::Member,
    }
}

impl Engine {
    pub(super) fn set_work(&mut self, ticket: Ticket, work: Work) {
        self.model.work.insert(ticket, work);
        while self.model.work.len() > TICKETS {
            self.model.work.pop_first();
        }
    }

    /// For an act with a form: without a workspace the form says so.
    pub(super) fn api_for(&mut self, ticket: Ticket) -> Option<Workspace> {
        let api = self.api();
        if api.is_none() {
            self.set_work(ticket, Work::Failed(say::no_workspace()));
        }
        api
    }

    /// An act with a form: the form learns how it went.
    pub(super) fn act<T: Send + 'static>(
        &mut self,
        ticket: Ticket,
        request: impl Future<Output = Result<T, ApiError>> + Send + 'static,
        done: impl FnOnce(&mut Self, T) + Send + 'static,
    ) {
        self.set_work(ticket, Work::Busy);
        self.ask(request, move |engine, result| match result {
            Ok(answer) => {
                engine.set_work(ticket, Work::Done);
                done(engine, answer);
                engine.show_workspace();
            }
            Err(ApiError::SignedOut) => engine.signed_out_by_cloud(),
            Err(error) => engine.set_work(ticket, Work::Failed(say::api(&error))),
        });
    }

    /// An act without a form: a failure becomes a notice.
    pub(super) fn quick<T: Send + 'static>(
        &mut self,
        request: impl Future<Output = Result<T, ApiError>> + Send + 'static,
        done: impl FnOnce(&mut Self, T) + Send + 'static,
    ) {
        self.ask(request, move |engine, result| match result {
            Ok(answer) => {
                done(engine, answer);
                engine.show_workspace();
            }
            Err(ApiError::SignedOut) => engine.signed_out_by_cloud(),
            Err(error) => engine.notice(say::api(&error)),
        });
    }

    pub(super) fn change_password(&mut self, ticket: Ticket, current: &Password, new: &Password) {
        let Some(bearer) = self.account.bearer() else { return };
        let Some(rest) = self.rest() else { return };
        let change = ChangePassword {
            current: current.expose().to_owned().into(),
            new: new.expose().to_owned().into(),
        };
        self.act(ticket, async move { rest.change_password(&bearer, &change).await }, |_, ()| ());
    }

    pub(super) fn invite(&mut self, ticket: Ticket, email: &str, as_what: Role) {
        let Some(api) = self.api_for(ticket) else { return };
        let invite = Invite { email: email.trim().to_owned(), role: role(as_what) };
        let key = new_key();
        self.act(ticket, async move { api.invite(&key, &invite).await }, |engine, invited| {
            engine.model.workspace.invitation = Some(Invitation {
                email: invited.member.email.clone(),
                code: invited.code,
                until: say::when(&invited.expires_at),
            });
            engine.workspace.people.put_own(invited.member);
        });
    }

    pub(super) fn change_role(&mut self, person: String, to: Role) {
        let Some(api) = self.api() else { return };
        let request = async move { api.change_role(&person, role(to)).await };
        self.quick(request, |engine, member| engine.workspace.people.put_own(member));
    }

    pub(super) fn remove_person(&mut self, person: String) {
        let Some(api) = self.api() else { return };
        let asked = person.clone();
        self.quick(async move { api.remove_person(&asked).await }, move |engine, ()| {
            engine.workspace.people.remove_own(&person);
        });
    }

    pub(super) fn save_agent(&mut self, ticket: Ticket, agent: Option<String>, draft: AgentDraft) {
        let Some(api) = self.api_for(ticket) else { return };
        let key = new_key();
        let request = async move {
            match agent {
                Some(agent) => api.change_agent(&agent, &draft).await,
                None => api.create_agent(&key, &draft).await,
            }
        };
        self.act(ticket, request, |engine, agent| engine.workspace.agents.put_own(agent));
    }

    pub(super) fn delete_agent(&mut self, agent: String) {
        let Some(api) = self.api() else { return };
        let asked = agent.clone();
        self.quick(async move { api.delete_agent(&asked).await }, move |engine, ()| {
            engine.workspace.agents.remove_own(&agent);
        });
    }

    pub(super) fn set_api_key(
        &mut self,
        ticket: Ticket,
        agent: String,
        provider: String,
        key: &ApiKey,
    ) {
        let Some(api) = self.api_for(ticket) else { return };
        let key = wire::ApiKey::new(key.expose().trim().to_owned());
        let request = async move { api.set_key(&agent, &provider, &key).await };
        self.act(ticket, request, |engine, agent| engine.workspace.agents.put_own(agent));
    }

    pub(super) fn remove_api_key(&mut self, agent: String, provider: String) {
        let Some(api) = self.api() else { return };
        let request = async move { api.remove_key(&agent, &provider).await };
        self.quick(request, |engine, agent| engine.workspace.agents.put_own(agent));
    }

    pub(super) fn assign_task(&mut self, task: String, agent: Option<String>) {
        let (Some(api), key) = (self.api(), new_key()) else { return };
        let request = async move { api.assign_task(&key, &task, agent).await };
        self.quick(request, |engine, task| engine.workspace.tasks.put_own(task));
    }

    pub(super) fn cancel_task(&mut self, task: String) {
        let (Some(api), key) = (self.api(), new_key()) else { return };
        let request = async move { api.cancel_task(&key, &task).await };
        self.quick(request, |engine, task| engine.workspace.tasks.put_own(task));
    }

    pub(super) fn retry_task(&mut self, task: String) {
        let (Some(api), key) = (self.api(), new_key()) else { return };
        let request = async move { api.retry_task(&key, &task).await };
        self.quick(request, |engine, task| engine.workspace.tasks.put_own(task));
    }

    pub(super) fn delete_document(&mut self, kind: DocumentKind, id: String) {
        let Some(api) = self.api() else { return };
        let asked = id.clone();
        self.quick(async move { api.delete_document(kind, &asked).await }, move |engine, ()| {
            match kind {
                DocumentKind::Sop => engine.workspace.sops.remove_own(&id),
                DocumentKind::Skill => engine.workspace.skills.remove_own(&id),
            }
        });
    }

    pub(super) fn start_desktop(&mut self, id: DesktopId) {
        let (Some(api), key) = (self.api(), new_key()) else { return };
        self.quick(async move { api.start_desktop(&key, &id.0).await }, |_, ()| ());
    }

    pub(super) fn stop_desktop(&mut self, id: DesktopId) {
        let (Some(api), key) = (self.api(), new_key()) else { return };
        self.quick(async move { api.stop_desktop(&key, &id.0).await }, |_, ()| ());
    }
}
