//! Lets a person into the channel of a generation.

use super::auth::Authorized;
use super::check::{Body, body};
use crate::refusal::Refusal;
use crate::state::State as Shared;
use crate::store::documents;
use axum::Json;
use axum::extract::State;
use cloud_client::wire::{PusherAuth, PusherSignature};
use std::sync::Arc;

/// Whether this can be a socket's id. Anything else could make the signature one of another text.
fn is_socket_id(text: &str) -> bool {
    let digits = |part: &str| {
        (1..=20).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    text.split_once('.').is_some_and(|(one, two)| digits(one) && digits(two))
}

pub(super) async fn auth(
    State(state): State<Arc<Shared>>,
    who: Authorized,
    json: Body<PusherAuth>,
) -> Result<Json<PusherSignature>, Refusal> {
    let person = who.person()?;
    let PusherAuth { socket_id, channel_name } = body(json)?;
    if !is_socket_id(&socket_id) {
        return Err(Refusal::BadRequest("socket_id is none".into()));
    }
    let id = channel_name.strip_prefix(super::documents::channel("").as_str());
    let id = id.ok_or(Refusal::Forbidden)?;
    for workspace in state.store.workspaces(person)? {
        if state.store.read(|db| documents::one(db, &workspace.id, id))?.is_some() {
            let signature = state.channels.lock().sign(&socket_id, &channel_name);
            return signature
                .map(|auth| Json(PusherSignature { auth }))
                .ok_or(Refusal::Internal(crate::CloudError::Stored("the Pusher secret")));
        }
    }
    Err(Refusal::Forbidden)
}

#[cfg(test)]
mod tests {
    use super::is_socket_id;

    #[test]
    fn a_socket_id_is_two_numbers() {
        assert!(is_socket_id("1234.5678"));
        for bad in ["", "1", "1.", ".1", "1.2.3", "1:private-x.2", "a.b", "1.2\n"] {
            assert!(!is_socket_id(bad), "{bad:?}");
        }
    }
}
