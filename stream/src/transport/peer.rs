//! One WebRTC connection with its three data channels.

use super::burst::Nudge;
use super::channels::{Channels, Sender, read};
use super::route::{PathEvent, Route, Tell};
use super::runtime::IceRuntime;
use super::servers::{IceServer, Plan};
use super::settings::engine;
use super::socket::Monitor;
use super::turn_stream::Link;
use super::{TransportError, sdp};
use crate::protocol::{Channel, MAX_MESSAGE};
use crate::signalling::Candidate;
use bytes::Bytes;
use net::{Door, Purpose};
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::sync::{mpsc, watch};
use webrtc::data_channel::DataChannel;
use webrtc::peer_connection::{
    PeerConnection, PeerConnectionBuilder, PeerConnectionEventHandler, RTCConfiguration,
    RTCConfigurationBuilder, RTCIceCandidate, RTCIceCandidateInit, RTCIceCandidateType,
    RTCIceGatheringState, RTCIceTransportPolicy, RTCPeerConnectionIceEvent, RTCPeerConnectionState,
    RTCSessionDescription,
};

/// Bytes a channel may hold before `send` waits.
const SEND_BUFFER: usize = 1024 * 1024;
/// Between two nudges while a connection is set up.
const NUDGE: Duration = Duration::from_millis(20);

/// Which end this is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Makes the offer and the channels, receives pictures.
    Viewer,
    /// Answers, sends pictures.
    Daemon,
}

/// How to connect.
#[derive(Clone, Debug)]
pub struct Options {
    /// Which end this is.
    pub role: Role,
    /// STUN and TURN servers from the cloud.
    pub ice_servers: Vec<IceServer>,
    /// Use relay candidates only.
    pub relay_only: bool,
    /// Offer 127.0.0.1 too: the other end is on this machine (the demo, tests).
    pub loopback: bool,
}

/// State of the connection as a whole (W3C `RTCPeerConnectionState`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PeerState {
    /// Candidates are being tried.
    Connecting,
    /// Packets flow and DTLS is up.
    Connected,
    /// Nothing has been heard for some seconds; may come back by itself.
    Disconnected,
    /// ICE has given up.
    Failed,
    /// Closed by this end.
    Closed,
}

/// What happens on a connection.
#[derive(Clone, Debug)]
pub enum PeerEvent {
    /// A local candidate to be sent to the other end; `None` is the end of candidates.
    Candidate(Option<Candidate>),
    /// The connection's state changed.
    State(PeerState),
    /// A channel is open.
    Open(Channel),
    /// A message came. `text` tells a string from binary.
    Message {
        /// On which channel.
        channel: Channel,
        /// The bytes.
        data: Bytes,
        /// Sent as a string.
        text: bool,
    },
    /// A channel was closed by the other end.
    ChannelClosed(Channel),
}

/// One connection. Close it with [`Peer::close`]: that releases a TURN allocation.
pub struct Peer {
    connection: Arc<dyn PeerConnection>,
    channels: Arc<Channels>,
    relays: Arc<AtomicUsize>,
    monitor: Option<Arc<Monitor>>,
    link: Option<(Arc<Link>, IpAddr)>,
}

struct Handler {
    channels: Arc<Channels>,
    relays: Arc<AtomicUsize>,
    /// Address of the socket that is none; the other end need not hear of it.
    hidden: Option<IpAddr>,
}

#[async_trait::async_trait]
impl PeerConnectionEventHandler for Handler {
    // These run on the driver's own task: nothing here may wait.
    async fn on_ice_candidate(&self, event: RTCPeerConnectionIceEvent) {
        if event.candidate.typ == RTCIceCandidateType::Relay {
            self.relays.fetch_add(1, Ordering::Relaxed);
        } else if self.hidden.is_some_and(|h| event.candidate.address == h.to_string()) {
            return;
        }
        match event.candidate.to_json() {
            Ok(init) => self.channels.tell(PeerEvent::Candidate(Some(Candidate {
                candidate: init.candidate,
                // The crate leaves the mid empty; there is only one section.
                mid: None,
                line: Some(init.sdp_mline_index.unwrap_or(0)),
            }))),
            Err(error) => tracing::warn!(%error, "a local candidate cannot be written"),
        }
    }

    async fn on_ice_gathering_state_change(&self, state: RTCIceGatheringState) {
        if state == RTCIceGatheringState::Complete {
            self.channels.tell(PeerEvent::Candidate(None));
        }
    }

    async fn on_connection_state_change(&self, state: RTCPeerConnectionState) {
        let state = match state {
            RTCPeerConnectionState::Connecting => PeerState::Connecting,
            RTCPeerConnectionState::Connected => PeerState::Connected,
            RTCPeerConnectionState::Disconnected => PeerState::Disconnected,
            RTCPeerConnectionState::Failed => PeerState::Failed,
            RTCPeerConnectionState::Closed => PeerState::Closed,
            _ => return,
        };
        if state == PeerState::Connected {
            self.channels.setting_up.send_replace(false);
        }
        self.channels.tell(PeerEvent::State(state));
    }

