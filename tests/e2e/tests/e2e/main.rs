//! End to end tests: one program, for the sake of linking once.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod bad_input;
mod interop;
mod patience;
mod relay;
mod turn_blocked;
mod turn_outage;
mod turn_proxy;
mod turn_refused;
mod turn_renewal;
mod turn_tcp;
mod turn_tls;
mod turn_world;
mod viewing;
mod walls;
mod workspace;
mod x11;
