//! A cloud-desktop daemon: a real X11 desktop, or a painted one where there is none.
//!
//! `cloud-client/PROTOCOL.md` is the contract. A [`source`] is captured and typed into by the
//! [`desk`], one thread; a `session` is one viewer's connection; the [`daemon`] joins them to the
//! cloud.

pub mod blocks;
pub mod daemon;
pub mod desk;
mod encode;
pub mod pacing;
pub mod painted;
mod session;
pub mod source;
mod thumbnail;
pub mod x11;

pub use daemon::{Config, Daemon, DaemonError};
pub use source::{Choice, Source, SourceError};
