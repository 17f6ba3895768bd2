//! Limits, and the places where a test stops everything.

use crate::UpdateError;
use net::Limits;
use std::io;
use std::sync::Arc;
use std::time::Duration;

/// What is about to be done. Between any two of them the power may fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// A piece of a download is written.
    Write,
    /// A whole download is made to last.
    Sync,
    /// The program is looked for in the archive.
    Unpack,
    /// What was verified becomes what waits for the next start.
    Stage,
    /// The archive that waits is copied to where only a start writes.
    Copy,
    /// That copy is verified, and the program taken out of it.
    Verify,
    /// The new program is started with `--self-test`.
    SelfTest,
    /// The marker is written.
    Mark,
    /// The new program and the old one change places.
    Exchange,
    /// That is made to last.
    Last,
    /// The old program is put where it can be found again.
    Keep,
    /// The new program is started.
    Start,
    /// This start is counted.
    Count,
    /// A version that was healthy is on trial no more.
    Confirm,
    /// A version is remembered as failed.
    Remember,
    /// The old program takes its place again.
    ExchangeBack,
    /// What is no longer needed is removed.
    CleanUp,
}

impl Step {
    /// Every step.
    pub const ALL: [Self; 17] = [
        Self::Write,
        Self::Sync,
        Self::Unpack,
        Self::Stage,
        Self::Copy,
        Self::Verify,
        Self::SelfTest,
        Self::Mark,
        Self::Exchange,
        Self::Last,
        Self::Keep,
        Self::Start,
        Self::Count,
        Self::Confirm,
        Self::Remember,
        Self::ExchangeBack,
        Self::CleanUp,
    ];
}

/// Limits of time and size, and what is asked before each step. The program uses the default; tests
/// make time short, disks full and power fail.
#[derive(Clone)]
pub struct Tuning {
    /// For a manifest and for its signature; the sizes are fixed.
    pub small: Limits,
    /// For an archive; its size is the signed one. A connection too slow for the whole time goes on
    /// where it was in the next download.
    pub archive: Limits,
    /// For the new program's self-test.
    pub self_test: Duration,
    /// Between two looks whether another copy of the program is done.
    pub look: Duration,
    /// Asked before each step. An error is taken for one of the disk.
    pub before: Arc<dyn Fn(Step) -> io::Result<()> + Send + Sync>,
}

impl std::fmt::Debug for Tuning {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Tuning").field("self_test", &self.self_test).finish_non_exhaustive()
    }
}

impl Default for Tuning {
    fn default() -> Self {
        Self {
            small: Limits { total: Duration::from_secs(60), ..Limits::default() },
            archive: Limits::default(),
            self_test: Duration::from_secs(10),
            look: Duration::from_millis(200),
            before: Arc::new(|_| Ok(())),
        }
    }
}

impl Tuning {
    pub(crate) fn before(&self, step: Step, what: &'static str) -> Result<(), UpdateError> {
        (self.before)(step).map_err(UpdateError::disk(what))
    }
}
