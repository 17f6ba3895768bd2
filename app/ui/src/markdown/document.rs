//! A text as blocks: reading it while it grows, and where its blocks stand.

use super::block::{Block, Kind};
use super::cut::{Cutter, Piece};
use super::highlight::State;
use super::layout::{self, Key, Laid};
use super::select::Selection;
use super::{Measured, Seen, Style};
use crate::scroll::heights::Heights;
use crate::tokens;
use egui::{Galley, Ui, pos2};
use multiclaw_core::model::Text;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

/// Beyond what is seen, this much is laid out as well, in points.
const MORE: f64 = 120.0;
/// Blocks that are kept laid out though they are not seen.
const KEPT: usize = 48;
/// Bytes that a letter costs which is laid out, roughly.
const GLYPH: usize = 150;

/// A block, and where its text begins in the text of the document.
pub(super) struct Part {
    pub block: Block,
    pub at: usize,
    /// The first part of the block of code or the table that it belongs to.
    first: usize,
    pub laid: Option<Laid>,
}

impl Part {
    /// Where its text is in the text of the document.
    pub(super) fn range(&self) -> Range<usize> {
        self.at..self.at + self.block.text.len()
    }
}

/// How a block of code or a table is shown that is wider than the room.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Wide {
    /// Long lines go on below.
    pub wrap: bool,
    /// How far it is scrolled.
    pub x: f32,
    /// The widest part that was laid out.
    pub width: f32,
    /// It was copied, and the pointer is still there.
    pub copied: bool,
}

/// What was done so far: for tests and benchmarks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Work {
    /// Bytes that were parsed, each time they were.
    pub parsed: u64,
    /// Texts that were laid out.
    pub galleys: u64,
}

/// A Markdown text that is read, laid out and shown block by block.
#[derive(Default)]
pub struct Document {
    text: Text,
    cutter: Cutter,
    /// Where the code of the last whole piece ended.
    state: State,
    pub(super) parts: Vec<Part>,
    /// Parts of whole pieces.
    whole: usize,
    pub(super) heights: Heights,
    pub(super) key: Option<Key>,
    /// Made with the same atlas of glyphs as everything that is laid out.
    witness: Option<Arc<Galley>>,
    /// Parts that are laid out.
    live: Vec<usize>,
    widest: f32,
    pub(super) wide: HashMap<usize, Wide>,
    pub(super) selection: Selection,
    bytes: usize,
    work: Work,
}

impl Document {
    /// Follows a text: reads what is new since the last time, or all of it when it is another
    /// one. Whether something changed. Costs nothing when nothing did.
    pub fn follow(&mut self, text: &Text) -> bool {
        let grown = text.is_same_growing(&self.text);
        if grown && text.len() == self.text.len() {
            return false;
        }
        let goes_on = text.len() >= self.text.len()
            && (grown || text.with(|new| self.text.with(|old| new.starts_with(old))));
        let same = goes_on && text.len() == self.text.len();
        if !goes_on {
            let key = self.key;
            let work = self.work;
            *self = Self { key, work, ..Self::default() };
        }
        self.text = text.clone();
        if same {
            return false;
        }
        self.read_on();
        true
    }

    /// The same for a text that does not grow. Costs a comparison when nothing changed.
    pub fn read(&mut self, text: &str) -> bool {
        if self.text.len() == text.len() && self.text.with(|old| old == text) {
            return false;
        }
        self.follow(&text.into())
    }

    /// Reads what is new.
    fn read_on(&mut self) {
        let from = self.cutter.open();
        let tail = self.text.after(from);
        let mut pieces = Vec::new();
        self.cutter.advance(&tail, &mut pieces);
        let before = self.whole;
        let mut old = self.parts.split_off(before).into_iter();
        self.live.retain(|n| *n < before);
        let mut state = self.state;
        for piece in pieces {
            self.add(&piece, &tail, from, &mut state, &mut old);
        }
        self.state = state;
        self.whole = self.parts.len();
        let rest = self.cutter.rest(self.text.len());
        if rest.to > rest.from {
            self.add(&rest, &tail, from, &mut state, &mut old);
        }
        self.heights.truncate(before);
        // A part that another one goes on with is not the last any more.
        let start = before.saturating_sub(1);
        self.heights.truncate(start);
        for n in start..self.parts.len() {
            let height = self.height_of(n);
            self.heights.push(height.into());
        }
        // The open piece is small, and read again each time: only what is whole is counted.
        let whole = self.parts.get(before..self.whole).unwrap_or_default();
        self.bytes += whole.iter().map(|p| p.block.bytes()).sum::<usize>();
        self.selection.limit(self.length());
    }

