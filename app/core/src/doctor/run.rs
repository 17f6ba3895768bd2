//! One run, from its begin to its verdict.

use super::plan::{Finding, Plan};
use super::probes::{self, Shared};
use super::setup::Setup;
use super::step::Step;
use crate::model::{DoctorStep, DoctorVerdict, StepState};
use crate::tr;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::task::{AbortHandle, JoinSet};

/// For the goodbye of what was opened.
const GOODBYE: Duration = Duration::from_secs(2);

/// What a run found.
#[derive(Clone, Debug)]
pub struct Report {
    /// The steps.
    pub steps: Vec<DoctorStep>,
    /// What they come to.
    pub verdict: DoctorVerdict,
    /// Words that must not leave this computer: names and addresses of people that came up.
    pub private: Vec<String>,
}

/// What is left of a run that was dropped on its way: what is not over is skipped.
pub fn stopped(steps: &mut [DoctorStep]) -> DoctorVerdict {
    for step in steps.iter_mut().filter(|step| !step.state.is_over()) {
        step.state = StepState::Skipped;
        step.detail = tr!("doctor-stopped-before").into();
    }
    DoctorVerdict {
        state: StepState::Warning,
        text: tr!("doctor-stopped").into(),
        next: tr!("doctor-stopped-next").into(),
        step: None,
    }
}

/// Runs all steps. `told` hears how they stand whenever that changes. Dropping the future stops
/// everything.
pub async fn run(setup: Arc<Setup>, mut told: impl FnMut(Vec<DoctorStep>) + Send) -> Report {
    let names: Vec<String> = setup.facts.extra.iter().map(|(name, ..)| name.clone()).collect();
    let mut plan = Plan::new(&names);
    let shared = Arc::new(Shared::default());
    // Dropped with this future, and its tasks with it.
    let mut tasks: JoinSet<(Step, Finding)> = JoinSet::new();
    let mut running: HashMap<Step, AbortHandle> = HashMap::new();
    loop {
        for step in plan.begin(Instant::now()) {
            let (setup, shared) = (Arc::clone(&setup), Arc::clone(&shared));
            let probe = async move { (step, probes::probe(step, &setup, &shared).await) };
            running.insert(step, tasks.spawn(probe));
        }
        told(plan.shown());
        if plan.is_over() {
            break;
        }
        let deadline = plan.deadline().unwrap_or_else(Instant::now);
        tokio::select! {
            Some(joined) = tasks.join_next() => match joined {
                Ok((step, finding)) => {
                    running.remove(&step);
                    plan.ended(step, finding, Instant::now());
                }
                Err(error) => if !error.is_cancelled() {
                    tracing::error!(%error, "a probe ended by itself");
                }
            },
            () = tokio::time::sleep_until(deadline.into()) => {
                for step in plan.expire(Instant::now()) {
                    if let Some(task) = running.remove(&step) {
                        task.abort();
                    }
                }
            }
        }
    }
    if tokio::time::timeout(GOODBYE, shared.close()).await.is_err() {
        tracing::debug!("the cloud does not take the goodbye");
    }
    let verdict = plan.settle();
    Report { steps: plan.shown(), verdict, private: shared.private() }
}
