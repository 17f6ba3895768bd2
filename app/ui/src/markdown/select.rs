//! Text that is selected with the pointer, across the blocks of one document.

use super::block::Kind;
use super::document::Document;
use egui::text::CCursor;
use egui::{Event, Id, Key, Modifiers, Pos2, Rect, Response, Ui};
use std::ops::Range;

/// A drag past the edge scrolls by this share of its distance beyond it in a second.
const PULL: f32 = 12.0;
/// No faster than this, in points a second.
const FASTEST: f32 = 2_400.0;

/// This near above or below a line is in it, in points.
const NEAR: f32 = 10.0;

/// A stretch of a text, which may be out of sight.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Selection {
    /// Where it was begun.
    from: usize,
    /// Where the pointer was last.
    to: usize,
}

/// What the pointer can point at in a text.
pub(super) trait Target {
    /// The byte that is nearest to the pointer.
    fn nearest(&self, pointer: Pos2) -> usize;
    /// The word that this byte is in.
    fn word_at(&self, byte: usize) -> Range<usize>;
    /// The paragraph or line that this byte is in.
    fn line_at(&self, byte: usize) -> Range<usize>;
}

/// What became of a selection.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Followed {
    /// It is to be copied.
    pub copy: bool,
    /// By how much the text is to move up in this frame, in points.
    pub pull: f32,
}

/// What there is one of in a window: the text with the selection.
fn owner() -> Id {
    Id::unique("markdown selection")
}

impl Selection {
    pub(super) fn range(self) -> Range<usize> {
        self.from.min(self.to)..self.from.max(self.to)
    }

    pub(super) fn limit(&mut self, length: usize) {
        self.from = self.from.min(length);
        self.to = self.to.min(length);
    }

    /// Follows the pointer and the keyboard.
    pub(super) fn follow(
        &mut self,
        ui: &Ui,
        id: Id,
        response: &Response,
        target: &impl Target,
    ) -> Followed {
        let mut done = Followed::default();
        let (pressed, shift, pointer) =
            ui.input(|i| (i.pointer.any_pressed(), i.modifiers.shift, i.pointer.interact_pos()));
        let mut begun = false;
        let mut all = None;
        if let Some(pointer) = pointer {
            if response.triple_clicked() {
                all = Some(target.line_at(target.nearest(pointer)));
            } else if response.double_clicked() {
                all = Some(target.word_at(target.nearest(pointer)));
            } else if response.is_pointer_button_down_on() && ui.input(|i| i.pointer.primary_down())
            {
                self.to = target.nearest(pointer);
                if pressed && !shift {
                    self.from = self.to;
                }
                begun = pressed;
                done.pull = if pressed { 0.0 } else { pull(ui, ui.clip_rect(), pointer) };
            }
        }
        if let Some(all) = all {
            *self = Self { from: all.start, to: all.end };
            begun = true;
        }
        if begun {
            ui.data_mut(|d| d.insert_temp(owner(), id));
        }
        if self.range().is_empty() {
            return done;
        }
        let other = ui.data(|d| d.get_temp::<Id>(owner())) != Some(id);
        if other
            || (pressed && !response.contains_pointer())
            || ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Escape))
        {
            *self = Self::default();
            return Followed::default();
        }
        done.copy = ui.input(|i| i.events.iter().any(|e| matches!(e, Event::Copy | Event::Cut)));
        done
    }
}

/// How far a text moves up in this frame while the pointer drags beyond its edge.
fn pull(ui: &Ui, view: Rect, pointer: Pos2) -> f32 {
    let beyond = (pointer.y - view.bottom()).max(0.0) + (pointer.y - view.top()).min(0.0);
    if beyond == 0.0 {
        return 0.0;
    }
    ui.ctx().request_repaint();
    let time = ui.input(|i| i.stable_dt).min(0.1);
    (beyond * PULL).clamp(-FASTEST, FASTEST) * time
}

/// The word around this byte of a text, or the one character that is there.
pub(super) fn word(text: &str, byte: usize) -> Range<usize> {
    let at = text.floor_char_boundary(byte.min(text.len()));
    let inside = |c: char| c.is_alphanumeric() || c == '_';
    let (before, after) = text.split_at(at);
    let from = before.rfind(|c| !inside(c)).map_or(0, |n| n + char_at(before, n));
    let to = after.find(|c| !inside(c)).unwrap_or(after.len()) + at;
    from..if from == to { to + char_at(text, to) } else { to }
}

/// A document, and where its top left corner is.
struct Placed<'a> {
    document: &'a Document,
    at: Pos2,
}

