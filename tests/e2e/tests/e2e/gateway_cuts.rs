//! A real OpenClaw gateway behind a bad network.

use e2e::App;
use e2e::fault::{Fault, Proxy};
use e2e::gateway::{GatewayWorld, all, answer, answers, said, settled, tools};
use multiclaw_core::Command;
use multiclaw_core::model::{ChatDelivery, ChatThread, EntryKind, GatewayLink, ToolState};

async fn behind(world: &GatewayWorld) -> (Proxy, App) {
    let proxy = Proxy::start(world.peer().port).await;
    let app = world.app_with(world.config_at(proxy.port()));
    app.gateway().await;
    (proxy, app)
}

async fn cut(proxy: &Proxy, app: &App) {
    proxy.set(Fault::Refuse);
    app.until("the loss", |m| (m.gateway.link != GatewayLink::Online).then_some(())).await;
}

async fn back(proxy: &Proxy, app: &App) {
    proxy.set(Fault::None);
    app.core.send(Command::ConnectGateway);
    app.gateway().await;
}

fn deliveries(open: &ChatThread) -> Vec<ChatDelivery> {
    all(open)
        .iter()
        .filter_map(|entry| match &entry.kind {
            EntryKind::Person { delivery, .. } => Some(delivery.clone()),
            _ => None,
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_message_arrives_once_however_the_connection_is_cut() {
    let world = GatewayWorld::shared();
    let (proxy, app) = behind(&world).await;
    let mut raw = world.raw().await;
    let key = app.new_chat().await;
    app.turn("hello one").await;

    // The gateway has it, and its answer never comes.
    proxy.set(Fault::Deaf);
    app.say("hello two");
    while !raw.answered(&key).await.contains(&"echo: hello two".to_owned()) {
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    let open = app.core.model().chat.open.clone().unwrap();
    assert_eq!(deliveries(&open)[1], ChatDelivery::Sending, "nothing was heard of it");
    cut(&proxy, &app).await;
    back(&proxy, &app).await;
    let sent = |n: usize| {
        move |open: &ChatThread| {
            let all = deliveries(open);
            let done = all.len() == n && all.iter().all(|d| *d == ChatDelivery::Sent);
            (done && settled(open).is_some_and(|e| e.len() == 2 * n)).then_some(())
        }
    };
    app.chat("the second answer", sent(2)).await;

    // It never gets to the gateway.
    proxy.set(Fault::Mute);
    app.say("hello three");
    app.chat("the third message", |open| (said(open).len() == 3).then_some(())).await;
    cut(&proxy, &app).await;
    // Nor this one, which is written while there is no connection.
    app.say("hello four");
    app.chat("the fourth message", |open| (said(open).len() == 4).then_some(())).await;
    assert_eq!(raw.asked(&key).await.len(), 2);
    back(&proxy, &app).await;
    app.chat("four answers", |open| {
        let all = answers(open).join("\n");
        settled(open)?;
        (all.contains("hello three") && all.contains("hello four")).then_some(())
    })
    .await;
    let expected = ["hello one", "hello two", "hello three", "hello four"];
    let mut asked = raw.asked(&key).await;
    asked.sort_by_key(|text| expected.iter().position(|e| e == text));
    assert_eq!(asked, expected, "each arrived once");
    let open = app.core.model().chat.open.clone().unwrap();
    assert_eq!(said(&open), expected, "and is shown once, in the order it was written");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_running_turn_goes_on_after_a_cut_with_nothing_doubled_or_lost() {
    let world = GatewayWorld::shared();
    let (proxy, app) = behind(&world).await;
    let key = app.new_chat().await;
    app.say("slow 40 150");
    let contains = |word: &'static str| {
        move |open: &ChatThread| answers(open).iter().any(|a| a.contains(word)).then_some(())
    };
    app.chat("words", contains("word5 ")).await;
    cut(&proxy, &app).await;
    let open = app.core.model().chat.open.clone().unwrap();
    assert_eq!(open.run.as_ref().map(|run| run.doing.as_str()), Some("Waiting for the gateway"));
    assert!(contains("word5 ")(&open).is_some(), "what was seen stays");
    // Words come and go meanwhile.
    tokio::time::sleep(std::time::Duration::from_millis(1500)).await;
    back(&proxy, &app).await;
    let words: Vec<String> = (1..=40).map(|n| format!("word{n}")).collect();
    let whole = words.join(" ");
    let mut grew = 0;
    loop {
        let open = app.core.model().chat.open.clone().unwrap();
        let shown = answers(&open);
        assert!(shown.len() <= 1, "{shown:?}");
        assert!(shown.iter().all(|text| whole.starts_with(text.trim_end())), "{shown:?}");
        if settled(&open).is_some_and(|entries| entries.len() == 2) {
            break;
        }
        grew += usize::from(open.run.is_some());
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    assert!(grew > 0, "it was picked up before it was over");
    let open = app.core.model().chat.open.clone().unwrap();
    assert_eq!(answers(&open), std::slice::from_ref(&whole));
    assert_eq!(said(&open), ["slow 40 150"]);
    assert_eq!(world.raw().await.answered(&key).await, [whole]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_tool_that_runs_is_shown_again_after_a_cut_and_in_another_window() {
    let world = GatewayWorld::shared();
    let (proxy, app) = behind(&world).await;
    let key = app.new_chat().await;
    // It begins while nothing is heard.
    app.turn("hello").await;
    proxy.set(Fault::Deaf);
    app.say(r#"tool exec {"command":"echo begun; sleep 6; echo ended"}"#);
    let mut raw = world.raw().await;
    while !raw.history(&key).await.iter().any(|m| m["content"].to_string().contains("toolCall")) {
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    cut(&proxy, &app).await;
    back(&proxy, &app).await;
    let running = |open: &ChatThread| {
        let tool = tools(&all(open)).pop()?;
        (tool.state == ToolState::Running && !tool.input.is_empty()).then_some(tool)
    };
    let tool = app.chat("the running tool", running).await;
    assert_eq!(tool.name, "exec");
    assert_eq!(tool.input.to_string(), "echo begun; sleep 6; echo ended");
    // Another window, which has never heard of it.
    let second = GatewayWorld::shared();
    let other = second.app();
    other.gateway().await;
    other.core.send(Command::OpenChat(Some(key.clone())));
    let seen = other.chat("the tool elsewhere", running).await;
    assert_eq!((seen.id.as_str(), seen.name.as_str()), (tool.id.as_str(), "exec"));
    for window in [&app, &other] {
        let open = window
            .chat("the end", |o| settled(o).filter(|e| e.len() == 5).map(|_| o.clone()))
            .await;
        let done = tools(&all(&open));
        assert_eq!(done.len(), 1, "{done:?}");
        assert_eq!((done[0].state, done[0].exit), (ToolState::Done, Some(0)));
        assert_eq!(done[0].output.to_string(), "begun\nended");
        assert!(answer(open.entries.last().unwrap()).unwrap().starts_with("tool said: begun"));
    }
}
