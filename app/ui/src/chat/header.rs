//! The bar above the open conversation.

use super::agents::called;
use super::link;
use super::question::{Question, TITLE};
use super::words::{self, one_line};
use crate::conversations::marks;
use crate::icons::{self, Icon};
use crate::parts::Act;
use crate::tokens::{self, radius, size, space};
use crate::widgets::menu_item;
use egui::{
    Align, FontId, Id, Key, Layout, Margin, Modifiers, Popup, Rect, RectAlign, RichText,
    ScrollArea, Sense, Stroke, TextEdit, Ui, UiBuilder, WidgetInfo, accesskit::Role, pos2, vec2,
};
use multiclaw_core::Command;
use multiclaw_core::model::{ChatAgent, ChatChange, ChatThread, ExportFormat, Model};
use multiclaw_core::tr;

/// Height of the bar, in points.
pub(super) const HEIGHT: f32 = 80.0;
/// Below this width, in points, what can be chosen is in the menu.
const FEW: f32 = 620.0;

/// What was asked for beside commands.
#[derive(Default)]
pub(super) struct Asked {
    pub find: bool,
    pub back: bool,
    pub question: Option<Question>,
    /// The title was changed: the keyboard goes back to the message.
    pub done: bool,
}

/// State of the bar.
#[derive(Default)]
pub(super) struct Header {
    /// The title while it is changed, and whether the field had the keyboard yet.
    title: Option<(String, bool)>,
}

/// The agent of a conversation.
pub(super) fn agent<'a>(model: &'a Model, id: &str) -> Option<&'a ChatAgent> {
    model.chat.agents.items().iter().find(|a| a.id == id).map(|a| &**a)
}

/// What it is called.
pub(super) fn agent_name(ui: &Ui, model: &Model, id: &str) -> String {
    agent(model, id).map_or_else(|| id.to_owned(), |agent| called(ui, agent))
}

