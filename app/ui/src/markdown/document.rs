//! A text as blocks.

use super::{Mark, Measured, Shown, Style};
use crate::scroll::flow::Seen;
use egui::{Id, Pos2, Rect, Ui, vec2};
use multiclaw_core::model::Text;
use std::ops::Range;

/// A Markdown text that is read, laid out and shown block by block.
#[derive(Default)]
pub(crate) struct Document {
    text: String,
}

impl Document {
    /// Follows a text: reads what is new since the last time, or all of it when it is another
    /// one. Whether something changed. Costs nothing when nothing did.
    pub(crate) fn follow(&mut self, text: &Text) -> bool {
        let changed = text.len() != self.text.len();
        self.text = text.to_string();
        changed
    }

    /// The same for a text that does not grow.
    pub(crate) fn read(&mut self, text: &str) -> bool {
        let changed = text != self.text;
        text.clone_into(&mut self.text);
        changed
    }

    /// There is nothing to show.
    pub(crate) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Bytes that it keeps in memory, roughly.
    pub(crate) fn bytes(&self) -> usize {
        self.text.len()
    }

    /// What is shown, without marks: what is copied, searched and read out. Blocks are lines.
    pub(crate) fn text(&self) -> String {
        self.text.clone()
    }

    /// Where a text is found in [`Self::text`], whatever the case of its letters; at most `most`
    /// places, which do not overlap.
    pub(crate) fn find(&self, text: &str, most: usize) -> Vec<Range<usize>> {
        let _ = most;
        self.text.match_indices(text).map(|(at, t)| at..at + t.len()).collect()
    }

    /// Lays out what is seen of it, and says how tall it is.
    pub(crate) fn measure(&mut self, ui: &Ui, style: &Style, seen: &Seen) -> Measured {
        let _ = (ui, style, seen);
        Measured { height: 20.0, shift: 0.0 }
    }

    /// How far below the top of the document this place of [`Self::text`] is, as far as it is
    /// known: to be asked again after [`Self::measure`] with that part seen.
    pub(crate) fn top_of(&self, byte: usize) -> f32 {
        let _ = byte;
        0.0
    }

    /// How wide the widest block is that was laid out, in points: for a bubble around it.
    pub(crate) fn width(&self) -> f32 {
        0.0
    }

    /// Paints what of it is within the clip rectangle, with its top left corner at `at`. `id` is
    /// unique to the document and stays the same.
    pub(crate) fn show(
        &mut self,
        ui: &mut Ui,
        id: Id,
        at: Pos2,
        style: &Style,
        marks: &[Mark],
    ) -> Shown {
        let _ = (id, marks);
        let rect = Rect::from_min_size(at, vec2(style.width, 20.0));
        ui.put(rect, egui::Label::new(&self.text));
        Shown { rect, link: None, copied: false }
    }
}
