//! Times of the gateway (milliseconds) in words, and names that somebody else chose.

use crate::say;
use crate::tr;
use jiff::Timestamp;
use std::time::Duration;

/// Longest name that is shown, in characters.
const NAME: usize = 200;

/// Turns the writing direction round, or takes no room: with it a name looks like another one.
pub(super) fn deceives(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// A name or a remark from elsewhere: one line, not long, and what it looks like. A device that
/// asks to be paired says itself what it is called.
pub(super) fn one_line(text: &str) -> String {
    let mut line = String::new();
    for c in text.chars().filter(|c| !deceives(*c)).take(NAME) {
        if !c.is_whitespace() && !c.is_control() {
            line.push(c);
        } else if !line.is_empty() && !line.ends_with(' ') {
            line.push(' ');
        }
    }
    line.truncate(line.trim_end().len());
    line
}

/// How long it runs: "less than a minute", "1 minute", "3 hours", "2 days".
pub(super) fn uptime(ran: Duration) -> String {
    let minutes = ran.as_secs() / 60;
    match minutes {
        0 => tr!("engine-uptime-short").to_owned(),
        1..60 => tr!("engine-uptime-minutes", count = minutes),
        60..1_440 => tr!("engine-uptime-hours", count = minutes / 60),
        _ => tr!("engine-uptime-days", count = minutes / 1_440),
    }
}

/// Since when: "14:03", or "3 Nov, 09:12" on another day.
pub(super) fn since(now: Timestamp, ran: Duration) -> String {
    let ran = jiff::SignedDuration::try_from(ran).unwrap_or(jiff::SignedDuration::MAX);
    now.checked_sub(ran).map(|at| say::when(&at.to_string())).unwrap_or_default()
}

/// A moment that the gateway names: "14:03", or "3 Nov, 09:12" on another day; empty for none.
pub(super) fn moment(milliseconds: Option<u64>) -> String {
    let at = milliseconds.filter(|at| *at > 0).and_then(|at| i64::try_from(at).ok());
    let at = at.and_then(|at| Timestamp::from_millisecond(at).ok());
    at.map(|at| say::when(&at.to_string())).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_what_it_looks_like() {
        assert_eq!(one_line(" Ada's\t\u{1b}[31m \n laptop "), "Ada's [31m laptop");
        assert_eq!(one_line("evil\u{202e}\u{200b}\u{feff}.example\u{2028}"), "evil.example");
        assert_eq!(one_line("\u{202e}\r\n"), "");
        assert_eq!(one_line("ä 中 🦀"), "ä 中 🦀");
        assert_eq!(one_line(&"x".repeat(1 << 20)).len(), NAME);
    }

    #[test]
    fn uptime_is_said_in_one_unit() {
        let said = |seconds| uptime(Duration::from_secs(seconds));
        assert_eq!(said(59), "less than a minute");
        assert_eq!(said(60), "1 minute");
        assert_eq!(said(3_599), "59 minutes");
        assert_eq!(said(3_600), "1 hour");
        assert_eq!(said(3 * 3_600 + 3_000), "3 hours");
        assert_eq!(said(86_399), "23 hours");
        assert_eq!(said(86_400), "1 day");
        assert_eq!(said(u64::MAX), format!("{} days", u64::MAX / 86_400));
    }

    #[test]
    fn moments_are_said_or_left_out() {
        let at: Timestamp = "2001-02-03T04:05:06Z".parse().unwrap();
        let earlier: Timestamp = "2001-02-03T04:00:00Z".parse().unwrap();
        assert_eq!(
            moment(u64::try_from(earlier.as_millisecond()).ok()),
            say::when("2001-02-03T04:00:00Z")
        );
        assert_eq!(since(at, Duration::from_secs(306)), say::when("2001-02-03T04:00:00Z"));
        for none in [None, Some(0), Some(i64::MAX as u64), Some(u64::MAX)] {
            assert_eq!(moment(none), "", "{none:?}");
        }
        assert_eq!(since(at, Duration::MAX), "");
    }
}
