//! A message's text as blocks: plain text with spans of code and links, and fenced code.

use crate::markdown::address;
use std::ops::Range;

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Text that is read.
    Plain,
    /// Fenced code.
    Code,
}

/// How a stretch of a block looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Look {
    Plain,
    Code,
    Link,
}

/// A block of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Block {
    pub kind: Kind,
    /// What is shown.
    pub text: String,
    /// How it looks, in order and without gaps.
    pub spans: Vec<(Range<usize>, Look)>,
    /// Where the stretches of what is shown are in the message: shown from, source from.
    sources: Vec<(usize, usize)>,
    /// Where the block ends in the message.
    end: usize,
}

impl Block {
    fn new(kind: Kind) -> Self {
        Self { kind, text: String::new(), spans: Vec::new(), sources: Vec::new(), end: 0 }
    }

    fn push(&mut self, text: &str, source: usize, look: Look) {
        if text.is_empty() {
            return;
        }
        let at = self.text.len();
        self.sources.push((at, source));
        self.text.push_str(text);
        match self.spans.last_mut() {
            Some((range, last)) if *last == look && look != Look::Link => {
                range.end = self.text.len();
            }
            _ => self.spans.push((at..self.text.len(), look)),
        }
        self.end = source + text.len();
    }

    /// What is shown for a range of the message's bytes; `None` where nothing is.
    pub(crate) fn shown(&self, source: &Range<usize>) -> Option<Range<usize>> {
        let start = self.sources.first()?.1;
        if source.start >= self.end || source.end <= start {
            return None;
        }
        let place = |byte: usize| {
            let at = self.sources.partition_point(|(_, from)| *from <= byte).checked_sub(1);
            let Some(&(shown, from)) = at.and_then(|at| self.sources.get(at)) else { return 0 };
            let next = at.and_then(|at| self.sources.get(at + 1)).map_or(self.text.len(), |n| n.0);
            (shown + byte - from).min(next)
        };
        let range = place(source.start)..place(source.end);
        let whole = self.text.is_char_boundary(range.start)
            && self.text.is_char_boundary(range.end)
            && range.start < range.end;
        whole.then_some(range)
    }

    /// The links in it: where, and where to.
    pub(crate) fn links(&self) -> impl Iterator<Item = (Range<usize>, &str)> {
        self.spans
            .iter()
            .filter(|(_, look)| *look == Look::Link)
            .filter_map(|(range, _)| Some((range.clone(), self.text.get(range.clone())?)))
    }
}

/// Whether a line begins or ends a block of code.
pub(crate) fn is_fence(line: &str, in_code: bool) -> bool {
    let line = line.trim();
    let rest = line.trim_start_matches('`');
    // What follows an opening fence names a language; a closing one stands alone.
    line.len() - rest.len() >= 3 && !rest.contains('`') && (!in_code || rest.is_empty())
}

/// Reads a text that begins at byte `base` of the message.
pub(crate) fn parse(text: &str, base: usize, mut in_code: bool) -> Vec<Block> {
    let mut blocks = Vec::new();
    let kind = |in_code| if in_code { Kind::Code } else { Kind::Plain };
    let mut block = Block::new(kind(in_code));
    let mut at = base;
    for line in text.split_inclusive('\n') {
        let bare = line.strip_suffix('\n').unwrap_or(line);
        let bare = bare.strip_suffix('\r').unwrap_or(bare);
        if is_fence(bare, in_code) {
            in_code = !in_code;
            blocks.push(std::mem::replace(&mut block, Block::new(kind(in_code))));
        } else {
            if in_code {
                block.push(bare, at, Look::Code);
            } else {
                plain(&mut block, bare, at);
            }
            block.push(
                if line.ends_with('\n') { "\n" } else { "" },
                at + bare.len(),
                match in_code {
                    true => Look::Code,
                    false => Look::Plain,
                },
            );
        }
        at += line.len();
    }
    blocks.push(block);
    blocks.retain_mut(trim);
    if blocks.is_empty() && !text.trim().is_empty() {
        // Nothing but fences: they are what was meant.
        let mut block = Block::new(Kind::Plain);
        block.push(text.trim_end(), base, Look::Plain);
        blocks.push(block);
    }
    blocks
}

/// Takes empty lines off the ends of a block; whether something is left.
fn trim(block: &mut Block) -> bool {
    let end = block.text.trim_end().len();
    block.text.truncate(end);
    if block.kind == Kind::Plain {
        let skip: usize = block
            .text
            .split_inclusive('\n')
            .take_while(|l| l.trim().is_empty())
            .map(str::len)
            .sum();
        block.text.drain(..skip);
        for (range, _) in &mut block.spans {
            *range = range.start.saturating_sub(skip)..range.end.saturating_sub(skip);
        }
        let hidden = block.sources.partition_point(|(shown, _)| *shown < skip);
        block.sources.drain(..hidden);
        for (shown, _) in &mut block.sources {
            *shown -= skip;
        }
    }
    let end = block.text.len();
    block.spans.retain_mut(|(range, _)| {
        range.end = range.end.min(end);
        range.start < range.end
    });
    !block.text.is_empty()
}

/// A line of text: spans of code, links, and the rest.
fn plain(block: &mut Block, line: &str, base: usize) {
    let mut rest = 0;
    while let Some(open) = line.get(rest..).and_then(|l| l.find('`')).map(|at| at + rest) {
        let ticks = line.bytes().skip(open).take_while(|b| *b == b'`').count();
        let inside = open + ticks;
        let Some(close) = closing(line, inside, ticks) else {
            linked(block, line.get(rest..inside).unwrap_or_default(), base + rest);
            rest = inside;
            continue;
        };
        linked(block, line.get(rest..open).unwrap_or_default(), base + rest);
        block.push(line.get(inside..close).unwrap_or_default(), base + inside, Look::Code);
        rest = close + ticks;
    }
    linked(block, line.get(rest..).unwrap_or_default(), base + rest);
}

/// Where as many backticks as opened a span close it.
fn closing(line: &str, from: usize, ticks: usize) -> Option<usize> {
    let mut at = from;
    loop {
        at += line.get(at..)?.find('`')?;
        let run = line.bytes().skip(at).take_while(|b| *b == b'`').count();
        if run == ticks {
            return (at > from).then_some(at);
        }
        at += run;
    }
}

/// Text without code: links, and the rest.
fn linked(block: &mut Block, text: &str, base: usize) {
    let mut rest = 0;
    for link in address::find(text) {
        block.push(text.get(rest..link.start).unwrap_or_default(), base + rest, Look::Plain);
        let url = text.get(link.clone()).unwrap_or_default();
        block.push(url, base + link.start, Look::Link);
        rest = link.end;
    }
    block.push(text.get(rest..).unwrap_or_default(), base + rest, Look::Plain);
}
