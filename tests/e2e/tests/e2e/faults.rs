//! H31: the app's engine on bad networks, with a person who goes on working. Half an hour of
//! simulated time is in `cloud-client/src/realtime/faults.rs` and `app/core/tests/outbox.rs`.

use cloud_client::rest::Rest;
use e2e::fault::{Fault, Proxy};
use e2e::{App, World};
use multiclaw_core::Command;
use multiclaw_core::engine::Config;
use multiclaw_core::model::*;
use net::{Door, Entry, NetError, Outcome, Purpose};
use std::collections::HashMap;
use std::time::{Duration, Instant};

/// Tokens fetched and sockets opened in a minute: the bound of the state machine, see
/// `cloud-client/src/realtime/faults.rs`.
const PER_MINUTE: usize = 20;
/// Requests that follow a socket that opened: the desktops, the person, six lists, the open
/// conversation, and the log of a task.
const PER_ONLINE: usize = 10;
/// Connections that wait for a next request, at most (`net`), each with a task at both ends, one
/// in the proxy and one in the cloud's HTTP.
const IDLE_TASKS: usize = 8 * 4;

const MS: fn(u64) -> Duration = Duration::from_millis;

struct Net {
    world: World,
    proxy: Proxy,
    door: Door,
    /// Tasks alive before the app was started.
    before: usize,
}

fn alive() -> usize {
    tokio::runtime::Handle::current().metrics().num_alive_tasks()
}

impl Net {
    async fn start() -> (Self, App) {
        let world = World::start(None).await;
        let port = world.cloud.as_ref().unwrap().address().port();
        let proxy = Proxy::start(port).await;
        let door = e2e::door(proxy.port(), world.authorities());
        let before = alive();
        let cloud = format!("https://localhost:{}", proxy.port());
        let config = Config { cloud, open: None, ..world.app_config() };
        let app = App::start(config, door.clone());
        let net = Self { world, proxy, door, before };
        within("the workspace", || is_ready(&app)).await;
        (net, app)
    }

    /// Connections to the cloud that were tried, by purpose.
    fn tried(&self) -> HashMap<Purpose, usize> {
        let mut tried = HashMap::new();
        let entries = self.door.log().entries();
        assert_eq!(entries[0].id, 0, "the log no longer has them all");
        for entry in entries {
            *tried.entry(entry.purpose).or_default() += 1;
        }
        tried
    }

    /// What the cloud has: the tasks' titles in the order they were made, and the messages of
    /// this conversation.
    async fn there(&self, conversation: &str) -> (Vec<String>, Vec<String>) {
        let rest = Rest::new(self.world.door(), &self.world.url);
        let bearer = rest.sign_in(e2e::EMAIL, e2e::PASSWORD).await.unwrap().token;
        let api = rest.workspace(bearer, self.world.workspace.clone());
        let mut tasks = api.tasks().await.unwrap().items;
        tasks.sort_by_key(|task| task.number);
        let page = api.messages_before(conversation, None).await.unwrap();
        assert!(!page.more);
        let messages = page.messages.into_iter().map(|message| message.text).collect();
        (tasks.into_iter().map(|task| task.title).collect(), messages)
    }

    /// The app ends; every task that it began ends too.
    async fn end(self, app: App) {
        drop(app);
        drop(self.door);
        let before = self.before;
        within("the app's tasks to end", || alive() <= before).await;
    }
}

fn is_ready(app: &App) -> bool {
    let model = app.core.model();
    model.cloud == CloudLink::Online
        && matches!(model.workspace.tasks, Load::Ready(_))
        && matches!(model.conversations.list, Load::Ready(_))
}

/// Waits, longer than any timeout of the app.
async fn within(what: &str, mut done: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !done() {
        assert!(begun.elapsed() < Duration::from_secs(120), "waited in vain for {what}");
        tokio::time::sleep(MS(20)).await;
    }
}

/// A person writes a message, and makes a task.
struct Person {
    written: usize,
    asked: Vec<String>,
    said: Vec<String>,
}

impl Person {
    fn new() -> Self {
        Self { written: 0, asked: Vec::new(), said: Vec::new() }
    }

