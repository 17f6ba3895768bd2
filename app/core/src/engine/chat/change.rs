//! Changing a conversation: its title, model, rights; emptying, summarising, deleting it.

use super::super::Engine;
use super::rows;
use crate::model::ChatChange;
use crate::tr;
use gateway_client::RequestError;
use gateway_client::methods::{Change, sessions};

/// A change that the gateway has not answered yet.
pub(super) struct Changing {
    id: u64,
    patch: sessions::Patch,
    /// How it was before.
    before: Option<rows::Known>,
    /// Messages wait for it: they are to be answered by this model, with these rights.
    holds: bool,
}

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
                        &tr!("engine-model-unusable", model = model),
                        tr!("engine-model-unusable-next"),
                    );
                    return;
                }
                patch.model = text(model);
            }
            ChatChange::Thinking(level) => patch.thinking_level = text(level),
            ChatChange::Permission(mode) => patch.permission_mode = rows::permission_mode(*mode),
        }
        let holds = !matches!(change, ChatChange::Title(_) | ChatChange::Pinned(_));
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
        let id = self.next_generation();
        self.chat.changing.push(Changing { id, patch, before, holds });
        self.make_change(id);
    }

    /// The connection is back: changes that may not have arrived are made once more.
    pub(super) fn change_again(&mut self) {
        for id in self.chat.changing.iter().map(|change| change.id).collect::<Vec<_>>() {
            self.make_change(id);
        }
    }

    /// Whether messages of a conversation wait for a change of it.
    pub(super) fn is_changing(&self, key: &str) -> bool {
        self.chat.changing.iter().any(|change| change.holds && change.patch.key == key)
    }

    /// A conversation that the gateway does not have yet is made, since it is to be changed
    /// before its first message.
    fn make_change(&mut self, id: u64) {
        let Some(change) = self.chat.changing.iter().find(|change| change.id == id) else { return };
        let patch = change.patch.clone();
        if !self.chat.open_as(&patch.key).is_some_and(|open| open.is_new) {
            self.patch(id, patch);
            return;
        }
        let method = sessions::Create {
            key: Some(patch.key.clone()),
            agent_id: Some(rows::agent_of(&patch.key).to_owned()),
            ..Default::default()
        };
        self.chat_ask(method, move |engine, answer| match answer {
            Ok(_) => {
                engine.made(&patch.key);
                engine.patch(id, patch);
            }
            Err(error) => engine.not_changed(id, &error),
        });
    }

    fn patch(&mut self, id: u64, patch: sessions::Patch) {
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
                engine.chat.changing.retain(|change| change.id != id);
                engine.describe(&key);
                engine.send_again();
            }
            Err(error) => engine.not_changed(id, &error),
        });
    }

    /// A change was not made. What waited for it is not sent: it would be answered in another way
    /// than the person was shown.
    fn not_changed(&mut self, id: u64, error: &RequestError) {
        if *error == RequestError::NotOpen {
            // It is made when the connection is back.
            return;
        }
        let Some(at) = self.chat.changing.iter().position(|change| change.id == id) else { return };
        let change = self.chat.changing.remove(at);
        self.unchange(&change.patch.key, change.before);
        self.chat_failed(error);
        if change.holds {
            self.hold_back(&change.patch.key, error);
        }
    }

    /// A conversation is gone.
    pub(super) fn drop_changes(&mut self, key: &str) {
        self.chat.changing.retain(|change| change.patch.key != key);
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
        if self.chat.open_as(key).is_some() && self.busy_open(tr!("engine-emptying")).is_none() {
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
        let Some(key) = self.busy_open(tr!("engine-compacting")) else { return };
        let method = sessions::Compact { key: key.clone(), ..Default::default() };
        self.chat_ask(method, move |engine, answer| {
            match answer {
                Ok(done) if !done.compacted => {
                    let why = match done.reason {
                        Some(why) => format!("{}.", why.trim_end_matches('.')),
                        None => tr!("engine-nothing-to-summarise").to_owned(),
                    };
                    engine.chat_problem(&why, "");
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
            self.chat_problem(tr!("engine-main-not-deleted"), tr!("engine-main-not-deleted-next"));
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
