//! The app without a window, in a process of its own. See `e2e::alone`.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::indexing_slicing
)]

use e2e::alone::{Order, Said};
use e2e::{App, app_config, door};
use multiclaw_core::engine::Config;
use multiclaw_core::model::{PathKind, ViewerState};
use std::collections::HashSet;
use std::path::PathBuf;
use std::time::{Duration, Instant};
use tokio::net::{TcpListener, UnixStream};

/// The remote ports of the sockets of this process that tables of the kernel list.
fn sockets(tables: &[&str]) -> Vec<u16> {
    let mine: HashSet<String> = std::fs::read_dir("/proc/self/fd")
        .unwrap()
        .filter_map(|entry| std::fs::read_link(entry.unwrap().path()).ok())
        .filter_map(|link| {
            Some(link.to_str()?.strip_prefix("socket:[")?.strip_suffix(']')?.to_owned())
        })
        .collect();
    let mut ports = Vec::new();
    for table in tables {
        let text = std::fs::read_to_string(format!("/proc/self/net/{table}")).unwrap();
        for line in text.lines().skip(1) {
            let fields: Vec<&str> = line.split_whitespace().collect();
            if mine.contains(fields[9]) {
                let (_, port) = fields[2].rsplit_once(':').unwrap();
                ports.push(u16::from_str_radix(port, 16).unwrap());
            }
        }
    }
    ports
}

async fn forward(listener: TcpListener, path: PathBuf) {
    while let Ok((mut near, _)) = listener.accept().await {
        let path = path.clone();
        tokio::spawn(async move {
            let mut far = UnixStream::connect(path).await.unwrap();
            // Either end may close.
            let _ = tokio::io::copy_bidirectional(&mut near, &mut far).await;
        });
    }
}

fn say(said: &Said) {
    println!("{}", serde_json::to_string(said).unwrap());
}

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() {
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).unwrap();
    let order: Order = serde_json::from_str(&line).unwrap();
    for (port, path) in order.forward {
        let listener = TcpListener::bind(("127.0.0.1", port)).await.unwrap();
        tokio::spawn(forward(listener, path));
    }
    let start = Instant::now();
    let config = Config { relay_only: order.relay_only, ..app_config(order.cloud, order.data) };
    let app = App::start(config, door(order.port, order.authorities));
    let mut last = None;
    loop {
        tokio::time::sleep(Duration::from_millis(10)).await;
        let state = app.core.model().viewer.as_ref().map(|viewer| viewer.state.clone());
        let said = match &state {
            Some(ViewerState::Live { path }) if *path != PathKind::Unknown => Said::Live {
                relay: *path == PathKind::Relay,
                after_ms: u64::try_from(start.elapsed().as_millis()).unwrap(),
                udp_sockets: sockets(&["udp", "udp6"]).len(),
                tcp_ports: sockets(&["tcp", "tcp6"]),
            },
            Some(ViewerState::Lost { problem, .. }) => Said::Lost(problem.what.clone()),
            _ => continue,
        };
        let kind = std::mem::discriminant(&said);
        if last.replace(kind) != Some(kind) {
            say(&said);
        }
    }
}
