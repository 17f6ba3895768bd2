//! The open conversation.

use super::Known;
use super::composer::Composer;
use super::find::Finder;
use super::list::{Asked, actions};
use super::marks;
use super::messages::{Around, Messages};
use super::row::where_it_is;
use crate::icons::Icon;
use crate::tokens::{self, radius, size, space};
use crate::widgets::{banner, centred, icon_button, secondary};
use egui::{
    Align, FontId, Id, Key, Layout, Margin, Modifiers, Popup, Rect, Sense, Stroke, TextEdit, Ui,
    UiBuilder, WidgetInfo, accesskit::Role, pos2, vec2,
};
use multiclaw_core::Command;
use multiclaw_core::model::{CloudLink, Conversation, Load, Model, Place, Thread};
use multiclaw_core::tr;
use std::sync::Arc;

/// Height of the bar with the title.
const HEADER: f32 = 60.0;
/// Height of the bar to find text.
const FIND: f32 = 48.0;
/// Longest title, in characters.
const TITLE: usize = 200;

/// State of the pane.
#[derive(Default)]
pub(crate) struct Pane {
    id: String,
    messages: Messages,
    composer: Composer,
    finder: Option<Finder>,
    find_focus: bool,
    /// The title while it is changed, and whether the field had the keyboard yet.
    title: Option<(String, bool)>,
    /// The row of the list for this conversation, found once for each list.
    row: Option<Arc<Conversation>>,
    /// The list in which it was looked for.
    list: Option<Arc<Vec<Arc<Conversation>>>>,
}

impl Pane {
    /// Whether this is the conversation that was painted last.
    pub(crate) fn shows(&self, id: &str) -> bool {
        self.id == id
    }

    /// Has core keep the draft, before another conversation is opened.
    pub(crate) fn keep(&mut self, commands: &mut Vec<Command>) {
        self.composer.keep(commands);
    }

    /// How many texts, and bytes of them, are kept read.
    #[cfg(test)]
    pub(crate) fn load(&self) -> (usize, usize) {
        self.messages.load()
    }

    /// No conversation is open.
    pub(crate) fn close(&mut self) {
        if !self.id.is_empty() {
            self.composer.close();
            *self = Self::default();
        }
    }

    /// The title is to be changed.
    pub(crate) fn rename(&mut self, title: &str) {
        self.title = Some((title.to_owned(), false));
    }

    /// Text is to be found.
    pub(crate) fn find(&mut self) {
        self.finder.get_or_insert_default();
        self.find_focus = true;
    }

    fn follow(&mut self, thread: &Thread, model: &Model) {
        if self.id != thread.id {
            self.id.clone_from(&thread.id);
            self.messages = Messages::default();
            (self.finder, self.title, self.list) = (None, None, None);
        }
        self.composer.follow(thread);
        let Load::Ready(list) = &model.conversations.list else {
            (self.row, self.list) = (None, None);
            return;
        };
        if self.list.as_ref().is_none_or(|known| !Arc::ptr_eq(known, list)) {
            self.row = list.iter().find(|c| c.id == thread.id).cloned();
            self.list = Some(Arc::clone(list));
        }
    }

    fn row(&self) -> Option<&Conversation> {
        self.row.as_deref()
    }

