//! What is in the demo's workspace: written through the cloud's own interface, as people, agents
//! and daemons write it.

mod talk;
mod work;

use crate::Failure;
use cloud::Cloud;
use cloud::store::NewPerson;
use cloud_client::BearerToken;
use cloud_client::rest::{Key, Rest, Workspace};
use cloud_client::wire::{AgentDraft, ApiKey, DocumentKind, DocumentState, Invite, Role};
use cloud_client::wire::{Document, SkillDraft, SopDraft};
use http::{Method, Request, header};
use net::{Door, Purpose};
use std::time::Duration;

/// Longest wait for a document.
const PATIENCE: u32 = 100;
/// Between two looks at it.
const LOOK: Duration = Duration::from_millis(100);

/// One person of the workspace, signed in.
struct Seat {
    rest: Rest,
    bearer: BearerToken,
    workspace: Workspace,
}

impl Seat {
    async fn take(rest: &Rest, who: &NewPerson) -> Result<Self, Failure> {
        let bearer = rest.sign_in(&who.email, &who.password).await?.token;
        let workspace = rest.workspace(bearer.clone(), who.workspace.clone());
        Ok(Self { rest: rest.clone(), bearer, workspace })
    }

    /// Ends the sign-in: the demo's workspace has no sessions but the app's.
    async fn leave(self) -> Result<(), Failure> {
        Ok(self.rest.sign_out(&self.bearer).await?)
    }
}

/// Fills the workspace that `owner` owns.
pub(crate) async fn fill(cloud: &Cloud, door: Door, owner: &NewPerson) -> Result<(), Failure> {
    let other = NewPerson {
        workspace: owner.workspace.clone(),
        role: Role::Member,
        name: "Charles Babbage".into(),
        email: "charles@example.com".into(),
        password: uuid::Uuid::new_v4().simple().to_string(),
    };
    cloud.add_person(other.clone()).await?;
    let rest = Rest::new(door.clone(), &cloud.url());
    let runner =
        Runner { door, cloud: cloud.url(), token: cloud.store().add_runner(&owner.workspace)? };
    let (ada, charles) = tokio::try_join!(Seat::take(&rest, owner), Seat::take(&rest, &other))?;
    let sops = documents(&ada.workspace, &charles.workspace);
    let rest = async {
        let agents = agents(&ada.workspace).await?;
        let invite = Invite { email: "grace@example.com".into(), role: Role::Member };
        ada.workspace.invite(&key(), &invite).await?;
        work::fill([&ada.workspace, &charles.workspace], &runner, &agents).await?;
        talk::fill([&ada.workspace, &charles.workspace], &agents).await
    };
    tokio::try_join!(sops, rest)?;
    ada.leave().await?;
    charles.leave().await
}

fn key() -> Key {
    Key::new(uuid::Uuid::new_v4().to_string())
}

/// Ids of the agents, in the order of the table.
async fn agents(workspace: &Workspace) -> Result<Vec<String>, Failure> {
    let table = [
        (
            "Researcher",
            "anthropic",
            "claude-sonnet-4-5",
            "You look things up and say where you found them.\n\n- Name every source with its address.\n\
             - Say how sure you are.\n- When two sources differ, show both.",
            &["anthropic"][..],
        ),
        (
            "Bookkeeper",
            "openai",
            "gpt-4.1",
            "You check invoices against orders. Never pay anything yourself: ask a person.",
            &["openai", "google"][..],
        ),
        (
            "Release engineer",
            "google",
            "gemini-2.5-pro",
            "You build, test and tag releases on the desktop build-box. You may open pull requests; \
             a person merges them.",
            &["google"][..],
        ),
    ];
    let mut ids = Vec::new();
    for (name, provider, model, instructions, keys) in table {
        let draft = AgentDraft {
            name: name.into(),
            provider: provider.into(),
            model: model.into(),
            instructions: instructions.into(),
        };
        let agent = workspace.create_agent(&key(), &draft).await?;
        for provider in keys {
            let text = format!("not-a-real-key-{}", uuid::Uuid::new_v4().simple());
            workspace.set_key(&agent.id, provider, &ApiKey::new(text)).await?;
        }
        ids.push(agent.id);
    }
    Ok(ids)
}

/// Two SOPs, and a skill of the first: the cloud's generator writes them.
async fn documents(ada: &Workspace, charles: &Workspace) -> Result<(), Failure> {
    let sop = |name: &str, goal: &str| SopDraft { name: name.into(), goal: goal.into() };
    let invoices = sop(
        "Check an invoice",
        "Compare every invoice with its order and its delivery note before anybody pays it. \
         Differences above 5 € go to Ada.",
    );
    let release = sop(
        "Release a version",
        "Build, test and tag a version of the engine on build-box, and write what has changed.",
    );
    let made = ada.generate_sop(&key(), &invoices).await?.document;
    charles.generate_sop(&key(), &release).await?;
    let made = ready(ada, &made).await?;
    ada.compile_skill(&key(), &SkillDraft { source: made.id }).await?;
    Ok(())
}

async fn ready(workspace: &Workspace, of: &Document) -> Result<Document, Failure> {
    for _ in 0..PATIENCE {
        let list = workspace.documents(DocumentKind::Sop).await?;
        let found = list.items.into_iter().find(|document| document.id == of.id);
        match found {
            Some(document) if document.state == DocumentState::Ready => return Ok(document),
            _ => tokio::time::sleep(LOOK).await,
        }
    }
    Err("the cloud does not finish an SOP".into())
}

/// What runs the agents.
struct Runner {
    door: Door,
    cloud: String,
    token: String,
}

impl Runner {
    /// Reports on a task, as `PROTOCOL.md` has it.
    async fn report(
        &self,
        task: &str,
        report: &cloud_client::wire::TaskReport,
    ) -> Result<(), Failure> {
        let request = Request::builder()
            .method(Method::POST)
            .uri(format!("{}/v1/runner/tasks/{task}", self.cloud))
            .header(header::AUTHORIZATION, format!("Bearer {}", self.token))
            .header(header::CONTENT_TYPE, "application/json")
            .body(serde_json::to_vec(report)?)?;
        let answer = self.door.request(Purpose::CloudApi, request).await?;
        if !answer.status().is_success() {
            return Err(format!("a report was answered with {}", answer.status()).into());
        }
        Ok(())
    }
}