    async fn on_data_channel(&self, channel: Arc<dyn DataChannel>) {
        let channels = Arc::clone(&self.channels);
        tokio::spawn(async move {
            match channel.label().await {
                Ok(label) => match Channel::from_label(&label) {
                    Some(which) => read(channels, which, channel).await,
                    None => tracing::debug!(label, "a data channel with an unknown label"),
                },
                Err(error) => tracing::debug!(%error, "a data channel without a label"),
            }
        });
    }
}

/// A connection, what happens on it, and how its ways fare.
pub type Planned = (Peer, mpsc::Receiver<PeerEvent>, mpsc::Receiver<PathEvent>);

fn configuration(plan: &Plan) -> RTCConfiguration {
    let policy =
        if plan.relay_only { RTCIceTransportPolicy::Relay } else { RTCIceTransportPolicy::All };
    RTCConfigurationBuilder::new()
        .with_ice_servers(plan.servers.iter().map(IceServer::to_rtc).collect())
        .with_ice_transport_policy(policy)
        .build()
}

/// Keeps the driver going round while a connection is set up.
async fn nudge(nudge: Arc<Nudge>, mut setting_up: watch::Receiver<bool>) {
    while setting_up.wait_for(|on| *on).await.is_ok() {
        nudge.nudge();
        tokio::time::sleep(NUDGE).await;
    }
}

impl Peer {
    /// Opens UDP sockets. The viewer's channels are made here.
    ///
    /// # Errors
    /// When the door refuses, or no socket can be opened.
    pub async fn new(
        door: &Door,
        options: Options,
    ) -> Result<(Self, mpsc::Receiver<PeerEvent>), TransportError> {
        let plan = Plan::udp(options.relay_only, &options.ice_servers);
        let (peer, events, _) = Self::planned(door, options.role, options.loopback, &plan).await?;
        Ok((peer, events))
    }

    /// Opens the sockets that the plan asks for, and tells how their ways fare.
    ///
    /// # Errors
    /// When the door refuses, or no socket can be opened.
    pub async fn planned(
        door: &Door,
        role: Role,
        loopback: bool,
        plan: &Plan,
    ) -> Result<Planned, TransportError> {
        let (channels, receiver) = Channels::new();
        tokio::spawn(nudge(Arc::clone(&channels.nudge), channels.setting_up.subscribe()));
        let relays = Arc::new(AtomicUsize::new(0));
        let viewer = role == Role::Viewer;
        let (tell, paths) = Tell::new();
        let monitor = (viewer && plan.udp).then(|| tell.monitor());
        let link = plan.streams().then(|| {
            // Real sockets are never on 127.0.0.1 unless the other end is on this machine.
            let last = if plan.udp && loopback { 2 } else { 1 };
            let address = IpAddr::V4(Ipv4Addr::new(127, 0, 0, last));
            (Link::new(door.clone(), plan.relays.clone(), tell), address)
        });
        let mut addresses = Vec::new();
        let mut granted = None;
        if plan.udp {
            // The window has to be fixed before the real sockets exist: ask with one that is
            // dropped again.
            let probe = std::net::UdpSocket::bind("127.0.0.1:0")?;
            granted = Some(door.udp(Purpose::CloudDesktop, &probe)?.receive);
            addresses.push("0.0.0.0:0".to_owned());
            if loopback {
                addresses.push("127.0.0.1:0".to_owned());
            }
        }
        addresses.extend(link.as_ref().map(|(_, address)| format!("{address}:0")));
        let handler = Handler {
            channels: Arc::clone(&channels),
            relays: Arc::clone(&relays),
            hidden: link.as_ref().map(|(_, address)| *address),
        };
        let runtime = IceRuntime {
            door: door.clone(),
            monitor: monitor.clone(),
            nudge: Arc::clone(&channels.nudge),
            link: link.clone(),
            unknown: parking_lot::Mutex::default(),
        };
        let building = PeerConnectionBuilder::new()
            .with_configuration(configuration(plan))
            .with_setting_engine(engine(granted, loopback))
            .with_handler(Arc::new(handler))
            .with_runtime(Arc::new(runtime))
            .with_udp_addrs(addresses)
            .with_data_channel_send_buffer_limit(SEND_BUFFER)
            .build();
        // The crate's future is some 20 KB: it does not belong on a task's stack.
        let connection: Arc<dyn PeerConnection> = Arc::new(Box::pin(building).await?);
        if viewer {
            for which in Channel::ALL {
                let channel = connection.create_data_channel(which.label(), None).await?;
                tokio::spawn(read(Arc::clone(&channels), which, channel));
            }
        }
        Ok((Self { connection, channels, relays, monitor, link }, receiver, paths))
    }

