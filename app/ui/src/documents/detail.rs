//! One SOP or skill: its text, or how far it has come.

use super::plain::Text;
use crate::icons::Icon;
use crate::parts::{Act, bar, blocked, crown, full, pill_label, scrolled, section};
use crate::tokens::{self, radius, size, space};
use crate::widgets::banner;
use egui::{Button, Frame, Label, Margin, RichText, Sense, Ui, WidgetInfo, accesskit::Role, vec2};
use multiclaw_core::model::{
    Action, Document, DocumentKind, DocumentState, Model, Person, Problem, Progress,
};
use multiclaw_core::tr;

/// What the screen is to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    Nothing,
    Close,
    Delete,
    Compile,
    Show(DocumentKind, String),
}

pub(super) fn show(
    ui: &mut Ui,
    document: &Document,
    text: &mut Text,
    narrow: bool,
    person: &Person,
    model: &Model,
) -> Asked {
    let t = tokens::of(ui.ctx());
    let mut asked = Asked::Nothing;
    let names = match document.kind {
        DocumentKind::Sop => [tr!("documents-back-to-sops"), tr!("documents-close-sop")],
        DocumentKind::Skill => [tr!("documents-back-to-skills"), tr!("documents-close-skill")],
    };
    let left = crown(ui, narrow, names, &document.name, |ui| {
        let kind = match document.kind {
            DocumentKind::Sop => tr!("documents-sop"),
            DocumentKind::Skill => tr!("documents-skill"),
        };
        ui.label(RichText::new(kind).color(t.muted));
        match document.state {
            DocumentState::Ready => {}
            DocumentState::Generating => {
                drop(pill_label(ui, tr!("documents-being-made"), t.accent_hover));
            }
            DocumentState::Failed => drop(pill_label(ui, tr!("documents-failed"), t.bad)),
            DocumentState::Unknown => drop(pill_label(ui, tr!("documents-unknown"), t.muted)),
        }
    });
    if left {
        return Asked::Close;
    }
    scrolled(ui, &document.id, |ui| {
        acts(ui, document, person, model, &mut asked);
        ui.spacing_mut().item_spacing.y = space::XS;
        let changed = tr!("documents-changed", when = full(&document.updated_at));
        ui.label(RichText::new(changed).size(size::SMALL).color(t.muted));
        relatives(ui, document, model, &mut asked);
        if !document.goal.trim().is_empty() {
            section(ui, tr!("documents-goal"));
            ui.add(Label::new(&document.goal).wrap().selectable(true));
        }
        ui.add_space(space::M);
        match document.state {
            DocumentState::Generating => {
                progress(ui, model.workspace.progress.get(&document.id));
            }
            DocumentState::Failed => banner(
                ui,
                &Problem {
                    what: document
                        .problem
                        .clone()
                        .unwrap_or_else(|| tr!("documents-not-made").to_owned()),
                    next: tr!("documents-not-made-next").to_owned(),
                },
            ),
            DocumentState::Ready | DocumentState::Unknown => text.show(ui, &document.text),
        }
    });
    asked
}

fn acts(ui: &mut Ui, document: &Document, person: &Person, model: &Model, asked: &mut Asked) {
    let offline = blocked(model);
    let ready = document.state == DocumentState::Ready;
    let own = document.created_by == person.id && person.may(Action::UseDocuments);
    let deletes = own || person.may(Action::ManageDocuments);
    if !ready && !deletes {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        if ready && document.kind == DocumentKind::Sop && person.may(Action::UseDocuments) {
            let under_way = model.workspace.skills.items().iter().any(|skill| {
                skill.state == DocumentState::Generating
                    && skill.source.as_ref() == Some(&document.id)
            });
            let why = under_way.then_some(tr!("documents-being-compiled"));
            let act = Act::plain(tr!("documents-compile-skill")).icon(Icon::Spark);
            if act.blocked(why.or(offline)).show(ui).clicked() {
                *asked = Asked::Compile;
            }
        }
        if ready && Act::plain(tr!("documents-copy-text")).icon(Icon::Copy).show(ui).clicked() {
            ui.ctx().copy_text(document.text.clone());
        }
        if deletes {
            let act = Act::danger(tr!("documents-delete")).icon(Icon::Trash).blocked(offline);
            if act.show(ui).clicked() {
                *asked = Asked::Delete;
            }
        }
    });
}

/// The SOP that a skill is from, or the skills that an SOP became.
fn relatives(ui: &mut Ui, document: &Document, model: &Model, asked: &mut Asked) {
    let workspace = &model.workspace;
    match document.kind {
        DocumentKind::Skill => {
            let Some(source) = &document.source else { return };
            let sop = workspace.sops.items().iter().find(|sop| sop.id == *source);
            let named = sop.map(|sop| {
                (sop.name.as_str(), tr!("documents-compiled-from-name", name = &sop.name))
            });
            link(ui, tr!("documents-compiled-from"), named, || {
                *asked = Asked::Show(DocumentKind::Sop, source.clone());
            });
        }
        DocumentKind::Sop => {
            for skill in workspace.skills.items() {
                if skill.source.as_ref() == Some(&document.id) {
                    let label = tr!("documents-skill-name", name = &skill.name);
                    link(ui, tr!("documents-skill"), Some((skill.name.as_str(), label)), || {
                        *asked = Asked::Show(DocumentKind::Skill, skill.id.clone());
                    });
                }
            }
        }
    }
}

/// `named`: what it leads to, and the whole in words.
fn link(ui: &mut Ui, what: &str, named: Option<(&str, String)>, follow: impl FnOnce()) {
    let t = tokens::of(ui.ctx());
    ui.horizontal(|ui| {
        ui.spacing_mut().interact_size.y = 22.0;
        ui.spacing_mut().button_padding = vec2(4.0, 1.0);
        ui.spacing_mut().item_spacing.x = 2.0;
        ui.label(RichText::new(what).size(size::SMALL).color(t.muted));
        match named {
            None => {
                let deleted = RichText::new(tr!("documents-deleted-sop"));
                ui.label(deleted.size(size::SMALL).color(t.muted));
            }
            Some((name, label)) => {
                let text = RichText::new(name).size(size::SMALL).color(t.accent_hover);
                let button = ui.add(Button::new(text).frame_when_inactive(false).truncate());
                button.widget_info(|| WidgetInfo::labeled(Role::Link, true, &label));
                if button.clicked() {
                    follow();
                }
            }
        }
    });
}

fn progress(ui: &mut Ui, progress: Option<&Progress>) {
    let t = tokens::of(ui.ctx());
    Frame::new()
        .fill(t.raised)
        .corner_radius(radius::CONTROL)
        .inner_margin(Margin::symmetric(16, 14))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            let Some(progress) = progress else {
                ui.label(tr!("documents-being-made-now"));
                let text = tr!("documents-appears-here");
                ui.label(RichText::new(text).size(size::SMALL).color(t.muted));
                return;
            };
            let percent = progress.percent.min(100);
            let step = match progress.step.as_str() {
                "" => tr!("documents-being-made"),
                step => step,
            };
            ui.label(format!("{step}, {percent}%"));
            ui.add_space(space::S);
            let wanted = vec2(ui.available_width(), 6.0);
            let (rect, _) = ui.allocate_exact_size(wanted, Sense::hover());
            bar(ui, rect, percent, t.accent_hover);
            ui.add_space(space::XS);
        });
}
