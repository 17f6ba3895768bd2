//! The first lines of `main`.

use crate::Config;
use semver::Version;
use std::path::PathBuf;
use std::time::SystemTime;

/// What to do next.
#[derive(Debug)]
pub enum Next {
    /// Go on.
    Run(Boot),
    /// Start this file in place of this process, with the same arguments.
    Exec(PathBuf),
}

/// A start of the program.
#[derive(Debug)]
pub struct Boot {
    /// What happened, in whole sentences for the page "Updates".
    pub notes: Vec<String>,
    pub(crate) config: Config,
    pub(crate) trial: Option<Version>,
}

/// Looks what is to be done before anything else.
#[must_use]
pub fn begin(config: &Config, _now: SystemTime) -> Next {
    Next::Run(Boot { notes: Vec::new(), config: config.clone(), trial: None })
}

/// The first frame was painted and the loop lived for 10 seconds, or the program ends as it should.
pub fn healthy(boot: &Boot) {
    tracing::debug!(trial = ?boot.trial, version = %boot.config.version, "this version is healthy");
}
