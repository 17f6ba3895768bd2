//! Changing a conversation: its title, model, rights; emptying, summarising, deleting it.

use super::super::Engine;
use super::rows;
use crate::model::ChatChange;
use gateway_client::methods::{Change, sessions};

fn text(text: &str) -> Change<String> {
    let text = text.trim();
    if text.is_empty() { Change::Clear } else { Change::Set(text.to_owned()) }
}

impl Engine {
    /// Changes a conversation; undone here when the gateway does not take it.
    pub(in super::super) fn change_chat(&mut self, key: &str, change: ChatChange) {
        let mut patch = sessions::Patch { key: key.to_owned(), ..Default::default() };
        let before = self.chat.list.get(key).cloned();
        match &change {
            ChatChange::Title(title) => patch.label = text(title),
            ChatChange::Pinned(on) => patch.pinned = Some(*on),
            ChatChange::Model(model) => {
                // The gateway takes any name, and fails at the next turn.
                let known = self.model.chat.models.iter().any(|m| m.id == *model && m.available);
                if !model.is_empty() && !known {
                    self.chat_problem(
                        &format!("The gateway cannot use the model {model} now."),
                        "Choose another one, or set it up in the gateway.",
                    );
                    return;
                }
                patch.model = text(model);
            }
            ChatChange::Thinking(level) => patch.thinking_level = text(level),
            ChatChange::Permission(mode) => patch.permission_mode = rows::permission_mode(*mode),
        }
        self.chat.list.change(key, |known| match change {
            ChatChange::Title(title) => known.label = title.trim().to_owned(),
            ChatChange::Pinned(on) => known.pinned = on,
            ChatChange::Model(model) => {
                known.model_chosen = !model.is_empty();
                if known.model_chosen {
                    known.model = model;
                }
            }
            ChatChange::Thinking(level) => known.thinking = level,
            ChatChange::Permission(mode) => known.permission = mode,
        });
        self.show_chats();
        self.show_head();
        if self.chat.open_as(key).is_some_and(|open| open.is_new) {
            self.create_then(key, patch, before);
        } else {
            self.patch(patch, before);
        }
    }

    /// A conversation that the gateway does not have yet is made, since it is to be changed
    /// before its first message.
    fn create_then(&mut self, key: &str, patch: sessions::Patch, before: Option<rows::Known>) {
        let method = sessions::Create {
            key: Some(key.to_owned()),
            agent_id: Some(rows::agent_of(key).to_owned()),
            ..Default::default()
        };
        let key = key.to_owned();
        self.chat_ask(method, move |engine, answer| match answer {
            Ok(_) => {
                engine.made(&key);
                engine.patch(patch, before);
            }
            Err(error) => {
                engine.unchange(&key, before);
                engine.chat_failed(&error);
            }
        });
    }

    fn patch(&mut self, patch: sessions::Patch, before: Option<rows::Known>) {
        let key = patch.key.clone();
        self.chat_ask(patch, move |engine, answer| match answer {
            Ok(changed) => {
                if let (Some(provider), Some(model)) =
                    (changed.resolved.model_provider, changed.resolved.model)
                {
                    engine.chat.list.change(&key, |known| {
                        known.model = rows::named(Some(&provider), &model);
                    });
                }
                engine.describe(&key);
            }
            Err(error) => {
                engine.unchange(&key, before);
                engine.chat_failed(&error);
            }
        });
    }

    fn unchange(&mut self, key: &str, before: Option<rows::Known>) {
        match before {
            Some(before) => self.chat.list.change(key, |known| *known = before),
            None => self.chat.list.remove(key),
        }
        self.show_chats();
        self.show_head();
    }

    /// Loads a conversation's row again: what follows from a change is in it.
    fn describe(&mut self, key: &str) {
        let method = sessions::Describe {
            key: key.to_owned(),
            include_derived_titles: Some(true),
            include_last_message: Some(true),
        };
        let key = key.to_owned();
        self.chat_ask(method, move |engine, answer| {
            if let Ok(sessions::Described { session: Some(row) }) = answer {
                engine.chat_changed(&key, Some(*row), false);
                engine.show_chats();
                engine.show_head();
            }
        });
    }

    fn busy_open(&mut self, words: &str) -> Option<String> {
        let key = self.chat.open.as_ref().filter(|open| !open.is_new)?.key.clone();
        let thread = self.model.chat.open.as_mut().filter(|thread| thread.busy.is_none())?;
        thread.busy = Some(words.to_owned());
        Some(key)
    }

    fn not_busy(&mut self, key: &str) {
        if let Some(thread) = self.model.chat.open.as_mut().filter(|thread| thread.key == key) {
            thread.busy = None;
        }
        if self.chat.open_as(key).is_some() {
            self.load_newest();
        }
    }

    /// Empties a conversation, open or not.
    pub(in super::super) fn reset_chat(&mut self, key: &str) {
        if self.chat.open_as(key).is_some() && self.busy_open("Emptying…").is_none() {
            return;
        }
        let key = key.to_owned();
        let method = sessions::Reset {
            key: key.clone(),
            reason: Some("reset".into()),
            ..Default::default()
        };
        self.chat_ask(method, move |engine, answer| {
            match answer {
                Ok(_) => {
                    engine.chat.titles.remove(&key);
                    if let Some(open) = engine.chat.open_as(&key) {
                        open.turns.clear();
                        engine.restore_outgoing();
                    } else {
                        engine.describe(&key);
                    }
                }
                Err(error) => engine.chat_failed(&error),
            }
            engine.not_busy(&key);
        });
    }

    /// Has the open conversation summarised.
    pub(in super::super) fn compact_chat(&mut self) {
        let Some(key) = self.busy_open("Compacting…") else { return };
        let method = sessions::Compact { key: key.clone(), ..Default::default() };
        self.chat_ask(method, move |engine, answer| {
            match answer {
                Ok(done) if !done.compacted => {
                    let why = done.reason.unwrap_or_else(|| "There is nothing to summarise".into());
                    engine.chat_problem(&format!("{}.", why.trim_end_matches('.')), "");
                }
                Ok(_) => {}
                Err(error) => engine.chat_failed(&error),
            }
            engine.not_busy(&key);
        });
    }

    /// Deletes a conversation.
    pub(in super::super) fn delete_chat(&mut self, key: String) {
        if self.chat.open_as(&key).is_some_and(|open| open.is_new) {
            self.drop_outgoing(&key);
            self.open_chat(None);
            return;
        }
        let main = self.chat.list.get(&key).is_some_and(|known| known.main);
        if main || key.ends_with(":main") {
            self.chat_problem(
                "The main conversation of an agent cannot be deleted.",
                "It can be emptied.",
            );
            return;
        }
        let method = sessions::Delete {
            key: key.clone(),
            delete_transcript: Some(true),
            ..Default::default()
        };
        self.chat_ask(method, move |engine, answer| match answer {
            Ok(_) => {
                engine.drop_outgoing(&key);
                engine.chat.titles.remove(&key);
                engine.chat_changed(&key, None, true);
                engine.show_chats();
            }
            Err(error) => engine.chat_failed(&error),
        });
    }
}
