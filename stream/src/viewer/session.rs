//! The task of a connection.

use super::paths::{Paths, Step};
use super::{End, Event, Open, Order, Phase, View};
use crate::clock::ClockEstimate;
use crate::pipeline::{Pipeline, Report};
use crate::protocol::Channel;
use crate::protocol::control::{ToDaemon, ToViewer};
use crate::protocol::cursor::CursorShape;
use crate::protocol::input::Input;
use crate::reassembly::Reassembler;
use crate::signalling::{Action, Negotiation, SignallingError, State};
use crate::slot::Slot;
use crate::stats::Collector;
use crate::transport::{
    IceServer, PathEvent, Peer, PeerEvent, PeerState, Plan, Role, Route, Sender,
};
use bytes::Bytes;
use net::Door;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::mpsc;

/// Between two pings.
const PING: Duration = Duration::from_secs(2);
/// Without a pong for this long the connection is unstable (`PROTOCOL.md`, "Control").
const UNSTABLE: Duration = Duration::from_secs(6);
/// A ping sent on a hint that the desktop is gone must be answered within this.
const GONE: Duration = Duration::from_millis(1500);
/// After an ICE restart a ping must be answered within this, or SCTP is waiting out a long
/// retransmission timer: a new connection is faster.
const FLOWING: Duration = Duration::from_secs(2);
/// Between two refreshes asked for because of bad pictures.
const REFRESH: Duration = Duration::from_secs(1);
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

/// Sends input events in order; of pointer moves in a row only the last.
async fn pass_input(sender: Sender, mut queue: mpsc::Receiver<Input>) {
    while let Some(mut event) = queue.recv().await {
        while matches!(event, Input::Move { .. }) {
            match queue.try_recv() {
                Ok(next @ Input::Move { .. }) => event = next,
                Ok(next) => {
                    send(&sender, Channel::Input, &event.encode()).await;
                    event = next;
                }
                Err(_) => break,
            }
        }
        send(&sender, Channel::Input, &event.encode()).await;
    }
}

async fn send(sender: &Sender, channel: Channel, text: &str) {
    if let Err(error) = sender.text(channel, text).await {
        // Before the channel opens and after it closes; both have their own events.
        tracing::debug!(%error, ?channel, "a message was not sent");
    }
}

