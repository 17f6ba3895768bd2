//! A viewer whose stream to the relay is cut, with credentials that are good, and that ended.

use crate::turn_refused::{Nowhere, server};
use crate::turn_world::{Coturn, Papers, free_port};
use e2e::PATIENCE;
use net::{CertificateDer, Door, Policy, Proxies, Purpose, Trust};
use std::sync::Arc;
use std::time::Duration;
use stream::pipeline::Pipeline;
use stream::protocol::Channel;
use stream::protocol::control::{ToDaemon, ToViewer};
use stream::signalling::Signal;
use stream::transport::{ConnectionMode, IceServer, Options, Peer, PeerEvent, Role};
use stream::viewer::{Event, Open, PathMemory, View, Viewer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{broadcast, mpsc};

/// Leads to a port until it is cut; then again.
struct Cable {
    port: u16,
    cut: broadcast::Sender<()>,
}

async fn cable(to: u16) -> Cable {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let cut = broadcast::Sender::new(1);
    let cuts = cut.clone();
    tokio::spawn(async move {
        while let Ok((mut near, _)) = listener.accept().await {
            let mut cut = cuts.subscribe();
            tokio::spawn(async move {
                let mut far = TcpStream::connect(("127.0.0.1", to)).await.unwrap();
                tokio::select! {
                    // Either end may close.
                    _ = tokio::io::copy_bidirectional(&mut near, &mut far) => {}
                    _ = cut.recv() => {}
                }
            });
        }
    });
    Cable { port, cut }
}

/// A viewer and the least of a daemon: it answers offers and pings.
struct Pair {
    viewer: Viewer,
    events: mpsc::Receiver<Event>,
    daemon: Peer,
    daemon_events: mpsc::Receiver<PeerEvent>,
    offers: usize,
    pings: usize,
    expired: usize,
}

impl Pair {
    async fn new(papers: &Papers, servers: Vec<IceServer>) -> Self {
        let policy = Policy::default().allow(Purpose::CloudDesktop, "localhost", None);
        let trust = Trust::SystemAnd(vec![CertificateDer::from(papers.authority.clone())]);
        let door = Door::with_proxies(policy, trust, Proxies::none()).unwrap();
        let options = Options {
            role: Role::Daemon,
            ice_servers: Vec::new(),
            relay_only: false,
            loopback: true,
        };
        let (daemon, daemon_events) = Peer::new(&door, options).await.unwrap();
        let limits = jpeg::Limits::default();
        let pipeline = Pipeline::start(Box::new(Nowhere), limits, Arc::new(|| {})).unwrap();
        let open = Open {
            ice_servers: servers,
            mode: ConnectionMode::Relay,
            relay_only: false,
            memory: PathMemory::default(),
            loopback: true,
            view: View { max_fps: 30, quality: 75 },
            agent: "e2e".into(),
        };
        let pipeline = Arc::new(tokio::sync::Mutex::new(pipeline));
        let (viewer, events) = Viewer::open(door, open, pipeline);
        Self { viewer, events, daemon, daemon_events, offers: 0, pings: 0, expired: 0 }
    }

    /// Goes on until something is true.
    async fn until(&mut self, what: &str, done: impl Fn(&Self) -> bool) {
        let wait = async {
            while !done(self) {
                tokio::select! {
                    event = self.events.recv() => self.viewer_event(event.unwrap()).await,
                    event = self.daemon_events.recv() => self.daemon_event(event.unwrap()).await,
                }
            }
        };
        assert!(tokio::time::timeout(PATIENCE, wait).await.is_ok(), "waited in vain for {what}");
    }

    async fn viewer_event(&mut self, event: Event) {
        match event {
            Event::Signal(Signal::Offer(sdp)) => {
                self.offers += 1;
                let answer = self.daemon.answer(&sdp).await.unwrap();
                self.viewer.signal(Signal::Answer(answer)).unwrap();
            }
            Event::Signal(Signal::Candidate(candidate)) => {
                self.daemon.add_candidate(candidate).await.unwrap();
            }
            Event::CredentialsExpired => self.expired += 1,
            Event::Ended(end) => panic!("{end:?}"),
            _ => {}
        }
    }

    async fn daemon_event(&mut self, event: PeerEvent) {
        match event {
            PeerEvent::Candidate(Some(candidate)) => {
                self.viewer.signal(Signal::Candidate(candidate)).unwrap();
            }
            PeerEvent::Message { channel: Channel::Control, data, .. } => {
                if let Ok(ToDaemon::Ping { id }) = ToDaemon::parse(&data) {
                    self.pings += 1;
                    let pong = ToViewer::Pong { id, clock_us: 0 }.encode();
                    self.daemon.sender().text(Channel::Control, &pong).await.unwrap();
                }
            }
            _ => {}
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cut_stream_is_healed_in_the_same_connection() {
    let papers = Papers::new("localhost");
    let coturn = Coturn::tls(&papers, free_port());
    let cable = cable(coturn.port).await;
    let url = format!("turns:localhost:{}?transport=tcp", cable.port);
    let mut pair = Pair::new(&papers, vec![server(url, 3600)]).await;
    pair.until("a ping", |p| p.pings > 0).await;
    cable.cut.send(()).unwrap();
    let pings = pair.pings;
    pair.until("an ICE restart", |p| p.offers == 2).await;
    pair.until("pings after it", |p| p.pings >= pings + 2).await;
    assert_eq!((pair.offers, pair.expired), (2, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fresh_credentials_heal_what_expired_ones_could_not() {
    let papers = Papers::new("localhost");
    let coturn = Coturn::tls(&papers, free_port());
    let cable = cable(coturn.port).await;
    let url = format!("turns:localhost:{}?transport=tcp", cable.port);
    let mut pair = Pair::new(&papers, vec![server(url.clone(), 2)]).await;
    pair.until("a ping", |p| p.pings > 0).await;
    tokio::time::sleep(Duration::from_secs(3)).await;
    // What is in use goes on: a relay asks for the credentials only when something is new.
    let pings = pair.pings;
    pair.until("a ping after the end", |p| p.pings > pings).await;
    assert_eq!(pair.expired, 0);
    cable.cut.send(()).unwrap();
    pair.until("the end of the credentials", |p| p.expired == 1).await;
    let pings = pair.pings;
    pair.viewer.set_ice_servers(vec![server(url, 3600)]).unwrap();
    pair.until("pings with fresh ones", |p| p.pings >= pings + 2).await;
    assert_eq!(pair.expired, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn credentials_renewed_in_time_are_used_by_the_next_restart() {
    let papers = Papers::new("localhost");
    let coturn = Coturn::tls(&papers, free_port());
    let cable = cable(coturn.port).await;
    let url = format!("turns:localhost:{}?transport=tcp", cable.port);
    let mut pair = Pair::new(&papers, vec![server(url.clone(), 2)]).await;
    pair.until("a ping", |p| p.pings > 0).await;
    pair.viewer.set_ice_servers(vec![server(url, 3600)]).unwrap();
    tokio::time::sleep(Duration::from_secs(3)).await;
    cable.cut.send(()).unwrap();
    let pings = pair.pings;
    pair.until("an ICE restart", |p| p.offers == 2).await;
    pair.until("pings after it", |p| p.pings >= pings + 2).await;
    assert_eq!((pair.offers, pair.expired), (2, 0));
}
