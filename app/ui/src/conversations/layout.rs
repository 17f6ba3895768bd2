//! A row of the thread laid out: what stands where, for one width and one scale.

use super::segments::{Segment, Segments};
use super::text::{Block, Kind, Look, parse};
use crate::scroll::flow::Size;
use crate::tokens::{Tokens, size, space};
use egui::text::{LayoutJob, TextFormat};
use egui::{Color32, FontFamily, FontId, Galley, Ui};
use multiclaw_core::model::{Delivery, Message, Speaker};
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

/// Widest column of messages, in points.
pub(crate) const COLUMN: f32 = 780.0;
/// Room for a face, left of what others wrote.
pub(crate) const GUTTER: f32 = 40.0;
/// Inside of a bubble.
pub(crate) const PAD: f32 = 13.0;
/// Above and below the text of a bubble.
pub(crate) const PAD_Y: f32 = 9.0;
/// Above and below code.
pub(crate) const CODE_PAD: f32 = 10.0;
/// A link's card.
pub(crate) const CARD: f32 = 50.0;
/// Name and time above a group.
pub(crate) const HEAD: f32 = 24.0;
/// A day between groups.
pub(crate) const DAY: f32 = 44.0;
/// A line below a message.
pub(crate) const LINE: f32 = 24.0;
/// Between two lines of text, from one to the next.
const LEADING: f32 = 21.0;
/// Texts that are kept read.
const KEPT: usize = 256;
/// Bytes of texts that are kept read.
const KEPT_BYTES: usize = 1_000_000;

/// A block in its place.
pub(crate) struct LaidBlock {
    pub galley: Arc<Galley>,
    pub kind: Kind,
    /// From the top of the row's text.
    pub y: f32,
    /// With the surface around it.
    pub height: f32,
    /// Characters of each link, and the address.
    pub links: Vec<(Range<usize>, String)>,
    /// Characters of each span of code in plain text.
    pub codes: Vec<Range<usize>>,
    /// Characters that are to be emphasised, and whether it is the place that is shown.
    pub found: Vec<(Range<usize>, bool)>,
}

/// A row in its places. All but the lead is measured from the top of the text.
pub(crate) struct Laid {
    pub segment: Segment,
    pub own: bool,
    /// A date above it.
    pub day: Option<String>,
    /// It begins a group: name and time above it.
    pub head: bool,
    pub blocks: Vec<LaidBlock>,
    /// Widest block.
    pub width: f32,
    /// Where the text, with its bubble, ends.
    pub text: f32,
    /// Where "Show all" is.
    pub more: Option<f32>,
    /// Where the first card of a link is.
    pub cards: f32,
    /// Where it says that the message was not sent.
    pub unsent: Option<f32>,
    pub size: Size,
}

/// What a layout depends on beside the message.
pub(crate) struct Frame<'a> {
    pub t: Tokens,
    /// Width of the column.
    pub width: f32,
    /// Height of what stands above the first message.
    pub top: f32,
    pub segments: &'a Segments,
    pub finder: Option<&'a super::find::Finder>,
}

/// Messages that were read lately.
#[derive(Default)]
pub(crate) struct Cache {
    read: HashMap<(usize, usize), Read>,
    bytes: usize,
    frame: u64,
}

struct Read {
    /// Held, so that its address names it.
    message: Arc<Message>,
    range: Range<usize>,
    blocks: Arc<Vec<Block>>,
    frame: u64,
}

impl Cache {
    /// A new frame: forgets what was not used for long, if there is too much.
    pub(crate) fn turn(&mut self) {
        self.frame += 1;
        if self.read.len() <= KEPT && self.bytes <= KEPT_BYTES {
            return;
        }
        let frame = self.frame;
        self.read.retain(|_, read| read.frame + 1 >= frame);
        self.bytes = self.read.values().map(|r| r.range.len()).sum();
    }

    /// How many texts and bytes are kept.
    #[cfg(test)]
    pub(crate) fn load(&self) -> (usize, usize) {
        (self.read.len(), self.bytes)
    }

