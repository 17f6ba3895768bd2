//! A line of text in which the words that were searched for stand out.

use crate::conversations::find::Needle;
use crate::tokens;
use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{Color32, FontId, Galley, Ui};
use std::ops::Range;
use std::sync::Arc;

/// Words beyond which no more are looked for.
const WORDS: usize = 12;
/// Places in a line that are marked.
const PLACES: usize = 20;
/// Characters before the first place, where a line begins later than its text.
const BEFORE: usize = 16;

/// The words that were searched for.
pub(super) struct Words(Vec<Needle>);

impl Words {
    pub(super) fn new(text: &str) -> Self {
        // What the gateway's search takes for itself is not looked for in the text.
        let word =
            |word: &str| word.trim_matches(|c| matches!(c, '"' | '*' | '(' | ')')).to_owned();
        let words = text.split_whitespace().map(word).filter(|word| !word.is_empty());
        Self(words.take(WORDS).map(|word| Needle::new(&word)).collect())
    }

    /// Where they are, in order and without overlap.
    fn places(&self, text: &str) -> Vec<Range<usize>> {
        let mut all: Vec<Range<usize>> =
            self.0.iter().flat_map(|needle| needle.all(text, PLACES)).collect();
        all.sort_unstable_by_key(|place| (place.start, place.end));
        let mut merged: Vec<Range<usize>> = Vec::new();
        for place in all {
            match merged.last_mut() {
                Some(last) if place.start <= last.end => last.end = last.end.max(place.end),
                _ => merged.push(place),
            }
        }
        merged.truncate(PLACES);
        merged
    }

    /// The text from where the first place can be seen in a line.
    fn shortened(&self, text: &str) -> String {
        let first = self.places(text).first().map_or(0, |place| place.start);
        let before = text.get(..first).unwrap_or_default();
        let Some((at, _)) = before.char_indices().rev().nth(2 * BEFORE) else {
            return text.to_owned();
        };
        // At the beginning of a word, where there is one.
        let near = before.char_indices().rev().nth(BEFORE).map_or(at, |(at, _)| at);
        let near =
            before.get(near..).and_then(|rest| rest.find(' ')).map_or(near, |n| near + n + 1);
        format!("…{}", text.get(near..).unwrap_or_default())
    }

    /// Lays a line out. `moved`: it may begin later than the text, so that a place is seen.
    pub(super) fn line(
        &self,
        ui: &Ui,
        text: &str,
        points: f32,
        ink: Color32,
        (room, moved): (f32, bool),
    ) -> Arc<Galley> {
        let t = tokens::of(ui.ctx());
        let text = if moved { self.shortened(text) } else { text.to_owned() };
        let mut job =
            LayoutJob { wrap: TextWrapping::truncate_at_width(room), ..LayoutJob::default() };
        let format = |color, background| TextFormat {
            font_id: FontId::proportional(points),
            color,
            background,
            expand_bg: 1.0,
            ..TextFormat::default()
        };
        let plain = format(ink, Color32::TRANSPARENT);
        let found = format(t.text, t.warning.gamma_multiply(0.35));
        let mut at = 0;
        for place in self.places(&text) {
            job.append(text.get(at..place.start).unwrap_or_default(), 0.0, plain.clone());
            job.append(text.get(place.clone()).unwrap_or_default(), 0.0, found.clone());
            at = place.end;
        }
        job.append(text.get(at..).unwrap_or_default(), 0.0, plain);
        ui.fonts_mut(|fonts| fonts.layout_job(job))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_each_for_itself_and_a_line_begins_near_the_first() {
        let words = Words::new("\"Linker\" atomic* ");
        let text = "the linker wants -latomic";
        let found: Vec<&str> = words.places(text).into_iter().map(|p| &text[p]).collect();
        assert_eq!(found, ["linker", "atomic"]);
        assert_eq!(words.shortened(text), text);
        let long = format!("{} ends with the linker", "äh und so weiter, ".repeat(6));
        let line = words.shortened(&long);
        assert!(line.starts_with('…') && line.len() < 60 && line.contains("linker"), "{line}");
        assert_eq!(Words::new("").places(text), []);
        // Places that overlap are one.
        let found = Words::new("lin inker").places(text);
        assert_eq!(found.len(), 1);
        assert_eq!(found.first(), Some(&(4..10)));
    }
}
