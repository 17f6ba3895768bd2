//! An unattended screen: enrolled by an owner, started again, watching, and removed.

use cloud_client::rest::Rest;
use cloud_client::screen::ScreenLogin;
use cloud_client::wire::{FromCloud, ToCloud};
use cloud_client::{ApiError, BearerToken, realtime};
use desktop::{Choice, Daemon};
use e2e::{App, World, difference};
use multiclaw_core::command::{Input, KeyCode};
use multiclaw_core::engine::{Config, ScreenConfig};
use multiclaw_core::model::*;
use multiclaw_core::secret::EnrolmentText;
use multiclaw_core::storage::{Storage, StoredScreen};
use multiclaw_core::{Command, Model};
use std::path::{Path, PathBuf};
use std::time::Duration;

fn painted() -> Choice {
    Choice::Painted { size: (800, 600), motion_fps: 0 }
}

fn folder(world: &World) -> PathBuf {
    world.folder.path().join("lobby")
}

/// How the machine on the wall is started.
fn screen_config(world: &World) -> Config {
    let data = folder(world);
    Config {
        openclaw: data.join("openclaw"),
        data,
        sign_in: None,
        open: None,
        screen: Some(ScreenConfig { open: true }),
        ..world.app_config()
    }
}

async fn owner(world: &World) -> App {
    let app = world.app(Config { open: None, ..world.app_config() });
    app.until("the owner", |m| {
        let ready = matches!(&m.desktops, Desktops::Ready(list) if !list.is_empty());
        (ready && m.cloud == CloudLink::Online).then_some(())
    })
    .await;
    app
}

fn state(model: &Model) -> Option<&ScreenState> {
    match &model.account {
        Account::Screen(screen) => Some(&screen.state),
        _ => None,
    }
}

/// The owner adds a screen for all desktops of the list; its code.
async fn code(owner: &App, control: bool) -> ScreenEnrolment {
    owner.core.send(Command::DismissEnrolment);
    owner.until("no code", |m| m.workspace.screens.enrolment.is_none().then_some(())).await;
    let model = owner.core.model();
    let Desktops::Ready(list) = &model.desktops else { panic!("no list") };
    let desktops = list.iter().filter(|d| d.name == "build-box").map(|d| d.id.clone()).collect();
    let draft = ScreenDraft { name: "Lobby".into(), desktops, control };
    owner.core.send(Command::EnrollScreen { ticket: Ticket(7), draft });
    owner.until("the code", |m| m.workspace.screens.enrolment.clone()).await
}

/// A machine that has enrolled and shows the desktop.
async fn watching(world: &World, owner: &App, control: bool) -> App {
    let made = code(owner, control).await;
    let app = world.app(screen_config(world));
    app.until("the question for a code", |m| {
        matches!(state(m), Some(ScreenState::NotEnrolled { busy: false, .. })).then_some(())
    })
    .await;
    app.core.send(Command::EnrolHere(EnrolmentText::new(made.code.expose().to_owned())));
    app.live().await;
    app
}

/// Everything in the folder, and what is below it.
fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all.extend(files(&path));
        } else {
            let bytes = std::fs::read(&path).unwrap();
            all.push((path, bytes));
        }
    }
    all
}