    fn blocks(
        &mut self,
        message: &Arc<Message>,
        segments: &Segments,
        at: Segment,
    ) -> Arc<Vec<Block>> {
        let key = (Arc::as_ptr(message).addr(), at.part);
        let part = segments.part(at);
        let frame = self.frame;
        if let Some(read) = self.read.get_mut(&key)
            && read.range == part.range
            && Arc::ptr_eq(&read.message, message)
        {
            read.frame = frame;
            return Arc::clone(&read.blocks);
        }
        let text = message.text.get(part.range.clone()).unwrap_or_default();
        let blocks = Arc::new(parse(text, part.range.start, part.in_code));
        self.bytes += part.range.len();
        let read = Read {
            message: Arc::clone(message),
            range: part.range,
            blocks: Arc::clone(&blocks),
            frame,
        };
        if let Some(old) = self.read.insert(key, read) {
            self.bytes = self.bytes.saturating_sub(old.range.len());
        }
        blocks
    }
}

/// Whether this person wrote it.
pub(crate) fn is_own(message: &Message) -> bool {
    message.speaker == Speaker::Person && message.name.is_empty()
}

/// "20 Nov, 14:03" is a day and a time; without a day it is today.
pub(crate) fn day_and_time(when: &str) -> (&str, &str) {
    let is_time = |s: &str| {
        s.split_once(':').is_some_and(|(h, m)| {
            let digits =
                |s: &str| matches!(s.len(), 1..=2) && s.bytes().all(|b| b.is_ascii_digit());
            digits(h) && digits(m)
        })
    };
    let (day, time) = when.rsplit_once(' ').unwrap_or(("", when));
    if is_time(time) { (day.trim_end_matches([',', ' ']), time) } else { (when, "") }
}

/// A first guess at the height of a message, for one that was never laid out.
pub(crate) fn estimate(bytes: usize, width: f32) -> f64 {
    let in_line = f64::from((width / 7.0).max(8.0));
    #[expect(clippy::cast_precision_loss, reason = "a guess")]
    let lines = (bytes.min(8_000) as f64 / in_line).ceil().max(1.0);
    lines * f64::from(LEADING) + 34.0
}

/// Lays a row out.
pub(crate) fn lay_out(ui: &Ui, frame: &Frame<'_>, cache: &mut Cache, row: usize) -> Laid {
    let segment = frame.segments.at(row);
    let Some(message) = frame.segments.message(segment.message) else {
        return nothing(segment);
    };
    let own = is_own(message);
    let before = segment.message.checked_sub(1).and_then(|at| frame.segments.message(at));
    let day = day_and_time(&message.when).0;
    let first = segment.part == 0;
    let new_day = first && before.is_none_or(|b| day_and_time(&b.when).0 != day);
    let head = first
        && (new_day
            || before.is_none_or(|b| b.speaker != message.speaker || b.name != message.name));
    let mut lead = if row == 0 { frame.top } else { 0.0 };
    lead += match (new_day, head, first) {
        (true, ..) => DAY,
        (_, true, _) => space::L,
        (_, _, true) if own => space::XS,
        (_, _, true) => space::S,
        _ => 0.0,
    };
    lead += if head { HEAD } else { 0.0 };

    let room = if own { frame.width * 0.82 - 2.0 * PAD } else { frame.width - GUTTER }.max(80.0);
    let read = cache.blocks(message, frame.segments, segment);
    let mut y = if own && first { PAD_Y } else { 0.0 };
    let mut width: f32 = 0.0;
    let mut blocks = Vec::with_capacity(read.len());
    for (n, block) in read.iter().enumerate() {
        y += if n > 0 { space::S } else { 0.0 };
        let laid = lay_block(ui, frame, block, segment.message, room, y);
        y += laid.height;
        width = width.max(match block.kind {
            Kind::Plain => laid.galley.size().x,
            Kind::Code if own => laid.galley.size().x + 2.0 * PAD,
            Kind::Code => room,
        });
        blocks.push(laid);
    }
    if blocks.is_empty() {
        y += LEADING;
    }
    if segment.parts > 1 {
        width = room;
    }
    y += if own && segment.is_last() { PAD_Y } else { 0.0 };
    let text = y;
    let last = segment.is_last();
    let toggles = last
        && (frame.segments.is_collapsed(segment.message)
            || frame.segments.is_open(segment.message));
    let more = toggles.then_some(y + space::XS);
    y += if toggles { LINE + space::XS } else { 0.0 };
    let cards = y + space::S;
    if last && !message.links.is_empty() {
        #[expect(clippy::cast_precision_loss, reason = "a few")]
        let count = message.links.len().min(MOST_CARDS) as f32;
        y += count * (CARD + space::S);
    }
    let unsent = (last && message.delivery == Delivery::Unsent).then_some(y + 2.0);
    y += if unsent.is_some() { LINE } else { 0.0 };
    Laid {
        segment,
        own,
        day: new_day.then(|| if day.is_empty() { "Today" } else { day }.to_owned()),
        head,
        blocks,
        width,
        text,
        more,
        cards,
        unsent,
        size: Size { lead: lead.into(), body: y.into() },
    }
}

