//! What stands between this program and the gateway, and what solves it.

use crate::icons::Icon;
use crate::parts::Act;
use crate::tokens::{self, radius, size, space};
use crate::widgets::{Tone, banner, centred, dot, empty_state};
use egui::{
    Align, FontFamily, FontId, Frame, Label, Layout, Margin, Rect, RichText, Stroke, Ui, UiBuilder,
    WidgetInfo, accesskit::Role, vec2,
};
use multiclaw_core::Command;
use multiclaw_core::model::{Control, GatewayLink, GatewayRefusal, Model, Problem, Program};
use multiclaw_core::tr;

/// Where OpenClaw is described.
const DOCS: &str = "https://docs.openclaw.ai";
/// How it is installed.
const INSTALL: &str = "https://docs.openclaw.ai/install";
/// How it is updated.
const UPDATE: &str = "https://docs.openclaw.ai/install/updating";
/// Height of the strip, in points.
const STRIP: f32 = 44.0;

/// What can be done about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Start,
    Again,
    Now,
    Page(&'static str, &'static str),
    Copy,
}

/// Why there is no connection now.
struct Trouble {
    icon: Icon,
    title: String,
    text: String,
    /// It is being worked on: nothing is wrong.
    calm: bool,
    ways: Vec<Way>,
    /// A command to type elsewhere.
    command: Option<String>,
}

/// Why nothing can be sent or changed now, in a sentence; `None` while it can.
pub(super) fn blocked(model: &Model) -> Option<&'static str> {
    match model.gateway.link {
        GatewayLink::Online => None,
        GatewayLink::NotInstalled => Some(tr!("chat-blocked-not-installed")),
        GatewayLink::Stopped => Some(tr!("chat-blocked-stopped")),
        GatewayLink::Refused { .. } => Some(tr!("chat-blocked-refused")),
        GatewayLink::Restarting { .. } => Some(tr!("chat-blocked-restarting")),
        GatewayLink::Looking | GatewayLink::Connecting => Some(tr!("chat-blocked-connecting")),
        GatewayLink::Waiting { .. } => Some(tr!("chat-blocked-waiting")),
    }
}

fn trouble(model: &Model) -> Option<Trouble> {
    let calm = |icon, title: &str, text: &str| Trouble {
        icon,
        title: title.to_owned(),
        text: text.to_owned(),
        calm: true,
        ways: Vec::new(),
        command: None,
    };
    Some(match &model.gateway.link {
        GatewayLink::Online => return None,
        GatewayLink::Looking => {
            calm(Icon::Search, tr!("chat-gateway-looking"), tr!("chat-gateway-moment"))
        }
        GatewayLink::Connecting => {
            calm(Icon::Link, tr!("chat-gateway-connecting"), tr!("chat-gateway-moment"))
        }
        GatewayLink::Restarting { seconds } => Trouble {
            ways: Vec::new(),
            ..calm(
                Icon::Refresh,
                tr!("chat-gateway-restarts"),
                &tr!("chat-gateway-restarts-text", seconds = *seconds),
            )
        },
        GatewayLink::Waiting { seconds, problem } => Trouble {
            calm: false,
            ways: vec![Way::Now],
            ..calm(
                Icon::Link,
                &problem.what,
                &join(&problem.next, &tr!("chat-gateway-again-in", seconds = *seconds)),
            )
        },
        GatewayLink::NotInstalled => Trouble {
            calm: false,
            ways: vec![Way::Page(tr!("chat-gateway-how-install"), INSTALL), Way::Again],
            ..calm(
                Icon::Agent,
                tr!("chat-gateway-not-installed"),
                tr!("chat-gateway-not-installed-text"),
            )
        },
        GatewayLink::Stopped => stopped(model),
        GatewayLink::Refused { refusal, problem } => refused(refusal, problem),
    })
}

