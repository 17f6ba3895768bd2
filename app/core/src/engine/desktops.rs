//! The list of the workspace's cloud desktops.

use super::{Engine, Event};
use crate::model::{Desktop, DesktopId, DesktopState, Desktops, Image};
use crate::say;
use cloud_client::{ApiError, wire};
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

/// The list's half of the engine.
#[derive(Default)]
pub(super) struct DesktopList {
    loading: Option<u64>,
    /// A desktop is opened by name once, at start.
    opened_by_name: bool,
    /// When the thumbnail that is known or asked for was taken, by desktop.
    thumbnails: BTreeMap<String, String>,
    /// Thumbnails that are still to be fetched, one after the other.
    wanted: VecDeque<String>,
    fetching: bool,
    /// Events that came while the list was on its way: it may be older than they are.
    meanwhile: Vec<Meanwhile>,
}

enum Meanwhile {
    Changed(Box<wire::Desktop>),
    Removed(String),
}

/// Events that wait for the list; more than these, and it is loaded once more.
const WAITING: usize = 256;

impl DesktopList {
    pub(super) fn clear(&mut self) {
        self.loading = None;
        self.thumbnails.clear();
        self.wanted.clear();
        self.fetching = false;
        self.meanwhile.clear();
    }

    fn wait(&mut self, event: impl FnOnce() -> Meanwhile) {
        if self.loading.is_some() && self.meanwhile.len() < WAITING {
            self.meanwhile.push(event());
        }
    }
}

impl Engine {
    pub(super) fn load_desktops(&mut self) {
        let screen = self.account.unattended.login();
        let person = self.account.credentials();
        if screen.is_none() && person.is_none() {
            return;
        }
        if matches!(self.model.desktops, Desktops::Failed(_)) {
            self.model.desktops = Desktops::Loading;
        }
        let Some(rest) = self.rest() else { return };
        let generation = self.next_generation();
        self.desktops.loading = Some(generation);
        self.desktops.meanwhile.clear();
        self.spawn(async move {
            let list = match (screen, person) {
                (Some(screen), _) => screen.desktops().await,
                (None, Some((bearer, workspace))) => rest.desktops(&bearer, &workspace).await,
                (None, None) => Err(ApiError::SignedOut),
            };
            Event::Desktops(generation, list)
        });
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
                self.model.thumbnails.retain(|id, _| list.iter().any(|d| d.id == id.0));
                list.iter().for_each(|desktop| self.want_thumbnail(desktop));
                let mut desktops: Vec<Desktop> = list.into_iter().map(to_model).collect();
                sort(&mut desktops);
                self.model.desktops = Desktops::Ready(desktops);
                let meanwhile = std::mem::take(&mut self.desktops.meanwhile);
                let again = meanwhile.len() >= WAITING;
                for event in meanwhile {
                    match event {
                        Meanwhile::Changed(desktop) => self.desktop_changed(*desktop),
                        Meanwhile::Removed(id) => self.desktop_removed(&id),
                    }
                }
                self.desktops_changed();
                if again {
                    self.load_desktops();
                }
            }
            Err(ApiError::SignedOut) => self.signed_out_by_cloud(),
            // A list that is shown stays; the banner of the connection says the rest.
            Err(_) if matches!(self.model.desktops, Desktops::Ready(_)) => {}
            Err(error) => self.model.desktops = Desktops::Failed(say::api(&error)),
        }
    }

    pub(super) fn desktop_changed(&mut self, desktop: wire::Desktop) {
        self.desktops.wait(|| Meanwhile::Changed(Box::new(desktop.clone())));
        self.want_thumbnail(&desktop);
        let Desktops::Ready(list) = &mut self.model.desktops else { return };
        let desktop = to_model(desktop);
        list.retain(|d| d.id != desktop.id);
        list.push(desktop);
        sort(list);
        self.desktops_changed();
    }

    /// A thumbnail that is newer than the one there is.
    fn want_thumbnail(&mut self, desktop: &wire::Desktop) {
        let Some(at) = &desktop.thumbnail_at else { return };
        let known = &mut self.desktops.thumbnails;
        if known.insert(desktop.id.clone(), at.clone()).as_ref() != Some(at) {
            if !self.desktops.wanted.contains(&desktop.id) {
                self.desktops.wanted.push_back(desktop.id.clone());
            }
            self.fetch_thumbnail();
        }
    }

    /// Fetches the next one.
    fn fetch_thumbnail(&mut self) {
        let Some(api) = self.api().filter(|_| !self.desktops.fetching) else { return };
        let Some(id) = self.desktops.wanted.pop_front() else { return };
        self.desktops.fetching = true;
        let request = async move {
            let jpeg = api.thumbnail(&id).await.ok()?;
            let image = tokio::task::spawn_blocking(move || decode(&jpeg)).await.ok()??;
            Some((DesktopId(id), Arc::new(image)))
        };
        self.ask(request, |engine, found| {
            engine.desktops.fetching = false;
            if let Some((id, image)) = found {
                engine.model.thumbnails.insert(id, image);
            }
            engine.fetch_thumbnail();
        });
    }

    pub(super) fn desktop_removed(&mut self, id: &str) {
        self.desktops.wait(|| Meanwhile::Removed(id.to_owned()));
        self.desktops.thumbnails.remove(id);
        self.desktops.wanted.retain(|wanted| wanted != id);
        self.model.thumbnails.remove(&DesktopId(id.to_owned()));
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
        self.open_by_itself();
        self.kiosk_open();
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

/// A thumbnail: at most 320 pixels wide (`PROTOCOL.md`); a larger one is not shown.
fn decode(jpeg: &[u8]) -> Option<Image> {
    let limits = jpeg::Limits { max_width: 640, max_height: 640, ..jpeg::Limits::default() };
    let mut canvas = jpeg::Canvas::new(limits);
    canvas.whole(jpeg).ok()?;
    let planes = canvas.planes()?;
    let side = |n: u32| u16::try_from(n).ok();
    let (width, height) = (side(planes.width)?, side(planes.height)?);
    Some(Image { width, height, rgba: canvas.to_rgba()? })
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
