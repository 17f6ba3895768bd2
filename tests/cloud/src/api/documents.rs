//! SOPs and skills, and how they are made.

use super::auth::Seat;
use super::check::{self, Body, body};
use crate::generator::{MAX_TEXT, Order};
use crate::refusal::Refusal;
use crate::state::State as Shared;
use crate::store::documents;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use cloud_client::wire::{
    Action, Document, DocumentKind, Generation, List, Progress, ProgressChannel, SkillDraft,
    SopDraft,
};
use std::sync::Arc;

/// Longest goal, in bytes.
const GOAL: usize = 4 * 1024;
/// Longest name of a step, in characters.
const STEP: usize = 120;

/// The channel on which a document's progress is told.
pub(super) fn channel(document: &str) -> String {
    format!("private-generation-{document}")
}

fn list(state: &Shared, seat: &Seat, kind: DocumentKind) -> Result<Json<List<Document>>, Refusal> {
    let read = |db: &rusqlite::Connection| documents::list(db, &seat.workspace, kind);
    Ok(Json(state.store.list(&seat.workspace, read)?))
}

pub(super) async fn sops(
    State(state): State<Arc<Shared>>,
    seat: Seat,
) -> Result<Json<List<Document>>, Refusal> {
    list(&state, &seat, DocumentKind::Sop)
}

pub(super) async fn skills(
    State(state): State<Arc<Shared>>,
    seat: Seat,
) -> Result<Json<List<Document>>, Refusal> {
    list(&state, &seat, DocumentKind::Skill)
}

pub(super) async fn create_sop(
    State(state): State<Arc<Shared>>,
    seat: Seat,
    json: Body<SopDraft>,
) -> Result<(StatusCode, Json<Generation>), Refusal> {
    seat.may(Action::UseDocuments)?;
    let SopDraft { name, goal } = body(json)?;
    check::text("goal", &goal, GOAL)?;
    let draft = SopDraft { name: check::line("name", &name, 1, 120)?, goal };
    let document = state.change(&seat.workspace, |change| change.add_sop(&seat.person, draft))?;
    Ok(generate(&state, seat.workspace, Order { document, source: None }))
}

pub(super) async fn create_skill(
    State(state): State<Arc<Shared>>,
    seat: Seat,
    json: Body<SkillDraft>,
) -> Result<(StatusCode, Json<Generation>), Refusal> {
    seat.may(Action::UseDocuments)?;
    let SkillDraft { source } = body(json)?;
    check::id("source", &source)?;
    let (document, sop) =
        state.change(&seat.workspace, |change| change.add_skill(&seat.person, &source))?;
    Ok(generate(&state, seat.workspace, Order { document, source: Some(sop.text) }))
}

/// Begins to make a document.
fn generate(
    state: &Arc<Shared>,
    workspace: String,
    order: Order,
) -> (StatusCode, Json<Generation>) {
    let document = order.document.clone();
    let (id, channel) = (document.id.clone(), channel(&document.id));
    let progress = ProgressChannel {
        url: state.progress_url.clone(),
        key: state.channels.lock().key().to_owned(),
        channel: channel.clone(),
    };
    let shared = Arc::clone(state);
    state.spawn(async move {
        let teller = Arc::clone(&shared);
        let name = channel.clone();
        let tell = Box::new(move |progress: Progress| {
            let step = progress.step.chars().take(STEP).collect();
            let progress = Progress { percent: progress.percent.min(100), step, done: false };
            teller.channels.lock().publish(&name, "progress", &progress);
        });
        let made = match shared.config.generator.write(order, tell).await {
            Ok(text) if text.len() > MAX_TEXT => Err("The text is longer than 64 KiB.".into()),
            made => made,
        };
        let step = if made.is_ok() { "Done" } else { "Failed" }.to_owned();
        finish(&shared, &workspace, &id, made);
        let over = Progress { percent: 100, step, done: true };
        shared.channels.lock().publish(&channel, "progress", &over);
    });
    (StatusCode::ACCEPTED, Json(Generation { document, progress: Some(progress) }))
}

fn finish(state: &Shared, workspace: &str, id: &str, made: Result<String, String>) {
    if let Err(error) = state.change(workspace, |change| change.finish_document(id, made)) {
        tracing::error!(?error, "a document was not kept");
    }
}

/// What was being made when the cloud ended is not made any more.
pub(crate) fn give_up_abandoned(state: &Shared) {
    match state.store.abandoned_documents() {
        Ok(all) => {
            for (workspace, id) in all {
                finish(state, &workspace, &id, Err("The cloud was restarted meanwhile.".into()));
            }
        }
        Err(error) => tracing::error!(%error, "abandoned documents were not found"),
    }
}

fn remove(
    state: &Shared,
    seat: &Seat,
    kind: DocumentKind,
    id: &str,
) -> Result<StatusCode, Refusal> {
    state.change(&seat.workspace, |change| {
        let document = change.document(kind, id)?;
        seat.may_to(&document.created_by, Action::UseDocuments, Action::ManageDocuments)?;
        change.remove_document(id)
    })?;
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn remove_sop(
    State(state): State<Arc<Shared>>,
    Path((_, id)): Path<(String, String)>,
    seat: Seat,
) -> Result<StatusCode, Refusal> {
    remove(&state, &seat, DocumentKind::Sop, &id)
}

pub(super) async fn remove_skill(
    State(state): State<Arc<Shared>>,
    Path((_, id)): Path<(String, String)>,
    seat: Seat,
) -> Result<StatusCode, Refusal> {
    remove(&state, &seat, DocumentKind::Skill, &id)
}
