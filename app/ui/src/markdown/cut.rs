//! Where a growing text may be cut, so that what stands before is never read again.
//!
//! The places depend on the text alone, never on how it came: a line is looked at when it is
//! whole, or when more than [`LONG`] bytes of it are there, and then only at so many.

use std::sync::Arc;

/// Bytes of a line, and of a piece, beyond which it is cut where it would not have to be.
pub(super) const LONG: usize = 8 * 1024;
/// Bytes of a list after which it may be cut before an item.
const LIST: usize = 2 * 1024;
/// Bytes of a block of code after which it goes on in another piece.
const CODE: usize = 4 * 1024;
/// The same, in lines.
const CODE_LINES: usize = 48;
/// Longest head of a table that is repeated for the parser, in bytes.
const HEAD: usize = 2 * 1024;

/// What a piece of the text is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Kind {
    /// To be read as Markdown.
    #[default]
    Flow,
    /// To be read as the rows of a table with this head.
    Rows(Arc<str>),
    /// Lines of a fenced block of code, with the lines of its fences.
    Code(Arc<Fence>),
}

/// How a block of code began.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fence {
    mark: u8,
    count: usize,
    /// Spaces before it, which are not part of the lines either.
    pub indent: usize,
    /// What stands behind it: the language.
    pub info: String,
}

/// A piece of the text that can be read by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub kind: Kind,
    /// Where it begins in the text.
    pub from: usize,
    /// Where it ends.
    pub to: usize,
    /// It goes on with what the piece before began.
    pub joins: Joins,
}

/// Whether a piece goes on with the one before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Joins {
    /// It begins something of its own.
    #[default]
    No,
    /// In a line of its own.
    Line,
    /// In the middle of a word.
    Word,
}

/// Reads lines and says where pieces end.
#[derive(Clone, Debug, Default)]
pub(super) struct Cutter {
    kind: Kind,
    joins: Joins,
    /// Where the open piece begins.
    open: usize,
    /// Where the next line begins that was not looked at.
    line: usize,
    /// Lines of the open piece.
    lines: usize,
    /// The next line is the rest of one that was too long.
    part: bool,
    /// The last line was empty.
    blank: bool,
    /// A list began in the open piece.
    list: bool,
    /// Where the line before begins, if it could be the head of a table.
    head: Option<usize>,
    /// Head of the table that the open piece is.
    table: Option<Arc<str>>,
}

impl Cutter {
    /// Where the open piece begins: what comes before is not needed any more.
    pub(super) fn open(&self) -> usize {
        self.open
    }

    /// The piece that is still open, up to `end`.
    pub(super) fn rest(&self, end: usize) -> Piece {
        Piece { kind: self.kind.clone(), from: self.open, to: end, joins: self.joins }
    }

    /// Looks at more text. `tail` is what begins at [`Self::open`]. Pieces that are whole are
    /// added.
    pub(super) fn advance(&mut self, tail: &str, pieces: &mut Vec<Piece>) {
        let base = self.open;
        loop {
            let rest = tail.get(self.line - base..).unwrap_or_default();
            let end = rest.bytes().take(LONG + 1).position(|b| b == b'\n');
            let (whole, head) = match end {
                Some(end) => (true, rest.get(..end).unwrap_or_default()),
                // Whoever looks at four bytes more sees whole characters.
                None if rest.len() > LONG + 4 => {
                    (false, rest.get(..rest.floor_char_boundary(LONG)).unwrap_or_default())
                }
                None => return,
            };
            let so_far = tail.get(self.open - base..self.line - base).unwrap_or_default();
            let part = std::mem::replace(&mut self.part, !whole);
            if !part {
                self.look(so_far, head, whole, pieces);
            }
            if whole {
                self.line += head.len() + 1;
                self.lines += 1;
                if !part {
                    self.after(head, pieces);
                }
            } else {
                let at = word_end(head);
                self.line += at;
                let word = matches!(self.kind, Kind::Code(_))
                    || !head.get(..at).is_some_and(|h| h.ends_with([' ', '\t']));
                self.cut(self.line, if word { Joins::Word } else { Joins::Line }, pieces);
            }
        }
    }

    /// Ends the open piece at `at`, if there is one.
    fn cut(&mut self, at: usize, joins: Joins, pieces: &mut Vec<Piece>) {
        if at > self.open {
            let kind = self.kind.clone();
            pieces.push(Piece { kind, from: self.open, to: at, joins: self.joins });
        }
        self.joins = joins;
        self.open = at;
        (self.lines, self.blank, self.list, self.head) = (0, false, false, None);
        if let Kind::Rows(_) = self.kind {
            self.kind = Kind::Flow;
        }
        if let (Joins::Line, Some(head)) = (joins, self.table.take()) {
            self.kind = Kind::Rows(Arc::clone(&head));
            self.table = Some(head);
        }
    }

