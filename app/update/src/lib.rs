//! New versions of the program: found, verified, exchanged, and taken back when they do not start.

pub mod boot;
mod config;
mod error;
mod keys;
mod place;
mod state;
mod updater;

pub use config::Config;
pub use error::{CommentError, ManifestError, SignatureError, UnpackError, UpdateError};
pub use keys::{Fingerprint, KeyError, Keys, Role};
pub use place::Place;
pub use state::{LastResult, Reason, Status};
pub use updater::{Check, Offer, Staged, Updater};