impl Header {
    pub(super) fn show(
        &mut self,
        ui: &mut Ui,
        bar: Rect,
        thread: &ChatThread,
        model: &Model,
        one_pane: bool,
        commands: &mut Vec<Command>,
    ) -> Asked {
        let t = tokens::of(ui.ctx());
        let mut asked = Asked::default();
        ui.painter().rect_filled(bar, 0, t.background);
        ui.painter().hline(bar.x_range(), bar.bottom() - 0.5, Stroke::new(1.0, t.line));
        let margin = if one_pane { 6.0 } else { 20.0 };
        let first = Rect::from_min_size(
            bar.min + vec2(margin, 8.0),
            vec2(bar.width() - margin - 10.0, 34.0),
        );
        let few = bar.width() < FEW;
        let layout = Layout::left_to_right(Align::Center);
        let builder = UiBuilder::new().max_rect(first).layout(layout).id_salt("chat header");
        let left = ui
            .scope_builder(builder, |ui| {
                ui.spacing_mut().item_spacing.x = 2.0;
                if one_pane {
                    let back = tr!("chat-back");
                    asked.back = marks::button(ui, Icon::Back, back, back).clicked();
                }
                let left = ui.cursor().left() + if one_pane { 4.0 } else { 0.0 };
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    self.buttons(ui, thread, model, few, &mut asked, commands);
                    let right = ui.cursor().right() - space::S;
                    let line =
                        Rect::from_min_max(pos2(left, first.top()), pos2(right, first.bottom()));
                    self.title(ui, line, thread, model, &mut asked, commands);
                });
                left
            })
            .inner;
        let second = Rect::from_min_max(
            pos2(left, bar.top() + 44.0),
            pos2(bar.right() - 14.0, bar.bottom() - 8.0),
        );
        let builder = UiBuilder::new().max_rect(second).layout(layout).id_salt("chat facts");
        ui.scope_builder(builder, |ui| facts(ui, second, thread, model, few, commands));
        asked
    }

    fn buttons(
        &mut self,
        ui: &mut Ui,
        thread: &ChatThread,
        model: &Model,
        few: bool,
        asked: &mut Asked,
        commands: &mut Vec<Command>,
    ) {
        let more = marks::button(ui, Icon::More, tr!("chat-more-actions"), tr!("chat-more"));
        Popup::menu(&more).width(230.0).show(|ui| {
            ui.set_min_width(218.0);
            self.menu(ui, thread, model, few, asked, commands);
        });
        let tip = tr!("chat-find-tip");
        if marks::button(ui, Icon::Search, tr!("chat-find"), tip).clicked() {
            asked.find = true;
        }
        if few {
            return;
        }
        let name = words::pin(thread.pinned);
        let why = link::blocked(model);
        let pin = ui.add_enabled_ui(why.is_none(), |ui| {
            let (rect, response) = ui.allocate_exact_size(vec2(32.0, 32.0), Sense::click());
            marks::square(ui, rect, &response, Icon::Pin, name);
            if thread.pinned {
                let t = tokens::of(ui.ctx());
                let mark = Rect::from_center_size(rect.center(), vec2(16.0, 16.0));
                icons::paint(ui.painter(), mark, Icon::Pin, t.accent_hover);
            }
            response.on_hover_text(name)
        });
        let pin = pin.inner.on_disabled_hover_text(why.unwrap_or_default());
        if pin.clicked() {
            commands.push(change(thread, ChatChange::Pinned(!thread.pinned)));
        }
    }

    fn menu(
        &mut self,
        ui: &mut Ui,
        thread: &ChatThread,
        model: &Model,
        few: bool,
        asked: &mut Asked,
        commands: &mut Vec<Command>,
    ) {
        ui.spacing_mut().item_spacing.y = 2.0;
        let why = link::blocked(model);
        if menu_item(ui, Some(Icon::Search), tr!("chat-menu-find"), false, "Ctrl+F").clicked() {
            asked.find = true;
            ui.close();
        }
        for (format, text) in [
            (ExportFormat::Markdown, tr!("chat-export-markdown")),
            (ExportFormat::Json, tr!("chat-export-json")),
        ] {
            if menu_item(ui, Some(Icon::Document), text, false, "").clicked() {
                commands.push(Command::ExportChat(format));
                ui.close();
            }
        }
        ui.add_enabled_ui(why.is_none(), |ui| {
            if few {
                let name = words::pin(thread.pinned);
                if menu_item(ui, Some(Icon::Pin), name, false, "").clicked() {
                    commands.push(change(thread, ChatChange::Pinned(!thread.pinned)));
                    ui.close();
                }
            }
            if menu_item(ui, Some(Icon::Edit), tr!("chat-rename"), false, "").clicked() {
                self.title = Some((thread.title.clone(), false));
                ui.close();
            }
            ui.separator();
            if few {
                nested(ui, tr!("chat-model"), |ui| models(ui, thread, model, commands));
                if thread.thinking_levels.len() > 1 {
                    nested(ui, tr!("chat-thinking"), |ui| levels(ui, thread, commands));
                }
                nested(ui, tr!("chat-permissions"), |ui| permissions(ui, thread, commands));
                ui.separator();
            }
            let idle = thread.run.is_none() && thread.busy.is_none();
            ui.add_enabled_ui(idle, |ui| {
                let (text, hint) = (tr!("chat-compact"), tr!("chat-compact-means"));
                if menu_item(ui, Some(Icon::Fit), text, false, hint).clicked() {
                    commands.push(Command::CompactChat);
                    ui.close();
                }
                if menu_item(ui, Some(Icon::Refresh), tr!("chat-menu-empty"), false, "").clicked() {
                    asked.question = Some(Question::empty(&thread.key, &thread.title));
                    ui.close();
                }
            });
            let delete = tr!("chat-menu-delete");
            if !thread.main && menu_item(ui, Some(Icon::Trash), delete, false, "").clicked() {
                asked.question = Some(Question::delete(&thread.key, &thread.title, false));
                ui.close();
            }
        });
        if let Some(why) = why {
            ui.label(RichText::new(why).small().color(tokens::of(ui.ctx()).muted));
        }
    }

    fn title(
        &mut self,
        ui: &mut Ui,
        line: Rect,
        thread: &ChatThread,
        model: &Model,
        asked: &mut Asked,
        commands: &mut Vec<Command>,
    ) {
        let t = tokens::of(ui.ctx());
        if self.title.is_some() {
            self.title_field(ui, line, thread, asked, commands);
            return;
        }
        let flat = words::flat(&thread.title);
        let title = one_line(ui, &flat, size::STRONG, t.text, line.width() - 8.0);
        let wide = title.size().x + 12.0;
        let place = Rect::from_min_size(line.min - vec2(6.0, 0.0), vec2(wide, line.height()));
        let why = link::blocked(model);
        let sense = if why.is_none() { Sense::click() } else { Sense::hover() };
        let response = ui.interact(place, Id::unique("chat title"), sense);
        response.widget_info(|| {
            let role = if why.is_none() { Role::Button } else { Role::Heading };
            WidgetInfo::labeled(role, true, tr!("chat-title-is", title = thread.title.as_str()))
        });
        if response.hovered() && why.is_none() {
            let rect = place.shrink2(vec2(0.0, 3.0));
            ui.painter().rect_filled(rect, radius::CONTROL, t.raised);
        }
        marks::focus(ui, place, radius::CONTROL, &response);
        let at = pos2(line.left(), place.center().y - title.size().y / 2.0);
        ui.painter().galley(at, title, t.text);
        if response.on_hover_text(why.unwrap_or(tr!("chat-rename"))).clicked() && why.is_none() {
            self.title = Some((thread.title.clone(), false));
            ui.ctx().request_repaint();
        }
    }

    fn title_field(
        &mut self,
        ui: &mut Ui,
        line: Rect,
        thread: &ChatThread,
        asked: &mut Asked,
        commands: &mut Vec<Command>,
    ) {
        let Some((title, focused)) = &mut self.title else { return };
        let id = Id::unique("chat title field");
        let escaped = ui.memory(|m| m.has_focus(id))
            && ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Escape));
        let field = TextEdit::singleline(title)
            .id(id)
            .font(FontId::proportional(size::STRONG))
            .margin(Margin::symmetric(6, 5))
            .event_filter(marks::field_filter())
            .char_limit(TITLE)
            .desired_width(line.width().min(440.0));
        let builder = UiBuilder::new().max_rect(line.translate(vec2(-6.0, 2.0)));
        let response = ui.scope_builder(builder, |ui| ui.add(field)).inner;
        response.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, tr!("chat-title")));
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
            asked.done = true;
        } else if response.lost_focus() {
            let wanted = title.trim().to_owned();
            if wanted != thread.title {
                commands.push(change(thread, ChatChange::Title(wanted)));
            }
            self.title = None;
            asked.done = true;
        }
    }
}

