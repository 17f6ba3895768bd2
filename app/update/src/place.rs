//! Whether this copy of the program may replace itself.

use std::path::PathBuf;

/// Who keeps this copy of the program up to date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// It does so itself.
    Ours,
    /// The person who runs it cannot write to its folder.
    NotWritable {
        /// The folder.
        folder: PathBuf,
    },
    /// A package manager.
    Packaged {
        /// Its name: `dpkg`, `rpm`, `Flatpak`, `Snap`, `AppImage`.
        by: String,
    },
    /// Nobody: it was built without keys.
    NoKeys,
}
