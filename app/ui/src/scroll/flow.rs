//! Where rows of unknown heights stand while they are scrolled.
//!
//! The place is not a distance from the top, which changes with every height that is corrected
//! above it. It is an anchor: the first row that is seen, and where its text begins. Whatever is
//! learnt or loaded above or below, that text does not move. At the bottom the bottom is the
//! anchor.

use super::heights::Heights;
use std::ops::Range;

/// How tall a row is, in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Size {
    /// What stands above the text and depends on the row before: a date, a name.
    pub lead: f64,
    /// The text and what belongs to it.
    pub body: f64,
}

impl Size {
    fn all(self) -> f64 {
        self.lead + self.body
    }
}

/// A row that is seen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Placed {
    /// Which.
    pub row: usize,
    /// Where its text begins, in points from the top of the view.
    pub top: f64,
    /// How tall it is.
    pub size: Size,
}

/// Which part of a row is seen, in points.
#[derive(Clone, Debug, PartialEq)]
pub enum Seen {
    /// From here to there, from the top of the row's text. May reach beyond it.
    FromTop(Range<f64>),
    /// As much of its end.
    FromBottom(f64),
    /// None of it: nothing is measured.
    Nothing,
}

/// Something that knows how tall rows really are. It is asked about few more rows than are seen.
pub(crate) trait Measure {
    fn measure(&mut self, row: usize) -> Size;

    /// The same for a row that may be much taller than the view: only what is seen of it must be
    /// measured, the rest may be estimated. Also says by how much what is seen moved down within
    /// the row, because what is above it was corrected.
    fn measure_seen(&mut self, row: usize, seen: &Seen) -> (Size, f64) {
        let _ = seen;
        (self.measure(row), 0.0)
    }
}

impl<F: FnMut(usize) -> Size> Measure for F {
    fn measure(&mut self, row: usize) -> Size {
        self(row)
    }
}

/// This near to the bottom is at the bottom, in points. A slow wheel moves less than a point.
const NEAR: f64 = 1.0 / 64.0;

/// The scrolled place, and the heights as far as they are known.
#[derive(Clone, Debug)]
pub(crate) struct Flow {
    heights: Heights,
    anchor: usize,
    /// Where the anchor's text begins, in points from the top of the view.
    top: f64,
    /// What stands above that text; `None` after a jump, when `top` is where all of the row begins.
    lead: Option<f64>,
    at_bottom: bool,
}

impl Default for Flow {
    fn default() -> Self {
        Self { heights: Heights::default(), anchor: 0, top: 0.0, lead: None, at_bottom: true }
    }
}

impl Flow {
    /// Rows whose heights are estimates, seen from the bottom.
    pub(crate) fn new(estimates: impl IntoIterator<Item = f64>) -> Self {
        Self { heights: Heights::new(estimates), ..Self::default() }
    }

    /// How many rows there are.
    pub(crate) fn len(&self) -> usize {
        self.heights.len()
    }

    /// The height of a row, as far as it is known.
    pub(crate) fn height(&self, row: usize) -> f64 {
        self.heights.get(row)
    }

    /// The height of everything, as far as it is known.
    pub(crate) fn total(&self) -> f64 {
        self.heights.total()
    }

    /// The newest is seen, and what comes is followed.
    pub(crate) fn at_bottom(&self) -> bool {
        self.at_bottom
    }

    /// The first row that is seen.
    pub(crate) fn first(&self) -> usize {
        self.anchor
    }

    /// How far the view is from the top, as far as it is known.
    pub(crate) fn position(&self, view: f64) -> f64 {
        let bottom = (self.total() - view).max(0.0);
        if self.at_bottom {
            bottom
        } else {
            let top = self.top - self.lead.unwrap_or_default();
            (self.heights.above(self.anchor) - top).clamp(0.0, bottom)
        }
    }

    /// The rows are other ones now. `anchor` is where the anchor is among them; without one the
    /// view goes to the bottom.
    pub(crate) fn replace(
        &mut self,
        heights: impl IntoIterator<Item = f64>,
        anchor: Option<usize>,
    ) {
        self.heights = Heights::new(heights);
        match anchor {
            Some(anchor) if anchor < self.len() => self.anchor = anchor,
            _ => self.follow_bottom(),
        }
    }

    /// Goes to the newest, and stays there.
    pub(crate) fn follow_bottom(&mut self) {
        self.at_bottom = true;
    }

