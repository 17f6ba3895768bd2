//! Messages as rows: a row each. Of a long one only the beginning is shown until it is opened.

use multiclaw_core::model::Message;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// Characters of a message beyond which only the beginning is shown.
pub(crate) const LONG: usize = 20_000;
/// Bytes of that beginning.
const PREVIEW: usize = 2_400;

/// The messages of a thread, and which of them are shown whole.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rows {
    messages: Arc<Vec<Arc<Message>>>,
    /// Long messages that are shown whole, by their ids.
    open: HashSet<String>,
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

impl Rows {
    /// Whether the list is this one.
    pub(crate) fn is_of(&self, messages: &Arc<Vec<Arc<Message>>>) -> bool {
        Arc::ptr_eq(&self.messages, messages)
    }

    pub(crate) fn get(&self, row: usize) -> Option<&Arc<Message>> {
        self.messages.get(row)
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.messages.len()
    }

    /// What of a message's text is shown.
    pub(crate) fn text<'a>(&self, message: &'a Message) -> &'a str {
        let text = message.text.as_str();
        if !self.open.contains(&message.id) && is_long(text) {
            text.get(..beginning(text)).unwrap_or_default()
        } else {
            text
        }
    }

    /// Whether a long message is shown whole; `None` for one that always is.
    pub(crate) fn is_open(&self, message: &Message) -> Option<bool> {
        is_long(&message.text).then(|| self.open.contains(&message.id))
    }

    /// Shows a long message whole, or its beginning only.
    pub(crate) fn set_open(&mut self, message: &Message, open: bool) {
        if open {
            self.open.insert(message.id.clone());
        } else {
            self.open.remove(&message.id);
        }
    }

    /// Another list of messages. What is open stays open.
    pub(crate) fn update(&mut self, messages: &Arc<Vec<Arc<Message>>>) -> Change {
        let old = std::mem::replace(&mut self.messages, Arc::clone(messages));
        if let Some(before) = run(&old, messages) {
            return Change::Around { before, after: messages.len() - old.len() - before };
        }
        let places: HashMap<&str, usize> =
            messages.iter().enumerate().map(|(at, m)| (m.id.as_str(), at)).collect();
        self.open.retain(|id| places.contains_key(id.as_str()));
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

/// The beginning of a long text: up to a line's end if there is one in its second half, else to
/// a space, else to anywhere between characters.
fn beginning(text: &str) -> usize {
    let end = text.floor_char_boundary(PREVIEW);
    let half = text.floor_char_boundary(PREVIEW / 2);
    let Some(tail) = text.get(half..end) else { return end };
    tail.rfind('\n').or_else(|| tail.rfind(' ')).map_or(end, |at| half + at + 1)
}
