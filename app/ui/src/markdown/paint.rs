//! A document on the screen.

use super::block::{Block, Kind, Level, Marker};
use super::document::Document;
use super::layout::{self, HEADER, ITEM, Laid, PAD, Run};
use super::{Mark, Shown, Style};
use crate::icons::{self, Icon};
use crate::tokens::{self, radius, size};
use egui::text::CCursor;
use egui::{
    Align2, Color32, CursorIcon, FontId, Galley, Id, Pos2, Rect, Sense, Stroke, StrokeKind, Ui,
    WidgetInfo, accesskit::Role, emath::GuiRounding as _, pos2, vec2,
};
use std::ops::Range;

/// Height of a bar that scrolls a table.
pub(super) const BAR: f32 = 12.0;
/// Bytes of a block that a screen reader is given.
const READ_OUT: usize = 4_000;

/// What comes of painting parts.
#[derive(Default)]
struct Done {
    link: Option<String>,
    copied: bool,
    wrap: Option<(usize, bool)>,
}

impl Document {
    /// Paints what of it is within the clip rectangle, with its top left corner at `at`. `id` is
    /// unique to the document and stays the same. `marks` are in order.
    pub fn show(&mut self, ui: &mut Ui, id: Id, at: Pos2, style: &Style, marks: &[Mark]) -> Shown {
        self.set_key(ui, style);
        let at = at.round_to_pixels(ui.pixels_per_point());
        let clip = ui.clip_rect();
        #[expect(clippy::cast_possible_truncation, reason = "points")]
        let rect = Rect::from_min_size(at, vec2(style.width, self.heights.total() as f32));
        let touch = ui.input(|i| i.has_touch_screen());
        let sense = if touch { Sense::CLICK } else { Sense::CLICK | Sense::DRAG };
        // A selection may be begun and ended beside the text.
        let response = ui.interact(rect.expand2(vec2(PAD, 0.0)).intersect(clip), id, sense);
        let (top, bottom) = (f64::from(clip.top() - at.y), f64::from(clip.bottom() - at.y));
        let mut n = self.heights.at(top).0;
        let first = n;
        let mut y = self.heights.above(n);
        while n < self.parts.len() && y < bottom {
            self.lay(ui, n);
            y += self.heights.get(n);
            n += 1;
        }
        let pull = self.select(ui, id, at, &response);
        let mut done = Done::default();
        if rect.intersects(clip) {
            for n in first..n {
                self.part(ui, id, n, at, marks, first, &mut done);
            }
        }
        if let Some((first, wrap)) = done.wrap {
            self.set_wrap(first, wrap);
            ui.ctx().request_repaint();
        }
        let response =
            if response.hovered() { response.on_hover_cursor(CursorIcon::Text) } else { response };
        Shown { response, rect, link: done.link, copied: done.copied, pull }
    }

    /// Where the content of a part begins, as it is scrolled.
    pub(super) fn origin(&self, n: usize, at: Pos2) -> Pos2 {
        let Some((part, key)) = self.parts.get(n).zip(self.key.as_ref()) else { return at };
        let block = &part.block;
        let wide = self.wide.get(&self.first_of(n)).copied().unwrap_or_default();
        let beside = if layout::boxed(block) { PAD } else { 0.0 };
        let x = layout::indent(&block.levels, key.width) + beside - wide.x;
        at + vec2(x, self.top(n) + self.gap(n) + layout::above(block))
    }

    /// The top of a part with the room above it.
    fn top(&self, n: usize) -> f32 {
        #[expect(clippy::cast_possible_truncation, reason = "points")]
        let top = self.heights.above(n) as f32;
        top
    }

