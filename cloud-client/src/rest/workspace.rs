//! Everything below `/v1/workspaces/{workspace}`.

use super::{Rest, parse};
use crate::wire::{
    Agent, AgentDraft, ApiKey, Assign, ChangeRole, ChatMessage, Conversation, ConversationDraft,
    ConversationPage, Desktop, DesktopList, Document, DocumentKind, Enrolment, Generation, Invite,
    Invited, List, Member, MessageDraft, MessagePage, Role, Screen, ScreenDraft, ScreenList,
    SkillDraft, SopDraft, Task, TaskDraft, TaskLog,
};
use crate::{ApiError, BearerToken};
use http::Method;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Conversations of a page.
const CONVERSATIONS: usize = 100;
/// Messages of a page.
const MESSAGES: usize = 200;
/// Longest id (`PROTOCOL.md`).
const MAX_ID: usize = 64;

/// An idempotency key: the request may be repeated with it and is done once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key(String);

impl Key {
    /// A key for one act: a UUID that its caller keeps until the act is done.
    #[must_use]
    pub fn new(uuid: String) -> Self {
        Self(uuid)
    }
}

/// A workspace, as one person sees it. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Workspace {
    rest: Rest,
    bearer: BearerToken,
    id: String,
}

const NONE: Option<&()> = None;

impl Workspace {
    pub(super) fn new(rest: Rest, bearer: BearerToken, id: String) -> Self {
        Self { rest, bearer, id }
    }

    /// Its people.
    ///
    /// # Errors
    /// [`ApiError::Forbidden`] for members, and those of any request.
    pub async fn people(&self) -> Result<List<Member>, ApiError> {
        self.get("people").await
    }

    /// Invites somebody.
    ///
    /// # Errors
    /// [`ApiError::Taken`], [`ApiError::Forbidden`] and those of any request.
    pub async fn invite(&self, key: &Key, invite: &Invite) -> Result<Invited, ApiError> {
        self.post("people", key, Some(invite)).await
    }

    /// Changes somebody's role.
    ///
    /// # Errors
    /// [`ApiError::LastOwner`], [`ApiError::Forbidden`] and those of any request.
    pub async fn change_role(&self, person: &str, role: Role) -> Result<Member, ApiError> {
        let path = format!("people/{}", id(person)?);
        parse(&self.send(Method::PATCH, &path, None, Some(&ChangeRole { role })).await?)
    }

    /// Removes somebody, or withdraws an invitation.
    ///
    /// # Errors
    /// [`ApiError::LastOwner`], [`ApiError::Forbidden`] and those of any request.
    pub async fn remove_person(&self, person: &str) -> Result<(), ApiError> {
        self.delete(&format!("people/{}", id(person)?)).await
    }

    /// Its unattended screens.
    ///
    /// # Errors
    /// [`ApiError::Forbidden`] for members, and those of any request.
    pub async fn screens(&self) -> Result<Vec<Screen>, ApiError> {
        Ok(self.get::<ScreenList>("screens").await?.screens)
    }

    /// Adds a screen; its machine enrols with the code.
    ///
    /// # Errors
    /// [`ApiError::NotFound`] for a desktop that is not the workspace's, [`ApiError::Forbidden`]
    /// for members, and those of any request.
    pub async fn add_screen(&self, key: &Key, draft: &ScreenDraft) -> Result<Enrolment, ApiError> {
        self.post("screens", key, Some(draft)).await
    }

    /// Removes a screen; what it shows ends at once.
    ///
    /// # Errors
    /// [`ApiError::Forbidden`] for members, and those of any request.
    pub async fn remove_screen(&self, screen: &str) -> Result<(), ApiError> {
        self.delete(&format!("screens/{}", id(screen)?)).await
    }

    /// Its agents.
    ///
    /// # Errors
    /// Those of any request.
    pub async fn agents(&self) -> Result<List<Agent>, ApiError> {
        self.get("agents").await
    }

    /// Makes an agent.
    ///
    /// # Errors
    /// [`ApiError::Forbidden`] for members, and those of any request.
    pub async fn create_agent(&self, key: &Key, draft: &AgentDraft) -> Result<Agent, ApiError> {
        self.post("agents", key, Some(draft)).await
    }

    /// Changes an agent.
    ///
    /// # Errors
    /// [`ApiError::Forbidden`] for members, and those of any request.
    pub async fn change_agent(&self, agent: &str, draft: &AgentDraft) -> Result<Agent, ApiError> {
        let path = format!("agents/{}", id(agent)?);
        parse(&self.send(Method::PUT, &path, None, Some(draft)).await?)
    }

    /// Deletes an agent; its tasks are unassigned.
    ///
    /// # Errors
    /// [`ApiError::Forbidden`] for members, and those of any request.
    pub async fn delete_agent(&self, agent: &str) -> Result<(), ApiError> {
        self.delete(&format!("agents/{}", id(agent)?)).await
    }

