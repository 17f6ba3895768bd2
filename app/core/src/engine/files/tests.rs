//! The files' part of the engine, with an operating system that answers at once.

use super::*;
use crate::command::Command;
use crate::engine::{Asked, Config, Pixels, Platform, PlatformError};
use crate::model::{ChatThread, Export, ExportFormat, GatewayFacts, Permission};
use crate::scope::{Standing, standing};
use parking_lot::Mutex;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tempfile::TempDir;
use tokio::sync::mpsc;

/// What the person does in the next dialog, and what was shown.
#[derive(Default)]
struct Fake {
    files: Mutex<Option<Result<Vec<PathBuf>, PlatformError>>>,
    save: Mutex<Option<Result<Option<PathBuf>, PlatformError>>>,
    picture: Mutex<Option<Result<Option<Pixels>, PlatformError>>>,
    suggested: Mutex<Vec<String>>,
    shown: Mutex<Vec<(String, String)>>,
}

fn answer<T: Send + 'static>(next: &Mutex<Option<Result<T, PlatformError>>>) -> Asked<T> {
    let answer = next.lock().take();
    Box::pin(async move {
        match answer {
            Some(answer) => answer,
            None => std::future::pending().await,
        }
    })
}

impl Platform for Fake {
    fn pick_files(&self, _: &str) -> Asked<Vec<PathBuf>> {
        answer(&self.files)
    }

    fn pick_save(&self, _: &str, suggested: &str) -> Asked<Option<PathBuf>> {
        self.suggested.lock().push(suggested.into());
        answer(&self.save)
    }

    fn clipboard_picture(&self) -> Asked<Option<Pixels>> {
        answer(&self.picture)
    }

    fn notify(&self, title: &str, text: &str) -> Asked<()> {
        self.shown.lock().push((title.into(), text.into()));
        Box::pin(async { Err(PlatformError::Notification("nobody shows it".into())) })
    }
}

struct Bench {
    engine: Engine,
    events: mpsc::Receiver<(crate::scope::Grant, Event)>,
    fake: Arc<Fake>,
    folder: TempDir,
}

impl Bench {
    fn new() -> Self {
        Self::again(tempfile::tempdir().unwrap())
    }

    fn again(folder: TempDir) -> Self {
        let fake = Arc::new(Fake::default());
        let config = Config {
            cloud: "https://localhost:1".into(),
            data: folder.path().join("data"),
            openclaw: folder.path().join("openclaw"),
            loopback: false,
            relay_only: false,
            agent: "test".into(),
            sign_in: None,
            open: None,
            chat: None,
            browser: Box::new(|_| true),
            gateway: crate::engine::GatewayConfig::default(),
            policy: Default::default(),
            kiosk: None,
            platform: Arc::clone(&fake) as Arc<dyn Platform>,
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
        let mut bench = Self { engine, events, fake, folder };
        bench.open("agent:main:main");
        bench
    }

    fn open(&mut self, key: &str) {
        self.engine.model.chat.open = Some(ChatThread {
            key: key.into(),
            title: "On the/way".into(),
            agent: "main".into(),
            entries: Arc::default(),
            live: Vec::new(),
            older: false,
            newer: false,
            loading: false,
            problem: None,
            run: None,
            draft: String::new(),
            attachments: Vec::new(),
            model: String::new(),
            thinking_levels: Vec::new(),
            thinking: String::new(),
            permission: Permission::Default,
            pinned: false,
            main: true,
            context: None,
            busy: None,
        });
        self.engine.publish();
    }

    fn send(&mut self, command: Command) {
        self.engine.command(command);
        self.engine.publish();
    }

    /// Acts on events until the model is as wanted.
    async fn until(&mut self, want: impl Fn(&crate::Model) -> bool) {
        while !want(&self.engine.model) {
            let event = tokio::time::timeout(Duration::from_secs(20), self.events.recv()).await;
            self.engine.taken(event.expect("nothing happens").unwrap());
            self.engine.publish();
        }
    }

    async fn settled(&mut self) {
        self.until(|m| !attachments(m).iter().any(|a| a.reading)).await;
    }

    fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }

    async fn attach(&mut self, path: &Path) -> Attachment {
        self.send(Command::AttachFile(path.to_owned()));
        self.settled().await;
        attachments(&self.engine.model).last().unwrap().clone()
    }

