//! Commands that wait for a person's word and are not seen in the conversation: above the field.

use super::approval;
use super::entries::{Entries, column};
use super::words::{self, one_line};
use crate::conversations::marks;
use crate::icons::{self, Icon};
use crate::tokens::{self, radius, size, space};
use egui::{
    Id, Rect, ScrollArea, Sense, Stroke, StrokeKind, Ui, UiBuilder, WidgetInfo, accesskit::Role,
    pos2, vec2,
};
use multiclaw_core::Command;
use multiclaw_core::model::{Approval, ChatThread, Model};
use multiclaw_core::tr;
use std::sync::Arc;

/// Height of a line.
const LINE: f32 = 40.0;
/// Lines for other conversations.
const OTHERS: usize = 2;

/// A line of the bar.
enum Line {
    /// Its card is elsewhere in this conversation.
    Show(Arc<Approval>),
    /// It belongs to another conversation.
    Open(Arc<Approval>),
    /// There are more of those.
    More(usize),
}

/// What is said above the field.
pub(super) struct Bar {
    lines: Vec<Line>,
    /// A command of this conversation that belongs to no tool call that is known.
    card: Option<(Arc<Approval>, approval::Laid)>,
    /// What of the card is seen.
    part: f32,
    width: f32,
}

pub(super) fn lay_out(
    ui: &Ui,
    entries: &Entries,
    model: &Model,
    thread: &ChatThread,
    own: &[Arc<Approval>],
    width: f32,
    most: f32,
) -> Bar {
    let width = column(width);
    let mut lines = Vec::new();
    let mut card = None;
    for each in own {
        if entries.has_tool(each) {
            if !entries.shows(each) {
                lines.push(Line::Show(Arc::clone(each)));
            }
        } else if card.is_none() {
            card = Some((Arc::clone(each), approval::lay_out(ui, each, width)));
        }
    }
    let others = model.chat.approvals.iter().filter(|a| !super::thread::is_of(a, &thread.key));
    let count = others.clone().count();
    for each in others.take(OTHERS) {
        lines.push(Line::Open(Arc::clone(each)));
    }
    if count > OTHERS {
        lines.push(Line::More(count - OTHERS));
    }
    let part = card.as_ref().map_or(0.0, |(_, laid)| laid.height.min(most));
    Bar { lines, card, part, width }
}

impl Bar {
    pub(super) fn height(&self) -> f32 {
        #[expect(clippy::cast_precision_loss, reason = "a few")]
        let lines = self.lines.len() as f32 * (LINE + space::XS);
        let card = if self.card.is_some() { self.part + space::S } else { 0.0 };
        lines + card
    }

    pub(super) fn show(
        &self,
        ui: &mut Ui,
        rect: Rect,
        entries: &mut Entries,
        blocked: Option<&str>,
        commands: &mut Vec<Command>,
    ) {
        let left = rect.center().x - self.width / 2.0;
        let mut y = rect.top();
        if let Some((approval, laid)) = &self.card {
            let place = Rect::from_min_size(pos2(left, y), vec2(self.width, self.part));
            let builder = UiBuilder::new().max_rect(place).id_salt("chat waiting card");
            ui.scope_builder(builder, |ui| {
                ui.spacing_mut().scroll.fade.strength = 0.0;
                ScrollArea::vertical().max_height(self.part).show(ui, |ui| {
                    let wanted = vec2(self.width, laid.height);
                    let (rect, _) = ui.allocate_exact_size(wanted, Sense::hover());
                    entries.cards.show(ui, rect, approval, laid, blocked, commands);
                });
            });
            y += self.part + space::S;
        }
        for line in &self.lines {
            let place = Rect::from_min_size(pos2(left, y), vec2(self.width, LINE));
            match line {
                Line::Show(approval) => {
                    let text = tr!("chat-waits-command", command = words::flat(&approval.command));
                    if row(ui, place, &approval.id, &text, tr!("chat-waits-show")) {
                        entries.show_tool(approval);
                        ui.ctx().request_repaint();
                    }
                }
                Line::Open(approval) => {
                    let title = words::flat(&approval.title);
                    let text = tr!("chat-waits-elsewhere", title = title);
                    if row(ui, place, &approval.id, &text, tr!("chat-waits-open")) {
                        commands.push(Command::OpenChat(Some(approval.key.clone())));
                    }
                }
                Line::More(count) => {
                    let text = tr!("chat-waits-more", count = *count);
                    row(ui, place, "more", &text, "");
                }
            }
            y += LINE + space::XS;
        }
    }
}

fn row(ui: &mut Ui, rect: Rect, id: &str, text: &str, act: &str) -> bool {
    let t = tokens::of(ui.ctx());
    ui.painter().rect_filled(rect, radius::CONTROL, t.warning.gamma_multiply(0.10));
    let line = Stroke::new(1.0, t.warning.gamma_multiply(0.6));
    ui.painter().rect_stroke(rect, radius::CONTROL, line, StrokeKind::Inside);
    let mark = Rect::from_center_size(pos2(rect.left() + 20.0, rect.center().y), vec2(15.0, 15.0));
    icons::paint(ui.painter(), mark, Icon::Shield, t.warning);
    let left = rect.left() + 38.0;
    let galley = one_line(ui, text, size::SMALL + 0.5, t.text, rect.right() - 70.0 - left);
    let at = pos2(left, rect.center().y - galley.size().y / 2.0);
    let place = Rect::from_min_size(at, galley.size());
    let label = ui.interact(place, Id::unique(("chat waits", id)), Sense::hover());
    label.widget_info(|| WidgetInfo::labeled(Role::Status, true, text));
    ui.painter().galley(at, galley, t.text);
    if act.is_empty() {
        return false;
    }
    let inner = rect.shrink2(vec2(space::S, 0.0));
    super::bits::in_row(ui, inner, egui::Align::Max, |ui| marks::quiet(ui, act).clicked())
}
