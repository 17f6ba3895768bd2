//! The engine's conversations without a cloud: answers and events are put in by hand.

use super::super::account::SignedIn;
use super::super::{Config, Event};
use super::open::Asked;
use super::sending::Answer;
use super::*;
use crate::command::Command;
use crate::model::{Delivery, Model, Place};
use crate::storage::conversations::{Line, Record};
use crate::sync::outbox::Act;
use cloud_client::wire::{self, Speaker};
use cloud_client::{ApiError, BearerToken};
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;
use tempfile::TempDir;
use tokio::sync::mpsc;

const CLOUD: &str = "https://localhost:1";

/// An engine, its folder, and its events.
struct Bench {
    engine: Engine,
    events: mpsc::Receiver<Event>,
}

impl Bench {
    fn new(folder: &Path) -> Self {
        let config = Config {
            cloud: CLOUD.into(),
            data: folder.to_owned(),
            loopback: false,
            relay_only: false,
            agent: "test".into(),
            sign_in: None,
            open: None,
            browser: Box::new(|_| true),
            stats_listener: None,
        };
        let door = net::Door::new(net::Policy::default(), net::Trust::System).unwrap();
        let screens = Box::new(|| -> Box<dyn stream::pipeline::Screen> { unreachable!() });
        let (engine, events) = Engine::new(config, door, screens, Arc::new(|| {})).unwrap();
        let mut bench = Self { engine, events };
        bench.engine.restore_from_outbox();
        bench.engine.read_conversations();
        bench
    }

    async fn start(folder: &Path) -> Self {
        let mut bench = Self::new(folder);
        bench.settle().await;
        bench
    }

    /// Acts on events until the disk has done everything that was asked.
    async fn settle(&mut self) {
        for _ in 0..4 {
            let (done, mut is_done) = tokio::sync::oneshot::channel();
            self.engine.keeper.read(self.engine.events.clone(), move |_| {
                Event::Now(Box::new(move |_| done.send(()).unwrap()))
            });
            while is_done.try_recv().is_err() {
                let event = self.events.recv().await.unwrap();
                // Nothing answers: that would only add problems.
                if !matches!(event, Event::Then(..) | Event::Cloud(..) | Event::Desktops(..)) {
                    self.engine.event(event);
                }
            }
        }
    }

    async fn sign_in(&mut self, person: &str, workspaces: &[&str]) {
        let generation = self.engine.next_generation();
        self.engine.account.begin_attempt(generation, tokio::spawn(async {}));
        let workspace = |id: &&str| {
            let (id, name) = ((*id).to_owned(), (*id).to_owned());
            wire::Workspace { id, name, role: wire::Role::Owner }
        };
        let signed_in = SignedIn {
            token: BearerToken::new("token".into()),
            user: wire::User {
                id: person.into(),
                name: person.into(),
                email: format!("{person}@example.com"),
            },
            workspaces: workspaces.iter().map(workspace).collect(),
        };
        self.engine.signed_in(generation, Ok(signed_in));
        self.settle().await;
    }

    async fn send(&mut self, text: &str) {
        self.engine.command(Command::SendMessage(text.into()));
        self.settle().await;
    }

    async fn open(&mut self, id: &str) {
        self.engine.command(Command::OpenConversation(Some(id.into())));
        self.settle().await;
    }

    fn model(&self) -> &Model {
        &self.engine.model
    }

    fn rows(&self) -> Vec<(&str, Place)> {
        let rows = self.model().conversations.list.items().iter();
        rows.map(|row| (row.title.as_str(), row.place)).collect()
    }

    fn texts(&self) -> Vec<(&str, Delivery)> {
        let open = self.model().conversations.open.iter();
        let messages = open.flat_map(|thread| thread.messages.iter());
        messages.map(|message| (message.text.as_str(), message.delivery)).collect()
    }

    fn open_id(&self) -> String {
        self.model().conversations.open.as_ref().unwrap().id.clone()
    }

    fn unsent(&self) -> Vec<Act> {
        self.engine.talk.outbox.entries().map(|entry| entry.act.clone()).collect()
    }

