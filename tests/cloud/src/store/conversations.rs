//! Conversations and their messages.

use super::account::name_of;
use super::{Change, PAGE, agents, fitting, meant, stamp, word};
use crate::hub::Audience;
use crate::refusal::Refusal;
use cloud_client::wire::{
    ChatMessage, Conversation, ConversationDraft, ConversationPage, Item, ItemKind, MessageDraft,
    MessagePage, Role, Speaker,
};
use rusqlite::{Connection, OptionalExtension, Row, params};

/// Characters of a message in a list of conversations.
const LAST: usize = 160;

const SELECT: &str = "SELECT c.id, c.title, c.author, p.name, c.agent, c.count, c.last,
     c.updated_at, c.touched FROM conversation c JOIN person p ON p.id = c.author
     WHERE c.workspace = ?1";

fn conversation(row: &Row<'_>) -> rusqlite::Result<Conversation> {
    Ok(Conversation {
        id: row.get(0)?,
        title: row.get(1)?,
        author: row.get(2)?,
        author_name: row.get(3)?,
        agent: row.get(4)?,
        count: row.get(5)?,
        last: row.get(6)?,
        updated_at: row.get(7)?,
    })
}

fn message(row: &Row<'_>) -> rusqlite::Result<ChatMessage> {
    Ok(ChatMessage {
        id: row.get(0)?,
        conversation: row.get(1)?,
        n: row.get(2)?,
        speaker: meant(row.get(3)?)?,
        name: row.get(4)?,
        text: row.get(5)?,
        at: row.get(6)?,
    })
}

const MESSAGE: &str = "SELECT id, conversation, n, speaker, name, text, at FROM message
     WHERE workspace = ?1 AND conversation = ?2";

/// Who may read what: `None` reads everything, a person their own.
pub(crate) type Reader<'a> = Option<&'a str>;

/// A page, newest first. The cursor is the number of the event that moved the last one of it, so
/// a conversation that moves meanwhile is told and not lost.
pub(crate) fn page(
    db: &Connection,
    workspace: &str,
    reader: Reader<'_>,
    before: u64,
    limit: usize,
) -> rusqlite::Result<ConversationPage> {
    let seq = super::seq(db, workspace)?;
    let mut found: Vec<(Conversation, u64)> = db
        .prepare_cached(&format!(
            "{SELECT} AND c.touched < ?2 AND (?3 IS NULL OR c.author = ?3)
             ORDER BY c.touched DESC LIMIT ?4"
        ))?
        .query_map(params![workspace, before, reader, limit + 1], |row| {
            Ok((conversation(row)?, row.get(8)?))
        })?
        .collect::<Result<_, _>>()?;
    let more = found.len() > limit;
    found.truncate(limit);
    let next = found.last().filter(|_| more).map(|(_, touched)| touched.to_string());
    let conversations = found.into_iter().map(|(conversation, _)| conversation).collect();
    Ok(ConversationPage { conversations, next, seq })
}

/// A conversation that the reader may see.
pub(crate) fn one(
    db: &Connection,
    workspace: &str,
    reader: Reader<'_>,
    id: &str,
) -> rusqlite::Result<Option<Conversation>> {
    let found = db
        .prepare_cached(&format!("{SELECT} AND c.id = ?2"))?
        .query_row([workspace, id], conversation)
        .optional()?;
    Ok(found.filter(|found| reader.is_none_or(|reader| found.author == reader)))
}

/// Which messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Which {
    /// The last ones before this number.
    Before(u64),
    /// The first ones after this number.
    After(u64),
}

/// A page of messages, oldest first.
pub(crate) fn messages(
    db: &Connection,
    workspace: &str,
    conversation: &str,
    which: Which,
    limit: usize,
) -> rusqlite::Result<MessagePage> {
    let (condition, n) = match which {
        Which::Before(n) => ("n < ?3 ORDER BY n DESC", n),
        Which::After(n) => ("n > ?3 ORDER BY n", n),
    };
    let mut messages: Vec<ChatMessage> = db
        .prepare_cached(&format!("{MESSAGE} AND {condition} LIMIT ?4"))?
        .query_map(params![workspace, conversation, n, limit + 1], message)?
        .collect::<Result<_, _>>()?;
    let fit = fitting(&messages, PAGE).min(limit);
    let more = messages.len() > fit;
    messages.truncate(fit);
    if matches!(which, Which::Before(_)) {
        messages.reverse();
    }
    Ok(MessagePage { messages, more })
}

