//! What a runner asks and reports.

use super::auth::Authorized;
use super::check::{self, Body, body};
use crate::refusal::Refusal;
use crate::state::State as Shared;
use crate::store::{Bearer, tasks};
use axum::Json;
use axum::extract::{Path, State};
use cloud_client::wire::{Task, TaskReport, TaskState};
use serde::Serialize;
use std::sync::Arc;

/// Longest outcome, in bytes.
const OUTCOME: usize = 16 * 1024;
/// Longest line of a log, in bytes.
const LINE: usize = 4 * 1024;
/// Lines of one report.
const LINES: usize = 500;

#[derive(Serialize)]
pub(super) struct Work {
    items: Vec<Task>,
}

fn workspace(who: &Authorized) -> Result<&str, Refusal> {
    match &who.0.bearer {
        Bearer::Runner { workspace } => Ok(workspace),
        Bearer::Person(_) | Bearer::Daemon { .. } | Bearer::Screen { .. } => {
            Err(Refusal::Forbidden)
        }
    }
}

pub(super) async fn list(
    State(state): State<Arc<Shared>>,
    who: Authorized,
) -> Result<Json<Work>, Refusal> {
    let workspace = workspace(&who)?;
    Ok(Json(Work { items: state.store.read(|db| tasks::for_runner(db, workspace))? }))
}

pub(super) async fn report(
    State(state): State<Arc<Shared>>,
    Path(id): Path<String>,
    who: Authorized,
    json: Body<TaskReport>,
) -> Result<Json<Task>, Refusal> {
    let workspace = workspace(&who)?;
    let report = body(json)?;
    if report.state == Some(TaskState::Unknown) {
        return Err(Refusal::BadRequest("state is not known".into()));
    }
    if report.percent.is_some_and(|percent| percent > 100) {
        return Err(Refusal::BadRequest("percent is 0 to 100".into()));
    }
    if report.log.len() > LINES {
        return Err(Refusal::BadRequest(format!("log has at most {LINES} lines")));
    }
    check::text("outcome", report.outcome.as_deref().unwrap_or_default(), OUTCOME)?;
    for line in &report.log {
        check::text("a line of log", line, LINE)?;
    }
    Ok(Json(state.change(workspace, |change| change.report(&id, report))?))
}
