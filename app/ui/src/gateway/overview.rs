//! How the gateway is.

use super::words;
use crate::icons::{self, Icon};
use crate::parts::{Act, line, section};
use crate::tokens::{self, size, space};
use crate::widgets::{Tone, banner, card, dot};
use egui::{
    Align, Label, Layout, Rect, RichText, ScrollArea, Sense, Ui, UiBuilder, WidgetInfo,
    accesskit::Role, pos2, vec2,
};
use multiclaw_core::Command;
use multiclaw_core::model::{
    Channel, Control, Folder, Gateway, GatewayFacts, GatewayLink, GatewayRefusal, Load, Program,
};
use multiclaw_core::tr;

/// How to get it.
const INSTALL: &str = "https://docs.openclaw.ai/install";
/// Widest column of cards, in points.
const WIDEST: f32 = 860.0;

pub(super) fn show(ui: &mut Ui, gateway: &Gateway, commands: &mut Vec<Command>) {
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        ui.set_max_width(WIDEST.min(ui.available_width() - 4.0));
        ui.spacing_mut().item_spacing.y = space::S;
        if let Some(Control::Failed(problem)) = &gateway.control {
            banner(ui, problem);
        }
        state(ui, gateway, commands);
        folder(ui, &gateway.folder, commands);
        if let Program::Found { problem: Some(problem), .. } = &gateway.program {
            banner(ui, problem);
        }
        facts(ui, gateway);
        if gateway.link == GatewayLink::Online {
            channels(ui, &gateway.channels);
        }
        ui.add_space(space::L);
    });
}

fn state(ui: &mut Ui, gateway: &Gateway, commands: &mut Vec<Command>) {
    let t = tokens::of(ui.ctx());
    let (tone, title, text) = super::state(gateway);
    card(ui, 18).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = space::M;
            let (rect, _) = ui.allocate_exact_size(vec2(44.0, 44.0), Sense::hover());
            let colour = tone.colour(&t);
            ui.painter().circle_filled(rect.center(), 22.0, colour.gamma_multiply(0.16));
            let icon = if tone == Tone::Good { Icon::Check } else { Icon::Here };
            icons::paint(ui.painter(), rect.shrink(13.0), icon, colour);
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = 3.0;
                ui.add(Label::new(RichText::new(&title).size(size::STRONG)).wrap());
                if !text.is_empty() {
                    ui.add(Label::new(RichText::new(text.trim()).weak()).wrap());
                }
                remedy(ui, &gateway.link, commands);
            });
        });
    });
}

/// What solves it, beside the buttons above.
fn remedy(ui: &mut Ui, link: &GatewayLink, commands: &mut Vec<Command>) {
    match link {
        GatewayLink::NotInstalled => {
            ui.add_space(space::S);
            if Act::primary(tr!("gateway-how-to-install")).icon(Icon::Globe).show(ui).clicked() {
                commands.push(Command::OpenLink(INSTALL.into()));
            }
        }
        GatewayLink::Refused { refusal: GatewayRefusal::PairingNeeded { command }, .. } => {
            ui.add_space(space::S);
            ui.horizontal_wrapped(|ui| {
                ui.add(Label::new(RichText::new(command).monospace()).wrap());
                let copy = Act::plain(tr!("gateway-copy")).name(tr!("gateway-copy-command"));
                if copy.icon(Icon::Copy).small().show(ui).clicked() {
                    ui.ctx().copy_text(command.clone());
                }
            });
        }
        GatewayLink::Refused { refusal: GatewayRefusal::GatewayTooOld, .. } => {
            ui.add_space(space::S);
            let how = "https://docs.openclaw.ai/install/updating";
            if Act::plain(tr!("gateway-how-to-update")).icon(Icon::Globe).show(ui).clicked() {
                commands.push(Command::OpenLink(how.into()));
            }
        }
        _ => {}
    }
}

fn folder(ui: &mut Ui, folder: &Folder, commands: &mut Vec<Command>) {
    match folder {
        Folder::Absent | Folder::Private => {}
        Folder::Failed(problem) => banner(ui, problem),
        Folder::Open { mode, problem } => {
            banner(ui, problem);
            ui.horizontal_wrapped(|ui| {
                let wanted = tr!("gateway-make-private");
                if Act::primary(wanted).icon(Icon::Shield).show(ui).clicked() {
                    commands.push(Command::RepairFolder);
                }
                let text = tr!("gateway-make-private-modes", mode = mode);
                ui.label(RichText::new(text).weak().size(size::SMALL));
            });
            ui.add_space(space::S);
        }
    }
}

