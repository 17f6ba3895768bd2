//! What the viewer says when a relay over TLS cannot be used: one end for each reason.

use crate::turn_world::{Coturn, Papers, SECRET, free_port};
use cloud::token::turn_credential;
use e2e::PATIENCE;
use jpeg::{Change, Limits, Planes};
use net::{CertificateDer, Door, NetError, Policy, Proxies, Purpose, TlsFault, Trust};
use std::sync::Arc;
use stream::pipeline::{Pipeline, Screen, ScreenError};
use stream::transport::{ConnectionMode, IceServer, TurnCredential};
use stream::viewer::{End, Event, Open, PathMemory, RelayFault, View, Viewer};

/// A screen that nobody looks at.
pub(crate) struct Nowhere;

impl Screen for Nowhere {
    fn show(&mut self, _: &Planes, _: &Change) -> Result<(), ScreenError> {
        Ok(())
    }
}

/// A server whose credentials end in this many seconds from now.
pub(crate) fn server(url: String, seconds: i64) -> IceServer {
    let end = jiff::Timestamp::now() + jiff::SignedDuration::from_secs(seconds);
    let (username, credential) = turn_credential(SECRET, "ada", end);
    IceServer { urls: vec![url], username, credential: TurnCredential::new(credential) }
}

/// Opens a viewer that finds nobody, and gives why it ended.
pub(crate) async fn end(papers: &Papers, servers: Vec<IceServer>, proxies: Proxies) -> End {
    let policy = ["localhost", "relay.test", "127.0.0.1"]
        .into_iter()
        .fold(Policy::default(), |p, host| p.allow(Purpose::CloudDesktop, host, None));
    let trust = Trust::SystemAnd(vec![CertificateDer::from(papers.authority.clone())]);
    let door = Door::with_proxies(policy, trust, proxies).unwrap();
    let pipeline = Pipeline::start(Box::new(Nowhere), Limits::default(), Arc::new(|| {})).unwrap();
    let open = Open {
        ice_servers: servers,
        mode: ConnectionMode::Relay,
        relay_only: false,
        memory: PathMemory::default(),
        loopback: true,
        view: View { max_fps: 30, quality: 75 },
        agent: "e2e".into(),
    };
    let (_viewer, mut events) =
        Viewer::open(door, open, Arc::new(tokio::sync::Mutex::new(pipeline)));
    let ended = async {
        loop {
            match events.recv().await.unwrap() {
                Event::Ended(end) => return end,
                // Nobody is there to answer, so all that can happen is an offer.
                Event::Signal(_) | Event::Phase(_) | Event::Stats(..) => {}
                other => panic!("{other:?}"),
            }
        }
    };
    tokio::time::timeout(PATIENCE, ended).await.expect("it does not end")
}

fn localhost(port: u16) -> String {
    format!("turns:localhost:{port}?transport=tcp")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_certificate_of_another_host_is_refused() {
    let papers = Papers::new("turn.example.com");
    let coturn = Coturn::tls(&papers, free_port());
    let end = end(&papers, vec![server(localhost(coturn.port), 3600)], Proxies::none()).await;
    let End::Relay(RelayFault::Connect(NetError::Tls { fault })) = &end else { panic!("{end:?}") };
    assert!(matches!(fault, TlsFault::WrongHost { .. }), "{fault:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_unknown_issuer_is_refused() {
    let coturn = Coturn::tls(&Papers::new("localhost"), free_port());
    let others = Papers::new("localhost");
    let end = end(&others, vec![server(localhost(coturn.port), 3600)], Proxies::none()).await;
    let End::Relay(RelayFault::Connect(NetError::Tls { fault })) = &end else { panic!("{end:?}") };
    let unknown = matches!(fault, TlsFault::UnknownIssuer | TlsFault::Inspected { .. });
    assert!(unknown, "{fault:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn expired_credentials_are_told() {
    let papers = Papers::new("localhost");
    let coturn = Coturn::tls(&papers, free_port());
    let end = end(&papers, vec![server(localhost(coturn.port), -10)], Proxies::none()).await;
    assert!(matches!(end, End::CredentialsExpired), "{end:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_relay_that_is_not_there_or_not_allowed_is_told() {
    let papers = Papers::new("localhost");
    let gone = server(localhost(free_port()), 3600);
    let why = end(&papers, vec![gone], Proxies::none()).await;
    let End::Relay(RelayFault::Connect(NetError::Connect { .. })) = &why else { panic!("{why:?}") };
    let elsewhere = server("turns:turn.evil.example:443".into(), 3600);
    let why = end(&papers, vec![elsewhere], Proxies::none()).await;
    let End::Relay(RelayFault::Connect(NetError::Refused { .. })) = &why else { panic!("{why:?}") };
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn relays_over_udp_do_not_count() {
    let papers = Papers::new("localhost");
    let udp = server("turn:127.0.0.1:3478?transport=udp".into(), 3600);
    let end = end(&papers, vec![udp], Proxies::none()).await;
    assert!(matches!(end, End::NoRelay), "{end:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_second_relay_of_a_list_is_tried() {
    let papers = Papers::new("localhost");
    let coturn = Coturn::tls(&papers, free_port());
    // Only the second can tell that the credentials are too old.
    let mut servers = server(localhost(free_port()), -10);
    servers.urls.push(localhost(coturn.port));
    let end = end(&papers, vec![servers], Proxies::none()).await;
    assert!(matches!(end, End::CredentialsExpired), "{end:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_relay_that_says_nothing_is_told() {
    // TLS ends at a server that speaks no TURN: the cloud.
    let cloud = cloud::Cloud::start(cloud::Config::default()).await.unwrap();
    let mut papers = Papers::new("localhost");
    papers.authority = cloud.ca_der();
    let url = localhost(cloud.address().port());
    let end = end(&papers, vec![server(url, 3600)], Proxies::none()).await;
    let End::Relay(RelayFault::Closed | RelayFault::Silent) = &end else { panic!("{end:?}") };
    cloud.stop().await;
}
