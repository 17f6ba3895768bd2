//! Who may talk to the gateway, and who asks to.

use crate::icons::{self, Icon};
use crate::parts::{Act, Answer, Confirm, empty, line, loading, section};
use crate::tokens::{self, size, space};
use crate::widgets::{Tone, badge, banner, card};
use egui::{
    Align, Label, Layout, Rect, RichText, ScrollArea, Sense, Ui, UiBuilder, WidgetInfo,
    accesskit::Role, pos2, vec2,
};
use multiclaw_core::Command;
use multiclaw_core::model::{Device, Gateway, GatewayLink, Load, PairingRequest};
use multiclaw_core::tr;
use std::sync::Arc;

/// Height of a device, in points.
const ROW: f32 = 58.0;

/// State of the page.
#[derive(Default)]
pub(super) struct View {
    /// The device that is to be removed.
    remove: Option<Arc<Device>>,
}

impl View {
    pub(super) fn show(&mut self, ui: &mut Ui, gateway: &Gateway, commands: &mut Vec<Command>) {
        if gateway.link != GatewayLink::Online {
            let text = tr!("gateway-devices-offline-text");
            empty(ui, Icon::Shield, tr!("gateway-devices-offline"), text, None);
            return;
        }
        let manage = gateway.facts.as_ref().is_some_and(|facts| facts.may_manage);
        let blocked = (!manage).then_some(tr!("gateway-no-right-to-manage"));
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            ui.set_max_width(860.0_f32.min(ui.available_width() - 4.0));
            for request in gateway.requests.iter() {
                asks(ui, request, blocked, commands);
            }
            match &gateway.devices {
                Load::Loading => loading(ui, Icon::Shield, tr!("gateway-devices-loading"), false),
                Load::Failed(problem) => banner(ui, problem),
                Load::Ready(all) => self.paired(ui, all, blocked),
            }
            ui.add_space(space::L);
        });
        self.confirm(ui, commands);
    }

    fn paired(&mut self, ui: &mut Ui, all: &[Arc<Device>], blocked: Option<&str>) {
        section(ui, tr!("gateway-devices-paired"));
        if all.is_empty() {
            ui.label(RichText::new(tr!("gateway-devices-none")).weak());
            return;
        }
        card(ui, 0).show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = 0.0;
            for (n, device) in all.iter().enumerate() {
                if row(ui, device, n > 0, blocked) {
                    self.remove = Some(Arc::clone(device));
                }
            }
        });
    }

    fn confirm(&mut self, ui: &Ui, commands: &mut Vec<Command>) {
        let Some(device) = &self.remove else { return };
        let title = tr!("gateway-device-remove-question", name = &device.name);
        let text = match device.own {
            true => tr!("gateway-device-remove-own-text"),
            false => tr!("gateway-device-remove-text"),
        };
        let confirm = Confirm {
            id: "remove-device",
            title: &title,
            text,
            act: tr!("gateway-device-remove"),
            keep: tr!("gateway-cancel"),
            blocked: None,
        };
        match confirm.show(ui.ctx()) {
            Answer::None => {}
            Answer::No => self.remove = None,
            Answer::Yes => {
                commands.push(Command::RemoveDevice(device.id.clone()));
                self.remove = None;
            }
        }
    }
}

/// The first and last of a long id.
fn short(id: &str) -> String {
    let count = id.chars().count();
    if count <= 16 {
        return id.to_owned();
    }
    let first: String = id.chars().take(8).collect();
    let last: String = id.chars().skip(count - 8).collect();
    format!("{first}…{last}")
}

/// Rights without what all of them have in common.
fn rights(scopes: &[String]) -> String {
    let words: Vec<&str> =
        scopes.iter().map(|s| s.strip_prefix("operator.").unwrap_or(s)).collect();
    if words.is_empty() { tr!("gateway-no-rights").to_owned() } else { words.join(", ") }
}