    #[expect(clippy::too_many_arguments, reason = "what a part is painted with")]
    fn part(
        &mut self,
        ui: &mut Ui,
        id: Id,
        n: usize,
        at: Pos2,
        marks: &[Mark],
        first_seen: usize,
        done: &mut Done,
    ) {
        let Some(key) = self.key else { return };
        let origin = self.origin(n, at);
        let first = self.first_of(n);
        let Some(part) = self.parts.get(n) else { return };
        let (block, left) = (&part.block, layout::indent(&part.block.levels, key.width));
        let top = at.y + self.top(n) + self.gap(n);
        let bottom = at.y + self.top(n + 1);
        let place = Rect::from_min_max(
            pos2(at.x + left, top),
            pos2((at.x + key.width).max(at.x + left + 1.0), bottom),
        );
        self.levels(ui, n, at);
        read_out(ui, id.with(("block", n)), block, place);
        if let Some(marker) = &block.marker {
            let depth = block.levels.iter().filter(|l| **l == Level::Item).count();
            paint_marker(ui, marker, depth, pos2(at.x + left, origin.y));
        }
        let Some(laid) = &part.laid else { return };
        if matches!(block.kind, Kind::Rule) {
            let y = top + layout::RULE / 2.0;
            ui.painter().hline(place.x_range(), y, Stroke::new(1.0, key.t.line));
            return;
        }
        let room = layout::room(block, key.width);
        let scrolls = laid.grid.is_some() || layout::boxed(block);
        let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(place));
        let clip = if scrolls {
            let beside = if layout::boxed(block) { PAD - 2.0 } else { 0.0 };
            let x = place.left() + layout::room(block, key.width) + 2.0 * beside;
            Rect::from_min_max(place.min, pos2(x.max(place.left()), place.bottom()))
        } else {
            ui.clip_rect()
        };
        inner.set_clip_rect(clip.intersect(ui.clip_rect()));
        if layout::boxed(block) && (n == first || n == first_seen) {
            let last = (n..self.parts.len()).find(|n| self.is_last(*n)).unwrap_or(n);
            let top = at.y + self.top(first) + self.gap(first);
            let whole = Rect::from_min_max(
                pos2(place.left(), top),
                pos2(place.right(), at.y + self.top(last + 1)),
            );
            ui.painter().rect_filled(whole, radius::CONTROL + 1, key.t.surface);
            let line = Stroke::new(1.0, key.t.line);
            ui.painter().rect_stroke(whole, radius::CONTROL + 1, line, StrokeKind::Inside);
        }
        if let Some(grid) = &laid.grid {
            super::chrome::grid(&inner, grid, origin, laid.size, n == first);
        }
        let selected = within(&self.selection.range(), &part.range());
        let found = marks.get(marks.partition_point(|m| m.range.end <= part.at)..);
        for run in &laid.runs {
            let spot = origin + run.at;
            if !Rect::from_min_size(spot, run.galley.size()).expand(2.0).intersects(ui.clip_rect())
            {
                continue;
            }
            behind(&inner, block, run, spot);
            for mark in found.unwrap_or_default() {
                if mark.range.start >= part.range().end {
                    break;
                }
                if let Some(range) = within(&mark.range, &part.range()) {
                    found_here(&inner, block, run, spot, &range, mark.current);
                }
            }
            if let Some(range) = &selected {
                let fill = selection_colour(&key.t);
                for rect in rects(block, run, range) {
                    inner.painter().rect_filled(rect.translate(spot.to_vec2()), 0, fill);
                }
            }
            text(&inner, run, spot, key.t.text);
        }
        done.link = links(&inner, id.with(("links", n)), block, laid, origin).or(done.link.take());
        if !scrolls {
            return;
        }
        if let Kind::Code(code) = &block.kind
            && code.first
        {
            let wide = self.wide.get(&first).copied().unwrap_or_default();
            let head = Rect::from_min_size(place.min, vec2(place.width(), HEADER));
            let language = code.language.to_string();
            let overflows = wide.wrap || wide.width > room;
            let pressed =
                super::chrome::header(ui, id.with(("code", n)), head, &language, &wide, overflows);
            if pressed.copy {
                ui.copy_text(self.code(first));
                done.copied = true;
            }
            if pressed.wrap {
                done.wrap = Some((first, !wide.wrap));
            }
            if pressed.copy || (wide.copied && !pressed.near) {
                self.wide.entry(first).or_default().copied = pressed.copy;
            }
        }
        let last = self.is_last(n);
        if let Some(wide) = self.wide.get_mut(&first).filter(|w| !w.wrap && w.width > room) {
            super::chrome::scroll(ui, id.with(("bar", n)), place, room, wide, last);
        }
    }

    /// The bars beside what is quoted.
    fn levels(&self, ui: &Ui, n: usize, at: Pos2) {
        let Some(part) = self.parts.get(n) else { return };
        let before = n.checked_sub(1).and_then(|n| self.parts.get(n));
        let t = tokens::of(ui.ctx());
        let mut x = at.x;
        for (deep, level) in part.block.levels.iter().enumerate() {
            if *level == Level::Quote {
                let goes_on = before
                    .is_some_and(|b| b.block.levels.get(..=deep) == part.block.levels.get(..=deep));
                let gap = if goes_on { 0.0 } else { self.gap(n) };
                let y = at.y + self.top(n) + gap..=at.y + self.top(n + 1);
                let bar = Rect::from_min_max(pos2(x + 1.0, *y.start()), pos2(x + 4.0, *y.end()));
                ui.painter().rect_filled(bar, 1, t.line);
            }
            x += layout::step(*level);
        }
    }
}

