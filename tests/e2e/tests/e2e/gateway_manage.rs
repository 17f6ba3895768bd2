//! Conversations of a real OpenClaw gateway: what is done with them, and what belongs to the next
//! message.

use e2e::App;
use e2e::gateway::{Desk, GatewayWorld, answers, settled};
use multiclaw_core::Command;
use multiclaw_core::engine::{Config, Pixels};
use multiclaw_core::model::{ChatChange, ChatRow, ChatThread, EntryKind, Model};
use std::sync::Arc;

fn row(model: &Model, key: &str) -> Option<Arc<ChatRow>> {
    model.chat.list.items().iter().find(|row| row.key == key).cloned()
}

async fn listed(app: &App, what: &str, key: &str, is: impl Fn(&ChatRow) -> bool) -> Arc<ChatRow> {
    app.until(what, |m| row(m, key).filter(|row| is(row))).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_conversation_is_named_pinned_found_emptied_summarised_and_deleted() {
    let world = GatewayWorld::shared();
    let app = world.app();
    app.gateway().await;
    let key = app.new_chat().await;
    app.turn("hello quite unmistakable pangolin").await;
    listed(&app, "its row", &key, |row| row.title == "hello quite unmistakable pangolin").await;
    let change = |change| app.core.send(Command::ChangeChat { key: key.clone(), change });
    change(ChatChange::Title("About pangolins".into()));
    listed(&app, "its title", &key, |row| row.title == "About pangolins").await;
    change(ChatChange::Pinned(true));
    listed(&app, "its pin", &key, |row| row.pinned).await;
    let first = app.core.model().chat.list.items().first().cloned().unwrap();
    assert!(first.pinned, "what is pinned comes first: {first:?}");
    // Another window hears of it.
    let second = GatewayWorld::shared();
    let other = second.app();
    other.gateway().await;
    listed(&other, "both elsewhere", &key, |row| row.pinned && row.title == "About pangolins")
        .await;

    for (asked, found) in [("unmistakable", "message"), ("About pang", "title")] {
        app.core.send(Command::SearchChats(asked.into()));
        let hits = app
            .until("hits", |m| {
                let search = m.chat.search.as_ref().filter(|s| s.text == asked && !s.busy)?;
                assert_eq!(search.problem, None);
                Some(Arc::clone(&search.hits))
            })
            .await;
        assert!(hits.iter().any(|hit| hit.key == key), "by its {found}: {hits:?}");
    }
    app.core.send(Command::SearchChats(String::new()));

    for n in 0..3 {
        app.turn(&format!("hello number {n}")).await;
    }
    app.core.send(Command::CompactChat);
    app.chat("the work", |open| open.busy.clone()).await;
    app.chat("its end", |open| (open.busy.is_none() && !open.loading).then_some(())).await;
    let noted = |open: &ChatThread| {
        open.entries.iter().any(|entry| matches!(&entry.kind, EntryKind::Note(_)))
    };
    // A short conversation may be left as it is: then it says so.
    app.until("what became of it", |m| {
        (m.chat.open.as_ref().is_some_and(noted) || m.notice.is_some()).then_some(())
    })
    .await;
    app.core.send(Command::DismissNotice);

    app.core.send(Command::ResetChat(key.clone()));
    app.chat("an empty conversation", |open| {
        settled(open)?;
        (open.busy.is_none() && !open.loading && answers(open).is_empty()).then_some(())
    })
    .await;
    let turn = app.turn("hello after it").await;
    assert_eq!(e2e::gateway::answer(turn.last().unwrap()).unwrap(), "echo: hello after it");

    app.core.send(Command::DeleteChat(key.clone()));
    app.until("no such conversation", |m| {
        (row(m, &key).is_none() && m.chat.open.is_none()).then_some(())
    })
    .await;
    other.until("nor elsewhere", |m| row(m, &key).is_none().then_some(())).await;
    assert!(world.raw().await.history(&key).await.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_begun_outlives_a_start_of_the_app_and_is_gone_when_it_is_sent() {
    let world = GatewayWorld::shared();
    let app = world.app();
    app.gateway().await;
    let key = app.new_chat().await;
    app.turn("hello").await;
    app.core.send(Command::KeepChatDraft("begun and\nnot sent".into()));
    // The disk has a thread of its own.
    let path = world.data().join("openclaw/conversations/chat-drafts.json");
    let file = async {
        while !std::fs::read_to_string(&path).is_ok_and(|text| text.contains("not sent")) {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(e2e::PATIENCE, file).await.expect("it is kept");
    drop(app);
    let app = world.app();
    app.gateway().await;
    app.core.send(Command::OpenChat(Some(key.clone())));
    app.chat("the draft", |open| (open.draft == "begun and\nnot sent").then_some(())).await;
    app.chat("the messages", |open| (open.entries.len() == 2).then_some(())).await;
    app.turn("hello instead").await;
    assert_eq!(app.core.model().chat.open.as_ref().unwrap().draft, "");
}

/// A picture as the clipboard has it, and a file of it.
fn picture(wide: u32, high: u32) -> Pixels {
    let rgba = (0..wide * high).flat_map(|n| [n as u8, (n >> 8) as u8, 90, 255]).collect();
    Pixels { width: wide, height: high, rgba }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn files_and_pictures_arrive_with_the_message() {
    let world = GatewayWorld::shared();
    let clipboard = Some(picture(64, 48)).into();
    let desk = Arc::new(Desk { clipboard, ..Desk::default() });
    let platform = Arc::clone(&desk);
    let app = world.app_with(Config { platform, ..world.config() });
    app.gateway().await;
    let key = app.new_chat().await;
    // Smallest GIF, a text by the dialog, a picture of the clipboard.
    let gif = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\xff\xff\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;";
    let (dropped, picked) = (world.folder().join("dot.gif"), world.folder().join("notes.txt"));
    std::fs::write(&dropped, gif).unwrap();
    std::fs::write(&picked, "these are notes").unwrap();
    *desk.files.lock() = vec![picked];
    let attached = |n: usize| {
        move |open: &ChatThread| {
            let all = &open.attachments;
            (all.len() == n && all.iter().all(|file| !file.reading)).then(|| all.clone())
        }
    };
    app.core.send(Command::AttachFile(dropped));
    app.chat("the dropped file", attached(1)).await;
    app.core.send(Command::PickAttachments);
    app.chat("the picked file", attached(2)).await;
    app.core.send(Command::AttachClipboard);
    let files = app.chat("the clipboard's picture", attached(3)).await;
    for file in &files {
        assert_eq!(file.problem, None, "{file:?}");
    }
    let kinds: Vec<(&str, bool)> = files.iter().map(|f| (f.mime.as_str(), f.picture)).collect();
    assert_eq!(kinds, [("image/gif", true), ("text/plain", false), ("image/png", true)]);
    let sizes: Vec<u64> = files.iter().map(|file| file.bytes).collect();
    assert_eq!(sizes[..2], [gif.len() as u64, 15]);

    let turn = app.turn("hello with files").await;
    assert!(app.core.model().chat.open.as_ref().unwrap().attachments.is_empty());
    let EntryKind::Person { text, media, .. } = &turn[0].kind else { panic!("{turn:?}") };
    assert!(text.to_string().starts_with("hello with files"), "{text}");
    assert!(media.iter().filter(|file| file.mime.starts_with("image/")).count() >= 2, "{media:?}");
    let shown = media.iter().find(|file| file.mime == "image/png").unwrap();
    assert!(shown.preview.is_some(), "its small picture stays");
    let messages = world.raw().await.history(&key).await;
    let sent = messages.iter().find(|message| message["role"] == "user").unwrap();
    let there = sent["__openclaw"]["media"].as_array().unwrap();
    for (mime, size) in [("image/gif", sizes[0]), ("image/png", sizes[2])] {
        let has = |file: &serde_json::Value| {
            file["contentType"] == mime && file["sizeBytes"].as_u64() == Some(size)
        };
        assert!(there.iter().any(has), "{mime} of {size}: {sent}");
    }
    assert!(sent.to_string().contains("notes"), "the text file: {sent}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_end_of_a_long_turn_is_said_while_the_window_is_behind() {
    let world = GatewayWorld::shared();
    let desk = Arc::new(Desk::default());
    let platform = Arc::clone(&desk);
    let app = world.app_with(Config { platform, ..world.config() });
    app.gateway().await;
    app.core.send(Command::SetNotifications(true));
    app.core.send(Command::WindowFocused(false));
    let key = app.new_chat().await;
    app.turn("hello").await;
    app.turn("slow 26 420").await;
    let title = app.core.model().chat.open.as_ref().unwrap().title.clone();
    let own = || {
        let said = desk.said.lock().clone();
        said.into_iter().filter(|(of, _)| *of == title).collect::<Vec<_>>()
    };
    let told = async {
        while own().is_empty() {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(e2e::PATIENCE, told).await.expect("it is said");
    let all = own();
    assert_eq!(all.len(), 1, "a short turn is not worth it: {all:?}");
    assert!(all[0].1.starts_with("word1 word2 word3"), "{all:?}");
    assert!(app.core.model().chat.open.as_ref().is_some_and(|open| open.key == key));
}
