//! Two real peers over loopback UDP: trickle, channels, long messages, ICE restart.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    missing_docs
)]

use std::time::{Duration, Instant};
use stream::protocol::Channel;
use stream::signalling::{Action, Negotiation, Signal, State};
use stream::transport::{Options, Peer, PeerEvent, Role};
use tokio::sync::mpsc;

fn door() -> net::Door {
    net::Door::new(net::Policy::default(), net::Trust::System).unwrap()
}

fn options(role: Role) -> Options {
    Options { role, ice_servers: Vec::new(), relay_only: false, loopback: true }
}

/// Joins a viewer (driven by the negotiation) and a daemon; gives both when all channels are open.
async fn pair() -> (Peer, mpsc::Receiver<PeerEvent>, Peer, mpsc::Receiver<PeerEvent>, Negotiation) {
    let (viewer, mut viewer_events) = Peer::new(&door(), options(Role::Viewer)).await.unwrap();
    let (daemon, mut daemon_events) = Peer::new(&door(), options(Role::Daemon)).await.unwrap();
    let mut negotiation = Negotiation::default();
    let (mut viewer_open, mut daemon_open) = (0, 0);
    let limit = tokio::time::sleep(Duration::from_secs(20));
    tokio::pin!(limit);
    while viewer_open < 3 || daemon_open < 3 {
        drive(&mut negotiation, &viewer, &daemon).await;
        tokio::select! {
            event = viewer_events.recv() => match event.unwrap() {
                PeerEvent::Candidate(c) => negotiation.candidate(c),
                PeerEvent::State(s) => negotiation.peer(s, Instant::now()),
                PeerEvent::Open(_) => viewer_open += 1,
                other => panic!("{other:?}"),
            },
            event = daemon_events.recv() => match event.unwrap() {
                PeerEvent::Candidate(Some(c)) => negotiation.signal(Signal::Candidate(c), Instant::now()),
                PeerEvent::Open(_) => daemon_open += 1,
                _ => {}
            },
            () = &mut limit => panic!("not connected: {:?}", negotiation.state()),
        }
    }
    (viewer, viewer_events, daemon, daemon_events, negotiation)
}

async fn drive(negotiation: &mut Negotiation, viewer: &Peer, daemon: &Peer) {
    while let Some(action) = negotiation.action() {
        match action {
            Action::Offer { restart } => {
                let sdp = viewer.offer(restart).await.unwrap();
                negotiation.offered(sdp, Instant::now());
            }
            Action::Send(Signal::Offer(sdp)) => {
                let answer = daemon.answer(&sdp).await.unwrap();
                negotiation.signal(Signal::Answer(answer), Instant::now());
            }
            Action::Send(Signal::Candidate(c)) => daemon.add_candidate(c).await.unwrap(),
            Action::Send(_) => {}
            Action::Accept(sdp) => viewer.accept(&sdp).await.unwrap(),
            Action::Add(c) => viewer.add_candidate(c).await.unwrap(),
            Action::Fail(error) => panic!("{error}"),
        }
    }
}

async fn message(events: &mut mpsc::Receiver<PeerEvent>) -> (Channel, Vec<u8>, bool) {
    let wait = async {
        loop {
            if let PeerEvent::Message { channel, data, text } = events.recv().await.unwrap() {
                return (channel, data.to_vec(), text);
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(20), wait).await.expect("no message came")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn channels_carry_text_and_the_longest_message_both_ways() {
    let (viewer, mut viewer_events, daemon, mut daemon_events, _) = pair().await;
    viewer.sender().text(Channel::Input, "hello").await.unwrap();
    assert_eq!(message(&mut daemon_events).await, (Channel::Input, b"hello".to_vec(), true));
    let long: Vec<u8> = (0..=255).cycle().take(262_144).collect();
    daemon.sender().binary(Channel::Frames, &long).await.unwrap();
    assert_eq!(message(&mut viewer_events).await, (Channel::Frames, long, false));
    let too_long = vec![0; 262_145];
    assert!(daemon.sender().binary(Channel::Frames, &too_long).await.is_err());
    assert_eq!(viewer.relayed().await, Some(false));
    viewer.close().await;
    daemon.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn channels_survive_an_ice_restart() {
    let (viewer, mut viewer_events, daemon, mut daemon_events, mut negotiation) = pair().await;
    // The network changed: pretend that packets stopped.
    let now = Instant::now();
    negotiation.peer(stream::transport::PeerState::Connected, now);
    negotiation.peer(stream::transport::PeerState::Disconnected, now);
    negotiation.tick(now + Duration::from_secs(2));
    let limit = tokio::time::sleep(Duration::from_secs(20));
    tokio::pin!(limit);
    let mut restarted = false;
    while !(restarted && negotiation.state() == State::Connected) {
        drive(&mut negotiation, &viewer, &daemon).await;
        tokio::select! {
            event = viewer_events.recv() => match event.unwrap() {
                PeerEvent::Candidate(c) => {
                    restarted = true;
                    negotiation.candidate(c);
                }
                PeerEvent::State(s) => negotiation.peer(s, Instant::now()),
                _ => {}
            },
            event = daemon_events.recv() => if let PeerEvent::Candidate(Some(c)) = event.unwrap() {
                negotiation.signal(Signal::Candidate(c), Instant::now());
            },
            () = tokio::time::sleep(Duration::from_millis(300)) => {
                // The crate tells no new state when the restart was seamless.
                if restarted && matches!(negotiation.state(), State::Connecting { .. }) {
                    negotiation.peer(stream::transport::PeerState::Connected, Instant::now());
                }
            }
            () = &mut limit => panic!("not connected again: {:?}", negotiation.state()),
        }
    }
    viewer.sender().text(Channel::Input, "after").await.unwrap();
    assert_eq!(message(&mut daemon_events).await.1, b"after");
    daemon.sender().binary(Channel::Frames, &[1, 2, 3]).await.unwrap();
    assert_eq!(message(&mut viewer_events).await.1, [1, 2, 3]);
    viewer.close().await;
    daemon.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn relay_only_without_a_relay_is_an_error() {
    let relay_only = Options { relay_only: true, ..options(Role::Viewer) };
    assert!(Peer::new(&door(), relay_only).await.is_err());
}
