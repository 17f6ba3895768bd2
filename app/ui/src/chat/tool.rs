//! A tool call as a card.

use super::bits::{card, chevron, in_row, site};
use super::layout::{INSET, LABEL, LINE, Pane, Side, TOOL, ToolParts};
use super::paint::{Asked, Held, Scene};
use super::words::{self, one_line};
use crate::conversations::marks;
use crate::icons::{self, Icon};
use crate::tokens::{self, Tokens, radius, size, space};
use egui::{
    Align, Color32, CursorIcon, FontFamily, FontId, Id, Rect, Sense, Stroke, StrokeKind, Ui,
    WidgetInfo, accesskit::Role, pos2, vec2,
};
use multiclaw_core::Command;
use multiclaw_core::model::{Text, ToolCall, ToolState};
use multiclaw_core::tr;

pub(super) fn show(
    ui: &mut Ui,
    scene: &Scene<'_>,
    parts: &ToolParts,
    call: &ToolCall,
    held: &mut Held<'_>,
    commands: &mut Vec<Command>,
) -> Option<Asked> {
    let Scene { column, entry, around, .. } = *scene;
    let t = tokens::of(ui.ctx());
    let line = Rect::from_min_size(column.min, vec2(column.width(), TOOL));
    let button = ui.interact(line, Id::unique(("chat tool", &entry.id)), Sense::click());
    let waits = parts.approval.is_some();
    let state = if waits { ToolState::Waiting } else { call.state };
    button.widget_info(|| WidgetInfo::labeled(Role::Button, true, said(call, state)));
    ui.painter().rect_filled(column, radius::CONTROL, t.surface);
    // A question in it has a frame of its own.
    let edge = Stroke::new(1.0, t.line);
    ui.painter().rect_stroke(column, radius::CONTROL, edge, StrokeKind::Inside);
    if button.hovered() {
        ui.painter().rect_filled(line.shrink(1.0), radius::CONTROL, t.raised);
    }
    marks::focus(ui, line, radius::CONTROL, &button);
    head(ui, &t, line, call, state, parts.open, held);
    if let Some((y, laid, approval)) = &parts.approval {
        let at = column.min + vec2(6.0, *y);
        let rect = Rect::from_min_size(at, vec2(column.width() - 12.0, laid.height));
        held.cards.show(ui, rect, approval, laid, around.blocked, commands);
    }
    if parts.open {
        body(ui, scene, parts, call, held, commands);
    }
    button.on_hover_cursor(CursorIcon::PointingHand).clicked().then_some(Asked::Toggle)
}

/// What a screen reader is told.
fn said(call: &ToolCall, state: ToolState) -> String {
    let mut all = vec![call.name.clone()];
    all.extend((!call.summary.is_empty()).then(|| words::flat(&call.summary)));
    all.push(words::state(state).to_owned());
    all.extend((!call.took.is_empty()).then(|| call.took.clone()));
    all.extend(call.exit.map(|code| tr!("chat-tool-exit-code", code = code)));
    all.join(", ")
}

fn head(
    ui: &Ui,
    t: &Tokens,
    line: Rect,
    call: &ToolCall,
    state: ToolState,
    open: bool,
    held: &mut Held<'_>,
) {
    let y = line.center().y;
    chevron(ui, pos2(line.left() + 15.0, y), open);
    let mark = Rect::from_center_size(pos2(line.left() + 36.0, y), vec2(16.0, 16.0));
    match &call.link {
        Some(link) => site(ui, mark, link, held.pictures),
        None => icons::paint(ui.painter(), mark, icon(&call.name), t.muted),
    }
    let right = status(ui, t, line, call, state);
    let left = mark.right() + 10.0;
    let font = FontId::new(size::SMALL, FontFamily::Monospace);
    let name = words::flat(&call.name);
    let mut job = egui::text::LayoutJob::simple_singleline(name, font, t.text);
    let most = (right - left).max(0.0);
    job.wrap = egui::text::TextWrapping::truncate_at_width(most);
    let name = ui.fonts_mut(|f| f.layout_job(job));
    let after = left + name.size().x + 10.0;
    ui.painter().galley(pos2(left, y - name.size().y / 2.0), name, t.text);
    if right - after > 24.0 {
        let summary = words::flat(&call.summary);
        let summary = one_line(ui, &summary, size::SMALL + 0.5, t.muted, right - after);
        ui.painter().galley(pos2(after, y - summary.size().y / 2.0), summary, t.muted);
    }
}

/// State, time and exit code, at the right; where they begin.
fn status(ui: &Ui, t: &Tokens, line: Rect, call: &ToolCall, state: ToolState) -> f32 {
    let y = line.center().y;
    let colour = colour(t, state);
    let strong = !matches!(state, ToolState::Done | ToolState::Stopped);
    let ink = if strong { t.text } else { t.muted };
    let word = one_line(ui, words::state(state), size::SMALL, ink, 140.0);
    let mut x = line.right() - INSET - word.size().x;
    ui.painter().galley(pos2(x, y - word.size().y / 2.0), word, ink);
    x -= 12.0;
    if state == ToolState::Done {
        let mark = Rect::from_center_size(pos2(x, y), vec2(11.0, 11.0));
        icons::paint(ui.painter(), mark, Icon::Check, colour);
    } else {
        ui.painter().circle_filled(pos2(x, y), 4.0, colour);
    }
    x -= 8.0;
    let mut facts = Vec::new();
    facts
        .extend(call.exit.filter(|code| *code != 0).map(|code| tr!("chat-tool-exit", code = code)));
    facts.extend((!call.took.is_empty()).then(|| call.took.clone()));
    if !facts.is_empty() && line.width() > 420.0 {
        let facts = one_line(ui, &facts.join("  ·  "), size::SMALL, t.muted, 160.0);
        x -= facts.size().x + space::XS;
        ui.painter().galley(pos2(x, y - facts.size().y / 2.0), facts, t.muted);
    }
    x - space::M
}

