//! The app's engine and a real OpenClaw gateway.

use e2e::{App, app_config};
use multiclaw_core::Command;
use multiclaw_core::engine::{Config, GatewayConfig};
use multiclaw_core::model::{Control, Folder, GatewayLink, GatewayRefusal, Load, Model, Program};
use net::{Door, Policy, Purpose, Trust};
use openclaw::{Options, Peer};
use std::path::Path;

/// Signed out, with a gateway whose files are in this folder.
fn app(peer: &Peer, data: &Path, state: &Path) -> App {
    let folders =
        [&peer.installation.program, &peer.installation.node].map(|p| p.parent().unwrap());
    let path = std::env::join_paths(folders.into_iter().chain([Path::new("/usr/bin")])).unwrap();
    let variables = [
        ("PATH", path),
        ("HOME", peer.folder().join("home").into()),
        ("TMPDIR", peer.folder().join("tmp").into()),
        ("OPENCLAW_STATE_DIR", state.into()),
        ("OPENCLAW_OFFLINE", "1".into()),
        ("OPENCLAW_DISABLE_BONJOUR", "1".into()),
        ("OPENCLAW_SKIP_CHANNELS", "1".into()),
        ("OPENCLAW_NO_RESPAWN", "1".into()),
        ("OPENCLAW_NO_AUTO_UPDATE", "1".into()),
    ];
    let environment = gateway_client::discovery::Environment::from_variables(variables);
    let policy = Policy::default().allow(Purpose::Gateway, "127.0.0.1", None);
    let config = Config {
        sign_in: None,
        open: None,
        gateway: GatewayConfig { enabled: true, environment },
        ..app_config("https://localhost:1".into(), data.to_owned())
    };
    App::start(config, Door::new(policy, Trust::System).unwrap())
}

fn online(model: &Model) -> Option<()> {
    matches!(model.gateway.link, GatewayLink::Online).then_some(())
}

fn stopped(model: &Model) -> Option<()> {
    matches!(model.gateway.link, GatewayLink::Stopped).then_some(())
}