    pub(crate) fn show(
        &mut self,
        ui: &mut Ui,
        thread: &Thread,
        known: Known<'_>,
        commands: &mut Vec<Command>,
    ) -> Asked {
        self.follow(thread, known.model);
        let room = ui.max_rect();
        let bar = Rect::from_min_size(room.min, vec2(room.width(), HEADER));
        let asked = self.header(ui, bar, thread, known, commands);
        let mut top = bar.bottom();
        if self.finder.is_some() {
            let rect = Rect::from_min_size(pos2(room.left(), top), vec2(room.width(), FIND));
            self.find_bar(ui, rect, thread);
            top = if self.finder.is_some() { rect.bottom() } else { top };
        }
        let tall = self.composer.height(ui, room.size(), thread.writable);
        let foot = Rect::from_min_max(pos2(room.left(), room.bottom() - tall), room.max);
        let mut middle = Rect::from_min_max(pos2(room.left(), top), foot.right_top());
        if let (Some(problem), false) = (&thread.problem, thread.messages.is_empty() || thread.more)
        {
            let rect = middle.shrink2(vec2(20.0, space::S));
            let shown = ui.scope_builder(UiBuilder::new().max_rect(rect), |ui| {
                banner(ui, problem);
                if secondary(ui, tr!("conversations-try-again")).clicked() {
                    commands.push(Command::OpenConversation(Some(thread.id.clone())));
                }
            });
            middle.min.y = shown.response.rect.bottom() + space::S;
        }
        if thread.messages.is_empty() {
            empty(ui, middle, thread, known.model, commands);
        } else {
            if Composer::has_focus(ui) {
                for (key, by) in [(Key::PageUp, 1.0), (Key::PageDown, -1.0)] {
                    if ui.input_mut(|i| i.consume_key(Modifiers::NONE, key)) {
                        self.messages.page(by);
                    }
                }
            }
            let unsent = unsent(known.model);
            let offline = super::list::offline(known.model).is_some();
            let around = Around { finder: self.finder.as_ref(), unsent: &unsent, offline };
            self.messages.show(ui, middle, thread, &around, commands);
        }
        let why_not = self.why_not();
        let synced = self.row().is_none_or(|row| row.place != Place::Local);
        let note = if synced && matches!(known.model.cloud, CloudLink::Waiting { .. }) {
            tr!("conversations-foot-offline")
        } else {
            ""
        };
        let sent = commands.len();
        self.composer.show(ui, foot, thread, &why_not, note, commands);
        if commands.iter().skip(sent).any(|c| matches!(c, Command::SendMessage(_))) {
            self.messages.follow_bottom();
        }
        asked
    }

    fn why_not(&self) -> String {
        match self.row().and_then(|row| row.author.as_ref()) {
            Some(author) => tr!("conversations-only-author", author = author.as_str()),
            None => tr!("conversations-only-read").to_owned(),
        }
    }

