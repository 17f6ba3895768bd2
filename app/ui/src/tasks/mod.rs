//! Tasks of the workspace: what agents are to do, and how it goes.

mod detail;
mod filter;
mod form;
mod log;
mod row;
#[cfg(test)]
mod tests;

use crate::icons::Icon;
use crate::parts::{
    Act, Answer, Confirm, Cursor, Rows, Split, blocked, empty, escape, failed, header, loading,
    page, seek, strip,
};
use egui::{Key, Modifiers, Ui};
use filter::{Filter, Found};
use multiclaw_core::Command;
use multiclaw_core::model::{Action, CloudLink, Load, Model, Person, Task, TaskState};
use multiclaw_core::tr;
use std::sync::Arc;

/// State of the screen.
#[derive(Default)]
pub(crate) struct View {
    filter: Filter,
    found: Found,
    cursor: Cursor,
    /// The task whose detail is shown.
    open: Option<String>,
    /// Where it was in the list.
    last: usize,
    detail: detail::Detail,
    form: form::Form,
    /// The task that is to be cancelled, while the question is asked.
    cancel: Option<String>,
    /// A new task waits on this machine.
    kept: bool,
    /// A detail takes the place of the list.
    narrow: bool,
}

impl View {
    pub(crate) fn show(
        &mut self,
        ui: &mut Ui,
        person: &Person,
        model: &Model,
        commands: &mut Vec<Command>,
    ) {
        let offline = blocked(model).is_some();
        self.narrow = Split::narrow(ui);
        let tasks = &model.workspace.tasks;
        let may = person.may(Action::UseTasks);
        let free = ui.ctx().memory(|m| m.top_modal_layer().is_none());
        if may && free && ui.input_mut(|i| i.consume_key(Modifiers::COMMAND, Key::N)) {
            self.form.open();
        }
        let open = self.opened(tasks, commands);
        let leaves = open.is_some() && escape(ui.ctx());
        let mut typing = false;
        page(ui, |ui| {
            if open.is_none() || !self.narrow {
                header(ui, tr!("tasks-title"), "", offline, |ui| {
                    let new = Act::primary(tr!("tasks-new")).icon(Icon::Plus);
                    if may && new.show(ui).on_hover_text("Ctrl+N").clicked() {
                        self.form.open();
                    }
                });
                self.note(ui, model);
            }
            match tasks {
                Load::Loading => loading(ui, Icon::Task, tr!("tasks-loading"), offline),
                Load::Failed(problem) => failed(ui, problem, commands),
                Load::Ready(all) if all.is_empty() => {
                    let text = tr!("tasks-none-text");
                    let act = may.then(|| Act::primary(tr!("tasks-first")).icon(Icon::Plus));
                    if empty(ui, Icon::Task, tr!("tasks-none"), text, act) {
                        self.form.open();
                    }
                }
                Load::Ready(all) => {
                    typing = self.panes(ui, all, open, person, model, commands);
                }
            }
        });
        // Escape in the search field leaves that, and nothing else.
        if leaves && !typing && self.open.is_some() {
            self.close(commands);
            ui.ctx().request_repaint();
        }
        self.dialogs(ui, person, model, commands);
    }

    fn note(&mut self, ui: &mut Ui, model: &Model) {
        self.kept &= model.cloud != CloudLink::Online;
        if self.kept && strip(ui, tr!("tasks-kept")) {
            self.kept = false;
        }
    }

    /// The task whose detail is shown. One that is gone is closed.
    fn opened(&mut self, tasks: &Load<Task>, commands: &mut Vec<Command>) -> Option<Arc<Task>> {
        let id = self.open.as_ref()?;
        let Load::Ready(all) = tasks else { return None };
        let at = seek(all, &mut self.last, |task| task.id == *id);
        let found = at.and_then(|n| all.get(n)).cloned();
        if found.is_none() {
            self.close(commands);
        }
        found
    }

    fn close(&mut self, commands: &mut Vec<Command>) {
        self.open = None;
        self.detail = detail::Detail::default();
        commands.push(Command::OpenTaskLog(None));
    }

