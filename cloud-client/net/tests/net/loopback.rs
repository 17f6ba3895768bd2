//! The gateway on this computer: plain WebSocket and HTTP to 127.0.0.1, and nowhere else.

use crate::peers::{get, head, tcp, upgrade};
use bytes::Bytes;
use futures_util::{SinkExt, StreamExt};
use net::{Close, Door, Message, NetError, Outcome, Policy, Proxies, Purpose, State, Trust};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio_tungstenite::tungstenite::Message as Raw;

const LONGEST: usize = 2 * 1024 * 1024;

fn door(proxies: Proxies) -> Door {
    Door::with_proxies(Policy::inventory(), Trust::System, proxies).unwrap()
}

/// Answers each request with what it was asked.
async fn mirror() -> u16 {
    tcp(|mut stream| async move {
        let Some(asked) = head(&mut stream).await else { return };
        let answer = format!("HTTP/1.1 207 Mirror\r\nContent-Length: {}\r\n\r\n", asked.len());
        let _ = stream.write_all((answer + &asked).as_bytes()).await;
    })
    .await
}

/// Sends back what it gets, with the head of the upgrade first.
async fn echo() -> u16 {
    tcp(|stream| async move {
        let mut asked = String::new();
        #[allow(clippy::result_large_err)] // The callback's type is the library's.
        let note = |request: &http::Request<()>, answer| {
            asked = format!("{} {:?}", request.uri(), request.headers());
            Ok(answer)
        };
        let Ok(mut socket) = tokio_tungstenite::accept_hdr_async(stream, note).await else {
            return;
        };
        let _ = socket.send(Raw::text(asked)).await;
        while let Some(Ok(message)) = socket.next().await {
            if message.is_text() && socket.send(message).await.is_err() {
                return;
            }
        }
    })
    .await
}

fn nobody() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

#[tokio::test]
async fn a_websocket_says_no_more_than_it_must() {
    let port = echo().await;
    let door = door(Proxies::none());
    let mut socket = door.loopback_websocket(port, LONGEST).await.unwrap();
    let Message::Text(asked) = socket.receive().await.unwrap() else { panic!("no text") };
    assert!(asked.starts_with("/ ") && asked.contains(&format!("127.0.0.1:{port}")), "{asked}");
    for header in ["origin", "forwarded", "x-real-ip", "authorization", "extensions", "user-agent"]
    {
        assert!(!asked.to_ascii_lowercase().contains(header), "{asked}");
    }
    // Longer than a realtime socket would take.
    let long = "x".repeat(LONGEST);
    socket.send(long.clone()).await.unwrap();
    assert_eq!(socket.receive().await, Ok(Message::Text(long)));
    let entry = door.log().last(Purpose::Gateway).unwrap();
    assert_eq!((entry.host.as_str(), entry.port, entry.proxy), ("127.0.0.1", port, None));
    assert_eq!(entry.outcome, Outcome::Done { status: Some(101) });
    assert!(entry.traffic.unwrap().sent > LONGEST as u64);
    assert_eq!(entry.state, State::Open);
    socket.send("x".repeat(LONGEST + 1)).await.unwrap();
    assert_eq!(socket.receive().await, Err(NetError::TooLarge));
    drop(socket);
    let entry = door.log().last(Purpose::Gateway).unwrap();
    assert!(matches!(entry.state, State::Ended(_)), "{:?}", entry.state);
}

