//! A piece of text as blocks.

use super::address;
use super::block::{Block, Code, DEEP, Kind, Level, Link, Look, Marker, Side, Table};
use super::cut::{self, Fence, Joins, Piece};
use super::highlight::{State, tokens};
use super::languages;
use super::linking::{link_addresses, mark_link};
use multiclaw_core::tr;
use pulldown_cmark::{Alignment, CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// Longest address that is shown, in bytes, of one that cannot be pressed.
const SHOWN: usize = 200;

/// Reads a piece. `text` is its text; `state` is where the code of the piece before ended, and
/// then where this one's does.
pub(super) fn read(piece: &Piece, text: &str, state: &mut State) -> Vec<Block> {
    let mut blocks = match &piece.kind {
        cut::Kind::Code(fence) => fenced(piece, fence, text, state).into_iter().collect(),
        cut::Kind::Flow => flow(text, 0),
        cut::Kind::Rows(head) => {
            let mut blocks = flow(&format!("{head}{text}"), head.len());
            if let Some(first) = blocks.first_mut() {
                without_head(first);
            }
            blocks
        }
    };
    for (n, block) in blocks.iter_mut().enumerate() {
        block.source = block.source.start + piece.from..block.source.end + piece.from;
        if n == 0 && piece.joins != Joins::No {
            block.close = true;
            block.apart = usize::from(piece.joins == Joins::Line);
        }
    }
    blocks
}

/// A part of a fenced block of code.
fn fenced(piece: &Piece, fence: &Fence, text: &str, state: &mut State) -> Option<Block> {
    let first = piece.joins == Joins::No;
    let mut body = if first { text.split_once('\n').map_or("", |(_, rest)| rest) } else { text };
    let begin = body.trim_end_matches(['\n', '\r']).rfind('\n').map_or(0, |at| at + 1);
    let whole = begin > 0 || piece.joins != Joins::Word;
    if whole && body.get(begin..).is_some_and(|l| fence.closes(l.trim_end_matches(['\n', '\r']))) {
        body = body.get(..begin).unwrap_or_default();
    }
    if body.is_empty() && !first {
        return None;
    }
    let line_end = body.ends_with('\n');
    let body = body.strip_suffix('\n').unwrap_or(body);
    let mut code = String::with_capacity(body.len());
    for (n, line) in body.split('\n').enumerate() {
        code.push_str(if n > 0 { "\n" } else { "" });
        let spaces = line.bytes().take_while(|b| *b == b' ').count().min(fence.indent);
        let line =
            if n > 0 || piece.joins != Joins::Word { line.get(spaces..) } else { Some(line) };
        let line = line.unwrap_or_default();
        code.push_str(line.strip_suffix('\r').unwrap_or(line));
    }
    if first {
        *state = State::default();
    }
    let mut block = coloured(&code, &fence.info, state);
    if let Kind::Code(code) = &mut block.kind {
        (code.first, code.line_end) = (first, line_end);
    }
    block.source = 0..text.len();
    Some(block)
}

/// Code as a block. `info` is what stands behind its fence.
fn coloured(code: &str, info: &str, state: &mut State) -> Block {
    let name = info.split([' ', ',', '{', '\t']).next().unwrap_or_default();
    let name = name.get(..name.floor_char_boundary(40)).unwrap_or_default();
    let language = name.into();
    let mut block = Block::new(Kind::Code(Code { language, first: true, line_end: true }));
    let plain = Look { code: true, ..Look::default() };
    let mut at = 0;
    if let Some(language) = languages::find(name) {
        // The end of the line belongs to the state.
        let (found, end) = tokens(language, *state, &format!("{code}\n"));
        *state = end;
        for (range, token) in found {
            let (from, to) = (range.start.min(code.len()), range.end.min(code.len()));
            block.push(code.get(at..from).unwrap_or_default(), plain);
            let look = Look { token: Some(token), ..plain };
            block.push(code.get(from..to).unwrap_or_default(), look);
            at = to;
        }
    }
    block.push(code.get(at..).unwrap_or_default(), plain);
    block
}

/// Takes the head away that was only there for the parser.
fn without_head(block: &mut Block) {
    let Kind::Table(table) = &mut block.kind else { return };
    let columns = table.columns.len();
    table.head = false;
    table.cells.drain(..columns.min(table.cells.len()));
    let cut = table.cells.first().map_or(block.text.len(), |c| c.start);
    let moved = |r: &Range<usize>| r.start.saturating_sub(cut)..r.end.saturating_sub(cut);
    for cell in &mut table.cells {
        *cell = moved(cell);
    }
    block.text.drain(..cut);
    for (range, _) in &mut block.spans {
        *range = moved(range);
    }
    block.spans.retain(|(range, _)| !range.is_empty());
    for link in &mut block.links {
        link.range = moved(&link.range);
    }
    block.links.retain(|link| !link.range.is_empty());
}

/// Markdown, of which `skip` bytes at the beginning are not the document's.
fn flow(text: &str, skip: usize) -> Vec<Block> {
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let parser = Parser::new_ext(text, options);
    let mut definitions: Vec<Range<usize>> =
        parser.reference_definitions().iter().map(|(_, d)| d.span.clone()).collect();
    definitions.sort_unstable_by_key(|d| d.start);
    let mut builder = Builder { skip, ..Builder::default() };
    for (event, range) in parser.into_offset_iter() {
        builder.event(event, &range);
    }
    builder.finish();
    let mut blocks = builder.blocks;
    // What only names an address for others is shown too: nothing that was written is hidden.
    for range in definitions {
        let mut block = Block::new(Kind::Paragraph);
        block.push(text.get(range.clone()).unwrap_or_default().trim(), Look::default());
        block.source = range.start.saturating_sub(skip)..range.end.saturating_sub(skip);
        link_addresses(&mut block);
        let at = blocks.partition_point(|b| b.source.start <= block.source.start);
        blocks.insert(at, block);
    }
    blocks
}

/// Makes blocks of the parser's events.
#[derive(Default)]
struct Builder {
    blocks: Vec<Block>,
    block: Option<Block>,
    levels: Vec<Level>,
    /// Number of the next item of each list.
    lists: Vec<Option<u64>>,
    /// A list was ended, and another one begins.
    ended: bool,
    marker: Option<Marker>,
    strong: usize,
    emphasis: usize,
    strike: usize,
    /// Where a link began, and where it leads.
    link: Option<(usize, String)>,
    /// Where a picture began, and where it is.
    picture: Option<(usize, String)>,
    info: String,
    cell: usize,
    source: Range<usize>,
    skip: usize,
}

impl Builder {
    fn look(&self) -> Look {
        Look {
            strong: self.strong > 0,
            emphasis: self.emphasis > 0,
            strike: self.strike > 0,
            ..Look::default()
        }
    }

    fn begin(&mut self, kind: Kind) {
        self.flush();
        self.block = Some(Block::new(kind));
    }

    fn text(&mut self, text: &str, look: Look) {
        self.block.get_or_insert_with(|| Block::new(Kind::Paragraph)).push(text, look);
    }

    /// Where text would be added.
    fn place(&self) -> usize {
        self.block.as_ref().map_or(0, |b| b.text.len())
    }

    fn flush(&mut self) {
        let Some(mut block) = self.block.take() else { return };
        if let Kind::Code(_) = block.kind {
            let code = block.text.strip_suffix('\n').unwrap_or(&block.text);
            block = coloured(code, &self.info, &mut State::default());
        } else {
            // The last cells of a table may be empty, and are there.
            if !matches!(block.kind, Kind::Table(_)) {
                block.trim_end();
            }
            link_addresses(&mut block);
        }
        let shown = !block.text.is_empty() || matches!(block.kind, Kind::Rule | Kind::Code(_));
        if shown || self.marker.is_some() {
            self.add(block);
        }
    }

    fn add(&mut self, mut block: Block) {
        block.levels = self.levels.iter().copied().take(DEEP).collect();
        block.marker = self.marker.take();
        let ended = std::mem::take(&mut self.ended);
        block.close = !self.lists.is_empty() && !self.blocks.is_empty() && !ended;
        let (from, to) = (self.source.start, self.source.end);
        block.source = from.saturating_sub(self.skip)..to.saturating_sub(self.skip);
        self.blocks.push(block);
    }

    fn finish(&mut self) {
        self.flush();
    }

    fn event(&mut self, event: Event<'_>, range: &Range<usize>) {
        if self.block.is_none() {
            self.source = range.clone();
        }
        self.source.end = self.source.end.max(range.end);
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => {
                let look = self.look();
                self.text(&text, look);
            }
            Event::Code(text) => {
                let look = Look { code: true, ..self.look() };
                self.text(&text, look);
            }
            Event::Html(text)
            | Event::InlineHtml(text)
            | Event::InlineMath(text)
            | Event::DisplayMath(text)
            | Event::FootnoteReference(text) => {
                let look = self.look();
                self.text(&text, look);
            }
            // A line that was ended by whoever wrote it ends.
            Event::SoftBreak | Event::HardBreak => {
                let look = self.look();
                self.text("\n", look);
            }
            Event::Rule => {
                self.begin(Kind::Rule);
                self.flush();
            }
            Event::TaskListMarker(done) => self.marker = Some(Marker::Task(done)),
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Heading { level, .. } => self.begin(Kind::Heading(level_of(level))),
            Tag::BlockQuote(_) => {
                self.flush();
                self.levels.push(Level::Quote);
            }
            Tag::CodeBlock(kind) => {
                let code = Code { language: "".into(), first: true, line_end: true };
                self.begin(Kind::Code(code));
                self.info = match kind {
                    CodeBlockKind::Fenced(info) => info.into_string(),
                    CodeBlockKind::Indented => String::new(),
                };
            }
            Tag::HtmlBlock => self.begin(Kind::Html),
            Tag::List(first) => {
                self.flush();
                self.lists.push(first);
            }
            Tag::Item => {
                self.flush();
                self.levels.push(Level::Item);
                self.marker = Some(match self.lists.last_mut() {
                    Some(Some(number)) => {
                        *number = number.saturating_add(1);
                        Marker::Number(*number - 1)
                    }
                    _ => Marker::Bullet,
                });
            }
            Tag::Table(columns) => {
                let side = |a: &Alignment| match a {
                    Alignment::Center => Side::Centre,
                    Alignment::Right => Side::Right,
                    Alignment::None | Alignment::Left => Side::Left,
                };
                let columns = columns.iter().map(side).collect();
                self.begin(Kind::Table(Table { columns, cells: Vec::new(), head: true }));
            }
            Tag::TableRow => self.text("\n", Look::default()),
            Tag::TableCell => {
                let first = matches!(&self.block, Some(Block { kind: Kind::Table(t), .. })
                    if t.cells.len().is_multiple_of(t.columns.len().max(1)));
                if !first {
                    self.text("\t", Look::default());
                }
                self.cell = self.place();
            }
            Tag::Emphasis => self.emphasis += 1,
            Tag::Strong => self.strong += 1,
            Tag::Strikethrough => self.strike += 1,
            Tag::Link { dest_url, .. } => {
                self.link = Some((self.place(), dest_url.into_string()));
            }
            Tag::Image { dest_url, .. } => {
                self.picture = Some((self.place(), dest_url.into_string()));
                let look = self.look();
                self.text(tr!("chat-image"), look);
            }
            Tag::Paragraph => self.begin(Kind::Paragraph),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph
            | TagEnd::Heading(_)
            | TagEnd::CodeBlock
            | TagEnd::HtmlBlock
            | TagEnd::Table => self.flush(),
            TagEnd::BlockQuote(_) => {
                self.flush();
                self.levels.pop();
            }
            TagEnd::List(_) => {
                self.flush();
                self.lists.pop();
                self.ended = self.lists.is_empty();
            }
            TagEnd::Item => {
                self.flush();
                if self.marker.is_some() {
                    self.add(Block::new(Kind::Paragraph));
                }
                self.levels.pop();
            }
            TagEnd::TableCell => {
                let range = self.cell..self.place();
                if let Some(Block { kind: Kind::Table(table), .. }) = &mut self.block {
                    table.cells.push(range);
                }
            }
            TagEnd::Emphasis => self.emphasis = self.emphasis.saturating_sub(1),
            TagEnd::Strong => self.strong = self.strong.saturating_sub(1),
            TagEnd::Strikethrough => self.strike = self.strike.saturating_sub(1),
            TagEnd::Link => {
                if let Some((from, address)) = self.link.take() {
                    self.linked(from, address);
                }
            }
            TagEnd::Image => {
                if let Some((from, address)) = self.picture.take()
                    // A picture in a link leads where the link does.
                    && self.link.is_none()
                {
                    self.linked(from, address);
                }
            }
            _ => {}
        }
    }

    /// What was added from `from` on leads to an address.
    fn linked(&mut self, from: usize, address: String) {
        let look = self.look();
        let Some(block) = &mut self.block else { return };
        let text = block.text.get(from..).unwrap_or_default();
        // A text that is an address must be the one that it leads to.
        let poses = text.contains("://") && text != address;
        let opens = address::opens(&address);
        if !opens || poses || text.trim().is_empty() {
            let end = address.floor_char_boundary(SHOWN);
            let more = if end < address.len() { "…" } else { "" };
            let shown = address.get(..end).unwrap_or_default();
            if !shown.is_empty() && text != address {
                block.push(&format!(" ({shown}{more})"), look);
            }
        }
        if opens {
            let range = from..block.text.len();
            mark_link(block, &range);
            block.links.push(Link { range, address });
        }
    }
}

fn level_of(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}
