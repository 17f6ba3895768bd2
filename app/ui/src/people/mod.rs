//! Users of the workspace, for its owners.

mod invite;
mod table;
#[cfg(test)]
mod tests;

use crate::icons::Icon;
use crate::parts::{Act, Answer, Confirm, Split, blocked, empty, failed, header, loading, page};
use egui::{Context, Ui};
use multiclaw_core::Command;
use multiclaw_core::model::{Action, Load, Member, Model, Person};
use multiclaw_core::tr;

/// State of the screen.
#[derive(Default)]
pub(crate) struct View {
    invite: invite::Form,
    /// Who is to be removed, while the question is asked.
    remove: Option<String>,
}

impl View {
    pub(crate) fn show(
        &mut self,
        ui: &mut Ui,
        person: &Person,
        model: &Model,
        commands: &mut Vec<Command>,
    ) {
        if !person.may(Action::ManagePeople) {
            *self = Self::default();
            page(ui, |ui| {
                header(ui, tr!("people-title"), "", false, |_| {});
                let text = tr!("people-owners-only-text");
                empty(ui, Icon::People, tr!("people-owners-only"), text, None);
            });
            return;
        }
        let offline = blocked(model);
        let people = &model.workspace.people;
        page(ui, |ui| {
            header(ui, tr!("people-title"), &many(people.items()), offline.is_some(), |ui| {
                let invite = Act::primary(tr!("people-invite")).icon(Icon::Plus).blocked(offline);
                if invite.show(ui).clicked() {
                    self.invite.open();
                }
            });
            match people {
                Load::Loading => {
                    loading(ui, Icon::People, tr!("people-loading"), offline.is_some());
                }
                Load::Failed(problem) => failed(ui, problem, commands),
                Load::Ready(all) if all.is_empty() => {
                    let text = tr!("people-none-text");
                    let act = Act::primary(tr!("people-invite-somebody"))
                        .icon(Icon::Plus)
                        .blocked(offline);
                    if empty(ui, Icon::People, tr!("people-none"), text, Some(act)) {
                        self.invite.open();
                    }
                }
                Load::Ready(all) => {
                    let rect = ui.available_rect_before_wrap();
                    let asked = Split::pane(ui, rect, "people", |ui| {
                        table::show(ui, all, person, offline, commands)
                    });
                    self.remove = asked.or(self.remove.take());
                }
            }
        });
        self.invite.show(ui.ctx(), model, commands);
        self.confirm(ui.ctx(), person, model, commands);
    }

    fn confirm(
        &mut self,
        ctx: &Context,
        person: &Person,
        model: &Model,
        commands: &mut Vec<Command>,
    ) {
        let Some(id) = &self.remove else { return };
        let found = model.workspace.people.items().iter().find(|member| member.id == *id);
        let Some(member) = found else {
            self.remove = None;
            return;
        };
        let (title, text, act) = match member.invited {
            true => (
                tr!("people-withdraw-question", email = &member.email),
                tr!("people-withdraw-text").to_owned(),
                tr!("people-withdraw"),
            ),
            false => (
                tr!("people-remove-question", name = name(member)),
                tr!("people-remove-text", workspace = &person.workspace),
                tr!("people-remove"),
            ),
        };
        let confirm = Confirm {
            id: "remove-person",
            title: &title,
            text: &text,
            act,
            keep: tr!("people-cancel"),
            blocked: blocked(model),
        };
        match confirm.show(ctx) {
            Answer::None => {}
            Answer::No => self.remove = None,
            Answer::Yes => {
                commands.push(Command::RemovePerson(member.id.clone()));
                self.remove = None;
            }
        }
    }
}

/// What the person is called.
fn name(member: &Member) -> &str {
    if member.name.is_empty() { &member.email } else { &member.name }
}

fn many(all: &[std::sync::Arc<Member>]) -> String {
    let invited = all.iter().filter(|member| member.invited).count();
    let people = all.len() - invited;
    match (people, invited) {
        (0, 0) => String::new(),
        (people, 0) => tr!("people-count", count = people),
        (people, invited) => tr!("people-count-invited", people = people, invited = invited),
    }
}
