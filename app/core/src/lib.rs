//! What the program knows and does, without a window.
//!
//! Input becomes a [`Command`], core acts on it, the [`Model`] changes, and the user interface
//! paints the model. Core knows no egui and no wgpu.

pub mod command;
pub mod crash;
pub mod deep_link;
pub mod doctor;
pub mod engine;
pub mod enrol;
pub mod kiosk;
pub mod l10n;
mod links;
pub mod local_time;
pub mod model;
pub mod policy;
pub mod redact;
pub mod retry;
mod say;
pub mod scope;
pub mod secret;
pub mod storage;
pub mod sync;

pub use command::Command;
pub use model::Model;
