//! Unattended screens, for the workspace's owners: a list, adding one, removing one.

use super::row::{divider, group};
use crate::icons::{self, Icon};
use crate::parts::{
    Act, Answer, Confirm, Dialog, Field, Segment, Sending, Sent, blocked, body, footer, segments,
};
use crate::tokens::{self, radius, size, space};
use crate::widgets::{banner, empty_state, error_state, loading_state};
use egui::accesskit::Role as Node;
use egui::{
    Align, Context, FontFamily, Frame, Key, Label, Layout, Margin, Rect, RichText, ScrollArea,
    Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};
use multiclaw_core::Command;
use multiclaw_core::model::{
    Desktop, DesktopId, Desktops, Load, Model, ScreenDraft, ScreenEnrolment, UnattendedScreen,
};
use multiclaw_core::tr;
use std::sync::Arc;

/// Height of a row, in points.
const ROW: f32 = 66.0;
/// Width of what stands at the right of a row, in points.
const SIDE: f32 = 110.0;
/// Most desktops of one screen (`PROTOCOL.md`).
const MOST: usize = 32;

/// State of the page.
#[derive(Default)]
pub(super) struct View {
    /// The list was asked for since the page is shown.
    asked: bool,
    form: Option<Form>,
    /// Which one is to be removed, while the question is asked.
    remove: Option<String>,
    copied: Copied,
}

/// What is in the clipboard.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Copied {
    #[default]
    Nothing,
    Code,
    Command,
}

/// What is typed.
#[derive(Default)]
struct Form {
    draft: ScreenDraft,
    focused: bool,
    sending: Sending,
}

fn desktops(model: &Model) -> &[Desktop] {
    match &model.desktops {
        Desktops::Ready(list) => list,
        Desktops::Loading | Desktops::Failed(_) => &[],
    }
}

impl View {
    /// The page is not shown any more.
    pub(super) fn leave(&mut self, commands: &mut Vec<Command>) {
        if let Some(form) = &mut self.form {
            form.sending.forget(commands);
        }
        *self = Self::default();
    }

    pub(super) fn show(&mut self, ui: &mut Ui, model: &Model, commands: &mut Vec<Command>) {
        if !std::mem::replace(&mut self.asked, true) {
            commands.push(Command::RefreshScreens);
        }
        let offline = blocked(model);
        ui.add(Label::new(RichText::new(tr!("settings-screens-about")).weak()).wrap());
        ui.add_space(space::M);
        ui.horizontal(|ui| {
            let add = Act::primary(tr!("settings-screens-add")).icon(Icon::Plus).blocked(offline);
            if add.show(ui).clicked() {
                self.form = Some(Form::default());
            }
            let refresh = Act::plain(tr!("settings-screens-refresh")).icon(Icon::Refresh);
            if refresh.blocked(offline).show(ui).clicked() {
                commands.push(Command::RefreshScreens);
            }
        });
        ui.add_space(space::M);
        match &model.workspace.screens.list {
            Load::Loading => loading_state(ui, Icon::Wall, tr!("settings-screens-loading")),
            Load::Failed(problem) => {
                if error_state(ui, problem) {
                    commands.push(Command::RefreshScreens);
                }
            }
            Load::Ready(all) if all.is_empty() => {
                ui.add_space(space::L);
                let (title, text) =
                    (tr!("settings-screens-none"), tr!("settings-screens-none-note"));
                empty_state(ui, Icon::Wall, title, text);
            }
            Load::Ready(all) => self.list(ui, all, model),
        }
        self.dialogs(ui.ctx(), model, commands);
    }

    fn list(&mut self, ui: &mut Ui, all: &[Arc<UnattendedScreen>], model: &Model) {
        group(ui, "", |ui| {
            for (n, screen) in all.iter().enumerate() {
                if n > 0 {
                    divider(ui);
                }
                if row(ui, screen, model) {
                    self.remove = Some(screen.id.clone());
                }
            }
        });
    }

    fn dialogs(&mut self, ctx: &Context, model: &Model, commands: &mut Vec<Command>) {
        if let Some(form) = &mut self.form {
            let state = form.sending.state(model);
            if matches!(state, Sent::Done | Sent::Queued) {
                form.sending.forget(commands);
                self.form = None;
                self.copied = Copied::Nothing;
            } else if form.show(ctx, model, commands) {
                form.sending.forget(commands);
                self.form = None;
            }
        } else if let Some(made) = &model.workspace.screens.enrolment
            && code(ctx, made, &mut self.copied)
        {
            commands.push(Command::DismissEnrolment);
            self.copied = Copied::Nothing;
        }
        self.confirm(ctx, model, commands);
    }

