//! What is written: whose it is, where it goes, and that it is not lost.

use super::*;

/// Conversations are seen by whoever wrote them, and go to no other account.
#[tokio::test]
async fn what_a_person_wrote_goes_to_nobody_else() {
    let folder = folder();
    let mut bench = Bench::start(folder.path()).await;
    bench.sign_in("ada", &["w"]).await;
    bench.send("Secret plans").await;
    let id = bench.open_id();
    bench.engine.command(Command::SearchConversations("secret".into()));
    bench.engine.notice(Problem { what: "Secret plans failed".into(), next: String::new() });
    bench.engine.command(Command::SignOut);
    // Somebody without a workspace writes too: it is theirs all the same.
    bench.sign_in("carl", &[]).await;
    bench.engine.command(Command::NewConversation);
    bench.send("Alone").await;
    assert_eq!(bench.rows(), [("Alone", Place::Local)]);
    bench.engine.command(Command::SignOut);
    bench.settle().await;
    assert_eq!(bench.rows(), []);
    assert_eq!(bench.model().conversations.search, None);
    assert_eq!(bench.model().notice, None);
    // Also after a restart.
    let mut bench = Bench::start(folder.path()).await;
    bench.sign_in("eve", &["w"]).await;
    assert_eq!(bench.cloud_takes_all().await, [""; 0]);
    assert_eq!(bench.rows(), []);
    // An owner sees what the workspace has of it, and not this machine's file.
    bench.listed(vec![row(&id, "ada")]);
    assert_eq!(bench.rows(), [("of ada", Place::Workspace)]);
    bench.open(&id).await;
    assert_eq!(bench.texts(), []);
    bench.answer(Asked::Last, 1..=1, false);
    assert_eq!(bench.texts(), [("text 1", Delivery::Sent)]);
    bench.engine.command(Command::SignOut);
    bench.sign_in("carl", &["w"]).await;
    assert_eq!(bench.cloud_takes_all().await, ["Alone"]);
    assert_eq!(bench.rows(), [("Alone", Place::Synced)]);
    bench.engine.command(Command::SignOut);
    bench.sign_in("ada", &["w"]).await;
    assert_eq!(bench.cloud_takes_all().await, ["Secret plans"]);
    assert_eq!(bench.rows(), [("Secret plans", Place::Synced)]);
    bench.engine.command(Command::OpenConversation(Some(id)));
    bench.settle().await;
    assert_eq!(bench.texts(), [("Secret plans", Delivery::Sent)]);
}

/// The file takes a moment to be read; what is written meanwhile is neither hidden nor kept back.
#[tokio::test]
async fn what_is_written_while_the_file_is_read_is_sent() {
    let folder = folder();
    let mut bench = Bench::start(folder.path()).await;
    bench.sign_in("ada", &["w"]).await;
    bench.send("one").await;
    let id = bench.open_id();
    bench.cloud_takes_all().await;
    bench.engine.command(Command::OpenConversation(None));
    bench.engine.command(Command::OpenConversation(Some(id.clone())));
    bench.engine.command(Command::RenameConversation("Title".into()));
    bench.send("two").await;
    assert_eq!(bench.texts(), [("one", Delivery::Sent), ("two", Delivery::Unsent)]);
    assert_eq!(bench.rows(), [("Title", Place::Synced)]);
    assert_eq!(bench.cloud_takes_all().await, ["two"]);
    let mut again = Bench::start(folder.path()).await;
    again.sign_in("ada", &["w"]).await;
    again.open(&id).await;
    assert_eq!(again.texts(), [("one", Delivery::Sent), ("two", Delivery::Sent)]);
}

#[tokio::test]
async fn what_is_written_while_the_file_is_read_is_shown_without_a_workspace_too() {
    let folder = folder();
    let mut bench = Bench::start(folder.path()).await;
    bench.send("one").await;
    let id = bench.open_id();
    bench.engine.command(Command::OpenConversation(Some(id)));
    bench.send("two").await;
    assert_eq!(bench.texts(), [("one", Delivery::Local), ("two", Delivery::Local)]);
    assert_eq!(bench.rows(), [("one", Place::Local)]);
    // Joining in the very moment takes both.
    bench.sign_in("ada", &["w"]).await;
    assert_eq!(bench.cloud_takes_all().await, ["one", "two"]);
}

#[tokio::test]
async fn what_is_written_in_the_moment_of_joining_is_sent() {
    let folder = folder();
    let mut bench = Bench::start(folder.path()).await;
    bench.send("one").await;
    // It is being read for the workspace, and has just been read when this comes.
    bench.enter("ada", &["w"]);
    bench.send("two").await;
    bench.engine.command(Command::OpenConversation(None));
    assert_eq!(bench.cloud_takes_all().await, ["one", "two"]);
}

