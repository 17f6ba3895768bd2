//! The end of the gateway's log, piece by piece. Sans-I/O.

use super::line;
use crate::model::{GatewayLog, GatewayLogLine, LogLevel};
use crate::tr;
use std::collections::VecDeque;
use std::sync::Arc;

/// A piece of the log, as the gateway answers.
#[derive(Clone, Debug, Default)]
pub(super) struct Piece {
    /// The file.
    pub(super) file: String,
    /// Where the next piece begins.
    pub(super) cursor: u64,
    /// Its lines.
    pub(super) lines: Vec<String>,
    /// Lines at its beginning were left out, because there were too many.
    pub(super) truncated: bool,
    /// It does not begin where the one before ended.
    pub(super) reset: bool,
    /// Bytes that were left out between them.
    pub(super) skipped: u64,
}

/// What was read so far.
#[derive(Debug, Default)]
pub(super) struct Tail {
    file: String,
    cursor: Option<u64>,
    lines: VecDeque<Arc<GatewayLogLine>>,
    read: u64,
    dropped: u64,
}

impl Tail {
    /// Where to go on.
    pub(super) fn cursor(&self) -> Option<u64> {
        self.cursor
    }

    /// Takes a piece that was asked for with [`Tail::cursor`]; `false` when nothing has changed.
    pub(super) fn take(&mut self, piece: Piece) -> bool {
        let other = piece.file != self.file;
        if other && self.cursor.is_some_and(|cursor| cursor > 0) && !piece.reset {
            // A day's log ended and the next one is read from its beginning, not from the middle,
            // where the cursor of the old one is.
            self.file = piece.file;
            self.cursor = Some(0);
            return true;
        }
        let first = self.cursor.is_none();
        self.file = piece.file;
        self.cursor = Some(piece.cursor);
        if !first && (piece.skipped > 0 || piece.truncated) {
            self.dropped += 1;
            let text = match piece.skipped {
                0 => tr!("engine-log-lines-left-out").to_owned(),
                bytes => tr!("engine-log-bytes-left-out", count = bytes),
            };
            let (time, level) = (String::new(), LogLevel::Warning);
            self.push(|number| GatewayLogLine { number, time, level, text });
        }
        let changed = other || !piece.lines.is_empty();
        for text in &piece.lines {
            self.push(|number| line::read(number, text));
        }
        changed
    }

    fn push(&mut self, line: impl FnOnce(u64) -> GatewayLogLine) {
        self.read += 1;
        self.lines.push_back(Arc::new(line(self.read)));
        if self.lines.len() > GatewayLog::MOST {
            self.lines.pop_front();
            self.dropped += 1;
        }
    }

    /// What is shown of it.
    pub(super) fn shown(&self) -> GatewayLog {
        GatewayLog {
            file: self.file.clone(),
            lines: Arc::new(self.lines.iter().cloned().collect()),
            dropped: self.dropped,
            problem: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn piece(file: &str, cursor: u64, lines: &[&str]) -> Piece {
        let lines = lines.iter().map(|&line| line.to_owned()).collect();
        Piece { file: file.into(), cursor, lines, ..Piece::default() }
    }

    fn texts(tail: &Tail) -> Vec<String> {
        tail.shown().lines.iter().map(|line| line.text.clone()).collect()
    }

    #[test]
    fn pieces_are_joined_and_nothing_new_changes_nothing() {
        let mut tail = Tail::default();
        assert!(tail.take(Piece { truncated: true, ..piece("a", 10, &["1", "2"]) }));
        assert_eq!(tail.cursor(), Some(10));
        assert!(!tail.take(piece("a", 10, &[])));
        assert!(tail.take(piece("a", 12, &["3"])));
        assert_eq!(texts(&tail), ["1", "2", "3"]);
        let numbers: Vec<_> = tail.shown().lines.iter().map(|line| line.number).collect();
        assert_eq!(numbers, [1, 2, 3]);
        assert_eq!(tail.shown().dropped, 0);
    }

    #[test]
    fn a_new_day_s_file_is_read_from_its_beginning() {
        let mut tail = Tail::default();
        tail.take(piece("monday", 100, &["old"]));
        assert!(tail.take(piece("tuesday", 150, &["in the middle"])));
        assert_eq!(tail.cursor(), Some(0));
        tail.take(piece("tuesday", 150, &["first", "in the middle"]));
        assert_eq!(texts(&tail), ["old", "first", "in the middle"]);
        assert_eq!(tail.shown().file, "tuesday");
    }

    #[test]
    fn a_shorter_file_begins_anew_and_a_gap_is_said() {
        let mut tail = Tail::default();
        tail.take(piece("a", 100, &["old"]));
        tail.take(Piece { reset: true, ..piece("a", 5, &["new"]) });
        assert_eq!((texts(&tail), tail.cursor()), (vec!["old".into(), "new".into()], Some(5)));
        let gap = Piece { reset: true, truncated: true, skipped: 77, ..piece("a", 900, &["late"]) };
        assert!(tail.take(gap));
        let texts = texts(&tail);
        assert!(texts[2].contains("77 bytes") && texts[3] == "late", "{texts:?}");
        assert_eq!(tail.shown().dropped, 1);
    }

    proptest! {
        #[test]
        fn memory_is_bounded_and_numbers_grow_by_one(
            pieces in prop::collection::vec((0usize..4_000, any::<bool>(), 0u64..3), 1..8),
        ) {
            let mut tail = Tail::default();
            for (count, reset, skipped) in pieces {
                let lines = vec![String::from("x"); count];
                tail.take(Piece { reset, skipped, lines, ..piece("a", 7, &[]) });
                let shown = tail.shown();
                prop_assert!(shown.lines.len() <= GatewayLog::MOST);
                let follow = |pair: &[Arc<GatewayLogLine>]| pair[1].number == pair[0].number + 1;
                prop_assert!(shown.lines.windows(2).all(follow));
            }
        }
    }
}
