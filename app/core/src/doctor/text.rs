//! The report for a terminal and for programs.

use super::Report;
use crate::model::{DoctorStep, DoctorVerdict, StepGroup, StepState};
use crate::say::doctor::both;
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
            let (word, name) = (padded(step.state.word(), 8), padded(&step.name, 17));
            let head = format!("  {} {word}{name} ", sign(step.state));
            let said = match step.next.is_empty() || step.state == StepState::Ok {
                true => step.detail.clone(),
                false => both(&step.detail, &step.next),
            };
            let lines = wrapped(&said, WIDE - LEAD);
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

/// Columns of a letter: two for one of East Asia, none for a mark of direction.
fn columns(letter: char) -> usize {
    match letter {
        '\u{200e}' | '\u{200f}' | '\u{2066}'..='\u{2069}' => 0,
        '\u{2e80}'..='\u{a4cf}'
        | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}'
        | '\u{ff00}'..='\u{ff60}' => 2,
        _ => 1,
    }
}

fn width(text: &str) -> usize {
    text.chars().map(columns).sum()
}

fn padded(text: &str, to: usize) -> String {
    format!("{text}{}", " ".repeat(to.saturating_sub(width(text))))
}

/// The parts of a word that a line may end between: in Chinese it is all of its letters, but none
/// before a sign that closes.
fn parts(word: &str) -> Vec<&str> {
    let (mut parts, mut rest, mut before) = (Vec::new(), word, None);
    let mut done = 0;
    for (at, letter) in word.char_indices() {
        let wide = columns(letter) == 2;
        let closes = "。，、；：！？）》”’".contains(letter);
        let opens = before.is_some_and(|before| "（《“‘".contains(before));
        if (wide || before.is_some_and(|before| columns(before) == 2)) && !closes && !opens {
            let (part, after) = rest.split_at(at - done);
            parts.push(part);
            (rest, done) = (after, at);
        }
        before = Some(letter);
    }
    parts.push(rest);
    parts.retain(|part| !part.is_empty());
    parts
}

/// Cuts between words; a word that is longer than a line stands alone.
fn wrapped(text: &str, wide: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut last = String::new();
    for word in text.split_whitespace() {
        for (n, part) in parts(word).into_iter().enumerate() {
            let gap = if n == 0 && !last.is_empty() { " " } else { "" };
            if width(&last) + gap.len() + width(part) > wide && !last.is_empty() {
                lines.push(std::mem::take(&mut last));
            } else {
                last.push_str(gap);
            }
            last.push_str(part);
        }
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
    fn lines_of_wide_letters_fit_too() {
        let text = "云端拒绝了请求，请在几分钟后重试 abc 一直如此。";
        let lines = wrapped(text, 10);
        assert!(lines.iter().all(|line| width(line) <= 10), "{lines:?}");
        assert_eq!(lines.concat().replace(' ', ""), text.replace(' ', ""));
        assert!(!lines.iter().any(|line| line.starts_with(['，', '。'])), "{lines:?}");
        assert_eq!(wrapped("one two three", 7), ["one two", "three"]);
        assert_eq!(width(&padded("网关", 17)), 17);
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
