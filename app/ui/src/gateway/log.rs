//! The end of the gateway's log, as it is written.

use super::words;
use crate::icons::Icon;
use crate::parts::{Act, drop_down, empty, item, loading};
use crate::tokens::{self, radius, size, space};
use crate::widgets::{banner, card, line, search_field};
use egui::{
    FontFamily, FontId, Rect, RichText, ScrollArea, Sense, Ui, WidgetInfo, accesskit::Role, pos2,
    vec2,
};
use multiclaw_core::model::{Gateway, GatewayLog, GatewayLogLine, LogLevel};
use multiclaw_core::tr;
use std::fmt::Write as _;
use std::sync::Arc;

/// Height of a line, in points.
const ROW: f32 = 22.0;

/// State of the page.
#[derive(Default)]
pub(super) struct View {
    filter: String,
    least: LogLevel,
    all: bool,
    found: Found,
}

/// The lines that match, kept until the log or the filter changes.
#[derive(Default)]
struct Found {
    log: Option<Arc<Vec<Arc<GatewayLogLine>>>>,
    filter: String,
    least: LogLevel,
    rows: Vec<usize>,
}

impl View {
    pub(super) fn show(&mut self, ui: &mut Ui, gateway: &Gateway) {
        let Some(log) = &gateway.log else {
            loading(ui, Icon::Document, tr!("gateway-log-loading"), false);
            return;
        };
        if let Some(problem) = &log.problem {
            banner(ui, problem);
            ui.add_space(space::XS);
        }
        if log.lines.is_empty() {
            if log.problem.is_none() {
                let text = tr!("gateway-log-empty-text");
                empty(ui, Icon::Document, tr!("gateway-log-empty"), text, None);
            }
            return;
        }
        self.look(&log.lines);
        self.bar(ui, log);
        if self.found.rows.is_empty() {
            let text = tr!("gateway-log-nothing-text");
            empty(ui, Icon::Search, tr!("gateway-log-nothing"), text, None);
            return;
        }
        card(ui, 6).show(ui, |ui| {
            ui.set_min_size(ui.available_size() - vec2(0.0, space::S));
            ui.spacing_mut().item_spacing.y = 0.0;
            ScrollArea::vertical().auto_shrink(false).stick_to_bottom(true).show_rows(
                ui,
                ROW,
                self.found.rows.len(),
                |ui, range| {
                    let shown = self.found.rows.get(range).unwrap_or_default();
                    for entry in shown.iter().filter_map(|n| log.lines.get(*n)) {
                        row(ui, entry);
                    }
                },
            );
        });
    }

    fn bar(&mut self, ui: &mut Ui, log: &GatewayLog) {
        ui.horizontal(|ui| {
            search_field(ui, &mut self.filter, tr!("gateway-log-filter"), 260.0);
            let levels = [
                (LogLevel::Debug, tr!("gateway-log-everything")),
                (LogLevel::Info, tr!("gateway-log-info")),
                (LogLevel::Warning, tr!("gateway-log-warnings")),
                (LogLevel::Error, tr!("gateway-log-errors")),
            ];
            let least = if self.all { LogLevel::Debug } else { self.least };
            let now = levels.iter().find(|(l, _)| *l == least).map_or("", |(_, name)| *name);
            let mut chosen = None;
            drop_down(ui, tr!("gateway-log-which"), now, 190.0, None, |ui| {
                for (level, name) in levels {
                    if item(ui, name, level == least) {
                        chosen = Some(level);
                    }
                }
            });
            if let Some(level) = chosen {
                self.least = level;
                self.all = level == LogLevel::Debug;
            }
            let count = self.found.rows.len();
            let said = match log.dropped {
                0 => tr!("gateway-log-lines", count = count),
                older => tr!("gateway-log-lines-and-older", count = count, older = older),
            };
            ui.label(RichText::new(said).weak().size(size::SMALL));
            let right = egui::Layout::right_to_left(egui::Align::Center);
            ui.with_layout(right, |ui| {
                let copy =
                    Act::quiet(tr!("gateway-copy")).name(tr!("gateway-log-copy")).icon(Icon::Copy);
                if copy.show(ui).on_hover_text(&log.file).clicked() {
                    ui.ctx().copy_text(self.found.text());
                }
            });
        });
    }