fn change(thread: &ChatThread, change: ChatChange) -> Command {
    Command::ChangeChat { key: thread.key.clone(), change }
}

fn nested(ui: &mut Ui, name: &str, add: impl FnOnce(&mut Ui)) {
    ui.menu_button(name, |ui| {
        ui.set_min_width(230.0);
        ui.spacing_mut().item_spacing.y = 2.0;
        ScrollArea::vertical().max_height(300.0).show(ui, add);
    });
}

/// The agent, what was chosen for it, and how full its context is.
fn facts(
    ui: &mut Ui,
    room: Rect,
    thread: &ChatThread,
    model: &Model,
    few: bool,
    commands: &mut Vec<Command>,
) {
    let t = tokens::of(ui.ctx());
    ui.spacing_mut().item_spacing.x = 2.0;
    let most = if few { room.width() * 0.5 } else { 180.0 };
    let name = agent_name(ui, model, &thread.agent);
    let galley = one_line(ui, &name, size::SMALL + 0.5, t.muted, most);
    let wanted = vec2(galley.size().x + 6.0, room.height());
    let (rect, response) = ui.allocate_exact_size(wanted, Sense::hover());
    response.widget_info(|| {
        WidgetInfo::labeled(Role::Label, true, tr!("chat-with", agent = name.as_str()))
    });
    ui.painter().galley(
        pos2(rect.left(), rect.center().y - galley.size().y / 2.0),
        galley,
        t.muted,
    );
    let why = link::blocked(model);
    let chosen = model_name(thread, model);
    if few {
        let left = ui.cursor().left();
        let text = format!("·  {chosen}");
        let edge = room.right() - if thread.context.is_some() { 84.0 } else { 0.0 };
        let galley = one_line(ui, &text, size::SMALL + 0.5, t.muted, edge - left);
        let at = pos2(left + 4.0, room.center().y - galley.size().y / 2.0);
        ui.painter().galley(at, galley, t.muted);
    } else {
        let name = tr!("chat-model-is", model = chosen.as_str());
        chip(ui, &name, &chosen, why, |ui| models(ui, thread, model, commands));
        if thread.thinking_levels.len() > 1 {
            let text = match thread.thinking.as_str() {
                "" => tr!("chat-thinking").to_owned(),
                level => tr!("chat-thinking-is", level = words::thinking(level).to_lowercase()),
            };
            let name = tr!("chat-thinking-is", level = text.as_str());
            chip(ui, &name, &text, why, |ui| levels(ui, thread, commands));
        }
        let (text, _) = words::permission(thread.permission);
        let name = tr!("chat-permissions-are", permissions = text);
        chip(ui, &name, text, why, |ui| permissions(ui, thread, commands));
    }
    if let Some((used, all)) = thread.context {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| meter(ui, used, all, few));
    }
}

fn model_name(thread: &ChatThread, model: &Model) -> String {
    let own = agent(model, &thread.agent).map_or("", |a| a.model.as_str());
    let id = if thread.model.is_empty() { own } else { &thread.model };
    if id.is_empty() {
        tr!("chat-model-default").to_owned()
    } else {
        words::model(id, &model.chat.models).to_owned()
    }
}

/// A choice that opens a menu.
fn chip(ui: &mut Ui, name: &str, text: &str, why: Option<&str>, add: impl FnOnce(&mut Ui)) {
    let button = Act::quiet(text).name(name).small().menu().blocked(why).show(ui);
    Popup::menu(&button).align(RectAlign::BOTTOM_START).gap(4.0).width(300.0).show(|ui| {
        ui.set_min_width(288.0);
        ui.spacing_mut().item_spacing.y = 2.0;
        ScrollArea::vertical().max_height(340.0).show(ui, add);
    });
}

