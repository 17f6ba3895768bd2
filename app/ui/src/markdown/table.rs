//! A table in its places.

use super::block::{Block, Side, Table};
use super::layout::{Key, Laid, Run, run};
use egui::{Ui, vec2};

/// Beside the text of a cell.
const BESIDE: f32 = 12.0;
/// Above and below it.
const OVER: f32 = 6.0;
/// A column that is wrapped is not made narrower.
const NARROW: f32 = 110.0;

/// Where the lines of a table are, from the top left corner.
pub(super) struct Grid {
    /// Below each row.
    pub rows: Vec<f32>,
    /// Right of each column.
    pub columns: Vec<f32>,
    /// Where the head ends.
    pub head: f32,
}

/// Lays a table out: columns as wide as what stands in them, the widest made narrower until all
/// fit, but not too narrow to be read.
pub(super) fn lay_out(
    ui: &Ui,
    key: &Key,
    block: &Block,
    table: &Table,
    room: f32,
    galleys: &mut u64,
) -> Laid {
    let columns = table.columns.len().max(1);
    let mut cells: Vec<Run> = table
        .cells
        .iter()
        .map(|cell| run(ui, key, block, cell.clone(), f32::INFINITY, galleys))
        .collect();
    let mut widths = vec![0.0_f32; columns];
    for row in cells.chunks(columns) {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = width.max(cell.galley.size().x.ceil());
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "a few")]
    let cap = cap(&widths, room - 2.0 * BESIDE * columns as f32);
    let mut y = 0.0;
    let mut rows = Vec::new();
    for row in cells.chunks_mut(columns) {
        let mut x = 0.0;
        let mut height: f32 = 0.0;
        for ((cell, width), side) in row.iter_mut().zip(&widths).zip(&table.columns) {
            let width = width.min(cap);
            if cell.galley.size().x > width {
                *cell = run(ui, key, block, cell.range.clone(), width, galleys);
            }
            let spare = (width - cell.galley.size().x).max(0.0);
            let spare = match side {
                Side::Left => 0.0,
                Side::Centre => spare / 2.0,
                Side::Right => spare,
            };
            cell.at = vec2(x + BESIDE + spare, y + OVER);
            height = height.max(cell.galley.size().y);
            x += width + 2.0 * BESIDE;
        }
        y += height + 2.0 * OVER;
        rows.push(y);
    }
    let mut x = 0.0;
    let columns = widths.iter().map(|width| {
        x += width.min(cap) + 2.0 * BESIDE;
        x
    });
    let columns: Vec<f32> = columns.collect();
    let head = rows.first().copied().filter(|_| table.head).unwrap_or_default();
    let size = vec2(columns.last().copied().unwrap_or_default(), y);
    Laid { runs: cells, size, grid: Some(Grid { rows, columns, head }) }
}

/// The width that no column may exceed, so that all of them have room.
fn cap(widths: &[f32], room: f32) -> f32 {
    let mut sorted = widths.to_vec();
    sorted.sort_by(f32::total_cmp);
    let mut rest = room;
    for (n, width) in sorted.iter().enumerate() {
        #[expect(clippy::cast_precision_loss, reason = "a few")]
        let share = rest / (sorted.len() - n) as f32;
        if *width > share {
            return share.max(NARROW);
        }
        rest -= width;
    }
    f32::INFINITY
}
