//! A command that waits for a person's word: what exactly will run, and the answers there are.

use super::words::spelled_out;
use crate::icons::{self, Icon};
use crate::parts::Act;
use crate::tokens::{self, Tokens, radius, size, space};
use egui::text::{LayoutJob, TextFormat};
use egui::{
    Align, FontFamily, FontId, Galley, Id, Layout, Rect, ScrollArea, Sense, Stroke, StrokeKind, Ui,
    UiBuilder, WidgetInfo, accesskit::Role, pos2, vec2,
};
use multiclaw_core::Command;
use multiclaw_core::model::{Approval, Decision};
use multiclaw_core::tr;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

/// Inside of the card.
const PAD: f32 = 14.0;
/// The question.
const HEAD: f32 = 26.0;
/// The buttons.
const BUTTONS: f32 = 36.0;
/// Tallest command that is seen at once; a taller one scrolls.
const TALLEST: f32 = 220.0;
/// Around the command.
const INSET: f32 = 10.0;
/// For so long after it appears a press is taken for one that was meant for what stood there
/// before, in seconds.
const SETTLE: f64 = 0.6;

/// Cards that are shown, and since when.
#[derive(Default)]
pub(super) struct Cards {
    since: HashMap<String, f64>,
}

/// A card in its places, from its top.
pub(super) struct Laid {
    command: Arc<Galley>,
    boxed: f32,
    facts: Arc<Galley>,
    warnings: Option<Arc<Galley>>,
    problem: Option<Arc<Galley>>,
    pub(super) height: f32,
}

/// Lays it out, this wide.
pub(super) fn lay_out(ui: &Ui, approval: &Approval, width: f32) -> Laid {
    let t = tokens::of(ui.ctx());
    let room = width - 2.0 * PAD;
    let (command, hidden) = command(ui, &t, &approval.command, room - 2.0 * INSET);
    let boxed = command.size().y.min(TALLEST) + 2.0 * INSET;
    let facts = facts(ui, &t, approval, room);
    let mut lines: Vec<String> = approval.warnings.clone();
    if hidden {
        lines.insert(0, tr!("chat-approval-hidden").to_owned());
    }
    let warnings = (!lines.is_empty()).then(|| {
        let mut job = LayoutJob::default();
        job.wrap.max_width = room - 22.0;
        let format = TextFormat::simple(FontId::proportional(size::SMALL + 0.5), t.warning);
        job.append(&lines.join("\n"), 0.0, format);
        ui.fonts_mut(|f| f.layout_job(job))
    });
    let problem = approval.problem.as_ref().map(|problem| {
        let font = FontId::proportional(size::SMALL + 0.5);
        ui.painter().layout(crate::sentence(problem), font, t.bad, room)
    });
    let mut height = PAD + HEAD + space::S + boxed + space::S + facts.size().y;
    for more in [&warnings, &problem].into_iter().flatten() {
        height += space::S + more.size().y;
    }
    height += space::M + BUTTONS + PAD;
    Laid { command, boxed, facts, warnings, problem, height }
}

/// The whole command, with what cannot be seen in it written out.
fn command(ui: &Ui, t: &Tokens, text: &str, width: f32) -> (Arc<Galley>, bool) {
    let font = FontId::new(size::SMALL + 0.5, FontFamily::Monospace);
    let mut job = LayoutJob::default();
    job.wrap.max_width = width;
    job.wrap.break_anywhere = true;
    let mut any = false;
    for (piece, hidden) in spelled_out(text) {
        let mut format = TextFormat::simple(font.clone(), t.text);
        if hidden {
            any = true;
            format.color = t.background;
            format.background = t.warning;
        }
        job.append(&piece, 0.0, format);
    }
    (ui.fonts_mut(|f| f.layout_job(job)), any)
}

