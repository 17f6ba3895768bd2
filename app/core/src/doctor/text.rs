//! The report for a terminal and for programs.

use super::Report;
use crate::model::{DoctorStep, DoctorVerdict, StepGroup, StepState};
use serde::Serialize;
use std::fmt::Write as _;

/// Columns of a line.
const WIDE: usize = 92;
/// Columns before what was found.
const LEAD: usize = 30;

/// Colours of a terminal (ECMA-48), or none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Colours(pub bool);

impl Colours {
    fn paint(self, state: StepState, text: &str) -> String {
        let code = match state {
            StepState::Ok => 32,
            StepState::Warning => 33,
            StepState::Failed => 31,
            _ => 2,
        };
        if self.0 { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }
}

/// The sign of a state. The word beside it says the same.
#[must_use]
pub fn sign(state: StepState) -> char {
    match state {
        StepState::Ok => '✓',
        StepState::Warning => '!',
        StepState::Failed => '✗',
        StepState::Skipped => '–',
        StepState::Waiting | StepState::Running => '…',
    }
}

/// The report for people, aligned, with the verdict at the end.
#[must_use]
pub fn readable(steps: &[DoctorStep], verdict: &DoctorVerdict, colours: Colours) -> String {
    let mut text = String::new();
    for group in StepGroup::ALL {
        let mut of = steps.iter().filter(|step| step.group == group).peekable();
        if of.peek().is_none() {
            continue;
        }
        let _ = writeln!(text, "{}", group.name());
        for step in of {
            let head = format!("  {} {:<8}{:<17} ", sign(step.state), step.state.word(), step.name);
            let next = if step.next.is_empty() { String::new() } else { format!(" {}", step.next) };
            let next = if step.state == StepState::Ok { String::new() } else { next };
            let lines = wrapped(&format!("{}{next}", step.detail), WIDE - LEAD);
            for (n, line) in lines.iter().enumerate() {
                let lead = if n == 0 { colours.paint(step.state, &head) } else { " ".repeat(LEAD) };
                let _ = writeln!(text, "{lead}{line}");
            }
        }
        text.push('\n');
    }
    let said = format!("{} {}", sign(verdict.state), verdict.text);
    for line in wrapped(&said, WIDE) {
        let _ = writeln!(text, "{}", colours.paint(verdict.state, &line));
    }
    for line in wrapped(&verdict.next, WIDE) {
        let _ = writeln!(text, "{line}");
    }
    text
}

/// Cuts between words; a word that is longer than a line stands alone.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut last = String::new();
    for word in text.split_whitespace() {
        let longer = last.chars().count() + 1 + word.chars().count() > width;
        if longer && !last.is_empty() {
            lines.push(std::mem::take(&mut last));
        }
        if !last.is_empty() {
            last.push(' ');
        }
        last.push_str(word);
    }
    if !last.is_empty() {
        lines.push(last);
    }
    lines
}

/// The report for programs. A later version adds fields; it changes none.
#[derive(Debug, Serialize)]
struct Document<'a> {
    /// Of this form.
    format: u32,
    /// Of the program.
    version: &'a str,
    /// Nothing failed.
    well: bool,
    verdict: &'a DoctorVerdict,
    steps: &'a [DoctorStep],
}

/// One JSON object: `format` (1), `version`, `well`, `verdict` (`state`, `text`, `next`, `step`)
/// and `steps` (`id`, `group`, `name`, `state`, `detail`, `next`, `took_ms`).
///
/// # Errors
/// Never for what a run gives.
pub fn json(report: &Report, version: &str) -> Result<String, serde_json::Error> {
    let Report { steps, verdict, .. } = report;
    let well = verdict.state != StepState::Failed;
    serde_json::to_string_pretty(&Document { format: 1, version, well, verdict, steps })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::{Finding, Plan, Step};
    use std::time::Instant;

    fn report() -> Report {
        let mut plan = Plan::new(&["Sandbox".into()]);
        let now = Instant::now();
        loop {
            let begun = plan.begin(now);
            if begun.is_empty() {
                break;
            }
            for step in begun {
                let finding = match step {
                    Step::Tls => Finding::failed("The certificate ended.", "Set the clock."),
                    Step::Folders => Finding::warning("Others can look in.", "Run chmod."),
                    _ => Finding::ok(
                        "It works as it should, and that is all there is to say of it, in a long line.",
                    ),
                };
                plan.ended(step, finding, now);
            }
        }
        let verdict = plan.settle();
        Report { steps: plan.shown(), verdict, private: Vec::new() }
    }

    #[test]
    fn lines_are_aligned_and_fit() {
        let report = report();
        let text = readable(&report.steps, &report.verdict, Colours(false));
        assert!(text.lines().all(|line| line.chars().count() <= WIDE), "{text}");
        assert!(
            text.contains("  ✗ failed  Secure connection The certificate ended. Set the clock."),
            "{text}"
        );
        assert!(
            text.contains("  – skipped Sign-in           This needs “Secure connection”"),
            "{text}"
        );
        assert!(
            text.ends_with("Secure connection failed: The certificate ended.\nSet the clock.\n"),
            "{text}"
        );
        assert!(!text.contains('\u{1b}'));
        let coloured = readable(&report.steps, &report.verdict, Colours(true));
        assert!(coloured.contains("\u{1b}[31m  ✗ failed"));
    }

    #[test]
    fn the_document_says_which_step_failed() {
        let text = json(&report(), "1.2.3").unwrap();
        let read: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!((&read["format"], &read["well"]), (&1.into(), &false.into()));
        assert_eq!(read["verdict"]["step"], "tls");
        assert_eq!(read["steps"][2]["state"], "failed");
        assert_eq!(read["steps"].as_array().unwrap().len(), 19);
        assert!(read["steps"][3]["took_ms"].is_null());
    }
}
