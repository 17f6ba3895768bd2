//! The task of a connection.

use super::liveness::{Liveness, Verdict};
use super::paths::{Paths, Step};
use super::typing::{pass_input, send};
use super::{End, Event, Open, Order, Phase, View};
use crate::clock::ClockEstimate;
use crate::pipeline::{Pipeline, Report};
use crate::protocol::Channel;
use crate::protocol::control::ToDaemon;
use crate::protocol::input::Input;
use crate::reassembly::Reassembler;
use crate::signalling::{Action, Negotiation, SignallingError, State};
use crate::slot::Slot;
use crate::stats::Collector;
use crate::transport::{
    IceServer, PathEvent, Peer, PeerEvent, PeerState, Plan, Role, Route, Sender,
};
use net::Door;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::mpsc;

/// Between two summaries.
const SECOND: Duration = Duration::from_secs(1);

pub(super) async fn run(
    door: &Door,
    options: Open,
    pipeline: &tokio::sync::Mutex<Pipeline>,
    orders: mpsc::Receiver<Order>,
    input: mpsc::Receiver<Input>,
    events: &mpsc::Sender<Event>,
) -> End {
    let mut pipeline = pipeline.lock().await;
    let Some(mut reports) = pipeline.take_reports() else {
        return End::Closed;
    };
    // What the decode thread still said about the connection before.
    while reports.try_recv().is_ok() {}
    let slot = pipeline.slot();
    slot.clear();
    let plan = plan(&options, &options.ice_servers);
    if !plan.possible() {
        pipeline.give_back(reports);
        return End::NoRelay;
    }
    let end = match Peer::planned(door, Role::Viewer, options.loopback, &plan).await {
        Err(error) => End::Transport(error),
        Ok((peer, peer_events, path_events)) => {
            let typing = tokio::spawn(pass_input(peer.sender(), input));
            let mut session = Session::new(options, &plan, &peer, slot, events.clone());
            let end = session.serve(peer_events, path_events, &mut reports, orders).await;
            typing.abort();
            peer.close().await;
            end
        }
    };
    pipeline.give_back(reports);
    end
}

fn plan(options: &Open, servers: &[IceServer]) -> Plan {
    Plan::new(options.mode, options.relay_only, servers)
}

/// The state of a connection. What decides is in machines of its own.
pub(super) struct Session<'a> {
    pub(super) options: Open,
    pub(super) peer: &'a Peer,
    pub(super) sender: Sender,
    pub(super) slot: Arc<Slot>,
    pub(super) events: mpsc::Sender<Event>,
    pub(super) negotiation: Negotiation,
    pub(super) paths: Paths,
    pub(super) reassembler: Reassembler,
    pub(super) clock: ClockEstimate,
    pub(super) stats: Collector,
    pub(super) phase: Option<Phase>,
    pub(super) size: Option<(u32, u32)>,
    pub(super) route: Option<Route>,
    pub(super) received: u32,
    pub(super) control_open: bool,
    pub(super) liveness: Liveness,
    pub(super) restarting: bool,
    pub(super) next_refresh: Instant,
    pub(super) stats_since: Instant,
}

impl<'a> Session<'a> {
    fn new(
        options: Open,
        plan: &Plan,
        peer: &'a Peer,
        slot: Arc<Slot>,
        events: mpsc::Sender<Event>,
    ) -> Self {
        let now = Instant::now();
        Self {
            paths: Paths::new(plan, options.mode, options.memory.clone(), now),
            options,
            peer,
            sender: peer.sender(),
            slot,
            events,
            negotiation: Negotiation::default(),
            reassembler: Reassembler::default(),
            clock: ClockEstimate::new(now),
            stats: Collector::default(),
            phase: None,
            size: None,
            route: None,
            received: 0,
            control_open: false,
            liveness: Liveness::new(now),
            restarting: false,
            next_refresh: now,
            stats_since: now,
        }
    }

