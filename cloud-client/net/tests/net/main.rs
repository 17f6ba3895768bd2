//! The door with real servers and real proxies: one program, for the sake of linking once.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod downloads;
mod hostile_proxies;
mod loopback;
mod peers;
mod plain;
mod programs;
mod proxies;
mod requests;
mod tls;
mod websocket;