    fn work(&mut self, app: &App) {
        self.written += 1;
        let (n, text) = (self.written, format!("Message {}", self.written));
        app.core.send(Command::SendMessage(text.clone()));
        let title = format!("Task {n}");
        let draft = TaskDraft { title: title.clone(), ..TaskDraft::default() };
        app.core.send(Command::CreateTask { ticket: Ticket(n as u64), draft });
        self.said.push(text);
        self.asked.push(title);
    }

    fn nothing_unsent(&self, app: &App) -> bool {
        let model = app.core.model();
        let tickets = model.work.values().filter(|work| **work == Work::Done).count();
        model.conversations.unsent == 0 && tickets == self.asked.len()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_written_on_a_bad_network_is_in_the_cloud_once() {
    let (net, app) = Net::start().await;
    let settled = alive();
    let begun = Instant::now();
    let mut person = Person::new();
    for fault in [
        Fault::Delay(MS(400)),
        Fault::Loss(30),
        Fault::Cut(MS(700)),
        Fault::Throttle(1024),
        Fault::Cut(MS(150)),
        Fault::Refuse,
    ] {
        net.proxy.set(fault);
        for _ in 0..6 {
            person.work(&app);
            tokio::time::sleep(MS(500)).await;
        }
    }
    net.proxy.set(Fault::None);
    within("the app to come back", || is_ready(&app) && person.nothing_unsent(&app)).await;
    // Begun ones.
    let minutes = usize::try_from(begun.elapsed().as_secs() / 60).unwrap() + 1;
    let conversation = app.core.model().conversations.open.as_ref().unwrap().id.clone();
    let (tasks, messages) = net.there(&conversation).await;
    assert_eq!(tasks, person.asked);
    assert_eq!(messages, person.said);
    // No storm.
    let tried = net.tried();
    let sockets = tried[&Purpose::CloudRealtime];
    let most = PER_MINUTE * minutes;
    assert!(sockets <= most, "{sockets} sockets tried in {minutes} minutes");
    // Each message and task goes once, and once more for each time that the network took the
    // answer; lists are tried again every ten seconds.
    let reloads = minutes * 6 * 6;
    let most = most + sockets * PER_ONLINE + 2 * 2 * person.written + reloads;
    assert!(tried[&Purpose::CloudApi] <= most, "{tried:?} in {minutes} minutes");
    // No leak: neither while it goes on nor after it.
    within("the tasks to settle", || alive() <= settled + IDLE_TASKS).await;
    net.end(app).await;
}

/// H13.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_half_open_connection_is_noticed_and_what_was_sent_on_it_sent_again() {
    let (net, app) = Net::start().await;
    let mut person = Person::new();
    person.work(&app);
    within("the first ones there", || person.nothing_unsent(&app)).await;
    net.proxy.set(Fault::Swallow);
    within("the connections to hang", || net.proxy.half_open() > 0).await;
    person.work(&app);
    tokio::time::sleep(MS(500)).await;
    // The network is well again, the old connections are not.
    net.proxy.set(Fault::None);
    let sockets = || net.tried()[&Purpose::CloudRealtime];
    let before = sockets();
    within("what was written", || person.nothing_unsent(&app)).await;
    within("the silence to be noticed", || sockets() > before).await;
    within("the app to come back", || is_ready(&app)).await;
    assert!(sockets() <= before + 2, "{} sockets", sockets() - before);
    // The other connections that waited in the pool were as dead as the one that was tried.
    let timeout =
        |entry: &Entry| matches!(entry.outcome, Outcome::Failed(NetError::Timeout { .. }));
    let timeouts = net.door.log().entries().into_iter().filter(timeout).collect::<Vec<_>>();
    assert!(timeouts.len() <= 2, "{timeouts:#?}");
    let conversation = app.core.model().conversations.open.as_ref().unwrap().id.clone();
    let (tasks, messages) = net.there(&conversation).await;
    assert_eq!(tasks, person.asked);
    assert_eq!(messages, person.said);
    within("the connections that hung to be closed", || net.proxy.half_open() == 0).await;
    net.end(app).await;
}
