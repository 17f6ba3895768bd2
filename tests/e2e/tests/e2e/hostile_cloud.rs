//! The app with a cloud that means it no good: H8, H16, H18.

use crate::hostile_server::{Reply, Server, json};
use cloud_client::realtime::{Event, LinkState, Realtime};
use cloud_client::rest::Rest;
use cloud_client::{ApiError, BearerToken};
use e2e::App;
use multiclaw_core::Command;
use multiclaw_core::engine::Config;
use multiclaw_core::model::*;
use net::{CertificateDer, Door, NetError, Policy, Trust};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

const TOKEN: &str = r#"{"token":"token-of-the-socket","expires_at":"2100-01-01T00:00:00Z"}"#;
const CONVERSATION: &str = "6f2c1c1e-58a5-4f5f-9d55-000000000001";
const READY: &str = r#"{"type":"ready","id":"s","seq":0}"#;
/// What comes last on the socket: when it is in the model, all before it was read.
const LAST: &str = r#"{"type":"changed","seq":1000000,"before":0,"workspace":"w","item":
    {"kind":"agent","id":"a","name":"the last","provider":"p","model":"m","instructions":"",
    "keys":[],"updated_at":"2026-01-01T00:00:00Z"}}"#;

#[tokio::test]
async fn h08_a_redirect_to_another_host_gets_no_bearer() {
    // Whoever connects there is counted.
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let elsewhere = listener.local_addr().unwrap().port();
    let arrived = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&arrived);
    tokio::spawn(async move {
        while listener.accept().await.is_ok() {
            count.fetch_add(1, Relaxed);
        }
    });
    let asked = AtomicUsize::new(0);
    let server = Server::start(move |head| {
        if head.contains("/v1/realtime/token") {
            return json(TOKEN);
        }
        let code = [301, 302, 303, 307, 308][asked.fetch_add(1, Relaxed) % 5];
        let to = format!("https://localhost:{elsewhere}/v1/me");
        let head = format!("HTTP/1.1 {code} X\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n");
        Reply::Bytes(head.into_bytes())
    })
    .await;
    // The other host is allowed for the same purposes: it is the redirect that is refused.
    let policy =
        Policy::default().allow_cloud("localhost", server.port).allow_cloud("localhost", elsewhere);
    let roots = server.authorities().into_iter().map(CertificateDer::from).collect();
    let rest = Rest::new(Door::new(policy, Trust::SystemAnd(roots)).unwrap(), &server.url());
    let bearer = BearerToken::new("bearer-of-ada".into());
    let refused = ApiError::Net(NetError::Redirect { to: "localhost".into() });
    for _ in 0..5 {
        assert_eq!(rest.me(&bearer).await.unwrap_err(), refused);
        assert_eq!(rest.sign_in("ada", "s3cret").await.unwrap_err(), refused);
    }
    let (_realtime, mut events) = Realtime::person(rest.clone(), bearer, "w".into());
    let error = loop {
        match events.recv().await.unwrap() {
            Event::State(LinkState::Connecting) => {}
            Event::State(LinkState::Waiting { error, .. }) => break error,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(error, refused);
    assert_eq!(arrived.load(Relaxed), 0);
    assert!(rest.log().entries().iter().all(|entry| entry.port == server.port));
}

/// A cloud of one person that says this on the socket, and always has more messages and more
/// lines of a log, without ever sending one.
async fn cloud(texts: Vec<String>) -> Server {
    Server::start(move |head| {
        let path = head.split(' ').nth(1).unwrap();
        let me = r#""user":{"id":"u","name":"Ada","email":"ada@example.com"},
            "workspaces":[{"id":"w","name":"W","role":"owner"}]"#;
        let message = format!(
            r#"{{"id":"m","conversation":"{CONVERSATION}","n":1,"speaker":"agent","name":"A",
            "text":"Hello","at":"2026-01-01T00:00:00Z"}}"#
        );
        match path {
            "/v1/sign-in" => json(&format!(r#"{{"token":"bearer-of-ada",{me}}}"#)),
            "/v1/me" => json(&format!("{{{me}}}")),
            "/v1/realtime/token" => json(TOKEN),
            "/v1/realtime" => Reply::Socket(texts.clone()),
            _ if path.ends_with("/desktops") => json(r#"{"desktops":[]}"#),
            _ if path.contains("/log?") => json(r#"{"lines":[],"more":true}"#),
            _ if path.contains("after=") => json(r#"{"messages":[],"more":true}"#),
            _ if path.contains("/messages") => json(&format!(r#"{{"messages":[{message}]}}"#)),
            _ if path.contains("/conversations") => json(r#"{"conversations":[],"seq":0}"#),
            _ => json(r#"{"items":[],"seq":0}"#),
        }
    })
    .await
}

/// The app, signed in, when it has read all that the socket says.
async fn app(server: &Server, folder: &tempfile::TempDir) -> App {
    let config = e2e::app_config(server.url(), folder.path().join("app"));
    let app = App::start(Config { open: None, ..config }, server.door());
    app.until("the end of what the socket says", |m| {
        m.workspace.agents.items().iter().any(|agent| agent.name == "the last").then_some(())
    })
    .await;
    app
}

fn texts(of: impl IntoIterator<Item = String>) -> Vec<String> {
    [READY.to_owned()].into_iter().chain(of).chain([LAST.to_owned()]).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn h16_each_token_goes_where_it_belongs() {
    let (server, folder) = (cloud(texts([])).await, tempfile::tempdir().unwrap());
    let app = app(&server, &folder).await;
    app.until("the lists", |m| matches!(m.workspace.agents, Load::Ready(_)).then_some(())).await;
    let heads = server.heads();
    assert!(heads.len() > 8);
    for head in heads {
        let sent = head.lines().find_map(|line| line.strip_prefix("authorization: "));
        let expected = match head.split(' ').nth(1).unwrap() {
            "/v1/sign-in" => None,
            "/v1/realtime" => Some("bearer token-of-the-socket"),
            _ => Some("bearer bearer-of-ada"),
        };
        assert_eq!(sent, expected, "{head}");
        assert_eq!(head.matches("of-ada").count() + head.matches("of-the-socket").count(), {
            usize::from(expected.is_some())
        });
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn h18_events_of_a_workspace_that_was_left_are_ignored() {
    let task = r#"{"kind":"task","id":"t","number":1,"title":"Not for you","state":"queued",
        "created_by":"u","created_at":"2026-01-01T00:00:00Z","updated_at":"2026-01-01T00:00:00Z"}"#;
    let event = |seq, workspace| {
        let before = seq - 1;
        format!(
            r#"{{"type":"changed","seq":{seq},"before":{before},"workspace":"{workspace}","item":{task}}}"#
        )
    };
    let folder = tempfile::tempdir().unwrap();
    let server = cloud(texts([event(1, "left"), event(1, "")])).await;
    let app = app(&server, &folder).await;
    app.until("the tasks", |m| matches!(m.workspace.tasks, Load::Ready(_)).then_some(())).await;
    assert!(app.core.model().workspace.tasks.items().is_empty());
    // The same event for the own workspace is taken.
    let (server, folder) = (cloud(texts([event(1, "w")])).await, tempfile::tempdir().unwrap());
    let app = self::app(&server, &folder).await;
    app.until("the task", |m| m.workspace.tasks.items().first().cloned()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn h18_a_socket_that_loses_events_is_no_storm_of_loads() {
    let lost = |k: u64| {
        let (seq, before) = (2 * k, 2 * k - 1);
        format!(
            r#"{{"type":"removed","seq":{seq},"before":{before},"workspace":"w","kind":"task","id":"t"}}"#
        )
    };
    let folder = tempfile::tempdir().unwrap();
    let server = cloud(texts((1..=1000).map(lost))).await;
    let app = app(&server, &folder).await;
    let loads = || server.count("/v1/workspaces/w/agents");
    app.until("the lists once more", |_| (loads() >= 2).then_some(())).await;
    // One when the socket opened, one for each second in which something was missed.
    assert!(loads() < 20, "{} loads for 1000 lost events", loads());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn h18_a_cloud_that_always_has_more_is_not_asked_for_ever() {
    let (server, folder) = (cloud(texts([])).await, tempfile::tempdir().unwrap());
    let app = app(&server, &folder).await;
    app.core.send(Command::OpenTaskLog(Some("t".into())));
    app.core.send(Command::OpenConversation(Some(CONVERSATION.into())));
    app.until("the message", |m| {
        m.conversations.open.as_ref()?.messages.iter().find(|m| m.text == "Hello").cloned()
    })
    .await;
    // Loads the conversations, and with them what the open one lacks.
    app.core.send(Command::RefreshWorkspace);
    app.until("the rest", |_| (server.count("after=1") > 0).then_some(())).await;
    // Time for many more, if each answer led to the next question.
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    for what in ["after=1", "/log?"] {
        let asked = server.count(what);
        assert!((1..=5).contains(&asked), "{what}: {asked} times");
    }
}

/// The list was made before the event and comes after it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn h18_a_desktop_that_appears_while_the_list_is_loaded_stays() {
    let event = r#"{"type":"desktop","desktop":{"id":"d","name":"new","state":"online"}}"#;
    let folder = tempfile::tempdir().unwrap();
    let server = cloud(texts([event.to_owned()])).await;
    let app = app(&server, &folder).await;
    app.until("two lists", |_| (server.count("/desktops") >= 2).then_some(())).await;
    // Time for the answers to come.
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    let model = app.core.model();
    let Desktops::Ready(desktops) = &model.desktops else { panic!("{:?}", model.desktops) };
    assert_eq!(desktops.iter().map(|d| &*d.name).collect::<Vec<_>>(), ["new"]);
}
