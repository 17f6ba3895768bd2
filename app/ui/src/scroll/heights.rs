//! Heights of rows that are not all known, and their sums.
//!
//! A Fenwick tree: changing a height, summing the heights above a row and finding the row at a
//! place cost a logarithm of the length, so that 100,000 rows cost what 100 do.

/// Heights in points, rounded to 1/64 point: sums of such numbers are exact in `f64`.
#[derive(Clone, Debug, Default)]
pub(crate) struct Heights {
    each: Vec<f64>,
    tree: Vec<f64>,
}

/// To 1/64 point, and at least that: a row without height could be walked over for ever.
fn rounded(height: f64) -> f64 {
    if height.is_finite() { ((height * 64.0).round() / 64.0).max(1.0 / 64.0) } else { 1.0 }
}

impl Heights {
    /// Rows of these heights.
    pub(crate) fn new(heights: impl IntoIterator<Item = f64>) -> Self {
        let each: Vec<f64> = heights.into_iter().map(rounded).collect();
        let mut tree = each.clone();
        for i in 0..tree.len() {
            let up = i | (i + 1);
            let own = tree.get(i).copied().unwrap_or_default();
            if let Some(parent) = tree.get_mut(up) {
                *parent += own;
            }
        }
        Self { each, tree }
    }

    /// Another row below the last.
    pub(crate) fn push(&mut self, height: f64) {
        let height = rounded(height);
        let row = self.each.len();
        // A node of the tree is the sum of the rows from here to its own.
        let from = row & (row + 1);
        let sum = self.above(row) - self.above(from) + height;
        self.each.push(height);
        self.tree.push(sum);
    }

    /// Takes the rows from this one on away.
    pub(crate) fn truncate(&mut self, rows: usize) {
        // A node sums rows up to its own only.
        self.each.truncate(rows);
        self.tree.truncate(rows);
    }

    /// How many rows there are.
    pub(crate) fn len(&self) -> usize {
        self.each.len()
    }

    /// The height of a row; 0 beyond the last.
    pub(crate) fn get(&self, row: usize) -> f64 {
        self.each.get(row).copied().unwrap_or_default()
    }

    /// Corrects the height of a row.
    pub(crate) fn set(&mut self, row: usize, height: f64) {
        let Some(old) = self.each.get_mut(row) else { return };
        let change = rounded(height) - *old;
        if change == 0.0 {
            return;
        }
        *old += change;
        let mut i = row;
        while let Some(sum) = self.tree.get_mut(i) {
            *sum += change;
            i |= i + 1;
        }
    }

    /// The sum of the heights of all rows above this one.
    pub(crate) fn above(&self, row: usize) -> f64 {
        let mut sum = 0.0;
        let mut i = row.min(self.len());
        while i > 0 {
            sum += self.tree.get(i - 1).copied().unwrap_or_default();
            i &= i - 1;
        }
        sum
    }

    /// The height of everything.
    pub(crate) fn total(&self) -> f64 {
        self.above(self.len())
    }

    /// The row at this distance from the top, and how far into it that is. The last row for
    /// what is below everything.
    pub(crate) fn at(&self, y: f64) -> (usize, f64) {
        let mut row = 0;
        let mut rest = y.max(0.0);
        let mut step = self.len().next_power_of_two();
        while step > 0 {
            if let Some(sum) = self.tree.get(row + step - 1)
                && *sum <= rest
            {
                rest -= *sum;
                row += step;
            }
            step /= 2;
        }
        if row < self.len() {
            return (row, rest);
        }
        let last = self.len().saturating_sub(1);
        (last, self.get(last))
    }
}
