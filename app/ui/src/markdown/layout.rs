//! A block in its places, for one width, one scale and one theme.

use super::block::{Block, Kind, Level, Look};
use super::highlight::Token;
use super::table;
use crate::tokens::{Syntax, Tokens, size, space};
use egui::text::{LayoutJob, TextFormat};
use egui::{Color32, FontFamily, FontId, Galley, Stroke, Ui, Vec2, vec2};
use std::ops::Range;
use std::sync::Arc;

/// From one line of text to the next, in points.
const LEADING: f32 = 22.0;
/// The same, in code.
const CODE_LEADING: f32 = 19.0;
/// Left of what stands in a quote.
const QUOTE: f32 = 16.0;
/// Left of what stands in an item.
pub(super) const ITEM: f32 = 24.0;
/// The row above code.
pub(super) const HEADER: f32 = 32.0;
/// Around code.
pub(super) const PAD: f32 = 12.0;
/// A rule, with the room around it.
pub(super) const RULE: f32 = 17.0;
/// A block is never narrower, however deep it stands.
const NARROW: f32 = 60.0;

/// Everything that a layout depends on beside the block.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Key {
    pub width: f32,
    pub quiet: bool,
    pub scale: f32,
    pub t: Tokens,
    pub syntax: Syntax,
}

/// A text that is laid out in every frame. When egui starts its atlas of glyphs anew, which makes
/// every layout of before worthless, this one is another than before.
pub(super) fn witness(ui: &Ui) -> Arc<Galley> {
    let font = FontId::proportional(size::BODY);
    let job = LayoutJob::simple_singleline("witness".to_owned(), font, Color32::TRANSPARENT);
    ui.fonts_mut(|fonts| fonts.layout_job(job))
}

/// A stretch of a block's text in its place.
pub(super) struct Run {
    /// Bytes of the block's text.
    pub range: Range<usize>,
    pub galley: Arc<Galley>,
    /// What is strong of it, to be painted again beside it: there is no bold font.
    pub bold: Option<Arc<Galley>>,
    /// From the top left corner of the content.
    pub at: Vec2,
}

/// A block in its places.
pub(super) struct Laid {
    pub runs: Vec<Run>,
    /// Of the content, which may be wider than there is room.
    pub size: Vec2,
    /// Where the lines of a table are.
    pub grid: Option<table::Grid>,
}

/// How far from the left the content of a block begins.
pub(super) fn indent(levels: &[Level], width: f32) -> f32 {
    let all: f32 = levels.iter().map(|l| step(*l)).sum();
    all.min((width - NARROW).max(0.0))
}

/// How far a level moves what stands in it.
pub(super) fn step(level: Level) -> f32 {
    match level {
        Level::Quote => QUOTE,
        Level::Item => ITEM,
    }
}

/// The room above a block.
pub(super) fn gap(before: Option<&Block>, block: &Block) -> f32 {
    let Some(before) = before else { return 0.0 };
    if block.joins() {
        return 0.0;
    }
    let large = |b: &Block| matches!(b.kind, Kind::Code(_) | Kind::Table(_));
    match &block.kind {
        Kind::Heading(1 | 2) => space::L,
        Kind::Heading(_) => 16.0,
        _ if large(block) || large(before) => 10.0,
        _ if matches!(before.kind, Kind::Heading(_)) => 6.0,
        _ if block.close && block.marker.is_some() => 4.0,
        _ if block.close => 6.0,
        _ => 10.0,
    }
}

/// What stands around the content of a block, above and below it together.
pub(super) fn around(block: &Block, last: bool) -> f32 {
    match &block.kind {
        Kind::Code(code) => (if code.first { HEADER } else { 0.0 }) + if last { PAD } else { 0.0 },
        _ => 0.0,
    }
}

/// Where the content begins below the top of the block.
pub(super) fn above(block: &Block) -> f32 {
    match &block.kind {
        Kind::Code(code) if code.first => HEADER,
        _ => 0.0,
    }
}

/// The room for the content of a block.
pub(super) fn room(block: &Block, width: f32) -> f32 {
    let room = width - indent(&block.levels, width);
    (if boxed(block) { room - 2.0 * PAD } else { room }).max(NARROW / 2.0)
}

/// It is painted on a surface of its own.
pub(super) fn boxed(block: &Block) -> bool {
    matches!(block.kind, Kind::Code(_))
}

/// A guess at the height of a block's content.
pub(super) fn estimate(block: &Block, width: f32) -> f32 {
    let room = room(block, width);
    #[expect(clippy::cast_precision_loss, reason = "a guess")]
    let count = |n: usize| n as f32;
    match &block.kind {
        Kind::Rule => RULE,
        Kind::Code(_) => count(block.text.split('\n').count()) * CODE_LEADING,
        Kind::Table(table) => count(table.cells.len() / table.columns.len().max(1)) * 34.0,
        Kind::Heading(level) => heading(*level).1 * (count(block.text.len()) * 10.0 / room).ceil(),
        Kind::Paragraph | Kind::Html => {
            let lines: f32 =
                block.text.split('\n').map(|l| (count(l.len()) * 6.9 / room).ceil().max(1.0)).sum();
            lines * LEADING
        }
    }
}