    fn add(
        &mut self,
        piece: &Piece,
        tail: &str,
        from: usize,
        state: &mut State,
        old: &mut impl Iterator<Item = Part>,
    ) {
        let text = tail.get(piece.from - from..piece.to - from).unwrap_or_default();
        self.work.parsed += text.len() as u64;
        for block in super::parse::read(piece, text, state) {
            let at = self.parts.last().map_or(0, |p| p.range().end + block.apart);
            // What is the same as it was before keeps its layout.
            let laid = old.next().filter(|old| old.block == block).and_then(|old| old.laid);
            if laid.is_some() {
                self.live.push(self.parts.len());
            }
            let first = if block.joins() {
                self.parts.last().map_or(0, |p| p.first)
            } else {
                self.parts.len()
            };
            self.parts.push(Part { block, at, first, laid });
        }
    }

    /// There is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// Bytes that it keeps in memory, roughly.
    pub fn bytes(&self) -> usize {
        let laid = |n: &usize| self.parts.get(*n).map_or(0, |p| p.block.text.len() * GLYPH);
        self.bytes + self.text.len() + self.live.iter().map(laid).sum::<usize>()
    }

    /// What was done so far.
    pub fn work(&self) -> Work {
        self.work
    }

    /// Bytes of [`Self::text`].
    pub(super) fn length(&self) -> usize {
        self.parts.last().map_or(0, |p| p.range().end)
    }

    /// What is shown, without marks: what is searched and read out. Blocks are lines.
    pub fn text(&self) -> String {
        let mut all = String::with_capacity(self.length());
        for (n, part) in self.parts.iter().enumerate() {
            if n > 0 && part.block.apart > 0 {
                all.push('\n');
            }
            all.push_str(&part.block.text);
        }
        all
    }

    /// Where a text is found in [`Self::text`], whatever the case of its letters; at most `most`
    /// places, which do not overlap.
    pub fn find(&self, text: &str, most: usize) -> Vec<Range<usize>> {
        let needle = crate::conversations::Needle::new(text);
        if needle.is_empty() { Vec::new() } else { needle.all(&self.text(), most) }
    }

    /// The part that this byte of [`Self::text`] is in.
    pub(super) fn part_of(&self, byte: usize) -> usize {
        self.parts.partition_point(|p| p.at <= byte).saturating_sub(1)
    }

    /// The first part of the block of code or the table that this part belongs to.
    pub(super) fn first_of(&self, part: usize) -> usize {
        self.parts.get(part).map_or(part, |p| p.first)
    }

    /// It is the last part of its block.
    pub(super) fn is_last(&self, part: usize) -> bool {
        self.parts.get(part + 1).is_none_or(|next| !next.block.joins())
    }

    /// The room above a part.
    pub(super) fn gap(&self, part: usize) -> f32 {
        let before = part.checked_sub(1).and_then(|n| self.parts.get(n));
        self.parts.get(part).map_or(0.0, |p| layout::gap(before.map(|b| &b.block), &p.block))
    }

    /// The height of a part with the room above it, as far as it is known.
    fn height_of(&self, n: usize) -> f32 {
        let Some(part) = self.parts.get(n) else { return 0.0 };
        let width = self.key.map_or(640.0, |k| k.width);
        let content = match &part.laid {
            Some(laid) => laid.size.y,
            None => layout::estimate(&part.block, width),
        };
        let bar = if self.has_bar(n) { super::paint::BAR } else { 0.0 };
        self.gap(n) + content + layout::around(&part.block, self.is_last(n)) + bar
    }

    /// A bar to scroll it stands below this part.
    pub(super) fn has_bar(&self, n: usize) -> bool {
        let Some(part) = self.parts.get(n).filter(|_| self.is_last(n)) else { return false };
        let (Kind::Table(_), Some(key)) = (&part.block.kind, &self.key) else { return false };
        let wide = self.wide.get(&self.first_of(n)).map_or(0.0, |w| w.width);
        wide > layout::room(&part.block, key.width)
    }

    /// Another width, scale or theme.
    pub(super) fn set_key(&mut self, ui: &Ui, style: &Style) {
        let key = Key {
            width: style.width,
            quiet: style.quiet,
            scale: ui.pixels_per_point(),
            t: tokens::of(ui.ctx()),
            syntax: tokens::syntax(ui.ctx()),
        };
        let witness = layout::witness(ui);
        let fresh = self.witness.as_ref().is_some_and(|old| Arc::ptr_eq(old, &witness));
        self.witness = Some(witness);
        if self.key == Some(key) && fresh {
            return;
        }
        let old = self.key.replace(key);
        for n in self.live.drain(..) {
            if let Some(part) = self.parts.get_mut(n) {
                part.laid = None;
            }
        }
        if old.is_none_or(|old| (old.width, old.scale) != (key.width, key.scale)) {
            self.widest = 0.0;
            for wide in self.wide.values_mut() {
                wide.width = 0.0;
            }
            self.guess_again();
        }
    }

    fn guess_again(&mut self) {
        let heights = (0..self.parts.len()).map(|n| f64::from(self.height_of(n)));
        self.heights = Heights::new(heights.collect::<Vec<_>>());
    }

