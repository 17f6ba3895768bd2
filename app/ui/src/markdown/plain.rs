//! Plain text in lines of one width: what a tool said.

use super::Mark;
use super::layout::PAD;
use super::paint::{emphasis, rows_of, selection_colour};
use super::select::{Selection, Target, word};
use crate::tokens::{self, size, space};
use egui::style::ScrollAnimation;
use egui::text::LayoutJob;
use egui::{
    CursorIcon, FontId, Galley, Id, Pos2, Rect, ScrollArea, Sense, Ui, UiBuilder, WidgetInfo,
    accesskit::Role, pos2, vec2,
};
use multiclaw_core::model::Text;
use std::ops::Range;
use std::sync::Arc;

/// From one line to the next, in points.
const LEADING: f32 = 18.0;
/// Columns of a line, at least.
const NARROW: usize = 16;
/// Bytes that a screen reader is given.
const READ_OUT: usize = 4_000;

/// A text in a monospace font that scrolls by itself. Only the lines that are seen are laid out;
/// a line that is too long goes on below.
#[derive(Default)]
pub struct Plain {
    text: Text,
    /// Bytes whose lines are known.
    read: usize,
    /// Where each line begins that is shown.
    rows: Vec<usize>,
    /// Columns of the last line that are taken.
    column: usize,
    /// Columns of a line.
    columns: usize,
    /// It has grown: its end is followed.
    grows: bool,
    selection: Selection,
    /// A place that is to be seen.
    reveal: Option<usize>,
    laid: u64,
}

impl std::fmt::Debug for Plain {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Plain").field("bytes", &self.text.len()).finish_non_exhaustive()
    }
}

impl Plain {
    /// Follows a text, which may have grown or be another one. Whether something changed.
    pub fn follow(&mut self, text: &Text) -> bool {
        let grown = text.is_same_growing(&self.text);
        if grown && text.len() == self.text.len() {
            return false;
        }
        let same = !grown && *text == self.text;
        let goes_on = same
            || (text.len() >= self.text.len()
                && (grown || text.with(|new| self.text.with(|old| new.starts_with(old)))));
        if goes_on {
            self.grows |= !same && !self.text.is_empty();
        } else {
            *self = Self { columns: self.columns, laid: self.laid, ..Self::default() };
        }
        self.text = text.clone();
        !same
    }

    /// Has the next frame scroll to this byte of the text. The end is not followed any more until
    /// the text grows with its end seen.
    pub fn reveal(&mut self, byte: usize) {
        self.reveal = Some(byte);
        self.grows = false;
    }

    /// What of the text is selected, as it is in the text; empty when nothing is.
    pub fn selected(&self) -> String {
        self.text.with(|text| text.get(self.selection.range()).unwrap_or_default().to_owned())
    }

    /// How many lines were laid out so far: for tests and benchmarks.
    pub fn laid(&self) -> u64 {
        self.laid
    }

    /// How many lines it has at the width of the last frame.
    pub fn lines(&self) -> usize {
        self.rows.len()
    }

    /// Cuts what is new into lines.
    fn cut(&mut self, columns: usize) {
        if columns != self.columns {
            (self.columns, self.read, self.column) = (columns, 0, 0);
            self.rows.clear();
        }
        if self.rows.is_empty() {
            self.rows.push(0);
        }
        let new = self.text.after(self.read);
        for (at, c) in new.char_indices() {
            if c == '\n' {
                self.rows.push(self.read + at + 1);
                self.column = 0;
                continue;
            }
            let wide = breadth(c);
            if self.column + wide > columns {
                self.rows.push(self.read + at);
                self.column = 0;
            }
            self.column += wide;
        }
        self.read += new.len();
    }

