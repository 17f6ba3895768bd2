//! Messages as rows: a row each, and several for a long one that is shown whole.

use multiclaw_core::model::Message;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::Arc;

/// Characters of a message beyond which only the beginning is shown.
pub(crate) const LONG: usize = 20_000;
/// Bytes of that beginning.
const PREVIEW: usize = 2_400;
/// Bytes of a part of a message that is shown whole.
const PART: usize = 8_000;

/// A row: a message, or a part of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Segment {
    /// Which message.
    pub message: usize,
    /// Which of its parts.
    pub part: usize,
    /// How many parts it has.
    pub parts: usize,
}

impl Segment {
    pub(crate) fn is_last(self) -> bool {
        self.part + 1 == self.parts
    }
}

/// A piece of a message's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// It begins inside of a fenced block of code.
    pub in_code: bool,
}

/// How the messages of a thread are rows.
#[derive(Clone, Debug, Default)]
pub(crate) struct Segments {
    messages: Arc<Vec<Arc<Message>>>,
    /// Long messages that are shown whole, by their place.
    open: BTreeMap<usize, Arc<Vec<Part>>>,
}

/// Where the rows of before are now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    /// As many before them and after them as these, all in their order.
    Around {
        /// New rows above.
        before: usize,
        /// New rows below.
        after: usize,
    },
    /// By the place that each had; `None` where it is gone.
    Other(Vec<Option<usize>>),
}

impl Segments {
    /// Whether the list is this one.
    pub(crate) fn is_of(&self, messages: &Arc<Vec<Arc<Message>>>) -> bool {
        Arc::ptr_eq(&self.messages, messages)
    }

    pub(crate) fn message(&self, at: usize) -> Option<&Arc<Message>> {
        self.messages.get(at)
    }

    /// How many rows there are.
    pub(crate) fn len(&self) -> usize {
        self.messages.len() + self.open.values().map(|p| p.len() - 1).sum::<usize>()
    }

    /// What a row is.
    pub(crate) fn at(&self, row: usize) -> Segment {
        let mut extra = 0;
        for (&message, parts) in &self.open {
            let first = message + extra;
            if row < first {
                break;
            }
            if row < first + parts.len() {
                return Segment { message, part: row - first, parts: parts.len() };
            }
            extra += parts.len() - 1;
        }
        Segment { message: row - extra.min(row), part: 0, parts: 1 }
    }

    /// The first row of a message.
    pub(crate) fn row_of(&self, message: usize) -> usize {
        message + self.open.range(..message).map(|(_, p)| p.len() - 1).sum::<usize>()
    }

    /// The row that shows this byte of a message's text.
    pub(crate) fn row_of_byte(&self, message: usize, byte: usize) -> usize {
        let part = self
            .open
            .get(&message)
            .map_or(0, |parts| parts.partition_point(|p| p.range.end <= byte).min(parts.len() - 1));
        self.row_of(message) + part
    }

    /// The text that a row shows.
    pub(crate) fn part(&self, segment: Segment) -> Part {
        if let Some(part) =
            self.open.get(&segment.message).and_then(|parts| parts.get(segment.part))
        {
            return part.clone();
        }
        let text = self.messages.get(segment.message).map_or("", |m| m.text.as_str());
        let end = if is_long(text) { cut(text, 0, PREVIEW) } else { text.len() };
        Part { range: 0..end, in_code: false }
    }

    /// Only the beginning of this message is shown.
    pub(crate) fn is_collapsed(&self, message: usize) -> bool {
        !self.open.contains_key(&message)
            && self.messages.get(message).is_some_and(|m| is_long(&m.text))
    }

    /// It is long and shown whole.
    pub(crate) fn is_open(&self, message: usize) -> bool {
        self.open.contains_key(&message)
    }

    /// Shows a long message whole, or its beginning only.
    pub(crate) fn set_open(&mut self, message: usize, open: bool) {
        if !open {
            self.open.remove(&message);
        } else if let Some(m) = self.messages.get(message)
            && is_long(&m.text)
        {
            self.open.insert(message, Arc::new(parts(&m.text)));
        }
    }

    /// Another list of messages. What is open stays open.
    pub(crate) fn update(&mut self, messages: &Arc<Vec<Arc<Message>>>) -> Change {
        let old = std::mem::replace(&mut self.messages, Arc::clone(messages));
        let open = std::mem::take(&mut self.open);
        if let Some(before) = run(&old, messages) {
            let same = |at: usize| {
                old.get(at).map(|m| &m.text) == messages.get(at + before).map(|m| &m.text)
            };
            let (kept, changed): (Vec<_>, Vec<_>) = open.into_iter().partition(|(at, _)| same(*at));
            if changed.is_empty() {
                self.open = kept.into_iter().map(|(at, parts)| (at + before, parts)).collect();
                return Change::Around { before, after: messages.len() - old.len() - before };
            }
        }
        let places: HashMap<&str, usize> =
            messages.iter().enumerate().map(|(at, m)| (m.id.as_str(), at)).collect();
        Change::Other(old.iter().map(|m| places.get(m.id.as_str()).copied()).collect())
    }
}

/// Where `old` is in `new`, as a run of the same ids.
fn run(old: &[Arc<Message>], new: &[Arc<Message>]) -> Option<usize> {
    let (Some(first), true) = (old.first(), new.len() >= old.len()) else {
        return old.is_empty().then_some(0);
    };
    let fits = |at: usize| {
        new.get(at..at + old.len()).is_some_and(|part| {
            part.iter().zip(old).all(|(a, b)| Arc::ptr_eq(a, b) || a.id == b.id)
        })
    };
    [0, new.len() - old.len()].into_iter().find(|at| fits(*at)).or_else(|| {
        let at = new.iter().position(|m| m.id == first.id)?;
        fits(at).then_some(at)
    })
}

/// Longer than [`LONG`] characters.
fn is_long(text: &str) -> bool {
    text.len() > LONG && text.char_indices().nth(LONG).is_some()
}

/// An end for a part that begins at `from` and has about `size` bytes: after a line if there is
/// one in its second half, else after a space, else anywhere between characters.
fn cut(text: &str, from: usize, size: usize) -> usize {
    if text.len() - from <= size {
        return text.len();
    }
    let end = text.floor_char_boundary(from + size);
    let half = text.floor_char_boundary(from + size / 2);
    let Some(tail) = text.get(half..end) else { return end };
    tail.rfind('\n').or_else(|| tail.rfind(' ')).map_or(end, |at| half + at + 1)
}

/// A whole text in parts.
fn parts(text: &str) -> Vec<Part> {
    let mut all = Vec::new();
    let (mut from, mut in_code) = (0, false);
    while from < text.len() {
        let end = cut(text, from, PART);
        let range = from..end;
        let begins = in_code;
        for line in text.get(range.clone()).unwrap_or_default().lines() {
            if super::text::is_fence(line, in_code) {
                in_code = !in_code;
            }
        }
        all.push(Part { range, in_code: begins });
        from = end;
    }
    all
}
