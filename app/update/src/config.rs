//! What a build knows about itself.

use crate::Keys;
use semver::Version;
use std::path::PathBuf;
use url::Url;

/// What a build knows about itself, and where it is.
#[derive(Clone, Debug)]
pub struct Config {
    /// The keys it trusts.
    pub keys: Keys,
    /// The version that runs.
    pub version: Version,
    /// The kind of computer, for example `linux-x86_64`.
    pub target: String,
    /// `multiclaw`: the product's name in signed comments, and the program's file in an archive.
    pub product: String,
    /// `stable`.
    pub channel: String,
    /// `https://cdn.multiclaw.io/desktop/`, with the slash.
    pub base: Url,
    /// The file of the running program, taken at the start and before anything is exchanged:
    /// afterwards the system gives the name of the file that was taken away.
    pub program: PathBuf,
    /// `~/.multiclaw/update`.
    pub state: PathBuf,
    /// Least number of a manifest.
    pub min_seq: u64,
    /// No version above this is put in place: an administrator's rule. One that waits already is
    /// dropped. Which versions are downloaded is the caller's to decide.
    pub newest: Option<Version>,
}

impl Config {
    /// What the program prints when it is started with `--self-test`, without a line's end. It does
    /// so before anything else, [`boot::begin`](crate::boot::begin) included, and ends with 0. A new
    /// version that does anything else is not taken.
    #[must_use]
    pub fn self_test_line(&self) -> String {
        format!("{} {} {}", self.product, self.version, self.target)
    }
}
