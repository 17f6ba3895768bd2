//! The REST interface (`PROTOCOL.md`, section 1).

mod account;
mod agents;
mod answer;
pub(crate) mod auth;
mod check;
mod conversations;
mod desktops;
mod device;
pub(crate) mod documents;
mod invitations;
mod once;
mod page;
mod people;
mod progress;
mod runner;
mod screens;
mod table;
mod tasks;

use crate::refusal::Refusal;
use crate::state::State as Shared;
use crate::{pusher, socket};
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use axum::{Router, middleware};
use std::sync::Arc;
use table::Table;

/// Longest body, in bytes.
const MAX_BODY: usize = 256 * 1024;

fn table() -> Table {
    let table = Table::new()
        .post("/v1/sign-in", account::sign_in)
        .post("/v1/sign-out", account::sign_out)
        .get("/v1/me", account::me)
        .post("/v1/password", account::change_password)
        .post("/v1/invitations/accept", invitations::accept)
        .post("/v1/device/authorize", device::authorize)
        .post("/v1/device/token", device::token)
        .get("/device", page::show)
        .post("/device", page::sign_in)
        .post("/device/decide", page::decide)
        .post("/v1/screens/enrol", screens::enrol)
        .post("/v1/screens/challenge", screens::challenge)
        .post("/v1/screens/sign-in", screens::sign_in)
        .get("/v1/screen", screens::identity)
        .get("/v1/screen/desktops", screens::desktops)
        .post("/v1/realtime/token", account::realtime_token)
        .get("/v1/realtime", socket::upgrade)
        .put("/v1/daemon/thumbnail", desktops::put_thumbnail)
        .get("/v1/runner/tasks", runner::list)
        .post("/v1/runner/tasks/{id}", runner::report)
        .post("/v1/pusher/auth", progress::auth)
        .get("/app/{key}", pusher::upgrade);
    workspace(table)
}

/// What is below `/v1/workspaces/{workspace}`.
fn workspace(table: Table) -> Table {
    table
        .get("/v1/workspaces/{workspace}/desktops", desktops::list)
        .post("/v1/workspaces/{workspace}/desktops/{id}/start", desktops::start)
        .post("/v1/workspaces/{workspace}/desktops/{id}/stop", desktops::stop)
        .get("/v1/workspaces/{workspace}/desktops/{id}/thumbnail", desktops::thumbnail)
        .get("/v1/workspaces/{workspace}/people", people::list)
        .post("/v1/workspaces/{workspace}/people", people::invite)
        .patch("/v1/workspaces/{workspace}/people/{id}", people::change_role)
        .delete("/v1/workspaces/{workspace}/people/{id}", people::remove)
        .get("/v1/workspaces/{workspace}/screens", screens::list)
        .post("/v1/workspaces/{workspace}/screens", screens::add)
        .delete("/v1/workspaces/{workspace}/screens/{id}", screens::remove)
        .get("/v1/workspaces/{workspace}/agents", agents::list)
        .post("/v1/workspaces/{workspace}/agents", agents::create)
        .put("/v1/workspaces/{workspace}/agents/{id}", agents::edit)
        .delete("/v1/workspaces/{workspace}/agents/{id}", agents::remove)
        .put("/v1/workspaces/{workspace}/agents/{id}/keys/{provider}", agents::set_key)
        .delete("/v1/workspaces/{workspace}/agents/{id}/keys/{provider}", agents::remove_key)
        .get("/v1/workspaces/{workspace}/tasks", tasks::list)
        .post("/v1/workspaces/{workspace}/tasks", tasks::create)
        .post("/v1/workspaces/{workspace}/tasks/{id}/assign", tasks::assign)
        .post("/v1/workspaces/{workspace}/tasks/{id}/cancel", tasks::cancel)
        .post("/v1/workspaces/{workspace}/tasks/{id}/retry", tasks::retry)
        .get("/v1/workspaces/{workspace}/tasks/{id}/log", tasks::log)
        .get("/v1/workspaces/{workspace}/sops", documents::sops)
        .post("/v1/workspaces/{workspace}/sops", documents::create_sop)
        .delete("/v1/workspaces/{workspace}/sops/{id}", documents::remove_sop)
        .get("/v1/workspaces/{workspace}/skills", documents::skills)
        .post("/v1/workspaces/{workspace}/skills", documents::create_skill)
        .delete("/v1/workspaces/{workspace}/skills/{id}", documents::remove_skill)
        .get("/v1/workspaces/{workspace}/conversations", conversations::list)
        .put("/v1/workspaces/{workspace}/conversations/{id}", conversations::put)
        .delete("/v1/workspaces/{workspace}/conversations/{id}", conversations::remove)
        .get("/v1/workspaces/{workspace}/conversations/{id}/messages", conversations::messages)
        .post("/v1/workspaces/{workspace}/conversations/{id}/messages", conversations::write)
}

/// All routes: method and path.
pub(crate) fn routes() -> Vec<(&'static str, &'static str)> {
    table().known
}

/// Answers hold secrets and what is true now only: nobody on the way keeps them.
async fn careful(mut response: Response) -> Response {
    let headers = response.headers_mut();
    let no_store = HeaderValue::from_static("no-store");
    headers.entry(header::CACHE_CONTROL).or_insert(no_store);
    let nosniff = HeaderValue::from_static("nosniff");
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, nosniff);
    response
}

pub(crate) fn router(state: Arc<Shared>) -> Router {
    table()
        .router
        .fallback(async || Refusal::NotFound)
        .method_not_allowed_fallback(async || Refusal::Method)
        // From the inside out: the last one added sees a request first.
        .layer(middleware::from_fn_with_state(Arc::clone(&state), once::once))
        .layer(middleware::from_fn_with_state(Arc::clone(&state), auth::identify))
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .layer(middleware::map_response(careful))
        .with_state(state)
}
