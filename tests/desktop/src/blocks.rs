//! Which blocks of the desktop changed: a bitmap, and a few rectangles made of it.

use stream::protocol::frame::Rectangle;

/// Side of a block in pixels: whole MCUs of every sampling, and the grid of the test frames.
pub const SIDE: u16 = 64;
/// Most rectangles of an update; more become one that covers them all.
pub const MOST: usize = 48;

/// Changed blocks of a desktop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blocks {
    width: u16,
    height: u16,
    columns: usize,
    marked: Vec<bool>,
    any: bool,
}

impl Blocks {
    /// None of a desktop of this size.
    #[must_use]
    pub fn new(width: u16, height: u16) -> Self {
        let columns = usize::from(width.div_ceil(SIDE));
        let rows = usize::from(height.div_ceil(SIDE));
        Self { width, height, columns, marked: vec![false; columns * rows], any: false }
    }

    /// Whether none is marked.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        !self.any
    }

    /// Marks all.
    pub fn mark_all(&mut self) {
        self.marked.fill(true);
        self.any = true;
    }

    /// Unmarks all.
    pub fn clear(&mut self) {
        self.marked.fill(false);
        self.any = false;
    }

    /// Marks what a rectangle touches; what is outside is skipped.
    pub fn mark(&mut self, rectangle: Rectangle) {
        let right = rectangle.x.saturating_add(rectangle.width).min(self.width);
        let bottom = rectangle.y.saturating_add(rectangle.height).min(self.height);
        if rectangle.x >= right || rectangle.y >= bottom {
            return;
        }
        for row in usize::from(rectangle.y / SIDE)..usize::from(bottom.div_ceil(SIDE)) {
            for column in usize::from(rectangle.x / SIDE)..usize::from(right.div_ceil(SIDE)) {
                if let Some(block) = self.marked.get_mut(row * self.columns + column) {
                    *block = true;
                    self.any = true;
                }
            }
        }
    }

    /// Marks what is marked there.
    pub fn add(&mut self, other: &Self) {
        for (to, from) in self.marked.iter_mut().zip(&other.marked) {
            *to |= *from;
        }
        self.any |= other.any;
    }

    /// Keeps only the blocks for which `keep` says so.
    pub fn retain(&mut self, mut keep: impl FnMut(Rectangle) -> bool) {
        let all: Vec<usize> =
            self.marked.iter().enumerate().filter(|(_, m)| **m).map(|(n, _)| n).collect();
        self.any = false;
        for n in all {
            let keep = keep(self.cut(n % self.columns, n / self.columns, 1, 1));
            if let Some(block) = self.marked.get_mut(n) {
                *block = keep;
            }
            self.any |= keep;
        }
    }

    /// The marked blocks as rectangles that do not overlap: runs of a row, joined downwards
    /// where they are the same; at most [`MOST`].
    #[must_use]
    pub fn rectangles(&self) -> Vec<Rectangle> {
        let mut open: Vec<(usize, usize, usize, usize)> = Vec::new();
        let mut done = Vec::new();
        for (row, blocks) in self.marked.chunks(self.columns.max(1)).enumerate() {
            let mut next = Vec::new();
            for (start, length) in runs(blocks) {
                let above = open.iter().position(|&(x, _, n, _)| (x, n) == (start, length));
                match above.map(|at| open.swap_remove(at)) {
                    Some((x, y, n, rows)) => next.push((x, y, n, rows + 1)),
                    None => next.push((start, row, length, 1)),
                }
            }
            done.append(&mut open);
            open = next;
        }
        done.append(&mut open);
        done.sort_unstable_by_key(|&(x, y, ..)| (y, x));
        if done.len() > MOST {
            return self.bounds().into_iter().collect();
        }
        done.into_iter().map(|(x, y, w, h)| self.cut(x, y, w, h)).collect()
    }

    fn bounds(&self) -> Option<Rectangle> {
        let marked = self.marked.iter().enumerate().filter(|(_, m)| **m);
        let places = marked.map(|(n, _)| (n % self.columns, n / self.columns));
        let (mut left, mut top, mut right, mut bottom) = (usize::MAX, usize::MAX, 0, 0);
        for (x, y) in places {
            (left, top) = (left.min(x), top.min(y));
            (right, bottom) = (right.max(x + 1), bottom.max(y + 1));
        }
        (right > left).then(|| self.cut(left, top, right - left, bottom - top))
    }

    /// A rectangle of blocks, cut off at the desktop's edge.
    fn cut(&self, column: usize, row: usize, columns: usize, rows: usize) -> Rectangle {
        let pixels = |n: usize| u16::try_from(n * usize::from(SIDE)).unwrap_or(u16::MAX);
        let (x, y) = (pixels(column), pixels(row));
        Rectangle {
            x,
            y,
            width: pixels(columns).min(self.width.saturating_sub(x)),
            height: pixels(rows).min(self.height.saturating_sub(y)),
        }
    }
}

/// Runs of marked blocks: where, how many.
fn runs(blocks: &[bool]) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for (n, _) in blocks.iter().enumerate().filter(|(_, m)| **m) {
        match runs.last_mut() {
            Some((start, length)) if *start + *length == n => *length += 1,
            _ => runs.push((n, 1)),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn r(x: u16, y: u16, width: u16, height: u16) -> Rectangle {
        Rectangle { x, y, width, height }
    }

    #[test]
    fn all_of_it_is_one_rectangle() {
        let mut blocks = Blocks::new(1920, 1080);
        blocks.mark_all();
        assert_eq!(blocks.rectangles(), [r(0, 0, 1920, 1080)]);
    }

    #[test]
    fn scattered_blocks_become_one_rectangle() {
        let mut blocks = Blocks::new(1920, 1080);
        for row in 0..17 {
            for column in 0..15 {
                blocks.mark(r((column * 2 + row % 2) * 64, row * 64, 1, 1));
            }
        }
        assert_eq!(blocks.rectangles().len(), 1);
    }

    proptest! {
        #[test]
        fn rectangles_cover_the_damage_once_inside_and_aligned(
            damage in proptest::collection::vec((0_u16..700, 0_u16..500, 0_u16..300, 0_u16..300), 0..20)
        ) {
            let (width, height) = (640, 470);
            let mut blocks = Blocks::new(width, height);
            for &(x, y, w, h) in &damage {
                blocks.mark(r(x, y, w, h));
            }
            let all = blocks.rectangles();
            prop_assert!(all.len() <= MOST);
            let covering = |x: u16, y: u16| {
                all.iter().filter(|r| (r.x..r.x + r.width).contains(&x) && (r.y..r.y + r.height).contains(&y)).count()
            };
            for rectangle in &all {
                prop_assert!(rectangle.x % 16 == 0 && rectangle.y % 16 == 0);
                let (right, bottom) = (rectangle.x + rectangle.width, rectangle.y + rectangle.height);
                prop_assert!(right <= width && bottom <= height);
                prop_assert!(right % 16 == 0 || right == width);
                prop_assert!(bottom % 16 == 0 || bottom == height);
            }
            for &(x, y, w, h) in &damage {
                for (x, y) in [(x, y), (x + w.saturating_sub(1), y + h.saturating_sub(1))] {
                    if w > 0 && h > 0 && x < width && y < height {
                        prop_assert_eq!(covering(x, y), 1);
                    }
                }
            }
        }
    }
}
