//! Doing a thing once: `Idempotency-Key` (`PROTOCOL.md`, section 1).

use super::MAX_BODY;
use crate::refusal::Refusal;
use crate::state::State as Shared;
use crate::store::{Answer, Bearer, Identity, Kept};
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use std::sync::Arc;

/// Gives a kept answer again, or keeps a new one.
pub(super) async fn once(
    State(state): State<Arc<Shared>>,
    request: Request,
    next: Next,
) -> Result<Response, Refusal> {
    let changes = !matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let who = request.extensions().get::<Identity>().map(|identity| match &identity.bearer {
        Bearer::Person(id) => id.clone(),
        Bearer::Daemon { .. } | Bearer::Runner { .. } | Bearer::Screen { .. } => {
            identity.sid.clone()
        }
    });
    let key = request.headers().get("idempotency-key").cloned();
    let (true, Some(who), Some(key)) = (changes, who, key) else {
        return Ok(next.run(request).await);
    };
    let key = key
        .to_str()
        .ok()
        .and_then(|key| uuid::Uuid::try_parse(key).ok())
        .ok_or_else(|| Refusal::BadRequest("Idempotency-Key is no UUID".into()))?
        .to_string();
    let slot = (who, key);
    let turn = Arc::clone(state.under_way.lock().entry(slot.clone()).or_default());
    let held = turn.lock().await;
    let result = answer(&state, (&slot.0, &slot.1), request, next).await;
    drop(held);
    drop(turn);
    // Whoever came meanwhile holds it too, and finds the kept answer.
    let mut under_way = state.under_way.lock();
    if under_way.get(&slot).is_some_and(|turn| Arc::strong_count(turn) == 1) {
        under_way.remove(&slot);
    }
    result
}

async fn answer(
    state: &Shared,
    slot: (&str, &str),
    request: Request,
    next: Next,
) -> Result<Response, Refusal> {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, MAX_BODY).await.map_err(|_| Refusal::TooLarge)?;
    let mut digest = Sha256::new();
    for part in [parts.method.as_str(), &parts.uri.to_string()] {
        digest.update(part.as_bytes());
        digest.update([0]);
    }
    digest.update(&body);
    let digest = digest.finalize();
    match state.store.answer(&state.vault, slot, &digest, Timestamp::now())? {
        Kept::Same(answer) => return Ok(again(answer)),
        Kept::Other => return Err(Refusal::KeyReused),
        Kept::New => {}
    }
    let response = next.run(Request::from_parts(parts, Body::from(body))).await;
    if response.status().is_server_error()
        || response.status() == StatusCode::TOO_MANY_REQUESTS
        || response.status() == StatusCode::SWITCHING_PROTOCOLS
    {
        return Ok(response);
    }
    let (parts, body) = response.into_parts();
    // Answers are made in memory; to read one does not fail.
    let body = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let content_type = parts
        .headers
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .map(str::to_owned);
    let answer = Answer { status: parts.status.as_u16(), content_type, body: body.to_vec() };
    state.store.keep_answer(&state.vault, slot, &digest, &answer, Timestamp::now())?;
    Ok(Response::from_parts(parts, Body::from(body)))
}

fn again(answer: Answer) -> Response {
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::OK);
    let mut response = (status, Body::from(answer.body)).into_response();
    match answer.content_type.and_then(|kind| HeaderValue::from_str(&kind).ok()) {
        Some(kind) => response.headers_mut().insert(header::CONTENT_TYPE, kind),
        None => response.headers_mut().remove(header::CONTENT_TYPE),
    };
    response
}
