//! SOPs and skills of the workspace: how things are done, and what agents can do of it.

mod detail;
mod form;
mod plain;
#[cfg(test)]
mod tests;

use crate::icons::Icon;
use crate::parts::{
    Act, Answer, Confirm, Cursor, Rows, Segment, Split, bar, blocked, empty, escape, failed,
    header, line, loading, page, pill, segments, short,
};
use crate::tokens::{self, size, space};
use egui::accesskit::Role;
use egui::{Align, Context, Rect, Ui, pos2, vec2};
use multiclaw_core::Command;
use multiclaw_core::model::{
    Action, Document, DocumentKind, DocumentState, Load, Model, Person, Progress,
};
use multiclaw_core::tr;
use std::sync::Arc;

/// Of a row, in points.
const ROW: f32 = 60.0;

/// State of the screen.
#[derive(Default)]
pub(crate) struct View {
    skills: bool,
    sop: Tab,
    skill: Tab,
    form: form::Form,
    /// What is to be deleted, while the question is asked.
    delete: Option<(DocumentKind, String)>,
    /// A detail takes the place of the list.
    narrow: bool,
}

/// State of one of the two lists.
#[derive(Default)]
struct Tab {
    cursor: Cursor,
    open: Option<String>,
    text: plain::Text,
}

impl View {
    pub(crate) fn show(
        &mut self,
        ui: &mut Ui,
        person: &Person,
        model: &Model,
        commands: &mut Vec<Command>,
    ) {
        let offline = blocked(model);
        self.narrow = Split::narrow(ui);
        let may = person.may(Action::UseDocuments);
        let list = self.list_of(model);
        let tab = self.tab();
        let open =
            tab.open.as_ref().and_then(|id| list.items().iter().find(|d| d.id == *id)).cloned();
        if (matches!(list, Load::Ready(_)) && open.is_none()) || escape(ui.ctx()) {
            tab.open = None;
        }
        page(ui, |ui| {
            if open.is_none() || !self.narrow {
                header(ui, tr!("documents-title"), "", offline.is_some(), |ui| {
                    let new = Act::primary(tr!("documents-generate-sop")).icon(Icon::Plus);
                    if may && new.blocked(offline).show(ui).clicked() {
                        self.form.open();
                    }
                });
                self.tabs(ui, model);
            }
            let what = match self.skills {
                true => tr!("documents-loading-skills"),
                false => tr!("documents-loading-sops"),
            };
            match self.list_of(model) {
                Load::Loading => loading(ui, self.icon(), what, offline.is_some()),
                Load::Failed(problem) => failed(ui, problem, commands),
                Load::Ready(all) if all.is_empty() => self.none(ui, may, offline),
                Load::Ready(all) => {
                    self.panes(ui, all, open, person, model, commands);
                }
            }
        });
        if may {
            self.form.show(ui.ctx(), model, commands);
        }
        self.confirm(ui.ctx(), model, commands);
    }

