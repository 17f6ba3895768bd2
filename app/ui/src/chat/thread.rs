//! The open conversation.

use super::attach;
use super::composer::Composer;
use super::entries::Entries;
use super::find::Finder;
use super::header::{self, Header};
use super::paint::Around;
use super::question::Question;
use super::{link, waiting, words};
use crate::conversations::marks;
use crate::icons::Icon;
use crate::tokens::{self, space};
use crate::widgets::{banner, centred, empty_state, icon_button, secondary};
use egui::{
    Align, Id, Key, Layout, Margin, Modifiers, Rect, Sense, Stroke, TextEdit, Ui, UiBuilder,
    WidgetInfo, accesskit::Role, pos2, vec2,
};
use multiclaw_core::Command;
use multiclaw_core::model::{Approval, ChatThread, Model};
use multiclaw_core::tr;
use std::sync::Arc;

/// Height of the bar to find text.
const FIND: f32 = 48.0;
/// Height of the line that says what the turn does.
const RUN: f32 = 30.0;

/// State of the pane.
#[derive(Default)]
pub(super) struct Pane {
    key: String,
    header: Header,
    entries: Entries,
    composer: Composer,
    files: attach::Strip,
    finder: Option<Finder>,
    find_focus: bool,
}

/// What was asked for beside commands.
#[derive(Default)]
pub(super) struct Asked {
    pub question: Option<Question>,
}

impl Pane {
    /// Whether this is the conversation that was painted last.
    pub(super) fn shows(&self, key: &str) -> bool {
        self.key == key
    }

    /// Has core keep the draft, before another conversation is opened.
    pub(super) fn keep(&mut self, commands: &mut Vec<Command>) {
        self.composer.keep(commands);
    }

    /// The message gets the keyboard.
    pub(super) fn take_focus(&mut self) {
        self.composer.take_focus();
    }

    /// No conversation is open.
    pub(super) fn close(&mut self) {
        if !self.key.is_empty() {
            *self = Self::default();
        }
    }

    /// Text is to be found.
    pub(super) fn find(&mut self) {
        self.finder.get_or_insert_default();
        self.find_focus = true;
    }

    /// How much was laid out for the last frame, and how much text is kept read.
    #[cfg(test)]
    pub(super) fn load(&self) -> (usize, (usize, usize)) {
        self.entries.load()
    }