    /// The list and the detail; whether the keyboard has just left the search field.
    fn panes(
        &mut self,
        ui: &mut Ui,
        all: &Arc<Vec<Arc<Task>>>,
        open: Option<Arc<Task>>,
        person: &Person,
        model: &Model,
        commands: &mut Vec<Command>,
    ) -> bool {
        let mut typing = false;
        if open.is_none() || !self.narrow {
            self.found.update(all, &self.filter, &person.id);
            typing = filter::bar(ui, &mut self.filter, &self.found, model);
            self.found.update(all, &self.filter, &person.id);
        }
        let split = Split::of(ui, open.is_some(), self.narrow);
        if let Some(rect) = split.list {
            Split::pane(ui, rect, "list", |ui| self.list(ui, open.as_deref(), model, commands));
        }
        if let (Some(rect), Some(task)) = (split.detail, open) {
            let asked = Split::pane(ui, rect, "detail", |ui| {
                self.detail.show(ui, &task, self.narrow, person, model, commands)
            });
            match asked {
                detail::Asked::Nothing => {}
                detail::Asked::Close => self.close(commands),
                detail::Asked::Cancel => self.cancel = Some(task.id.clone()),
            }
        }
        typing
    }

    fn list(
        &mut self,
        ui: &mut Ui,
        open: Option<&Task>,
        model: &Model,
        commands: &mut Vec<Command>,
    ) {
        let selected = open.and_then(|task| self.found.position(&task.id));
        let found = &self.found;
        if found.len() == 0 {
            let text = tr!("tasks-nothing-found-text");
            let act = Act::plain(tr!("tasks-show-all"));
            if empty(ui, Icon::Search, tr!("tasks-nothing-found"), text, Some(act)) {
                self.filter = Filter::default();
            }
            return;
        }
        let rows =
            Rows { name: tr!("tasks-title"), height: row::HEIGHT, count: found.len(), selected };
        let agents = model.workspace.agents.items();
        let opened = rows.show(
            ui,
            &mut self.cursor,
            |n| found.get(n).map(|task| row::label(task, agents)).unwrap_or_default(),
            |ui, n, rect| {
                if let Some(task) = found.get(n) {
                    row::paint(ui, rect, task, agents);
                }
            },
        );
        let id = opened.and_then(|n| self.found.get(n)).map(|task| task.id.clone());
        if let Some(id) = id
            && self.open.as_ref() != Some(&id)
        {
            commands.push(Command::OpenTaskLog(Some(id.clone())));
            self.detail = detail::Detail::default();
            self.open = Some(id);
        }
    }

    fn dialogs(&mut self, ui: &Ui, person: &Person, model: &Model, commands: &mut Vec<Command>) {
        if person.may(Action::UseTasks) && self.form.show(ui.ctx(), model, commands) {
            self.kept = true;
        }
        let Some(id) = &self.cancel else { return };
        let task = model.workspace.tasks.items().iter().find(|task| task.id == *id);
        let Some(task) = task.filter(|task| !task.state.ended()) else {
            self.cancel = None;
            return;
        };
        let title = tr!("tasks-cancel-question", number = task.number);
        let text = tr!("tasks-cancel-text", title = &task.title);
        let confirm = Confirm {
            id: "cancel-task",
            title: &title,
            text: &text,
            act: tr!("tasks-cancel"),
            keep: tr!("tasks-cancel-keep"),
            blocked: blocked(model),
        };
        match confirm.show(ui.ctx()) {
            Answer::None => {}
            Answer::No => self.cancel = None,
            Answer::Yes => {
                commands.push(Command::CancelTask(task.id.clone()));
                self.cancel = None;
            }
        }
    }
}

/// The state in a word.
fn word(state: TaskState) -> &'static str {
    match state {
        TaskState::Queued => tr!("tasks-state-queued"),
        TaskState::Running => tr!("tasks-state-running"),
        TaskState::Waiting => tr!("tasks-state-waiting"),
        TaskState::Done => tr!("tasks-state-done"),
        TaskState::Failed => tr!("tasks-state-failed"),
        TaskState::Cancelled => tr!("tasks-state-cancelled"),
        TaskState::Unknown => tr!("tasks-state-unknown"),
    }
}
