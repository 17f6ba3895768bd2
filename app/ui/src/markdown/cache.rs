//! Many documents, of which few are seen.

use super::Document;
use std::collections::HashMap;
use std::hash::Hash;

/// Documents by a name of the caller's. Those that were not shown for longest are forgotten when
/// all together keep more bytes than they may; what a frame uses is never forgotten in it.
pub struct Cache<K> {
    documents: HashMap<K, (Document, u64)>,
    most: usize,
    frame: u64,
}

impl<K> std::fmt::Debug for Cache<K> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Cache").field("documents", &self.documents.len()).finish_non_exhaustive()
    }
}

impl<K: Eq + Hash + Clone> Cache<K> {
    /// Keeps about this many bytes of texts.
    pub fn new(most: usize) -> Self {
        Self { documents: HashMap::new(), most, frame: 0 }
    }

    /// The document of this name; an empty one at first and after it was forgotten.
    pub fn get(&mut self, name: &K) -> &mut Document {
        let entry = self.documents.entry(name.clone()).or_default();
        entry.1 = self.frame;
        &mut entry.0
    }

    /// A new frame: forgets what is too much. To be called once in each.
    pub fn turn(&mut self) {
        let frame = self.frame;
        self.frame += 1;
        let mut bytes: usize = self.documents.values().map(|(d, _)| d.bytes()).sum();
        if bytes <= self.most {
            return;
        }
        let mut old: Vec<(u64, usize, K)> = self
            .documents
            .iter()
            .filter(|(_, (_, used))| *used < frame)
            .map(|(name, (d, used))| (*used, d.bytes(), name.clone()))
            .collect();
        old.sort_unstable_by_key(|(used, ..)| *used);
        for (_, size, name) in old {
            if bytes <= self.most {
                break;
            }
            bytes -= size;
            self.documents.remove(&name);
        }
    }

    /// Forgets all of them.
    pub fn clear(&mut self) {
        self.documents.clear();
    }

    /// How many there are, and the bytes they keep.
    pub fn load(&self) -> (usize, usize) {
        (self.documents.len(), self.documents.values().map(|(d, _)| d.bytes()).sum())
    }
}
