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
        let text = "A screen on a wall or a counter shows cloud desktops without anybody signing \
                    in. It has a key of its own instead of a password, and you can remove it at \
                    any time.";
        ui.add(Label::new(RichText::new(text).weak()).wrap());
        ui.add_space(space::M);
        ui.horizontal(|ui| {
            let add = Act::primary("Add a screen").icon(Icon::Plus).blocked(offline);
            if add.show(ui).clicked() {
                self.form = Some(Form::default());
            }
            let refresh = Act::plain("Refresh").icon(Icon::Refresh).blocked(offline);
            if refresh.show(ui).clicked() {
                commands.push(Command::RefreshScreens);
            }
        });
        ui.add_space(space::M);
        match &model.workspace.screens.list {
            Load::Loading => loading_state(ui, Icon::Eye, "Loading screens…"),
            Load::Failed(problem) => {
                if error_state(ui, problem) {
                    commands.push(Command::RefreshScreens);
                }
            }
            Load::Ready(all) if all.is_empty() => {
                ui.add_space(space::L);
                let text = "Add one, and type its code in on the machine that is to show it.";
                empty_state(ui, Icon::Eye, "No unattended screens yet", text);
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
        let title = format!("Remove {}?", screen.name);
        let text = match screen.enrolled {
            true => {
                "What it shows ends at once, and its key opens nothing any more. To use the \
                     machine again, add a screen and enrol it anew."
            }
            false => "Its code stops working.",
        };
        let confirm = Confirm {
            id: "remove-screen",
            title: &title,
            text,
            act: "Remove screen",
            keep: "Cancel",
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
        found.map_or_else(|| "another desktop".to_owned(), |desktop| desktop.name.clone())
    };
    let names: Vec<String> = screen.desktops.iter().map(name).collect();
    let names = if names.is_empty() { "No desktop any more".to_owned() } else { names.join(", ") };
    let how = if screen.control { "may control" } else { "view only" };
    format!("{names} · {how}")
}

/// How it is: "Seen 14:03 · added by Ada Lovelace".
fn how(screen: &UnattendedScreen) -> String {
    let state = match (screen.enrolled, screen.last_seen.as_str()) {
        (false, _) => format!("Waits for its machine until {}", screen.until),
        (true, "") => "Enrolled, not seen yet".to_owned(),
        (true, seen) => format!("Seen {seen}"),
    };
    format!("{state} · added by {}", screen.creator)
}

/// Paints a row; whether it is to be removed.
fn row(ui: &mut Ui, screen: &UnattendedScreen, model: &Model) -> bool {
    let t = tokens::of(ui.ctx());
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    let (shows, how) = (shows(screen, model), how(screen));
    let name = format!("{}. {shows}. {how}", screen.name);
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
    let name = format!("Remove {}", screen.name);
    Act::danger("Remove").name(&name).show(&mut ui.new_child(side)).clicked()
}

impl Form {
    /// Whether it is to be closed.
    fn show(&mut self, ctx: &Context, model: &Model, commands: &mut Vec<Command>) -> bool {
        let state = self.sending.state(model);
        let busy = state == Sent::Busy;
        let title = "Add an unattended screen";
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
                true => Some("The code is being made."),
                false if self.draft.name.trim().is_empty() => Some("Give the screen a name."),
                false if count == 0 => Some("Choose the desktops that it may show."),
                false if count > MOST => Some("A screen shows at most 32 desktops."),
                false => blocked(model),
            };
            footer(ui, |ui| {
                let text = if busy { "Adding…" } else { "Make the code" };
                let make = Act::primary(text).blocked(blocked).show(ui);
                let cancel = Act::plain("Cancel").show(ui).clicked();
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
            label: "Name",
            hint: "Where it hangs, such as Lobby",
            characters: 120,
            focus,
            ..Field::default()
        };
        let name = name.show(ui, &mut self.draft.name);
        ui.label(small("Desktops that it may show"));
        if all.is_empty() {
            ui.label("The workspace has no cloud desktop yet.");
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
        ui.label(small("What it may do"));
        let choices =
            [Segment { text: "View only", count: None }, Segment { text: "Control", count: None }];
        let chosen = usize::from(self.draft.control);
        if let Some(n) = segments(ui, Node::RadioButton, &choices, chosen) {
            self.draft.control = n == 1;
        }
        ui.add_space(space::XS);
        let text = match self.draft.control {
            false => "It shows the picture. The desktop plays nothing that is typed there.",
            true => "Whoever stands before it can type and click on these desktops.",
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
    let title = format!("{} is added", made.name);
    let dialog = Dialog { id: "enrolment", title: &title, width: 480.0, light: false };
    let (done, closed) = dialog.show(ctx, |ui| {
        body(ui, |ui| {
            let t = tokens::of(ui.ctx());
            let small = |text: &str| RichText::new(text).size(size::SMALL).color(t.muted);
            ui.add(Label::new("On the machine, run this and type the code in.").wrap());
            ui.add_space(space::M);
            block(ui, &made.command, size::BODY);
            ui.add_space(space::S);
            block(ui, made.code.expose(), size::TITLE);
            ui.add_space(space::S);
            if made.done {
                ui.label(RichText::new("The machine has enrolled.").color(t.good));
            } else {
                let text = format!("The code is shown once. It works once, until {}.", made.until);
                ui.add(Label::new(small(&text)).wrap());
            }
        });
        footer(ui, |ui| {
            let done = Act::plain("Done").show(ui).clicked();
            let said = |what, text| if *copied == what { "Copied" } else { text };
            let code = Act::primary(said(Copied::Code, "Copy the code")).icon(Icon::Copy).show(ui);
            let command = Act::plain(said(Copied::Command, "Copy the command")).show(ui);
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