fn models(ui: &mut Ui, thread: &ChatThread, model: &Model, commands: &mut Vec<Command>) {
    let own = agent(model, &thread.agent).map_or("", |a| a.model.as_str());
    let hint = words::model(own, &model.chat.models);
    let ticked = thread.model.is_empty();
    if menu_item(ui, None, tr!("chat-model-own"), ticked, hint).clicked() {
        commands.push(change(thread, ChatChange::Model(String::new())));
        ui.close();
    }
    for each in model.chat.models.iter() {
        let name = if each.name.is_empty() { &each.id } else { &each.name };
        let hint =
            if each.available { each.provider.as_str() } else { tr!("chat-model-not-available") };
        let ticked = thread.model == each.id;
        ui.add_enabled_ui(each.available, |ui| {
            if menu_item(ui, None, name, ticked, hint).clicked() {
                commands.push(change(thread, ChatChange::Model(each.id.clone())));
                ui.close();
            }
        });
    }
}

fn levels(ui: &mut Ui, thread: &ChatThread, commands: &mut Vec<Command>) {
    let none = [String::new()];
    for level in none.iter().chain(&thread.thinking_levels) {
        let ticked = thread.thinking == *level;
        let name = if level.is_empty() {
            tr!("chat-thinking-own").to_owned()
        } else {
            words::thinking(level)
        };
        if menu_item(ui, None, &name, ticked, "").clicked() {
            commands.push(change(thread, ChatChange::Thinking(level.clone())));
            ui.close();
        }
    }
}

fn permissions(ui: &mut Ui, thread: &ChatThread, commands: &mut Vec<Command>) {
    let t = tokens::of(ui.ctx());
    for each in words::PERMISSIONS {
        let (name, means) = words::permission(each);
        let (rect, response) =
            ui.allocate_exact_size(vec2(ui.available_width(), 50.0), Sense::click());
        let ticked = each == thread.permission;
        let enabled = ui.is_enabled();
        response.widget_info(|| {
            WidgetInfo::selected(Role::MenuItem, enabled, ticked, format!("{name}: {means}"))
        });
        if response.hovered() || response.has_focus() {
            ui.painter().rect_filled(rect, radius::CONTROL, t.raised);
        }
        marks::focus(ui, rect, radius::CONTROL, &response);
        let room = rect.width() - 44.0;
        let first = one_line(ui, name, size::BODY, t.text, room);
        let second = one_line(ui, means, size::SMALL, t.muted, room);
        let top = rect.center().y - (first.size().y + second.size().y) / 2.0;
        let under = top + first.size().y;
        ui.painter().galley(pos2(rect.left() + 10.0, top), first, t.text);
        ui.painter().galley(pos2(rect.left() + 10.0, under), second, t.muted);
        if ticked {
            let at = pos2(rect.right() - 17.0, rect.center().y);
            let mark = Rect::from_center_size(at, vec2(13.0, 13.0));
            icons::paint(ui.painter(), mark, Icon::Check, t.accent_hover);
        }
        if response.clicked() {
            commands.push(change(thread, ChatChange::Permission(each)));
            ui.close();
        }
    }
}

/// How full the model's context is.
fn meter(ui: &mut Ui, used: u64, all: u64, few: bool) {
    let t = tokens::of(ui.ctx());
    let (some, most) = (words::tokens(used), words::tokens(all));
    let text = if few {
        some.clone()
    } else {
        tr!("chat-context-short", used = some.as_str(), all = most.as_str())
    };
    let galley = one_line(ui, &text, size::SMALL, t.muted, 130.0);
    let wide = if few { 34.0 } else { 54.0 };
    let wanted = vec2(galley.size().x + wide + space::S, 22.0);
    let (rect, response) = ui.allocate_exact_size(wanted, Sense::hover());
    #[expect(clippy::cast_precision_loss, reason = "a share")]
    let share = (used as f32 / all.max(1) as f32).clamp(0.0, 1.0);
    let colour = if share > 0.9 {
        t.bad
    } else if share > 0.75 {
        t.warning
    } else {
        t.muted
    };
    let bar = Rect::from_min_size(pos2(rect.left(), rect.center().y - 2.5), vec2(wide, 5.0));
    ui.painter().rect_filled(bar, radius::PILL, t.line);
    let full = Rect::from_min_size(bar.min, vec2((wide * share).max(3.0), 5.0));
    ui.painter().rect_filled(full, radius::PILL, colour);
    let at = pos2(bar.right() + space::S, rect.center().y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, t.muted);
    let said = tr!("chat-context", used = some, all = most);
    response.widget_info(|| WidgetInfo::labeled(Role::Meter, true, &said));
    response.on_hover_text(said);
}