fn stopped(model: &Model) -> Trouble {
    let missing = matches!(model.gateway.program, Program::Missing);
    let text = if missing {
        tr!("chat-gateway-stopped-missing")
    } else {
        tr!("chat-gateway-stopped-text")
    };
    let ways = if missing {
        vec![Way::Again, Way::Page(tr!("chat-gateway-how-install"), INSTALL)]
    } else {
        vec![Way::Start, Way::Again]
    };
    let title = tr!("chat-gateway-stopped").to_owned();
    Trouble { icon: Icon::Stop, title, text: text.to_owned(), calm: false, ways, command: None }
}

fn refused(refusal: &GatewayRefusal, problem: &Problem) -> Trouble {
    let (icon, ways, command) = match refusal {
        GatewayRefusal::PairingNeeded { command } => {
            (Icon::Shield, vec![Way::Copy, Way::Again], Some(command.clone()))
        }
        GatewayRefusal::TokenMissing
        | GatewayRefusal::TokenWrong
        | GatewayRefusal::DeviceRefused => {
            (Icon::Key, vec![Way::Again, Way::Page(tr!("chat-gateway-about-access"), DOCS)], None)
        }
        GatewayRefusal::GatewayTooOld => {
            (Icon::Up, vec![Way::Page(tr!("chat-gateway-how-update"), UPDATE), Way::Again], None)
        }
        GatewayRefusal::RateLimited => (Icon::Clock, vec![Way::Again], None),
        GatewayRefusal::Configuration => (
            Icon::Document,
            vec![Way::Again, Way::Page(tr!("chat-gateway-about-settings"), DOCS)],
            None,
        ),
        GatewayRefusal::GatewayTooNew | GatewayRefusal::NotLoopback | GatewayRefusal::Other => {
            (Icon::Shield, vec![Way::Again], None)
        }
    };
    let (title, text) = (problem.what.clone(), problem.next.clone());
    Trouble { icon, title, text, calm: false, ways, command }
}

fn join(a: &str, b: &str) -> String {
    if a.is_empty() { b.to_owned() } else { format!("{a} {b}") }
}

fn way(ui: &mut Ui, way: Way, first: bool, model: &Model, command: &str) -> Option<Command> {
    let control = match &model.gateway.control {
        Some(Control::Starting) => Some(tr!("chat-gateway-being-started")),
        Some(Control::Stopping) => Some(tr!("chat-gateway-being-stopped")),
        Some(Control::Restarting) => Some(tr!("chat-gateway-being-restarted")),
        Some(Control::Failed(_)) | None => None,
    };
    let look = |text| if first { Act::primary(text) } else { Act::plain(text) };
    match way {
        Way::Start => {
            let text = if control.is_some() {
                tr!("chat-gateway-starting")
            } else {
                tr!("chat-gateway-start")
            };
            let act = look(text).icon(Icon::Spark).blocked(control);
            act.show(ui).clicked().then_some(Command::StartGateway)
        }
        Way::Again => {
            look(tr!("chat-try-again")).show(ui).clicked().then_some(Command::ConnectGateway)
        }
        Way::Now => {
            look(tr!("chat-gateway-now")).show(ui).clicked().then_some(Command::ConnectGateway)
        }
        Way::Page(text, url) => {
            let clicked = look(text).icon(Icon::Globe).show(ui).clicked();
            clicked.then(|| Command::OpenLink(url.to_owned()))
        }
        Way::Copy => {
            if look(tr!("chat-gateway-copy")).icon(Icon::Copy).show(ui).clicked() {
                ui.ctx().copy_text(command.to_owned());
            }
            None
        }
    }
}

