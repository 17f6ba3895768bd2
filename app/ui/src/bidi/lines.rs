//! A text that runs both ways, laid out anew.

use super::order::{Piece, pieces};
use egui::epaint::text::{
    ByteIndex, FontsView, LayoutJob, LayoutSection, TextFormat, TextWrapping,
};
use egui::{Align, Galley};
use std::ops::Range;
use unicode_bidi::{Level, ParagraphBidiInfo};

/// Bytes of a paragraph that is still laid out anew: each word of it is measured.
const LONGEST: usize = 20_000;

/// The text of `galley` as lines whose parts stand in the order they are drawn; `None` when it is
/// left as it is. `base`: the way of each paragraph; `None`: the way of its first letter.
pub(super) fn lay_out(
    fonts: &mut FontsView<'_>,
    galley: &Galley,
    base: Option<Level>,
) -> Option<LayoutJob> {
    let job = &galley.job;
    // Text that goes on where other text ended, or that is typed: the caller knows its places.
    let beside = job.sections.iter().any(|section| section.leading_space > 0.0);
    if beside || job.text.len() > LONGEST || job.keep_trailing_whitespace {
        return None;
    }
    let mut out = Out { job, made: LayoutJob { wrap: TextWrapping::no_max_width(), ..blank(job) } };
    let mut start = 0;
    let mut rows = 0;
    for paragraph in job.text.split('\n') {
        let info = ParagraphBidiInfo::new(paragraph, base);
        let mut lines = break_lines(fonts, &out, &info, start, job.wrap.max_width);
        let left = job.wrap.max_rows.saturating_sub(rows);
        let cut_short = lines.len() > left || (galley.elided && left == 1);
        if cut_short {
            lines.truncate(left.max(1));
        }
        let count = lines.len();
        for (n, line) in lines.into_iter().enumerate() {
            let mut parts = out.pieces(&info, line.clone(), start);
            if cut_short && n + 1 == count {
                parts = shortened(fonts, &out, &info, start, line.start);
            }
            let space = if info.paragraph_level.is_rtl() && job.halign == Align::LEFT {
                galley.rect.width() - out.width(fonts, &parts, start)
            } else {
                0.0
            };
            out.line(&parts, start, space.max(0.0), rows > 0);
            rows += 1;
        }
        if cut_short {
            break;
        }
        start += paragraph.len() + 1;
    }
    Some(out.made)
}

fn blank(job: &LayoutJob) -> LayoutJob {
    LayoutJob { text: String::new(), sections: Vec::new(), ..job.clone() }
}

struct Out<'a> {
    job: &'a LayoutJob,
    made: LayoutJob,
}

impl Out<'_> {
    /// Of a byte of the whole text.
    fn format(&self, at: usize) -> TextFormat {
        let sections = &self.job.sections;
        let has = |section: &&LayoutSection| at < section.byte_range.end.0;
        let section = sections.iter().find(has).or(sections.last());
        section.map(|section| section.format.clone()).unwrap_or_default()
    }

    /// `start`: where the paragraph begins in the whole text.
    fn pieces(&self, info: &ParagraphBidiInfo<'_>, line: Range<usize>, start: usize) -> Vec<Piece> {
        let cuts: Vec<usize> = self
            .job
            .sections
            .iter()
            .filter_map(|section| section.byte_range.start.0.checked_sub(start))
            .collect();
        pieces(info, line, &cuts)
    }

    /// Points.
    fn width(&self, fonts: &mut FontsView<'_>, pieces: &[Piece], start: usize) -> f32 {
        let mut job = LayoutJob { wrap: TextWrapping::no_max_width(), ..LayoutJob::default() };
        for piece in pieces {
            job.append(&piece.text, 0.0, self.format(start + piece.range.start));
        }
        fonts.layout_job(job).size().x
    }

    fn line(&mut self, pieces: &[Piece], start: usize, space: f32, after_another: bool) {
        if after_another {
            self.push("\n", 0.0, self.format(start.saturating_sub(1)));
        }
        let mut space = space;
        for piece in pieces {
            let format = self.format(start + piece.range.start);
            self.push(&piece.text, std::mem::take(&mut space), format);
        }
        if self.made.sections.is_empty() {
            self.push("", 0.0, self.format(start));
        }
    }

    fn push(&mut self, text: &str, leading_space: f32, format: TextFormat) {
        let start = ByteIndex(self.made.text.len());
        self.made.text.push_str(text);
        let byte_range = start..ByteIndex(self.made.text.len());
        self.made.sections.push(LayoutSection { leading_space, byte_range, format });
    }
}

/// Bytes of the paragraph for each line: as many words as fit, at least one.
fn break_lines(
    fonts: &mut FontsView<'_>,
    out: &Out<'_>,
    info: &ParagraphBidiInfo<'_>,
    start: usize,
    max_width: f32,
) -> Vec<Range<usize>> {
    let text = info.text;
    let mut lines = Vec::new();
    if !max_width.is_finite()
        || out.width(fonts, &out.pieces(info, 0..text.len(), start), start) <= max_width
    {
        lines.push(0..text.len());
        return lines;
    }
    let (mut begin, mut end, mut x, mut at) = (0, 0, 0.0, 0);
    for word in text.split_inclusive(' ') {
        let bare = at + word.trim_end_matches(' ').len();
        let width = out.width(fonts, &out.pieces(info, at..bare, start), start);
        if x + width > max_width && begin < at {
            lines.push(begin..end);
            (begin, x) = (at, 0.0);
        }
        let whole = out.width(fonts, &out.pieces(info, at..at + word.len(), start), start);
        x += whole.max(width);
        end = bare;
        at += word.len();
    }
    lines.push(begin..text.len());
    lines
}

/// What fits of the rest of a paragraph, and the sign that there is more.
fn shortened(
    fonts: &mut FontsView<'_>,
    out: &Out<'_>,
    info: &ParagraphBidiInfo<'_>,
    start: usize,
    from: usize,
) -> Vec<Piece> {
    let rest = info.text.get(from..).unwrap_or_default();
    let ends: Vec<usize> =
        rest.char_indices().map(|(at, _)| from + at).chain([info.text.len()]).collect();
    let with_sign = |end: usize| {
        let mut parts = out.pieces(info, from..end, start);
        if let Some(sign) = out.job.wrap.overflow_character {
            let sign = Piece { range: end..end, text: sign.to_string() };
            let at = if info.paragraph_level.is_rtl() { 0 } else { parts.len() };
            parts.insert(at, sign);
        }
        parts
    };
    let fitting = ends
        .partition_point(|end| out.width(fonts, &with_sign(*end), start) <= out.job.wrap.max_width);
    with_sign(ends.get(fitting.saturating_sub(1)).copied().unwrap_or(from))
}
