//! The list of the workspace's cloud desktops.

use super::{Engine, Event};
use crate::model::{Desktop, DesktopId, DesktopState, Desktops};
use crate::say;
use cloud_client::{ApiError, wire};

/// The list's half of the engine.
#[derive(Default)]
pub(super) struct DesktopList {
    loading: Option<u64>,
    /// A desktop is opened by name once, at start.
    opened_by_name: bool,
}

impl DesktopList {
    pub(super) fn clear(&mut self) {
        self.loading = None;
    }
}

impl Engine {
    pub(super) fn load_desktops(&mut self) {
        let Some((bearer, workspace)) = self.account.credentials() else { return };
        if matches!(self.model.desktops, Desktops::Failed(_)) {
            self.model.desktops = Desktops::Loading;
        }
        let rest = self.account.rest.clone();
        let generation = self.next_generation();
        self.desktops.loading = Some(generation);
        self.spawn(
            async move { Event::Desktops(generation, rest.desktops(&bearer, &workspace).await) },
        );
    }

    pub(super) fn desktops_loaded(
        &mut self,
        generation: u64,
        result: Result<Vec<wire::Desktop>, ApiError>,
    ) {
        if self.desktops.loading != Some(generation) {
            return;
        }
        self.desktops.loading = None;
        match result {
            Ok(list) => {
                let mut desktops: Vec<Desktop> = list.into_iter().map(to_model).collect();
                sort(&mut desktops);
                self.model.desktops = Desktops::Ready(desktops);
                self.desktops_changed();
            }
            Err(ApiError::SignedOut) => self.signed_out_by_cloud(),
            // A list that is shown stays; the banner of the connection says the rest.
            Err(_) if matches!(self.model.desktops, Desktops::Ready(_)) => {}
            Err(error) => self.model.desktops = Desktops::Failed(say::api(&error)),
        }
    }

    pub(super) fn desktop_changed(&mut self, desktop: wire::Desktop) {
        let Desktops::Ready(list) = &mut self.model.desktops else { return };
        let desktop = to_model(desktop);
        list.retain(|d| d.id != desktop.id);
        list.push(desktop);
        sort(list);
        self.desktops_changed();
    }

    pub(super) fn desktop_removed(&mut self, id: &str) {
        if let Desktops::Ready(list) = &mut self.model.desktops {
            list.retain(|d| d.id.0 != id);
        }
    }

    /// The desktop of this id, when the list has it.
    pub(super) fn desktop(&self, id: &DesktopId) -> Option<&Desktop> {
        match &self.model.desktops {
            Desktops::Ready(list) => list.iter().find(|d| d.id == *id),
            _ => None,
        }
    }

    fn desktops_changed(&mut self) {
        self.desktop_online_again();
        if self.desktops.opened_by_name {
            return;
        }
        let Some(name) = &self.config.open else { return };
        let Desktops::Ready(list) = &self.model.desktops else { return };
        let found = list.iter().find(|d| d.name == *name && d.state == DesktopState::Online);
        if let Some(id) = found.map(|d| d.id.clone()) {
            self.desktops.opened_by_name = true;
            self.open_desktop(id);
        }
    }
}

/// Those that can be opened first, then by name.
fn sort(list: &mut [Desktop]) {
    list.sort_by(|a, b| {
        let offline = |d: &Desktop| d.state == DesktopState::Offline;
        offline(a)
            .cmp(&offline(b))
            .then_with(|| a.name.to_lowercase().cmp(&b.name.to_lowercase()))
            .then_with(|| a.id.cmp(&b.id))
    });
}

fn to_model(desktop: wire::Desktop) -> Desktop {
    let state = match desktop.state {
        wire::DesktopState::Online => DesktopState::Online,
        wire::DesktopState::Starting => DesktopState::Starting,
        _ => DesktopState::Offline,
    };
    let last_seen = match state {
        DesktopState::Offline => desktop.last_seen.as_deref().map(say::when).unwrap_or_default(),
        _ => String::new(),
    };
    Desktop {
        id: DesktopId(desktop.id),
        name: desktop.name,
        state,
        viewers: desktop.viewers,
        last_seen,
    }
}
