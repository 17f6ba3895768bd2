//! The unattended screen's engine without a window: what it says, what it refuses, how it ends.

use desktop::Choice;
use e2e::World;
use multiclaw_core::Command;
use multiclaw_core::engine::{Asked, Config, NoPlatform, Pixels, Platform};
use multiclaw_core::kiosk::Kiosk;
use multiclaw_core::model::{
    DesktopId, KioskEnd, Model, PinEntry, Quality, Setting, Theme, ViewerState,
};
use multiclaw_core::policy::{PinHash, Policy, Values};
use multiclaw_core::secret::Pin;
use parking_lot::Mutex;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// Writes down what is asked about the screen's sleep.
#[derive(Default)]
struct Screen(Arc<Mutex<Vec<bool>>>);

impl Platform for Screen {
    fn pick_files(&self, title: &str) -> Asked<Vec<PathBuf>> {
        NoPlatform.pick_files(title)
    }

    fn pick_save(&self, title: &str, suggested: &str) -> Asked<Option<PathBuf>> {
        NoPlatform.pick_save(title, suggested)
    }

    fn clipboard_picture(&self) -> Asked<Option<Pixels>> {
        NoPlatform.clipboard_picture()
    }

    fn notify(&self, title: &str, text: &str) -> Asked<()> {
        NoPlatform.notify(title, text)
    }

    fn keep_awake(&self, on: bool) -> Asked<()> {
        self.0.lock().push(on);
        Box::pin(async { Ok(()) })
    }
}

fn alone(world: &World, pin: Option<&str>) -> Config {
    let kiosk = Kiosk {
        desktop: "build-box".into(),
        branding: "Reception".into(),
        pin: pin.map(|pin| PinHash::of(pin).unwrap()),
        keep_awake: true,
        keys: vec!["Held: all.".into()],
        ..Kiosk::default()
    };
    Config { open: None, kiosk: Some(kiosk), ..world.app_config() }
}

fn painted() -> Choice {
    Choice::Painted { size: (640, 400), motion_fps: 0 }
}