fn asks(ui: &mut Ui, request: &PairingRequest, blocked: Option<&str>, commands: &mut Vec<Command>) {
    let t = tokens::of(ui.ctx());
    card(ui, 16).stroke(egui::Stroke::new(1.0, t.warning)).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 3.0;
        let title = tr!("gateway-request-title", name = &request.name);
        ui.add(Label::new(RichText::new(title).size(size::STRONG)).wrap());
        let (when, device) = (&request.when, short(&request.device));
        let facts = match request.from.as_str() {
            "" => tr!("gateway-request-facts", when = when, device = device),
            from => tr!("gateway-request-facts-from", when = when, from = from, device = device),
        };
        ui.add(Label::new(RichText::new(facts).weak()).wrap());
        let wants = tr!("gateway-request-wants", rights = rights(&request.scopes));
        ui.add(Label::new(RichText::new(wants).weak()).wrap());
        ui.add_space(space::S);
        ui.horizontal(|ui| {
            let name = tr!("gateway-approve-device", name = &request.name);
            let approve = Act::primary(tr!("gateway-approve")).name(&name).blocked(blocked);
            if approve.show(ui).clicked() {
                commands.push(Command::ApproveDevice(request.id.clone()));
            }
            let name = tr!("gateway-refuse-device", name = &request.name);
            let refuse = Act::danger(tr!("gateway-refuse")).name(&name).blocked(blocked);
            if refuse.show(ui).clicked() {
                commands.push(Command::RejectDevice(request.id.clone()));
            }
            let text = tr!("gateway-approve-hint");
            ui.add(Label::new(RichText::new(text).weak().size(size::SMALL)).wrap());
        });
    });
    ui.add_space(space::XS);
}

/// Whether it is to be removed.
fn row(ui: &mut Ui, device: &Device, lined: bool, blocked: Option<&str>) -> bool {
    let t = tokens::of(ui.ctx());
    let (rect, said) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    let name = match device.connected {
        true => tr!("gateway-device-row-connected", name = &device.name),
        false => tr!("gateway-device-row", name = &device.name),
    };
    said.widget_info(|| WidgetInfo::labeled(Role::Row, true, &name));
    if lined {
        ui.painter().hline(rect.x_range(), rect.min.y, (1.0, t.line));
    }
    let inner = rect.shrink2(vec2(16.0, 0.0));
    let tile = Rect::from_center_size(pos2(inner.min.x + 10.0, inner.center().y), vec2(18.0, 18.0));
    let ink = if device.connected { t.good } else { t.muted };
    icons::paint(ui.painter(), tile, Icon::Desktop, ink);
    let text =
        Rect::from_min_max(pos2(tile.max.x + 14.0, inner.min.y), inner.max - vec2(210.0, 0.0));
    let half = rect.center().y;
    let upper = Rect::from_min_max(text.min + vec2(0.0, 9.0), pos2(text.max.x, half + 1.0));
    let lower = Rect::from_min_max(pos2(text.min.x, half + 1.0), text.max - vec2(0.0, 9.0));
    line(ui, upper, &device.name, size::BODY, t.text, Align::Min);
    let seen = match (device.connected, device.seen.as_str()) {
        (true, _) => tr!("gateway-device-connected").to_owned(),
        (false, "") => tr!("gateway-device-approved", when = &device.approved),
        (false, seen) => tr!("gateway-device-seen", when = seen),
    };
    let facts = format!("{seen} · {} · {}", short(&device.id), rights(&device.scopes));
    line(ui, lower, &facts, size::SMALL, t.muted, Align::Min);
    let rights = tr!("gateway-device-rights-are", rights = device.scopes.join(", "));
    said.on_hover_text(format!("{}\n{rights}", device.id));
    let right = Rect::from_min_max(pos2(inner.max.x - 200.0, inner.min.y), inner.max);
    let layout = Layout::right_to_left(Align::Center);
    let ui = &mut ui.new_child(UiBuilder::new().max_rect(right).layout(layout).id_salt(&device.id));
    let name = tr!("gateway-device-remove-name", name = &device.name);
    let remove = Act::quiet(tr!("gateway-device-remove")).name(&name).small().blocked(blocked);
    let removed = remove.show(ui).clicked();
    if device.own {
        badge(ui, tr!("gateway-this-app"), Tone::Accent);
    }
    removed
}

#[cfg(test)]
mod tests {
    use super::{rights, short};

    #[test]
    fn ids_are_shortened_and_rights_named() {
        assert_eq!(short("abc"), "abc");
        assert_eq!(short("0123456789abcdef0123"), "01234567…cdef0123");
        assert_eq!(rights(&["operator.read".into(), "node".into()]), "read, node");
        assert_eq!(rights(&[]), "no rights");
    }
}
