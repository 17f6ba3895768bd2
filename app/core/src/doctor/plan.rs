//! Which step is next, which cannot be, and what it all comes to. No clock and no socket: it is
//! told what happened and when.

use super::step::Step;
use crate::model::{DoctorStep, DoctorVerdict, StepState};
use crate::tr;
use std::time::Instant;

/// What a step found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// [`StepState::Ok`], [`StepState::Warning`], [`StepState::Failed`] or
    /// [`StepState::Skipped`].
    pub state: StepState,
    /// In whole sentences.
    pub detail: String,
    /// What the person can do; may be empty.
    pub next: String,
}

impl Finding {
    /// It works.
    #[must_use]
    pub fn ok(detail: impl Into<String>) -> Self {
        Self { state: StepState::Ok, detail: detail.into(), next: String::new() }
    }

    /// It is not looked at, for this reason.
    #[must_use]
    pub fn skipped(detail: impl Into<String>, next: impl Into<String>) -> Self {
        Self { state: StepState::Skipped, detail: detail.into(), next: next.into() }
    }

    /// It works, but.
    #[must_use]
    pub fn warning(detail: impl Into<String>, next: impl Into<String>) -> Self {
        Self { state: StepState::Warning, detail: detail.into(), next: next.into() }
    }

    /// It does not work.
    #[must_use]
    pub fn failed(detail: impl Into<String>, next: impl Into<String>) -> Self {
        Self { state: StepState::Failed, detail: detail.into(), next: next.into() }
    }
}

struct Row {
    step: Step,
    began: Option<Instant>,
    shown: DoctorStep,
}

/// The steps of one run.
pub struct Plan {
    rows: Vec<Row>,
}

impl Plan {
    /// All steps, and `extra` ones with these names.
    #[must_use]
    pub fn new(extra: &[String]) -> Self {
        let row = |step: Step, id: String, name: String| Row {
            step,
            began: None,
            shown: DoctorStep {
                id,
                group: step.group(),
                name,
                state: StepState::Waiting,
                detail: String::new(),
                next: String::new(),
                took_ms: None,
            },
        };
        let own = Step::ALL.into_iter().map(|s| row(s, s.id().into(), s.name().into()));
        let more = extra.iter().enumerate().map(|(n, name)| {
            let step = Step::Extra(n);
            let id = slug(name);
            row(step, if id.is_empty() { format!("extra-{n}") } else { id }, name.clone())
        });
        Self { rows: own.chain(more).collect() }
    }

    /// What is to be begun now. What cannot be any more is skipped.
    pub fn begin(&mut self, now: Instant) -> Vec<Step> {
        let mut begun = Vec::new();
        // Prerequisites come first in the list, so one pass sees all of them.
        for n in 0..self.rows.len() {
            let Some(row) = self.rows.get(n).filter(|r| r.shown.state == StepState::Waiting) else {
                continue;
            };
            let step = row.step;
            let before: Vec<_> = step.after().iter().filter_map(|s| self.row(*s)).collect();
            let stands = |state| before.iter().find(|row| row.shown.state == state);
            let broken = stands(StepState::Failed).or_else(|| stands(StepState::Skipped));
            let why = broken.map(|row| match row.shown.state {
                StepState::Failed => tr!("doctor-needs-failed", step = &row.shown.name),
                // What it needs itself is the reason here too.
                _ if row.began.is_none() => row.shown.detail.clone(),
                _ => tr!("doctor-needs-skipped", step = &row.shown.name),
            });
            let waits = before.iter().any(|row| !row.shown.state.is_over());
            let Some(row) = self.rows.get_mut(n) else { continue };
            match why {
                Some(why) => {
                    row.shown.state = StepState::Skipped;
                    row.shown.detail = why;
                }
                None if waits => {}
                None => {
                    row.shown.state = StepState::Running;
                    row.began = Some(now);
                    begun.push(step);
                }
            }
        }
        begun
    }

