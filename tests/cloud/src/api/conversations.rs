//! Conversations and messages.

use super::auth::Seat;
use super::check::{self, Body, body};
use crate::refusal::Refusal;
use crate::state::State as Shared;
use crate::store::conversations::{self, Which};
use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use cloud_client::wire::{
    Action, ChatMessage, Conversation, ConversationDraft, ConversationPage, MessageDraft,
    MessagePage, Speaker,
};
use serde::Deserialize;
use std::sync::Arc;

/// Longest message, in bytes.
const TEXT: usize = 128 * 1024;
/// The same as JSON: with what an event says around it, it must fit a realtime message.
const ENCODED: usize = 252 * 1024;
/// A number that is above all others, and that SQLite can hold.
const END: u64 = i64::MAX as u64;

#[derive(Deserialize)]
pub(super) struct Page {
    before: Option<u64>,
    after: Option<u64>,
    limit: Option<usize>,
}

fn page(query: Result<Query<Page>, QueryRejection>) -> Result<Page, Refusal> {
    query.map(|Query(page)| page).map_err(|why| Refusal::BadRequest(why.body_text()))
}

pub(super) async fn list(
    State(state): State<Arc<Shared>>,
    seat: Seat,
    query: Result<Query<Page>, QueryRejection>,
) -> Result<Json<ConversationPage>, Refusal> {
    let Page { before, limit, .. } = page(query)?;
    let limit = check::limit(limit, 50, 200)?;
    let before = before.unwrap_or(END).min(END);
    let read = |db: &rusqlite::Connection| {
        conversations::page(db, &seat.workspace, seat.reader(), before, limit)
    };
    Ok(Json(state.store.read(read)?))
}

pub(super) async fn put(
    State(state): State<Arc<Shared>>,
    Path((_, id)): Path<(String, String)>,
    seat: Seat,
    json: Body<ConversationDraft>,
) -> Result<(StatusCode, Json<Conversation>), Refusal> {
    seat.may(Action::UseConversations)?;
    check::uuid("the conversation's id", &id)?;
    let draft = body(json)?;
    // It need not be one of the workspace's: a local one, or one that was deleted meanwhile.
    if let Some(agent) = &draft.agent {
        check::id("agent", agent)?;
    }
    let draft = ConversationDraft { title: check::line("title", &draft.title, 0, 200)?, ..draft };
    let who = (seat.person.as_str(), seat.role);
    let (conversation, begun) =
        state.change(&seat.workspace, |change| change.put_conversation(who, &id, draft))?;
    let status = if begun { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, Json(conversation)))
}

pub(super) async fn remove(
    State(state): State<Arc<Shared>>,
    Path((_, id)): Path<(String, String)>,
    seat: Seat,
) -> Result<StatusCode, Refusal> {
    state.change(&seat.workspace, |change| change.remove_conversation(seat.reader(), &id))?;
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn messages(
    State(state): State<Arc<Shared>>,
    Path((_, id)): Path<(String, String)>,
    seat: Seat,
    query: Result<Query<Page>, QueryRejection>,
) -> Result<Json<MessagePage>, Refusal> {
    let Page { before, after, limit } = page(query)?;
    let limit = check::limit(limit, 100, 500)?;
    let which = match (before, after) {
        (Some(_), Some(_)) => {
            return Err(Refusal::BadRequest("before and after exclude each other".into()));
        }
        (None, Some(after)) => Which::After(after.min(END)),
        (before, None) => Which::Before(before.unwrap_or(END).min(END)),
    };
    let found = state.store.read(|db| {
        match conversations::one(db, &seat.workspace, seat.reader(), &id)? {
            Some(_) => conversations::messages(db, &seat.workspace, &id, which, limit).map(Some),
            None => Ok(None),
        }
    })?;
    found.map(Json).ok_or(Refusal::NotFound)
}

pub(super) async fn write(
    State(state): State<Arc<Shared>>,
    Path((_, id)): Path<(String, String)>,
    seat: Seat,
    json: Body<MessageDraft>,
) -> Result<(StatusCode, Json<ChatMessage>), Refusal> {
    seat.may(Action::UseConversations)?;
    let draft = body(json)?;
    check::uuid("id", &draft.id)?;
    check::time("at", &draft.at)?;
    check::text("text", &draft.text, TEXT)?;
    if draft.text.is_empty() || draft.speaker == Speaker::Unknown {
        return Err(Refusal::BadRequest("there is no text, or nobody has said it".into()));
    }
    if serde_json::to_vec(&draft.text).map_or(true, |text| text.len() > ENCODED) {
        return Err(Refusal::TooLarge);
    }
    let who = (seat.person.as_str(), seat.role);
    let (message, new) =
        state.change(&seat.workspace, |change| change.add_message(who, &id, draft))?;
    Ok((if new { StatusCode::CREATED } else { StatusCode::OK }, Json(message)))
}
