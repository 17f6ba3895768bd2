//! Agents and their API keys.

use super::auth::Seat;
use super::check::{self, Body, body};
use crate::refusal::Refusal;
use crate::state::State as Shared;
use crate::store::agents;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use cloud_client::wire::{Action, Agent, AgentDraft, ApiKey, List};
use std::sync::Arc;

/// Longest instructions, in bytes.
const INSTRUCTIONS: usize = 16 * 1024;

fn provider(name: &str) -> Result<String, Refusal> {
    let good = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    let name = check::line("provider", name, 1, 40)?;
    if name.bytes().all(good) {
        Ok(name)
    } else {
        Err(Refusal::BadRequest("provider is letters, digits, '-', '_' and '.'".into()))
    }
}

fn draft(json: Body<AgentDraft>) -> Result<AgentDraft, Refusal> {
    let draft = body(json)?;
    check::text("instructions", &draft.instructions, INSTRUCTIONS)?;
    Ok(AgentDraft {
        name: check::line("name", &draft.name, 1, 80)?,
        provider: provider(&draft.provider)?,
        model: check::line("model", &draft.model, 1, 120)?,
        instructions: draft.instructions,
    })
}

pub(super) async fn list(
    State(state): State<Arc<Shared>>,
    seat: Seat,
) -> Result<Json<List<Agent>>, Refusal> {
    Ok(Json(state.store.list(&seat.workspace, |db| agents::list(db, &seat.workspace))?))
}

pub(super) async fn create(
    State(state): State<Arc<Shared>>,
    seat: Seat,
    json: Body<AgentDraft>,
) -> Result<(StatusCode, Json<Agent>), Refusal> {
    seat.may(Action::ManageAgents)?;
    let draft = draft(json)?;
    let agent = state.change(&seat.workspace, |change| change.add_agent(&draft))?;
    Ok((StatusCode::CREATED, Json(agent)))
}

pub(super) async fn edit(
    State(state): State<Arc<Shared>>,
    Path((_, id)): Path<(String, String)>,
    seat: Seat,
    json: Body<AgentDraft>,
) -> Result<Json<Agent>, Refusal> {
    seat.may(Action::ManageAgents)?;
    let draft = draft(json)?;
    Ok(Json(state.change(&seat.workspace, |change| change.edit_agent(&id, &draft))?))
}

pub(super) async fn remove(
    State(state): State<Arc<Shared>>,
    Path((_, id)): Path<(String, String)>,
    seat: Seat,
) -> Result<StatusCode, Refusal> {
    seat.may(Action::ManageAgents)?;
    state.change(&seat.workspace, |change| change.remove_agent(&id))?;
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn set_key(
    State(state): State<Arc<Shared>>,
    Path((_, id, name)): Path<(String, String, String)>,
    seat: Seat,
    json: Body<ApiKey>,
) -> Result<Json<Agent>, Refusal> {
    seat.may(Action::ManageAgents)?;
    let name = provider(&name)?;
    let key = body(json)?;
    // The last four are shown; of a shorter key they would be half of it.
    let good = (8..=4096).contains(&key.expose().len())
        && key.expose().bytes().all(|byte| byte.is_ascii_graphic());
    if !good {
        return Err(Refusal::BadRequest("key has 8 to 4096 visible ASCII characters".into()));
    }
    let set =
        |change: &mut crate::store::Change<'_>| change.set_key(&state.vault, &id, &name, &key);
    Ok(Json(state.change(&seat.workspace, set)?))
}

pub(super) async fn remove_key(
    State(state): State<Arc<Shared>>,
    Path((_, id, name)): Path<(String, String, String)>,
    seat: Seat,
) -> Result<Json<Agent>, Refusal> {
    seat.may(Action::ManageAgents)?;
    Ok(Json(state.change(&seat.workspace, |change| change.remove_key(&id, &name))?))
}
