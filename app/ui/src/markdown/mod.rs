//! Markdown that is read while it is written, and plain text of any length.
//!
//! A [`Document`] follows a growing text. Where the text can be cut without changing what either
//! side means, it is: what stands before the last such place is never read again, so a message of
//! a megabyte costs with each new word what a short one costs. What has no such place for long
//! (an endless line, an endless block of code) is cut after some kilobytes all the same.
//!
//! Blocks that are not seen are neither laid out nor painted; until they are seen their heights
//! are estimates.
//!
//! Use, in every frame: [`Document::follow`], then [`Document::measure`] with the part that is
//! seen, then [`Document::show`]. Nothing here opens a link or reads a picture: a link that was
//! pressed is told to the caller, and core checks it again before it opens it.

mod address;
mod block;
mod cache;
mod chrome;
mod cut;
mod document;
mod highlight;
mod languages;
mod layout;
mod linking;
mod paint;
mod parse;
mod plain;
mod select;
mod table;
#[cfg(test)]
mod tests;

pub use crate::scroll::flow::Seen;
pub use cache::Cache;
pub use document::{Document, Work};
pub use plain::Plain;

use egui::{Rect, Response};
use std::ops::Range;

/// How a document is shown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Style {
    /// Width, in points.
    pub width: f32,
    /// For what matters less: in the muted colour.
    pub quiet: bool,
}

impl Style {
    /// Text that is read, this wide.
    pub fn new(width: f32) -> Self {
        Self { width, quiet: false }
    }

    /// The same for what matters less, such as what an agent thinks.
    pub fn quiet(self) -> Self {
        Self { quiet: true, ..self }
    }
}

/// How tall a document is, and what came of laying a part of it out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measured {
    /// The height of everything, in points. What was never seen is estimated.
    pub height: f32,
    /// By how much what is seen moved down, because something above it turned out taller than
    /// it was estimated. Whoever keeps the text that is read in its place moves the document up
    /// by as much.
    pub shift: f32,
}

/// A place in a text that is shown, to be emphasised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Bytes of [`Document::text`], or of the text that a [`Plain`] follows.
    pub range: Range<usize>,
    /// It is the place that is shown, of all that were found.
    pub current: bool,
}

/// What happened while a document was shown.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The pointer on the text: for a menu of the caller's.
    pub response: Response,
    /// Where it is; all of it, also what is not seen.
    pub rect: Rect,
    /// The address of a link that was pressed: `http` or `https`, everything else stays text. To
    /// be given to `Command::OpenLink`, which checks it again.
    pub link: Option<String>,
    /// A block of code was copied to the clipboard.
    pub copied: bool,
    /// A selection is drawn beyond the clip rectangle: whoever scrolls the document moves it up
    /// by as many points in this frame, or down by a negative number. 0 at all other times.
    pub pull: f32,
}