/// Size of a heading, and from one line to the next.
fn heading(level: u8) -> (f32, f32) {
    match level {
        1 => (21.0, 30.0),
        2 => (18.5, 27.0),
        3 => (16.5, 25.0),
        4 => (15.5, 23.0),
        _ => (size::BODY, LEADING),
    }
}

/// Lays a block out. Counts the galleys.
pub(super) fn lay_out(ui: &Ui, key: &Key, block: &Block, wrap: bool, galleys: &mut u64) -> Laid {
    let room = room(block, key.width);
    match &block.kind {
        Kind::Rule => Laid { runs: Vec::new(), size: vec2(room, RULE), grid: None },
        Kind::Table(cells) => table::lay_out(ui, key, block, cells, room, galleys),
        Kind::Code(_) if !wrap => whole(ui, key, block, f32::INFINITY, galleys),
        _ => whole(ui, key, block, room, galleys),
    }
}

fn whole(ui: &Ui, key: &Key, block: &Block, width: f32, galleys: &mut u64) -> Laid {
    let run = run(ui, key, block, 0..block.text.len(), width, galleys);
    Laid { size: run.galley.size(), runs: vec![run], grid: None }
}

/// Lays a stretch of a block's text out.
pub(super) fn run(
    ui: &Ui,
    key: &Key,
    block: &Block,
    range: Range<usize>,
    width: f32,
    galleys: &mut u64,
) -> Run {
    let mut job = LayoutJob::default();
    job.wrap.max_width = width;
    // What is strong, and the rest unseen: sections that look the same become one, so the two
    // are put together each by itself.
    let mut over = job.clone();
    let heading = matches!(block.kind, Kind::Heading(_));
    let (mut strong, mut all) = (false, true);
    let mut apart = false;
    for (span, look) in spans(block, &range) {
        let Some(text) = block.text.get(span) else { continue };
        let bold = look.strong || heading;
        strong |= bold;
        all &= bold;
        let mut format = format(key, &block.kind, look);
        // The surface behind code needs room beside it.
        let beside = look.code && !boxed(block);
        let space = if beside != apart { 2.5 } else { 0.0 };
        apart = beside;
        job.append(text, space, format.clone());
        format.strikethrough = Stroke::NONE;
        if !bold {
            format.color = Color32::TRANSPARENT;
        }
        over.append(text, space, format);
    }
    if job.sections.is_empty() {
        job.append("", 0.0, format(key, &block.kind, Look::default()));
    }
    let overlay = (strong && !all).then_some(over);
    *galleys += 1;
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    let bold = match overlay {
        Some(over) => {
            *galleys += 1;
            Some(ui.fonts_mut(|fonts| fonts.layout_job(over)))
        }
        None => strong.then(|| Arc::clone(&galley)),
    };
    Run { range, galley, bold, at: Vec2::ZERO }
}

/// The spans within a stretch of the text.
fn spans(block: &Block, range: &Range<usize>) -> impl Iterator<Item = (Range<usize>, Look)> {
    let first = block.spans.partition_point(|(span, _)| span.end <= range.start);
    let spans = block.spans.get(first..).unwrap_or_default();
    spans.iter().take_while(|(span, _)| span.start < range.end).filter_map(|(span, look)| {
        let part = span.start.max(range.start)..span.end.min(range.end);
        (!part.is_empty()).then_some((part, *look))
    })
}

fn format(key: &Key, kind: &Kind, look: Look) -> TextFormat {
    let t = &key.t;
    let code = look.code || matches!(kind, Kind::Code(_) | Kind::Html);
    let (points, leading) = match kind {
        Kind::Heading(level) => heading(*level),
        Kind::Code(_) => (size::SMALL, CODE_LEADING),
        _ => (size::BODY, LEADING),
    };
    let (points, family) = if code {
        let points = if matches!(kind, Kind::Heading(_)) { points - 2.0 } else { size::SMALL };
        (points, FontFamily::Monospace)
    } else {
        (points, FontFamily::Proportional)
    };
    let ink = if key.quiet { t.muted } else { t.text };
    let ink = match look.token {
        None if look.link => t.accent_hover,
        None if matches!(kind, Kind::Html | Kind::Heading(6)) => t.muted,
        None => ink,
        Some(token) => colour(key, token),
    };
    let mut format = TextFormat::simple(FontId::new(points, family), ink);
    format.line_height = Some(leading);
    format.valign = egui::Align::Center;
    format.italics = look.emphasis || look.token == Some(Token::Comment);
    if look.strike {
        format.strikethrough = Stroke::new(1.0, ink);
    }
    format
}

fn colour(key: &Key, token: Token) -> Color32 {
    let s = &key.syntax;
    match token {
        Token::Keyword => s.keyword,
        Token::Text => s.text,
        Token::Comment => s.comment,
        Token::Number => s.number,
        Token::Name => s.name,
        Token::Call => s.call,
        Token::Added => key.t.good,
        Token::Removed => key.t.bad,
    }
}
