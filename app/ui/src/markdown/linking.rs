//! Links within a block.

use super::address;
use super::block::{Block, Link, Look};
use std::ops::Range;

/// Makes links of the addresses that stand in the text.
pub(super) fn link_addresses(block: &mut Block) {
    if !block.text.contains("://") {
        return;
    }
    let mut found = Vec::new();
    // What looks different may be one address: only code and links break it.
    let mut run: Option<Range<usize>> = None;
    let mut runs = Vec::new();
    for (range, look) in &block.spans {
        if look.code || look.link {
            runs.extend(run.take());
        } else {
            run = Some(run.map_or(range.clone(), |r| r.start..range.end));
        }
    }
    runs.extend(run);
    for run in runs {
        let text = block.text.get(run.clone()).unwrap_or_default();
        for at in address::find(text) {
            let address = text.get(at.clone()).unwrap_or_default();
            if address::opens(address) {
                let range = run.start + at.start..run.start + at.end;
                found.push(Link { range, address: address.to_owned() });
            }
        }
    }
    for link in found {
        mark_link(block, &link.range);
        block.links.push(link);
    }
    block.links.sort_by_key(|l| l.range.start);
}

/// Gives a stretch of text the look of a link.
pub(super) fn mark_link(block: &mut Block, range: &Range<usize>) {
    let mut spans = Vec::with_capacity(block.spans.len() + 2);
    for (span, look) in block.spans.drain(..) {
        let from = range.start.clamp(span.start, span.end);
        let to = range.end.clamp(span.start, span.end);
        let linked = Look { link: true, ..look };
        for (part, look) in [(span.start..from, look), (from..to, linked), (to..span.end, look)] {
            if !part.is_empty() {
                spans.push((part, look));
            }
        }
    }
    block.spans = spans;
}