    fn header(
        &mut self,
        ui: &mut Ui,
        bar: Rect,
        thread: &Thread,
        known: Known<'_>,
        commands: &mut Vec<Command>,
    ) -> Asked {
        let t = tokens::of(ui.ctx());
        let mut asked = Asked::default();
        ui.painter().rect_filled(bar, 0, t.background);
        ui.painter().hline(bar.x_range(), bar.bottom() - 0.5, Stroke::new(1.0, t.line));
        let margin = if known.one_pane { 8.0 } else { 20.0 };
        let inner = Rect::from_min_max(bar.min + vec2(margin, 0.0), bar.max - vec2(12.0, 0.0));
        let layout = Layout::left_to_right(Align::Center);
        ui.scope_builder(UiBuilder::new().max_rect(inner).layout(layout), |ui| {
            if known.one_pane
                && icon_button(ui, Icon::Back, tr!("conversations-back"), false).clicked()
            {
                self.keep(commands);
                commands.push(Command::OpenConversation(None));
            }
            let left = ui.cursor().left();
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let (name, tip) = (tr!("conversations-more-actions"), tr!("conversations-more"));
                let more = marks::button(ui, Icon::More, name, tip);
                Popup::menu(&more).show(|ui| {
                    ui.set_min_width(160.0);
                    actions(ui, &thread.id, thread.writable, known, &mut asked);
                });
                let (name, tip) = (tr!("conversations-find"), tr!("conversations-find-tip"));
                if marks::button(ui, Icon::Search, name, tip).clicked() {
                    self.find();
                }
                let right = ui.cursor().right() - space::S;
                let rect = Rect::from_min_max(pos2(left, bar.top()), pos2(right, bar.bottom()));
                self.titles(ui, rect, thread, known.model, commands);
            });
        });
        if asked.rename {
            self.rename(&thread.title);
        }
        asked
    }

    /// The title and what stands below it.
    fn titles(
        &mut self,
        ui: &mut Ui,
        rect: Rect,
        thread: &Thread,
        model: &Model,
        commands: &mut Vec<Command>,
    ) {
        let t = tokens::of(ui.ctx());
        let mut below = Vec::new();
        let agents = model.workspace.agents.items();
        let agent = thread.agent.as_ref().and_then(|id| agents.iter().find(|a| a.id == *id));
        below.extend(agent.map(|agent| tr!("conversations-with", agent = agent.name.as_str())));
        if let Some(row) = self.row() {
            below.extend(
                row.author.as_ref().map(|a| tr!("conversations-begun-by", author = a.as_str())),
            );
            below.push(where_it_is(row.place).to_owned());
        }
        let below = below.join("  ·  ");
        let second = super::layout::one_line(ui, &below, size::SMALL, t.muted, rect.width());
        let top = if below.is_empty() { rect.center().y - 14.0 } else { rect.top() + 7.0 };
        ui.painter().galley(pos2(rect.left(), rect.bottom() - 26.0), second, t.muted);
        let line = Rect::from_min_size(pos2(rect.left(), top), vec2(rect.width(), 28.0));
        if self.title.is_some() {
            self.title_field(ui, line, thread, commands);
            return;
        }
        let title =
            super::layout::one_line(ui, &thread.title, size::STRONG, t.text, line.width() - 8.0);
        let size = title.size();
        let place = Rect::from_min_size(line.min - vec2(6.0, 0.0), vec2(size.x + 12.0, 28.0));
        let sense = if thread.writable { Sense::click() } else { Sense::hover() };
        let response = ui.interact(place, Id::unique("conversation title"), sense);
        response.widget_info(|| {
            let role = if thread.writable { Role::Button } else { Role::Heading };
            WidgetInfo::labeled(role, true, &thread.title)
        });
        if thread.writable && response.hovered() {
            ui.painter().rect_filled(place, radius::CONTROL, t.raised);
        }
        marks::focus(ui, place, radius::CONTROL, &response);
        let at = pos2(line.left(), place.center().y - size.y / 2.0);
        ui.painter().galley(at, title, t.text);
        if thread.writable && response.on_hover_text(tr!("conversations-rename")).clicked() {
            self.rename(&thread.title);
            ui.ctx().request_repaint();
        }
    }

    fn title_field(
        &mut self,
        ui: &mut Ui,
        line: Rect,
        thread: &Thread,
        commands: &mut Vec<Command>,
    ) {
        let Some((title, focused)) = &mut self.title else { return };
        let id = Id::unique("conversation title field");
        let escaped = ui.memory(|m| m.has_focus(id))
            && ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Escape));
        let field = TextEdit::singleline(title)
            .id(id)
            .font(FontId::proportional(size::STRONG))
            .margin(Margin::symmetric(6, 3))
            .event_filter(marks::field_filter())
            .char_limit(TITLE)
            .desired_width(line.width().min(420.0));
        let rect = line.translate(vec2(-6.0, 0.0));
        let builder = UiBuilder::new().max_rect(rect);
        let response = ui.scope_builder(builder, |ui| ui.add(field)).inner;
        response
            .widget_info(|| WidgetInfo::labeled(Role::TextInput, true, tr!("conversations-title")));
        if !*focused {
            *focused = true;
            response.request_focus();
            let end = egui::text::CCursor::new(title.chars().count());
            let all = egui::text::CCursorRange::two(egui::text::CCursor::default(), end);
            let mut state = TextEdit::load_state(ui.ctx(), id).unwrap_or_default();
            state.cursor.set_char_range(Some(all));
            state.store(ui.ctx(), id);
            return;
        }
        if escaped {
            self.title = None;
        } else if response.lost_focus() {
            let wanted = title.trim().to_owned();
            if !wanted.is_empty() && wanted != thread.title {
                commands.push(Command::RenameConversation(wanted));
            }
            self.title = None;
            self.composer.take_focus();
        }
    }

    /// Find in this conversation.
    fn find_bar(&mut self, ui: &mut Ui, rect: Rect, thread: &Thread) {
        let Some(finder) = &mut self.finder else { return };
        let t = tokens::of(ui.ctx());
        ui.painter().rect_filled(rect, 0, t.surface);
        ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, t.line));
        let id = Id::unique("conversation find");
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
        let inner = rect.shrink2(vec2(20.0, 0.0));
        let layout = Layout::left_to_right(Align::Center);
        ui.scope_builder(UiBuilder::new().max_rect(inner).layout(layout), |ui| {
            let field = TextEdit::singleline(&mut finder.text)
                .id(id)
                .event_filter(marks::field_filter())
                .hint_text(tr!("conversations-find"))
                .align(egui::Align2::LEFT_CENTER)
                .margin(Margin::symmetric(10, 6))
                .desired_width((inner.width() - 240.0).clamp(100.0, 320.0));
            let field = ui.add(field);
            field.widget_info(|| {
                WidgetInfo::labeled(Role::SearchInput, true, tr!("conversations-find"))
            });
            if std::mem::take(&mut self.find_focus) {
                field.request_focus();
            }
            let (name, tip) =
                (tr!("conversations-find-previous"), tr!("conversations-find-previous-tip"));
            if marks::button(ui, Icon::Up, name, tip).clicked() {
                go = Some(false);
            }
            let (name, tip) = (tr!("conversations-find-next"), tr!("conversations-find-next-tip"));
            if marks::button(ui, Icon::Down, name, tip).clicked() {
                go = Some(true);
            }
            ui.label(egui::RichText::new(finder.summary()).small().color(t.muted));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                close |=
                    icon_button(ui, Icon::Close, tr!("conversations-find-close"), false).clicked();
            });
        });
        let (more, mut moved) = finder.step(&thread.messages, self.messages.near());
        if let Some(forward) = go {
            finder.go(forward);
            moved = true;
        }
        if let (true, Some(place)) = (moved, finder.current()) {
            self.messages.reveal(place.clone());
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

/// Why a message was not sent yet.
fn unsent(model: &Model) -> String {
    match &model.cloud {
        CloudLink::Waiting { problem, .. } => {
            tr!("conversations-unsent-because", problem = problem.what.as_str())
        }
        CloudLink::Connecting => tr!("conversations-unsent-connecting").to_owned(),
        CloudLink::Off | CloudLink::Online => tr!("conversations-unsent").to_owned(),
    }
}

/// A conversation without messages: on their way, not to be had, or none.
fn empty(ui: &mut Ui, rect: Rect, thread: &Thread, model: &Model, commands: &mut Vec<Command>) {
    ui.scope_builder(UiBuilder::new().max_rect(rect), |ui| {
        let width = (rect.width() - 2.0 * space::L).min(440.0);
        centred(ui, width, 150.0, |ui| match &thread.problem {
            Some(problem) => {
                banner(ui, problem);
                ui.add_space(space::S);
                if secondary(ui, tr!("conversations-try-again")).clicked() {
                    commands.push(Command::OpenConversation(Some(thread.id.clone())));
                }
            }
            None if thread.loading => {
                crate::widgets::empty_state(ui, Icon::Chat, tr!("conversations-loading"), "");
            }
            None => {
                let agents = model.workspace.agents.items();
                let agent =
                    thread.agent.as_ref().and_then(|id| agents.iter().find(|a| a.id == *id));
                let text = match agent {
                    Some(agent) => {
                        tr!("conversations-first-agent", agent = agent.name.as_str())
                    }
                    None => tr!("conversations-first").to_owned(),
                };
                crate::widgets::empty_state(ui, Icon::Chat, tr!("conversations-empty"), &text);
            }
        });
    });
}
