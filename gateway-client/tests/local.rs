//! What this crate does on this machine with other programs: running `openclaw`, real and false
//! ones, and signed HTTP over a real socket.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

#[path = "local/programs.rs"]
mod programs;
#[path = "local/real.rs"]
mod real;
#[path = "local/signed_http.rs"]
mod signed_http;

fn door() -> net::Door {
    use net::{Door, Policy, Proxies, Trust};
    Door::with_proxies(Policy::inventory(), Trust::System, Proxies::from_env()).unwrap()
}
