//! Tasks.

use super::auth::Seat;
use super::check::{self, Body, body};
use crate::refusal::Refusal;
use crate::state::State as Shared;
use crate::store::{Change, tasks};
use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use cloud_client::wire::{Action, Assign, List, Task, TaskDraft, TaskLog};
use serde::Deserialize;
use std::sync::Arc;

/// Longest brief, in bytes.
const BRIEF: usize = 32 * 1024;

pub(super) async fn list(
    State(state): State<Arc<Shared>>,
    seat: Seat,
) -> Result<Json<List<Task>>, Refusal> {
    Ok(Json(state.store.list(&seat.workspace, |db| tasks::list(db, &seat.workspace))?))
}

pub(super) async fn create(
    State(state): State<Arc<Shared>>,
    seat: Seat,
    json: Body<TaskDraft>,
) -> Result<(StatusCode, Json<Task>), Refusal> {
    seat.may(Action::UseTasks)?;
    let draft = body(json)?;
    check::text("brief", &draft.brief, BRIEF)?;
    if let Some(agent) = &draft.agent {
        check::id("agent", agent)?;
    }
    let draft = TaskDraft { title: check::line("title", &draft.title, 1, 200)?, ..draft };
    let task = state.change(&seat.workspace, |change| change.add_task(&seat.person, draft))?;
    Ok((StatusCode::CREATED, Json(task)))
}

/// Does something to a task that is this person's, or anybody's for who may.
fn manage(
    state: &Shared,
    seat: &Seat,
    id: &str,
    work: impl FnOnce(&mut Change<'_>) -> Result<Task, Refusal>,
) -> Result<Json<Task>, Refusal> {
    let task = state.change(&seat.workspace, |change| {
        let task = change.task(id)?;
        seat.may_to(&task.created_by, Action::UseTasks, Action::ManageTasks)?;
        work(change)
    });
    task.map(Json)
}

pub(super) async fn assign(
    State(state): State<Arc<Shared>>,
    Path((_, id)): Path<(String, String)>,
    seat: Seat,
    json: Body<Assign>,
) -> Result<Json<Task>, Refusal> {
    manage(&state, &seat, &id, |change| {
        let Assign { agent } = body(json)?;
        if let Some(agent) = &agent {
            check::id("agent", agent)?;
        }
        change.assign(&id, agent)
    })
}

pub(super) async fn cancel(
    State(state): State<Arc<Shared>>,
    Path((_, id)): Path<(String, String)>,
    seat: Seat,
) -> Result<Json<Task>, Refusal> {
    manage(&state, &seat, &id, |change| change.cancel(&id))
}

pub(super) async fn retry(
    State(state): State<Arc<Shared>>,
    Path((_, id)): Path<(String, String)>,
    seat: Seat,
) -> Result<Json<Task>, Refusal> {
    manage(&state, &seat, &id, |change| change.retry(&id))
}

#[derive(Deserialize)]
pub(super) struct After {
    #[serde(default)]
    after: u64,
}

pub(super) async fn log(
    State(state): State<Arc<Shared>>,
    Path((_, id)): Path<(String, String)>,
    seat: Seat,
    query: Result<Query<After>, QueryRejection>,
) -> Result<Json<TaskLog>, Refusal> {
    let Query(After { after }) = query.map_err(|why| Refusal::BadRequest(why.body_text()))?;
    let after = after.min(u64::from(u32::MAX));
    let log = state.store.read(|db| tasks::log(db, &seat.workspace, &id, after))?;
    log.map(Json).ok_or(Refusal::NotFound)
}