    async fn serve(
        &mut self,
        mut peer_events: mpsc::Receiver<PeerEvent>,
        mut path_events: mpsc::Receiver<PathEvent>,
        reports: &mut mpsc::Receiver<Report>,
        mut orders: mpsc::Receiver<Order>,
    ) -> End {
        loop {
            if let Some(end) = self.act().await {
                return end;
            }
            let wake = tokio::time::Instant::from_std(self.deadline());
            // What is said seldom goes first: pictures must not keep it waiting, and the relay's
            // reason is there before ICE says that there is no relay.
            let step = tokio::select! {
                biased;
                order = orders.recv() => match order {
                    Some(order) => self.order(order).await,
                    None => Some(End::Closed),
                },
                Some(event) = path_events.recv() => {
                    self.paths.event(event, self.route, Instant::now());
                    None
                }
                Some(report) = reports.recv() => {
                    self.report(report).await;
                    None
                }
                () = tokio::time::sleep_until(wake) => self.tick().await,
                event = peer_events.recv() => match event {
                    Some(event) => self.peer_event(event).await,
                    None => Some(End::Closed),
                },
            };
            if let Some(end) = step {
                return end;
            }
        }
    }

    fn deadline(&self) -> Instant {
        [Some(self.liveness.deadline()), self.negotiation.deadline(), self.paths.deadline()]
            .into_iter()
            .flatten()
            .fold(self.stats_since + SECOND, Instant::min)
    }

    /// Does what the paths and the negotiation ask for.
    async fn act(&mut self) -> Option<End> {
        while let Some(step) = self.paths.step() {
            match step {
                Step::StartStream => self.peer.start_stream(),
                Step::Unstable => self.tell_phase(Phase::Unstable).await,
                Step::Restart => {
                    if !self.negotiation.path_changed() {
                        tracing::debug!("a restart is under way already");
                    }
                }
                Step::CredentialsExpired => self.tell(Event::CredentialsExpired).await,
                Step::End(end) => return Some(end),
            }
        }
        while let Some(action) = self.negotiation.action() {
            match action {
                Action::Offer { restart } => {
                    if restart {
                        self.restarting = true;
                        self.paths.attempt(Instant::now());
                    }
                    match self.peer.offer(restart).await {
                        Ok(sdp) => self.negotiation.offered(sdp, Instant::now()),
                        Err(error) => return Some(error.into()),
                    }
                    if !restart {
                        self.tell_phase(Phase::Waiting).await;
                    }
                }
                Action::Send(signal) => self.tell(Event::Signal(signal)).await,
                Action::Accept(sdp) => {
                    if let Err(error) = self.peer.accept(&sdp).await {
                        return Some(error.into());
                    }
                    self.paths.answered(Instant::now());
                    if self.size.is_none() {
                        self.tell_phase(Phase::Finding).await;
                    }
                }
                Action::Add(candidate) => {
                    if let Err(error) = self.peer.add_candidate(candidate).await {
                        self.tell(Event::Bad(format!("a candidate was refused: {error}"))).await;
                    }
                }
                Action::Fail(error) => return Some(self.paths.failed(error)),
            }
        }
        None
    }

    async fn order(&mut self, order: Order) -> Option<End> {
        match order {
            Order::Signal(signal) => self.negotiation.signal(signal, Instant::now()),
            Order::View(view) => {
                self.options.view = view;
                self.control(&view_message(view)).await;
            }
            Order::IceServers(servers) => {
                if let Err(error) = self.peer.set_servers(&plan(&self.options, &servers)).await {
                    return Some(error.into());
                }
                self.paths.renewed();
            }
            Order::Refresh => self.control(&ToDaemon::Refresh).await,
            Order::PeerGone => {
                let now = Instant::now();
                self.liveness.hinted(now);
                self.ping(now).await;
            }
            Order::Close => return Some(End::Closed),
        }
        None
    }

