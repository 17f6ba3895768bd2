//! The cloud through the app's own client: HTTPS and WSS with real sockets.

use cloud::store::NewPerson;
use cloud::{Cloud, Config, Data};
use cloud_client::realtime::{Event, LinkState, Realtime, StopReason};
use cloud_client::rest::Rest;
use cloud_client::wire::{DesktopState, FromCloud, Role, Signal, ToCloud};
use cloud_client::{ApiError, BearerToken, DaemonToken};
use net::{CertificateDer, Door, NetError, Policy, TlsFault, Trust};
use std::time::Duration;
use tokio::sync::mpsc::Receiver;

const PASSWORD: &str = "correct horse battery";

struct World {
    cloud: Cloud,
    workspace: String,
    person: String,
    desktop: String,
    daemon: DaemonToken,
}

fn config() -> Config {
    Config { bcrypt_cost: 4, ..Config::default() }
}

async fn world(config: Config) -> World {
    let cloud = Cloud::start(config).await.unwrap();
    let workspace = cloud.store().add_workspace("Works").unwrap();
    let person = add_person(&cloud, &workspace, "ada@example.com").await;
    let (desktop, token) = cloud.store().add_desktop(&workspace, "build-box").unwrap();
    World { cloud, workspace, person, desktop, daemon: DaemonToken::new(token) }
}

async fn add_person(cloud: &Cloud, workspace: &str, email: &str) -> String {
    cloud
        .add_person(NewPerson {
            workspace: workspace.into(),
            role: Role::Owner,
            name: "Ada".into(),
            email: email.into(),
            password: PASSWORD.into(),
        })
        .await
        .unwrap()
}

fn door(cloud: &Cloud, trust: Trust) -> Door {
    let port = cloud.address().port();
    Door::new(
        Policy::default().allow_cloud("localhost", port).allow_cloud("127.0.0.1", port),
        trust,
    )
    .unwrap()
}

fn trusted(cloud: &Cloud) -> Rest {
    let trust = Trust::SystemAnd(vec![CertificateDer::from(cloud.ca_der())]);
    Rest::new(door(cloud, trust), &cloud.url())
}

async fn next(events: &mut Receiver<Event>) -> Event {
    tokio::time::timeout(Duration::from_secs(20), events.recv())
        .await
        .expect("nothing happened")
        .expect("the connection is over")
}

async fn until<T>(events: &mut Receiver<Event>, want: impl Fn(&Event) -> Option<T>) -> T {
    loop {
        if let Some(found) = want(&next(events).await) {
            return found;
        }
    }
}

async fn online(events: &mut Receiver<Event>) {
    until(events, |e| matches!(e, Event::State(LinkState::Online { .. })).then_some(())).await;
}

fn opened(event: &Event) -> Option<String> {
    match event {
        Event::Message(FromCloud::SessionOpened { session, .. }) => Some(session.clone()),
        _ => None,
    }
}

#[tokio::test]
async fn sign_in_right_wrong_unknown_and_locked() {
    let w = world(config()).await;
    let rest = trusted(&w.cloud);
    let signed_in = rest.sign_in("Ada@Example.com", PASSWORD).await.unwrap();
    assert_eq!(signed_in.workspaces[0].name, "Works");
    assert_eq!(rest.me(&signed_in.token).await.unwrap().user.email, "ada@example.com");
    assert_eq!(
        rest.sign_in("nobody@example.com", PASSWORD).await.unwrap_err(),
        ApiError::WrongCredentials
    );
    for _ in 0..5 {
        let wrong = rest.sign_in("ada@example.com", "wrong").await.unwrap_err();
        assert_eq!(wrong, ApiError::WrongCredentials);
    }
    let locked = rest.sign_in("ada@example.com", PASSWORD).await.unwrap_err();
    let ApiError::Locked { until: Some(until) } = locked else { panic!("{locked:?}") };
    assert!(until.parse::<jiff::Timestamp>().unwrap() > jiff::Timestamp::now());
    assert!(rest.me(&signed_in.token).await.is_ok(), "who is signed in stays signed in");
}

