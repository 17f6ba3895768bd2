//! WebSocket servers that misbehave (RFC 6455).

use crate::peers::{Authority, head, https, tls, upgrade};
use net::{Close, Door, Message, NetError, Outcome, Proxies, Purpose, State, WebSocket};
use std::future::Future;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::server::TlsStream;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;

const LIMIT: usize = 256 * 1024;
const TEXT: u8 = 0x81;
const PING: u8 = 0x89;

/// A server that agrees to the upgrade and then does this, and a socket to it.
async fn against<F: Future<Output = ()> + Send + 'static>(
    then: impl Fn(TlsStream<TcpStream>) -> F + Clone + Send + Sync + 'static,
) -> (Door, WebSocket) {
    let authority = Authority::new("Test authority");
    let port = tls(authority.server(), move |mut stream| {
        let then = then.clone();
        async move {
            let head = head(&mut stream).await.unwrap();
            let key = head.lines().find_map(|line| line.strip_prefix("Sec-WebSocket-Key: "));
            let agreed = format!(
                "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
                 Sec-WebSocket-Accept: {}\r\n\r\n",
                derive_accept_key(key.unwrap().as_bytes())
            );
            stream.write_all(agreed.as_bytes()).await.unwrap();
            then(stream).await;
        }
    })
    .await;
    let door = authority.door(&[("localhost", port)], Proxies::none());
    let request = upgrade(&format!("wss://localhost:{port}/"));
    let socket = door.websocket(Purpose::CloudRealtime, request).await.unwrap();
    (door, socket)
}

/// A frame of a server.
fn frame(first: u8, payload: &[u8]) -> Vec<u8> {
    let mut frame = vec![first];
    match payload.len() {
        n @ 0..=125 => frame.push(u8::try_from(n).unwrap()),
        n @ 126..=0xffff => {
            frame.push(126);
            frame.extend(u16::try_from(n).unwrap().to_be_bytes());
        }
        n => {
            frame.push(127);
            frame.extend((n as u64).to_be_bytes());
        }
    }
    frame.extend(payload);
    frame
}

/// What the client makes of these bytes, up to its error or the end.
async fn received(bytes: Vec<u8>) -> (Vec<Message>, Result<Close, NetError>) {
    let (_, mut socket) = against(move |mut stream| {
        let bytes = bytes.clone();
        async move {
            let _ = stream.write_all(&bytes).await;
            let _ = stream.read_to_end(&mut Vec::new()).await;
        }
    })
    .await;
    let mut messages = Vec::new();
    loop {
        match socket.receive().await {
            Ok(Message::Closed(close)) => return (messages, Ok(close)),
            Ok(message) => messages.push(message),
            Err(error) => return (messages, Err(error)),
        }
    }
}

fn text(length: usize) -> Message {
    Message::Text("x".repeat(length))
}

/// The server sends this again and again, as fast as it can.
async fn endless(start: Vec<u8>, again: Vec<u8>) -> (usize, NetError) {
    let (_, mut socket) = against(move |mut stream| {
        let (start, again) = (start.clone(), again.repeat(100));
        async move {
            let _ = stream.write_all(&start).await;
            while stream.write_all(&again).await.is_ok() {}
        }
    })
    .await;
    // Far more than any limit; the time is for a client that has none.
    for count in 0..10_000 {
        let received = tokio::time::timeout(Duration::from_secs(60), socket.receive()).await;
        match received.expect("the client reads on and on") {
            Ok(Message::Alive) => {}
            Ok(other) => panic!("{other:?}"),
            Err(error) => return (count, error),
        }
    }
    panic!("no limit")
}