    /// A step found this. What comes after its end is dropped.
    pub fn ended(&mut self, step: Step, finding: Finding, now: Instant) {
        let running = |row: &&mut Row| row.step == step && row.shown.state == StepState::Running;
        let Some(row) = self.rows.iter_mut().find(running) else { return };
        row.shown.state = finding.state;
        row.shown.detail = finding.detail;
        row.shown.next = finding.next;
        let took = row.began.map(|began| now.saturating_duration_since(began));
        row.shown.took_ms = took.map(|took| u64::try_from(took.as_millis()).unwrap_or(u64::MAX));
    }

    /// When the next running step is over its limit.
    #[must_use]
    pub fn deadline(&self) -> Option<Instant> {
        let running = self.rows.iter().filter(|row| row.shown.state == StepState::Running);
        running.filter_map(|row| Some(row.began? + row.step.limit())).min()
    }

    /// Ends the steps that are over their limit, and names them.
    pub fn expire(&mut self, now: Instant) -> Vec<Step> {
        let late = |row: &&Row| {
            row.shown.state == StepState::Running
                && row.began.is_some_and(|began| began + row.step.limit() <= now)
        };
        let late: Vec<Step> = self.rows.iter().filter(late).map(|row| row.step).collect();
        for step in &late {
            let detail = tr!("doctor-too-long", seconds = step.limit().as_secs());
            self.ended(*step, Finding::failed(detail, tr!("doctor-run-again")), now);
        }
        late
    }

    /// Nothing is left to do.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.rows.iter().all(|row| row.shown.state.is_over())
    }

    /// The steps as they are shown.
    #[must_use]
    pub fn shown(&self) -> Vec<DoctorStep> {
        self.rows.iter().map(|row| row.shown.clone()).collect()
    }

    /// What it comes to. One way to the desktops is enough: where a relay works, the ways that do
    /// not become warnings.
    pub fn settle(&mut self) -> DoctorVerdict {
        let relays = [Step::TurnUdp, Step::TurnTls, Step::TurnTcp, Step::Frames];
        let works = |step: &Step| self.row(*step).is_some_and(|r| r.shown.state == StepState::Ok);
        if relays.iter().any(works) {
            let ways = [Step::Stun, Step::TurnUdp, Step::TurnTls, Step::TurnTcp];
            let failed = self
                .rows
                .iter_mut()
                .filter(|row| ways.contains(&row.step) && row.shown.state == StepState::Failed);
            for row in failed {
                row.shown.state = StepState::Warning;
            }
        }
        self.verdict()
    }

    fn verdict(&self) -> DoctorVerdict {
        let first = |state| self.rows.iter().map(|r| &r.shown).find(|row| row.state == state);
        let of = |row: &DoctorStep, text| DoctorVerdict {
            state: row.state,
            text,
            next: row.next.clone(),
            step: Some(row.id.clone()),
        };
        if let Some(row) = first(StepState::Failed) {
            let text = tr!("doctor-verdict-failed", step = &row.name, detail = &row.detail);
            return of(row, text);
        }
        let plain = |state, text: &str, next: &str, step: Option<Step>| DoctorVerdict {
            state,
            text: text.into(),
            next: next.into(),
            step: step.map(|step| step.id().into()),
        };
        let skipped = |step| self.row(step).filter(|r| r.shown.state == StepState::Skipped);
        if let Some(row) = skipped(Step::SignIn) {
            let (step, detail) = (&row.shown.name, &row.shown.detail);
            let text = tr!("doctor-verdict-skipped", step = step, detail = detail);
            return plain(StepState::Warning, &text, &row.shown.next, Some(Step::SignIn));
        }
        if let Some(row) = first(StepState::Warning) {
            let text = tr!("doctor-verdict-warning", step = &row.name, detail = &row.detail);
            return of(row, text);
        }
        if let Some(row) = skipped(Step::Session) {
            let text = tr!("doctor-verdict-not-all", detail = &row.shown.detail);
            return plain(StepState::Ok, &text, &row.shown.next, None);
        }
        plain(StepState::Ok, tr!("doctor-verdict-good"), "", None)
    }

    fn row(&self, step: Step) -> Option<&Row> {
        self.rows.iter().find(|row| row.step == step)
    }
}

fn slug(name: &str) -> String {
    let words = name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_ascii_lowercase).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
#[path = "plan_tests.rs"]
mod tests;
