//! One agent: its model, its keys, its instructions.

use super::{has_key, named};
use crate::icons::{self, Icon};
use crate::parts::{
    Act, avatar, crown, day, fact, full, line, pill_label, scrolled, section, tool,
};
use crate::tokens::{self, radius, size, space};
use egui::{
    Align, Label, Layout, Rect, RichText, Sense, Stroke, StrokeKind, Ui, UiBuilder, pos2, vec2,
};
use multiclaw_core::model::{Agent, KeyHint};
use multiclaw_core::tr;

/// What the screen is to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    Nothing,
    Close,
    Edit,
    Delete,
    SetKey(String),
    RemoveKey(String),
}

pub(super) fn show(
    ui: &mut Ui,
    agent: &Agent,
    narrow: bool,
    manages: bool,
    offline: Option<&str>,
) -> Asked {
    let t = tokens::of(ui.ctx());
    let names = [tr!("agents-back"), tr!("agents-close")];
    let mut asked = Asked::Nothing;
    let left = crown(ui, narrow, names, &agent.name, |ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(28.0, 28.0), Sense::hover());
        avatar(ui, rect.center(), 28.0, &agent.name);
        ui.label(RichText::new(named(&agent.provider)).color(t.muted));
    });
    if left {
        return Asked::Close;
    }
    scrolled(ui, &agent.id, |ui| {
        if narrow && !manages {
            ui.label(RichText::new(tr!("agents-owners-only")).size(size::SMALL).color(t.muted));
        }
        if manages {
            ui.horizontal(|ui| {
                if Act::plain(tr!("agents-edit"))
                    .icon(Icon::Edit)
                    .blocked(offline)
                    .show(ui)
                    .clicked()
                {
                    asked = Asked::Edit;
                }
                if Act::danger(tr!("agents-delete"))
                    .icon(Icon::Trash)
                    .blocked(offline)
                    .show(ui)
                    .clicked()
                {
                    asked = Asked::Delete;
                }
            });
            ui.add_space(space::XS);
        }
        ui.spacing_mut().item_spacing.y = space::XS;
        fact(ui, tr!("agents-provider"), named(&agent.provider));
        fact(ui, tr!("agents-model"), &agent.model);
        fact(ui, tr!("agents-changed"), &full(&agent.updated_at));
        keys(ui, agent, manages, offline, &mut asked);
        section(ui, tr!("agents-instructions"));
        if agent.instructions.trim().is_empty() {
            ui.label(RichText::new(tr!("agents-no-instructions")).color(t.muted));
        } else {
            ui.add(Label::new(&agent.instructions).wrap().selectable(true));
        }
    });
    asked
}

fn keys(ui: &mut Ui, agent: &Agent, manages: bool, offline: Option<&str>, asked: &mut Asked) {
    let t = tokens::of(ui.ctx());
    section(ui, tr!("agents-keys"));
    let own = has_key(agent);
    if !own {
        let text = tr!("agents-no-key-for", provider = named(&agent.provider));
        pill_label(ui, &text, t.warning);
    }
    for hint in &agent.keys {
        one(ui, hint, manages, offline, asked);
        ui.add_space(2.0);
    }
    if manages {
        ui.add_space(space::XS);
        let set = Act::plain(tr!("agents-key-set")).icon(Icon::Key).blocked(offline);
        if set.show(ui).clicked() {
            let provider = if own { "" } else { agent.provider.as_str() };
            *asked = Asked::SetKey(provider.to_owned());
        }
    }
    ui.add_space(space::XS);
}

fn one(ui: &mut Ui, hint: &KeyHint, manages: bool, offline: Option<&str>, asked: &mut Asked) {
    let t = tokens::of(ui.ctx());
    let wanted = vec2(ui.available_width(), 52.0);
    let (rect, _) = ui.allocate_exact_size(wanted, Sense::hover());
    let edge = Stroke::new(1.0, t.line);
    ui.painter().rect(rect, radius::CONTROL, t.surface, edge, StrokeKind::Inside);
    let tile = Rect::from_center_size(pos2(rect.min.x + 24.0, rect.center().y), vec2(16.0, 16.0));
    icons::paint(ui.painter(), tile, Icon::Key, t.muted);
    let name = named(&hint.provider);
    let mut inner = rect.shrink2(vec2(10.0, 0.0));
    if manages {
        let builder = UiBuilder::new()
            .max_rect(inner)
            .id_salt(&hint.provider)
            .layout(Layout::right_to_left(Align::Center));
        let mut child = ui.new_child(builder);
        let remove = tr!("agents-key-remove-named", provider = name);
        if tool(&mut child, Icon::Trash, &remove, offline).clicked() {
            *asked = Asked::RemoveKey(hint.provider.clone());
        }
        let replace = tr!("agents-key-replace-named", provider = name);
        if tool(&mut child, Icon::Edit, &replace, offline).clicked() {
            *asked = Asked::SetKey(hint.provider.clone());
        }
        inner.max.x = child.min_rect().min.x - space::S;
    }
    inner.min.x += 36.0;
    let (upper, lower) = inner.split_top_bottom_at_fraction(0.5);
    let upper = upper.translate(vec2(0.0, 4.0));
    let lower = lower.translate(vec2(0.0, -4.0));
    let text = format!("…{}", hint.last4);
    let date = day(&hint.set_at);
    let set = tr!("agents-key-set-on", date = &date);
    let at = line(ui, upper, name, size::BODY, t.text, Align::Min);
    let mut beside = upper;
    beside.min.x = at.max.x + space::S;
    line(ui, beside, &text, size::BODY, t.muted, Align::Min);
    line(ui, lower, &set, size::SMALL, t.muted, Align::Min);
    // The painted row, for a screen reader.
    let said = ui.interact(rect, ui.scope_id().with(("key", &hint.provider)), Sense::hover());
    said.widget_info(|| {
        let label = tr!("agents-key-row", provider = name, end = &hint.last4, date = &date);
        egui::WidgetInfo::labeled(egui::accesskit::Role::Label, true, label)
    });
}