fn facts(ui: &mut Ui, gateway: &Gateway) {
    let mut rows: Vec<(&str, String)> = Vec::new();
    if let Some(facts) = &gateway.facts {
        of_gateway(facts, &mut rows);
    }
    match &gateway.program {
        Program::Looking => {}
        Program::Missing => {
            rows.push((
                tr!("gateway-fact-program"),
                tr!("gateway-fact-program-missing").to_owned(),
            ));
        }
        Program::Found { path, version, .. } => {
            let unknown = tr!("gateway-fact-version-unknown");
            let version = if version.is_empty() { unknown } else { version };
            rows.push((tr!("gateway-fact-program"), format!("{path} ({version})")));
        }
    }
    if rows.is_empty() {
        return;
    }
    card(ui, 0).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 0.0;
        for (n, (what, how)) in rows.iter().enumerate() {
            row(ui, what, how, n > 0);
        }
    });
}

fn of_gateway(facts: &GatewayFacts, rows: &mut Vec<(&'static str, String)>) {
    let version = match &facts.update {
        Some(newer) => {
            tr!("gateway-fact-version-and-newer", version = &facts.version, newer = newer)
        }
        None => facts.version.clone(),
    };
    rows.push((tr!("gateway-fact-version"), version));
    if !facts.uptime.is_empty() {
        let said = tr!("gateway-fact-uptime-since", uptime = &facts.uptime, since = &facts.since);
        rows.push((tr!("gateway-fact-uptime"), said));
    }
    let address = tr!("gateway-fact-address-port", port = facts.port);
    rows.push((tr!("gateway-fact-address"), address));
    if let Some(pid) = facts.pid {
        let said = match facts.memory {
            None => pid.to_string(),
            Some(memory) => {
                tr!("gateway-fact-process-memory", pid = pid, memory = words::bytes(memory))
            }
        };
        rows.push((tr!("gateway-fact-process"), said));
    }
    if !facts.state_folder.is_empty() {
        rows.push((tr!("gateway-fact-folder"), facts.state_folder.clone()));
    }
    if !facts.may_manage {
        rows.push((tr!("gateway-fact-rights"), tr!("gateway-fact-rights-talk-only").to_owned()));
    }
}

/// Height of a row of facts, in points.
const ROW: f32 = 38.0;

fn row(ui: &mut Ui, what: &str, how: &str, lined: bool) {
    let t = tokens::of(ui.ctx());
    let (rect, said) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    let name = format!("{what}: {how}");
    said.widget_info(|| WidgetInfo::labeled(Role::Label, true, &name));
    if lined {
        ui.painter().hline(rect.x_range(), rect.min.y, (1.0, t.line));
    }
    let inner = rect.shrink2(vec2(18.0, 0.0));
    let middle = inner.min.x + 132.0;
    let left = Rect::from_min_max(inner.min, pos2(middle, inner.max.y));
    let right = Rect::from_min_max(pos2(middle, inner.min.y), inner.max);
    line(ui, left, what, size::BODY - 0.5, t.muted, Align::Min);
    line(ui, right, how, size::BODY - 0.5, t.text, Align::Min);
    said.on_hover_text(how);
}

fn channels(ui: &mut Ui, channels: &Load<Channel>) {
    section(ui, tr!("gateway-channels"));
    let all = match channels {
        Load::Loading => {
            ui.label(RichText::new(tr!("gateway-channels-loading")).weak());
            return;
        }
        Load::Failed(problem) => {
            banner(ui, problem);
            return;
        }
        Load::Ready(all) => all,
    };
    if all.is_empty() {
        let text = tr!("gateway-channels-none");
        ui.add(Label::new(RichText::new(text).weak()).wrap());
        return;
    }
    card(ui, 0).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 0.0;
        for (n, channel) in all.iter().enumerate() {
            of_channel(ui, channel, n > 0);
        }
    });
}

fn of_channel(ui: &mut Ui, channel: &Channel, lined: bool) {
    let t = tokens::of(ui.ctx());
    let height = if channel.problem.is_some() { 56.0 } else { ROW + 4.0 };
    let (rect, said) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    let name = format!("{}: {}", channel.name, channel.state);
    said.widget_info(|| WidgetInfo::labeled(Role::Label, true, &name));
    if lined {
        ui.painter().hline(rect.x_range(), rect.min.y, (1.0, t.line));
    }
    let inner = rect.shrink2(vec2(18.0, 6.0));
    let layout = Layout::left_to_right(Align::Center);
    let upper = Rect::from_min_size(inner.min, vec2(inner.width(), ROW - 8.0));
    let ui =
        &mut ui.new_child(UiBuilder::new().max_rect(upper).layout(layout).id_salt(&channel.id));
    dot(
        ui,
        match (channel.running, channel.problem.is_some()) {
            (_, true) => Tone::Bad,
            (true, false) => Tone::Good,
            (false, false) => Tone::Neutral,
        },
    );
    ui.label(&channel.name);
    ui.label(RichText::new(&channel.state).weak());
    if let Some(problem) = &channel.problem {
        let below = Rect::from_min_max(pos2(inner.min.x + 18.0, upper.max.y - 4.0), inner.max);
        line(ui, below, problem, size::SMALL, t.bad, Align::Min);
    }
}
