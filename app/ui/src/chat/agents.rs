//! Whose conversations are listed.

use super::{link, words};
use crate::conversations::marks;
use crate::icons::{self, Icon};
use crate::tokens::{self, radius, size, space};
use crate::widgets::menu_item;
use egui::{
    Align, Layout, Popup, Rect, RectAlign, RichText, ScrollArea, Sense, Ui, WidgetInfo,
    accesskit::Role, pos2, vec2,
};
use multiclaw_core::Command;
use multiclaw_core::model::{ChatAgent, Model};
use multiclaw_core::tr;

/// Width of the button that chooses an agent for a new conversation, in points.
const CHOOSE: f32 = 20.0;

/// Whose conversations they are, and a new one.
pub(super) fn top(ui: &mut Ui, model: &Model, commands: &mut Vec<Command>) {
    ui.horizontal(|ui| {
        let several = model.chat.agents.items().len() > 1;
        let spare = if several { CHOOSE } else { 0.0 };
        let room = ui.available_width() - size::CONTROL - space::XS - spare;
        agents(ui, room, model, commands);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            let why = link::blocked(model);
            if several {
                choose(ui, why, model, commands);
            }
            let (name, tip) = (tr!("chat-new"), tr!("chat-new-tip"));
            let add = |ui: &mut Ui| marks::button(ui, Icon::Plus, name, tip);
            let button = ui.add_enabled_ui(why.is_none(), add).inner;
            if button.on_disabled_hover_text(why.unwrap_or_default()).clicked() {
                commands.push(Command::NewChat(None));
            }
        });
    });
}

/// A new conversation with an agent of choice.
fn choose(ui: &mut Ui, why: Option<&str>, model: &Model, commands: &mut Vec<Command>) {
    let t = tokens::of(ui.ctx());
    let wanted = vec2(CHOOSE, size::CONTROL - 4.0);
    let add = |ui: &mut Ui| ui.allocate_exact_size(wanted, Sense::click());
    let (rect, button) = ui.add_enabled_ui(why.is_none(), add).inner;
    button.widget_info(|| WidgetInfo::labeled(Role::Button, why.is_none(), tr!("chat-new-with")));
    if button.hovered() {
        ui.painter().rect_filled(rect, radius::CONTROL, t.raised);
    }
    marks::focus(ui, rect, radius::CONTROL, &button);
    let ink = if button.hovered() { t.text } else { t.muted };
    let mark = Rect::from_center_size(rect.center(), vec2(11.0, 11.0));
    icons::paint(ui.painter(), mark, Icon::Down, ink);
    Popup::menu(&button).gap(4.0).align(RectAlign::BOTTOM_END).width(240.0).show(|ui| {
        ui.set_min_width(228.0);
        ui.spacing_mut().item_spacing.y = 2.0;
        ui.horizontal(|ui| {
            ui.add_space(10.0);
            ui.label(RichText::new(tr!("chat-new-with-head")).small().color(t.muted));
        });
        ScrollArea::vertical().max_height(340.0).show(ui, |ui| {
            for agent in model.chat.agents.items() {
                let short = words::model(&agent.model, &model.chat.models);
                if menu_item(ui, None, &called(ui, agent), false, short).clicked() {
                    commands.push(Command::NewChat(Some(agent.id.clone())));
                    ui.close();
                }
            }
        });
    });
    let tip = why.unwrap_or(tr!("chat-new-with-tip"));
    button.on_hover_text(tip).on_disabled_hover_text(tip);
}

/// The agent whose conversations are listed, and the others in a menu.
fn agents(ui: &mut Ui, width: f32, model: &Model, commands: &mut Vec<Command>) {
    let t = tokens::of(ui.ctx());
    let chat = &model.chat;
    let all = chat.agents.items();
    let chosen = match &chat.agent {
        Some(id) => all.iter().find(|a| a.id == *id),
        None if all.len() == 1 => all.first(),
        None => None,
    };
    let (title, below) = match chosen {
        Some(agent) => (called(ui, agent), words::model(&agent.model, &chat.models).to_owned()),
        None if all.is_empty() => (tr!("chat-chat").to_owned(), String::new()),
        None => (tr!("chat-all-agents").to_owned(), tr!("chat-agents-count", count = all.len())),
    };
    let sense = if all.len() > 1 { Sense::click() } else { Sense::hover() };
    let (rect, response) = ui.allocate_exact_size(vec2(width, 40.0), sense);
    response.widget_info(|| {
        let role = if all.len() > 1 { Role::Button } else { Role::Heading };
        WidgetInfo::labeled(role, true, tr!("chat-agent-is", agent = title.as_str()))
    });
    if response.hovered() && all.len() > 1 {
        ui.painter().rect_filled(rect, radius::CONTROL, t.raised);
    }
    marks::focus(ui, rect, radius::CONTROL, &response);
    let left = rect.left() + 6.0;
    let room = rect.width() - 12.0 - if all.len() > 1 { 20.0 } else { 0.0 };
    let first = words::one_line(ui, &title, size::STRONG - 1.0, t.text, room);
    let second = words::one_line(ui, &below, size::SMALL, t.muted, room);
    let height = if below.is_empty() { first.size().y } else { first.size().y + second.size().y };
    let top = rect.center().y - height / 2.0;
    let right = left + first.size().x;
    let under = top + first.size().y;
    ui.painter().galley(pos2(left, top), first, t.text);
    if !below.is_empty() {
        ui.painter().galley(pos2(left, under), second, t.muted);
    }
    if all.len() < 2 {
        return;
    }
    let mark = Rect::from_center_size(pos2(right + 14.0, top + 10.0), vec2(11.0, 11.0));
    icons::paint(ui.painter(), mark, Icon::Down, t.muted);
    Popup::menu(&response).gap(4.0).width(width.max(240.0)).show(|ui| {
        ui.set_min_width(width.max(240.0) - 12.0);
        ui.spacing_mut().item_spacing.y = 2.0;
        if menu_item(ui, None, tr!("chat-all-agents"), chat.agent.is_none(), "").clicked() {
            commands.push(Command::ChatWithAgent(None));
            ui.close();
        }
        ScrollArea::vertical().max_height(340.0).show(ui, |ui| {
            for agent in all {
                let ticked = chat.agent.as_ref() == Some(&agent.id);
                let short = words::model(&agent.model, &chat.models);
                if menu_item(ui, None, &called(ui, agent), ticked, short).clicked() {
                    commands.push(Command::ChatWithAgent(Some(agent.id.clone())));
                    ui.close();
                }
            }
        });
    });
}

/// An agent's emoji, where there is a font for it, and its name.
pub(super) fn called(ui: &Ui, agent: &ChatAgent) -> String {
    let font = egui::FontId::proportional(size::BODY);
    let known = ui.fonts_mut(|fonts| fonts.has_glyphs(&font, &agent.emoji));
    if agent.emoji.is_empty() || !known {
        agent.name.clone()
    } else {
        format!("{} {}", agent.emoji, agent.name)
    }
}
