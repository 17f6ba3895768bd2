//! The open desktop: asking the cloud for it, watching it, and getting it back.

mod convert;
mod renewal;
mod view;

use super::{Engine, Event, next_second, seconds_until};
use crate::model::{
    Cursor, DesktopId, DesktopState, PathKind, Problem, Retry as Shown, Stale, Stats, Step,
    Viewer as Model, ViewerState, WebRtcMode,
};
use crate::retry::Retry;
use crate::say;
use crate::scope::Standing;
use crate::tr;
use cloud_client::wire::{self, FromCloud, ToCloud};
pub(crate) use convert::{from_stream, ice_server, to_stream};
use renewal::renewal;
use std::sync::Arc;
use std::time::{Duration, Instant};
use stream::pipeline::{Pictures, Pipeline};
use stream::protocol::input::Input;
use stream::stats::Summary;
use stream::transport::ConnectionMode;
use stream::viewer::{End, Event as Happened, Open, PathMemory, Phase, Viewer};

/// For the cloud to answer a session-open.
const ASKED: Duration = Duration::from_secs(10);

/// The open desktop's half of the engine.
pub(super) struct Viewing {
    id: DesktopId,
    name: String,
    pipeline: Arc<tokio::sync::Mutex<Pipeline>>,
    pictures: Pictures,
    link: Link,
    retry: Retry,
    visible: bool,
    /// What is known about the network.
    memory: PathMemory,
    /// When the relay's credentials are to be renewed.
    renew_at: Option<Instant>,
    /// The list last said that it is not online: when it is again, it is asked for at once.
    away: bool,
    /// When the shown picture was last known to be current, by both clocks.
    current: Option<(Instant, jiff::Timestamp)>,
}

enum Link {
    /// The cloud was asked; it answers with the session, or refuses.
    Asking { request: String, until: Instant },
    /// Signals go through the session; pictures come over the viewer.
    Open { session: String, viewer: Viewer, generation: u64 },
    /// Waiting for the next attempt, or given up.
    Lost { problem: Problem, again: bool },
}

impl Engine {
    pub(super) fn open_desktop(&mut self, id: DesktopId) {
        let Some(desktop) = self.desktop(&id) else { return };
        let name = desktop.name.clone();
        self.close_desktop();
        let screen = (self.screens)();
        let pipeline = Pipeline::start(screen, jpeg::Limits::default(), Arc::clone(&self.wake));
        let pipeline = match pipeline {
            Ok(pipeline) => pipeline,
            Err(error) => {
                tracing::error!(%error, "no thread for the decoder");
                self.model.notice = Some(Problem {
                    what: tr!("engine-no-threads", name = &name),
                    next: tr!("engine-no-threads-next").into(),
                });
                return;
            }
        };
        self.model.viewer = Some(Model {
            desktop: id.clone(),
            name: name.clone(),
            state: ViewerState::Connecting(Step::AskingCloud),
            size: None,
            stale: None,
            cursor: Cursor::default(),
            view_only: self.only_watches() || self.opens_view_only(),
            stats: None,
        });
        self.viewing = Some(Viewing {
            id,
            name,
            pictures: pipeline.pictures(),
            pipeline: Arc::new(tokio::sync::Mutex::new(pipeline)),
            link: Link::Lost { problem: say::cloud_offline(), again: true },
            retry: Retry::default(),
            visible: true,
            memory: PathMemory::default(),
            renew_at: None,
            away: false,
            current: None,
        });
        self.ask_desktop();
    }

    /// Asks the cloud for a session with the open desktop.
    fn ask_desktop(&mut self) {
        let Some(viewing) = &mut self.viewing else { return };
        viewing.retry.stop_waiting();
        let request = uuid::Uuid::new_v4().simple().to_string();
        let message =
            ToCloud::SessionOpen { desktop: viewing.id.0.clone(), request: request.clone() };
        if self.account.send(message) {
            viewing.link = Link::Asking { request, until: Instant::now() + ASKED };
            self.set_state(ViewerState::Connecting(Step::AskingCloud));
        } else {
            self.lost(say::cloud_offline(), true);
        }
    }

    /// Replaces the connection by a new one, without a wait.
    pub(super) fn reopen(&mut self) {
        if let Some(Viewing { link: Link::Open { session, .. }, .. }) = &self.viewing {
            let session = session.clone();
            self.account.send(ToCloud::SessionClose { session, reason: "reopened".into() });
            self.ask_desktop();
        }
    }

    /// Name of the open desktop, and where its picture can be asked for.
    pub(super) fn desktop_pictures(&self) -> Option<(String, Pictures)> {
        self.viewing.as_ref().map(|viewing| (viewing.name.clone(), viewing.pictures.clone()))
    }