    /// Whether the text is to be cut before this line.
    fn look(&mut self, so_far: &str, line: &str, whole: bool, pieces: &mut Vec<Piece>) {
        let size = so_far.len();
        if let Kind::Code(_) = self.kind {
            if size >= CODE || self.lines >= CODE_LINES {
                self.cut(self.line, Joins::Line, pieces);
            }
            return;
        }
        if line.trim().is_empty() {
            if self.table.take().is_some() {
                self.cut(self.line, Joins::No, pieces);
            }
            self.blank = true;
            self.head = None;
            return;
        }
        let indent = indent(line);
        let item = indent < 4 && is_item(line);
        let fence = if whole { Fence::opens(line) } else { None };
        if let Some(fence) = fence.filter(|f| f.indent < 2 || !self.list) {
            self.table = None;
            self.cut(self.line, Joins::No, pieces);
            self.kind = Kind::Code(Arc::new(fence));
            return;
        }
        let goes_on = indent >= 4 || (self.list && (indent >= 2 || item));
        let long = size >= LONG || (size >= LIST && self.list && item && indent < 2);
        if self.blank && size > 0 && !goes_on {
            self.cut(self.line, Joins::No, pieces);
        } else if long {
            self.cut(self.line, Joins::Line, pieces);
        }
        self.blank = false;
        self.list |= item;
        if let Some(head) = self.head.take()
            && self.table.is_none()
            && !self.list
            && is_delimiter(line)
        {
            let head = so_far.get(head - self.open..).filter(|h| h.len() + line.len() <= HEAD);
            self.table = head.map(|head| format!("{head}{}\n", line.trim_end()).into());
        } else if line.contains('|') {
            self.head = Some(self.line);
        }
    }

    /// After a line that was whole.
    fn after(&mut self, line: &str, pieces: &mut Vec<Piece>) {
        if let Kind::Code(fence) = &self.kind
            && (self.lines > 1 || self.joins != Joins::No)
            && fence.closes(line)
        {
            self.cut(self.line, Joins::No, pieces);
            self.kind = Kind::Flow;
        }
    }
}

/// Where a line that is too long ends: after a space, else anywhere.
fn word_end(line: &str) -> usize {
    let half = line.floor_char_boundary(line.len() / 2);
    let space = line.get(half..).and_then(|l| l.rfind([' ', '\t']));
    space.map_or(line.len(), |at| half + at + 1)
}

/// Columns before the first character.
fn indent(line: &str) -> usize {
    let blank = line.bytes().take_while(|b| matches!(b, b' ' | b'\t'));
    blank.map(|b| if b == b'\t' { 4 } else { 1 }).sum()
}

/// Whether a line begins an item of a list.
fn is_item(line: &str) -> bool {
    let line = line.trim_start();
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = match digits {
        0 => line.strip_prefix(['-', '*', '+']),
        1..=9 => line.get(digits..).and_then(|l| l.strip_prefix(['.', ')'])),
        _ => None,
    };
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '\r']))
}

/// Whether a line stands between a table's head and its rows.
fn is_delimiter(line: &str) -> bool {
    line.contains('-')
        && line.contains('|')
        && line.bytes().all(|b| matches!(b, b'-' | b'|' | b':' | b' ' | b'\t' | b'\r'))
}

impl Fence {
    /// The fence that this line is, if it opens a block.
    fn opens(line: &str) -> Option<Self> {
        let indent = line.bytes().take_while(|b| *b == b' ').count();
        let rest = line.get(indent..)?;
        let mark = *rest.as_bytes().first()?;
        let count = rest.bytes().take_while(|b| *b == mark).count();
        let info = rest.get(count..)?.trim();
        let fits = matches!(mark, b'`' | b'~') && indent < 4 && count >= 3;
        (fits && !(mark == b'`' && info.contains('`'))).then(|| Self {
            mark,
            count,
            indent,
            info: info.to_owned(),
        })
    }

    /// Whether this line ends the block.
    pub(super) fn closes(&self, line: &str) -> bool {
        let rest = line.trim_start_matches(' ');
        let count = rest.bytes().take_while(|b| *b == self.mark).count();
        line.len() - rest.len() < 4
            && count >= self.count
            && rest.get(count..).is_some_and(|r| r.trim().is_empty())
    }
}