    /// Writes an agent's API key for a provider. It cannot be read back.
    ///
    /// # Errors
    /// [`ApiError::Forbidden`] for members, and those of any request.
    pub async fn set_key(
        &self,
        agent: &str,
        provider: &str,
        key: &ApiKey,
    ) -> Result<Agent, ApiError> {
        let path = format!("agents/{}/keys/{}", id(agent)?, id(provider)?);
        parse(&self.send(Method::PUT, &path, None, Some(key)).await?)
    }

    /// Removes an agent's API key for a provider.
    ///
    /// # Errors
    /// [`ApiError::Forbidden`] for members, and those of any request.
    pub async fn remove_key(&self, agent: &str, provider: &str) -> Result<Agent, ApiError> {
        let path = format!("agents/{}/keys/{}", id(agent)?, id(provider)?);
        parse(&self.send(Method::DELETE, &path, None, NONE).await?)
    }

    /// Its tasks.
    ///
    /// # Errors
    /// Those of any request.
    pub async fn tasks(&self) -> Result<List<Task>, ApiError> {
        self.get("tasks").await
    }

    /// Makes a task.
    ///
    /// # Errors
    /// Those of any request.
    pub async fn create_task(&self, key: &Key, draft: &TaskDraft) -> Result<Task, ApiError> {
        self.post("tasks", key, Some(draft)).await
    }

    /// Assigns a task to an agent, or to nobody.
    ///
    /// # Errors
    /// [`ApiError::Conflict`], [`ApiError::Forbidden`] and those of any request.
    pub async fn assign_task(
        &self,
        key: &Key,
        task: &str,
        agent: Option<String>,
    ) -> Result<Task, ApiError> {
        self.post(&format!("tasks/{}/assign", id(task)?), key, Some(&Assign { agent })).await
    }

    /// Cancels a task.
    ///
    /// # Errors
    /// [`ApiError::Conflict`], [`ApiError::Forbidden`] and those of any request.
    pub async fn cancel_task(&self, key: &Key, task: &str) -> Result<Task, ApiError> {
        self.post(&format!("tasks/{}/cancel", id(task)?), key, NONE).await
    }

    /// Puts a task that has ended into the queue again.
    ///
    /// # Errors
    /// [`ApiError::Conflict`], [`ApiError::Forbidden`] and those of any request.
    pub async fn retry_task(&self, key: &Key, task: &str) -> Result<Task, ApiError> {
        self.post(&format!("tasks/{}/retry", id(task)?), key, NONE).await
    }

    /// Lines of a task's log with numbers above `after`.
    ///
    /// # Errors
    /// Those of any request.
    pub async fn task_log(&self, task: &str, after: u64) -> Result<TaskLog, ApiError> {
        self.get(&format!("tasks/{}/log?after={after}", id(task)?)).await
    }

    /// Its SOPs or its skills.
    ///
    /// # Errors
    /// Those of any request.
    pub async fn documents(&self, kind: DocumentKind) -> Result<List<Document>, ApiError> {
        self.get(folder(kind)).await
    }

    /// Has an SOP made.
    ///
    /// # Errors
    /// Those of any request.
    pub async fn generate_sop(&self, key: &Key, draft: &SopDraft) -> Result<Generation, ApiError> {
        self.post("sops", key, Some(draft)).await
    }

    /// Has a skill compiled from an SOP.
    ///
    /// # Errors
    /// [`ApiError::Conflict`] when the SOP is not ready, and those of any request.
    pub async fn compile_skill(
        &self,
        key: &Key,
        draft: &SkillDraft,
    ) -> Result<Generation, ApiError> {
        self.post("skills", key, Some(draft)).await
    }

    /// Deletes an SOP or a skill.
    ///
    /// # Errors
    /// [`ApiError::Forbidden`] for somebody else's, and those of any request.
    pub async fn delete_document(
        &self,
        kind: DocumentKind,
        document: &str,
    ) -> Result<(), ApiError> {
        self.delete(&format!("{}/{}", folder(kind), id(document)?)).await
    }

    /// A page of the conversations, newest first.
    ///
    /// # Errors
    /// Those of any request.
    pub async fn conversations(&self, before: Option<&str>) -> Result<ConversationPage, ApiError> {
        let mut path = format!("conversations?limit={CONVERSATIONS}");
        if let Some(cursor) = before {
            path.push_str("&before=");
            path.push_str(id(cursor)?);
        }
        self.get(&path).await
    }

    /// Begins a conversation, or changes its title.
    ///
    /// # Errors
    /// [`ApiError::Forbidden`] for somebody else's, and those of any request.
    pub async fn put_conversation(
        &self,
        conversation: &str,
        draft: &ConversationDraft,
    ) -> Result<Conversation, ApiError> {
        let path = format!("conversations/{}", id(conversation)?);
        parse(&self.send(Method::PUT, &path, None, Some(draft)).await?)
    }

