//! A run of the doctor: what was looked at, and what was found.

use super::{Export, Problem};
use crate::tr;
use serde::Serialize;
use std::sync::Arc;

/// What the page shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Doctor {
    /// A run is going on.
    pub running: bool,
    /// The steps, in the order they are shown; empty before the first run.
    pub steps: Arc<Vec<DoctorStep>>,
    /// What it comes to; `None` while it runs.
    pub verdict: Option<DoctorVerdict>,
    /// When the run ended, in words of here; empty before.
    pub when: String,
    /// The file of the last run: being written, written or not.
    pub export: Option<Export>,
}

/// How a step stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum StepState {
    /// Its turn comes.
    Waiting,
    /// It is being looked at.
    Running,
    /// It works.
    Ok,
    /// It works, or can be done without; something is to be known about it.
    Warning,
    /// It does not work.
    Failed,
    /// It was not looked at; the detail says why.
    Skipped,
}

impl StepState {
    /// In a word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Running => "running",
            Self::Ok => "ok",
            Self::Warning => "warning",
            Self::Failed => "failed",
            Self::Skipped => "skipped",
        }
    }

    /// Nothing more comes.
    #[must_use]
    pub fn is_over(self) -> bool {
        !matches!(self, Self::Waiting | Self::Running)
    }
}

/// What steps have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum StepGroup {
    /// The way out of this computer.
    Network,
    /// The person's account at the cloud.
    Account,
    /// The ways to a cloud desktop.
    Desktop,
    /// The OpenClaw gateway.
    Gateway,
    /// This computer.
    Computer,
}

impl StepGroup {
    /// All, in the order they are shown.
    pub const ALL: [Self; 5] =
        [Self::Network, Self::Account, Self::Desktop, Self::Gateway, Self::Computer];

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Network => tr!("engine-group-network"),
            Self::Account => tr!("engine-group-account"),
            Self::Desktop => tr!("engine-group-desktop"),
            Self::Gateway => tr!("engine-group-gateway"),
            Self::Computer => tr!("engine-group-computer"),
        }
    }
}

/// One step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DoctorStep {
    /// What a program decides by; stays the same over versions.
    pub id: String,
    /// Where it belongs.
    pub group: StepGroup,
    /// What is looked at.
    pub name: String,
    /// How it stands.
    pub state: StepState,
    /// What was found, in whole sentences; empty before.
    pub detail: String,
    /// What the person can do; may be empty.
    pub next: String,
    /// Milliseconds that it took; `None` for what did not run.
    pub took_ms: Option<u64>,
}

/// What a run comes to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DoctorVerdict {
    /// [`StepState::Ok`], [`StepState::Warning`] or [`StepState::Failed`].
    pub state: StepState,
    /// In one sentence, with the name of the step that fails.
    pub text: String,
    /// What to do; may be empty.
    pub next: String,
    /// The step's id, unless all is well.
    pub step: Option<String>,
}

impl DoctorVerdict {
    /// As a problem is shown.
    #[must_use]
    pub fn problem(&self) -> Problem {
        Problem { what: self.text.clone(), next: self.next.clone() }
    }
}