fn waits(model: &Model) -> Option<String> {
    Some(model.kiosk.as_ref()?.waiting.as_ref()?.what.clone())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_waits_in_words_connects_by_itself_and_comes_back() {
    let mut world = World::start(None).await;
    let asked = Arc::new(Mutex::new(Vec::new()));
    let platform = Arc::new(Screen(Arc::clone(&asked)));
    let app = world.app(Config { platform, ..alone(&world, None) });
    let says = |what: &'static str| app.until(what, move |m| (waits(m)? == what).then_some(()));
    says("build-box is off.").await;
    let kiosk = app.core.model().kiosk.clone().unwrap();
    assert_eq!((kiosk.branding.as_str(), kiosk.pin), ("Reception", PinEntry::None));
    assert_eq!(kiosk.keys, ["Held: all."]);
    assert_eq!(*asked.lock(), [false; 0], "nothing to see, nothing to keep awake");

    let daemon = world.daemon(painted()).await;
    app.live().await;
    app.until("a live screen", |m| m.kiosk.as_ref()?.waiting.is_none().then_some(())).await;
    let before = app.core.turns();
    tokio::time::sleep(Duration::from_millis(2500)).await;
    assert!(app.core.turns() >= before + 2, "the engine turns while nothing happens");
    assert_eq!(*asked.lock(), [true]);
    app.core.send(Command::PictureVisible(false));
    for _ in 0..100 {
        if asked.lock().len() == 2 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(*asked.lock(), [true, false], "hidden: it may sleep");
    app.core.send(Command::PictureVisible(true));

    // Everything that would take the picture away is refused.
    for command in [
        Command::CloseDesktop,
        Command::SignOut,
        Command::CancelReconnect,
        Command::SetViewOnly(true),
        Command::SetTheme(Theme::Light),
        Command::OpenDesktop(DesktopId("other".into())),
    ] {
        app.core.send(command);
    }
    tokio::time::sleep(Duration::from_millis(300)).await;
    let model = app.core.model();
    let viewer = model.viewer.as_ref().unwrap();
    assert!(matches!(viewer.state, ViewerState::Live { .. }) && !viewer.view_only);
    assert_eq!(model.settings.theme, Theme::System);

    drop(daemon);
    app.until("the loss in words", waits).await;
    assert!(app.picture().is_some(), "the last picture stays");
    app.until("its date", |m| m.viewer.as_ref()?.stale.clone()).await;
    // The cloud goes too, and comes back before the desktop does.
    world.cloud.take().unwrap().stop().await;
    app.until("a countdown", |m| m.kiosk.as_ref()?.waiting.as_ref()?.seconds).await;
    world.restart_cloud().await;
    says("build-box is off.").await;
    let _daemon = world.daemon(painted()).await;
    app.live().await;
    assert_eq!(app.core.model().kiosk.as_ref().unwrap().end, None);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_signed_in_and_no_such_desktop_are_said() {
    let world = World::start(None).await;
    let app = world.app(Config { sign_in: None, ..alone(&world, None) });
    let what = app.until("words", waits).await;
    assert_eq!(what, "This screen is not signed in.");
    let mut config = alone(&world, None);
    config.data = world.folder.path().join("other");
    config.kiosk.as_mut().unwrap().desktop = "nowhere".into();
    let app = world.app(config);
    let wanted = "There is no desktop named nowhere.";
    app.until("words", |m| (waits(m)? == wanted).then_some(())).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_pin_leaves_and_a_wrong_one_is_counted() {
    let world = World::start(None).await;
    let app = world.app(alone(&world, Some("428193")));
    let pin = |m: &Model| m.kiosk.as_ref().map(|k| k.pin);
    app.until("a screen", |m| (pin(m)? == PinEntry::Ready).then_some(())).await;
    app.core.send(Command::UnlockKiosk(Pin::new("000000".into())));
    app.until("refused", |m| (pin(m)? == PinEntry::Wrong { left: 4 }).then_some(())).await;
    let kept = world.folder.path().join("app/kiosk-pin.json");
    assert!(std::fs::read_to_string(&kept).unwrap().starts_with("{\"failed\":1,"));
    app.core.send(Command::UnlockKiosk(Pin::new("428193".into())));
    let end = app.until("the end", |m| m.kiosk.as_ref()?.end).await;
    assert_eq!(end, KioskEnd::Left);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_policy_is_enforced_in_the_engine_and_never_becomes_the_persons_choice() {
    let world = World::start(None).await;
    let _daemon = world.daemon(painted()).await;
    let mandatory =
        Values::parse("theme = \"dark\"\nquality = \"low-data\"\nview_only = true").unwrap();
    let defaults = Values::parse("stats = true").unwrap();
    let policy = Policy::new(mandatory, defaults);
    let app = world.app(Config { policy, ..world.app_config() });
    app.live().await;
    let model = app.core.model();
    assert!(model.fixed.has(Setting::Theme) && !model.fixed.has(Setting::Stats));
    assert!(model.viewer.as_ref().unwrap().view_only && model.settings.stats);
    for command in [
        Command::SetTheme(Theme::Light),
        Command::SetQuality(Quality::Sharp),
        Command::SetViewOnly(false),
        // This one is the person's.
        Command::ShowStats(false),
    ] {
        app.core.send(command);
    }
    app.until("the person's own choice", |m| (!m.settings.stats).then_some(())).await;
    let model = app.core.model();
    assert_eq!((model.settings.theme, model.settings.quality), (Theme::Dark, Quality::LowData));
    assert!(model.viewer.as_ref().unwrap().view_only);
    let kept = world.folder.path().join("app/settings.json");
    let mut text = String::new();
    for _ in 0..100 {
        text = std::fs::read_to_string(&kept).unwrap_or_default();
        if text.contains("\"stats\": false") {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert!(text.contains("\"theme\": \"system\""), "the person's own theme stays: {text}");
    assert!(text.contains("\"quality\": \"balanced\""), "{text}");
}
