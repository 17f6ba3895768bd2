//! One task: what it is, how it goes, and its log.

use super::{log, row};
use crate::icons::Icon;
use crate::parts::{Act, bar, blocked, crown, drop_down, fact, full, item, pill_label, section};
use crate::tokens::{self, radius, size, space};
use egui::{
    Align, Frame, Label, Layout, Margin, Rect, RichText, ScrollArea, Sense, Ui, UiBuilder, vec2,
};
use multiclaw_core::Command;
use multiclaw_core::model::{Action, Model, Person, Task, TaskState};
use multiclaw_core::tr;

/// What the screen is to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    Nothing,
    Close,
    Cancel,
}

/// State of the detail.
#[derive(Default)]
pub(super) struct Detail {
    log: log::Log,
}

impl Detail {
    pub(super) fn show(
        &mut self,
        ui: &mut Ui,
        task: &Task,
        narrow: bool,
        person: &Person,
        model: &Model,
        commands: &mut Vec<Command>,
    ) -> Asked {
        let mut asked = Asked::Nothing;
        let t = tokens::of(ui.ctx());
        let names = [tr!("tasks-back"), tr!("tasks-close")];
        let left = crown(ui, narrow, names, &task.title, |ui| {
            ui.label(RichText::new(format!("#{}", task.number)).color(t.muted));
            pill_label(ui, &row::state(task), row::colour(&t, task.state));
        });
        if left {
            asked = Asked::Close;
        }
        let room = ui.available_rect_before_wrap();
        // The log has what the facts leave, and never less than this.
        let least = (room.height() * 0.42).clamp(110.0, 300.0);
        let shown = ScrollArea::vertical()
            .id_salt("facts")
            .max_height(room.height() - least)
            .auto_shrink([false, true])
            .show(ui, |ui| {
                Frame::new().inner_margin(Margin { left: 18, right: 18, top: 2, bottom: 12 }).show(
                    ui,
                    |ui| {
                        ui.set_width(ui.available_width());
                        if acts(ui, task, person, model, commands) {
                            asked = Asked::Cancel;
                        }
                        facts(ui, task, model);
                    },
                );
            });
        let rest = Rect::from_min_max(egui::pos2(room.min.x, shown.inner_rect.max.y), room.max);
        let builder =
            UiBuilder::new().id_salt("log").max_rect(rest).layout(Layout::top_down(Align::Min));
        let mut child = ui.new_child(builder);
        self.log.show(&mut child, task, model, commands);
        asked
    }
}

/// Buttons, by role and state; whether the task is to be cancelled.
fn acts(
    ui: &mut Ui,
    task: &Task,
    person: &Person,
    model: &Model,
    commands: &mut Vec<Command>,
) -> bool {
    let t = tokens::of(ui.ctx());
    let own = task.created_by == person.id && person.may(Action::UseTasks);
    if !own && !person.may(Action::ManageTasks) {
        ui.label(RichText::new(tr!("tasks-not-yours")).size(size::SMALL).color(t.muted));
        return false;
    }
    let offline = blocked(model);
    let mut cancel = false;
    ui.horizontal_wrapped(|ui| {
        if task.state == TaskState::Queued {
            assign(ui, task, model, offline, commands);
        }
        if task.state.ended() {
            let retry = Act::plain(tr!("tasks-retry")).icon(Icon::Refresh).blocked(offline);
            if retry.show(ui).clicked() {
                commands.push(Command::RetryTask(task.id.clone()));
            }
        } else {
            cancel = Act::danger(tr!("tasks-cancel")).blocked(offline).show(ui).clicked();
        }
    });
    cancel
}

fn assign(
    ui: &mut Ui,
    task: &Task,
    model: &Model,
    offline: Option<&str>,
    commands: &mut Vec<Command>,
) {
    let agents = model.workspace.agents.items();
    drop_down(ui, tr!("tasks-assign-to"), tr!("tasks-assign"), 0.0, offline, |ui| {
        let mut to = |agent: Option<String>| {
            if agent != task.agent {
                commands.push(Command::AssignTask { task: task.id.clone(), agent });
            }
        };
        if item(ui, tr!("tasks-assign-nobody"), task.agent.is_none()) {
            to(None);
        }
        for agent in agents {
            if item(ui, &agent.name, task.agent.as_ref() == Some(&agent.id)) {
                to(Some(agent.id.clone()));
            }
        }
    });
}

fn facts(ui: &mut Ui, task: &Task, model: &Model) {
    let t = tokens::of(ui.ctx());
    ui.spacing_mut().item_spacing.y = space::XS;
    if let Some(percent) = task.percent.filter(|_| task.state == TaskState::Running) {
        ui.add_space(space::S);
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 6.0), Sense::hover());
        bar(ui, rect, percent, t.accent_hover);
    }
    if let Some(outcome) = &task.outcome {
        ui.add_space(space::S);
        let bad = task.state == TaskState::Failed;
        let what = if bad { tr!("tasks-why-failed") } else { tr!("tasks-outcome") };
        Frame::new()
            .fill(if bad { t.bad_surface } else { t.raised })
            .corner_radius(radius::CONTROL)
            .inner_margin(Margin::symmetric(14, 10))
            .show(ui, |ui| {
                ui.set_width(ui.available_width());
                let ink = if bad { t.bad } else { t.muted };
                ui.label(RichText::new(what).size(size::SMALL).color(ink));
                ui.add(Label::new(outcome).wrap().selectable(true));
            });
    }
    ui.add_space(space::S);
    fact(ui, tr!("tasks-agent"), row::agent(task, model.workspace.agents.items()));
    if task.attempt > 0 {
        fact(ui, tr!("tasks-attempt"), &task.attempt.to_string());
    }
    fact(ui, tr!("tasks-created-by"), &task.creator);
    fact(ui, tr!("tasks-created"), &full(&task.created_at));
    fact(ui, tr!("tasks-changed"), &full(&task.updated_at));
    section(ui, tr!("tasks-brief"));
    if task.brief.trim().is_empty() {
        ui.label(RichText::new(tr!("tasks-no-brief")).color(t.muted));
    } else {
        ui.add(Label::new(&task.brief).wrap().selectable(true));
    }
}
