//! Keeping step with the cloud and the gateway, sans I/O: which event is news, what a list holds,
//! what is still to be sent, what a conversation says.

mod feed;
mod list;
pub mod outbox;
pub mod reading;
pub mod transcript;
pub mod turn;

pub use feed::{Feed, Verdict};
pub use list::{Listed, Mirror};
