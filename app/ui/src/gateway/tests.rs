#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use super::View;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use multiclaw_core::Command;
use multiclaw_core::model::{
    Channel, Control, Device, Folder, Gateway, GatewayFacts, GatewayLink, GatewayLog,
    GatewayLogLine, GatewayRefusal, Load, LogLevel, Model, PairingRequest, Problem, Program,
};
use std::sync::Arc;

struct State {
    view: View,
    model: Model,
    commands: Vec<Command>,
}

fn problem(what: &str, next: &str) -> Problem {
    Problem { what: what.into(), next: next.into() }
}

fn online() -> Gateway {
    let device = |id: &str, name: &str, own, connected| {
        Arc::new(Device {
            id: id.repeat(16),
            name: name.into(),
            own,
            connected,
            scopes: vec!["operator.read".into(), "operator.write".into()],
            approved: "3 Nov".into(),
            seen: "14:03".into(),
        })
    };
    let line = |number, level, text: &str| {
        let time = "14:03:22".into();
        Arc::new(GatewayLogLine { number, time, level, text: text.into() })
    };
    Gateway {
        link: GatewayLink::Online,
        program: Program::Found {
            path: "/usr/local/bin/openclaw".into(),
            version: "2026.9.6".into(),
            problem: None,
        },
        facts: Some(Arc::new(GatewayFacts {
            version: "2026.9.6".into(),
            port: 18789,
            since: "11:20".into(),
            uptime: "3 hours".into(),
            pid: Some(4711),
            memory: Some(812_000_000),
            state_folder: "/home/ada/.openclaw".into(),
            update: Some("2026.10.1".into()),
            max_attachment: 19_464_192,
            max_image: 6_291_456,
            may_manage: true,
        })),
        channels: Load::Ready(Arc::new(vec![
            Arc::new(Channel {
                id: "telegram".into(),
                name: "Telegram".into(),
                running: true,
                state: "Connected".into(),
                problem: None,
            }),
            Arc::new(Channel {
                id: "slack".into(),
                name: "Slack".into(),
                running: false,
                state: "Stopped".into(),
                problem: Some("The token was refused.".into()),
            }),
        ])),
        devices: Load::Ready(Arc::new(vec![
            device("a1b2", "MultiClaw Desktop on linux", true, true),
            device("c3d4", "openclaw-ios on ios", false, false),
        ])),
        requests: Arc::new(vec![Arc::new(PairingRequest {
            id: "r1".into(),
            device: "e5f6".repeat(16),
            name: "openclaw-android on android".into(),
            from: "192.168.1.20".into(),
            scopes: vec!["operator.read".into()],
            when: "14:01".into(),
        })]),
        log: Some(GatewayLog {
            file: "/tmp/openclaw.log".into(),
            lines: Arc::new(vec![
                line(1, LogLevel::Debug, "tick"),
                line(2, LogLevel::Info, "agent main: run started"),
                line(3, LogLevel::Error, "model fake/echo-1 failed"),
            ]),
            dropped: 12,
            problem: None,
        }),
        control: None,
        folder: Folder::Private,
    }
}

fn harness(gateway: Gateway) -> Harness<'static, State> {
    let model = Model { gateway, ..Model::default() };
    let state = State { view: View::default(), model, commands: Vec::new() };
    let builder = Harness::builder().with_size([1000.0, 720.0]);
    let mut harness = builder.build_ui_state(
        |ui, state: &mut State| state.view.show(ui, &state.model, &mut state.commands),
        state,
    );
    crate::theme::install(&harness.ctx);
    harness.run();
    harness
}

fn with(link: GatewayLink) -> Harness<'static, State> {
    harness(Gateway { link, facts: None, log: None, ..online() })
}

#[test]
fn a_running_gateway_says_what_it_is_and_can_be_restarted_and_stopped() {
    let mut harness = harness(online());
    for label in [
        "Version: 2026.9.6 (2026.10.1 is available)",
        "Running for: 3 hours, since 11:20",
        "Address: 127.0.0.1, port 18789",
        "Process: 4711, 812 MB of memory",
        "Program: /usr/local/bin/openclaw (2026.9.6)",
        "Telegram: Connected",
    ] {
        harness.get_by_label(label);
    }
    harness.get_by_label("Restart").click();
    harness.run();
    assert_eq!(harness.state_mut().commands.pop(), Some(Command::RestartGateway));
    harness.get_by_label("Stop").click();
    harness.run();
    assert!(harness.state().commands.is_empty(), "it asks first");
    harness.get_all_by_label("Stop").last().unwrap().click();
    harness.run();
    assert_eq!(harness.state_mut().commands.pop(), Some(Command::StopGateway));
}