    fn limits(&mut self, max_attachment: u64, max_image: u64) {
        let facts = GatewayFacts { max_attachment, max_image, ..GatewayFacts::default() };
        self.engine.model.gateway.facts = Some(Arc::new(facts));
    }

    fn said(&mut self) -> String {
        let said = self.engine.model.notice.take().expect("a notice");
        format!("{} {}", said.what, said.next)
    }
}

fn attachments(model: &crate::Model) -> &[Attachment] {
    model.chat.open.as_ref().map(|thread| thread.attachments.as_slice()).unwrap_or_default()
}

fn picture(width: u32, height: u32) -> Pixels {
    Pixels { width, height, rgba: vec![200; width as usize * height as usize * 4] }
}

fn png(width: u32, height: u32) -> Vec<u8> {
    encode::clipboard(&picture(width, height), u64::MAX).unwrap().bytes
}

#[tokio::test]
async fn picked_files_are_attached_with_preview_and_sent_once() {
    let mut bench = Bench::new();
    let (a, b) = (bench.file("a.png", &png(1000, 10)), bench.file("b.csv", b"1,2"));
    *bench.fake.files.lock() = Some(Ok(vec![a, b]));
    bench.send(Command::PickAttachments);
    bench.until(|m| attachments(m).len() == 2).await;
    assert!(bench.engine.files.unready().is_some() || !attachments(&bench.engine.model)[1].reading);
    bench.settled().await;
    assert_eq!(bench.engine.files.unready(), None);
    let shown = attachments(&bench.engine.model).to_vec();
    let facts: Vec<_> =
        shown.iter().map(|a| (a.name.as_str(), a.mime.as_str(), a.picture)).collect();
    assert_eq!(facts, [("a.png", "image/png", true), ("b.csv", "text/csv", false)]);
    assert_eq!(shown[0].preview.as_ref().unwrap().width, 512);
    assert_eq!(shown[1].bytes, 3);

    let taken = bench.engine.files.take_attachments();
    bench.engine.publish();
    assert_eq!((&*taken[1].name, &*taken[1].bytes), ("b.csv", b"1,2".as_slice()));
    assert_eq!(attachments(&bench.engine.model), []);
    assert_eq!(bench.engine.files.take_attachments(), []);
}

#[tokio::test]
async fn a_dialog_that_fails_is_told_from_one_that_was_cancelled() {
    let mut bench = Bench::new();
    *bench.fake.files.lock() = Some(Ok(Vec::new()));
    bench.send(Command::PickAttachments);
    assert!(bench.engine.files.choosing);
    let event = bench.events.recv().await.unwrap();
    bench.engine.taken(event);
    assert!(!bench.engine.files.choosing);
    assert_eq!(bench.engine.model.notice, None, "cancelled: nothing is said");
    for (error, words) in [
        (PlatformError::NoDialog("x".into()), "Install xdg-desktop-portal"),
        (PlatformError::DialogHangs, "does not answer"),
        (PlatformError::Dialog("x".into()), "failed"),
    ] {
        *bench.fake.files.lock() = Some(Err(error));
        bench.send(Command::PickAttachments);
        bench.until(|m| m.notice.is_some()).await;
        let said = bench.said();
        assert!(said.contains(words), "{said}");
    }
    // One that never answers is asked once, and nothing else waits for it.
    bench.send(Command::PickAttachments);
    *bench.fake.files.lock() = Some(Ok(Vec::new()));
    bench.send(Command::PickAttachments);
    assert!(bench.fake.files.lock().is_some(), "a second dialog was opened");
    let path = bench.file("a.txt", b"x");
    assert_eq!(bench.attach(&path).await.problem, None);
}

#[tokio::test]
async fn limits_are_said_with_their_numbers() {
    let mut bench = Bench::new();
    bench.limits(2_000, 500);
    let path = bench.file("log.txt", &[b'x'; 2_001]);
    let large = bench.attach(&path).await.problem.unwrap();
    assert_eq!(large.what, "log.txt has 2.0 kB; the gateway takes files of at most 2.0 kB.");
    let mut noise = png(64, 64);
    noise.resize(600, 0);
    let path = bench.file("p.png", &noise);
    let large = bench.attach(&path).await.problem.unwrap();
    assert!(large.what.contains("600 bytes") && large.what.contains("500 bytes"), "{large:?}");
    let path = bench.file("half", &[b'x'; 1_100]);
    assert_eq!(bench.attach(&path).await.problem, None);
    let together = bench.attach(&path).await.problem.unwrap();
    assert!(together.what.contains("2.2 kB"), "{together:?}");
    // What cannot be sent stays, and is not sent.
    assert!(bench.engine.files.unready().is_some());
    assert_eq!(bench.engine.files.take_attachments().len(), 1);
    bench.engine.publish();
    let left = attachments(&bench.engine.model).to_vec();
    assert_eq!(left.len(), 3);
    left.iter().for_each(|a| bench.send(Command::RemoveAttachment(a.id)));
    assert_eq!(attachments(&bench.engine.model), []);
    for _ in 0..MOST_FILES + 2 {
        let small = bench.file("s", b"s");
        bench.attach(&small).await;
    }
    assert_eq!(attachments(&bench.engine.model).len(), MOST_FILES);
    assert!(bench.said().contains("at most 10 files"));
}