    /// Lets the relay over TLS or TCP be connected to; before this it is not.
    pub fn start_stream(&self) {
        if let Some((link, _)) = &self.link {
            link.start();
        }
    }

    /// A connection is there. The crate does not say so after every restart.
    pub fn settled(&self) {
        self.channels.setting_up.send_replace(false);
    }

    /// Takes new servers, or the same with new credentials. They are used from the next offer
    /// with `restart` on: an allocation belongs to the user name it was made with (RFC 8656
    /// section 5), so the one in use stays as it is.
    ///
    /// # Errors
    /// When a URL does not parse or the connection is closed.
    pub async fn set_servers(&self, plan: &Plan) -> Result<(), TransportError> {
        self.connection.set_configuration(configuration(plan)).await?;
        if let Some((link, _)) = &self.link {
            link.set_relays(plan.relays.clone());
        }
        Ok(())
    }

    /// Makes an offer; with `restart`, one that restarts ICE (RFC 8445 section 9).
    ///
    /// # Errors
    /// When the connection is closed.
    pub async fn offer(&self, restart: bool) -> Result<String, TransportError> {
        if restart {
            if let Some(monitor) = &self.monitor {
                monitor.restart();
            }
            self.channels.setting_up.send_replace(true);
            self.connection.restart_ice().await?;
        }
        let offer = self.connection.create_offer(None).await?;
        let text = offer.sdp.clone();
        self.connection.set_local_description(offer).await?;
        Ok(text)
    }

    /// Takes an offer and makes the answer.
    ///
    /// # Errors
    /// When the offer does not parse or does not fit the connection.
    pub async fn answer(&self, offer: &str) -> Result<String, TransportError> {
        let offer = RTCSessionDescription::offer(self.remote(offer)?)?;
        self.connection.set_remote_description(offer).await?;
        let answer = self.connection.create_answer(None).await?;
        let text = answer.sdp.clone();
        self.connection.set_local_description(answer).await?;
        Ok(text)
    }

    /// Takes the answer to this end's offer.
    ///
    /// # Errors
    /// When it does not parse or does not fit the offer.
    pub async fn accept(&self, answer: &str) -> Result<(), TransportError> {
        let answer = RTCSessionDescription::answer(self.remote(answer)?)?;
        Ok(self.connection.set_remote_description(answer).await?)
    }

    fn remote(&self, text: &str) -> Result<String, TransportError> {
        if !text.contains("webrtc-datachannel") {
            return Err(TransportError::Description("it offers no data channels"));
        }
        let limit = match sdp::max_message_size(text) {
            0 => MAX_MESSAGE,
            n => n.min(MAX_MESSAGE),
        };
        self.channels.limit.store(limit, Ordering::Relaxed);
        Ok(sdp::raise_max_message_size(text, MAX_MESSAGE))
    }

    /// Adds a candidate of the other end. Only after its description: the crate refuses earlier
    /// ones, so [`crate::signalling`] keeps them.
    ///
    /// # Errors
    /// When it does not parse.
    pub async fn add_candidate(&self, candidate: Candidate) -> Result<(), TransportError> {
        let init = RTCIceCandidateInit {
            candidate: candidate.candidate,
            sdp_mid: candidate.mid,
            sdp_mline_index: candidate.line,
            ..Default::default()
        };
        Ok(self.connection.add_ice_candidate(init).await?)
    }

    /// Relay candidates gathered so far. None after gathering ended in relay-only mode means
    /// that no TURN server could be used; the crate itself says nothing.
    #[must_use]
    pub fn relay_candidates(&self) -> usize {
        self.relays.load(Ordering::Relaxed)
    }

    /// Whether packets travel through a relay; `None` before a pair is chosen.
    pub async fn relayed(&self) -> Option<bool> {
        Some(self.route().await? != Route::Direct)
    }

    /// The way that packets take; `None` before a pair is chosen.
    pub async fn route(&self) -> Option<Route> {
        let ice = self.connection.sctp().await?.transport().ice_transport();
        let pair = ice.get_selected_candidate_pair().await.ok().flatten()?;
        let relay = |c: &RTCIceCandidate| c.typ == RTCIceCandidateType::Relay;
        let own = self.link.as_ref().map(|(_, address)| address.to_string());
        Some(match (relay(pair.local()), relay(pair.remote())) {
            (true, _) if own.is_some_and(|own| pair.local().related_address == own) => {
                Route::RelayTcp
            }
            (false, false) => Route::Direct,
            _ => Route::RelayUdp,
        })
    }

    /// Sends on the channels.
    #[must_use]
    pub fn sender(&self) -> Sender {
        Sender(Arc::clone(&self.channels))
    }

    /// Ends the connection and releases a TURN allocation.
    pub async fn close(&self) {
        if let Err(error) = self.connection.close().await {
            tracing::debug!(%error, "closing the connection");
        }
    }
}
