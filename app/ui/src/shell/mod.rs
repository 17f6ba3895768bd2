//! The frame around the screens: sidebar, offline banner, shortcuts.

mod account;
mod offline;
mod screen;
mod sidebar;
mod visit;

pub use screen::Screen;
pub(crate) use visit::Visit;

use crate::palette::{Palette, palette_key};
use crate::parts::{Answer, Confirm};
use crate::settings;
use crate::{agents, chat, conversations, desktops, documents, gateway, people, tasks};
use egui::{Context, Event, Key, Modifiers, Rect, Ui, UiBuilder};
use multiclaw_core::Command;
use multiclaw_core::model::{CloudLink, GatewayLink, Model, Person};
use multiclaw_core::tr;

/// Below this width of the window the sidebar is icons only, in points.
const NARROW: f32 = 900.0;

/// The screens' own state. It is another workspace's or another person's no longer than that
/// workspace is shown.
#[derive(Default)]
struct Views {
    agents: agents::View,
    chat: chat::View,
    conversations: conversations::View,
    desktops: desktops::View,
    documents: documents::View,
    people: people::View,
    tasks: tasks::View,
    settings: settings::View,
    gateway: gateway::View,
}

/// State of the frame.
#[derive(Default)]
pub(crate) struct Shell {
    screen: Screen,
    /// Somebody has chosen the screen, or begun to do something on it.
    settled: bool,
    views: Views,
    /// Whose they are: person and workspace.
    owner: Option<(String, String)>,
    sidebar: sidebar::Sidebar,
    palette: Palette,
    sign_out: bool,
    /// The connection log was asked for.
    watching: bool,
    /// The gateway's log and figures were asked for.
    watching_gateway: bool,
}

/// What the frame itself is asked for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Ask {
    Go(Screen),
    Settings(settings::Page),
    /// Asks first where something is unsent.
    SignOut,
    /// Loads everything again.
    Refresh,
    Palette,
    Send(Command),
}

impl Shell {
    /// Shows another screen.
    pub(crate) fn go(&mut self, screen: Screen) {
        self.screen = screen;
        self.settled = true;
        self.sidebar.close();
    }

    /// Paints the frame and the screen in it.
    pub(crate) fn show(
        &mut self,
        ui: &mut Ui,
        person: Option<&Person>,
        model: &Model,
        commands: &mut Vec<Command>,
    ) {
        self.own(person);
        let ctx = ui.ctx().clone();
        self.begin(&ctx, person, model);
        let mut asked = Vec::new();
        // What is under a dialog keeps still.
        if ctx.memory(|m| m.top_modal_layer()).is_none() {
            shortcuts(&ctx, &mut asked);
        }
        let room = ui.max_rect();
        self.palette.show(&ctx, person, model, &mut asked);
        let inner = self.sidebar.show(ui, self.screen, person, model, &mut asked);
        for ask in asked {
            self.obey(ask, person, model, commands);
        }
        if !self.screen.offered(person) {
            self.screen = Screen::default();
        }
        let mut rest = Rect::from_min_max(egui::pos2(inner, room.min.y), room.max);
        if let (Some(_), CloudLink::Waiting { seconds, problem }) = (person, &model.cloud) {
            rest.min.y = offline::banner(ui, rest, problem, *seconds, commands);
        }
        let layout = egui::Layout::top_down(egui::Align::Min);
        let builder = UiBuilder::new().max_rect(rest).layout(layout).id_salt(self.screen.name());
        let mut page = ui.new_child(builder);
        page.set_clip_rect(rest);
        self.page(&mut page, person, model, commands);
        if self.sign_out {
            self.confirm_sign_out(&ctx, model, commands);
        }
        let wanted = self.screen == Screen::Settings && self.views.settings.shows_connections();
        self.watch(wanted, commands);
        self.watch_gateway(self.screen == Screen::Gateway, commands);
    }

    /// Who works without an account begins at the agents on this computer, where there are some:
    /// unless the screen was chosen before the gateway was found.
    fn begin(&mut self, ctx: &Context, person: Option<&Person>, model: &Model) {
        if self.settled {
            return;
        }
        let acts = |event: &Event| {
            matches!(
                event,
                Event::Key { pressed: true, .. }
                    | Event::PointerButton { pressed: true, .. }
                    | Event::Text(_)
                    | Event::MouseWheel { .. }
            )
        };
        if person.is_some() || ctx.input(|i| i.events.iter().any(acts)) {
            self.settled = true;
        } else if model.gateway.link == GatewayLink::Online {
            self.go(Screen::Chat);
        }
    }

    /// The gateway's conversations alone, beside a desktop.
    pub(crate) fn chat(&mut self, ui: &mut Ui, model: &Model, commands: &mut Vec<Command>) {
        self.views.chat.show(ui, model, commands);
    }

    /// What is typed next is for the gateway's conversation.
    pub(crate) fn begin_writing(&mut self) {
        self.views.chat.begin_writing();
    }

