//! The list of conversations, and what a search found.

use super::Known;
use super::find::Needle;
use super::marks;
use super::row::{self, HEIGHT};
use crate::icons::{self, Icon};
use crate::tokens::{self, size, space};
use crate::widgets::banner;
use egui::{
    Align, EventFilter, Id, Key, Layout, Margin, Modifiers, Rect, Response, RichText, ScrollArea,
    Sense, TextEdit, Ui, WidgetInfo, accesskit::Role, vec2,
};
use multiclaw_core::Command;
use multiclaw_core::model::{Action, CloudLink, Conversation, Hit, Load, Model, Place};
use multiclaw_core::tr;
use std::ops::Range;
use std::sync::Arc;

/// Rows from the end at which older conversations are asked for.
const NEAR_END: usize = 12;

/// A conversation that is to be deleted, before that is confirmed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Doomed {
    pub id: String,
    pub title: String,
    pub place: Place,
}

/// What is asked for beside commands.
#[derive(Default)]
pub(crate) struct Asked {
    /// To give the open conversation another title.
    pub rename: bool,
    pub delete: Option<Doomed>,
}

/// State of the list.
#[derive(Default)]
pub(crate) struct List {
    /// What is typed into the search field.
    text: String,
    /// What was searched for last.
    sent: String,
    /// The row that the keyboard is at.
    cursor: Option<String>,
    /// How far the rows are scrolled, in points, and how much of them is seen.
    scrolled: (f32, f32),
    /// The list at the end of which older conversations were asked for.
    asked: Option<Arc<Vec<Arc<Conversation>>>>,
}

/// What the rows are.
#[derive(Clone, Copy)]
enum Rows<'a> {
    All(&'a [Arc<Conversation>]),
    Found(&'a [Hit]),
}

impl<'a> Rows<'a> {
    fn len(self) -> usize {
        match self {
            Self::All(list) => list.len(),
            Self::Found(hits) => hits.len(),
        }
    }

    fn id(self, at: usize) -> Option<&'a str> {
        match self {
            Self::All(list) => list.get(at).map(|c| c.id.as_str()),
            Self::Found(hits) => hits.get(at).map(|h| h.conversation.as_str()),
        }
    }

    fn position(self, id: &str) -> Option<usize> {
        (0..self.len()).find(|at| self.id(*at) == Some(id))
    }
}

fn row_id(conversation: &str) -> Id {
    Id::unique(("conversation row", conversation))
}

impl List {
    pub(crate) fn show(
        &mut self,
        ui: &mut Ui,
        known: Known<'_>,
        commands: &mut Vec<Command>,
    ) -> Asked {
        let mut asked = Asked::default();
        ui.add_space(space::M);
        self.top(ui, commands);
        ui.add_space(space::S);
        self.body(ui, known, commands, &mut asked);
        asked
    }

