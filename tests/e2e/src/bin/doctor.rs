//! The check of everything, in a process of its own, for a network of its own.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::indexing_slicing
)]

use e2e::checked::{self, Order};
use multiclaw_core::doctor;
use std::path::PathBuf;
use std::sync::Arc;
use tokio::net::{TcpListener, UnixStream};

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

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() {
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).unwrap();
    let order: Order = serde_json::from_str(&line).unwrap();
    for (port, path) in order.forward {
        let listener = TcpListener::bind(("127.0.0.1", port)).await.unwrap();
        tokio::spawn(forward(listener, path));
    }
    let folder = tempfile::tempdir().unwrap();
    let door = e2e::door(order.port, order.authorities);
    let who = checked::person(&order.bearer);
    let setup = checked::setup(&order.cloud, door, who, folder.path().join("app"));
    let report = doctor::run(Arc::new(setup), |_| {}).await;
    println!("{}", doctor::text::json(&report, "e2e").unwrap());
}
