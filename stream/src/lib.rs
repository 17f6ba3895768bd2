//! The viewer's half of a cloud desktop: signalling states, WebRTC, frames, input, cursor.
//!
//! The wire is described in `cloud-client/PROTOCOL.md`; [`protocol`] is its data-channel part.

pub mod clock;
pub mod pipeline;
pub mod protocol;
pub mod reassembly;
pub mod signalling;
pub mod slot;
pub mod stats;
pub mod transport;
pub mod viewer;