    fn confirm(&mut self, ctx: &Context, model: &Model, commands: &mut Vec<Command>) {
        let Some(id) = &self.remove else { return };
        let found = model.workspace.screens.list.items().iter().find(|screen| screen.id == *id);
        let Some(screen) = found else {
            self.remove = None;
            return;
        };
        let title = tr!("settings-screens-remove-question", name = screen.name.as_str());
        let text = match screen.enrolled {
            true => tr!("settings-screens-remove-enrolled"),
            false => tr!("settings-screens-remove-waiting"),
        };
        let confirm = Confirm {
            id: "remove-screen",
            title: &title,
            text,
            act: tr!("settings-screens-remove-act"),
            keep: tr!("settings-cancel"),
            blocked: blocked(model),
        };
        match confirm.show(ctx) {
            Answer::None => {}
            Answer::No => self.remove = None,
            Answer::Yes => {
                commands.push(Command::RevokeScreen(screen.id.clone()));
                self.remove = None;
            }
        }
    }
}

/// What it shows: "build-box, design-box · view only".
fn shows(screen: &UnattendedScreen, model: &Model) -> String {
    let name = |id: &DesktopId| {
        let found = desktops(model).iter().find(|desktop| desktop.id == *id);
        found.map_or(tr!("settings-screens-another"), |desktop| desktop.name.as_str())
    };
    let names: Vec<&str> = screen.desktops.iter().map(name).collect();
    let names = match names.as_slice() {
        [] => tr!("settings-screens-no-desktop").to_owned(),
        names => names.join(tr!("settings-comma")),
    };
    match screen.control {
        true => tr!("settings-screens-controls", desktops = names),
        false => tr!("settings-screens-views", desktops = names),
    }
}

/// How it is: "Seen 14:03 · added by Ada Lovelace".
fn how(screen: &UnattendedScreen) -> String {
    let creator = screen.creator.as_str();
    match (screen.enrolled, screen.last_seen.as_str()) {
        (false, _) => {
            tr!("settings-screens-waits", until = screen.until.as_str(), creator = creator)
        }
        (true, "") => tr!("settings-screens-not-seen", creator = creator),
        (true, seen) => tr!("settings-screens-seen", time = seen, creator = creator),
    }
}

/// Paints a row; whether it is to be removed.
fn row(ui: &mut Ui, screen: &UnattendedScreen, model: &Model) -> bool {
    let t = tokens::of(ui.ctx());
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    let (shows, how) = (shows(screen, model), how(screen));
    let name = tr!(
        "settings-screens-row",
        name = screen.name.as_str(),
        shows = shows.as_str(),
        state = how.as_str(),
    );
    response.widget_info(|| WidgetInfo::labeled(Node::ListItem, true, &name));
    let pad = space::L - 4.0;
    let tile = Rect::from_center_size(
        pos2(rect.min.x + pad + size::ICON / 2.0, rect.center().y),
        vec2(size::ICON + 2.0, size::ICON + 2.0),
    );
    let ink = if screen.enrolled { t.accent_hover } else { t.muted };
    icons::paint(ui.painter(), tile, Icon::Desktop, ink);
    let left = Rect::from_min_max(
        pos2(tile.max.x + space::M, rect.min.y + 8.0),
        pos2(rect.max.x - pad - SIDE, rect.max.y),
    );
    let layout = Layout::top_down(Align::Min);
    let words = UiBuilder::new().max_rect(left).layout(layout).id_salt((&screen.id, "words"));
    let mut words = ui.new_child(words);
    words.spacing_mut().item_spacing.y = 1.0;
    words.add(Label::new(RichText::new(&screen.name).size(size::BODY)).truncate());
    for text in [&shows, &how] {
        words.add(Label::new(RichText::new(text).small().color(t.muted)).truncate());
    }
    let right = Rect::from_min_max(pos2(left.max.x, rect.min.y), rect.max).shrink2(vec2(pad, 0.0));
    let layout = Layout::right_to_left(Align::Center);
    let side = UiBuilder::new().max_rect(right).layout(layout).id_salt((&screen.id, "side"));
    let name = tr!("settings-screens-remove-name", name = screen.name.as_str());
    Act::danger(tr!("settings-screens-remove")).name(&name).show(&mut ui.new_child(side)).clicked()
}

impl Form {
    /// Whether it is to be closed.
    fn show(&mut self, ctx: &Context, model: &Model, commands: &mut Vec<Command>) -> bool {
        let state = self.sending.state(model);
        let busy = state == Sent::Busy;
        let title = tr!("settings-screens-add-title");
        let dialog = Dialog { id: "add-screen", title, width: 480.0, light: false };
        let ((send, taken_back), closed) = dialog.show(ctx, |ui| {
            let entered = body(ui, |ui| {
                if let Sent::Failed(problem) = &state {
                    banner(ui, problem);
                    ui.add_space(space::M);
                }
                ui.add_enabled_ui(!busy, |ui| self.fields(ui, desktops(model))).inner
            });
            let count = self.draft.desktops.len();
            let blocked = match busy {
                true => Some(tr!("settings-screens-busy")),
                false if self.draft.name.trim().is_empty() => Some(tr!("settings-screens-no-name")),
                false if count == 0 => Some(tr!("settings-screens-choose")),
                false if count > MOST => Some(tr!("settings-screens-most")),
                false => blocked(model),
            };
            footer(ui, |ui| {
                let text = match busy {
                    true => tr!("settings-screens-adding"),
                    false => tr!("settings-screens-make"),
                };
                let make = Act::primary(text).blocked(blocked).show(ui);
                let cancel = Act::plain(tr!("settings-cancel")).show(ui).clicked();
                (blocked.is_none() && (make.clicked() || entered), cancel)
            })
        });
        if send {
            let ticket = self.sending.start(ctx, commands);
            commands.push(Command::EnrollScreen { ticket, draft: self.draft.clone() });
        }
        closed || taken_back
    }