    fn measure(&mut self, ui: &Ui, width: f32) {
        let one = ui.fonts_mut(|fonts| fonts.glyph_width(&FontId::monospace(size::SMALL), '0'));
        let room = ((width - 2.0 * PAD - space::S) / one.max(1.0)).max(0.0);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "columns")]
        self.cut((room as usize).max(NARROW));
    }

    /// How tall all of it is at this width, in points; to be limited by the caller, who gives
    /// [`Self::show`] the room there is.
    pub fn height(&mut self, ui: &Ui, width: f32) -> f32 {
        self.measure(ui, width);
        #[expect(clippy::cast_precision_loss, reason = "points")]
        let lines = self.rows.len() as f32;
        lines * LEADING + 2.0 * PAD
    }

    /// Paints it into `rect`, where it scrolls. `id` is unique to it and stays the same.
    pub fn show(&mut self, ui: &mut Ui, id: Id, rect: Rect) {
        self.show_marked(ui, id, rect, &[]);
    }

    /// The same with places that were found: bytes of the text that it follows, in order.
    pub fn show_marked(&mut self, ui: &mut Ui, id: Id, rect: Rect, marks: &[Mark]) {
        let height = self.height(ui, rect.width());
        let whole = ui.interact(rect, id, Sense::hover());
        whole.widget_info(|| {
            let text = self.text.with(|text| {
                text.get(..text.floor_char_boundary(READ_OUT)).unwrap_or_default().to_owned()
            });
            WidgetInfo::labeled(Role::Code, true, text)
        });
        let mut inner = ui.new_child(UiBuilder::new().max_rect(rect).id_salt(id));
        inner.set_clip_rect(rect.intersect(ui.clip_rect()));
        let mut area =
            ScrollArea::vertical().id_salt("plain").auto_shrink(false).stick_to_bottom(self.grows);
        if let Some(byte) = self.reveal.take() {
            #[expect(clippy::cast_precision_loss, reason = "points")]
            let top = PAD + self.row_of(byte) as f32 * LEADING;
            let most = (height - rect.height()).max(0.0);
            area = area.vertical_scroll_offset((top - rect.height() * 0.4).clamp(0.0, most));
        }
        area.show_viewport(&mut inner, |ui, seen| {
            ui.set_min_size(vec2(rect.width() - space::S, height));
            self.rows(ui, id, seen, marks);
        });
    }

    /// The line that shows this byte.
    fn row_of(&self, byte: usize) -> usize {
        self.rows.partition_point(|start| *start <= byte).saturating_sub(1)
    }

    /// What a line shows.
    fn range_of(&self, row: usize) -> Range<usize> {
        let from = self.rows.get(row).copied().unwrap_or_default();
        let to = self.rows.get(row + 1).copied().unwrap_or(self.text.len());
        let shown = self.text.with(|text| {
            text.get(from..to).unwrap_or_default().trim_end_matches(['\n', '\r']).len()
        });
        from..from + shown
    }

    fn lay_out(&self, ui: &Ui, range: &Range<usize>) -> Arc<Galley> {
        let line = self.text.with(|text| text.get(range.clone()).unwrap_or_default().to_owned());
        let ink = tokens::of(ui.ctx()).text;
        let mut job = LayoutJob::simple_singleline(line, FontId::monospace(size::SMALL), ink);
        job.break_on_newline = false;
        ui.fonts_mut(|fonts| fonts.layout_job(job))
    }

    fn rows(&mut self, ui: &mut Ui, id: Id, seen: Rect, marks: &[Mark]) {
        let t = tokens::of(ui.ctx());
        let origin = ui.min_rect().min + vec2(PAD, PAD);
        let view = ui.clip_rect().intersect(ui.max_rect());
        let touch = ui.input(|i| i.has_touch_screen());
        let sense = if touch { Sense::CLICK } else { Sense::CLICK | Sense::DRAG };
        let response = ui.interact(view, id.with("text"), sense);
        let mut selection = self.selection;
        let done = selection.follow(ui, id, &response, &Placed { plain: self, ui, origin });
        self.selection = selection;
        if done.copy {
            ui.copy_text(self.selected());
        }
        if done.pull != 0.0 {
            ui.scroll_with_delta_animation(vec2(0.0, -done.pull), ScrollAnimation::none());
        }
        if response.hovered() {
            response.on_hover_cursor(CursorIcon::Text);
        }
        let (first, last) = (row_at(seen.top()), row_at(seen.bottom()) + 1);
        for n in first..last.min(self.rows.len()) {
            let range = self.range_of(n);
            self.laid += 1;
            let galley = self.lay_out(ui, &range);
            #[expect(clippy::cast_precision_loss, reason = "points")]
            let middle = origin.y + (n as f32 + 0.5) * LEADING;
            let at = pos2(origin.x, middle - galley.size().y / 2.0);
            let found = marks.get(marks.partition_point(|m| m.range.end <= range.start)..);
            for mark in found.unwrap_or_default() {
                if mark.range.start >= range.end {
                    break;
                }
                for rect in rects(&galley, &range, &mark.range) {
                    emphasis(ui, rect.translate(at.to_vec2()), mark.current);
                }
            }
            for rect in rects(&galley, &range, &self.selection.range()) {
                ui.painter().rect_filled(rect.translate(at.to_vec2()), 0, selection_colour(&t));
            }
            ui.painter().galley(at, galley, t.text);
        }
    }
}

