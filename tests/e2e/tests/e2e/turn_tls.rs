//! Everything through a real coturn over TLS, with no UDP socket in the app's process.

use crate::turn_world::{Coturn, HOUR, Papers, free_port, turn, turns};
use desktop::Choice;
use e2e::alone::{Alone, Order, Said};
use e2e::{World, difference};
use multiclaw_core::Command;
use multiclaw_core::command::Input;
use multiclaw_core::engine::Config;
use multiclaw_core::model::{PathKind, ViewerState};
use std::time::Duration;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_desktop_is_watched_and_controlled_over_tls() {
    let papers = Papers::new("localhost");
    let coturn = Coturn::tls(&papers, free_port());
    let mut world = World::start(Some(turn(&[turns(coturn.port)], HOUR))).await;
    world.trusted.push(papers.authority.clone());
    let daemon = world.daemon(Choice::Painted { size: (640, 480), motion_fps: 0 }).await;
    let app = world.app(Config { relay_only: true, ..world.app_config() });
    app.until("a relayed picture", |m| {
        let state = &m.viewer.as_ref()?.state;
        (*state == ViewerState::Live { path: PathKind::Relay }).then_some(())
    })
    .await;
    app.core.send(Command::Input(Input::Text { text: "over TLS".into() }));
    tokio::time::sleep(Duration::from_millis(300)).await;
    let typed = daemon.snapshot().await.unwrap().rgba;
    app.until_picture("what was typed", |_, _, shown| difference(shown, &typed) < 3.0).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_process_has_no_udp_socket() {
    let papers = Papers::new("localhost");
    let coturn = Coturn::tls(&papers, free_port());
    let mut world = World::start(Some(turn(&[turns(coturn.port)], HOUR))).await;
    world.trusted.push(papers.authority.clone());
    let _daemon = world.daemon(Choice::Painted { size: (640, 480), motion_fps: 10 }).await;
    let order = Order {
        cloud: world.url.clone(),
        port: world.cloud.as_ref().unwrap().address().port(),
        data: world.folder.path().join("app"),
        authorities: world.authorities(),
        relay_only: true,
        forward: Vec::new(),
    };
    let program = || tokio::process::Command::new(env!("CARGO_BIN_EXE_viewer"));
    let mut alone = Alone::start(program(), &order).await;
    let Said::Live { relay, udp_sockets, tcp_ports, .. } = alone.live().await else { panic!() };
    assert!(relay);
    assert_eq!(udp_sockets, 0);
    let known = [coturn.port, order.port];
    assert!(tcp_ports.iter().all(|port| known.contains(port)), "{tcp_ports:?}");
    assert_eq!(tcp_ports.iter().filter(|port| **port == coturn.port).count(), 1);
    alone.end().await;
    // The same look finds the sockets of a direct path.
    let mut alone = Alone::start(program(), &Order { relay_only: false, ..order }).await;
    let Said::Live { relay, udp_sockets, .. } = alone.live().await else { panic!() };
    assert!(!relay && udp_sockets > 0);
    alone.end().await;
}
