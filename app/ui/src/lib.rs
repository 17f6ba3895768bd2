//! Screens and widgets. They paint the model and return commands.
//!
//! This crate knows egui and the model, and nothing else: no file, no socket, no process, no
//! clock of its own. A test holds it to that.

mod agents;
mod beside;
mod bidi;
mod chat;
mod connections;
mod conversations;
mod desktops;
mod documents;
mod gateway;
mod icons;
mod kiosk;
mod link;
pub mod markdown;
mod palette;
mod parts;
mod people;
mod scroll;
mod settings;
mod shell;
mod sign_in;
mod tasks;
mod theme;
mod tickets;
pub mod tokens;
mod unattended;
pub mod viewer;
mod widgets;

pub use shell::Screen;

use egui::{Context, ViewportCommand};
use multiclaw_core::model::{Account, Model, Scale, Theme};
use multiclaw_core::{Command, model};

/// How a picture is sampled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Filter {
    /// Each desktop pixel is a block of whole screen pixels.
    Nearest,
    /// Anything else.
    Linear,
}

/// The desktop's picture, wherever it lives.
pub trait Picture {
    /// Desktop pixels of what can be painted; `None` before the first picture.
    fn size(&self) -> Option<[u32; 2]>;

    /// Paints it into `rect`, in points.
    fn shape(&self, rect: egui::Rect, filter: Filter) -> egui::Shape;
}

/// State that belongs to the window, not to the program.
pub struct Ui {
    sign_in: sign_in::Form,
    shell: shell::Shell,
    viewer: viewer::View,
    kiosk: kiosk::View,
    beside: beside::Beside,
    unattended: unattended::View,
    theme: Option<Theme>,
    scale: Scale,
    title: String,
    visible: bool,
    follow: link::Follow,
    /// A desktop was shown in the last frame.
    at_desktop: bool,
}

impl Ui {
    /// Sets the look up.
    #[must_use]
    pub fn new(ctx: &Context) -> Self {
        theme::install(ctx);
        // Ctrl with plus, minus and 0 belong to the desktop.
        ctx.options_mut(|options| options.zoom_with_keyboard = false);
        Self {
            sign_in: sign_in::Form::default(),
            shell: shell::Shell::default(),
            viewer: viewer::View::default(),
            kiosk: kiosk::View::default(),
            beside: beside::Beside::default(),
            unattended: unattended::View::default(),
            theme: None,
            scale: Scale::default(),
            title: String::new(),
            visible: true,
            follow: link::Follow::default(),
            at_desktop: false,
        }
    }

    /// Paints everything. What the person asks for is added to `commands`.
    pub fn show(
        &mut self,
        ui: &mut egui::Ui,
        model: &Model,
        picture: &dyn Picture,
        commands: &mut Vec<Command>,
    ) {
        let ctx = ui.ctx().clone();
        if self.theme != Some(model.settings.theme) {
            self.theme = Some(model.settings.theme);
            ctx.set_theme(match model.settings.theme {
                Theme::System => egui::ThemePreference::System,
                Theme::Light => egui::ThemePreference::Light,
                Theme::Dark => egui::ThemePreference::Dark,
            });
        }
        if std::mem::replace(&mut self.scale, model.settings.scale) != model.settings.scale {
            ctx.set_zoom_factor(model.settings.scale.factor());
        }
        if model.viewer.is_none() && model.kiosk.is_none() {
            scale_keys(&ctx, model.settings.scale, commands);
        }
        self.set_title(&ctx, model);
        if model.kiosk.is_none() {
            self.follow_link(&ctx, model, commands);
        }
        if model.kiosk.is_none()
            && ctx.input_mut(|i| i.consume_key(egui::Modifiers::NONE, egui::Key::F11))
        {
            toggle_fullscreen(&ctx);
        }
        // All of the window, whatever margin the caller's own panel has.
        let rect = ctx.content_rect();
        let layout = egui::Layout::top_down(egui::Align::Min);
        let ui = &mut ui.new_child(egui::UiBuilder::new().max_rect(rect).layout(layout));
        ui.set_clip_rect(rect);
        ui.painter().rect_filled(rect, 0, tokens::of(&ctx).background);
        if let Some(kiosk) = &model.kiosk {
            self.kiosk.show(ui, kiosk, model, picture, commands);
            return;
        }
        match (&model.account, &model.viewer) {
            (Account::SignedIn(_), Some(viewer)) => {
                self.shell.hidden(true, commands);
                self.at_desktop = true;
                self.desktop(ui, model, viewer, picture, commands);
            }
            (Account::SignedIn(person), None) => {
                if std::mem::take(&mut self.at_desktop) {
                    self.shell.keep_chat(model, commands);
                }
                self.viewer = viewer::View::default();
                self.sign_in = sign_in::Form::default();
                self.shell.show(ui, Some(person), model, commands);
            }
            (Account::SignedOut(form), _) => {
                self.viewer = viewer::View::default();
                self.shell.hidden(false, commands);
                self.sign_in.show(ui, form, commands);
            }
            (Account::Local, _) => {
                self.viewer = viewer::View::default();
                self.sign_in = sign_in::Form::default();
                self.shell.show(ui, None, model, commands);
            }
            (Account::Screen(screen), Some(viewer)) => {
                let offered = viewer::Offered { chat: None, control: screen.control };
                self.viewer.show(ui, viewer, model, picture, offered, commands);
            }
            (Account::Screen(screen), None) => {
                self.viewer = viewer::View::default();
                self.unattended.show(ui, screen, model, commands);
            }
            (Account::Restoring, _) => {
                self.shell.hidden(false, commands);
                sign_in::restoring(ui);
            }
        }
        if let Some(notice) = &model.notice
            && widgets::toast(&ctx, notice)
        {
            commands.push(Command::DismissNotice);
        }
        if model.notice.is_none() {
            self.link_problem(&ctx);
        }
    }

