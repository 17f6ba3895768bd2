//! The connection log: a table of what was connected to, newest first.

use crate::icons::Icon;
use crate::tokens::{self, radius, size, space};
use crate::widgets::{
    Column, Tone, card, columns, empty_state, icon_text, line, search_field, switch, table_header,
};
use egui::{FontId, Rect, RichText, ScrollArea, Sense, Ui, WidgetInfo, accesskit::Role, vec2};
use multiclaw_core::model::{LogEntry, Outcome};
use multiclaw_core::tr;
use std::fmt::Write as _;
use std::sync::Arc;

/// Height of a row, in points.
const ROW: f32 = 32.0;

/// Room for "118.4 KB received, 1.2 KB sent", in points.
const BYTES: f32 = 196.0;

/// What a column says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Cell {
    Time,
    Purpose,
    Destination,
    Proxy,
    Result,
    Bytes,
}

impl Cell {
    const ALL: [Self; 6] =
        [Self::Time, Self::Purpose, Self::Destination, Self::Proxy, Self::Result, Self::Bytes];

    fn name(self) -> &'static str {
        match self {
            Self::Time => tr!("connections-time"),
            Self::Purpose => tr!("connections-purpose"),
            Self::Destination => tr!("connections-destination"),
            Self::Proxy => tr!("connections-proxy"),
            Self::Result => tr!("connections-result"),
            Self::Bytes => tr!("connections-bytes"),
        }
    }
}

/// Columns and their widths.
type Table = [(Cell, f32)];

/// All columns.
const WIDE: [(Cell, f32); 6] = [
    (Cell::Time, 76.0),
    (Cell::Purpose, 0.26),
    (Cell::Destination, 0.36),
    (Cell::Proxy, 0.16),
    (Cell::Result, 0.26),
    (Cell::Bytes, BYTES),
];

/// Where no proxy is used.
const DIRECT: [(Cell, f32); 5] = [
    (Cell::Time, 76.0),
    (Cell::Purpose, 0.32),
    (Cell::Destination, 0.36),
    (Cell::Result, 0.32),
    (Cell::Bytes, BYTES),
];

/// What fits into a small window; the rest is in the tip of a row.
const SLIM: [(Cell, f32); 4] =
    [(Cell::Time, 66.0), (Cell::Purpose, 0.24), (Cell::Destination, 0.38), (Cell::Result, 0.38)];

fn titled(table: &Table) -> Vec<Column> {
    table.iter().map(|(cell, width)| Column { name: cell.name(), width: *width }).collect()
}

/// State of the table.
#[derive(Default)]
pub(super) struct Log {
    filter: String,
    refused: bool,
    found: Found,
}

/// The rows that match, kept until the log or the filter changes.
#[derive(Default)]
struct Found {
    log: Arc<Vec<LogEntry>>,
    filter: String,
    refused: bool,
    rows: Vec<usize>,
    proxied: bool,
}

impl Log {
    pub(super) fn show(&mut self, ui: &mut Ui, log: &Arc<Vec<LogEntry>>) {
        self.bar(ui);
        self.look(log);
        ui.add_space(space::XS);
        if self.found.rows.is_empty() {
            ui.add_space(space::XL);
            if log.is_empty() {
                let text = tr!("connections-none-text");
                empty_state(ui, Icon::Globe, tr!("connections-none"), text);
            } else {
                let text = tr!("connections-nothing-text");
                empty_state(ui, Icon::Search, tr!("connections-nothing"), text);
            }
            return;
        }
        let found = &self.found;
        card(ui, 0).show(ui, |ui| {
            let slim = ui.available_width() < 660.0;
            let table: &Table = match (slim, found.proxied) {
                (true, _) => &SLIM,
                (false, true) => &WIDE,
                (false, false) => &DIRECT,
            };
            ui.spacing_mut().item_spacing.y = 0.0;
            let of = titled(table);
            table_header(ui, &of);
            let height = ui.available_height() - space::L;
            let area = ScrollArea::vertical().auto_shrink([false, true]).max_height(height);
            area.show_rows(ui, ROW, found.rows.len(), |ui, range| {
                let shown = found.rows.get(range).unwrap_or_default();
                for entry in shown.iter().filter_map(|n| found.log.get(*n)) {
                    row(ui, entry, table, &of, slim);
                }
            });
        });
    }

    fn bar(&mut self, ui: &mut Ui) {
        ui.horizontal(|ui| {
            let room = ui.available_width() - 290.0;
            search_field(ui, &mut self.filter, tr!("connections-filter"), room.clamp(120.0, 320.0));
            ui.add_space(space::S);
            if switch(ui, self.refused, tr!("connections-refused-only")).clicked() {
                self.refused = !self.refused;
            }
            ui.label(RichText::new(tr!("connections-refused-only")).weak());
            let some = !self.found.rows.is_empty();
            let right = egui::Layout::right_to_left(egui::Align::Center);
            ui.with_layout(right, |ui| {
                if icon_text(ui, Icon::Copy, tr!("connections-copy"), some)
                    .on_hover_text(tr!("connections-copy-hint"))
                    .clicked()
                {
                    ui.ctx().copy_text(self.found.text());
                }
            });
        });
    }

