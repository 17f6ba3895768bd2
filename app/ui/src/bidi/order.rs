//! What is drawn first, from left to right (UAX #9).

use std::ops::Range;
use unicode_bidi::{BidiClass, ParagraphBidiInfo, bidi_class};

/// A part of a line. The parts of a line stand from left to right in the order they come; the
/// letters within one are in reading order, and the shaper runs them the way their script goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// Bytes of the paragraph it stands for.
    pub(super) range: Range<usize>,
    pub(super) text: String,
}

/// Whether any letter of `text` runs from right to left.
pub(super) fn has_rtl(text: &str) -> bool {
    // Nothing below U+0590 does, and nearly every text ends here.
    !text.is_ascii()
        && text.chars().any(|sign| {
            sign >= '\u{590}' && matches!(bidi_class(sign), BidiClass::R | BidiClass::AL)
        })
}

/// The parts of a line, from left to right.
///
/// - `line`: bytes of the paragraph, at character boundaries.
/// - `cuts`: where a part must end, ascending: places where the format changes.
pub(super) fn pieces(
    info: &ParagraphBidiInfo<'_>,
    line: Range<usize>,
    cuts: &[usize],
) -> Vec<Piece> {
    let mut pieces = Vec::new();
    if line.is_empty() {
        return pieces;
    }
    let (levels, runs) = info.visual_runs(line);
    for run in runs {
        let rtl = levels.get(run.start).is_some_and(unicode_bidi::Level::is_rtl);
        let mut parts = split(run, cuts);
        if rtl {
            parts.reverse();
            for part in parts {
                right_to_left(info.text, part, &mut pieces);
            }
        } else {
            let text = |part: Range<usize>| info.text.get(part).unwrap_or_default().to_owned();
            pieces
                .extend(parts.into_iter().map(|range| Piece { text: text(range.clone()), range }));
        }
    }
    pieces
}

fn split(run: Range<usize>, cuts: &[usize]) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = run.start;
    for cut in cuts.iter().copied().filter(|cut| run.start < *cut && *cut < run.end) {
        parts.push(start..cut);
        start = cut;
    }
    parts.push(start..run.end);
    parts
}

/// Letters stay together, because the shaper joins them and turns them round. What stands between
/// them (blanks, signs) it would not turn, so that is done here.
fn right_to_left(text: &str, part: Range<usize>, pieces: &mut Vec<Piece>) {
    let first = pieces.len();
    let mut letters = None;
    for (at, sign) in text.get(part.clone()).unwrap_or_default().char_indices() {
        let range = part.start + at..part.start + at + sign.len_utf8();
        let class = bidi_class(sign);
        let joins = match class {
            BidiClass::R | BidiClass::AL => true,
            // Marks and joiners go with what they follow.
            BidiClass::NSM | BidiClass::BN => letters.unwrap_or(true),
            _ => false,
        };
        match pieces.last_mut() {
            Some(last) if joins && letters == Some(true) => {
                last.range.end = range.end;
                last.text.push(sign);
            }
            _ => pieces.push(Piece { range, text: mirrored(sign).to_string() }),
        }
        letters = Some(joins);
    }
    if let Some(new) = pieces.get_mut(first..) {
        new.reverse();
    }
}

/// Brackets look to the other side in text that runs from right to left (UAX #9, L4).
fn mirrored(sign: char) -> char {
    match sign {
        '(' => ')',
        ')' => '(',
        '[' => ']',
        ']' => '[',
        '{' => '}',
        '}' => '{',
        '<' => '>',
        '>' => '<',
        '«' => '»',
        '»' => '«',
        '‹' => '›',
        '›' => '‹',
        '≤' => '≥',
        '≥' => '≤',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use unicode_bidi::Level;

    fn seen(text: &str, base: Option<Level>) -> Vec<String> {
        let info = ParagraphBidiInfo::new(text, base);
        pieces(&info, 0..text.len(), &[]).into_iter().map(|piece| piece.text).collect()
    }

    #[test]
    fn text_from_left_to_right_stays_whole() {
        assert_eq!(seen("Open OpenClaw (2)", None), ["Open OpenClaw (2)"]);
        assert!(!has_rtl("Ünïcödé 中文 …") && has_rtl("a א") && has_rtl("سلام"));
    }

    #[test]
    fn words_of_hebrew_stand_from_right_to_left_and_numbers_do_not() {
        assert_eq!(seen("שלום עולם", None), ["עולם", " ", "שלום"]);
        assert_eq!(seen("יש 12 הודעות!", None), ["!", "הודעות", " ", "12", " ", "יש"]);
        assert_eq!(seen("פתח את OpenClaw", None), ["OpenClaw", " ", "את", " ", "פתח"]);
        assert_eq!(seen("(שלום)", Some(Level::rtl())), ["(", "שלום", ")"]);
    }

    #[test]
    fn a_hebrew_word_in_english_stays_in_its_place() {
        assert_eq!(seen("say שלום עולם twice", None), ["say ", "עולם", " ", "שלום", " twice"]);
    }

    #[test]
    fn letters_with_marks_are_one_piece() {
        assert_eq!(seen("שָׁלוֹם", None), ["שָׁלוֹם"]);
    }

    #[test]
    fn a_change_of_format_cuts() {
        let info = ParagraphBidiInfo::new("שלום", None);
        let pieces = pieces(&info, 0..8, &[0, 4, 8]);
        let ranges: Vec<_> = pieces.iter().map(|piece| piece.range.clone()).collect();
        assert_eq!(ranges, [4..8, 0..4]);
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_nothing_comes_twice(text in "[a-z אבגדהוסلا0-9().,\u{200f}\u{2067}\u{5b8}]{0,40}") {
            let info = ParagraphBidiInfo::new(&text, None);
            let mut ranges: Vec<_> =
                pieces(&info, 0..text.len(), &[]).into_iter().map(|piece| piece.range).collect();
            ranges.sort_by_key(|range| range.start);
            let mut at = 0;
            for range in ranges {
                prop_assert_eq!(range.start, at);
                at = range.end;
            }
            prop_assert_eq!(at, text.len());
        }
    }
}