#[cfg(unix)]
#[tokio::test]
async fn folders_devices_and_what_is_gone_are_refused_in_words() {
    let mut bench = Bench::new();
    let folder = bench.folder.path().to_owned();
    for (path, words) in [
        (folder.clone(), "is a folder."),
        (folder.join(".."), "is a folder."),
        (PathBuf::from("/dev/zero"), "is a device or a pipe"),
        (folder.join("none"), "none is not there any more."),
    ] {
        let attachment = bench.attach(&path).await;
        let problem = attachment.problem.unwrap();
        assert!(problem.what.contains(words), "{problem:?}");
    }
}

#[tokio::test]
async fn attachments_and_drafts_are_each_conversations_own() {
    let mut bench = Bench::new();
    let path = bench.file("a.txt", b"x");
    bench.attach(&path).await;
    bench.send(Command::KeepChatDraft("one".into()));
    bench.open("agent:main:other");
    assert_eq!(attachments(&bench.engine.model), []);
    assert_eq!(bench.engine.model.chat.open.as_ref().unwrap().draft, "");
    bench.send(Command::KeepChatDraft("two".into()));
    bench.open("agent:main:main");
    assert_eq!(attachments(&bench.engine.model).len(), 1);
    assert_eq!(bench.engine.model.chat.open.as_ref().unwrap().draft, "one");
    bench.engine.files_deleted("agent:main:other");
    assert_eq!(bench.engine.chat_drafts().len(), 1);
    for n in 0..CONVERSATIONS {
        bench.open(&format!("agent:main:{n}"));
    }
    bench.open("agent:main:main");
    assert_eq!(attachments(&bench.engine.model), [], "forgotten, so memory is bounded");
}

