//! The app's engine and a real OpenClaw gateway: finding it, pairing, its page, its restarts.

use e2e::gateway::GatewayWorld;
use multiclaw_core::Command;
use multiclaw_core::model::{Folder, GatewayLink, GatewayRefusal, Load, Program};
use openclaw::Options;
use std::os::unix::fs::PermissionsExt;

#[tokio::test(flavor = "multi_thread")]
async fn the_app_finds_the_gateway_pairs_and_shows_its_page() {
    let world = GatewayWorld::start(Options::default());
    let app = world.app();
    app.gateway().await;
    let device = world.data().join("gateway-device.json");
    let kept = async {
        while !std::fs::read_to_string(&device).is_ok_and(|text| text.contains("operator.read")) {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(e2e::PATIENCE, kept).await.expect("the grant is kept");
    assert_eq!(std::fs::metadata(&device).unwrap().permissions().mode() & 0o777, 0o600);
    app.core.send(Command::WatchGateway(true));
    let facts = app
        .until("the gateway's facts", |m| {
            let facts = m.gateway.facts.clone()?;
            facts.pid.is_some().then_some(facts)
        })
        .await;
    assert_eq!(facts.port, world.peer.port);
    assert_eq!(facts.pid, Some(world.peer.gateway_pid));
    assert!(facts.version.starts_with("2026.") && facts.may_manage, "{facts:?}");
    assert_eq!(facts.state_folder, world.peer.state().display().to_string());
    app.until("the program", |m| {
        let Program::Found { path, version, problem: None } = &m.gateway.program else {
            return None;
        };
        assert!(path.starts_with('/') && *version == facts.version, "{path} {version}");
        Some(())
    })
    .await;
    app.until("its own device", |m| {
        let Load::Ready(devices) = &m.gateway.devices else { return None };
        devices.iter().any(|d| d.own && d.connected).then_some(())
    })
    .await;
    app.until("lines of its log", |m| {
        m.gateway.log.as_ref().filter(|log| !log.lines.is_empty()).map(|_| ())
    })
    .await;
    app.until("its channels", |m| matches!(m.gateway.channels, Load::Ready(_)).then_some(())).await;
    // What is in the log names the gateway, and never the token.
    let token = &world.peer.token;
    let model = format!("{:?}", app.core.model());
    assert!(!model.contains(token.as_str()));
    assert!(!std::fs::read_to_string(device).unwrap().contains(token.as_str()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_token_is_said_and_the_right_one_helps() {
    let world = GatewayWorld::start(Options::default());
    let path = world.peer.folder().join("other.json");
    let other = std::fs::read_to_string(world.peer.state().join("openclaw.json")).unwrap();
    std::fs::write(&path, other.replace(&world.peer.token, "not-the-token-of-this-gateway"))
        .unwrap();
    let mut config = world.config();
    let mut variables = world.environment();
    variables.retain(|(name, _)| *name != "OPENCLAW_CONFIG_PATH");
    variables.push(("OPENCLAW_CONFIG_PATH", path.display().to_string()));
    config.gateway.environment = gateway_client::discovery::Environment::from_variables(variables);
    let app = world.app_with(config);
    let problem = app
        .until("a refusal", |m| match &m.gateway.link {
            GatewayLink::Refused { refusal: GatewayRefusal::TokenWrong, problem } => {
                Some(problem.clone())
            }
            _ => None,
        })
        .await;
    assert!(!problem.what.is_empty() && !problem.next.is_empty());
    std::fs::write(&path, other).unwrap();
    app.core.send(Command::ConnectGateway);
    app.gateway().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stopped_gateway_is_shown_as_stopped_and_found_again() {
    let mut world = GatewayWorld::start(Options::default());
    let app = world.app();
    app.gateway().await;
    world.peer.stop().unwrap();
    app.until("stopped", |m| (m.gateway.link == GatewayLink::Stopped).then_some(())).await;
    world.peer.start_again().unwrap();
    app.gateway().await;
    // Asked to restart, it says so and comes back.
    app.core.send(Command::RestartGateway);
    app.until("restarting", |m| {
        matches!(m.gateway.link, GatewayLink::Restarting { .. }).then_some(())
    })
    .await;
    app.gateway().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_that_others_can_read_is_repaired_only_when_asked() {
    let world = GatewayWorld::start(Options::default());
    let state = world.peer.state();
    let mode = || std::fs::metadata(&state).unwrap().permissions().mode() & 0o777;
    std::fs::set_permissions(&state, std::fs::Permissions::from_mode(0o755)).unwrap();
    let app = world.app();
    let shown = app
        .until("the open folder", |m| match &m.gateway.folder {
            Folder::Open { mode, .. } => Some(mode.clone()),
            _ => None,
        })
        .await;
    assert_eq!((shown.as_str(), mode()), ("drwxr-xr-x", 0o755));
    app.gateway().await;
    assert_eq!(mode(), 0o755, "nothing is changed without consent");
    app.core.send(Command::RepairFolder);
    app.until("a private folder", |m| (m.gateway.folder == Folder::Private).then_some(())).await;
    assert_eq!(mode(), 0o700);
}