fn idle(model: &Model) -> Option<()> {
    match &model.gateway.control {
        None => Some(()),
        Some(Control::Failed(problem)) => panic!("{problem:?}"),
        Some(_) => None,
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_gateway_s_page_shows_a_real_gateway_and_controls_it() {
    let mut peer = Peer::start(Options::default()).unwrap();
    let data = tempfile::tempdir().unwrap();
    let state = peer.state();
    let _last = Last(state.clone());
    let app = app(&peer, data.path(), &state);
    app.until("a connection", online).await;

    let facts = app.until("facts", |m| m.gateway.facts.clone().filter(|f| f.pid.is_some())).await;
    assert_eq!((facts.port, facts.pid), (peer.port, Some(peer.gateway_pid)));
    assert!(facts.may_manage && facts.memory > Some(50_000_000), "{facts:?}");
    assert!(!facts.since.is_empty() && facts.uptime.contains("minute"), "{facts:?}");
    assert!(facts.max_attachment > facts.max_image && facts.max_image > 0, "{facts:?}");
    let version = app
        .until("the program", |m| match &m.gateway.program {
            Program::Found { version, .. } => Some(version.clone()),
            _ => None,
        })
        .await;
    assert_eq!(version, facts.version);
    app.until("no channels", |m| {
        matches!(&m.gateway.channels, Load::Ready(l) if l.is_empty()).then_some(())
    })
    .await;
    let own = app.until("this device", |m| m.gateway.devices.items().first().cloned()).await;
    assert!(own.own && own.connected && !own.scopes.is_empty(), "{own:?}");
    let kept = std::fs::read_to_string(data.path().join("gateway-device.json")).unwrap();
    assert!(kept.contains("operator.admin"), "the grant is kept");

    app.core.send(Command::WatchGateway(true));
    let log =
        app.until("log lines", |m| m.gateway.log.clone().filter(|log| !log.lines.is_empty())).await;
    assert!(log.lines.iter().any(|l| l.text.contains("gateway") && !l.time.is_empty()), "{log:?}");
    app.core.send(Command::RemoveDevice("no such device".into()));
    let notice = app.until("a notice", |m| m.notice.clone()).await;
    assert!(notice.what.starts_with("The gateway refused: "), "{notice:?}");

    open_to_others(&state);
    app.core.send(Command::ConnectGateway);
    app.until("an open folder", |m| match &m.gateway.folder {
        Folder::Open { mode, .. } => (mode == "drwxr-xr-x").then_some(()),
        _ => None,
    })
    .await;
    app.core.send(Command::RepairFolder);
    app.until("a private folder", |m| (m.gateway.folder == Folder::Private).then_some(())).await;

    app.core.send(Command::RestartGateway);
    app.until("a restart", |m| {
        matches!(m.gateway.link, GatewayLink::Restarting { .. }).then_some(())
    })
    .await;
    app.until("a connection", online).await;
    app.until("nothing under way", idle).await;

    let before = app.core.model().gateway.log.as_ref().unwrap().lines.len();
    peer.stop().unwrap();
    app.until("a stopped gateway", stopped).await;
    let log = app.core.model().gateway.log.clone().unwrap();
    assert!(log.problem.is_some() && log.lines.len() >= before, "the lines stay");
    assert_eq!(app.core.model().gateway.facts, None);

    app.core.send(Command::StartGateway);
    app.until("a start", |m| (m.gateway.control == Some(Control::Starting)).then_some(())).await;
    long(&app, "a connection", online).await;
    app.until("nothing under way", idle).await;
    app.core.send(Command::StopGateway);
    app.until("a stop", |m| (m.gateway.control == Some(Control::Stopping)).then_some(())).await;
    long(&app, "a stopped gateway", |m| stopped(m).and(idle(m))).await;
}

/// Ends the gateway that a failed test leaves behind.
struct Last(std::path::PathBuf);

impl Drop for Last {
    fn drop(&mut self) {
        if let Some(running) = gateway_client::program::running(&self.0) {
            let _ = std::process::Command::new("kill").arg(running.pid.to_string()).status();
        }
    }
}

/// A gateway of this program's starting takes longer than anything else here.
async fn long<T>(app: &App, what: &str, found: impl Fn(&Model) -> Option<T>) -> T {
    for _ in 0..600 {
        if let Some(found) = found(&app.core.model()) {
            return found;
        }
        if let Some(Control::Failed(problem)) = &app.core.model().gateway.control {
            panic!("{problem:?}");
        }
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    }
    panic!("{what} did not come: {:?}", app.core.model().gateway);
}

fn open_to_others(folder: &Path) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o755)).unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_token_is_named_and_a_corrected_file_is_enough() {
    let peer = Peer::start(Options::default()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let (state, data) = (folder.path().join("state"), folder.path().join("data"));
    std::fs::create_dir(&state).unwrap();
    let write = |token: &str| {
        let port = peer.port;
        let text = format!(
            r#"{{ gateway: {{ mode: "local", port: {port}, auth: {{ token: "{token}" }} }} }}"#
        );
        std::fs::write(state.join("openclaw.json"), text).unwrap();
    };
    write("certainly-not-the-token-of-this-gateway");
    let app = app(&peer, &data, &state);
    let (refusal, problem) = app
        .until("a refusal", |m| match &m.gateway.link {
            GatewayLink::Refused { refusal, problem } => Some((refusal.clone(), problem.clone())),
            _ => None,
        })
        .await;
    assert_eq!(refusal, GatewayRefusal::TokenWrong);
    assert!(problem.what.contains("gateway.auth.token in openclaw.json"), "{problem:?}");
    write(&peer.token);
    app.until("a connection without a press", online).await;

    std::fs::write(state.join("openclaw.json"), "{ gateway: ").unwrap();
    app.core.send(Command::ConnectGateway);
    app.until("a broken file", |m| match &m.gateway.link {
        GatewayLink::Refused { refusal: GatewayRefusal::Configuration, .. } => Some(()),
        _ => None,
    })
    .await;
}
