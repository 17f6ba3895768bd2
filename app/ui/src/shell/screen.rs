//! The screens, and who is offered which.

use crate::icons::Icon;
use egui::Key;
use multiclaw_core::model::{Action, Person};
use multiclaw_core::tr;

/// A screen of the window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Screen {
    /// Conversations with the agents on this machine.
    Chat,
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
    pub const ALL: [Self; 9] = [
        Self::Chat,
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
            Self::Chat => tr!("shell-chat"),
            Self::Conversations => tr!("shell-conversations"),
            Self::Tasks => tr!("shell-tasks"),
            Self::Agents => tr!("shell-agents"),
            Self::Documents => tr!("shell-documents"),
            Self::Desktops => tr!("shell-desktops"),
            Self::Users => tr!("shell-users"),
            Self::Gateway => tr!("shell-gateway"),
            Self::Settings => tr!("shell-settings"),
        }
    }

    pub(crate) fn icon(self) -> Icon {
        match self {
            Self::Chat => Icon::Spark,
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
            Self::Chat => Key::Num1,
            Self::Conversations => Key::Num2,
            Self::Tasks => Key::Num3,
            Self::Agents => Key::Num4,
            Self::Documents => Key::Num5,
            Self::Desktops => Key::Num6,
            Self::Users => Key::Num7,
            Self::Gateway => Key::Num8,
            Self::Settings => Key::Num9,
        }
    }

    /// The same in words.
    pub(crate) fn shortcut(self) -> &'static str {
        match self {
            Self::Chat => "Ctrl+1",
            Self::Conversations => "Ctrl+2",
            Self::Tasks => "Ctrl+3",
            Self::Agents => "Ctrl+4",
            Self::Documents => "Ctrl+5",
            Self::Desktops => "Ctrl+6",
            Self::Users => "Ctrl+7",
            Self::Gateway => "Ctrl+8",
            Self::Settings => "Ctrl+,",
        }
    }

    /// Whether it is there for this person; `None` is nobody, who works on this machine only.
    pub(crate) fn offered(self, person: Option<&Person>) -> bool {
        match self {
            Self::Chat | Self::Conversations | Self::Gateway | Self::Settings => true,
            Self::Users => person.is_some_and(|p| p.may(Action::ManagePeople)),
            Self::Tasks | Self::Agents | Self::Documents | Self::Desktops => {
                person.is_some_and(|p| !p.workspace.is_empty())
            }
        }
    }
}
