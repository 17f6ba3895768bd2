//! An unattended screen, while no desktop fills it: its code, its desktops, or calm words.

use crate::icons::{self, Icon};
use crate::sign_in::{column, entered, header};
use crate::tokens::{self, radius, size, space};
use crate::widgets::{banner, card, empty_state, field, primary, quiet};
use egui::{
    Align, Label, Layout, Rect, RichText, Sense, Stroke, StrokeKind, Ui, UiBuilder, WidgetInfo,
    accesskit::Role, pos2, vec2,
};
use multiclaw_core::Command;
use multiclaw_core::model::{
    CloudLink, Desktop, DesktopState, Desktops, Model, Problem, ScreenAccount, ScreenState,
};
use multiclaw_core::secret::EnrolmentText;
use multiclaw_core::tr;

/// Height of a desktop's row, in points.
const ROW: f32 = 62.0;

/// State of the screen.
#[derive(Default)]
pub(crate) struct View {
    /// Moved into an [`EnrolmentText`] when it is sent, and then empty.
    code: String,
    focused: bool,
    /// A removed screen is to be enrolled again.
    anew: bool,
}

impl Drop for View {
    fn drop(&mut self) {
        drop(self.take_code());
    }
}

impl View {
    fn take_code(&mut self) -> EnrolmentText {
        EnrolmentText::new(std::mem::take(&mut self.code))
    }

    pub(crate) fn show(
        &mut self,
        ui: &mut Ui,
        screen: &ScreenAccount,
        model: &Model,
        commands: &mut Vec<Command>,
    ) {
        match &screen.state {
            ScreenState::NotEnrolled { busy, problem } => {
                self.enrol(ui, screen, *busy, problem.as_ref(), commands);
            }
            ScreenState::Removed(problem) if self.anew => {
                self.enrol(ui, screen, false, Some(problem), commands);
            }
            ScreenState::Removed(problem) => self.removed(ui, screen, problem),
            ScreenState::SigningIn | ScreenState::Ready => {
                self.focused = false;
                self.anew = false;
                drop(self.take_code());
                desktops(ui, screen, model, commands);
            }
        }
    }

    fn enrol(
        &mut self,
        ui: &mut Ui,
        screen: &ScreenAccount,
        busy: bool,
        problem: Option<&Problem>,
        commands: &mut Vec<Command>,
    ) {
        column(ui, 420.0, |ui| {
            header(ui, tr!("shell-unattended-title"), &screen.server);
            ui.add_space(space::L);
            card(ui, 24).show(ui, |ui| {
                let width = ui.available_width();
                if let Some(problem) = problem {
                    banner(ui, problem);
                    ui.add_space(space::S);
                }
                let text = tr!("shell-unattended-how");
                ui.add(Label::new(RichText::new(text).weak()).wrap());
                ui.add_space(space::S);
                let code = ui.add_enabled_ui(!busy, |ui| {
                    field(
                        ui,
                        tr!("shell-unattended-code"),
                        &mut self.code,
                        tr!("shell-unattended-code-hint"),
                    )
                });
                if !std::mem::replace(&mut self.focused, true) {
                    code.inner.request_focus();
                }
                ui.add_space(space::S);
                let ready = !busy && !self.code.trim().is_empty();
                let name = if busy {
                    tr!("shell-unattended-enrolling")
                } else {
                    tr!("shell-unattended-enrol")
                };
                let clicked = primary(ui, name, ready, width).clicked();
                if ready && (clicked || entered(ui, &[&code.inner])) {
                    self.focused = false;
                    commands.push(Command::EnrolHere(self.take_code()));
                }
            });
            ui.add_space(space::S);
            let text = tr!("shell-unattended-key");
            ui.vertical_centered(|ui| ui.label(RichText::new(text).weak().small()));
        });
    }