/// What a screen reader is told of a block.
fn read_out(ui: &Ui, id: Id, block: &Block, place: Rect) {
    if block.text.is_empty() {
        return;
    }
    let role = match block.kind {
        Kind::Heading(_) => Role::Heading,
        Kind::Code(_) => Role::Code,
        Kind::Table(_) => Role::Table,
        _ => Role::Paragraph,
    };
    let response = ui.interact(place, id, Sense::hover());
    response.widget_info(|| {
        let text = block.text.get(..block.text.floor_char_boundary(READ_OUT)).unwrap_or_default();
        let marker = block.marker.as_ref().map(Marker::words).unwrap_or_default();
        WidgetInfo::labeled(role, true, format!("{marker}{text}"))
    });
}

/// A bullet, a number or a box, left of `at`.
fn paint_marker(ui: &Ui, marker: &Marker, depth: usize, at: Pos2) {
    let t = tokens::of(ui.ctx());
    let middle = at + vec2(-ITEM / 2.0 - 1.0, 11.0);
    match marker {
        Marker::Bullet if depth % 2 == 1 => {
            ui.painter().circle_filled(middle, 2.4, t.muted);
        }
        Marker::Bullet => {
            ui.painter().circle_stroke(middle, 2.4, Stroke::new(1.2, t.muted));
        }
        Marker::Number(number) => {
            let font = FontId::proportional(size::BODY);
            let right = pos2(at.x - 6.0, at.y + 11.0);
            ui.painter().text(right, Align2::RIGHT_CENTER, format!("{number}."), font, t.muted);
        }
        Marker::Task(done) => {
            let square = Rect::from_center_size(middle, vec2(14.0, 14.0));
            if *done {
                ui.painter().rect_filled(square, 3, t.accent);
                icons::paint(ui.painter(), square.shrink(3.0), Icon::Check, t.on_accent);
            } else {
                let line = Stroke::new(1.2, t.muted);
                ui.painter().rect_stroke(square, 3, line, StrokeKind::Inside);
            }
        }
    }
}

/// Text, and again beside it what is strong.
fn text(ui: &Ui, run: &Run, at: Pos2, ink: Color32) {
    ui.painter().galley(at, run.galley.clone(), ink);
    if let Some(bold) = &run.bold {
        let beside = vec2(1.0 / ui.pixels_per_point(), 0.0);
        ui.painter().galley(at + beside, bold.clone(), ink);
    }
}

/// What is behind spans of code.
fn behind(ui: &Ui, block: &Block, run: &Run, at: Pos2) {
    if matches!(block.kind, Kind::Code(_)) {
        return;
    }
    let t = tokens::of(ui.ctx());
    for (range, _) in block.spans.iter().filter(|(_, look)| look.code) {
        for rect in rects(block, run, range) {
            let rect = rect.translate(at.to_vec2()).expand2(vec2(2.0, -2.0));
            ui.painter().rect_filled(rect, 4, t.line.gamma_multiply(0.75));
        }
    }
}

