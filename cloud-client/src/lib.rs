//! MultiClaw Cloud: wire types, REST, the realtime socket and its tokens.
//!
//! `PROTOCOL.md` beside this crate is the contract.

mod error;
pub mod progress;
pub mod realtime;
pub mod rest;
pub mod screen;
mod secret;
pub mod wire;

pub use error::ApiError;
pub use secret::{BearerToken, DaemonToken, RealtimeToken, RelayCredential, ScreenBearer};
