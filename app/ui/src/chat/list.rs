//! The list of conversations, and what a search found.

use super::found::Words;
use super::link;
use super::question::Question;
use super::row::{self, HEIGHT};
use crate::conversations::marks;
use crate::icons::{self, Icon};
use crate::tokens::{self, radius, space};
use crate::widgets::{banner, empty_state, menu_item};
use egui::{
    EventFilter, Frame, Id, Key, Margin, Modifiers, Popup, Rect, RichText, ScrollArea, Sense,
    TextEdit, Ui, WidgetInfo, accesskit::Role, vec2,
};
use multiclaw_core::Command;
use multiclaw_core::model::{ChatChange, ChatHit, ChatRow, Load, Model};
use multiclaw_core::tr;
use std::ops::Range;
use std::sync::Arc;

/// Rows from the end at which more conversations are asked for.
const NEAR_END: usize = 12;
/// Longest text that is searched for, in characters.
const LONGEST: usize = 500;

/// State of the list.
#[derive(Default)]
pub(super) struct List {
    /// What is typed into the search field.
    text: String,
    /// What was searched for last.
    sent: String,
    /// The row that the keyboard is at.
    cursor: Option<String>,
    /// How far the rows are scrolled, in points, and how much of them is seen.
    scrolled: (f32, f32),
    /// The list at the end of which more conversations were asked for.
    asked: Option<Arc<Vec<Arc<ChatRow>>>>,
}

/// What the rows are.
#[derive(Clone, Copy)]
enum Rows<'a> {
    All(&'a [Arc<ChatRow>]),
    Found(&'a [ChatHit]),
}

impl<'a> Rows<'a> {
    fn len(self) -> usize {
        match self {
            Self::All(list) => list.len(),
            Self::Found(hits) => hits.len(),
        }
    }

    fn key(self, at: usize) -> Option<&'a str> {
        match self {
            Self::All(list) => list.get(at).map(|c| c.key.as_str()),
            Self::Found(hits) => hits.get(at).map(|h| h.key.as_str()),
        }
    }

    fn position(self, key: &str) -> Option<usize> {
        (0..self.len()).find(|at| self.key(*at) == Some(key))
    }
}

/// Several places may be found in one conversation: each row has its own name.
fn row_id(key: &str, at: Option<usize>) -> Id {
    Id::unique(("chat row", key, at))
}

fn search_id() -> Id {
    Id::unique("chat search")
}

impl List {
    /// The search field gets the keyboard.
    pub(super) fn search(&self, ui: &Ui) {
        ui.memory_mut(|m| m.request_focus(search_id()));
    }

    pub(super) fn show(
        &mut self,
        ui: &mut Ui,
        model: &Model,
        commands: &mut Vec<Command>,
    ) -> Option<Question> {
        ui.add_space(space::M);
        let inset = |ui: &mut Ui, add: &mut dyn FnMut(&mut Ui)| {
            Frame::new().inner_margin(Margin::symmetric(14, 0)).show(ui, |ui| add(ui));
        };
        inset(ui, &mut |ui| super::agents::top(ui, model, commands));
        inset(ui, &mut |ui| self.search_field(ui, commands));
        ui.add_space(space::S);
        self.body(ui, model, commands)
    }