    fn look(&mut self, lines: &Arc<Vec<Arc<GatewayLogLine>>>) {
        let least = if self.all { LogLevel::Debug } else { self.least };
        let found = &mut self.found;
        let same = found.log.as_ref().is_some_and(|known| Arc::ptr_eq(known, lines))
            && found.filter == self.filter
            && found.least == least;
        if same {
            return;
        }
        found.log = Some(Arc::clone(lines));
        found.filter.clone_from(&self.filter);
        found.least = least;
        let words: Vec<String> = self.filter.split_whitespace().map(str::to_lowercase).collect();
        let matches = |line: &GatewayLogLine| {
            let text = line.text.to_lowercase();
            words.iter().all(|word| text.contains(word.as_str()))
        };
        found.rows = lines
            .iter()
            .enumerate()
            .filter(|(_, l)| l.level >= least && (words.is_empty() || matches(l)))
            .map(|(n, _)| n)
            .collect();
    }
}

impl Found {
    fn text(&self) -> String {
        let mut text = String::new();
        for l in self.rows.iter().filter_map(|n| self.log.as_ref()?.get(*n)) {
            let _ = writeln!(text, "{} {} {}", l.time, words::level(l.level).0, l.text);
        }
        text
    }
}

fn row(ui: &mut Ui, entry: &GatewayLogLine) {
    let t = tokens::of(ui.ctx());
    let (rect, said) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    let (word, tone) = words::level(entry.level);
    let name = format!("{} {word}: {}", entry.time, entry.text);
    said.widget_info(|| WidgetInfo::labeled(Role::Row, true, &name));
    if said.hovered() {
        ui.painter().rect_filled(rect, radius::CONTROL, t.raised);
    }
    let inner = rect.shrink2(vec2(space::S, 0.0));
    let font = || FontId::new(size::SMALL, FontFamily::Monospace);
    let time = Rect::from_min_max(inner.min, pos2(inner.min.x + 74.0, inner.max.y));
    let level =
        Rect::from_min_max(pos2(time.max.x, inner.min.y), pos2(time.max.x + 66.0, inner.max.y));
    let text = Rect::from_min_max(pos2(level.max.x, inner.min.y), inner.max);
    line(ui, &entry.time, font(), t.muted, time);
    line(ui, word, font(), tone.colour(&t), level);
    let ink = if entry.level == LogLevel::Debug { t.muted } else { t.text };
    // One line; all of it is in the tip.
    let first = entry.text.lines().next().unwrap_or_default();
    line(ui, first, font(), ink, text);
    if said.clicked() {
        ui.ctx().copy_text(name);
    }
    said.on_hover_ui(|ui| {
        ui.set_max_width(640.0);
        ui.label(RichText::new(&entry.text).monospace().size(size::SMALL));
        ui.label(RichText::new(tr!("gateway-log-copy-line")).weak().small());
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_filtered_by_words_and_gravity() {
        let line = |number, level, text: &str| {
            Arc::new(GatewayLogLine { number, time: "14:00:00".into(), level, text: text.into() })
        };
        let lines = Arc::new(vec![
            line(1, LogLevel::Debug, "tick"),
            line(2, LogLevel::Info, "Agent main started"),
            line(3, LogLevel::Error, "model failed"),
        ]);
        let mut view = View::default();
        view.look(&lines);
        assert_eq!(view.found.rows, [1, 2]);
        view.all = true;
        view.look(&lines);
        assert_eq!(view.found.rows, [0, 1, 2]);
        (view.all, view.filter) = (false, "MAIN agent".into());
        view.look(&lines);
        assert_eq!(view.found.rows, [1]);
        assert_eq!(view.found.text(), "14:00:00 info Agent main started\n");
    }
}