    pub(super) fn close_desktop(&mut self) {
        self.model.viewer = None;
        if let Some(viewing) = self.viewing.take()
            && let Link::Open { session, viewer, .. } = viewing.link
        {
            viewer.close();
            self.account.send(ToCloud::SessionClose { session, reason: "closed".into() });
        }
    }

    pub(super) fn reconnect_now(&mut self) {
        if matches!(&self.viewing, Some(Viewing { link: Link::Lost { .. }, .. })) {
            self.account.reconnect_now();
            self.ask_desktop();
        }
    }

    pub(super) fn cancel_reconnect(&mut self) {
        if let Some(viewing) = &mut self.viewing
            && let Link::Lost { again, .. } = &mut viewing.link
        {
            *again = false;
            viewing.retry.stop_waiting();
            self.viewing_tick();
        }
    }

    /// Whether the picture can be seen, as far as is known.
    pub(super) fn picture_is_visible(&self) -> bool {
        self.viewing.as_ref().is_none_or(|viewing| viewing.visible)
    }

    pub(super) fn input(&mut self, input: Input) {
        let live = self.model.viewer.as_ref().is_some_and(|v| {
            let releases = input == Input::ReleaseAll;
            matches!(v.state, ViewerState::Live { .. }) && (releases || !v.view_only)
        });
        if let (true, Some(Viewing { link: Link::Open { viewer, .. }, .. })) = (live, &self.viewing)
            && viewer.input(input).is_err()
        {
            tracing::warn!("an input event was dropped: the network takes none");
        }
    }

    pub(super) fn refresh_picture(&self) {
        if let Some(Viewing { link: Link::Open { viewer, .. }, .. }) = &self.viewing
            && viewer.refresh().is_err()
        {
            tracing::debug!("a refresh was dropped");
        }
    }

    pub(super) fn picture_visible(&mut self, visible: bool) {
        if let Some(viewing) = &mut self.viewing
            && viewing.visible != visible
        {
            viewing.visible = visible;
            self.send_view();
        }
    }

    pub(super) fn set_view_only(&mut self, on: bool) {
        let on = on || self.only_watches();
        if on {
            self.input(Input::ReleaseAll);
        }
        if let Some(viewer) = &mut self.model.viewer {
            viewer.view_only = on;
        }
    }

    /// The realtime socket is open (again).
    pub(super) fn cloud_online(&mut self) {
        if matches!(&self.viewing, Some(Viewing { link: Link::Lost { again: true, .. }, .. })) {
            self.ask_desktop();
        }
    }

    /// The list changed: the desktop that is waited for may be back. Only its coming back counts:
    /// every session that ends changes the list too, and must not begin the next one.
    pub(super) fn desktop_online_again(&mut self) {
        let Some(id) = self.viewing.as_ref().map(|viewing| viewing.id.clone()) else { return };
        let Some(online) = self.desktop(&id).map(|d| d.state == DesktopState::Online) else {
            return;
        };
        let Some(viewing) = &mut self.viewing else { return };
        let back = online && viewing.away;
        viewing.away = !online;
        if back && matches!(viewing.link, Link::Lost { again: true, .. }) {
            self.ask_desktop();
        }
    }

    /// A message about a session.
    pub(super) fn session_message(&mut self, message: FromCloud) {
        let Some(viewing) = &mut self.viewing else { return };
        match (message, &viewing.link) {
            (
                FromCloud::SessionOpened { session, request, ice_servers, .. },
                Link::Asking { request: asked, .. },
            ) if request.as_deref() == Some(asked) => self.session_opened(session, ice_servers),
            (
                FromCloud::SessionRefused { request, code, message, .. },
                Link::Asking { request: asked, .. },
            ) if request.as_deref() == Some(asked) => {
                tracing::info!(code, message, "the cloud refused the desktop");
                viewing.away |= code == "offline";
                let (problem, again) = say::refused(&code, &viewing.name);
                self.lost(problem, again);
                self.kiosk_refused();
            }
            (FromCloud::Signal { session, signal }, Link::Open { session: open, viewer, .. })
                if session == *open =>
            {
                if let Some(signal) = to_stream(signal)
                    && viewer.signal(signal).is_err()
                {
                    tracing::warn!("a signal was dropped: the viewer takes no more");
                }
            }
            (
                FromCloud::RelayRenewed { session, ice_servers },
                Link::Open { session: open, viewer, .. },
            ) if session == *open => {
                let servers: Vec<_> = ice_servers.into_iter().map(ice_server).collect();
                viewing.renew_at = renewal(&servers);
                if viewer.set_ice_servers(servers).is_err() {
                    tracing::warn!("fresh relay credentials were dropped");
                }
            }
            (
                FromCloud::SessionClosed { session, code, .. },
                Link::Open { session: open, viewer, .. },
            ) if session == *open => {
                tracing::info!(code, "the signalling session is over");
                // Pictures may still come (PROTOCOL.md, "Sessions"); make sure quickly.
                if viewer.peer_gone().is_err() {
                    tracing::debug!("the viewer is over already");
                }
            }
            _ => {}
        }
    }

