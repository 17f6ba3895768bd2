//! Everything through a real coturn over TCP without TLS, with no UDP socket in the app's process.

use crate::turn_refused::{end, server};
use crate::turn_world::{Coturn, HOUR, Papers, Squid, free_port, turn, turn_tcp, turns};
use desktop::Choice;
use e2e::alone::{Alone, Order, Said};
use e2e::{App, World, difference};
use multiclaw_core::Command;
use multiclaw_core::command::Input;
use multiclaw_core::engine::Config;
use multiclaw_core::model::{PathKind, ViewerState};
use net::{CertificateDer, Door, NetError, Policy, Proxies, Purpose, Trust};
use std::time::Duration;
use stream::transport::TurnCredential;
use stream::viewer::{End, RelayFault};

async fn relayed(app: &App) {
    app.until("a relayed picture", |m| {
        let state = &m.viewer.as_ref()?.state;
        (*state == ViewerState::Live { path: PathKind::Relay }).then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_desktop_is_watched_and_controlled_over_tcp() {
    let coturn = Coturn::tcp(free_port());
    let world = World::start(Some(turn(&[turn_tcp(coturn.port)], HOUR))).await;
    let daemon = world.daemon(Choice::Painted { size: (640, 480), motion_fps: 0 }).await;
    let app = world.app(Config { relay_only: true, ..world.app_config() });
    relayed(&app).await;
    app.core.send(Command::Input(Input::Text { text: "over TCP".into() }));
    tokio::time::sleep(Duration::from_millis(300)).await;
    let typed = daemon.snapshot().await.unwrap().rgba;
    app.until_picture("what was typed", |_, _, shown| difference(shown, &typed) < 3.0).await;
}

/// Connects in relay mode in a process of its own. Gives the ports at the other end of its TCP
/// connections, without the cloud's.
async fn ports(world: &World) -> Vec<u16> {
    let order = Order {
        cloud: world.url.clone(),
        port: world.cloud.as_ref().unwrap().address().port(),
        data: world.folder.path().join("app"),
        authorities: world.authorities(),
        relay_only: true,
        forward: Vec::new(),
    };
    let program = tokio::process::Command::new(env!("CARGO_BIN_EXE_viewer"));
    let mut alone = Alone::start(program, &order).await;
    let Said::Live { relay, udp_sockets, tcp_ports, .. } = alone.live().await else { panic!() };
    alone.end().await;
    assert!(relay);
    assert_eq!(udp_sockets, 0);
    tcp_ports.into_iter().filter(|port| *port != order.port).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_process_has_no_udp_socket() {
    let coturn = Coturn::tcp(free_port());
    // Nobody listens for TLS, so it comes to TCP.
    let urls = [turns(free_port()), turn_tcp(coturn.port)];
    let world = World::start(Some(turn(&urls, HOUR))).await;
    let _daemon = world.daemon(Choice::Painted { size: (640, 480), motion_fps: 10 }).await;
    assert_eq!(ports(&world).await, [coturn.port]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tls_is_taken_where_both_are_there() {
    let papers = Papers::new("localhost");
    let (tcp, tls) = (Coturn::tcp(free_port()), Coturn::tls(&papers, free_port()));
    let mut world = World::start(Some(turn(&[turn_tcp(tcp.port), turns(tls.port)], HOUR))).await;
    world.trusted.push(papers.authority.clone());
    let _daemon = world.daemon(Choice::Painted { size: (640, 480), motion_fps: 10 }).await;
    assert_eq!(ports(&world).await, [tls.port]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_picture_comes_through_a_proxy_with_a_password() {
    let squid = Squid::start("ada", "s3cret");
    let coturn = Coturn::tcp(free_port());
    // Only the proxy knows this name.
    let url = format!("turn:relay.test:{}?transport=tcp", coturn.port);
    let world = World::start(Some(turn(&[url], HOUR))).await;
    let _daemon = world.daemon(Choice::Painted { size: (640, 480), motion_fps: 10 }).await;
    let port = world.cloud.as_ref().unwrap().address().port();
    let policy = Policy::default().allow_cloud("localhost", port).allow(
        Purpose::CloudDesktop,
        "relay.test",
        None,
    );
    let authorities = world.authorities().into_iter().map(CertificateDer::from).collect();
    let url = format!("http://ada:s3cret@127.0.0.1:{}", squid.port);
    let proxies = Proxies::from_pairs(&[("HTTPS_PROXY", &url)]);
    let door = Door::with_proxies(policy, Trust::SystemAnd(authorities), proxies).unwrap();
    let app = App::start(Config { relay_only: true, ..world.app_config() }, door.clone());
    relayed(&app).await;
    let entry = door.log().last(Purpose::CloudDesktop).unwrap();
    assert_eq!(entry.host, "relay.test");
    assert!(entry.proxy.unwrap().ends_with(&squid.port.to_string()));
    assert!(entry.traffic.unwrap().received > 1000);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn wrong_and_expired_credentials_are_told() {
    let papers = Papers::new("localhost");
    let coturn = Coturn::tcp(free_port());
    let mut wrong = server(turn_tcp(coturn.port), 3600);
    wrong.credential = TurnCredential::new("wrong".into());
    for server in [wrong, server(turn_tcp(coturn.port), -10)] {
        let end = end(&papers, vec![server], Proxies::none()).await;
        assert!(matches!(end, End::CredentialsExpired), "{end:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_relay_that_is_not_there_not_allowed_or_no_relay_is_told() {
    let papers = Papers::new("localhost");
    let gone = server(turn_tcp(free_port()), 3600);
    let why = end(&papers, vec![gone], Proxies::none()).await;
    let End::Relay(RelayFault::Connect(NetError::Connect { .. })) = &why else { panic!("{why:?}") };
    let elsewhere = server("turn:turn.evil.example:443?transport=tcp".into(), 3600);
    let why = end(&papers, vec![elsewhere], Proxies::none()).await;
    let End::Relay(RelayFault::Connect(NetError::Refused { .. })) = &why else { panic!("{why:?}") };
    // The cloud wants TLS, and speaks no TURN. (A coturn tells TLS from TCP on any port.)
    let cloud = cloud::Cloud::start(cloud::Config::default()).await.unwrap();
    let tls = server(turn_tcp(cloud.address().port()), 3600);
    let why = end(&papers, vec![tls], Proxies::none()).await;
    let End::Relay(RelayFault::Closed | RelayFault::Silent) = &why else { panic!("{why:?}") };
    cloud.stop().await;
}