/// H13.
#[tokio::test]
async fn the_longest_message_and_one_more() {
    let x = "x".repeat(LIMIT + 1).into_bytes();
    let fits = [frame(TEXT, &x[..LIMIT]), frame(0x88, &1000u16.to_be_bytes())].concat();
    let (messages, end) = received(fits).await;
    assert_eq!(messages, [text(LIMIT)]);
    assert_eq!(end, Ok(Close { code: 1000, reason: String::new() }));
    assert_eq!(received(frame(TEXT, &x)).await, (vec![], Err(NetError::TooLarge)));
    // A frame that only says that it is long.
    let mut announced = frame(TEXT, &x);
    announced[2..10].copy_from_slice(&(u64::MAX / 2).to_be_bytes());
    announced.truncate(10);
    assert_eq!(received(announced).await, (vec![], Err(NetError::TooLarge)));
    // In fragments that are too long together.
    let fragments =
        [frame(0x01, &x[..LIMIT / 2]), frame(0x00, &x[..LIMIT / 2]), frame(0x80, b"x")].concat();
    assert_eq!(received(fragments).await, (vec![], Err(NetError::TooLarge)));
}

/// H13.
#[tokio::test]
async fn fragments_without_end() {
    let empty = endless(frame(0x01, b""), frame(0x00, b""));
    assert_eq!(empty.await, (0, NetError::TooLarge));
    let small = endless(frame(0x01, b""), frame(0x00, b"x"));
    assert_eq!(small.await, (0, NetError::TooLarge));
    // Pings between them are heard, and change nothing.
    let both = [frame(PING, &[b'p'; 125]), [0x00, 0x00].repeat(20_000)].concat();
    let (pings, error) = endless(frame(0x01, b""), both).await;
    assert!(pings < 40 && error == NetError::TooLarge, "{pings} {error:?}");
}

/// H13.
#[tokio::test]
async fn a_flood_of_pings() {
    let (pings, error) = endless(vec![], frame(PING, b"")).await;
    assert_eq!((pings, error), (200, NetError::Flood));
    let (binary, error) = endless(vec![], frame(0x82, b"\0")).await;
    assert_eq!((binary, error), (200, NetError::Flood));
}

/// H13.
#[tokio::test]
async fn text_that_is_none_and_frames_that_are_none() {
    let broken: [(&str, Vec<u8>); 8] = [
        ("invalid UTF-8", frame(TEXT, b"\xff\xfe")),
        ("half a character", frame(TEXT, b"\xe2\x82")),
        ("a masked frame", vec![TEXT, 0x80, 1, 2, 3, 4]),
        ("reserved bits", frame(0xf1, b"x")),
        ("a reserved opcode", frame(0x83, b"x")),
        ("a fragmented ping", frame(0x09, b"x")),
        ("a long ping", frame(PING, &[0; 126])),
        ("a continuation of nothing", frame(0x80, b"x")),
    ];
    for (what, bytes) in broken {
        let (messages, end) = received(bytes).await;
        assert!(messages.is_empty(), "{what}: {messages:?}");
        assert!(matches!(end, Err(NetError::Protocol(_))), "{what}: {end:?}");
    }
}

/// H13.
#[tokio::test]
async fn close_codes_reach_the_caller() {
    for code in [1008u16, 1012, 4001] {
        let payload = [&code.to_be_bytes()[..], b"why"].concat();
        let (_, end) = received(frame(0x88, &payload)).await;
        assert_eq!(end, Ok(Close { code, reason: "why".into() }));
    }
    let (_, end) = received(frame(0x88, b"")).await;
    assert_eq!(end, Ok(Close { code: 1005, reason: String::new() }));
}

/// H13.
#[tokio::test]
async fn a_connection_that_just_ends() {
    let (door, mut socket) = against(|stream| async { drop(stream) }).await;
    let error = socket.receive().await.unwrap_err();
    assert!(matches!(error, NetError::Protocol(_)), "{error:?}");
    let entry = door.log().last(Purpose::CloudRealtime).unwrap();
    assert_eq!(entry.outcome, Outcome::Failed(error));
    assert_eq!(entry.state, State::Open, "the caller still holds it");
    drop(socket);
    let entry = door.log().last(Purpose::CloudRealtime).unwrap();
    assert!(matches!(entry.state, State::Ended(_)));
}