/// Joining with a long conversation: in parts, whole, once, in order, also across a crash.
#[tokio::test]
async fn a_long_conversation_is_taken_into_the_workspace_in_parts() {
    let folder = folder();
    let mut bench = Bench::start(folder.path()).await;
    let lines: Vec<Record> = (0..300).map(line).collect();
    bench.engine.keeper.append(
        standing(Standing::Cloud),
        "c1".into(),
        vec![Record::Title("Long".into())],
    );
    bench.engine.keeper.append(standing(Standing::Cloud), "c1".into(), lines);
    bench.settle().await;
    let mut bench = Bench::start(folder.path()).await;
    bench.sign_in("ada", &["w"]).await;
    assert!(bench.unsent().len() < 100, "{}", bench.unsent().len());
    assert_eq!(bench.model().notice, None);
    let files = std::fs::read_dir(folder.path().join("outbox")).unwrap().count();
    assert_eq!(files, bench.unsent().len());
    // The program is gone in the middle of it, and somebody else signs in.
    let mut bench = Bench::start(folder.path()).await;
    bench.sign_in("eve", &["w"]).await;
    assert_eq!((bench.cloud_takes_all().await.len(), bench.rows()), (0, vec![]));
    bench.engine.command(Command::SignOut);
    bench.sign_in("ada", &["w"]).await;
    // What is written meanwhile comes after all of them.
    bench.open("c1").await;
    bench.send("last").await;
    let taken = bench.cloud_takes_all().await;
    let expected = (0..300).map(|n| format!("text {n}")).chain(["last".into()]);
    assert_eq!(taken, expected.collect::<Vec<_>>());
    assert_eq!(bench.rows(), [("Long", Place::Synced)]);
    assert!(bench.texts().iter().all(|(_, delivery)| *delivery == Delivery::Sent));
    bench.settle().await;
    let mut bench = Bench::start(folder.path()).await;
    bench.sign_in("ada", &["w"]).await;
    assert_eq!(bench.cloud_takes_all().await, [""; 0], "everything is there");
}

#[tokio::test]
async fn one_that_the_workspace_does_not_take_holds_no_other_up() {
    let folder = folder();
    let mut bench = Bench::start(folder.path()).await;
    for id in ["c1", "c2"] {
        bench.engine.keeper.append(
            standing(Standing::Cloud),
            id.into(),
            (0..200).map(line).collect(),
        );
    }
    bench.settle().await;
    let mut bench = Bench::start(folder.path()).await;
    bench.sign_in("ada", &["w"]).await;
    bench.cloud_refuses();
    assert_eq!(bench.cloud_takes_all().await.len(), 200);
    let places: Vec<Place> = bench.rows().into_iter().map(|(_, place)| place).collect();
    assert_eq!(places, [Place::Local, Place::Synced]);
}

/// A crash with a full outbox.
#[tokio::test]
async fn a_restart_brings_back_what_waits_and_nothing_that_is_gone() {
    let folder = folder();
    let mut bench = Bench::start(folder.path()).await;
    bench.sign_in("ada", &["w"]).await;
    bench.send("mine").await;
    let mine = bench.open_id();
    // One that was begun on another machine, and one that was deleted.
    bench.listed(vec![row("elsewhere", "ada")]);
    bench.open("elsewhere").await;
    bench.send("answer").await;
    bench.engine.command(Command::NewConversation);
    bench.send("regret").await;
    let gone = bench.open_id();
    bench.engine.command(Command::DeleteConversation(gone.clone()));
    bench.settle().await;
    let of_gone: Vec<Act> =
        bench.unsent().into_iter().filter(|act| act.conversation() == Some(&gone)).collect();
    assert_eq!(of_gone, [Act::DeleteConversation { id: gone.clone() }]);
    // The crash came before its file was written.
    let conversations = folder.path().join("openclaw/conversations");
    std::fs::remove_file(conversations.join(format!("{mine}.jsonl"))).unwrap();
    for _ in 0..3 {
        let mut bench = Bench::start(folder.path()).await;
        assert_eq!(bench.rows(), [], "it is nobody's but hers");
        bench.sign_in("ada", &["w"]).await;
        assert_eq!(bench.rows(), [("mine", Place::Synced)]);
        assert_eq!(bench.unsent().len(), 4, "{:?}", bench.unsent());
        bench.listed(vec![row("elsewhere", "ada")]);
        bench.open("elsewhere").await;
        assert_eq!(bench.texts(), [("answer", Delivery::Unsent)]);
        assert_eq!(std::fs::read_dir(&conversations).unwrap().count(), 1);
    }
    let file = std::fs::read_to_string(conversations.join(format!("{mine}.jsonl"))).unwrap();
    assert_eq!(file.matches("\"message\"").count(), 1, "{file}");
}

