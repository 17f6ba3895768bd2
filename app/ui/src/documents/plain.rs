//! Markdown shown as plain text with headings, lists and paragraphs.

use crate::tokens::{self, radius, size, space};
use egui::{FontFamily, Frame, Label, Margin, RichText, Sense, Stroke, Ui, vec2};
use multiclaw_core::tr;

/// A text, taken apart once.
#[derive(Default)]
pub(super) struct Text {
    source: String,
    blocks: Vec<Block>,
}

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Block {
    /// Level 1 to 6.
    Heading(u8, String),
    Paragraph(String),
    /// Depth from 0; a bullet or a number.
    Item(u8, String, String),
    Quote(String),
    Code(String),
    Rule,
}

impl Text {
    /// Paints it.
    pub(super) fn show(&mut self, ui: &mut Ui, source: &str) {
        if self.source != source || self.blocks.is_empty() {
            source.clone_into(&mut self.source);
            self.blocks = blocks(source);
        }
        let t = tokens::of(ui.ctx());
        if self.blocks.is_empty() {
            ui.label(RichText::new(tr!("documents-no-text")).color(t.muted));
        }
        ui.spacing_mut().item_spacing.y = 6.0;
        for block in &self.blocks {
            paint(ui, block);
        }
    }
}

fn paint(ui: &mut Ui, block: &Block) {
    let t = tokens::of(ui.ctx());
    let text = |text: RichText| Label::new(text).wrap().selectable(true);
    match block {
        Block::Heading(level, said) => {
            ui.add_space(space::S);
            let points = match level {
                1 => size::TITLE - 3.0,
                2 => size::STRONG,
                _ => size::BODY + 1.0,
            };
            ui.add(text(RichText::new(said).size(points)));
        }
        Block::Paragraph(said) => drop(ui.add(text(RichText::new(said)))),
        Block::Item(depth, mark, said) => {
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = 0.0;
                let indent = f32::from(*depth) * 20.0 + 4.0;
                ui.add_space(indent);
                let (rect, _) = ui.allocate_exact_size(vec2(22.0, 20.0), Sense::hover());
                if mark.is_empty() {
                    let at = egui::pos2(rect.min.x + 6.0, rect.center().y - 1.0);
                    ui.painter().circle_filled(at, 2.2, t.muted);
                } else {
                    let rect = rect.translate(vec2(0.0, -1.5));
                    crate::parts::line(ui, rect, mark, size::BODY, t.muted, egui::Align::Min);
                }
                ui.add(text(RichText::new(said)));
            });
        }
        Block::Quote(said) => {
            let shown = Frame::new()
                .inner_margin(Margin { left: 14, ..Margin::same(2) })
                .show(ui, |ui| ui.add(text(RichText::new(said).color(t.muted))));
            let x = shown.response.rect.min.x + 1.5;
            ui.painter().vline(x, shown.response.rect.y_range(), Stroke::new(3.0, t.line));
        }
        Block::Code(said) => {
            Frame::new()
                .fill(t.raised)
                .corner_radius(radius::CONTROL)
                .inner_margin(Margin::symmetric(12, 10))
                .show(ui, |ui| {
                    ui.set_width(ui.available_width());
                    let code = RichText::new(said).family(FontFamily::Monospace).size(size::SMALL);
                    ui.add(text(code));
                });
        }
        Block::Rule => {
            let wanted = vec2(ui.available_width(), space::M);
            let (rect, _) = ui.allocate_exact_size(wanted, Sense::hover());
            ui.painter().hline(rect.x_range(), rect.center().y, Stroke::new(1.0, t.line));
        }
    }
}

