//! What the program knows and does, without a window.
//!
//! Input becomes a [`Command`], core acts on it, the [`Model`] changes, and the user interface
//! paints the model. Core knows no egui and no wgpu.

pub mod command;
pub mod model;
pub mod retry;
pub mod secret;

pub use command::Command;
pub use model::Model;
