//! The log of a task, as it is written.

use crate::icons::Icon;
use crate::parts::{Act, clock};
use crate::tokens::{self, size, space};
use crate::widgets::banner;
use egui::{
    Align, FontFamily, FontId, Frame, Label, Layout, Margin, Rect, RichText, ScrollArea, Sense,
    Stroke, Ui, WidgetInfo, accesskit::Role, pos2, vec2,
};
use multiclaw_core::Command;
use multiclaw_core::model::{LogLine, Model, Task, TaskLog};
use multiclaw_core::tr;
use std::sync::Arc;

/// Most lines that are kept.
const MOST: usize = 20_000;
/// Of a row, in points.
const ROW: f32 = 18.0;
/// Room for the time before a line.
const GUTTER: f32 = 72.0;

/// State of the log.
#[derive(Default)]
pub(super) struct Log {
    rows: Wrapped,
}

impl Log {
    pub(super) fn show(
        &mut self,
        ui: &mut Ui,
        task: &Task,
        model: &Model,
        commands: &mut Vec<Command>,
    ) {
        let t = tokens::of(ui.ctx());
        let log = model.workspace.log.as_ref().filter(|log| log.task == task.id);
        ui.spacing_mut().item_spacing.y = 0.0;
        let top = ui.max_rect().min.y;
        ui.painter().hline(ui.max_rect().x_range(), top, Stroke::new(1.0, t.line));
        head(ui, log);
        let Some(log) = log else {
            quiet(ui, tr!("tasks-log-loading"));
            return;
        };
        if let Some(problem) = &log.problem {
            Frame::new().inner_margin(Margin::symmetric(18, 4)).show(ui, |ui| {
                banner(ui, problem);
                ui.add_space(space::S);
                if Act::plain(tr!("tasks-log-reload")).show(ui).clicked() {
                    commands.push(Command::OpenTaskLog(Some(task.id.clone())));
                }
            });
            if log.lines.is_empty() {
                return;
            }
        }
        match (log.lines.is_empty(), log.loading) {
            (true, true) => quiet(ui, tr!("tasks-log-loading")),
            (true, false) => quiet(ui, tr!("tasks-log-empty")),
            (false, _) => self.lines(ui, &log.lines),
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "rows of a log are far below 2^23")]
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "as above")]
    fn lines(&mut self, ui: &mut Ui, lines: &Arc<Vec<LogLine>>) {
        let t = tokens::of(ui.ctx());
        let font = FontId::new(size::SMALL, FontFamily::Monospace);
        let icon = ui.ctx().fonts_mut(|fonts| fonts.glyph_width(&font, '0')).max(1.0);
        let left = ui.max_rect().min.x + 18.0;
        let room = ui.max_rect().width() - 18.0 - GUTTER - 22.0;
        let columns = ((room / icon) as usize).max(12);
        self.rows.update(lines, columns);
        ScrollArea::vertical()
            .id_salt("lines")
            .auto_shrink(false)
            .stick_to_bottom(true)
            .show_viewport(ui, |ui, seen| {
                let top = ui.max_rect().min.y;
                ui.set_height(self.rows.count() as f32 * ROW + space::S);
                let first = (seen.min.y / ROW).max(0.0) as usize;
                let last = ((seen.max.y / ROW).ceil() as usize).min(self.rows.count());
                let mut n = self.rows.line_at(first);
                while let Some(line) = lines.get(n) {
                    let start = self.rows.start(n);
                    if start >= last {
                        break;
                    }
                    let y = top + start as f32 * ROW;
                    let text = plain(&line.text);
                    let paint = |x: f32, y: f32, text: &str, colour| {
                        let at = pos2(x, y);
                        ui.painter().text(at, egui::Align2::LEFT_TOP, text, font.clone(), colour);
                    };
                    let rows = self.rows.start(n + 1).min(last) - start;
                    let extent = Rect::from_min_max(
                        pos2(left, y),
                        pos2(ui.max_rect().max.x, y + rows as f32 * ROW),
                    );
                    let id = ui.scope_id().with(("line", line.n));
                    let said = ui.interact(extent, id, Sense::hover());
                    said.widget_info(|| WidgetInfo::labeled(Role::Label, true, &text));
                    paint(left, y, &clock(&line.at), t.muted);
                    for (k, part) in parts(&text, columns).enumerate() {
                        let row = start + k;
                        if row >= first && row < last {
                            paint(left + GUTTER, y + k as f32 * ROW, part, t.text);
                        }
                    }
                    n += 1;
                }
            });
    }
}

fn head(ui: &mut Ui, log: Option<&TaskLog>) {
    let t = tokens::of(ui.ctx());
    Frame::new().inner_margin(Margin { left: 18, right: 10, top: 6, bottom: 4 }).show(ui, |ui| {
        let room = vec2(ui.available_width(), size::CONTROL - 4.0);
        ui.allocate_ui_with_layout(room, Layout::left_to_right(Align::Center), |ui| {
            ui.label(RichText::new(tr!("tasks-log")).color(t.text));
            let count = log.map_or(0, |log| log.lines.len());
            let said = match count {
                0 => String::new(),
                MOST.. => tr!("tasks-log-newest").to_owned(),
                n => tr!("tasks-log-lines", count = n),
            };
            ui.label(RichText::new(said).size(size::SMALL).color(t.muted));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let Some(log) = log.filter(|log| !log.lines.is_empty()) else { return };
                let copy = Act::quiet(tr!("tasks-log-copy"))
                    .name(tr!("tasks-log-copy-name"))
                    .icon(Icon::Copy);
                if copy.show(ui).clicked() {
                    ui.ctx().copy_text(whole(&log.lines));
                }
            });
        });
    });
}