#[tokio::test]
async fn what_refuses_the_upgrade_and_what_is_not_there() {
    let busy = tcp(|mut stream| async move {
        let _ = head(&mut stream).await;
        let _ = stream
            .write_all(b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n")
            .await;
    })
    .await;
    let door = door(Proxies::none());
    let error = door.loopback_websocket(busy, LONGEST).await.unwrap_err();
    assert_eq!(error, NetError::Upgrade { status: 503 });
    let gone = nobody();
    let error = door.loopback_websocket(gone, LONGEST).await.unwrap_err();
    assert!(matches!(error, NetError::Connect { .. }), "{error:?}");
    let error = door.loopback_get(gone, "/healthz").await.unwrap_err();
    assert!(matches!(error, NetError::Connect { .. }), "{error:?}");
    let entry = door.log().last(Purpose::Gateway).unwrap();
    assert_eq!((entry.port, &entry.outcome), (gone, &Outcome::Failed(error)));
    // Who is not there is looked for again and again: one entry, not hundreds.
    let entries = door.log().entries().len();
    for _ in 0..20 {
        assert!(door.loopback_websocket(gone, LONGEST).await.is_err());
    }
    assert_eq!(door.log().entries().len(), entries);
    assert!(door.log().last(Purpose::Gateway).unwrap().at >= entry.at);
}

#[tokio::test]
async fn close_codes_reach_the_caller() {
    let port = tcp(|stream| async move {
        use tokio_tungstenite::tungstenite::protocol::CloseFrame;
        let mut socket = tokio_tungstenite::accept_async(stream).await.unwrap();
        let why = CloseFrame { code: 1012u16.into(), reason: "service restart".into() };
        let _ = socket.close(Some(why)).await;
        while let Some(Ok(_)) = socket.next().await {}
    })
    .await;
    let mut socket = door(Proxies::none()).loopback_websocket(port, LONGEST).await.unwrap();
    let close = Close { code: 1012, reason: "service restart".into() };
    assert_eq!(socket.receive().await, Ok(Message::Closed(close)));
}

#[tokio::test]
async fn requests_go_as_they_are_but_for_claims_of_another_origin() {
    let port = mirror().await;
    let door = door(Proxies::none());
    let answer = door.loopback_get(port, "/readyz?x=1").await.unwrap();
    let asked = String::from_utf8(answer.body().to_vec()).unwrap();
    assert_eq!(answer.status(), 207);
    assert!(asked.starts_with("GET /readyz?x=1 HTTP/1.1\r\n"), "{asked}");
    assert!(asked.contains(&format!("host: 127.0.0.1:{port}\r\n")), "{asked}");
    let request = http::Request::post("http://evil.example/a")
        .header("x-signature", "abc")
        .header("origin", "https://evil.example")
        .header("x-forwarded-for", "1.2.3.4")
        .header("x-forwarded-proto", "https")
        .header("forwarded", "for=1.2.3.4")
        .header("x-real-ip", "1.2.3.4")
        .header("host", "evil.example")
        .body(Bytes::from_static(b"body"))
        .unwrap();
    let answer = door.loopback_request(port, request).await.unwrap();
    let asked = String::from_utf8(answer.body().to_vec()).unwrap();
    assert!(asked.starts_with("POST /a HTTP/1.1\r\n") && asked.ends_with("\r\nbody"), "{asked}");
    assert!(asked.contains("x-signature: abc"), "{asked}");
    assert!(!asked.contains("evil") && !asked.contains("1.2.3.4"), "{asked}");
    let entry = door.log().last(Purpose::Gateway).unwrap();
    assert_eq!(entry.outcome, Outcome::Done { status: Some(207) });
    for path in ["", "healthz", "http://evil.example:99999/"] {
        assert!(door.loopback_get(port, path).await.is_err(), "{path}");
    }
}

#[tokio::test]
async fn redirects_are_answers_and_long_answers_are_errors() {
    let elsewhere = tcp(|mut stream| async move {
        let _ = head(&mut stream).await;
        let answer = b"HTTP/1.1 302 Found\r\nLocation: https://evil.example/\r\n\
                       Content-Length: 0\r\n\r\n";
        let _ = stream.write_all(answer).await;
    })
    .await;
    let endless = tcp(|mut stream| async move {
        let _ = head(&mut stream).await;
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await;
        while stream.write_all(&[b'x'; 4096]).await.is_ok() {}
    })
    .await;
    let door = door(Proxies::none());
    assert_eq!(door.loopback_get(elsewhere, "/").await.unwrap().status(), 302);
    assert_eq!(door.loopback_get(endless, "/").await.unwrap_err(), NetError::TooLarge);
    let request = http::Request::get("/").body(Bytes::new()).unwrap();
    assert_eq!(door.loopback_request(endless, request).await.unwrap_err(), NetError::TooLarge);
}

#[tokio::test]
async fn a_proxy_is_never_asked() {
    let asked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    let proxy = tcp(move |mut stream| {
        count.fetch_add(1, Ordering::Relaxed);
        async move {
            let _ = stream.read_to_end(&mut Vec::new()).await;
        }
    })
    .await;
    let address = format!("http://127.0.0.1:{proxy}");
    let variables = ["http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy"];
    let proxies = Proxies::from_pairs(&variables.map(|name| (name, address.as_str())));
    let door = door(proxies);
    let route = door.proxies().route("api.multiclaw.io", 443).unwrap();
    assert_eq!(route, Some(format!("127.0.0.1:{proxy}")), "the variables are read");
    let mut socket = door.loopback_websocket(echo().await, LONGEST).await.unwrap();
    assert!(matches!(socket.receive().await, Ok(Message::Text(_))));
    assert_eq!(door.loopback_get(mirror().await, "/").await.unwrap().status(), 207);
    assert_eq!(asked.load(Ordering::Relaxed), 0);
    assert!(door.log().entries().iter().all(|entry| entry.proxy.is_none()));
}

#[tokio::test]
async fn the_gateways_purpose_opens_nothing_else() {
    let count = Arc::new(AtomicUsize::new(0));
    let accepted = Arc::clone(&count);
    let port = tcp(move |_| {
        accepted.fetch_add(1, Ordering::Relaxed);
        async {}
    })
    .await;
    let door = door(Proxies::none());
    let purpose = Purpose::Gateway;
    let refused = |result: Result<(), NetError>| {
        assert!(matches!(result, Err(NetError::Refused { .. })), "{result:?}");
    };
    for host in ["127.0.0.1", "localhost", "api.multiclaw.io"] {
        let url = |scheme: &str| format!("{scheme}://{host}:{port}/");
        refused(door.open(purpose, host, port).await.map(drop));
        refused(door.websocket(purpose, upgrade(&url("wss"))).await.map(drop));
        refused(door.request(purpose, get(&url("https"))).await.map(drop));
        refused(door.resolve(purpose, host, port).await.map(drop));
        refused(door.admit(purpose, host, port));
        assert!(door.open_plain(purpose, host, port).await.is_err());
    }
    assert_eq!(count.load(Ordering::Relaxed), 0);
    assert!(door.log().entries().iter().all(|e| matches!(e.outcome, Outcome::Failed(_))));
    let closed = Door::with_proxies(Policy::default(), Trust::System, Proxies::none()).unwrap();
    refused(closed.loopback_websocket(port, LONGEST).await.map(drop));
    refused(closed.loopback_get(port, "/").await.map(drop));
    assert_eq!(closed.log().entries().len(), 1, "the second as the first");
    assert_eq!(count.load(Ordering::Relaxed), 0);
}

/// Only root can stand in for another user.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn another_users_program_is_told_nothing() {
    let (heard, mut told) = tokio::sync::mpsc::unbounded_channel();
    let port = tcp(move |stream| {
        let heard = heard.clone();
        async move {
            std::os::unix::fs::fchown(&stream, Some(65_534), None)
                .expect("this test must be run as root: it needs a socket of another user");
            if let Ok(mut socket) = tokio_tungstenite::accept_async(stream).await {
                let _ = socket.send(Raw::text("what is your token?")).await;
                while let Some(Ok(message)) = socket.next().await {
                    let _ = heard.send(Some(message));
                }
            }
            // The connection is over.
            let _ = heard.send(None);
        }
    })
    .await;
    let door = door(Proxies::none());
    let refused = door.loopback_websocket(port, LONGEST).await.unwrap_err();
    assert_eq!(refused, NetError::ForeignUser { port, user: 65_534 });
    assert_eq!(told.recv().await, Some(None), "the connection ends without a word");
    let entry = door.log().last(Purpose::Gateway).unwrap();
    assert_eq!(entry.outcome, Outcome::Failed(refused));
}