    fn look(&mut self, log: &Arc<Vec<LogEntry>>) {
        let found = &mut self.found;
        let same = Arc::ptr_eq(&found.log, log)
            && found.filter == self.filter
            && found.refused == self.refused;
        if same {
            return;
        }
        found.log = Arc::clone(log);
        found.filter.clone_from(&self.filter);
        found.refused = self.refused;
        let words: Vec<String> = self.filter.split_whitespace().map(str::to_lowercase).collect();
        let refused = self.refused;
        found.rows = log
            .iter()
            .enumerate()
            .filter(|(_, e)| !refused || e.outcome == Outcome::Refused)
            .filter(|(_, e)| words.is_empty() || matches(e, &words))
            .map(|(n, _)| n)
            .collect();
        found.proxied = found.rows.iter().filter_map(|n| log.get(*n)).any(|e| !e.proxy.is_empty());
    }
}

impl Found {
    /// A line for each row, columns between tabs.
    fn text(&self) -> String {
        let mut text = Cell::ALL.map(Cell::name).join("\t");
        text.push('\n');
        for e in self.rows.iter().filter_map(|n| self.log.get(*n)) {
            let _ = writeln!(
                text,
                "{}\t{}\t{}:{}\t{}\t{}\t{}",
                e.when, e.purpose, e.host, e.port, e.proxy, e.result, e.bytes
            );
        }
        text
    }
}

/// All words are somewhere in the entry.
fn matches(entry: &LogEntry, words: &[String]) -> bool {
    let text = format!(
        "{} {} {}:{} {} {}",
        entry.when, entry.purpose, entry.host, entry.port, entry.proxy, entry.result
    )
    .to_lowercase();
    words.iter().all(|word| text.contains(word.as_str()))
}

fn tone(outcome: Outcome) -> Tone {
    match outcome {
        Outcome::Open => Tone::Accent,
        Outcome::Done => Tone::Good,
        Outcome::Failed => Tone::Warning,
        Outcome::Refused => Tone::Bad,
    }
}

fn row(ui: &mut Ui, entry: &LogEntry, table: &Table, of: &[Column], slim: bool) {
    let t = tokens::of(ui.ctx());
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    let to = format!("{}:{}", entry.host, entry.port);
    let name = format!("{} {}, {to}: {}", entry.when, entry.purpose, entry.result);
    response.widget_info(|| WidgetInfo::labeled(Role::Row, true, &name));
    if response.hovered() {
        ui.painter().rect_filled(rect, radius::CONTROL, t.raised);
    }
    let small = FontId::proportional(size::SMALL + 0.5);
    let places = columns(rect.shrink2(vec2(space::M, 0.0)), of);
    for ((cell, _), place) in table.iter().zip(places) {
        let mut place: Rect = place;
        let (text, mut ink) = match cell {
            Cell::Time => (entry.when.as_str(), t.muted),
            Cell::Purpose => (entry.purpose.as_str(), t.text),
            Cell::Destination => (to.as_str(), t.text),
            Cell::Proxy => (entry.proxy.as_str(), t.muted),
            Cell::Result => (entry.result.as_str(), tone(entry.outcome).colour(&t)),
            Cell::Bytes => (entry.bytes.as_str(), t.muted),
        };
        if *cell == Cell::Result {
            let centre = place.left_center() + vec2(4.0, 0.0);
            ui.painter().circle_filled(centre, 4.0, ink);
            place.min.x += 14.0;
            ink = t.text;
        }
        line(ui, text, small.clone(), ink, place);
    }
    response.on_hover_ui(|ui| {
        ui.label(&entry.purpose);
        let said = tr!("connections-when-and-where", when = &entry.when, destination = &to);
        ui.label(RichText::new(said).weak().small());
        ui.label(&entry.result);
        if slim && !entry.proxy.is_empty() {
            let said = tr!("connections-through", proxy = &entry.proxy);
            ui.label(RichText::new(said).weak().small());
        }
        if slim && !entry.bytes.is_empty() {
            ui.label(RichText::new(&entry.bytes).weak().small());
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(host: &str, outcome: Outcome) -> LogEntry {
        LogEntry {
            when: "14:03:22".into(),
            purpose: "Sign-in".into(),
            host: host.into(),
            port: 443,
            proxy: String::new(),
            result: "TLS 1.3".into(),
            outcome,
            bytes: "1 kB".into(),
        }
    }

    #[test]
    fn the_filter_wants_every_word_and_the_copy_has_what_is_listed() {
        let log = Arc::new(vec![
            entry("api.multiclaw.io", Outcome::Done),
            entry("evil.example", Outcome::Refused),
        ]);
        let mut table = Log { filter: "SIGN multiclaw".into(), ..Log::default() };
        table.look(&log);
        assert_eq!(table.found.rows, [0]);
        table.filter = "sign nowhere".into();
        table.look(&log);
        assert!(table.found.rows.is_empty());
        table.filter.clear();
        table.refused = true;
        table.look(&log);
        assert_eq!(table.found.rows, [1]);
        let text = table.found.text();
        assert!(text.ends_with("14:03:22\tSign-in\tevil.example:443\t\tTLS 1.3\t1 kB\n"), "{text}");
        assert_eq!(text.lines().count(), 2);
    }
}
