//! H17: JSON that no decent server sends, over REST and the realtime socket.

use crate::hostile_server::{Reply, Server, json};
use cloud_client::realtime::{Event, LinkState, Realtime};
use cloud_client::rest::Rest;
use cloud_client::wire::{DesktopState, FromCloud, Role};
use cloud_client::{ApiError, BearerToken};
use net::NetError;
use parking_lot::Mutex;
use std::sync::Arc;
use std::time::Duration;

/// What does not read, whatever is expected: it is not JSON, or goes deeper than anything does.
fn broken() -> Vec<String> {
    let mut broken: Vec<String> =
        ["", "nul", "{\"items\":[NaN],\"seq\":1}", "{\"items\":[Infinity]}"]
            .map(str::to_owned)
            .into();
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        broken.push(format!("{}1{}", open.repeat(10_000), close.repeat(10_000)));
        broken.push(open.repeat(10_000));
    }
    broken
}

/// What is JSON and not a list of tasks, or of anything.
const WRONG: [&str; 9] = [
    "null",
    "[]",
    "{}",
    r#"{"items":{},"seq":1}"#,
    // Twice the same member.
    r#"{"items":[],"seq":1,"seq":2}"#,
    // Numbers that do not fit.
    r#"{"items":[],"seq":1e400}"#,
    r#"{"items":[],"seq":-1}"#,
    r#"{"items":[],"seq":18446744073709551616}"#,
    // Half of a surrogate pair.
    r#"{"items":[{"id":"\ud800"}],"seq":1}"#,
];

#[tokio::test]
async fn h17_a_hostile_answer_is_a_typed_error() {
    let body = Arc::new(Mutex::new(String::new()));
    let said = Arc::clone(&body);
    let server = Server::start(move |_| json(&said.lock())).await;
    let rest = Rest::new(server.door(), &server.url());
    let bearer = BearerToken::new("b".into());
    let api = rest.workspace(bearer.clone(), "w".into());
    for text in broken().iter().map(String::as_str).chain(WRONG) {
        text.clone_into(&mut body.lock());
        let start = text.get(..40).unwrap_or(text);
        let malformed = |error: ApiError| {
            assert!(matches!(error, ApiError::Malformed(_)), "{start}: {error:?}");
        };
        malformed(rest.me(&bearer).await.unwrap_err());
        malformed(rest.desktops(&bearer, "w").await.unwrap_err());
        malformed(rest.token_for_person(&bearer, "w").await.unwrap_err());
        malformed(rest.sign_in("a", "b").await.unwrap_err());
        malformed(api.tasks().await.unwrap_err());
        malformed(api.people().await.unwrap_err());
        malformed(api.agents().await.unwrap_err());
        malformed(api.conversations(None).await.unwrap_err());
        malformed(api.messages_before("c", None).await.unwrap_err());
        malformed(api.task_log("t", 0).await.unwrap_err());
    }
    // The client is as well as before.
    r#"{"items":[],"seq":7}"#.clone_into(&mut body.lock());
    assert_eq!(api.tasks().await.unwrap().seq, 7);
}

#[tokio::test]
async fn h17_a_refusal_that_cannot_be_read_is_told_by_its_status() {
    let body = Arc::new(Mutex::new(String::new()));
    let said = Arc::clone(&body);
    let server = Server::start(move |_| crate::hostile_server::status(503, &said.lock())).await;
    let rest = Rest::new(server.door(), &server.url());
    for text in broken().iter().map(String::as_str).chain(WRONG) {
        text.clone_into(&mut body.lock());
        let error = rest.me(&BearerToken::new("b".into())).await.unwrap_err();
        assert_eq!(error, ApiError::Server { status: 503 });
    }
}

