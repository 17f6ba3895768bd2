//! The OpenClaw gateway on this machine: where it is, how it is spoken to, and what it can do.
//!
//! It is a trust zone of its own. Its token, the device's key and the device's token are types of
//! this crate that convert into nothing of the cloud's. It is only ever reached on the loopback
//! interface, and its address comes from its own configuration and nowhere else.

mod client;
pub mod discovery;
pub mod events;
pub mod identity;
pub mod methods;
pub mod program;
#[cfg(test)]
mod recorded;
mod secret;
pub mod signed;
mod wire;

pub use client::{Client, ConnectError, Event, LinkState, Refusal, RequestError, Target};
pub use secret::{DeviceToken, GatewayToken};