    /// The name of the screen, a new conversation, and the search field.
    fn top(&mut self, ui: &mut Ui, commands: &mut Vec<Command>) {
        let inset = |ui: &mut Ui, add: &mut dyn FnMut(&mut Ui)| {
            egui::Frame::new().inner_margin(Margin::symmetric(14, 0)).show(ui, |ui| add(ui));
        };
        inset(ui, &mut |ui| {
            ui.horizontal(|ui| {
                ui.label(RichText::new(tr!("conversations-conversations")).size(size::STRONG));
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    let (name, tip) = (tr!("conversations-new"), tr!("conversations-new-tip"));
                    if marks::button(ui, Icon::Plus, name, tip).clicked() {
                        commands.push(Command::NewConversation);
                    }
                });
            });
        });
        inset(ui, &mut |ui| self.search(ui, commands));
    }

    fn search(&mut self, ui: &mut Ui, commands: &mut Vec<Command>) {
        let t = tokens::of(ui.ctx());
        let id = Id::unique("conversation search");
        if ui.memory(|m| m.has_focus(id)) && !self.text.is_empty() {
            let escaped = ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Escape));
            if escaped {
                self.text.clear();
            }
        }
        let field = TextEdit::singleline(&mut self.text)
            .id(id)
            .event_filter(marks::field_filter())
            .hint_text(tr!("conversations-search"))
            .margin(Margin { left: 34, right: 30, top: 8, bottom: 8 })
            .desired_width(ui.available_width());
        let field = ui.add(field);
        field.widget_info(|| {
            WidgetInfo::labeled(Role::SearchInput, true, tr!("conversations-search"))
        });
        let middle = field.rect.left_center() + vec2(18.0, 0.0);
        let mark = Rect::from_center_size(middle, vec2(14.0, 14.0));
        icons::paint(ui.painter(), mark, Icon::Search, t.muted);
        if !self.text.is_empty() {
            let middle = field.rect.right_center() - vec2(17.0, 0.0);
            let rect = Rect::from_center_size(middle, vec2(26.0, 26.0));
            let clear = ui.interact(rect, id.with("clear"), Sense::click());
            clear.widget_info(|| {
                WidgetInfo::labeled(Role::Button, true, tr!("conversations-search-clear"))
            });
            let colour = if clear.hovered() { t.text } else { t.muted };
            let cross = rect.shrink(8.0);
            icons::paint(ui.painter(), cross, Icon::Close, colour);
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
            commands.push(Command::SearchConversations(wanted.to_owned()));
        }
    }

    fn body(
        &mut self,
        ui: &mut Ui,
        known: Known<'_>,
        commands: &mut Vec<Command>,
        asked: &mut Asked,
    ) {
        let all = &known.model.conversations;
        let searching = all.search.as_ref().filter(|_| !self.sent.is_empty());
        if let Some(search) = searching {
            let rows = Rows::Found(&search.hits);
            if rows.len() > 0 {
                self.rows(ui, rows, known, commands, asked);
            } else if search.busy || search.text.trim() != self.sent {
                note(ui, Icon::Search, tr!("conversations-searching"), "");
            } else {
                let text = tr!("conversations-search-none", text = clipped(&self.sent));
                note(ui, Icon::Search, tr!("conversations-nothing-found"), &text);
            }
            return;
        }
        match &all.list {
            Load::Loading => note(ui, Icon::Chat, tr!("conversations-list-loading"), ""),
            Load::Failed(problem) => {
                egui::Frame::new().inner_margin(Margin::symmetric(14, 8)).show(ui, |ui| {
                    banner(ui, problem);
                    ui.add_space(space::S);
                    if crate::widgets::secondary(ui, tr!("conversations-try-again")).clicked() {
                        commands.push(Command::RefreshWorkspace);
                    }
                });
            }
            Load::Ready(list) if list.is_empty() => {
                let text = if known.one_pane {
                    super::local_first(known.person)
                } else {
                    tr!("conversations-list-none-text")
                };
                note(ui, Icon::Chat, tr!("conversations-list-none"), text);
            }
            Load::Ready(list) => {
                let end = self.rows(ui, Rows::All(list), known, commands, asked);
                let asked_before = self.asked.as_ref().is_some_and(|a| Arc::ptr_eq(a, list));
                let online = offline(known.model).is_none();
                if all.more
                    && !all.loading_more
                    && !asked_before
                    && online
                    && end + NEAR_END >= list.len()
                {
                    self.asked = Some(Arc::clone(list));
                    commands.push(Command::LoadMoreConversations);
                }
            }
        }
    }

    /// Shows the rows that are seen; the end of them.
    fn rows(
        &mut self,
        ui: &mut Ui,
        rows: Rows<'_>,
        known: Known<'_>,
        commands: &mut Vec<Command>,
        asked: &mut Asked,
    ) -> usize {
        let offset = self.keys(ui, rows, known, asked);
        let open = known.model.conversations.open.as_ref().map(|t| t.id.as_str());
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.spacing_mut().scroll.fade.strength = 0.0;
        let mut area = ScrollArea::vertical().id_salt("conversation rows").auto_shrink(false);
        if let Some(offset) = offset {
            area = area.vertical_scroll_offset(offset);
        }
        let extra = usize::from(known.model.conversations.loading_more);
        let needle = Needle::new(&self.sent);
        let shown = area.show_rows(ui, HEIGHT, rows.len() + extra, |ui, range| {
            let stop = self.stop(rows, open, &range);
            for at in range.clone() {
                let size = vec2(ui.available_width(), HEIGHT);
                let (place, _) = ui.allocate_exact_size(size, Sense::hover());
                let Some(id) = rows.id(at) else {
                    row::loading(ui, place);
                    continue;
                };
                let sense = if at == stop { Sense::click() } else { Sense::CLICK };
                // Ids are unique, unless the cloud errs.
                let twice = (range.start..at).any(|before| rows.id(before) == Some(id));
                let widget = if twice { row_id(id).with(at) } else { row_id(id) };
                let response = ui.interact(place, widget, sense);
                let selected = open == Some(id);
                match rows {
                    Rows::All(list) => {
                        if let Some(conversation) = list.get(at) {
                            row::conversation(ui, place, &response, conversation, selected);
                        }
                    }
                    Rows::Found(hits) => {
                        if let Some(hit) = hits.get(at) {
                            row::hit(ui, place, &response, hit, &needle, selected);
                        }
                    }
                }
                if response.gained_focus() {
                    self.cursor = Some(id.to_owned());
                }
                if response.clicked() {
                    self.cursor = Some(id.to_owned());
                    commands.push(Command::OpenConversation(Some(id.to_owned())));
                }
                menu(&response, rows, at, known, commands, asked);
            }
            range.end
        });
        self.scrolled = (shown.state.clamped_offset().y, shown.inner_rect.height());
        shown.inner
    }

    /// The one row that Tab stops at.
    fn stop(&self, rows: Rows<'_>, open: Option<&str>, seen: &Range<usize>) -> usize {
        let is = |id: &str| seen.clone().find(|at| rows.id(*at) == Some(id));
        self.cursor.as_deref().and_then(is).or_else(|| open.and_then(is)).unwrap_or(seen.start)
    }

    /// The keyboard in the list; where the rows are to be scrolled to.
    fn keys(
        &mut self,
        ui: &Ui,
        rows: Rows<'_>,
        known: Known<'_>,
        asked: &mut Asked,
    ) -> Option<f32> {
        let search = Id::unique("conversation search");
        let last = rows.len().checked_sub(1)?;
        let from_search = ui.memory(|m| m.has_focus(search))
            && ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::ArrowDown));
        if from_search {
            return self.focus(ui, rows, 0);
        }
        let id = row_id(self.cursor.as_deref()?);
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
                ui.memory_mut(|m| m.request_focus(search));
                return None;
            }
            return self.focus(ui, rows, at.saturating_add_signed(by).min(last));
        }
        if pressed(Key::Delete) {
            asked.delete =
                doomed(self.cursor.as_deref()?, known).filter(|_| offline(known.model).is_none());
        }
        None
    }

    fn focus(&mut self, ui: &Ui, rows: Rows<'_>, at: usize) -> Option<f32> {
        let id = rows.id(at)?;
        self.cursor = Some(id.to_owned());
        let focused = row_id(id);
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

/// Why what needs the cloud cannot be done now.
pub(crate) fn offline(model: &Model) -> Option<&'static str> {
    matches!(model.cloud, CloudLink::Waiting { .. } | CloudLink::Connecting)
        .then_some(tr!("conversations-needs-cloud"))
}

