//! What comes from the workspace: late, doubled, with holes, or not at all.

use super::*;

#[tokio::test]
async fn news_that_come_while_something_loads_are_not_lost() {
    let folder = folder();
    let mut bench = Bench::start(folder.path()).await;
    bench.sign_in("ada", &["w"]).await;
    bench.listed(vec![row("c", "ada")]);
    bench.open("c").await;
    bench.engine.message_event(2, chat("c", "m51", 51, "text 51"));
    // The page left before the news.
    bench.answer(Asked::Last, 31..=50, true);
    bench.answer(Asked::After(50), 51..=51, false);
    assert_eq!((bench.request(), bench.texts().len()), (None, 21));
    let thread = bench.model().conversations.open.clone().unwrap();
    assert!(thread.more && !thread.loading);
    bench.engine.command(Command::LoadOlderMessages);
    bench.answer(Asked::Before(31), 1..=30, false);
    assert_eq!(bench.texts().len(), 51);
    assert!(!bench.model().conversations.open.as_ref().unwrap().more);
}

/// A lost event leaves a hole; what comes after it does not hide it.
#[tokio::test]
async fn a_hole_is_filled_by_the_next_resync() {
    let folder = folder();
    let mut bench = Bench::start(folder.path()).await;
    bench.sign_in("ada", &["w"]).await;
    bench.listed(vec![row("c", "ada")]);
    bench.open("c").await;
    bench.answer(Asked::Last, 1..=3, false);
    bench.send("mine").await;
    let home = bench.engine.home().unwrap();
    let entry = bench.engine.talk.outbox.take_next(&home, Instant::now()).unwrap();
    let Act::Message { message, .. } = &entry.act else { panic!("{entry:?}") };
    let answer = Answer::Message(chat("c", &message.id, 5, "mine"));
    bench.engine.delivered(&entry, Ok(answer));
    // Number 4 never came.
    bench.engine.catch_up();
    bench.answer(Asked::After(3), 4..=4, false);
    let texts: Vec<_> = bench.texts().into_iter().map(|(text, _)| text).collect();
    assert_eq!(texts, ["text 1", "text 2", "text 3", "text 4", "mine"]);
}

#[tokio::test]
async fn a_server_that_always_has_more_is_not_asked_forever() {
    let folder = folder();
    let mut bench = Bench::start(folder.path()).await;
    bench.sign_in("ada", &["w"]).await;
    bench.listed(vec![row("c", "ada")]);
    bench.open("c").await;
    bench.answer(Asked::Last, 5..=9, true);
    bench.engine.catch_up();
    bench.answer(Asked::After(9), 8..=9, true);
    assert_eq!(bench.request(), None);
    bench.engine.command(Command::LoadOlderMessages);
    bench.answer(Asked::Before(5), 5..=5, true);
    assert_eq!(bench.request(), None);
    assert!(!bench.model().conversations.open.as_ref().unwrap().more);
    bench.engine.message_event(3, chat("c", "far", u64::MAX, "far"));
    bench.engine.message_event(4, chat("c", "far2", u64::MAX, "far"));
}

/// Changing a row gives the list that making it anew gives.
#[tokio::test]
async fn a_row_changes_as_the_list_does() {
    let folder = folder();
    let mut bench = Bench::start(folder.path()).await;
    bench.sign_in("ada", &["w"]).await;
    let at = |n: u64| format!("2026-11-21T14:{:02}:22Z", n % 60);
    let listed =
        |n: u64| wire::Conversation { updated_at: at(n * 7), ..row(&format!("c{n}"), "eve") };
    bench.listed((0..50).map(listed).collect());
    let home = bench.engine.home();
    for n in 0_u64..200 {
        let id = format!("c{}", n * 13 % 80);
        match n % 5 {
            0 => bench.engine.workspace.conversations.remove(n + 2, &id),
            1 | 2 => {
                let row = wire::Conversation { updated_at: at(n * 11), ..row(&id, "eve") };
                bench.engine.workspace.conversations.put(n + 2, row);
            }
            3 => {
                let home = home.clone().filter(|_| n % 2 == 0);
                let head = Head { id: id.clone(), home, updated_at: at(n), ..Head::default() };
                bench.engine.talk.heads.insert(id.clone(), head);
            }
            _ => {
                bench.engine.talk.heads.remove(&id);
            }
        }
        bench.engine.list_conversation(&id);
        let one = bench.model().conversations.list.clone();
        bench.engine.list_conversations();
        assert_eq!(one, bench.model().conversations.list, "{n}");
    }
}

#[tokio::test]
async fn a_cloud_in_trouble_is_not_flooded() {
    let folder = folder();
    let mut bench = Bench::start(folder.path()).await;
    bench.sign_in("ada", &["w"]).await;
    let engine = &mut bench.engine;
    let wait = |engine: &Engine| engine.workspace_deadline().map(|at| at - Instant::now());
    engine.reload_after(&ApiError::Forbidden);
    assert_eq!(wait(engine), None, "what is refused stays refused");
    let mut waits = Vec::new();
    for _ in 0..8 {
        engine.load_workspace();
        // Every list fails.
        (0..6).for_each(|_| engine.reload_after(&ApiError::Server { status: 503 }));
        waits.push(wait(engine).unwrap().as_secs());
    }
    assert!((5..10).contains(&waits[0]) && waits[2] > waits[0] * 2, "{waits:?}");
    assert!((200..=300).contains(&waits[7]), "{waits:?}");
    // Events that always miss others load the lists now and once more later.
    engine.load_workspace();
    let loads = engine.generation;
    for n in 1..100_u64 {
        let kind = wire::ItemKind::Agent;
        engine.item_removed(n * 10, n * 10 - 1, "w", kind, "x");
    }
    assert_eq!(engine.generation, loads);
    assert!(wait(engine).is_some());
}