    /// Deletes a conversation.
    ///
    /// # Errors
    /// [`ApiError::Forbidden`] for somebody else's, and those of any request.
    pub async fn delete_conversation(&self, conversation: &str) -> Result<(), ApiError> {
        self.delete(&format!("conversations/{}", id(conversation)?)).await
    }

    /// The messages before number `before`, or the last ones.
    ///
    /// # Errors
    /// Those of any request.
    pub async fn messages_before(
        &self,
        conversation: &str,
        before: Option<u64>,
    ) -> Result<MessagePage, ApiError> {
        let mut path = format!("conversations/{}/messages?limit={MESSAGES}", id(conversation)?);
        if let Some(before) = before {
            path.push_str(&format!("&before={before}"));
        }
        self.get(&path).await
    }

    /// The messages after number `after`.
    ///
    /// # Errors
    /// Those of any request.
    pub async fn messages_after(
        &self,
        conversation: &str,
        after: u64,
    ) -> Result<MessagePage, ApiError> {
        let conversation = id(conversation)?;
        let path = format!("conversations/{conversation}/messages?limit={MESSAGES}&after={after}");
        self.get(&path).await
    }

    /// Adds a message. The same id is stored once.
    ///
    /// # Errors
    /// Those of any request.
    pub async fn post_message(
        &self,
        conversation: &str,
        draft: &MessageDraft,
    ) -> Result<ChatMessage, ApiError> {
        let path = format!("conversations/{}/messages", id(conversation)?);
        parse(&self.send(Method::POST, &path, None, Some(draft)).await?)
    }

    /// Its cloud desktops.
    ///
    /// # Errors
    /// Those of any request.
    pub async fn desktops(&self) -> Result<Vec<Desktop>, ApiError> {
        Ok(self.get::<DesktopList>("desktops").await?.desktops)
    }

    /// Starts a cloud desktop.
    ///
    /// # Errors
    /// [`ApiError::Conflict`] and those of any request.
    pub async fn start_desktop(&self, key: &Key, desktop: &str) -> Result<(), ApiError> {
        let path = format!("desktops/{}/start", id(desktop)?);
        self.send(Method::POST, &path, Some(key), NONE).await?;
        Ok(())
    }

    /// Stops a cloud desktop.
    ///
    /// # Errors
    /// [`ApiError::Conflict`], [`ApiError::Forbidden`] and those of any request.
    pub async fn stop_desktop(&self, key: &Key, desktop: &str) -> Result<(), ApiError> {
        let path = format!("desktops/{}/stop", id(desktop)?);
        self.send(Method::POST, &path, Some(key), NONE).await?;
        Ok(())
    }

    /// A small picture of a cloud desktop, as JPEG.
    ///
    /// # Errors
    /// [`ApiError::NotFound`] when there is none, and those of any request.
    pub async fn thumbnail(&self, desktop: &str) -> Result<Vec<u8>, ApiError> {
        let path = format!("desktops/{}/thumbnail", id(desktop)?);
        self.send(Method::GET, &path, None, NONE).await
    }

    async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, ApiError> {
        parse(&self.send(Method::GET, path, None, NONE).await?)
    }

    async fn post<T: DeserializeOwned>(
        &self,
        path: &str,
        key: &Key,
        body: Option<&impl Serialize>,
    ) -> Result<T, ApiError> {
        parse(&self.send(Method::POST, path, Some(key), body).await?)
    }

    async fn delete(&self, path: &str) -> Result<(), ApiError> {
        self.send(Method::DELETE, path, None, NONE).await?;
        Ok(())
    }

    async fn send(
        &self,
        method: Method,
        path: &str,
        key: Option<&Key>,
        body: Option<&impl Serialize>,
    ) -> Result<Vec<u8>, ApiError> {
        let path = format!("/v1/workspaces/{}/{path}", id(&self.id)?);
        let key = key.map(|key| key.0.as_str());
        self.rest.send_once(method, &path, Some(self.bearer.expose()), body, key).await
    }
}

fn folder(kind: DocumentKind) -> &'static str {
    match kind {
        DocumentKind::Sop => "sops",
        DocumentKind::Skill => "skills",
    }
}

/// An id that may stand in a path: what a server or a person puts there cannot lead elsewhere.
fn id(text: &str) -> Result<&str, ApiError> {
    let good = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if text.is_empty() || text.len() > MAX_ID || !text.chars().all(good) {
        return Err(ApiError::NotFound);
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_cannot_lead_elsewhere() {
        assert_eq!(id("t-1_A").unwrap(), "t-1_A");
        for bad in ["", "..", "a/b", "a?b", "a b", "%2e", "ä", &"x".repeat(65)] {
            assert_eq!(id(bad), Err(ApiError::NotFound), "{bad}");
        }
    }
}
