//! Long conversations of a real OpenClaw gateway: reading them to their beginning, writing them
//! into files.

use e2e::App;
use e2e::gateway::{Desk, GatewayWorld, all, answer, answers, tools};
use multiclaw_core::Command;
use multiclaw_core::engine::Config;
use multiclaw_core::model::{ChatThread, Export, ExportFormat, ToolCall};
use serde_json::Value;
use std::sync::Arc;

async fn open(app: &App, key: &str) {
    app.core.send(Command::OpenChat(Some(key.to_owned())));
    app.chat("its messages", |open| {
        (open.key == key && !open.loading && !open.entries.is_empty()).then_some(())
    })
    .await;
}

/// Loads a page of older messages.
async fn older(app: &App) {
    let first = |open: &ChatThread| open.entries.first().map(|entry| entry.id.clone());
    let before = app.core.model().chat.open.as_ref().and_then(first);
    app.core.send(Command::LoadOlderChat);
    app.chat("an older page", |open| {
        (!open.loading && (first(open) != before || !open.older)).then_some(())
    })
    .await;
}

fn problem_free(app: &App) {
    let model = app.core.model();
    assert_eq!(model.chat.open.as_ref().unwrap().problem, None);
    assert_eq!(model.notice, None);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_long_history_is_read_to_its_beginning_and_written_into_files() {
    let world = GatewayWorld::shared();
    let desk = Arc::new(Desk::default());
    let platform = Arc::clone(&desk);
    let app = world.app_with(Config { platform, ..world.config() });
    app.gateway().await;
    let key = app.new_chat().await;
    app.turn("hello first").await;
    // What is open is kept up to date, and nobody is to look now.
    app.core.send(Command::OpenChat(None));
    app.until("nothing open", |m| m.chat.open.is_none().then_some(())).await;
    let mut raw = world.raw().await;
    raw.inject(&key, (0..1198).map(|n| format!("message {n}"))).await;
    // A line of a megabyte, and a tool with much to say.
    let line = "x".repeat(1_000_000);
    raw.inject(&key, [format!("long {line} end")]).await;
    open(&app, &key).await;
    app.turn(r#"tool exec {"command":"seq 1 60000"}"#).await;
    app.core.send(Command::OpenChat(None));
    app.until("nothing open", |m| m.chat.open.is_none().then_some(())).await;

    open(&app, &key).await;
    let mut pages = 1;
    while app.core.model().chat.open.as_ref().unwrap().older {
        older(&app).await;
        pages += 1;
        assert!(pages < 40, "it ends");
    }
    assert!(pages >= 6, "in pages: {pages}");
    problem_free(&app);
    let thread = app.core.model().chat.open.clone().unwrap();
    let told = answers(&thread);
    let numbered: Vec<&String> = told.iter().filter(|t| t.starts_with("message ")).collect();
    assert_eq!(numbered.len(), 1198);
    for (n, text) in numbered.iter().enumerate() {
        assert_eq!(**text, format!("message {n}"));
    }
    assert_eq!(told[0], "echo: hello first");
    let mut ids: Vec<&str> = thread.entries.iter().map(|entry| entry.id.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), thread.entries.len(), "no entry is there twice");

    // What was cut off is loaded whole when it is asked for.
    let whole = |open: &ChatThread| {
        let long = |entry: &&Arc<multiclaw_core::model::Entry>| {
            answer(entry).is_some_and(|text| text.starts_with("long x"))
        };
        open.entries.iter().find(long).cloned()
    };
    let cut = whole(&thread).expect("the long line");
    assert!(answer(&cut).unwrap().len() >= 90_000, "{}", answer(&cut).unwrap().len());
    app.core.send(Command::LoadToolOutput(cut.id.clone()));
    let text = app
        .chat("the whole line", |open| {
            whole(open).and_then(|entry| answer(&entry)).filter(|text| text.ends_with(" end"))
        })
        .await;
    assert_eq!(text, format!("long {line} end"));
    let tool: ToolCall = tools(&all(&thread)).pop().expect("the tool");
    let output = tool.output.to_string();
    // The gateway keeps only some of it, and says nothing of the rest.
    assert!(output.len() >= 8_000, "{} bytes", output.len());

    for (format, name) in [(ExportFormat::Markdown, "all.md"), (ExportFormat::Json, "all.json")] {
        let path = world.folder().join(name);
        *desk.save.lock() = Some(path.clone());
        app.core.send(Command::ExportChat(format));
        let shown = app
            .until("the file", |m| match &m.chat.export {
                Some(Export::Done(name)) => Some(name.clone()),
                Some(Export::Failed(problem)) => panic!("{problem:?}"),
                _ => None,
            })
            .await;
        assert!(shown.ends_with(name), "{shown}");
        app.core.send(Command::ForgetExport);
        app.until("no message", |m| m.chat.export.is_none().then_some(())).await;
        let text = std::fs::read_to_string(path).unwrap();
        let at = |what: &str| text.find(what).unwrap_or_else(|| panic!("{name} has no {what}"));
        let mut before = at("hello first");
        for n in 0..1198 {
            let end = if format == ExportFormat::Json { "\"" } else { "\n" };
            let here = at(&format!("message {n}{end}"));
            assert!(here > before, "message {n} is in its place");
            before = here;
        }
        assert!(at("seq 1 60000") > before, "the tool comes last");
        assert!(text.contains(&format!("long {line} end")), "the long line is there, whole");
        if format == ExportFormat::Json {
            let all: Value = serde_json::from_str(&text).unwrap();
            assert_eq!(all["entries"].as_array().unwrap().len(), thread.entries.len());
        }
    }
}
