//! A row of the thread laid out: what stands where, for one width.

use super::approval;
use super::media;
use super::rows::{Rows, is_agents};
use super::words::day_and_time;
use crate::markdown::{Cache, Plain, Style};
use crate::scroll::flow::{Measure, Seen, Size};
use crate::tokens::{Tokens, size, space};
use egui::{FontId, Galley, Rect, Ui};
use multiclaw_core::model::{
    Approval, ChatDelivery, Entry, EntryKind, Link, Media, Text, ToolCall, ToolState,
};
use multiclaw_core::tr;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// Inside of a bubble.
pub(super) const PAD: f32 = 14.0;
/// Above and below the text of a bubble.
pub(super) const PAD_Y: f32 = 10.0;
/// The agent's name above what it does.
pub(super) const HEAD: f32 = 32.0;
/// A day between turns.
pub(super) const DAY: f32 = 44.0;
/// A line below a message.
pub(super) const LINE: f32 = 26.0;
/// A link's card.
pub(super) const CARD: f32 = 50.0;
/// Cards below one message.
pub(super) const MOST_CARDS: usize = 8;
/// The line of a tool call.
pub(super) const TOOL: f32 = 40.0;
/// Inside of a tool call's card.
pub(super) const INSET: f32 = 12.0;
/// The name of a part of a tool call.
pub(super) const LABEL: f32 = 28.0;
/// The line that says that the agent thought.
pub(super) const THOUGHT: f32 = 30.0;
/// Between two turns.
const TURN: f32 = 22.0;
/// Tallest input of a tool that is seen at once.
const INPUT: f32 = 220.0;
/// The same for its output.
const OUTPUT: f32 = 340.0;
/// A person's text that is taller than this is shown in part until it is opened.
const TALL: f32 = 420.0;
/// That part.
const PART: f32 = 320.0;
/// Texts that are kept read, in bytes.
const KEPT: usize = 8_000_000;

/// A part of a tool call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Side {
    Input,
    Output,
}

/// What is kept of the rows that were seen lately.
pub(super) struct Kept {
    pub docs: Cache<String>,
    pub plains: HashMap<(String, Side), Plain>,
}

impl Default for Kept {
    fn default() -> Self {
        Self { docs: Cache::new(KEPT), plains: HashMap::new() }
    }
}

/// What a layout depends on beside the entry.
pub(super) struct Frame<'a> {
    pub t: Tokens,
    /// Width of the column.
    pub width: f32,
    /// Height of what stands above the first row.
    pub top: f32,
    pub rows: &'a Rows,
    /// Entries that are shown whole.
    pub open: &'a HashSet<String>,
    /// Commands of this conversation that wait.
    pub approvals: &'a [Arc<Approval>],
}

/// A part of a tool call in its place: its name, and the box below.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Pane {
    pub y: f32,
    pub height: f32,
}

/// A row in its places, from the top of its body.
pub(super) struct Laid {
    pub day: Option<String>,
    pub head: bool,
    pub parts: Parts,
    pub size: Size,
}

pub(super) enum Parts {
    Person(PersonParts),
    Agent(AgentParts),
    Thinking { open: bool },
    Tool(Box<ToolParts>),
    Note,
    Failed { text: Arc<Galley> },
}

pub(super) struct PersonParts {
    /// Width and height of the text; the bubble is around it. `None`: only media.
    pub text: Option<[f32; 2]>,
    /// What of the text's height is seen.
    pub part: f32,
    /// Where "Show all" is.
    pub more: Option<f32>,
    pub media: (f32, Vec<Rect>),
    pub cards: f32,
    pub note: Option<(f32, Arc<Galley>)>,
}

pub(super) struct AgentParts {
    pub text: f32,
    pub media: (f32, Vec<Rect>),
    pub cards: f32,
    /// Where the actions are, at the end of a turn.
    pub foot: Option<f32>,
}

pub(super) struct ToolParts {
    pub open: bool,
    pub approval: Option<(f32, approval::Laid, Arc<Approval>)>,
    pub link: Option<f32>,
    pub input: Option<Pane>,
    pub output: Option<Pane>,
    pub cut: Option<f32>,
    pub height: f32,
}

/// Lays rows out as they are asked for.
pub(super) struct Measurer<'a> {
    pub ui: &'a Ui,
    pub frame: Frame<'a>,
    pub kept: &'a mut Kept,
    pub laid: HashMap<usize, Laid>,
}

impl Measure for Measurer<'_> {
    fn measure(&mut self, row: usize) -> Size {
        self.measure_seen(row, &Seen::FromTop(0.0..4_000.0)).0
    }

    fn measure_seen(&mut self, row: usize, seen: &Seen) -> (Size, f64) {
        let (laid, shift) = self.lay_out(row, seen);
        let size = laid.size;
        self.laid.insert(row, laid);
        (size, shift)
    }
}

