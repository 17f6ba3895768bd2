//! Asking before a conversation is deleted.

use super::list::Doomed;
use crate::parts::{Answer, Confirm};
use egui::Ui;
use multiclaw_core::Command;
use multiclaw_core::model::Place;
use multiclaw_core::tr;

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
        let title = self.doomed.title.as_str();
        let text = match self.doomed.place {
            Place::Local => tr!("conversations-delete-local", title = title),
            Place::Synced | Place::Workspace => tr!("conversations-delete-synced", title = title),
        };
        let confirm = Confirm {
            id: "delete conversation",
            title: tr!("conversations-delete-question"),
            text: &text,
            act: tr!("conversations-delete"),
            keep: tr!("conversations-cancel"),
            blocked: None,
        };
        let answer = confirm.show(ui.ctx());
        if answer == Answer::Yes {
            commands.push(Command::DeleteConversation(self.doomed.id.clone()));
        }
        answer != Answer::None
    }
}