    fn removed(&mut self, ui: &mut Ui, screen: &ScreenAccount, problem: &Problem) {
        column(ui, 260.0, |ui| {
            let name =
                if screen.name.is_empty() { tr!("shell-unattended-name") } else { &screen.name };
            header(ui, name, &screen.workspace);
            ui.add_space(space::L);
            empty_state(ui, Icon::Eye, &problem.what, &problem.next);
            ui.add_space(space::M);
            ui.vertical_centered(|ui| {
                if quiet(ui, tr!("shell-unattended-anew")).clicked() {
                    self.anew = true;
                    self.focused = false;
                }
            });
        });
    }
}

fn desktops(ui: &mut Ui, screen: &ScreenAccount, model: &Model, commands: &mut Vec<Command>) {
    let list: &[Desktop] = match &model.desktops {
        Desktops::Ready(list) => list,
        Desktops::Loading | Desktops::Failed(_) => &[],
    };
    #[expect(clippy::cast_precision_loss, reason = "a few")]
    let height = 200.0 + list.len() as f32 * (ROW + space::S);
    column(ui, height, |ui| {
        header(ui, &screen.name, &screen.workspace);
        ui.add_space(space::L);
        let offline = matches!(model.cloud, CloudLink::Waiting { .. });
        match &model.cloud {
            CloudLink::Waiting { seconds, problem } => {
                let next = tr!("shell-unattended-retry", seconds = *seconds);
                banner(ui, &Problem { what: problem.what.clone(), next });
                ui.add_space(space::M);
            }
            _ if screen.state == ScreenState::SigningIn => {
                let text = tr!("shell-unattended-connecting", server = screen.server.as_str());
                ui.vertical_centered(|ui| ui.label(RichText::new(text).weak()));
                return;
            }
            _ => {}
        }
        match &model.desktops {
            Desktops::Failed(problem) => banner(ui, problem),
            Desktops::Loading => {}
            Desktops::Ready(list) if list.is_empty() => {
                let text = tr!("shell-unattended-none-why");
                empty_state(ui, Icon::Desktop, tr!("shell-unattended-none"), text);
            }
            Desktops::Ready(list) => {
                for desktop in list {
                    if row(ui, desktop, offline) {
                        commands.push(Command::OpenDesktop(desktop.id.clone()));
                    }
                    ui.add_space(space::S);
                }
            }
        }
    });
}

/// Paints a desktop that can be shown; whether it was chosen.
fn row(ui: &mut Ui, desktop: &Desktop, offline: bool) -> bool {
    let t = tokens::of(ui.ctx());
    let ready = desktop.state == DesktopState::Online && !offline;
    let (ink, word) = match desktop.state {
        DesktopState::Online => (t.good, tr!("shell-unattended-online")),
        DesktopState::Starting => (t.warning, tr!("shell-unattended-starting")),
        DesktopState::Offline => (t.muted, tr!("shell-unattended-offline")),
    };
    let sense = if ready { Sense::click() } else { Sense::hover() };
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), sense);
    let name = tr!("shell-unattended-show", name = desktop.name.as_str());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ready, &name));
    let hot = ready && (response.hovered() || response.has_focus());
    ui.painter().rect_filled(rect, radius::CARD, if hot { t.raised } else { t.surface });
    let line = if hot { t.accent } else { t.line };
    ui.painter().rect_stroke(rect, radius::CARD, Stroke::new(1.0, line), StrokeKind::Inside);
    let at = pos2(rect.min.x + 30.0, rect.center().y);
    icons::paint(ui.painter(), Rect::from_center_size(at, vec2(20.0, 20.0)), Icon::Desktop, t.text);
    let inner = Rect::from_min_max(pos2(rect.min.x + 56.0, rect.min.y + 11.0), rect.max);
    let layout = Layout::top_down(Align::Min);
    let inner = inner.shrink2(vec2(space::S, 0.0));
    let builder = UiBuilder::new().max_rect(inner).layout(layout).id_salt(&desktop.id.0);
    let ui = &mut ui.new_child(builder);
    ui.spacing_mut().item_spacing.y = 1.0;
    ui.add(
        Label::new(RichText::new(&desktop.name).size(size::STRONG)).truncate().selectable(false),
    );
    let word = RichText::new(word).small().color(ink);
    ui.add(Label::new(word).selectable(false));
    ready && response.clicked()
}
