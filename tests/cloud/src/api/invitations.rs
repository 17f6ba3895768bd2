//! Coming in with an invitation.

use super::account::{authenticate, signed_in};
use super::check::{self, Body, body};
use crate::refusal::Refusal;
use crate::state::State as Shared;
use axum::Json;
use axum::extract::State;
use cloud_client::wire::{AcceptInvitation, SignedIn};
use jiff::Timestamp;
use std::sync::Arc;

pub(super) async fn accept(
    State(state): State<Arc<Shared>>,
    json: Body<AcceptInvitation>,
) -> Result<Json<SignedIn>, Refusal> {
    let AcceptInvitation { code, name, password } = body(json)?;
    let open = state.store.invitation(code.expose(), Timestamp::now())?.ok_or(Refusal::Gone)?;
    let account = match state.store.password(&open.email)? {
        Some(_) => Some(authenticate(&state, &open.email, &password).await?),
        None => None,
    };
    let (name, hash) = match &account {
        Some(_) => (String::new(), String::new()),
        None => {
            let name = check::line("name", &name, 1, 120)?;
            check::password(&password)?;
            (name, state.hash(password.as_str().to_owned()).await?)
        }
    };
    let person = state
        .change(&open.workspace, |change| change.accept(&open, account.as_deref(), &name, &hash))?;
    signed_in(&state, &person)
}