/// The line at this distance from the top.
fn row_at(y: f32) -> usize {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "lines")]
    let row = ((y - PAD) / LEADING).floor().max(0.0) as usize;
    row
}

/// Where a stretch of the text is within the galley of a line.
fn rects(galley: &Galley, line: &Range<usize>, range: &Range<usize>) -> Vec<Rect> {
    let (from, to) = (range.start.max(line.start), range.end.min(line.end));
    if from >= to {
        return Vec::new();
    }
    let text = galley.text();
    let count = |a: usize, b: usize| text.get(a..b).map_or(0, |t| t.chars().count());
    let start = count(0, from - line.start);
    rows_of(galley, start..start + count(from - line.start, to - line.start))
}

/// A text whose first line begins at `origin`.
struct Placed<'a> {
    plain: &'a Plain,
    ui: &'a Ui,
    origin: Pos2,
}

impl Target for Placed<'_> {
    fn nearest(&self, pointer: Pos2) -> usize {
        let y = pointer.y - self.origin.y;
        if y < 0.0 {
            return 0;
        }
        let row = row_at(y + PAD);
        if row >= self.plain.rows.len() {
            return self.plain.text.len();
        }
        let range = self.plain.range_of(row);
        let galley = self.plain.lay_out(self.ui, &range);
        let x = vec2(pointer.x - self.origin.x, galley.size().y / 2.0);
        let cursor = galley.cursor_from_pos(x);
        let text = galley.text();
        let byte = text.char_indices().nth(cursor.index.into()).map_or(text.len(), |(at, _)| at);
        range.start + byte
    }

    fn word_at(&self, byte: usize) -> Range<usize> {
        self.plain.text.with(|text| word(text, byte))
    }

    fn line_at(&self, byte: usize) -> Range<usize> {
        self.plain.text.with(|text| {
            let (before, after) = text.split_at(text.floor_char_boundary(byte.min(text.len())));
            let from = before.rfind('\n').map_or(0, |at| at + 1);
            from..before.len() + after.find('\n').unwrap_or(after.len())
        })
    }
}

/// Columns that a character takes.
fn breadth(c: char) -> usize {
    match c {
        '\t' => 4,
        '\u{1100}'..='\u{115f}'
        | '\u{2e80}'..='\u{a4cf}'
        | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe6f}'
        | '\u{ff00}'..='\u{ff60}'
        | '\u{1f000}'..='\u{1faff}'
        | '\u{20000}'..='\u{3fffd}' => 2,
        _ => 1,
    }
}