    /// Has core keep what was begun in the gateway's conversation.
    pub(crate) fn keep_chat(&mut self, model: &Model, commands: &mut Vec<Command>) {
        self.views.chat.keep(model, commands);
    }

    /// Nothing of the frame is shown: somebody is at a desktop, or nobody is signed in.
    pub(crate) fn hidden(&mut self, signed_in: bool, commands: &mut Vec<Command>) {
        self.watch(false, commands);
        self.watch_gateway(false, commands);
        self.palette.close();
        if signed_in {
            // Back from a desktop means to the desktops.
            self.screen = Screen::Desktops;
        } else {
            *self = Self::default();
        }
    }

    fn page(
        &mut self,
        ui: &mut Ui,
        person: Option<&Person>,
        model: &Model,
        commands: &mut Vec<Command>,
    ) {
        let views = &mut self.views;
        match (self.screen, person) {
            (Screen::Chat, _) => views.chat.show(ui, model, commands),
            (Screen::Settings, _) => {
                if views.settings.show(ui, person, model, commands) {
                    self.go(Screen::Gateway);
                }
            }
            (Screen::Gateway, _) => views.gateway.show(ui, model, commands),
            (Screen::Agents, Some(person)) => views.agents.show(ui, person, model, commands),
            (Screen::Tasks, Some(person)) => views.tasks.show(ui, person, model, commands),
            (Screen::Documents, Some(person)) => views.documents.show(ui, person, model, commands),
            (Screen::Desktops, Some(person)) => views.desktops.show(ui, person, model, commands),
            (Screen::Users, Some(person)) => views.people.show(ui, person, model, commands),
            (Screen::Conversations, _) | (_, None) => {
                views.conversations.show(ui, person, model, commands);
            }
        }
    }

    fn obey(
        &mut self,
        ask: Ask,
        person: Option<&Person>,
        model: &Model,
        commands: &mut Vec<Command>,
    ) {
        // A draft that is not kept yet belongs to the conversation that is open now.
        self.views.conversations.keep(model, commands);
        self.views.chat.keep(model, commands);
        match ask {
            Ask::Go(screen) if screen.offered(person) => self.go(screen),
            Ask::Go(_) => {}
            Ask::Settings(page) => {
                self.views.settings.open(page);
                self.go(Screen::Settings);
            }
            Ask::SignOut if model.conversations.unsent > 0 => self.sign_out = true,
            Ask::SignOut => commands.push(Command::SignOut),
            Ask::Refresh => {
                commands.extend([Command::RefreshWorkspace, Command::RefreshDesktops]);
            }
            Ask::Palette => self.palette.toggle(person, model),
            Ask::Send(command) => commands.push(command),
        }
    }

    /// Throws the screens' state away when it belongs to somebody or somewhere else.
    fn own(&mut self, person: Option<&Person>) {
        let owner = person.map(|p| {
            let current = p.workspaces.iter().find(|w| w.current);
            (p.id.clone(), current.map_or_else(|| p.workspace.clone(), |w| w.id.clone()))
        });
        if owner != self.owner {
            self.owner = owner;
            // These belong to this machine, whoever is signed in.
            let settings = std::mem::take(&mut self.views.settings);
            let gateway = std::mem::take(&mut self.views.gateway);
            let chat = std::mem::take(&mut self.views.chat);
            self.views = Views { settings, gateway, chat, ..Views::default() };
        }
    }

    fn watch(&mut self, wanted: bool, commands: &mut Vec<Command>) {
        if wanted != self.watching {
            self.watching = wanted;
            commands.push(Command::WatchConnections(wanted));
        }
    }

    fn watch_gateway(&mut self, wanted: bool, commands: &mut Vec<Command>) {
        if wanted != self.watching_gateway {
            self.watching_gateway = wanted;
            commands.push(Command::WatchGateway(wanted));
        }
    }

    fn confirm_sign_out(&mut self, ctx: &Context, model: &Model, commands: &mut Vec<Command>) {
        let text = tr!("shell-sign-out-text", count = model.conversations.unsent);
        let confirm = Confirm {
            id: "sign out",
            title: tr!("shell-sign-out-question"),
            text: &text,
            act: tr!("shell-sign-out-anyway"),
            keep: tr!("shell-cancel"),
            blocked: None,
        };
        match confirm.show(ctx) {
            Answer::None => {}
            Answer::No => self.sign_out = false,
            Answer::Yes => {
                self.sign_out = false;
                commands.push(Command::SignOut);
            }
        }
    }
}

fn shortcuts(ctx: &Context, asked: &mut Vec<Ask>) {
    let pressed = |key| ctx.input_mut(|i| i.consume_key(Modifiers::COMMAND, key));
    for screen in Screen::ALL {
        if pressed(screen.key()) {
            asked.push(Ask::Go(screen));
        }
    }
    if palette_key(ctx) {
        asked.push(Ask::Palette);
    }
    if pressed(Key::Comma) {
        asked.push(Ask::Go(Screen::Settings));
    }
}