    fn list_of<'a>(&self, model: &'a Model) -> &'a Load<Document> {
        if self.skills { &model.workspace.skills } else { &model.workspace.sops }
    }

    fn tab(&mut self) -> &mut Tab {
        if self.skills { &mut self.skill } else { &mut self.sop }
    }

    fn icon(&self) -> Icon {
        if self.skills { Icon::Spark } else { Icon::Document }
    }

    fn tabs(&mut self, ui: &mut Ui, model: &Model) {
        let count = |list: &Load<Document>| match list {
            Load::Ready(all) => Some(all.len()),
            Load::Loading | Load::Failed(_) => None,
        };
        let all = [
            Segment { text: tr!("documents-sops"), count: count(&model.workspace.sops) },
            Segment { text: tr!("documents-skills"), count: count(&model.workspace.skills) },
        ];
        if let Some(n) = segments(ui, Role::Tab, &all, usize::from(self.skills)) {
            self.skills = n == 1;
        }
        ui.add_space(space::XS);
    }

    fn none(&mut self, ui: &mut Ui, may: bool, offline: Option<&str>) {
        if self.skills {
            let text = tr!("documents-no-skills-text");
            let act = Act::plain(tr!("documents-show-sops"));
            if empty(ui, Icon::Spark, tr!("documents-no-skills"), text, Some(act)) {
                self.skills = false;
            }
            return;
        }
        let text = tr!("documents-no-sops-text");
        let act = Act::primary(tr!("documents-generate-first-sop")).icon(Icon::Plus);
        let act = may.then_some(act.blocked(offline));
        if empty(ui, Icon::Document, tr!("documents-no-sops"), text, act) {
            self.form.open();
        }
    }

    fn panes(
        &mut self,
        ui: &mut Ui,
        all: &Arc<Vec<Arc<Document>>>,
        open: Option<Arc<Document>>,
        person: &Person,
        model: &Model,
        commands: &mut Vec<Command>,
    ) {
        let split = Split::of(ui, open.is_some(), self.narrow);
        let (salt, name) = match self.skills {
            true => ("Skills", tr!("documents-skills")),
            false => ("SOPs", tr!("documents-sops")),
        };
        let narrow = self.narrow;
        let tab = self.tab();
        if let Some(rect) = split.list {
            Split::pane(ui, rect, salt, |ui| {
                let selected = open.as_ref().and_then(|d| all.iter().position(|e| d.id == e.id));
                let rows = Rows { name, height: ROW, count: all.len(), selected };
                let progress = |d: &Document| model.workspace.progress.get(&d.id);
                let label = |n: usize| all.get(n).map(|d| said(d, progress(d))).unwrap_or_default();
                let opened = rows.show(ui, &mut tab.cursor, label, |ui, n, rect| {
                    if let Some(document) = all.get(n) {
                        row(ui, rect, document, progress(document));
                    }
                });
                if let Some(document) = opened.and_then(|n| all.get(n)) {
                    tab.open = Some(document.id.clone());
                }
            });
        }
        let (Some(rect), Some(document)) = (split.detail, open) else { return };
        let asked = Split::pane(ui, rect, "detail", |ui| {
            detail::show(ui, &document, &mut tab.text, narrow, person, model)
        });
        match asked {
            detail::Asked::Nothing => {}
            detail::Asked::Close => tab.open = None,
            detail::Asked::Delete => self.delete = Some((document.kind, document.id.clone())),
            detail::Asked::Compile => {
                commands.push(Command::CompileSkill(document.id.clone()));
                self.skills = true;
                self.skill.open = None;
                self.skill.cursor.set(0);
            }
            detail::Asked::Show(kind, id) => {
                self.skills = kind == DocumentKind::Skill;
                self.tab().open = Some(id);
            }
        }
    }

    fn confirm(&mut self, ctx: &Context, model: &Model, commands: &mut Vec<Command>) {
        let Some((kind, id)) = &self.delete else { return };
        let (list, act, text) = match kind {
            DocumentKind::Sop => (
                &model.workspace.sops,
                tr!("documents-delete-sop"),
                tr!("documents-delete-sop-text"),
            ),
            DocumentKind::Skill => (
                &model.workspace.skills,
                tr!("documents-delete-skill"),
                tr!("documents-delete-skill-text"),
            ),
        };
        let Some(document) = list.items().iter().find(|d| d.id == *id) else {
            self.delete = None;
            return;
        };
        let title = tr!("documents-delete-question", name = &document.name);
        let confirm = Confirm {
            id: "delete-document",
            title: &title,
            text,
            act,
            keep: tr!("documents-keep"),
            blocked: blocked(model),
        };
        match confirm.show(ctx) {
            Answer::None => {}
            Answer::No => self.delete = None,
            Answer::Yes => {
                commands.push(Command::DeleteDocument { kind: *kind, id: id.clone() });
                self.delete = None;
            }
        }
    }
}

/// The state in words; nothing for what is ready.
fn state(document: &Document, progress: Option<&Progress>) -> Option<String> {
    match (document.state, progress) {
        (DocumentState::Ready, _) => None,
        (DocumentState::Generating, Some(p)) => {
            Some(tr!("documents-being-made-percent", percent = p.percent.min(100)))
        }
        (DocumentState::Generating, None) => Some(tr!("documents-being-made-now").to_owned()),
        (DocumentState::Failed, _) => Some(tr!("documents-failed").to_owned()),
        (DocumentState::Unknown, _) => Some(tr!("documents-unknown").to_owned()),
    }
}

/// The row in words.
fn said(document: &Document, progress: Option<&Progress>) -> String {
    let state = state(document, progress).unwrap_or_else(|| tr!("documents-ready").to_owned());
    format!("{}, {state}, {}", document.name, short(&document.updated_at))
}

fn row(ui: &Ui, rect: Rect, document: &Document, progress: Option<&Progress>) {
    let t = tokens::of(ui.ctx());
    let upper = rect.center().y - 11.0;
    let lower = rect.center().y + 12.0;
    let strip = |y: f32, right: f32| {
        Rect::from_min_max(pos2(rect.min.x, y - 10.0), pos2(right.max(rect.min.x), y + 10.0))
    };
    let mut right = rect.max.x;
    if let Some(state) = state(document, progress) {
        let failed = document.state == DocumentState::Failed;
        let tint = if failed { t.bad } else { t.accent_hover };
        right = pill(ui, pos2(right, upper), Align::Max, &state, tint).min.x;
        if let Some(progress) = progress.filter(|_| !failed && rect.width() >= 380.0) {
            let track = Rect::from_min_size(pos2(right - 82.0, upper - 2.0), vec2(72.0, 4.0));
            bar(ui, track, progress.percent, tint);
            right = track.min.x;
        }
    }
    let name = strip(upper, right - space::M);
    line(ui, name, &document.name, size::BODY, t.text, Align::Min);
    let date = short(&document.updated_at);
    let right = line(ui, strip(lower, rect.max.x), &date, size::SMALL, t.muted, Align::Max).min.x;
    let goal = strip(lower, right - space::L);
    line(ui, goal, &document.goal, size::SMALL, t.muted, Align::Min);
}
