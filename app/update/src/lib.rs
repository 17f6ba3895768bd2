//! New versions of the program: found, verified, exchanged, and taken back when they do not start.
//!
//! An installation that updates itself is one program file in a folder that the person who runs it
//! owns. An archive is a `.tar.gz` that holds that file under the product's name (`multiclaw`) and
//! whatever else people should have with it, such as licences; only the program's file is ever
//! exchanged, and nothing else of the archive is written. It is a tar of plain files in the `ustar`
//! or GNU format, without the extensions that lengthen names. Copies that came with a package
//! manager are left to it ([`Place`]).
//!
//! What is trusted is in the program: [`Keys`]. The manifest `latest.json` is signed with one key
//! and says which archive is the newest; the archive is signed with another, which is kept
//! offline. Both signatures also sign a comment that binds them to a product, a channel, a version
//! and a target. Whoever takes over the server, or steals the manifest's key, can hide updates for
//! some time, and nothing more. A new list of keys comes inside a new program, signed with a key of
//! the list before; that is what the spare release key is for.
//!
//! The way of an update:
//!
//! 1. [`Updater::check`] asks, and judges the answer (`rules`).
//! 2. [`Updater::download`] keeps it in `.mc-update` beside the program (`site` says what is
//!    there), and verifies it.
//! 3. [`boot::begin`], at the next start, copies it to `.mc-kept`, verifies it again, unpacks the
//!    program, tries it with `--self-test`, and lets the two files change places in one step. The
//!    new program is started.
//! 4. [`boot::healthy`] says that it works, and the next start ends its trial. A version that had
//!    two starts without it is taken back.
//!
//! `json`, `keys`, `manifest`, `marker`, `rules`, `signature` and `state` decide, and touch
//! neither files nor sockets nor clocks.

pub mod boot;
mod config;
mod error;
mod fetch;
mod folder;
mod json;
mod kept;
mod keys;
mod manifest;
mod marker;
mod place;
mod release;
mod rules;
mod self_test;
mod signature;
mod site;
mod stage;
mod state;
mod tuning;
mod unpack;
mod updater;

pub use config::Config;
pub use error::{CommentError, ManifestError, SignatureError, UnpackError, UpdateError};
pub use keys::{Fingerprint, KeyError, Keys, Role};
pub use place::{Place, Surroundings};
pub use release::{ReleaseError, Report, verify_release};
pub use state::{LastResult, Reason, Status};
pub use tuning::{Step, Tuning};
pub use updater::{Check, Offer, Staged, Updater};
