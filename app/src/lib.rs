//! The program around core and user interface: window, graphics device, start.

pub mod doctor;
pub mod gpu;
pub mod offscreen;
mod picture;
pub mod platform;
pub mod start;
pub mod tail;
pub mod window;

pub use picture::GpuPicture;
