//! One viewer's connection.

use crate::desk::{Desk, Order, Outgoing, ViewerId};
use net::Door;
use std::collections::VecDeque;
use stream::protocol::Channel;
use stream::protocol::control::{ToDaemon, ToViewer, agree};
use stream::protocol::input::Input;
use stream::signalling::{Candidate, Signal};
use stream::transport::{IceServer, Options, Peer, PeerEvent, PeerState, Role, Sender};
use tokio::sync::{mpsc, oneshot};

/// Updates and pointer news that may wait for the network. An update is only made when there is
/// room.
const OUTGOING: usize = 4;
/// Candidates kept before the offer is there; more are dropped.
const EARLY: usize = 64;

/// What the cloud said about a session.
pub(crate) struct Terms {
    pub(crate) ice_servers: Vec<IceServer>,
    /// The viewer may be on this machine.
    pub(crate) loopback: bool,
    /// None of the viewer's input is played.
    pub(crate) view_only: bool,
    /// Hears when the viewer may not watch any more.
    pub(crate) ended: oneshot::Receiver<()>,
}

/// Serves one session until the viewer is gone, or may not watch any more. `signals` comes from the viewer, `answers` goes
/// to it.
pub(crate) async fn serve(
    door: Door,
    desk: Desk,
    id: ViewerId,
    terms: Terms,
    mut signals: mpsc::Receiver<Signal>,
    answers: mpsc::Sender<Signal>,
) {
    let Terms { ice_servers, loopback, view_only, mut ended } = terms;
    let options = Options { role: Role::Daemon, ice_servers, relay_only: false, loopback };
    let (peer, mut events) = match Peer::new(&door, options).await {
        Ok(opened) => opened,
        Err(error) => {
            tracing::error!(%error, "no connection can be made");
            return;
        }
    };
    let (out, outgoing) = mpsc::channel(OUTGOING);
    let sending = tokio::spawn(send_all(peer.sender(), outgoing));
    let mut session = Session {
        desk: &desk,
        id,
        peer: &peer,
        out,
        early: VecDeque::new(),
        described: false,
        open: Vec::new(),
        joined: false,
        view_only,
    };
    let (mut signalling, mut may_end) = (true, true);
    loop {
        tokio::select! {
            signal = signals.recv(), if signalling => match signal {
                Some(signal) => session.signal(signal, &answers).await,
                // The session at the cloud is over; the data channels may live on.
                None => signalling = false,
            },
            event = events.recv() => match event {
                Some(event) => if !session.event(event, &answers).await {
                    break;
                },
                None => break,
            },
            end = &mut ended, if may_end => match end {
                Ok(()) => break,
                // The session at the cloud is over for another reason.
                Err(_) => may_end = false,
            },
        }
    }
    desk.order(Order::Leave(id));
    sending.abort();
    peer.close().await;
}

struct Session<'a> {
    desk: &'a Desk,
    id: ViewerId,
    peer: &'a Peer,
    out: mpsc::Sender<Outgoing>,
    early: VecDeque<Candidate>,
    described: bool,
    open: Vec<Channel>,
    joined: bool,
    view_only: bool,
}

impl Session<'_> {
    async fn signal(&mut self, signal: Signal, answers: &mpsc::Sender<Signal>) {
        match signal {
            Signal::Offer(sdp) => match self.peer.answer(&sdp).await {
                Ok(answer) => {
                    self.described = true;
                    reply(answers, Signal::Answer(answer)).await;
                    while let Some(candidate) = self.early.pop_front() {
                        self.add(candidate).await;
                    }
                }
                Err(error) => tracing::warn!(%error, "an offer was refused"),
            },
            Signal::Candidate(candidate) if self.described => self.add(candidate).await,
            Signal::Candidate(candidate) if self.early.len() < EARLY => {
                self.early.push_back(candidate);
            }
            Signal::Candidate(_) | Signal::Answer(_) | Signal::EndOfCandidates => {}
        }
    }

    async fn add(&self, candidate: Candidate) {
        if let Err(error) = self.peer.add_candidate(candidate).await {
            tracing::debug!(%error, "a candidate was refused");
        }
    }

    /// `false` when the connection is over.
    async fn event(&mut self, event: PeerEvent, answers: &mpsc::Sender<Signal>) -> bool {
        match event {
            PeerEvent::Candidate(candidate) => {
                let signal = candidate.map_or(Signal::EndOfCandidates, Signal::Candidate);
                reply(answers, signal).await;
            }
            PeerEvent::State(PeerState::Failed | PeerState::Closed) => return false,
            PeerEvent::State(state) => tracing::debug!(?state, "connection"),
            PeerEvent::Open(channel) => {
                // The pointer's shape goes over one channel, the picture over another: what is
                // sent before both are open would be lost.
                self.open.push(channel);
                let ready = |c| self.open.contains(&c);
                if !self.joined && ready(Channel::Frames) && ready(Channel::Control) {
                    self.joined = true;
                    self.desk.order(Order::Join(self.id, self.out.clone()));
                }
            }
            PeerEvent::Message { channel: Channel::Input, .. } if self.view_only => {
                tracing::debug!("an input event of a viewer that may only watch");
            }
            PeerEvent::Message { channel: Channel::Input, data, .. } => match Input::parse(&data) {
                Ok(input) => self.desk.order(Order::Input(self.id, input)),
                Err(error) => tracing::debug!(%error, "an input event was skipped"),
            },
            PeerEvent::Message { channel: Channel::Control, data, text: true } => {
                match ToDaemon::parse(&data) {
                    Ok(message) => return self.control(message).await,
                    Err(error) => tracing::debug!(%error, "a control message was skipped"),
                }
            }
            PeerEvent::Message { .. } => {}
            PeerEvent::ChannelClosed(_) => return false,
        }
        true
    }

    async fn control(&self, message: ToDaemon) -> bool {
        let answer = match message {
            ToDaemon::Hello { min_version, max_version, agent } => {
                tracing::info!(agent, "a viewer says hello");
                let description = &self.desk.description;
                ToViewer::Hello {
                    version: agree(min_version, max_version).unwrap_or(0),
                    agent: concat!("multiclaw-desktop-daemon/", env!("CARGO_PKG_VERSION")).into(),
                    width: description.size.0,
                    height: description.size.1,
                    layout: description.layout.clone(),
                }
            }
            ToDaemon::Ping { id } => ToViewer::Pong { id, clock_us: self.desk.clock_us() },
            other => {
                self.desk.order(Order::Control(self.id, other));
                return true;
            }
        };
        let mismatch = matches!(answer, ToViewer::Hello { version: 0, .. });
        if let Err(error) = self.peer.sender().text(Channel::Control, &answer.encode()).await {
            tracing::debug!(%error, "an answer was not sent");
        }
        !mismatch
    }
}

async fn reply(answers: &mpsc::Sender<Signal>, signal: Signal) {
    if answers.send(signal).await.is_err() {
        tracing::debug!("the session at the cloud is over");
    }
}

async fn send_all(sender: Sender, mut outgoing: mpsc::Receiver<Outgoing>) {
    while let Some(out) = outgoing.recv().await {
        let result = match out {
            Outgoing::Update(messages) => {
                let mut result = Ok(());
                for message in messages {
                    result = sender.binary(Channel::Frames, &message).await;
                    if result.is_err() {
                        break;
                    }
                }
                result
            }
            Outgoing::Shape(shape) => sender.binary(Channel::Control, &shape.encode()).await,
            Outgoing::Control(message) => sender.text(Channel::Control, &message.encode()).await,
        };
        if let Err(error) = result {
            tracing::debug!(%error, "something was not sent");
        }
    }
}