/// The conversation, if this person may delete it.
pub(crate) fn doomed(id: &str, known: Known<'_>) -> Option<Doomed> {
    let row = known.model.conversations.list.items().iter().find(|c| c.id == id);
    let open = known.model.conversations.open.as_ref().filter(|t| t.id == id);
    let (title, place, own) = match (row, open) {
        (Some(c), _) => (&c.title, c.place, c.author.is_none()),
        (None, Some(t)) => (&t.title, Place::Synced, t.writable),
        (None, None) => return None,
    };
    let may = own
        || place == Place::Local
        || known.person.is_none_or(|person| person.may(Action::ManageConversations));
    may.then(|| Doomed { id: id.to_owned(), title: title.clone(), place })
}

fn menu(
    response: &Response,
    rows: Rows<'_>,
    at: usize,
    known: Known<'_>,
    commands: &mut Vec<Command>,
    asked: &mut Asked,
) {
    response.context_menu(|ui| {
        ui.set_min_width(160.0);
        let Some(id) = rows.id(at) else { return };
        let open = known.model.conversations.open.as_ref().filter(|t| t.id == id);
        if open.is_none() && ui.button(tr!("conversations-open")).clicked() {
            commands.push(Command::OpenConversation(Some(id.to_owned())));
            ui.close();
        }
        actions(ui, id, open.is_some_and(|t| t.writable), known, asked);
    });
}

/// What can be done with a conversation, in a menu.
pub(crate) fn actions(ui: &mut Ui, id: &str, rename: bool, known: Known<'_>, asked: &mut Asked) {
    if rename && ui.button(tr!("conversations-rename")).clicked() {
        asked.rename = true;
        ui.close();
    }
    if let Some(doomed) = doomed(id, known) {
        let why = offline(known.model).filter(|_| doomed.place != Place::Local);
        let text = RichText::new(tr!("conversations-menu-delete")).color(tokens::of(ui.ctx()).bad);
        let button = ui.add_enabled(why.is_none(), egui::Button::new(text));
        if button.on_disabled_hover_text(why.unwrap_or_default()).clicked() {
            asked.delete = Some(doomed);
            ui.close();
        }
    }
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
    crate::widgets::empty_state(ui, mark, title, text);
}
