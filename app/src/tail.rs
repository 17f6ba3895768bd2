//! The last lines of the log, kept in memory for the file that a person may export.

use multiclaw_core::redact::redact;
use std::collections::VecDeque;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use tracing_subscriber::fmt::MakeWriter;

/// Lines that are kept; the oldest is dropped.
const LINES: usize = 400;
/// Longest line, in bytes; the rest of a longer one is dropped.
const LONGEST: usize = 1000;

/// Cheap to clone; all clones are one.
#[derive(Clone, Debug, Default)]
pub struct Tail(Arc<Mutex<VecDeque<String>>>);

impl Tail {
    /// The lines, oldest first.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }

    fn add(&self, text: &str) {
        let mut lines = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for line in text.lines().filter(|line| !line.is_empty()) {
            if lines.len() >= LINES {
                lines.pop_front();
            }
            let end = line.floor_char_boundary(LONGEST);
            lines.push_back(line.get(..end).unwrap_or_default().to_owned());
        }
    }
}

/// Writes one event: the formatter hands a whole one over at once.
#[derive(Debug)]
pub struct Line(Tail);

impl io::Write for Line {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // The second net stands here too, as it does before the standard error output.
        self.0.add(&redact(&String::from_utf8_lossy(bytes)));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Tail {
    type Writer = Line;

    fn make_writer(&'a self) -> Line {
        Line(self.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    #[test]
    fn the_newest_lines_are_kept() {
        let tail = Tail::default();
        // As the formatter does: a whole event at once.
        let write = |line: String| tail.make_writer().write_all(line.as_bytes()).unwrap();
        for n in 0..LINES + 5 {
            write(format!("line {n}\n"));
        }
        write("ä".repeat(LONGEST) + "\n");
        write("ada@example.com has the token=abcdefgh\n".into());
        let lines = tail.lines();
        assert_eq!(lines.len(), LINES);
        assert_eq!(lines[0], "line 7");
        assert_eq!(lines[LINES - 2].len(), LONGEST);
        let last = &lines[LINES - 1];
        assert!(!last.contains("ada@") && !last.contains("abcdefgh"), "{last}");
    }
}