    async fn peer_event(&mut self, event: PeerEvent) -> Option<End> {
        let now = Instant::now();
        match event {
            PeerEvent::Candidate(candidate) => {
                let last = candidate.is_none();
                self.negotiation.candidate(candidate);
                if last {
                    self.paths.gathered(self.peer.relay_candidates());
                }
            }
            PeerEvent::State(state) => {
                self.negotiation.peer(state, now);
                match state {
                    PeerState::Connected => self.connected(now).await,
                    PeerState::Disconnected => self.tell_phase(Phase::Unstable).await,
                    PeerState::Closed => return Some(End::Closed),
                    PeerState::Connecting | PeerState::Failed => {}
                }
            }
            PeerEvent::Open(Channel::Control) => {
                self.control_open = true;
                self.control(&ToDaemon::hello(self.options.agent.clone())).await;
                self.control(&view_message(self.options.view)).await;
                self.ping(now).await;
            }
            PeerEvent::Open(_) => {}
            PeerEvent::Message { .. } if self.reconnected() => {
                // The crate tells no new state when a restart was seamless.
                self.negotiation.peer(PeerState::Connected, now);
                self.connected(now).await;
                return self.message(event, now).await;
            }
            PeerEvent::Message { .. } => return self.message(event, now).await,
            PeerEvent::ChannelClosed(Channel::Frames) => {
                return Some(End::Bye("it closed the connection".into()));
            }
            PeerEvent::ChannelClosed(_) => {}
        }
        None
    }

    /// Packets flow though the negotiation waits for a connection: a restart has succeeded.
    fn reconnected(&self) -> bool {
        self.restarting && matches!(self.negotiation.state(), State::Connecting { .. })
    }

    async fn connected(&mut self, now: Instant) {
        self.route = self.peer.route().await;
        self.paths.connected(self.route);
        self.peer.settled();
        if std::mem::take(&mut self.restarting) && self.control_open {
            self.liveness.restarted(now);
            self.ping(now).await;
        }
        if self.size.is_none() {
            self.tell_phase(Phase::Connected).await;
        }
    }

    async fn tick(&mut self) -> Option<End> {
        let now = Instant::now();
        self.negotiation.tick(now);
        self.paths.tick(now);
        match self.liveness.verdict(now) {
            Some(Verdict::Gone) => return Some(SignallingError::Lost.into()),
            Some(Verdict::Stuck) => return Some(End::PathBack),
            None => {}
        }
        if self.liveness.due(now) {
            self.ping(now).await;
            let connected = self.negotiation.state() == State::Connected;
            if connected && self.control_open && self.liveness.unstable(now) {
                self.tell_phase(Phase::Unstable).await;
            }
            let route = self.peer.route().await;
            if route.is_some() && route != self.route {
                self.route = route;
                if matches!(self.phase, Some(Phase::Live { .. })) {
                    self.live().await;
                }
            }
        }
        if now >= self.stats_since + SECOND {
            let summary = self.stats.summary(now.duration_since(self.stats_since));
            self.stats_since = now;
            self.tell(Event::Stats(Box::new(summary), self.clock.round_trip())).await;
        }
        None
    }

    async fn ping(&mut self, now: Instant) {
        self.liveness.pinged(now);
        if self.control_open {
            let id = self.clock.ping(now);
            self.control(&ToDaemon::Ping { id }).await;
        }
    }

    pub(super) async fn control(&self, message: &ToDaemon) {
        if self.control_open {
            send(&self.sender, Channel::Control, &message.encode()).await;
        }
    }

    pub(super) async fn tell_phase(&mut self, phase: Phase) {
        if self.phase != Some(phase) {
            self.phase = Some(phase);
            self.tell(Event::Phase(phase)).await;
        }
    }

    pub(super) async fn tell(&self, event: Event) {
        if self.events.send(event).await.is_err() {
            tracing::debug!("nobody reads the viewer's events");
        }
    }
}

fn view_message(view: View) -> ToDaemon {
    ToDaemon::View { max_fps: view.max_fps, quality: view.quality }
}
