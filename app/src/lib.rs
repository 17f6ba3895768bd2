//! The program around core and user interface: window, graphics device, start.

pub mod arguments;
pub mod doctor;
pub mod enroll;
pub mod exit;
pub mod gpu;
pub mod kiosk;
pub mod link;
pub mod offscreen;
mod picture;
pub mod platform;
pub mod sandbox;
pub mod start;
pub mod tail;
pub mod update;
pub mod window;

pub use picture::GpuPicture;
