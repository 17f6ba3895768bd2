//! Finding text: where it is in a line, and where it is in the messages that are loaded.

use crate::markdown::{Document, Mark};
use multiclaw_core::model::Message;
use multiclaw_core::tr;
use std::ops::Range;
use std::sync::Arc;

/// Places beyond which no more are counted.
pub(crate) const MOST: usize = 10_000;
/// Bytes of messages that are read and looked through in one frame.
const A_FRAME: usize = 400_000;

/// A text that is looked for, whatever the case of its letters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Needle {
    folded: Vec<char>,
}

fn fold(c: char) -> impl Iterator<Item = char> {
    c.to_lowercase()
}

impl Needle {
    pub(crate) fn new(text: &str) -> Self {
        Self { folded: text.trim().chars().flat_map(fold).collect() }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.folded.is_empty()
    }

    /// The end of the match that begins at the start of `text`.
    fn here(&self, text: &str) -> Option<usize> {
        let mut wanted = self.folded.iter();
        for (at, c) in text.char_indices() {
            for folded in fold(c) {
                if wanted.next() != Some(&folded) {
                    return None;
                }
            }
            if wanted.as_slice().is_empty() {
                return Some(at + c.len_utf8());
            }
        }
        None
    }

    /// All places in a text, which do not overlap; at most `most`.
    pub(crate) fn all(&self, text: &str, most: usize) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        let Some(&first) = self.folded.first() else { return found };
        // Two bytes to look for, where the first letter is of ASCII and only it folds to itself:
        // 'k' and 's' also come from the Kelvin sign and the long s.
        let quick = first.is_ascii() && !matches!(first, 'k' | 's' | 'i');
        let mut at = 0;
        while found.len() < most
            && let Some(rest) = text.get(at..)
        {
            let next = if quick {
                rest.bytes().position(|b| char::from(b.to_ascii_lowercase()) == first)
            } else {
                rest.char_indices().find(|(_, c)| fold(*c).next() == Some(first)).map(|(i, _)| i)
            };
            let Some(start) = next.map(|next| at + next) else { break };
            let rest = text.get(start..).unwrap_or_default();
            if let Some(length) = self.here(rest) {
                found.push(start..start + length);
                at = start + length;
            } else {
                at = start + rest.chars().next().map_or(1, char::len_utf8);
            }
        }
        found
    }
}

/// A place in the messages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    /// Which message.
    pub message: usize,
    /// Bytes of what is shown of it: of [`Document::text`].
    pub range: Range<usize>,
}

/// A search through the messages that are loaded. It looks through a bounded part in a frame.
#[derive(Debug, Default)]
pub(crate) struct Finder {
    /// What is typed.
    pub text: String,
    needle: Needle,
    messages: Arc<Vec<Arc<Message>>>,
    /// The next message to look at.
    next: usize,
    found: Vec<Found>,
    current: Option<usize>,
    /// The place that was shown before the messages changed.
    keep: Option<Found>,
}

impl Finder {
    /// Looks on. Whether it is to be called again, and whether the place to show has changed.
    /// `near` is the message that is seen: the first place is looked for from there.
    pub(crate) fn step(&mut self, messages: &Arc<Vec<Arc<Message>>>, near: usize) -> (bool, bool) {
        let needle = Needle::new(&self.text);
        let typed = needle != self.needle;
        if typed || !Arc::ptr_eq(&self.messages, messages) {
            self.keep = self.current().filter(|_| !typed).and_then(|place| {
                // New messages came: the place that is shown stays shown.
                let id = &self.messages.get(place.message)?.id;
                let message = messages.iter().position(|m| m.id == *id)?;
                Some(Found { message, range: place.range.clone() })
            });
            self.needle = needle;
            self.messages = Arc::clone(messages);
            (self.next, self.current) = (0, None);
            self.found.clear();
        }
        if self.needle.is_empty() {
            self.next = messages.len();
            return (false, false);
        }
        let mut bytes = 0;
        while self.next < self.messages.len() && bytes < A_FRAME && !self.full() {
            bytes += self.look();
        }
        let more = self.next < self.messages.len() && !self.full();
        if let Some(place) = self.keep.take_if(|place| !more || self.next > place.message) {
            self.current = self.found.iter().position(|f| *f == place);
        }
        if self.current.is_none() && self.keep.is_none() && !self.found.is_empty() {
            let at = self.found.partition_point(|f| f.message < near);
            if at < self.found.len() || !more {
                self.current = Some(at.min(self.found.len() - 1));
                return (more, true);
            }
        }
        (more, false)
    }

    fn full(&self) -> bool {
        self.found.len() >= MOST
    }

    fn look(&mut self) -> usize {
        let Some(message) = self.messages.get(self.next) else { return 0 };
        let room = MOST - self.found.len();
        let at = self.next;
        self.found.extend(
            in_document(&message.text, &self.needle, room)
                .into_iter()
                .map(|range| Found { message: at, range }),
        );
        self.next += 1;
        message.text.len() + 64
    }

    /// The place that is shown.
    pub(crate) fn current(&self) -> Option<&Found> {
        self.found.get(self.current?)
    }

    /// Goes to the next place, or to the one before; round the ends.
    pub(crate) fn go(&mut self, forward: bool) {
        let count = self.found.len();
        if let (Some(at), true) = (self.current, count > 0) {
            self.current = Some(if forward { at + 1 } else { at + count - 1 } % count);
        }
    }

    /// All places in one message.
    pub(crate) fn marks(&self, message: usize) -> Vec<Mark> {
        let from = self.found.partition_point(|f| f.message < message);
        let to = self.found.partition_point(|f| f.message <= message);
        let shown = self.current.and_then(|at| at.checked_sub(from));
        let places = self.found.get(from..to).unwrap_or_default().iter().enumerate();
        places.map(|(n, f)| Mark { range: f.range.clone(), current: shown == Some(n) }).collect()
    }

    /// "3 of 17", or that there is nothing; empty while nothing is typed.
    pub(crate) fn summary(&self) -> String {
        let whole = self.next >= self.messages.len();
        let sign = if self.full() { "+" } else { "" };
        match (self.needle.is_empty(), self.current) {
            (true, _) => String::new(),
            (_, Some(at)) => {
                let count = format!("{}{sign}", self.found.len());
                tr!("conversations-find-place", at = at + 1, count = count)
            }
            (_, None) if whole => tr!("conversations-nothing-found").to_owned(),
            (_, None) => tr!("conversations-find-looking").to_owned(),
        }
    }
}

/// Where a text is in what is shown of a message.
fn in_document(text: &str, needle: &Needle, most: usize) -> Vec<Range<usize>> {
    let mut document = Document::default();
    document.read(text);
    needle.all(&document.text(), most)
}
