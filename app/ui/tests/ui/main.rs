//! The screens, found by their names as a screen reader finds them.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod beside;
mod chat;
mod chat_acts;
mod chat_look;
mod chat_model;
mod chat_thread;
mod desktops;
mod doctor;
mod gallery;
mod joining;
mod kiosk;
mod languages;
mod link;
mod look;
mod palette;
mod permissions;
mod scale;
mod screens;
mod shell;
mod unattended;
mod updates;
mod viewer;
mod walls;
mod world;