impl Measurer<'_> {
    fn lay_out(&mut self, row: usize, seen: &Seen) -> (Laid, f64) {
        let Some(entry) = self.frame.rows.get(row).map(Arc::clone) else {
            let size = Size { lead: 0.0, body: 1.0 };
            return (Laid { day: None, head: false, parts: Parts::Note, size }, 0.0);
        };
        let before = row.checked_sub(1).and_then(|row| self.frame.rows.get(row));
        let after = self.frame.rows.get(row + 1);
        let day = day_and_time(&entry.when).0;
        let new_day = !entry.when.is_empty()
            && before.is_none_or(|b| !b.when.is_empty() && day_and_time(&b.when).0 != day);
        let head = is_agents(&entry) && (new_day || before.is_none_or(|b| !is_agents(b)));
        let ends = after.is_none_or(|a| !is_agents(a));
        let mut lead = if row == 0 { self.frame.top } else { 0.0 };
        lead += match (new_day, &entry.kind, before.map(|b| &b.kind)) {
            (true, ..) => DAY,
            (_, _, None) => 0.0,
            (_, EntryKind::Tool(_), Some(EntryKind::Tool(_))) => space::XS,
            (_, _, Some(_)) if head || !is_agents(&entry) => TURN,
            _ => 10.0,
        };
        lead += if head { HEAD } else { 0.0 };
        let day = if day.is_empty() { tr!("chat-today") } else { day };
        let day = new_day.then(|| day.to_owned());
        let (parts, body, shift) = self.parts(&entry, ends, seen);
        let size = Size { lead: lead.into(), body: body.max(1.0).into() };
        (Laid { day, head, parts, size }, shift)
    }

    fn parts(&mut self, entry: &Entry, ends: bool, seen: &Seen) -> (Parts, f32, f64) {
        match &entry.kind {
            EntryKind::Person { text, media, delivery, links } => {
                self.person(entry, text, media, delivery, links, seen)
            }
            EntryKind::Agent { text, media, links, growing, .. } => {
                let foot = ends && !growing;
                self.agent(entry, text, media, links, foot, seen)
            }
            EntryKind::Thinking { text, .. } => {
                let open = self.frame.open.contains(&entry.id);
                if !open {
                    return (Parts::Thinking { open }, THOUGHT, 0.0);
                }
                let style = Style::new(self.frame.width - 20.0).quiet();
                let (doc, shift) = self.document(&entry.id, text, &style, THOUGHT, seen);
                (Parts::Thinking { open }, THOUGHT + doc + space::XS, shift)
            }
            EntryKind::Tool(call) => {
                let parts = self.tool(entry, call);
                let height = parts.height;
                (Parts::Tool(Box::new(parts)), height, 0.0)
            }
            EntryKind::Note(_) => (Parts::Note, 24.0, 0.0),
            EntryKind::Failed(problem) => {
                let room = self.frame.width - 2.0 * PAD;
                let text = self.galley(&crate::sentence(problem), size::BODY, room);
                let height = text.size().y + 2.0 * INSET + LINE + space::S;
                (Parts::Failed { text }, height, 0.0)
            }
        }
    }

    fn galley(&self, text: &str, points: f32, width: f32) -> Arc<Galley> {
        let font = FontId::proportional(points);
        self.ui.painter().layout(text.to_owned(), font, self.frame.t.bad, width)
    }

    /// A document's height, laid out as far as it is seen; and how far what is seen moved.
    fn document(
        &mut self,
        id: &String,
        text: &Text,
        style: &Style,
        above: f32,
        seen: &Seen,
    ) -> (f32, f64) {
        let doc = self.kept.docs.get(id);
        doc.follow(text);
        let above = f64::from(above);
        let seen = match seen {
            Seen::FromTop(range) => Seen::FromTop(range.start - above..range.end - above),
            Seen::FromBottom(rest) => Seen::FromBottom(*rest),
            Seen::Nothing => Seen::Nothing,
        };
        let measured = doc.measure(self.ui, style, &seen);
        (measured.height, measured.shift.into())
    }

    fn person(
        &mut self,
        entry: &Entry,
        text: &Text,
        media: &[Media],
        delivery: &ChatDelivery,
        links: &[Link],
        seen: &Seen,
    ) -> (Parts, f32, f64) {
        let room = self.frame.width * 0.84 - 2.0 * PAD;
        let mut y = 0.0;
        let (mut shift, mut part, mut more) = (0.0, 0.0, None);
        let mut extent = None;
        if !text.is_empty() {
            let style = Style::new(room);
            let (height, moved) = self.document(&entry.id, text, &style, PAD_Y, seen);
            let width = self.kept.docs.get(&entry.id).width().clamp(20.0, room);
            let tall = height > TALL;
            let open = self.frame.open.contains(&entry.id);
            part = if tall && !open { PART } else { height };
            shift = if tall && !open { 0.0 } else { moved };
            extent = Some([width, height]);
            y += part + 2.0 * PAD_Y;
            if tall {
                more = Some(y);
                y += LINE;
            }
        }
        let above = if extent.is_some() && !media.is_empty() { space::S } else { 0.0 };
        let (tall, places) = media::lay_out(media, self.frame.width * 0.84);
        let media = (y + above, places);
        y += above + tall;
        let cards = y + space::S;
        y += cards_height(links);
        let note = match delivery {
            ChatDelivery::Sent => None,
            ChatDelivery::Sending => Some((tr!("chat-sending").to_owned(), self.frame.t.muted)),
            ChatDelivery::Steered => Some((tr!("chat-steered").to_owned(), self.frame.t.muted)),
            ChatDelivery::Failed(problem) => Some((crate::sentence(problem), self.frame.t.bad)),
        };
        let note = note.map(|(text, ink)| {
            let font = FontId::proportional(size::SMALL);
            let width = self.frame.width * 0.84 - 100.0;
            (y + 5.0, self.ui.painter().layout(text, font, ink, width))
        });
        y += note.as_ref().map_or(0.0, |(_, galley)| galley.size().y.max(20.0) + 8.0);
        (Parts::Person(PersonParts { text: extent, part, more, media, cards, note }), y, shift)
    }

    fn agent(
        &mut self,
        entry: &Entry,
        text: &Text,
        media: &[Media],
        links: &[Link],
        foot: bool,
        seen: &Seen,
    ) -> (Parts, f32, f64) {
        let style = Style::new(self.frame.width);
        let (text, shift) = if text.is_empty() {
            (0.0, 0.0)
        } else {
            self.document(&entry.id, text, &style, 0.0, seen)
        };
        let stopped = matches!(entry.kind, EntryKind::Agent { stopped: true, .. });
        let growing = matches!(entry.kind, EntryKind::Agent { growing: true, .. });
        let mut y = text;
        if growing && text == 0.0 {
            y += 20.0;
        }
        let above = if text > 0.0 && !media.is_empty() { space::S } else { 0.0 };
        let (tall, places) = media::lay_out(media, self.frame.width);
        let media = (y + above, places);
        y += above + tall;
        let cards = y + space::S;
        y += cards_height(links);
        let foot = (foot || stopped).then_some(y + 4.0);
        y += if foot.is_some() { LINE + 4.0 } else { 0.0 };
        (Parts::Agent(AgentParts { text, media, cards, foot }), y, shift)
    }

    fn tool(&mut self, entry: &Entry, call: &ToolCall) -> ToolParts {
        let open = self.frame.open.contains(&entry.id);
        let width = self.frame.width;
        let mut y = TOOL;
        let waits = self
            .frame
            .approvals
            .iter()
            .find(|a| !a.tool_call.is_empty() && a.tool_call == call.id)
            .filter(|_| matches!(call.state, ToolState::Waiting | ToolState::Running));
        let approval = waits.map(|approval| {
            let laid = approval::lay_out(self.ui, approval, width - 2.0 * 6.0);
            let at = y;
            y += laid.height + 6.0;
            (at, laid, Arc::clone(approval))
        });
        let (mut link, mut input, mut output, mut cut) = (None, None, None, None);
        if open {
            if call.link.is_some() {
                link = Some(y);
                y += CARD + space::XS;
            }
            if !call.input.is_empty() {
                input = Some(self.pane(entry, Side::Input, &call.input, INPUT, &mut y));
            }
            if !call.output.is_empty() {
                output = Some(self.pane(entry, Side::Output, &call.output, OUTPUT, &mut y));
            } else if matches!(call.state, ToolState::Done | ToolState::Failed) {
                y += LINE;
            }
            if call.cut > 0 {
                cut = Some(y);
                y += LINE + space::XS;
            }
            y += space::S;
        } else {
            for side in [Side::Input, Side::Output] {
                self.kept.plains.remove(&(entry.id.clone(), side));
            }
        }
        ToolParts { open, approval, link, input, output, cut, height: y }
    }

    fn pane(&mut self, entry: &Entry, side: Side, text: &Text, most: f32, y: &mut f32) -> Pane {
        let plain = self.kept.plains.entry((entry.id.clone(), side)).or_default();
        plain.follow(text);
        let width = self.frame.width - 2.0 * INSET;
        let height = plain.height(self.ui, width).min(most);
        let pane = Pane { y: *y, height };
        *y += LABEL + height + space::XS;
        pane
    }
}

fn cards_height(links: &[Link]) -> f32 {
    #[expect(clippy::cast_precision_loss, reason = "a few")]
    let count = links.len().min(MOST_CARDS) as f32;
    count * (CARD + space::S)
}