async fn revoke(owner: &App) {
    owner.core.send(Command::RefreshScreens);
    let id = owner
        .until("the list", |m| {
            m.workspace.screens.list.items().iter().find(|s| s.enrolled).map(|s| s.id.clone())
        })
        .await;
    owner.core.send(Command::RevokeScreen(id));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_screen_enrols_starts_again_watches_and_ends_when_it_is_removed() {
    let world = World::start(None).await;
    let _daemon = world.daemon(painted()).await;
    let owner = owner(&world).await;
    let app = watching(&world, &owner, false).await;
    owner
        .until("the enrolment's end", |m| {
            m.workspace.screens.enrolment.as_ref().filter(|made| made.done).map(drop)
        })
        .await;
    drop(app);

    // Again, from the disk alone: nobody is asked for anything.
    let app = world.app(screen_config(&world));
    app.live().await;
    app.until_picture("the desktop", |width, height, _| (width, height) == (800, 600)).await;
    let model = app.core.model();
    let Account::Screen(screen) = &model.account else { panic!("{:?}", model.account) };
    assert_eq!((&*screen.name, &*screen.workspace), ("Lobby", "Works"));
    assert_eq!(screen.state, ScreenState::Ready);
    assert!(model.viewer.as_ref().unwrap().view_only);
    assert_eq!(model.gateway.program, Program::Missing, "no gateway is looked for");

    // Nothing of a person is on its disk; its key is, for its owner only.
    let kept = files(&folder(&world));
    assert!(kept.iter().any(|(path, _)| path.ends_with("kiosk.json")), "{kept:?}");
    for (path, bytes) in &kept {
        assert!(!path.ends_with("session.json"), "{path:?}");
        let text = String::from_utf8_lossy(bytes);
        for secret in [e2e::PASSWORD, e2e::EMAIL, "\"token\""] {
            assert!(!text.contains(secret), "{path:?} holds {secret}");
        }
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let about = std::fs::metadata(folder(&world).join("kiosk.json")).unwrap();
        assert_eq!(about.permissions().mode() & 0o777, 0o600);
    }

    revoke(&owner).await;
    let problem = app
        .until("the words", |m| match state(m) {
            Some(ScreenState::Removed(problem)) => Some(problem.clone()),
            _ => None,
        })
        .await;
    assert_eq!(problem.what, "The owner of the workspace has removed this screen.");
    assert!(problem.next.contains("multiclaw enroll"), "{}", problem.next);
    assert_eq!(app.core.model().viewer, None, "what it showed has ended");
    owner
        .until("the end of the session", |m| match &m.desktops {
            Desktops::Ready(list) => list.iter().all(|d| d.viewers == 0).then_some(()),
            _ => None,
        })
        .await;
    drop(app);
    let app = world.app(screen_config(&world));
    app.until("the words after a start", |m| {
        matches!(state(m), Some(ScreenState::Removed(_))).then_some(())
    })
    .await;
    // A new code makes it a screen again.
    let made = code(&owner, false).await;
    app.core.send(Command::EnrolHere(EnrolmentText::new(made.code.expose().to_owned())));
    app.live().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_begins_without_the_cloud_and_finds_it() {
    let mut world = World::start(None).await;
    let owner = owner(&world).await;
    let made = code(&owner, false).await;
    let app = world.app(screen_config(&world));
    app.core.send(Command::EnrolHere(EnrolmentText::new(made.code.expose().to_owned())));
    app.until("the enrolment", |m| (state(m) == Some(&ScreenState::Ready)).then_some(())).await;
    drop((app, owner));
    world.cloud.take().unwrap().kill().await;
    let app = world.app(screen_config(&world));
    app.until("the wait", |m| {
        let waits = matches!(m.cloud, CloudLink::Waiting { .. });
        (waits && state(m) == Some(&ScreenState::SigningIn)).then_some(())
    })
    .await;
    world.restart_cloud().await;
    let _daemon = world.daemon(painted()).await;
    app.live().await;
}

/// Bytes of the rows at the top: the bar there has a clock, which changes by itself.
const BAR: usize = 60 * 800 * 4;

async fn type_a_word(app: &App, daemon: &Daemon) -> f64 {
    let before = daemon.snapshot().await.unwrap().rgba;
    for pressed in [true, false] {
        app.core.send(Command::Input(Input::Key { code: KeyCode::KeyW, pressed }));
    }
    app.core.send(Command::Input(Input::Text { text: "é MultiClaw".into() }));
    let mut most = 0.0_f64;
    for _ in 0..40 {
        let after = daemon.snapshot().await.unwrap().rgba;
        most = most.max(difference(&before[BAR..], &after[BAR..]));
        if most > 0.01 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    most
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_screen_that_may_control_types_and_one_that_may_not_does_not() {
    let world = World::start(None).await;
    let daemon = world.daemon(painted()).await;
    let owner = owner(&world).await;
    let app = watching(&world, &owner, true).await;
    assert!(!app.core.model().viewer.as_ref().unwrap().view_only);
    assert!(type_a_word(&app, &daemon).await > 0.01, "nothing was typed");
    revoke(&owner).await;
    app.until("the words", |m| matches!(state(m), Some(ScreenState::Removed(_))).then_some(()))
        .await;
    let made = code(&owner, false).await;
    app.core.send(Command::EnrolHere(EnrolmentText::new(made.code.expose().to_owned())));
    app.live().await;
    app.core.send(Command::SetViewOnly(false));
    assert!(type_a_word(&app, &daemon).await < 0.01, "it typed");
    assert!(app.core.model().viewer.as_ref().unwrap().view_only, "control is not to be had");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bad_code_is_said_and_a_screen_takes_no_other_command() {
    let world = World::start(None).await;
    let app = world.app(screen_config(&world));
    app.core.send(Command::EnrolHere(EnrolmentText::new("0000-0000-0000".into())));
    let problem = app
        .until("the refusal", |m| match state(m) {
            Some(ScreenState::NotEnrolled { busy: false, problem }) => problem.clone(),
            _ => None,
        })
        .await;
    assert_eq!(problem.what, "This code is not good any more.");
    assert!(!folder(&world).join("kiosk.json").exists());
    // Whoever stands before it cannot sign in, or go on without an account.
    let password = multiclaw_core::secret::Password::new(e2e::PASSWORD.into());
    app.core.send(Command::SignIn { email: e2e::EMAIL.into(), password });
    app.core.send(Command::ContinueLocally);
    app.core.send(Command::SetTheme(Theme::Dark));
    app.until("the last command", |m| (m.settings.theme == Theme::Dark).then_some(())).await;
    assert!(state(&app.core.model()).is_some());
    assert!(!folder(&world).join("session.json").exists());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_key_of_a_screen_opens_nothing_else() {
    let world = World::start(None).await;
    let _daemon = world.daemon(painted()).await;
    let cloud = world.cloud.as_ref().unwrap();
    let (payroll, _) = cloud.store().add_desktop(&world.workspace, "payroll").unwrap();
    let owner = owner(&world).await;
    drop(watching(&world, &owner, true).await);
    // What somebody has who takes the disk along.
    let storage = Storage::open(&folder(&world)).unwrap();
    let stolen = StoredScreen::load(&storage).unwrap().unwrap();
    let rest = Rest::new(world.door(), &world.url);
    let login = ScreenLogin::new(rest.clone(), stolen.screen, stolen.key);
    let seen = login.desktops().await.unwrap();
    assert_eq!(seen.iter().map(|d| &*d.name).collect::<Vec<_>>(), ["build-box"]);
    let token = login.realtime_token().await.unwrap().token;
    let as_person = BearerToken::new(token.expose().to_owned());
    assert_eq!(rest.me(&as_person).await.unwrap_err(), ApiError::SignedOut);
    let (socket, mut events) = realtime::Realtime::screen(rest, login);
    let mut asked = false;
    let code = loop {
        let event = tokio::time::timeout(e2e::PATIENCE, events.recv()).await.unwrap().unwrap();
        match event {
            realtime::Event::State(realtime::LinkState::Online { .. }) if !asked => {
                asked = true;
                let (desktop, request) = (payroll.clone(), "r".to_owned());
                socket.send(ToCloud::SessionOpen { desktop, request }).unwrap();
            }
            realtime::Event::Message(FromCloud::SessionRefused { code, .. }) => break code,
            realtime::Event::Message(FromCloud::SessionOpened { .. }) => panic!("it opened"),
            _ => {}
        }
    };
    assert_eq!(code, "not_found");
}
