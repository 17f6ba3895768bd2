//! The engine in a conversation with a real OpenClaw gateway.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use multiclaw_core::Command;
use multiclaw_core::engine::{Config, Core, GatewayConfig};
use multiclaw_core::model::{
    ChatChange, ChatDelivery, ChatThread, Decision, Entry, EntryKind, GatewayLink, Model,
    Permission, SendMode, ToolCall, ToolState,
};
use net::{Door, Policy, Purpose, Trust};
use openclaw::{Options, Peer};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// Longest wait for anything.
const LIMIT: Duration = Duration::from_secs(90);

fn start(peer: &Peer, data: &Path) -> Core {
    let folders =
        [&peer.installation.program, &peer.installation.node].map(|p| p.parent().unwrap());
    let path = std::env::join_paths(folders.into_iter().chain([Path::new("/usr/bin")])).unwrap();
    let variables = [
        ("PATH", path),
        ("HOME", peer.folder().join("home").into()),
        ("TMPDIR", peer.folder().join("tmp").into()),
        ("OPENCLAW_STATE_DIR", peer.state().into()),
    ];
    let environment = gateway_client::discovery::Environment::from_variables(variables);
    let policy = Policy::default().allow(Purpose::Gateway, "127.0.0.1", None);
    let config = Config {
        cloud: "https://localhost:1".into(),
        data: data.to_owned(),
        openclaw: data.join("openclaw"),
        loopback: true,
        relay_only: false,
        agent: "test".into(),
        sign_in: None,
        open: None,
        browser: Box::new(|_| false),
        gateway: GatewayConfig { enabled: true, environment },
        platform: Arc::new(multiclaw_core::engine::NoPlatform),
        stats_listener: None,
    };
    let door = Door::new(policy, Trust::System).unwrap();
    Core::start(config, door, Box::new(|| panic!("no desktop is opened")), Arc::new(|| ())).unwrap()
}