#[tokio::test]
async fn h17_a_hundred_megabytes_are_not_read() {
    let length = 100 * 1024 * 1024;
    let server = Server::start(move |head| {
        // With the length said, and without.
        let length = match head.contains("/v1/me") {
            true => format!("Content-Length: {length}\r\n"),
            false => String::new(),
        };
        let head = format!("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n{length}\r\n");
        Reply::Long(head.into_bytes(), 1600)
    })
    .await;
    let rest = Rest::new(server.door(), &server.url());
    let bearer = BearerToken::new("b".into());
    let too_large = ApiError::Net(NetError::TooLarge);
    assert_eq!(rest.me(&bearer).await.unwrap_err(), too_large);
    assert_eq!(rest.desktops(&bearer, "w").await.unwrap_err(), too_large);
    for entry in rest.log().entries() {
        let received = entry.traffic.unwrap().received;
        assert!(received < 40 * 1024 * 1024, "{received} bytes were read");
    }
}

#[tokio::test]
async fn h17_what_a_later_version_says_is_understood_as_far_as_it_goes() {
    let server = Server::start(|head| {
        json(if head.contains("desktops") {
            r#"{"desktops":[{"id":"d","name":"n","state":"levitating","x":{"y":[1e400]}}]}"#
        } else {
            r#"{"user":{"id":"u","name":"\ud83d\ude00","email":"e"},"workspaces":
               [{"id":"w","name":"W","role":"emperor"}]}"#
        })
    })
    .await;
    let rest = Rest::new(server.door(), &server.url());
    let bearer = BearerToken::new("b".into());
    assert_eq!(rest.me(&bearer).await.unwrap().workspaces[0].role, Role::Unknown);
    // A number that is none of ours may be any number, or refused; it is never a panic.
    match rest.desktops(&bearer, "w").await {
        Ok(desktops) => assert_eq!(desktops[0].state, DesktopState::Unknown),
        Err(error) => assert!(matches!(error, ApiError::Malformed(_)), "{error:?}"),
    }
}

#[tokio::test]
async fn h17_hostile_messages_are_skipped_and_the_socket_goes_on() {
    let mut texts = vec![r#"{"type":"ready","id":"s","seq":1}"#.to_owned()];
    texts.extend(broken());
    texts.extend(WRONG.map(str::to_owned));
    texts.extend(
        [
            r#"{"type":"ready","type":"ready","id":"s"}"#,
            r#"{"type":"removed","seq":1e400,"before":0,"workspace":"w","kind":"task","id":"t"}"#,
            r#"{"type":"removed","seq":1,"before":0,"workspace":"w","kind":"task","id":"\udc00"}"#,
            r#"{"type":"removed","seq":1,"seq":2,"before":0,"workspace":"w","kind":"task","id":""}"#,
            r#"{"type":"changed","seq":1,"before":0,"workspace":"w","item":{"kind":"task"}}"#,
            r#"{"type":"weather","deep":{"a":[[[[1e400]]]]}}"#,
            r#"{"type":5}"#,
            r#"{"type":"desktop-removed","id":"the last"}"#,
        ]
        .map(str::to_owned),
    );
    let server = Server::start(move |head| {
        if head.contains("/v1/realtime/token") {
            json(r#"{"token":"t","expires_at":"2100-01-01T00:00:00Z"}"#)
        } else {
            Reply::Socket(texts.clone())
        }
    })
    .await;
    let rest = Rest::new(server.door(), &server.url());
    let (_realtime, mut events) = Realtime::person(rest, BearerToken::new("b".into()), "w".into());
    let mut seen = Vec::new();
    while !matches!(seen.last(), Some(Event::Message(FromCloud::DesktopRemoved { .. }))) {
        let event = tokio::time::timeout(Duration::from_secs(20), events.recv()).await;
        seen.push(event.expect("nothing more came").expect("the task ended"));
    }
    let expected = [
        Event::State(LinkState::Connecting),
        Event::State(LinkState::Online { seq: 1 }),
        Event::Message(FromCloud::DesktopRemoved { id: "the last".into() }),
    ];
    assert_eq!(seen, expected);
}