#[tokio::test]
async fn sign_out_ends_the_token() {
    let w = world(config()).await;
    let rest = trusted(&w.cloud);
    let token = rest.sign_in("ada@example.com", PASSWORD).await.unwrap().token;
    rest.sign_out(&token).await.unwrap();
    assert_eq!(rest.me(&token).await.unwrap_err(), ApiError::SignedOut);
    let made_up = BearerToken::new("made-up".into());
    assert_eq!(rest.desktops(&made_up, &w.workspace).await.unwrap_err(), ApiError::SignedOut);
}

/// H11.
#[tokio::test]
async fn an_unknown_issuer_and_a_wrong_host_are_named() {
    let w = world(config()).await;
    let stranger = Rest::new(door(&w.cloud, Trust::System), &w.cloud.url());
    let fault = |error| match error {
        ApiError::Net(NetError::Tls { fault }) => fault,
        other => panic!("{other:?}"),
    };
    let issuer = "MultiClaw stand-in cloud CA".to_owned();
    let untrusted = TlsFault::Inspected { issuer };
    assert_eq!(fault(stranger.sign_in("a", "b").await.unwrap_err()), untrusted);
    let port = w.cloud.address().port();
    let trust = Trust::SystemAnd(vec![CertificateDer::from(w.cloud.ca_der())]);
    // A name for this machine that the certificate does not have.
    let policy = Policy::default().allow_cloud("127.0.0.2", port);
    let elsewhere =
        Rest::new(Door::new(policy, trust).unwrap(), &format!("https://127.0.0.2:{port}"));
    let error = elsewhere.sign_in("a", "b").await.unwrap_err();
    // The server only listens on 127.0.0.1, so on most systems nothing answers there at all.
    assert!(
        matches!(
            &error,
            ApiError::Net(
                NetError::Connect { .. } | NetError::Tls { fault: TlsFault::WrongHost { .. } }
            )
        ),
        "{error:?}"
    );
}

#[tokio::test]
async fn what_the_policy_does_not_name_is_refused_and_logged() {
    let w = world(config()).await;
    let door = Door::new(Policy::inventory(), Trust::System).unwrap();
    let rest = Rest::new(door.clone(), &w.cloud.url());
    let refused = rest.sign_in("a", "b").await.unwrap_err();
    assert!(matches!(refused, ApiError::Net(NetError::Refused { .. })), "{refused:?}");
    let plain = Rest::new(door.clone(), "http://api.multiclaw.io");
    assert_eq!(plain.sign_in("a", "b").await.unwrap_err(), ApiError::Net(NetError::NotSecure));
    assert_eq!(door.log().entries().len(), 1);
    assert_eq!(door.log().entries()[0].host, "localhost");
}

#[tokio::test]
async fn another_workspace_is_not_found() {
    let w = world(config()).await;
    let rest = trusted(&w.cloud);
    let other = w.cloud.store().add_workspace("Others").unwrap();
    let token = rest.sign_in("ada@example.com", PASSWORD).await.unwrap().token;
    assert_eq!(rest.desktops(&token, &other).await.unwrap_err(), ApiError::NotFound);
    assert_eq!(rest.token_for_person(&token, &other).await.unwrap_err(), ApiError::NotFound);
    let as_person = BearerToken::new(w.daemon.expose().into());
    assert_eq!(rest.me(&as_person).await.unwrap_err(), ApiError::Forbidden);
}