fn found_here(ui: &Ui, block: &Block, run: &Run, at: Pos2, range: &Range<usize>, current: bool) {
    for rect in rects(block, run, range) {
        emphasis(ui, rect.translate(at.to_vec2()), current);
    }
}

/// What is behind a place that was found.
pub(super) fn emphasis(ui: &Ui, rect: Rect, current: bool) {
    let t = tokens::of(ui.ctx());
    let fill = t.warning.gamma_multiply(if current { 0.55 } else { 0.28 });
    let rect = rect.expand2(vec2(1.0, -1.5));
    ui.painter().rect_filled(rect, 3, fill);
    if current {
        let line = Stroke::new(1.5, t.warning);
        ui.painter().rect_stroke(rect, 3, line, StrokeKind::Outside);
    }
}

/// What is behind text that is selected.
pub(super) fn selection_colour(t: &tokens::Tokens) -> Color32 {
    t.accent.gamma_multiply(0.38)
}

/// The stretch of a part's own text that both have.
fn within(range: &Range<usize>, part: &Range<usize>) -> Option<Range<usize>> {
    let (from, to) = (range.start.max(part.start), range.end.min(part.end));
    (from < to).then(|| from - part.start..to - part.start)
}

/// Where a stretch of a block's text is within a run, row by row.
fn rects(block: &Block, run: &Run, range: &Range<usize>) -> Vec<Rect> {
    let (from, to) = (range.start.max(run.range.start), range.end.min(run.range.end));
    if from >= to {
        return Vec::new();
    }
    let count = |a: usize, b: usize| block.text.get(a..b).map_or(0, |t| t.chars().count());
    let start = count(run.range.start, from);
    let end = start + count(from, to);
    rows_of(&run.galley, start..end)
}

/// Where characters are in a galley, row by row.
pub(super) fn rows_of(galley: &Galley, range: Range<usize>) -> Vec<Rect> {
    let start =
        galley.layout_from_cursor(CCursor { prefer_next_row: true, ..CCursor::new(range.start) });
    let end = galley.layout_from_cursor(CCursor::new(range.end));
    let mut all = Vec::new();
    for (n, row) in galley.rows.iter().enumerate().take(end.row + 1).skip(start.row) {
        let left = if n == start.row { row.x_offset(start.column) } else { 0.0 };
        let right = if n == end.row { row.x_offset(end.column) } else { row.size.x };
        let x = row.pos.x;
        if right > left {
            all.push(Rect::from_min_max(pos2(x + left, row.min_y()), pos2(x + right, row.max_y())));
        }
    }
    all
}

/// The links of a part: seen as such, and pressed.
fn links(ui: &Ui, id: Id, block: &Block, laid: &Laid, origin: Pos2) -> Option<String> {
    let t = tokens::of(ui.ctx());
    let mut pressed = None;
    for (n, link) in block.links.iter().enumerate() {
        let rects = laid.runs.iter().flat_map(|run| {
            let at = (origin + run.at).to_vec2();
            rects(block, run, &link.range).into_iter().map(move |r| r.translate(at))
        });
        for (row, rect) in rects.enumerate() {
            if !rect.intersects(ui.clip_rect()) {
                continue;
            }
            // The first row of a link is its stop for the keyboard.
            let id = id.with((n, row));
            let sense = if row == 0 { Sense::click() } else { Sense::CLICK };
            let response = ui.interact(rect, id, sense).on_hover_cursor(CursorIcon::PointingHand);
            let ink = if response.hovered() { t.accent } else { t.accent_hover };
            let y = rect.center().y + 8.0;
            let line =
                Stroke::new(1.0, ink.gamma_multiply(if response.hovered() { 1.0 } else { 0.5 }));
            ui.painter().hline(rect.x_range(), y, line);
            if row == 0 {
                let name = block.text.get(link.range.clone()).unwrap_or_default();
                response.widget_info(|| WidgetInfo::labeled(Role::Link, true, name));
                super::chrome::focus(ui, rect.expand(2.0), 4, &response);
            }
            let response = response.on_hover_text(&link.address);
            if response.clicked() {
                pressed = Some(link.address.clone());
            }
        }
    }
    pressed
}