fn colour(t: &Tokens, state: ToolState) -> Color32 {
    match state {
        ToolState::Running => t.accent,
        ToolState::Waiting => t.warning,
        ToolState::Done => t.good,
        ToolState::Failed | ToolState::Denied => t.bad,
        ToolState::Stopped => t.muted,
    }
}

/// What kind of tool it is, by its name.
fn icon(name: &str) -> Icon {
    let name = name.to_ascii_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
    if has(&["exec", "bash", "shell", "process", "terminal"]) {
        Icon::Terminal
    } else if has(&["edit", "write", "patch"]) {
        Icon::Edit
    } else if has(&["search", "grep", "find", "glob"]) {
        Icon::Search
    } else if has(&["web", "browser", "fetch", "http"]) {
        Icon::Globe
    } else if has(&["read", "file", "pdf"]) {
        Icon::Document
    } else if has(&["memory", "think"]) {
        Icon::Spark
    } else if has(&["session", "message", "agent"]) {
        Icon::Chat
    } else if has(&["cron", "time"]) {
        Icon::Clock
    } else if has(&["image", "canvas", "screen"]) {
        Icon::Desktop
    } else {
        Icon::Settings
    }
}

fn body(
    ui: &mut Ui,
    scene: &Scene<'_>,
    parts: &ToolParts,
    call: &ToolCall,
    held: &mut Held<'_>,
    commands: &mut Vec<Command>,
) {
    let Scene { column, entry, .. } = *scene;
    let t = tokens::of(ui.ctx());
    if let (Some(y), Some(link)) = (parts.link, &call.link) {
        let width = (column.width() - 2.0 * INSET).min(380.0);
        let at = column.min + vec2(INSET, y);
        let rect = Rect::from_min_size(at, vec2(width, super::layout::CARD));
        let id = Id::unique(("chat tool link", &entry.id));
        card(ui, id, rect, link, held.pictures, commands);
    }
    if let Some(pane) = parts.input {
        side(ui, scene, Side::Input, tr!("chat-tool-input"), &call.input, pane, held);
    }
    if let Some(pane) = parts.output {
        side(ui, scene, Side::Output, tr!("chat-tool-output"), &call.output, pane, held);
    } else if matches!(call.state, ToolState::Done | ToolState::Failed) {
        let y = column.bottom() - space::S - LINE / 2.0 - parts.cut.map_or(0.0, |_| LINE);
        let none =
            one_line(ui, tr!("chat-tool-said-nothing"), size::SMALL, t.muted, column.width());
        let at = pos2(column.left() + INSET, y - none.size().y / 2.0);
        ui.painter().galley(at, none, t.muted);
    }
    if let Some(y) = parts.cut {
        let top = column.top() + y;
        let from = pos2(column.left() + INSET, top);
        let rect = Rect::from_min_max(from, pos2(column.right() - INSET, top + LINE));
        let text = tr!("chat-tool-cut", size = words::bytes(call.cut));
        let load = in_row(ui, rect, Align::Min, |ui| {
            ui.label(egui::RichText::new(text).small().color(t.muted));
            marks::quiet(ui, tr!("chat-tool-load-all")).clicked()
        });
        if load && scene.around.blocked.is_none() {
            commands.push(Command::LoadToolOutput(entry.id.clone()));
        }
    }
}

fn side(
    ui: &mut Ui,
    scene: &Scene<'_>,
    which: Side,
    name: &str,
    text: &Text,
    pane: Pane,
    held: &mut Held<'_>,
) {
    let Scene { column, entry, .. } = *scene;
    let t = tokens::of(ui.ctx());
    let top = column.top() + pane.y;
    let left = column.left() + INSET;
    let label = Rect::from_min_max(pos2(left, top), pos2(column.right() - INSET, top + LABEL));
    let copied = in_row(ui, label, Align::Max, |ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        marks::quiet(ui, tr!("chat-copy")).clicked()
    });
    if copied {
        ui.ctx().copy_text(text.to_string());
    }
    let size = u64::try_from(text.len()).unwrap_or(u64::MAX);
    let title = format!("{name}  ·  {}", words::bytes(size));
    let title = one_line(ui, &title, size::SMALL, t.muted, label.width() - 60.0);
    let at = pos2(left, label.center().y - title.size().y / 2.0);
    ui.painter().galley(at, title, t.muted);
    let width = column.width() - 2.0 * INSET;
    let rect = Rect::from_min_size(pos2(left, top + LABEL), vec2(width, pane.height));
    ui.painter().rect_filled(rect, radius::CONTROL, t.background);
    ui.painter().rect_stroke(rect, radius::CONTROL, Stroke::new(1.0, t.line), StrokeKind::Inside);
    let group = ui.interact(rect, Id::unique(("chat side", &entry.id, which)), Sense::hover());
    group.widget_info(|| {
        let start = text.with(|text| {
            text.get(..text.floor_char_boundary(2_000)).unwrap_or_default().to_owned()
        });
        WidgetInfo::labeled(Role::Group, true, format!("{name}: {start}"))
    });
    if let Some(plain) = held.kept.plains.get_mut(&(entry.id.clone(), which)) {
        let id = Id::unique(("chat plain", &entry.id, which));
        let finder = scene.around.finder;
        let found = finder.map(|f| f.marks(&entry.id, Some(which))).unwrap_or_default();
        plain.show_marked(ui, id, rect, &found);
    }
}
