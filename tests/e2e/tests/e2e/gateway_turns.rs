//! Turns with a real OpenClaw gateway: what a person sends, what an agent does with it.

use e2e::App;
use e2e::gateway::{GatewayWorld, all, answer, answers, said, settled, tools};
use multiclaw_core::Command;
use multiclaw_core::model::{
    ChatChange, ChatDelivery, ChatThread, Decision, EntryKind, Permission, SendMode, ToolState,
};

async fn change(app: &App, key: &str, change: ChatChange, is: impl Fn(&ChatThread) -> bool) {
    app.core.send(Command::ChangeChat { key: key.into(), change: change.clone() });
    app.chat(&format!("{change:?}"), |open| is(open).then_some(())).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_message_is_answered_and_a_tool_s_output_is_shown() {
    let world = GatewayWorld::shared();
    let app = world.app();
    app.gateway().await;
    let key = app.new_chat().await;
    app.say("hello brave new world");
    let shown = app.chat("the message", |open| open.live.first().cloned()).await;
    let turn = app.chat("the answer", |o| settled(o).filter(|e| e.len() == 2).cloned()).await;
    assert_eq!(turn[0].id, shown.id, "it keeps its place and name");
    assert_eq!(answer(&turn[1]).unwrap(), "echo: hello brave new world");
    let EntryKind::Person { delivery, text, .. } = &turn[0].kind else { panic!("{turn:?}") };
    assert_eq!(
        (delivery, text.to_string().as_str()),
        (&ChatDelivery::Sent, "hello brave new world")
    );
    let row = app
        .until("its row", |m| {
            m.chat.list.items().iter().find(|row| row.key == key && !row.running).cloned()
        })
        .await;
    assert_eq!(row.title, "hello brave new world");

    let turn = app.turn(r#"tool exec {"command":"echo hi-from-exec"}"#).await;
    let tool = tools(&turn).pop().unwrap();
    assert_eq!((tool.name.as_str(), tool.state, tool.exit), ("exec", ToolState::Done, Some(0)));
    assert_eq!(tool.input.to_string(), "echo hi-from-exec");
    assert_eq!(tool.output.to_string(), "hi-from-exec");
    assert_eq!(answer(turn.last().unwrap()).unwrap(), "tool said: hi-from-exec");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_command_runs_only_when_it_is_allowed() {
    let world = GatewayWorld::shared();
    let app = world.app();
    app.gateway().await;
    let key = app.new_chat().await;
    let guarded = ChatChange::Permission(Permission::Guarded);
    change(&app, &key, guarded, |open| open.permission == Permission::Guarded).await;
    for (command, decision, state) in [
        ("touch allowed && echo made", Decision::AllowOnce, ToolState::Done),
        ("touch denied && echo made", Decision::Deny, ToolState::Denied),
    ] {
        app.say(&format!(r#"tool exec {{"command":"{command}"}}"#));
        let asked = app
            .until("an approval", |m| {
                m.chat.approvals.iter().find(|asked| asked.key == key).cloned()
            })
            .await;
        assert_eq!(asked.command, command);
        assert_eq!(asked.folder, world.peer().workspace().display().to_string());
        assert!(asked.allowed.contains(&decision), "{asked:?}");
        app.chat("the waiting call", |open| {
            let waits = |tool: &multiclaw_core::model::ToolCall| tool.state == ToolState::Waiting;
            tools(&all(open)).iter().any(waits).then_some(())
        })
        .await;
        app.core.send(Command::DecideApproval { id: asked.id.clone(), decision });
        let tool = app
            .chat("its end", |open| {
                settled(open)?;
                tools(&all(open)).pop().filter(|tool| tool.input.to_string() == command)
            })
            .await;
        assert_eq!(tool.state, state, "{tool:?}");
        let waits = app.core.model().chat.approvals.iter().any(|asked| asked.key == key);
        assert!(!waits, "it waits no more");
    }
    let made = |name: &str| world.peer().workspace().join(name).exists();
    assert!(made("allowed") && !made("denied"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_turn_can_be_stopped_and_a_provider_s_error_is_said_and_asked_again() {
    let world = GatewayWorld::shared();
    let app = world.app();
    app.gateway().await;
    let key = app.new_chat().await;
    app.say("slow 60 200");
    app.chat("words", |open| answers(open).iter().any(|a| a.contains("word3")).then_some(())).await;
    app.core.send(Command::StopChat);
    let entries = app.chat("the stop", |o| settled(o).filter(|e| e.len() == 2).cloned()).await;
    let EntryKind::Agent { text, stopped, .. } = &entries[1].kind else { panic!("{entries:?}") };
    assert!(*stopped && text.to_string().starts_with("word1 word2 word3"), "{text}");
    assert!(!text.to_string().contains("word60"));

    let turn = app.turn("fail 400").await;
    let EntryKind::Failed(problem) = &turn.last().unwrap().kind else { panic!("{turn:?}") };
    assert!(problem.what.contains("LLM request failed") && !problem.next.is_empty(), "{problem:?}");

    // Edited and sent again, the conversation goes on from before the message.
    app.core.send(Command::ResendChat { entry: turn[0].id.clone(), text: "hello again".into() });
    let thread = app
        .chat("another answer", |open| {
            settled(open)?;
            answers(open).last().is_some_and(|a| a == "echo: hello again").then(|| open.clone())
        })
        .await;
    assert_eq!(said(&thread), ["slow 60 200", "hello again"]);
    let mut raw = world.raw().await;
    assert_eq!(raw.asked(&key).await, ["slow 60 200", "hello again"]);
    // The same message once more.
    let last = thread.entries.last().unwrap().id.clone();
    app.core.send(Command::RetryChat(last.clone()));
    app.chat("the answer once more", |open| {
        let entries = settled(open)?;
        (entries.last().is_some_and(|e| e.id != last) && entries.len() == 4).then_some(())
    })
    .await;
    assert_eq!(raw.asked(&key).await, ["slow 60 200", "hello again"]);
    assert_eq!(raw.answered(&key).await.len(), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_message_goes_into_the_running_turn_or_after_it() {
    let world = GatewayWorld::shared();
    let app = world.app();
    app.gateway().await;
    let key = app.new_chat().await;
    let words: Vec<String> = (1..=12).map(|n| format!("word{n}")).collect();
    let words = words.join(" ");
    for (mode, text) in [(SendMode::Steer, "hello steered"), (SendMode::FollowUp, "hello after")] {
        let before = app.core.model().chat.open.as_ref().unwrap().entries.len();
        app.say("slow 12 250");
        app.chat("words", |open| {
            let live = open.live.iter().filter_map(|entry| answer(entry)).collect::<String>();
            live.contains("word2").then_some(())
        })
        .await;
        app.core.send(Command::SendChat { text: text.into(), mode });
        app.chat("both messages", |open| said(open).contains(&text.to_owned()).then_some(())).await;
        let entries = app
            .chat("both answers", |open| {
                settled(open)?;
                let new: Vec<_> = all(open).split_off(before);
                let done = new.iter().filter_map(answer).any(|a| a == format!("echo: {text}"));
                (done && new.iter().any(|e| answer(e).as_ref() == Some(&words))).then_some(new)
            })
            .await;
        let told: Vec<String> = entries
            .iter()
            .map(|entry| match &entry.kind {
                EntryKind::Person { text, .. } => format!("person: {text}"),
                EntryKind::Agent { text, .. } => format!("agent: {text}"),
                other => panic!("{other:?}"),
            })
            .collect();
        let person = |text: &str| told.iter().position(|t| *t == format!("person: {text}"));
        let agent = told.iter().position(|t| *t == format!("agent: echo: {text}")).unwrap();
        assert_eq!(told.len(), 4, "nothing is there twice: {told:?}");
        assert_eq!(person("slow 12 250"), Some(0), "{told:?}");
        assert!(person(text).unwrap() < agent, "the answer is below its message: {told:?}");
    }
    let mut raw = world.raw().await;
    assert_eq!(raw.asked(&key).await.len(), 4);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_agent_thinks_with_another_model_and_level() {
    let world = GatewayWorld::shared();
    let app = world.app();
    app.gateway().await;
    let key = app.new_chat().await;
    let model = "fake/echo-2".to_owned();
    change(&app, &key, ChatChange::Model(model.clone()), |o| o.model == model).await;
    app.chat("its levels", |o| o.thinking_levels.iter().any(|l| l == "high").then_some(())).await;
    change(&app, &key, ChatChange::Thinking("high".into()), |o| o.thinking == "high").await;
    app.say("think about the sea");
    let thought = |open: &ChatThread| {
        all(open).iter().find_map(|entry| match &entry.kind {
            EntryKind::Thinking { text, .. } => Some(text.to_string()),
            _ => None,
        })
    };
    let mut seen = None;
    let turn = app
        .chat("the answer", |open| {
            settled(open).filter(|entries| entries.len() > 1).map(|_| open.clone())
        })
        .await;
    seen = seen.or_else(|| thought(&turn));
    assert_eq!(seen.as_deref(), Some("considering: about the sea"), "{turn:?}");
    assert_eq!(answers(&turn), ["echo: about the sea"]);
    let EntryKind::Agent { model: by, .. } = &turn.entries.last().unwrap().kind else { panic!() };
    assert_eq!(*by, model);
    // Back to what the agent has itself.
    change(&app, &key, ChatChange::Model(String::new()), |o| o.model.is_empty()).await;
    let turn = app.turn("hello").await;
    let EntryKind::Agent { model: by, .. } = &turn.last().unwrap().kind else { panic!("{turn:?}") };
    assert_eq!(by, "fake/echo-1");
}
