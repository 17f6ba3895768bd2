//! How well a text fits what was typed.

/// A text that was prepared once to be looked through many times.
#[derive(Clone, Debug)]
pub(super) struct Haystack {
    /// In lower case.
    letters: Vec<char>,
    /// Bit n: a word begins at letter n; for the first 64 letters.
    starts: u64,
    /// Which letters occur, roughly: one bit for each of 64 classes.
    bag: u64,
}

impl Haystack {
    pub(super) fn new(text: &str) -> Self {
        let mut starts = 0;
        let mut letters = Vec::with_capacity(text.len());
        let mut before = ' ';
        for c in text.chars() {
            let begins = c.is_alphanumeric()
                && (!before.is_alphanumeric() || (before.is_lowercase() && c.is_uppercase()));
            if begins && letters.len() < 64 {
                starts |= 1 << letters.len();
            }
            letters.extend(c.to_lowercase());
            before = c;
        }
        let bag = bag(&letters);
        Self { letters, starts, bag }
    }

    fn begins_at(&self, n: usize) -> bool {
        n < 64 && self.starts >> n & 1 == 1
    }
}

fn bag(letters: &[char]) -> u64 {
    letters.iter().filter(|c| **c != ' ').fold(0, |bag, c| bag | 1 << (*c as u32 % 64))
}

/// What was typed: words that may be found in any order.
#[derive(Clone, Debug, Default)]
pub(super) struct Needle {
    words: Vec<Vec<char>>,
    bag: u64,
}

impl Needle {
    pub(super) fn new(text: &str) -> Self {
        let words: Vec<Vec<char>> = text
            .split_whitespace()
            .map(|w| w.chars().flat_map(char::to_lowercase).collect())
            .collect();
        let bag = words.iter().fold(0, |all, word| all | bag(word));
        Self { words, bag }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// How well it fits; `None` when it does not. More is better.
    pub(super) fn score(&self, hay: &Haystack) -> Option<i32> {
        if self.bag & !hay.bag != 0 {
            return None;
        }
        let mut total = 0;
        for word in &self.words {
            total += score_word(word, hay)?;
        }
        // Of two that fit alike the shorter one is meant.
        Some(total * 4 - i32::try_from(hay.letters.len().min(200)).unwrap_or(200))
    }
}

/// The best of: the whole word somewhere, else its letters one after the other.
fn score_word(word: &[char], hay: &Haystack) -> Option<i32> {
    let (&first, len) = (word.first()?, i32::try_from(word.len()).ok()?);
    let mut best = None;
    for (at, _) in hay.letters.iter().enumerate().filter(|(_, c)| **c == first) {
        let score = if hay.letters.get(at..).is_some_and(|rest| rest.starts_with(word)) {
            let start = if at == 0 {
                40
            } else if hay.begins_at(at) {
                30
            } else {
                8
            };
            let ends = hay.letters.get(at + word.len()).is_none_or(|c| !c.is_alphanumeric());
            Some(len * 16 + start + if ends { 10 } else { 0 })
        } else {
            scattered(word, hay, at)
        };
        best = best.max(score);
    }
    best
}

/// Letters in order with gaps; the first one is at `from`, which must begin a word.
fn scattered(word: &[char], hay: &Haystack, from: usize) -> Option<i32> {
    if !hay.begins_at(from) {
        return None;
    }
    let (mut at, mut score) = (from, 10);
    for c in word.iter().skip(1) {
        let rest = hay.letters.get(at + 1..)?;
        // A word's beginning counts more than the nearest place.
        let near = rest.iter().position(|h| h == c)? + at + 1;
        let begin = (near..hay.letters.len().min(64))
            .find(|n| hay.begins_at(*n) && hay.letters.get(*n) == Some(c));
        let next = match begin {
            Some(begin) if near != at + 1 => begin,
            _ => near,
        };
        let gap = i32::try_from(next - at - 1).unwrap_or(i32::MAX);
        score += match (gap, hay.begins_at(next)) {
            (0, _) => 12,
            (_, true) => 10,
            (gap, false) => 4 - gap.min(12),
        };
        at = next;
    }
    // Letters that are strewn all over are chance, not a match.
    (score >= 10).then_some(score)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn score(needle: &str, hay: &str) -> Option<i32> {
        Needle::new(needle).score(&Haystack::new(hay))
    }

    fn best<'a>(needle: &str, of: &[&'a str]) -> &'a str {
        of.iter().max_by_key(|hay| score(needle, hay)).unwrap()
    }

    #[test]
    fn what_begins_so_comes_before_what_contains_it() {
        assert_eq!(best("task", &["Multitasking", "Tasks", "New task"]), "Tasks");
        assert_eq!(best("box", &["sandbox-1", "box-1", "big box"]), "box-1");
        assert_eq!(best("set", &["Reset the mode", "Settings"]), "Settings");
    }

    #[test]
    fn the_shorter_and_the_whole_word_win() {
        assert_eq!(best("build", &["building", "build box"]), "build box");
        assert_eq!(best("agents", &["Agents of the other workspace", "Agents"]), "Agents");
    }

    #[test]
    fn initials_and_gaps_are_found() {
        assert_eq!(best("cd", &["Cloud desktops", "Decided"]), "Cloud desktops");
        assert_eq!(best("gts", &["Go to settings", "Gates"]), "Go to settings");
        assert!(score("stngs", "Settings").is_some());
        assert!(score("webrtc", "WebRTC mode").is_some());
    }

    #[test]
    fn words_come_in_any_order_and_all_must_fit() {
        assert!(score("report weekly", "Weekly report for Ada").is_some());
        assert!(score("report monthly", "Weekly report for Ada").is_none());
        assert!(score("zq", "Weekly report").is_none());
        assert!(score("xtl", "Export the tall list").is_none(), "x begins no word");
    }

    #[test]
    fn case_and_other_alphabets_do_not_matter() {
        assert_eq!(score("ADA", "ada"), score("ada", "ADA"));
        assert!(score("übung", "Tägliche Übung").is_some());
        assert!(score("作業", "今日の作業").is_some());
        assert!(score("", "anything").is_some());
        assert!(score("a", "").is_none());
    }

    #[test]
    fn a_long_text_is_no_trouble() {
        let long = "lorem ipsum ".repeat(2000);
        assert!(score("ipsum", &long).is_some());
        assert!(score("ipsumx", &long).is_none());
    }
}
