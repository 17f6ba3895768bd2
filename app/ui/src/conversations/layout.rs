//! A row of the thread laid out: what stands where, for one width and one scale.

use super::rows::Rows;
use crate::markdown::{Cache, Style};
use crate::scroll::flow::{Measure, Seen, Size};
use crate::tokens::space;
use egui::text::LayoutJob;
use egui::{Color32, FontId, Galley, Ui};
use multiclaw_core::model::{Delivery, Message, Speaker};
use multiclaw_core::tr;
use std::collections::HashMap;
use std::sync::Arc;

/// Widest column of messages, in points.
pub(crate) const COLUMN: f32 = 780.0;
/// Room for a face, left of what others wrote.
pub(crate) const GUTTER: f32 = 40.0;
/// Inside of a bubble.
pub(crate) const PAD: f32 = 13.0;
/// Above and below the text of a bubble.
pub(crate) const PAD_Y: f32 = 9.0;
/// A link's card.
pub(crate) const CARD: f32 = 50.0;
/// Name and time above a group.
pub(crate) const HEAD: f32 = 24.0;
/// A day between groups.
pub(crate) const DAY: f32 = 44.0;
/// A line below a message.
pub(crate) const LINE: f32 = 24.0;
/// Between two lines of text, from one to the next; for guesses.
const LEADING: f32 = 22.0;
/// Bytes of texts that are kept read and laid out.
pub(crate) const KEPT: usize = 6_000_000;

/// A row in its places. All but the lead is measured from the top of the text.
pub(crate) struct Laid {
    pub own: bool,
    /// A date above it.
    pub day: Option<String>,
    /// It begins a group: name and time above it.
    pub head: bool,
    /// Room for the text.
    pub room: f32,
    /// Widest block of it.
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
    /// Width of the column.
    pub width: f32,
    /// Height of what stands above the first message.
    pub top: f32,
    pub rows: &'a Rows,
}

/// Lays rows out for the flow, as it asks for them.
pub(crate) struct Measurer<'a> {
    pub ui: &'a Ui,
    pub frame: Frame<'a>,
    /// Texts by the ids of their messages.
    pub docs: &'a mut Cache<String>,
    pub laid: HashMap<usize, Laid>,
}

impl Measure for Measurer<'_> {
    fn measure(&mut self, row: usize) -> Size {
        self.measure_seen(row, &Seen::FromTop(0.0..4_000.0)).0
    }

    fn measure_seen(&mut self, row: usize, seen: &Seen) -> (Size, f64) {
        let Some(message) = self.frame.rows.get(row).map(Arc::clone) else {
            return (Size { lead: 0.0, body: 1.0 }, 0.0);
        };
        let (laid, shift) = self.lay_out(row, &message, seen);
        let size = laid.size;
        self.laid.insert(row, laid);
        (size, shift)
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

impl Measurer<'_> {
    fn lay_out(&mut self, row: usize, message: &Message, seen: &Seen) -> (Laid, f64) {
        let Frame { width, top, rows } = self.frame;
        let own = is_own(message);
        let before = row.checked_sub(1).and_then(|row| rows.get(row));
        let day = day_and_time(&message.when).0;
        let new_day = before.is_none_or(|b| day_and_time(&b.when).0 != day);
        let head = new_day
            || before.is_none_or(|b| b.speaker != message.speaker || b.name != message.name);
        let mut lead = if row == 0 { top } else { 0.0 };
        lead += match (new_day, head) {
            (true, _) => DAY,
            (_, true) => space::L,
            _ if own => space::XS,
            _ => space::M,
        };
        lead += if head { HEAD } else { 0.0 };

        let above = if own { PAD_Y } else { 0.0 };
        let room = if own { width * 0.82 - 2.0 * PAD } else { width - GUTTER }.max(80.0);
        let doc = self.docs.get(&message.id);
        doc.read(rows.text(message));
        let measured = doc.measure(self.ui, &Style::new(room), &below(seen, above));
        let open = rows.is_open(message);
        // What is not laid out yet of a long one may be wider than what is.
        let width = if open == Some(true) { room } else { doc.width().min(room) };
        let text = measured.height.max(LEADING) + 2.0 * above;
        let mut y = text;
        let more = open.map(|_| y + space::XS);
        y += if more.is_some() { LINE + space::XS } else { 0.0 };
        let cards = y + space::S;
        #[expect(clippy::cast_precision_loss, reason = "a few")]
        let count = message.links.len().min(MOST_CARDS) as f32;
        y += count * (CARD + space::S);
        let unsent = (message.delivery == Delivery::Unsent).then_some(y + 2.0);
        y += if unsent.is_some() { LINE } else { 0.0 };
        let day = if day.is_empty() { tr!("conversations-today") } else { day };
        let laid = Laid {
            own,
            day: new_day.then(|| day.to_owned()),
            head,
            room,
            width,
            text,
            more,
            cards,
            unsent,
            size: Size { lead: lead.into(), body: y.into() },
        };
        (laid, measured.shift.into())
    }

    /// How far below the top of a row's text a place of it is. Lays out what is around it.
    pub(crate) fn place(&mut self, row: usize, byte: usize, view: f64) -> f64 {
        let mut top = 0.0;
        // What is above the place in its block is known once that is laid out.
        for _ in 0..2 {
            self.measure_seen(row, &Seen::FromTop(top..top + view));
            let Some(message) = self.frame.rows.get(row) else { return 0.0 };
            top = f64::from(self.docs.get(&message.id).top_of(byte));
        }
        top + self.laid.get(&row).map_or(0.0, |laid| if laid.own { PAD_Y.into() } else { 0.0 })
    }
}

/// What is seen of something that begins below the top of a row's text.
fn below(seen: &Seen, above: f32) -> Seen {
    let above = f64::from(above);
    match seen {
        Seen::FromTop(range) => Seen::FromTop(range.start - above..range.end - above),
        Seen::FromBottom(rest) => Seen::FromBottom(*rest),
        Seen::Nothing => Seen::Nothing,
    }
}

/// Cards below one message.
pub(crate) const MOST_CARDS: usize = 8;

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
