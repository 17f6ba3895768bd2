//! When a notification is shown: only while the window is not in front, and not one after the
//! other. What comes too early waits; of several that wait, the newest is shown.

use std::time::{Duration, Instant};

/// Shortest time between two.
const APART: Duration = Duration::from_secs(5);
/// Longest title and longest text, in characters.
const TITLE: usize = 60;
const TEXT: usize = 140;

/// Title and text.
type Notification = (String, String);

/// Takes notifications and the time, and gives those that are to be shown.
#[derive(Debug, Default)]
pub(super) struct Gate {
    /// The window is not in front. Until it was told, it is taken to be.
    behind: bool,
    last: Option<Instant>,
    waiting: Option<Notification>,
}

impl Gate {
    /// The window came to the front, or went behind another. Who looks at it needs to be told
    /// nothing any more.
    pub(super) fn focused(&mut self, front: bool) {
        self.behind = !front;
        if front {
            self.waiting = None;
        }
    }

    /// There is something to say; what is given back is shown now.
    pub(super) fn offer(&mut self, title: &str, text: &str, now: Instant) -> Option<Notification> {
        if !self.behind {
            return None;
        }
        self.waiting = Some((line(title, TITLE), line(text, TEXT)));
        self.due(now)
    }

    /// What has waited long enough.
    pub(super) fn due(&mut self, now: Instant) -> Option<Notification> {
        if self.last.is_some_and(|last| now < last + APART) {
            return None;
        }
        let due = self.waiting.take()?;
        self.last = Some(now);
        Some(due)
    }

    /// When [`Self::due`] gives something.
    pub(super) fn deadline(&self) -> Option<Instant> {
        self.waiting.as_ref()?;
        Some(self.last? + APART)
    }
}

/// One line of at most `most` characters, without control characters.
fn line(text: &str, most: usize) -> String {
    // Only as much as could be shown is looked at: a message may be megabytes long.
    let beginning: String = text.chars().take(most * 4).collect();
    let words = beginning.split(|c: char| c.is_whitespace() || c.is_control());
    let line = words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    if line.chars().count() <= most {
        return line;
    }
    line.chars().take(most - 1).chain(std::iter::once('…')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_behind_and_not_one_after_the_other() {
        let (mut gate, start) = (Gate::default(), Instant::now());
        let at = |ms: u64| start + Duration::from_millis(ms);
        assert_eq!(gate.offer("a", "1", at(0)), None, "in front until told");
        gate.focused(false);
        assert_eq!(gate.offer("a", "1", at(0)), Some(("a".into(), "1".into())));
        assert_eq!(gate.deadline(), None);
        assert_eq!(gate.offer("b", "2", at(1)), None);
        assert_eq!(gate.offer("c", "3", at(4_999)), None);
        assert_eq!(gate.deadline(), Some(at(5_000)));
        assert_eq!(gate.due(at(4_999)), None);
        assert_eq!(gate.due(at(5_000)), Some(("c".into(), "3".into())), "the newest");
        assert_eq!(gate.due(at(60_000)), None);
        assert_eq!(gate.offer("d", "4", at(6_000)), None);
        gate.focused(true);
        assert_eq!((gate.deadline(), gate.due(at(60_000))), (None, None), "seen already");
    }

    #[test]
    fn a_notification_is_short() {
        let mut gate = Gate::default();
        gate.focused(false);
        let long = "word\n\u{7}".repeat(1_000_000);
        let (title, text) = gate.offer(&long, &long, Instant::now()).unwrap();
        assert_eq!((title.chars().count(), text.chars().count()), (TITLE, TEXT));
        assert!(!text.contains(char::is_control) && text.ends_with('…'), "{text}");
    }
}
