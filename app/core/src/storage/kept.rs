//! A conversation as it is kept in memory, and what a list shows of it.

use super::conversations::Record;
use crate::sync::outbox::Home;
use cloud_client::wire::{MessageDraft, Speaker};
use serde::{Deserialize, Serialize};

/// A message as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// A UUID.
    pub id: String,
    /// Its number in the workspace, if it came from there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub n: Option<u64>,
    /// Who.
    pub speaker: Speaker,
    /// Their name; empty for the person of this machine.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Markdown.
    pub text: String,
    /// RFC 3339.
    pub at: String,
}

impl Line {
    /// A message that waits to be sent.
    #[must_use]
    pub fn unsent(draft: &MessageDraft) -> Self {
        Self {
            id: draft.id.clone(),
            n: None,
            speaker: draft.speaker,
            name: String::new(),
            text: draft.text.clone(),
            at: draft.at.clone(),
        }
    }

    /// For the cloud.
    #[must_use]
    pub fn draft(&self) -> MessageDraft {
        MessageDraft {
            id: self.id.clone(),
            speaker: self.speaker,
            text: self.text.clone(),
            at: self.at.clone(),
        }
    }
}

/// A conversation as it is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// Its title.
    pub title: String,
    /// The agent it is with.
    pub agent: Option<String>,
    /// Where it is synced to; `None`: nowhere.
    pub home: Option<Home>,
    /// Its messages, oldest first.
    pub lines: Vec<Line>,
}

/// What a list shows of a conversation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// A UUID.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The agent it is with.
    pub agent: Option<String>,
    /// Where it is synced to.
    pub home: Option<Home>,
    /// Beginning of the last message.
    pub last: String,
    /// RFC 3339: of the last message.
    pub updated_at: String,
    /// Messages.
    pub count: usize,
}

impl Head {
    /// With one message more.
    #[must_use]
    pub fn with(&self, line: &Line) -> Self {
        let (last, updated_at) = (beginning(&line.text), line.at.clone());
        Self { last, updated_at, count: self.count + 1, ..self.clone() }
    }
}

impl Kept {
    /// By number; what is not sent yet comes last, in the order it was written.
    pub fn sort(&mut self) {
        let number = |line: &Line| line.n.unwrap_or(u64::MAX);
        if !self.lines.is_sorted_by_key(number) {
            self.lines.sort_by_key(number);
        }
    }

    /// How many messages have a number of the workspace; they stand first.
    fn numbered(&self) -> usize {
        self.lines.partition_point(|line| line.n.is_some())
    }

    /// Number of the oldest message of the workspace that is here; 0 for none.
    #[must_use]
    pub fn oldest(&self) -> u64 {
        self.lines.first().and_then(|line| line.n).unwrap_or(0)
    }

    /// Number of the newest message of the workspace that is here; 0 for none.
    #[must_use]
    pub fn newest(&self) -> u64 {
        let last = self.numbered().checked_sub(1).and_then(|at| self.lines.get(at));
        last.and_then(|line| line.n).unwrap_or(0)
    }

    /// Number of the last message before the first hole: from there on is to be loaded.
    #[must_use]
    pub fn followed(&self) -> u64 {
        let (oldest, newest) = (self.oldest(), self.newest());
        if newest == 0 || newest - oldest == (self.numbered() as u64).saturating_sub(1) {
            return newest;
        }
        let numbers = self.lines.iter().map_while(|line| line.n);
        numbers.fold(oldest, |at, n| if n == at.saturating_add(1) { n } else { at })
    }

    /// Takes in a message of the workspace. Gives the record of it, if it is news.
    pub fn take_in(&mut self, line: Line) -> Option<Record> {
        let n = line.n?;
        if let Some(record) = self.sent(&line.id, n) {
            return Some(record);
        }
        let at = self.place(n);
        let mut same = self.lines.iter().skip(at).take_while(|known| known.n == Some(n));
        if same.any(|known| known.id == line.id) {
            return None;
        }
        self.lines.insert(at, line.clone());
        Some(Record::Message(line))
    }

    /// The workspace has the message of this id, which was written here, under this number.
    pub fn sent(&mut self, id: &str, n: u64) -> Option<Record> {
        let unsent = self.numbered();
        let at = unsent + self.lines.iter().skip(unsent).position(|line| line.id == id)?;
        let mut line = self.lines.remove(at);
        line.n = Some(n);
        self.lines.insert(self.place(n), line);
        Some(Record::Sent { id: id.to_owned(), n })
    }

    /// Where the message of this number stands.
    fn place(&self, n: u64) -> usize {
        self.lines.partition_point(|line| line.n.is_some_and(|at| at < n))
    }

    /// What a list shows.
    #[must_use]
    pub fn head(&self, id: &str) -> Head {
        let last = self.lines.last();
        Head {
            id: id.to_owned(),
            title: self.title.clone(),
            agent: self.agent.clone(),
            home: self.home.clone(),
            last: last.map(|line| beginning(&line.text)).unwrap_or_default(),
            updated_at: last.map(|line| line.at.clone()).unwrap_or_default(),
            count: self.lines.len(),
        }
    }
}

/// The first line of a text, at most 160 characters, fit for a title: without control characters.
#[must_use]
pub fn beginning(text: &str) -> String {
    one_line(text.trim().lines().next().unwrap_or_default(), 160)
}

/// A text as one line of at most so many characters.
#[must_use]
pub fn one_line(text: &str, most: usize) -> String {
    let plain = |c: char| if c.is_control() { ' ' } else { c };
    text.trim().chars().map(plain).take(most).collect::<String>().trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn line(id: u8, n: Option<u64>) -> Line {
        let (name, text, at) = (String::new(), String::new(), String::new());
        Line { id: id.to_string(), n, speaker: Speaker::Person, name, text, at }
    }

    /// A tab in the first line made a title that the cloud refuses, and with it the conversation.
    #[test]
    fn a_title_has_no_control_characters() {
        assert_eq!(beginning(" a\tb\u{7}c \nd"), "a b c");
        assert_eq!(one_line("a\r\nb", 3), "a");
        assert_eq!(one_line("äöü", 2), "äö");
    }

    proptest! {
        /// Messages and answers in any order, doubled and with holes: each is there once, in the
        /// order of the numbers, and what is not sent comes last.
        #[test]
        fn messages_end_in_order(
            steps in prop::collection::vec((any::<bool>(), 0..20_u8), 0..60),
            written in 0..20_u8,
        ) {
            let mut kept = Kept::default();
            kept.lines.extend((0..written).map(|id| line(id, None)));
            for (answer, id) in steps {
                let n = u64::from(id) + 1;
                if answer {
                    kept.sent(&id.to_string(), n);
                } else {
                    kept.take_in(line(id, Some(n)));
                }
            }
            let mut sorted = kept.clone();
            sorted.sort();
            prop_assert_eq!(&sorted, &kept);
            let ids: std::collections::BTreeSet<_> = kept.lines.iter().map(|l| &l.id).collect();
            prop_assert_eq!(ids.len(), kept.lines.len());
            let numbers: Vec<u64> = kept.lines.iter().filter_map(|l| l.n).collect();
            prop_assert_eq!(kept.newest(), numbers.last().copied().unwrap_or(0));
            let gap = numbers.windows(2).find(|w| w[0] + 1 != w[1]).map(|w| w[0]);
            prop_assert_eq!(kept.followed(), gap.unwrap_or(kept.newest()));
        }
    }
}