#[tokio::test]
async fn signals_reach_the_other_end_and_nobody_else() {
    let w = world(config()).await;
    let rest = trusted(&w.cloud);
    let (daemon, mut at_daemon) = Realtime::daemon(rest.clone(), w.daemon.clone());
    online(&mut at_daemon).await;
    let token = rest.sign_in("ada@example.com", PASSWORD).await.unwrap().token;
    let list = rest.desktops(&token, &w.workspace).await.unwrap();
    assert_eq!(list[0].state, DesktopState::Online);
    let (viewer, mut at_viewer) = Realtime::person(rest.clone(), token, w.workspace.clone());
    online(&mut at_viewer).await;

    let elsewhere = w.cloud.store().add_workspace("Others").unwrap();
    add_person(&w.cloud, &elsewhere, "eve@example.com").await;
    let eve = rest.sign_in("eve@example.com", PASSWORD).await.unwrap().token;
    let (intruder, mut at_intruder) = Realtime::person(rest.clone(), eve, elsewhere);
    online(&mut at_intruder).await;

    let open = ToCloud::SessionOpen { desktop: w.desktop.clone(), request: "r1".into() };
    viewer.send(open.clone()).unwrap();
    let session = until(&mut at_viewer, opened).await;
    assert_eq!(until(&mut at_daemon, opened).await, session);

    intruder.send(open).unwrap();
    let code = until(&mut at_intruder, |e| match e {
        Event::Message(FromCloud::SessionRefused { code, .. }) => Some(code.clone()),
        _ => None,
    })
    .await;
    assert_eq!(code, "not_found");
    let forged = Signal::Candidate { candidate: "forged".into(), mid: None, line: Some(0) };
    intruder.send(ToCloud::Signal { session: session.clone(), signal: forged }).unwrap();
    let code = until(&mut at_intruder, |e| match e {
        Event::Message(FromCloud::Error { code, .. }) => Some(code.clone()),
        _ => None,
    })
    .await;
    assert_eq!(code, "not_in_session");

    let signal = Signal::Candidate { candidate: "real".into(), mid: None, line: Some(0) };
    viewer.send(ToCloud::Signal { session: session.clone(), signal: signal.clone() }).unwrap();
    let arrived = until(&mut at_daemon, |e| match e {
        Event::Message(FromCloud::Signal { signal, .. }) => Some(signal.clone()),
        _ => None,
    })
    .await;
    assert_eq!(arrived, signal, "the forged one never came");

    drop(daemon);
    let code = until(&mut at_viewer, |e| match e {
        Event::Message(FromCloud::SessionClosed { code, .. }) => Some(code.clone()),
        _ => None,
    })
    .await;
    assert_eq!(code, "peer_gone");
    until(&mut at_viewer, |e| match e {
        Event::Message(FromCloud::Desktop { desktop }) => {
            (desktop.state == DesktopState::Offline && desktop.last_seen.is_some()).then_some(())
        }
        _ => None,
    })
    .await;
}

/// H15.
#[tokio::test]
async fn a_revoked_person_is_told_once_and_not_tried_again() {
    let w = world(config()).await;
    let rest = trusted(&w.cloud);
    let token = rest.sign_in("ada@example.com", PASSWORD).await.unwrap().token;
    let (_viewer, mut events) = Realtime::person(rest.clone(), token, w.workspace.clone());
    online(&mut events).await;
    let before = rest_entries(&rest);
    w.cloud.revoke(&w.person).unwrap();
    until(&mut events, |e| {
        (*e == Event::State(LinkState::Stopped(StopReason::SignedOut))).then_some(())
    })
    .await;
    assert_eq!(events.recv().await, None);
    assert_eq!(rest_entries(&rest), before, "no further connection was made");
}

fn rest_entries(rest: &Rest) -> usize {
    rest.log().entries().len()
}

#[tokio::test]
async fn the_client_comes_back_after_a_restart_of_the_cloud() {
    let folder = tempfile::tempdir().unwrap();
    let data = Data::Folder(folder.path().into());
    let w = world(Config { data: data.clone(), ..config() }).await;
    let rest = trusted(&w.cloud);
    let listen = w.cloud.address();
    let (_daemon, mut events) = Realtime::daemon(rest.clone(), w.daemon.clone());
    online(&mut events).await;
    w.cloud.stop().await;
    until(&mut events, |e| matches!(e, Event::State(LinkState::Waiting { .. })).then_some(()))
        .await;
    let cloud = Cloud::start(Config { listen, data, ..config() }).await.unwrap();
    online(&mut events).await;
    cloud.kill().await;
    until(&mut events, |e| matches!(e, Event::State(LinkState::Waiting { .. })).then_some(()))
        .await;
}
