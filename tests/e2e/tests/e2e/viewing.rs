//! Watching and controlling a desktop, and getting it back.

use desktop::Choice;
use e2e::{World, difference};
use multiclaw_core::Command;
use multiclaw_core::command::{Input, KeyCode};
use multiclaw_core::model::{Account, Desktops, PathKind, Retry, ViewerState};
use multiclaw_core::secret::Password;

fn painted() -> Choice {
    Choice::Painted { size: (800, 600), motion_fps: 0 }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_painted_desktop_is_shown_and_typed_into() {
    let world = World::start(None).await;
    let daemon = world.daemon(painted()).await;
    let app = world.app(world.app_config());
    app.live().await;
    let model = app.core.model();
    let viewer = model.viewer.as_ref().unwrap();
    assert_eq!(viewer.size, Some((800, 600)));
    assert_eq!(viewer.state, ViewerState::Live { path: PathKind::Direct });
    let before = daemon.snapshot().await.unwrap().rgba;
    for pressed in [true, false] {
        app.core.send(Command::Input(Input::Key { code: KeyCode::KeyW, pressed }));
    }
    app.core.send(Command::Input(Input::Text { text: "é MultiClaw".into() }));
    let mut after = before.clone();
    for _ in 0..200 {
        after = daemon.snapshot().await.unwrap().rgba;
        if difference(&before, &after) > 0.01 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    assert!(difference(&before, &after) > 0.01, "nothing was typed");
    app.until_picture("what was typed", |_, _, shown| difference(shown, &after) < 3.0).await;
    app.until("the pointer's shape", |m| m.viewer.as_ref()?.cursor.shape.clone()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_killed_daemon_is_said_and_comes_back_by_itself() {
    let world = World::start(None).await;
    let daemon = world.daemon(painted()).await;
    let app = world.app(world.app_config());
    app.live().await;
    drop(daemon);
    let (what, retry) = app
        .until("the loss", |m| match &m.viewer.as_ref()?.state {
            ViewerState::Lost { problem, retry } => Some((problem.what.clone(), *retry)),
            _ => None,
        })
        .await;
    assert!(what.contains("build-box"), "{what}");
    assert!(matches!(retry, Retry::In { attempt: 1.., .. }), "{retry:?}");
    assert!(app.picture().is_some(), "the last picture stays");
    app.until("the date of the picture", |m| m.viewer.as_ref()?.stale.clone()).await;
    let _daemon = world.daemon(painted()).await;
    app.live().await;
    assert_eq!(app.core.model().viewer.as_ref().unwrap().stale, None);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_picture_outlives_the_cloud_and_both_come_back() {
    let mut world = World::start(None).await;
    let _daemon = world.daemon(painted()).await;
    let app = world.app(world.app_config());
    app.live().await;
    world.cloud.take().unwrap().kill().await;
    app.until("the cloud's loss", |m| {
        matches!(m.cloud, multiclaw_core::model::CloudLink::Waiting { .. }).then_some(())
    })
    .await;
    let viewer = app.core.model().viewer.clone().unwrap();
    assert!(matches!(viewer.state, ViewerState::Live { .. }), "{:?}", viewer.state);
    world.restart_cloud().await;
    app.until("the cloud", |m| (m.cloud == multiclaw_core::model::CloudLink::Online).then_some(()))
        .await;
    app.live().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_password_says_so_and_the_right_one_is_remembered() {
    let world = World::start(None).await;
    let config = |sign_in: Option<&str>| multiclaw_core::engine::Config {
        sign_in: sign_in.map(|p| (e2e::EMAIL.into(), Password::new(p.into()))),
        open: None,
        ..world.app_config()
    };
    let app = world.app(config(Some("wrong")));
    let what = app
        .until("the problem", |m| match &m.account {
            Account::SignedOut(form) if !form.busy => form.problem.clone(),
            _ => None,
        })
        .await;
    assert_eq!(what.what, "The e-mail address or the password is wrong.");
    let email = e2e::EMAIL.to_owned();
    let password = Password::new(e2e::PASSWORD.into());
    app.core.send(Command::SignIn { email, password });
    let signed_in = |m: &multiclaw_core::Model| match &m.account {
        Account::SignedIn(person) => Some(person.name.clone()),
        _ => None,
    };
    assert_eq!(app.until("the sign-in", signed_in).await, "Ada Lovelace");
    app.until("the list", |m| match &m.desktops {
        Desktops::Ready(list) => (list.len() == 1).then_some(()),
        _ => None,
    })
    .await;
    let again = world.app(config(None));
    again.until("the remembered sign-in", signed_in).await;
    again.core.send(Command::SignOut);
    again.until("the form", |m| matches!(m.account, Account::SignedOut(_)).then_some(())).await;
    tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    assert!(!world.folder.path().join("app/session.json").exists(), "sign-out wipes the token");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stored_sign_in_outlives_a_start_without_the_cloud() {
    let mut world = World::start(None).await;
    let signed_in =
        |m: &multiclaw_core::Model| matches!(m.account, Account::SignedIn(_)).then_some(());
    let app = world.app(world.app_config());
    app.until("the sign-in", signed_in).await;
    // The disk has a thread of its own.
    while !world.folder.path().join("app/session.json").exists() {
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    drop(app);
    world.cloud.take().unwrap().kill().await;
    let config = multiclaw_core::engine::Config { sign_in: None, ..world.app_config() };
    let app = world.app(config);
    let problem = app
        .until("the reason", |m| match &m.account {
            Account::SignedOut(form) => form.problem.clone(),
            _ => None,
        })
        .await;
    assert_eq!(problem.what, "The cloud cannot be reached.");
    assert!(problem.next.contains("You stay signed in"), "{}", problem.next);
    world.restart_cloud().await;
    app.until("the sign-in", signed_in).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_revoked_sign_in_leads_to_the_form_with_the_reason() {
    let world = World::start(None).await;
    let _daemon = world.daemon(painted()).await;
    let app = world.app(world.app_config());
    app.live().await;
    world.cloud.as_ref().unwrap().revoke(&world.person).unwrap();
    let problem = app
        .until("the form", |m| match &m.account {
            Account::SignedOut(form) => form.problem.clone(),
            _ => None,
        })
        .await;
    assert_eq!(problem.what, "You were signed out.");
    assert_eq!(app.core.model().viewer, None);
}
