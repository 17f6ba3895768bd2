//! The screens, and who is offered which.

use crate::icons::Icon;
use egui::Key;
use multiclaw_core::model::{Action, Person};

/// A screen of the window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Screen {
    /// Conversations.
    #[default]
    Conversations,
    /// Tasks.
    Tasks,
    /// Agents.
    Agents,
    /// SOPs and skills.
    Documents,
    /// Cloud desktops.
    Desktops,
    /// People of the workspace, for owners.
    Users,
    /// The OpenClaw gateway on this machine.
    Gateway,
    /// Settings.
    Settings,
}

impl Screen {
    /// All, in the order of the sidebar.
    pub const ALL: [Self; 8] = [
        Self::Conversations,
        Self::Tasks,
        Self::Agents,
        Self::Documents,
        Self::Desktops,
        Self::Users,
        Self::Gateway,
        Self::Settings,
    ];

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Conversations => "Conversations",
            Self::Tasks => "Tasks",
            Self::Agents => "Agents",
            Self::Documents => "SOPs & skills",
            Self::Desktops => "Cloud desktops",
            Self::Users => "Users",
            Self::Gateway => "Gateway",
            Self::Settings => "Settings",
        }
    }

    pub(crate) fn icon(self) -> Icon {
        match self {
            Self::Conversations => Icon::Chat,
            Self::Tasks => Icon::Task,
            Self::Agents => Icon::Agent,
            Self::Documents => Icon::Document,
            Self::Desktops => Icon::Desktop,
            Self::Users => Icon::People,
            Self::Gateway => Icon::Here,
            Self::Settings => Icon::Settings,
        }
    }

    /// The key that shows it, with Ctrl.
    pub(crate) fn key(self) -> Key {
        match self {
            Self::Conversations => Key::Num1,
            Self::Tasks => Key::Num2,
            Self::Agents => Key::Num3,
            Self::Documents => Key::Num4,
            Self::Desktops => Key::Num5,
            Self::Users => Key::Num6,
            Self::Gateway => Key::Num7,
            Self::Settings => Key::Num8,
        }
    }

    /// The same in words.
    pub(crate) fn shortcut(self) -> &'static str {
        match self {
            Self::Conversations => "Ctrl+1",
            Self::Tasks => "Ctrl+2",
            Self::Agents => "Ctrl+3",
            Self::Documents => "Ctrl+4",
            Self::Desktops => "Ctrl+5",
            Self::Users => "Ctrl+6",
            Self::Gateway => "Ctrl+7",
            Self::Settings => "Ctrl+,",
        }
    }

    /// Whether it is there for this person; `None` is nobody, who works on this machine only.
    pub(crate) fn offered(self, person: Option<&Person>) -> bool {
        match self {
            Self::Conversations | Self::Gateway | Self::Settings => true,
            Self::Users => person.is_some_and(|p| p.may(Action::ManagePeople)),
            Self::Tasks | Self::Agents | Self::Documents | Self::Desktops => {
                person.is_some_and(|p| !p.workspace.is_empty())
            }
        }
    }
}
