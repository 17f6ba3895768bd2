//! Plain text in lines of one width: what a tool said.

use super::layout::PAD;
use crate::tokens::{self, size, space};
use egui::text::LayoutJob;
use egui::text_selection::LabelSelectionState;
use egui::{
    FontId, Id, Rect, ScrollArea, Sense, Stroke, Ui, UiBuilder, WidgetInfo, accesskit::Role, pos2,
    vec2,
};
use multiclaw_core::model::Text;

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
        ScrollArea::vertical()
            .id_salt("plain")
            .auto_shrink(false)
            .stick_to_bottom(self.grows)
            .show_viewport(&mut inner, |ui, seen| {
                ui.set_min_size(vec2(rect.width() - space::S, height));
                self.rows(ui, id, seen);
            });
    }

    fn rows(&mut self, ui: &mut Ui, id: Id, seen: Rect) {
        let t = tokens::of(ui.ctx());
        let origin = ui.min_rect().min + vec2(PAD, PAD);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "lines")]
        let row = |y: f32| ((y - PAD) / LEADING).floor().max(0.0) as usize;
        let (first, last) = (row(seen.top()), row(seen.bottom()) + 1);
        for n in first..last.min(self.rows.len()) {
            let from = self.rows.get(n).copied().unwrap_or_default();
            let to = self.rows.get(n + 1).copied().unwrap_or(self.text.len());
            let line = self.text.with(|text| {
                let line = text.get(from..to).unwrap_or_default();
                line.trim_end_matches(['\n', '\r']).to_owned()
            });
            self.laid += 1;
            let font = FontId::monospace(size::SMALL);
            let mut job = LayoutJob::simple_singleline(line, font, t.text);
            job.break_on_newline = false;
            let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
            #[expect(clippy::cast_precision_loss, reason = "points")]
            let top = origin.y + n as f32 * LEADING;
            let place =
                Rect::from_min_max(pos2(origin.x, top), pos2(ui.max_rect().right(), top + LEADING));
            let touch = ui.input(|i| i.has_touch_screen());
            let sense = if touch { Sense::CLICK } else { Sense::CLICK | Sense::DRAG };
            let response = ui.interact(place, id.with(("line", n)), sense);
            let at = pos2(place.left(), place.center().y - galley.size().y / 2.0);
            LabelSelectionState::label_text_selection(
                ui,
                &response,
                at,
                galley,
                t.text,
                Stroke::NONE,
            );
        }
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
