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

/// How the gateway is: a colour, a title, and what that means.
pub(crate) fn state(gateway: &Gateway) -> (Tone, String, String) {
    let (tone, title, text) = words::state(&gateway.link);
    match &gateway.control {
        Some(Control::Starting) => (Tone::Warning, "Starting…".to_owned(), text),
        Some(Control::Stopping) => (Tone::Warning, "Stopping…".to_owned(), text),
        _ => (tone, title, text),
    }
}

/// The same in a colour and a few words, where there is something to know.
pub(crate) fn brief(gateway: &Gateway) -> Option<(Tone, &'static str)> {
    Some(match (&gateway.control, &gateway.link) {
        (Some(Control::Starting), _) => (Tone::Warning, "Gateway starting"),
        (Some(Control::Stopping), _) => (Tone::Warning, "Gateway stopping"),
        (_, GatewayLink::Online) => (Tone::Good, "Gateway running"),
        (_, GatewayLink::Connecting) => (Tone::Warning, "Gateway connecting"),
        (_, GatewayLink::Restarting { .. }) => (Tone::Warning, "Gateway restarting"),
        (_, GatewayLink::Waiting { .. }) => (Tone::Warning, "Gateway not reached"),
        (_, GatewayLink::Refused { .. }) => (Tone::Bad, "Gateway refuses"),
        (_, GatewayLink::Stopped) => (Tone::Neutral, "Gateway stopped"),
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
            header(ui, "Gateway", "OpenClaw on this computer", false, |ui| {
                self.acts(ui, gateway, commands);
            });
            let waiting = gateway.requests.len();
            let tabs = [
                Segment { text: "Overview", count: None },
                Segment { text: "Devices", count: (waiting > 0).then_some(waiting) },
                Segment { text: "Log", count: None },
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
            Some(Control::Starting) => Some("The gateway is being started."),
            Some(Control::Stopping) => Some("The gateway is being stopped."),
            Some(Control::Restarting) => Some("The gateway is being restarted."),
            Some(Control::Failed(_)) | None => None,
        };
        let no_program = words::no_program(&gateway.program);
        match gateway.link {
            GatewayLink::Online => {
                // Restarting needs only the connection.
                if Act::plain("Restart").icon(Icon::Refresh).blocked(busy).show(ui).clicked() {
                    commands.push(Command::RestartGateway);
                }
                let stop = Act::plain("Stop").icon(Icon::Stop).blocked(busy.or(no_program));
                self.stop |= stop.show(ui).clicked();
            }
            GatewayLink::Stopped => {
                let start = Act::primary("Start gateway").blocked(busy.or(no_program));
                if start.show(ui).clicked() {
                    commands.push(Command::StartGateway);
                }
            }
            GatewayLink::NotInstalled
            | GatewayLink::Waiting { .. }
            | GatewayLink::Refused { .. } => {
                if Act::plain("Try again").icon(Icon::Refresh).blocked(busy).show(ui).clicked() {
                    commands.push(Command::ConnectGateway);
                }
            }
            GatewayLink::Looking | GatewayLink::Connecting | GatewayLink::Restarting { .. } => {}
        }
    }

    fn confirm_stop(&mut self, ctx: &egui::Context, commands: &mut Vec<Command>) {
        let text = "Turns that are running end, scheduled tasks do not run, and its channels fall \
                    silent until it is started again.";
        let confirm = Confirm {
            id: "stop gateway",
            title: "Stop the gateway?",
            text,
            act: "Stop",
            keep: "Cancel",
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
