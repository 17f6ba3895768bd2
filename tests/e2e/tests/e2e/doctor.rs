//! The check of everything, each time with one thing broken: it names that thing.

use crate::turn_blocked::{NETWORK, lead_out};
use crate::turn_world::{Coturn, HOUR, Papers, SECRET, Squid, free_port, turn, turn_tcp, turns};
use cloud::Turn;
use cloud_client::rest::Rest;
use desktop::Choice;
use e2e::checked::{self, Order, person, state, step};
use e2e::{EMAIL, PASSWORD, PATIENCE, World};
use gateway_client::discovery::Environment;
use multiclaw_core::doctor::{self, Report, Setup, Who};
use multiclaw_core::engine::GatewayConfig;
use multiclaw_core::model::{DoctorStep, StepState};
use net::{Door, Policy, Proxies, Trust};
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::AsyncWriteExt;

async fn bearer(world: &World) -> String {
    let signed_in = Rest::new(world.door(), &world.url).sign_in(EMAIL, PASSWORD).await.unwrap();
    signed_in.token.expose().to_owned()
}

async fn setup(world: &World) -> Setup {
    let who = person(&bearer(world).await);
    checked::setup(&world.url, world.door(), who, world.folder.path().join("app"))
}

async fn run(setup: Setup) -> Report {
    let run = doctor::run(Arc::new(setup), |_| {});
    tokio::time::timeout(PATIENCE, run).await.expect("the check does not end")
}

/// The verdict names this step, as failed, and so does the step itself.
fn names(report: &Report, id: &str) {
    let verdict = &report.verdict;
    assert_eq!(verdict.state, StepState::Failed, "{report:#?}");
    assert_eq!(verdict.step.as_deref(), Some(id), "{report:#?}");
    assert!(verdict.text.contains(&step(report, id).name) && !verdict.next.is_empty());
}

/// The steps with this state.
fn with(report: &Report, state: StepState) -> Vec<&str> {
    let of = report.steps.iter().filter(|step| step.state == state);
    of.map(|step| step.id.as_str()).collect()
}