    pub(super) fn show(
        &mut self,
        ui: &mut Ui,
        thread: &ChatThread,
        model: &Model,
        one_pane: bool,
        commands: &mut Vec<Command>,
    ) -> Asked {
        if self.key != thread.key {
            *self = Self { key: thread.key.clone(), ..Self::default() };
        }
        self.composer.follow(thread);
        let room = ui.max_rect();
        let bar = Rect::from_min_size(room.min, vec2(room.width(), header::HEIGHT));
        let head = self.header.show(ui, bar, thread, model, one_pane, commands);
        if head.back {
            self.keep(commands);
            commands.push(Command::OpenChat(None));
        }
        if head.find {
            self.find();
        }
        if head.done {
            self.composer.take_focus();
        }
        self.entries.follow(thread, room.width());
        self.entries.cards.keep(&model.chat.approvals);
        let mut top = bar.bottom();
        if self.finder.is_some() {
            let rect = Rect::from_min_size(pos2(room.left(), top), vec2(room.width(), FIND));
            self.find_bar(ui, rect);
            top = if self.finder.is_some() { rect.bottom() } else { top };
        }
        let tall = self.composer.height(ui, room.size(), thread);
        let foot = Rect::from_min_max(pos2(room.left(), room.bottom() - tall), room.max);
        let own = of_thread(&model.chat.approvals, &thread.key);
        let blocked = link::blocked(model);
        let run = if thread.run.is_some() || thread.busy.is_some() { RUN } else { 0.0 };
        let most = (foot.top() - run - top - 120.0).max(60.0);
        let waits = waiting::lay_out(ui, &self.entries, model, thread, &own, room.width(), most);
        let mut middle =
            Rect::from_min_max(pos2(room.left(), top), foot.right_top() - vec2(0.0, run));
        middle.max.y -= waits.height();
        let held_back = thread.entries.is_empty() || thread.older && !thread.loading;
        if let (Some(problem), false) = (&thread.problem, held_back && thread.live.is_empty()) {
            let rect = middle.shrink2(vec2(20.0, space::S));
            let builder = UiBuilder::new().max_rect(rect).id_salt("chat problem");
            let shown = ui.scope_builder(builder, |ui| {
                banner(ui, problem);
                if blocked.is_none() && secondary(ui, tr!("chat-try-again")).clicked() {
                    commands.push(Command::LoadNewestChat);
                }
            });
            middle.min.y = shown.response.rect.bottom() + space::S;
        }
        let name = header::agent_name(ui, model, &thread.agent);
        if thread.entries.is_empty() && thread.live.is_empty() {
            empty(ui, middle, thread, &name, commands);
        } else {
            self.scrolled(ui, middle, thread, model, &name, &own, commands);
        }
        let row = Rect::from_min_max(
            pos2(room.left(), middle.bottom()),
            pos2(room.right(), middle.bottom() + waits.height()),
        );
        let blocked_answer = blocked;
        waits.show(ui, row, &mut self.entries, blocked_answer, commands);
        let line = Rect::from_min_max(pos2(room.left(), foot.top() - run), foot.right_top());
        doing(ui, line, thread);
        let sent = commands.len();
        self.composer.show(ui, foot, thread, model, &mut self.files, commands);
        if commands
            .iter()
            .skip(sent)
            .any(|c| matches!(c, Command::SendChat { .. } | Command::ResendChat { .. }))
        {
            if thread.newer {
                commands.push(Command::LoadNewestChat);
            }
            self.entries.follow_bottom();
        }
        attach::drops(ui, room, &name, commands);
        Asked { question: head.question }
    }

    #[expect(clippy::too_many_arguments, reason = "what the rows depend on")]
    fn scrolled(
        &mut self,
        ui: &mut Ui,
        middle: Rect,
        thread: &ChatThread,
        model: &Model,
        name: &str,
        own: &[Arc<Approval>],
        commands: &mut Vec<Command>,
    ) {
        if Composer::has_focus(ui) {
            for (key, by) in [(Key::PageUp, 1.0), (Key::PageDown, -1.0)] {
                if ui.input_mut(|i| i.consume_key(Modifiers::NONE, key)) {
                    self.entries.page(by);
                }
            }
        }
        let around = Around {
            agent: name,
            models: &model.chat.models,
            blocked: link::blocked(model),
            running: thread.run.is_some(),
            edited: self.composer.edited(),
            finder: self.finder.as_ref(),
        };
        let edit = self.entries.show(ui, middle, thread, &around, own, commands);
        if let Some((entry, text)) = edit {
            self.composer.edit(&entry, text);
            ui.ctx().request_repaint();
        }
    }