impl Target for Placed<'_> {
    fn nearest(&self, pointer: Pos2) -> usize {
        self.document.hit(self.at, pointer)
    }

    fn word_at(&self, byte: usize) -> Range<usize> {
        let document = self.document;
        let Some(part) = document.parts.get(document.part_of(byte)) else { return 0..0 };
        let range = word(&part.block.text, byte.saturating_sub(part.at));
        part.at + range.start..part.at + range.end
    }

    fn line_at(&self, byte: usize) -> Range<usize> {
        let document = self.document;
        document.parts.get(document.part_of(byte)).map_or(0..0, super::document::Part::range)
    }
}

impl Document {
    /// Follows the pointer, and copies. `at` is the top left corner of the document. By how much
    /// the text is to move up, because a selection is drawn beyond what is seen.
    pub(super) fn select(&mut self, ui: &Ui, id: Id, at: Pos2, response: &Response) -> f32 {
        let mut selection = self.selection;
        let done = selection.follow(ui, id, response, &Placed { document: self, at });
        self.selection = selection;
        if done.copy {
            ui.copy_text(self.plain_text(&self.selection.range()));
        }
        done.pull
    }

    /// The byte of the text at this distance from the top.
    #[cfg(test)]
    pub(super) fn selection_at_top(&self, y: f32) -> usize {
        self.hit(Pos2::ZERO, Pos2::new(0.0, y))
    }

    /// What of the document is selected, as plain text; empty when nothing is.
    pub fn selected(&self) -> String {
        self.plain_text(&self.selection.range())
    }

    /// A stretch of the document as plain text: paragraphs apart, items with their marks.
    fn plain_text(&self, range: &Range<usize>) -> String {
        let mut all = String::new();
        let first = self.part_of(range.start);
        for (n, part) in self.parts.iter().enumerate().skip(first) {
            let own = part.range();
            if own.start > range.end || (own.start == range.end && n > first) {
                break;
            }
            if n > first && part.block.apart > 0 {
                let apart = !part.block.close && !part.block.joins();
                all.push_str(if apart { "\n\n" } else { "\n" });
            }
            if let Some(marker) = part.block.marker.as_ref().filter(|_| own.start >= range.start) {
                let deep = part.block.levels.len().saturating_sub(1);
                all.push_str(&"  ".repeat(deep));
                all.push_str(&marker.words());
            }
            let from = range.start.clamp(own.start, own.end) - own.start;
            let to = range.end.clamp(own.start, own.end) - own.start;
            all.push_str(part.block.text.get(from..to).unwrap_or_default());
        }
        all
    }

    /// The code that begins with this part, exactly as it was written.
    pub(super) fn code(&self, first: usize) -> String {
        let mut all = String::new();
        for (n, part) in self.parts.iter().enumerate().skip(first) {
            all.push_str(&part.block.text);
            if self.is_last(n) {
                break;
            }
            if matches!(&part.block.kind, Kind::Code(code) if code.line_end) {
                all.push('\n');
            }
        }
        all
    }

    /// The byte of the text that is nearest to the pointer.
    fn hit(&self, at: Pos2, pointer: Pos2) -> usize {
        let y = pointer.y - at.y;
        if y < -NEAR {
            return 0;
        }
        let (n, _) = self.heights.at(y.into());
        let Some(part) = self.parts.get(n) else { return 0 };
        let Some(laid) = part.laid.as_ref() else { return part.at };
        let origin = self.origin(n, at);
        let near = |run: &&super::layout::Run| {
            let rect = Rect::from_min_size(origin + run.at, run.galley.size());
            rect.distance_sq_to_pos(pointer)
        };
        let nearest = laid.runs.iter().min_by(|a, b| near(a).total_cmp(&near(b)));
        let Some(run) = nearest else { return part.at };
        let mut within = pointer - origin - run.at;
        // A little above or below a line is that line: around the text of a bubble there is room.
        let tall = run.galley.size().y;
        if (-NEAR..tall + NEAR).contains(&within.y) {
            within.y = within.y.clamp(0.0, (tall - 1.0).max(0.0));
        }
        let cursor: CCursor = run.galley.cursor_from_pos(within);
        let text = part.block.text.get(run.range.clone()).unwrap_or_default();
        let byte = text.char_indices().nth(cursor.index.into()).map_or(text.len(), |(at, _)| at);
        part.at + run.range.start + byte
    }
}

/// How long the character here is.
fn char_at(text: &str, at: usize) -> usize {
    text.get(at..).and_then(|t| t.chars().next()).map_or(0, char::len_utf8)
}
