//! Questions before something is done to a conversation.

use crate::parts::{Act, Answer, Confirm, Dialog, Field, body, footer};
use egui::{Context, Key};
use multiclaw_core::Command;
use multiclaw_core::model::ChatChange;
use multiclaw_core::tr;

/// Longest title, in characters.
pub(super) const TITLE: usize = 200;

/// What is asked.
enum What {
    Delete,
    Empty,
    Rename { text: String, focused: bool },
}

/// A question about one conversation, while it is asked.
pub(super) struct Question {
    key: String,
    title: String,
    what: What,
}

impl Question {
    /// An agent's main conversation can only be emptied.
    pub(super) fn delete(key: &str, title: &str, main: bool) -> Self {
        let what = if main { What::Empty } else { What::Delete };
        Self { key: key.to_owned(), title: title.to_owned(), what }
    }

    pub(super) fn empty(key: &str, title: &str) -> Self {
        Self::delete(key, title, true)
    }

    pub(super) fn rename(key: &str, title: &str) -> Self {
        let what = What::Rename { text: title.to_owned(), focused: false };
        Self { key: key.to_owned(), title: title.to_owned(), what }
    }

    /// Asks; whether it was answered.
    pub(super) fn show(
        &mut self,
        ctx: &Context,
        blocked: Option<&str>,
        commands: &mut Vec<Command>,
    ) -> bool {
        let (title, text, act) = match &mut self.what {
            What::Rename { text, focused } => {
                let (answer, closed) = rename(ctx, text, focused, blocked);
                if answer {
                    let change = ChatChange::Title(text.trim().to_owned());
                    commands.push(Command::ChangeChat { key: self.key.clone(), change });
                }
                return answer || closed;
            }
            What::Delete => (
                tr!("chat-delete-question"),
                tr!("chat-delete-text", title = self.title.as_str()),
                tr!("chat-delete"),
            ),
            What::Empty => (
                tr!("chat-empty-question"),
                tr!("chat-empty-text", title = self.title.as_str()),
                tr!("chat-empty"),
            ),
        };
        let keep = tr!("chat-cancel");
        let confirm = Confirm { id: "chat question", title, text: &text, act, keep, blocked };
        match confirm.show(ctx) {
            Answer::None => false,
            Answer::No => true,
            Answer::Yes => {
                commands.push(match self.what {
                    What::Delete => Command::DeleteChat(self.key.clone()),
                    _ => Command::ResetChat(self.key.clone()),
                });
                true
            }
        }
    }
}

fn rename(
    ctx: &Context,
    text: &mut String,
    focused: &mut bool,
    blocked: Option<&str>,
) -> (bool, bool) {
    let dialog =
        Dialog { id: "rename chat", title: tr!("chat-rename-title"), width: 420.0, light: true };
    dialog.show(ctx, |ui| {
        let entered = body(ui, |ui| {
            let field = Field {
                label: tr!("chat-title"),
                note: tr!("chat-title-note"),
                characters: TITLE,
                focus: !std::mem::replace(focused, true),
                ..Field::default()
            };
            let response = field.show(ui, text);
            response.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter))
        });
        footer(ui, |ui| {
            let save = Act::primary(tr!("chat-rename")).blocked(blocked).show(ui).clicked();
            save || (entered && blocked.is_none())
        })
    })
}