fn facts(ui: &Ui, t: &Tokens, approval: &Approval, width: f32) -> Arc<Galley> {
    let font = || FontId::proportional(size::SMALL + 0.5);
    let mono = || FontId::new(size::SMALL, FontFamily::Monospace);
    let mut job = LayoutJob::default();
    job.wrap.max_width = width;
    job.wrap.break_anywhere = false;
    let host = match approval.host.as_str() {
        "" | "gateway" => tr!("chat-approval-this-computer"),
        other => other,
    };
    let all = [
        (tr!("chat-approval-folder"), approval.folder.as_str(), true),
        (tr!("chat-approval-program"), approval.program.as_str(), true),
        (tr!("chat-approval-runs-on"), host, false),
    ];
    let mut first = true;
    for (what, how, code) in all.into_iter().filter(|(_, how, _)| !how.is_empty()) {
        let start = if first { "" } else { "\n" };
        first = false;
        job.append(&format!("{start}{what}  "), 0.0, TextFormat::simple(font(), t.muted));
        for (piece, hidden) in spelled_out(how) {
            let font = if code { mono() } else { font() };
            let mut format = TextFormat::simple(font, t.text);
            if hidden {
                format.background = t.warning;
                format.color = t.background;
            }
            job.append(&piece.replace('\n', "\\n"), 0.0, format);
        }
    }
    ui.fonts_mut(|f| f.layout_job(job))
}

/// What a screen reader is told of it.
fn said(approval: &Approval) -> String {
    let command: String = spelled_out(&approval.command).into_iter().map(|(t, _)| t).collect();
    let mut text = match (approval.folder.as_str(), approval.program.as_str()) {
        ("", "") => tr!("chat-approval-said", command = command),
        (folder, "") => tr!("chat-approval-said-in", command = command, folder = folder),
        ("", program) => tr!("chat-approval-said-with", command = command, program = program),
        (folder, program) => {
            tr!("chat-approval-said-in-with", command = command, folder = folder, program = program)
        }
    };
    for warning in &approval.warnings {
        text.push_str(&format!(". {warning}"));
    }
    text
}

impl Cards {
    /// Forgets those that are gone.
    pub(super) fn keep(&mut self, all: &[Arc<Approval>]) {
        if !self.since.is_empty() {
            self.since.retain(|id, _| all.iter().any(|a| a.id == *id));
        }
    }

    /// Paints it with its top left corner in that of `rect`. `blocked`: why it cannot be answered.
    pub(super) fn show(
        &mut self,
        ui: &mut Ui,
        rect: Rect,
        approval: &Approval,
        laid: &Laid,
        blocked: Option<&str>,
        commands: &mut Vec<Command>,
    ) {
        let t = tokens::of(ui.ctx());
        let id = Id::unique(("approval", &approval.id));
        let whole = ui.interact(rect, id, Sense::hover());
        whole.widget_info(|| WidgetInfo::labeled(Role::Group, true, said(approval)));
        ui.painter().rect_filled(rect, radius::CONTROL, t.warning.gamma_multiply(0.10));
        let line = Stroke::new(1.0, t.warning);
        ui.painter().rect_stroke(rect, radius::CONTROL, line, StrokeKind::Inside);
        let inner = rect.shrink(PAD);
        let mut y = inner.top();
        head(ui, &t, Rect::from_min_size(inner.min, vec2(inner.width(), HEAD)), approval);
        y += HEAD + space::S;
        let boxed = Rect::from_min_size(pos2(inner.left(), y), vec2(inner.width(), laid.boxed));
        ui.painter().rect_filled(boxed, radius::CONTROL, t.surface);
        let line = Stroke::new(1.0, t.line);
        ui.painter().rect_stroke(boxed, radius::CONTROL, line, StrokeKind::Inside);
        text_in(ui, id, boxed.shrink(INSET), &laid.command, t.text);
        y += laid.boxed + space::S;
        ui.painter().galley(pos2(inner.left(), y), Arc::clone(&laid.facts), t.text);
        y += laid.facts.size().y;
        if let Some(warnings) = &laid.warnings {
            y += space::S;
            let mark = Rect::from_min_size(pos2(inner.left(), y + 1.0), vec2(14.0, 14.0));
            icons::paint(ui.painter(), mark, Icon::Warning, t.warning);
            let at = pos2(inner.left() + 22.0, y);
            ui.painter().galley(at, Arc::clone(warnings), t.warning);
            y += warnings.size().y;
        }
        if let Some(problem) = &laid.problem {
            y += space::S;
            ui.painter().galley(pos2(inner.left(), y), Arc::clone(problem), t.bad);
            y += problem.size().y;
        }
        y += space::M;
        let row = Rect::from_min_size(pos2(inner.left(), y), vec2(inner.width(), BUTTONS));
        self.buttons(ui, row, approval, blocked, commands);
    }

