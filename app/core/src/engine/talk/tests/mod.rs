//! The engine's conversations without a cloud: answers and events are put in by hand.

mod reading;
mod writing;

use super::super::{Config, Event, GatewayConfig};
use super::sending::Answer;
use super::*;
use crate::command::Command;
use crate::model::{Delivery, Model, Place};
use crate::scope::{Standing, standing};
use crate::storage::conversations::{Line, Record};
use crate::sync::outbox::Act;
use cloud_client::wire::SignedIn;
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
    events: mpsc::Receiver<(crate::scope::Grant, Event)>,
}

impl Bench {
    fn new(folder: &Path) -> Self {
        let config = Config {
            cloud: CLOUD.into(),
            data: folder.to_owned(),
            openclaw: folder.join("openclaw"),
            loopback: false,
            relay_only: false,
            agent: "test".into(),
            sign_in: None,
            open: None,
            chat: None,
            browser: Box::new(|_| true),
            gateway: GatewayConfig::default(),
            policy: Default::default(),
            kiosk: None,
            platform: Arc::new(super::super::NoPlatform),
            sandbox: crate::model::SandboxFacts::none("it was not asked for"),
            machine: crate::model::Machine::default(),
            screen: None,
            doctor: crate::doctor::Facts::default(),
            stats_listener: None,
            updater: None,
            update_rules: crate::model::UpdateRules::default(),
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
            self.engine.keeper.read(standing(Standing::Start), self.engine.events(), move |_| {
                Event::Now(Box::new(move |_| done.send(()).unwrap()))
            });
            while is_done.try_recv().is_err() {
                let event = self.events.recv().await.unwrap();
                // Nothing answers: that would only add problems.
                if !matches!(event.1, Event::Then(..) | Event::Cloud(..) | Event::Desktops(..)) {
                    self.engine.taken(event);
                }
            }
        }
    }

    async fn sign_in(&mut self, person: &str, workspaces: &[&str]) {
        self.enter(person, workspaces);
        self.settle().await;
    }

    fn enter(&mut self, person: &str, workspaces: &[&str]) {
        self.engine.act_as(Standing::Cloud);
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
        self.engine.act_as(Standing::Cloud);
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
        self.engine.act_as(Standing::Cloud);
        let home = self.engine.home().unwrap();
        let entry = self.engine.talk.outbox.take_next(&home, Instant::now()).unwrap();
        self.engine.delivered(&entry, Err(ApiError::Forbidden));
    }

    /// The request for messages that is under way.
    fn request(&self) -> Option<Asked> {
        match self.engine.talk.open.as_ref().unwrap().loading {
            Some(Loading::Page(_, asked)) => Some(asked),
            _ => None,
        }
    }

    /// The answer to what must have been asked.
    fn answer(&mut self, wanted: Asked, numbers: std::ops::RangeInclusive<u64>, more: bool) {
        self.engine.act_as(Standing::Cloud);
        let id = self.open_id();
        let Some(Loading::Page(load, asked)) = self.engine.talk.open.as_ref().unwrap().loading
        else {
            panic!("nothing was asked");
        };
        assert_eq!(asked, wanted);
        let messages = numbers.map(|n| chat(&id, &format!("m{n}"), n, &format!("text {n}")));
        let page = wire::MessagePage { messages: messages.collect(), more };
        self.engine.page(&id, load, Ok(page));
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