    /// Lays a part out if it is not; by how much that changed its height.
    pub(super) fn lay(&mut self, ui: &Ui, n: usize) -> f64 {
        let Some(key) = self.key else { return 0.0 };
        if self.parts.get(n).is_none_or(|p| p.laid.is_some()) {
            return 0.0;
        }
        let first = self.first_of(n);
        let wrap = self.wide.get(&first).is_some_and(|w| w.wrap);
        let Some(part) = self.parts.get_mut(n) else { return 0.0 };
        let laid = layout::lay_out(ui, &key, &part.block, wrap, &mut self.work.galleys);
        let room = layout::room(&part.block, key.width);
        let all = layout::indent(&part.block.levels, key.width)
            + if layout::boxed(&part.block) { room + 2.0 * layout::PAD } else { laid.size.x };
        self.widest = self.widest.max(all.min(key.width));
        if laid.size.x > room {
            let wide = self.wide.entry(first).or_default();
            wide.width = wide.width.max(laid.size.x);
        }
        part.laid = Some(laid);
        self.live.push(n);
        let before = self.heights.get(n);
        self.heights.set(n, self.height_of(n).into());
        self.heights.get(n) - before
    }

    /// Has the block of code that begins with this part wrap its lines, or not.
    pub(super) fn set_wrap(&mut self, first: usize, wrap: bool) {
        let wide = self.wide.entry(first).or_default();
        (wide.wrap, wide.x) = (wrap, 0.0);
        for n in first..self.parts.len() {
            if let Some(part) = self.parts.get_mut(n) {
                part.laid = None;
            }
            self.live.retain(|live| *live != n);
            self.heights.set(n, self.height_of(n).into());
            if self.is_last(n) {
                break;
            }
        }
    }

    /// Lays out what is seen of it, and says how tall it is.
    pub fn measure(&mut self, ui: &Ui, style: &Style, seen: &Seen) -> Measured {
        self.set_key(ui, style);
        let mut shift = 0.0;
        let mut shown = 0..0;
        match seen {
            Seen::FromTop(range) => {
                let first = self.heights.at(range.start - MORE).0;
                let mut y = self.heights.above(first);
                let mut n = first;
                while n < self.parts.len() && y < range.end + shift + MORE {
                    let above = y < range.start + shift;
                    let change = self.lay(ui, n);
                    shift += if above { change } else { 0.0 };
                    y += self.heights.get(n);
                    n += 1;
                }
                shown = first..n;
            }
            Seen::FromBottom(height) => {
                let mut y = 0.0;
                let mut n = self.parts.len();
                while n > 0 && y < height + MORE {
                    n -= 1;
                    self.lay(ui, n);
                    y += self.heights.get(n);
                }
                shown = n..self.parts.len();
            }
            Seen::Nothing => {}
        }
        self.forget(&shown);
        #[expect(clippy::cast_possible_truncation, reason = "points")]
        Measured { height: self.heights.total() as f32, shift: shift as f32 }
    }

    /// Forgets layouts that are far from what is seen, when there are many.
    fn forget(&mut self, shown: &Range<usize>) {
        if self.live.len() <= KEPT + shown.len() {
            return;
        }
        let near = shown.start.saturating_sub(KEPT / 4)..shown.end + KEPT / 4;
        let parts = &mut self.parts;
        self.live.retain(|n| {
            let keep = near.contains(n);
            if let Some(part) = parts.get_mut(*n).filter(|_| !keep) {
                part.laid = None;
            }
            keep
        });
    }

    /// How far below the top of the document this place of [`Self::text`] is, as far as it is
    /// known: to be asked again after [`Self::measure`] with that part seen.
    pub fn top_of(&self, byte: usize) -> f32 {
        let n = self.part_of(byte);
        let Some(part) = self.parts.get(n) else { return 0.0 };
        #[expect(clippy::cast_possible_truncation, reason = "points")]
        let top = self.heights.above(n) as f32 + self.gap(n) + layout::above(&part.block);
        let within = byte.saturating_sub(part.at);
        let runs = part.laid.iter().flat_map(|laid| &laid.runs);
        let place = runs.rev().find(|r| r.range.start <= within).map_or(pos2(0.0, 0.0), |run| {
            let text = part.block.text.get(run.range.start..within.min(run.range.end));
            let cursor = egui::text::CCursor::new(text.map_or(0, |t| t.chars().count()));
            run.galley.pos_from_cursor(cursor).min + run.at
        });
        top + place.y
    }

    /// How wide the widest block is that was laid out, in points: for a bubble around it.
    pub fn width(&self) -> f32 {
        self.widest
    }
}

impl std::fmt::Debug for Document {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Document")
            .field("bytes", &self.text.len())
            .field("blocks", &self.parts.len())
            .finish_non_exhaustive()
    }
}