#[tokio::test]
async fn drafts_survive_a_restart() {
    let mut bench = Bench::new();
    bench.open("agent:main:../../x");
    for n in 0..50 {
        bench.send(Command::KeepChatDraft(format!("draft {n}")));
    }
    wait_for_disk(&mut bench).await;
    let names: Vec<_> = std::fs::read_dir(bench.folder.path().join("openclaw/conversations"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(names, ["chat-drafts.json"]);
    let Bench { engine, folder, .. } = bench;
    drop(engine);
    let mut bench = Bench::again(folder);
    bench.open("agent:main:../../x");
    assert_eq!(bench.engine.model.chat.open.as_ref().unwrap().draft, "draft 49");
    bench.send(Command::KeepChatDraft(String::new()));
    wait_for_disk(&mut bench).await;
    let bench = Bench::again(bench.folder);
    assert!(bench.engine.chat_drafts().is_empty());
}

async fn wait_for_disk(bench: &mut Bench) {
    let (done, is_done) = tokio::sync::oneshot::channel();
    bench.engine.keeper.read(standing(Standing::Start), bench.engine.events(), move |_| {
        Event::Now(Box::new(move |_| done.send(()).unwrap()))
    });
    let event = bench.events.recv().await.unwrap();
    bench.engine.taken(event);
    is_done.await.unwrap();
}

#[tokio::test]
async fn the_clipboards_picture_becomes_a_file() {
    let mut bench = Bench::new();
    *bench.fake.picture.lock() = Some(Ok(Some(picture(40, 30))));
    bench.send(Command::AttachClipboard);
    bench.until(|m| attachments(m).first().is_some_and(|a| !a.reading)).await;
    let attachment = &attachments(&bench.engine.model)[0];
    assert_eq!((attachment.mime.as_str(), attachment.picture), ("image/png", true));
    assert!(attachment.name.starts_with("Clipboard ") && attachment.name.ends_with(".png"));
    assert_eq!(attachment.preview.as_ref().unwrap().width, 40);
    for (found, words) in [
        (Ok(None), "no picture in the clipboard"),
        (Err(PlatformError::Clipboard("x".into())), "cannot be read"),
    ] {
        *bench.fake.picture.lock() = Some(found);
        bench.send(Command::AttachClipboard);
        bench.until(|m| m.notice.is_some()).await;
        let said = bench.said();
        assert!(said.contains(words), "{said}");
    }
    bench.send(Command::AttachDesktop);
    assert!(bench.said().contains("No desktop is open."));
}

#[tokio::test]
async fn an_export_is_written_where_the_person_said() {
    let mut bench = Bench::new();
    let path = bench.folder.path().join("out.md");
    *bench.fake.save.lock() = Some(Ok(Some(path.clone())));
    bench.send(Command::ExportChat(ExportFormat::Markdown));
    assert_eq!(bench.engine.model.chat.export, Some(Export::Busy(0)));
    let over = |m: &crate::Model| !matches!(m.chat.export, Some(Export::Busy(_)));
    bench.until(over).await;
    assert_eq!(bench.engine.model.chat.export, Some(Export::Done("out.md".into())));
    assert_eq!(*bench.fake.suggested.lock(), ["On the-way.md"]);
    assert!(std::fs::read_to_string(&path).unwrap().starts_with("# On the/way\n"));
    bench.send(Command::ForgetExport);
    assert_eq!(bench.engine.model.chat.export, None);

    *bench.fake.save.lock() = Some(Ok(None));
    bench.send(Command::ExportChat(ExportFormat::Json));
    bench.until(over).await;
    assert_eq!(bench.engine.model.chat.export, None, "cancelled");
    for (picked, words) in [
        (Ok(Some(bench.folder.path().to_owned())), "is a folder"),
        (Ok(Some(bench.folder.path().join("none/x"))), "not there"),
        (Err(PlatformError::NoDialog("x".into())), "nothing that shows file dialogs"),
    ] {
        *bench.fake.save.lock() = Some(picked);
        bench.send(Command::ExportChat(ExportFormat::Json));
        bench.until(over).await;
        let Some(Export::Failed(problem)) = &bench.engine.model.chat.export else { panic!() };
        assert!(problem.what.contains(words), "{problem:?}");
    }
    bench.engine.model.chat.open = None;
    bench.send(Command::ExportChat(ExportFormat::Json));
    assert!(matches!(bench.engine.model.chat.export, Some(Export::Failed(_))));
}

#[tokio::test]
async fn notifications_need_the_switch_and_a_window_behind() {
    let mut bench = Bench::new();
    bench.engine.notify("Turn over", "Done");
    assert_eq!(*bench.fake.shown.lock(), []);
    bench.send(Command::WindowFocused(false));
    bench.send(Command::SetNotifications(false));
    bench.engine.notify("Turn over", "Done");
    assert_eq!(*bench.fake.shown.lock(), []);
    bench.send(Command::SetNotifications(true));
    bench.engine.act_as(Standing::Gateway);
    bench.engine.notify("Turn over", &"word ".repeat(1000));
    bench.engine.notify("Approval", "exec");
    assert_eq!(bench.fake.shown.lock().len(), 1);
    assert!(bench.fake.shown.lock()[0].1.chars().count() <= 140);
    assert!(bench.engine.files_deadline().is_some(), "the second waits");
    bench.send(Command::WindowFocused(true));
    assert_eq!(bench.engine.files_deadline(), None);
}

#[tokio::test]
async fn all_conversations_together_hold_no_more_than_there_is_room_for() {
    const MIB: usize = 1024 * 1024;
    let mut bench = Bench::new();
    let path = bench.file("a.bin", &vec![7; 15 * MIB]);
    for key in ["a", "b", "c", "d"] {
        bench.open(key);
        assert_eq!(bench.attach(&path).await.problem, None);
    }
    bench.open("e");
    let refused = bench.attach(&path).await.problem.expect("there is no room");
    assert!(refused.what.contains("64"), "{refused:?}");
    assert!(bench.engine.files.bytes() <= MOST_BYTES);
    // A small one still fits, and what is sent makes room.
    let small = bench.file("b.bin", b"b");
    assert_eq!(bench.attach(&small).await.problem, None);
    bench.open("a");
    assert_eq!(bench.engine.files.take_attachments().len(), 1);
    assert_eq!(bench.attach(&path).await.problem, None);
}