fn quiet(ui: &mut Ui, text: &str) {
    let t = tokens::of(ui.ctx());
    Frame::new().inner_margin(Margin::symmetric(18, 6)).show(ui, |ui| {
        ui.add(Label::new(RichText::new(text).color(t.muted)).wrap());
    });
}

/// The log as text.
fn whole(lines: &[LogLine]) -> String {
    let mut all = String::new();
    for line in lines {
        all.push_str(&line.at);
        all.push(' ');
        all.push_str(&plain(&line.text));
        all.push('\n');
    }
    all
}

/// Without a terminal's control sequences, which mean nothing here.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.trim_end().chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\u{1b}' if chars.peek() == Some(&'[') => {
                chars.next();
                // ECMA-48 5.4: parameters and intermediates, then one final byte.
                while chars.next().is_some_and(|c| matches!(c, ' '..='?')) {}
            }
            '\t' => out.push_str("    "),
            '\n' => out.push('\n'),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// A text in parts of at most `columns` characters, none of them across a line's end.
fn parts(text: &str, columns: usize) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let limit = text.char_indices().nth(columns).map_or(text.len(), |(at, _)| at);
        let head = text.get(..limit)?;
        let end = text.find('\n').filter(|end| *end <= limit);
        // Between words, if that leaves more than half of the row in use.
        let word = || head.rfind(' ').filter(|at| limit < text.len() && at * 2 > limit);
        let (part, after) = match end.or_else(word) {
            Some(end) => (text.get(..end)?, text.get(end + 1..)),
            None => (head, text.get(limit..).filter(|after| !after.is_empty())),
        };
        rest = after;
        Some(part)
    })
}

/// On which row of the screen each line begins.
#[derive(Default)]
struct Wrapped {
    of: Option<Arc<Vec<LogLine>>>,
    columns: usize,
    /// The row of each line, and the row after the last.
    starts: Vec<usize>,
}

impl Wrapped {
    fn update(&mut self, lines: &Arc<Vec<LogLine>>, columns: usize) {
        let same = |old: &Arc<Vec<LogLine>>| {
            // Lines are only added, until the oldest of too many are dropped.
            old.len() <= lines.len()
                && old.first().map(|l| l.n) == lines.first().map(|l| l.n)
                && old.last().map(|l| l.n)
                    == old.len().checked_sub(1).and_then(|n| lines.get(n)).map(|l| l.n)
        };
        match &self.of {
            Some(old) if Arc::ptr_eq(old, lines) && self.columns == columns => return,
            Some(old) if self.columns == columns && same(old) => {}
            _ => self.starts = vec![0],
        }
        let known = self.starts.len().saturating_sub(1);
        let mut row = self.starts.last().copied().unwrap_or(0);
        for line in lines.get(known..).unwrap_or_default() {
            row += parts(&plain(&line.text), columns).count();
            self.starts.push(row);
        }
        self.columns = columns;
        self.of = Some(Arc::clone(lines));
    }

    fn count(&self) -> usize {
        self.starts.last().copied().unwrap_or(0)
    }

    fn start(&self, line: usize) -> usize {
        self.starts.get(line).copied().unwrap_or(usize::MAX)
    }

    /// The line that is on this row.
    fn line_at(&self, row: usize) -> usize {
        self.starts.partition_point(|start| *start <= row).saturating_sub(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_sequences_are_left_out() {
        assert_eq!(plain("\u{1b}[1;32mok\u{1b}[0m\tgo\u{7}\r\n"), "ok    go");
        assert_eq!(plain("\u{1b}["), "");
    }

    #[test]
    fn long_lines_are_wrapped_by_characters() {
        let of = |text, columns| parts(text, columns).collect::<Vec<_>>();
        assert_eq!(of("", 3), [""]);
        assert_eq!(of("abc", 3), ["abc"]);
        assert_eq!(of("äöüß", 3), ["äöü", "ß"]);
        assert_eq!(of("ab\ncdef", 3), ["ab", "cde", "f"]);
        assert_eq!(of("abc\nd", 3), ["abc", "d"]);
        assert_eq!(of("one two three", 9), ["one two", "three"]);
        assert_eq!(of("a bcdefghijk", 6), ["a bcde", "fghijk"]);
    }

    #[test]
    fn added_lines_are_wrapped_alone_and_dropped_ones_start_over() {
        let line = |n: u64, text: &str| LogLine { n, at: String::new(), text: text.into() };
        let mut rows = Wrapped::default();
        rows.update(&Arc::new(vec![line(1, "abcdef"), line(2, "a")]), 4);
        assert_eq!((rows.starts.as_slice(), rows.count()), (&[0, 2, 3][..], 3));
        rows.update(&Arc::new(vec![line(1, "?"), line(2, "?"), line(3, "abcdefghi")]), 4);
        assert_eq!(rows.starts, [0, 2, 3, 6]);
        assert_eq!([0, 1, 2, 3, 5].map(|row| rows.line_at(row)), [0, 0, 1, 2, 2]);
        rows.update(&Arc::new(vec![line(2, "a"), line(3, "abcdefghi")]), 4);
        assert_eq!(rows.starts, [0, 1, 4]);
        rows.update(&Arc::new(vec![line(2, "a"), line(3, "abcdefghi")]), 100);
        assert_eq!(rows.starts, [0, 1, 2]);
    }
}