/// H13.
#[tokio::test]
async fn a_half_open_connection_is_the_callers_to_notice() {
    let (_door, mut socket) = against(|stream| async move {
        std::future::pending::<()>().await;
        drop(stream);
    })
    .await;
    let silent = tokio::time::timeout(Duration::from_millis(300), socket.receive()).await;
    assert!(silent.is_err(), "{silent:?}");
    socket.ping().await.unwrap();
    // Nobody reads: what is not sent has a limit.
    let mut sent = 0;
    let error = loop {
        match socket.send("x".repeat(LIMIT)).await {
            Ok(()) => sent += 1,
            Err(error) => break error,
        }
        assert!(sent < 1000);
    };
    assert_eq!(error, NetError::Timeout { host: "localhost".into() });
    socket.close().await;
}

#[tokio::test]
async fn a_log_entry_counts_while_the_socket_lives() {
    let (door, mut socket) = against(|mut stream| async move {
        let _ = stream.write_all(&frame(TEXT, &[b'x'; 5000])).await;
        let _ = stream.read_to_end(&mut Vec::new()).await;
    })
    .await;
    let entry = || door.log().last(Purpose::CloudRealtime).unwrap();
    assert_eq!(entry().outcome, Outcome::Done { status: Some(101) });
    assert_eq!(socket.receive().await, Ok(text(5000)));
    let before = (door.log().generation(), entry().traffic.unwrap());
    assert!(before.1.received > 5000);
    socket.send("y".repeat(3000)).await.unwrap();
    assert_ne!(door.log().generation(), before.0);
    assert!(entry().traffic.unwrap().sent >= before.1.sent + 3000);
    assert_eq!(entry().state, State::Open);
    socket.close().await;
    assert!(matches!(entry().state, State::Ended(_)));
    assert_eq!(entry().outcome, Outcome::Done { status: Some(101) });
}

/// H8.
#[tokio::test]
async fn a_server_that_refuses_the_upgrade() {
    for (answer, expected) in [
        ("401 Unauthorized\r\n", NetError::Upgrade { status: 401 }),
        ("200 OK\r\n", NetError::Upgrade { status: 200 }),
        (
            "302 Found\r\nLocation: https://evil.example/x?token=1\r\n",
            NetError::Redirect { to: "evil.example".into() },
        ),
        ("307 Temporary Redirect\r\n", NetError::Redirect { to: String::new() }),
    ] {
        let authority = Authority::new("Test authority");
        let answer = format!("HTTP/1.1 {answer}Content-Length: 0\r\n\r\n");
        let port = https(authority.server(), move |_| answer.clone()).await;
        let door = authority.door(&[("localhost", port)], Proxies::none());
        let request = upgrade(&format!("wss://localhost:{port}/"));
        let error = door.websocket(Purpose::CloudRealtime, request).await.unwrap_err();
        assert_eq!(error, expected);
    }
}

#[tokio::test]
async fn an_upgrade_without_end_and_one_that_lies() {
    let authority = Authority::new("Test authority");
    let long = tls(authority.server(), |mut stream| async move {
        let _ = head(&mut stream).await;
        let _ = stream.write_all(b"HTTP/1.1 101 Switching Protocols\r\n").await;
        while stream.write_all(&b"X: y\r\n".repeat(100)).await.is_ok() {}
    })
    .await;
    let lies = https(authority.server(), |_| {
        "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
         Sec-WebSocket-Accept: AAAAAAAAAAAAAAAAAAAAAAAAAAA=\r\n\r\n"
            .into()
    })
    .await;
    let door = authority.door(&[("localhost", long), ("localhost", lies)], Proxies::none());
    for port in [long, lies] {
        let request = upgrade(&format!("wss://localhost:{port}/"));
        let error = door.websocket(Purpose::CloudRealtime, request).await.unwrap_err();
        assert!(matches!(error, NetError::Protocol(_) | NetError::TooLarge), "{error:?}");
    }
}
