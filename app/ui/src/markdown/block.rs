//! What a text is made of.

use super::highlight::Token;
use std::ops::Range;
use std::sync::Arc;

/// Levels of lists and quotes that are shown; what is deeper stands as deep as these.
pub(super) const DEEP: usize = 16;

/// What a block is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Paragraph,
    /// From 1, the largest, to 6.
    Heading(u8),
    /// A block of code, or a part of one.
    Code(Code),
    /// Cells are stretches of the text.
    Table(Table),
    Rule,
    /// Shown as it is written.
    Html,
}

/// A block of code, or a part of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Code {
    /// As it was written behind the fence: its first word.
    pub language: Arc<str>,
    /// The block begins with this part.
    pub first: bool,
    /// A line ends with this part.
    pub line_end: bool,
}

/// Where the cells of a table are, or of a part of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Table {
    pub columns: Vec<Side>,
    /// Row by row, as many as there are columns in each.
    pub cells: Vec<Range<usize>>,
    /// The first row is the head.
    pub head: bool,
}

/// Where the text of a column stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Left,
    Centre,
    Right,
}

/// How a stretch of text looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Look {
    pub strong: bool,
    pub emphasis: bool,
    pub strike: bool,
    pub code: bool,
    pub link: bool,
    pub token: Option<Token>,
}

/// Something that a block stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Level {
    Quote,
    Item,
}

/// What stands before the first block of an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Marker {
    Bullet,
    Number(u64),
    Task(bool),
}

impl Marker {
    /// As it is copied and read out.
    pub(super) fn words(&self) -> String {
        match self {
            Self::Bullet => "• ".to_owned(),
            Self::Number(n) => format!("{n}. "),
            Self::Task(true) => "☑ ".to_owned(),
            Self::Task(false) => "☐ ".to_owned(),
        }
    }
}

/// A link: where it is in the block's text, and where it leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Link {
    pub range: Range<usize>,
    pub address: String,
}

/// A block of the text, or a part of a long one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Block {
    pub kind: Kind,
    /// What is shown.
    pub text: String,
    /// How it looks, in order and without gaps.
    pub spans: Vec<(Range<usize>, Look)>,
    pub links: Vec<Link>,
    /// What it stands in, from the outermost.
    pub levels: Vec<Level>,
    /// It is the first of an item.
    pub marker: Option<Marker>,
    /// Bytes between it and the block before in the text of the document.
    pub apart: usize,
    /// It stands close to the block before: part of the same list, or of the same block.
    pub close: bool,
    /// Where it was read in the document's source.
    pub source: Range<usize>,
}

impl Block {
    pub(super) fn new(kind: Kind) -> Self {
        Self {
            kind,
            text: String::new(),
            spans: Vec::new(),
            links: Vec::new(),
            levels: Vec::new(),
            marker: None,
            apart: 1,
            close: false,
            source: 0..0,
        }
    }

    /// Adds text.
    pub(super) fn push(&mut self, text: &str, look: Look) {
        if text.is_empty() {
            return;
        }
        let at = self.text.len();
        self.text.push_str(text);
        let end = self.text.len();
        match self.spans.last_mut() {
            Some((range, last)) if *last == look => range.end = end,
            _ => self.spans.push((at..end, look)),
        }
    }

    /// Takes white space off the end.
    pub(super) fn trim_end(&mut self) {
        let end = self.text.trim_end().len();
        self.text.truncate(end);
        self.spans.retain_mut(|(range, _)| {
            range.end = range.end.min(end);
            range.start < range.end
        });
        self.links.retain_mut(|link| {
            link.range.end = link.range.end.min(end);
            link.range.start < link.range.end
        });
    }

    /// It is a part of a block that goes on with the one before.
    pub(super) fn joins(&self) -> bool {
        match &self.kind {
            Kind::Code(code) => !code.first,
            Kind::Table(table) => !table.head,
            _ => false,
        }
    }

    /// Bytes in memory, roughly.
    pub(super) fn bytes(&self) -> usize {
        let links: usize = self.links.iter().map(|l| l.address.len() + 40).sum();
        self.text.len() + self.spans.len() * 24 + links + size_of::<Self>()
    }
}
