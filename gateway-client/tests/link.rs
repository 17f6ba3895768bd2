//! The connection with a stand-in of a gateway that does what a real one seldom does.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use futures_util::{SinkExt, StreamExt};
use gateway_client::discovery::Endpoint;
use gateway_client::events::Happening;
use gateway_client::identity::DeviceKey;
use gateway_client::methods::Method;
use gateway_client::{Client, ConnectError, Event, GatewayToken, LinkState, RequestError, Target};
use net::{Door, NetError, Policy, Proxies, Trust};
use serde::Serialize;
use serde_json::{Value, json};
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc::Receiver;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;

/// Far longer than anything here takes.
const NEVER: Duration = Duration::from_secs(60);

#[derive(Serialize)]
struct Health;

impl Method for Health {
    const NAME: &'static str = "health";
    type Answer = u64;
    const SECONDS: u64 = 30;
}

#[derive(Serialize)]
struct Hasty;

impl Method for Hasty {
    const NAME: &'static str = "hasty";
    type Answer = Value;
    const SECONDS: u64 = 1;
}

type Socket = WebSocketStream<TcpStream>;

/// Serves each connection after its handshake with this; the port.
async fn gateway<F: Future<Output = ()> + Send + 'static>(
    serve: impl Fn(Socket) -> F + Send + Sync + 'static,
) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let serve = Arc::new(serve);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let serve = Arc::clone(&serve);
            tokio::spawn(async move {
                let mut config = WebSocketConfig::default();
                config.max_frame_size = None;
                config.max_message_size = None;
                let socket = tokio_tungstenite::accept_async_with_config(stream, Some(config));
                let Ok(mut socket) = socket.await else { return };
                let nonce = json!({"nonce": "n", "ts": 1});
                say(
                    &mut socket,
                    json!({"type": "event", "event": "connect.challenge",
                    "payload": nonce}),
                )
                .await;
                let connect = heard(&mut socket).await.unwrap();
                assert_eq!(connect["method"], "connect");
                let hello = json!({"type": "hello-ok", "protocol": 4, "server": {"bootId": "b"}});
                answer(&mut socket, &connect, hello).await;
                serve(socket).await;
            });
        }
    });
    port
}

async fn say(socket: &mut Socket, frame: Value) {
    let _ = socket.send(Message::text(frame.to_string())).await;
}

async fn answer(socket: &mut Socket, asked: &Value, payload: Value) {
    let id = &asked["id"];
    say(socket, json!({"type": "res", "id": id, "ok": true, "payload": payload})).await;
}

/// The next request; `None` at the end.
async fn heard(socket: &mut Socket) -> Option<Value> {
    loop {
        match socket.next().await?.ok()? {
            Message::Text(text) => return Some(serde_json::from_str(&text).unwrap()),
            Message::Close(_) => return None,
            _ => {}
        }
    }
}

fn connect(port: u16) -> (Client, Receiver<Event>) {
    let door = Door::with_proxies(Policy::inventory(), Trust::System, Proxies::none()).unwrap();
    let target = Target {
        endpoint: Endpoint::loopback(port),
        token: Some(GatewayToken::new("t".into())),
        key: Arc::new(DeviceKey::generate()),
        grant: None,
        version: "0.1.0".into(),
    };
    Client::start(door, target)
}

async fn state(events: &mut Receiver<Event>) -> LinkState {
    let next = async {
        loop {
            if let Event::State(state) = events.recv().await.unwrap() {
                return state;
            }
        }
    };
    tokio::time::timeout(NEVER, next).await.expect("a state")
}

async fn online(events: &mut Receiver<Event>) {
    while !matches!(state(events).await, LinkState::Online(_)) {}
}