    /// Moves the text by a distance, in points: down, to what is older, when it is positive.
    pub(crate) fn scroll(&mut self, distance: f64, view: f64) {
        if distance == 0.0 || self.len() == 0 {
            return;
        }
        if distance.abs() > view * 4.0 {
            // Too far to measure every row on the way.
            self.jump(self.position(view) - distance, view);
            return;
        }
        if self.at_bottom && distance < 0.0 {
            return;
        }
        self.at_bottom = false;
        self.top += distance;
    }

    /// Goes to a distance from the top, as far as it is known.
    pub(crate) fn jump(&mut self, position: f64, view: f64) {
        if position >= self.total() - view {
            self.follow_bottom();
            return;
        }
        let (row, within) = self.heights.at(position);
        self.at_bottom = false;
        self.anchor = row;
        self.top = -within;
        self.lead = None;
    }

    /// Shows a row with its text at this distance from the top of the view.
    pub(crate) fn show(&mut self, row: usize, top: f64) {
        self.at_bottom = false;
        self.anchor = row.min(self.len().saturating_sub(1));
        self.top = top;
        self.lead = Some(0.0);
    }

    /// The rows that are seen in a view of this height, from the top. Corrects the heights of
    /// those it has measured.
    pub(crate) fn arrange(&mut self, view: f64, rows: &mut impl Measure) -> Vec<Placed> {
        if self.len() == 0 {
            self.at_bottom = true;
            return Vec::new();
        }
        self.anchor = self.anchor.min(self.len() - 1);
        if !self.at_bottom {
            let seen = self.down_the_view(view, rows);
            if !self.at_bottom {
                return seen;
            }
        }
        self.up_the_view(view, rows)
    }

    /// Another row below the last.
    #[allow(dead_code, reason = "the chat screen adds rows while they come")]
    pub(crate) fn push(&mut self, estimate: f64) {
        self.heights.push(estimate);
    }

    /// Takes the rows from this one on away.
    #[allow(dead_code, reason = "the chat screen takes rows back")]
    pub(crate) fn truncate(&mut self, rows: usize) {
        self.heights.truncate(rows);
    }

    fn measured(&mut self, row: usize, seen: &Seen, rows: &mut impl Measure) -> (Size, f64) {
        let (size, shift) = rows.measure_seen(row, seen);
        self.heights.set(row, size.all());
        (size, shift)
    }

    fn up_the_view(&mut self, view: f64, rows: &mut impl Measure) -> Vec<Placed> {
        let mut seen = Vec::new();
        let mut y = view;
        for row in (0..self.len()).rev() {
            let (size, _) = self.measured(row, &Seen::FromBottom(y), rows);
            y -= size.all();
            seen.push(Placed { row, top: y + size.lead, size });
            if y <= 0.0 {
                break;
            }
        }
        seen.reverse();
        if let Some(first) = seen.first() {
            (self.anchor, self.top) = (first.row, first.top);
            self.lead = Some(first.size.lead);
        }
        seen
    }

    fn down_the_view(&mut self, view: f64, rows: &mut impl Measure) -> Vec<Placed> {
        // Where the anchor's text begins, as far as it is known before it is measured.
        let text = self.top;
        let (mut size, shift) =
            self.measured(self.anchor, &Seen::FromTop(-text..view - text), rows);
        let mut y = if self.lead.is_some() { self.top - size.lead } else { self.top } - shift;
        while y > 0.0 && self.anchor > 0 {
            self.anchor -= 1;
            (size, _) = self.measured(self.anchor, &Seen::FromBottom(y), rows);
            y -= size.all();
        }
        y = y.min(0.0);
        while y + size.all() <= 0.0 && self.anchor + 1 < self.len() {
            y += size.all();
            self.anchor += 1;
            (size, _) = self.measured(self.anchor, &Seen::FromTop(-y..view - y), rows);
        }
        self.top = y + size.lead;
        self.lead = Some(size.lead);
        let mut seen = vec![Placed { row: self.anchor, top: self.top, size }];
        y += size.all();
        for row in self.anchor + 1..self.len() {
            if y >= view {
                return seen;
            }
            let (size, _) = self.measured(row, &Seen::FromTop(-y..view - y), rows);
            seen.push(Placed { row, top: y + size.lead, size });
            y += size.all();
        }
        self.at_bottom = y <= view + NEAR;
        seen
    }
}
