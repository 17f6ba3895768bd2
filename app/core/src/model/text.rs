//! Text that grows at its end.

use parking_lot::RwLock;
use std::fmt;
use std::sync::Arc;

/// A text that only grows. Clones share it; each sees it up to where it was when it was cloned,
/// so that a model with a text that grows costs nothing to publish.
#[derive(Clone, Default)]
pub struct Text {
    shared: Arc<RwLock<String>>,
    len: usize,
}

impl Text {
    /// How many bytes this one sees.
    #[must_use]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether it is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Adds to the end. Where another clone has grown meanwhile, this one goes on with a copy of
    /// its own.
    pub fn push(&mut self, more: &str) {
        let mut text = self.shared.write();
        if text.len() == self.len {
            text.push_str(more);
        } else {
            let mut own = text.get(..self.len).unwrap_or_default().to_owned();
            own.push_str(more);
            drop(text);
            self.shared = Arc::new(RwLock::new(own));
        }
        self.len += more.len();
    }

    /// Reads it. Nothing that takes long may be done in `read`: whoever adds to the text waits.
    pub fn with<T>(&self, read: impl FnOnce(&str) -> T) -> T {
        let text = self.shared.read();
        read(text.get(..self.len).unwrap_or_default())
    }

    /// What came after the first `from` bytes. Empty when `from` is not where a character begins.
    #[must_use]
    pub fn after(&self, from: usize) -> String {
        self.with(|text| text.get(from..).unwrap_or_default().to_owned())
    }

    /// Whether both are the same text in memory, of whatever length.
    #[must_use]
    pub fn is_same_growing(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.shared, &other.shared)
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self { len: text.len(), shared: Arc::new(RwLock::new(text)) }
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        self.len == other.len
            && (Arc::ptr_eq(&self.shared, &other.shared) || self.with(|a| other.with(|b| a == b)))
    }
}

impl Eq for Text {}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.with(|text| write!(f, "{text:?}"))
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.with(|text| f.write_str(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clone_sees_what_was_there_when_it_was_made() {
        let mut text = Text::from("one");
        let before = text.clone();
        text.push(" two");
        assert_eq!(before.to_string(), "one");
        assert_eq!(text.to_string(), "one two");
        assert!(text.is_same_growing(&before));
        assert_eq!(text.after(3), " two");
        assert_ne!(text, before);
    }

    #[test]
    fn two_clones_that_grow_do_not_mix() {
        let mut a = Text::from("x");
        let mut b = a.clone();
        a.push("a");
        b.push("b");
        assert_eq!((a.to_string(), b.to_string()), ("xa".into(), "xb".into()));
    }
}