#[tokio::test]
async fn events_wait_for_their_owner_and_none_is_lost() {
    const MANY: usize = 5000;
    let port = gateway(|mut socket| async move {
        // One request is answered in the middle of it all.
        let asked = heard(&mut socket).await.unwrap();
        for seq in 1..=MANY {
            let name = format!("event-{seq}");
            say(&mut socket, json!({"type": "event", "event": name, "payload": {}, "seq": seq}))
                .await;
        }
        answer(&mut socket, &asked, json!(7)).await;
        while let Some(asked) = heard(&mut socket).await {
            answer(&mut socket, &asked, json!(7)).await;
        }
    })
    .await;
    let (client, mut events) = connect(port);
    online(&mut events).await;
    let asking = client.clone();
    let first = tokio::spawn(async move { asking.request(&Health).await });
    // Nobody takes events: the answer behind them cannot come, and a short time runs out.
    assert_eq!(client.request(&Hasty).await, Err(RequestError::Timeout));
    assert!(!first.is_finished());
    for seq in 1..=MANY {
        match tokio::time::timeout(NEVER, events.recv()).await.unwrap().unwrap() {
            Event::Happened(happening) => {
                assert_eq!(*happening, Happening::Other(format!("event-{seq}")));
            }
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(first.await.unwrap(), Ok(7));
    assert_eq!(client.request(&Health).await, Ok(7));
}

#[tokio::test]
async fn what_waits_for_an_answer_ends_with_the_connection() {
    let port = gateway(|mut socket| async move {
        heard(&mut socket).await;
        heard(&mut socket).await;
    })
    .await;
    let (client, mut events) = connect(port);
    online(&mut events).await;
    let both = tokio::join!(client.request(&Health), client.request(&Health));
    assert_eq!(both, (Err(RequestError::NotOpen), Err(RequestError::NotOpen)));
    assert!(matches!(state(&mut events).await, LinkState::Waiting { .. }));
    assert_eq!(client.request(&Health).await, Err(RequestError::NotOpen), "none is kept for later");
    client.reconnect_now();
    online(&mut events).await;
}

#[tokio::test]
async fn an_answer_that_is_another_is_an_error_of_its_own() {
    let port = gateway(|mut socket| async move {
        while let Some(asked) = heard(&mut socket).await {
            say(&mut socket, json!({"type": "res", "id": "999", "ok": true})).await;
            answer(&mut socket, &asked, json!("seven")).await;
        }
    })
    .await;
    let (client, mut events) = connect(port);
    online(&mut events).await;
    let error = client.request(&Health).await.unwrap_err();
    assert!(matches!(error, RequestError::Answer { method: "health", .. }), "{error:?}");
}

/// As many at once as would ever be asked, and more than wait at once.
#[tokio::test]
async fn a_thousand_requests_at_once() {
    let port = gateway(|mut socket| async move {
        let mut most = 0;
        loop {
            let asked = heard(&mut socket).await;
            let Some(asked) = asked else { return };
            most += 1;
            answer(&mut socket, &asked, json!(most)).await;
        }
    })
    .await;
    let (client, mut events) = connect(port);
    online(&mut events).await;
    let asked = (0..1000).map(|_| {
        let client = client.clone();
        tokio::spawn(async move { client.request(&Health).await.unwrap() })
    });
    let mut sum = 0;
    for answer in asked.collect::<Vec<_>>() {
        sum += answer.await.unwrap();
    }
    assert_eq!(sum, 1000 * 1001 / 2, "each got the answer to its own");
}

#[tokio::test]
async fn a_frame_that_is_too_long_ends_the_connection() {
    let port = gateway(|mut socket| async move {
        let long = "x".repeat(26 * 1024 * 1024);
        say(&mut socket, json!({"type": "event", "event": "x", "payload": long})).await;
        heard(&mut socket).await;
    })
    .await;
    let (_client, mut events) = connect(port);
    online(&mut events).await;
    let LinkState::Waiting { error, .. } = state(&mut events).await else { panic!("no wait") };
    assert_eq!(error, ConnectError::Net(NetError::TooLarge));
}

#[tokio::test]
async fn it_ends_with_its_last_handle_or_with_its_listener() {
    let (ended, mut ends) = tokio::sync::mpsc::channel(2);
    let port = gateway(move |mut socket| {
        let ended = ended.clone();
        async move {
            assert_eq!(heard(&mut socket).await, None);
            ended.send(()).await.unwrap();
        }
    })
    .await;
    let (client, mut events) = connect(port);
    online(&mut events).await;
    drop(client);
    tokio::time::timeout(NEVER, ends.recv()).await.expect("closed").unwrap();
    let (client, mut events) = connect(port);
    online(&mut events).await;
    drop(events);
    tokio::time::timeout(NEVER, ends.recv()).await.expect("closed").unwrap();
    assert_eq!(client.request(&Health).await, Err(RequestError::NotOpen));
}