    fn search_field(&mut self, ui: &mut Ui, commands: &mut Vec<Command>) {
        let t = tokens::of(ui.ctx());
        let id = search_id();
        let focused = ui.memory(|m| m.has_focus(id));
        if focused
            && !self.text.is_empty()
            && ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Escape))
        {
            self.text.clear();
        }
        let field = TextEdit::singleline(&mut self.text)
            .id(id)
            .event_filter(marks::field_filter())
            .hint_text(tr!("chat-search"))
            .char_limit(LONGEST)
            .margin(Margin { left: 34, right: 30, top: 8, bottom: 8 })
            .desired_width(ui.available_width());
        let field = ui.add(field);
        field.widget_info(|| WidgetInfo::labeled(Role::SearchInput, true, tr!("chat-search")));
        let middle = field.rect.left_center() + vec2(18.0, 0.0);
        let mark = Rect::from_center_size(middle, vec2(14.0, 14.0));
        icons::paint(ui.painter(), mark, Icon::Search, t.muted);
        if !self.text.is_empty() {
            let middle = field.rect.right_center() - vec2(17.0, 0.0);
            let rect = Rect::from_center_size(middle, vec2(26.0, 26.0));
            let clear = ui.interact(rect, id.with("clear"), Sense::click());
            clear.widget_info(|| WidgetInfo::labeled(Role::Button, true, tr!("chat-search-clear")));
            let colour = if clear.hovered() { t.text } else { t.muted };
            icons::paint(ui.painter(), rect.shrink(8.0), Icon::Close, colour);
            marks::focus(ui, rect, 6, &clear);
            if clear.clicked() {
                self.text.clear();
                field.request_focus();
            }
        }
        let wanted = self.text.trim();
        if wanted != self.sent {
            wanted.clone_into(&mut self.sent);
            self.scrolled.0 = 0.0;
            commands.push(Command::SearchChats(wanted.to_owned()));
        }
    }

    fn body(
        &mut self,
        ui: &mut Ui,
        model: &Model,
        commands: &mut Vec<Command>,
    ) -> Option<Question> {
        let chat = &model.chat;
        if !self.sent.is_empty() {
            let search = chat.search.as_ref().filter(|s| s.text.trim() == self.sent);
            match search {
                Some(search) if !search.hits.is_empty() => {
                    return self.rows(ui, Rows::Found(&search.hits), model, commands).1;
                }
                Some(search) if search.problem.is_some() => {
                    let problem = search.problem.as_ref()?;
                    Frame::new().inner_margin(Margin::symmetric(14, 8)).show(ui, |ui| {
                        banner(ui, problem);
                        ui.add_space(space::S);
                        if crate::widgets::secondary(ui, tr!("chat-search-again")).clicked() {
                            commands.push(Command::SearchChats(self.sent.clone()));
                        }
                    });
                }
                Some(search) if !search.busy => {
                    let text = tr!("chat-search-none", text = clipped(&self.sent));
                    note(ui, Icon::Search, tr!("chat-nothing-found"), &text);
                }
                _ => note(ui, Icon::Search, tr!("chat-searching"), ""),
            }
            return None;
        }
        match &chat.list {
            Load::Loading => note(ui, Icon::Chat, tr!("chat-list-loading"), ""),
            Load::Failed(problem) => {
                Frame::new().inner_margin(Margin::symmetric(14, 8)).show(ui, |ui| {
                    banner(ui, problem);
                    ui.add_space(space::S);
                    if crate::widgets::secondary(ui, tr!("chat-try-again")).clicked() {
                        commands.push(Command::ReloadChats);
                    }
                });
            }
            Load::Ready(list) if list.is_empty() => {
                note(ui, Icon::Chat, tr!("chat-list-none"), tr!("chat-list-none-text"));
            }
            Load::Ready(list) => {
                let (end, question) = self.rows(ui, Rows::All(list), model, commands);
                let before = self.asked.as_ref().is_some_and(|a| Arc::ptr_eq(a, list));
                let wanted = chat.more && !chat.loading_more && !before;
                if wanted && link::blocked(model).is_none() && end + NEAR_END >= list.len() {
                    self.asked = Some(Arc::clone(list));
                    commands.push(Command::LoadMoreChats);
                }
                return question;
            }
        }
        None
    }

    /// Shows the rows that are seen; the end of them, and what is to be asked.
    fn rows(
        &mut self,
        ui: &mut Ui,
        rows: Rows<'_>,
        model: &Model,
        commands: &mut Vec<Command>,
    ) -> (usize, Option<Question>) {
        let mut question = None;
        let words = Words::new(&self.sent);
        let offset = self.keys(ui, rows, model, commands, &mut question);
        let open = model.chat.open.as_ref().map(|t| t.key.as_str());
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.spacing_mut().scroll.fade.strength = 0.0;
        let mut area = ScrollArea::vertical().id_salt("chat rows").auto_shrink(false);
        if let Some(offset) = offset {
            area = area.vertical_scroll_offset(offset);
        }
        let extra = usize::from(model.chat.loading_more);
        let shown = area.show_rows(ui, HEIGHT, rows.len() + extra, |ui, range| {
            let stop = self.stop(rows, open, &range);
            for at in range.clone() {
                let size = vec2(ui.available_width(), HEIGHT);
                let (place, _) = ui.allocate_exact_size(size, Sense::hover());
                let Some(key) = rows.key(at) else {
                    row::loading(ui, place);
                    continue;
                };
                let sense = if at == stop { Sense::click() } else { Sense::CLICK };
                let twice = (range.start..at).any(|before| rows.key(before) == Some(key));
                let widget = row_id(key, twice.then_some(at));
                let response = ui.interact(place, widget, sense);
                let selected = open == Some(key);
                match rows {
                    Rows::All(list) => {
                        let Some(chat) = list.get(at) else { continue };
                        let menu = more(ui, place, widget, model, chat, commands);
                        question = question.take().or(menu.1);
                        row::conversation(ui, place, &response, chat, selected, menu.0);
                        if menu.0 {
                            menu_mark(ui, place, &menu.2);
                        }
                        response.context_menu(|ui| {
                            ui.set_min_width(190.0);
                            question = question.take().or(actions(ui, model, chat, commands));
                        });
                    }
                    Rows::Found(hits) => {
                        if let Some(hit) = hits.get(at) {
                            row::hit(ui, place, &response, hit, &words, selected);
                        }
                    }
                }
                if response.gained_focus() {
                    self.cursor = Some(key.to_owned());
                }
                if response.clicked() {
                    self.cursor = Some(key.to_owned());
                    commands.push(Command::OpenChat(Some(key.to_owned())));
                }
            }
            range.end
        });
        self.scrolled = (shown.state.clamped_offset().y, shown.inner_rect.height());
        (shown.inner, question)
    }

    /// The one row that Tab stops at.
    fn stop(&self, rows: Rows<'_>, open: Option<&str>, seen: &Range<usize>) -> usize {
        let is = |key: &str| seen.clone().find(|at| rows.key(*at) == Some(key));
        self.cursor.as_deref().and_then(is).or_else(|| open.and_then(is)).unwrap_or(seen.start)
    }

    /// The keyboard in the list; where the rows are to be scrolled to.
    fn keys(
        &mut self,
        ui: &Ui,
        rows: Rows<'_>,
        model: &Model,
        commands: &mut Vec<Command>,
        question: &mut Option<Question>,
    ) -> Option<f32> {
        let last = rows.len().checked_sub(1)?;
        let from_search = ui.memory(|m| m.has_focus(search_id()))
            && ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::ArrowDown));
        if from_search {
            return self.focus(ui, rows, 0);
        }
        let id = row_id(self.cursor.as_deref()?, None);
        if !ui.memory(|m| m.has_focus(id)) {
            return None;
        }
        let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|m| m.set_focus_lock_filter(id, filter));
        let pressed = |key| ui.input_mut(|i| i.consume_key(Modifiers::NONE, key));
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few")]
        let page = ((self.scrolled.1 / HEIGHT) as usize).max(2) - 1;
        let step = [
            (Key::ArrowUp, -1_isize),
            (Key::ArrowDown, 1),
            (Key::PageUp, -page.cast_signed()),
            (Key::PageDown, page.cast_signed()),
            (Key::Home, isize::MIN),
            (Key::End, isize::MAX),
        ]
        .into_iter()
        .find(|(key, _)| pressed(*key));
        if let Some((key, by)) = step {
            let at = rows.position(self.cursor.as_deref()?).unwrap_or(0);
            if key == Key::ArrowUp && at == 0 {
                ui.memory_mut(|m| m.request_focus(search_id()));
                return None;
            }
            return self.focus(ui, rows, at.saturating_add_signed(by).min(last));
        }
        let chat = match rows {
            Rows::All(list) => list.get(rows.position(self.cursor.as_deref()?)?)?,
            Rows::Found(_) => return None,
        };
        if link::blocked(model).is_some() {
            return None;
        }
        if pressed(Key::Delete) {
            *question = Some(Question::delete(&chat.key, &chat.title, chat.main));
        } else if pressed(Key::F2) {
            *question = Some(Question::rename(&chat.key, &chat.title));
        } else if pressed(Key::P) {
            commands.push(pin(chat));
        }
        None
    }

    fn focus(&mut self, ui: &Ui, rows: Rows<'_>, at: usize) -> Option<f32> {
        let key = rows.key(at)?;
        self.cursor = Some(key.to_owned());
        let focused = row_id(key, None);
        ui.memory_mut(|m| {
            m.request_focus(focused);
            let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
            m.set_focus_lock_filter(focused, filter);
        });
        let (offset, view) = self.scrolled;
        #[expect(clippy::cast_precision_loss, reason = "exact up to 16 million points")]
        let top = at as f32 * HEIGHT;
        (top < offset).then_some(top).or_else(|| {
            let bottom = top + HEIGHT - view;
            (bottom > offset).then_some(bottom)
        })
    }
}

