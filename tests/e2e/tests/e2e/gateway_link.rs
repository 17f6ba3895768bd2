//! The app's engine and a real OpenClaw gateway: finding it, pairing, its page, who is let in.

use e2e::forwarded::{ELSEWHERE, Forwarded};
use e2e::gateway::GatewayWorld;
use multiclaw_core::Command;
use multiclaw_core::model::{Folder, GatewayLink, GatewayRefusal, Load, PairingRequest, Program};
use std::os::unix::fs::PermissionsExt;
use std::sync::Arc;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_app_finds_the_gateway_pairs_and_shows_its_page() {
    let world = GatewayWorld::shared();
    let app = world.app();
    app.gateway().await;
    let device = world.data().join("gateway-device.json");
    let kept = async {
        while !std::fs::read_to_string(&device).is_ok_and(|text| text.contains("operator.admin")) {
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
    let peer = world.peer();
    assert_eq!((facts.port, facts.pid), (peer.port, Some(peer.gateway_pid)));
    assert!(facts.version.starts_with("2026.") && facts.may_manage, "{facts:?}");
    assert!(facts.memory > Some(50_000_000), "{facts:?}");
    assert!(!facts.since.is_empty() && facts.uptime.contains("minute"), "{facts:?}");
    assert!(facts.max_attachment > facts.max_image && facts.max_image > 0, "{facts:?}");
    assert_eq!(facts.state_folder, peer.state().display().to_string());
    app.until("the program", |m| {
        let Program::Found { path, version, problem: None } = &m.gateway.program else {
            return None;
        };
        assert!(path.starts_with('/') && *version == facts.version, "{path} {version}");
        Some(())
    })
    .await;
    let own = app
        .until("its own device", |m| {
            let Load::Ready(devices) = &m.gateway.devices else { return None };
            devices.iter().find(|d| d.own && d.connected).cloned()
        })
        .await;
    assert!(own.scopes.iter().any(|scope| scope == "operator.approvals"), "{own:?}");
    let log = app
        .until("lines of its log", |m| m.gateway.log.clone().filter(|log| !log.lines.is_empty()))
        .await;
    assert!(log.lines.iter().any(|l| l.text.contains("gateway") && !l.time.is_empty()), "{log:?}");
    app.until("no channels", |m| {
        matches!(&m.gateway.channels, Load::Ready(list) if list.is_empty()).then_some(())
    })
    .await;
    app.core.send(Command::RemoveDevice("no such device".into()));
    let notice = app.until("a notice", |m| m.notice.clone()).await;
    assert!(notice.what.starts_with("The gateway refused: "), "{notice:?}");
    // What is in the log names the gateway, and never the token.
    let model = format!("{:?}", app.core.model());
    assert!(!model.contains(peer.token.as_str()));
    assert!(!std::fs::read_to_string(device).unwrap().contains(peer.token.as_str()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_token_is_named_and_a_corrected_file_is_enough() {
    let world = GatewayWorld::shared();
    let path = world.folder().join("openclaw.json");
    let port = world.peer().port;
    let write = |token: &str| {
        let text = format!(
            r#"{{ gateway: {{ mode: "local", port: {port}, auth: {{ token: "{token}" }} }} }}"#
        );
        std::fs::write(&path, text).unwrap();
    };
    write("certainly-not-the-token-of-this-gateway");
    let mut config = world.config();
    let place = ("OPENCLAW_CONFIG_PATH", path.display().to_string());
    config.gateway = world.environment_with(&[place]);
    let app = world.app_with(config);
    let (refusal, problem) = app
        .until("a refusal", |m| match &m.gateway.link {
            GatewayLink::Refused { refusal, problem } => Some((refusal.clone(), problem.clone())),
            _ => None,
        })
        .await;
    assert_eq!(refusal, GatewayRefusal::TokenWrong);
    assert!(problem.what.contains("gateway.auth.token in openclaw.json"), "{problem:?}");
    assert!(!problem.next.is_empty());
    write(&world.peer().token);
    // Without a press.
    app.gateway().await;

    std::fs::write(&path, "{ gateway: ").unwrap();
    app.core.send(Command::ConnectGateway);
    app.until("a broken file", |m| match &m.gateway.link {
        GatewayLink::Refused { refusal: GatewayRefusal::Configuration, .. } => Some(()),
        _ => None,
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_folder_that_others_can_read_is_repaired_only_when_asked() {
    let world = GatewayWorld::shared();
    let state = world.folder().join("state");
    std::fs::create_dir(&state).unwrap();
    let mode = || std::fs::metadata(&state).unwrap().permissions().mode() & 0o777;
    std::fs::set_permissions(&state, std::fs::Permissions::from_mode(0o755)).unwrap();
    let mut config = world.config();
    let place = ("OPENCLAW_STATE_DIR", state.display().to_string());
    config.gateway = world.environment_with(&[place]);
    let app = world.app_with(config);
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

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_device_from_elsewhere_waits_until_the_app_lets_it_in() {
    let world = GatewayWorld::shared();
    let app = world.app();
    app.gateway().await;
    // A second app, as if on another machine.
    let proxy = Forwarded::start(world.peer().port).await;
    let away = GatewayWorld::shared();
    let other = away.app_with(away.config_at(proxy.port));
    let asked = || async {
        let command = other
            .until("a refusal", |m| match &m.gateway.link {
                GatewayLink::Refused {
                    refusal: GatewayRefusal::PairingNeeded { command }, ..
                } => Some(command.clone()),
                _ => None,
            })
            .await;
        let find = |r: &&Arc<PairingRequest>| command.ends_with(&r.id);
        app.until("the request", |m| m.gateway.requests.iter().find(find).cloned()).await
    };
    let request = asked().await;
    assert_eq!(request.from, ELSEWHERE);
    assert!(request.scopes.iter().any(|scope| scope == "operator.admin"), "{request:?}");
    assert!(!request.name.is_empty() && !request.when.is_empty(), "{request:?}");
    let gone = |id: String| {
        let app = &app;
        async move {
            app.until("no request", |m| {
                m.gateway.requests.iter().all(|request| request.id != id).then_some(())
            })
            .await;
        }
    };
    app.core.send(Command::RejectDevice(request.id.clone()));
    gone(request.id.clone()).await;
    let known = |m: &multiclaw_core::Model| {
        m.gateway.devices.items().iter().find(|device| device.id == request.device).cloned()
    };
    assert_eq!(known(&app.core.model()), None);

    // It asks again, and is let in.
    other.core.send(Command::ConnectGateway);
    let again = app
        .until("another request", |m| {
            let new = |r: &&Arc<PairingRequest>| r.device == request.device && r.id != request.id;
            m.gateway.requests.iter().find(new).cloned()
        })
        .await;
    app.core.send(Command::ApproveDevice(again.id.clone()));
    gone(again.id.clone()).await;
    other.core.send(Command::ConnectGateway);
    other.gateway().await;
    let device = app.until("the new device", |m| known(m).filter(|device| device.connected)).await;
    assert!(!device.own && device.scopes == again.scopes, "{device:?} {again:?}");

    // Its rights are taken away.
    app.core.send(Command::RemoveDevice(request.device.clone()));
    app.until("no such device", |m| known(m).is_none().then_some(())).await;
    other.until("the loss", |m| (m.gateway.link != GatewayLink::Online).then_some(())).await;
}
