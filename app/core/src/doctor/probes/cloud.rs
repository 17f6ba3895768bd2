//! The cloud: sign-in, realtime socket, and a session with a desktop.

use super::{Finding, Line, Session, Setup, Shared};
use crate::doctor::setup::Who;
use crate::engine::ice_server;
use crate::say::{self, doctor as words};
use crate::tr;
use cloud_client::realtime::{Event, LinkState, Realtime, StopReason};
use cloud_client::rest::Rest;
use cloud_client::wire::{Desktop, DesktopState, FromCloud, ToCloud};
use std::time::Duration;
use tokio::time::timeout;

/// For the cloud to answer a request for a session.
const ANSWER: Duration = Duration::from_secs(10);

fn rest(setup: &Setup) -> Rest {
    Rest::new(setup.door.clone(), &setup.cloud)
}

/// Whether the cloud takes the sign-in.
pub(super) async fn sign_in(setup: &Setup, shared: &Shared) -> Finding {
    let (bearer, workspace) = match &setup.who {
        Who::Nobody => return words::signed_out(),
        Who::Unreadable(why) => return words::session_unreadable(why),
        Who::Person { bearer, workspace } => (bearer, workspace),
    };
    match rest(setup).me(bearer).await {
        Ok(me) => {
            shared.keep_private([me.user.name, me.user.email, me.user.id]);
            shared.keep_private(me.workspaces.iter().map(|w| w.name.clone()));
            let shown = workspace.as_ref().filter(|id| me.workspaces.iter().any(|w| w.id == **id));
            let first = me.workspaces.first().map(|w| &w.id);
            match shown.or(first) {
                Some(id) => {
                    *shared.workspace.lock() = Some(id.clone());
                    Finding::ok(tr!("doctor-signed-in"))
                }
                None => words::failed(&say::no_workspace()),
            }
        }
        Err(error) => words::failed(&say::api(&error)),
    }
}

/// Token, socket and first message.
pub(super) async fn realtime(setup: &Setup, shared: &Shared) -> Finding {
    let (Who::Person { bearer, .. }, Some(workspace)) =
        (&setup.who, shared.workspace.lock().clone())
    else {
        return words::signed_out();
    };
    let (realtime, mut events) = Realtime::person(rest(setup), bearer.clone(), workspace);
    while let Some(event) = events.recv().await {
        match event {
            Event::State(LinkState::Online { .. }) => {
                *shared.line.lock().await = Some(Line { realtime, events });
                return Finding::ok(tr!("doctor-online"));
            }
            Event::State(LinkState::Waiting { error, .. }) => {
                return words::failed(&say::api(&error));
            }
            Event::State(LinkState::Stopped(StopReason::SignedOut)) => {
                return words::failed(&say::revoked());
            }
            _ => {}
        }
    }
    words::failed(&say::cloud_offline())
}

/// Opens a session, for the servers that the cloud names with it.
pub(super) async fn session(setup: &Setup, shared: &Shared) -> Finding {
    let (Who::Person { bearer, .. }, Some(workspace)) =
        (&setup.who, shared.workspace.lock().clone())
    else {
        return words::signed_out();
    };
    let desktops = match rest(setup).desktops(bearer, &workspace).await {
        Ok(desktops) => desktops,
        Err(error) => return words::failed(&say::api(&error)),
    };
    shared.keep_private(desktops.iter().flat_map(|d| [d.name.clone(), d.id.clone()]));
    let desktop = match choose(&desktops, setup.desktop.as_deref()) {
        Ok(desktop) => desktop,
        Err(finding) => return finding,
    };
    match timeout(ANSWER, open(shared, desktop)).await {
        Err(_) => words::no_session(),
        Ok(Err(finding)) => finding,
        Ok(Ok(session)) => {
            let servers = session.servers.len();
            *shared.session.lock() = Some(session);
            Finding::ok(words::session(&desktop.name, servers))
        }
    }
}

/// The named one; without a name the first that is online.
fn choose<'a>(desktops: &'a [Desktop], named: Option<&str>) -> Result<&'a Desktop, Finding> {
    let online = |d: &&Desktop| d.state == DesktopState::Online;
    let Some(named) = named else {
        return desktops.iter().find(online).ok_or_else(words::none_online);
    };
    let found = desktops.iter().find(|d| d.id == named || d.name == named);
    match found {
        None => Err(words::no_such_desktop(named)),
        Some(desktop) if online(&desktop) => Ok(desktop),
        Some(desktop) => Err(words::desktop_offline(&desktop.name)),
    }
}

async fn open(shared: &Shared, desktop: &Desktop) -> Result<Session, Finding> {
    let lost = || words::failed(&say::cloud_offline());
    let mut line = shared.line.lock().await;
    let line = line.as_mut().ok_or_else(lost)?;
    let request = uuid::Uuid::new_v4().simple().to_string();
    let message = ToCloud::SessionOpen { desktop: desktop.id.clone(), request: request.clone() };
    line.realtime.send(message).map_err(|_| lost())?;
    loop {
        match line.events.recv().await.ok_or_else(lost)? {
            Event::Message(FromCloud::SessionOpened {
                session, request: of, ice_servers, ..
            }) if of.as_deref() == Some(&request) => {
                let servers = ice_servers.into_iter().map(ice_server).collect();
                return Ok(Session { id: session, desktop: desktop.name.clone(), servers });
            }
            Event::Message(FromCloud::SessionRefused { code, request: of, .. })
                if of.as_deref() == Some(&request) =>
            {
                return Err(words::failed(&say::refused(&code, &desktop.name).0));
            }
            Event::State(LinkState::Waiting { error, .. }) => {
                return Err(words::failed(&say::api(&error)));
            }
            _ => {}
        }
    }
}

/// Whether nothing more comes of a session, or of the socket.
pub(super) fn is_end(event: &Event) -> bool {
    matches!(
        event,
        Event::Message(FromCloud::SessionClosed { .. })
            | Event::State(LinkState::Waiting { .. } | LinkState::Stopped(_))
    )
}
