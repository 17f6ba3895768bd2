//! How long the engine takes with ten thousand conversations and with a conversation of a
//! hundred thousand messages, from the command to the model that shows it.
//!
//! `cargo bench -p multiclaw-core --bench conversations`
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::indexing_slicing
)]

use multiclaw_core::engine::{Config, Core, GatewayConfig};
use multiclaw_core::model::{Account, Load};
use multiclaw_core::{Command, Model};
use std::fmt::Write;
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

const CONVERSATIONS: usize = 10_000;
const MESSAGES: usize = 100_000;
const ROUNDS: usize = 20;
const LONG: &str = "00000000-0000-4000-8000-ffffffffffff";

fn message(text: &mut String, conversation: usize, n: usize) {
    let id = format!("{conversation:08}-0000-4000-9000-{n:012}");
    let minute = (conversation + n) % 60;
    let words = "Tidy the parser up, run its tests, and say what was slow. ".repeat(3);
    writeln!(
        text,
        r#"{{"message":{{"id":"{id}","speaker":"person","text":"{n}: {words}","at":"2026-11-2{}T14:{minute:02}:22.000Z"}}}}"#,
        n % 9
    )
    .unwrap();
}

fn fill(folder: &Path) {
    let folder = folder.join("openclaw/conversations");
    std::fs::create_dir_all(&folder).unwrap();
    for c in 0..CONVERSATIONS {
        let mut text = format!("{{\"title\":\"Conversation {c}\"}}\n");
        (0..10).for_each(|n| message(&mut text, c, n));
        std::fs::write(folder.join(format!("{c:08}-0000-4000-8000-000000000000.jsonl")), text)
            .unwrap();
    }
    let mut text = "{\"title\":\"Long\"}\n".to_owned();
    (0..MESSAGES).for_each(|n| message(&mut text, CONVERSATIONS, n));
    std::fs::write(folder.join(format!("{LONG}.jsonl")), text).unwrap();
}

struct App {
    core: Core,
    woken: Arc<(Mutex<u64>, Condvar)>,
}

impl App {
    fn start(folder: &Path) -> Self {
        let woken = Arc::new((Mutex::new(0), Condvar::new()));
        let wakes = Arc::clone(&woken);
        let wake = move || {
            *wakes.0.lock().unwrap() += 1;
            wakes.1.notify_all();
        };
        let config = Config {
            cloud: "https://localhost:1".into(),
            data: folder.to_owned(),
            openclaw: folder.join("openclaw"),
            loopback: false,
            relay_only: false,
            agent: "bench".into(),
            sign_in: None,
            open: None,
            chat: None,
            browser: Box::new(|_| false),
            gateway: GatewayConfig::default(),
            policy: Default::default(),
            kiosk: None,
            platform: Arc::new(multiclaw_core::engine::NoPlatform),
            sandbox: multiclaw_core::model::SandboxFacts::none("it was not asked for"),
            machine: multiclaw_core::model::Machine::default(),
            screen: None,
            doctor: multiclaw_core::doctor::Facts::default(),
            stats_listener: None,
            updater: None,
            update_rules: multiclaw_core::model::UpdateRules::default(),
        };
        let door = net::Door::new(net::Policy::default(), net::Trust::System).unwrap();
        let screens = Box::new(|| -> Box<dyn stream::pipeline::Screen> { unreachable!() });
        let core = Core::start(config, door, screens, Arc::new(wake)).unwrap();
        Self { core, woken }
    }

    /// Sends a command and waits for the model.
    fn time(&self, command: Option<Command>, want: impl Fn(&Model) -> bool) -> Duration {
        let begin = Instant::now();
        command.into_iter().for_each(|command| self.core.send(command));
        let mut seen = self.woken.0.lock().unwrap();
        while !want(&self.core.model()) {
            let before = *seen;
            while *seen == before {
                let (guard, wait) =
                    self.woken.1.wait_timeout(seen, Duration::from_secs(60)).unwrap();
                assert!(!wait.timed_out(), "nothing happens");
                seen = guard;
            }
        }
        begin.elapsed()
    }
}

fn say(what: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let (middle, worst) = (times[times.len() / 2], times[times.len() - 1]);
    println!("{what}: {:.1} ms, at worst {:.1} ms", ms(middle), ms(worst));
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

fn main() {
    let folder = tempfile::tempdir().unwrap();
    fill(folder.path());
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let _inside = runtime.enter();
    let app = App::start(folder.path());
    let rows = |m: &Model| m.conversations.list.items().len();
    let messages = |m: &Model| m.conversations.open.as_ref().map_or(0, |t| t.messages.len());
    say("the list from disk", vec![app.time(None, |m| rows(m) > CONVERSATIONS)]);
    app.time(Some(Command::ContinueLocally), |m| m.account == Account::Local);
    // A short conversation is open: what changes is its row in the list.
    let short = "00000007-0000-4000-8000-000000000000".to_owned();
    app.time(Some(Command::OpenConversation(Some(short))), |m| messages(m) == 10);
    let rename = |round: usize| {
        let title = format!("Title {round}");
        app.time(Some(Command::RenameConversation(title.clone())), |m| {
            let Load::Ready(rows) = &m.conversations.list else { return false };
            rows.iter().any(|row| row.title == title)
        })
    };
    say("a row of the list changes", (0..ROUNDS).map(rename).collect());
    let mut opened = Vec::new();
    for _ in 0..3 {
        app.time(Some(Command::OpenConversation(None)), |m| m.conversations.open.is_none());
        let open = Command::OpenConversation(Some(LONG.to_owned()));
        opened.push(app.time(Some(open), |m| messages(m) > 0));
    }
    say("the long conversation opens", opened);
    let send = |round: usize| {
        let text = format!("Sent {round}");
        app.time(Some(Command::SendMessage(text.clone())), |m| {
            let last = m.conversations.open.as_ref().and_then(|t| t.messages.last());
            last.is_some_and(|message| message.text == text)
        })
    };
    say("a message is written in it", (0..ROUNDS).map(send).collect());
    let draft = |round: usize| {
        let text = format!("Draft {round}");
        app.time(Some(Command::KeepDraft(text.clone())), |m| {
            m.conversations.open.as_ref().is_some_and(|t| t.draft == text)
        })
    };
    say("a draft is kept", (0..ROUNDS).map(draft).collect());
    let older = (0..10).map(|_| {
        let before = messages(&app.core.model());
        app.time(Some(Command::LoadOlderMessages), |m| messages(m) > before)
    });
    say("a thousand older messages", older.collect());
    let search = |text: &str| {
        let text = text.to_owned();
        app.time(Some(Command::SearchConversations(text.clone())), |m| {
            m.conversations.search.as_ref().is_some_and(|s| s.text == text && !s.busy)
        })
    };
    say("a search that finds nothing", vec![search("not to be found")]);
    say("a search with many hits", vec![search("parser")]);
}