fn pin(chat: &ChatRow) -> Command {
    Command::ChangeChat { key: chat.key.clone(), change: ChatChange::Pinned(!chat.pinned) }
}

/// The button with the menu of a row: whether it is seen, what was asked, and itself.
fn more(
    ui: &mut Ui,
    place: Rect,
    id: Id,
    model: &Model,
    chat: &ChatRow,
    commands: &mut Vec<Command>,
) -> (bool, Option<Question>, egui::Response) {
    let rect = row::menu_place(place);
    let button = ui.interact(rect, id.with("more"), Sense::CLICK);
    let open = Popup::is_id_open(ui.ctx(), Popup::default_response_id(&button));
    let seen = open || (ui.is_enabled() && ui.rect_contains_pointer(place));
    let mut question = None;
    Popup::menu(&button).gap(2.0).show(|ui| {
        ui.set_min_width(190.0);
        question = actions(ui, model, chat, commands);
    });
    (seen, question, button)
}

fn menu_mark(ui: &Ui, place: Rect, button: &egui::Response) {
    let t = tokens::of(ui.ctx());
    button.widget_info(|| WidgetInfo::labeled(Role::Button, true, tr!("chat-row-more")));
    let rect = row::menu_place(place);
    if button.hovered() {
        ui.painter().rect_filled(rect, radius::CONTROL, t.line);
    }
    let ink = if button.hovered() { t.text } else { t.muted };
    icons::paint(ui.painter(), rect.shrink(6.0), Icon::More, ink);
}