/// Relays by each of the three transports.
fn relays() -> (Papers, [Coturn; 3], Vec<String>) {
    let papers = Papers::new("localhost");
    let all =
        [Coturn::udp(free_port()), Coturn::tcp(free_port()), Coturn::tls(&papers, free_port())];
    let urls = vec![
        format!("stun:127.0.0.1:{}", all[0].port),
        format!("turn:127.0.0.1:{}?transport=udp", all[0].port),
        turn_tcp(all[1].port),
        turns(all[2].port),
    ];
    (papers, all, urls)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn all_is_well() {
    let (papers, _relays, urls) = relays();
    let mut world = World::start(Some(turn(&urls, HOUR))).await;
    world.trusted.push(papers.authority.clone());
    let _daemon = world.daemon(Choice::Painted { size: (640, 480), motion_fps: 10 }).await;
    let report = run(Setup { desktop: Some("build-box".into()), ..setup(&world).await }).await;
    assert_eq!(report.verdict.state, StepState::Ok, "{report:#?}");
    for id in [
        "dns", "proxy", "tls", "sign-in", "realtime", "session", "stun", "turn-udp", "turn-tls",
        "turn-tcp", "frames", "folders", "graphics", "sandbox",
    ] {
        assert_eq!(state(&report, id), StepState::Ok, "{report:#?}");
    }
    // A packet came back through each relay, and a picture of the desktop was there.
    for id in ["turn-udp", "turn-tls", "turn-tcp"] {
        assert!(step(&report, id).detail.contains("there and back"), "{report:#?}");
    }
    assert!(step(&report, "frames").detail.contains("640 × 480"), "{report:#?}");
    assert_eq!(with(&report, StepState::Failed), Vec::<&str>::new());
    for private in [EMAIL, "Ada Lovelace", "build-box"] {
        assert!(report.private.iter().any(|word| word == private), "{:?}", report.private);
    }
    // Its session is over: the desktop has no viewer any more.
    let rest = Rest::new(world.door(), &world.url);
    let token = cloud_client::BearerToken::new(bearer(&world).await);
    assert_eq!(rest.desktops(&token, &world.workspace).await.unwrap()[0].viewers, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_name_and_no_proxy() {
    let folder = tempfile::tempdir().unwrap();
    let door = |proxies| {
        let policy = Policy::default().allow_cloud("cloud.invalid", 443);
        Door::with_proxies(policy, Trust::System, proxies).unwrap()
    };
    let at = |door| {
        checked::setup("https://cloud.invalid", door, Who::Nobody, folder.path().join("app"))
    };
    let report = run(at(door(Proxies::none()))).await;
    names(&report, "dns");
    assert_eq!(state(&report, "tls"), StepState::Skipped);

    let away = format!("http://127.0.0.1:{}", free_port());
    let report = run(at(door(Proxies::from_pairs(&[("HTTPS_PROXY", &away)])))).await;
    names(&report, "proxy");
    assert_eq!(state(&report, "dns"), StepState::Ok, "the proxy looks names up");

    let squid = Squid::start("ada", "right");
    let wrong = format!("http://ada:wr0ng@127.0.0.1:{}", squid.port);
    let report = run(at(door(Proxies::from_pairs(&[("ALL_PROXY", &wrong)])))).await;
    names(&report, "proxy");
    assert!(report.verdict.text.contains("does not accept the name and the password"));
    assert!(!format!("{report:?}").contains("wr0ng"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn inspected_tls() {
    let world = World::start(None).await;
    let port = world.cloud.as_ref().unwrap().address().port();
    let policy = Policy::default().allow_cloud("localhost", port);
    let door = Door::with_proxies(policy, Trust::System, Proxies::none()).unwrap();
    let report = run(Setup { door, ..setup(&world).await }).await;
    names(&report, "tls");
    assert!(report.verdict.text.contains("inspect"), "{}", report.verdict.text);
    assert!(report.verdict.next.contains("TLS inspection"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn signed_out_and_thrown_out() {
    let world = World::start(None).await;
    let report = run(Setup { who: Who::Nobody, ..setup(&world).await }).await;
    assert_eq!(report.verdict.state, StepState::Warning, "{report:#?}");
    assert_eq!(report.verdict.step.as_deref(), Some("sign-in"));
    assert_eq!(state(&report, "turn-udp"), StepState::Skipped);
    let who = person("a token that the cloud does not know");
    names(&run(Setup { who, ..setup(&world).await }).await, "sign-in");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_relays_secret_is_another() {
    let (papers, _relays, urls) = relays();
    let turn = Turn { urls, secret: "not the relay's".into(), life: HOUR };
    let mut world = World::start(Some(turn)).await;
    world.trusted.push(papers.authority.clone());
    let _daemon = world.daemon(Choice::Painted { size: (64, 48), motion_fps: 0 }).await;
    let report = run(setup(&world).await).await;
    names(&report, "turn-udp");
    assert_eq!(with(&report, StepState::Failed), ["turn-udp", "turn-tls", "turn-tcp"]);
    assert!(report.verdict.text.contains("credentials"), "{report:#?}");
    assert_eq!(state(&report, "stun"), StepState::Ok, "UDP gets through");
    assert!(!format!("{report:?}").contains(SECRET));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_daemon_is_away() {
    let world = World::start(Some(turn(&["turn:127.0.0.1:9".into()], HOUR))).await;
    let named = |name: &str| Some(name.to_owned());
    let report = run(Setup { desktop: named("build-box"), ..setup(&world).await }).await;
    names(&report, "session");
    assert!(report.verdict.text.contains("build-box is offline"), "{report:#?}");
    let report = run(Setup { desktop: named("nobody's"), ..setup(&world).await }).await;
    names(&report, "session");
    // Without a wish for one that is nothing broken.
    let report = run(setup(&world).await).await;
    assert_eq!(report.verdict.state, StepState::Ok, "{report:#?}");
    assert_eq!(state(&report, "session"), StepState::Skipped);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_gateway_is_away_or_not_there_at_all() {
    let world = World::start(None).await;
    let state_dir = world.folder.path().join("openclaw");
    std::fs::create_dir(&state_dir).unwrap();
    let variables = [("HOME", world.folder.path()), ("OPENCLAW_STATE_DIR", &state_dir)];
    let gateway =
        || GatewayConfig { enabled: true, environment: Environment::from_variables(variables) };
    let report = run(Setup { gateway: gateway(), ..setup(&world).await }).await;
    assert_eq!(state(&report, "openclaw"), StepState::Skipped, "{report:#?}");
    assert_ne!(report.verdict.state, StepState::Failed, "{report:#?}");

    let port = free_port();
    let configuration = format!("{{\"gateway\":{{\"mode\":\"local\",\"port\":{port}}}}}");
    std::fs::write(state_dir.join("openclaw.json"), configuration).unwrap();
    let report = run(Setup { gateway: gateway(), ..setup(&world).await }).await;
    names(&report, "gateway");
    assert!(report.verdict.text.contains(&port.to_string()), "{report:#?}");
}

/// A network that drops UDP: with a relay over TCP there is a way, without it there is none.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn udp_is_dropped() {
    let coturn = Coturn::tcp(free_port());
    let dropped = "turn:198.51.100.1:3478?transport=udp".to_owned();
    let both = vec![dropped.clone(), turn_tcp(coturn.port)];
    for (urls, expected) in [(both, "warning"), (vec![dropped], "failed")] {
        let world = World::start(Some(turn(&urls, HOUR))).await;
        let _daemon = world.daemon(Choice::Painted { size: (64, 48), motion_fps: 0 }).await;
        let port = world.cloud.as_ref().unwrap().address().port();
        let folder = tempfile::tempdir().unwrap();
        let order = Order {
            cloud: world.url.clone(),
            port,
            authorities: world.authorities(),
            bearer: bearer(&world).await,
            forward: vec![lead_out(folder.path(), port), lead_out(folder.path(), coturn.port)],
        };
        let mut child = tokio::process::Command::new("unshare")
            .args(["--map-root-user", "--net", "sh", "-c", NETWORK])
            .arg(env!("CARGO_BIN_EXE_doctor"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let line = serde_json::to_string(&order).unwrap() + "\n";
        child.stdin.take().unwrap().write_all(line.as_bytes()).await.unwrap();
        let output = tokio::time::timeout(PATIENCE, child.wait_with_output()).await;
        let output = output.expect("the check does not end").unwrap();
        let said: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(said["verdict"]["step"], "stun", "{said:#}");
        assert_eq!(said["verdict"]["state"], expected, "{said:#}");
        let text = said["verdict"]["text"].as_str().unwrap();
        assert!(text.contains("Nothing comes back") && text.contains("UDP"), "{said:#}");
        let steps = said["steps"].as_array().unwrap();
        let of = |id: &str| steps.iter().find(|s| s["id"] == id).unwrap()["state"].clone();
        let over_tcp = if expected == "warning" { "ok" } else { "skipped" };
        assert_eq!(
            (of("turn-udp"), of("turn-tcp")),
            (expected.into(), over_tcp.into()),
            "{said:#}"
        );
    }
}

/// A run that is dropped leaves nothing behind: the next one finds all well.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_run_that_is_stopped_lets_go() {
    let world = World::start(Some(turn(&["turn:127.0.0.1:9".into()], HOUR))).await;
    let _daemon = world.daemon(Choice::Painted { size: (64, 48), motion_fps: 0 }).await;
    let (told, mut hears) = tokio::sync::watch::channel(false);
    let setup = Arc::new(setup(&world).await);
    let run = tokio::spawn(async move {
        let told = |steps: Vec<DoctorStep>| {
            let on = steps.iter().any(|s| s.id == "stun" && s.state == StepState::Running);
            told.send_replace(on);
        };
        doctor::run(setup, told).await
    });
    let begun = hears.wait_for(|on| *on);
    tokio::time::timeout(PATIENCE, begun).await.expect("UDP is never looked at").unwrap();
    run.abort();
    assert!(run.await.unwrap_err().is_cancelled(), "nothing answers, so it was on its way");
    let rest = Rest::new(world.door(), &world.url);
    let token = cloud_client::BearerToken::new(bearer(&world).await);
    let gone = async {
        while rest.desktops(&token, &world.workspace).await.unwrap()[0].viewers > 0 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(PATIENCE, gone).await.expect("its session stays");
}