/// Takes a text apart. What is not understood stays a paragraph.
fn blocks(source: &str) -> Vec<Block> {
    let mut out = Vec::new();
    let mut code: Option<String> = None;
    // A paragraph goes on until a line that is something else.
    let mut open = false;
    for raw in source.lines() {
        let line = raw.trim_start();
        if line.starts_with("```") {
            match code.take() {
                Some(text) => out.push(Block::Code(text)),
                None => code = Some(String::new()),
            }
            open = false;
            continue;
        }
        if let Some(text) = &mut code {
            if !text.is_empty() {
                text.push('\n');
            }
            text.push_str(raw);
            continue;
        }
        let block = block(raw.len() - line.len(), line.trim_end());
        match (block, out.last_mut()) {
            (None, _) => open = false,
            (Some(Block::Paragraph(more)), Some(Block::Paragraph(text))) if open => {
                text.push(' ');
                text.push_str(&more);
            }
            (Some(Block::Quote(more)), Some(Block::Quote(text))) => {
                text.push('\n');
                text.push_str(&more);
            }
            (Some(block), _) => {
                open = matches!(block, Block::Paragraph(_));
                out.push(block);
            }
        }
    }
    out.extend(code.map(Block::Code));
    out
}

/// What a line is; nothing for an empty one.
fn block(indent: usize, line: &str) -> Option<Block> {
    if line.is_empty() {
        return None;
    }
    let hashes = line.chars().take_while(|c| *c == '#').count();
    if let Some(said) = line.get(hashes..).and_then(|rest| rest.strip_prefix(' '))
        && (1..=6).contains(&hashes)
    {
        return Some(Block::Heading(u8::try_from(hashes).unwrap_or(6), words(said.trim())));
    }
    let only = |mark: char| line.len() >= 3 && line.chars().all(|c| c == mark);
    if only('-') || only('*') || only('_') {
        return Some(Block::Rule);
    }
    let depth = u8::try_from((indent / 2).min(5)).unwrap_or(0);
    for mark in ["- ", "* ", "+ "] {
        if let Some(said) = line.strip_prefix(mark) {
            let said = said.strip_prefix("[ ] ").unwrap_or(said);
            return Some(Block::Item(depth, String::new(), words(said)));
        }
    }
    let digits = line.chars().take_while(char::is_ascii_digit).count();
    if (1..=3).contains(&digits)
        && let Some((number, said)) = line.split_once(['.', ')'])
        && number.len() == digits
        && said.starts_with(' ')
    {
        return Some(Block::Item(depth, format!("{number}."), words(said.trim())));
    }
    if let Some(said) = line.strip_prefix('>') {
        return Some(Block::Quote(words(said.trim())));
    }
    Some(Block::Paragraph(words(line)))
}

/// A line without the marks for bold, italic and code.
fn words(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find(['*', '`']) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let mark = ["**", "*", "`"].into_iter().find(|mark| from.starts_with(mark)).unwrap_or("*");
        let inner = from.get(mark.len()..).unwrap_or_default();
        // A mark stands before a word and has its like behind one.
        let end = inner.find(mark).filter(|end| *end > 0 && !inner.starts_with(' '));
        match end {
            Some(end) => {
                out.push_str(inner.get(..end).unwrap_or_default());
                rest = inner.get(end + mark.len()..).unwrap_or_default();
            }
            None => {
                out.push_str(mark);
                rest = inner;
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_taken_apart() {
        let item = |depth, mark: &str, text: &str| Block::Item(depth, mark.into(), text.into());
        let of = "# A\nb\nc\n\nd\n- e\n  * f\n2) g\n> h\n> i\n```rust\n# j\n\nk\n```\n---\n#l";
        assert_eq!(
            blocks(of),
            [
                Block::Heading(1, "A".into()),
                Block::Paragraph("b c".into()),
                Block::Paragraph("d".into()),
                item(0, "", "e"),
                item(1, "", "f"),
                item(0, "2.", "g"),
                Block::Quote("h\ni".into()),
                Block::Code("# j\n\nk".into()),
                Block::Rule,
                Block::Paragraph("#l".into()),
            ]
        );
        assert_eq!(blocks("```\nopen"), [Block::Code("open".into())]);
    }

    #[test]
    fn marks_are_left_out_and_signs_are_kept() {
        assert_eq!(words("a **b** *c* `d*e`"), "a b c d*e");
        assert_eq!(words("2 * 3 * 4, **open, `half"), "2 * 3 * 4, **open, `half");
        assert_eq!(words("1985. A year"), "1985. A year");
        assert_eq!(words("äö*ü*"), "äöü");
    }
}
