//! The stand-in cloud over real HTTPS and WSS.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    missing_docs
)]

mod account;
mod agents;
mod client;
mod conversations;
mod described;
mod desktops;
mod device;
mod documents;
mod events;
mod invitations;
mod limits;
mod once;
mod openapi;
mod program;
mod pusher;
mod restart;
mod roles;
mod screens;
mod tasks;
mod tokens;
mod world;
