//! Asking before a conversation is deleted.

use super::list::Doomed;
use crate::tokens::{self, radius, size, space};
use egui::{Align, Button, Frame, Id, Layout, Margin, Modal, RichText, Stroke, Ui, vec2};
use multiclaw_core::Command;
use multiclaw_core::model::Place;

/// The question, while it is asked.
pub(crate) struct Question {
    doomed: Doomed,
    asked: bool,
}

impl Question {
    pub(crate) fn new(doomed: Doomed) -> Self {
        Self { doomed, asked: false }
    }

    /// Asks; whether it was answered.
    pub(crate) fn show(&mut self, ui: &Ui, commands: &mut Vec<Command>) -> bool {
        let t = tokens::of(ui.ctx());
        let frame = Frame::new()
            .fill(t.surface)
            .stroke(Stroke::new(1.0, t.line))
            .corner_radius(radius::CARD)
            .inner_margin(Margin::same(24));
        let room = ui.ctx().content_rect().width() - 2.0 * space::L - 48.0;
        let id = Id::unique("delete conversation");
        let modal = Modal::new(id).frame(frame).backdrop_color(t.dim).show(ui.ctx(), |ui| {
            ui.set_width(room.min(400.0));
            ui.label(RichText::new("Delete this conversation?").size(size::STRONG));
            ui.label(format!("“{}”", self.doomed.title));
            let text = match self.doomed.place {
                Place::Local => "It is deleted on this computer. This cannot be undone.",
                Place::Synced | Place::Workspace => {
                    "It is deleted on this computer and in the workspace. This cannot be undone."
                }
            };
            ui.label(RichText::new(text).weak());
            ui.add_space(space::M);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| self.buttons(ui)).inner
        });
        if modal.inner == Some(true) {
            commands.push(Command::DeleteConversation(self.doomed.id.clone()));
        }
        modal.inner.is_some() || modal.should_close()
    }

    fn buttons(&mut self, ui: &mut Ui) -> Option<bool> {
        let t = tokens::of(ui.ctx());
        let size = vec2(96.0, size::CONTROL);
        let text = RichText::new("Delete").color(t.surface);
        let delete = ui.add(Button::new(text).fill(t.bad).min_size(size));
        let cancel = ui.add(Button::new("Cancel").min_size(size));
        if !self.asked {
            self.asked = true;
            delete.request_focus();
        }
        if delete.clicked() { Some(true) } else { cancel.clicked().then_some(false) }
    }
}
