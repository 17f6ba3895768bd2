//! A real OpenClaw gateway, with a model that needs no network, and a conversation at it.

use crate::Failure;
use gateway_client::discovery::Environment;
use multiclaw_core::Command;
use multiclaw_core::engine::{Config, Core, GatewayConfig};
use multiclaw_core::model::{
    ChatThread, Entry, EntryKind, GatewayLink, Model, SendMode, ToolState,
};
use openclaw::{Options, Peer};
use std::time::{Duration, Instant};

/// Longest wait for a step.
const PATIENCE: Duration = Duration::from_secs(90);

/// What is written first. The model gives it back, so it shows what an answer can look like.
const HELLO: &str = "Here is the plan for today.\n\n\
    | Step | Where | Time |\n|:---|:---|---:|\n| Build the release | build-box | 20 min |\n\
    | Look at the **screenshots** | design-box | 10 min |\n| Write the notes | here | 15 min |\n\n\
    1. Open the desktop beside this chat.\n2. Run the tests:\n\n\
    ```sh\ncargo test --workspace --locked   # about four minutes\n```\n\n\
    More is in [the book](https://doc.rust-lang.org/cargo/).";

/// What is written then: the model uses a tool.
const TOOL: &str = r#"tool exec {"command":"uname -sr && date +%A"}"#;

/// Starts the gateway; installs it first where it is not.
pub(crate) fn start() -> Result<Peer, Failure> {
    println!(
        "Starting a real OpenClaw gateway. The first time it is installed, which takes a minute."
    );
    Peer::start(Options::default())
}

/// The app, at this gateway.
pub(crate) fn at(peer: &Peer, config: Config) -> Config {
    let programs = peer.installation.program.parent().map(|p| p.display().to_string());
    let state = peer.state();
    let environment = Environment::from_variables([
        ("HOME", peer.folder().join("home").display().to_string()),
        ("PATH", format!("{}:/usr/bin:/bin", programs.unwrap_or_default())),
        ("OPENCLAW_STATE_DIR", state.display().to_string()),
        ("OPENCLAW_CONFIG_PATH", state.join("openclaw.json").display().to_string()),
    ]);
    let gateway = GatewayConfig { enabled: true, environment };
    Config { gateway, openclaw: state, ..config }
}

/// Opens a conversation, has a turn with text and one with a tool, and waits for their ends.
pub(crate) fn converse(core: &Core) -> Result<(), Failure> {
    wait(core, "the gateway", |m| m.gateway.link == GatewayLink::Online)?;
    core.send(Command::NewChat(None));
    wait(core, "a conversation", |m| m.chat.open.is_some())?;
    let said = Instant::now();
    core.send(Command::SendChat { text: HELLO.into(), mode: SendMode::Steer });
    wait(core, "the first words", |m| open(m, |t| all(t).any(is_answer)))?;
    println!("First words of the answer after {} ms.", said.elapsed().as_millis());
    wait(core, "the answer", |m| {
        open(m, |t| t.run.is_none() && t.entries.iter().any(|e| is_answer(e)))
    })?;
    core.send(Command::SendChat { text: TOOL.into(), mode: SendMode::Steer });
    let done = |entry: &Entry| match &entry.kind {
        EntryKind::Tool(tool) => tool.state == ToolState::Done && !tool.output.is_empty(),
        _ => false,
    };
    wait(core, "the tool", |m| open(m, |t| all(t).any(done)))?;
    wait(core, "the end of the turn", |m| {
        open(m, |t| t.run.is_none() && t.entries.iter().filter(|e| is_answer(e)).count() == 2)
    })?;
    println!("A turn with a tool is done after {} ms.", said.elapsed().as_millis());
    Ok(())
}

fn open(model: &Model, is: impl Fn(&ChatThread) -> bool) -> bool {
    model.chat.open.as_ref().is_some_and(is)
}

fn all(thread: &ChatThread) -> impl Iterator<Item = &Entry> {
    thread.entries.iter().chain(&thread.live).map(AsRef::as_ref)
}

fn is_answer(entry: &Entry) -> bool {
    matches!(&entry.kind, EntryKind::Agent { text, .. } if !text.is_empty())
}

fn wait(core: &Core, what: &str, is: impl Fn(&Model) -> bool) -> Result<(), Failure> {
    let until = Instant::now() + PATIENCE;
    while !is(&core.model()) {
        if Instant::now() > until {
            let link = core.model().gateway.link.clone();
            return Err(format!("waited in vain for {what}; the gateway: {link:?}").into());
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    Ok(())
}
