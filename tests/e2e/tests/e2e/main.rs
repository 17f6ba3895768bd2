//! End to end tests: one program, for the sake of linking once.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    missing_docs
)]

mod bad_input;
mod doctor;
mod faults;
mod gateway_beside;
mod gateway_cuts;
mod gateway_history;
mod gateway_life;
mod gateway_link;
mod gateway_manage;
mod gateway_turns;
mod hostile;
mod hostile_cloud;
mod hostile_gateway;
mod hostile_json;
mod hostile_server;
mod interop;
mod patience;
mod relay;
mod screens;
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
