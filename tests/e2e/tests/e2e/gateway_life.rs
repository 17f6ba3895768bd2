//! A real OpenClaw gateway that restarts, stops and starts, with a turn under way.

use e2e::App;
use e2e::gateway::{GatewayWorld, PATIENCE, answers, said, settled};
use multiclaw_core::Command;
use multiclaw_core::model::{Control, GatewayLink, Model};
use openclaw::Options;

/// Ends the gateway that a failed test leaves behind.
struct Last(std::path::PathBuf);

impl Drop for Last {
    fn drop(&mut self) {
        if let Some(running) = gateway_client::program::running(&self.0) {
            let _ = std::process::Command::new("kill").arg(running.pid.to_string()).status();
        }
    }
}

fn stopped(model: &Model) -> Option<()> {
    (model.gateway.link == GatewayLink::Stopped).then_some(())
}

fn idle(model: &Model) -> Option<()> {
    match &model.gateway.control {
        None => Some(()),
        Some(Control::Failed(problem)) => panic!("{problem:?}"),
        Some(_) => None,
    }
}

/// Sends a long turn and waits until it has begun to write.
async fn begin(app: &App, count: usize) -> String {
    app.say(&format!("slow {count} 150"));
    app.chat("words", |open| {
        answers(open).last().is_some_and(|text| text.contains("word4 ")).then_some(())
    })
    .await;
    (1..=count).map(|n| format!("word{n}")).collect::<Vec<_>>().join(" ")
}

/// What is shown is what the gateway has, once each.
async fn same(world: &GatewayWorld, app: &App, key: &str) {
    let open = app.chat("the end", |open| settled(open).map(|_| open.clone())).await;
    let mut raw = world.raw().await;
    assert_eq!(said(&open), raw.asked(key).await);
    let told: Vec<String> = raw.answered(key).await.into_iter().filter(|t| !t.is_empty()).collect();
    assert_eq!(answers(&open), told);
    let mut ids: Vec<&str> = open.entries.iter().map(|entry| entry.id.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), open.entries.len(), "{:?}", open.entries);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_turn_outlives_a_restart_and_the_gateway_is_stopped_and_started() {
    let mut world = GatewayWorld::start(Options::default());
    let _last = Last(world.peer().state());
    let app = world.app();
    app.gateway().await;
    let key = app.new_chat().await;

    // Asked to restart while a turn is running.
    begin(&app, 60).await;
    app.core.send(Command::RestartGateway);
    app.within(PATIENCE, "restarting", |m| {
        matches!(m.gateway.link, GatewayLink::Restarting { .. }).then_some(())
    })
    .await;
    app.gateway().await;
    app.within(PATIENCE, "nothing under way", idle).await;
    // The gateway takes the turn up again by itself.
    app.chat("the end of the first turn", |open| {
        settled(open)?;
        answers(open).last().is_some_and(|text| !text.is_empty()).then_some(())
    })
    .await;
    same(&world, &app, &key).await;
    let open = app.core.model().chat.open.clone().unwrap();
    assert!(said(&open).first().is_some_and(|text| text == "slow 60 150"), "{open:?}");

    // Stopped from outside in the middle of a turn.
    begin(&app, 60).await;
    app.core.send(Command::WatchGateway(true));
    app.until("lines", |m| m.gateway.log.as_ref().filter(|l| !l.lines.is_empty()).map(|_| ()))
        .await;
    let before = app.core.model().gateway.log.as_ref().unwrap().lines.len();
    tokio::task::block_in_place(|| world.own().stop()).unwrap();
    app.within(PATIENCE, "a stopped gateway", stopped).await;
    let model = app.core.model();
    let log = model.gateway.log.as_ref().unwrap();
    assert!(log.problem.is_some() && log.lines.len() >= before, "the lines stay");
    assert_eq!(model.gateway.facts, None);
    let open = model.chat.open.as_ref().unwrap();
    assert!(
        answers(open).last().is_some_and(|text| text.contains("word4 ")),
        "what was seen stays"
    );
    tokio::task::block_in_place(|| world.own().start_again()).unwrap();
    app.gateway().await;
    app.chat("no turn", |open| settled(open).map(|_| ())).await;
    let turn = app.turn("hello again").await;
    assert_eq!(e2e::gateway::answer(turn.last().unwrap()).unwrap(), "echo: hello again");
    same(&world, &app, &key).await;

    // Stopped and started with its program.
    tokio::task::block_in_place(|| world.own().stop()).unwrap();
    app.within(PATIENCE, "a stopped gateway", stopped).await;
    app.core.send(Command::StartGateway);
    app.until("a start", |m| (m.gateway.control == Some(Control::Starting)).then_some(())).await;
    app.gateway().await;
    app.within(PATIENCE, "nothing under way", idle).await;
    app.core.send(Command::StopGateway);
    app.until("a stop", |m| (m.gateway.control == Some(Control::Stopping)).then_some(())).await;
    app.within(PATIENCE, "a stopped gateway", |m| stopped(m).and(idle(m))).await;
}
