//! The app in a process of its own, for tests that look at the process: its sockets, or a network
//! of its own.

use crate::PATIENCE;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use std::process::Stdio;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};

/// How to start it. One line on its standard input.
#[derive(Serialize, Deserialize)]
pub struct Order {
    /// URL of the cloud.
    pub cloud: String,
    /// Port of the cloud.
    pub port: u16,
    /// Folder of the app.
    pub data: PathBuf,
    /// Trusted CAs, as DER.
    pub authorities: Vec<Vec<u8>>,
    /// Relays only.
    pub relay_only: bool,
    /// TCP ports of the loopback device that lead to these Unix sockets: the way out of a
    /// network of its own.
    pub forward: Vec<(u16, PathBuf)>,
}

/// What it says, one line each on its standard output.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Said {
    /// A picture is shown.
    Live {
        /// Through a relay.
        relay: bool,
        /// Milliseconds since the start.
        after_ms: u64,
        /// UDP sockets of the process.
        udp_sockets: usize,
        /// Ports that its TCP sockets are connected to.
        tcp_ports: Vec<u16>,
    },
    /// The desktop is lost.
    Lost(String),
}

/// The running process.
pub struct Alone {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
}

impl Alone {
    /// Starts the program by `command`, which may wrap it.
    pub async fn start(mut command: Command, order: &Order) -> Self {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect("the app does not start");
        let line = serde_json::to_string(order).unwrap() + "\n";
        child.stdin.as_mut().unwrap().write_all(line.as_bytes()).await.unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        Self { child, lines }
    }

    /// Waits for a picture. Before it the app may say that the cloud is not connected yet.
    pub async fn live(&mut self) -> Said {
        loop {
            let said = self.said().await;
            if matches!(said, Said::Live { .. }) {
                return said;
            }
        }
    }

    /// The next thing it says.
    pub async fn said(&mut self) -> Said {
        let line = tokio::time::timeout(PATIENCE, self.lines.next_line()).await;
        let line = line.expect("the app is silent").unwrap().expect("the app ended");
        serde_json::from_str(&line).unwrap()
    }

    /// Ends it.
    pub async fn end(mut self) {
        self.child.kill().await.unwrap();
    }
}
