//! The people of a workspace.

use super::auth::Seat;
use super::check::{self, Body, body};
use crate::refusal::Refusal;
use crate::state::State as Shared;
use crate::store::people;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use cloud_client::wire::{Action, ChangeRole, Invite, Invited, List, Member, Role};
use jiff::Timestamp;
use std::sync::Arc;

fn known(role: Role) -> Result<(), Refusal> {
    match role {
        Role::Owner | Role::Member => Ok(()),
        Role::Unknown => Err(Refusal::BadRequest("role is owner or member".into())),
    }
}

pub(super) async fn list(
    State(state): State<Arc<Shared>>,
    seat: Seat,
) -> Result<Json<List<Member>>, Refusal> {
    seat.may(Action::ManagePeople)?;
    let now = Timestamp::now();
    Ok(Json(state.store.list(&seat.workspace, |db| people::list(db, &seat.workspace, now))?))
}

pub(super) async fn invite(
    State(state): State<Arc<Shared>>,
    seat: Seat,
    json: Body<Invite>,
) -> Result<(StatusCode, Json<Invited>), Refusal> {
    seat.may(Action::ManagePeople)?;
    let Invite { email, role } = body(json)?;
    known(role)?;
    let email = check::email(&email)?;
    let invited = state.change(&seat.workspace, |change| change.invite(&email, role))?;
    Ok((StatusCode::CREATED, Json(invited)))
}

pub(super) async fn change_role(
    State(state): State<Arc<Shared>>,
    Path((_, id)): Path<(String, String)>,
    seat: Seat,
    json: Body<ChangeRole>,
) -> Result<Json<Member>, Refusal> {
    seat.may(Action::ManagePeople)?;
    let ChangeRole { role } = body(json)?;
    known(role)?;
    Ok(Json(state.change(&seat.workspace, |change| change.change_role(&id, role))?))
}

pub(super) async fn remove(
    State(state): State<Arc<Shared>>,
    Path((_, id)): Path<(String, String)>,
    seat: Seat,
) -> Result<StatusCode, Refusal> {
    seat.may(Action::ManagePeople)?;
    state.change(&seat.workspace, |change| change.remove_person(&id))?;
    Ok(StatusCode::NO_CONTENT)
}
