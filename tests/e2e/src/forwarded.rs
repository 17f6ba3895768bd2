//! A proxy on this machine that says for whom it asks: how a gateway sees a device elsewhere.

use std::net::Ipv4Addr;
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

/// An address for documentation (RFC 5737).
pub const ELSEWHERE: &str = "203.0.113.9";

/// The proxy. Its tasks end when it is dropped.
pub struct Forwarded {
    /// Where it listens.
    pub port: u16,
    _tasks: JoinSet<()>,
}

impl Forwarded {
    /// In front of this port of 127.0.0.1.
    pub async fn start(to: u16) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let mut tasks = JoinSet::new();
        tasks.spawn(async move {
            let mut connections = JoinSet::new();
            loop {
                tokio::select! {
                    Ok((from, _)) = listener.accept() => {
                        connections.spawn(async move {
                            // An end that goes away ends the other one.
                            let _ = forward(from, to).await;
                        });
                    }
                    Some(_) = connections.join_next() => {}
                }
            }
        });
        Self { port, _tasks: tasks }
    }
}

/// Adds a line to the head of the first request; a WebSocket has no second one.
async fn forward(mut from: TcpStream, to: u16) -> std::io::Result<()> {
    let mut there = TcpStream::connect((Ipv4Addr::LOCALHOST, to)).await?;
    let mut line = Vec::new();
    while !line.ends_with(b"\r\n") {
        line.push(from.read_u8().await?);
    }
    there.write_all(&line).await?;
    there.write_all(format!("X-Forwarded-For: {ELSEWHERE}\r\n").as_bytes()).await?;
    copy_bidirectional(&mut from, &mut there).await?;
    Ok(())
}