    /// Find in this conversation.
    fn find_bar(&mut self, ui: &mut Ui, rect: Rect) {
        let Some(finder) = &mut self.finder else { return };
        let t = tokens::of(ui.ctx());
        ui.painter().rect_filled(rect, 0, t.surface);
        ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, t.line));
        let id = Id::unique("chat find");
        let mut go = None;
        let mut close = false;
        if ui.memory(|m| m.has_focus(id)) {
            ui.input_mut(|i| {
                // A pattern without Shift would match it too.
                if i.consume_key(Modifiers::SHIFT, Key::Enter) {
                    go = Some(false);
                } else if i.consume_key(Modifiers::NONE, Key::Enter) {
                    go = Some(true);
                }
                close = i.consume_key(Modifiers::NONE, Key::Escape);
            });
        }
        let inner = rect.shrink2(vec2(14.0, 0.0));
        let layout = Layout::left_to_right(Align::Center);
        let builder = UiBuilder::new().max_rect(inner).layout(layout).id_salt("chat find");
        ui.scope_builder(builder, |ui| {
            let field = TextEdit::singleline(&mut finder.text)
                .id(id)
                .event_filter(marks::field_filter())
                .hint_text(tr!("chat-find"))
                .align(egui::Align2::LEFT_CENTER)
                .margin(Margin::symmetric(10, 6))
                .desired_width((inner.width() - 240.0).clamp(100.0, 320.0));
            let field = ui.add(field);
            field.widget_info(|| WidgetInfo::labeled(Role::SearchInput, true, tr!("chat-find")));
            if std::mem::take(&mut self.find_focus) {
                field.request_focus();
            }
            if marks::button(ui, Icon::Up, tr!("chat-find-previous"), tr!("chat-find-previous-tip"))
                .clicked()
            {
                go = Some(false);
            }
            if marks::button(ui, Icon::Down, tr!("chat-find-next"), tr!("chat-find-next-tip"))
                .clicked()
            {
                go = Some(true);
            }
            ui.label(egui::RichText::new(finder.summary()).small().color(t.muted));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                close |= icon_button(ui, Icon::Close, tr!("chat-find-close"), false).clicked();
            });
        });
        let (rows, open, generation, near) = self.entries.to_search();
        let (more, mut moved) = finder.step(rows, open, generation, near);
        if let Some(forward) = go {
            finder.go(forward);
            moved = true;
        }
        if let (true, Some(place)) = (moved, finder.current()) {
            self.entries.reveal(place.clone());
        }
        if more || moved {
            ui.ctx().request_repaint();
        }
        if close {
            self.finder = None;
            self.composer.take_focus();
            ui.ctx().request_repaint();
        }
    }
}

fn of_thread(all: &[Arc<Approval>], key: &str) -> Vec<Arc<Approval>> {
    all.iter().filter(|a| is_of(a, key)).cloned().collect()
}

/// Whether it is answered here. One that belongs to no conversation is answered in any.
pub(super) fn is_of(approval: &Approval, key: &str) -> bool {
    approval.key == key || approval.key.is_empty()
}

/// What the turn does now.
fn doing(ui: &Ui, rect: Rect, thread: &ChatThread) {
    let t = tokens::of(ui.ctx());
    let text = match (&thread.run, &thread.busy) {
        (Some(run), _) if run.stopping => tr!("chat-stopping").to_owned(),
        (Some(run), _) if run.since.is_empty() => run.doing.clone(),
        (Some(run), _) => {
            tr!("chat-doing-since", doing = run.doing.as_str(), since = run.since.as_str())
        }
        (None, Some(busy)) => busy.clone(),
        (None, None) => return,
    };
    let width = super::entries::column(rect.width());
    let left = rect.center().x - width / 2.0;
    let centre = pos2(left + 7.0, rect.center().y);
    ui.painter().circle_filled(centre, 4.0, t.accent);
    let galley = words::one_line(ui, &text, tokens::size::SMALL, t.muted, width - 30.0);
    let at = pos2(left + 20.0, rect.center().y - galley.size().y / 2.0);
    let place = Rect::from_min_size(at, galley.size());
    let label = ui.interact(place, Id::unique("chat doing"), Sense::hover());
    label.widget_info(|| WidgetInfo::labeled(Role::Status, true, &text));
    ui.painter().galley(at, galley, t.muted);
}

/// A conversation without entries: on their way, not to be had, or none.
fn empty(ui: &mut Ui, rect: Rect, thread: &ChatThread, name: &str, commands: &mut Vec<Command>) {
    let builder = UiBuilder::new().max_rect(rect).id_salt("chat empty");
    ui.scope_builder(builder, |ui| {
        let width = (rect.width() - 2.0 * space::L).min(440.0);
        centred(ui, width, 150.0, |ui| match &thread.problem {
            Some(problem) => {
                banner(ui, problem);
                ui.add_space(space::S);
                if secondary(ui, tr!("chat-try-again")).clicked() {
                    commands.push(Command::LoadNewestChat);
                }
            }
            None if thread.loading => empty_state(ui, Icon::Chat, tr!("chat-loading"), ""),
            None => {
                let title = tr!("chat-first-title", agent = name);
                empty_state(ui, Icon::Spark, &title, tr!("chat-first-text"));
            }
        });
    });
}