/// Cards below one message.
pub(crate) const MOST_CARDS: usize = 8;

fn nothing(segment: Segment) -> Laid {
    Laid {
        segment,
        own: false,
        day: None,
        head: false,
        blocks: Vec::new(),
        width: 0.0,
        text: 0.0,
        more: None,
        cards: 0.0,
        unsent: None,
        size: Size { lead: 0.0, body: 1.0 },
    }
}

fn lay_block(
    ui: &Ui,
    frame: &Frame<'_>,
    block: &Block,
    message: usize,
    room: f32,
    y: f32,
) -> LaidBlock {
    let code = block.kind == Kind::Code;
    let job = job(&frame.t, block, if code { room - 2.0 * PAD } else { room });
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    let padding = if code { 2.0 * CODE_PAD } else { 0.0 };
    let height = galley.size().y + padding;
    let mut counter = Characters { text: &block.text, byte: 0, count: 0 };
    let links = block.links().map(|(range, url)| (counter.range(&range), url.to_owned())).collect();
    let mut counter = Characters { text: &block.text, byte: 0, count: 0 };
    let spans = block.spans.iter().filter(|(_, look)| !code && *look == Look::Code);
    let codes = spans.map(|(range, _)| counter.range(range)).collect();
    let mut counter = Characters { text: &block.text, byte: 0, count: 0 };
    let found = frame.finder.map_or_else(Vec::new, |finder| {
        let shown = finder.current();
        let place = |f: &super::find::Found| {
            Some((counter.range(&block.shown(&f.range)?), shown == Some(f)))
        };
        finder.within(message).iter().filter_map(place).collect()
    });
    LaidBlock { galley, kind: block.kind, y, height, links, codes, found }
}

/// Counts characters up to places that come in order.
struct Characters<'a> {
    text: &'a str,
    byte: usize,
    count: usize,
}

impl Characters<'_> {
    fn to(&mut self, byte: usize) -> usize {
        if let Some(between) = self.text.get(self.byte..byte) {
            self.count += between.chars().count();
            self.byte = byte;
        }
        self.count
    }

    fn range(&mut self, bytes: &Range<usize>) -> Range<usize> {
        self.to(bytes.start)..self.to(bytes.end)
    }
}

fn job(t: &Tokens, block: &Block, width: f32) -> LayoutJob {
    let mut job = LayoutJob::default();
    job.wrap.max_width = width;
    for (range, look) in &block.spans {
        let Some(text) = block.text.get(range.clone()) else { continue };
        let mut format = TextFormat::simple(FontId::proportional(size::BODY), t.text);
        match look {
            Look::Plain => {}
            Look::Link => format.color = t.accent_hover,
            Look::Code => {
                format.font_id = FontId::new(size::SMALL, FontFamily::Monospace);
            }
        }
        format.line_height = Some(if block.kind == Kind::Code { 18.0 } else { LEADING });
        format.valign = egui::Align::Center;
        job.append(text, 0.0, format);
    }
    job
}

/// One line of text, cut off where the room ends.
pub(crate) fn one_line(
    ui: &Ui,
    text: &str,
    points: f32,
    colour: Color32,
    width: f32,
) -> Arc<Galley> {
    let font = FontId::proportional(points);
    let mut job = LayoutJob::simple_singleline(text.to_owned(), font, colour);
    job.wrap = egui::text::TextWrapping::truncate_at_width(width.max(0.0));
    ui.fonts_mut(|fonts| fonts.layout_job(job))
}