    /// The open desktop, and a conversation beside it where that is wanted.
    fn desktop(
        &mut self,
        ui: &mut egui::Ui,
        model: &Model,
        viewer: &model::Viewer,
        picture: &dyn Picture,
        commands: &mut Vec<Command>,
    ) {
        let (rect, pane) = self.beside.split(ui.max_rect());
        let builder = egui::UiBuilder::new().max_rect(rect).id_salt("desktop");
        let mut left = ui.new_child(builder);
        left.set_clip_rect(rect);
        let chat = self.beside.is_open();
        let offered = viewer::Offered { chat: Some(chat), control: true };
        let asked = self.viewer.show(&mut left, viewer, model, picture, offered, commands);
        if let Some(pane) = pane {
            let shell = &mut self.shell;
            self.beside.show(ui, pane, |ui| shell.chat(ui, model, commands));
        } else if chat {
            beside::no_room(ui, rect);
        }
        match asked {
            Some(viewer::Asked::Chat) => self.show_chat(ui.ctx(), !chat, model, commands),
            Some(viewer::Asked::Picture) => {
                self.show_chat(ui.ctx(), true, model, commands);
                if model.chat.open.is_none() {
                    commands.push(Command::NewChat(None));
                }
                commands.push(Command::AttachDesktop);
            }
            None => {}
        }
    }

    /// Shows or hides the conversation beside the desktop; the keyboard goes with it.
    fn show_chat(&mut self, ctx: &Context, on: bool, model: &Model, commands: &mut Vec<Command>) {
        self.beside.set(on);
        if on && self.beside.split(ctx.content_rect()).1.is_some() {
            self.shell.begin_writing();
        } else if !on {
            self.shell.keep_chat(model, commands);
            viewer::take_keyboard(ctx);
        }
    }

    /// Shows or hides the conversation beside an open desktop.
    pub fn chat_beside(&mut self, open: bool) {
        self.beside.set(open);
    }

    /// Shows another screen.
    pub fn go(&mut self, screen: Screen) {
        self.shell.go(screen);
    }

    fn set_title(&mut self, ctx: &Context, model: &Model) {
        let title = match (&model.account, &model.viewer) {
            (Account::SignedIn(_) | Account::Screen(_), Some(viewer)) => {
                format!("{} - MultiClaw", viewer.name)
            }
            (Account::SignedIn(person), None) if !person.workspace.is_empty() => {
                format!("{} - MultiClaw", person.workspace)
            }
            _ => "MultiClaw".to_owned(),
        };
        if title != self.title {
            self.title.clone_from(&title);
            ctx.send_viewport_cmd(ViewportCommand::Title(title));
        }
    }

    /// A picture that cannot be seen need not be sent. To be called also while the window is
    /// hidden, when nothing is painted.
    pub fn tell_visible(&mut self, ctx: &Context, model: &Model, commands: &mut Vec<Command>) {
        if model.viewer.is_none() {
            self.visible = true;
            return;
        }
        let visible = ctx.input(|i| i.viewport().visible()).unwrap_or(true);
        if visible != self.visible {
            self.visible = visible;
            commands.push(Command::PictureVisible(visible));
        }
    }
}

/// Larger, smaller, as at first; while no desktop is open, which has these keys for itself.
fn scale_keys(ctx: &Context, scale: Scale, commands: &mut Vec<Command>) {
    let pressed = |key| {
        let shortcut = egui::KeyboardShortcut::new(egui::Modifiers::COMMAND, key);
        ctx.input_mut(|i| i.consume_shortcut(&shortcut))
    };
    let larger = pressed(egui::Key::Plus) || pressed(egui::Key::Equals);
    let to = match (larger, pressed(egui::Key::Minus), pressed(egui::Key::Num0)) {
        (true, ..) => scale.larger(),
        (_, true, _) => scale.smaller(),
        (.., true) => Scale::default(),
        _ => return,
    };
    if to != scale {
        commands.push(Command::SetScale(to));
    }
}

pub(crate) fn toggle_fullscreen(ctx: &Context) {
    let full = ctx.input(|i| i.viewport().fullscreen.unwrap_or(false));
    ctx.send_viewport_cmd(ViewportCommand::Fullscreen(!full));
}

/// A problem as one text, for a screen reader.
pub(crate) fn sentence(problem: &model::Problem) -> String {
    if problem.next.is_empty() {
        problem.what.clone()
    } else {
        format!("{} {}", problem.what, problem.next)
    }
}
