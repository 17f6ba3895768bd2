//! Updates with the real `minisign` as the signer and a TLS server as the CDN: one program, for the
//! sake of linking once. Functions are named by the attack case that they play, U1 to U28.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod archives;
mod forged;
mod manifests;
mod network;
mod release;
mod server;
mod signatures;
mod signer;
mod starts;
mod steps;
mod world;