    /// The cloud takes everything; gives the texts of the messages in the order they came.
    async fn cloud_takes_all(&mut self) -> Vec<String> {
        let (mut taken, mut n) = (Vec::new(), 0);
        loop {
            let home = self.engine.home().unwrap();
            let Some(entry) = self.engine.talk.outbox.take_next(&home, Instant::now()) else {
                self.engine.adopt_next();
                self.settle().await;
                if self.engine.talk.outbox.count(&home) == 0 {
                    return taken;
                }
                continue;
            };
            let answer = match &entry.act {
                Act::Message { conversation, message } => {
                    n += 1;
                    taken.push(message.text.clone());
                    Answer::Message(chat(conversation, &message.id, n, &message.text))
                }
                _ => Answer::Nothing,
            };
            self.engine.delivered(&entry, Ok(answer));
        }
    }

    /// The cloud refuses what is next.
    fn cloud_refuses(&mut self) {
        let home = self.engine.home().unwrap();
        let entry = self.engine.talk.outbox.take_next(&home, Instant::now()).unwrap();
        self.engine.delivered(&entry, Err(ApiError::Forbidden));
    }

    /// The request for messages that is under way.
    fn request(&self) -> Option<u64> {
        match self.engine.talk.open.as_ref().unwrap().loading {
            Some(Loading::Page(load)) => Some(load),
            _ => None,
        }
    }

    fn answer(&mut self, asked: Asked, numbers: std::ops::RangeInclusive<u64>, more: bool) {
        let (id, load) = (self.open_id(), self.request().unwrap());
        let messages = numbers.map(|n| chat(&id, &format!("m{n}"), n, &format!("text {n}")));
        let page = wire::MessagePage { messages: messages.collect(), more };
        self.engine.page(&id, load, asked, Ok(page));
    }

    /// The workspace has these conversations.
    fn listed(&mut self, rows: Vec<wire::Conversation>) {
        self.engine.workspace.conversations.begin(1);
        self.engine.workspace.conversations.loaded(1, rows, 1);
        self.engine.list_conversations();
    }
}

fn chat(conversation: &str, id: &str, n: u64, text: &str) -> wire::ChatMessage {
    wire::ChatMessage {
        id: id.into(),
        conversation: conversation.into(),
        n,
        speaker: Speaker::Agent,
        name: "Robot".into(),
        text: text.into(),
        at: "2026-11-21T14:03:22Z".into(),
    }
}

fn row(id: &str, author: &str) -> wire::Conversation {
    wire::Conversation {
        id: id.into(),
        title: format!("of {author}"),
        author: author.into(),
        author_name: author.into(),
        agent: None,
        count: 1,
        last: "last".into(),
        updated_at: "2026-11-21T14:03:22Z".into(),
    }
}

fn line(id: usize) -> Record {
    Record::Message(Line {
        id: format!("m{id}"),
        n: None,
        speaker: Speaker::Person,
        name: String::new(),
        text: format!("text {id}"),
        at: "2026-11-21T14:03:22Z".into(),
    })
}

fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

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

/// Joining with a long conversation: in parts, whole, once, in order, also across a crash.
#[tokio::test]
async fn a_long_conversation_is_taken_into_the_workspace_in_parts() {
    let folder = folder();
    let mut bench = Bench::start(folder.path()).await;
    let lines: Vec<Record> = (0..300).map(line).collect();
    bench.engine.keeper.append("c1".into(), vec![Record::Title("Long".into())]);
    bench.engine.keeper.append("c1".into(), lines);
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
        bench.engine.keeper.append(id.into(), (0..200).map(line).collect());
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
    let conversations = folder.path().join("conversations");
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
async fn news_that_come_while_something_loads_are_not_lost() {
    let folder = folder();
    let mut bench = Bench::start(folder.path()).await;
    bench.sign_in("ada", &["w"]).await;
    bench.listed(vec![row("c", "ada")]);
    bench.open("c").await;
    let first = bench.request().unwrap();
    bench.engine.message_event(2, chat("c", "m51", 51, "text 51"));
    // The page left before the news.
    bench.answer(Asked::Last, 31..=50, true);
    assert_ne!(bench.request().unwrap(), first);
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
    assert!(bench.request().is_some());
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
