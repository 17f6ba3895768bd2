//! A real OpenClaw gateway, and the app at it, without a cloud.

use crate::raw::Raw;
use crate::{App, door};
use gateway_client::discovery::Environment;
use multiclaw_core::Command;
use multiclaw_core::engine::{Asked, Config, GatewayConfig, Pixels, Platform};
use multiclaw_core::model::{ChatThread, Entry, EntryKind, GatewayLink, Model, SendMode, ToolCall};
use openclaw::{Options, Peer};
use parking_lot::Mutex;
use std::path::PathBuf;
use std::sync::{Arc, LazyLock};
use std::time::Duration;
use tempfile::TempDir;

/// Longest wait for what a gateway does: two tests share two cores with it.
pub const PATIENCE: Duration = Duration::from_secs(90);

/// One gateway for all tests that leave it running. It believes what proxies on this machine say
/// of where a connection comes from.
static FOR_ALL: LazyLock<Peer> = LazyLock::new(|| {
    let config = Some(r#"{"gateway":{"trustedProxies":["127.0.0.1"]}}"#.to_owned());
    Peer::start_for_all(Options { config, ..Options::default() }).unwrap()
});

/// A gateway, and a folder of the app's own.
pub struct GatewayWorld {
    own: Option<Peer>,
    folder: TempDir,
}

impl GatewayWorld {
    /// Starts a gateway that may be stopped.
    pub fn start(options: Options) -> Self {
        Self::with(Some(Peer::start(options).unwrap()))
    }

    /// The gateway that others use too: it is started by the first, and stays.
    pub fn shared() -> Self {
        LazyLock::force(&FOR_ALL);
        Self::with(None)
    }

    fn with(own: Option<Peer>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        // Nobody is signed in.
        std::fs::create_dir(folder.path().join("app")).unwrap();
        std::fs::write(folder.path().join("app/settings.json"), br#"{"local":true}"#).unwrap();
        Self { own, folder }
    }

    /// The gateway.
    pub fn peer(&self) -> &Peer {
        self.own.as_ref().unwrap_or_else(|| &FOR_ALL)
    }

    /// The gateway, when it is this test's.
    pub fn own(&mut self) -> &mut Peer {
        self.own.as_mut().expect("a gateway of one's own")
    }

    /// The app's own folder.
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("app")
    }

    /// A folder for the test.
    pub fn folder(&self) -> PathBuf {
        self.folder.path().to_owned()
    }

    /// What the gateway's program and its clients see of this machine.
    pub fn environment(&self) -> Vec<(&'static str, String)> {
        let peer = self.peer();
        let folder = |program: &PathBuf| program.parent().unwrap().display().to_string();
        let (program, node) = (folder(&peer.installation.program), folder(&peer.installation.node));
        let state = peer.state();
        let mut variables = vec![
            ("HOME", peer.folder().join("home").display().to_string()),
            ("TMPDIR", peer.folder().join("tmp").display().to_string()),
            ("PATH", format!("{program}:{node}:/usr/bin:/bin")),
            ("OPENCLAW_STATE_DIR", state.display().to_string()),
            ("OPENCLAW_CONFIG_PATH", state.join("openclaw.json").display().to_string()),
        ];
        let on = [
            "OPENCLAW_OFFLINE",
            "OPENCLAW_DISABLE_BONJOUR",
            "OPENCLAW_SKIP_CHANNELS",
            "OPENCLAW_NO_RESPAWN",
            "OPENCLAW_NO_AUTO_UPDATE",
        ];
        variables.extend(on.map(|name| (name, "1".to_owned())));
        variables
    }

    /// The same with other values.
    pub fn environment_with(&self, others: &[(&'static str, String)]) -> GatewayConfig {
        let mut variables = self.environment();
        variables.retain(|(name, _)| !others.iter().any(|(other, _)| other == name));
        variables.extend(others.iter().cloned());
        GatewayConfig { enabled: true, environment: Environment::from_variables(variables) }
    }

    /// How the app is started: nobody is signed in.
    pub fn config(&self) -> Config {
        Config {
            sign_in: None,
            open: None,
            gateway: self.environment_with(&[]),
            ..crate::app_config("https://localhost:1".into(), self.data())
        }
    }

    /// How the app is started when the gateway is to be reached at another port.
    pub fn config_at(&self, port: u16) -> Config {
        let gateway = self.environment_with(&[("OPENCLAW_GATEWAY_PORT", port.to_string())]);
        Config { gateway, ..self.config() }
    }

    /// Starts the app's engine.
    pub fn app(&self) -> App {
        self.app_with(self.config())
    }

    /// Starts the app's engine like this.
    pub fn app_with(&self, config: Config) -> App {
        App::start(config, door(1, Vec::new()))
    }

    /// Another client of the gateway.
    pub async fn raw(&self) -> Raw {
        Raw::connect(self.peer().port, &self.peer().token).await
    }
}

impl App {
    /// Waits until the gateway is connected, and tells what a conversation needs.
    pub async fn gateway(&self) {
        self.within(PATIENCE, "the gateway", |m| {
            let known = !m.chat.agents.items().is_empty() && !m.chat.models.is_empty();
            (m.gateway.link == GatewayLink::Online && known).then_some(())
        })
        .await;
    }

    /// Waits until the open conversation is as wanted.
    pub async fn chat<T>(&self, what: &str, want: impl Fn(&ChatThread) -> Option<T>) -> T {
        self.within(PATIENCE, what, |m| m.chat.open.as_ref().and_then(&want)).await
    }

    /// Opens a new conversation.
    pub async fn new_chat(&self) -> String {
        let before = self.core.model().chat.open.as_ref().map(|open| open.key.clone());
        self.core.send(Command::NewChat(None));
        self.chat("a new conversation", |open| {
            (before.as_ref() != Some(&open.key)).then(|| open.key.clone())
        })
        .await
    }

    /// Sends a message.
    pub fn say(&self, text: &str) {
        self.core.send(Command::SendChat { text: text.into(), mode: SendMode::Steer });
    }

    /// Sends a message and waits until its turn is over: the entries that it brought.
    pub async fn turn(&self, text: &str) -> Vec<Entry> {
        let before = self.core.model().chat.open.as_ref().map_or(0, |open| open.entries.len());
        self.say(text);
        self.chat(&format!("the end of: {text}"), |open| {
            let new = settled(open)?.get(before..).filter(|new| new.len() > 1)?;
            Some(new.iter().map(|entry| Entry::clone(entry)).collect())
        })
        .await
    }
}

/// What is in a conversation in which nothing runs.
pub fn settled(open: &ChatThread) -> Option<&Arc<Vec<Arc<Entry>>>> {
    (open.run.is_none() && open.live.is_empty()).then_some(&open.entries)
}

/// Everything in the open conversation, the running turn too.
pub fn entries(model: &Model) -> Vec<Entry> {
    model.chat.open.as_ref().map(all).unwrap_or_default()
}

/// Everything in a conversation, the running turn too.
pub fn all(thread: &ChatThread) -> Vec<Entry> {
    thread.entries.iter().chain(&thread.live).map(|e| Entry::clone(e)).collect()
}

/// What the agent wrote, a string for each entry.
pub fn answers(thread: &ChatThread) -> Vec<String> {
    all(thread).iter().filter_map(answer).collect()
}

/// What the agent wrote in an entry.
pub fn answer(entry: &Entry) -> Option<String> {
    match &entry.kind {
        EntryKind::Agent { text, .. } => Some(text.to_string()),
        _ => None,
    }
}

/// What the person wrote, a string for each entry.
pub fn said(thread: &ChatThread) -> Vec<String> {
    all(thread)
        .iter()
        .filter_map(|entry| match &entry.kind {
            EntryKind::Person { text, .. } => Some(text.to_string()),
            _ => None,
        })
        .collect()
}

/// The tools that were used, oldest first.
pub fn tools(entries: &[Entry]) -> Vec<ToolCall> {
    entries
        .iter()
        .filter_map(|entry| match &entry.kind {
            EntryKind::Tool(tool) => Some(tool.clone()),
            _ => None,
        })
        .collect()
}

/// An operating system whose person has chosen already.
#[derive(Debug, Default)]
pub struct Desk {
    /// Where the next file is to be written.
    pub save: Mutex<Option<PathBuf>>,
    /// Files that the person picks.
    pub files: Mutex<Vec<PathBuf>>,
    /// What is in the clipboard.
    pub clipboard: Mutex<Option<Pixels>>,
    /// What was said on the desktop.
    pub said: Mutex<Vec<(String, String)>>,
}

impl Platform for Desk {
    fn pick_files(&self, _: &str) -> Asked<Vec<PathBuf>> {
        let files = self.files.lock().clone();
        Box::pin(async move { Ok(files) })
    }

    fn pick_save(&self, _: &str, _: &str) -> Asked<Option<PathBuf>> {
        let save = self.save.lock().clone();
        Box::pin(async move { Ok(save) })
    }

    fn clipboard_picture(&self) -> Asked<Option<Pixels>> {
        let picture = self.clipboard.lock().clone();
        Box::pin(async move { Ok(picture) })
    }

    fn notify(&self, title: &str, text: &str) -> Asked<()> {
        self.said.lock().push((title.to_owned(), text.to_owned()));
        Box::pin(async { Ok(()) })
    }
}