impl Change<'_> {
    /// A conversation that may be written to: one's own. Another's is forbidden where it can be
    /// seen, and not found where it cannot.
    fn own(&self, person: &str, role: Role, id: &str) -> Result<Option<Conversation>, Refusal> {
        let Some(found) = one(&self.db, self.workspace, None, id)? else { return Ok(None) };
        let sees = role.may(cloud_client::wire::Action::ManageConversations);
        match found.author == person {
            true => Ok(Some(found)),
            false if sees => Err(Refusal::Forbidden),
            false => Err(Refusal::NotFound),
        }
    }

    fn tell_conversation(&mut self, conversation: &Conversation) {
        let audience = Audience::OwnersAnd(conversation.author.clone());
        self.changed(audience, Item::Conversation(conversation.clone()));
    }

    /// Begins a conversation, or changes its title; says whether it was begun.
    pub(crate) fn put_conversation(
        &mut self,
        (person, role): (&str, Role),
        id: &str,
        draft: ConversationDraft,
    ) -> Result<(Conversation, bool), Refusal> {
        let ConversationDraft { title, agent } = draft;
        if let Some(before) = self.own(person, role, id)? {
            let after = Conversation { title, agent, ..before.clone() };
            if after != before {
                self.db.execute(
                    "UPDATE conversation SET title = ?3, agent = ?4
                     WHERE workspace = ?1 AND id = ?2",
                    params![self.workspace, id, after.title, after.agent],
                )?;
                self.tell_conversation(&after);
            }
            return Ok((after, false));
        }
        let begun = Conversation {
            id: id.to_owned(),
            title,
            author: person.to_owned(),
            author_name: name_of(&self.db, person)?,
            agent,
            count: 0,
            last: String::new(),
            updated_at: stamp(self.now),
        };
        self.db.execute(
            "INSERT INTO conversation (workspace, id, title, author, agent, count, last,
                 updated_at, touched)
             VALUES (?1, ?2, ?3, ?4, ?5, 0, '', ?6, ?7)",
            params![
                self.workspace,
                id,
                begun.title,
                person,
                begun.agent,
                begun.updated_at,
                self.next()
            ],
        )?;
        self.tell_conversation(&begun);
        Ok((begun, true))
    }

    pub(crate) fn remove_conversation(
        &mut self,
        reader: Reader<'_>,
        id: &str,
    ) -> Result<(), Refusal> {
        let gone = one(&self.db, self.workspace, reader, id)?.ok_or(Refusal::NotFound)?;
        self.db.execute(
            "DELETE FROM conversation WHERE workspace = ?1 AND id = ?2",
            [self.workspace, id],
        )?;
        self.removed(Audience::OwnersAnd(gone.author), ItemKind::Conversation, id);
        Ok(())
    }

    /// Adds a message; says whether it is new. The same id is stored once.
    pub(crate) fn add_message(
        &mut self,
        (person, role): (&str, Role),
        id: &str,
        draft: MessageDraft,
    ) -> Result<(ChatMessage, bool), Refusal> {
        let mut to = self.own(person, role, id)?.ok_or(Refusal::NotFound)?;
        let stored = self
            .db
            .prepare_cached(&format!("{MESSAGE} AND id = ?3"))?
            .query_row([self.workspace, id, &draft.id], message)
            .optional()?;
        if let Some(stored) = stored {
            return Ok((stored, false));
        }
        let name = match (draft.speaker, &to.agent) {
            (Speaker::Person, _) => to.author_name.clone(),
            (_, Some(agent)) => agents::one(&self.db, self.workspace, agent)?
                .map(|agent| agent.name)
                .unwrap_or_default(),
            (_, None) => String::new(),
        };
        to.count += 1;
        to.last = draft.text.chars().take(LAST).collect();
        to.updated_at = stamp(self.now);
        let message = ChatMessage {
            id: draft.id,
            conversation: id.to_owned(),
            n: to.count,
            speaker: draft.speaker,
            name,
            text: draft.text,
            at: draft.at,
        };
        self.db.execute(
            "INSERT INTO message (workspace, conversation, n, id, speaker, name, text, at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            params![
                self.workspace,
                id,
                message.n,
                message.id,
                word(message.speaker),
                message.name,
                message.text,
                message.at
            ],
        )?;
        self.db.execute(
            "UPDATE conversation SET count = ?3, last = ?4, updated_at = ?5, touched = ?6
             WHERE workspace = ?1 AND id = ?2",
            params![self.workspace, id, to.count, to.last, to.updated_at, self.next()],
        )?;
        self.changed(Audience::OwnersAnd(to.author.clone()), Item::Message(message.clone()));
        self.tell_conversation(&to);
        Ok((message, true))
    }
}