    /// Whether Enter was pressed where it sends.
    fn fields(&mut self, ui: &mut Ui, all: &[Desktop]) -> bool {
        let t = tokens::of(ui.ctx());
        let small = |text: &str| RichText::new(text).size(size::SMALL).color(t.muted);
        let focus = !std::mem::replace(&mut self.focused, true);
        let name = Field {
            label: tr!("settings-screens-name"),
            hint: tr!("settings-screens-name-hint"),
            characters: 120,
            focus,
            ..Field::default()
        };
        let name = name.show(ui, &mut self.draft.name);
        ui.label(small(tr!("settings-screens-desktops")));
        if all.is_empty() {
            ui.label(tr!("settings-screens-no-desktops"));
        }
        ScrollArea::vertical().max_height(150.0).id_salt("desktops").show(ui, |ui| {
            for desktop in all {
                let mut on = self.draft.desktops.contains(&desktop.id);
                if ui.checkbox(&mut on, &desktop.name).changed() {
                    self.draft.desktops.retain(|id| *id != desktop.id);
                    if on {
                        self.draft.desktops.push(desktop.id.clone());
                    }
                }
            }
        });
        ui.add_space(space::M);
        ui.label(small(tr!("settings-screens-may")));
        let choices = [tr!("settings-screens-view"), tr!("settings-screens-control")]
            .map(|text| Segment { text, count: None });
        let chosen = usize::from(self.draft.control);
        if let Some(n) = segments(ui, Node::RadioButton, &choices, chosen) {
            self.draft.control = n == 1;
        }
        ui.add_space(space::XS);
        let text = match self.draft.control {
            false => tr!("settings-screens-view-note"),
            true => tr!("settings-screens-control-note"),
        };
        ui.add(Label::new(small(text)).wrap());
        name.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter))
    }
}

/// A text that is to be read and typed elsewhere.
fn block(ui: &mut Ui, text: &str, points: f32) {
    let t = tokens::of(ui.ctx());
    let frame = Frame::new().fill(t.raised).corner_radius(radius::CONTROL);
    frame.inner_margin(Margin::symmetric(16, 14)).show(ui, |ui| {
        ui.set_width(ui.available_width());
        let text = RichText::new(text).family(FontFamily::Monospace).size(points);
        ui.vertical_centered(|ui| ui.add(Label::new(text).wrap().selectable(true)));
    });
}

/// Shows the code; whether it was taken away.
fn code(ctx: &Context, made: &ScreenEnrolment, copied: &mut Copied) -> bool {
    let title = tr!("settings-screens-added", name = made.name.as_str());
    let dialog = Dialog { id: "enrolment", title: &title, width: 480.0, light: false };
    let (done, closed) = dialog.show(ctx, |ui| {
        body(ui, |ui| {
            let t = tokens::of(ui.ctx());
            let small = |text: &str| RichText::new(text).size(size::SMALL).color(t.muted);
            ui.add(Label::new(tr!("settings-screens-run")).wrap());
            ui.add_space(space::M);
            block(ui, &made.command, size::BODY);
            ui.add_space(space::S);
            block(ui, made.code.expose(), size::TITLE);
            ui.add_space(space::S);
            if made.done {
                ui.label(RichText::new(tr!("settings-screens-enrolled")).color(t.good));
            } else {
                let text = tr!("settings-screens-once", until = made.until.as_str());
                ui.add(Label::new(small(&text)).wrap());
            }
        });
        footer(ui, |ui| {
            let done = Act::plain(tr!("settings-screens-done")).show(ui).clicked();
            let said =
                |what, text| if *copied == what { tr!("settings-screens-copied") } else { text };
            let code = said(Copied::Code, tr!("settings-screens-copy-code"));
            let code = Act::primary(code).icon(Icon::Copy).show(ui);
            let command = said(Copied::Command, tr!("settings-screens-copy-command"));
            let command = Act::plain(command).show(ui);
            if ui.memory(|m| m.focused().is_none()) {
                code.request_focus();
            }
            if code.clicked() {
                ui.ctx().copy_text(made.code.expose().to_owned());
                *copied = Copied::Code;
            } else if command.clicked() {
                ui.ctx().copy_text(made.command.clone());
                *copied = Copied::Command;
            }
            done
        })
    });
    done || closed
}
