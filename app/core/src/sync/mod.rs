//! Keeping step with the cloud, sans I/O: which event is news, what a list holds, what is still
//! to be sent.

mod feed;
mod list;
pub mod outbox;

pub use feed::{Feed, Verdict};
pub use list::{Listed, Mirror};
