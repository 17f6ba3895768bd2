//! What the app says while it works with a real gateway, and as an unattended screen, at the most
//! talkative. A program of its own: what is logged is the whole process's.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use e2e::World;
use e2e::gateway::{GatewayWorld, answers};
use multiclaw_core::Command;
use multiclaw_core::engine::{Config, ScreenConfig};
use multiclaw_core::model::{
    Account, CloudLink, Desktops, GatewayLink, ScreenDraft, SendMode, Ticket,
};
use multiclaw_core::secret::EnrolmentText;
use openclaw::Options;
use parking_lot::Mutex;
use std::io::Write;
use std::sync::{Arc, OnceLock};
use tracing_subscriber::fmt::MakeWriter;

#[derive(Clone, Default)]
struct Said(Arc<Mutex<Vec<u8>>>);

impl Write for Said {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Said {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

/// What the whole process says from the first call on.
fn listen() -> Said {
    static SAID: OnceLock<Said> = OnceLock::new();
    SAID.get_or_init(|| {
        let said = Said::default();
        tracing_subscriber::fmt()
            .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
            .with_writer(said.clone())
            .init();
        said
    })
    .clone()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn h26_no_secret_of_a_screen_is_ever_said() {
    let said = listen();
    let world = World::start(None).await;
    let choice = desktop::Choice::Painted { size: (320, 240), motion_fps: 0 };
    let _daemon = world.daemon(choice).await;
    let owner = world.app(Config { open: None, ..world.app_config() });
    let desktops = owner
        .until("the list", |m| match &m.desktops {
            Desktops::Ready(list) if m.cloud == CloudLink::Online => {
                Some(list.iter().map(|d| d.id.clone()).collect())
            }
            _ => None,
        })
        .await;
    let draft = ScreenDraft { name: "Lobby".into(), desktops, control: false };
    owner.core.send(Command::EnrollScreen { ticket: Ticket(1), draft });
    let made = owner.until("the code", |m| m.workspace.screens.enrolment.clone()).await;
    let data = world.folder.path().join("lobby");
    let screen = Some(ScreenConfig { open: true });
    let config =
        Config { data: data.clone(), sign_in: None, open: None, screen, ..world.app_config() };
    let app = world.app(config);
    app.until("the form", |m| matches!(m.account, Account::Screen(_)).then_some(())).await;
    let code = made.code.expose().to_owned();
    app.core.send(Command::EnrolHere(EnrolmentText::new(code.clone())));
    app.live().await;
    let kept: serde_json::Value =
        serde_json::from_slice(&std::fs::read(data.join("kiosk.json")).unwrap()).unwrap();
    let key = kept["key"].as_str().unwrap().to_owned();
    let id = kept["screen"].as_str().unwrap().to_owned();
    owner.core.send(Command::RevokeScreen(id));
    app.until("the end", |m| m.viewer.is_none().then_some(())).await;

    let said = String::from_utf8(said.0.lock().clone()).unwrap();
    let models = format!("{:?}{:?}", app.core.model(), owner.core.model());
    let own = std::process::id();
    let words = std::fs::read(format!("/proc/{own}/cmdline")).unwrap();
    let process = String::from_utf8_lossy(&words).into_owned();
    assert!(said.contains("the cloud does not know this screen any more"), "it was listened to");
    for secret in [key, code.clone(), code.replace('-', "")] {
        assert!(secret.len() >= 12);
        assert!(!said.contains(&secret), "a log has it");
        assert!(!models.contains(&secret), "a model has it");
        assert!(!process.contains(&secret), "the process's words have it");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn h26_no_secret_of_the_gateways_is_ever_said() {
    let said = listen();
    let mut world = GatewayWorld::start(Options::default());
    let app = world.app();
    app.gateway().await;
    let file = world.data().join("gateway-device.json");
    let kept: serde_json::Value = app
        .until("the grant on disk", |_| {
            let text = std::fs::read_to_string(&file).ok()?;
            text.contains("operator.read").then(|| serde_json::from_str(&text).unwrap())
        })
        .await;
    app.core.send(Command::WatchGateway(true));
    app.core.send(Command::OpenChat(Some("agent:main:main".into())));
    app.chat("the conversation", |chat| (!chat.loading).then_some(())).await;
    app.core.send(Command::SendChat { text: "a few words".into(), mode: SendMode::default() });
    app.chat("an answer", |chat| {
        answers(chat).iter().any(|text| text.contains("echo: a few words")).then_some(())
    })
    .await;
    app.until("a log", |m| m.gateway.log.as_ref().filter(|log| !log.lines.is_empty()).map(drop))
        .await;
    // Lost, gone, and there again.
    world.own().stop().unwrap();
    app.until("a stop", |m| (m.gateway.link == GatewayLink::Stopped).then_some(())).await;
    world.own().start_again().unwrap();
    app.gateway().await;

    let mut secrets = vec![world.peer().token.clone()];
    secrets.extend(kept["seed"].as_str().map(str::to_owned));
    for grant in kept["grants"].as_object().unwrap().values() {
        secrets.extend(grant["token"].as_str().map(str::to_owned));
    }
    assert_eq!(secrets.len(), 3, "the shared token, the key's seed, the device's token");
    let said = String::from_utf8(said.0.lock().clone()).unwrap();
    assert!(said.len() > 1000 && said.contains("gateway"), "it was listened to: {}", said.len());
    let model = format!("{:?}", app.core.model());
    let own = std::process::id();
    let words = std::fs::read(format!("/proc/{own}/cmdline")).unwrap();
    let variables = std::fs::read(format!("/proc/{own}/environ")).unwrap();
    let process = String::from_utf8_lossy(&[words, variables].concat()).into_owned();
    for secret in &secrets {
        assert!(secret.len() >= 16);
        assert!(!said.contains(secret.as_str()), "a log has it");
        assert!(!model.contains(secret.as_str()), "the model has it");
        assert!(!process.contains(secret.as_str()), "the process's words or variables have it");
    }
}