#[test]
fn each_state_has_its_words_and_its_way_out() {
    let refused = |refusal| GatewayLink::Refused {
        refusal,
        problem: problem("The gateway refused.", "Do this."),
    };
    let waiting = GatewayLink::Waiting { seconds: 4, problem: problem("It was lost.", "") };
    for (link, label, command) in [
        (GatewayLink::Stopped, "Start gateway", Command::StartGateway),
        (refused(GatewayRefusal::TokenWrong), "Try again", Command::ConnectGateway),
        (waiting, "Try again", Command::ConnectGateway),
        (
            GatewayLink::NotInstalled,
            "How to install OpenClaw",
            Command::OpenLink("https://docs.openclaw.ai/install".into()),
        ),
        (
            refused(GatewayRefusal::GatewayTooOld),
            "How to update OpenClaw",
            Command::OpenLink("https://docs.openclaw.ai/install/updating".into()),
        ),
    ] {
        let mut harness = with(link.clone());
        harness.get_by_label(label).click();
        harness.run();
        assert_eq!(harness.state().commands, [command], "{link:?}");
    }
    for (link, label) in [
        (GatewayLink::Looking, "Looking for OpenClaw…"),
        (GatewayLink::Connecting, "Connecting…"),
        (GatewayLink::Restarting { seconds: 1 }, "Restarting…"),
    ] {
        with(link).get_by_label(label);
    }
    let command = "openclaw devices approve 0b1f".to_owned();
    let harness = with(refused(GatewayRefusal::PairingNeeded { command: command.clone() }));
    harness.get_by_label(&command);
    harness.get_by_label("Copy the command");
}

#[test]
fn an_open_folder_is_repaired_only_when_the_person_says_so() {
    let folder = Folder::Open {
        mode: "drwxr-xr-x".into(),
        problem: problem("Others on this computer can read ~/.openclaw.", "Make it private."),
    };
    let mut harness = harness(Gateway { folder, ..online() });
    assert!(harness.state().commands.is_empty());
    harness.get_by_label("Make it private").click();
    harness.run();
    assert_eq!(harness.state().commands, [Command::RepairFolder]);
}

#[test]
fn devices_are_approved_refused_and_removed() {
    let mut harness = harness(online());
    harness.get_by_label("Devices, 1").click();
    harness.run();
    harness.get_by_label("Approve openclaw-android on android").click();
    harness.run();
    harness.get_by_label("Refuse openclaw-android on android").click();
    harness.run();
    harness.get_by_label("Remove openclaw-ios on ios").click();
    harness.run();
    harness.get_by_label("Remove").click();
    harness.run();
    let device = "c3d4".repeat(16);
    assert_eq!(
        harness.state().commands,
        [
            Command::ApproveDevice("r1".into()),
            Command::RejectDevice("r1".into()),
            Command::RemoveDevice(device),
        ]
    );
}

#[test]
fn the_log_shows_what_matters_and_hides_the_rest() {
    let mut harness = harness(online());
    harness.get_by_label("Log").click();
    harness.run();
    harness.get_by_label("14:03:22 error: model fake/echo-1 failed");
    assert!(harness.query_by_label("14:03:22 debug: tick").is_none());
    assert!(harness.query_by_label_contains("12 older ones").is_some());
}

#[test]
fn while_it_is_being_started_it_says_so() {
    let gateway =
        Gateway { control: Some(Control::Starting), link: GatewayLink::Stopped, ..online() };
    let mut harness = harness(gateway);
    harness.get_by_label("Starting…");
    harness.get_by_label("Start gateway").click();
    harness.run();
    assert!(harness.state().commands.is_empty());
}

#[test]
fn a_page_at_rest_asks_for_no_repaint() {
    for tab in [super::Tab::Overview, super::Tab::Devices, super::Tab::Log] {
        let mut harness = harness(online());
        harness.state_mut().view.tab = tab;
        harness.run();
        let delay = harness.output().viewport_output[&egui::ViewportId::ROOT].repaint_delay;
        assert_eq!(delay, std::time::Duration::MAX, "{tab:?}");
    }
}