#[tokio::test]
async fn what_is_refused_is_kept_and_every_problem_is_said() {
    let folder = folder();
    let mut bench = Bench::start(folder.path()).await;
    bench.sign_in("ada", &["w"]).await;
    let ticket = crate::model::Ticket(7);
    let draft = wire::TaskDraft { title: "Tidy".into(), ..wire::TaskDraft::default() };
    bench.engine.command(Command::CreateTask { ticket, draft });
    // Its form was closed, so that the text is nowhere else.
    bench.engine.command(Command::Forget(ticket));
    bench.cloud_refuses();
    bench.listed(vec![row("elsewhere", "ada")]);
    bench.open("elsewhere").await;
    bench.send("answer").await;
    bench.cloud_refuses();
    bench.settle().await;
    let mut titles: Vec<_> = bench.rows().into_iter().map(|(title, _)| title).collect();
    titles.sort_unstable();
    let expected =
        ["A message that could not be sent", "A task that could not be created", "of ada"];
    assert_eq!(titles, expected);
    let said = bench.model().notice.clone().unwrap();
    assert!(said.what.contains("Tidy"), "{said:?}");
    bench.engine.command(Command::DismissNotice);
    let said = bench.model().notice.clone().unwrap();
    assert_eq!(said.what, "The workspace did not take what you wrote.");
    bench.engine.command(Command::DismissNotice);
    assert_eq!(bench.model().notice, None);
}

#[tokio::test]
async fn the_draft_of_a_new_conversation_outlives_the_program() {
    let folder = folder();
    let mut bench = Bench::start(folder.path()).await;
    bench.engine.command(Command::NewConversation);
    bench.engine.command(Command::KeepDraft("Dear".into()));
    bench.engine.command(Command::KeepDraft("Dear Ada".into()));
    bench.settle().await;
    let draft = |bench: &Bench| bench.model().conversations.open.as_ref().unwrap().draft.clone();
    let mut bench = Bench::start(folder.path()).await;
    bench.engine.command(Command::NewConversation);
    assert_eq!(draft(&bench), "Dear Ada");
    bench.send("Dear Ada,").await;
    assert_eq!(draft(&bench), "");
    bench.engine.command(Command::KeepDraft("P.S.".into()));
    bench.engine.command(Command::NewConversation);
    assert_eq!(draft(&bench), "");
    // Nobody reads what somebody else has begun.
    bench.engine.command(Command::KeepDraft("local".into()));
    bench.sign_in("ada", &["w"]).await;
    bench.engine.command(Command::NewConversation);
    assert_eq!(draft(&bench), "");
    bench.engine.command(Command::KeepDraft("hers".into()));
    bench.engine.command(Command::SignOut);
    bench.sign_in("eve", &["w"]).await;
    bench.engine.command(Command::NewConversation);
    assert_eq!(draft(&bench), "");
}

#[tokio::test]
async fn a_conversation_of_somebody_else_is_only_read() {
    let folder = folder();
    let mut bench = Bench::start(folder.path()).await;
    bench.sign_in("eve", &["w"]).await;
    bench.listed(vec![row("c", "ada")]);
    bench.open("c").await;
    bench.engine.command(Command::KeepDraft("Hello".into()));
    bench.send("Hello").await;
    assert_eq!(bench.unsent(), []);
    assert!(bench.model().notice.is_some());
}

/// A tab in the first line would make a title that the cloud refuses.
#[tokio::test]
async fn titles_are_ones_that_the_cloud_takes() {
    let folder = folder();
    let mut bench = Bench::start(folder.path()).await;
    bench.sign_in("ada", &["w"]).await;
    bench.send("a\tb\nc").await;
    bench.engine.command(Command::RenameConversation(" x\u{7}y\nz ".into()));
    bench.engine.command(Command::NewConversation);
    bench.engine.command(Command::RenameConversation("Mine".into()));
    bench.send("text").await;
    let titles = bench.unsent().into_iter().filter_map(|act| match act {
        Act::PutConversation { title, .. } => Some(title),
        _ => None,
    });
    assert_eq!(titles.collect::<Vec<_>>(), ["a b", "x y z", "Mine"]);
}