    fn session_opened(&mut self, session: String, servers: Vec<wire::IceServer>) {
        let generation = self.next_generation();
        let (settings, low_power) = (self.model.settings, self.model.low_power);
        let (door, events) = (self.doors.net(self.acting), self.events_of(Standing::Desktop));
        self.kiosk_connecting();
        let Some(viewing) = &mut self.viewing else { return };
        let ice_servers: Vec<_> = servers.into_iter().map(ice_server).collect();
        viewing.renew_at = renewal(&ice_servers);
        let open = Open {
            ice_servers,
            mode: match self.model.settings.webrtc {
                WebRtcMode::Automatic => ConnectionMode::Automatic,
                WebRtcMode::TurnRelay => ConnectionMode::Relay,
            },
            relay_only: self.config.relay_only,
            memory: viewing.memory.clone(),
            loopback: self.config.loopback,
            view: view::of(settings.quality, low_power, viewing.visible),
            agent: self.config.agent.clone(),
        };
        let (viewer, mut receiver) = Viewer::open(door, open, Arc::clone(&viewing.pipeline));
        tokio::spawn(async move {
            while let Some(event) = receiver.recv().await {
                if events.send(Event::Viewer(generation, event)).await.is_err() {
                    return;
                }
            }
        });
        viewing.link = Link::Open { session, viewer, generation };
        self.set_state(ViewerState::Connecting(Step::WaitingForDesktop));
    }

    pub(super) fn viewer_event(&mut self, generation: u64, event: Happened) {
        let Some(viewing) = &mut self.viewing else { return };
        let Link::Open { session, generation: current, .. } = &viewing.link else { return };
        if *current != generation {
            return;
        }
        match event {
            Happened::Signal(signal) => {
                let message =
                    ToCloud::Signal { session: session.clone(), signal: from_stream(signal) };
                if !self.account.send(message) {
                    tracing::warn!("a signal was not sent: the cloud is not connected");
                }
            }
            Happened::Phase(phase) => self.phase(phase),
            Happened::Size(width, height) => {
                if let Some(model) = &mut self.model.viewer {
                    let side = |n: u32| u16::try_from(n).unwrap_or(u16::MAX);
                    model.size = Some((side(width), side(height)));
                }
            }
            Happened::CursorShape(shape) => {
                if let Some(model) = &mut self.model.viewer {
                    model.cursor.generation += 1;
                    model.cursor.shape = Some(shape);
                }
            }
            Happened::Cursor { position, visible } => {
                if let Some(model) = &mut self.model.viewer {
                    model.cursor.position = position;
                    model.cursor.visible = visible;
                }
            }
            Happened::Stats(summary, round_trip) => self.stats(&summary, round_trip),
            // Fresh credentials come with a new session.
            Happened::CredentialsExpired => self.reopen(),
            Happened::Bad(what) => tracing::warn!(what, "a bad picture or message"),
            Happened::Ended(End::PathBack) => self.reopen(),
            Happened::Ended(end) => {
                tracing::info!(%end, "the viewer's connection is over");
                let session = session.clone();
                self.account.send(ToCloud::SessionClose { session, reason: "over".into() });
                if let Some((problem, again)) = say::ended(&end, &viewing.name) {
                    self.lost(problem, again);
                }
            }
        }
    }

    fn phase(&mut self, phase: Phase) {
        let Some(viewing) = &mut self.viewing else { return };
        let now = Instant::now();
        let state = match phase {
            Phase::Waiting => ViewerState::Connecting(Step::WaitingForDesktop),
            Phase::Finding => ViewerState::Connecting(Step::FindingPath),
            Phase::Connected => ViewerState::Connecting(Step::WaitingForPicture),
            Phase::Live { relayed } => {
                viewing.retry.live(now);
                viewing.current = Some((now, jiff::Timestamp::now()));
                ViewerState::Live { path: path(relayed) }
            }
            Phase::Unstable => ViewerState::Unstable,
        };
        let live = matches!(state, ViewerState::Live { .. });
        self.set_state(state);
        if let (true, Some(model)) = (live, &mut self.model.viewer) {
            model.stale = None;
        }
        self.viewing_tick();
    }