    fn buttons(
        &mut self,
        ui: &mut Ui,
        row: Rect,
        approval: &Approval,
        blocked: Option<&str>,
        commands: &mut Vec<Command>,
    ) {
        let now = ui.input(|i| i.time);
        let since = *self.since.entry(approval.id.clone()).or_insert(now);
        let settled = now - since >= SETTLE;
        if !settled {
            let rest = (SETTLE - (now - since)).max(0.0);
            ui.ctx().request_repaint_after(Duration::from_secs_f64(rest));
        }
        let blocked = blocked.or(approval.answering.then_some(tr!("chat-approval-on-its-way")));
        let builder = UiBuilder::new()
            .max_rect(row)
            .layout(Layout::left_to_right(Align::Center))
            .id_salt(("approval buttons", &approval.id));
        let decided = ui.scope_builder(builder, |ui| {
            ui.spacing_mut().item_spacing.x = space::S;
            let mut decided = None;
            for (decision, act) in [
                (Decision::AllowOnce, Act::primary(tr!("chat-approval-once"))),
                (Decision::AllowAlways, Act::plain(tr!("chat-approval-always"))),
                (Decision::Deny, Act::danger(tr!("chat-approval-deny"))),
            ] {
                if approval.allowed.contains(&decision)
                    && act.blocked(blocked).show(ui).clicked()
                    && settled
                {
                    decided = Some(decision);
                }
            }
            decided
        });
        if let Some(decision) = decided.inner {
            commands.push(Command::DecideApproval { id: approval.id.clone(), decision });
        }
    }
}

fn head(ui: &Ui, t: &Tokens, rect: Rect, approval: &Approval) {
    let mark = Rect::from_center_size(pos2(rect.left() + 9.0, rect.center().y), vec2(17.0, 17.0));
    icons::paint(ui.painter(), mark, Icon::Shield, t.warning);
    let right = if approval.answering {
        tr!("chat-approval-sending").to_owned()
    } else if approval.until.is_empty() {
        String::new()
    } else {
        tr!("chat-approval-until", time = approval.until.as_str())
    };
    let until = super::words::one_line(ui, &right, size::SMALL, t.muted, rect.width() * 0.5);
    let edge = rect.right() - until.size().x;
    let at = pos2(edge, rect.center().y - until.size().y / 2.0);
    ui.painter().galley(at, until, t.muted);
    let left = mark.right() + space::S;
    let text = tr!("chat-approval-question");
    let title = super::words::one_line(ui, text, size::BODY + 0.5, t.text, edge - space::S - left);
    let at = pos2(left, rect.center().y - title.size().y / 2.0);
    ui.painter().galley(at, title, t.text);
}

/// All of the command; it scrolls where it is taller than its box.
fn text_in(ui: &mut Ui, id: Id, rect: Rect, galley: &Arc<Galley>, ink: egui::Color32) {
    let builder = UiBuilder::new().max_rect(rect).id_salt(id.with("command"));
    ui.scope_builder(builder, |ui| {
        ui.shrink_clip_rect(rect.expand(2.0));
        ui.spacing_mut().scroll.fade.strength = 0.0;
        let area = ScrollArea::vertical().id_salt("command").auto_shrink(false);
        area.max_height(rect.height()).min_scrolled_height(rect.height()).show(ui, |ui| {
            let (place, response) = ui.allocate_exact_size(
                vec2(ui.available_width(), galley.size().y),
                Sense::click_and_drag(),
            );
            egui::text_selection::LabelSelectionState::label_text_selection(
                ui,
                &response,
                place.min,
                Arc::clone(galley),
                ink,
                Stroke::NONE,
            );
        });
    });
}