/// All of the screen, while nothing is known; whether there was something to say.
pub(super) fn page(ui: &mut Ui, model: &Model, commands: &mut Vec<Command>) -> bool {
    let Some(trouble) = trouble(model) else { return false };
    centred(ui, 460.0, 320.0, |ui| {
        empty_state(ui, trouble.icon, &trouble.title, &trouble.text);
        ui.add_space(space::M);
        let line = trouble.command.as_deref().unwrap_or_default();
        if !line.is_empty() {
            command_box(ui, line);
            ui.add_space(space::S);
        }
        if let Some(Control::Failed(problem)) = &model.gateway.control {
            banner(ui, problem);
            ui.add_space(space::S);
        }
        for (n, each) in trouble.ways.iter().enumerate() {
            ui.vertical_centered(|ui| commands.extend(way(ui, *each, n == 0, model, line)));
        }
    });
    true
}

/// A command to type, as it is.
fn command_box(ui: &mut Ui, text: &str) {
    let t = tokens::of(ui.ctx());
    let frame = Frame::new()
        .fill(t.surface)
        .stroke(Stroke::new(1.0, t.line))
        .corner_radius(radius::CONTROL)
        .inner_margin(Margin::symmetric(14, 10));
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        let font = FontId::new(size::SMALL, FontFamily::Monospace);
        ui.add(Label::new(RichText::new(text).font(font)).selectable(true).wrap());
    });
}

/// A strip above the screen, while what is known stays readable; where it ends.
pub(super) fn strip(ui: &mut Ui, room: Rect, model: &Model, commands: &mut Vec<Command>) -> f32 {
    let Some(trouble) = trouble(model) else { return room.min.y };
    let t = tokens::of(ui.ctx());
    let rect = Rect::from_min_size(room.min, vec2(room.width(), STRIP));
    ui.painter().rect_filled(rect, 0, t.raised);
    ui.painter().hline(rect.x_range(), rect.max.y - 0.5, Stroke::new(1.0, t.line));
    let inner = rect.shrink2(vec2(space::M, 0.0));
    let layout = Layout::right_to_left(Align::Center);
    let builder = UiBuilder::new().max_rect(inner).layout(layout).id_salt("gateway strip");
    let row = &mut ui.new_child(builder);
    let line = trouble.command.as_deref().unwrap_or_default();
    let few = if rect.width() < 560.0 { 1 } else { 2 };
    for each in trouble.ways.iter().take(few).rev() {
        commands.extend(small(row, *each, model, line));
    }
    row.with_layout(Layout::left_to_right(Align::Center), |ui| {
        dot(ui, if trouble.calm { Tone::Neutral } else { Tone::Warning });
        let failed = match &model.gateway.control {
            Some(Control::Failed(problem)) => Some(&problem.what),
            _ => None,
        };
        let mut text = failed.unwrap_or(&trouble.title).clone();
        if let GatewayLink::Waiting { seconds, .. } = model.gateway.link {
            text =
                format!("{} {}", text.trim_end(), tr!("chat-gateway-again-in", seconds = seconds));
        }
        let label = ui.add(Label::new(&text).truncate());
        label.widget_info(|| WidgetInfo::labeled(Role::Status, true, &text));
        label.on_hover_text(&trouble.text);
    });
    rect.max.y
}

fn small(ui: &mut Ui, each: Way, model: &Model, line: &str) -> Option<Command> {
    let busy = matches!(
        model.gateway.control,
        Some(Control::Starting | Control::Stopping | Control::Restarting)
    );
    let text = match each {
        Way::Start if busy => tr!("chat-gateway-starting"),
        Way::Start => tr!("chat-gateway-start"),
        Way::Again => tr!("chat-try-again"),
        Way::Now => tr!("chat-gateway-now"),
        Way::Page(text, _) => text,
        Way::Copy => tr!("chat-gateway-copy"),
    };
    let why = (busy && each == Way::Start).then_some(tr!("chat-gateway-being-started"));
    if !Act::plain(text).small().blocked(why).show(ui).clicked() {
        return None;
    }
    match each {
        Way::Start => Some(Command::StartGateway),
        Way::Again | Way::Now => Some(Command::ConnectGateway),
        Way::Page(_, url) => Some(Command::OpenLink(url.to_owned())),
        Way::Copy => {
            ui.ctx().copy_text(line.to_owned());
            None
        }
    }
}
