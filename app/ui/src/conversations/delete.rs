//! Asking before a conversation is deleted.

use super::list::Doomed;
use crate::parts::{Answer, Confirm};
use egui::Ui;
use multiclaw_core::Command;
use multiclaw_core::model::Place;

/// The question, while it is asked.
pub(crate) struct Question {
    doomed: Doomed,
}

impl Question {
    pub(crate) fn new(doomed: Doomed) -> Self {
        Self { doomed }
    }

    /// Asks; whether it was answered.
    pub(crate) fn show(&mut self, ui: &Ui, commands: &mut Vec<Command>) -> bool {
        let text = match self.doomed.place {
            Place::Local => "It is deleted on this computer. This cannot be undone.",
            Place::Synced | Place::Workspace => {
                "It is deleted on this computer and in the workspace. This cannot be undone."
            }
        };
        let text = format!("“{}”. {text}", self.doomed.title);
        let confirm = Confirm {
            id: "delete conversation",
            title: "Delete this conversation?",
            text: &text,
            act: "Delete",
            keep: "Cancel",
            blocked: None,
        };
        let answer = confirm.show(ui.ctx());
        if answer == Answer::Yes {
            commands.push(Command::DeleteConversation(self.doomed.id.clone()));
        }
        answer != Answer::None
    }
}