struct Session<'a> {
    options: Open,
    peer: &'a Peer,
    sender: Sender,
    slot: Arc<Slot>,
    events: mpsc::Sender<Event>,
    negotiation: Negotiation,
    paths: Paths,
    reassembler: Reassembler,
    clock: ClockEstimate,
    stats: Collector,
    phase: Option<Phase>,
    size: Option<(u32, u32)>,
    route: Option<Route>,
    received: u32,
    control_open: bool,
    next_ping: Instant,
    heard: Instant,
    must_hear: Option<Instant>,
    must_flow: Option<Instant>,
    restarting: bool,
    next_refresh: Instant,
    stats_since: Instant,
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
            next_ping: now + PING,
            heard: now,
            must_hear: None,
            must_flow: None,
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
        let negotiation = self.negotiation.deadline();
        [Some(self.next_ping), negotiation, self.must_hear, self.must_flow, self.paths.deadline()]
            .into_iter()
            .flatten()
            .fold(self.stats_since + SECOND, Instant::min)
    }

    /// Does what the paths and the negotiation ask for.
    async fn act(&mut self) -> Option<End> {
        while let Some(step) = self.paths.step() {
            match step {
                Step::StartTls => self.peer.start_tls(),
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
                self.must_hear = Some(now + GONE);
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
        if std::mem::take(&mut self.restarting) {
            self.must_flow = Some(now + FLOWING);
            self.ping(now).await;
        }
        if self.size.is_none() {
            self.tell_phase(Phase::Connected).await;
        }
    }

    async fn message(&mut self, event: PeerEvent, now: Instant) -> Option<End> {
        match event {
            PeerEvent::Message { channel: Channel::Frames, data, .. } => {
                self.frame(&data, now).await;
            }
            PeerEvent::Message { channel: Channel::Control, data, text } => {
                return self.control_message(&data, text, now).await;
            }
            // The daemon has nothing to say on the input channel.
            _ => {}
        }
        None
    }

    async fn frame(&mut self, data: &Bytes, now: Instant) {
        self.stats.message(data.len());
        match self.reassembler.push(data) {
            Ok(None) => {}
            Ok(Some(update)) => {
                self.stats.received();
                self.received = update.sequence;
                let put = self.slot.put(update, now);
                self.stats.dropped(put.overtaken);
                if put.overflow {
                    self.refresh(now).await;
                }
            }
            Err(error) => self.bad(error.to_string(), now).await,
        }
    }

    async fn bad(&mut self, what: String, now: Instant) {
        self.stats.bad();
        self.refresh(now).await;
        self.tell(Event::Bad(what)).await;
    }

    async fn refresh(&mut self, now: Instant) {
        if now >= self.next_refresh {
            self.next_refresh = now + REFRESH;
            self.control(&ToDaemon::Refresh).await;
        }
    }

    async fn control_message(&mut self, data: &[u8], text: bool, now: Instant) -> Option<End> {
        if !text {
            match CursorShape::parse(data) {
                Ok(shape) => self.tell(Event::CursorShape(Arc::new(shape))).await,
                Err(error) => self.bad_message(&error.to_string()).await,
            }
            return None;
        }
        match ToViewer::parse(data) {
            Ok(ToViewer::Hello { version: 0, .. }) => return Some(End::Version),
            Ok(ToViewer::Hello { agent, width, height, .. }) => {
                tracing::info!(agent, width, height, "the desktop says hello");
            }
            Ok(ToViewer::Cursor { x, y, visible }) => {
                self.tell(Event::Cursor { position: (x, y), visible }).await;
            }
            Ok(ToViewer::Pong { id, clock_us }) => {
                self.clock.pong(id, clock_us, now);
                self.heard = now;
                self.must_hear = None;
                self.must_flow = None;
                if self.phase == Some(Phase::Unstable) {
                    self.live().await;
                }
            }
            Ok(ToViewer::Bye { reason }) => return Some(End::Bye(reason)),
            Ok(ToViewer::Unknown) => {}
            Err(error) => self.bad_message(&error.to_string()).await,
        }
        None
    }

    async fn bad_message(&mut self, what: &str) {
        self.tell(Event::Bad(format!("a control message was skipped: {what}"))).await;
    }

    async fn report(&mut self, report: Report) {
        match report {
            Report::Bad(error) => self.bad(error.to_string(), Instant::now()).await,
            Report::Shown { sequence, captured_us, arrived, shown, decode, upload, size } => {
                let age = captured_us
                    .and_then(|at| self.clock.age(at, shown))
                    .or_else(|| shown.checked_duration_since(arrived));
                self.stats.shown(decode, upload, age);
                self.control(&ToDaemon::Feedback {
                    received: self.received,
                    shown: sequence,
                    dropped: u32::try_from(self.stats.total_dropped()).unwrap_or(u32::MAX),
                    decode_us: u32::try_from(decode.as_micros()).unwrap_or(u32::MAX),
                })
                .await;
                if self.size != Some(size) {
                    self.size = Some(size);
                    self.tell(Event::Size(size.0, size.1)).await;
                }
                if !matches!(self.phase, Some(Phase::Live { .. })) {
                    self.live().await;
                }
            }
        }
    }

    async fn live(&mut self) {
        let phase = match self.size {
            Some(_) => Phase::Live { relayed: self.route.map(|route| route != Route::Direct) },
            None => Phase::Connected,
        };
        self.tell_phase(phase).await;
    }

    async fn tick(&mut self) -> Option<End> {
        let now = Instant::now();
        self.negotiation.tick(now);
        self.paths.tick(now);
        if self.must_flow.is_some_and(|until| now >= until) {
            return Some(End::PathBack);
        }
        if self.must_hear.is_some_and(|until| now >= until) {
            return Some(SignallingError::Lost.into());
        }
        if now >= self.next_ping {
            self.ping(now).await;
            let connected = self.negotiation.state() == State::Connected;
            if connected && self.control_open && now.duration_since(self.heard) >= UNSTABLE {
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
        self.next_ping = now + PING;
        if self.control_open {
            let id = self.clock.ping(now);
            self.control(&ToDaemon::Ping { id }).await;
        }
    }

    async fn control(&self, message: &ToDaemon) {
        if self.control_open {
            send(&self.sender, Channel::Control, &message.encode()).await;
        }
    }

    async fn tell_phase(&mut self, phase: Phase) {
        if self.phase != Some(phase) {
            self.phase = Some(phase);
            self.tell(Event::Phase(phase)).await;
        }
    }

    async fn tell(&self, event: Event) {
        if self.events.send(event).await.is_err() {
            tracing::debug!("nobody reads the viewer's events");
        }
    }
}

fn view_message(view: View) -> ToDaemon {
    ToDaemon::View { max_fps: view.max_fps, quality: view.quality }
}