/// What can be done with a conversation, in a menu.
fn actions(
    ui: &mut Ui,
    model: &Model,
    chat: &ChatRow,
    commands: &mut Vec<Command>,
) -> Option<Question> {
    ui.spacing_mut().item_spacing.y = 2.0;
    let blocked = link::blocked(model);
    let mut question = None;
    ui.add_enabled_ui(blocked.is_none(), |ui| {
        let name = super::words::pin(chat.pinned);
        if menu_item(ui, Some(Icon::Pin), name, false, "P").clicked() {
            commands.push(pin(chat));
            ui.close();
        }
        if menu_item(ui, Some(Icon::Edit), tr!("chat-menu-rename"), false, "F2").clicked() {
            question = Some(Question::rename(&chat.key, &chat.title));
            ui.close();
        }
        let name = if chat.main { tr!("chat-menu-empty") } else { tr!("chat-menu-delete") };
        if menu_item(ui, Some(Icon::Trash), name, false, "Del").clicked() {
            question = Some(Question::delete(&chat.key, &chat.title, chat.main));
            ui.close();
        }
    });
    if let Some(why) = blocked {
        ui.label(RichText::new(why).small().color(tokens::of(ui.ctx()).muted));
    }
    question
}

fn clipped(text: &str) -> String {
    let mut short: String = text.chars().take(40).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

/// What the list says when it has no rows.
fn note(ui: &mut Ui, mark: Icon, title: &str, text: &str) {
    ui.add_space(space::XL);
    empty_state(ui, mark, title, text);
}