    fn stats(&mut self, summary: &Summary, round_trip: Option<Duration>) {
        let Some(model) = &mut self.model.viewer else { return };
        let ViewerState::Live { path } = model.state else { return };
        if let Some(viewing) = &mut self.viewing {
            viewing.current = Some((Instant::now(), jiff::Timestamp::now()));
        }
        self.kiosk_second(summary);
        let Some(model) = &mut self.model.viewer else { return };
        if !self.model.settings.stats && self.config.stats_listener.is_none() {
            return;
        }
        let stats = Stats {
            fps_received: summary.received,
            fps_decoded: summary.decoded,
            fps_shown: summary.shown,
            decode_ms_p50: summary.decode_ms.0,
            decode_ms_p99: summary.decode_ms.1,
            upload_ms_p50: summary.upload_ms.0,
            age_ms_p50: summary.age_ms.0,
            age_ms_p99: summary.age_ms.1,
            bytes_per_s: summary.bytes,
            rtt_ms: round_trip.map_or(0.0, |d| d.as_secs_f32() * 1000.0),
            dropped: summary.dropped,
            bad: summary.bad,
            path,
        };
        if let Some(listener) = &self.config.stats_listener {
            listener(&stats);
        }
        if self.model.settings.stats {
            model.stats = Some(stats);
        }
    }

    /// The desktop is not connected any more.
    fn lost(&mut self, problem: Problem, again: bool) {
        let again = again || self.tries_for_ever();
        let Some(viewing) = &mut self.viewing else { return };
        if again {
            viewing.retry.failed(Instant::now(), rand::random());
        } else {
            viewing.retry.stop_waiting();
        }
        viewing.link = Link::Lost { problem, again };
        self.viewing_tick();
    }

    fn set_state(&mut self, state: ViewerState) {
        if let Some(model) = &mut self.model.viewer {
            model.state = state;
        }
    }

    pub(super) fn viewing_deadline(&self) -> Option<Instant> {
        let viewing = self.viewing.as_ref()?;
        let now = Instant::now();
        let link = match &viewing.link {
            Link::Asking { until, .. } => Some(*until),
            Link::Open { .. } => None,
            Link::Lost { .. } => viewing.retry.until().map(|until| next_second(until, now)),
        };
        let renew = viewing.renew_at.filter(|_| matches!(viewing.link, Link::Open { .. }));
        // A stale picture's age is shown in whole seconds.
        let stale = self.model.viewer.as_ref().is_some_and(|v| v.stale.is_some());
        let age = viewing.current.filter(|_| stale).map(|(at, _)| next_age(at, now));
        [link, renew, age].into_iter().flatten().min()
    }

    /// Brings countdown and age up to date, and makes the attempt that is due.
    pub(super) fn viewing_tick(&mut self) {
        let now = Instant::now();
        self.renew_relay(now);
        let Some(viewing) = &self.viewing else { return };
        match &viewing.link {
            Link::Asking { until, .. } if now >= *until => {
                self.lost(say::cloud_offline(), true);
                return;
            }
            Link::Lost { again: true, .. } if viewing.retry.until().is_some_and(|u| now >= u) => {
                self.ask_desktop();
                return;
            }
            Link::Lost { problem, again } => {
                let retry = match viewing.retry.until() {
                    Some(until) if *again => Shown::In {
                        seconds: seconds_until(until, now),
                        attempt: viewing.retry.attempt(),
                    },
                    _ => Shown::Off,
                };
                let problem = problem.clone();
                self.set_state(ViewerState::Lost { problem, retry });
            }
            Link::Asking { .. } | Link::Open { .. } => {}
        }
        self.show_age(now);
    }

    fn show_age(&mut self, now: Instant) {
        let (Some(viewing), Some(model)) = (&self.viewing, &mut self.model.viewer) else { return };
        let live = matches!(model.state, ViewerState::Live { .. });
        model.stale = viewing.current.filter(|_| !live).map(|(at, time)| Stale {
            at: time.to_zoned(jiff::tz::TimeZone::system()).strftime("%H:%M:%S").to_string(),
            seconds: now.duration_since(at).as_secs(),
        });
    }
}

fn next_age(at: Instant, now: Instant) -> Instant {
    let age = now.duration_since(at);
    let part = Duration::from_nanos(u64::from(age.subsec_nanos()));
    now + (Duration::from_secs(1) - part) + Duration::from_millis(1)
}

fn path(relayed: Option<bool>) -> PathKind {
    match relayed {
        None => PathKind::Unknown,
        Some(false) => PathKind::Direct,
        Some(true) => PathKind::Relay,
    }
}
