//! The program around core and user interface: window, graphics device, start.

pub mod gpu;
pub mod offscreen;
mod picture;
pub mod platform;
pub mod sandbox;
pub mod start;
pub mod window;

pub use picture::GpuPicture;