async fn until<T>(core: &Core, what: &str, is: impl Fn(&Model) -> Option<T>) -> T {
    let waiting = async {
        loop {
            if let Some(found) = is(&core.model()) {
                return found;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(LIMIT, waiting).await.unwrap_or_else(|_| {
        let model = core.model();
        panic!("no {what}: {:?} {:?}", model.notice, model.chat.open)
    })
}

/// A conversation in which nothing runs, and what it tells.
fn settled(model: &Model) -> Option<&ChatThread> {
    model.chat.open.as_ref().filter(|open| open.run.is_none() && open.live.is_empty())
}

fn said(entry: &Entry) -> Option<(bool, String)> {
    match &entry.kind {
        EntryKind::Person { text, .. } => Some((true, text.to_string())),
        EntryKind::Agent { text, .. } => Some((false, text.to_string())),
        _ => None,
    }
}

fn last_tool(open: &ChatThread) -> Option<ToolCall> {
    open.entries.iter().rev().find_map(|entry| match &entry.kind {
        EntryKind::Tool(tool) => Some(tool.clone()),
        _ => None,
    })
}

fn send(core: &Core, text: &str) {
    core.send(Command::SendChat { text: text.into(), mode: SendMode::Steer });
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_conversation_from_its_first_message_to_its_deletion() {
    let peer = Peer::start(Options::default()).unwrap();
    let data = tempfile::tempdir().unwrap();
    let core = start(&peer, data.path());
    until(&core, "connection", |m| matches!(m.gateway.link, GatewayLink::Online).then_some(()))
        .await;
    until(&core, "agents", |m| (!m.chat.agents.items().is_empty()).then_some(())).await;
    until(&core, "models", |m| (!m.chat.models.is_empty()).then_some(())).await;

    core.send(Command::NewChat(None));
    send(&core, "hello brave new world");
    let shown = until(&core, "message", |m| m.chat.open.as_ref()?.live.first().cloned()).await;
    assert_eq!(said(&shown), Some((true, "hello brave new world".into())));
    let thread =
        until(&core, "answer", |m| settled(m).filter(|open| open.entries.len() == 2).cloned())
            .await;
    assert_eq!(said(&thread.entries[1]), Some((false, "echo: hello brave new world".into())));
    assert_eq!(thread.entries[0].id, shown.id, "it keeps its place and name");
    let EntryKind::Person { delivery, .. } = &thread.entries[0].kind else { panic!("no person") };
    assert_eq!(*delivery, ChatDelivery::Sent);
    let row = until(&core, "row", |m| {
        m.chat.list.items().iter().find(|row| row.key == thread.key && !row.running).cloned()
    })
    .await;
    assert_eq!(row.title, "hello brave new world");

    send(&core, r#"tool exec {"command":"echo hi-from-exec"}"#);
    let tool = until(&core, "tool", |m| last_tool(settled(m)?)).await;
    assert_eq!((tool.state, tool.exit), (ToolState::Done, Some(0)));
    assert_eq!(tool.input.to_string(), "echo hi-from-exec");
    assert_eq!(tool.output.to_string(), "hi-from-exec");

    let change = ChatChange::Permission(Permission::Guarded);
    core.send(Command::ChangeChat { key: thread.key.clone(), change });
    until(&core, "permission", |m| {
        (m.chat.open.as_ref()?.permission == Permission::Guarded).then_some(())
    })
    .await;
    for (command, decision, state) in [
        ("touch allowed && echo made", Decision::AllowOnce, ToolState::Done),
        ("touch denied && echo made", Decision::Deny, ToolState::Denied),
    ] {
        send(&core, &format!(r#"tool exec {{"command":"{command}"}}"#));
        let (asked, title) = until(&core, "approval", |m| {
            let row = m.chat.list.items().iter().find(|row| row.key == thread.key)?;
            Some((m.chat.approvals.first().cloned()?, row.title.clone()))
        })
        .await;
        assert_eq!((asked.command.as_str(), asked.key.as_str()), (command, thread.key.as_str()));
        assert_eq!(asked.title, title, "whose it is, as it is listed");
        core.send(Command::DecideApproval { id: asked.id.clone(), decision });
        until(&core, "decision", |m| m.chat.approvals.is_empty().then_some(())).await;
        let is =
            |m: &Model| last_tool(settled(m)?).filter(|tool| tool.input.to_string() == command);
        let tool = until(&core, "guarded tool", is).await;
        assert_eq!(tool.state, state);
    }
    assert!(peer.workspace().join("allowed").exists() && !peer.workspace().join("denied").exists());

    send(&core, "slow 60 200");
    until(&core, "words", |m| {
        let live = &m.chat.open.as_ref()?.live;
        live.iter().filter_map(|e| said(e)).find(|(own, text)| !own && text.contains("word3"))
    })
    .await;
    core.send(Command::StopChat);
    let stopped = until(&core, "stop", |m| settled(m)?.entries.last().cloned()).await;
    let EntryKind::Agent { text, stopped, .. } = &stopped.kind else { panic!("{stopped:?}") };
    assert!(*stopped && text.to_string().starts_with("word1 word2 word3"));

    send(&core, "fail 400");
    let failed = until(&core, "failure", |m| {
        let last = settled(m)?.entries.last().cloned()?;
        matches!(last.kind, EntryKind::Failed(_)).then_some(last)
    })
    .await;
    let EntryKind::Failed(problem) = &failed.kind else { panic!("{failed:?}") };
    assert!(problem.what.contains("LLM request failed"), "{problem:?}");

    core.send(Command::SearchChats("brave".into()));
    let hits = until(&core, "hits", |m| {
        m.chat.search.as_ref().filter(|s| !s.busy).map(|s| Arc::clone(&s.hits))
    })
    .await;
    assert!(hits.iter().any(|hit| hit.key == thread.key && hit.excerpt.contains("brave")));

    let entry = thread.entries[0].id.clone();
    core.send(Command::ResendChat { entry, text: "hello instead".into() });
    let thread = until(&core, "other answer", |m| {
        settled(m).filter(|open| open.entries.len() == 2).cloned()
    })
    .await;
    let told: Vec<_> = thread.entries.iter().filter_map(|entry| said(entry)).collect();
    assert_eq!(told, [(true, "hello instead".into()), (false, "echo: hello instead".into())]);

    core.send(Command::DeleteChat(thread.key.clone()));
    until(&core, "deletion", |m| {
        let gone = !m.chat.list.items().iter().any(|row| row.key == thread.key);
        (gone && m.chat.open.is_none()).then_some(())
    })
    .await;
}
