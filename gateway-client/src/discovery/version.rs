//! The version of the `openclaw` program.

use super::Environment;
use crate::program::{ProgramError, run};
use std::path::Path;
use std::time::Duration;

/// A calendar version: year, month, number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// `2026` of `2026.9.6`.
    pub year: u16,
    /// `9` of `2026.9.6`.
    pub month: u16,
    /// `6` of `2026.9.6`.
    pub number: u16,
    /// What comes after it, for example `beta.1`.
    pub pre: Option<String>,
}

/// Whether this program can speak to a gateway of some version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compatibility {
    /// It speaks protocol 4.
    Fits,
    /// It speaks an older protocol only.
    TooOld,
    /// It is newer than what this program was tried with; the handshake decides.
    Untried,
}

impl Version {
    /// The first release that speaks protocol 4: 2026.5.7 still spoke 3, 2026.5.12 refuses it
    /// (issues 279 and 281 of `qingchencloud/clawpanel`, 50 of `itq5/OpenClaw-Admin`).
    pub const OLDEST: Self = Self { year: 2026, month: 5, number: 12, pre: None };
    /// What this program was tried with.
    pub const TRIED: Self = Self { year: 2026, month: 9, number: 6, pre: None };

    /// Reads `OpenClaw 2026.9.6 (eb377ac)`, or the number alone.
    #[must_use]
    pub fn parse(line: &str) -> Option<Self> {
        let word =
            line.split_whitespace().find(|word| word.starts_with(|c: char| c.is_ascii_digit()))?;
        let (number, pre) = match word.split_once('-') {
            Some((number, pre)) => (number, Some(pre)),
            None => (word, None),
        };
        let mut parts = number.split('.');
        let mut part = || parts.next()?.parse::<u16>().ok();
        let (year, month, number) = (part()?, part()?, part()?);
        let fits = |text: &str| {
            !text.is_empty()
                && text.len() <= 32
                && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'))
        };
        if parts.next().is_some() || !(2000..3000).contains(&year) || !(1..=12).contains(&month) {
            return None;
        }
        match pre {
            Some(pre) if !fits(pre) => None,
            pre => Some(Self { year, month, number, pre: pre.map(str::to_owned) }),
        }
    }

    /// Whether this program can speak to it.
    #[must_use]
    pub fn compatibility(&self) -> Compatibility {
        let order = |version: &Self| (version.year, version.month, version.number);
        if order(self) < order(&Self::OLDEST) {
            Compatibility::TooOld
        } else if order(self) > order(&Self::TRIED) {
            Compatibility::Untried
        } else {
            Compatibility::Fits
        }
    }
}

impl std::fmt::Display for Version {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}.{}", self.year, self.month, self.number)?;
        match &self.pre {
            Some(pre) => write!(f, "-{pre}"),
            None => Ok(()),
        }
    }
}

/// How long `openclaw --version` may take. It takes 0.2 s, more on a cold or busy machine.
const PATIENCE: Duration = Duration::from_secs(5);
/// How much of what it prints is read, in bytes.
const MOST: usize = 4 * 1024;

/// Asks the program for its version.
///
/// # Errors
/// [`ProgramError`]; [`ProgramError::Unreadable`] when what it prints is no version.
pub async fn version(program: &Path, environment: &Environment) -> Result<Version, ProgramError> {
    let output = run::capture(program, environment, &["--version"], PATIENCE, MOST).await?;
    output.success()?;
    output
        .stdout
        .lines()
        .find_map(Version::parse)
        .ok_or_else(|| ProgramError::Unreadable { tail: output.tail() })
}
