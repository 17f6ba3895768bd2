//! A real OpenClaw gateway, and the app at it, without a cloud.

use crate::{App, door};
use gateway_client::discovery::Environment;
use multiclaw_core::engine::{Config, GatewayConfig};
use multiclaw_core::model::{ChatThread, Entry, EntryKind, GatewayLink, Model};
use openclaw::{Options, Peer};
use std::path::PathBuf;
use tempfile::TempDir;

/// A gateway, and a folder of the app's own.
pub struct GatewayWorld {
    /// The gateway.
    pub peer: Peer,
    folder: TempDir,
}

impl GatewayWorld {
    /// Starts the gateway.
    pub fn start(options: Options) -> Self {
        let peer = Peer::start(options).unwrap();
        let folder = tempfile::tempdir().unwrap();
        // Nobody is signed in.
        std::fs::create_dir(folder.path().join("app")).unwrap();
        std::fs::write(folder.path().join("app/settings.json"), br#"{"local":true}"#).unwrap();
        Self { peer, folder }
    }

    /// The app's own folder.
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("app")
    }

    /// What the gateway's program and its clients see of this machine.
    pub fn environment(&self) -> Vec<(&'static str, String)> {
        let program = self.peer.installation.program.parent().unwrap();
        let state = self.peer.state();
        vec![
            ("HOME", self.peer.folder().join("home").display().to_string()),
            ("PATH", format!("{}:/usr/bin:/bin", program.display())),
            ("OPENCLAW_STATE_DIR", state.display().to_string()),
            ("OPENCLAW_CONFIG_PATH", state.join("openclaw.json").display().to_string()),
        ]
    }

    /// How the app is started: nobody is signed in.
    pub fn config(&self) -> Config {
        let environment = Environment::from_variables(self.environment());
        Config {
            sign_in: None,
            open: None,
            gateway: GatewayConfig { enabled: true, environment },
            ..crate::app_config("https://localhost:1".into(), self.data())
        }
    }

    /// Starts the app's engine.
    pub fn app(&self) -> App {
        self.app_with(self.config())
    }

    /// Starts the app's engine like this.
    pub fn app_with(&self, config: Config) -> App {
        App::start(config, door(1, Vec::new()))
    }
}

impl App {
    /// Waits until the gateway is connected.
    pub async fn gateway(&self) {
        self.until("the gateway", |m| (m.gateway.link == GatewayLink::Online).then_some(())).await;
    }

    /// Waits until the open conversation is as wanted.
    pub async fn chat<T>(&self, what: &str, want: impl Fn(&ChatThread) -> Option<T>) -> T {
        self.until(what, |m| m.chat.open.as_ref().and_then(&want)).await
    }
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
    all(thread)
        .iter()
        .filter_map(|entry| match &entry.kind {
            EntryKind::Agent { text, .. } => Some(text.to_string()),
            _ => None,
        })
        .collect()
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
