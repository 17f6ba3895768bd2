//! The peer itself.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use openclaw::{Options, Peer};
use std::io::{Read, Write};
use std::net::TcpStream;

fn health(port: u16) -> Option<String> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).ok()?;
    let request =
        format!("GET /healthz HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    Some(answer)
}

#[test]
fn a_real_gateway_starts_stops_and_starts_again_on_the_same_port() {
    let mut peer = Peer::start(Options::default()).unwrap();
    assert!(health(peer.port).unwrap().contains("\"live\""));
    assert!(!peer.token.is_empty() && peer.state().join("openclaw.json").exists());
    peer.stop().unwrap();
    assert_eq!(health(peer.port), None);
    peer.start_again().unwrap();
    assert!(health(peer.port).unwrap().contains("\"live\""));
}
