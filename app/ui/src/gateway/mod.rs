//! The OpenClaw gateway on this machine: how it is, who may talk to it, and its log.

mod devices;
mod log;
mod overview;
#[cfg(test)]
mod tests;
mod words;

use crate::icons::Icon;
use crate::parts::{Act, Answer, Confirm, Segment, header, page, segments};
use crate::tokens::space;
use crate::widgets::Tone;
use egui::{Ui, accesskit::Role};
use multiclaw_core::Command;
use multiclaw_core::model::{Control, Gateway, GatewayLink, Model};
use multiclaw_core::tr;

/// How the gateway is: a colour, a title, and what that means.
pub(crate) fn state(gateway: &Gateway) -> (Tone, String, String) {
    let (tone, title, text) = words::state(&gateway.link);
    match &gateway.control {
        Some(Control::Starting) => (Tone::Warning, tr!("gateway-state-starting").to_owned(), text),
        Some(Control::Stopping) => (Tone::Warning, tr!("gateway-state-stopping").to_owned(), text),
        _ => (tone, title, text),
    }
}

/// The same in a colour and a few words, where there is something to know.
pub(crate) fn brief(gateway: &Gateway) -> Option<(Tone, &'static str)> {
    Some(match (&gateway.control, &gateway.link) {
        (Some(Control::Starting), _) => (Tone::Warning, tr!("gateway-brief-starting")),
        (Some(Control::Stopping), _) => (Tone::Warning, tr!("gateway-brief-stopping")),
        (_, GatewayLink::Online) => (Tone::Good, tr!("gateway-brief-running")),
        (_, GatewayLink::Connecting) => (Tone::Warning, tr!("gateway-brief-connecting")),
        (_, GatewayLink::Restarting { .. }) => (Tone::Warning, tr!("gateway-brief-restarting")),
        (_, GatewayLink::Waiting { .. }) => (Tone::Warning, tr!("gateway-brief-not-reached")),
        (_, GatewayLink::Refused { .. }) => (Tone::Bad, tr!("gateway-brief-refuses")),
        (_, GatewayLink::Stopped) => (Tone::Neutral, tr!("gateway-brief-stopped")),
        (_, GatewayLink::Looking | GatewayLink::NotInstalled) => return None,
    })
}

/// A page of the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Tab {
    #[default]
    Overview,
    Devices,
    Log,
}

/// State of the screen.
#[derive(Default)]
pub(crate) struct View {
    tab: Tab,
    devices: devices::View,
    log: log::View,
    stop: bool,
}

impl View {
    pub(crate) fn show(&mut self, ui: &mut Ui, model: &Model, commands: &mut Vec<Command>) {
        let gateway = &model.gateway;
        page(ui, |ui| {
            header(ui, tr!("gateway-title"), tr!("gateway-subtitle"), false, |ui| {
                self.acts(ui, gateway, commands);
            });
            let waiting = gateway.requests.len();
            let tabs = [
                Segment { text: tr!("gateway-tab-overview"), count: None },
                Segment {
                    text: tr!("gateway-tab-devices"),
                    count: (waiting > 0).then_some(waiting),
                },
                Segment { text: tr!("gateway-tab-log"), count: None },
            ];
            let current = match self.tab {
                Tab::Overview => 0,
                Tab::Devices => 1,
                Tab::Log => 2,
            };
            if let Some(n) = segments(ui, Role::Tab, &tabs, current) {
                self.tab =
                    [Tab::Overview, Tab::Devices, Tab::Log].get(n).copied().unwrap_or_default();
            }
            ui.add_space(space::S);
            match self.tab {
                Tab::Overview => overview::show(ui, gateway, commands),
                Tab::Devices => self.devices.show(ui, gateway, commands),
                Tab::Log => self.log.show(ui, gateway),
            }
        });
        if self.stop {
            self.confirm_stop(ui.ctx(), commands);
        }
    }

    /// What can be done with the gateway as it is now.
    fn acts(&mut self, ui: &mut Ui, gateway: &Gateway, commands: &mut Vec<Command>) {
        let busy = match gateway.control {
            Some(Control::Starting) => Some(tr!("gateway-being-started")),
            Some(Control::Stopping) => Some(tr!("gateway-being-stopped")),
            Some(Control::Restarting) => Some(tr!("gateway-being-restarted")),
            Some(Control::Failed(_)) | None => None,
        };
        let no_program = words::no_program(&gateway.program);
        match gateway.link {
            GatewayLink::Online => {
                // Restarting needs only the connection.
                let restart = Act::plain(tr!("gateway-restart")).icon(Icon::Refresh);
                if restart.blocked(busy).show(ui).clicked() {
                    commands.push(Command::RestartGateway);
                }
                let stop = Act::plain(tr!("gateway-stop")).icon(Icon::Stop);
                self.stop |= stop.blocked(busy.or(no_program)).show(ui).clicked();
            }
            GatewayLink::Stopped => {
                let start = Act::primary(tr!("gateway-start"));
                if start.blocked(busy.or(no_program)).show(ui).clicked() {
                    commands.push(Command::StartGateway);
                }
            }
            GatewayLink::NotInstalled
            | GatewayLink::Waiting { .. }
            | GatewayLink::Refused { .. } => {
                let again = Act::plain(tr!("gateway-try-again")).icon(Icon::Refresh);
                if again.blocked(busy).show(ui).clicked() {
                    commands.push(Command::ConnectGateway);
                }
            }
            GatewayLink::Looking | GatewayLink::Connecting | GatewayLink::Restarting { .. } => {}
        }
    }

    fn confirm_stop(&mut self, ctx: &egui::Context, commands: &mut Vec<Command>) {
        let confirm = Confirm {
            id: "stop gateway",
            title: tr!("gateway-stop-question"),
            text: tr!("gateway-stop-text"),
            act: tr!("gateway-stop"),
            keep: tr!("gateway-cancel"),
            blocked: None,
        };
        match confirm.show(ctx) {
            Answer::None => {}
            Answer::No => self.stop = false,
            Answer::Yes => {
                self.stop = false;
                commands.push(Command::StopGateway);
            }
        }
    }
}
