//! The menus of the workspace and of the account.

use super::{Ask, Screen};
use crate::icons::Icon;
use crate::settings::Page;
use crate::tokens::{size, space};
use crate::widgets::menu_item;
use egui::{Frame, Label, Margin, RichText, Ui};
use multiclaw_core::Command;
use multiclaw_core::model::{CloudLink, Model, Person, Role};
use multiclaw_core::tr;

/// All workspaces of the person.
pub(super) fn workspaces(ui: &mut Ui, person: &Person, model: &Model, asked: &mut Vec<Ask>) {
    ui.set_width(248.0);
    ui.spacing_mut().item_spacing.y = 2.0;
    Frame::new().inner_margin(Margin::symmetric(10, 6)).show(ui, |ui| {
        ui.label(RichText::new(tr!("shell-workspaces")).weak().small());
    });
    if person.workspaces.is_empty() {
        Frame::new().inner_margin(Margin::symmetric(10, 6)).show(ui, |ui| {
            ui.label(tr!("shell-workspaces-none"));
        });
    }
    let offline = matches!(model.cloud, CloudLink::Waiting { .. });
    let tall = 34.0 * 8.0;
    egui::ScrollArea::vertical().max_height(tall).show(ui, |ui| {
        for workspace in &person.workspaces {
            let usable = workspace.current || !offline;
            let response = ui
                .add_enabled_ui(usable, |ui| {
                    menu_item(ui, None, &workspace.name, workspace.current, "")
                })
                .inner
                .on_disabled_hover_text(tr!("shell-waits-for-cloud"));
            if response.clicked() && usable {
                if !workspace.current {
                    asked.push(Ask::Send(Command::SwitchWorkspace(workspace.id.clone())));
                }
                ui.close();
            }
        }
    });
}

/// The account, and what can be done with it.
pub(super) fn menu(ui: &mut Ui, person: &Person, asked: &mut Vec<Ask>) {
    ui.set_width(248.0);
    ui.spacing_mut().item_spacing.y = 2.0;
    Frame::new().inner_margin(Margin::symmetric(10, 8)).show(ui, |ui| {
        ui.add(Label::new(RichText::new(&person.name).size(size::STRONG)).truncate());
        ui.add(Label::new(RichText::new(&person.email).weak().small()).truncate());
        if !person.workspace.is_empty() {
            let workspace = person.workspace.as_str();
            let text = match person.role {
                Role::Owner => tr!("shell-owner-of", workspace = workspace),
                Role::Member => tr!("shell-member-of", workspace = workspace),
            };
            ui.add(Label::new(RichText::new(text).weak().small()).truncate());
        }
    });
    ui.add_space(space::XS);
    ui.separator();
    let mut asks = None;
    if menu_item(ui, Some(Icon::Settings), tr!("shell-settings-open"), false, "Ctrl+,").clicked() {
        asks = Some(Ask::Go(Screen::Settings));
    }
    if menu_item(ui, Some(Icon::Key), tr!("shell-change-password-open"), false, "").clicked() {
        asks = Some(Ask::Settings(Page::Account));
    }
    ui.separator();
    if menu_item(ui, Some(Icon::SignOut), tr!("shell-sign-out"), false, "").clicked() {
        asks = Some(Ask::SignOut);
    }
    if let Some(ask) = asks {
        asked.push(ask);
        ui.close();
    }
}

/// The role in a word.
pub(super) fn role(person: &Person) -> &'static str {
    match person.role {
        Role::Owner => tr!("shell-owner"),
        Role::Member => tr!("shell-member"),
    }
}

/// First letters of the first and the last name.
pub(super) fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter_map(|w| w.chars().next());
    let first = words.next();
    first.into_iter().chain(words.next_back()).flat_map(char::to_uppercase).collect()
}

#[cfg(test)]
mod tests {
    use super::initials;

    #[test]
    fn initials_are_of_the_first_and_the_last_name() {
        assert_eq!(initials("Ada King Lovelace"), "AL");
        assert_eq!(initials("ada"), "A");
        assert_eq!(initials("  "), "");
    }
}
